"""May this UNIX identity read, write or search this inode? Modes only; one page.

Source: POSIX "File Access Permissions"; zos-ftp-server.md 1.9 (EDC5111I). UID 0 passes every check.
Not here: ACLs and RACF's UNIXPRIV class.
"""

from __future__ import annotations

from mvsfs.access import UnixIdentity
from mvsfs.errors import UnixError
from mvsfs.unix.inodes import Inode

READ, WRITE, SEARCH = 4, 2, 1
STICKY = 0o1000


def is_allowed(inode: Inode, who: UnixIdentity, wanted: int) -> bool:
    """Tell whether the mode grants all `wanted` bits; the first class that applies decides alone."""
    if who.uid == 0:
        return True
    if inode.uid == who.uid:
        granted = inode.mode >> 6
    elif inode.gid == who.gid or inode.gid in who.groups:
        granted = inode.mode >> 3
    else:
        granted = inode.mode
    return granted & wanted == wanted


def demand(inode: Inode, who: UnixIdentity, wanted: int, path: str) -> None:
    """Raise EACCES unless the mode grants all `wanted` bits."""
    if not is_allowed(inode, who, wanted):
        raise UnixError("EACCES", path)


def demand_owner(inode: Inode, who: UnixIdentity, path: str) -> None:
    """Raise EPERM unless `who` owns the file or is the superuser: chmod, chtag and times."""
    if who.uid not in (0, inode.uid):
        raise UnixError("EPERM", path)


def demand_removal(directory: Inode, inode: Inode, who: UnixIdentity, path: str) -> None:
    """Raise unless `who` may take an entry out of `directory`; in a sticky directory (/tmp) only one's own."""
    demand(directory, who, WRITE | SEARCH, path)
    if directory.mode & STICKY and who.uid not in (0, inode.uid, directory.uid):
        raise UnixError("EPERM", path)
