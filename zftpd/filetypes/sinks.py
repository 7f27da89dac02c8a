"""Where STOR writes when FILETYPE=SEQ: a data set's records, or a z/OS UNIX file's bytes.

Source: zos-ftp-server.md 5.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.unix.streams import UnixWriter
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import reply
from zftpd.session import Session
from zftpd.transfer.inbound import inbound, inbound_unix


class DatasetSink:
    """Records of a data set or member."""

    def __init__(self, session: Session, writer: DatasetWriter, opening: Reply) -> None:
        """Write into an open data set; who opened it commits or discards."""
        self.opening = opening
        self._session = session
        self._writer = writer
        self._truncated = 0

    def receive(self, chunks: Iterator[bytes]) -> None:
        """Store what the client sends, record by record."""
        session, writer = self._session, self._writer
        received = inbound(chunks, writer.dcb, session.options, session.wire)
        for stored in received:
            writer.write_stored(stored.chunk, stored.form, stored.records)
        session.transfer.bytes, session.transfer.records = received.bytes, received.records
        self._truncated = received.truncated

    def closing(self) -> Reply:
        """Tell whether lines were cut at LRECL."""
        return reply("transfer.truncated" if self._truncated else "transfer.done")


class UnixSink:
    """Bytes of a z/OS UNIX file."""

    def __init__(self, session: Session, writer: UnixWriter, opening: Reply) -> None:
        """Write into an open file; who opened it commits or discards."""
        self.opening = opening
        self._session = session
        self._writer = writer

    def receive(self, chunks: Iterator[bytes]) -> None:
        """Store what the client sends."""
        transfer = self._session.transfer

        def counted() -> Iterator[bytes]:
            for chunk in chunks:
                transfer.bytes += len(chunk)
                yield chunk

        for chunk in inbound_unix(counted(), self._session.options, self._session.wire):
            self._writer.write(chunk)

    def closing(self) -> Reply:
        """Say that all went well."""
        return reply("transfer.done")
