"""The reports of ICETOOL's DISPLAY and OCCUR: titles, columns, statistics, breaks.

    TITLE('..') DATE TIME PAGE at the head of each page   HEADER('..') | NOHEADER over the columns   BLANK INDENT BETWEEN LINES
    ON(p,m,f[,Mnn][,L'..'][,F'..'][,T'..'])  ON(NUM)        TOTAL AVERAGE MAXIMUM MINIMUM COUNT at the end, BTOTAL .. at a break

Source: [DFSORT ICETOOL DISPLAY]; jes-and-jcl reference 5.7. Rules: numbers have a sign and 15 digits, with BLANK neither leading
zeros nor plus; then columns are underlined. Spacing is assumed where no example of the manual shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, zip_longest

from jes.hosttext import to_text
from jes.utilities.dfsort import dates, edit
from jes.utilities.dfsort.control import SortSyntax, Statement, extent, literal, natural, parts
from jes.utilities.dfsort.formats import NUMERIC, VLEN, Field, digits_of, field, quotient, value

LINES_PER_PAGE = 58
DIGITS = 15
#: Limits of INDENT and BETWEEN, of LINES, and of a field in hexadecimal.
_MOST_BLANKS, _MOST_LINES, _LONGEST_HEX = 50, 999, 2000
_STATISTICS = ("TOTAL", "AVERAGE", "MAXIMUM", "MINIMUM")
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One ON: how a record's value is got, and how it is shown. `number`: it can be totalled."""

    heading: str
    width: int
    get: Callable[[bytes, int], object]
    show: Callable[[object], str]
    is_number: bool

    def cell(self, shown: str) -> str:
        """Return the text in the column's width."""
        return shown.rjust(self.width) if self.is_number else shown.ljust(self.width)


#: Headings of columns that are no fields.
_HEADINGS = {"NUM": "RECORD NUMBER", "VALCNT": "VALUE COUNT", "VLEN": "RECORD LENGTH"}


def columns(statement: Statement) -> list[Column]:
    """Return the columns of the ON and HEADER operands. Raises SortSyntax."""
    headings = [_heading(text) for text in statement.all("HEADER")]
    is_blank = statement.has("BLANK")
    found = []
    for index, text in enumerate(statement.all("ON")):
        words = parts(text)
        heading = headings[index] if index < len(headings) else _HEADINGS.get(words[0], f"({','.join(words[:3])})")
        found.append(_column(words, "" if statement.has("NOHEADER") else heading, is_blank))
    if not found:
        raise SortSyntax("ICE603A")
    return found


def _heading(text: str) -> str:
    """Return the lines of HEADER('line1','line2',..); HEADER(NONE) has none."""
    return "" if text == "NONE" else "\n".join(map(_unquoted, parts(text)))


def _breadth(heading: str) -> int:
    return max(map(len, heading.split("\n")))


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'") if len(text) > 1 and text[0] == text[-1] == "'" else text


def _column(words: list[str], heading: str, is_blank: bool) -> Column:
    if words[0] == "NUM":
        show = _number("", is_blank, DIGITS)
        return Column(heading, max(DIGITS, _breadth(heading)), lambda _record, number: number, show, True)
    if words[0] == "VALCNT":
        digits = int(_extras(words[1:])["U"] or DIGITS)
        return Column(heading, max(digits, _breadth(heading)), lambda _record, _number: 0, str, True)
    if words[0] == "VLEN":
        worth, show = value(VLEN), _formatted(_extras(words[1:]), VLEN, is_blank)
        return Column(heading, max(len(show(0)), _breadth(heading)), lambda record, _number: worth(record), show, True)
    if len(words) < 3:
        raise SortSyntax("ICE018A", ",".join(words)[:20])
    extras = _extras(words[3:])
    lead, fill, trail, mask = extras["L"], extras["F"], extras["T"], extras["M"]
    if words[2] == "HEX":
        start, size = extent(words[0]) - 1, natural(words[1], _LONGEST_HEX)
        width = max(2 * size, _breadth(heading))
        return Column(heading, width, lambda record, _number: record[start : start + size].hex().upper(), str, False)
    part = field(words[0], words[1], words[2])
    if (part.format in NUMERIC and part.format != "BI") or (part.format == "BI" and mask):
        worth, show = _divided(value(part), extras["/"]), _formatted(extras, part, is_blank)
        shape: Callable[[object], str] = lambda number: lead + _filled(show(number), fill) + trail  # noqa: E731
        width = max(len(shape(0)), _breadth(heading))
        return Column(heading, width, lambda record, _number: worth(record), shape, True)
    if part.format == "BI":
        worth, show = value(part), _number("", is_blank, digits_of("BI", part.length))
        return Column(heading, max(len(show(0)), _breadth(heading)), lambda record, _number: worth(record), show, True)
    return _text_column(part, heading, lead, trail)


def _text_column(part: Field, heading: str, lead: str, trail: str) -> Column:
    width = max(part.length + len(lead) + len(trail), _breadth(heading))
    get = lambda record, _number: lead + to_text(part.bytes_of(record)).ljust(part.length) + trail  # noqa: E731
    return Column(heading, width, get, str, False)


def _extras(words: list[str]) -> dict[str, str]:
    """Return what stands behind p,m,f: texts L F T, pattern E, mask M, digits U, divisor /, leading zeros Z."""
    found = dict.fromkeys("LFTEMU/Z", "")
    for word in words:
        match = re.fullmatch(r"([LFTE])('.*')", word)
        if match:
            found[match[1]] = to_text(literal(f"C{match[2]}") or b"")
        elif word in edit.TOOL_MASKS or re.fullmatch(r"M\d{1,2}", word):
            found["M"] = word
        elif re.fullmatch(r"[NU]\d\d", word) and word[1:] != "00":
            found["U"] = word[1:]
        elif word in _DIVISORS:
            found["/"] = word
        elif word == "LZ":
            found["Z"] = word
        else:
            raise SortSyntax("ICE018A", word[:20])
    return found


_DIVISORS = {
    "/C": 100, "/K": 1024, "/M": 1024**2, "/G": 1024**3, "/D": 10, "/DK": 1000, "/DM": 1000**2, "/DG": 1000**3,
}  # fmt: skip


def _divided(worth: Callable[[bytes], int], divisor: str) -> Callable[[bytes], int]:
    """Return a number divided as an extra says; what is behind the point is cut off."""
    if not divisor:
        return worth
    size = _DIVISORS[divisor]

    def divided(record: bytes) -> int:
        number = worth(record)
        return number // size if number >= 0 else -(-number // size)

    return divided


def _formatted(extras: dict[str, str], part: Field, is_blank: bool) -> Callable[[object], str]:
    """Return how the numbers of a column are shown: by E'pattern', by a mask, with so many digits."""
    digits = int(extras["U"] or 0)
    if extras["E"]:
        return lambda number: _patterned(int(str(number)), extras["E"])
    if extras["Z"]:
        size = digits or digits_of(part.format, part.length)
        return lambda number: ("-" if int(str(number)) < 0 else " ") + str(abs(int(str(number)))).zfill(size)
    if extras["M"]:
        size = digits or max(digits_of(part.format, part.length), DIGITS)
        return lambda number: edit.edited(int(str(number)), extras["M"], size)
    if digits and not is_blank:
        return lambda number: f"{int(str(number)):+0{digits + 1}d}"
    return _number("", is_blank, digits or digits_of(part.format, part.length))


def _patterned(number: int, pattern: str) -> str:
    """Return the digits of a number in the places that the nines of E'pattern' stand for."""
    digits = iter(str(abs(number)).zfill(pattern.count("9"))[-max(pattern.count("9"), 1) :])
    return "".join(next(digits) if character == "9" else character for character in pattern)


def _number(mask: str, is_blank: bool, digits: int) -> Callable[[object], str]:
    """Return how a number is shown: by a mask, else with sign and digits."""
    if mask:
        return lambda number: edit.edited(int(str(number)), mask, max(digits, DIGITS))
    if is_blank:
        return lambda number: str(number).rjust(digits + 1)
    return lambda number: f"{int(str(number)):+0{DIGITS + 1}d}"


def _filled(text: str, floating: str) -> str:
    if not floating:
        return text
    digits = text.lstrip()
    return text[: max(len(text) - len(digits) - len(floating), 0)] + floating + digits


@dataclass(slots=True)
class _Statistics:
    """What is known of the numbers of one column."""

    count: int = 0
    total: int = 0
    low: int = 0
    high: int = 0

    def add(self, number: int) -> None:
        """Take a number."""
        self.join(_Statistics(1, number, number, number))

    def join(self, other: _Statistics) -> None:
        """Take the numbers of another."""
        if other.count:
            self.low = min(self.low, other.low) if self.count else other.low
            self.high = max(self.high, other.high) if self.count else other.high
            self.count, self.total = self.count + other.count, self.total + other.total


class Report:
    """Makes the lines of one report."""

    def __init__(self, statement: Statement, found: list[Column], now: datetime) -> None:
        """Read titles and layout."""
        self._statement = statement
        self._columns = found
        self._now = now
        self._page = 0
        self._indent = " " * natural(statement.text("INDENT") or "0", _MOST_BLANKS)
        self._between = " " * natural(statement.text("BETWEEN") or "3", _MOST_BLANKS)
        self._lines = natural(statement.text("LINES") or str(LINES_PER_PAGE), _MOST_LINES)
        self._used = 0

    def lines(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield the lines, each with its control character; `rows` hold a value for each column, and the break value first."""
        total = [_Statistics() for _ in self._columns]
        count = 0
        breaks = self._statement.text("BREAK") is not None
        for mark, group in groupby(rows, key=lambda row: row[0]):
            yield from self._head(str(mark) if breaks else "")
            part = [_Statistics() for _ in self._columns]
            size = 0
            for row in group:
                size += 1
                if self._used >= self._lines:
                    yield from self._head(str(mark) if breaks else "")
                yield self._line([column.show(cell) for column, cell in zip(self._columns, row[1:], strict=True)])
                for index, column in enumerate(self._columns):
                    if column.is_number:
                        part[index].add(int(str(row[1 + index])))
            count += size
            for whole, piece in zip(total, part, strict=True):
                whole.join(piece)
            if breaks:
                yield from self._totals(part, size, "B")
        if not self._page:
            yield from self._head("")
        yield from self._totals(total, count, "")

    def _moment(self, word: str) -> str:
        """Return DATE or TIME, in the form of DATE(abcd) or TIME(abc) where one is given. Raises SortSyntax."""
        text = self._statement.text(word)
        return dates.constant(f"{word}=({text})" if text else word, self._now) or ""

    def _head(self, mark: str) -> Iterator[str]:
        self._page += 1
        self._used = 0
        control = "1"
        titles = [_unquoted(text) for text in self._statement.all("TITLE")]
        extras = {"DATE": self._moment("DATE"), "TIME": self._moment("TIME"), "PAGE": f"- {self._page} -"}
        words = [text for word, text in extras.items() if self._statement.has(word) or self._statement.text(word) is not None]
        for number, title in enumerate([*titles, *([""] if words and not titles else [])]):
            yield control + self._indent + "     ".join([title, *(words if not number else [])])
            control = " "
        if control == " ":
            yield " "
        if mark:
            yield f"{control}{self._indent}{_unquoted(self._statement.text('BTITLE') or '')} {mark}".rstrip()
            yield " "
            control = " "
        if not self._statement.has("NOHEADER"):
            for heads in zip_longest(*(column.heading.split("\n") for column in self._columns), fillvalue=""):
                cells = (column.cell(head) for column, head in zip(self._columns, heads, strict=True))
                yield control + self._indent + self._between.join(cells).rstrip()
                control = " "
            if self._statement.has("BLANK"):
                yield " " + self._indent + self._between.join("-" * column.width for column in self._columns)
            else:
                yield " "

    def _line(self, cells: list[str]) -> str:
        self._used += 1
        shown = (column.cell(cell) for column, cell in zip(self._columns, cells, strict=True))
        return " " + self._indent + self._between.join(shown).rstrip()

    def _totals(self, numbers: list[_Statistics], count: int, prefix: str) -> Iterator[str]:
        for word in _STATISTICS:
            text = self._statement.text(prefix + word)
            if text is None:
                continue
            cells = [_statistic(word, found, column) for column, found in zip(self._columns, numbers, strict=True)]
            first = next((index for index, cell in enumerate(cells) if not cell), -1)
            if first == 0:
                cells[0] = _unquoted(text)
            yield " "
            yield self._line(cells) if first == 0 else f"{self._line(cells)}   {_unquoted(text)}"
        text = self._statement.text(f"{prefix}COUNT")
        if text is not None:
            yield " "
            yield f" {self._indent}{_unquoted(text)} {count}"


def _statistic(word: str, found: _Statistics, column: Column) -> str:
    if not column.is_number:
        return ""
    average = quotient(found.total, found.count)
    numbers = {"TOTAL": found.total, "AVERAGE": average, "MAXIMUM": found.high, "MINIMUM": found.low}
    return column.show(numbers[word])
