"""JOINKEYS: two data sets joined by keys.

Source: [DFSORT JOINKEYS, JOIN, REFORMAT]; jes-and-jcl reference 5.7. Rules: paired records come in the order of their keys,
each F1 record
with each F2 record of the same key. Both sides are sorted here unless SORTED says that they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby, islice

from jes.stepcontext import StepContext
from jes.utilities.dfsort import order, records
from jes.utilities.dfsort.control import LONGEST, SortSyntax, Statement, inside, literal, natural, statements
from jes.utilities.dfsort.packed import Batch
from jes.utilities.dfsort.plan import Plan, plan
from jes.utilities.dfsort.select import predicate
from jes.utilities.dfsort.sorter import BATCH, merged, ordered
from mvsfs.dcb import Dcb

_CARDS = Dcb.of("FB", 80)


class _Side:
    """One side: its data set, its order, its records in groups of one key."""

    def __init__(self, step: StepContext, statement: Statement, found: Plan) -> None:
        """Find the DD of FILES=F1 or F2, or FILE=. Raises SortSyntax."""
        names = {"F1": "SORTJNF1", "F2": "SORTJNF2"}
        number = statement.text("FILES", "FILE")
        self.number = 1 if number == "F1" or statement.text("F1") else 2
        ddname = statement.text("F1", "F2") or names.get(number or "", "")
        dd = step.dd(ddname)
        fields = statement.text("FIELDS")
        if dd is None:
            raise SortSyntax("ICE056A", f"{ddname:<8}")
        if fields is None:
            raise SortSyntax("ICE007A")
        records.describe(step, dd, [statement], "")
        self.dcb = dd.dcb if dd.dcb.recfm is not None else _CARDS
        self.is_variable = records.is_variable(self.dcb)
        # Key fields are character.
        self.order = order.parse(fields, "CH")
        source = _before(step, records.read(step, dd), self, statement, found)
        if not statement.has("SORTED"):
            source = ordered(source, self.order)
        elif not statement.has("NOSEQCK"):
            source = merged([source], self.order, [ddname])
        self._groups = groupby(chain.from_iterable(source), self.order.key)

    def next(self) -> tuple[object, list[bytes]] | None:
        """Return the next key with its records."""
        for key, group in self._groups:
            return key, list(group)
        return None


def _before(step: StepContext, source: Iterator[Batch], side: _Side, statement: Statement, found: Plan) -> Iterator[Batch]:
    """Return the records that are joined: through INCLUDE, OMIT, STOPAFT of JOINKEYS and the statements of JNF1CNTL, JNF2CNTL."""
    test_text = statement.text("INCLUDE") or statement.text("OMIT")
    if test_text is not None:
        test = predicate(test_text, "", found.context.now)
        wanted = statement.text("INCLUDE") is not None
        source = ([record for record in batch if test(record) is wanted] for batch in source)
    source = records.filtered(source, 0, statement.number("STOPAFT") if statement.text("STOPAFT") else None)
    task = statement.text("TASKID") or "JN"
    dd = step.dd(f"{task}F{side.number}CNTL")
    cards = [card for card in statements(dd.records()) if card.operation in _OF_SUBTASK] if dd is not None else []
    if not cards:
        return source
    copied = plan(
        [*cards, Statement("OPTION", [("", "COPY")])], found.context.now, is_variable=side.is_variable, length=side.dcb.lrecl
    )
    if copied.length:
        side.dcb = Dcb.of("VB" if side.is_variable else "FB", copied.length)
    return _copied(source, copied)


#: What JNFnCNTL may hold; SORT and MERGE are those of JOINKEYS.
_OF_SUBTASK = frozenset({"INCLUDE", "OMIT", "INREC", "OPTION", "ALTSEQ"})


def _copied(source: Iterator[Batch], copied: Plan) -> Iterator[Batch]:
    skipped = records.filtered(source, copied.skip, None)
    kept = ([record for record in batch if copied.include is None or copied.include(record)] for batch in skipped)
    for batch in records.filtered(kept, 0, copied.stop):
        yield [copied.inrec(record) for record in batch] if copied.inrec is not None else batch


def planned(cards: list[Statement], now: datetime) -> Plan:
    """Return what the statements of the join itself ask for. Raises SortSyntax."""
    own = [card for card in cards if card.operation in {"JOINKEYS", "JOIN", "REFORMAT"}]
    return plan([*own, Statement("OPTION", [("", "COPY")])], now, is_variable=False)


def ddname(joins: list[Statement], side: str) -> str:
    """Return the ddname of one side."""
    return next((text for card in joins if (text := card.text(side)) is not None), f"SORTJN{side}")


def task(joins: list[Statement], side: str) -> str:
    """Return the first characters of the ddnames that belong to one side: TASKID=, or JN."""
    own = (card for card in joins if side in {card.text("FILES", "FILE"), *(keyword for keyword, _ in card.operands)})
    return next((text for card in own if (text := card.text("TASKID")) is not None), "JN")


def run(step: StepContext, found: Plan) -> tuple[Iterator[Batch], Dcb]:
    """Return the joined records in batches and their DCB. Raises SortSyntax."""
    if len(found.joins) != 2:
        raise SortSyntax("ICE400A")
    sides = sorted((_Side(step, statement, found) for statement in found.joins), key=lambda side: side.number)
    if [side.number for side in sides] != [1, 2]:
        raise SortSyntax("ICE400A")
    if _keys(sides[0]) != _keys(sides[1]):
        raise SortSyntax("ICE400A")
    alone = _kept_whole(found.join_type)
    if not found.join_fields and alone:
        side = sides[alone - 1]
        return _joined(sides[0], sides[1], found.join_type, lambda one, two: (one if alone == 1 else two) or b""), side.dcb
    shape = _shape(found, sides)
    if not shape.rows:
        raise SortSyntax("ICE400A")
    dcb = Dcb.of("VB", shape.length) if shape.is_variable else Dcb.of("FB", shape.length)
    return _joined(sides[0], sides[1], found.join_type, shape.make), dcb


def _keys(side: _Side) -> list[tuple[int, str, bool]]:
    """Return the length, format and direction of each key field, which both sides have in common."""
    return [(part.length, part.format, is_descending) for part, is_descending in side.order.fields]


def _kept_whole(kind: Statement | None) -> int:
    """Return the side whose unpaired records alone are kept, which needs no REFORMAT; 0 for other joins."""
    words = {word for _, word in kind.operands} if kind is not None else set()
    sides = words & {"F1", "F2"}
    return int(sides.pop()[1]) if "ONLY" in words and len(sides) == 1 else 0


@dataclass(frozen=True, slots=True)
class _Shape:
    """A joined record: (side, offset, length) of its fields, 0 for the indicator; tails: the sides whose rest ends it."""

    rows: list[tuple[int, int, int]]
    fill: bytes
    is_variable: bool
    length: int

    def make(self, first: bytes | None, second: bytes | None) -> bytes:
        """Return the joined record of two, one of which may be missing."""
        line = bytearray()
        for number, start, size in self.rows:
            if not number:
                line += b"\xc2" if first is not None and second is not None else b"\xf1" if first is not None else b"\xf2"
                continue
            record = first if number == 1 else second
            if size:
                line += record[start : start + size].ljust(size, self.fill) if record is not None else self.fill * size
            elif record is not None:
                line += record[start:]
        if self.is_variable:
            line[:4] = len(line).to_bytes(2, "big") + b"\0\0"
        return bytes(line)


def _shape(found: Plan, sides: list[_Side]) -> _Shape:
    """Return the form of joined records that REFORMAT FIELDS= describes. Raises SortSyntax."""
    fill = literal(found.join_fill) if found.join_fill else b"\x40"
    rows: list[tuple[int, int, int]] = []
    side, at = 1, 0
    words = inside(found.join_fields) if found.join_fields else []
    if fill is None or len(fill) != 1:
        raise SortSyntax("ICE018A", found.join_fill)
    while at < len(words):
        head, colon, rest = words[at].partition(":")
        if colon and head not in {"F1", "F2"}:
            raise SortSyntax("ICE018A", head[:20])
        side = (1 if head == "F1" else 2) if colon else side
        word = rest if colon else words[at]
        if word == "?":
            rows.append((0, 0, 1))
            at += 1
            continue
        start = natural(word)
        size = natural(words[at + 1], LONGEST) if at + 1 < len(words) and words[at + 1].isdecimal() else 0
        if not 0 < start <= LONGEST:
            raise SortSyntax("ICE018A", word[:20])
        rows.append((side, start - 1, size))
        at += 2 if size else 1
    # The record is variable when a field without a length takes the rest of a variable record.
    is_variable = any(number and not size for number, _, size in rows)
    length = sum(size or max(sides[number - 1].dcb.lrecl - start, 0) for number, start, size in rows)
    return _Shape(rows, fill, is_variable, length)


def _joined(
    first: _Side, second: _Side, kind: Statement | None, make: Callable[[bytes | None, bytes | None], bytes]
) -> Iterator[Batch]:
    words = {word for _, word in kind.operands} if kind is not None else set()
    unpaired = "UNPAIRED" in words
    both = unpaired and not words & {"F1", "F2"}
    keep1, keep2 = unpaired and ("F1" in words or both), unpaired and ("F2" in words or both)
    pairs = "ONLY" not in words

    def found() -> Iterator[bytes]:
        left, right = first.next(), second.next()
        while left is not None or right is not None:
            if right is None or (left is not None and left[0] < right[0]):  # type: ignore[operator]
                assert left is not None
                if keep1:
                    yield from (make(record, None) for record in left[1])
                left = first.next()
            elif left is None or right[0] < left[0]:  # type: ignore[operator]
                if keep2:
                    yield from (make(None, record) for record in right[1])
                right = second.next()
            else:
                if pairs:
                    yield from (make(one, two) for one in left[1] for two in right[1])
                left, right = first.next(), second.next()

    joined = found()
    while batch := list(islice(joined, BATCH)):  # keys that repeat on both sides make more pairs than fit
        yield batch
