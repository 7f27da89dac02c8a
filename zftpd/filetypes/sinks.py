"""Where STOR writes when FILETYPE=SEQ: a data set's records, or a z/OS UNIX file's bytes.

Source: zos-ftp-server.md 5.3, 5.4; [CR] SITE CONDDISP: what was received up to a checkpoint is kept, DELETE or not.
Rules: a restart marker is answered with our own, the number of records (of a z/OS UNIX file: bytes) before it. When the client
or its connection goes away behind a marker, what came up to the last one is committed; data that are refused for themselves
leave the old content.
"""

from __future__ import annotations

from collections.abc import Iterator

from mvsfs.datasets.inputs import DatasetReader
from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.records.forms import Form, aligned, count
from mvsfs.records.parts import head
from mvsfs.unix.streams import UnixWriter
from zftpd.errors import ControlLost, DataConnectionLost, ServerStopping, TransferAborted
from zftpd.filetypes.contract import at_once
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import reply
from zftpd.session import Session
from zftpd.transfer.assembly import EndMissing
from zftpd.transfer.inbound import inbound, inbound_unix, inbound_unix_marked
from zftpd.transfer.marks import Mark, has_marks

#: What breaks a transfer off in the middle, as opposed to data that cannot be stored.
BREAKS = (DataConnectionLost, TransferAborted, ServerStopping, ControlLost, EndMissing)


def printable(marker: str) -> str:
    """Return a client's marker as it may stand in a reply."""
    return "".join(char if char.isprintable() else "." for char in marker)


def keep_records(writer: DatasetWriter, old: DatasetReader, start: int) -> bool:
    """Write the first `start` records of the old content, and tell whether it has so many."""
    chunks = head(old.chunks(), old.form, old.dcb, start)
    for chunk in aligned(chunks, old.dcb.lrecl) if old.form is Form.FIXED else chunks:
        writer.write_stored(chunk, old.form, count((chunk,), old.form, old.dcb))
    return writer.records >= start


class DatasetSink:
    """Records of a data set or member."""

    connect = staticmethod(at_once)

    def __init__(self, session: Session, writer: DatasetWriter, opening: Reply) -> None:
        """Write into an open data set; who opened it commits or discards."""
        self.opening = opening
        self._session = session
        self._writer = writer
        self._truncated = 0

    def receive(self, chunks: Iterator[bytes]) -> Iterator[Reply]:
        """Store what the client sends, record by record, and confirm its restart markers."""
        session, writer = self._session, self._writer
        received = inbound(chunks, writer.dcb, session.options, session.wire)
        before, kept = writer.records, 0
        try:
            for stored in received:
                if stored.records:
                    writer.write_stored(stored.chunk, stored.form, stored.records)
                for marker, records in received.take_marks():
                    kept = records
                    yield reply("stor.mark", marker=printable(marker), place=before + records)
        except BREAKS:
            if kept:
                writer.cut(before + kept)
                writer.commit()
            raise
        session.transfer.bytes, session.transfer.records = received.bytes, received.records
        self._truncated = received.truncated

    def closing(self) -> Reply:
        """Tell whether lines were cut at LRECL."""
        return reply("transfer.truncated" if self._truncated else "transfer.done")


class UnixSink:
    """Bytes of a z/OS UNIX file."""

    connect = staticmethod(at_once)

    def __init__(self, session: Session, writer: UnixWriter, opening: Reply) -> None:
        """Write into an open file; who opened it commits or discards."""
        self.opening = opening
        self._session = session
        self._writer = writer

    def receive(self, chunks: Iterator[bytes]) -> Iterator[Reply]:
        """Store what the client sends, and confirm its restart markers where they may come."""
        transfer, wire = self._session.transfer, self._session.wire

        def counted() -> Iterator[bytes]:
            for chunk in chunks:
                transfer.bytes += len(chunk)
                yield chunk

        if has_marks(wire):
            yield from self._marked(inbound_unix_marked(counted(), wire))
            return
        for chunk in inbound_unix(counted(), self._session.options, wire):
            self._writer.write(chunk)

    def _marked(self, parts: Iterator[bytes | Mark]) -> Iterator[Reply]:
        """Store a file with markers in it. The place of one is the number of bytes before it in the file."""
        writer = self._writer
        before, kept = writer.size, 0
        try:
            for part in parts:
                if isinstance(part, bytes):
                    writer.write(part)
                    continue
                kept = before + part.offset
                yield reply("stor.mark", marker=printable(part.text), place=kept)
        except BREAKS:
            if kept:
                writer.cut(kept)
                writer.commit()
            raise

    def closing(self) -> Reply:
        """Say that all went well."""
        return reply("transfer.done")
