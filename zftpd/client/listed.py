"""Lists that a server sends: their lines, and which names in them may become names on our side.

Source: [UG] MGET; zos-ftp-server.md on NLST.
Rules: a server names what was asked for. A name that is another one, that no file can have, or that is hidden where nothing
hidden was asked for, ends the subcommand: it would write where the user did not say. Lists and their lines are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.local import line_ends

LONGEST_LINE = 32768
MOST_NAMES = 1_000_000


def lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of a listing; one that is too long comes in pieces."""
    rest = b""
    for chunk in line_ends(chunks):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode("latin-1")
        while len(rest) > LONGEST_LINE:
            yield rest[:LONGEST_LINE].decode("latin-1")
            rest = rest[LONGEST_LINE:]
    if rest:
        yield rest.decode("latin-1")


def names(chunks: Iterable[bytes]) -> list[str]:
    """Return the names of a list, without empty lines. Raises SubcommandFailed for more than any directory has."""
    found: list[str] = []
    for line in lines(chunks):
        if line.strip():
            found.append(line.rstrip())
        if len(found) > MOST_NAMES:
            raise SubcommandFailed(ClientError.SERVER, "list-endless")
    return found


def checked(name: str, pattern: str) -> str:
    """Return a name that a server listed for a pattern. Raises SubcommandFailed for one that was not asked for."""
    last = name.strip("'").rsplit("/", 1)[-1]
    bad = last in ("", ".", "..") or any(ord(sign) < 32 or sign == "\x7f" for sign in name)
    hidden = last.startswith(".") and not pattern.rsplit("/", 1)[-1].startswith(".")
    if bad or hidden or ("'" in name and not _is_meant(name, pattern)):
        raise SubcommandFailed(ClientError.SERVER, "not-asked", name=name)
    return name


def _is_meant(name: str, pattern: str) -> bool:
    """Tell whether a full data set name matches the pattern, or is a member of or below what it names."""
    signs = {"*": ".*", "%": "."}
    mask = "".join(signs.get(sign, re.escape(sign)) for sign in pattern.strip("'").upper())
    return pattern.startswith("'") and re.fullmatch(rf"'{mask}([.(][^']*)?'", name.upper()) is not None


def in_library(name: str, pattern: str) -> str:
    """Return the full name of a member that was listed for `library(mask)`: servers list its own name alone."""
    library, bracket, _ = pattern.partition("(")
    if not bracket or any(sign in name for sign in "('/"):
        return name
    return f"{library}({name}){chr(39) if pattern.startswith(chr(39)) else ''}"
