"""The internal reader: records in, jobs out.

    before a JOB card   records are dropped; /*PRIORITY and // comments are kept for the job that follows
    in a job            records are kept; the next JOB card ends the job and begins another
    in-stream data      a JOB card inside DD DATA, or inside a DLM, is data

Source: jes-and-jcl.md 1.2, 3.2 (/*EOF /*DEL /*PURGE /*SCAN), 4.1; the delimiter rules are those of the converter's reader.
Rules: nothing is on the spool before `close`, which makes all jobs visible in one transaction; `discard` leaves no trace.
Conversion is not done here: a job with JCL errors is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from jes.errors import ReaderClosed
from jes.hosttext import to_host
from jes.jcl import cards
from jes.jcl.reader import announces_data, delimiter_of, keeps_slashes

_SLASHES, _SLASH_STAR = to_host("//"), to_host("/*")
_SLASH = _SLASHES[0]
_BLANK = b"\x40"


@dataclass(slots=True)
class ReadJob:
    """The card images of one job. `scan`: /*SCAN came with it; `deleted`: /*DEL ended it; `group`: its name as a job group."""

    records: list[bytes] = field(default_factory=list)
    scan: bool = False
    deleted: bool = False
    group: str = ""


class InstreamScan:
    """Tells JCL from in-stream data, one record at a time."""

    def __init__(self) -> None:
        self._in_data = False
        self._delimiter = b""
        self._keeps_slashes = False
        self._operands: list[str] = []  # of a DD or XMIT statement that goes on, card by card
        self._is_xmit = False
        self.statement: cards.Card | None = None  # the record looked at last, taken apart: neither data nor a delimiter

    def is_data(self, record: bytes) -> bool:
        """Tell whether the record is in-stream data."""
        self.statement = None
        if self._in_data:
            if not self._ends_data(record):
                return True
            self._in_data = False
            if record[:2] != _SLASHES or self._keeps_slashes:
                return False  # the delimiter itself
        if record[:2] == _SLASHES:
            self._statement(cards.image(record))
        return False

    def _ends_data(self, record: bytes) -> bool:
        head = record[:2]
        if head == _SLASHES and not self._keeps_slashes:
            return True
        return record.startswith(self._delimiter) if self._delimiter else head == _SLASH_STAR

    def _statement(self, card: str) -> None:
        if cards.is_comment(card):
            return
        if self._operands and cards.is_continuation(card):
            self._take(cards.take_operands(cards.resume(card, False) or "")[0])
            return
        self._operands = []
        self.statement = parts = cards.split(card)
        if parts.operation in {"DD", "XMIT"}:
            self._is_xmit = parts.operation == "XMIT"
            self._take(cards.take_operands(parts.field)[0])

    def _take(self, more: str) -> None:
        self._operands.append(more)
        if more.endswith(","):
            return
        operands, self._operands = "".join(self._operands), []
        if not self._is_xmit and not announces_data(operands):
            return
        self._in_data = True
        self._keeps_slashes = self._is_xmit or keeps_slashes(operands)
        self._delimiter = to_host(delimiter_of(operands))


class InternalReader:
    """One internal reader, from allocation to close."""

    def __init__(self, accept: Callable[[list[ReadJob]], list[str]], *, lrecl: int = 80, recfm: str = "F") -> None:
        """Give complete jobs to `accept` at close; short fixed records are padded to `lrecl`."""
        self._accept = accept
        self._lrecl = lrecl if recfm == "F" else 0
        self._jobs: list[ReadJob] = []
        self._before: list[bytes] = []
        self._scan = InstreamScan()
        self._job: ReadJob | None = None
        self._closed = False
        self.records = 0

    def put(self, record: bytes) -> None:
        """Read one record. Raises ReaderClosed."""
        if self._closed:
            raise ReaderClosed
        self.records += 1
        if len(record) < self._lrecl:
            record = record.ljust(self._lrecl, _BLANK)
        if self._job is None:
            self._between_jobs(record)
        elif self._scan.is_data(record):
            self._job.records.append(record)
        elif record[:1] and record[0] == _SLASH:
            self._card(record)
        else:
            self._job.records.append(record)

    def put_many(self, records: Iterable[bytes]) -> None:
        """Read many records."""
        for record in records:
            self.put(record)

    def _between_jobs(self, record: bytes) -> None:
        card = cards.image(record)
        if _is_job(card):
            self._begin(record)
        elif cards.split(card).operation == "JOBGROUP":
            self._begin_group(record, cards.split(card).name)
        elif (control := cards.jecl(card)) is not None and control[0] == "PRIORITY":
            self._before = [record]
        elif not cards.is_comment(card):
            self._before = []

    def _card(self, record: bytes) -> None:
        assert self._job is not None
        statement = self._scan.statement
        if statement is not None and statement.operation == "JOBGROUP":
            self._end()
            self._begin_group(record, statement.name)
            return
        if statement is not None and statement.operation != "JOB":
            self._job.records.append(record)
            if self._job.group and statement.operation == "ENDGROUP":
                self._end()
            return
        card = cards.image(record)
        control = cards.jecl(card)
        if _is_job(card):
            self._end()
            self._begin(record)
        elif control is None:
            self._job.records.append(record)
        elif control[0] == "PRIORITY":  # it belongs to the JOB card that must follow at once
            self._end()
            self._before = [record]
        elif control[0] in {"EOF", "DEL", "PURGE", "SCAN"}:
            self._control(control[0])
        else:
            self._job.records.append(record)

    def _control(self, keyword: str) -> None:
        assert self._job is not None
        if keyword == "SCAN":
            self._job.scan = True
        elif keyword == "PURGE":
            self._job = None
            return
        elif keyword == "DEL":
            self._job.deleted = True
        self._end()

    def _begin(self, record: bytes) -> None:
        self._job = ReadJob([*self._before, record])
        self._before = []
        self._scan = InstreamScan()

    def _begin_group(self, record: bytes, name: str) -> None:
        self._begin(record)
        assert self._job is not None
        self._job.group = name[:8] or "JOBGROUP"

    def _end(self) -> None:
        if self._job is not None:
            self._jobs.append(self._job)
        self._job = None

    def close(self) -> list[str]:
        """Submit what was read and return the ids of its jobs, in order; [] when there was no JOB card."""
        if self._closed:
            raise ReaderClosed
        self._closed = True
        self._end()
        return self._accept(self._jobs) if self._jobs else []

    def discard(self) -> None:
        """Forget everything that was read."""
        self._closed = True
        self._jobs, self._job, self._before = [], None, []


def _is_job(card: str) -> bool:
    return card.startswith("//") and card[2] not in " *" and cards.split(card).operation == "JOB"
