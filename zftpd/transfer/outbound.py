"""From records to the data connection: what RETR sends.

Usage (filetypes/seq.py):

    yield OpenData("out")
    yield Transmit(outbound(reader.chunks(), reader.form, reader.dcb, options, wire))   # data sets and members
    yield Transmit(outbound_unix(reader.chunks(), options, wire))                       # z/OS UNIX files
    yield Transmit(outbound_records(records, dcb, options, wire))                       # spool files: records, host bytes

    size_unix(reader.chunks(), options, wire)   # what SIZE answers for a z/OS UNIX file
    is_plain(reader.form, reader.dcb, wire)     # stored bytes equal wire bytes: Transmit may be given fileno and length

Source: zos-ftp-server.md 5.1, 5.2; [RFC959 3.4].
Raises Untranslatable, BadRecordData while iterating.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form
from zftpd.transfer.options import TransferOptions, WireType


def outbound(chunks: Iterable[bytes], form: Form, dcb: Dcb, options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield what goes over the data connection for stored chunks."""
    raise NotImplementedError


def outbound_unix(chunks: Iterable[bytes], options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield what goes over the data connection for a z/OS UNIX file."""
    raise NotImplementedError


def outbound_records(records: Iterable[bytes], dcb: Dcb, options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield what goes over the data connection for records in host bytes (spool files)."""
    raise NotImplementedError


def size_unix(chunks: Iterable[bytes], options: TransferOptions, wire: WireType) -> int:
    """Return how many bytes a RETR of this z/OS UNIX file sends."""
    raise NotImplementedError


def is_plain(form: Form, dcb: Dcb, wire: WireType) -> bool:
    """Tell whether the stored bytes are the wire bytes, so that the network may send the host file itself."""
    raise NotImplementedError
