"""Operators of ICETOOL that choose and change records: SELECT, SUBSET, SPLICE, RESIZE, DATASORT.

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Not here: how records are spliced (splice.py). Raises SortSyntax.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, groupby

from jes.utilities.dfsort import order, splice
from jes.utilities.dfsort.control import SortSyntax, Statement, natural
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.sorter import ordered
from jes.utilities.dfsort.toolbox import Tool
from mvsfs.dcb import Dcb


def select(tool: Tool, statement: Statement) -> int:
    """SELECT: records by how often their ON fields occur."""
    keys = Order([(part, False) for part in tool.on(statement)])
    dcb = tool.dcb(statement)
    discard = statement.text("DISCARD")
    dropped = tool.output(discard, dcb) if discard else None
    choose = _criterion(statement)

    def chosen() -> Iterator[list[bytes]]:
        batches = ordered(([record] for record in tool.read(statement)), keys)
        for _, group in groupby(chain.from_iterable(batches), keys.key):
            held = list(group)
            kept = choose(len(held))
            if dropped is not None:
                dropped.put(held[: kept.start] + held[kept.stop :])
            if held[kept]:
                yield held[kept]

    number = tool.deliver(statement, chosen(), dcb)
    if dropped is not None:
        dropped.close()
    tool.say("ICE638I", number)
    return 0


def _criterion(statement: Statement) -> Callable[[int], slice]:
    """Return which records of a group of so many are kept. Raises SortSyntax."""

    def only(holds: bool, last: int) -> slice:
        return slice(0, last) if holds else slice(0, 0)

    for keyword, test in (("HIGHER", int.__gt__), ("LOWER", int.__lt__), ("EQUAL", int.__eq__)):
        text = statement.text(keyword)
        if text is not None:
            limit = natural(text)
            return lambda size, test=test, limit=limit: only(bool(test(size, limit)), size)  # type: ignore[misc]
    table: dict[str, Callable[[int], slice]] = {
        "FIRST": lambda _size: slice(0, 1),
        "LAST": lambda size: slice(size - 1, size),
        "ALLDUPS": lambda size: only(size > 1, size),
        "NODUPS": lambda size: only(size == 1, size),
        "FIRSTDUP": lambda size: only(size > 1, 1),
        "LASTDUP": lambda size: slice(size - 1, size) if size > 1 else slice(0, 0),
    }
    for keyword, chosen in table.items():
        if statement.has(keyword):
            return chosen
        number = statement.text(keyword)
        if number is not None and keyword in {"FIRST", "LAST"}:
            return _some(natural(number), from_front=keyword == "FIRST")
    raise SortSyntax("ICE603A")


def _some(many: int, *, from_front: bool) -> Callable[[int], slice]:
    return (lambda _size: slice(0, many)) if from_front else (lambda size: slice(max(size - many, 0), size))


def subset(tool: Tool, statement: Statement) -> int:
    """SUBSET: the first or last records, or all but these, or those with certain numbers."""
    everything = list(tool.read(statement))
    first = splice.amount(statement, "FIRST", "HEADER")
    last = splice.amount(statement, "LAST", "TRAILER")
    wanted = [range(first), range(max(len(everything) - last, 0), len(everything))]
    for text in statement.all("RRN"):
        low, _, high = text.partition(",")
        wanted.append(range(natural(low) - 1, len(everything) if high == "*" else natural(high or low)))
    keeps = not statement.has("REMOVE")
    inside: list[bytes] = []
    outside: list[bytes] = []
    for index, record in enumerate(everything):
        (inside if any(index in numbers for numbers in wanted) is keeps else outside).append(record)
    discard = statement.text("DISCARD")
    if discard:
        dropped = tool.output(discard, tool.dcb(statement))
        dropped.put(outside)
        dropped.close()
    tool.say("ICE638I", tool.deliver(statement, [inside], tool.dcb(statement)))
    return 0


def splice_(tool: Tool, statement: Statement) -> int:
    """SPLICE: records of one key become one."""
    found = splice.spliced(tool.read(statement), tool.on(statement), statement)
    tool.say("ICE638I", tool.deliver(statement, ([record] for record in found), tool.dcb(statement)))
    return 0


def resize(tool: Tool, statement: Statement) -> int:
    """RESIZE: records of another length."""
    length = natural(tool.required(statement, "TOLEN"))
    if not 1 <= length <= 32760:
        raise SortSyntax("ICE018A", f"TOLEN({length})")
    found = splice.resized(tool.read(statement), length)
    tool.say("ICE638I", tool.deliver(statement, ([record] for record in found), Dcb.of("FB", length)))
    return 0


def datasort(tool: Tool, statement: Statement) -> int:
    """DATASORT: the records between the first and the last are sorted."""
    first = splice.amount(statement, "HEADER", "FIRST")
    last = splice.amount(statement, "TRAILER", "LAST")
    if not first and not last:
        raise SortSyntax("ICE603A")
    cards = [card for card in tool.cards(tool.required(statement, "USING")) if card.operation == "SORT"]
    text = cards[0].text("FIELDS") if cards else None
    if text is None:
        raise SortSyntax("ICE010A")
    everything = list(tool.read(statement))
    end = max(len(everything) - last, first)
    middle = everything[first:end]
    order.parse(text, cards[0].text("FORMAT") or "").sort(middle)
    tool.deliver(statement, [everything[:first], middle, everything[end:]], tool.dcb(statement))
    return 0
