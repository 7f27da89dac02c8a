"""The functions of sort.c: records put in order by keys, and merged.

    shape = Shape.of([KeyPart("PLAIN", 0, 10)], lrecl=80)        how records lie and compare
    rows = Sorting(library).sort(shape, blocks, records)         blocks: whole records, as they are stored
    for chunk, records in sorting.merge(shape, [rows, ...]): ...

Rules: memory belongs to Python; what C points to is held by `Rows` and by the merge. Calls let other threads run.
"""

from __future__ import annotations

import ctypes
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mvsfs.kernel.tally import Tally

#: How a field of a key compares, in the order of sort.c.
#: SIGNED FI; PACKED PD; ZONED ZD; DIGITS PD0; TABLE: through a table of 256 bytes.
KINDS = ("PLAIN", "TABLE", "SIGNED", "PACKED", "ZONED", "DIGITS")
#: The most bytes of all fields of a key.
LONGEST_KEY = 1 << 15
_OUTPUT = 1 << 20
_ROW = 16
_SIZE, _ADDRESS = ctypes.c_size_t, ctypes.c_void_p
#: The arguments of each function, in the order of sort.c.
ARGUMENTS: dict[str, tuple[type, ...]] = {
    "mvsfs_whole_records": (ctypes.c_char_p, _SIZE, _ADDRESS),
    "mvsfs_in_order": (_ADDRESS, ctypes.c_char_p, _SIZE, ctypes.c_char_p, _SIZE, _ADDRESS),
    "mvsfs_sort": (_ADDRESS, _ADDRESS, _SIZE, _ADDRESS, _ADDRESS, _SIZE, _ADDRESS),
    "mvsfs_merge": (_ADDRESS, _ADDRESS, _SIZE, _ADDRESS, _ADDRESS, _SIZE, _ADDRESS),
}


class KeyPart(NamedTuple):
    """One field of a key: its kind, offset in the record and length; table: the 256 bytes of a TABLE."""

    kind: str
    offset: int
    length: int
    is_descending: bool = False
    table: bytes = b""


class _Part(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("kind", "descending", "offset", "length", "start", "table")]


class _Shape(ctypes.Structure):
    _fields_ = [
        ("lrecl", ctypes.c_uint64), ("skip", ctypes.c_uint64), ("parts", _ADDRESS), ("part_count", ctypes.c_uint64),
        ("width", ctypes.c_uint64), ("tables", ctypes.c_char_p), ("table_count", ctypes.c_uint64),
    ]  # fmt: skip


class _Block(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("size", ctypes.c_uint64)]


class _Source(ctypes.Structure):
    _fields_ = [
        ("next_row", _ADDRESS), ("end_row", _ADDRESS), ("next", _ADDRESS), ("end", _ADDRESS), ("more", ctypes.c_uint64),
        ("record", _ADDRESS), ("size", ctypes.c_uint64), ("word", ctypes.c_uint64),
    ]  # fmt: skip
    next: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """How records lie and compare. lrecl 0: each behind its length word, and keys begin `skip` bytes behind where that begins."""

    lrecl: int
    skip: int
    address: int
    held: object = field(repr=False)

    @classmethod
    def of(cls, parts: Sequence[KeyPart], *, lrecl: int = 0, skip: int = 0) -> Shape:
        """Describe keys of these parts, the major one first."""
        tables = list(dict.fromkeys(part.table for part in parts if part.table))
        rows = (_Part * len(parts))()
        start = 0
        for row, part in zip(rows, parts, strict=True):
            row.kind, row.descending = KINDS.index(part.kind), part.is_descending
            row.offset, row.length, row.start = part.offset, part.length, start
            row.table = tables.index(part.table) if part.table else 0
            start += part.length + (part.kind in {"PACKED", "ZONED"})
        shape = _Shape(lrecl, skip, ctypes.addressof(rows), len(parts), start, b"".join(tables), len(tables))
        return cls(lrecl, skip, ctypes.addressof(shape), (shape, rows))


@dataclass(frozen=True, slots=True)
class Rows:
    """Records in order; the blocks they lie in are held."""

    count: int
    memory: ctypes.Array[ctypes.c_char] = field(repr=False)
    blocks: object = field(repr=False)


class Whole(NamedTuple):
    """Whole records at the beginning of some bytes: the bytes, how many, and how much data the longest and the shortest have."""

    used: int
    records: int
    longest: int
    shortest: int


class Unordered(Exception):
    """The kernel met what is no record."""


class Sorting:
    """The functions of a loaded library."""

    def __init__(self, library: ctypes.CDLL) -> None:
        """Declare them."""
        self._calls = {name: getattr(library, name) for name in ARGUMENTS}
        for name, arguments in ARGUMENTS.items():
            self._calls[name].argtypes = arguments
            self._calls[name].restype = ctypes.c_int64

    def whole_records(self, data: bytes) -> Whole | None:
        """Return what `data` hold of whole records behind length words; None when a length word is impossible."""
        tally = Tally()
        answer = self._calls["mvsfs_whole_records"](data, len(data), ctypes.byref(tally))
        return None if answer else Whole(tally.used, tally.records, tally.truncated, tally.made)

    def in_order(self, shape: Shape, last: bytes | None, data: bytes) -> tuple[int, int]:
        """Return how many records of a block come in order behind `last`, and where the last of these begins."""
        tally = Tally()
        answer = self._calls["mvsfs_in_order"](shape.address, last, len(last or b""), data, len(data), ctypes.byref(tally))
        if answer:
            raise Unordered(answer)
        return tally.records, tally.used

    def sort(self, shape: Shape, blocks: Sequence[bytes], records: int) -> Rows:
        """Return the records of these blocks in order; `records`: how many there are at most."""
        given = (_Block * len(blocks))(*(_Block(block, len(block)) for block in blocks))
        rows = ctypes.create_string_buffer(_ROW * records or 1)
        spare = ctypes.create_string_buffer(_ROW * records or 1)
        tally = Tally()
        answer = self._calls["mvsfs_sort"](shape.address, given, len(blocks), rows, spare, records, ctypes.byref(tally))
        if answer:
            raise Unordered(answer)
        return Rows(tally.records, rows, given)

    def merge(self, shape: Shape, sources: Sequence[Rows | Iterable[bytes]]) -> Generator[tuple[bytes, int]]:
        """Yield blocks of records in order, with how many each holds; of equal ones those of earlier sources come first.

        A source is rows, or blocks of records that are in order already, which may end anywhere.
        """
        table = (_Source * len(sources))()
        feeds = [_Feed(row, source) for row, source in zip(table, sources, strict=True)]
        live = (ctypes.c_uint32 * len(sources))()
        tally, size = Tally(), _OUTPUT
        out = ctypes.create_string_buffer(size)
        made = records = 0
        for feed in feeds:
            feed.fill()
        while True:
            place = ctypes.addressof(out) + made
            answer = self._calls["mvsfs_merge"](shape.address, table, len(sources), live, place, size - made, ctypes.byref(tally))
            if answer:
                raise Unordered(answer)
            made, records = made + tally.made, records + tally.records
            if tally.used >= 0:
                feeds[tally.used].fill()
                continue
            if made:
                yield ctypes.string_at(out, made), records
            if not tally.truncated:
                return
            if not made:  # a record that is longer than the output
                size *= 2
                out = ctypes.create_string_buffer(size)
            made = records = 0


class _Feed:
    """What one source of a merge points to, kept alive, and how it goes on."""

    def __init__(self, row: _Source, source: Rows | Iterable[bytes]) -> None:
        self._row = row
        self._held: object = source
        self._chunks = iter(()) if isinstance(source, Rows) else iter(source)
        if isinstance(source, Rows):
            start = ctypes.addressof(source.memory)
            row.next_row, row.end_row = start, start + _ROW * source.count

    def fill(self) -> None:
        """Put the next chunk behind what is left of the last one."""
        row = self._row
        rest = ctypes.string_at(row.next, (row.end or 0) - row.next) if row.next else b""
        chunk = next(self._chunks, None)
        data = rest + chunk if chunk else rest
        row.more = chunk is not None
        row.next = ctypes.cast(ctypes.c_char_p(data), _ADDRESS).value
        row.end = (row.next or 0) + len(data)
        self._held = (self._held, data) if isinstance(self._held, Rows) else data
