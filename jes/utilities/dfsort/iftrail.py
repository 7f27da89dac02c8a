"""OUTFIL IFTRAIL: a trailer record that is in the data already is given the count and totals of the records before it.

    IFTRAIL=(HD=YES,TRLID=(1,1,CH,EQ,C'T'),TRLUPD=(6:COUNT=(M11,LENGTH=4),14:TOT=(10,4,ZD,TO=ZD,LENGTH=6)))
             first record is a header   what the trailer is          which of its columns become what

Source: [DFSORT OUTFIL, "Example 30"]. Rules: header and trailer are written whatever INCLUDE says and are not counted; the
totals are those of the records that were written. Positions are those of records before BUILD [assumed].
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jes.utilities.dfsort.control import SortSyntax, inside, natural
from jes.utilities.dfsort.formats import Field, value
from jes.utilities.dfsort.packed import Batch
from jes.utilities.dfsort.reformat import Context
from jes.utilities.dfsort.report import STATISTIC, Totals, statistic, summed_field
from jes.utilities.dfsort.select import Predicate, predicate

_UPDATE = re.compile(r"(\d{1,5}):(.*)", re.DOTALL)


class Trailer:
    """One IFTRAIL operand and the totals of its OUTFIL."""

    def __init__(self, text: str, context: Context, format: str) -> None:
        """Read the operand; `format` is FORMAT= of the statement. Raises SortSyntax."""
        found = dict(word.partition("=")[::2] for word in inside(text))
        if found.keys() - {"HD", "TRLID", "TRLUPD"} or not {"TRLID", "TRLUPD"} <= found.keys():
            raise SortSyntax("ICE018A", text[:20])
        if found.get("HD", "NO") not in {"YES", "NO"}:
            raise SortSyntax("ICE018A", found["HD"][:20])
        self._expects_header = found.get("HD") == "YES"
        self._is_trailer = predicate(found["TRLID"], format, context.now)
        self._totals = Totals()
        self._updates = [_update(word) for word in inside(found["TRLUPD"])]
        fields = {summed_field(match)[0] for _, match in self._updates if match[2] != "COUNT"}
        self._fields: list[tuple[Field, Callable[[bytes], int]]] = [(part, value(part)) for part in fields]

    def chosen(self, batch: Batch, test: Predicate | None) -> list[bytes]:
        """Return the records that are written: header, those that pass the test, trailer with its new columns."""
        result: list[bytes] = []
        for record in batch:
            if self._expects_header:
                self._expects_header = False
                result.append(record)
            elif self._is_trailer(record):
                result.append(self._updated(record))
            elif test is None or test(record):
                self._totals.add(record, self._fields)
                result.append(record)
        return result

    def _updated(self, record: bytes) -> bytes:
        line = bytearray(record)
        for start, match in self._updates:
            data = statistic(match, self._totals)
            line[start : start + len(data)] = data[: max(len(record) - start, 0)]
        return bytes(line)


def _update(word: str) -> tuple[int, re.Match[str]]:
    found = _UPDATE.fullmatch(word)
    match = STATISTIC.fullmatch(found[2]) if found else None
    if found is None or match is None or not natural(found[1]) or match[1]:
        raise SortSyntax("ICE018A", word[:20])
    statistic(match, Totals())  # what cannot be shown is refused now, not at the trailer
    return natural(found[1]) - 1, match
