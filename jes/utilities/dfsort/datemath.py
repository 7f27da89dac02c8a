"""Arithmetic with days in BUILD: ADDDAYS, DATEDIFF, NEXTDMON, LASTDAYM, WEEKDAY and their kin.

    p,m,Y4T,ADDMONS,+3,TOGREG=Y4T(-)      p,m,Y4T,DATEDIFF,p,m,Y4T      p,m,Y4T,WEEKDAY=CHAR3      p,m,Y4T,LASTDAYQ,TOJUL=Y4T

Source: [DFSORT "Date conversions", "Date arithmetic"]; jes-and-jcl reference 5.7. Rules: pure; a result that is no day shows
asterisks.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from jes.hosttext import to_host
from jes.utilities.dfsort.control import SortSyntax

Step = Callable[[date, int], date | None]
_DAYS = {name: number for number, name in enumerate(("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"))}
_NAMES = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


def _months(day: date, number: int) -> date | None:
    month = day.year * 12 + day.month - 1 + number
    year, index = divmod(month, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def _days(day: date, number: int) -> date | None:
    try:
        return day + timedelta(days=number)
    except OverflowError:
        return None


#: ADDxxx and SUBxxx by the unit.
_UNITS: dict[str, Step] = {
    "DAYS": _days,
    "MONS": _months,
    "YEARS": lambda day, number: _months(day, 12 * number),
}


def counted(word: str) -> Step | None:
    """Return what ADDDAYS, SUBMONS ... do with a number, None for another word."""
    sign, unit = word[:3], word[3:]
    if sign not in {"ADD", "SUB"} or unit not in _UNITS:
        return None
    step = _UNITS[unit]
    return step if sign == "ADD" else lambda day, number: step(day, -number)


def named(word: str) -> Callable[[date], date | None] | None:
    """Return what NEXTDfri, PREVDmon and LASTDAYx do, None for another word."""
    match = re.fullmatch(r"(NEXT|PREV)D(MON|TUE|WED|THU|FRI|SAT|SUN)", word)
    if match:
        wanted = _DAYS[match[2]]
        if match[1] == "NEXT":
            return lambda day: _days(day, (wanted - day.weekday() - 1) % 7 + 1)
        return lambda day: _days(day, -((day.weekday() - wanted - 1) % 7 + 1))
    return _LAST.get(word)


def _last_of_months(size: int) -> Callable[[date], date]:
    def last(day: date) -> date:
        month = -(-day.month // size) * size
        return date(day.year, month, monthrange(day.year, month)[1])

    return last


_LAST: dict[str, Callable[[date], date | None]] = {
    "LASTDAYW": lambda day: _days(day, (4 - day.weekday()) % 7),
    "LASTDAYM": _last_of_months(1),
    "LASTDAYQ": _last_of_months(3),
    "LASTDAYY": _last_of_months(12),
}


def weekday(kind: str) -> tuple[Callable[[date | None], bytes], int]:
    """Return the function that names the day of the week as WEEKDAY=CHAR3, CHARn or DIGIT1 says. Raises SortSyntax."""
    match = re.fullmatch(r"CHAR(\d)", kind)
    if kind == "DIGIT1":
        return lambda day: to_host(str(day.isoweekday() % 7 + 1) if day else "*"), 1
    if match is None or not 3 <= int(match[1]) <= 9:
        raise SortSyntax("ICE018A", kind[:20])
    size = int(match[1])
    return lambda day: to_host((_NAMES[day.weekday()][:size].ljust(size)) if day else "*" * size), size


def difference(one: date | None, two: date | None) -> bytes:
    """Return the days between two days as DATEDIFF writes them: a sign and seven digits."""
    return to_host("*" * 8 if one is None or two is None else f"{(one - two).days:+08d}")
