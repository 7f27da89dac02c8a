"""Named pipes: bytes pass from who writes to who reads, and nothing is kept.

Source: POSIX mkfifo, open, read; [CR] UNIXFILETYPE.
How: each pipe of the tree has a FIFO of the host in the store's folder, so the two ends may be in different processes. The host
does not tell a reader that somebody has opened the pipe for writing before he writes: writers hold a name of the queue.
Rules: nothing here waits longer than it is told to; a read or write that would wait says so. Ends of one system meet, as on the
original; a host without FIFOs refuses.
"""

from __future__ import annotations

import errno
import hashlib
import os
import select
import stat
import tempfile
from pathlib import Path
from typing import Self

from mvsfs.access import Requester
from mvsfs.enqueue import Hold, Name
from mvsfs.errors import UnixError
from mvsfs.info import UnixKind
from mvsfs.storage.database import reading
from mvsfs.storage.store import Store
from mvsfs.unix.inodes import Inode
from mvsfs.unix.permissions import READ, WRITE, demand
from mvsfs.unix.refusals import told
from mvsfs.unix.walk import walk

#: The major name that writers of a pipe hold.
SYSZPIPE = "SYSZPIPE"
CHUNK = 65536


class PipeEnd:
    """What both ends have in common. A context manager."""

    def __init__(self, path: str, host: Path, writers: Name, store: Store, who: Requester) -> None:
        """Open nothing yet: `connect` does. `host` is the FIFO, `writers` the name that tells of who writes."""
        self.path = path
        self._host = host
        self._writers = writers
        self._store = store
        self._who = who
        self._fd = -1
        self._hold: Hold | None = None

    def close(self) -> None:
        """Let go; once is enough."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)
        hold, self._hold = self._hold, None
        if hold is not None:
            hold.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class PipeReader(PipeEnd):
    """The end that takes bytes out."""

    def connect(self) -> bool:
        """Tell whether somebody has opened the pipe for writing. Ask again when not."""
        if self._fd < 0:
            self._fd = os.open(self._host, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        if _ready(self._fd, select.POLLIN, 0.0):
            return True
        return bool(self._store.enqueue.holders_of(self._writers.rname, SYSZPIPE))

    def read(self, seconds: float) -> bytes | None:
        """Return bytes, b"" at the end, or None when nothing has come within `seconds`."""
        if not _ready(self._fd, select.POLLIN, seconds):
            return None
        try:
            return os.read(self._fd, CHUNK)
        except BlockingIOError:  # another reader was faster
            return None


class PipeWriter(PipeEnd):
    """The end that puts bytes in."""

    def connect(self) -> bool:
        """Tell whether somebody has opened the pipe for reading, and open it for writing then. Ask again when not."""
        if self._hold is None:
            self._hold = self._store.enqueue.obtain([self._writers], self._who)
        try:
            self._fd = os.open(self._host, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            return False
        return True

    def write(self, data: memoryview, seconds: float) -> int:
        """Put in what there is room for within `seconds`; return how many bytes. Raises UnixError EPIPE when nobody reads."""
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            _ready(self._fd, select.POLLOUT, seconds)
            return 0
        except BrokenPipeError:
            raise UnixError("EPIPE", self.path) from None


def _ready(fd: int, events: int, seconds: float) -> bool:
    """Wait until the descriptor can be read or written, or its other end is gone."""
    poll = select.poll()
    poll.register(fd, events)
    return bool(poll.poll(seconds * 1000))


def reader(store: Store, path: str, who: Requester) -> PipeReader:
    """Return the reading end of a named pipe, not connected. Raises UnixError: no such pipe, not allowed, no pipe (EINVAL)."""
    where, inode = _pipe(store, path, who, READ)
    return PipeReader(where, _host_pipe(store, inode), _writers_name(store, inode), store, who)


def writer(store: Store, path: str, who: Requester) -> PipeWriter:
    """Return the writing end of a named pipe, not connected. Raises UnixError as `reader`."""
    where, inode = _pipe(store, path, who, WRITE)
    return PipeWriter(where, _host_pipe(store, inode), _writers_name(store, inode), store, who)


def forget(store: Store, inode: Inode) -> None:
    """Remove the host's FIFO of a pipe whose last name is gone; who has it open goes on."""
    (_folder(store) / str(inode.number)).unlink(missing_ok=True)


@told
def _pipe(store: Store, path: str, who: Requester, wanted: int) -> tuple[str, Inode]:
    identity = store.guard.unix_identity(who)
    with reading(store.engine) as connection:
        place = walk(connection, path, identity)
    inode = place.existing()
    if inode.is_directory:
        raise UnixError("EISDIR", path)
    if inode.kind is not UnixKind.FIFO:
        raise UnixError("EINVAL", path)
    demand(inode, identity, wanted, path)
    return place.path, inode


def _writers_name(store: Store, inode: Inode) -> Name:
    return Name(f"{store.sysname} {inode.number:010d}", qname=SYSZPIPE)


def _host_pipe(store: Store, inode: Inode) -> Path:
    """Return the host's FIFO, made now if need be."""
    folder = _folder(store)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            raise UnixError("EACCES", str(inode.number))
        host = folder / str(inode.number)
        os.mkfifo(host, 0o600)
    except FileExistsError:
        if not stat.S_ISFIFO(host.stat().st_mode):
            raise UnixError("EIO", str(inode.number)) from None
    except (AttributeError, OSError):  # a host without FIFOs, or a folder that takes none
        raise UnixError("ENOSYS", str(inode.number)) from None
    return host


def _folder(store: Store) -> Path:
    """Return where the FIFOs lie: in the store's folder, or for a catalog elsewhere in the host's folder for passing things."""
    if store.folder is not None:
        return store.folder / "pipes"
    key = hashlib.sha256(store.engine.url.render_as_string().encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"mvsfs-pipes-{os.getuid()}-{key}"
