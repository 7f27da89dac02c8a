"""TO and FOR: until when an entry is kept.

      FOR(days)    TO(yyddd) or TO(yyyyddd)

Source: [AMS DEFINE, ALTER]. Rules: FOR(9999) and TO(99999) or later never expire; a year of two digits is one of 1900 [AMS].
"""

from __future__ import annotations

from datetime import date, timedelta

from jes.utilities.idcams.parse import AmsSyntax, Parameters

NEVER = date.max
_FOREVER_DAYS = 9999


def expiration(parameters: Parameters, today: date) -> date | None:
    """Return the date that TO or FOR asks for, None without them. Raises AmsSyntax for a date that is none."""
    days = parameters.number("FOR")
    if days is not None:
        return NEVER if days >= _FOREVER_DAYS else today + timedelta(days)
    text = parameters.first("TO")
    if not text:
        return None
    if not text.isdecimal() or len(text) not in {5, 7}:
        raise AmsSyntax("IDC3203I", text)
    year, day = int(text[:-3]), int(text[-3:])
    year += 1900 if len(text) == 5 else 0
    if day == 999:
        return NEVER
    if not (1 <= day <= 366 and year):
        raise AmsSyntax("IDC3203I", text)
    return NEVER if year == NEVER.year else date(year, 1, 1) + timedelta(day - 1)
