"""Where the files of content objects lie: a folder of the host, or any PyFilesystem2 file system.

A folder (an `osfs`) is used through the host's own calls: copying inside the kernel, a descriptor for sendfile, and fsync,
none of which PyFilesystem2 offers; and one small file costs a third (docs/decisions/0001). Everything else comes in by
`fs.open_fs` (`mem://`, `s3://...`).
Rules: paths are relative, with `/`. Removing what is gone is no error.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from mvsfs.errors import StoreFull, StoreReadOnly
from mvsfs.storage.medium import DirectorySync, Remover, sync_directory, write_back

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
#: What the host answers when its kernel cannot copy between these two files.
_NO_COPY = {errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}
_COPY = 1 << 24
#: Contents are their users'; who may see them is for the guard to say, not for the host.
PRIVATE = 0o600
#: From this size on removing a file takes as long as a commit.
_LARGE = 1 << 20


def write_all(file: BinaryIO, chunk: bytes | bytearray | memoryview) -> None:
    """Write all of a chunk: a raw file may take less than it was given on a nearly full disk, or of more than 2 GiB at once."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[file.write(rest) :]


def _copy_through_memory(source: int, target: BinaryIO, size: int, offset: int = 0) -> None:
    while offset < size:
        chunk = os.pread(source, min(_COPY, size - offset), offset)
        if not chunk:
            raise OSError(errno.EIO, "object is shorter than its size")
        write_all(target, chunk)
        offset += len(chunk)


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Turn the host's refusals to write into facts."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StoreFull(name) from error
        if error.errno in _READ_ONLY:
            raise StoreReadOnly(name) from error
        raise


class Objects(Protocol):
    """What the content store asks of the place its files lie in."""

    is_plain: bool

    def create(self, path: str) -> BinaryIO:
        """Open a new file, which must not exist, for writing."""
        ...

    def open(self, path: str) -> BinaryIO:
        """Open for reading. Raises FileNotFoundError."""
        ...

    def size(self, path: str) -> int | None:
        """Return the size in bytes, or None when there is no such file."""
        ...

    def hurry(self, file: BinaryIO, path: str, start: int, size: int) -> None:
        """Begin to bring a written range to the medium, for a file that will be sealed durably."""
        ...

    def seal(self, file: BinaryIO, path: str, *, durable: bool) -> None:
        """Close a written file; durable: only when the medium has it."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file; nothing when it is gone."""
        ...

    def close(self) -> None:
        """Finish what was begun beside other work."""
        ...

    def listing(self, folder: str) -> Iterator[str]:
        """Yield the paths of all files below a folder."""
        ...

    def copy(self, source: int, target: BinaryIO, size: int) -> None:
        """Append `size` bytes of an open descriptor."""
        ...


class FolderObjects:
    """Files in a folder of the host."""

    is_plain = True

    def __init__(self, folder: Path) -> None:
        """Use an existing folder."""
        self._root = f"{folder}/"
        self._remover = Remover()
        self._entries: dict[str, DirectorySync] = {}  # of files that are being written

    def create(self, path: str) -> BinaryIO:
        """Open a new file."""
        name = self._root + path
        try:
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
        except FileNotFoundError:
            self._make_folder(path.rpartition("/")[0])
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
        return cast(BinaryIO, os.fdopen(descriptor, "w+b", buffering=0))

    def _make_folder(self, folder: str) -> None:
        """Make the folders of a path durably: syncing a file's own folder says nothing of those above it."""
        Path(self._root + folder).mkdir(parents=True, exist_ok=True)
        while folder:
            folder = folder.rpartition("/")[0]
            sync_directory(self._root + folder)

    def open(self, path: str) -> BinaryIO:
        """Open for reading, unbuffered: callers read whole chunks."""
        return cast(BinaryIO, open(self._root + path, "rb", buffering=0))

    def size(self, path: str) -> int | None:
        """Return the size in bytes."""
        try:
            return os.stat(self._root + path).st_size  # noqa: PTH116 - the string is at hand
        except FileNotFoundError:
            return None

    def hurry(self, file: BinaryIO, path: str, start: int, size: int) -> None:
        """Begin with the file's range, and with the first one also with the directory entry."""
        if path not in self._entries:
            self._entries[path] = DirectorySync(self._folder_of(path))
        write_back(file.fileno(), start, size)

    def seal(self, file: BinaryIO, path: str, *, durable: bool) -> None:
        """Sync the file and the directory entry that names it."""
        begun = self._entries.pop(path, None)
        if durable:
            os.fsync(file.fileno())
            if begun is not None:
                begun.wait()
            else:
                sync_directory(self._folder_of(path))
        file.close()

    def _folder_of(self, path: str) -> str:
        return (self._root + path).rpartition("/")[0]

    def remove(self, path: str) -> None:
        """Unlink; a reader that has it open keeps it. What is large goes a little later."""
        self._entries.pop(path, None)
        name = self._root + path
        try:
            if os.stat(name).st_size >= _LARGE:  # noqa: PTH116 - the string is at hand
                self._remover.remove(name)
            else:
                os.unlink(name)  # noqa: PTH108 - the string is at hand
        except FileNotFoundError:
            pass

    def close(self) -> None:
        """Wait until everything is removed."""
        self._remover.close()

    def listing(self, folder: str) -> Iterator[str]:
        """Walk a folder."""
        for place, _, names in os.walk(self._root + folder):
            for name in names:
                yield f"{place}/{name}"[len(self._root) :]

    def copy(self, source: int, target: BinaryIO, size: int) -> None:
        """Copy inside the kernel, by reference where the host's file system can; through memory where the kernel cannot."""
        offset = 0
        while offset < size:
            try:
                done = os.copy_file_range(source, target.fileno(), min(_COPY, size - offset), offset)
            except (AttributeError, OSError) as error:
                if isinstance(error, OSError) and error.errno not in _NO_COPY:
                    raise
                _copy_through_memory(source, target, size, offset)
                return
            if done == 0:
                raise OSError(errno.EIO, "object is shorter than its size")
            offset += done


class FilesystemObjects:
    """Files on any PyFilesystem2 file system."""

    is_plain = False

    def __init__(self, url: str) -> None:
        """Open the file system at a PyFilesystem2 address."""
        import fs  # costs a tenth of a second that a plain folder need not pay
        import fs.errors

        self._fs: Any = fs.open_fs(url, create=True)
        self._missing = fs.errors.ResourceNotFound

    def create(self, path: str) -> BinaryIO:
        """Open a new file."""
        self._fs.makedirs(path.rpartition("/")[0], recreate=True)
        return cast(BinaryIO, self._fs.openbin(path, "x"))

    def open(self, path: str) -> BinaryIO:
        """Open for reading."""
        try:
            return cast(BinaryIO, self._fs.openbin(path, "r"))
        except self._missing:
            raise FileNotFoundError(path) from None

    def size(self, path: str) -> int | None:
        """Return the size in bytes."""
        try:
            return int(self._fs.getsize(path))
        except self._missing:
            return None

    def hurry(self, file: BinaryIO, path: str, start: int, size: int) -> None:
        """Nothing: the file system decides when it writes."""

    def close(self) -> None:
        """Close nothing: files are removed at once."""

    def seal(self, file: BinaryIO, path: str, *, durable: bool) -> None:  # noqa: ARG002 - close is all there is
        """Close: the file system's promise is all there is."""
        file.close()

    def remove(self, path: str) -> None:
        """Remove."""
        try:
            self._fs.remove(path)
        except self._missing:
            pass

    def listing(self, folder: str) -> Iterator[str]:
        """Walk a folder."""
        if self._fs.isdir(folder):
            for path in self._fs.walk.files(folder):
                yield path.lstrip("/")

    def copy(self, source: int, target: BinaryIO, size: int) -> None:
        """Copy through memory."""
        _copy_through_memory(source, target, size)
