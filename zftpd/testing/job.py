"""A submitted job as a test sees it, and the levers of the job clock.

Rules: facts are asked for anew each time, so they follow the job; what needs the end of the job waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jes.job import CompletionKind, JobInfo
from mvsfs.seed.text import decode

if TYPE_CHECKING:
    from zftpd.testing.zos import Zos

#: How long a test waits for a job unless it says otherwise.
WAIT_SECONDS = 30.0


class Job:
    """One job."""

    def __init__(self, zos: Zos, jobid: str) -> None:
        """Follow the job with this id."""
        self._zos = zos
        self.jobid = jobid

    def __repr__(self) -> str:
        info = self.info
        return f"<Job {info.jobname} {self.jobid} {info.status} {info.completion.text if info.completion else ''}>"

    @property
    def info(self) -> JobInfo:
        """All facts, as they are now."""
        return self._zos.server.jes.job(self._zos.operator, self.jobid)

    @property
    def jobname(self) -> str:
        """The job's name."""
        return self.info.jobname

    @property
    def owner(self) -> str:
        """The user it runs for."""
        return self.info.owner

    @property
    def status(self) -> str:
        """INPUT, ACTIVE or OUTPUT, as it is now."""
        return self.info.status

    def wait(self, timeout: float = WAIT_SECONDS) -> Job:
        """Return the job itself once it has ended. Raises TimeoutError."""
        info = self._zos.server.jes.wait(self.jobid, timeout)
        if info.status != "OUTPUT":
            raise TimeoutError(f"{info.jobname} {self.jobid} is still in {info.status} after {timeout} s")
        return self

    @property
    def rc(self) -> int | None:
        """The highest return code, or None when the job did not end by itself. Waits for the end."""
        end = self.wait().info.completion
        return end.rc if end is not None and end.kind is CompletionKind.RC else None

    @property
    def abend(self) -> str:
        """The completion code of an abend (`806`, `U0100`), or nothing. Waits for the end."""
        end = self.wait().info.completion
        return end.abend if end is not None else ""

    @property
    def completion(self) -> str:
        """How a listing tells the end: `RC=0000`, `ABEND=806`, `(JCL error)`. Waits for the end."""
        end = self.wait().info.completion
        return end.text if end is not None else ""

    @property
    def ddnames(self) -> list[str]:
        """The DD names of its spool files, in their order. Waits for the end."""
        return [spool_file.ddname for spool_file in self._zos.server.jes.spool_files(self.wait().info)]

    def spool(self, ddname: str | None = None, *, step: str | None = None) -> str:
        """Return the text of the spool files with this DD name (and step), or of all. Waits for the end.

        Raises KeyError when there is none.
        """
        parts = list(self._texts(ddname, step))
        if not parts:
            raise KeyError(f"{self!r} has no {ddname or 'spool file'}; there are {', '.join(self.ddnames)}")
        return "".join(parts)

    def _texts(self, ddname: str | None, step: str | None) -> Iterator[str]:
        jes, info = self._zos.server.jes, self.wait().info
        for spool_file in jes.spool_files(info):
            if ddname in (None, spool_file.ddname) and step in (None, spool_file.stepname):
                records = jes.read_spool(self._zos.operator, info, spool_file)
                yield "".join(f"{decode(record, 'IBM-1047').rstrip()}\n" for record in records)


class Jobs:
    """All jobs of a system and the levers of its job clock."""

    def __init__(self, zos: Zos) -> None:
        """Look at the jobs of `zos`."""
        self._zos = zos

    def __iter__(self) -> Iterator[Job]:
        for info in self._zos.server.jes.jobs(self._zos.operator):
            yield Job(self._zos, info.jobid)

    def __len__(self) -> int:
        return len(self._zos.server.jes.jobs(self._zos.operator))

    def __getitem__(self, name: str) -> Job:
        """Return a job by id, or the latest one of a name. Raises KeyError."""
        key = name.upper()
        found = [info for info in self._zos.server.jes.jobs(self._zos.operator) if key in (info.jobid, info.jobname)]
        if not found:
            raise KeyError(f"no job {name!r}; there are {', '.join(f'{job.jobname} {job.jobid}' for job in self) or 'none'}")
        return Job(self._zos, max(found, key=lambda info: info.key).jobid)

    def hold_in(self, state: str, jobname: str = "*") -> None:
        """Stop jobs when they reach INPUT or ACTIVE, those whose name the mask covers."""
        self._zos.server.jes.control.hold_in(state, jobname)

    def release(self, jobname: str | None = None) -> None:
        """Let held jobs go on: all, or those held by this mask."""
        self._zos.server.jes.control.release(jobname)

    def outcome(self, jobname: str, **end: Any) -> None:
        """Decide how jobs of this name end: rc=8, abend="S0C4", or a flag as jcl_error, security, system_failure."""
        self._zos.server.jes.control.outcome(jobname, **end)
