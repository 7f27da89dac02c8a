"""One step: allocation, program, return code or abend, dispositions, and the messages of each.

Source: jes-and-jcl.md 3.9, 3.10, 4.13 item 5.
Rules: whatever a program does, the step ends with a return code or an abend, its sinks are closed and its data sets disposed of.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jes import programs
from jes.abenddump import write_dump
from jes.allocation import StepAllocation
from jes.disposition import Disposer
from jes.errors import Abend, AllocationRefused
from jes.hosttext import to_text
from jes.interrupting import interrupting
from jes.jcl.conditions import Outcome
from jes.jcl.model import ConvertedJob, Dd, Step
from jes.job import MAX_RC
from jes.jobdata import JobData
from jes.messages import text
from jes.opendd import Place, SysoutDd, abend_of
from jes.output import JobOutput
from jes.services import Services
from jes.spool.joblog import clock, cpu_time, julian
from jes.spool.store import SpoolWriter
from jes.stepcontext import OpenDd, Program, StepContext
from jes.symptomdump import symptoms
from mvsfs.access import Requester
from mvsfs.errors import DuplicateKey, MvsError, OutOfSequence, RecordNotFound, VsamFull
from saf.profiles import Acee

_LOG = logging.getLogger(__name__)
#: Storage figures of IEF032I; they stand for a small batch step and mean nothing here.
_STORAGE = {
    "virt": 60, "system": 240, "ext": 0, "extsys": 11548, "real": 8, "slots": 0, "alloc": 10, "shared": 0,
}  # fmt: skip


@dataclass(slots=True)
class StepRun:
    """One step of a running job."""

    services: Services
    job: ConvertedJob
    step: Step
    index: int
    data: JobData
    output: JobOutput
    who: Requester
    acee: Acee
    cancelled: Callable[[], bool]
    forced: Callable[[], Outcome | None] = lambda: None
    address_space: int = 0  # the number that messages show for the initiator
    cpu_allowed: float | None = None  # seconds that TIME= allows (steptime.py); None: no limit
    cpu_seconds: float = 0.0
    elapsed_seconds: float = 0.0
    submitted: list[str] = field(default_factory=list)
    show: Callable[[Sequence[SpoolWriter]], None] = lambda _files: None  # makes output visible before the job ends

    def run(self) -> Outcome | None:
        """Run the step and return how it ended; None when allocation failed, which ends the job."""
        self._identify()
        meter = self.services.config.meter
        limit, begun = self.cpu_allowed, meter()[1]
        place = Place(self.services.mvs, self.who, self.step.innermost, self.services.device, self.cancelled)
        place.over_budget = self._over_budget
        if limit is not None:
            place.cpu_left = lambda: limit - (meter()[1] - begun)
        allocation = StepAllocation(self.job, self.step, self.index, self.data, self.output, place)
        disposer = Disposer(self.data, self.output, self.who)
        self.data.begin_step()
        try:
            dds = allocation.allocate()
        except AllocationRefused as refusal:
            self.output.note(refusal.key, **refusal.facts)
            self._note("ief272i")
            disposer.undo(allocation.done)
            return None
        except BaseException:  # a fault of ours: the job ends, and what it had must not stay as it is
            disposer.undo(allocation.done)
            raise
        started = self.services.now()
        ticks, cpu = meter()
        try:
            outcome = self._execute(dds, allocation, place)
        except BaseException:
            disposer.end_step(allocation.done, abnormal=True)
            raise
        self.elapsed_seconds, self.cpu_seconds = meter()[0] - ticks, meter()[1] - cpu
        disposer.end_step(allocation.done, abnormal=bool(outcome.abend))
        for dd in dds.values():
            self._spin(dd)
        ended = self.services.now()
        self.output.note("ief373i", step=self.step.innermost, at=julian(started))
        facts = {"step": self.step.innermost, "at": julian(ended), "cpu": cpu_time(self.cpu_seconds), **_STORAGE}
        self.output.note("ief032i", **facts)
        return outcome

    def _identify(self) -> None:
        """Tell RACF which program the user runs now: WHEN(PROGRAM) of conditional access lists asks for it."""
        acee = self.services.saf.running(self.acee, self._program_name())
        if acee != self.acee:
            self.acee, self.who = acee, replace(self.who, token=acee)

    def _execute(self, dds: dict[str, OpenDd], allocation: StepAllocation, place: Place) -> Outcome:
        try:
            rc = self._call(dds, allocation, place)
            for dd in dds.values():
                self._to_reader(dd)
        except Abend as abend:
            outcome = self._abended(abend, dds)
        else:
            self._note("ief142i", rc=rc)
            return Outcome(self.step.name, self.step.procstep, rc=rc)
        # readers that the program left in its frames give their names up now, not in somebody's transaction
        gc.collect()
        return outcome

    def _call(self, dds: dict[str, OpenDd], allocation: StepAllocation, place: Place) -> int:
        try:
            context = self._context(dds, allocation, place)  # it reads what PARMDD= names, which may fail like any OPEN
            program = self._program(context)
            place.opens_vsam = program.opens_vsam
            forced = self.forced()
            place.check()
            if forced is not None:
                if forced.abend:
                    raise Abend(forced.abend.removeprefix("S"))
                return forced.rc or 0
            rc = self._guarded(program, context, place)
            place.check()
            return rc % (MAX_RC + 1)
        finally:
            self._close(place)

    def _guarded(self, program: Program, context: StepContext, place: Place) -> int:
        try:
            if not program.interrupted:
                return int(program.run(context) or 0)
            with interrupting(context.cancelled, context.cpu_left()):
                return int(program.run(context) or 0)
        except Abend:
            raise
        except MvsError as error:
            if isinstance(error, _UNHANDLED):
                raise _failed(context, error) from error
            raise abend_of(error, _where(error, context, place)) from error
        except SystemExit as ended:  # sys.exit(8) is how a program in Python tells its return code
            if isinstance(ended.code, str):
                context.write_joblog(f"+{ended.code}")
            return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a program's own error must end the step, not the initiator
            _LOG.warning("program %s of job %s raised", context.program, context.jobid, exc_info=True)
            raise _failed(context, error) from error

    def _options(self) -> dict[str, object]:
        """Return what the installation says about programs, and its programs: a command may call them too."""
        config = self.services.config
        return {"programs": config.programs, **config.program_options}

    def _close(self, place: Place) -> None:
        failure: Abend | None = None
        for reader in place.readers:
            reader.close()
        place.readers.clear()
        for sink in place.sinks:
            try:
                sink.close()
            except Abend as abend:
                failure = failure or abend
            except MvsError as error:
                failure = failure or abend_of(error, f"{self.who.jobname},{self.step.innermost}")
        place.sinks.clear()
        if failure is not None:
            raise failure

    def _program(self, context: StepContext) -> Program:
        try:
            program = programs.find(context.program, self.services.config.programs)
        except (ImportError, AttributeError):  # the installation names a module that is not there
            _LOG.warning("program %s cannot be loaded", context.program, exc_info=True)
            program = None
        if program is None:
            facts: dict[str, object] = {"jobname": context.jobname, "stepname": context.stepname}
            raise Abend("806", 4, (("csv003i", {"module": context.program}), ("csv028i", facts)))
        return program

    def _context(self, dds: dict[str, OpenDd], allocation: StepAllocation, place: Place) -> StepContext:
        def allocate(dd: Dd) -> OpenDd:
            opened = allocation.allocate_dd(dd)
            allocation.tell()
            dds[dd.ddname] = opened
            return opened

        def free(ddname: str) -> bool:
            opened = dds.pop(ddname.upper(), None)
            mine = [one for one in allocation.done if one.open is opened and opened is not None]
            Disposer(self.data, self.output, self.who).end_step(mine, abnormal=False)
            self._released(opened)
            return opened is not None

        now = self.services.now
        return StepContext(
            jobname=self.job.job.jobname, jobid=self.output.info.jobid, stepname=self.step.name, procstep=self.step.procstep,
            program=self._program_name(), parm=self._parm(dds), userid=self.who.userid, acee=self.acee, who=self.who,
            mvs=self.services.mvs, saf=self.services.saf, jes=self.services.reader, now=now, dds=dds,
            joblog=lambda line: self.output.log.write(now(), line), sysmsg=self.output.messages.write, allocate=allocate,
            free=free, cancelled=self.cancelled, cpu_left=place.cpu_left, options=self._options(),
            pause=lambda seconds: self.services.config.pause(seconds, self.cancelled),
            call=lambda program, context: self._guarded(program, context, place),
        )  # fmt: skip

    def _program_name(self) -> str:
        referred = self.data.referred(self.step.program_reference)
        if referred is not None:
            return referred.statement.member or referred.dsname.rpartition(".")[2]
        return self.step.program

    def _parm(self, dds: dict[str, OpenDd]) -> str:
        if not self.step.parmdd or (dd := dds.get(self.step.parmdd)) is None:
            return self.step.parm
        return "".join(to_text(record).rstrip() for record in dd.records())

    def _spin(self, dd: OpenDd) -> None:
        """Take the output of FREE=CLOSE and SPIN=UNALLOC out of the job: it is complete now."""
        if isinstance(dd, SysoutDd) and dd.spool is not None and not dd.is_intrdr:
            sysout = dd.statement.sysout
            if dd.statement.free_close or (sysout is not None and sysout.spin == "UNALLOC"):
                self.show(self.output.spin(dd.spool))

    def _released(self, dd: OpenDd | None) -> None:
        """Give output that a program frees to JES at once [TSO FREE]."""
        if isinstance(dd, SysoutDd) and dd.spool is not None:
            if dd.is_intrdr:
                self._to_reader(dd)
            else:
                self.show(self.output.spin(dd.spool))

    def _over_budget(self) -> bool:
        """Tell whether the job wrote more than it may and ends for it; a mere estimate is only told to be exceeded."""
        what = self.output.budget.exceeded()
        if what:
            self.output.tell_exceeded(self.services.now(), what)
        return bool(what) and self.output.budget.cancels

    def _to_reader(self, dd: OpenDd) -> None:
        """Submit what a SYSOUT=(,INTRDR) data set holds."""
        if isinstance(dd, SysoutDd) and dd.is_intrdr and dd.spool is not None:
            self.submitted += self.services.reader.submit(self.acee, dd.spool.replay())
            self.output.discard_sysout(dd.spool)

    def _abended(self, abend: Abend, dds: Mapping[str, OpenDd]) -> Outcome:
        now = self.services.now()
        for key, facts in abend.messages:
            self.output.log.write(now, text(key, **facts))
            self.output.note(key, **facts)
        if (dump := symptoms(abend, now, self.address_space, next(self.services.abends))) is not None:
            self.output.say(now, "iea995i", **dump)
            self.output.note("iea995i", **dump)
            job, step = self.output.info, self.step.innermost
            write_dump(dds, abend, dump, now, jobname=job.jobname, stepname=step, jobid=job.jobid, userid=self.who.userid)
        code = "S" + abend.system_code if not abend.is_user else "S000"
        facts = {"jobname": self.job.job.jobname, "step": self.step.messages_name, "reason": abend.reason}
        self.output.say(now, "ief450i", code=code, user=abend.user_code, time=clock(now), **facts)
        self._note("ief472i", system=abend.system_code, user=abend.user_code, reason=abend.reason)
        return Outcome(self.step.name, self.step.procstep, abend=abend.code if abend.is_user else code)

    def _note(self, key: str, **facts: object) -> None:
        self.output.note(key, jobname=self.job.job.jobname, step=self.step.messages_name, **facts)


#: Errors of a record in a VSAM data set: a program that does not handle them fails, OPEN has not.
_UNHANDLED = (DuplicateKey, OutOfSequence, RecordNotFound, VsamFull)


def _failed(context: StepContext, error: BaseException) -> Abend:
    """Return the abend of a program that ended with an error of its own."""
    facts: dict[str, object] = {"program": context.program, "error": f"{type(error).__name__}: {error}"}
    return Abend("U4038", 1, (("cee3250c", facts),))


def _where(error: MvsError, context: StepContext, place: Place) -> str:
    """Return what IEC messages say of a data set that a program opened by its name: its DD, when the step has one for it."""
    dsname = getattr(error, "dsname", "")
    parts = (part for dd in context.dds.values() for part in dd.concatenation if dsname and part.dsname == dsname)
    part = next(parts, None)
    return place.where(part.ddname, part.info, dsname, part.member) if part else f"{context.jobname},{context.stepname}"
