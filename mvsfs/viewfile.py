"""An open file of the views: everything read or written passes through a staging file, which is published whole.

Rules: nothing is visible before close (and, where asked for, flush); a discarded file publishes nothing. Large contents
are staged on the host's disk, not in memory.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from threading import RLock
from typing import Any

IN_MEMORY = 1 << 20


class StagedFile(io.RawIOBase):
    """A seekable binary file over a staging file."""

    def __init__(
        self,
        name: str,
        mode: str,
        initial: Iterable[bytes],
        publish: Callable[[Any], None] | None,
        *,
        on_flush: bool = False,
    ) -> None:
        """Open with `initial` contents; `publish` takes the staging file, None for a file that is only read."""
        super().__init__()
        self.name, self.mode = name, mode
        self._stage: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by close
        for chunk in initial:
            self._stage.write(chunk)
        self._appending = "a" in mode
        self._stage.seek(0, io.SEEK_END if self._appending else io.SEEK_SET)
        self._publish = publish
        self._on_flush = on_flush
        self._changed = publish is not None and ("w" in mode or "x" in mode)
        self._lock = RLock()

    def readable(self) -> bool:
        """Tell whether the mode allows reading."""
        return "r" in self.mode or "+" in self.mode

    def writable(self) -> bool:
        """Tell whether the mode allows writing."""
        return self._publish is not None

    def seekable(self) -> bool:
        """Tell that every position can be reached."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer. Raises OSError when not open for reading."""
        if not self.readable():
            raise OSError("not open for reading")
        with self._lock:
            data = self._stage.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data: Any) -> int:
        """Stage bytes. Raises OSError when not open for writing."""
        if not self.writable():
            raise OSError("not open for writing")
        with self._lock:
            if self._appending:
                self._stage.seek(0, io.SEEK_END)
            self._changed = True
            return int(self._stage.write(bytes(data)))

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move, and return the new position. Raises ValueError for an unknown whence."""
        if whence not in (io.SEEK_SET, io.SEEK_CUR, io.SEEK_END):
            raise ValueError("invalid value for whence")
        with self._lock:
            self._stage.seek(offset, whence)
            return int(self._stage.tell())

    def tell(self) -> int:
        """Return the position."""
        return int(self._stage.tell())

    def truncate(self, size: int | None = None) -> int:
        """Cut or extend with zeros; the position stays."""
        if not self.writable():
            raise OSError("not open for writing")
        with self._lock:
            at = self._stage.tell()
            wanted = at if size is None else size
            self._stage.seek(0, io.SEEK_END)
            missing = wanted - self._stage.tell()
            if missing > 0:
                self._stage.write(b"\0" * missing)
            else:
                self._stage.truncate(wanted)
            self._stage.seek(at)
            self._changed = True
            return wanted

    def flush(self) -> None:
        """Publish, where the system has files that are seen while they are written."""
        if self._on_flush and not self.closed:
            self._commit()

    def discard(self) -> None:
        """Close and leave everything as it was."""
        self._publish = None
        self.close()

    def close(self) -> None:
        """Publish what was written and close; once is enough."""
        if self.closed:
            return
        try:
            self._commit()
        finally:
            self._publish = None
            super().close()
            self._stage.close()

    def _commit(self) -> None:
        # under a lock of its own: the library's copy_dir holds the file system's lock while its threads close files
        with self._lock:
            if self._publish is None or not self._changed:
                return
            at = self._stage.tell()
            self._stage.seek(0)
            self._publish(self._stage)
            self._stage.seek(at)
            self._changed = False
