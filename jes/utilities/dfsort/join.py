"""JOINKEYS: two data sets joined by keys.

Source: [DFSORT JOINKEYS, JOIN, REFORMAT]; jes-and-jcl reference 5.7. Rules: paired records come in the order of their keys,
each F1 record
with each F2 record of the same key. Both sides are sorted here unless SORTED says that they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, groupby

from jes.stepcontext import StepContext
from jes.utilities.dfsort import order, records
from jes.utilities.dfsort.control import SortSyntax, Statement, inside, natural
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.plan import Plan
from jes.utilities.dfsort.select import predicate
from jes.utilities.dfsort.sorter import BATCH, ordered
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
        self.dcb = dd.dcb if dd.dcb.recfm is not None else _CARDS
        self.order = _order(fields)
        source: Iterator[list[bytes]] = records.read(step, dd)
        test_text = statement.text("INCLUDE") or statement.text("OMIT")
        if test_text is not None:
            test = predicate(test_text, "", found.context.now)
            wanted = statement.text("INCLUDE") is not None
            source = ([record for record in batch if test(record) is wanted] for batch in source)
        limit = statement.number("STOPAFT") if statement.text("STOPAFT") else None
        source = records.filtered(source, 0, limit)
        if not statement.has("SORTED"):
            source = ordered(source, self.order)
        self._groups = groupby(chain.from_iterable(source), self.order.key)

    def next(self) -> tuple[object, list[bytes]] | None:
        """Return the next key with its records."""
        for key, group in self._groups:
            return key, list(group)
        return None


def _order(text: str) -> Order:
    """Return the order of FIELDS=(p,m,A,...): key fields are character."""
    return order.parse(text, "CH")


def run(step: StepContext, found: Plan) -> tuple[Iterator[list[bytes]], Dcb, int]:
    """Return the joined records in batches and their DCB. Raises SortSyntax."""
    if len(found.joins) != 2:
        raise SortSyntax("ICE007A")
    sides = sorted((_Side(step, statement, found) for statement in found.joins), key=lambda side: side.number)
    if [side.number for side in sides] != [1, 2]:
        raise SortSyntax("ICE007A")
    shape, length, has_tail = _shape(found)
    if has_tail:
        raise SortSyntax("ICE019A", "REFORMAT")
    if not shape:
        raise SortSyntax("ICE007A")
    return _joined(sides[0], sides[1], found.join_type, shape), Dcb.of("FB", length), 0


def _shape(found: Plan) -> tuple[Callable[[bytes | None, bytes | None], bytes] | None, int, bool]:
    """Return the function that makes a joined record of REFORMAT FIELDS=, and its length."""
    if not found.join_fields:
        return None, 0, False
    fill = b"\x40"
    rows: list[tuple[int, int, int]] = []
    side = 1
    words = inside(found.join_fields)
    at = 0
    while at < len(words):
        word = words[at]
        if word == "?":
            rows.append((0, 0, 1))
            at += 1
            continue
        head, colon, rest = word.partition(":")
        if colon:
            side, word = (1 if head == "F1" else 2), rest
        if at + 1 >= len(words) or not words[at + 1].isdigit():
            return None, 0, True
        rows.append((side, natural(word) - 1, natural(words[at + 1])))
        at += 2

    def make(first: bytes | None, second: bytes | None) -> bytes:
        line = bytearray()
        for number, start, size in rows:
            if not number:
                line += b"\xc2" if first is not None and second is not None else b"\xf1" if first is not None else b"\xf2"
                continue
            record = first if number == 1 else second
            line += record[start : start + size].ljust(size, fill) if record is not None else fill * size
        return bytes(line)

    return make, sum(size for _, _, size in rows), False


def _joined(
    first: _Side, second: _Side, kind: Statement | None, make: Callable[[bytes | None, bytes | None], bytes]
) -> Iterator[list[bytes]]:
    words = {word for _, word in kind.operands} if kind is not None else set()
    unpaired = "UNPAIRED" in words
    both = unpaired and not words & {"F1", "F2"}
    keep1, keep2 = unpaired and ("F1" in words or both), unpaired and ("F2" in words or both)
    pairs = "ONLY" not in words
    batch: list[bytes] = []
    left, right = first.next(), second.next()
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):  # type: ignore[operator]
            assert left is not None
            if keep1:
                batch += [make(record, None) for record in left[1]]
            left = first.next()
        elif left is None or right[0] < left[0]:  # type: ignore[operator]
            if keep2:
                batch += [make(None, record) for record in right[1]]
            right = second.next()
        else:
            if pairs:
                batch += [make(one, two) for one in left[1] for two in right[1]]
            left, right = first.next(), second.next()
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
