"""UnixFS: z/OS UNIX files as a PyFilesystem2 file system. Contents are the bytes as they are stored.

Rules: passes the library's whole conformance suite. Errors of the tree become the library's errors; links are followed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from fs import ResourceType, errors
from fs.base import FS
from fs.info import Info
from fs.mode import Mode
from fs.path import dirname
from fs.permissions import Permissions
from fs.subfs import SubFS

from mvsfs.access import Requester
from mvsfs.errors import DatasetInUse, UnixError
from mvsfs.info import UnixInfo, UnixKind
from mvsfs.storage.content import CHUNK
from mvsfs.system import Mvs
from mvsfs.viewfile import StagedFile

_KINDS = {
    UnixKind.FILE: ResourceType.file,
    UnixKind.DIRECTORY: ResourceType.directory,
    UnixKind.SYMLINK: ResourceType.symlink,
    UnixKind.FIFO: ResourceType.fifo,
    UnixKind.CHARACTER: ResourceType.character,
    UnixKind.EXTERNAL: ResourceType.symlink,
}
_ERRORS: dict[str, type[errors.ResourceError]] = {
    "ENOENT": errors.ResourceNotFound,
    "ENOTDIR": errors.DirectoryExpected,
    "EISDIR": errors.FileExpected,
    "EEXIST": errors.FileExists,
    "ENOTEMPTY": errors.DirectoryNotEmpty,
    "EACCES": errors.PermissionDenied,  # type: ignore[dict-item]
    "EPERM": errors.PermissionDenied,  # type: ignore[dict-item]
    "EBUSY": errors.ResourceLocked,
}


@contextmanager
def translated(path: str, **instead: type[errors.FSError]) -> Iterator[None]:
    """Turn errors of the tree into the library's; `instead` overrides some errno names."""
    try:
        yield
    except UnixError as error:
        kind: Any = instead.get(error.errno_name) or _ERRORS.get(error.errno_name, errors.ResourceInvalid)
        raise kind(path=path) from error
    except DatasetInUse as error:
        raise errors.ResourceLocked(path=path) from error


class UnixFS(FS):
    """The tree of one system, or the part below `root`."""

    _meta = {
        "case_insensitive": False,
        "invalid_path_chars": "\0",
        "network": False,
        "read_only": False,
        "supports_rename": False,
        "thread_safe": True,
        "unicode_paths": True,
        "virtual": False,
    }

    def __init__(self, mvs: Mvs, who: Requester, *, root: str = "/", on_close: Callable[[], None] | None = None) -> None:
        """Show the tree below `root` as `who` may see it; `on_close` is called once at the end."""
        super().__init__()
        self._mvs, self._who, self._root, self._on_close = mvs, who, root.rstrip("/"), on_close

    def __repr__(self) -> str:
        return f"UnixFS({self._root or '/'!r})"

    def close(self) -> None:
        """Close, and whatever was opened for this view."""
        if not self.isclosed() and self._on_close is not None:
            self._on_close()
        super().close()

    def _real(self, path: str) -> str:
        return self._root + self.validatepath(path).rstrip("/") or "/"

    def validatepath(self, path: str) -> str:
        """Return the path in the library's normal form. Raises TypeError, InvalidCharsInPath."""
        return str(super().validatepath(path))

    def getinfo(self, path: str, namespaces: Collection[str] | None = None) -> Info:
        """Return the facts of a file; links are followed unless they lead nowhere."""
        self.check()
        with translated(path, ENOTDIR=errors.ResourceNotFound):
            own = self._mvs.unix.stat(self._real(path), self._who, follow=False)
            return Info(self._raw(own, frozenset(namespaces or ())))

    def _raw(self, own: UnixInfo, namespaces: frozenset[str]) -> dict[str, Any]:
        """Return the raw facts: those of a link's target where the library wants to know what can be done with it."""
        facts = self._target(own) if own.kind is UnixKind.SYMLINK else own
        name = "" if own.path == (self._root or "/") else own.path.rpartition("/")[2]
        raw: dict[str, Any] = {"basic": {"name": name, "is_dir": facts.kind is UnixKind.DIRECTORY}}
        if "details" in namespaces:
            kind = ResourceType.symlink if own.kind is UnixKind.SYMLINK else _KINDS[facts.kind]
            modified = facts.mtime.timestamp()
            raw["details"] = {"type": int(kind), "size": facts.size, "modified": modified, "_write": ["modified"]}
        if "access" in namespaces:
            raw["access"] = {
                "permissions": Permissions(mode=facts.mode).dump(),
                "user": facts.owner,
                "group": facts.group,
                "uid": facts.uid,
                "gid": facts.gid,
            }
        if "link" in namespaces:
            raw["link"] = {"target": own.target or None}
        if "mvs" in namespaces:
            raw["mvs"] = {
                "tag": facts.tag_codepage,
                "text": facts.tag_text,
                "links": facts.links,
                "external": own.kind is UnixKind.EXTERNAL,
            }
        return raw

    def _target(self, link: UnixInfo) -> UnixInfo:
        try:
            return self._mvs.unix.stat(link.path, self._who)
        except UnixError:
            return link

    def listdir(self, path: str) -> list[str]:
        """Return the names in a directory."""
        return [info.name for info in self._entries(path, frozenset())]

    def scandir(
        self, path: str, namespaces: Collection[str] | None = None, page: tuple[int, int] | None = None
    ) -> Iterator[Info]:
        """Yield the facts of a directory's entries, found by one query."""
        entries = self._entries(path, frozenset(namespaces or ()))
        return iter(entries[page[0] : page[1]] if page else entries)

    def _entries(self, path: str, namespaces: frozenset[str]) -> list[Info]:
        self.check()
        with translated(path):
            return [Info(self._raw(info, namespaces)) for info in self._mvs.unix.listdir(self._real(path), self._who)]

    def makedir(self, path: str, permissions: Permissions | None = None, recreate: bool = False) -> SubFS[FS]:
        """Make a directory and return it opened."""
        self.check()
        mode = permissions.mode if permissions is not None else 0o755
        try:
            with translated(path, EEXIST=errors.DirectoryExists, ENOTDIR=errors.ResourceNotFound):
                self._mvs.unix.mkdir(self._real(path), self._who, mode=mode)
        except errors.DirectoryExists:
            if not recreate or not self.isdir(path):
                raise
        return self.opendir(path)

    def openbin(self, path: str, mode: str = "r", buffering: int = -1, **options: Any) -> Any:  # noqa: ARG002
        """Open a file's bytes; what is written appears at flush and close."""
        self.check()
        wanted = Mode(mode)
        wanted.validate_bin()
        real = self._real(path)
        with translated(path, ENOTDIR=errors.ResourceNotFound):
            if real == (self._root or "/"):
                raise errors.FileExpected(path)
            publish = None
            if wanted.writing:
                self._mvs.unix.open_output(real, self._who, exclusive=wanted.exclusive).discard()
                publish = self._publisher(real)
            exists = self._mvs.unix.exists(real, self._who)
            initial = self._chunks(real) if not wanted.truncate and (exists or not wanted.create) else iter(())
            file = StagedFile(path, wanted.to_platform_bin(), initial, publish, on_flush=True)
            if publish is not None and (wanted.truncate or not exists):
                publish(iter(()))
            return file

    def _chunks(self, real: str) -> Iterator[bytes]:
        with self._mvs.unix.open_input(real, self._who) as reader:
            yield from reader.chunks()

    def _publisher(self, real: str) -> Callable[[Any], None]:
        def publish(stage: Any) -> None:
            with self._mvs.unix.open_output(real, self._who, mode=0o644) as writer:
                for chunk in iter(lambda: stage.read(CHUNK), b"") if hasattr(stage, "read") else stage:
                    writer.write(chunk)

        return publish

    def remove(self, path: str) -> None:
        """Remove a file."""
        self.check()
        with translated(path, ENOTDIR=errors.ResourceNotFound):
            self._mvs.unix.unlink(self._real(path), self._who)

    def removedir(self, path: str) -> None:
        """Remove an empty directory."""
        self.check()
        if self._real(path) == (self._root or "/"):
            raise errors.RemoveRootError
        with translated(path):
            self._mvs.unix.rmdir(self._real(path), self._who)

    def move(self, src_path: str, dst_path: str, overwrite: bool = False, preserve_time: bool = False) -> None:
        """Move a file by one change of the catalog."""
        if not overwrite and self.exists(dst_path):
            raise errors.DestinationExists(dst_path)
        if self.getinfo(src_path).is_dir:
            raise errors.FileExpected(src_path)
        if not self.isdir(dirname(self.validatepath(dst_path))):
            raise errors.ResourceNotFound(dst_path)
        now = self._mvs.now()
        with translated(dst_path, EISDIR=errors.FileExpected):
            self._mvs.unix.rename(self._real(src_path), self._real(dst_path), self._who)
            if not preserve_time:
                self._mvs.unix.utime(self._real(dst_path), now, self._who)

    def setinfo(self, path: str, info: Mapping[str, Mapping[str, object]]) -> None:
        """Set the time of modification, permissions and file tag."""
        self.check()
        with translated(path):
            real = self._real(path)
            self._mvs.unix.stat(real, self._who)
            modified: Any = info.get("details", {}).get("modified")
            if modified is not None:
                self._mvs.unix.utime(real, datetime.fromtimestamp(modified, UTC), self._who)
            access: Any = info.get("access", {}).get("permissions")
            if access is not None:
                self._mvs.unix.chmod(real, Permissions(access).mode, self._who)
            tag: Any = info.get("mvs", {}).get("tag")
            if tag is not None:
                self._mvs.unix.chtag(real, tag, self._who, text=bool(info["mvs"].get("text", True)))
