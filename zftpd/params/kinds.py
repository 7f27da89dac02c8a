"""Converters between the text of a setting and its value.

Source: value ranges of [CFGREF]; zos-ftp-server.md 4.2, 4.3, 6.
Rules: `parse` raises BadValue with the reason as a fact; `texts` gives back what `parse` reads. None is no value of a
kind: "not given" is handled by the row. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mvsfs.dcb import Recfm as RecordFormat
from mvsfs.errors import InvalidDsname
from mvsfs.names import parse_target

NOT_NUMERIC, OUT_OF_RANGE, INVALID, MISSING = "not numeric", "range", "invalid", "missing"


@dataclass
class BadValue(Exception):
    """A text that is no value of its parameter. `reason` is one of the four words above; `allowed` says what would do."""

    text: str
    reason: str
    allowed: str
    low: int = 0
    high: int = 0

    def __str__(self) -> str:
        return f"{self.text!r} is {self.reason}: {self.allowed}"


class Kind:
    """What one sort of value accepts and how it is written."""

    repeats = False

    @property
    def allowed(self) -> str:
        """Describe the values, as the reference page shows them."""
        raise NotImplementedError

    def parse(self, text: str) -> object:
        """Return the value of `text`."""
        raise NotImplementedError

    def texts(self, value: object) -> list[str]:
        """Return `value` as texts that `parse` reads; one, except where statements repeat."""
        return [str(value)]

    def add(self, before: object, text: str) -> object:
        """Return the value after one more statement of a repeatable kind."""
        raise NotImplementedError


@dataclass(frozen=True)
class Switch(Kind):
    """TRUE or FALSE; in SITE the bare name and NOname."""

    @property
    def allowed(self) -> str:
        """TRUE or FALSE."""
        return "TRUE | FALSE"

    def parse(self, text: str) -> bool:
        """Return True or False."""
        word = text.upper()
        if word not in {"TRUE", "FALSE"}:
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return word == "TRUE"

    def texts(self, value: object) -> list[str]:
        """Return TRUE or FALSE."""
        return ["TRUE" if value else "FALSE"]


@dataclass(frozen=True)
class Count(Kind):
    """A whole number from low to high; `zero` allows 0 below low; `words` stand for themselves (X, *, P)."""

    low: int
    high: int
    zero: bool = False
    words: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """The range, with 0 and the words."""
        return " | ".join(["0"] * self.zero + [f"{self.low}-{self.high}", *self.words])

    def parse(self, text: str) -> int | str:
        """Return the number or the word."""
        if text.upper() in self.words:
            return text.upper()
        if not (text.isascii() and text.isdecimal()):
            raise BadValue(text, NOT_NUMERIC if text else MISSING, self.allowed, self.low, self.high)
        number = int(text)
        if not (self.low <= number <= self.high or (self.zero and number == 0)):
            raise BadValue(text, OUT_OF_RANGE, self.allowed, 0 if self.zero else self.low, self.high)
        return number


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words; `spelled` maps other accepted spellings to them."""

    words: tuple[str, ...]
    spelled: tuple[tuple[str, str], ...] = ()
    as_number: bool = False

    @property
    def allowed(self) -> str:
        """The words."""
        return " | ".join(self.words)

    def parse(self, text: str) -> str | int:
        """Return the word (a number where all words are digits and the row says so)."""
        word = dict(self.spelled).get(text.upper(), text.upper())
        if word not in self.words:
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return int(word) if self.as_number else word


@dataclass(frozen=True)
class Word(Kind):
    """A name of at most `longest` characters, folded to upper case; `legal` refines it."""

    longest: int
    what: str
    legal: Callable[[str], bool] = lambda _: True

    @property
    def allowed(self) -> str:
        """What sort of name."""
        return self.what

    def parse(self, text: str) -> str:
        """Return the name in upper case."""
        word = text.upper()
        if not word or len(word) > self.longest or not self.legal(word):
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return word


@dataclass(frozen=True)
class Text(Kind):
    """Any text in its own case: a path, a data set name, an address."""

    what: str

    @property
    def allowed(self) -> str:
        """What sort of text."""
        return self.what

    def parse(self, text: str) -> str:
        """Return the text."""
        if not text:
            raise BadValue(text, MISSING, self.allowed)
        return text


@dataclass(frozen=True)
class Dsname(Kind):
    """A data set name, fully qualified with or without quotes, folded to upper case."""

    @property
    def allowed(self) -> str:
        """What sort of name."""
        return "data set name"

    def parse(self, text: str) -> str:
        """Return the name."""
        name = text.strip("'").upper()
        if not name:
            raise BadValue(text, MISSING, self.allowed)
        try:
            target = parse_target(name)
        except InvalidDsname:
            raise BadValue(text, INVALID, self.allowed) from None
        if target.member is not None:
            raise BadValue(text, INVALID, self.allowed)
        return name


@dataclass(frozen=True)
class Octal(Kind):
    """One to three octal digits."""

    @property
    def allowed(self) -> str:
        """The digits."""
        return "1-3 octal digits"

    def parse(self, text: str) -> int:
        """Return the number."""
        if not (1 <= len(text) <= 3 and all(digit in "01234567" for digit in text)):
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return int(text, 8)

    def texts(self, value: object) -> list[str]:
        """Return three octal digits."""
        assert isinstance(value, int)
        return [f"{value:03o}"]


RECFMS = (
    "F",
    "FA",
    "FB",
    "FBA",
    "FBM",
    "FBS",
    "FBSA",
    "FBSM",
    "FM",
    "FS",
    "FSA",
    "FSM",
    "V",
    "VA",
    "VB",
    "VBA",
    "VBM",
    "VBS",
    "VBSA",
    "VBSM",
    "VM",
    "VS",
    "VSA",
    "VSM",
    "U",
    "UA",
    "UM",
    "D",
    "DA",
    "DB",
    "DBA",
    "DBS",
    "DS",
)


@dataclass(frozen=True)
class Recfm(Kind):
    """A record format of the manual's list; letters after the first may come in any order (FBA, FAB)."""

    star: bool = False

    @property
    def allowed(self) -> str:
        """The formats."""
        return " | ".join(RECFMS) + (" | *" if self.star else "")

    def parse(self, text: str) -> str:
        """Return the format in its usual order of letters."""
        word = text.upper()
        if self.star and word == "*":
            return word
        ordered = word[:1] + "".join(letter for letter in "BSAM" if letter in word[1:])
        if len(ordered) != len(word) or ordered not in RECFMS:
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        RecordFormat.parse(ordered)
        return ordered


def unlisted(text: str) -> list[str]:
    """Return the items of `(a,b)` or `a,b` or `a b`, blanks around them removed; none when a parenthesis has no mate."""
    inner = text.strip()
    if inner.startswith("(") != inner.endswith(")"):
        return []
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    return [item for item in inner.replace(",", " ").split() if item]


SWITCH = Switch()
EOLS = Choice(("CRLF", "CR", "LF", "NONE"))
