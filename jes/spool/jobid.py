"""Job numbers: one pool of numbers for all ids, handed out in order, wrapping, skipping those in use.

Source: jes-and-jcl.md 3.1 (JOBDEF RANGE).
Rules: called inside the transaction that inserts the job, so no two systems can hand out the same number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jes.errors import JobNumbersExhausted
from jes.names import jobid


@dataclass(frozen=True, slots=True)
class NumberRange:
    """JOBDEF RANGE=(low,high). A range above 99999 gives all ids seven digits."""

    low: int = 1
    high: int = 99999

    @property
    def is_wide(self) -> bool:
        """Tell whether ids have the J0nnnnnn form."""
        return self.high > 99999

    def following(self, last: int) -> int:
        """Return the number after `last`, wrapping."""
        return last + 1 if self.low <= last < self.high else self.low

    def next_free(self, last: int, is_used: Callable[[int], bool]) -> int:
        """Return the first free number after `last`.

        Raises JobNumbersExhausted when the whole range is in use.
        """
        number = self.following(last)
        for _ in range(self.high - self.low + 1):
            if not is_used(number):
                return number
            number = self.following(number)
        raise JobNumbersExhausted(self.low, self.high)

    def jobid(self, number: int, prefix: str = "JOB") -> str:
        """Return the id of a number."""
        return jobid(number, prefix, wide=self.is_wide)
