"""What becomes of the data sets of a step when it ends, and of passed ones when the job ends.

    normal end    the second part of DISP           abend    the third part
    allocation of the step failed: old data sets are kept and new ones deleted, whatever DISP says

Source: jes-and-jcl.md 3.8, 4.7.
Rules: one message pair for each data set, in DD order; a disposition that fails is told (NOT DELETED) and changes no code.
"""

from __future__ import annotations

from collections.abc import Sequence

from jes.jobdata import Allocated, JobData, Passed
from jes.output import JobOutput
from jes.vsamdd import located, volumes
from mvsfs.access import Requester
from mvsfs.errors import DatasetInUse, DatasetNotFound, MvsError, NotAuthorized, NotExpired, UnixError
from mvsfs.info import DatasetInfo, Target

#: The code in IEF283I NOT DELETED is that of SCRATCH: 8 not authorized, 7 in use, 3 not expired, 1 not found, 4 otherwise.
_NOT_AUTHORIZED, _IN_USE, _NOT_EXPIRED, _NOT_FOUND, _OTHER = 8, 7, 3, 1, 4


#: What is said of an SMS-managed data set.
_SMS = {"KEPT": "igd104i", "CATALOGED": "igd104i", "ROLLED IN": "igd107i", "DELETED": "igd105i", "PASSED": "igd106i"}


class Disposer:
    """Carries out dispositions for one job."""

    def __init__(self, data: JobData, output: JobOutput, who: Requester) -> None:
        """Act for `who` and tell it in JESYSMSG."""
        self._data = data
        self._output = output
        self._who = who

    def end_step(self, allocated: list[Allocated], *, abnormal: bool) -> None:
        """Dispose of everything that a step had."""
        for one in allocated:
            if one.freed:
                continue
            one.freed = True
            if one.open.kind in {"SYSIN", "SYSOUT"}:
                self._output.note("ief285i", dsname=one.spool_name, disposition=one.open.kind)
            elif one.open.kind == "PATH":
                self._path(one, abnormal)
            elif one.open.kind == "DATASET":
                wanted = one.disp.abnormal if abnormal else one.disp.normal
                self._dispose(one, wanted)

    def undo(self, allocated: list[Allocated]) -> None:
        """Dispose of what was allocated before allocation of the step failed."""
        for one in allocated:
            one.freed = True
            if one.open.kind == "DATASET":
                self._dispose(one, "DELETE" if one.created else "KEEP")
            elif one.open.kind in {"SYSIN", "SYSOUT"}:
                self._output.note("ief285i", dsname=one.spool_name, disposition=one.open.kind)

    def end_job(self) -> None:
        """Dispose of data sets that were passed and never received, and of temporary ones that are left."""
        for passed in list(self._data.passed.values()):
            self._delete_or_keep(passed.dsname, passed.ddname, delete=passed.created)
        self._data.passed.clear()
        for dsname in sorted(self._data.temporaries):
            if self._find(dsname) is not None:
                self._delete_or_keep(dsname, "", delete=True)

    def _delete_or_keep(self, dsname: str, ddname: str, *, delete: bool) -> None:
        info = self._find(dsname)
        if info is None:
            return
        if delete:
            self._delete(dsname, info, ddname)
        else:
            self._tell(dsname, info, "KEPT", ddname)

    def _dispose(self, one: Allocated, wanted: str) -> None:
        info = None if one.is_absent else self._find(one.dsname)
        if info is None:  # the program deleted it (IDCAMS, IEHPROGM): the system still says what it was told to do
            info = one.info
            if wanted == "DELETE":
                self._not_deleted(one.dsname, info, _NOT_FOUND)
                return
        assert info is not None
        if one.is_absent:
            self._tell(one.dsname, info, "KEPT", one.ddname)
        elif wanted == "PASS":
            self._pass(one, info)
        elif wanted == "DELETE":
            self._delete(one.dsname, info, one.ddname)
        elif one.off_catalog and wanted != "CATLG":
            self._uncatalog(one, info, "KEPT")
        elif wanted == "UNCATLG":
            self._uncatalog(one, info)
        elif one.temporary:  # KEEP and CATLG mean PASS for a temporary name [JCLREF DISP]
            self._pass(one, info)
        else:
            catalogued = wanted == "CATLG" and (one.dsname in self._data.fresh or one.off_catalog)
            self._data.fresh.discard(one.dsname)
            try:
                if catalogued and one.statement.generation is not None:
                    self._data.mvs.roll_in(one.dsname)
                if one.statement.space is not None and one.statement.space.release:
                    info = self._data.mvs.release_unused(one.dsname)
            except MvsError:  # the program deleted it, or RLSE could not have its way, which nobody is told of
                pass
            told = "CATALOGED" if catalogued else "KEPT"
            if catalogued and one.statement.generation is not None and info.storclas:
                told = "ROLLED IN"
            self._tell(one.dsname, info, told, one.ddname)

    def _pass(self, one: Allocated, info: DatasetInfo) -> None:
        created = one.dsname in self._data.fresh or one.temporary
        self._data.passed[one.dsname] = Passed(one.dsname, created, info.volser, one.ddname)
        self._tell(one.dsname, info, "PASSED", one.ddname)

    def _delete(self, dsname: str, info: DatasetInfo, ddname: str) -> None:
        volsers = volumes(self._data.mvs, info)
        try:
            self._data.mvs.delete(Target(dsname), self._who, purge=dsname in self._data.fresh | self._data.temporaries)
        except NotAuthorized:
            self._not_deleted(dsname, info, _NOT_AUTHORIZED)
        except NotExpired:
            self._not_deleted(dsname, info, _NOT_EXPIRED)
        except DatasetInUse:
            self._not_deleted(dsname, info, _IN_USE)
        except DatasetNotFound:
            self._not_deleted(dsname, info, _NOT_FOUND)
        except MvsError:
            self._not_deleted(dsname, info, _OTHER)
        else:
            self._data.temporaries.discard(dsname)
            self._tell(dsname, info, "DELETED", ddname, volsers)

    def _uncatalog(self, one: Allocated, info: DatasetInfo, told: str = "UNCATALOGED") -> None:
        try:
            self._data.mvs.uncatalog(one.dsname, self._who)
        except MvsError:
            told = "KEPT"
        self._tell(one.dsname, info, told, one.ddname)

    def _tell(self, dsname: str, info: DatasetInfo, disposition: str, ddname: str, volsers: Sequence[str] = ()) -> None:
        key = _SMS.get(disposition) if info.storclas else None
        if key is not None:
            self._output.note(key, dsname=dsname, ddname=ddname)
            return
        self._output.note("ief285i", dsname=dsname, disposition=disposition)
        self._output.note("ief285i.volume", volser=f"{','.join(volsers or volumes(self._data.mvs, info))}.")

    def _not_deleted(self, dsname: str, info: DatasetInfo | None, code: int) -> None:
        self._output.note("ief283i", dsname=dsname, code=code)
        self._output.note("ief283i.volume", volser=info.volser if info else "", code=code)

    def _path(self, one: Allocated, abnormal: bool) -> None:
        path = one.statement.path
        if path is None:
            return
        if (path.abnormal if abnormal else path.normal) != "DELETE":
            self._output.note("ief285i", dsname=path.path, disposition="KEPT")
            return
        try:
            self._data.mvs.unix.unlink(path.path, self._who)
        except UnixError:
            self._output.note("ief285i", dsname=path.path, disposition="KEPT")
        else:
            self._output.note("ief285i", dsname=path.path, disposition="DELETED")

    def _find(self, dsname: str) -> DatasetInfo | None:
        try:
            return located(self._data.mvs, self._data.mvs.find(dsname))
        except MvsError:
            return None
