"""VS, VBS: a record may continue in the next block, in segments.

    SDW  +0 LL length of the segment with these 4    +2 code: 00 whole  01 first  02 last  03 between    +3 00

Source: [UDS] "Spanned variable-length records"; codes proved on public SMF dumps, jes-and-jcl.md 6.2.
Rules: a block ends with a whole record or with a segment that fills it; VS puts one record or segment into a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.dcb import MAX_BLKSIZE, Dcb
from mvsfs.errors import BadRecordData
from mvsfs.records.variable import WORD, length_word, segments

WHOLE, FIRST, LAST, BETWEEN = 0, 1, 2, 3


def segment_word(length: int, code: int) -> bytes:
    """Return the SDW of a segment of `length` bytes with the word."""
    return length.to_bytes(2, "big") + bytes((code, 0))


def block(records: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:
    """Yield blocks of at most BLKSIZE. Raises BadRecordData when BLKSIZE leaves no room for data."""
    limit = min(dcb.blksize or MAX_BLKSIZE, MAX_BLKSIZE)
    if limit <= 2 * WORD:
        raise BadRecordData("BLKSIZE leaves no room for data")
    blocked = dcb.recfm is not None and dcb.recfm.blocked
    parts: list[bytes] = []
    size = WORD
    for record in records:
        rest, first = record, True
        while first or rest:
            room = limit - size - WORD
            if room < min(len(rest), 1) or (parts and not blocked):
                yield length_word(size) + b"".join(parts)
                parts, size = [], WORD
                room = limit - size - WORD
            piece, rest = rest[:room], rest[room:]
            code = (WHOLE if not rest else FIRST) if first else (LAST if not rest else BETWEEN)
            parts += (segment_word(len(piece) + WORD, code), piece)
            size += len(piece) + WORD
            first = False
    if parts:
        yield length_word(size) + b"".join(parts)


def unblock(blocks: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:  # noqa: ARG001  (every codec has this form)
    """Yield logical records. Raises BadRecordData for wrong length words, segments out of order, or an unfinished record."""
    return assemble(segment for data in blocks for segment in segments(data))


def assemble(pieces: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    """Yield the records that (segment code, bytes) pairs make. Raises BadRecordData as unblock."""
    parts: list[bytes] = []
    for code, data in pieces:
        if (code in (LAST, BETWEEN)) != bool(parts):
            raise BadRecordData("segment out of order")
        if code == WHOLE:
            yield data
            continue
        parts.append(data)
        if code == LAST:
            yield b"".join(parts)
            parts = []
    if parts:
        raise BadRecordData("record ends without its last segment")
