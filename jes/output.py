"""The output of one job while it is made: its log, its system messages, its SYSOUT, their keys and classes.

Keys: 2 JESMSGLG, 3 JESJCL, 4 JESYSMSG; in-stream data sets count from 101 in reading order, SYSOUT goes on from there.
Source: jes-and-jcl.md 3.4 - 3.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import replace
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
        self._jesds: dict[str, Mapping[str, str]] = {}  # OUTPUT statements with JESDS=, by system data set
        self._unwanted: set[str] = set()  # system data sets that NOLOG or JESLOG=SUPPRESS leave out
        self._notes = 1  # MSGLEVEL's second value
        self._exceeded = False
        self._open: list[tuple[SpoolWriter, str, bool]] = []  # with OUTDISP and HOLD=YES

    def take_converted(self, job: ConvertedJob) -> None:
        """Take over listing, messages and in-stream data sets, whose keys come before those of SYSOUT."""
        self.listing = list(job.listing)
        self.cards = job.cards
        self.next_key = FIRST_DATA_KEY + len(job.instream)
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
                self._jesds.setdefault(ddname, statement.operands)
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

    def sysout(self, place: SpoolPlace, dcb: Dcb, *, limit: int = 0, outdisp: str = "", hold: bool = False) -> SpoolWriter:
        """Open a SYSOUT data set; its key has been taken with `take_key`."""
        writer = SpoolWriter(place, dcb, self._content, limit=limit, budget=self.budget)
        self._open.append((writer, outdisp, hold))
        return writer

    def take_key(self) -> int:
        """Return the next spool key."""
        key = self.next_key
        self.next_key += 1
        return key

    def discard_sysout(self, writer: SpoolWriter) -> None:
        """Drop a SYSOUT data set that goes elsewhere (the internal reader)."""
        self._open = [row for row in self._open if row[0] is not writer]
        writer.discard()

    def files(self, *, abnormal: bool, started: datetime | None, minutes: float) -> list[SpoolWriter]:
        """Close everything and return the spool data sets that stay, in key order."""
        kept: list[SpoolWriter] = []
        for writer, outdisp, hold in self._open:
            kept.extend(self._dispose(writer, abnormal, outdisp, hold))
        if not self._notes and not abnormal:
            self.messages.drop_optional()
        prints = sum(writer.records for writer, _, _ in self._open)
        prints += len(self.log.lines) + 6 + len(self.listing) + len(self.messages.lines)
        size = sum(writer.bytes for writer, _, _ in self._open)
        self.log.statistics(started, self.cards, prints, (size + 1023 + 100 * prints // 10) // 1024, minutes)
        system = (
            self._system(2, "JESMSGLG", Dcb.of("UA", 133, 133), self.log.lines),
            self._system(3, "JESJCL", Dcb.of("V", 136, 140), self.listing),
            self._system(4, "JESYSMSG", Dcb.of("VA", 137, 141), self.messages.lines),
        )
        for writer in system:
            if writer.place.ddname in self._unwanted:
                writer.discard()
                continue
            outdisp = self._jesds.get(writer.place.ddname, {}).get("OUTDISP", "")
            kept.extend(self._dispose(writer, abnormal, outdisp, hold=False))
        return sorted(kept, key=lambda writer: writer.place.key)

    def spin(self, writer: SpoolWriter) -> list[SpoolWriter]:
        """Take a data set out of the job's output that is to be seen at once; empty when nothing of it stays."""
        found = [row for row in self._open if row[0] is writer]
        self._open = [row for row in self._open if row[0] is not writer]
        return [kept for row in found for kept in self._dispose(writer, False, row[1], row[2])]

    def _dispose(self, writer: SpoolWriter, abnormal: bool, outdisp: str, hold: bool) -> list[SpoolWriter]:
        if writer.is_empty:
            writer.discard()  # JES2 makes no output of a data set without records
            return []
        name = disposition(self.config, writer.place.sysout_class, abnormal=abnormal, outdisp=outdisp)
        if name == "PURGE":
            writer.discard()
            return []
        held = is_held(name, hold)
        if held != writer.place.held:
            writer.place = replace(writer.place, held=held)
        return [writer]

    def _system(self, key: int, ddname: str, dcb: Dcb, lines: Iterable[str]) -> SpoolWriter:
        operands = self._jesds.get(ddname, {})
        output_class = operands.get("CLASS", "*").replace("*", self.msgclass)
        place = SpoolPlace(
            key, ddname, "JES2", "", output_class, ddname,
            destination=operands.get("DEST", "") or self.parameters.print_dest or "LOCAL",
            writer=operands.get("WRITER", ""), form=operands.get("FORMS", "") or self.parameters.forms,
        )  # fmt: skip
        writer = SpoolWriter(place, dcb, self._content)
        writer.put_lines(lines)
        return writer

    def discard(self) -> None:
        """Leave nothing."""
        for writer, _, _ in self._open:
            writer.discard()


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
    return (int(number) if number.isdigit() else None), action
