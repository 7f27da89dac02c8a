"""From the data connection to records: what STOR, APPE and STOU write.

Usage (filetypes/seq.py):

    received = inbound(chunks, writer.dcb, options, wire)       # chunks: answer of OpenData("in")
    for stored in received:
        writer.write_stored(stored.chunk, stored.form, stored.records)
    ... received.records, received.truncated, received.bytes    # afterwards, for the 250 and SMF

    for chunk in inbound_unix(chunks, options, wire):           # z/OS UNIX files: plain bytes
        writer.write(chunk)

    for record in inbound_records(chunks, dcb, options, wire):  # internal reader (filetypes/jobs.py): host bytes
        reader.put(record)

Source: zos-ftp-server.md 5.1, 5.3; [RFC959 3.4].
Raises RecordTooLong, Untranslatable, BadRecordData while iterating; the writer then discards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form
from zftpd.transfer.options import TransferOptions, WireType


class Stored(NamedTuple):
    """One piece of stored content: whole records in `form`. The form may change once, from LINES to RDW."""

    chunk: bytes
    form: Form
    records: int


class Inbound:
    """Iterates Stored; afterwards tells what came. `bytes` were received, `records` stored, `truncated` cut at LRECL."""

    records: int
    truncated: int
    bytes: int

    def __iter__(self) -> Iterator[Stored]:
        """Yield what is to be written."""
        raise NotImplementedError


def inbound(chunks: Iterable[bytes], dcb: Dcb, options: TransferOptions, wire: WireType) -> Inbound:
    """Return the stored form of what the client sends, piece by piece."""
    raise NotImplementedError


def inbound_unix(chunks: Iterable[bytes], options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield the bytes of a z/OS UNIX file as they are kept: text in the host page with X'15' as line end."""
    raise NotImplementedError


def inbound_records(chunks: Iterable[bytes], dcb: Dcb, options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield records in host bytes, padded where the Dcb is fixed."""
    raise NotImplementedError
