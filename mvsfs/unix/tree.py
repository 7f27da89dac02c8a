"""The tree that a new system has, and the home directory that a user gets.

Source: z/OS UNIX System Services Planning, "The root file system"; modes of /tmp and /dev are the usual ones [assumed].
Rules: made with the superuser's rights inside the caller's transaction; what exists is left alone.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert

from mvsfs.access import UnixIdentity
from mvsfs.info import UnixKind
from mvsfs.unix import inodes, paths
from mvsfs.unix.tables import ROOT, unix_inode
from mvsfs.unix.walk import SUPERUSER, walk

#: Directories of a new system with their modes.
STANDARD = (
    ("/bin", 0o755),
    ("/dev", 0o755),
    ("/etc", 0o755),
    ("/tmp", 0o1777),  # noqa: S108 - a name of our tree, not of the host
    ("/u", 0o755),
    ("/usr", 0o755),
    ("/usr/lpp", 0o755),
    ("/var", 0o755),
)
HOME_MODE = 0o750


def plant(connection: Connection, now_us: int) -> None:
    """Make the root and the standard directories when the file system is empty."""
    if inodes.load(connection, ROOT):
        return
    root = {"id": ROOT, "kind": UnixKind.DIRECTORY.value, "mode": 0o755, "uid": 0, "gid": 0, "mtime_us": now_us, "links": 2}
    connection.execute(insert(unix_inode).values(**root))
    for path, mode in STANDARD:
        grow(connection, path, mode, SUPERUSER, now_us)


def grow(connection: Connection, path: str, mode: int, owner: UnixIdentity, now_us: int) -> None:
    """Make a directory and those above it that are missing; only the last one belongs to `owner`."""
    names = paths.components(path)
    for depth in range(1, len(names) + 1):
        place = walk(connection, "/" + "/".join(names[:depth]), SUPERUSER)
        if place.inode is None:
            last = depth == len(names)
            uid, gid = (owner.uid, owner.gid) if last else (0, 0)
            inodes.create(
                connection,
                place.parent.number,
                place.name,
                UnixKind.DIRECTORY,
                mode=mode if last else 0o755,
                uid=uid,
                gid=gid,
                mtime_us=now_us,
            )
