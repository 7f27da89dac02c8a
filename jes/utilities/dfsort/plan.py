"""What the control statements ask for, joined to one plan.

Source: [DFSORT]; jes-and-jcl reference 5.7. Rules: pure. A statement that this sort does not do is refused, not passed over;
statements that only
tune (DEBUG, OPTION MAINSIZE) are read and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from jes.utilities.dfsort import order, reformat, totals
from jes.utilities.dfsort.control import SortSyntax, Statement, inside, natural
from jes.utilities.dfsort.formats import Field
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.reformat import Context, Reformat
from jes.utilities.dfsort.select import Predicate, predicate


@dataclass(slots=True)
class Plan:
    """One run. `order` is None for COPY. length: of records after INREC and OUTREC, 0 when unchanged."""

    context: Context
    technique: str = ""
    order: Order | None = None
    include: Predicate | None = None
    inrec: Reformat | None = None
    outrec: Reformat | None = None
    length: int = 0
    reaching: int = 0  # of the records that are sorted: after INREC, 0 when not known
    sum_fields: list[Field] | None = None
    wants_dropped: bool = False
    skip: int = 0
    stop: int | None = None
    outfils: list[Statement] = field(default_factory=list)
    joins: list[Statement] = field(default_factory=list)
    join_type: Statement | None = None
    join_fields: str = ""
    join_fill: str = ""
    null_code: int = 0
    takes_short: bool = False  # VLSHRT: records may be too short for the fields of SORT and MERGE


def plan(statements: Iterable[Statement], now: datetime, *, is_variable: bool, length: int = 0) -> Plan:
    """Return the plan. Raises SortSyntax."""
    found = Plan(Context(now, is_variable=is_variable, length=length), reaching=length)
    # INREC is done before OUTREC, and options hold for all statements, wherever they stand.
    for statement in sorted(statements, key=lambda one: _FIRST.get(one.operation, 2)):
        if statement.operation not in READERS:
            raise SortSyntax("ICE019A" if statement.operation else "ICE005A", statement.operation)
        READERS[statement.operation](found, statement)
    if not found.technique:
        raise SortSyntax("ICE010A")
    if found.order is not None and 0 < found.reaching < found.order.end:
        raise SortSyntax("ICE027A", found.technique)
    return found


def _sort(found: Plan, statement: Statement) -> None:
    text = statement.text("FIELDS")
    if text is None:
        raise SortSyntax("ICE007A")
    _options(found, statement)
    if text in {"COPY", "(COPY)"}:
        found.technique = "COPY"
        return
    if found.technique != "COPY":
        found.technique = statement.operation
        found.order = order.parse(text, statement.text("FORMAT") or "", found.context.collation)


def _option(found: Plan, statement: Statement) -> None:
    if statement.has("COPY"):
        found.technique, found.order = "COPY", None
    _options(found, statement)


def _options(found: Plan, statement: Statement) -> None:
    found.skip = statement.number("SKIPREC", found.skip)
    if statement.text("STOPAFT") is not None:
        found.stop = statement.number("STOPAFT")
    if (text := statement.text("Y2PAST")) is not None:
        years = natural(text.removeprefix("F"))
        now = found.context.now
        found.context.collation = replace(found.context.collation, window=years if years > 100 else now.year - years)
    for keyword in ("VLSHRT", "NOVLSHRT"):
        found.takes_short = keyword == "VLSHRT" if statement.has(keyword) else found.takes_short
    if (text := statement.text("NULLOUT")) is not None:
        found.null_code = natural(text.removeprefix("RC"))


def _include(found: Plan, statement: Statement) -> None:
    text = statement.text("COND")
    if text is None:
        raise SortSyntax("ICE007A")
    test = predicate(text, statement.text("FORMAT") or "", found.context.now)
    found.include = test if statement.operation == "INCLUDE" else lambda record: not test(record)


def _inrec(found: Plan, statement: Statement) -> None:
    found.inrec, found.length = reformat.compile(statement.operands, found.context, statement.operation)
    if found.inrec is None:
        raise SortSyntax("ICE007A")
    found.context.length = found.length or found.context.length
    found.reaching = 0 if found.context.is_variable else found.context.length


def _outrec(found: Plan, statement: Statement) -> None:
    found.outrec, length = reformat.compile(statement.operands, found.context, statement.operation)
    if found.outrec is None:
        raise SortSyntax("ICE007A")
    found.length = length or found.length
    found.context.length = found.length or found.context.length


def _sum(found: Plan, statement: Statement) -> None:
    text = statement.text("FIELDS")
    if text is None:
        raise SortSyntax("ICE007A")
    found.sum_fields = totals.parse(text, statement.text("FORMAT") or "")
    found.wants_dropped = statement.has("XSUM")


def _joinkeys(found: Plan, statement: Statement) -> None:
    found.joins.append(statement)


def _join(found: Plan, statement: Statement) -> None:
    found.join_type = statement


def _reformat(found: Plan, statement: Statement) -> None:
    text = statement.text("FIELDS")
    if text is None:
        raise SortSyntax("ICE007A")
    found.join_fields, found.join_fill = text, statement.text("FILL") or ""


def _outfil(found: Plan, statement: Statement) -> None:
    found.outfils.append(statement)


def _altseq(found: Plan, statement: Statement) -> None:
    """ALTSEQ CODE=(fftt,...): where characters collate for AQ fields."""
    table = bytearray(range(256))
    for code in inside(statement.text("CODE") or ""):
        try:
            one, two = bytes.fromhex(code)
        except ValueError:
            raise SortSyntax("ICE018A", code[:20]) from None
        table[one] = two
    found.context.collation = replace(found.context.collation, altseq=bytes(table))


def _nothing(_found: Plan, _statement: Statement) -> None:
    """Read a statement that tunes the original and nothing here."""


READERS = {
    "SORT": _sort,
    "MERGE": _sort,
    "OPTION": _option,
    "INCLUDE": _include,
    "OMIT": _include,
    "INREC": _inrec,
    "OUTREC": _outrec,
    "OUTFIL": _outfil,
    "SUM": _sum,
    "JOINKEYS": _joinkeys,
    "JOIN": _join,
    "REFORMAT": _reformat,
    "RECORD": _nothing,
    "DEBUG": _nothing,
    "ALTSEQ": _altseq,
}
_FIRST = {"ALTSEQ": 0, "OPTION": 0, "INREC": 1}


def fnames(statement: Statement) -> list[str]:
    """Return the ddnames of an OUTFIL: FNAMES=, or FILES= as SORTOFnn; none means SORTOUT."""
    names = inside(statement.text("FNAMES", "FNAME") or "") if statement.text("FNAMES", "FNAME") else []
    for number in inside(statement.text("FILES") or "") if statement.text("FILES") else []:
        names.append("SORTOUT" if number == "OUT" else f"SORTOF{number}")
    return names
