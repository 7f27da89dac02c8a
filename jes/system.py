"""Jes: one JES2 as the packages above see it.

    jes = Jes.open(mvs, saf, now=now, config=JesConfig(...)); jes.start() ... jes.stop()
    ids = jes.submit(acee, text)            jes.wait(ids[0], 10)
    jes.jobs(acee, jobname="MY*")           jes.spool_files(info); jes.read_spool(acee, info, file)

Rules: without `start` jobs are accepted and listed but wait; another process with initiators on the same store runs them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from jes.config import JesConfig
from jes.control import Control
from jes.errors import JobNotFound, JobStillRunning, SpoolFileNotFound, WrongState
from jes.hosttext import text_lines, to_host
from jes.initiator import Initiators
from jes.intrdr import InternalReader
from jes.job import JobInfo, SpoolFile
from jes.leftovers import take_back
from jes.names import jobid_forms
from jes.output import CURRENT
from jes.procs import ProcLibraries
from jes.query import Authority
from jes.services import Services
from jes.spool import groups
from jes.spool.claims import Claims
from jes.spool.mail import Mailbox
from jes.spool.queue import JobQueue
from jes.submission import Submission
from mvsfs.system import Mvs
from saf.messages import ich408i
from saf.profiles import Acee, Violation
from saf.system import Saf

_POLL_SECONDS = 0.01
_SLOW_POLL_SECONDS = 0.1


class Jes:
    """The job entry subsystem of one system."""

    def __init__(self, mvs: Mvs, saf: Saf, now: Callable[[], datetime], config: JesConfig) -> None:
        """Join the parts; see `open`."""
        self.config = config
        self.control = Control()
        self._console: list[Callable[[str], None]] = []
        self._notified: list[Callable[[str, str], None]] = []
        self.queue = JobQueue(mvs.engine, mvs.content, config.numbers, now, config.first_number)
        claims = Claims(self.queue, mvs.holders, config)
        self.services = Services(
            config, mvs, saf, self.queue, claims, self, ProcLibraries(mvs, config.proclibs, config.more_proclibs), self.control,
            now, self._tell, self._notify,
        )  # fmt: skip
        self.initiators = Initiators(self.services)
        self.mailbox = Mailbox(mvs.engine, mvs.content)
        self._submission = Submission(self.queue, saf, config, self._tell, self.initiators.submitted, lambda: bool(self._console))
        self._authority = Authority(saf, config)
        saf.on_violation(self._violated)

    @classmethod
    def open(cls, mvs: Mvs, saf: Saf, *, now: Callable[[], datetime], config: JesConfig | None = None) -> Jes:
        """Open the spool of a store; it is made when missing."""
        return cls(mvs, saf, now, config or JesConfig())

    def start(self) -> None:
        """Take back jobs of dead processes and start the initiators of this process (after any fork)."""
        take_back(self.services)
        self.initiators.start()

    def stop(self, *, cancel: bool = True) -> None:
        """Stop the initiators; executing jobs are cancelled unless `cancel` is False."""
        self.initiators.stop(cancel=cancel)

    def __enter__(self) -> Jes:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def node(self) -> str:
        """The name of this node."""
        return self.config.node

    # submitting

    def internal_reader(self, acee: Acee, *, lrecl: int = 80, recfm: str = "F") -> InternalReader:
        """Allocate an internal reader: put records, then close (jobids) or discard."""
        return self._submission.reader(acee, lrecl=lrecl, recfm=recfm)

    def submit(self, acee: Acee, text: str | Iterable[bytes]) -> list[str]:
        """Submit jobs, as text lines or EBCDIC records, and return their ids."""
        reader = self.internal_reader(acee)
        reader.put_many(map(to_host, text_lines(text)) if isinstance(text, str) else text)
        return reader.close()

    def leave_unread(self) -> None:
        """From here on number and keep jobs only: who looks at the queue, in this or another process, has them read."""
        self._submission.is_elsewhere = True

    # looking

    def jobs(
        self, acee: Acee, *, jobname: str = "*", owner: str = "*", status: str = "ALL", jobid: str | None = None
    ) -> list[JobInfo]:
        """Return the jobs under masks that the user may see, in listing order."""
        found = self.queue.select(jobname, owner, status)
        if jobid is not None:
            forms = jobid_forms(jobid)
            found = [info for info in found if info.jobid in forms]
        return [self._with_step(info) for info in self._authority.visible(acee, found)]

    def job(self, acee: Acee, jobid: str) -> JobInfo:
        """Return one job. Raises JobNotFound, also for a job that the user may not see."""
        info = self.queue.find(jobid)
        if not self._authority.visible(acee, [info]):
            raise JobNotFound(jobid)
        return self._with_step(info)

    def _with_step(self, info: JobInfo) -> JobInfo:
        step = self.initiators.step_of(info.key) if info.status == "ACTIVE" else None
        return replace(info, step=step) if step is not None else info

    def spool_files(self, info: JobInfo) -> list[SpoolFile]:
        """Return the spool data sets of a job in listing order."""
        return self.queue.spool_files(info)

    def spool_file(self, info: JobInfo, number: int) -> SpoolFile:
        """Return the spool data set with this number (from 1). Raises SpoolFileNotFound."""
        files = self.spool_files(info)
        if not 1 <= number <= len(files):
            raise SpoolFileNotFound(info.jobid, str(number))
        return files[number - 1]

    def read_spool(self, acee: Acee, info: JobInfo, spool_file: SpoolFile) -> Iterator[bytes]:
        """Return the records of a spool data set, with their control column. Raises JobNotAuthorized."""
        self._authority.check_read(acee, info, spool_file)
        return self.queue.read(spool_file)

    def wait(self, jobid: str, timeout: float = 60.0) -> JobInfo:
        """Return a job when it is in OUTPUT. Raises JobStillRunning when the time is over, JobNotFound when it was purged."""
        limit, pause = time.monotonic() + timeout, _POLL_SECONDS
        while True:
            info = self.queue.find(jobid)
            if info.status == "OUTPUT":
                return info
            if time.monotonic() >= limit:
                raise JobStillRunning(info.jobid, timeout)
            time.sleep(pause)
            pause = min(pause * 1.5, _SLOW_POLL_SECONDS)

    # commanding

    def cancel(self, acee: Acee, jobid: str, *, purge: bool = True) -> JobInfo:
        """Cancel a job (S222 when it executes) and purge it, or keep its output. Raises JobNotFound, JobNotAuthorized."""
        info = self.job(acee, jobid)
        self._authority.check_alter(acee, info)
        status = self.queue.cancel(info, purge=purge)
        if status == "ACTIVE":
            self.initiators.cancel(info.key)
            self.control.release_waiters()
            self.initiators.wake()
        elif status == "INPUT" and not purge:
            self.initiators.tend()
        return info

    def hold(self, acee: Acee, jobid: str) -> None:
        """$HJ, and $HG for a job group. Raises JobNotFound, JobNotAuthorized, WrongState."""
        info = self.job(acee, jobid)
        self._authority.check_alter(acee, info)
        if not info.is_group:
            self.queue.hold(info)
        elif not groups.set_held(self.queue.engine, info.key, held=True):
            raise WrongState(info.jobid, self.group(info)[0], "HOLD")

    def release(self, acee: Acee, jobid: str) -> None:
        """$AJ, and $AG for a job group. Raises JobNotFound, JobNotAuthorized, WrongState."""
        info = self.job(acee, jobid)
        self._authority.check_alter(acee, info)
        if not info.is_group:
            self.queue.release(info)
        elif not groups.set_held(self.queue.engine, info.key, held=False):
            raise WrongState(info.jobid, self.group(info)[0], "RELEASE")
        self.initiators.wake()

    def group(self, info: JobInfo) -> tuple[str, list[tuple[str, str]]]:
        """Return the state of a job group, and name and state of each of its jobs."""
        return groups.describe(self.queue.engine, info.key)

    def change(self, acee: Acee, jobid: str, *, job_class: str | None = None, priority: int | None = None) -> None:
        """$TJ: another class or priority for a waiting job. Raises JobNotFound, JobNotAuthorized, WrongState."""
        info = self.job(acee, jobid)
        self._authority.check_alter(acee, info)
        self.queue.change(info, job_class=job_class, priority=priority)
        self.initiators.wake()

    def on_console(self, listener: Callable[[str], None]) -> None:
        """Have `listener` called with each console message."""
        self._console.append(listener)

    def on_notify(self, listener: Callable[[str, str], None]) -> None:
        """Have `listener` called with user ID and text of each $HASP165."""
        self._notified.append(listener)

    def _violated(self, violation: Violation) -> None:
        """Write a refusal into the log of the job that met it."""
        output = CURRENT.get()
        if output is not None:
            output.log.write(self.services.now(), "\n".join(ich408i(violation)))

    def _tell(self, text: str) -> None:
        for listener in self._console:
            listener(text)

    def _notify(self, userid: str, text: str) -> None:
        for listener in self._notified:
            listener(userid, text)
