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

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_COPY = 1 << 24


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

    def seal(self, file: BinaryIO, path: str, *, durable: bool) -> None:
        """Close a written file; durable: only when the medium has it."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file; nothing when it is gone."""
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

    def create(self, path: str) -> BinaryIO:
        """Open a new file."""
        name = self._root + path
        try:
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except FileNotFoundError:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        return cast(BinaryIO, os.fdopen(descriptor, "w+b", buffering=0))

    def open(self, path: str) -> BinaryIO:
        """Open for reading, unbuffered: callers read whole chunks."""
        return cast(BinaryIO, open(self._root + path, "rb", buffering=0))

    def size(self, path: str) -> int | None:
        """Return the size in bytes."""
        try:
            return os.stat(self._root + path).st_size  # noqa: PTH116 - the string is at hand
        except FileNotFoundError:
            return None

    def seal(self, file: BinaryIO, path: str, *, durable: bool) -> None:
        """Sync the file and the directory entry that names it."""
        if durable:
            os.fsync(file.fileno())
            descriptor = os.open((self._root + path).rpartition("/")[0], os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        file.close()

    def remove(self, path: str) -> None:
        """Unlink; a reader that has it open keeps it."""
        try:
            os.unlink(self._root + path)  # noqa: PTH108 - the string is at hand
        except FileNotFoundError:
            pass

    def listing(self, folder: str) -> Iterator[str]:
        """Walk a folder."""
        for place, _, names in os.walk(self._root + folder):
            for name in names:
                yield f"{place}/{name}"[len(self._root) :]

    def copy(self, source: int, target: BinaryIO, size: int) -> None:
        """Copy inside the kernel, by reference where the host's file system can."""
        offset = 0
        while offset < size:
            done = os.copy_file_range(source, target.fileno(), min(_COPY, size - offset), offset)
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
        offset = 0
        while chunk := os.pread(source, min(_COPY, size - offset), offset):
            target.write(chunk)
            offset += len(chunk)
