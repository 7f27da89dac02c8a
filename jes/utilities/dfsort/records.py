"""Records in and out of the sort: whole batches, with the RDW in front of variable ones.

Source: [DFSORT "Data considerations"]: positions of V records count the 4-byte RDW. Rules: a data set is read by its stored
chunks,
since a million records one by one cost more than sorting them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, repeat

from jes.stepcontext import OpenDd, RecordSink, StepContext
from mvsfs.dcb import Dcb
from mvsfs.errors import MvsError
from mvsfs.info import Target
from mvsfs.records import forms

BATCH = 8192
_CHUNK = 1 << 20
RDW = 4


def type_of(dcb: Dcb) -> str:
    """Return FB, VB ... as messages show it; data that nobody described is FB 80."""
    return str(dcb.recfm) if dcb.recfm is not None else "FB"


def is_variable(dcb: Dcb) -> bool:
    """Tell whether records carry an RDW."""
    return dcb.recfm is not None and dcb.recfm.is_variable


def read(step: StepContext, dd: OpenDd) -> Iterator[list[bytes]]:
    """Yield the records of a DD in batches; those of V formats begin with their RDW."""
    variable = is_variable(dd.dcb)
    for part in dd.concatenation:
        if part.is_dummy and len(dd.concatenation) > 1:
            return
        for batch in _part(step, part):
            yield [forms.rdw(len(record)) + record for record in batch] if variable else batch


def _part(step: StepContext, part: OpenDd) -> Iterator[list[bytes]]:
    if part.kind == "DATASET" and part.info is not None and part.info.dcb.recfm is not None:
        try:
            reader = step.mvs.open_input(Target(part.dsname, part.member), step.who)
        except MvsError:
            reader = None  # reading record by record raises the abend that this refusal is
        if reader is not None:
            with reader:
                yield from forms.batches(reader.chunks(_CHUNK), reader.form, reader.dcb)
            return
    records = iter(part.records())
    while batch := list(islice(records, BATCH)):
        yield batch


class Output:
    """One output DD: counts what goes out, cuts or pads fixed records, takes the RDW away again."""

    def __init__(self, ddname: str, sink: RecordSink, *, has_rdw: bool) -> None:
        """Write into an open sink. has_rdw: the records of the sort begin with one."""
        self.ddname = ddname
        self.fill = b"\0"  # reports are filled with blanks
        self.count = 0
        self.sink = sink
        self._has_rdw = has_rdw
        recfm = sink.dcb.recfm
        self._length = sink.dcb.lrecl if recfm is not None and recfm.is_fixed else 0
        self._limit = sink.dcb.data_length

    def put(self, batch: list[bytes]) -> None:
        """Write a batch."""
        if self._has_rdw:
            batch = [record[RDW:] for record in batch]
        length = self._length
        if length and set(map(len, batch)) != {length}:
            batch = [record[:length] for record in map(bytes.ljust, batch, repeat(length), repeat(self.fill))]
        self.count += len(batch)
        self.sink.put_many(batch)

    def close(self) -> None:
        """End the data set."""
        self.sink.close()


def filtered(source: Iterable[list[bytes]], skip: int, limit: int | None) -> Iterator[list[bytes]]:
    """Yield all but the first `skip` records, `limit` at most."""
    left = limit
    for batch in source:
        if skip:
            dropped = min(skip, len(batch))
            batch, skip = batch[dropped:], skip - dropped
        if left is not None:
            batch = batch[:left]
            left -= len(batch)
        if batch:
            yield batch
        if left == 0:
            return
