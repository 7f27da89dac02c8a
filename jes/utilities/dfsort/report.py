"""Reports of OUTFIL: page headers, trailers, sections, totals.

    HEADER1 once at the front, HEADER2 on each page, HEADER3 per section; TRAILER3 per section, TRAILER2 per page, TRAILER1 at
    the end

Source: [DFSORT OUTFIL, "HEADER1" to "SECTIONS"]; jes-and-jcl reference 5.7.
Rules: a line is (control character, data); pages have LINES=60 lines unless the statement says otherwise; 1 begins a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jes.hosttext import to_host
from jes.utilities.dfsort import dates, edit
from jes.utilities.dfsort.control import SortSyntax, Statement, extent, inside, literal, natural, parts
from jes.utilities.dfsort.formats import Field, digits_of, encode, quotient, value
from jes.utilities.dfsort.formats import field as field_of
from jes.utilities.dfsort.reformat import Context

Line = tuple[str, bytes]
LINES_PER_PAGE = 60
_MOST_BLANK_LINES = 255
STATISTIC = re.compile(r"(SUB)?(TOTAL|TOT|MIN|MAX|AVG|COUNT)(\d{1,2})?(?:([+-])(\d+))?(?:=(.*))?", re.DOTALL)
_COLUMN = re.compile(r"(\d{1,5}):(.*)", re.DOTALL)


@dataclass(slots=True)
class Totals:
    """Counts and sums over some records; one for each numeric field that a trailer mentions."""

    count: int = 0
    sums: dict[Field, int] = field(default_factory=dict)
    lows: dict[Field, int] = field(default_factory=dict)
    highs: dict[Field, int] = field(default_factory=dict)

    def add(self, record: bytes, fields: list[tuple[Field, Callable[[bytes], int]]]) -> None:
        """Count a record."""
        self.count += 1
        for part, worth in fields:
            number = worth(record)
            self.sums[part] = self.sums.get(part, 0) + number
            self.lows[part] = min(self.lows.get(part, number), number)
            self.highs[part] = max(self.highs.get(part, number), number)


@dataclass(slots=True)
class _Section:
    """One key of SECTIONS: where it lies, what stands around it, whether a page or blank lines follow."""

    key: Field
    skip: str = ""
    on_each_page: bool = False
    header: str = ""
    trailer: str = ""
    totals: Totals = field(default_factory=Totals)


class Report:
    """Makes the lines around the detail lines."""

    def __init__(self, statement: Statement, context: Context) -> None:
        """Read headers, trailers and sections. Raises SortSyntax."""
        self._context = context
        self._texts = {word: _list(statement.text(word)) for word in ("HEADER1", "HEADER2", "TRAILER1", "TRAILER2")}
        self._sections = _sections(statement.text("SECTIONS") or "")
        lines = statement.text("LINES")
        self._page_lines = natural(re.sub(r"\D", "", lines) or "0") if lines else LINES_PER_PAGE
        self._fields: list[tuple[Field, Callable[[bytes], int]]] = []
        self._all, self._page_totals = Totals(), Totals()
        self._page = 0
        self._used = 0
        self._last: bytes | None = None
        self.lines = 0
        self.width = 0
        self._trailing = len(_lines(parts(self._texts["TRAILER2"]))) if self._texts["TRAILER2"] else 0
        for text in (*self._texts.values(), *(s.header for s in self._sections), *(s.trailer for s in self._sections)):
            self._measure(text)

    def _measure(self, text: str) -> None:
        """Learn the fields that trailers total, and how wide lines become."""
        if not text:
            return
        for line in _lines(parts(text)):
            for word in line:
                match = STATISTIC.fullmatch(_COLUMN.sub(r"\2", word))
                if match and match[2] != "COUNT":
                    part, _ = summed_field(match)
                    if part not in dict(self._fields):
                        self._fields.append((part, value(part)))
            self.width = max(self.width, len(self._made(line, b"\x40" * 4096, Totals())))

    def before(self, record: bytes) -> list[Line]:
        """Return what stands before a record: the end of the section before it, page and section headers."""
        result: list[Line] = []
        first_change = 0
        if self._last is None:
            result += self._front(record)
        else:
            changed = [
                i for i, section in enumerate(self._sections) if section.key.bytes_of(record) != section.key.bytes_of(self._last)
            ]
            if not changed:
                return self._page_break(record)
            first_change = changed[0]
            result += self._close_sections(first_change)
            skip = self._sections[first_change].skip
            if skip == "P":
                result += self._end_page() + self._new_page(record)
            elif skip:
                blank = [(" ", b"")] * natural(skip.removesuffix("L") or "1")
                self._used += len(blank)
                self.lines += len(blank)
                result += blank
            if self._page_is_full():
                result += self._end_page() + self._new_page(record)
        for section in self._sections[first_change:]:
            section.totals = Totals()
            result += self._text(section.header, record, section.totals)
        return result

    def _front(self, record: bytes) -> list[Line]:
        self._page = 1 if self._texts["HEADER1"] else 0
        result = self._text(self._texts["HEADER1"], record, self._all, control="1")
        return result + self._new_page(record, is_first=not result)

    def _new_page(self, record: bytes, *, is_first: bool = True) -> list[Line]:
        self._page += 1
        self._used = 0
        self._page_totals = Totals()
        return self._text(self._texts["HEADER2"], record, self._all, control="1" if is_first or self._texts["HEADER2"] else " ")

    def _page_break(self, record: bytes) -> list[Line]:
        if not self._page_is_full():
            return []
        result = self._end_page() + self._new_page(record)
        for section in self._sections:
            if section.on_each_page:
                result += self._text(section.header, record, section.totals)
        return result

    def _page_is_full(self) -> bool:
        """Tell whether the next line belongs to another page; the lines of TRAILER2 need their place too."""
        return bool(self._page_lines) and self._used + self._trailing >= self._page_lines

    def _end_page(self) -> list[Line]:
        return self._text(self._texts["TRAILER2"], self._last or b"", self._page_totals)

    def _close_sections(self, first: int) -> list[Line]:
        result: list[Line] = []
        for section in reversed(self._sections[first:]):
            result += self._text(section.trailer, self._last or b"", section.totals)
        return result

    def count(self, record: bytes) -> None:
        """Take a detail record into all totals."""
        self._last = record
        for totals in (self._all, self._page_totals, *(section.totals for section in self._sections)):
            totals.add(record, self._fields)

    def details(self, built: Sequence[bytes]) -> list[Line]:
        """Return detail lines."""
        self._used += len(built)
        return [(" ", line) for line in built]

    def end(self) -> list[Line]:
        """Return what follows the last record."""
        result: list[Line] = []
        if self._last is None:
            result += self._front(b"")
        elif self._sections:
            result += self._close_sections(0)
        return result + self._end_page() + self._text(self._texts["TRAILER1"], self._last or b"", self._all)

    def _text(self, text: str, record: bytes, totals: Totals, control: str = " ") -> list[Line]:
        if not text:
            return []
        result: list[Line] = []
        for line in _lines(parts(text)):
            result.append((control, self._made(line, record, totals)))
            control = " "
        self._used += len(result)
        self.lines += len(result)
        return result

    def _made(self, words: list[str], record: bytes, totals: Totals) -> bytes:
        line = bytearray()
        at = 0
        while at < len(words):
            word = words[at]
            match = _COLUMN.fullmatch(word)
            if match:
                line.extend(b"\x40" * (natural(match[1]) - 1 - len(line)))
                word = match[2]
            at += 1
            if word.isdecimal() and at < len(words) and words[at].isdecimal():
                start, size = extent(word) - 1, extent(words[at])
                line += record[start : start + size].ljust(size, b"\x40")
                at += 1
            elif word:
                line += self._word(word, totals)
        return bytes(line)

    def _word(self, word: str, totals: Totals) -> bytes:
        constant = literal(word)
        if constant is None and re.fullmatch(r"\d*'(?:[^']|'')*'", word):
            constant = literal((word.partition("'")[0]) + "C" + word[word.index("'") :])
        if constant is not None:
            return constant
        if word == "PAGE":
            return to_host(f"{self._page:>6}")
        if word.startswith("PAGE="):
            return _shown(self._page, inside(word[5:]), 15)
        date = dates.constant(word, self._context.now)
        if date is not None:
            return to_host(date)
        match = STATISTIC.fullmatch(word)
        if match is None:
            raise SortSyntax("ICE018A", word[:20])
        return statistic(match, self._all if match[1] else totals)


def statistic(match: re.Match[str], totals: Totals) -> bytes:
    """Return what a STATISTIC shows of these totals. Raises SortSyntax."""
    if match[2] == "COUNT":
        number = totals.count + (int(match[4] + match[5]) if match[4] else 0)
        shape = inside(match[6]) if match[6] else []
        return _shown(number, shape, 8 if not match[3] else int(match[3]))
    part, shape = summed_field(match)
    number = {
        "MIN": totals.lows.get(part, 0),
        "MAX": totals.highs.get(part, 0),
        "AVG": quotient(totals.sums.get(part, 0), totals.count),
    }.get(match[2], totals.sums.get(part, 0))
    return _shown(number, shape, max(digits_of(part.format, part.length), 15), "M0")


def summed_field(match: re.Match[str]) -> tuple[Field, list[str]]:
    """Return the field p,m,f of a STATISTIC and how its number is shown. Raises SortSyntax."""
    words = inside(match[6]) if match[6] else []
    if len(words) < 3:
        raise SortSyntax("ICE018A", match[0][:20])
    return field_of(words[0], words[1], words[2]), words[3:]


def _shown(number: int, shape: list[str], digits: int, default: str = "") -> bytes:
    mask, pattern, length, target, signs = "", "", 0, "", edit.Signs()
    for word in shape:
        keyword, _, rest = word.partition("=")
        if re.fullmatch(r"M\d{1,2}", word):
            mask = word
        elif keyword == "EDIT":
            pattern = rest.removeprefix("(").removesuffix(")")
        elif keyword == "LENGTH":
            length = extent(rest)
        elif keyword == "TO":
            target = rest
        elif keyword == "SIGNS":
            signs = edit.Signs(*(text or " " for text in [*inside(rest), "", "", "", ""][:4]))
        else:
            raise SortSyntax("ICE018A", word[:20])
    if target:
        return encode(number, target, length or digits)
    if pattern:
        text = edit.apply(number, pattern, signs)
    else:
        text = edit.edited(number, mask or default, digits) if mask or default else str(number).rjust(digits)
    return to_host(text.rjust(length)[-length:] if length else text)


def _list(text: str | None) -> str:
    if text is None:
        return ""
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _lines(words: list[str]) -> list[list[str]]:
    """Part the words at `/`; nnn/ leaves lines blank."""
    lines: list[list[str]] = [[]]
    for word in words:
        match = re.fullmatch(r"(\d*)(/+)", word)
        if match:
            lines.extend([] for _ in range(natural(match[1] or "1", _MOST_BLANK_LINES) * len(match[2])))
        else:
            lines[-1].append(word)
    return lines


def _sections(text: str) -> list[_Section]:
    result: list[_Section] = []
    words = inside(text) if text else []
    at = 0
    while at < len(words):
        keyword, _, rest = words[at].partition("=")
        if words[at].isdecimal() and at + 1 < len(words):
            result.append(_Section(field_of(words[at], words[at + 1], "CH")))
            at += 2
            if at < len(words) and words[at] in {"CH", "BI"}:
                at += 1
            continue
        if not result:
            raise SortSyntax("ICE018A", words[at][:20])
        if keyword == "SKIP":
            if not re.fullmatch(r"P|\d{0,3}L", rest):
                raise SortSyntax("ICE018A", words[at][:20])
            result[-1].skip = rest
        elif keyword == "HEADER3":
            result[-1].header = _list(rest)
        elif keyword == "TRAILER3":
            result[-1].trailer = _list(rest)
        elif words[at] == "PAGEHEAD":
            result[-1].on_each_page = True
        else:
            raise SortSyntax("ICE018A", words[at][:20])
        at += 1
    return result
