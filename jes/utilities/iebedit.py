"""IEBEDIT: copies jobs, or some of their steps, from a data set of jobs to another or to the internal reader.

    EDIT [START=jobname][,TYPE=POSITION|INCLUDE|EXCLUDE][,STEPNAME=(name,name-name,..)][,NOPRINT]

Source: [UTIL IEBEDIT]; messages [MVS38 IEBEDIT].
Rules: the JOB statement and what stands before the first step always go. Without a statement everything is copied. Return code
4 when a job or step was not found or a statement is wrong, 8 when a data set cannot be opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jes.hosttext import to_text
from jes.stepcontext import Program, StepContext
from jes.utilities.required import required
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

NOT_FOUND = WRONG = 4
ERROR = 8
_KEYWORDS = frozenset({"START", "TYPE", "STEPNAME"})
_TYPES = ("POSITION", "INCLUDE", "EXCLUDE")


@dataclass(slots=True)
class Job:
    """One job of the input: its first records, and its steps by name."""

    name: str = ""
    head: list[bytes] = field(default_factory=list)
    steps: list[tuple[str, list[bytes]]] = field(default_factory=list)

    def add(self, record: bytes) -> None:
        """Add a record to the step at hand."""
        (self.steps[-1][1] if self.steps else self.head).append(record)

    @property
    def records(self) -> list[bytes]:
        """All records."""
        return self.head + [record for _, records in self.steps for record in records]


def run(step: StepContext) -> int:
    """Edit SYSUT1 to SYSUT2."""
    with Sysprint(step) as sysprint:
        sysprint.say("IEBEDIT HEADING")
        source, target, sysin = (required(step, ddname) for ddname in ("SYSUT1", "SYSUT2", "SYSIN"))
        if source is None or target is None or sysin is None:
            missing = [name for name, dd in (("SYSUT1", source), ("SYSUT2", target), ("SYSIN", sysin)) if dd is None]
            sysprint.say("IEB001I", ",".join(missing))
            sysprint.say("IEB024I", ERROR)
            return ERROR
        cards, code = [], 0
        for card in statements(sysin.records()):
            sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
            problem = _wrong(card)
            if problem is None:
                cards.append(card)
                continue
            sysprint.say(*problem)
            code = WRONG
        records, found = ([], 0) if code and not cards else _edited(source.records(), cards, sysprint)
        with target.writer(Dcb.of("FB", 80)) as sink:
            sink.put_many(records)
        code = max(code, found)
        sysprint.say("IEB024I", code)
        return code


def _wrong(card: Statement) -> tuple[str, *tuple[object, ...]] | None:
    """Return the message of a statement that cannot be done; the others still are."""
    kind = card.text("TYPE", "POSITION")
    if card.operation != "EDIT":
        return ("IEB010I",)
    if card.fault is not None:
        return ("IEB009I",)
    if kind not in _TYPES or any(operand.keyword not in _KEYWORDS for operand in card.operands if operand.keyword):
        return ("IEB011I",)
    if set(card.positional) - {"NOPRINT"}:
        return ("IEB011I",)
    return ("IEB034I", kind) if kind != "POSITION" and card.value("STEPNAME") is None else None


def _edited(source: Iterable[bytes], cards: list[Statement], sysprint: Sysprint) -> tuple[list[bytes], int]:
    found = list(jobs(source))
    if not cards:
        return [record for job in found for record in job.records], 0
    result: list[bytes] = []
    code = at = 0
    for card in cards:
        start = card.text("START")
        index = next((i for i in range(at, len(found)) if not start or found[i].name == start), -1)
        if index < 0:
            sysprint.say("IEB022I" if start else "IEB033I")
            code = NOT_FOUND
            continue
        at = index + 1
        chosen = _chosen(found[index], card)
        if chosen is None:
            sysprint.say("IEB023I", _missing(found[index], card))
            code = NOT_FOUND
            continue
        result += chosen
        if "NOPRINT" not in card.positional:
            sysprint.put(*(f" {to_text(record[:80]).rstrip()}" for record in chosen))
    return result, code


def _missing(job: Job, card: Statement) -> str:
    """Return the first step name of an EDIT statement that the job does not have."""
    names, operand = {name for name, _ in job.steps}, card.value("STEPNAME")
    wanted = [name for value in (operand.values if operand is not None else ()) for name in value.text.split("-")]
    return next((name for name in wanted if name not in names), "")


def _chosen(job: Job, card: Statement) -> list[bytes] | None:
    """Return the records of a job that an EDIT statement asks for, None when it names a step that is not there."""
    operand = card.value("STEPNAME")
    if operand is None:
        return job.records
    kind = card.text("TYPE", "POSITION")
    names = [name for name, _ in job.steps]
    wanted: set[int] = set()
    for value in operand.values:
        first, _, last = value.text.partition("-")
        if first not in names or (last or first) not in names:
            return None
        wanted |= set(range(names.index(first), names.index(last or first) + 1))
    if not wanted:  # a range whose last step comes first
        return None
    if kind == "POSITION":
        wanted = set(range(min(wanted), len(names)))
    elif kind == "EXCLUDE":
        wanted = set(range(len(names))) - wanted
    return job.head + [record for index, (_, records) in enumerate(job.steps) if index in wanted for record in records]


def jobs(source: Iterable[bytes]) -> Iterator[Job]:
    """Yield the jobs of a stream; in-stream data belong to their step."""
    job: Job | None = None
    delimiter, slashes_end = "", False
    for record in source:
        text = to_text(record[:80])
        if delimiter and job is not None:
            ends = text.startswith(delimiter)
            if not ends and not (slashes_end and text.startswith("//")):
                job.add(record)
                continue
            delimiter = ""
            if ends:
                job.add(record)
                continue
        words = text[2:72].split() if text.startswith("//") and not text.startswith("//*") else []
        operation = words[0] if words and text[2:3] == " " else words[1] if len(words) > 1 else ""
        name = words[0] if words and text[2:3] != " " else ""
        if operation == "JOB":
            if job is not None:
                yield job
            job = Job(name)
        if job is None:
            continue
        if operation == "EXEC":
            job.steps.append((name, []))
        job.add(record)
        if operation == "DD":
            delimiter, slashes_end = _delimiter(text[2:72].partition(" DD ")[2].split(" ")[0] or words[-1])
    if job is not None:
        yield job


def _delimiter(operands: str) -> tuple[str, bool]:
    """Return what ends the in-stream data of a DD, and whether the next // does too; "" for a DD without data."""
    parts = operands.split(",")
    if parts[0] not in {"*", "DATA"}:
        return "", False
    coded = next((part.partition("=")[2].strip("'") for part in parts if part.startswith("DLM=")), "")
    return coded or "/*", parts[0] == "*" and not coded


PROGRAM = Program("IEBEDIT", run)
