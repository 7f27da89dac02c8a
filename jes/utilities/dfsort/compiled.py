r"""Sorting and merging through the compiled kernel: the same order as sorter.py, which stays the reference.

    batches --segments sorted beside the reading--> rows --merged when the workspace is full--> a run on SORTWK
                                                      \------------merged with the runs-----> batches

Source: docs/decisions/0012-compiled-kernel.md. Rules: memory is bounded by the workspace. What is put together is written while
the next part is put together; sorts below one segment start no thread.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from tempfile import TemporaryFile
from typing import IO

from jes.cputime import account
from jes.utilities.dfsort.ahead import ahead
from jes.utilities.dfsort.control import SortSyntax
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.packed import ANY, Batch, Layout, Packed
from mvsfs.kernel.sorting import Rows, Shape, Sorting

#: A segment is sorted by a thread of its own; a workspace has several.
_SEGMENTS = 6
_THREADS = 2
#: What a row of the kernel takes.
_ROW = 16
#: Records in lists are packed so many bytes at a time.
_PIECE = 1 << 20
#: What a merge reads of a run at a time: with many runs less, so that their blocks together stay within the workspace.
_LARGEST_READ, _SMALLEST_READ = 1 << 20, 1 << 13


def ordered(sorting: Sorting, source: Iterable[Batch], order: Order, workspace: int) -> Iterator[Batch]:
    """Yield the records of `source` in order."""
    layout, pieces = _packed(source)
    work = _Work(sorting, Shape.of(order.parts, lrecl=layout.lrecl, skip=layout.skip), workspace)
    longest = 0
    try:
        for piece in pieces:
            longest = max(longest, piece.longest)
            work.take(piece.data, len(piece))
        with closing(work.result()) as found:
            for data, count in found:
                yield Packed(data, count, layout, longest)
    finally:
        work.close()


def merged(sorting: Sorting, sources: list[Iterator[Batch]], order: Order, names: Sequence[str]) -> Iterator[Batch]:
    """Yield the records of sorted sources in order. Raises SortSyntax ICE068A for one that is not."""
    firsts = [next(source, []) for source in sources]
    layouts = {first.layout if isinstance(first, Packed) else ANY for first in firsts if first}
    layout = layouts.pop() if len(layouts) == 1 else ANY
    shape = Shape.of(order.parts, lrecl=layout.lrecl, skip=layout.skip)
    longest = 0

    def chunks(first: Batch, source: Iterator[Batch], name: str) -> Iterator[bytes]:
        nonlocal longest
        last: bytes | None = None
        for piece in _pieces(chain([first] if first else [], source), layout):
            longest = max(longest, piece.longest)
            count, at = sorting.in_order(shape, last, piece.data)
            if count < len(piece):
                raise SortSyntax("ICE068A", name)
            last = piece.data[at:]
            yield piece.data

    feeds = [chunks(*given) for given in zip(firsts, sources, names, strict=True)]
    for data, count in sorting.merge(shape, feeds):
        yield Packed(data, count, layout, longest)


def _packed(source: Iterable[Batch]) -> tuple[Layout, Iterator[Packed]]:
    """Return how the records will lie, and all of them."""
    batches = iter(source)
    first = next(batches, [])
    layout = first.layout if isinstance(first, Packed) else ANY
    return layout, _pieces(chain([first], batches), layout)


def _pieces(batches: Iterable[Batch], layout: Layout) -> Iterator[Packed]:
    held: list[bytes] = []
    size = 0
    for batch in batches:
        if isinstance(batch, Packed) and batch.layout == layout:
            if held:
                yield _piece(held, layout)
                held, size = [], 0
            yield batch
            continue
        held += batch
        size += sum(map(len, batch))
        if size >= _PIECE:
            yield _piece(held, layout)
            held, size = [], 0
    if held:
        yield _piece(held, layout)


def _piece(records: list[bytes], layout: Layout) -> Packed:
    return Packed(layout.packed(records), len(records), layout, max(map(len, records)))


class _Work:
    """One sort: segments in storage, runs on SORTWK."""

    def __init__(self, sorting: Sorting, shape: Shape, workspace: int) -> None:
        self._sorting = sorting
        self._shape = shape
        self._workspace = workspace
        self._segment = workspace // _SEGMENTS
        self._pool: ThreadPoolExecutor | None = None
        self._sorted: list[Future[Rows]] = []
        self._file: IO[bytes] | None = None
        self._runs: list[tuple[int, int]] = []  # where each begins and ends
        self._used = 0
        self._begin()

    def _begin(self) -> None:
        self._blocks: list[bytes] = []
        self._count = self._held = 0

    def take(self, data: bytes, count: int) -> None:
        """Take a block of whole records."""
        self._blocks.append(data)
        self._count += count
        self._held += len(data) + _ROW * count
        if self._held >= self._segment:
            self._used += self._held
            if self._pool is None:
                self._pool = ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1), "SORT")
            self._sorted.append(self._pool.submit(account().charged(self._sorting.sort), self._shape, self._blocks, self._count))
            self._begin()
        if self._used >= self._workspace - self._segment:
            self._spill()

    def _rows(self) -> list[Rows]:
        """Return the segments in storage, and forget them."""
        rest = [self._sorting.sort(self._shape, self._blocks, self._count)] if self._blocks else []
        rows = [future.result() for future in self._sorted] + rest
        self._sorted, self._used = [], 0
        self._begin()
        return rows

    def _spill(self) -> None:
        if self._file is None:
            self._file = TemporaryFile(prefix="SORTWK", buffering=0)  # noqa: SIM115  (closed by `close`)
        start = self._runs[-1][1] if self._runs else 0
        end = start
        with closing(ahead(self._sorting.merge(self._shape, self._rows()))) as found:
            for data, _ in found:
                view = memoryview(data)
                while view:
                    view = view[self._file.write(view) :]
                end += len(data)
        self._runs.append((start, end))

    def result(self) -> Generator[tuple[bytes, int]]:
        """Yield blocks of records in order, with how many each holds."""
        rows = self._rows()
        size = max(_SMALLEST_READ, min(_LARGEST_READ, self._workspace // (4 * len(self._runs) or 1)))
        if self._shape.lrecl:
            size = max(size // self._shape.lrecl, 1) * self._shape.lrecl
        merging = self._sorting.merge(self._shape, [*(self._read(*run, size) for run in self._runs), *rows])
        return ahead(merging) if len(rows) + len(self._runs) > 1 else merging

    def _read(self, start: int, end: int, size: int) -> Iterator[bytes]:
        assert self._file is not None
        number = self._file.fileno()
        while start < end:
            data = os.pread(number, min(size, end - start), start)
            start += len(data)
            yield data

    def close(self) -> None:
        """Give up everything."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._file is not None:
            self._file.close()
