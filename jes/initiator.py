"""Initiators: threads that take jobs and run them; one more thread converts waiting jobs and watches over the others.

Source: jes-and-jcl.md 3.1.
Rules: the only threads of jes. A submission in this process wakes an initiator at once, one in another by a wake line; work that
a stranger's process brought is found by looking every `poll_seconds`. While one submission follows another, sessions go first: an
initiator takes its next job when none has come for a moment (pace.py), or after YIELD_SECONDS at the latest. Stopping lets
executing jobs end, or cancels them when asked to.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from jes.endings import Endings
from jes.execution import JobRun
from jes.job import Completion, CompletionKind, JobInfo, StepNow
from jes.leftovers import take_back
from jes.messages import text
from jes.pace import Pace
from jes.services import Services
from jes.spool import groups
from jes.spool.claims import Claim
from jes.spool.schedule import let_go

_LOG = logging.getLogger(__name__)
_FIRST_ASID = 100
#: How long a job of another process waits before it is taken: it may be the first of a burst.
FIRST_SECONDS = 0.01
#: How long initiators let a burst of submissions go first.
YIELD_SECONDS = 0.25
_asids = itertools.count(_FIRST_ASID)


@dataclass(slots=True)
class Running:
    """One executing job of this process."""

    claim: Claim
    jobid: str
    init: str
    cancelled: threading.Event = field(default_factory=threading.Event)
    run: JobRun | None = None
    noted: StepNow | None = None  # the step that the spool knows of


class Initiators:
    """All initiators of this process."""

    def __init__(self, services: Services) -> None:
        """Start nothing yet."""
        self._services = services
        self._work = threading.Condition()
        self._signal = self._news = 0
        self._stopping = self._cancelling = False
        self._threads: list[threading.Thread] = []
        self._drained: set[str] = set(services.config.drained)
        self._pace = Pace()
        self._classes: dict[str, tuple[str, ...]] = {name: _classes(c) for name, c in services.config.initiators.items()}
        self._running: dict[int, Running] = {}
        self._owed: list[Callable[[], object]] = []  # what the queue was not told of jobs, its database being full or locked
        self.on_wake: Callable[[], None] = lambda: None  # tells another process that has the initiators
        services.control.on_release = self.wake

    @property
    def served(self) -> tuple[str, ...]:
        """The classes that some initiator of this process takes."""
        live = (classes for name, classes in list(self._classes.items()) if name not in self._drained)
        return tuple(dict.fromkeys(itertools.chain.from_iterable(live)))

    def start(self) -> None:
        """Start the threads; harmless when they run."""
        if self._threads:
            return
        self._stopping = self._cancelling = False
        for name in list(self._classes):
            self._spawn(name)
        watch = threading.Thread(target=self._watch, name="JES2 converter", daemon=True)
        self._threads.append(watch)
        watch.start()

    def _spawn(self, name: str) -> None:
        thread = threading.Thread(target=self._serve, args=(name,), name=f"INIT {name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self, *, cancel: bool = True, seconds: float = 10.0) -> None:
        """Stop the threads; jobs that execute are cancelled unless they may end by themselves."""
        self._stopping, self._cancelling = True, cancel
        if cancel:
            for running in list(self._running.values()):
                running.cancelled.set()
        self.wake()
        for thread in self._threads:
            thread.join(seconds)
        self._threads.clear()

    def start_init(self, name: str, classes: str | None = None) -> None:
        """$SI: let an initiator take jobs, with another class list if one is given."""
        known = name in self._classes
        if classes is not None or not known:
            self._classes[name] = _classes(classes or "A")
        self._drained.discard(name)
        if not known and self._threads:
            self._spawn(name)
        self.wake()

    def stop_init(self, name: str) -> None:
        """$PI: let an initiator take no more jobs; the one it has ends first."""
        self._drained.add(name)
        self._services.console(text("hasp309", init=name, classes="".join(self._classes.get(name, ()))))

    def display(self, name: str = "") -> list[tuple[str, str, str]]:
        """Return name, status (ACTIVE, INACTIVE, DRAINED) and class list of the initiators, or of one."""
        busy = {running.init for running in list(self._running.values())}
        return [
            (one, "ACTIVE" if one in busy else "DRAINED" if one in self._drained else "INACTIVE", _shown(classes))
            for one, classes in list(self._classes.items())
            if name in {"", one}
        ]

    def wake(self) -> None:
        """Tell the threads that there may be work."""
        if self._threads:
            with self._work:
                self._signal += 1
                self._news += 1
                self._work.notify_all()
        self.on_wake()

    def _ended(self) -> None:
        """Tell the initiators that a job has ended, since one of its name may wait for that; to the converter it is no news."""
        with self._work:
            self._signal += 1
            self._work.notify_all()

    def submitted(self) -> None:
        """Tell the threads that jobs have come from a reader of this process."""
        self._pace.step()
        self.wake()

    def rung(self) -> None:
        """Tell the threads what another process has rung for; during a burst they need not hear of each job."""
        time.sleep(FIRST_SECONDS)
        self._give_way()
        self.wake()

    def _give_way(self) -> None:
        """Let a session that submits job after job go first, for a while."""
        limit = time.monotonic() + YIELD_SECONDS
        while not self._stopping:
            now = time.monotonic()
            quiet = self._pace.quiet_in(now)
            if quiet <= 0 or now >= limit:
                return
            time.sleep(quiet)

    def cancel(self, key: int) -> bool:
        """Cancel a job that executes here; tell whether one does."""
        running = self._running.get(key)
        if running is not None:
            running.cancelled.set()
        return running is not None

    def step_of(self, key: int) -> StepNow | None:
        """Return the step that a job of this process is in."""
        running = self._running.get(key)
        return running.run.now_in if running is not None and running.run is not None else None

    # the threads

    def _serve(self, name: str) -> None:
        worked = False
        while not self._stopping:
            seen = self._signal
            self._give_way()
            try:
                worked = name not in self._drained and self._one_job(name, likely=worked)
            except Exception:  # the spool may be locked or gone for a moment; an initiator outlives that
                _LOG.exception("initiator %s failed", name)
                worked = False
            if not worked:
                self._sleep(seen)

    def _sleep(self, seen: int) -> None:
        with self._work:
            if self._signal == seen and not self._stopping:
                self._work.wait(self._services.config.poll_seconds)

    def _one_job(self, name: str, *, likely: bool) -> bool:
        held = self._services.control.holds_input
        claim = self._services.claims.claim(self._classes[name], held, likely=likely)
        if claim is None:
            return False
        owed: Callable[[], object] = partial(self._services.claims.give_back, claim)
        try:
            info = self._services.queue.by_key(claim.key)
            if info is None:
                return True
            if self._services.control.is_held("INPUT", info.jobname):  # held between the look and the claim
                self._services.claims.give_back(claim)
                return False
            failed = Completion(CompletionKind.SYSTEM_FAILURE)
            owed = partial(self._services.claims.finish, claim, failed, (), self._services.now())
            self._run(claim, info, name)
        except Exception:
            self._owed.append(owed)
            raise
        self._ended()
        return True

    def _run(self, claim: Claim, info: JobInfo, name: str) -> None:
        running = Running(claim, info.jobid, name)
        self._running[claim.key] = running
        if self._cancelling:  # claimed while `stop` looked at the others
            running.cancelled.set()
        try:
            running.run = JobRun(self._services, claim, info, next(_asids), name, running.cancelled.is_set)
            running.run.run()
        finally:
            del self._running[claim.key]

    def _settle_owed(self) -> None:
        """Write down what could not be written when it was due: a job of ours that no initiator has must not stay ACTIVE."""
        for act in list(self._owed):
            act()
            with suppress(ValueError):  # another thread did so too, which does no harm
                self._owed.remove(act)

    def _watch(self) -> None:
        while not self._stopping:
            seen = self._news
            self._give_way()
            try:
                self.tend()
            except Exception:
                _LOG.exception("the converter failed")
            with self._work:
                self._work.wait_for(lambda: self._news != seen or self._stopping, self._services.config.poll_seconds)  # noqa: B023

    def tend(self) -> None:
        """Do once what the watching thread does: recover, convert, settle, pass on cancellations."""
        services, endings = self._services, Endings(self._services)
        self._settle_owed()
        if take_back(services):
            self.wake()
        if let_go(services.queue.engine, services.now()):
            self.wake()
        if groups.tend(services.queue.engine, services.queue.content, services.now()):
            self.wake()
        for key in services.claims.endings():
            _each(endings.settle, key)
        for key in services.claims.unconverted(self.served):
            _each(endings.convert_waiting, key)
        running: Sequence[Running] = list(self._running.values())
        for one in running:
            self._note_step(one)
        if running:
            wanted = {key for key, _ in services.claims.to_be_cancelled()}
            for one in running:
                if one.claim.key in wanted:
                    one.cancelled.set()

    def _note_step(self, running: Running) -> None:
        """Write down the step of a job that has been in it for a while: other processes list it, too."""
        run = running.run
        step = run.step if run is not None else None
        if run is not None and step is not None and step != running.noted:
            running.noted = step
            self._services.claims.at_step(running.claim, step.stepname, step.procname, run.step_started)


def _each(act: Callable[[int], None], key: int) -> None:
    """Act on one waiting job; what is wrong with it is not the others' business."""
    try:
        act(key)
    except Exception:
        _LOG.exception("the job with key %d could not be tended", key)


def _shown(classes: Sequence[str]) -> str:
    return ("" if all(len(name) == 1 for name in classes) else ",").join(classes)


def _classes(text_: str) -> tuple[str, ...]:
    """Return a class list: letters written together, or names of several letters separated by commas."""
    return tuple(part.strip() for part in text_.split(",") if part.strip()) if "," in text_ else tuple(text_)
