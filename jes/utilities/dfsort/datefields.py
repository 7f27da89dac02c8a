"""Date fields: Y2x and Y4x with their years, and what BUILD makes of them.

    Y2T Y4T  characters, year first      Y2W Y4W  year last      Y2U Y2V Y4U Y4V  packed, year first      X Y  packed, year last
    Y2C Y2Z Y2S Y2P Y2D Y2B  a year of two digits alone
    behind the year (or before it): nothing, q, mm, ddd or mmdd

Source: [DFSORT "Y2 formats", "Date conversions"]; jes-and-jcl reference 5.7. Rules: pure. A year of two digits is the one of the
hundred years that begin Y2PAST years before this one. Zeros sort first, blanks before them, nines last; they are not dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from jes.utilities.dfsort.control import SortSyntax

DATED = frozenset(
    "Y2T Y2W Y2U Y2V Y2X Y2Y Y4T Y4W Y4U Y4V Y4X Y4Y Y2C Y2Z Y2S Y2P Y2D Y2B".split()  # noqa: SIM905
)
_PACKED = frozenset("UVXY")
_YEAR_LAST = frozenset("WXY")
_ALONE = frozenset("CZSPDB")
#: How many years back a year of two digits can lie [DFSORT Y2PAST].
Y2PAST = 80
_SHAPE = re.compile(r"(Y[24][TWUVXY])(?:\((.)\))?")


def digits(format: str, data: bytes) -> str:
    """Return the digits of a field as they stand; "" when it is blank."""
    kind = format[2]
    if kind == "D":
        return data.hex()[:2].translate(_NO_LETTERS)
    if kind == "P":
        return data.hex()[-3:-1].translate(_NO_LETTERS)
    if kind == "B":
        return f"{data[0] % 100 if data else 0:02d}"
    if kind in _PACKED:
        text = data.hex()[:-1]
        wanted = _packed_digits(format, len(data))
        return text[-wanted:].translate(_NO_LETTERS)
    if not data.strip(b"\x40\x00\xff"):
        return "" if kind == "S" or data.strip(b"\xff") else "9" * len(data)
    return "".join(str(min(byte & 15, 9)) for byte in data)


_NO_LETTERS = str.maketrans("abcdef", "000000")


def _packed_digits(format: str, length: int) -> int:
    year = int(format[1])
    return year + (3 if format[2] in "UX" and year + 3 <= 2 * length - 1 else 4)


def year_of(text: str, window: int) -> int:
    """Return the year of two or four digits; `window` is the first of the hundred years meant."""
    if len(text) == 4:
        return int(text)
    year = window - window % 100 + int(text)
    return year if year >= window else year + 100


def value(format: str, data: bytes, window: int) -> int:
    """Return a number by which dates compare."""
    text = digits(format, data)
    if not text:
        return -1
    if format[2] in _ALONE and data.strip(b"\xff"):  # a year alone may be 00 or 99
        return year_of(text, window)
    if not text.strip("0"):
        return 0
    if not text.strip("9"):
        return 10**12
    year, rest = _apart(format, text)
    return int(year_of(year, window) * 10 ** len(rest)) + int(rest or 0)


def _apart(format: str, text: str) -> tuple[str, str]:
    size = 2 if format[2] in _ALONE else int(format[1])
    return (text[-size:], text[:-size]) if format[2] in _YEAR_LAST else (text[:size], text[size:])


def day(format: str, data: bytes, window: int) -> date | None:
    """Return the day that a field names, None for zeros, blanks, nines and what is no date."""
    text = digits(format, data)
    if not text:
        return None
    year, rest = _apart(format, text)
    try:
        if len(rest) == 4:
            return date(year_of(year, window), int(rest[:2]), int(rest[2:]))
        if len(rest) == 3 and int(rest):
            found = date(year_of(year, window), 1, 1) + timedelta(days=int(rest) - 1)
            return found if found.year == year_of(year, window) else None
    except (ValueError, OverflowError):
        return None
    return None


Shown = Callable[[date | None], bytes]


def shape(text: str, *, julian: bool) -> tuple[Shown, int]:
    """Return the function that writes a day as TOJUL= or TOGREG= says, and its length. Raises SortSyntax."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise SortSyntax("ICE018A", text[:20])
    format, between = match[1], match[2] or ""
    year = "%Y" if format[1] == "4" else "%y"
    parts = ["%j"] if julian else ["%m", "%d"]
    words = [*parts, year] if format[2] in _YEAR_LAST else [year, *parts]
    sample = date(2000, 1, 1).strftime(between.join(words))
    if format[2] in _PACKED:
        size = len(sample) // 2 + 1
        return lambda found: _packed(found.strftime("".join(words)) if found else "0", size), size
    size = len(sample)
    return lambda found: (found.strftime(between.join(words)) if found else "*" * size).encode("cp037"), size


def _packed(text: str, size: int) -> bytes:
    return bytes.fromhex((text + "c").zfill(2 * size))


def widened(format: str, between: str, window: int) -> Callable[[bytes], bytes]:
    """Return the function that writes a field with a year of four digits, as a plain Y2x item does."""

    def show(data: bytes) -> bytes:
        text = digits(format, data)
        if not text or not text.strip("0") or not text.strip("9"):
            return (text or " " * len(data)).ljust(len(data) + 2).encode("cp037")
        year, rest = _apart(format, text)
        parts = [rest[:2], rest[2:]] if len(rest) == 4 else [rest] if rest else []
        whole = f"{year_of(year, window):04d}"
        words = [*parts, whole] if format[2] in _YEAR_LAST else [whole, *parts]
        return between.join(words).encode("cp037")

    return show
