"""Sorting with bounded memory: runs sorted in storage, put on temporary files, merged block by block.

Source: [DFSORT "Sort phase"]. Not here: the same through the compiled kernel (compiled.py), where it knows the fields.
Rules: memory is bounded whatever comes in. A merge takes from every run the records up to the smallest last record of all blocks,
and sorts these pieces together: runs that are sorted already cost one pass in C.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from jes.utilities.dfsort import compiled
from jes.utilities.dfsort.control import SortSyntax
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.packed import Batch
from mvsfs.dcb import Dcb
from mvsfs.kernel import active
from mvsfs.records.forms import Form, batches, pack

#: Bytes of records (with what an object or a row of the kernel costs) that are sorted in storage.
WORKSPACE = 64 << 20
OBJECT_BYTES = 49
BATCH = 8192
#: What a merge reads of a run at a time: with many runs less, so that their blocks together stay within the workspace.
_LARGEST_READ, _SMALLEST_READ = 1 << 18, 1 << 13
#: Runs of records that differ in length hold them behind length words.
_ANY = Dcb.of("VB", 32756)


def ordered(source: Iterable[Batch], order: Order, workspace: int = WORKSPACE) -> Iterator[Batch]:
    """Yield the records of `source` in order, as batches."""
    kernel = active()
    if kernel is not None and order.parts:
        return compiled.ordered(kernel.sorting, source, order, workspace)
    return _ordered(source, order, workspace)


def merged(sources: list[Iterator[Batch]], order: Order, names: Sequence[str] = ()) -> Iterator[Batch]:
    """Yield the records of sorted sources in order; of equal ones those of earlier sources come first.

    Raises SortSyntax ICE068A with the source's name when one is not in order.
    """
    names = names or [""] * len(sources)
    kernel = active()
    if kernel is not None and order.parts:
        return compiled.merged(kernel.sorting, sources, order, names)
    return _merged([_checked(source, order, name) for source, name in zip(sources, names, strict=True)], order)


def _checked(source: Iterator[Batch], order: Order, name: str) -> Iterator[list[bytes]]:
    last: tuple[object, ...] | None = None
    for batch in source:
        for record in batch:
            key = order.key(record)
            if last is not None and key < last:
                raise SortSyntax("ICE068A", name)
            last = key
        yield list(batch)


def _ordered(source: Iterable[Batch], order: Order, workspace: int) -> Iterator[list[bytes]]:
    runs: list[_Run] = []
    try:
        held: list[bytes] = []
        used = 0
        for batch in source:
            held += batch
            used += sum(map(len, batch)) + OBJECT_BYTES * len(batch)
            if used >= workspace:
                order.sort(held)
                runs.append(_written(held))
                held, used = [], 0
        order.sort(held)
        if not runs:
            yield from _batched(held)
            return
        size = max(_SMALLEST_READ, min(_LARGEST_READ, workspace // (4 * len(runs))))
        yield from _merged([*(run.batches(size) for run in runs), _batched(held)], order)
    finally:
        for run in runs:
            run.file.close()


def _batched(records: list[bytes]) -> Iterator[list[bytes]]:
    for at in range(0, len(records), BATCH):
        yield records[at : at + BATCH]


@dataclass(frozen=True, slots=True)
class _Run:
    """Sorted records on a temporary file; records of one length need no length words."""

    file: IO[bytes]
    form: Form
    dcb: Dcb

    def batches(self, size: int) -> Iterator[list[bytes]]:
        """Yield the records, `size` bytes or so at a time."""
        return batches(iter(lambda: self.file.read(size), b""), self.form, self.dcb)


def _written(records: list[bytes]) -> _Run:
    file = TemporaryFile(prefix="SORTWK")  # noqa: SIM115  (closed by `ordered`, whatever happens)
    lengths = set(map(len, records))
    form, dcb = (Form.FIXED, Dcb.of("FB", lengths.pop())) if len(lengths) == 1 and lengths != {0} else (Form.RDW, _ANY)
    for batch in _batched(records):
        file.write(pack(batch, form, dcb))
    file.seek(0)
    return _Run(file, form, dcb)


def _merged(sources: Sequence[Iterator[list[bytes]]], order: Order) -> Iterator[list[bytes]]:
    blocks: list[list[bytes]] = []
    live: list[Iterator[list[bytes]]] = []
    for source in sources:
        block = next(source, None)
        if block:
            blocks.append(block)
            live.append(source)
    while live:
        lasts = [order.key(block[-1]) for block in blocks]
        first = min(range(len(lasts)), key=lambda index: (lasts[index], index))
        bound = lasts[first]
        taken: list[bytes] = []
        for index, block in enumerate(blocks):
            # Behind the source that ends first an equal record waits: more of its kind may follow there.
            cut = len(block) if index == first else (bisect_right if index < first else bisect_left)(block, bound, key=order.key)
            taken += block[:cut]
            blocks[index] = block[cut:]
        order.sort(taken)
        yield taken
        for index in reversed(range(len(blocks))):
            if not blocks[index]:
                block = next(live[index], None)
                if block:
                    blocks[index] = block
                else:
                    del blocks[index], live[index]
