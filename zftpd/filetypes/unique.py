"""STOU: a name that nothing has yet.

Source: zos-ftp-server.md 1.10; [UG] sunique: a number is appended to the name; where a qualifier or member
is full, it takes the place of its tail [assumed].
"""

from __future__ import annotations

from collections.abc import Callable

from mvsfs.errors import UnixError
from mvsfs.info import Target
from mvsfs.names import MAX_QUALIFIER
from zftpd.errors import UniqueNameExhausted
from zftpd.naming import UnixTarget
from zftpd.rooted import unix_of
from zftpd.session import Session

#: What a name is made of when the client gives none (RFC 959 has STOU without argument) [assumed].
STEM = "STOU"
#: Numbers that are tried.
MAX_TRIES = 999


def unused(session: Session, target: Target | UnixTarget) -> Target | UnixTarget:
    """Return a target like this one whose name is free. Raises UniqueNameExhausted."""
    if isinstance(target, UnixTarget):
        return UnixTarget(_first("file", target.path, lambda number: f"{target.path}{number}", _file_exists(session)))
    mvs = session.server.mvs
    if target.member is not None:
        taken = {member.name for member in mvs.members(target.dsname)}
        stem = target.member
        member = _first("member", str(target), lambda number: _numbered(stem, number), taken.__contains__)
        return Target(target.dsname, member=member)
    head, dot, last = target.dsname.rpartition(".")
    return Target(_first("dataset", target.dsname, lambda number: head + dot + _numbered(last, number), mvs.exists))


def _numbered(stem: str, number: int) -> str:
    """Return a qualifier or member with the number at its end, within eight characters."""
    tail = str(number)
    return stem[: MAX_QUALIFIER - len(tail)] + tail


def _first(kind: str, name: str, candidate: Callable[[int], str], taken: Callable[[str], bool]) -> str:
    """Return the first candidate that is not taken."""
    for number in range(1, MAX_TRIES + 1):
        if not taken(candidate(number)):
            return candidate(number)
    raise UniqueNameExhausted(kind, name)


def _file_exists(session: Session) -> Callable[[str], bool]:
    def exists(path: str) -> bool:
        try:
            unix_of(session).stat(path, session.who, follow=False)
        except UnixError as error:
            if error.errno_name == "ENOENT":
                return False
            raise
        return True

    return exists
