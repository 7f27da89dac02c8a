"""The first records of a content, or all but the first: what a restart keeps and what it skips.

Rules: stored form in, stored form out; chunks may end anywhere. Asking for more records than there are gives all, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.dcb import Dcb
from mvsfs.records.forms import NL, Form, batches, pack


def head(chunks: Iterable[bytes], form: Form, dcb: Dcb, records: int) -> Iterator[bytes]:
    """Yield stored chunks that hold the first `records` records. Raises BadRecordData for damaged content."""
    if form is Form.FIXED:
        yield from take_bytes(chunks, records * dcb.lrecl)
        return
    left = records
    for batch in batches(chunks, form, dcb):
        if left <= 0:
            return
        yield pack(batch[:left], form, dcb)
        left -= len(batch)


def tail(chunks: Iterable[bytes], form: Form, dcb: Dcb, records: int) -> Iterator[bytes]:
    """Yield stored chunks without the first `records` records. Raises BadRecordData for damaged content."""
    if form is Form.FIXED:
        yield from skip_bytes(chunks, records * dcb.lrecl)
        return
    left = records
    if form is Form.LINES:
        for chunk in chunks:
            number = chunk.count(NL) if left else 0
            if left and number < left:
                left -= number
                continue
            at = 0
            while left:
                at = chunk.index(NL, at) + 1
                left -= 1
            if at < len(chunk):
                yield chunk[at:]
        return
    for batch in batches(chunks, form, dcb):
        if left < len(batch):
            yield pack(batch[left:], form, dcb)
        left = max(0, left - len(batch))


def skip_bytes(chunks: Iterable[bytes], number: int) -> Iterator[bytes]:
    """Yield the chunks without their first `number` bytes."""
    for chunk in chunks:
        if number < len(chunk):
            yield chunk[number:] if number else chunk
        number = max(0, number - len(chunk))


def take_bytes(chunks: Iterable[bytes], number: int) -> Iterator[bytes]:
    """Yield the first `number` bytes of the chunks."""
    for chunk in chunks:
        if number <= 0:
            return
        yield chunk[:number]
        number -= len(chunk)
