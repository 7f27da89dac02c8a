"""What the control statements ask for, joined to one plan.

Source: [DFSORT]; jes-and-jcl reference 5.7. Rules: pure. A statement that this sort does not do is refused, not passed over;
statements that only
tune (DEBUG, OPTION MAINSIZE) are read and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from jes.utilities.dfsort import exits, operands, order, reformat, totals
from jes.utilities.dfsort.control import SortSyntax, Statement, inside, natural, within
from jes.utilities.dfsort.formats import Field
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.reformat import Context, Reformat
from jes.utilities.dfsort.select import Predicate, lengthened, reaching


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
    length_codes: dict[str, int] = field(default_factory=lambda: {"PAD": 0, "TRUNC": 0})  # where LRECL of SORTOUT differs
    takes_short: bool = False  # VLSHRT: records may be too short for the fields of SORT and MERGE
    resets: bool = True  # RESET: a VSAM output that can be reused begins anew
    plain_zoned: bool = True  # ZDPRINT: positive totals of ZD fields are printable
    exits: dict[str, str] = field(default_factory=dict)  # E15 and E35: names of programs
    given: set[str] = field(default_factory=set)  # options that stand already: the first one counts

    @property
    def zone(self) -> str:
        """Return the format in which totals of ZD fields are written."""
        return "ZD" if self.plain_zoned else "ZDC"


def plan(statements: Iterable[Statement], now: datetime, *, is_variable: bool, length: int = 0) -> Plan:
    """Return the plan. Raises SortSyntax."""
    found = Plan(Context(now, is_variable=is_variable, length=length), reaching=length)
    # INREC is done before OUTREC, and options hold for all statements, wherever they stand.
    for statement in sorted(statements, key=lambda one: _FIRST.get(one.operation, 2)):
        try:
            if statement.operation not in READERS:
                raise SortSyntax("ICE005A", statement.operation)
            operands.checked(statement)
            READERS[statement.operation](found, statement)
        except SortSyntax as problem:
            problem.statement = statement
            raise
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
    if text in COPIES:
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
    if _first(found, statement, "SKIPREC") is not None:
        found.skip = statement.number("SKIPREC")
    if _first(found, statement, "STOPAFT") is not None:
        found.stop = statement.number("STOPAFT")
    if (text := _first(found, statement, "Y2PAST")) is not None:
        years = natural(text.removeprefix("F"))
        now = found.context.now
        found.context.collation = replace(found.context.collation, window=years if years > 100 else now.year - years)
    found.takes_short = _switched(found, statement, "VLSHRT", "NOVLSHRT", found.takes_short)
    shorts = _switched(found, statement, "VLSCMP", "NOVLSCMP", found.context.compares_short)
    found.context.compares_short = shorts or found.takes_short
    found.resets = _switched(found, statement, "RESET", "NORESET", found.resets)
    found.plain_zoned = _switched(found, statement, "ZDPRINT", "NZDPRINT", found.plain_zoned)
    if (text := _first(found, statement, "NULLOUT")) is not None:
        found.null_code = natural(text.removeprefix("RC"))
    for keyword in found.length_codes:
        if (text := _first(found, statement, keyword)) is not None:
            if text not in {"RC0", "RC4", "RC16"}:
                raise SortSyntax("ICE095A", f"{keyword}={text}"[:20])
            found.length_codes[keyword] = int(text[2:])
    for keyword, absent in _NOT_HERE.items():
        if (text := statement.text(keyword)) is not None and text not in absent:
            raise SortSyntax("ICE095A", f"{keyword}={text}"[:20])


def _first(found: Plan, statement: Statement, keyword: str) -> str | None:
    """Return the text of an option unless it stands already: PARM= and DFSPARM come before OPTION, OPTION before SORT."""
    text = statement.text(keyword)
    if text is None or keyword in found.given:
        return None
    found.given.add(keyword)
    return text


def _switched(found: Plan, statement: Statement, on: str, off: str, before: bool) -> bool:
    """Return how an option stands that one word turns on and another off."""
    word = next((word for word in (on, off) if statement.has(word)), None)
    if word is None or on in found.given:
        return before
    found.given.add(on)
    return word == on


def _include(found: Plan, statement: Statement) -> None:
    text = statement.text("COND")
    if text is None:
        raise SortSyntax("ICE007A")
    test, end = reaching(text, statement.text("FORMAT") or "", found.context.now)
    if found.context.is_variable:
        test = lengthened(test, end, statement.operation, takes_short=found.context.compares_short)
    found.include = test if statement.operation == "INCLUDE" else lambda record: not test(record)


def _inrec(found: Plan, statement: Statement) -> None:
    found.inrec = _reformatted(found, statement)
    found.reaching = 0 if found.context.is_variable else found.context.length


def _outrec(found: Plan, statement: Statement) -> None:
    found.outrec = _reformatted(found, statement)


def _reformatted(found: Plan, statement: Statement) -> Reformat:
    context = found.context
    context.where = f"*{statement.operation}"
    with within("ICE111A"):
        function, length = reformat.compile(statement.operands, context, statement.operation)
    if function is None:
        raise SortSyntax("ICE007A")
    found.length = length or found.length
    context.longest = found.length or context.longest
    context.length = 0 if context.is_variable else context.longest
    return function


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


def _mods(found: Plan, statement: Statement) -> None:
    found.exits |= exits.names(statement)


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
    "MODS": _mods,
    "RECORD": _nothing,
    "DEBUG": _nothing,
    "ALTSEQ": _altseq,
}
#: What SORT and MERGE FIELDS= say when nothing is sorted.
COPIES = frozenset({"COPY", "(COPY)"})
#: Options whose programs and tables we do not have, with the words that ask for none.
_NOT_HERE = {"EFS": {"NONE"}, "LOCALE": {"NONE", "CURRENT", "C", "POSIX"}}
_FIRST = {"ALTSEQ": 0, "OPTION": 0, "INREC": 1, "INCLUDE": 1, "OMIT": 1}
