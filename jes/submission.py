"""From the internal reader to the queue: the JOB statement, JES2 statements and security of each job.

Source: jes-and-jcl.md 1.2 (owner), 3.2 (JECL), 3.11 E (refused), JESJOBS SUBMIT.node.jobname.userid, SURROGAT user.SUBMIT.
Rules: submission never fails for what is wrong with a job: a job that its submitter may not run becomes a job that ended with a
security error. All jobs of one reader become visible in one transaction. Where `is_elsewhere` is set a job is only numbered and
kept, and input service reads it when somebody looks at the queue (docs/decisions/0016); a job with a password is read at once,
since a sign-on writes. What was found is told when the job is in the queue.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import Context
from datetime import datetime
from functools import partial
from typing import Any

from jes.config import JesConfig
from jes.hosttext import without_controls
from jes.intrdr import InternalReader, ReadJob
from jes.jcl import cards
from jes.jcl.convert import job_statement
from jes.jcl.jobcard import HEAD, has_password, schedule
from jes.jcl.jobgroup import JobGroup, read_group
from jes.jcl.model import ConversionFacts, Jecl, JobOperands
from jes.jcl.schedule import Schedule
from jes.jecl import affinity, parameters
from jes.messages import text
from jes.names import is_jobname
from jes.spool.queue import NOT_RESTARTABLE, JobQueue, NewJob
from jes.spool.schedule import UNTIL
from jes.spool.store import packed, unpacked, write_input
from jes.spool.unread import Unread, restored
from mvsfs.storage.content import ContentWriter
from saf.access import Access
from saf.errors import GroupNotConnected, PasswordExpired, PasswordWrong, SafError, UserNotDefined, UserRevoked
from saf.messages import ich408i
from saf.profiles import Acee, Violation
from saf.system import Saf

_LOG = logging.getLogger(__name__)
_HOLDS = {"HOLD": "TYPRUN", "JCLHOLD": "JCLHOLD"}
_CAUSES: dict[type[SafError], str] = {
    UserNotDefined: "not-defined",
    PasswordWrong: "password",
    PasswordExpired: "expired",
    UserRevoked: "revoked",
    GroupNotConnected: "group",
}
#: The message of a wrong statement of a job group; JOBGROUP has the others'.
_GROUP_FAULTS = {"GJOB": "hasp1116"}
#: What listeners are told when a job is in the queue, in order.
Told = list[Callable[[], None]]


def _as_job(group: JobGroup) -> JobOperands:
    """Return what JOBGROUP says as a JOB statement would."""
    return JobOperands(
        group.name or "JOBGROUP", programmer=group.programmer, user=group.owner, password=group.password, group=group.racf_group
    )


class Submission:
    """Accepts jobs."""

    def __init__(
        self,
        queue: JobQueue,
        saf: Saf,
        config: JesConfig,
        console: Callable[[str], None],
        wake: Callable[[], None],
        hears: Callable[[], bool] = lambda: True,
    ) -> None:
        """Put jobs on `queue` and call `wake` when there are some. `hears` tells whether anybody sees the console."""
        self._queue = queue
        self._saf = saf
        self._config = config
        self._console = console
        self._wake = wake
        self._hears = hears
        self.is_elsewhere = False
        queue.input_service = self._enter

    def reader(self, acee: Acee, *, lrecl: int = 80, recfm: str = "F") -> InternalReader:
        """Allocate an internal reader for a user."""
        return InternalReader(lambda jobs: self._accept(acee, jobs), lrecl=lrecl, recfm=recfm)

    def _accept(self, acee: Acee, jobs: list[ReadJob]) -> list[str]:
        ids = self._keep(acee, jobs) if self.is_elsewhere else None
        if ids is None:
            ids = self._read_now(acee, jobs)
        self._wake()
        return ids

    def _keep(self, acee: Acee, jobs: list[ReadJob]) -> list[str] | None:
        """Number jobs and keep them unread; None when that cannot be."""
        rows, came = [], self._queue.now()
        for job in jobs:
            records = packed(job.records, self._queue.content.small_limit)
            if records is None or job.group or has_password(job.records[:HEAD]):
                return None
            rows.append((Unread(acee, came, job.scan, job.deleted, job.group).text(), records))
        return self._queue.keep_unread(rows)

    def _read_now(self, acee: Acee, jobs: list[ReadJob]) -> list[str]:
        new: list[NewJob] = []
        contents: list[ContentWriter] = []
        try:
            for job in jobs:
                contents.append(write_input(self._queue.content, job.records))
                new.append(self._job(acee, job, self._queue.now(), contents[-1], self._saf.verify))
            ids = self._queue.add(new)
        except BaseException:
            for content in contents:
                content.discard()
            raise
        for act in (act for one in new for act in one.afterwards):
            _tell(act)
        return ids

    def _enter(self, facts: dict[str, Any], records: bytes) -> NewJob:
        """Read a job that was kept unread. Never raises: whoever looks at the queue would meet it again and again."""
        unread = restored(facts)
        content = self._queue.content.create()
        content.write(records)
        read = ReadJob(list(unpacked(records)), unread.scan, unread.deleted, unread.group)
        try:
            new = self._job(unread.acee, read, unread.came, content, _no_sign_on)
        except Exception:
            _LOG.exception("input service failed on a job of %s", unread.acee.userid)
            new = NewJob("JOB", unread.acee.userid, unread.acee.userid, content, len(read.records), ending="SYSFAIL")
        new.submitted = unread.came
        new.afterwards = [partial(Context().run, _tell, act) for act in new.afterwards]  # not in the log of the job that looked
        return new

    def _job(self, acee: Acee, read: ReadJob, came: datetime, content: ContentWriter, verify: Callable[..., Acee]) -> NewJob:
        facts = ConversionFacts(userid=acee.userid, system_symbols=self._config.system_symbols)
        group = read_group([cards.image(without_controls(record)) for record in read.records]) if read.group else None
        head = [without_controls(record) for record in read.records[:HEAD]]
        operands, jecl = job_statement(head, facts) if group is None else (_as_job(group), ())
        told: Told = []
        owner, cause = self._owner(acee, operands, told, verify)
        job_class = operands.job_class or self._config.default_class
        definition = self._config.job_class(job_class)
        new = NewJob(
            jobname=operands.jobname[:8] or "JOB", owner=owner, submitter=acee.userid,
            input=content, cards=len(read.records), job_class=job_class,
            msgclass=operands.msgclass or definition.msgclass or self._config.default_msgclass,
            priority=self._config.default_priority if operands.prty is None else operands.prty,
            programmer=operands.programmer[:20], notify=self._notify(operands, owner), typrun=operands.typrun,
            hold=_HOLDS.get(operands.typrun, "CLASS" if definition.qheld else ""), afterwards=told,
        )  # fmt: skip
        self._apply(new, jecl, operands)
        self._schedule(new, schedule(head, facts), came)
        if group is not None:
            self._take_group(new, group)
        if read.scan:
            new.typrun = "SCAN"
        if read.deleted:
            new.ending = "CANCELED"
        elif cause is not None:
            new.ending, new.refusal, new.hold = "SEC", "\n".join(ich408i(cause)), ""
        elif (refused := self._may_submit(acee, new)) is not None:
            new.ending, new.refusal, new.hold = "SEC", "\n".join(ich408i(refused)), ""
        if self._hears():
            told.append(partial(self._tell, new))
        return new

    def _take_group(self, new: NewJob, group: JobGroup) -> None:
        """Make the logging job of a group; one whose statements are wrong ends."""
        new.definition = group
        if group.faults:
            new.ending = "JECL"
            lines = (
                text(_GROUP_FAULTS.get(operation, "hasp1110"), group=new.jobname, words=f"{operation} {words}")
                for operation, words in group.faults
            )
            new.refusal = "\n".join(lines)
        elif group.scan:
            new.ending, new.refusal = "JECL", text("hasp1119", group=new.jobname)

    def _schedule(self, new: NewJob, times: Schedule, now: datetime) -> None:
        """Take the effect of a SCHEDULE statement; a time that has passed holds no job."""
        new.group = times.jobgroup
        if times.hold_until is not None and (moment := times.hold_until.seen_from(now)) > now:
            new.hold_until, new.hold = moment, new.hold or UNTIL
        if times.start_by is not None:
            new.start_by = times.start_by.seen_from(now)

    def _notify(self, operands: JobOperands, owner: str) -> str:
        return owner if operands.notify == "&SYSUID" else operands.notify[:17]

    def _apply(self, new: NewJob, jecl: tuple[Jecl, ...], operands: JobOperands) -> None:
        """Take the effects of JES2 control statements that matter before conversion; a wrong one ends the job."""
        asked = parameters(jecl, self._config.node)
        for message in asked.messages:
            self._later(new.afterwards, "hasp104", jobname=new.jobname, text=message)
        if asked.setup:
            new.hold = new.hold or "OPER"
            self._later(new.afterwards, "hasp101.setup", jobname=new.jobname, volumes=" ".join(asked.setup))
        if asked.priority is not None:
            new.priority = asked.priority
        new.notify = new.notify or asked.notify
        new.affinity = affinity(asked.sysaff or operands.systems, self._config.sysname)
        if not (asked.restart and self._config.job_class(new.job_class).restart):
            new.restarts = NOT_RESTARTABLE
        if asked.faults:
            new.ending, new.hold = "JECL", ""
            new.refusal = "\n".join(text(key, jobname=new.jobname, **facts) for key, facts in asked.faults)

    def _later(self, told: Told, key: str, **facts: str) -> None:
        told.append(partial(self._console, text(key, **facts)))

    def _owner(self, acee: Acee, operands: JobOperands, told: Told, verify: Callable[..., Acee]) -> tuple[str, Violation | None]:
        """Return whose job it is, and why not when the submitter may not say so.

        A wrong password was told by the sign-on itself.
        """
        user = operands.user or acee.userid
        if user == acee.userid and not operands.password:
            return user, self._wrong_group(acee, operands, acee, told)
        try:
            if operands.password:
                owner = verify(user, operands.password, new_password=operands.new_password or None)
            else:
                owner = self._saf.acee(user, log=False)
                if not self._is_surrogate(acee, user):
                    return user, self._told(self._violation("submitter", user, acee), told)
        except SafError as error:
            violation = self._violation(_CAUSES.get(type(error), "password"), user, acee)
            return user, violation if operands.password else self._told(violation, told)
        return user, self._wrong_group(owner, operands, acee, told)

    def _wrong_group(self, owner: Acee, operands: JobOperands, submitter: Acee, told: Told) -> Violation | None:
        """Return why GROUP= cannot be, or None when the owner is connected to it."""
        if operands.group in {"", owner.group, *owner.groups}:
            return None
        return self._told(self._violation("group", owner.userid, submitter), told)

    def _told(self, violation: Violation, told: Told) -> Violation:
        told.append(partial(self._saf.tell, violation))
        return violation

    def _is_surrogate(self, acee: Acee, user: str) -> bool:
        decision = self._saf.auth(acee, "SURROGAT", f"{user}.SUBMIT", Access.READ, log=False)
        return decision.allowed and decision.rc == 0  # an inactive class makes nobody a surrogate

    def _violation(self, cause: str, user: str, acee: Acee) -> Violation:
        group, name = "", "???"
        try:
            described = self._saf.describe(user)
            group, name = described.group, described.name
        except SafError:
            pass
        return Violation(cause, user, self._queue.now(), group, name, submitter=acee.userid)

    def _may_submit(self, acee: Acee, new: NewJob) -> Violation | None:
        resource = f"SUBMIT.{self._config.node}.{new.jobname}.{new.owner}"
        decision = self._saf.auth(acee, "JESJOBS", resource, Access.READ, log=False)
        new.afterwards.append(partial(self._saf.note, acee, "JESJOBS", resource, Access.READ, decision))
        if decision.allowed:
            return None
        return Violation(
            "access", acee.userid, self._queue.now(), acee.group, acee.name, "JESJOBS", resource, "", decision.profile,
            decision.generic, Access.READ, decision.held, submitter=acee.userid,
        )  # fmt: skip

    def _tell(self, job: NewJob) -> None:
        self._console(text("hasp100", jobname=job.jobname, programmer=job.programmer))
        if job.hold:
            self._console(text("hasp101", jobname=job.jobname))
        if not is_jobname(job.jobname):
            self._console(text("hasp110", jobname=job.jobname))


def _tell(act: Callable[[], None]) -> None:
    """Tell a listener. The jobs are in the queue: that it fails changes nothing for who submitted them, or who looks at them."""
    try:
        act()
    except Exception:
        _LOG.exception("what input service found could not be told")


def _no_sign_on(userid: str, *_: object, **__: object) -> Acee:
    """Refuse a password that was not among the operands before system symbols were replaced: a sign-on writes, and here the
    transaction of another writer is open.
    """
    raise PasswordWrong(userid)
