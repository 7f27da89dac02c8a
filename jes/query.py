"""Who may see, read, cancel which job: the questions to SAF around the queue.

    list and read    READ   to JESSPOOL node.owner.jobname.jobid.Ddsid.name      the owner needs no profile
    cancel, purge    ALTER  to JESSPOOL, or ALTER to JESJOBS CANCEL.node.owner.jobname

Source: jes-and-jcl.md 1.1, 1.8.
Rules: a listing leaves out what may not be seen and logs no violation; a command on one job raises JobNotAuthorized.
"""

from __future__ import annotations

from collections.abc import Iterable

from jes.config import JesConfig
from jes.errors import JobNotAuthorized
from jes.job import JobInfo, SpoolFile
from saf.access import Access
from saf.profiles import Acee
from saf.system import Saf

_ANY_FILE = "D0000000.?"


class Authority:
    """What a user may do with jobs."""

    def __init__(self, saf: Saf, config: JesConfig) -> None:
        """Ask `saf`."""
        self._saf = saf
        self._node = config.node

    def visible(self, acee: Acee, jobs: Iterable[JobInfo]) -> list[JobInfo]:
        """Return the jobs that the user may see."""
        shown = []
        for info in jobs:
            if info.owner == acee.userid or self._may(acee, info, _ANY_FILE, Access.READ, log=False):
                shown.append(info)
        return shown

    def check_read(self, acee: Acee, info: JobInfo, spool_file: SpoolFile) -> None:
        """Raise JobNotAuthorized when the user may not read a spool data set."""
        name = f"D{spool_file.key:07d}.{spool_file.dsname.rpartition('.')[2]}"
        if not self._may(acee, info, name, Access.READ, log=True):
            raise JobNotAuthorized(acee.userid, "JESSPOOL", self._resource(info, name), "READ")

    def check_alter(self, acee: Acee, info: JobInfo) -> None:
        """Raise JobNotAuthorized when the user may not cancel, hold, release or purge a job."""
        resource = f"CANCEL.{self._node}.{info.owner}.{info.jobname}"
        decision = self._saf.auth(acee, "JESJOBS", resource, Access.ALTER, log=False)
        if decision.rc == 0:
            return
        if not self._may(acee, info, _ANY_FILE, Access.ALTER, log=True):
            raise JobNotAuthorized(acee.userid, "JESSPOOL", self._resource(info, _ANY_FILE), "ALTER")

    def _resource(self, info: JobInfo, name: str) -> str:
        return f"{self._node}.{info.owner}.{info.jobname}.{info.jobid}.{name}"

    def _may(self, acee: Acee, info: JobInfo, name: str, wanted: Access, *, log: bool) -> bool:
        if acee.userid == info.owner:
            return True
        return self._saf.auth(acee, "JESSPOOL", self._resource(info, name), wanted, log=log).allowed
