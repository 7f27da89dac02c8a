"""Operators of ICETOOL that tell something of records: COUNT, STATS, UNIQUE, RANGE, VERIFY, DEFAULTS.

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Rules: an operator returns its return code. Raises SortSyntax.
"""

from __future__ import annotations

import re

from jes.hosttext import to_host
from jes.utilities.dfsort.control import SortSyntax, Statement, literal, natural, parts
from jes.utilities.dfsort.formats import NUMERIC, VLEN, Field, is_decimal, quotient, value
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.toolbox import CARDS, ERROR, REPORT, TESTS, Tool

_DEFAULTS = ("* ICETOOL DEFAULTS", "Y2PAST 80", "NULLOUT RC0", "NULLOFL RC0", "EQUALS YES")


def count(tool: Tool, statement: Statement) -> int:
    """COUNT: how many records, and whether that is what was expected."""
    number = sum(1 for _ in tool.read(statement))
    number += natural(statement.text("ADD") or "0") - natural(statement.text("SUB") or "0")
    number = max(number, 0)
    tool.say("ICE628I", number)
    target = statement.text("WRITE")
    if target:
        text = statement.text("TEXT") or ""
        digits = natural(statement.text("DIGITS") or "15", 15)
        shown = (literal(text if text[:1] in "CX" else f"C{text}") or b"" if text else b"") + to_host(f"{number:0{digits}d}")
        with tool.dd(target).writer(CARDS) as sink:
            sink.put(shown)
    for keyword, test in TESTS.items():
        limit = statement.text(keyword)
        if statement.has(keyword) or limit is not None:
            holds = test(number, natural(limit) if limit else 0)
            return 0 if not holds else 4 if statement.has("RC4") else ERROR
    return 0


def _whole(text: str) -> int:
    """Return a number with or without sign. Raises SortSyntax."""
    if not re.fullmatch(r"[+-]?\d{1,31}", text):
        raise SortSyntax("ICE018A", text[:20])
    return int(text)


def _name(part: Field) -> str:
    return "(VLEN)" if part is VLEN else f"({part.offset + 1},{part.length},{part.format})"


def stats(tool: Tool, statement: Statement) -> int:
    """STATS: minimum, maximum, average and total of numeric fields."""
    fields = [(part, value(part)) for part in tool.on(statement) if part.format in NUMERIC]
    rows = [[0, 0, 0] for _ in fields]
    number = 0
    for number, record in enumerate(tool.read(statement), 1):
        for row, (_, worth) in zip(rows, fields, strict=True):
            found = worth(record)
            row[:] = [found, found, found] if number == 1 else [min(row[0], found), max(row[1], found), row[2] + found]
    tool.say("ICE628I", number)
    for (low, high, total), (part, _) in zip(rows, fields, strict=True):
        tool.say("ICE607I", _name(part))
        tool.say("ICE608I", f"{low:+016d}", f"{high:+016d}")
        tool.say("ICE609I", f"{quotient(total, number):+016d}", f"{total:+016d}")
    return 0


def unique(tool: Tool, statement: Statement) -> int:
    """UNIQUE: how many different values."""
    part = tool.on(statement)[0]
    order = Order([(part, False)])
    tool.say("ICE610I", _name(part), len({order.key(record) for record in tool.read(statement)}))
    return 0


def range_(tool: Tool, statement: Statement) -> int:
    """RANGE: how many values are within limits."""
    part = tool.on(statement)[0]
    worth = value(part)
    low, high, equal = None, None, None
    if text := statement.text("BETWEEN"):
        words = parts(text)
        low, high = _whole(words[0]), _whole(words[-1])
    if text := statement.text("HIGHER"):
        low = _whole(text) + 1
    if text := statement.text("LOWER"):
        high = _whole(text) - 1
    if text := statement.text("EQUAL"):
        equal = _whole(text)
    number = 0
    for record in tool.read(statement):
        found = worth(record)
        within = (low is None or found >= low) and (high is None or found <= high) and (equal is None or found == equal)
        number += within
    tool.say("ICE631I", _name(part), number)
    return 0


def verify(tool: Tool, statement: Statement) -> int:
    """VERIFY: fields that hold no decimal digits."""
    fields = tool.on(statement)
    if any(part.format not in {"PD", "ZD"} for part in fields):
        raise SortSyntax("ICE018A", "ON")
    limit = natural(statement.text("LIMIT") or "200")
    signed = not statement.has("NOSIGN")
    number = bad = 0
    for number, record in enumerate(tool.read(statement), 1):
        for part in fields:
            if not is_decimal(part, part.bytes_of(record), signed=signed):
                bad += 1
                tool.say("ICE618A", _name(part), f"{number:015d}", part.bytes_of(record).hex().upper())
        if bad >= limit:
            tool.say("ICE653A", limit)
            break
    tool.say("ICE628I", number)
    return ERROR if bad else 0


def defaults(tool: Tool, statement: Statement) -> int:
    """DEFAULTS: the installation's options, which here are few."""
    with tool.dd(tool.required(statement, "LIST")).writer(REPORT) as sink:
        sink.put_many(to_host(f" {line}") for line in _DEFAULTS)
    return 0
