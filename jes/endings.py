"""How jobs end that do not run to their end: JCL errors, refusals, cancelled before execution, system failures; and who is told.

Source: jes-and-jcl.md 3.10, 3.11 E, 3.1 (TYPRUN), 3.3 ($HASP165).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from jes.conversion import convert_job
from jes.hosttext import to_host, to_text
from jes.jcl.conditions import Logic, Outcome, Test
from jes.jcl.listing import without_password
from jes.jcl.model import Message, Notify
from jes.job import Completion, CompletionKind, JobInfo
from jes.messages import text
from jes.output import JobOutput
from jes.services import Services
from jes.spool.groups import HOLD as GROUP
from jes.spool.joblog import last_access
from jes.spool.store import SpoolPlace
from mvsfs.access import Requester
from mvsfs.dcb import Dcb
from saf.errors import EntryNotAuthorized, GroupNotConnected, SafError, UserRevoked
from saf.messages import ich408i
from saf.profiles import Acee, Violation

_LOG = logging.getLogger(__name__)
#: How a job ends that is marked to end without running.
_ENDINGS = {
    "SEC": CompletionKind.SECURITY_ERROR, "SYSFAIL": CompletionKind.SYSTEM_FAILURE, "JECL": CompletionKind.JCL_ERROR,
    GROUP: CompletionKind.RC,
}  # fmt: skip


def assigned(output: JobOutput, acee: Acee, moment: datetime) -> None:
    """Write whose job it is; the log of a job that fails in conversion says no more about its user."""
    output.say(moment, "irr010i", userid=acee.userid)


def initiated(output: JobOutput, acee: Acee, moment: datetime) -> None:
    """Write what job initiation says: when the user was last seen, in both logs."""
    facts = {"userid": acee.userid, "at": last_access(acee.last_access or output.info.submitted or moment)}
    output.say(moment, "ich70001i", **facts)
    output.messages.write(text("ich70001i", **facts))


def _cause(error: SafError) -> str:
    causes: dict[type[SafError], str] = {UserRevoked: "revoked", GroupNotConnected: "group", EntryNotAuthorized: "entry"}
    return causes.get(type(error), "not-defined")


class Endings:
    """Ends jobs that do not execute."""

    def __init__(self, services: Services) -> None:
        """Use the parts of one JES."""
        self._services = services

    def jcl_error(self, output: JobOutput, info: JobInfo) -> Completion:
        """End a job that the converter found wrong."""
        output.say(self._services.now(), "iefc452i", jobname=info.jobname)
        return Completion(CompletionKind.JCL_ERROR)

    def rejected(self, output: JobOutput, info: JobInfo) -> Completion:
        """End a job that the interpreter found wrong: an initiator had it already."""
        output.say(self._services.now(), "ief452i", jobname=info.jobname)
        output.say(self._services.now(), "hasp395.jcl", jobname=info.jobname)
        return Completion(CompletionKind.JCL_ERROR)

    def refuse(self, output: JobOutput, info: JobInfo, error: SafError) -> Completion:
        """End a job whose user may not run jobs any more."""
        violation = Violation(_cause(error), info.owner, self._services.now(), submitter=info.submitter)
        if isinstance(error, EntryNotAuthorized):
            violation = replace(violation, saf_class=error.saf_class, resource=error.resource)
        output.log.write_block(self._services.now(), "\n".join(ich408i(violation)))
        output.log.deleted(text("hasp106"))
        return Completion(CompletionKind.SECURITY_ERROR)

    def imposed(self, output: JobOutput, info: JobInfo, completion: Completion) -> Completion:
        """End a job as a test wants it."""
        now = self._services.now()
        if completion.kind is CompletionKind.JCL_ERROR:
            output.say(now, "iefc452i", jobname=info.jobname)
            output.messages.converter([(1, Message(1, "IEFC605I").text)])  # any error will do
        elif completion.kind is CompletionKind.SYSTEM_FAILURE:
            output.say(now, "hasp310", jobname=info.jobname)
        else:
            output.log.deleted(text("hasp106"))
        return completion

    def copied(self, output: JobOutput, records: Iterable[bytes]) -> Completion:
        """TYPRUN=COPY: the job's input becomes a SYSOUT data set, without its passwords."""
        place = SpoolPlace(output.take_key(), "JESCOPY", "JES2", "", output.msgclass)
        output.sysout(place, Dcb.of("F", 80)).put_many(_without_password(records))
        return Completion(CompletionKind.NOT_RUN)

    def settle(self, key: int) -> None:
        """End a waiting job that is marked to end without running: cancelled, refused by security, lost by its system."""
        services = self._services
        info = services.queue.by_key(key)
        marks = services.queue.marks(key)
        if info is None or marks is None or not marks.ending:
            return
        kind = _ENDINGS.get(marks.ending, CompletionKind.CANCELED)
        output = JobOutput(info, services.config, services.mvs.content)
        now = services.now()
        if kind is CompletionKind.SYSTEM_FAILURE:
            output.say(now, "hasp310", jobname=info.jobname)
        elif marks.ending == GROUP:
            for line in marks.refusal.splitlines():
                output.log.timed(now, line)
        else:
            if marks.refusal:
                output.log.write_block(now, marks.refusal)
            output.log.deleted(text("hasp106"))
        output.cards = info.cards
        self._end(key, info, Completion(kind), output)

    def convert_waiting(self, key: int) -> None:
        """Convert a job that waits; one with JCL errors ends now, TYPRUN=SCAN and COPY end as well."""
        services = self._services
        info = services.queue.by_key(key)
        if info is None or info.status != "INPUT":
            return
        try:
            acee = services.saf.acee(info.owner)
        except SafError:
            services.claims.converted(key)  # the initiator will refuse it
            return
        try:
            job = convert_job(services, info, Requester(info.owner, info.jobname, 0, acee))
        except Exception:  # the job is not tried again and again: the initiator that takes it ends it as failed
            _LOG.exception("job %s could not be converted", info.jobid)
            services.claims.converted(key)
            return
        output = JobOutput(info, services.config, services.mvs.content)
        assigned(output, acee, services.now())
        output.take_converted(job)
        if job.converter_errors:
            self._end(key, info, self.jcl_error(output, info), output, job.notifies)
        elif job.job.typrun == "SCAN":
            self._end(key, info, Completion(CompletionKind.NOT_RUN), output)
        elif job.job.typrun == "COPY":
            records = services.queue.input_records(key)
            self._end(key, info, self.copied(output, records), output)
        else:
            services.claims.converted(key)

    def _end(self, key: int, info: JobInfo, completion: Completion, output: JobOutput, notifies: Sequence[Notify] = ()) -> None:
        files = output.files(abnormal=completion.kind is not CompletionKind.NOT_RUN, started=None, minutes=0.0)
        if self._services.claims.settle(key, completion, files, self._services.now()):
            self.notify(info, completion, notifies)

    def notify(
        self, info: JobInfo, completion: Completion, notifies: Sequence[Notify] = (), outcomes: Sequence[Outcome] = ()
    ) -> None:
        """Tell the users that NOTIFY= and NOTIFY statements name how the job ended; no mail is sent."""
        users = [info.notify] if info.notify else []
        users += [one.user for one in notifies if one.kind == "MSG" and one.user and _applies(one, outcomes)]
        if not users:
            return
        facts = {"jobname": info.jobname, "node": self._services.config.node}
        if completion.kind is CompletionKind.RC:
            words = text("hasp165.rc", rc=completion.rc, **facts)
        elif completion.kind is CompletionKind.ABEND:
            code = completion.abend if completion.abend.startswith("U") else f"S{completion.abend}"
            words = text("hasp165.abend", code=code, **facts)
        else:
            key = {CompletionKind.JCL_ERROR: "jcl", CompletionKind.SECURITY_ERROR: "sec"}.get(completion.kind, "canceled")
            words = text(f"hasp165.{key}", **facts)
        for user in dict.fromkeys(user.rpartition(".")[2] for user in users):
            self._services.notify(user, words)


def _without_password(records: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the cards of a job, those of its JOB statement as JESJCL shows them."""
    rest = iter(records)
    job: list[bytes] = []
    after: list[bytes] = []
    for record in rest:
        # A statement's further cards begin with // and a blank; a comment may stand between them.
        if job and not to_text(record).startswith(("// ", "//*")):
            after.append(record)
            break
        job.append(record)
    for shown in without_password("\n".join(map(to_text, job))).split("\n") if job else ():
        yield to_host(shown)
    yield from after
    yield from rest


def _applies(notify: Notify, outcomes: Sequence[Outcome]) -> bool:
    """Tell whether WHEN= is true of the steps; of a job that had none only a statement without WHEN= is heeded."""
    if notify.when is None:
        return True
    return bool(outcomes) and isinstance(notify.when, Test | Logic) and notify.when.holds(outcomes)
