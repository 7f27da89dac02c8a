"""The message data set of a utility: lines with a control character in front, into SYSPRINT or its like.

Source: jes-and-jcl reference 5.1 (print conventions). Rules: the caller writes the control character; a job without the DD
loses the lines and nothing else.
"""

from __future__ import annotations

from jes.errors import Abend
from jes.hosttext import to_host
from jes.stepcontext import RecordSink, StepContext
from jes.utilities.texts.table import line
from mvsfs.dcb import Dcb


class Sysprint:
    """An open message data set. A context manager: leaving it closes."""

    def __init__(self, step: StepContext, ddname: str = "SYSPRINT", dcb: Dcb | None = None) -> None:
        """Open `ddname` with this DCB (FBA 121 when not given)."""
        self._cancelled = step.cancelled
        dd = step.dd(ddname)
        self._sink: RecordSink | None = dd.writer(dcb or Dcb.of("FBA", 121)) if dd is not None else None
        self._limit = self._sink.dcb.data_length or 121 if self._sink is not None else 0

    def put(self, *lines: str) -> None:
        """Write lines, each with its control character in column 1; what does not fit is cut.

        A program that tells of its work can be cancelled there. Raises Abend 222.
        """
        if self._cancelled():
            raise Abend("222")
        if self._sink is not None:
            for line in lines:
                self._sink.put(to_host(line)[: self._limit])

    def say(self, key: str, *facts: object, **named: object) -> None:
        """Write a line of the tables of words (texts/table.py)."""
        self.put(line(key, *facts, **named))

    def close(self) -> None:
        """End the data set."""
        if self._sink is not None:
            self._sink.close()

    def __enter__(self) -> Sysprint:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
