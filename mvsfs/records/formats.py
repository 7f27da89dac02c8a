"""FORMATS: which codec puts the records of a format into blocks and takes them out again.

The only place that chooses. A codec is a module with block(records, dcb) and unblock(blocks, dcb).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData
from mvsfs.records import fixed, spanned, undefined, variable

Codec = Callable[[Iterable[bytes], Dcb], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """One family of record formats. `bases` are the spellings without control letter."""

    bases: tuple[str, ...]
    block: Codec
    unblock: Codec


FORMATS = (
    Format(("F", "FB", "FS", "FBS"), fixed.block, fixed.unblock),
    Format(("V", "VB"), variable.block, variable.unblock),
    Format(("VS", "VBS"), spanned.block, spanned.unblock),
    Format(("U",), undefined.block, undefined.unblock),
)
_BY_BASE = {base: row for row in FORMATS for base in row.bases}


def format_of(dcb: Dcb) -> Format:
    """Return the row for a Dcb. Raises BadRecordData when it has no record format, or ASCII tape format D."""
    row = _BY_BASE.get(str(dcb.recfm).rstrip("AM")) if dcb.recfm else None
    if row is None:
        raise BadRecordData(f"no codec for record format {dcb.recfm or ''}")
    return row


def block(records: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:
    """Yield the blocks that hold these records. Raises BadRecordData."""
    return format_of(dcb).block(records, dcb)


def unblock(blocks: Iterable[bytes], dcb: Dcb) -> Iterator[bytes]:
    """Yield the records of these blocks. Raises BadRecordData."""
    return format_of(dcb).unblock(blocks, dcb)
