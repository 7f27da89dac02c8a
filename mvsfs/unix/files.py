"""z/OS UNIX files: the calls that the FTP server, jobs and the file system view make.

Source: POSIX; zos-ftp-server.md 1.9 (RNTO overwrites, DELE of directories) and 2.3.
Not here: the calls that change nothing (lookup.py), what `~` means (homes come from the guard), globbing, ls -l lines.
Rules: paths are absolute; who may do what follows from modes and `guard.unix_identity(who)`; each call is one
transaction; a refusal is a UnixError with the errno name as a fact. A new file takes its group from its directory.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from mvsfs.access import Requester, UnixIdentity
from mvsfs.enqueue import written_name
from mvsfs.errors import UnixError
from mvsfs.info import UnixKind
from mvsfs.storage.content import ContentReader, ContentWriter
from mvsfs.storage.database import after_commit, reading, writing
from mvsfs.unix import inodes, paths, permissions, pipes, tree
from mvsfs.unix.inodes import Inode
from mvsfs.unix.lookup import UnixLookup
from mvsfs.unix.permissions import MAKING, SEARCH, WRITE
from mvsfs.unix.refusals import telling, told
from mvsfs.unix.streams import UnixWriter
from mvsfs.unix.walk import Place

PERMISSION_BITS = 0o7777


@telling
class UnixFiles(UnixLookup):
    """The hierarchical file system of one store, looked at and changed."""

    # -- files ---------------------------------------------------------------------------------------------------

    def open_output(
        self, path: str, who: Requester, *, append: bool = False, mode: int = 0o666, umask: int = 0, exclusive: bool = False,
        wait_seconds: float = 0,
    ) -> UnixWriter:  # fmt: skip
        """Open a file for writing; nothing is visible before the writer commits.

        `mode` less `umask` is for a file that does not exist yet. `exclusive`: EEXIST when it does. Until the writer ends,
        other writers of the file wait up to their `wait_seconds`.
        Raises UnixError, DatasetInUse (SYSZUNIX) for a file that somebody else writes.
        """
        identity = self._identity(who)
        place, _ = self._settled(lambda: self._open_place(path, identity, False, exclusive))
        hold = self._store.enqueue.obtain([written_name(self._root + place.path)], who, wait_seconds=wait_seconds)
        content = self._content.create()
        try:
            # what is added to must be what the writer before has left
            place, prior = self._settled(lambda: self._open_place(path, identity, append, exclusive))
            if prior is not None:
                with prior:
                    content.write_from(prior)
        except BaseException:
            content.discard()
            hold.release()
            raise
        bits = mode & ~umask & PERMISSION_BITS
        return UnixWriter(
            place.path, place.inode is None, content, lambda written: self._publish(place, identity, written, bits), hold.release
        )

    def _open_place(self, path: str, identity: UnixIdentity, append: bool, exclusive: bool) -> tuple[Place, ContentReader | None]:
        """Return where a file to be written lies and, for an append, what it holds."""
        with reading(self._engine) as connection:
            place = self._walk(connection, path, identity)
            if place.inode is None and paths.wants_directory(path):
                raise UnixError("EISDIR", path)
            if place.inode is None:
                permissions.demand(place.parent, identity, WRITE | SEARCH, path)
            elif exclusive:
                raise UnixError("EEXIST", path)
            else:
                self._demand_file(place.inode, path)
                permissions.demand(place.inode, identity, WRITE, path)
            return place, self._open_content(connection, place.inode) if place.inode and append else None

    @told
    def _publish(self, place: Place, who: UnixIdentity, written: ContentWriter, mode: int) -> None:
        """Make the new contents those of the file; the directory entry is made now when it is missing."""
        with writing(self._engine) as connection:
            columns: dict[str, Any] = {"size": written.size, "mtime_us": self._now_us()}
            columns["content"] = written.keep(connection) if written.size else None
            current = inodes.child(connection, place.parent.number, place.name)
            self._demand_same(connection, place, current, who)
            if current is None:
                owner = {"uid": who.uid, "gid": place.parent.gid, "mode": mode}
                inodes.create(connection, place.parent.number, place.name, UnixKind.FILE, **owner, **columns)
            else:
                self._demand_file(current, place.path)
                inodes.change(connection, current.number, **columns)
                self._content.forget(connection, current.content)

    def unlink(self, path: str, who: Requester) -> None:
        """Remove a file or a link; a directory is EISDIR."""
        identity = self._identity(who)
        with writing(self._engine) as connection:
            place = self._walk(connection, path, identity, follow=False)
            if place.existing().is_directory:
                raise UnixError("EISDIR", path)
            self._take_out(connection, place, identity)

    def remove(self, path: str, who: Requester) -> None:
        """Remove a file, a link or an empty directory: what DELE does."""
        if self.stat(path, who, follow=False).kind is UnixKind.DIRECTORY:
            self.rmdir(path, who)
        else:
            self.unlink(path, who)

    def link(self, old: str, new: str, who: Requester) -> None:
        """Give a file a second name (a hard link)."""
        identity = self._identity(who)
        with writing(self._engine) as connection:
            inode = self._walk(connection, old, identity, follow=False).existing()
            if inode.is_directory:
                raise UnixError("EPERM", old)
            place = self._free(connection, new, identity, "LINK")
            inodes.link(connection, place.parent.number, place.name, inode, self._now_us())

    def symlink(self, target: str, path: str, who: Requester, *, external: bool = False) -> None:
        """Make a symbolic link at `path` that points to `target`, which need not exist."""
        if not target or len(target) > paths.PATH_MAX:
            raise UnixError("ENAMETOOLONG" if target else "ENOENT", path)
        kind = UnixKind.EXTERNAL if external else UnixKind.SYMLINK
        self._make(path, who, kind, 0o777, target=target, size=len(target.encode()))

    def mkfifo(self, path: str, who: Requester, *, mode: int = 0o666) -> None:
        """Make a named pipe."""
        self._make(path, who, UnixKind.FIFO, mode)

    # -- directories ---------------------------------------------------------------------------------------------

    def mkdir(self, path: str, who: Requester, *, mode: int = 0o777) -> None:
        """Make a directory; `mode` is final (the caller applies the umask)."""
        self._make(path, who, UnixKind.DIRECTORY, mode)

    def rmdir(self, path: str, who: Requester) -> None:
        """Remove an empty directory."""
        identity = self._identity(who)
        with writing(self._engine) as connection:
            place = self._walk(connection, path, identity, follow=False)
            if not place.existing().is_directory:
                raise UnixError("ENOTDIR", path)
            if not place.name or path.endswith("/."):
                raise UnixError("EBUSY" if not place.name else "EINVAL", path)
            self._take_out(connection, place, identity)

    def makedirs(self, path: str, who: Requester, *, mode: int = 0o755) -> None:
        """Make a directory and those above it that are missing."""
        names = paths.components(path)
        for depth in range(1, len(names) + 1):
            try:
                self.mkdir("/" + "/".join(names[:depth]), who, mode=mode)
            except UnixError as error:
                if error.errno_name != "EEXIST":
                    raise

    def make_home(self, userid: str, who: Requester) -> str | None:
        """Make the home directory of a user who signs on, if it has one and it is missing; return its path."""
        home = self._store.guard.home_of(userid)
        if home is None:
            return None
        with writing(self._engine) as connection:
            tree.grow(connection, home, tree.HOME_MODE, self._identity(who), self._now_us())
        return home

    def rename(self, old: str, new: str, who: Requester) -> None:
        """Give an entry another name; a file at the new name is replaced, as POSIX has it."""
        identity = self._identity(who)
        with writing(self._engine) as connection:
            source = self._walk(connection, old, identity, follow=False)
            moved = source.existing()
            target = self._walk(connection, new, identity, follow=False)
            if not source.name or not target.name:
                raise UnixError("EBUSY", new)
            if moved.is_directory and f"{target.path}/".startswith(f"{source.path}/") and target.path != source.path:
                raise UnixError("EINVAL", new)
            permissions.demand_removal(source.parent, moved, identity, old, "RENAME")
            permissions.demand(target.parent, identity, WRITE | SEARCH, new, "RENAME")
            if target.inode and target.inode.number == moved.number:
                return
            if target.inode:
                self._displace(connection, target, moved, identity)
            places = (source.parent.number, source.name), (target.parent.number, target.name)
            inodes.move(connection, *places, moved, self._now_us())

    def _displace(self, connection: Connection, target: Place, moved: Inode, who: UnixIdentity) -> None:
        there = target.existing()
        if there.is_directory != moved.is_directory:
            raise UnixError("EISDIR" if there.is_directory else "ENOTDIR", target.path)
        if there.is_directory and not inodes.is_empty(connection, there.number):
            raise UnixError("ENOTEMPTY", target.path)
        self._take_out(connection, target, who)

    # -- attributes ----------------------------------------------------------------------------------------------

    def chmod(self, path: str, mode: int, who: Requester) -> None:
        """Set the permission bits."""
        self._set(path, who, "CHMOD", mode=mode & PERMISSION_BITS)

    def chown(self, path: str, who: Requester, *, uid: int | None = None, gid: int | None = None) -> None:
        """Set owner or group: the superuser anything, an owner one of its own groups."""
        identity = self._identity(who)
        own_groups = {None, identity.gid, *identity.groups}
        if identity.uid and (uid not in (None, identity.uid) or gid not in own_groups):
            raise UnixError("EPERM", path)
        self._set(path, who, "CHOWN", **{name: value for name, value in (("uid", uid), ("gid", gid)) if value is not None})

    def chtag(self, path: str, codepage: str, who: Requester, *, text: bool = True) -> None:
        """Set the file tag: the code page of the contents and whether they are all text."""
        self._set(path, who, "CHATTR", tag_codepage=codepage, tag_text=text)

    def utime(self, path: str, mtime: datetime, who: Requester) -> None:
        """Set the time of last modification."""
        self._set(path, who, "UTIME", mtime_us=inodes.microseconds(mtime))

    def _set(self, path: str, who: Requester, call: str, **columns: Any) -> None:
        identity = self._identity(who)
        with writing(self._engine) as connection:
            inode = self._walk(connection, path, identity).existing()
            permissions.demand_owner(inode, identity, path, call)
            if columns:
                inodes.change(connection, inode.number, **columns)

    # -- inside --------------------------------------------------------------------------------------------------

    def _make(self, path: str, who: Requester, kind: UnixKind, mode: int, **columns: Any) -> None:
        identity = self._identity(who)
        with writing(self._engine) as connection:
            place = self._free(connection, path, identity, MAKING[kind])
            columns |= {"mode": mode & PERMISSION_BITS, "uid": identity.uid, "gid": place.parent.gid}
            inodes.create(connection, place.parent.number, place.name, kind, mtime_us=self._now_us(), **columns)

    def _free(self, connection: Connection, path: str, who: UnixIdentity, call: str) -> Place:
        """Return a place where nothing is and where `who` may make an entry."""
        place = self._walk(connection, path, who, follow=False)
        if place.inode is not None:
            raise UnixError("EEXIST", path)
        permissions.demand(place.parent, who, WRITE | SEARCH, path, call)
        return place

    def _take_out(self, connection: Connection, place: Place, who: UnixIdentity) -> None:
        inode = place.existing()
        call = "RMDIR" if inode.is_directory else "UNLINK"
        permissions.demand_removal(place.parent, inode, who, place.path, call)
        # Who may not remove a directory does not learn either whether something is in it.
        if inode.is_directory and not inodes.is_empty(connection, inode.number):
            raise UnixError("ENOTEMPTY", place.path)
        lost = inodes.remove(connection, place.parent.number, place.name, inode, self._now_us())
        self._content.forget(connection, lost)
        if inode.kind is UnixKind.FIFO and inode.links == 1:
            after_commit(connection, partial(pipes.forget, self._store, inode))

    @staticmethod
    def _demand_same(connection: Connection, place: Place, current: Inode | None, who: UnixIdentity) -> None:
        """Raise where the name has come to mean something else since it was opened, and `who` may not write that.

        Somebody may have renamed or linked a file to the name meanwhile, or removed the one that was opened.
        """
        opened = place.inode
        if current is not None and (opened is None or opened.number != current.number):
            permissions.demand(current, who, WRITE, place.path)
        if current is None:
            parent = inodes.load(connection, place.parent.number)
            if parent is None:
                raise UnixError("ENOENT", place.path)
            if opened is not None:
                permissions.demand(parent, who, WRITE | SEARCH, place.path)
