"""z/OS UNIX files looked at: what is there, who may do what with it, and opening it for reading.

Source: POSIX; zos-ftp-server.md 1.9, 2.3.
Not here: whatever changes anything (files.py), how a path leads to a file (walk.py).
Rules: paths are absolute; each call is one transaction that writes nothing; a refusal is a UnixError with the errno name.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import UTC, tzinfo
from typing import Self, TypeVar

from sqlalchemy import Connection

from mvsfs.access import Requester, UnixIdentity
from mvsfs.errors import UnixError
from mvsfs.info import UnixInfo, UnixKind
from mvsfs.storage.content import ContentGone, ContentReader
from mvsfs.storage.database import first_comes_first, reading, writing
from mvsfs.storage.store import Store
from mvsfs.unix import inodes, paths, permissions, tree
from mvsfs.unix.inodes import Inode
from mvsfs.unix.permissions import READ, SEARCH, WRITE
from mvsfs.unix.refusals import telling
from mvsfs.unix.streams import UnixReader
from mvsfs.unix.tables import ROOT
from mvsfs.unix.walk import Place, walk

#: Contents that are replaced this often while they are being opened are reported as an error.
ATTEMPTS = 10

_T = TypeVar("_T")


@telling
class UnixLookup:
    """The hierarchical file system of one store, for those who look."""

    def __init__(self, store: Store) -> None:
        """Use an open store; a new one gets the standard directories."""
        self._store = store
        self._root = ""
        self._engine = engine = store.engine
        self._content = store.content
        with reading(engine) as connection:
            is_new = inodes.load(connection, ROOT) is None
        if is_new:
            with first_comes_first(), writing(engine) as connection:
                tree.plant(connection, self._now_us())

    def below(self, root: str) -> Self:
        """Return the files as somebody sees them for whom the directory `root` is `/` (chroot)."""
        other = copy(self)
        other._root = root
        return other

    def _walk(self, connection: Connection, path: str, who: UnixIdentity, *, follow: bool = True) -> Place:
        return walk(connection, path, who, follow=follow, root=self._root)

    def stat(self, path: str, who: Requester, *, follow: bool = True) -> UnixInfo:
        """Return what `path` names; with `follow` False a symbolic link itself."""
        with reading(self._engine) as connection:
            place = self._walk(connection, path, self._identity(who), follow=follow)
            return self._info(place.path, place.existing(), {})

    def exists(self, path: str, who: Requester) -> bool:
        """Tell whether a path leads to anything that `who` may see."""
        try:
            self.stat(path, who)
        except UnixError:
            return False
        return True

    def listdir(self, path: str, who: Requester) -> list[UnixInfo]:
        """Return the entries of a directory, ascending, links as links; needs read and search permission."""
        identity = self._identity(who)
        with reading(self._engine) as connection:
            place = self._walk(connection, path, identity)
            directory = place.existing()
            if not directory.is_directory:
                raise UnixError("ENOTDIR", path)
            permissions.demand(directory, identity, READ | SEARCH, path, "OPENDIR")
            names: dict[tuple[int, bool], str] = {}
            entries = inodes.children(connection, directory.number)
            return [self._info(paths.join(place.path, name), inode, names) for name, inode in entries]

    def may(self, path: str, who: Requester, *, read: bool = False, write: bool = False, search: bool = False) -> bool:
        """Tell whether `who` has all the named permissions on an existing path (the access() call)."""
        identity = self._identity(who)
        wanted = READ * read | WRITE * write | SEARCH * search
        with reading(self._engine) as connection:
            return permissions.is_allowed(self._walk(connection, path, identity).existing(), identity, wanted)

    def realpath(self, path: str, who: Requester) -> str:
        """Return the path without links, '.' and '..'; the last name may be missing."""
        with reading(self._engine) as connection:
            return self._walk(connection, path, self._identity(who)).path

    def readlink(self, path: str, who: Requester) -> str:
        """Return where a symbolic or external link points."""
        with reading(self._engine) as connection:
            inode = self._walk(connection, path, self._identity(who), follow=False).existing()
        if inode.kind not in (UnixKind.SYMLINK, UnixKind.EXTERNAL):
            raise UnixError("EINVAL", path)
        return inode.target

    def open_input(self, path: str, who: Requester) -> UnixReader:
        """Open a file for reading; the reader keeps the contents it opened whatever happens to the name."""
        return self._settled(lambda: self._open_reader(path, self._identity(who)))

    def _open_reader(self, path: str, identity: UnixIdentity) -> UnixReader:
        with reading(self._engine) as connection:
            place = self._walk(connection, path, identity)
            inode = place.existing()
            self._demand_file(inode, path)
            permissions.demand(inode, identity, READ, path)
            return UnixReader(self._info(place.path, inode, {}), self._open_content(connection, inode))

    # -- inside --------------------------------------------------------------------------------------------------

    def _open_content(self, connection: Connection, inode: Inode) -> ContentReader:
        return self._content.open(inode.content, connection) if inode.content else ContentReader(0, data=b"")

    @staticmethod
    def _settled(attempt: Callable[[], _T]) -> _T:
        """Do it again when contents were replaced between finding their row and opening them."""
        for _ in range(ATTEMPTS):
            try:
                return attempt()
            except ContentGone:
                continue
        return attempt()

    @staticmethod
    def _demand_file(inode: Inode, path: str) -> None:
        if inode.is_directory:
            raise UnixError("EISDIR", path)
        if inode.kind is not UnixKind.FILE:
            raise UnixError("EINVAL", path)

    def _identity(self, who: Requester) -> UnixIdentity:
        return self._store.guard.unix_identity(who)

    def _now_us(self) -> int:
        return inodes.microseconds(self._store.now())

    def _info(self, path: str, inode: Inode, names: dict[tuple[int, bool], str]) -> UnixInfo:
        """Return the facts of an inode; `names` remembers owners within one listing."""
        zone: tzinfo | None = self._store.now().tzinfo
        for number, is_group in ((inode.uid, False), (inode.gid, True)):
            if (number, is_group) not in names:
                names[number, is_group] = self._store.guard.unix_name(number, group=is_group)
        return UnixInfo(
            path=path,
            kind=inode.kind,
            mode=inode.mode,
            uid=inode.uid,
            gid=inode.gid,
            owner=names[inode.uid, False],
            group=names[inode.gid, True],
            size=inode.size,
            mtime=inodes.moment(inode.mtime_us, zone or UTC),
            links=inode.links,
            target=inode.target,
            tag_codepage=inode.tag_codepage,
            tag_text=inode.tag_text,
        )
