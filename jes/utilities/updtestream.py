"""The ./ statements of IEBUPDTE: functions, the details and the data cards that follow each.

      ./[name] ADD|REPL|CHANGE|REPRO [NAME=x][,LIST=ALL][,SEQFLD=ddl|(ddl,ddl)][,COLUMN=n][,UPDATE=INPLACE]...
      ./ NUMBER [SEQ1=n|ALL][,SEQ2=n][,NEW1=n][,INCR=n][,INSERT=YES]
      ./ DELETE SEQ1=n,SEQ2=n      ./ ALIAS NAME=x      ./ ENDUP

Source: [UTIL IEBUPDTE]; what is wrong in which way: [MVS38 IEBASCAN]. Rules: pure. Operands that end in a comma go on in the next
card that begins with ./ and a blank. A function with a wrong statement has its fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jes.hosttext import to_text
from jes.jcl import operands
from jes.jcl.operands import Operand, OperandFault, is_number, one_of

_FUNCTION_WORDS = one_of("NAME LIST SEQFLD NEW MEMBER COLUMN UPDATE INHDR INTLR OUTHDR OUTTLR TOTAL LEVEL SOURCE SSI")
FUNCTIONS = frozenset({"ADD", "REPL", "CHANGE", "REPRO"})
_WORDS = {
    **dict.fromkeys(FUNCTIONS, _FUNCTION_WORDS),
    "NUMBER": frozenset({"SEQ1", "SEQ2", "NEW1", "INCR", "INSERT"}),
    "DELETE": frozenset({"SEQ1", "SEQ2"}),
    "ALIAS": frozenset({"NAME"}),
    "LABEL": frozenset[str](),
    "ENDUP": frozenset[str](),
}
END = "ENDUP"
ALL = -1
STATEMENT_ERROR, SEQUENCE_ERROR, INVALID_OPERATION = "IEB805I", "IEB806I", "IEB807I"
BAD_DELETE, BAD_NUMBER = "IEB810I", "IEB811I"
_LAST_COLUMN = 80
_USUAL_FIELD = slice(72, 80)


class Invalid(Exception):
    """A statement or function is wrong: the key of its message and what fills that."""


@dataclass(slots=True)
class Detail:
    """A ./ NUMBER or DELETE statement. `data`: the cards that NUMBER INSERT=YES puts behind SEQ1."""

    operation: str
    values: dict[str, int]
    inserts: bool = False
    data: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Function:
    """One ./ function with what follows it. `images`: its statements; `fault`: why it cannot be done; `column`: from 0."""

    operation: str
    name: str = ""
    lists: bool = False
    column: int = 0
    in_place: bool = False
    sequence: slice = field(default_factory=lambda: _USUAL_FIELD)
    data: list[bytes] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    fault: str = ""

    def add(self, record: bytes) -> None:
        """Take a data card."""
        last = self.details[-1] if self.details else None
        (last.data if last is not None and last.inserts else self.data).append(record)


def functions(records: Iterator[bytes]) -> Iterator[Function]:
    """Yield the functions of a stream, ENDUP the last when it is there."""
    current: Function | None = None
    for record in records:
        image = to_text(record[:80]).rstrip()
        if not image.startswith("./"):
            current = current or Function("", fault=SEQUENCE_ERROR)
            current.add(record)
            continue
        images = [image]
        while images[-1][:71].endswith(",") and (more := next(records, None)) is not None:
            images.append(to_text(more[:80]).rstrip())
        try:
            operation, found = _statement(images)
        except Invalid:
            operation, found = "", {}
        if operation == END or operation in FUNCTIONS or (not operation and current is None):
            if current is not None:
                yield current
            current = Function(operation)
        if current is None:
            current = Function("", fault=SEQUENCE_ERROR)
        current.images += images
        try:
            _take(current, operation, found)
        except Invalid as problem:
            current.fault = current.fault or problem.args[0]
        if operation == END:
            break
    if current is not None:
        yield current


def _statement(images: list[str]) -> tuple[str, dict[str, Operand]]:
    words = images[0][2:71].split()
    # A name may stand before the operation, at the slash or behind it.
    at = next((place for place, word in enumerate(words[:2]) if word in _WORDS), None)
    if at is None:
        raise Invalid(STATEMENT_ERROR)
    text = (words[at + 1] if at + 1 < len(words) else "") + "".join((image[2:71].split() or [""])[0] for image in images[1:])
    try:
        found = operands.parse(text.rstrip(","), words[at])
    except OperandFault:
        raise Invalid(STATEMENT_ERROR) from None
    if any(operand.keyword not in _WORDS[words[at]] for operand in found):
        raise Invalid(STATEMENT_ERROR)
    return words[at], {operand.keyword: operand for operand in found}


def _take(current: Function, operation: str, found: dict[str, Operand]) -> None:
    """Take what a statement says. Raises Invalid."""
    text = {keyword: operand.text for keyword, operand in found.items()}
    if operation == "ALIAS":
        if not text.get("NAME"):
            raise Invalid(STATEMENT_ERROR)
        current.aliases.append(text["NAME"])
    elif operation in {"NUMBER", "DELETE"}:
        inserts = text.pop("INSERT", "") == "YES"
        if current.operation == "REPRO" or (operation == "DELETE" and (current.operation != "CHANGE" or current.in_place)):
            raise Invalid(INVALID_OPERATION)
        current.details.append(Detail(operation, _numbers(operation, text), inserts))
    elif operation in FUNCTIONS:
        current.name = text.get("MEMBER") or text.get("NAME", "")
        current.lists = text.get("LIST") == "ALL"
        current.in_place = "UPDATE" in text
        if text.get("UPDATE", "INPLACE") != "INPLACE" or (current.in_place and operation != "CHANGE"):
            raise Invalid(INVALID_OPERATION)
        if not is_number(text.get("COLUMN", "1")) or not 1 <= int(text.get("COLUMN", "1")) <= _LAST_COLUMN:
            raise Invalid(STATEMENT_ERROR)
        current.column = int(text.get("COLUMN", "1")) - 1
        if "SEQFLD" in found:
            current.sequence = _sequence_field(found["SEQFLD"])
    elif not operation:
        raise Invalid(STATEMENT_ERROR)


def _numbers(operation: str, text: dict[str, str]) -> dict[str, int]:
    fault = BAD_DELETE if operation == "DELETE" else BAD_NUMBER
    if any(not is_number(value) and not (keyword == "SEQ1" and value == "ALL") for keyword, value in text.items()):
        raise Invalid(STATEMENT_ERROR)
    numbers = {keyword: ALL if value == "ALL" else int(value) for keyword, value in text.items()}
    if operation == "DELETE" and not {"SEQ1", "SEQ2"} <= numbers.keys():
        raise Invalid(fault)
    if 0 <= numbers.get("SEQ2", ALL) < numbers.get("SEQ1", 0):
        raise Invalid(fault)
    return numbers


def _sequence_field(operand: Operand) -> slice:
    """Return where SEQFLD=ddl puts sequence numbers: column dd, length l. The second of two counts, it is the new master's."""
    text = operand.values[-1].text
    if len(text) != 3 or not is_number(text) or not 1 <= int(text[:2]) <= _LAST_COLUMN or not 1 <= int(text[2]) <= 8:
        raise Invalid(STATEMENT_ERROR)
    start = int(text[:2]) - 1
    if start + int(text[2]) > _LAST_COLUMN:
        raise Invalid(STATEMENT_ERROR)
    return slice(start, start + int(text[2]))
