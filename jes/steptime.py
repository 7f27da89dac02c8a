"""The processor time that the steps of one job may use: TIME= of JOB, of a step, and of a call of a procedure.

Source: [JCLREF] TIME on JOB and EXEC. Rules: what a procedure's TIME= allows is used up by its steps together; TIME=0 gives a
step what the one before it left over.
"""

from __future__ import annotations

from jes.jcl.model import Step

#: TIME=1440 is a day: no limit.
_NO_LIMIT = 1440


class StepTimes:
    """The CPU seconds that are left as a job goes on; None stands for no limit."""

    def __init__(self, job: str) -> None:
        """Begin with TIME= of the job, as coded or as its class has it."""
        self._job = time_limit(job)
        self._calls: dict[int, float | None] = {}
        self._left_over: float | None = None

    def allowed(self, step: Step) -> float | None:
        """Return how long `step` may use the processor, which may be nothing at all."""
        limits = (self._own(step), self._job)
        return min((limit for limit in limits if limit is not None), default=None)

    def used(self, step: Step, seconds: float) -> None:
        """Take off what `step` has used."""
        own = self._own(step)
        self._left_over = None if own is None else max(own - seconds, 0.0)
        if step.time_of:
            self._calls[step.time_of] = self._left_over
        if self._job is not None:
            self._job -= seconds

    def _own(self, step: Step) -> float | None:
        if step.time_of in self._calls:
            return self._calls[step.time_of]
        if not step.time_of and step.time and not any(part.strip("0") for part in step.time.split(",")):
            return self._left_over
        return time_limit(step.time)


def time_limit(operand: str) -> float | None:
    """Return the CPU seconds that TIME=minutes or TIME=minutes,seconds allows; None for no limit (1440, NOLIMIT, MAXIMUM, 0)."""
    minutes, _, seconds = operand.strip("()").partition(",")
    if not (minutes or "0").isdecimal() or not (seconds or "0").isdecimal() or int(minutes or 0) >= _NO_LIMIT:
        return None
    return int(minutes or 0) * 60.0 + int(seconds or 0) or None
