"""PARSE: fields of variable place and length, taken out of a record before it is built anew.

    PARSE=(%00=(ENDBEFR=C',',FIXLEN=8),%=(ENDBEFR=C','),%01=(STARTAFT=C'=',ENDBEFR=BLANKS,FIXLEN=5,PAIR=QUOTE))
    ABSPOS ADDPOS SUBPOS   STARTAFT STARTAT   ENDBEFR ENDAT   FIXLEN   PAIR=APOST|QUOTE   REPEAT

Source: [DFSORT INREC "PARSE"]; jes-and-jcl reference 5.7. Rules: each field begins where the one before it ended; what is not
found leaves this field and all behind it blank. % alone is passed over. Raises SortSyntax.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jes.utilities.dfsort.control import LONGEST, SortSyntax, inside, literal, natural, parts

_PAIRS = {"APOST": b"\x7d", "QUOTE": b"\x7f"}
_BLANK = b"\x40"
#: The fields of PARSE are %0 to %999.
_MOST_FIELDS = 1000
_FIELD = re.compile(r"%(\d{0,3})=\((.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Cut:
    """How one field is found. `start`, `end`: strings with whether they belong to the field; BLANKS is the empty string."""

    name: str
    length: int
    absolute: int = 0
    move: int = 0
    start: tuple[tuple[bytes, ...], bool] | None = None
    end: tuple[tuple[bytes, ...], bool] | None = None
    pair: bytes = b""

    def take(self, record: bytes, at: int) -> tuple[int, int, int] | None:
        """Return where the field begins and ends and where the next search begins; None when it is not there."""
        begin = (self.absolute - 1 if self.absolute else at) + self.move
        if begin < 0 or begin >= len(record):
            return None
        if self.start is not None:
            found = _find(record, begin, self.start[0], self.pair)
            if found is None:
                return None
            begin = found[0] if self.start[1] else found[1]
        if self.end is None:
            end = min(begin + self.length, len(record))
            return begin, end, end
        found = _find(record, begin, self.end[0], self.pair)
        if found is None:
            return begin, len(record), len(record)
        return begin, found[1] if self.end[1] else found[0], found[1]


def _find(record: bytes, at: int, wanted: tuple[bytes, ...], pair: bytes) -> tuple[int, int] | None:
    """Return begin and end of the first of the wanted strings; within a pair of quotes nothing counts."""
    inside_pair = False
    while at < len(record):
        if pair and record[at : at + 1] == pair:
            inside_pair = not inside_pair
        if not inside_pair:
            for text in wanted:
                if text and record.startswith(text, at):
                    return at, at + len(text)
                if not text and record[at : at + 1] == _BLANK:
                    rest = record[at:].lstrip(_BLANK)
                    return at, len(record) - len(rest)
        at += 1
    return None


@dataclass(slots=True)
class Parsed:
    """The parsed fields of one statement: their lengths, and their values in the record at hand."""

    lengths: dict[str, int] = field(default_factory=dict)
    values: dict[str, bytes] = field(default_factory=dict)
    is_variable: bool = False

    def reader(self, text: str) -> Parser:
        """Return the function that takes the fields of PARSE= out of a record. Raises SortSyntax."""
        cuts = [cut for part in inside(text) for cut in _cuts(part)]
        for cut in cuts:
            if cut.name:
                self.lengths[cut.name] = cut.length
        return Parser(cuts, self)


@dataclass(frozen=True, slots=True)
class Parser:
    """Takes fields out of records."""

    cuts: list[_Cut]
    parsed: Parsed

    def __call__(self, record: bytes) -> None:
        """Set the values of this record's fields."""
        at = 4 if self.parsed.is_variable else 0
        place: int | None = at
        for cut in self.cuts:
            found = cut.take(record, place) if place is not None else None
            place = found[2] if found is not None else None
            if cut.name:
                data = record[found[0] : found[1]] if found is not None else b""
                self.parsed.values[cut.name] = data[: cut.length].ljust(cut.length, _BLANK)


def _cuts(text: str) -> list[_Cut]:
    match = _FIELD.fullmatch(text)
    if match is None:
        raise SortSyntax("ICE018A", text[:20])
    name, options = match[1].lstrip("0") or ("0" if match[1] else ""), _options(match[2])
    length = natural(options.get("FIXLEN", "0"), LONGEST)
    if name and not length:
        raise SortSyntax("ICE018A", "FIXLEN")
    pair = options.get("PAIR", "")
    if pair and pair not in _PAIRS:
        raise SortSyntax("ICE018A", pair[:20])
    move = natural(options.get("ADDPOS", "0")) - natural(options.get("SUBPOS", "0"))
    start = _strings(options, "STARTAFT", "STARTAT")
    end = _strings(options, "ENDBEFR", "ENDAT")
    absolute = natural(options.get("ABSPOS", "0"))
    repeat = natural(options.get("REPEAT", "1"), _MOST_FIELDS)
    names = [str(int(name) + index) for index in range(repeat)] if name else [""] * repeat
    return [_Cut(one, length, absolute, move, start, end, _PAIRS.get(pair, b"")) for one in names]


_OPTIONS = frozenset("ABSPOS ADDPOS SUBPOS STARTAFT STARTAT ENDBEFR ENDAT FIXLEN PAIR REPEAT".split())  # noqa: SIM905


def _options(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts(text):
        keyword, equals, value = part.partition("=")
        if not equals or keyword not in _OPTIONS:
            raise SortSyntax("ICE018A", part[:20])
        # A keyword that is coded more than once gives alternatives: ENDBEFR=C',',ENDBEFR=C';'.
        found[keyword] = f"{found[keyword]}\n{value}" if keyword in found else value
    return found


def _strings(options: dict[str, str], outside: str, within: str) -> tuple[tuple[bytes, ...], bool] | None:
    for keyword, belongs in ((outside, False), (within, True)):
        if keyword in options:
            return tuple(_string(text) for text in options[keyword].split("\n")), belongs
    return None


def _string(text: str) -> bytes:
    if text in {"BLANKS", "BLANK"}:
        return b""
    data = literal(text)
    if not data:
        raise SortSyntax("ICE018A", text[:20])
    return data
