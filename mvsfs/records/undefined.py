"""U: each block is one record of any length up to BLKSIZE.

Source: [UDS] "Undefined-length record format".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.dcb import MAX_BLKSIZE, Dcb
from mvsfs.errors import BadRecordData


def block(records: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:
    """Yield the records. Raises BadRecordData for one longer than BLKSIZE."""
    limit = dcb.blksize or MAX_BLKSIZE
    for record in records:
        if len(record) > limit:
            raise BadRecordData("block is longer than BLKSIZE")
        yield record


def unblock(blocks: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:  # noqa: ARG001  (every codec has this form)
    """Yield the blocks."""
    yield from blocks
