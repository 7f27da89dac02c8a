"""SITE CHMOD: the permission bits of a z/OS UNIX file.

Source: zos-ftp-server.md 4.3, [CODES 200] Chmod texts.
"""

from __future__ import annotations

import re

from mvsfs.errors import InvalidDsname, UnixError
from mvsfs.info import Target
from mvsfs.sentences import errno_text
from zftpd.errors import Refused, UnknownHome
from zftpd.naming import UnixTarget
from zftpd.params.notes import note
from zftpd.rooted import unix_of
from zftpd.session import Session
from zftpd.targets import target_of

_SYMBOLIC = re.compile(r"([ugoa]+)([=+-])(r?w?x?)\Z")
_SHIFTS = {"u": 6, "g": 3, "o": 0}


def change(session: Session, mode: str, name: str) -> list[str]:
    """Change the mode and return the remarks, none when it worked."""
    try:
        target = target_of(session, name)
    except (InvalidDsname, UnknownHome):
        return [note("chmod.name", file=name)]
    except Refused:
        return [note("chmod.access", file=name, error=_words(UnixError("EACCES", name)))]
    if isinstance(target, Target):
        return [note("chmod.file", file=name)]
    if not (_SYMBOLIC.match(mode.lower()) or re.fullmatch("[0-7]{1,3}", mode)):
        return [note("chmod.mode")]
    return _change(session, mode.lower(), target)


def _change(session: Session, mode: str, target: UnixTarget) -> list[str]:
    unix = unix_of(session)
    try:
        before = unix.stat(target.path, session.who).mode
    except UnixError as error:
        return [note("chmod.access", file=target.path, error=_words(error))]
    try:
        unix.chmod(target.path, bits(mode, before), session.who)
    except UnixError as error:
        return [note("chmod.failed", error=_words(error))]
    return []


def bits(mode: str, before: int) -> int:
    """Return the permission bits that an octal or symbolic mode makes of those before."""
    match = _SYMBOLIC.match(mode)
    if match is None:
        return int(mode, 8)
    who, operator, letters = match.groups()
    value = sum({"r": 4, "w": 2, "x": 1}[letter] for letter in letters)
    after = before
    for shift in ({_SHIFTS[letter] for letter in who if letter != "a"} or {6, 3, 0}) | ({6, 3, 0} if "a" in who else set()):
        if operator == "=":
            after = after & ~(7 << shift) | value << shift
        elif operator == "+":
            after |= value << shift
        else:
            after &= ~(value << shift)
    return after


def _words(error: UnixError) -> str:
    return errno_text(error.errno_name)
