"""Records in and out of the sort: whole batches, with the RDW in front of variable ones.

Source: [DFSORT "Data considerations"]: positions of V records count the 4-byte RDW. Rules: a data set is read by its stored
chunks,
since a million records one by one cost more than sorting them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, repeat

from jes import vsamdd
from jes.stepcontext import OpenDd, RecordSink, StepContext, StoredSink
from jes.utilities.dfsort import attributes, stored
from jes.utilities.dfsort.control import SortSyntax, Statement
from jes.utilities.dfsort.packed import RDW, VARIABLE, Batch, Layout, Packed
from mvsfs.dcb import Dcb, system_blksize
from mvsfs.errors import BadRecordData, DuplicateKey, MvsError, OutOfSequence, RecordTooLong, VsamFull
from mvsfs.info import Target
from mvsfs.kernel import active
from mvsfs.records import forms
from mvsfs.records.forms import Form

BATCH = 8192
#: Why VSAM did not take a record: its feedback code in decimal, behind the L of a logical error [DFSMS "VSAM macros"].
_FEEDBACK: dict[type[MvsError], int] = {DuplicateKey: 8, OutOfSequence: 12, VsamFull: 28, RecordTooLong: 108, BadRecordData: 108}
_CHUNK = 1 << 20


def type_of(dcb: Dcb) -> str:
    """Return FB, VB ... as messages show it; data that nobody described is FB 80."""
    return str(dcb.recfm) if dcb.recfm is not None else "FB"


def is_variable(dcb: Dcb) -> bool:
    """Tell whether records carry an RDW."""
    return dcb.recfm is not None and dcb.recfm.is_variable


def is_vsam(dd: OpenDd) -> bool:
    """Tell whether records come from, or go to, a cluster, an alternate index or a path."""
    return vsamdd.is_vsam(dd.info)


def describe(step: StepContext, dd: OpenDd, cards: Sequence[Statement], output: str) -> None:
    """Give VSAM input the record format that it is taken for: RECORD TYPE= or VSAMTYPE, else that of the output, else F.

    Source: [DFSORT "VSAM considerations", RECORD]; V for VSAM output and F otherwise are assumed.
    """
    if not is_vsam(dd):
        return
    said = next(filter(None, (card.text("TYPE", "VSAMTYPE") for card in cards)), None)
    target = step.dd(output) if output else None
    if said is None and target is not None:
        said = "V" if is_variable(target.dcb) or is_vsam(target) else "F"
    facts = vsamdd.base_of(step.mvs, dd.dsname)  # the records of a path are those of the cluster at its end
    dd.dcb = Dcb.of("VB", facts.maximum + RDW) if said == "V" else Dcb.of("FB", facts.maximum)


def read(step: StepContext, dd: OpenDd) -> Iterator[Batch]:
    """Yield the records of a DD in batches; those of V formats begin with their RDW.

    All batches have one layout, or none has one.
    """
    variable = is_variable(dd.dcb)
    layout = _layout(step, dd)
    for part in dd.concatenation:
        if part.is_dummy and len(dd.concatenation) > 1:
            return
        for batch in _part(step, part, layout):
            yield [forms.rdw(len(record)) + record for record in batch] if variable and layout is None else batch


def _layout(step: StepContext, dd: OpenDd) -> Layout | None:
    """Return how records lie in all data sets of a DD, None where that differs or is not known before they are read."""
    if active() is None:
        return None
    try:
        # what another DD of this step has written there counts, not what allocation saw
        found = {
            stored.layout_of(step.mvs.find(part.dsname).dcb) if part.kind == "DATASET" else None for part in dd.concatenation
        }
    except MvsError:
        return None
    layout = found.pop() if len(found) == 1 else None
    return layout if layout is not None and (layout == VARIABLE) is is_variable(dd.dcb) else None


def _cluster(step: StepContext, part: OpenDd) -> Iterator[Batch]:
    """Yield the records of a VSAM data set; shorter ones that are taken for fixed are filled up."""
    length = 0 if is_variable(part.dcb) else part.dcb.lrecl
    with step.mvs.vsam(part.dsname, step.who) as file:
        found = (record.ljust(length, b"\0") for record in file.records())
        while batch := list(islice(found, BATCH)):
            yield batch


def _part(step: StepContext, part: OpenDd, layout: Layout | None) -> Iterator[Batch]:
    if is_vsam(part):
        yield from _cluster(step, part)
        return
    if part.kind == "DATASET" and part.info is not None and part.info.dcb.recfm is not None:
        try:
            reader = step.mvs.open_input(Target(part.dsname, part.member), step.who)
        except MvsError:
            reader = None  # reading record by record raises the abend that this refusal is
        if reader is not None:
            with reader:
                kernel = active()
                if kernel is not None and layout is not None and stored.layout_of(reader.dcb) == layout:
                    yield from stored.batches(kernel, reader, layout)
                else:
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
        self._is_variable = is_variable(sink.dcb)
        self._limit = sink.dcb.data_length

    def put(self, batch: Batch) -> None:
        """Write a batch."""
        if isinstance(batch, Packed) and isinstance(self.sink, StoredSink) and self._takes(batch):
            self.count += len(batch)
            self.sink.put_stored(batch.data, batch.layout.form, len(batch))
            return
        if self._is_variable:
            self._refuse_long(batch)
        if self._has_rdw:
            batch = [record[RDW:] for record in batch]
        length = self._length
        if length and set(map(len, batch)) != {length}:
            batch = [record[:length] for record in map(bytes.ljust, batch, repeat(length), repeat(self.fill))]
        self.count += len(batch)
        with self._logical_errors():
            self.sink.put_many(batch)

    def _refuse_long(self, batch: Batch) -> None:
        """Raise SortSyntax for a variable record that the data set has no room for."""
        longest = max(map(len, batch), default=0) + (0 if self._has_rdw else RDW)
        if longest > self._limit + RDW:
            raise SortSyntax("ICE222A", str(longest), str(self._limit + RDW), self.ddname)

    @contextmanager
    def _logical_errors(self) -> Iterator[None]:
        """Tell what VSAM does not take. Raises SortSyntax ICE077A."""
        try:
            yield
        except MvsError as error:
            if type(error) not in _FEEDBACK:
                raise
            raise SortSyntax("ICE077A", f"L({_FEEDBACK[type(error)]})", self.ddname) from error

    def _takes(self, batch: Packed) -> bool:
        """Tell whether the bytes of a batch are those that the data set will keep."""
        if batch.layout.form is Form.FIXED:
            return batch.layout.lrecl == self._length
        own_words = 0 if self._has_rdw else RDW
        return self._is_variable and batch.layout.skip == own_words and batch.longest <= self._limit

    def close(self) -> None:
        """End the data set."""
        with self._logical_errors():
            self.sink.close()


def output(ddname: str, dd: OpenDd, dcb: Dcb, *, has_rdw: bool, adds: bool = False) -> Output:
    """Open an output for records with or without their RDW. Raises SortSyntax ICE043A for a data set of another format, Abend.

    dcb: of the records. adds: to a VSAM data set that can be reused (NORESET).
    """
    if is_vsam(dd):
        return Output(ddname, dd.writer(dcb, append=adds), has_rdw=has_rdw)
    attributes.check_output(ddname, dd.dcb, variable=has_rdw)
    shape = dcb if dcb.blksize else Dcb.of(type_of(dcb), dcb.lrecl, system_blksize(dcb))
    return Output(ddname, dd.writer(shape), has_rdw=has_rdw)


def filtered(source: Iterable[Batch], skip: int, limit: int | None) -> Iterator[Batch]:
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
