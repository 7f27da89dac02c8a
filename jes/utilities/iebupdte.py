"""IEBUPDTE: makes and changes members from a stream of ./ statements.

      ./ ADD NAME=x[,LIST=ALL]   ./ REPL NAME=x   ./ CHANGE NAME=x   ./ REPRO NAME=x   ./ NUMBER [SEQ1=..,]NEW1=n,INCR=n
      ./ DELETE SEQ1=n,SEQ2=n    ./ ALIAS NAME=x  ./ ENDUP

Source: [UTIL IEBUPDTE]; jes-and-jcl reference 5.6. PARM=NEW: only SYSUT2; PARM=MOD: SYSUT1 is the old master.
Rules: sequence numbers stand in columns 73-80; in a CHANGE a data card replaces the record of its number or goes between.
Return code 0, 4 for what was changed to another function or is wrongly coded, 12 for a data set that is missing. A wrong
statement ends the step when SYSUT2 is sequential; else the next function is done [UTIL].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jes.hosttext import to_host, to_text
from jes.jcl import operands
from jes.jcl.operands import OperandFault
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.sysprint import Sysprint
from mvsfs.errors import MemberNotFound
from mvsfs.info import Target

FUNCTIONS = frozenset({"ADD", "REPL", "CHANGE", "REPRO"})
DETAILS = frozenset({"NUMBER", "DELETE", "ALIAS"})
_SEQUENCE = slice(72, 80)
STATEMENT_ERROR = "IEB805I"
END = "ENDUP"
CHANGED = WRONG = 4


class _Invalid(Exception):
    """A statement is wrong; its arguments are the key of its message and what fills that."""


@dataclass(slots=True)
class Detail:
    """A ./ NUMBER or DELETE statement. `data`: the cards that NUMBER INSERT=YES puts behind SEQ1."""

    operation: str
    values: dict[str, int]
    inserts: bool = False
    data: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Function:
    """One ./ function with what follows it. `images`: its statements; `fault`: why it cannot be done."""

    operation: str
    name: str
    lists: bool = False
    data: list[bytes] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    fault: str = ""

    def add(self, record: bytes) -> None:
        """Take a data card."""
        last = self.details[-1] if self.details else None
        (last.data if last is not None and last.inserts else self.data).append(record)


def run(step: StepContext) -> int:
    """Update SYSUT2 from SYSIN."""
    with Sysprint(step) as sysprint:
        sysprint.say("IEBUPDTE HEADING")
        sysin, output = step.dd("SYSIN"), step.dd("SYSUT2")
        code = 12
        if sysin is None or output is None:
            sysprint.say("IEB803I", "SYSIN" if sysin is None else "SYSUT2")
        else:
            code = _update(step, functions(sysin.records()), output, sysprint)
        sysprint.say("IEB818I", code)
        sysprint.say("IEB819I")
        return code


def _update(step: StepContext, stream: Iterator[Function], output: OpenDd, sysprint: Sysprint) -> int:
    code = 0
    for function in stream:
        sysprint.put(*(f" {image}" for image in function.images))
        if function.operation == END:
            break
        try:
            if function.fault:
                raise _Invalid(function.fault)
            code = max(code, _do(step, function, output, sysprint))
        except _Invalid as problem:
            sysprint.say(*problem.args)
            code = max(code, WRONG)
            if output.info is None or not output.info.is_partitioned:
                break
    return code


def functions(records: Iterator[bytes]) -> Iterator[Function]:
    """Yield the functions of a stream; one with a wrong statement has its fault."""
    current: Function | None = None
    for record in records:
        image = to_text(record[:80]).rstrip()
        if not image.startswith("./"):
            if current is None:
                current = Function("", "", fault=STATEMENT_ERROR)
            current.add(record)
            continue
        try:
            operation, values = _statement(image)
        except _Invalid:
            operation, values = "", {}
        if operation == END:
            if current is not None:
                yield current
            yield Function(END, "", images=[image])
            return
        if operation in FUNCTIONS or (not operation and current is None):
            if current is not None:
                yield current
            current = Function(operation, values.get("NAME", ""), values.get("LIST") == "ALL")
        elif current is not None and operation:
            _detail(current, operation, values)
        if current is not None:
            current.images.append(image)
            if not operation:
                current.fault = STATEMENT_ERROR
    if current is not None:
        yield current


def _detail(current: Function, operation: str, values: dict[str, str]) -> None:
    if operation == "ALIAS":
        current.aliases.append(values.get("NAME", ""))
        return
    inserts = values.pop("INSERT", "") == "YES"
    try:
        numbers = {key: _number(value) for key, value in values.items()}
    except _Invalid as problem:
        current.fault = problem.args[0]
        return
    current.details.append(Detail(operation, numbers, inserts))


def _statement(text: str) -> tuple[str, dict[str, str]]:
    words = text[2:71].split()
    # A name may stand before the operation.
    known = FUNCTIONS | DETAILS | {END}
    at = next((place for place, word in enumerate(words[:2]) if word in known), None)
    if at is None:
        raise _Invalid(STATEMENT_ERROR)
    try:
        found = operands.parse(words[at + 1].rstrip(","), words[at]) if at + 1 < len(words) else ()
    except OperandFault:
        raise _Invalid(STATEMENT_ERROR) from None
    return words[at], {operand.keyword: operand.text for operand in found}


def _number(text: str) -> int:
    if text == "ALL":
        return -1
    if not (text.isascii() and text.isdecimal()):
        raise _Invalid(STATEMENT_ERROR)
    return int(text)


def _do(step: StepContext, function: Function, output: OpenDd, sysprint: Sysprint) -> int:
    code = 0
    partitioned = output.info is not None and output.info.is_partitioned and not output.member
    if partitioned and not function.name:
        raise _Invalid(STATEMENT_ERROR)
    there = partitioned and any(True for _ in step.mvs.members(output.dsname, function.name))
    records = function.data
    if function.operation in {"CHANGE", "REPRO"}:
        old = list(_old(step, function, output))
        records = changed(old, function) if function.operation == "CHANGE" else old
    elif function.operation == "ADD" and there:
        sysprint.say("IEB816I", function.name)
        code = CHANGED
    elif function.operation == "REPL" and partitioned and not there:
        sysprint.say("IEB817I", function.name)
        code = CHANGED
    for detail in function.details:
        if detail.operation == "NUMBER" and function.operation != "CHANGE":
            records = numbered(records, detail)
    with output.writer(member=function.name if partitioned else None) as sink:
        sink.put_many(records)
    for alias in function.aliases:
        step.mvs.add_member_alias(output.dsname, alias, function.name, step.who)
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
        raise _Invalid("IEB807I", function.name) from None


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
            result = _inserted(result, detail) if detail.inserts else numbered(result, detail)
    return result


def _inserted(records: list[bytes], detail: Detail) -> list[bytes]:
    """Return the records with the cards of NUMBER INSERT=YES behind SEQ1; what would not ascend behind them is numbered on."""
    behind = next((at + 1 for at, record in enumerate(records) if sequence(record) == detail.values.get("SEQ1")), len(records))
    new = numbered(detail.data, detail)
    highest, step = sequence(new[-1]) if new else -1, detail.values.get("INCR", 10)
    rest = []
    for record in records[behind:]:
        highest = sequence(record) if sequence(record) > highest else highest + step
        rest.append(_with_number(record, highest))
    return [*records[:behind], *new, *rest]


def sequence(record: bytes) -> int:
    """Return the sequence number of a card, -1 when it has none."""
    text = to_text(record[_SEQUENCE]).strip()
    return int(text) if text.isascii() and text.isdecimal() else -1


def numbered(records: list[bytes], detail: Detail) -> list[bytes]:
    """Return the records with sequence numbers from NEW1 in steps of INCR."""
    first, step = detail.values.get("NEW1", 10), detail.values.get("INCR", 10)
    return [_with_number(record, first + step * index) for index, record in enumerate(records)]


def _with_number(record: bytes, number: int) -> bytes:
    return record.ljust(80, b"\x40")[:72] + to_host(f"{number:08d}"[-8:])


PROGRAM = Program("IEBUPDTE", run)
