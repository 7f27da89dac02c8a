"""Named pipes as what STOR and APPE write and RETR reads: UNIXFILETYPE=FIFO, XFIF.

Source: [CR] UNIXFILETYPE, FIFOOPENTIME, FIFOIOTIME; [CODES 125, 450, 504, 550] and their examples.
Rules: data are added and never replaced; nothing is kept, so nothing is undone. A transfer begins when somebody else has opened
the other end. Restart, STOU and anonymous users are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from mvsfs.errors import UnixError
from mvsfs.info import UnixKind
from mvsfs.unix import pipes
from mvsfs.unix.pipes import PipeReader, PipeWriter
from zftpd.effects import Effect, Handler, Pause
from zftpd.errors import Refused, ServerStopping, TransferAborted
from zftpd.filetypes.contract import Source
from zftpd.naming import UnixTarget
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import reply
from zftpd.rooted import unix_of
from zftpd.session import Session
from zftpd.transfer.inbound import inbound_unix
from zftpd.transfer.outbound import outbound_unix

#: Permissions that a new pipe gets, less UMASK.
MODE = 0o777
#: Seconds between two looks for the other end, and those that a read or write waits before the client is listened to.
LOOK, STEP = 0.1, 0.25


def is_meant(session: Session, target: UnixTarget) -> bool:
    """Tell whether RETR reads from a named pipe: under UNIXFILETYPE=FIFO, where the path is one. Raises UnixError."""
    if session.settings.unixfiletype != "FIFO":
        return False
    return unix_of(session).stat(target.path, session.who).kind is UnixKind.FIFO


def check_filetype(session: Session, arg: str, verb: str) -> None:
    """Raise Refused for a path under UNIXFILETYPE=FIFO with a file type that has no pipes."""
    settings = session.settings
    if settings.unixfiletype == "FIFO" and settings.filetype != "SEQ" and arg.startswith("/"):
        raise Refused("fifo.filetype", verb=verb)


def _check(session: Session) -> None:
    if session.anonymous:
        raise Refused("access.denied")
    if session.restart:
        raise Refused("rest.fifo")


@contextmanager
def source(session: Session, target: UnixTarget) -> Iterator[Source]:
    """Open a named pipe for RETR."""
    _check(session)
    with pipes.reader(session.server.mvs.store, target.path, session.who) as pipe:
        chunks = outbound_unix(_read(pipe, session.settings.fifoiotime), session.options, session.wire)
        yield Source(
            reply("retr.start", name=target.path),
            chunks,
            lambda: reply("transfer.done"),
            connect=lambda: _connected(session, pipe, target.path, "write"),
        )


def _read(pipe: PipeReader, seconds: int) -> Iterator[bytes]:
    """Yield what is written into the pipe, and nothing from time to time while nobody writes. Raises Refused after FIFOIOTIME."""
    left = float(seconds)
    while True:
        data = pipe.read(min(left, STEP))
        if data:
            left = float(seconds)
            yield data
        elif data is not None:
            return
        else:
            left -= STEP
            if left <= 0:
                raise Refused("fifo.silent.read")
            yield b""


class PipeSink:
    """A named pipe as a place to store into."""

    def __init__(self, session: Session, pipe: PipeWriter, path: str) -> None:
        """Write into a pipe; who opened it closes it."""
        self.opening = reply("fifo.append", path=path)
        self._session = session
        self._pipe = pipe
        self._path = path

    def connect(self) -> Handler:
        """Wait for a reader."""
        return _connected(self._session, self._pipe, self._path, "read")

    def receive(self, chunks: Iterator[bytes]) -> Iterator[Effect]:
        """Pass on what the client sends as fast as it is read."""
        session = self._session

        def counted() -> Iterator[bytes]:
            for chunk in chunks:
                session.transfer.bytes += len(chunk)
                yield chunk

        for chunk in inbound_unix(counted(), session.options, session.wire):
            yield from self._write(memoryview(chunk))

    def _write(self, data: memoryview) -> Iterator[Effect]:
        left = limit = float(self._session.settings.fifoiotime)
        while data:
            written = self._pipe.write(data, min(left, STEP))
            if written:
                data, left = data[written:], limit
                continue
            left -= STEP
            if left <= 0:
                raise Refused("fifo.silent.write")
            yield Pause(0.0)

    def closing(self) -> Reply:
        """Say that all went well."""
        return reply("transfer.done")


@contextmanager
def sink(session: Session, target: UnixTarget, verb: str) -> Iterator[PipeSink]:
    """Open a named pipe for STOR or APPE, made now where there is none."""
    if verb == "STOU":
        raise Refused("fifo.unique")
    _check(session)
    path, who = target.path, session.who
    try:
        kind = unix_of(session).stat(path, who).kind
    except UnixError as error:
        if error.errno_name != "ENOENT":
            raise
        _make(session, path, verb)
        kind = UnixKind.FIFO
    if kind is UnixKind.FILE:
        raise Refused("fifo.file", verb=verb, path=path)
    with pipes.writer(session.server.mvs.store, path, who) as pipe:
        yield PipeSink(session, pipe, path)


def _make(session: Session, path: str, verb: str) -> None:
    try:
        unix_of(session).mkfifo(path, session.who, mode=MODE & ~session.settings.umask)
    except UnixError as error:
        raise Refused("fifo.uncreated", verb=verb, path=path) from error


def _connected(session: Session, pipe: PipeReader | PipeWriter, path: str, process: str) -> Handler:
    """Wait until a read or write process has opened the pipe. Raises Refused when FIFOOPENTIME is over."""
    left = float(session.settings.fifoopentime)
    if pipe.connect():
        return
    yield replace(reply(f"fifo.wait.{process}", path=path), more=True)
    try:
        while left > 0:
            yield Pause(LOOK)
            left -= LOOK
            if pipe.connect():
                return
    except (TransferAborted, ServerStopping):
        yield reply("fifo.aborted")  # ends the 125 that has begun
        raise
    yield reply("fifo.aborted")
    raise Refused(f"fifo.expired.{process}", path=path)
