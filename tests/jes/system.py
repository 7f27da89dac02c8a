"""What tests of jobs do all the time: submit, wait, read output."""

from __future__ import annotations

from dataclasses import dataclass

from jes.hosttext import to_host, to_text
from jes.job import JobInfo
from jes.system import Jes
from mvsfs.access import Requester
from mvsfs.info import Allocation, Target
from mvsfs.system import Mvs
from saf.system import Saf


@dataclass
class System:
    """One small system."""

    mvs: Mvs
    saf: Saf
    jes: Jes

    @property
    def acee(self):
        """The user that acts."""
        return self.saf.acee("IBMUSER")

    @property
    def who(self) -> Requester:
        """The same user for data sets."""
        return Requester("IBMUSER", token=self.acee)

    def user(self, userid: str):
        """Define a user and return the signed-on facts."""
        self.saf.command(self.acee, f"ADDUSER {userid} DFLTGRP(SYS1) PASSWORD(SECRET)")
        return self.saf.acee(userid)

    def run(self, jcl: str, seconds: float = 20) -> JobInfo:
        """Submit one job and return it when it has ended."""
        return self.jes.wait(self.jes.submit(self.acee, jcl)[-1], seconds)

    def ended(self, jcl: str) -> str:
        """Submit one job and return how it ended."""
        info = self.run(jcl)
        assert info.completion is not None
        return info.completion.text

    def output(self, info: JobInfo, ddname: str, stepname: str = "") -> list[str]:
        """Return the lines of a spool file, trailing blanks removed."""
        for file in self.jes.spool_files(info):
            if file.ddname == ddname and stepname in {"", file.stepname}:
                return [to_text(record).rstrip() for record in self.jes.read_spool(self.acee, info, file)]
        return []

    def put(self, dsname: str, *lines: str, recfm: str = "FB", lrecl: int = 80, member: str | None = None) -> None:
        """Make a data set with these lines."""
        if not self.mvs.exists(dsname):
            from mvsfs.dcb import Dsorg

            dsorg = Dsorg.PO if member else Dsorg.PS
            allocation = Allocation(recfm=recfm, lrecl=lrecl, dsorg=dsorg, directory_blocks=5 if member else None)
            self.mvs.allocate(dsname, allocation, self.who)
        with self.mvs.open_output(Target(dsname, member), self.who) as writer:
            writer.write_records([to_host(line.ljust(lrecl) if recfm.startswith("F") else line) for line in lines])

    def lines(self, dsname: str, member: str | None = None) -> list[str]:
        """Return the lines of a data set."""
        return [to_text(record).rstrip() for record in self.mvs.records(Target(dsname, member), self.who)]

    def close(self) -> None:
        """End it."""
        self.jes.stop()
        self.mvs.close()
