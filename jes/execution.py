"""One job from the moment an initiator has it: conversion, data set names, steps, job end, output.

Source: jes-and-jcl.md 4.13; the order of log messages is that of the samples in 3.11.
Rules: a job that was claimed always ends: with a return code, an abend, a JCL error or a system failure. What it did to data
sets stays.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from jes.control import Verdict
from jes.conversion import convert_job
from jes.disposition import Disposer
from jes.endings import Endings, assigned, initiated
from jes.errors import Abend
from jes.jcl.conditions import Bypass, Outcome, bypass
from jes.jcl.model import ConvertedJob, Notify, Step
from jes.job import Completion, CompletionKind, JobInfo, StepNow
from jes.jobdata import JobData
from jes.jobnames import obtain_names
from jes.output import CURRENT, JobOutput
from jes.services import Services
from jes.spool.claims import Claim
from jes.spool.joblog import clock, cpu_time, julian
from jes.spool.store import SpoolWriter
from jes.steps import StepRun
from jes.steptime import StepTimes
from mvsfs.access import Requester
from mvsfs.enqueue import Hold
from saf.errors import SafError
from saf.profiles import PortOfEntry

_LOG = logging.getLogger(__name__)
#: The address space number that messages show for the first initiator [assumed; any will do].
_FIRST_INITIATOR = 0x20
#: Where every job comes in.
_INTERNAL_READER = PortOfEntry("JESINPUT", "INTRDR")


class JobRun:
    """One executing job."""

    def __init__(
        self, services: Services, claim: Claim, info: JobInfo, asid: int, init: str, cancelled: Callable[[], bool]
    ) -> None:
        """Take a claimed job. `init` names the initiator; `asid` is this job's address space."""
        self.services = services
        self.claim = claim
        self.info = info
        self.step: StepNow | None = None
        self.step_started = services.now()
        self._asid = asid
        self._init = init
        self._cancelled = cancelled
        self._address_space = _FIRST_INITIATOR + [*services.config.initiators, init].index(init)
        self._output = JobOutput(info, services.config, services.mvs.content)
        self._outcomes: list[Outcome] = []
        self._cpu = 0.0
        self._started = info.started or services.now()  # as the queue has it, so that another system finds what was named by it
        self._meter = services.config.meter
        self._ticks = self._meter()[0]
        self._step_ticks = 0.0
        self._submitted: list[str] = []
        self._notifies: tuple[Notify, ...] = ()
        self._was_started = False

    @property
    def now_in(self) -> StepNow | None:
        """The step that runs, with its times so far."""
        step = self.step
        if step is None:
            return None
        return StepNow(step.stepname, step.procname, 0.0, self._meter()[0] - self._step_ticks)

    def run(self) -> Completion:
        """Run the job to its end and put its output on the spool."""
        CURRENT.set(self._output)
        try:
            completion = self._run()
        except Exception:  # whatever is wrong with us, the job must not stay ACTIVE
            _LOG.exception("job %s failed in the system", self.info.jobid)
            completion = Completion(CompletionKind.SYSTEM_FAILURE)
            self._output.say(self.services.now(), "hasp310", jobname=self.info.jobname)
        finally:
            CURRENT.set(None)
        try:
            self._finish(completion)
        except Exception:  # a spool that takes no more lines: without its output, but not ACTIVE for good
            _LOG.exception("the output of job %s is lost", self.info.jobid)
            completion = Completion(CompletionKind.SYSTEM_FAILURE)
            self.services.claims.finish(self.claim, completion, (), self.services.now())
        return completion

    def _run(self) -> Completion:
        services, info = self.services, self.info
        try:
            acee = services.saf.acee(info.owner, begins=True, port=_INTERNAL_READER)
        except SafError as error:
            return Endings(services).refuse(self._output, info, error)
        assigned(self._output, acee, self._started)
        who = Requester(info.owner, info.jobname, self._asid, acee)
        job = self._convert(who)
        verdict = services.control.verdict(info.jobname)
        if verdict is not None and verdict.completion is not None:
            return Endings(services).imposed(self._output, info, verdict.completion)
        if job.converter_errors:
            return Endings(services).jcl_error(self._output, info)
        if job.job.typrun == "SCAN":
            return Completion(CompletionKind.NOT_RUN)
        if job.job.typrun == "COPY":
            return Endings(services).copied(self._output, services.queue.input_records(info.key))
        if job.transmitted:
            for data in job.transmitted:
                services.reader.submit(acee, data.records)
            return Completion(CompletionKind.NOT_RUN)
        if not job.errors and any(message.is_warning for message in job.messages):
            self._output.say(self._started, "ief677i", jobname=info.jobname)
        initiated(self._output, acee, self._started)
        self._tell_start()
        if job.errors:
            return Endings(services).rejected(self._output, info)
        return self._execute(job, who, acee, verdict)

    def _tell_start(self) -> None:
        info, config = self.info, self.services.config
        if info.restarts > 0:
            self._output.say(self._started, "hasp492", jobname=info.jobname, jobid=info.jobid)
        facts = {"jobname": info.jobname, "init": f"INIT {self._init}", "job_class": info.job_class, "sysname": config.sysname}
        self._output.say(self._started, "hasp373", **facts)
        self._was_started = True

    def _convert(self, who: Requester) -> ConvertedJob:
        job = convert_job(self.services, self.info, who)
        self._output.take_converted(job)
        self._notifies = job.notifies
        return job

    def _execute(self, job: ConvertedJob, who: Requester, acee: Any, verdict: Verdict | None) -> Completion:
        services, info, output = self.services, self.info, self._output
        config = services.config
        if config.job_started_messages:
            output.say(self._started, "ief403i", jobname=info.jobname, time=clock(self._started))
        self._enter(job.steps[0])
        services.control.wait_in("ACTIVE", info.jobname, self._cancelled)
        if config.job_settings_message:
            output.note("iefa111i", jobname=info.jobname, gdgbias=job.job.gdgbias)
        data = JobData(services.mvs, info.jobname, int(info.jobid.lstrip("JOBSTCU")), self._started, job.job.gdgbias)
        hold: Hold | None = None
        try:
            hold = obtain_names(services, job, who, output, self._cancelled)
            failed = self._steps(job, who, acee, data, verdict)
        except Abend as abend:  # cancelled while it waited for data sets
            output.say(services.now(), "ief251i", jobname=info.jobname)
            self._outcomes.append(Outcome("", abend=f"S{abend.system_code}"))
            failed = False
        finally:
            try:
                Disposer(data, output, who).end_job()
            finally:
                if hold is not None:
                    hold.release()
        return self._ended(job, failed)

    def _steps(self, job: ConvertedJob, who: Requester, acee: Any, data: JobData, verdict: Verdict | None) -> bool:
        """Run the steps; True when allocation failed, which ends the job as a JCL error."""
        waiting_for = job.job.restart if job.job.restart != ("*", "") else ("", "")
        forced = self._forced(verdict)
        times = StepTimes(job.job.time or self.services.config.job_class(self.info.job_class).time)
        for index, step in enumerate(job.steps):
            if waiting_for[0] and (step.name, step.procstep if waiting_for[1] else "") != waiting_for:
                self._outcomes.append(Outcome(step.name, step.procstep, is_run=False))
                continue
            waiting_for = ("", "")
            reason = bypass(step, job.job.cond, self._outcomes)
            if reason is not None:
                self._bypassed(step, reason)
                if reason.reason == "JOBCOND":
                    return False
                continue
            self._enter(step)
            run = StepRun(self.services, job, step, index, data, self._output, who, acee, self._cancelled, forced)
            run.address_space = self._address_space
            run.cpu_allowed = times.allowed(step)
            run.show = self._show
            outcome = run.run()
            self._cpu += run.cpu_seconds
            times.used(step, run.cpu_seconds)
            self._submitted += run.submitted
            if outcome is None:
                return True
            self._outcomes.append(outcome)
        return False

    def _show(self, files: Sequence[SpoolWriter]) -> None:
        """Make finished output visible while the job goes on."""
        if files and not self.services.claims.spun(self.claim, files):
            _LOG.warning("job %s was taken over while it executed here; its spun output is dropped", self.info.jobid)

    def _forced(self, verdict: Verdict | None) -> Callable[[], Outcome | None]:
        """Return what the first step ends with instead of running, when a test decided so; later steps run."""
        pending = [verdict] if verdict is not None and verdict.completion is None else []

        def forced() -> Outcome | None:
            if not pending:
                return None
            first = pending.pop()
            if first.seconds:
                self.services.config.pause(first.seconds, self._cancelled)
            return Outcome("", rc=first.rc, abend=first.abend) if first.rc is not None or first.abend else None

        return forced

    def _enter(self, step: Step) -> None:
        """Note for listings which step the job is in, and since when."""
        self.step, self._step_ticks = StepNow(step.name, step.procstep), self._meter()[0]
        self.step_started = self.services.now()

    def _bypassed(self, step: Step, reason: Bypass) -> None:
        names = {"jobname": self.info.jobname, "step": step.messages_name}
        if reason.reason == "IF":
            self._output.note("ief206i", statement=reason.statement, **names)
        elif reason.reason == "COND":
            self._output.note("ief202i", **names)
        elif reason.reason == "JOBCOND":
            self._output.note("ief201i", **names)
        self._output.note("ief272i", **names)
        self._outcomes.append(Outcome(step.name, step.procstep, is_run=False))

    def _ended(self, job: ConvertedJob, failed: bool) -> Completion:
        info, output, now = self.info, self._output, self.services.now()
        output.note("ief375i", jobname=info.jobname, at=julian(self._started))
        output.note("ief033i", jobname=info.jobname, at=julian(now), cpu=cpu_time(self._cpu))
        if failed:
            output.say(now, "ief453i", jobname=info.jobname, time=clock(now))
            output.say(now, "hasp395.jcl", jobname=info.jobname)
            return Completion(CompletionKind.JCL_ERROR)
        if self.services.config.job_started_messages:
            output.say(now, "ief404i", jobname=info.jobname, time=clock(now))
        completion = self._completion(job)
        if completion.kind is CompletionKind.ABEND:
            code = completion.abend if completion.abend.startswith("U") else f"S{completion.abend}"
            output.say(now, "hasp395.abend", jobname=info.jobname, code=code)
        else:
            output.say(now, "hasp395.rc", jobname=info.jobname, rc=completion.rc)
        return completion

    def _completion(self, job: ConvertedJob) -> Completion:
        abends = [outcome.abend for outcome in self._outcomes if outcome.abend]
        if abends:
            return Completion(CompletionKind.ABEND, abend=abends[-1].removeprefix("S"))
        run = [outcome for outcome in self._outcomes if outcome.rc is not None]
        codes = [outcome.rc or 0 for outcome in run]
        if job.job.jobrc[:1] == ("LASTRC",):
            codes = codes[-1:]
        elif job.job.jobrc[:1] == ("STEP",):
            _, name, procstep = (*job.job.jobrc, "", "")[:3]
            named = [outcome.rc or 0 for outcome in run if outcome.name == name and procstep in {"", outcome.procstep}]
            codes = named or codes
        return Completion(CompletionKind.RC, rc=max(codes, default=0))

    def _finish(self, completion: Completion) -> None:
        executed = self._was_started
        abnormal = completion.kind is not CompletionKind.RC
        minutes = (self._meter()[0] - self._ticks) / 60 if executed else 0.0
        files = self._output.files(abnormal=abnormal, started=self._started if executed else None, minutes=minutes)
        self.step = None
        if not self.services.claims.finish(self.claim, completion, files, self.services.now()):
            _LOG.warning("job %s was taken over while it executed here; its output is dropped", self.info.jobid)
            return
        Endings(self.services).notify(self.info, completion, self._notifies, self._outcomes)
