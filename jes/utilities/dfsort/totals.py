"""SUM: records with equal keys become one.

Source: [DFSORT SUM]; jes-and-jcl reference 5.7. Rules: pure. The first record of a group stays and takes the totals; where a
total does not fit its field both records stay, as the original does after ICE152I. A PD or ZD field without digits and a sign is
a data exception, S0C7 [DFSORT "SUM statement notes"].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from jes.errors import Abend
from jes.utilities.dfsort.control import SortSyntax, inside
from jes.utilities.dfsort.formats import Field, encode, field, is_decimal, value
from jes.utilities.dfsort.packed import Batch

#: The reason code of a program check is its interruption code.
_DATA_EXCEPTION = 7
SUMMED = frozenset({"BI", "FI", "PD", "ZD"})


def parse(text: str, format: str) -> list[Field]:
    """Return the fields of SUM FIELDS=; none for NONE. Raises SortSyntax."""
    if text in {"NONE", "(NONE)"}:
        return []
    words = inside(text)
    found: list[Field] = []
    at = 0
    while at < len(words):
        own = at + 2 < len(words) and words[at + 2] in SUMMED
        if at + 1 >= len(words):
            raise SortSyntax("ICE018A", text[:20])
        shape = words[at + 2] if own else format
        if shape not in SUMMED:
            raise SortSyntax("ICE018A", text[:20])
        found.append(field(words[at], words[at + 1], shape))
        at += 3 if own else 2
    return found


def summed(
    source: Iterable[Batch],
    equal: Callable[[bytes], object],
    fields: list[Field],
    dropped: Callable[[bytes], None] | None = None,
    overflowed: Callable[[], None] = lambda: None,
    *,
    zone: str = "ZD",
) -> Iterator[Batch]:
    """Yield batches in which equal keys appear once. `dropped` gets the records that gave way (XSUM).

    overflowed: called when a total does not fit. zone: ZD or ZDC, how the sign of a zoned total is written.
    """
    held: bytes | None = None
    mark: object = None
    for batch in source:
        result: list[bytes] = []
        for record in batch:
            own = equal(record)
            if held is None or own != mark:
                if held is not None:
                    result.append(held)
                held, mark = record, own
                continue
            total = _added(held, record, fields, zone) if fields else held
            if total is None:
                overflowed()
                result.append(held)
                held = record
            else:
                held = total
                if dropped is not None:
                    dropped(record)
        if result:
            yield result
    if held is not None:
        yield [held]


def _added(first: bytes, second: bytes, fields: list[Field], zone: str) -> bytes | None:
    """Return the first record with the totals, or None when one does not fit."""
    line = bytearray(first)
    for part in fields:
        if part.format in {"PD", "ZD"} and not all(is_decimal(part, part.bytes_of(record)) for record in (first, second)):
            raise Abend("0C7", _DATA_EXCEPTION)
        worth = value(part)
        total = worth(first) + worth(second)
        data = encode(total, zone if part.format == "ZD" else part.format, part.length)
        line[part.offset : part.offset + part.length] = data
        if worth(bytes(line)) != total:
            return None
    return bytes(line)
