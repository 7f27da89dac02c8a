"""SPLICE, RESIZE, DATASORT and VERIFY of ICETOOL.

    SPLICE   ON(..) WITH(p,m).. [WITHEACH | WITHALL | WITHANY] [KEEPNODUPS] [KEEPBASE]: fields of later records
    RESIZE   TOLEN(n): records cut up or put together to length n
    DATASORT HEADER|FIRST[(n)] TRAILER|LAST[(n)]: all but the first and last records are sorted
    VERIFY   ON(p,m,{PD|ZD}): tells of fields that hold no decimal digits

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Not here: the other operators (icetool.py). Raises SortSyntax.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, groupby

from jes.utilities.dfsort.control import SortSyntax, Statement, extent, natural, parts
from jes.utilities.dfsort.formats import Field
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.sorter import ordered

Group = list[bytes]


def spliced(records: Iterator[bytes], fields: list[Field], statement: Statement) -> Iterator[bytes]:
    """Yield the records of SPLICE: groups of one key, made one."""
    order = Order([(part, False) for part in fields])
    pieces = [_place(text) for text in statement.all("WITH")]
    if not pieces:
        raise SortSyntax("ICE603A")
    make = _maker(statement, pieces)
    keeps_single, keeps_base = statement.has("KEEPNODUPS"), statement.has("KEEPBASE")
    batches = ordered(([record] for record in records), order)
    for _, found in groupby(chain.from_iterable(batches), order.key):
        group = list(found)
        if len(group) == 1:
            if keeps_single:
                yield group[0]
            continue
        if keeps_base:
            yield group[0]
        yield from make(group)


def _place(text: str) -> slice:
    words = parts(text)
    if len(words) != 2:
        raise SortSyntax("ICE018A", text[:20])
    return slice(extent(words[0]) - 1, extent(words[0]) - 1 + extent(words[1]))


def _laid(base: bytes, over: bytes, places: list[slice]) -> bytes:
    line = bytearray(base)
    for place in places:
        line[place] = over[place].ljust(place.stop - place.start, b"\x40")
    return bytes(line)


def _maker(statement: Statement, places: list[slice]) -> Callable[[Group], list[bytes]]:
    """Return what becomes of a group with duplicates."""
    if statement.has("WITHALL"):
        return lambda group: [_laid(group[0], over, places) for over in group[1:]]
    if statement.has("WITHEACH"):
        return lambda group: [_each(group, places)]
    if statement.has("WITHANY"):
        return lambda group: [_any(group, places)]
    return lambda group: [_laid(group[0], group[-1], places)]


def _each(group: Group, places: list[slice]) -> bytes:
    """The first field comes from the second record, the second from the third ..."""
    line = group[0]
    for over, place in zip(group[1:], places, strict=False):
        line = _laid(line, over, [place])
    return line


def _any(group: Group, places: list[slice]) -> bytes:
    """Each field comes from the last record in which it is not blank."""
    line = group[0]
    for over in group[1:]:
        line = _laid(line, over, [place for place in places if over[place].strip(b"\x40")])
    return line


def resized(records: Iterator[bytes], length: int) -> Iterator[bytes]:
    """Yield records of `length` bytes: longer ones are parted, shorter ones joined; the last is filled with blanks."""
    rest = b""
    first = True
    for record in records:
        if first and len(record) == length:
            raise SortSyntax("ICE018A", f"TOLEN({length})")
        first = False
        if len(record) > length:
            yield from (record[at : at + length].ljust(length, b"\x40") for at in range(0, len(record), length))
            continue
        if len(rest) + len(record) > length:
            yield rest.ljust(length, b"\x40")
            rest = b""
        rest += record
    if rest:
        yield rest.ljust(length, b"\x40")


def amount(statement: Statement, *words: str) -> int:
    """Return n of FIRST(n) or HEADER(n), 1 for the word alone, 0 when none is coded."""
    text = statement.text(*words)
    if text is not None:
        return natural(text)
    return 1 if any(statement.has(word) for word in words) else 0
