"""F, FB, FBS: records of LRECL bytes, as many to a block as BLKSIZE holds.

Source: [UDS] "Fixed-length record formats".
Rules: every block but the last is full (FBS demands it, FB is written so); a block that is no multiple of LRECL is damage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData


def block(records: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:
    """Yield blocks. Raises BadRecordData for a record that is not LRECL long."""
    recfm, lrecl = dcb.recfm, dcb.lrecl
    if lrecl <= 0:
        raise BadRecordData("LRECL is zero")
    blocked = recfm is not None and (recfm.blocked or recfm.spanned)
    number = max(1, dcb.blksize // lrecl) if blocked else 1
    source = iter(records)
    while batch := list(islice(source, number)):
        if any(len(record) != lrecl for record in batch):
            raise BadRecordData("record length differs from LRECL")
        yield b"".join(batch)


def unblock(blocks: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:
    """Yield records. Raises BadRecordData for a block that is no multiple of LRECL."""
    lrecl = dcb.lrecl
    if lrecl <= 0:
        raise BadRecordData("LRECL is zero")
    for data in blocks:
        if len(data) % lrecl:
            raise BadRecordData("block is no multiple of LRECL")
        for at in range(0, len(data), lrecl):
            yield data[at : at + lrecl]
