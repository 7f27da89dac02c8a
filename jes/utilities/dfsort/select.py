"""INCLUDE and OMIT: conditions on fields.

    condition ::= term { , AND|OR , term }
    term      ::= "(" condition ")" | p,m[,fmt],op,{ p,m[,fmt] | literal | number | NUM | date }

Source: [DFSORT INCLUDE]; jes-and-jcl reference 5.7. Not here: bit tests (bits.py).
Rules: pure. AND binds before OR. A character constant is padded with blanks, a field too; numbers compare by value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import datetime

from jes.hosttext import to_host
from jes.utilities.dfsort import bits, dates
from jes.utilities.dfsort.control import SortSyntax, inside, literal, parts, within
from jes.utilities.dfsort.datefields import DATED, Y2PAST
from jes.utilities.dfsort.datefields import value as date_value
from jes.utilities.dfsort.formats import NUMERIC, Field, field, value

Predicate = Callable[[bytes], bool]
_OPERATORS: dict[str, Callable[[object, object], bool]] = {
    "EQ": lambda a, b: a == b,
    "NE": lambda a, b: a != b,
    "GT": lambda a, b: a > b,  # type: ignore[operator]
    "GE": lambda a, b: a >= b,  # type: ignore[operator]
    "LT": lambda a, b: a < b,  # type: ignore[operator]
    "LE": lambda a, b: a <= b,  # type: ignore[operator]
}
_JOINS = {"AND": "AND", "&": "AND", "OR": "OR", "|": "OR"}
_NUMBER = re.compile(r"[+-]?\d{1,31}")
_DAY = re.compile(r"Y'([^']+)'|([+-]?\d{2,8})")
MAX_DEPTH = 60


@dataclass(slots=True)
class Reading:
    """What a condition is read with, and what its reader has met: FORMAT=, the moment, where the last field ends."""

    format: str
    now: datetime
    end: int = attribute(default=0)

    def field(self, position: str, length: str, format: str) -> Field:
        """Return a field of the condition. Raises SortSyntax."""
        found = field(position, length, format)
        self.end = max(self.end, found.offset + found.length)
        return found


def predicate(text: str, format: str, now: datetime) -> Predicate:
    """Return the test that COND= describes; `format` is FORMAT= for fields that name none. Raises SortSyntax."""
    return reaching(text, format, now)[0]


def reaching(text: str, format: str, now: datetime) -> tuple[Predicate, int]:
    """Return the test that COND= describes and how long a record is that has all its fields. Raises SortSyntax."""
    if text in {"ALL", "(ALL)"}:
        return lambda _record: True, 0
    if text in {"NONE", "(NONE)"}:
        return lambda _record: False, 0
    reading = Reading(format, now)
    with within("ICE113A"):
        return _condition(inside(text), reading, 0), reading.end


def lengthened(test: Predicate, end: int, name: str, *, takes_short: bool) -> Predicate:
    """Return a test for V records that may end before its fields: it sees zeros there, or refuses the record."""
    if takes_short:
        return lambda record: test(record if len(record) >= end else record.ljust(end, b"\0"))

    def strict(record: bytes) -> bool:
        if len(record) < end:
            raise SortSyntax("ICE218A", str(len(record)), str(end), name)
        return test(record)

    return strict


def _condition(words: list[str], reading: Reading, depth: int) -> Predicate:
    if depth > MAX_DEPTH or not words:
        raise SortSyntax
    either: list[list[Predicate]] = [[]]
    at = 0
    while at < len(words):
        end = next((index for index in range(at, len(words)) if words[index] in _JOINS), len(words))
        either[-1].append(_term(words[at:end], reading, depth))
        if end < len(words):
            if end == len(words) - 1:
                raise SortSyntax
            if _JOINS[words[end]] == "OR":
                either.append([])
        at = end + 1
    return _any([_all(tests) for tests in either])


def _all(tests: list[Predicate]) -> Predicate:
    return tests[0] if len(tests) == 1 else lambda record: all(test(record) for test in tests)


def _any(tests: list[Predicate]) -> Predicate:
    return tests[0] if len(tests) == 1 else lambda record: any(test(record) for test in tests)


def _term(words: list[str], reading: Reading, depth: int) -> Predicate:
    if len(words) == 1 and words[0].startswith("("):
        return _condition(parts(words[0][1:-1]), reading, depth + 1)
    at = next((index for index, word in enumerate(words) if word in _OPERATORS or word in bits.TESTS), -1)
    if at not in {2, 3}:
        raise SortSyntax("ICE114A" if len(words) > 3 else "ICE113A", ",".join(words)[:20])
    left = reading.field(words[0], words[1], words[2] if at == 3 else reading.format)
    if words[at] in bits.TESTS:
        if left.format != "BI":
            raise SortSyntax("ICE018A", left.format)
        return bits.masked(left, words[at], ",".join(words[at + 1 :]))
    return _comparison(left, words[at], words[at + 1 :], reading)


def _comparison(left: Field, op: str, right: list[str], reading: Reading) -> Predicate:
    now = reading.now
    if not right:
        raise SortSyntax("ICE114A")
    if right == ["NUM"]:
        return _is_number(left, op)
    if len(right) in {2, 3} and right[0].isdecimal():
        other = reading.field(right[0], right[1], right[2] if len(right) == 3 else left.format)
        return _between_fields(left, op, other, now)
    constant = ",".join(right)
    if left.format == "SS":
        return _substring(left, op, constant)
    if left.format in DATED:
        return _with_day(left, op, constant, now)
    pattern = bits.compared(left, op, constant)
    if pattern is not None:
        return pattern
    date = dates.constant(constant, now)
    if _NUMBER.fullmatch(constant) and left.format in NUMERIC:
        return _with_number(left, op, int(constant))
    if date is not None and left.format in NUMERIC - {"BI"}:
        return _with_number(left, op, int(re.sub(r"\D", "", date) or 0))
    data = literal(constant) if date is None else to_host(date)
    if data is None:
        raise SortSyntax("ICE114A", constant[:20])
    if left.format in NUMERIC - {"BI"}:
        return _with_number(left, op, value(Field(0, len(data), left.format))(data))
    return _with_bytes(left, op, data)


def _with_number(left: Field, op: str, number: int) -> Predicate:
    worth, compare = value(left), _OPERATORS[op]
    return lambda record: compare(worth(record), number)


def _with_day(left: Field, op: str, constant: str, now: datetime) -> Predicate:
    """Compare a date with Y'..', a number or the date of today."""
    window, format, compare = now.year - Y2PAST, left.format, _OPERATORS[op]
    match = _DAY.fullmatch(constant)
    text = (match[1] or match[2]) if match else constant
    today = dates.constant(text, now)
    digits = re.sub(r"\D", "", today if today is not None else text)
    size = left.length if format[2] == "T" else len(digits)
    if not digits or len(digits) < 2:
        raise SortSyntax("ICE114A", constant[:20])
    number = date_value(f"{format[:2]}T", to_host(digits[-size:]), window)
    return lambda record: compare(date_value(format, left.bytes_of(record), window), number)


def _with_bytes(left: Field, op: str, data: bytes) -> Predicate:
    pad = b"\x00" if left.format == "BI" else b"\x40"
    size = max(left.length, len(data))
    wanted, compare = data.ljust(size, pad), _OPERATORS[op]
    start, end = left.offset, left.offset + left.length
    if left.length == size and op == "EQ":
        return lambda record: record[start:end] == wanted
    return lambda record: compare(record[start:end].ljust(size, pad), wanted)


def _between_fields(left: Field, op: str, right: Field, now: datetime) -> Predicate:
    compare = _OPERATORS[op]
    if left.format in NUMERIC and right.format in NUMERIC and {left.format, right.format} != {"BI"}:
        one, two = value(left), value(right)
        return lambda record: compare(one(record), two(record))
    if left.format in DATED and right.format in DATED:
        window = now.year - Y2PAST
        return lambda record: compare(
            date_value(left.format, left.bytes_of(record), window), date_value(right.format, right.bytes_of(record), window)
        )
    pad = b"\x00" if left.format == "BI" else b"\x40"
    size = max(left.length, right.length)
    return lambda record: compare(left.bytes_of(record).ljust(size, pad), right.bytes_of(record).ljust(size, pad))


def _substring(left: Field, op: str, constant: str) -> Predicate:
    """Search: a constant within the field, or a short field within a list of constants."""
    data = literal(constant)
    if data is None or op not in {"EQ", "NE"}:
        raise SortSyntax("ICE114A", constant[:20])
    wanted = op == "EQ"
    if left.length >= len(data):
        return lambda record: (data in left.bytes_of(record)) is wanted
    return lambda record: (left.bytes_of(record) in data) is wanted


def _is_number(left: Field, op: str) -> Predicate:
    """Test that the field holds nothing but digits (and a valid sign for PD and ZD)."""
    wanted = op == "EQ"

    def test(record: bytes) -> bool:
        data = left.bytes_of(record)
        if left.format == "PD":
            text = data.hex()
            holds = bool(re.fullmatch(r"\d+[a-f]", text))
        elif left.format == "ZD":
            holds = bool(data) and all(byte & 15 < 10 and byte >> 4 == 15 for byte in data[:-1])
            holds = holds and data[-1] & 15 < 10 and data[-1] >> 4 >= 10
        else:
            holds = bool(data) and all(0xF0 <= byte <= 0xF9 for byte in data)
        return holds is wanted

    return test
