"""Getting bytes of a folder onto the medium early and beside other work, and removing large files beside other work.

Source: docs/decisions/0012-compiled-kernel.md, "What is not computing".
    written_back    starts the write-back of a range, so that the fsync at the end finds little left to do
    DirectorySync   makes a directory entry durable in a thread of its own while the file's content still arrives
    Remover         unlinks large files in a thread of its own: freeing their pages takes longer than a commit
Rules: none of them is a promise; what is promised is kept by fsync in FolderObjects.seal, which waits for all of it.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from queue import SimpleQueue
from typing import Any

#: SYNC_FILE_RANGE_WRITE of <linux/fs.h>.
_WRITE = 2
#: How long a removal waits, so that whoever asked for it gets on first.
_PATIENCE = 0.02


@lru_cache(maxsize=1)
def _sync_file_range() -> Callable[..., int] | None:
    try:
        call: Any = ctypes.CDLL(None).sync_file_range
    except (OSError, AttributeError):
        return None  # not Linux
    call.argtypes = (ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint)
    call.restype = ctypes.c_int
    return call  # type: ignore[no-any-return]


def write_back(descriptor: int, start: int, size: int) -> None:
    """Have the host begin to write these bytes to the medium. Its refusal matters to nobody: fsync will tell."""
    call = _sync_file_range()
    if call is not None:
        call(descriptor, start, size, _WRITE)


def sync_directory(folder: str) -> None:
    """Make the entries of a directory durable. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class DirectorySync:
    """One directory being made durable; `wait` raises what went wrong."""

    def __init__(self, folder: str) -> None:
        """Begin."""
        self._folder = folder
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="directory sync", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            sync_directory(self._folder)
        except OSError as error:
            self._failure = error

    def wait(self) -> None:
        """Return when it is done. Raises OSError."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure


class Remover:
    """Unlinks files one after the other, in the background."""

    def __init__(self) -> None:
        """Start nothing yet; the thread comes with the first file, in whichever process."""
        self._names: SimpleQueue[str | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._pid = 0
        self._lock = threading.Lock()

    def remove(self, name: str) -> None:
        """Remove a file some time soon."""
        with self._lock:
            if self._pid != os.getpid():
                self._names, self._pid = SimpleQueue(), os.getpid()
                self._thread = threading.Thread(target=self._serve, args=(self._names,), name="remover", daemon=True)
                self._thread.start()
            self._names.put(name)

    @staticmethod
    def _serve(names: SimpleQueue[str | None]) -> None:
        while (name := names.get()) is not None:
            time.sleep(_PATIENCE)
            try:
                os.unlink(name)  # noqa: PTH108 - the string is at hand
            except OSError:
                pass  # it is marked as doomed: the next start tries again

    def close(self) -> None:
        """Return when everything is removed."""
        with self._lock:
            if self._thread is not None and self._pid == os.getpid():
                self._names.put(None)
                self._thread.join()
            self._thread, self._pid = None, 0
