"""Dates and times in control statements: DATE1, DATE=(4MD/), TIME1 and &DATE constants with + and -.

    DATE1 yyyymmdd  DATE2 yyyymm  DATE3 yyyyddd  DATE4 yyyy-mm-dd-hh.mm.ss  DATE5 with microseconds behind
    DATEn(c) with c between, DATEnP and TIMEnP as a packed number               TIME=(12:) hh:mm:ss am or pm
    DATE1+n and DATE3+n count days, DATE2+n counts months                      YDDD=(abc) year and day of the year

Source: [DFSORT "Date and time constants"]; jes-and-jcl reference 5.7. Rules: pure; the moment is passed in.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from jes.utilities.dfsort.control import SortSyntax

_DATE = re.compile(
    r"&?(DATE|YDDD)([1-5])?(P)?(?:\((.)\))?(?:([+-])(\d{1,4}))?|&?(DATE|TIME|YDDD)(?:NS)?=\(([^)]*)\)|&?(TIME)([1-4])?(P)?(?:\((.)\))?"
)
_NUMBERED = {"1": "%Y%m%d", "2": "%Y%m", "3": "%Y%j"}
_LETTERS = {"M": "%m", "D": "%d", "Y": "%y", "4": "%Y", "3": "%j"}


def constant(text: str, now: datetime) -> str | None:
    """Return the characters that a date or time word stands for, None when it is none. Raises SortSyntax."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    if match[7]:
        return _spelled(match[7], match[8], now)
    if match[9]:
        return _time(match[10] or "", match[12] or "", now)
    moment = now
    if match[5]:
        moment = _moved(now, int(match[5] + match[6]), in_months=match[2] == "2")
    if match[1] == "YDDD":
        return moment.strftime("%Y%j")
    number = match[2] or ""
    if not number:
        return moment.strftime("%m/%d/%y")
    if number in {"4", "5"}:
        return moment.strftime("%Y-%m-%d-%H.%M.%S" + (".%f" if number == "5" else ""))
    separator = match[4] or ""
    parts = {"1": ("%Y", "%m", "%d"), "2": ("%Y", "%m"), "3": ("%Y", "%j")}[number]
    return moment.strftime(separator.join(parts)) if separator else moment.strftime(_NUMBERED[number])


def is_packed(text: str) -> bool:
    """Tell whether a date or time word stands for a packed number."""
    return re.fullmatch(r"&?(DATE|TIME)[1-3]P([+-]\d{1,4})?", text) is not None


def _moved(now: datetime, number: int, *, in_months: bool) -> datetime:
    if not in_months:
        return now + timedelta(days=number)
    year, month = divmod(now.year * 12 + now.month - 1 + number, 12)
    return now.replace(year=year, month=month + 1, day=1)


def _spelled(kind: str, text: str, now: datetime) -> str:
    if kind == "TIME":
        hours = "%H" if text.startswith("24") else "%I"
        separator = text[2:3]
        return now.strftime(separator.join((hours, "%M", "%S"))) + ("" if text.startswith("24") else now.strftime(" %p").lower())
    if kind == "YDDD":
        if len(text) not in {2, 3} or {"3": "D", "D": "D"}.get(text[1], text[1]) not in {"D", "Y", "4"}:
            raise SortSyntax("ICE018A", text)
        return now.strftime(text[2:].join(_LETTERS["3" if letter == "D" else letter] for letter in text[:2]))
    letters, separator = (text[:3], text[3:4]) if len(text) in {3, 4} else (text[:2], text[2:3])
    if any(letter not in _LETTERS for letter in letters):
        raise SortSyntax("ICE018A", text)
    return now.strftime(separator.join(_LETTERS[letter] for letter in letters))


def _time(number: str, separator: str, now: datetime) -> str:
    parts = {"": ("%H", "%M", "%S"), "1": ("%H", "%M", "%S"), "2": ("%H", "%M"), "3": ("%H",), "4": ("%H", "%M", "%S")}[number]
    text = now.strftime((separator or (":" if not number else "")).join(parts))
    return text + f"{now.microsecond // 10000:02d}" if number == "4" else text
