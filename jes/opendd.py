"""The DDs of a step as programs see them: one class for each kind of place, one for a concatenation of them.

Not here: making and deleting data sets (allocation.py, disposition.py).
Rules: data set errors become abends here, with the IEC message of the failing OPEN. Sinks that a program leaves open are
closed by the step's end; what was written stays, as on a real volume.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Protocol

from jes.dcbmerge import NO_DCB, completed, over
from jes.errors import Abend
from jes.jcl.model import Dd
from jes.spool.store import SpoolWriter
from jes.stepcontext import OpenDd, RecordSink
from mvsfs.access import Requester
from mvsfs.dcb import Dcb
from mvsfs.errors import (
    DatasetInUse,
    DatasetNotFound,
    MemberNotFound,
    MvsError,
    NotAuthorized,
    RecordTooLong,
    StoreFull,
    SystemAbend,
    WrongDsorg,
)
from mvsfs.info import DatasetInfo, Target
from mvsfs.records.forms import Form, batches
from mvsfs.system import Mvs

_FLUSH = 1024
_SPACE_MESSAGES = {"B37": "iec030i", "D37": "iec031i", "E37": "iec032i", "B14": "iec217i"}


class Closing(Protocol):
    """What the step's end closes."""

    def close(self) -> None:
        """Give the name up."""


@dataclass(slots=True)
class Place:
    """What all DDs of one step share: who opens, and the words that error messages put before the ddname."""

    mvs: Mvs
    who: Requester
    stepname: str
    device: Callable[[str], str]  # volser -> device number
    cancelled: Callable[[], bool] = lambda: False
    cpu_left: Callable[[], float] = lambda: math.inf  # seconds of TIME= that the step may still use
    over_budget: Callable[[], bool] = lambda: False  # whether the job wrote more lines or bytes than it may
    pause: Callable[[float], None] = time.sleep  # what waiting for the other end of a pipe does
    sinks: list[RecordSink] = field(default_factory=list)
    readers: list[Closing] = field(default_factory=list)
    opens_vsam: bool = False  # whether the program opens VSAM data sets as such: QSAM does not

    def where(self, ddname: str, info: DatasetInfo | None, dsname: str, member: str | None) -> str:
        """Return `job,step,dd,device,volume,dsname(member)` of IEC messages."""
        volser = info.volser if info else ""
        shown = f"{dsname}({member})" if member else dsname
        return f"{self.who.jobname},{self.stepname},{ddname},{self.device(volser)},{volser},{shown}"

    def check(self) -> None:
        """Raise the abend of a cancelled job, or of one whose time is over."""
        if self.cancelled():
            raise Abend("222")
        if self.cpu_left() <= 0:
            raise Abend("322")


def abend_of(error: MvsError, where: str) -> Abend:
    """Return the abend that a refusal of the data set side becomes at OPEN or while writing."""
    if isinstance(error, MemberNotFound):
        return Abend("013", 0x18, (("iec141i", {"reason": 0x18, "where": where}),))
    if isinstance(error, NotAuthorized):
        return Abend("913", 0x38, (("iec150i", {"reason": 0x38, "where": where}),))
    if isinstance(error, SystemAbend):
        reason = int(error.reason or "0", 16)
        key = _SPACE_MESSAGES.get(error.code)
        return Abend(error.code, reason, ((key, {"reason": reason, "where": where}),) if key else ())
    if isinstance(error, StoreFull):
        return Abend("B37", 4, (("iec030i", {"reason": 4, "where": where}),))
    if isinstance(error, WrongDsorg):
        return Abend("013", 0x64, (("iec141i", {"reason": 0x64, "where": where}),))
    if isinstance(error, RecordTooLong):
        return Abend("002", 0x18)
    reason = 4 if isinstance(error, DatasetNotFound) else 0x30 if isinstance(error, DatasetInUse) else 0x18
    return Abend("213", reason, (("iec143i", {"reason": reason, "where": where}),))


class DatasetSink:
    """A data set or member open for output."""

    def __init__(self, dd: DatasetDd, target: Target, dcb: Dcb, *, append: bool) -> None:
        """Open it. Raises Abend."""
        self._where = dd.place.where(dd.ddname, dd.info, target.dsname, target.member)
        self._place = dd.place
        with self._abends():
            if not append or not dd.info or dd.info.dcb.recfm is None:
                dd.place.mvs.set_dcb(target.dsname, dcb)
            self._writer = dd.place.mvs.open_output(target, dd.place.who, append=append)
            self._writer.__enter__()
        self.dcb = self._writer.dcb
        self._pad = self.dcb.lrecl if self.dcb.recfm is not None and self.dcb.recfm.is_fixed else 0
        self._batch: list[bytes] = []
        self._closed = False

    @contextmanager
    def _abends(self) -> Iterator[None]:
        try:
            yield
        except MvsError as error:
            raise abend_of(error, self._where) from error

    def put(self, record: bytes) -> None:
        """Write one record."""
        self._batch.append(record)
        if len(self._batch) >= _FLUSH:
            self._flush()

    def put_many(self, records: Iterable[bytes]) -> int:
        """Write many records."""
        count, source = 0, iter(records)
        while batch := list(islice(source, _FLUSH)):
            self._batch.extend(batch)
            self._flush()
            count += len(batch)
        return count

    def put_stored(self, chunk: bytes, form: Form, records: int) -> None:
        """Write records as they will be stored."""
        if self._batch:
            self._flush()
        self._place.check()
        with self._abends():
            self._writer.write_stored(chunk, form, records)

    def _flush(self) -> None:
        self._place.check()
        batch, self._batch = self._batch, []
        if self._pad and min(map(len, batch)) < self._pad:
            batch = [record.ljust(self._pad, b"\x40") for record in batch]
        with self._abends():
            self._writer.write_records(batch)

    def close(self) -> None:
        """End the data set and make it the current content."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._batch:
                self._flush()
        finally:
            with self._abends():
                self._writer.commit()

    def __enter__(self) -> DatasetSink:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class SpoolSink:
    """A SYSOUT data set open for output: closing it leaves it open for the next OPEN of the DD."""

    def __init__(self, writer: SpoolWriter, dcb: Dcb, place: Place) -> None:
        """Write to a spool data set with the DCB of this OPEN."""
        self.dcb = dcb
        self._writer = writer
        self._place = place
        self._pad = dcb.lrecl if dcb.recfm is not None and dcb.recfm.is_fixed else 0

    def put(self, record: bytes) -> None:
        """Write one record."""
        self._writer.put(record.ljust(self._pad, b"\x40"))
        self._check()

    def put_many(self, records: Iterable[bytes]) -> int:
        """Write many records."""
        count = self._writer.put_many(record.ljust(self._pad, b"\x40") for record in records)
        self._check()
        return count

    def _check(self) -> None:
        if self._writer.is_full or self._place.over_budget():
            raise Abend("722")
        self._place.check()

    def close(self) -> None:
        """Leave the data set as it is."""

    def __enter__(self) -> SpoolSink:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class NoSink:
    """Where DUMMY output goes."""

    def __init__(self, dcb: Dcb) -> None:
        """Know the DCB that the program sees."""
        self.dcb = dcb

    def put(self, record: bytes) -> None:
        """Forget the record."""

    def put_many(self, records: Iterable[bytes]) -> int:
        """Forget the records and return how many there were."""
        return sum(1 for _ in records)

    def close(self) -> None:
        """Do nothing."""

    def __enter__(self) -> NoSink:
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


@dataclass(slots=True)
class PlainDd:
    """What every kind of DD tells. Fields as in stepcontext.OpenDd."""

    ddname: str
    place: Place
    statement: Dd
    kind: str = "DUMMY"
    dcb: Dcb = NO_DCB
    dsname: str = ""
    member: str | None = None
    path: str = ""
    status: str = "NEW"
    sysout_class: str = ""
    info: DatasetInfo | None = None

    @property
    def is_dummy(self) -> bool:
        """Tell whether nothing is read or written."""
        return self.kind == "DUMMY"

    @property
    def concatenation(self) -> tuple[OpenDd, ...]:
        """This DD alone."""
        return (self,)

    def records(self) -> Iterator[bytes]:
        """Nothing: end of file at once."""
        return iter(())

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:  # noqa: ARG002
        """Open for output into nothing."""
        return NoSink(over(self.dcb, dcb or NO_DCB))


@dataclass(slots=True)
class InstreamDd(PlainDd):
    """In-stream data."""

    data: tuple[bytes, ...] = ()
    key: int = 0

    def records(self) -> Iterator[bytes]:
        """Yield the card images."""
        return iter(self.data)

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:  # noqa: ARG002
        """Refuse: in-stream data is input. Raises Abend 013-C0."""
        where = self.place.where(self.ddname, None, "", None)
        raise Abend("013", 0xC0, (("iec141i", {"reason": 0xC0, "where": where}),))


@dataclass(slots=True)
class SysoutDd(PlainDd):
    """A SYSOUT data set."""

    spool: SpoolWriter | None = None
    is_intrdr: bool = False

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:  # noqa: ARG002
        """Open for output; a second OPEN goes on behind the first."""
        assert self.spool is not None
        opened = completed(over(self.dcb, dcb or Dcb.of("VB", 137)))
        if not self.spool.records:
            self.spool.dcb = opened
        return SpoolSink(self.spool, opened, self.place)


@dataclass(slots=True)
class DatasetDd(PlainDd):
    """A data set, with or without a member. `created`: this step's allocation made it."""

    created: bool = False

    def records(self) -> Iterator[bytes]:
        """Yield the records. Raises Abend."""
        where = self.place.where(self.ddname, self.info, self.dsname, self.member)
        try:
            if self.created and not self.member and self.place.mvs.find(self.dsname).dcb.recfm is None:
                return
            with self.place.mvs.open_input(Target(self.dsname, self.member), self.place.who) as reader:
                self.place.readers.append(reader)  # a program may stop in the middle: the step's end closes it
                for batch in batches(reader.chunks(), reader.form, reader.dcb):
                    self.place.check()
                    yield from batch
        except MvsError as error:
            raise abend_of(error, where) from error

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:
        """Open for output: from the start, or behind the old records with DISP=MOD."""
        wanted = self.member if member is None else member
        # a data set that DISP=MOD made is extended, too, when the step opens it again
        extend = "MOD" in {self.status, self.statement.disp.status} and wanted is None if append is None else append
        label = self.info.dcb if self.info else NO_DCB
        merged = completed(over(over(self.dcb, dcb or NO_DCB), label))
        if label.recfm is not None and self.info is not None and self.info.is_partitioned:
            merged = label  # a member takes the format of its library
        sink = DatasetSink(self, Target(self.dsname, wanted), replace(merged, dsorg=label.dsorg), append=extend)
        self.dcb, self.info = sink.dcb, self.place.mvs.find(self.dsname)
        self.place.sinks.append(sink)
        return sink


@dataclass(slots=True)
class AbsentDd(PlainDd):
    """A data set that is not on the volume that VOL=SER= names: allocated, but it cannot be opened."""

    def records(self) -> Iterator[bytes]:
        """Refuse. Raises Abend 213-04."""
        raise self._not_on_volume()

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:  # noqa: ARG002
        """Refuse. Raises Abend 213-04."""
        raise self._not_on_volume()

    def _not_on_volume(self) -> Abend:
        return abend_of(DatasetNotFound(self.dsname), self.place.where(self.ddname, self.info, self.dsname, self.member))


@dataclass(slots=True)
class ConcatenatedDd(PlainDd):
    """Several data sets read as one; facts are those of the first."""

    parts: tuple[OpenDd, ...] = ()

    @property
    def concatenation(self) -> tuple[OpenDd, ...]:
        """The data sets in order."""
        return self.parts

    def records(self) -> Iterator[bytes]:
        """Yield the records of all parts; a DUMMY ends the concatenation."""
        live = []
        for part in self.parts:
            if part.is_dummy:
                break
            live.append(part)
        return chain.from_iterable(part.records() for part in live)

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:
        """Open the first data set for output, as OPEN does."""
        return self.parts[0].writer(dcb, member=member, append=append)
