"""Days as items of BUILD: a date field, what is done with its day, and how it is written.

    p,m,fmt [,ADDDAYS,n ..] [,NEXTDMON | LASTDAYM ..] ,{TOJUL=fmt | TOGREG=fmt | WEEKDAY=CHAR3}      p,m,fmt,DATEDIFF,p,m,fmt
    p,m,Y2T or p,m,Y2T(/) alone: the date with a year of four digits

Source: [DFSORT "Date conversions"]; jes-and-jcl reference 5.7. Not here: fields (datefields.py), the calendar (datemath.py).
Rules: raises SortSyntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from jes.utilities.dfsort import datemath
from jes.utilities.dfsort.control import SortSyntax, natural
from jes.utilities.dfsort.datefields import DATED, Y2PAST, day, shape, widened
from jes.utilities.dfsort.formats import NUMERIC, VALUES

Piece = Callable[[bytes], bytes]
Day = Callable[[bytes], date | None]


class Words(Protocol):
    """The words behind a field."""

    now: datetime

    def peek(self) -> str:
        """Return the next word."""

    def take(self) -> str:
        """Return the next word and go on."""


def read(words: Words, fetch: Piece, length: int) -> tuple[Piece, int]:
    """Return the item that begins with a date field, and its length. The format is the next word."""
    window = words.now.year - Y2PAST
    format, _, between = words.take().partition("(")
    if format not in DATED:
        raise SortSyntax("ICE018A", format[:20])
    if not _goes_on(words.peek()):
        piece = widened(format, between.removesuffix(")"), window)
        size = len(piece(b"\xf1" * length if format[2] not in "PDB" else b"\x12" * (length - 1) + b"\x2c"))
        return (lambda record: piece(fetch(record))), size
    found: Day = lambda record: day(format, fetch(record), window)  # noqa: E731
    while True:
        word = words.peek()
        if word == "DATEDIFF":
            words.take()
            other = _field(words, window)
            return _difference(found, other), 8
        step, named = datemath.counted(word), datemath.named(word)
        if step is not None:
            words.take()
            found = _moved(found, step, _amount(words))
        elif named is not None:
            words.take()
            found = _named(found, named)
        else:
            break
    return _written(words, found)


def _goes_on(word: str) -> bool:
    if word.partition("=")[0] in {"TOJUL", "TOGREG", "WEEKDAY", "DATEDIFF"}:
        return True
    return datemath.counted(word) is not None or datemath.named(word) is not None


def _difference(one: Day, two: Day) -> Piece:
    return lambda record: datemath.difference(one(record), two(record))


def _moved(found: Day, step: datemath.Step, amount: Callable[[bytes], int]) -> Day:
    def moved(record: bytes) -> date | None:
        first = found(record)
        return step(first, amount(record)) if first is not None else None

    return moved


def _named(found: Day, named: Callable[[date], date | None]) -> Day:
    def moved(record: bytes) -> date | None:
        first = found(record)
        return named(first) if first is not None else None

    return moved


def _amount(words: Words) -> Callable[[bytes], int]:
    """Return the number behind ADDDAYS and its like: a constant or a numeric field."""
    word = words.take()
    if re.fullmatch(r"[+-]?\d{1,7}", word) and words.peek() and not words.peek().isdecimal():
        number = int(word)
        return lambda _record: number
    if re.fullmatch(r"[+-]\d{1,7}", word) or not words.peek().isdecimal():
        raise SortSyntax("ICE018A", word[:20])
    start, length, format = natural(word) - 1, natural(words.take()), words.take()
    if start < 0 or format not in NUMERIC:
        raise SortSyntax("ICE018A", format[:20])
    convert = VALUES[format]
    return lambda record: convert(record[start : start + length])


def _field(words: Words, window: int) -> Day:
    """Return the day of a second field, or of a date constant."""
    word = words.take()
    if re.fullmatch(r"&?DATE[1-4]?P?", word):
        today = words.now.date()
        return lambda _record: today
    start, length, format = natural(word) - 1, natural(words.take()), words.take()
    if start < 0 or format not in DATED:
        raise SortSyntax("ICE018A", format[:20])
    return lambda record: day(format, record[start : start + length], window)


def _written(words: Words, found: Day) -> tuple[Piece, int]:
    keyword, _, rest = words.take().partition("=")
    if keyword == "WEEKDAY":
        show, size = datemath.weekday(rest)
    elif keyword in {"TOJUL", "TOGREG"}:
        show, size = shape(rest, julian=keyword == "TOJUL")
    else:
        raise SortSyntax("ICE018A", keyword[:20])
    return (lambda record: show(found(record))), size
