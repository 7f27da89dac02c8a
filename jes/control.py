"""The job clock in the hands of a test: stop jobs in INPUT or ACTIVE, let them go on, decide how they end.

    control.hold_in("ACTIVE")            every job stops when it has become ACTIVE; hold_in("INPUT") keeps jobs from being claimed
    control.hold_in("ACTIVE", "MYJOB*")  only those
    control.release()                    go on; release("MYJOB") one of them
    control.outcome("MYJOB", abend="S0C4")   also rc=8, jcl_error=True, security=True, system_failure=True, canceled=True
    control.outcome("MYJOB", seconds=90)     its first step takes so long (of virtual time, where the clock is virtual)
Rules: masks as JESJOBNAME. An outcome is used for every job of that name until it is taken back; with rc or abend its first
step ends so.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from jes.job import MAX_RC, Completion, CompletionKind
from jes.names import mask


@dataclass(frozen=True, slots=True)
class Verdict:
    """How jobs of a name end, and how long their first step takes."""

    rc: int | None = None
    abend: str = ""
    completion: Completion | None = None
    seconds: float = 0.0


class Control:
    """Holds and outcomes by job name."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._changed = threading.Condition()
        self._holds: dict[str, set[str]] = {"INPUT": set(), "ACTIVE": set()}
        self._verdicts: dict[str, Verdict] = {}
        self.on_release: Callable[[], None] = lambda: None

    def hold_in(self, state: str, jobname: str = "*") -> None:
        """Stop jobs of a name mask in INPUT or ACTIVE. Raises KeyError for another state."""
        with self._changed:
            self._holds[state.upper()].add(jobname.upper())

    def release(self, jobname: str | None = None) -> None:
        """Let jobs go on: all, or those held by this mask."""
        with self._changed:
            for masks in self._holds.values():
                if jobname is None:
                    masks.clear()
                else:
                    masks.discard(jobname.upper())
            self._changed.notify_all()
        self.on_release()

    def outcome(
        self,
        jobname: str,
        *,
        rc: int | None = None,
        abend: str = "",
        jcl_error: bool = False,
        security: bool = False,
        converter: bool = False,
        system_failure: bool = False,
        canceled: bool = False,
        seconds: float = 0.0,
    ) -> None:
        """Decide how jobs of this name end, or only how many seconds their first step takes; without any, take it back.

        Raises ValueError for a return code that no step can have, and for seconds that never pass.
        """
        if not 0 <= (rc or 0) <= MAX_RC:
            raise ValueError(f"no return code: {rc}")
        if not 0 <= seconds < math.inf:
            raise ValueError(f"no time: {seconds}")
        kinds = (
            (jcl_error, CompletionKind.JCL_ERROR),
            (security, CompletionKind.SECURITY_ERROR),
            (converter, CompletionKind.CONVERTER_ERROR),
            (system_failure, CompletionKind.SYSTEM_FAILURE),
            (canceled, CompletionKind.CANCELED),
        )
        kind = next((kind for wanted, kind in kinds if wanted), None)
        with self._changed:
            if rc is None and not abend and kind is None and not seconds:
                self._verdicts.pop(jobname.upper(), None)
            else:
                ending = Completion(kind) if kind else None
                self._verdicts[jobname.upper()] = Verdict(rc, abend.upper(), ending, seconds)

    def verdict(self, jobname: str) -> Verdict | None:
        """Return the decision about a job, or None."""
        with self._changed:
            return self._verdicts.get(jobname)

    def is_held(self, state: str, jobname: str) -> bool:
        """Tell whether a job has to stop in this state."""
        with self._changed:
            return self._matches(state, jobname)

    @property
    def holds_input(self) -> frozenset[str]:
        """The masks of jobs that must not be claimed."""
        return frozenset(self._holds["INPUT"])

    def release_waiters(self) -> None:
        """Have waiting jobs look whether they were cancelled."""
        with self._changed:
            self._changed.notify_all()

    def _matches(self, state: str, jobname: str) -> bool:
        return any(mask(pattern).match(jobname) for pattern in self._holds[state])

    def wait_in(self, state: str, jobname: str, cancelled: Callable[[], bool]) -> None:
        """Stand still while jobs of this name are held in this state and nobody cancels the job."""
        with self._changed:
            while self._matches(state, jobname) and not cancelled():
                self._changed.wait(0.05)
