"""DDs of VSAM data sets: clusters, alternate indexes and paths, read in key order and written at their end or by their keys.

Source: [DFSMS "Processing VSAM data sets"], [DFSORT "VSAM considerations"]; jes-and-jcl.md 3.7, 3.8.
Not here: access by key (mvsfs/datasets/vsam, step.mvs.vsam).
Rules: programs that use QSAM cannot open them: S013-64, as OPEN of a DCB does. Others get the errors of mvsfs (DuplicateKey,
OutOfSequence, RecordTooLong, VsamFull) from `put` and may go on. There is no undoing: records that were accepted stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from jes.dcbmerge import over
from jes.onebyone import OneByOne
from jes.opendd import DatasetDd, abend_of
from jes.stepcontext import RecordSink
from mvsfs.datasets.vsam.facts import KEYED, ClusterInfo
from mvsfs.datasets.vsam.opened import Place as Position
from mvsfs.datasets.vsam.opened import VsamFile
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import DatasetInUse, DatasetNotFound, MvsError, NotAuthorized, OutOfSequence, WrongDsorg
from mvsfs.info import DatasetInfo
from mvsfs.system import Mvs

_RDW = 4
_CHECKED = 256
#: What OPEN refuses: the step abends. What a record is refused for is the program's to handle.
_AT_OPEN = (DatasetInUse, DatasetNotFound, NotAuthorized, WrongDsorg)


def is_vsam(info: DatasetInfo | None) -> bool:
    """Tell whether an entry is opened as a VSAM data set."""
    return info is not None and info.dcb.dsorg in {Dsorg.VSAM, Dsorg.PATH}


def base_of(mvs: Mvs, dsname: str) -> ClusterInfo:
    """Return the cluster whose records a cluster, alternate index or path leads to. Raises DatasetNotFound, WrongDsorg."""
    facts = mvs.cluster(dsname)
    while facts.base:
        facts = mvs.cluster(facts.base)
    return facts


def components(mvs: Mvs, info: DatasetInfo) -> list[DatasetInfo]:
    """Return the entries that have the space of a data set: the components of a cluster, else the data set itself."""
    if not is_vsam(info):
        return [info]
    try:
        facts = base_of(mvs, info.dsname)
        return [mvs.find(name) for name in (facts.data_name, facts.index_name) if name] or [info]
    except MvsError:  # a row of a seed folder has no components
        return [info]


def volumes(mvs: Mvs, info: DatasetInfo) -> list[str]:
    """Return the volumes of a data set, that of the data component first."""
    return list(dict.fromkeys(part.volser for part in components(mvs, info)))


def located(mvs: Mvs, info: DatasetInfo) -> DatasetInfo:
    """Return a cluster's entry with the volume and the classes of its data component, another entry as it is."""
    data = components(mvs, info)[0]
    if data is info:
        return info
    return replace(
        info, volser=data.volser, unit=data.unit, storclas=data.storclas, mgmtclas=data.mgmtclas, dataclas=data.dataclas
    )


@dataclass(slots=True)
class VsamDd(DatasetDd):
    """A cluster, alternate index or path."""

    def records(self) -> Iterator[bytes]:
        """Yield the records in the order of their keys, addresses or numbers. Raises Abend."""
        if not self.place.opens_vsam:
            yield from DatasetDd.records(self)
            return
        with self._abends():
            file = self.place.mvs.vsam(self.dsname, self.place.who)
        self.place.readers.append(file)  # a program may stop in the middle: the step's end closes it
        with file:
            for number, record in enumerate(file.records()):
                if not number % _CHECKED:
                    self.place.check()
                yield record

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:
        """Open for output: a REUSE data set begins anew unless `append`, records are added to any other. Raises Abend."""
        if not self.place.opens_vsam:
            return DatasetDd.writer(self, dcb, member=member, append=append)
        with self._abends():
            file = self.place.mvs.vsam(self.dsname, self.place.who, update=True)
            facts = file.definition
            if facts.kind == "AIX":  # only its base cluster is changed
                file.close()
                raise WrongDsorg(self.dsname, "VSAM", "CLUSTER")
            if facts.reuse and not append:
                file.reset()
        is_variable = dcb is not None and dcb.recfm is not None and dcb.recfm.is_variable
        sink = VsamSink(self, file, Dcb.of("V", facts.maximum + _RDW) if is_variable else Dcb.of("F", facts.maximum))
        self.place.sinks.append(sink)
        return sink

    @contextmanager
    def _abends(self) -> Iterator[None]:
        try:
            yield
        except _AT_OPEN as error:
            raise abend_of(error, self.place.where(self.ddname, self.info, self.dsname, self.member)) from error


class VsamSink(OneByOne):
    """A VSAM data set open for output. Keys ascend from `put` to `put`, as in sequential processing."""

    def __init__(self, dd: VsamDd, file: VsamFile, dcb: Dcb) -> None:
        """Write into a file open for update."""
        self.dcb = dcb
        self._place = dd.place
        self._file = file
        self._is_keyed = file.definition.organisation == KEYED
        self._last: Position | None = None
        self._put = 0

    def put(self, record: bytes) -> None:
        """Write one record. Raises DuplicateKey, OutOfSequence, RecordTooLong, BadRecordData, VsamFull."""
        if not self._put % _CHECKED:
            self._place.check()
        self._put += 1
        if self._is_keyed:
            key = self._file.definition.key_of(record)
            if isinstance(self._last, bytes) and key < self._last:
                raise OutOfSequence(self._file.definition.dsname, key)
        self._last = self._file.insert(record)

    def close(self) -> None:
        """End the data set. Raises VsamFull."""
        self._file.close()


def coded_over(mvs: Mvs, info: DatasetInfo, coded: Dcb) -> Dcb:
    """Return the DCB of a DD; a VSAM data set has none, whatever DCB= says of it: only the length of its longest record."""
    if not is_vsam(info):
        return over(coded, info.dcb)
    try:
        return Dcb(None, base_of(mvs, info.dsname).maximum, 0, info.dcb.dsorg)
    except MvsError:
        return Dcb(None, 0, 0, info.dcb.dsorg)
