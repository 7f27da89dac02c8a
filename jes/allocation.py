"""Step allocation: each DD statement becomes an open place, a new data set is made, and JESYSMSG says which device it got.

Source: jes-and-jcl.md 3.7, 4.4, 4.7; [JCLREF] DD.
Not here: what becomes of the data sets at the end of the step (disposition.py); reading and writing (opendd.py).
Rules: all DDs of a step are allocated or none stays: the caller undoes on AllocationRefused. Messages stand in DD order and
come out only when the whole step is allocated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from jes.dcbmerge import NO_DCB, coded, over
from jes.errors import AllocationRefused
from jes.hosttext import to_host, to_text
from jes.jcl.model import ConvertedJob, Dd, DdKind, DdReference, Disp, Instream, Step
from jes.jcl.symbols import substitute_data
from jes.jobdata import Allocated, JobData
from jes.newdataset import allocation_of, cluster_of
from jes.opendd import AbsentDd, ConcatenatedDd, DatasetDd, InstreamDd, Place, PlainDd
from jes.output import FIRST_DATA_KEY, JobOutput
from jes.pathdd import PathDd
from jes.pipedd import PipeDd
from jes.stepcontext import OpenDd
from jes.sysoutdd import open_sysout
from jes.vsamdd import VsamDd, coded_over, is_vsam, located, volumes
from mvsfs.datasets.allocate import NO_SPACE, NO_SUCH_VOLUME, SMS_FAILURE
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.errors import (
    AllocationFailed,
    DatasetExists,
    DatasetInUse,
    DatasetNotFound,
    GenerationNotFound,
    InvalidDsname,
    MvsError,
    NotAuthorized,
    UnixError,
    WrongDsorg,
)
from mvsfs.info import DatasetInfo, UnixKind
from mvsfs.sentences import errno_text

Line = tuple[str, dict[str, object]]
#: What batch allocation says where dynamic allocation has an error code.
_FAILURES = {NO_SUCH_VOLUME: "ief244i", NO_SPACE: "ief257i", SMS_FAILURE: "ief257i"}


@dataclass(slots=True)
class StepAllocation:
    """The allocation of one step. `done` fills as DDs are allocated, so that a failure can be undone."""

    job: ConvertedJob
    step: Step
    index: int
    data: JobData
    output: JobOutput
    place: Place
    done: list[Allocated] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def allocate(self) -> dict[str, OpenDd]:
        """Allocate every DD and return them by name, in order. Raises AllocationRefused."""
        dds: dict[str, OpenDd] = {}
        for dd in self._statements():
            opened = self.allocate_dd(dd)
            dds.setdefault(dd.ddname, opened)  # a program finds the first of two DDs of the same name
        self.output.note("ief236i", jobname=self.job.job.jobname, step=self.step.messages_name)
        self.tell()
        return dds

    def tell(self) -> None:
        """Write the allocation messages gathered so far."""
        for key, facts in self.lines:
            self.output.note(key, **facts)
        self.lines.clear()

    def _statements(self) -> Iterable[Dd]:
        names = {dd.ddname for dd in self.step.dds}
        if self.job.joblib is not None and "STEPLIB" not in names:
            yield self.job.joblib
        yield from self.step.dds

    def allocate_dd(self, dd: Dd) -> OpenDd:
        """Allocate one DD with its concatenation. Raises AllocationRefused."""
        parts: list[OpenDd] = []
        for place, statement in enumerate(dd.parts):
            later = place and statement.kind is not DdKind.SYSOUT
            named = replace(statement, ddname=f"{dd.ddname} + {place:03d}") if later else statement
            for one in self._generations(named):
                parts.append(self._allocate_part(one, dd.ddname, shown="" if parts else dd.ddname))
        if len(parts) == 1:
            return parts[0]
        first = parts[0]
        return ConcatenatedDd(
            dd.ddname, self.place, dd, first.kind, first.dcb, first.dsname, first.member, first.path, first.status, "",
            first.info, tuple(parts),
        )  # fmt: skip

    def _generations(self, dd: Dd) -> list[Dd]:
        """Return the DD, or one for each generation when it names a whole GDG."""
        if dd.kind is not DdKind.DATASET or dd.generation is not None or dd.member or dd.disp.status == "NEW":
            return [dd]
        try:
            info = self.data.mvs.find(dd.dsname)
        except MvsError:
            return [dd]
        if info.dcb.dsorg is not Dsorg.GDG:
            return [dd]
        found = self.data.mvs.gdg(dd.dsname).generations
        if not found:
            self._not_found(dd)
        return [replace(dd, dsname=name) for name in reversed(found)]

    def _allocate_part(self, dd: Dd, ddname: str, *, shown: str) -> OpenDd:
        if dd.kind in {DdKind.DUMMY, DdKind.UNRESOLVED, DdKind.TERMINAL}:
            return self._dummy(dd, ddname, shown)
        if dd.kind is DdKind.INSTREAM:
            return self._instream(dd, ddname, shown)
        if dd.kind is DdKind.SYSOUT:
            opened, spool_name = open_sysout(self.job, self.index, self.step, dd, self.output, self.place)
            self.lines.append(("ief237i", {"device": self.output.config.name, "ddname": shown}))
            self.done.append(Allocated(shown, dd, opened, Disp(), spool_name=spool_name))
            return opened
        if dd.kind is DdKind.PATH:
            return self._path(dd, ddname, shown)
        return self._dataset(dd, ddname, shown)

    def _dummy(self, dd: Dd, ddname: str, shown: str) -> OpenDd:
        opened = PlainDd(ddname, self.place, dd, dcb=coded(dd.dcb))
        self.lines.append(("ief237i", {"device": "DMY", "ddname": shown}))
        self.done.append(Allocated(shown, dd, opened, Disp()))
        return opened

    def _instream(self, dd: Dd, ddname: str, shown: str) -> OpenDd:
        assert dd.instream is not None
        key = FIRST_DATA_KEY + dd.instream.number
        records = self._substituted(dd, dd.instream)
        lrecl = max(map(len, records), default=80)
        dcb = over(coded(dd.dcb), Dcb.of("FB", max(lrecl, 80)))
        opened = InstreamDd(ddname, self.place, dd, "SYSIN", dcb, status="OLD", data=records, key=key)
        self.lines.append(("ief237i", {"device": self.output.config.name, "ddname": shown}))
        self.done.append(Allocated(shown, dd, opened, Disp(), spool_name=self.output.spool_dsname(key, dd.dsname or "?")))
        return opened

    def _substituted(self, dd: Dd, data: Instream) -> tuple[bytes, ...]:
        """Return the records with symbols replaced where the DD says SYMBOLS=."""
        if not data.symbols:
            return data.records
        records = []
        for record in data.records:
            text = substitute_data(to_text(record), data.values, len(record))
            if text is None:
                self._refuse("instream.symbols", dd)
            records.append(to_host(text))
        return tuple(records)

    def _path(self, dd: Dd, ddname: str, shown: str) -> OpenDd:
        assert dd.path is not None
        options = set(dd.path.options)
        created = False
        try:
            kind: type[PathDd] = PathDd
            try:
                if self.data.mvs.unix.stat(dd.path.path, self.place.who).kind is UnixKind.FIFO:
                    kind = PipeDd
                exists = True
            except UnixError as error:
                exists = False
                if "OCREAT" not in options or error.errno_name != "ENOENT":
                    raise
            if {"OCREAT", "OEXCL"} <= options and exists:
                raise UnixError("EEXIST", dd.path.path)
            if not exists or ("OTRUNC" in options and kind is PathDd):
                self.data.mvs.unix.open_output(dd.path.path, self.place.who, append=False, mode=dd.path.mode or 0o666).commit()
                created = not exists
        except UnixError as error:
            self._refuse("ief.path", dd, path=dd.path.path, errno=errno_text(error.errno_name))
        opened = kind(ddname, self.place, dd, "PATH", coded(dd.dcb), path=dd.path.path, status="OLD", created=created)
        self.lines.append(("ief237i", {"device": "HFS", "ddname": shown}))
        self.done.append(Allocated(shown, dd, opened, Disp(), dsname=dd.path.path, created=created))
        return opened

    # data sets

    def _volume(self, dd: Dd, ddname: str, shown: str) -> OpenDd:
        """Allocate a volume alone: UNIT and VOL without a name, as jobs of IEHPROGM and IEHLIST have it."""
        opened = PlainDd(ddname, self.place, dd, "DUMMY", status=dd.disp.status)
        self.lines.append(("ief237i", {"device": self.place.device(dd.volsers[0]), "ddname": shown}))
        self.done.append(Allocated(shown, dd, opened, Disp()))
        return opened

    def _dataset(self, dd: Dd, ddname: str, shown: str) -> OpenDd:
        if (
            dd.kind is DdKind.TEMPORARY
            and not dd.dsname
            and dd.reference is None
            and dd.volsers
            and dd.disp.status in {"OLD", "SHR"}
        ):
            return self._volume(dd, ddname, shown)
        dsname = self._name(dd)
        disp, info, created, off_catalog = dd.disp, self._label(dsname), False, False
        if disp.status != "NEW" and dd.volsers and (info is None or self._lies_elsewhere(info, dd)):
            found = self._on_volume(dsname, dd.volsers[0]) if info is None else None
            if found is None:
                return self._absent(dd, ddname, shown, dsname)
            info, off_catalog = found, True
        if info is not None and info.dcb.dsorg is Dsorg.GDG:
            info = None
        if disp.status == "NEW" and info is not None:
            self._exists(dd, dsname)
        if disp.status == "MOD":
            disp = _mod(disp, found=info is not None)
        if disp.status == "NEW":
            info, created = self._make(dd, dsname), True
            self.data.fresh.add(dsname)
        elif info is None:
            self._not_found(dd)
        assert info is not None
        info = located(self.data.mvs, info)
        temporary = dd.kind is DdKind.TEMPORARY or dsname in self.data.temporaries
        opened = (VsamDd if is_vsam(info) else DatasetDd)(
            ddname, self.place, dd, "DATASET", coded_over(self.data.mvs, info, coded(dd.dcb)), dsname, dd.member or None,
            status=disp.status, info=info, created=created,
        )  # fmt: skip
        allocated = Allocated(shown, dd, opened, disp, dsname, info, created, temporary, off_catalog=off_catalog)
        self.data.named[DdReference(self.index, ddname)] = allocated
        self.data.passed.pop(dsname, None)
        self.done.append(allocated)
        self._say_dataset(allocated)
        return opened

    @staticmethod
    def _lies_elsewhere(info: DatasetInfo, dd: Dd) -> bool:
        """Tell whether the catalogued data set is not the one that VOL=SER= means; of an SMS-managed one it says nothing."""
        return info.volser not in dd.volsers and not info.storclas and info.dcb.dsorg is not Dsorg.GDG

    def _absent(self, dd: Dd, ddname: str, shown: str, dsname: str) -> OpenDd:
        """Allocate a data set that the volume does not have: with VOL=SER= nobody looks before OPEN."""
        volser = dd.volsers[0]
        if all(volume.volser != volser for volume in self.data.mvs.volumes):
            self._refuse("ief244i", dd)
        info = DatasetInfo(dsname, NO_DCB, volser)
        opened = AbsentDd(ddname, self.place, dd, "DATASET", coded(dd.dcb), dsname, dd.member or None, status="OLD", info=info)
        allocated = Allocated(shown, dd, opened, replace(dd.disp, status="OLD"), dsname, info, is_absent=True)
        self.data.named[DdReference(self.index, ddname)] = allocated
        self.done.append(allocated)
        self._say_dataset(allocated)
        return opened

    def _name(self, dd: Dd) -> str:
        referred = self.data.referred(dd.reference)
        if referred is not None:
            return referred.dsname
        if dd.kind is DdKind.TEMPORARY:
            dsname = self.data.temporary_name(dd.dsname)
            self.data.temporaries.add(dsname)
            return dsname
        if dd.generation is None:
            return dd.dsname
        try:
            return self.data.generation(dd.dsname, dd.generation)
        except (GenerationNotFound, DatasetNotFound, WrongDsorg):
            self._not_found(dd)

    def _label(self, dsname: str) -> DatasetInfo | None:
        try:
            return self.data.mvs.find(dsname)
        except (DatasetNotFound, InvalidDsname):
            return None

    def _on_volume(self, dsname: str, volser: str) -> DatasetInfo | None:
        """Return a data set that lies uncatalogued on the volume VOL=SER= names; it is catalogued while the step has it."""
        try:
            return self.data.mvs.recatalog(dsname, volser, self.place.who)
        except (DatasetNotFound, DatasetExists, InvalidDsname, NotAuthorized):
            return None

    def _make(self, dd: Dd, dsname: str) -> DatasetInfo:
        if dd.unit_affinity and (same := self.data.named.get(DdReference(self.index, dd.unit_affinity))) is not None:
            dd = replace(dd, unit=same.statement.unit, volsers=dd.volsers or ((same.info.volser,) if same.info else ()))
        try:
            cluster = cluster_of(dd, self.data, dsname)
            if cluster is not None:
                return self.data.mvs.define_vsam(cluster, self.place.who)
            allocation = allocation_of(dd, self.data)
            return self.data.mvs.allocate(dsname, allocation, self.place.who, roll_in=dd.generation is None)
        except DatasetExists:
            self._exists(dd, dsname)
        except NotAuthorized:
            self._refuse("ief344.security", dd, dsname=dsname)
        except DatasetInUse:
            self._refuse("ief211i", dd)
        except AllocationFailed as error:
            key = "ief344i" if dd.storclas else _FAILURES.get(error.error, "ief344i")
            self._refuse(key, dd)
        except DatasetNotFound as error:  # what LIKE=, DCB= or VOL=REF= names
            self._refuse("iefa107i", dd, dsname=error.dsname)
        except (InvalidDsname, WrongDsorg, ValueError):
            self._refuse("ief286i", dd)

    def _exists(self, dd: Dd, dsname: str) -> NoReturn:
        if dd.storclas:
            self.lines.clear()
            self.output.note("igd17101i", dsname=dsname)
            self._refuse("ief344i", dd)
        self._refuse("ief253i", dd)

    def _not_found(self, dd: Dd) -> NoReturn:
        generation = f"({dd.generation:+d})" if dd.generation else "(0)" if dd.generation is not None else ""
        self._refuse("iefa107i", dd, dsname=f"{dd.dsname}{generation}")

    def _refuse(self, key: str, dd: Dd, **facts: object) -> NoReturn:
        names = {"jobname": self.job.job.jobname, "step": self.step.messages_name, "ddname": dd.ddname}
        raise AllocationRefused(key, {**names, **facts})

    def _say_dataset(self, allocated: Allocated) -> None:
        info, shown = allocated.info, allocated.ddname
        assert info is not None
        if allocated.created and info.storclas:
            facts: Mapping[str, object] = {
                "ddname": shown, "dsname": allocated.dsname, "storclas": info.storclas, "mgmtclas": info.mgmtclas,
                "dataclas": info.dataclas, "volser": info.volser,
            }  # fmt: skip
            self.lines.append(("igd101i", dict(facts)))
        elif allocated.created:
            device = self.place.device(info.volser)
            self.lines.append(("igd100i", {"device": device, "ddname": shown, "dataclas": info.dataclas}))
        elif info.storclas:
            self.lines.append(("igd103i", {"ddname": shown}))
        else:
            for volser in volumes(self.data.mvs, info):  # an index may lie on a volume of its own
                self.lines.append(("ief237i", {"device": self.place.device(volser), "ddname": shown}))
                shown = ""


def _mod(disp: Disp, *, found: bool) -> Disp:
    """Return what DISP=MOD means now that we know whether the data set exists."""
    normal = disp.normal if disp.normal_coded else "KEEP" if found else "DELETE"
    abnormal = disp.abnormal
    if not disp.abnormal_coded:
        abnormal = ("KEEP" if found else "DELETE") if normal == "PASS" else normal
    return replace(disp, status="MOD" if found else "NEW", normal=normal, abnormal=abnormal)
