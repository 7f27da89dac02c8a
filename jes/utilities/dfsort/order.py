"""The order of records: SORT and MERGE FIELDS.

Source: [DFSORT SORT]; jes-and-jcl reference 5.7. Rules: pure. Sorting is stable, as with EQUALS: stable passes from the last
field to the first, neighbours of one direction in one pass, so that plain character keys are compared in C. A record that is too
short for its fields has X'00' there [DFSORT VLSHRT].
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from jes.utilities.dfsort.control import SortSyntax, inside
from jes.utilities.dfsort.datefields import DATED
from jes.utilities.dfsort.formats import KEYS, NUMERIC, TO_ASCII, Collation, Field, bit_field, field, key
from mvsfs.kernel.sorting import LONGEST_KEY, KeyPart

#: How the compiled kernel compares fields of a format. The others (free-form numbers, dates) only Python knows.
_COMPILED = {
    "CH": "PLAIN", "BI": "PLAIN", "AC": "TABLE", "AQ": "TABLE", "AST": "TABLE", "ASL": "TABLE", "FI": "SIGNED", "PD": "PACKED",
    "PD0": "DIGITS", "ZD": "ZONED", "CTO": "ZONED", "CLO": "ZONED",
}  # fmt: skip
_INVERTED = bytes(255 - byte for byte in range(256))


class Order:
    """Ascending and descending fields. `sort` orders a list; `key` gives one ascending key for comparing."""

    def __init__(self, fields: list[tuple[Field, bool]], collation: Collation | None = None) -> None:
        """Take (field, is descending) pairs, the major one first."""
        collation = collation or Collation()
        self.fields = fields
        self._passes = list(reversed(_passes(fields, collation)))
        self._parts = [_ascending(part, is_descending, collation) for part, is_descending in fields]
        self._same = _group_key([part for part, _ in fields], collation)
        #: Where the last field ends.
        self.end = max((part.offset + part.length for part, _ in fields), default=0)
        #: The fields as the compiled kernel takes them, or none when it cannot.
        self.parts = _compiled(fields, collation)

    def sort(self, records: list[bytes]) -> None:
        """Sort in place."""
        is_short = min(map(len, records), default=self.end) < self.end
        for function, is_descending in self._passes:
            if is_short:
                function = self._filling(function)
            records.sort(key=function, reverse=is_descending)

    def _filling(self, function: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
        end = self.end
        return lambda record: function(record.ljust(end, b"\x00"))

    def key(self, record: bytes) -> tuple[object, ...]:
        """Return what to compare the record by."""
        record = record.ljust(self.end, b"\x00")
        return tuple(part(record) for part in self._parts)

    def equal(self, record: bytes) -> object:
        """Return what is the same for records with the same key."""
        return self._same(record if len(record) >= self.end else record.ljust(self.end, b"\x00"))


def _compiled(fields: list[tuple[Field, bool]], collation: Collation) -> list[KeyPart]:
    if any(part.format not in _COMPILED for part, _ in fields) or sum(part.length + 1 for part, _ in fields) > LONGEST_KEY:
        return []
    found = []
    for part, is_descending in fields:
        kind = _COMPILED[part.format]
        table = (collation.altseq if part.format == "AQ" else TO_ASCII) if kind == "TABLE" else b""
        found.append(KeyPart(kind, part.offset, part.length, is_descending, table))
    return found


def _passes(fields: list[tuple[Field, bool]], collation: Collation) -> list[tuple[Callable[[bytes], Any], bool]]:
    groups: list[tuple[list[Field], bool]] = []
    for part, is_descending in fields:
        if groups and groups[-1][1] == is_descending:
            groups[-1][0].append(part)
        else:
            groups.append(([part], is_descending))
    return [(_group_key(parts, collation), is_descending) for parts, is_descending in groups]


def _group_key(parts: list[Field], collation: Collation) -> Callable[[bytes], Any]:
    merged = _adjacent(parts)
    if all(part.format in {"CH", "BI"} for part in merged):
        return itemgetter(*(slice(part.offset, part.offset + part.length) for part in merged))
    functions = [key(part, collation) for part in merged]
    return functions[0] if len(functions) == 1 else lambda record: tuple(function(record) for function in functions)


def _adjacent(parts: list[Field]) -> list[Field]:
    """Return the fields with neighbouring character fields joined."""
    result: list[Field] = []
    for part in parts:
        last = result[-1] if result else None
        if last and {last.format, part.format} <= {"CH", "BI"} and last.offset + last.length == part.offset:
            result[-1] = Field(last.offset, last.length + part.length, "CH")
        else:
            result.append(part)
    return result


def _ascending(part: Field, is_descending: bool, collation: Collation) -> Callable[[bytes], object]:
    function = key(part, collation)
    if not is_descending:
        return function
    if part.format in (NUMERIC - {"BI"}) | DATED | {"BIT"}:
        return lambda record: -function(record)  # type: ignore[operator]
    length = part.length
    return lambda record: function(record).ljust(length, b"\x00").translate(_INVERTED)  # type: ignore[attr-defined]


def parse(text: str, format: str = "", collation: Collation | None = None) -> Order:
    """Return the order of FIELDS=(p,m,f,s,...), or of FIELDS=(p,m,s,...) with FORMAT=. Raises SortSyntax."""
    words = inside(text)
    fields: list[tuple[Field, bool]] = []
    at = 0
    while at < len(words):
        size = 4 if at + 2 < len(words) and words[at + 2] in KEYS else 3
        row = words[at : at + size]
        if len(row) < size or row[-1] not in {"A", "D", "E"}:
            raise SortSyntax("ICE007A")
        shape = row[2] if size == 4 else format
        if not shape:
            raise SortSyntax("ICE018A", ",".join(row))
        is_bits = shape == "BI" and "." in row[0] + row[1]
        fields.append((bit_field(row[0], row[1]) if is_bits else field(row[0], row[1], shape), row[-1] == "D"))
        at += size
    if not fields:
        raise SortSyntax("ICE007A")
    return Order(fields, collation)
