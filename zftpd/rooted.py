"""z/OS UNIX files as an anonymous user sees them: the home directory is the root, and nothing outside can be reached.

Source: zos-ftp-server.md 6.5: from ANONYMOUSLEVEL 2 on, the server moves the root directory.
Rules: paths and errors that come back are those that the user knows. A symbolic link that leads outside is refused.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from mvsfs.access import Requester
from mvsfs.errors import UnixError
from mvsfs.info import UnixInfo
from mvsfs.unix.files import UnixFiles
from mvsfs.unix.streams import UnixReader, UnixWriter
from zftpd.anonymous import root_of
from zftpd.session import Session


def unix_of(session: Session) -> UnixFiles | RootedFiles:
    """Return the files that a session may see."""
    unix = session.server.mvs.unix
    root = root_of(session)
    return RootedFiles(unix, root) if root else unix


class RootedFiles:
    """The operations of UnixFiles that FTP needs, below a root."""

    def __init__(self, unix: UnixFiles, root: str) -> None:
        """Show what lies below `root`, a path without a final slash."""
        self._unix, self._root = unix, root

    def stat(self, path: str, who: Requester, *, follow: bool = True) -> UnixInfo:
        """Return the facts of a file."""
        with self._known(path):
            return self._shown(self._unix.stat(self._real(path, who, follow), who, follow=follow))

    def listdir(self, path: str, who: Requester) -> list[UnixInfo]:
        """Return what a directory holds."""
        with self._known(path):
            return [self._shown(info) for info in self._unix.listdir(self._real(path, who), who)]

    def may(self, path: str, who: Requester, *, read: bool = False, write: bool = False, search: bool = False) -> bool:
        """Tell whether the user has these permissions."""
        with self._known(path):
            return self._unix.may(self._real(path, who), who, read=read, write=write, search=search)

    def open_input(self, path: str, who: Requester) -> UnixReader:
        """Open for reading."""
        with self._known(path):
            return self._unix.open_input(self._real(path, who), who)

    def open_output(
        self, path: str, who: Requester, *, append: bool = False, mode: int = 0o666, umask: int = 0, exclusive: bool = False
    ) -> UnixWriter:
        """Open for writing."""
        with self._known(path):
            real = self._real(path, who)
            return self._unix.open_output(real, who, append=append, mode=mode, umask=umask, exclusive=exclusive)

    def unlink(self, path: str, who: Requester) -> None:
        """Remove a file."""
        with self._known(path):
            self._unix.unlink(self._real(path, who, follow=False), who)

    def mkdir(self, path: str, who: Requester, *, mode: int = 0o777) -> None:
        """Make a directory."""
        with self._known(path):
            self._unix.mkdir(self._real(path, who), who, mode=mode)

    def mkfifo(self, path: str, who: Requester, *, mode: int = 0o666) -> None:
        """Make a named pipe."""
        with self._known(path):
            self._unix.mkfifo(self._real(path, who), who, mode=mode)

    def rmdir(self, path: str, who: Requester) -> None:
        """Remove a directory."""
        with self._known(path):
            self._unix.rmdir(self._real(path, who, follow=False), who)

    def rename(self, old: str, new: str, who: Requester) -> None:
        """Rename a file."""
        with self._known(old):
            self._unix.rename(self._real(old, who, follow=False), self._real(new, who, follow=False), who)

    def chmod(self, path: str, mode: int, who: Requester) -> None:
        """Change permissions."""
        with self._known(path):
            self._unix.chmod(self._real(path, who), mode, who)

    def _real(self, path: str, who: Requester, follow: bool = True) -> str:
        """Return where a path really leads. Raises UnixError EACCES when that is outside."""
        full = posixpath.normpath(self._root + "/" + path.lstrip("/"))
        folder, name = posixpath.split(full)
        if follow:
            try:
                return self._within(self._unix.realpath(full, who), path)
            except UnixError as error:
                if error.errno_name != "ENOENT":
                    raise
        if full == self._root:
            return full
        return posixpath.join(self._within(self._unix.realpath(folder, who), path), name)

    def _within(self, real: str, path: str) -> str:
        if real != self._root and not real.startswith(f"{self._root}/"):
            raise UnixError("EACCES", path)
        return real

    def _shown(self, info: UnixInfo) -> UnixInfo:
        return replace(info, path=info.path.removeprefix(self._root) or "/")

    @contextmanager
    def _known(self, path: str) -> Iterator[None]:
        """Let errors name the path that the user knows."""
        try:
            yield
        except UnixError as error:
            raise UnixError(error.errno_name, path, error.errno2) from error
