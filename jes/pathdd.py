"""A DD with PATH=: a z/OS UNIX file read and written in records.

Source: [JCLREF PATH, FILEDATA]; jes-and-jcl.md 4.4.
Rules: FILEDATA=TEXT has records ended by X'15'; BINARY is a byte stream, cut at LRECL for F and handed on whole otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jes.dcbmerge import NO_DCB, completed, over
from jes.errors import Abend
from jes.onebyone import OneByOne
from jes.opendd import PlainDd
from jes.stepcontext import RecordSink
from mvsfs.dcb import Dcb
from mvsfs.errors import UnixError
from mvsfs.records.forms import Form, split

NL = b"\x15"


class PathSink(OneByOne):
    """A z/OS UNIX file open for output."""

    def __init__(self, dd: PathDd, dcb: Dcb, *, append: bool) -> None:
        """Open it. Raises Abend."""
        self.dcb = dcb
        self._end = NL if dd.is_text else b""
        mode = dd.statement.path.mode if dd.statement.path else 0
        self._writer = dd.open_file(append=append, mode=mode or 0o666)
        self._closed = False

    def put(self, record: bytes) -> None:
        """Write one record."""
        self._writer.write(record + self._end)

    def close(self) -> None:
        """End the file."""
        if not self._closed:
            self._closed = True
            self._writer.commit()


@dataclass(slots=True)
class PathDd(PlainDd):
    """A z/OS UNIX file."""

    created: bool = False

    @property
    def is_text(self) -> bool:
        """Tell whether records end with a new-line character."""
        return self.statement.path is not None and self.statement.path.filedata == "TEXT"

    @property
    def block_length(self) -> int:
        """How many bytes of a byte stream are one record."""
        return self.dcb.lrecl if self.dcb.recfm is not None and self.dcb.recfm.is_fixed and self.dcb.lrecl else 32760

    def open_file(self, *, append: bool, mode: int):  # type: ignore[no-untyped-def]
        """Return the UNIX writer. Raises Abend 013-C0."""
        try:
            return self.place.mvs.unix.open_output(self.path, self.place.who, append=append, mode=mode)
        except UnixError as error:
            raise self.abend() from error

    def abend(self) -> Abend:
        """Return the abend of a file that cannot be opened: 013-C0."""
        where = self.place.where(self.ddname, None, self.path, None)
        return Abend("013", 0xC0, (("iec141i", {"reason": 0xC0, "where": where}),))

    def records(self) -> Iterator[bytes]:
        """Yield the records of the file. Raises Abend."""
        try:
            with self.place.mvs.unix.open_input(self.path, self.place.who) as reader:
                yield from self._cut(reader.chunks())
        except UnixError as error:
            raise self.abend() from error

    def _cut(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        if self.is_text:
            yield from split(_ended(chunks), Form.LINES, self.dcb)
            return
        size, rest = self.block_length, b""
        for chunk in chunks:
            rest += chunk
            whole = len(rest) - len(rest) % size
            yield from (rest[at : at + size] for at in range(0, whole, size))
            rest = rest[whole:]
        if rest:
            yield rest

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:  # noqa: ARG002
        """Open for output; OAPPEND in PATHOPTS appends."""
        options = self.statement.path.options if self.statement.path else ()
        sink = PathSink(self, completed(over(self.dcb, dcb or NO_DCB)), append="OAPPEND" in options if append is None else append)
        self.place.sinks.append(sink)
        return sink


def _ended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks, and the end of the last line when it has none."""
    last = NL
    for chunk in chunks:
        last = chunk[-1:] or last
        yield chunk
    if last != NL:
        yield NL
