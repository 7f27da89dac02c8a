"""IEBUPDTE: makes and changes members from a stream of ./ statements.

      ./ ADD NAME=x[,LIST=ALL]   ./ REPL NAME=x   ./ CHANGE NAME=x   ./ REPRO NAME=x   ./ NUMBER [SEQ1=..,]NEW1=n,INCR=n
      ./ DELETE SEQ1=n,SEQ2=n    ./ ALIAS NAME=x  ./ ENDUP

Source: [UTIL IEBUPDTE]; jes-and-jcl reference 5.6. PARM=NEW: only SYSUT2; PARM=MOD: SYSUT1 is the old master.
Rules: sequence numbers stand in columns 73-80; in a CHANGE a data card replaces the record of its number or goes between.
Return code 0, 4 for what was changed to another function, 12 for a stream that cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jes.hosttext import to_host, to_text
from jes.jcl import operands
from jes.jcl.operands import OperandFault
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.sysprint import Sysprint
from mvsfs.errors import MemberNotFound, MvsError
from mvsfs.info import Target

HEADING = f"1{'SYSIN':>60}{'NEW MASTER':>60}"
FUNCTIONS = frozenset({"ADD", "REPL", "CHANGE", "REPRO"})
DETAILS = frozenset({"NUMBER", "DELETE", "ALIAS"})
_SEQUENCE = slice(72, 80)


class _Invalid(Exception):
    """The stream cannot be read."""


@dataclass(slots=True)
class Detail:
    """A ./ NUMBER or DELETE statement."""

    operation: str
    values: dict[str, int]


@dataclass(slots=True)
class Function:
    """One ./ function with what follows it."""

    operation: str
    name: str
    lists: bool = False
    data: list[bytes] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


def run(step: StepContext) -> int:
    """Update SYSUT2 from SYSIN."""
    with Sysprint(step) as sysprint:
        sysprint.put(HEADING)
        sysin, output = step.dd("SYSIN"), step.dd("SYSUT2")
        code = 12
        if sysin is None or output is None:
            sysprint.put(f" IEB803I PERMANENT I/O ERROR {'SYSIN' if sysin is None else 'SYSUT2'}")
        else:
            try:
                code = 0
                for function in functions(sysin.records()):
                    code = max(code, _do(step, function, output, sysprint))
            except _Invalid as problem:
                sysprint.put(f" IEB805I CONTROL STATEMENT ERROR {problem}".rstrip())
                code = 12
        sysprint.put(f" IEB818I HIGHEST CONDITION CODE WAS {code:08d}", " IEB819I END OF JOB IEBUPDTE.")
        return code


def functions(records: Iterator[bytes]) -> Iterator[Function]:
    """Yield the functions of a stream. Raises _Invalid."""
    current: Function | None = None
    for record in records:
        text = to_text(record[:80]).ljust(80)
        if not text.startswith("./"):
            if current is None:
                raise _Invalid
            current.data.append(record)
            continue
        operation, values = _statement(text)
        if operation == "ENDUP":
            break
        if operation in FUNCTIONS:
            if current is not None:
                yield current
            current = Function(operation, values.get("NAME", ""), values.get("LIST") == "ALL")
        elif operation in DETAILS and current is not None:
            if operation == "ALIAS":
                current.aliases.append(values.get("NAME", ""))
            else:
                current.details.append(Detail(operation, {key: _number(value) for key, value in values.items()}))
        else:
            raise _Invalid(operation)
    if current is not None:
        yield current


def _statement(text: str) -> tuple[str, dict[str, str]]:
    words = text[2:71].split()
    if not words:
        raise _Invalid
    # A name may stand before the operation.
    at = 0 if words[0] in FUNCTIONS | DETAILS | {"ENDUP"} else 1
    if at >= len(words):
        raise _Invalid(words[0])
    try:
        found = operands.parse(words[at + 1].rstrip(","), words[at]) if at + 1 < len(words) else ()
    except OperandFault:
        raise _Invalid(words[at]) from None
    return words[at], {operand.keyword: operand.text for operand in found}


def _number(text: str) -> int:
    if text == "ALL":
        return -1
    if not (text.isascii() and text.isdigit()):
        raise _Invalid(text)
    return int(text)


def _do(step: StepContext, function: Function, output: OpenDd, sysprint: Sysprint) -> int:
    code = 0
    partitioned = output.info is not None and output.info.is_partitioned and not output.member
    if partitioned and not function.name:
        raise _Invalid("NAME")
    there = partitioned and any(True for _ in step.mvs.members(output.dsname, function.name))
    records = function.data
    if function.operation in {"CHANGE", "REPRO"}:
        old = list(_old(step, function, output))
        records = changed(old, function) if function.operation == "CHANGE" else old
    elif function.operation == "ADD" and there:
        sysprint.put(f" IEB816I MEMBER NAME ({function.name}) FOUND IN NM DIRECTORY. CHANGED TO REPL.")
        code = 4
    for detail in function.details:
        if detail.operation == "NUMBER" and function.operation != "CHANGE":
            records = numbered(records, detail)
    with output.writer(member=function.name if partitioned else None) as sink:
        sink.put_many(records)
    for alias in function.aliases:
        step.mvs.add_member_alias(output.dsname, alias, function.name, step.who)
    sysprint.put(f" ./ {function.operation:<6} NAME={function.name}" if function.name else f" ./ {function.operation}")
    if function.lists:
        sysprint.put(*(f" {to_text(record)}" for record in records))
    return code


def _old(step: StepContext, function: Function, output: OpenDd) -> Iterator[bytes]:
    master = step.dd("SYSUT1") or output
    if master.info is None or not master.info.is_partitioned or master.member:
        return iter(master.records())
    try:
        return iter(list(step.mvs.records(Target(master.dsname, function.name), step.who)))
    except MemberNotFound:
        raise _Invalid(f"IEB817I MEMBER NAME ({function.name}) NOT FOUND") from None
    except MvsError as error:
        raise _Invalid(type(error).__name__) from error


def changed(old: list[bytes], function: Function) -> list[bytes]:
    """Return the records after deletions and the data cards, by sequence number."""
    kept = []
    for record in old:
        number = sequence(record)
        gone = any(
            detail.operation == "DELETE" and detail.values.get("SEQ1", 0) <= number <= detail.values.get("SEQ2", 0)
            for detail in function.details
        )
        if not gone:
            kept.append(record)
    by_number = {sequence(record): record for record in kept if sequence(record) >= 0}
    plain = [record for record in kept if sequence(record) < 0]
    for record in function.data:
        by_number[sequence(record)] = record
    result = plain + [by_number[number] for number in sorted(by_number)]
    for detail in function.details:
        if detail.operation == "NUMBER":
            result = numbered(result, detail)
    return result


def sequence(record: bytes) -> int:
    """Return the sequence number of a card, -1 when it has none."""
    text = to_text(record[_SEQUENCE]).strip()
    return int(text) if text.isascii() and text.isdigit() else -1


def numbered(records: list[bytes], detail: Detail) -> list[bytes]:
    """Return the records with sequence numbers from NEW1 in steps of INCR."""
    first, step = detail.values.get("NEW1", 10), detail.values.get("INCR", 10)
    return [record.ljust(80, b"\x40")[:72] + to_host(f"{first + step * index:08d}"[-8:]) for index, record in enumerate(records)]


PROGRAM = Program("IEBUPDTE", run)
