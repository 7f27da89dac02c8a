"""May this UNIX identity read, write or search this inode? Modes only; one page.

Source: POSIX "File Access Permissions"; zos-ftp-server.md 1.9 (EDC5111I). UID 0 passes every check.
Not here: ACLs and RACF's UNIXPRIV class.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mvsfs.access import UnixIdentity, UnixRefusal
from mvsfs.errors import UnixError
from mvsfs.info import UnixKind
from mvsfs.unix.inodes import Inode

READ, WRITE, SEARCH = 4, 2, 1
STICKY = 0o1000
#: The callable service that makes each kind of file.
MAKING = {UnixKind.DIRECTORY: "MKDIR", UnixKind.FIFO: "MKNOD", UnixKind.SYMLINK: "SYMLINK", UnixKind.EXTERNAL: "EXTLINK"}


def is_allowed(inode: Inode, who: UnixIdentity, wanted: int) -> bool:
    """Tell whether the mode grants all `wanted` bits; the first class that applies decides alone."""
    return who.uid == 0 or _granted(inode, who)[1] & wanted == wanted


def _granted(inode: Inode, who: UnixIdentity) -> tuple[str, int]:
    if inode.uid == who.uid:
        return "OWNER", inode.mode >> 6 & 7
    if inode.gid == who.gid or inode.gid in who.groups:
        return "GROUP", inode.mode >> 3 & 7
    return "OTHER", inode.mode & 7


def demand(inode: Inode, who: UnixIdentity, wanted: int, path: str, call: str = "OPEN") -> None:
    """Raise EACCES unless the mode grants all `wanted` bits. `call`: the callable service that wants them."""
    if not is_allowed(inode, who, wanted):
        facts = UnixRefusal(path, inode.number, inode.is_directory, call, wanted, *_granted(inode, who))
        raise UnixError("EACCES", path, tell=_teller(who, facts))


def demand_owner(inode: Inode, who: UnixIdentity, path: str, call: str) -> None:
    """Raise EPERM unless `who` owns the file or is the superuser: chmod, chtag and times."""
    if who.uid not in (0, inode.uid):
        facts = UnixRefusal(path, inode.number, inode.is_directory, call)
        raise UnixError("EPERM", path, tell=_teller(who, facts))


def demand_removal(directory: Inode, inode: Inode, who: UnixIdentity, path: str, call: str) -> None:
    """Raise unless `who` may take an entry out of `directory`; in a sticky directory (/tmp) only one's own."""
    demand(directory, who, WRITE | SEARCH, path, call)
    if directory.mode & STICKY and who.uid not in (0, inode.uid, directory.uid):
        facts = UnixRefusal(path, inode.number, inode.is_directory, call)
        raise UnixError("EPERM", path, tell=_teller(who, facts))


def _teller(who: UnixIdentity, facts: UnixRefusal) -> Callable[[], None] | None:
    return partial(who.refused, facts) if who.refused is not None else None
