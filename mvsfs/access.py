"""Who asks, for what, and who answers: the question that mvsfs puts before it opens or allocates anything.

Source: architecture "One place for each question"; access levels are those of RACF.
Not here: the answer. `saf` gives it, through an adapter above both packages.
Rules: the question is asked at OPEN and at allocation and nowhere else, so no command can forget it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol


class Access(IntEnum):
    """Access levels in ascending power; a higher one includes the lower ones."""

    NONE = 0
    EXECUTE = 1
    READ = 2
    UPDATE = 3
    CONTROL = 4
    ALTER = 5


@dataclass(frozen=True, slots=True)
class Requester:
    """Who acts: a user and the address space that acts for the user.

    `jobname` and `asid` are what another user sees when this requester holds a data set.
    `token` is opaque here; the guard's owner puts the signed-on user's facts into it.
    """

    userid: str
    jobname: str = "FTPD1"
    asid: int = 0
    token: object = None


@dataclass(frozen=True, slots=True)
class UnixRefusal:
    """What a z/OS UNIX permission check refused: `call` as OPEN or MKDIR, modes of three bits as in POSIX.

    `wanted` is 0 where ownership was asked for, not permission bits. `held` are the bits of the class that applied: OWNER,
    GROUP or OTHER.
    """

    path: str
    inode: int
    directory: bool
    call: str
    wanted: int = 0
    held_by: str = ""
    held: int = 0


@dataclass(frozen=True, slots=True)
class UnixIdentity:
    """The OMVS side of a user: numbers that file modes are checked against."""

    uid: int
    gid: int
    groups: frozenset[int]
    home: str
    refused: Callable[[UnixRefusal], None] | None = field(default=None, compare=False, repr=False)
    """Called with each refusal, after the transaction that met it."""


class Guard(Protocol):
    """Answers the permission questions of mvsfs."""

    def may_access(self, who: Requester, dsname: str, wanted: Access, *, volser: str = "", new: bool = False) -> bool:
        """Tell whether `who` may have `wanted` access to `dsname`; `new` when it is about to be created."""
        ...

    def unix_identity(self, who: Requester) -> UnixIdentity:
        """Return the UNIX identity that file modes are checked against."""
        ...

    def unix_name(self, number: int, *, group: bool = False) -> str:
        """Return the user or group name shown for a UID or GID, or the number as text."""
        ...

    def unix_number(self, name: str, *, group: bool = False) -> int | None:
        """Return the UID or GID of a user or group name, or None when there is none."""
        ...

    def home_of(self, userid: str) -> str | None:
        """Return the home directory of `userid`, or None when it has no OMVS segment."""
        ...


class OpenGuard:
    """A guard that allows everything: for stores without a security database (the `mvsfs` command on a bare store)."""

    def may_access(self, who: Requester, dsname: str, wanted: Access, *, volser: str = "", new: bool = False) -> bool:
        """Allow."""
        return True

    def unix_identity(self, who: Requester) -> UnixIdentity:
        """Return the superuser."""
        return UnixIdentity(uid=0, gid=0, groups=frozenset({0}), home=f"/u/{who.userid.lower()}")

    def unix_name(self, number: int, *, group: bool = False) -> str:
        """Return the traditional names of number 0, otherwise the number."""
        if number == 0:
            return "SYS1" if group else "IBMUSER"
        return str(number)

    def unix_number(self, name: str, *, group: bool = False) -> int | None:
        """Return a number for digits and the names of number 0."""
        if name.isdecimal():
            return int(name)
        return 0 if name.upper() in {"IBMUSER", "SYS1"} else None

    def home_of(self, userid: str) -> str | None:
        """Return the conventional home."""
        return f"/u/{userid.lower()}"
