"""The output of one job while it is made: its log, its system messages, its SYSOUT, their keys and classes.

Keys: 2 JESMSGLG, 3 JESJCL, 4 JESYSMSG; in-stream data sets count from 101 in reading order, SYSOUT goes on from there.
Source: jes-and-jcl.md 3.4 - 3.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

from jes.config import JesConfig
from jes.jcl.model import ConvertedJob, JobOperands
from jes.jecl import JobParameters, parameters
from jes.job import JobInfo
from jes.messages import text
from jes.spool.joblog import JobLog, SystemMessages
from jes.spool.store import OutputBudget, SpoolPlace, SpoolWriter
from jes.spool.sysout import disposition, is_held
from mvsfs.dcb import Dcb
from mvsfs.storage.content import ContentStore

FIRST_DATA_KEY = 101
#: The system data sets that JESDS= of an OUTPUT statement means.
_JESDS = {
    "ALL": ("JESMSGLG", "JESJCL", "JESYSMSG"), "LOG": ("JESMSGLG",), "JCL": ("JESJCL",), "MSG": ("JESYSMSG",),
}  # fmt: skip
_THOUSAND = 1000
#: The output of the job that runs in this thread: security's messages go into its log.
CURRENT: ContextVar[JobOutput | None] = ContextVar("current job output", default=None)


#: Where one more copy of a data set goes, and the OUTDISP of its OUTPUT statement.
Group = tuple[SpoolPlace, str]


@dataclass(slots=True)
class _Sysout:
    """A SYSOUT data set that is being written, with what its OUTPUT statements ask for. hold: HOLD=YES of the DD."""

    writer: SpoolWriter
    outdisp: str = ""
    hold: bool = False
    groups: Sequence[Group] = ()


class JobOutput:
    """What a job has written so far."""

    def __init__(self, info: JobInfo, config: JesConfig, content: ContentStore) -> None:
        """Begin an empty log."""
        self.info = info
        self.config = config
        self.log = JobLog(info.jobid, config.sysname, config.node, config.name)
        self.messages = SystemMessages()
        self.listing: list[str] = []
        self.cards = 0
        self.next_key = FIRST_DATA_KEY
        self.msgclass = info.msgclass
        self.parameters = JobParameters()
        self.budget = OutputBudget()
        self._content = content
        self._jesds: dict[str, list[Mapping[str, str]]] = {}  # OUTPUT statements with JESDS=, by system data set
        self._unwanted: set[str] = set()  # system data sets that NOLOG or JESLOG=SUPPRESS leave out
        self._notes = 1  # MSGLEVEL's second value
        self._exceeded = False
        self._open: list[_Sysout] = []

    def take_converted(self, job: ConvertedJob) -> None:
        """Take over listing, messages and in-stream data sets, whose keys come before those of SYSOUT."""
        self.listing = list(job.listing)
        self.cards = job.cards
        self.next_key = FIRST_DATA_KEY + job.data_sets
        if job.job.msgclass:
            self.msgclass = job.job.msgclass
        self._notes = job.msglevel[1]
        self.parameters = parameters(job.jecl, self.config.node)
        self.budget = _budget(job.job, self.parameters)
        if self.parameters.no_log:
            self._unwanted.add("JESMSGLG")
        if job.job.other.get("JESLOG", "").strip("()") == "SUPPRESS":
            self._unwanted |= {"JESMSGLG", "JESYSMSG"}
        for statement in job.outputs:
            for ddname in _JESDS.get(statement.operands.get("JESDS", ""), ()):
                self._jesds.setdefault(ddname, []).append(statement.operands)
        self.messages.converter((message.statement, message.text) for message in job.messages)

    def say(self, moment: datetime, key: str, /, **facts: object) -> None:
        """Write a message to JESMSGLG."""
        self.log.write(moment, text(key, **facts))

    def tell_exceeded(self, moment: datetime, what: str) -> None:
        """Say once that the job writes more than was estimated."""
        if not self._exceeded:
            self._exceeded = True
            self.say(moment, "hasp375", jobname=self.info.jobname, what=what)

    def note(self, key: str, /, **facts: object) -> None:
        """Write a message of allocation or termination to JESYSMSG."""
        self.messages.write(text(key, **facts), optional=True)

    def spool_dsname(self, key: int, qualifier: str = "?") -> str:
        """Return the name that disposition messages show."""
        return f"{self.info.owner}.{self.info.jobname}.{self.info.jobid}.D{key:07d}.{qualifier}"

    def sysout(
        self, place: SpoolPlace, dcb: Dcb, *, limit: int = 0, outdisp: str = "", hold: bool = False, groups: Sequence[Group] = ()
    ) -> SpoolWriter:
        """Open a SYSOUT data set; its key has been taken with `take_key`. groups: where further copies of it go."""
        writer = SpoolWriter(place, dcb, self._content, limit=limit, budget=self.budget)
        self._open.append(_Sysout(writer, outdisp, hold, groups))
        return writer

    def take_key(self) -> int:
        """Return the next spool key."""
        key = self.next_key
        self.next_key += 1
        return key

    def discard_sysout(self, writer: SpoolWriter) -> None:
        """Drop a SYSOUT data set that goes elsewhere (the internal reader)."""
        self._open = [row for row in self._open if row.writer is not writer]
        writer.discard()

    def files(self, *, abnormal: bool, started: datetime | None, minutes: float) -> list[SpoolWriter]:
        """Close everything and return the spool data sets that stay, in key order."""
        kept: list[SpoolWriter] = []
        for row in self._open:
            kept.extend(self._dispose(row, abnormal))
        if not self._notes and not abnormal:
            self.messages.drop_optional()
        punches = sum(row.writer.records for row in self._open if self.config.out_class(row.writer.place.sysout_class).punch)
        prints = sum(row.writer.records for row in self._open) - punches
        prints += len(self.log.lines) + 6 + len(self.listing) + len(self.messages.lines)
        size = sum(row.writer.bytes for row in self._open)
        self.log.statistics(started, self.cards, prints, (size + 1023 + 100 * prints // 10) // 1024, minutes, punches)
        system = (
            self._system(2, "JESMSGLG", Dcb.of("UA", 133, 133), self.log.lines),
            self._system(3, "JESJCL", Dcb.of("V", 136, 140), self.listing),
            self._system(4, "JESYSMSG", Dcb.of("VA", 137, 141), self.messages.lines),
        )
        for row in system:
            if row.writer.place.ddname in self._unwanted:
                row.writer.discard()
            else:
                kept.extend(self._dispose(row, abnormal))
        return sorted(kept, key=lambda writer: writer.place.key)

    def spin(self, writer: SpoolWriter) -> list[SpoolWriter]:
        """Take a data set out of the job's output that is to be seen at once; empty when nothing of it stays."""
        found = [row for row in self._open if row.writer is writer]
        self._open = [row for row in self._open if row.writer is not writer]
        return [kept for row in found for kept in self._dispose(row, abnormal=False)]

    def _dispose(self, row: _Sysout, abnormal: bool) -> list[SpoolWriter]:
        """Return what stays of a data set: itself and its copies, each as its class and OUTDISP say."""
        if row.writer.is_empty:
            row.writer.discard()  # JES2 makes no output of a data set without records
            return []
        kept = []
        for place, outdisp in row.groups:
            copy = SpoolWriter(place, row.writer.dcb, self._content)
            copy.put_many(row.writer.replay())
            kept += self._placed(copy, abnormal, outdisp, row.hold)
        return self._placed(row.writer, abnormal, row.outdisp, row.hold) + kept

    def _placed(self, writer: SpoolWriter, abnormal: bool, outdisp: str, hold: bool) -> list[SpoolWriter]:
        name = disposition(self.config, writer.place.sysout_class, abnormal=abnormal, outdisp=outdisp)
        if name == "PURGE":
            writer.discard()
            return []
        held = is_held(name, hold)
        if held != writer.place.held:
            writer.place = replace(writer.place, held=held)
        return [writer]

    def _system(self, key: int, ddname: str, dcb: Dcb, lines: Iterable[str]) -> _Sysout:
        first, *more = self._jesds.get(ddname) or [{}]
        writer = SpoolWriter(self._system_place(key, ddname, first), dcb, self._content)
        writer.put_lines(lines)
        groups = [(self._system_place(self.take_key(), ddname, other), other.get("OUTDISP", "")) for other in more]
        return _Sysout(writer, first.get("OUTDISP", ""), False, groups)

    def _system_place(self, key: int, ddname: str, operands: Mapping[str, str]) -> SpoolPlace:
        output_class = operands.get("CLASS", "*").replace("*", self.msgclass)
        return SpoolPlace(
            key, ddname, "JES2", "", output_class, ddname,
            destination=operands.get("DEST", "") or self.parameters.print_dest or "LOCAL",
            writer=operands.get("WRITER", ""), form=operands.get("FORMS", "") or self.parameters.forms,
        )  # fmt: skip


def _budget(job: JobOperands, asked: JobParameters) -> OutputBudget:
    """Return what LINES= and BYTES= of the JOB statement allow, or /*JOBPARM, which only warns; both count thousands."""
    lines, line_action = _limit(job.other.get("LINES", ""))
    size, byte_action = _limit(job.other.get("BYTES", ""))
    return OutputBudget(
        (lines if lines is not None else asked.lines or 0) * _THOUSAND,
        (size if size is not None else asked.bytes or 0) * _THOUSAND,
        bool({line_action, byte_action} & {"CANCEL", "DUMP"}),
    )


def _limit(operand: str) -> tuple[int | None, str]:
    """Return number and action of LINES=(n,CANCEL)."""
    number, _, action = operand.strip("()").partition(",")
    return (int(number) if number.isdecimal() else None), action
