"""From a path to the inode it names, through directories and symbolic links.

Source: POSIX 4.13; z/OS UNIX gives ELOOP after 24 links [BPX1OPN].
Rules: '..' above the root is the root, and links begin at it, so no path and no link leads out, be it the tree's root or another.
Search permission is asked in every directory passed; a missing name in one that may not be searched is EACCES.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from mvsfs.access import UnixIdentity
from mvsfs.errors import UnixError
from mvsfs.info import UnixKind
from mvsfs.unix import inodes, paths
from mvsfs.unix.inodes import Inode
from mvsfs.unix.permissions import SEARCH, demand
from mvsfs.unix.tables import ROOT

MAX_LINKS = 24
SUPERUSER = UnixIdentity(uid=0, gid=0, groups=frozenset({0}), home="/")
#: An external link's target is a data set or load module name, which leads nowhere in the tree.
_FOLLOWED = frozenset({UnixKind.SYMLINK})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path leads: the directory, the name in it and what is there now (None: nothing, the name is free)."""

    parent: Inode
    name: str
    inode: Inode | None
    path: str

    def existing(self) -> Inode:
        """Return what is there; ENOENT when nothing is."""
        if self.inode is None:
            raise UnixError("ENOENT", self.path)
        return self.inode


def walk(connection: Connection, path: str, who: UnixIdentity, *, follow: bool = True, root: str = "") -> Place:
    """Return the place that `path` names; only its last name may be missing. `root`: the directory that is `/` (chroot).

    Raises:
        UnixError: ENOENT or ENOTDIR on the way, EACCES where search is not allowed, ELOOP after too many links.
    """
    trail: list[tuple[str, Inode]] = [("", _root(connection, root))]
    todo = paths.components(path)[::-1]
    directory_wanted = paths.wants_directory(path)
    links = 0
    while todo:
        name = todo.pop()
        here = trail[-1][1]
        if not here.is_directory:
            raise UnixError("ENOTDIR", path)
        demand(here, who, SEARCH, path, "LOOKUP")
        if name == "..":
            del trail[max(1, len(trail) - 1) :]
            continue
        found = inodes.child(connection, here.number, name)
        if found is None:
            if todo:
                raise UnixError("ENOENT", path)
            return Place(here, name, None, _text(trail, name))
        if found.kind in _FOLLOWED and (todo or follow or directory_wanted):
            links += 1
            if links > MAX_LINKS:
                raise UnixError("ELOOP", path)
            if found.target.startswith("/"):
                del trail[1:]
            todo.extend(paths.components(paths.join("/", found.target))[::-1])
            continue
        trail.append((name, found))
    return _place(trail, directory_wanted, path)


def _root(connection: Connection, path: str) -> Inode:
    if path:
        return walk(connection, path, SUPERUSER).existing()
    root = inodes.load(connection, ROOT)
    assert root is not None, "the tree has no root"
    return root


def _text(trail: list[tuple[str, Inode]], name: str) -> str:
    return "/".join([*(step for step, _ in trail), name])


def _place(trail: list[tuple[str, Inode]], directory_wanted: bool, path: str) -> Place:
    name, last = trail[-1]
    if directory_wanted and not last.is_directory:
        raise UnixError("ENOTDIR", path)
    if len(trail) == 1:
        return Place(last, "", last, "/")
    return Place(trail[-2][1], name, last, _text(trail[:-1], name))
