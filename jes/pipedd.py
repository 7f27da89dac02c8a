"""A DD with PATH= of a named pipe: records pass to or from whoever has opened the other end, a job or an FTP session.

Source: [JCLREF PATH]; POSIX open and read of a FIFO. Rules: OPEN waits until the other end is opened, as do reading and writing;
a cancelled job stops waiting (S222). Nobody reading any more is an I/O error: S001-4. Records are those of pathdd.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jes.dcbmerge import NO_DCB, completed, over
from jes.errors import Abend
from jes.onebyone import OneByOne
from jes.opendd import Place
from jes.pathdd import NL, PathDd
from jes.stepcontext import RecordSink
from mvsfs.dcb import Dcb
from mvsfs.errors import UnixError
from mvsfs.unix import pipes
from mvsfs.unix.pipes import PipeReader, PipeWriter

#: Seconds between looks at whether the job was cancelled.
STEP = 0.1


def _connect(place: Place, pipe: PipeReader | PipeWriter) -> None:
    """Wait for the other end. Raises Abend."""
    while not pipe.connect():
        place.check()
        place.pause(STEP)


class PipeSink(OneByOne):
    """A named pipe open for output."""

    def __init__(self, dd: PipeDd, dcb: Dcb) -> None:
        """Open it, waiting for a reader. Raises Abend."""
        self.dcb = dcb
        self._dd = dd
        self._end = NL if dd.is_text else b""
        try:
            self._pipe = pipes.writer(dd.place.mvs.store, dd.path, dd.place.who)
        except UnixError as error:
            raise dd.abend() from error
        try:
            _connect(dd.place, self._pipe)
        except BaseException:
            self._pipe.close()
            raise

    def put(self, record: bytes) -> None:
        """Write one record, waiting for room. Raises Abend."""
        data = memoryview(record + self._end)
        try:
            while data:
                self._dd.place.check()
                data = data[self._pipe.write(data, STEP) :]
        except UnixError as error:
            where = self._dd.place.where(self._dd.ddname, None, self._dd.path, None)
            raise Abend("001", 4, (("iec020i", {"reason": 4, "where": where}),)) from error

    def close(self) -> None:
        """Let the reader find the end."""
        self._pipe.close()


@dataclass(slots=True)
class PipeDd(PathDd):
    """A named pipe."""

    def records(self) -> Iterator[bytes]:
        """Yield the records that come, until nobody writes any more. Raises Abend."""
        try:
            pipe = pipes.reader(self.place.mvs.store, self.path, self.place.who)
        except UnixError as error:
            raise self.abend() from error
        with pipe:
            _connect(self.place, pipe)
            yield from self._cut(self._chunks(pipe))

    def _chunks(self, pipe: PipeReader) -> Iterator[bytes]:
        while (data := pipe.read(STEP)) != b"":
            self.place.check()
            if data:
                yield data

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:  # noqa: ARG002
        """Open for output."""
        sink = PipeSink(self, completed(over(self.dcb, dcb or NO_DCB)))
        self.place.sinks.append(sink)
        return sink
