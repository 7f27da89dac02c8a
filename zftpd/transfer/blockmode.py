"""MODE B: every block behind a descriptor and a count.

    +0 descriptor   80 end of record   40 end of file   20 suspected errors   10 restart marker
    +1 count        two bytes, high byte first; the marker's or the data's length

Source: [RFC959 3.4.2]; zos-ftp-server.md 5.4.
Rules: a record is one block or several, the last with X'80'. Files end with an empty block X'40'; on input X'40' may also be on
the last data block. Not here: what a restart marker means (inbound.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.errors import BadRecordData
from zftpd.transfer.assembly import Assembly, EndMissing, OnMarker

EOR, EOF, ERRORS, MARKER = 0x80, 0x40, 0x20, 0x10
MAX_COUNT = 0xFFFF
#: Descriptor and count of whole records, by length.
_HEADS = [bytes((EOR,)) + length.to_bytes(2, "big") for length in range(MAX_COUNT + 1)]
END = bytes((EOF, 0, 0))


def block(descriptor: int, data: bytes) -> bytes:
    """Return one block."""
    return bytes((descriptor,)) + len(data).to_bytes(2, "big") + data


def marker(text: bytes) -> bytes:
    """Return the block of a restart marker."""
    return block(MARKER, text)


def encode_records(records: list[bytes]) -> bytes:
    """Return the blocks of these records."""
    lengths = list(map(len, records))
    if lengths and max(lengths) > MAX_COUNT:
        return b"".join(map(_long_record, records))
    parts: list[bytes] = [b""] * (2 * len(records))
    parts[0::2] = map(_HEADS.__getitem__, lengths)
    parts[1::2] = records
    return b"".join(parts)


def _long_record(record: bytes) -> bytes:
    cuts = range(0, max(len(record), 1), MAX_COUNT)
    return b"".join(block(EOR if at + MAX_COUNT >= len(record) else 0, record[at : at + MAX_COUNT]) for at in cuts)


def decode(chunks: Iterable[bytes], assembly: Assembly, on_marker: OnMarker) -> Iterator[list[bytes]]:
    """Yield a list of records (or of pieces, see Assembly) for each chunk; it may be empty.

    Raises BadRecordData for data after the end or unknown descriptor bits, EndMissing for an end inside a block or without X'40'.
    """
    rest, offset = b"", 0
    for chunk in chunks:
        data = rest + chunk if rest else chunk
        at, end = 0, len(data)
        while at + 3 <= end:
            size = data[at + 1] << 8 | data[at + 2]
            if at + 3 + size > end:
                break
            _act(data[at], data[at + 3 : at + 3 + size], assembly, on_marker, offset + at)
            at += 3 + size
        rest = data[at:]
        offset += at
        yield assembly.take()
    if rest or not assembly.ended:
        raise EndMissing("no end of file", offset)


def _act(descriptor: int, data: bytes, assembly: Assembly, on_marker: OnMarker, offset: int) -> None:
    if assembly.ended or descriptor & 0x0F:
        raise BadRecordData("data after end of file" if assembly.ended else "unknown block descriptor", offset)
    if descriptor & MARKER:
        on_marker(data, assembly.records)
        return
    if data:
        assembly.data(data)
    if descriptor & EOR:
        assembly.end_record()
    if descriptor & EOF:
        assembly.end_file()
