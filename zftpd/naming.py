"""From what the client types to what it means: a data set, member, generation or z/OS UNIX path.

Source: zos-ftp-server.md 2.3 to 2.5. Rules of data set names themselves are mvsfs/names.py.
Rules: pure. An MVS name is resolved here, before any path function may touch it (`//` and quotes would be lost).
Errors echo the argument as it was typed, quotes included, because the replies do.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, replace

from mvsfs import names
from mvsfs.errors import InvalidDsname
from mvsfs.info import Target
from zftpd.errors import UnknownHome
from zftpd.session import MVS, UNIX, Location


@dataclass(frozen=True, slots=True)
class UnixTarget:
    """An absolute, normalised z/OS UNIX path. `typed` is what the client called it."""

    path: str
    typed: str = ""

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class DatasetPattern:
    """Data sets to list. `full` tells that names are shown whole and quoted; else relative to `prefix`."""

    mask: str
    prefix: str
    full: bool


@dataclass(frozen=True, slots=True)
class MemberPattern:
    """Members to list. `relative` tells that the PDS is the working directory."""

    dsname: str
    mask: str
    relative: bool
    full: bool = False


@dataclass(frozen=True, slots=True)
class UnixPattern:
    """A z/OS UNIX path to list, which may hold shell wildcards."""

    path: str
    typed: str


@dataclass(frozen=True, slots=True)
class NameRules:
    """What names are relative to: the working directory, QUOTESOVERRIDE and the home directories of users.

    `letters` turns national letters of an MVS name, as listings show them, into `$`, `@` and `#`.
    """

    location: Location
    quotesoverride: bool = True
    home: Callable[[str], str | None] = lambda user: None  # noqa: ARG005
    letters: Callable[[str], str] = str


def _split(arg: str, rules: NameRules) -> tuple[str, str, bool]:
    """Return (realm, name, absolute). `//` leads to MVS whatever the realm; quotes make an MVS name absolute."""
    text = arg.strip(" ")
    if text.startswith("//"):
        text = rules.letters(text[2:])
        quoted = text.startswith("'")
        return MVS, _unquoted(text) if quoted else text, quoted or not text or rules.location.realm == UNIX
    if text.startswith("/"):
        return UNIX, text, True
    if text.startswith("~"):
        return UNIX, _at_home(text, rules), True
    if text.startswith("'") and rules.quotesoverride:
        return MVS, _unquoted(rules.letters(text)), True
    return rules.location.realm, text if rules.location.realm == UNIX else rules.letters(text), False


def _unquoted(text: str) -> str:
    """Return the name between single quotes; a missing closing quote is tolerated [assumed]."""
    return text[1:].removesuffix("'").strip(" ")


def _at_home(text: str, rules: NameRules) -> str:
    """Return the path that `~`, `~/x` or `~user/x` means. Raises UnknownHome."""
    user, _, rest = text[1:].partition("/")
    home = rules.home(user)
    if home is None:
        raise UnknownHome(user)
    return posixpath.join(home, rest) if rest else home


def _unix(name: str, location: Location) -> str:
    """Return the absolute path; `..` is taken away as the shell would, without following links."""
    path = posixpath.normpath(posixpath.join(location.unix, name))
    return "/" + path.lstrip("/")


def _qualified(name: str, location: Location) -> str:
    """Return prefix and name joined; in a PDS a plain name is a member of it."""
    if location.is_pds and "." not in name and "(" not in name:
        return f"{location.prefix}({name})"
    if name.startswith("(") or not location.prefix:
        return location.prefix + name
    return f"{location.prefix}.{name}"


def resolve(arg: str, rules: NameRules) -> Target | UnixTarget:
    """Return what a command's argument names.

    Raises InvalidDsname with the argument as typed, UnknownHome.
    """
    realm, name, absolute = _split(arg, rules)
    if realm == UNIX:
        return UnixTarget(_unix(name, rules.location), arg.strip(" "))
    try:
        return names.parse_target(name if absolute else _qualified(name, rules.location))
    except InvalidDsname as error:
        raise InvalidDsname(arg.strip(" "), error.rule, error.qualifier) from error


def directory(arg: str, rules: NameRules) -> Location:
    """Return the working directory that CWD leads to; whether an MVS name is a PDS is the caller's question.

    A final dot says that the name is a prefix and no PDS is looked for: then `is_pds` stays False, as it does for `..`.
    Raises InvalidDsname, UnknownHome.
    """
    realm, name, absolute = _split(arg, rules)
    location = rules.location
    if realm == UNIX:
        return replace(location, realm=UNIX, unix=_unix(name, location))
    if name == "..":
        return parent(replace(location, realm=MVS))
    base = "" if absolute else location.prefix
    prefix = ".".join(part for part in (base, name.upper().rstrip(".")) if part)
    if prefix:
        try:
            names.check_dsname(prefix)
        except InvalidDsname as error:
            raise InvalidDsname(arg.strip(" "), error.rule, error.qualifier) from error
    return replace(location, realm=MVS, prefix=prefix, is_pds=False)


def names_prefix(arg: str) -> bool:
    """Tell whether the argument of CWD is said to be a prefix by its final dot (then no PDS is looked for)."""
    return arg.strip(" ").removesuffix("'").rstrip(" ").endswith(".")


def parent(location: Location) -> Location:
    """Return the directory above; the empty prefix and `/` stay."""
    if location.realm == UNIX:
        return replace(location, unix=posixpath.dirname(location.unix) or "/")
    return replace(location, prefix=location.prefix.rpartition(".")[0], is_pds=False)


def pattern(arg: str, rules: NameRules) -> DatasetPattern | MemberPattern | UnixPattern:
    """Return what LIST or NLST shall list; an empty argument means everything in the working directory.

    Raises InvalidDsname, UnknownHome.
    """
    realm, name, absolute = _split(arg, rules)
    location = rules.location
    if realm == UNIX:
        return UnixPattern(_unix(name, location), arg.strip(" "))
    if not absolute and location.is_pds and "." not in name and "(" not in name:
        return MemberPattern(location.prefix, name.upper() or "*", relative=True)
    if "(" in name:
        return _member_pattern(arg, name if absolute else _qualified(name, location), absolute)
    mask = name.upper() if absolute else ".".join(part for part in (location.prefix, name.upper() or "*") if part)
    if not mask:
        raise InvalidDsname(arg.strip(" "), "empty")
    try:
        names.Mask(mask.removesuffix(".") or "*")
    except InvalidDsname as error:
        raise InvalidDsname(arg.strip(" "), error.rule, error.qualifier) from error
    return DatasetPattern(mask, "" if absolute else location.prefix, full=absolute)


def _member_pattern(arg: str, name: str, absolute: bool) -> MemberPattern:
    """Return the pattern of `A.B(MASK)`; a relative generation is no member and is refused like an invalid name."""
    dsname, _, mask = name.upper().partition("(")
    mask = mask.removesuffix(")").strip(" ")
    if mask[:1] in {"+", "-"} or mask[:1].isdecimal():
        raise InvalidDsname(arg.strip(" "), "qualifier-long", mask)  # what a V2R3 server said to (+1) [FLU#494]
    try:
        return MemberPattern(names.check_dsname(dsname), mask or "*", relative=False, full=absolute)
    except InvalidDsname as error:
        raise InvalidDsname(arg.strip(" "), error.rule, error.qualifier) from error
