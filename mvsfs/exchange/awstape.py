"""AWSTAPE images (and HET, compressed ones, for reading): a tape as blocks and marks.

Usage:
    for block in read(chunks): ...          # bytes, or None for a tape mark
    chunks = write(blocks)

Source: jes-and-jcl.md 6.5. Not here: labels and data sets (tape.py).
Rules: a block's chunks go from FIRST to LAST; the previous-length field chains backwards and is checked.
"""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Iterable, Iterator

from mvsfs.errors import BadRecordData
from mvsfs.layouts import awstape as layout

#: No tape block is longer than this, however many compressed chunks it comes in.
_MAX_BLOCK = 1 << 21


def read(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """Yield the blocks of an image, None for each tape mark. Raises BadRecordData for a broken chain."""
    source = _Source(chunks)
    parts: list[bytes] = []
    previous = size = 0
    while header := source.take(layout.HEADER_LENGTH):
        if len(header) < layout.HEADER_LENGTH:
            raise BadRecordData("tape image ends inside a header", source.offset)
        found = layout.HEADER.parse(header)
        if found.previous != previous:
            raise BadRecordData("tape image: previous length", source.offset)
        previous = found.length
        if found.flags1 & layout.MARK:
            yield None
            continue
        data = source.take(found.length)
        if len(data) < found.length:
            raise BadRecordData("tape image ends inside a block", source.offset)
        if bool(found.flags1 & layout.FIRST) == bool(parts):
            raise BadRecordData("tape image: chunk out of order", source.offset)
        parts.append(_plain(data, found.flags1, found.flags2, source.offset))
        size += len(parts[-1])
        if size > _MAX_BLOCK:
            raise BadRecordData("tape image: block is too long", source.offset)
        if found.flags1 & layout.LAST:
            yield b"".join(parts)
            parts, size = [], 0
    if parts:
        raise BadRecordData("tape image ends inside a block", source.offset)


class _Source:
    """Takes exact lengths from chunks."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._data = b""
        self._at = 0
        self.offset = 0

    def take(self, length: int) -> bytes:
        """Return the next `length` bytes, fewer at the end."""
        while len(self._data) - self._at < length:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._data, self._at = self._data[self._at :] + chunk, 0
        data = self._data[self._at : self._at + length]
        self._at += len(data)
        self.offset += len(data)
        return data


def _plain(data: bytes, flags1: int, flags2: int, offset: int) -> bytes:
    """Return a chunk uncompressed."""
    if not flags1 & (layout.BZIP2 | layout.ZLIB) and not flags2 & layout.OTHER_ZLIB:
        return data
    unpacker = bz2.BZ2Decompressor() if flags1 & layout.BZIP2 else zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, _MAX_BLOCK + 1)
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise BadRecordData("tape image: compressed chunk", offset) from error
    # A chunk that is not at its end has been cut, or would be longer than any block.
    if not unpacker.eof or len(plain) > _MAX_BLOCK:
        raise BadRecordData("tape image: compressed chunk", offset)
    return plain


def write(blocks: Iterable[bytes | None]) -> Iterator[bytes]:
    """Yield the image of blocks and tape marks (None)."""
    previous = 0
    for block in blocks:
        if block is None:
            yield _header(0, previous, layout.MARK)
            previous = 0
            continue
        cuts = range(0, max(len(block), 1), layout.MAX_CHUNK)
        for at in cuts:
            data = block[at : at + layout.MAX_CHUNK]
            first = layout.FIRST if at == 0 else 0
            last = layout.LAST if at + layout.MAX_CHUNK >= len(block) else 0
            yield _header(len(data), previous, first | last) + data
            previous = len(data)


def _header(length: int, previous: int, flags: int) -> bytes:
    built: bytes = layout.HEADER.build({"length": length, "previous": previous, "flags1": flags, "flags2": 0})
    return built
