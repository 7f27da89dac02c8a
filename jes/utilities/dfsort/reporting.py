"""Operators of ICETOOL that print: DISPLAY and OCCUR.

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Not here: how a report looks (display.py). Raises SortSyntax.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from jes.hosttext import to_host, to_text
from jes.utilities.dfsort import display as form
from jes.utilities.dfsort.control import Statement, natural, parts
from jes.utilities.dfsort.formats import field
from jes.utilities.dfsort.toolbox import REPORT, TESTS, Tool
from mvsfs.dcb import Dcb


def occur(tool: Tool, statement: Statement) -> int:
    """OCCUR: each value with how often it occurs."""
    words = [text.partition(",")[0] for text in statement.all("ON")]
    if "VALCNT" not in words:
        statement, words = replace(statement, operands=[*statement.operands, ("ON", "VALCNT")]), [*words, "VALCNT"]
    found, at = form.columns(statement), words.index("VALCNT")
    keys = [column for place, column in enumerate(found) if place != at]
    counts: Counter[tuple[object, ...]] = Counter()
    for record in tool.read(statement):
        counts[tuple(column.get(record, 0) for column in keys)] += 1
    choose = _occurrences(statement)
    rows = [
        ("", *key[:at], number, *key[at:]) for key, number in sorted(counts.items(), key=lambda item: item[0]) if choose(number)
    ]
    return _report(tool, statement, found, rows)


def _occurrences(statement: Statement) -> Callable[[int], bool]:
    if statement.has("ALLDUPS"):
        return lambda number: number > 1
    if statement.has("NODUPS"):
        return lambda number: number == 1
    for keyword, test in TESTS.items():
        text = statement.text(keyword)
        if text is not None:
            limit = natural(text)
            return lambda number, test=test: test(number, limit)  # type: ignore[misc]
    return lambda _number: True


def display(tool: Tool, statement: Statement) -> int:
    """DISPLAY: fields of records in columns, with totals."""
    found = form.columns(statement)
    mark = statement.text("BREAK")
    words = parts(mark) if mark else []
    part = field(words[0], words[1], words[2]) if len(words) > 2 else None
    rows = (
        (to_text(part.bytes_of(record)) if part else "", *(column.get(record, number) for column in found))
        for number, record in enumerate(tool.read(statement), 1)
    )
    return _report(tool, statement, found, rows)


def _report(tool: Tool, statement: Statement, found: list[form.Column], rows: Iterable[form.Row]) -> int:
    control = 0 if statement.has("NOCC") else 1
    width = natural(statement.text("WIDTH") or "0") + control
    shape = Dcb.of("FBA" if control else "FB", max(width, REPORT.lrecl - 1 + control))
    sink = tool.dd(tool.required(statement, "LIST")).writer(shape)
    with sink:
        lines = form.Report(statement, found, tool.step.now()).lines(rows)
        sink.put_many(to_host(line[1 - control :])[: sink.dcb.data_length] for line in lines)
    return 0
