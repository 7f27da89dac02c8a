"""V, VB: records behind an RDW, blocks behind a BDW.

    BDW  +0 LL length of the block with these 4    +2 00 00        or one fullword with the first bit set (large blocks)
    RDW  +0 LL length of the record with these 4   +2 00 00

Source: [UDS] "Variable-length record formats"; jes-and-jcl.md 6.2.
Not here: records in segments (spanned.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.dcb import MAX_BLKSIZE, Dcb
from mvsfs.errors import BadRecordData

WORD = 4
_LARGE = 0x80000000


def length_word(length: int) -> bytes:
    """Return an RDW, SDW or BDW for `length` bytes that include the word itself."""
    return length.to_bytes(2, "big") + b"\0\0" if length < 0x8000 else (length | _LARGE).to_bytes(4, "big")


def block(records: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:
    """Yield blocks of at most BLKSIZE. Raises BadRecordData for a record that fits no block."""
    limit = dcb.blksize or MAX_BLKSIZE
    blocked = dcb.recfm is not None and dcb.recfm.blocked
    parts: list[bytes] = []
    size = WORD
    for record in records:
        length = len(record) + WORD
        if length + WORD > limit:
            raise BadRecordData("record does not fit its block")
        if parts and (not blocked or size + length > limit):
            yield length_word(size) + b"".join(parts)
            parts, size = [], WORD
        parts += (length_word(length), record)
        size += length
    if parts:
        yield length_word(size) + b"".join(parts)


def unblock(blocks: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:  # noqa: ARG001  (every codec has this form)
    """Yield records. Raises BadRecordData for a wrong BDW or RDW, and for a segment of a spanned record."""
    for data in blocks:
        for segment, record in segments(data):
            if segment:
                raise BadRecordData("segment in records that do not span")
            yield record


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (segment code, bytes) of one block. Raises BadRecordData for a wrong BDW or length word."""
    end = block_length(data)
    at = WORD
    while at < end:
        length = int.from_bytes(data[at : at + 2], "big")
        if length < WORD or at + length > end:
            raise BadRecordData("record length word", at)
        yield data[at + 2] & 3, data[at + WORD : at + length]
        at += length


def block_length(data: bytes) -> int:
    """Return the length that the BDW gives. Raises BadRecordData when it is not that of the block (padding is allowed)."""
    word = int.from_bytes(data[:WORD], "big")
    length = word & ~_LARGE if word & _LARGE else word >> 16
    if len(data) < WORD or not WORD <= length <= len(data):
        raise BadRecordData("block length word")
    return length
