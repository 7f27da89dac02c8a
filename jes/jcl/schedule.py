"""The times of a SCHEDULE statement: HOLDUNTL= and STARTBY=.

    '+HH:MM'  '+HH:MM:SS'                     so long after the job was submitted (seconds for HOLDUNTL only)
    'HH:MM'  'MM/DD/YYYY'  'YYYY/DDD'         a time of day, a day, or both as ('HH:MM','MM/DD/YYYY')

Source: [JCLREF] SCHEDULE, HOLDUNTL, STARTBY. Rules: pure; raises OperandFault. Times are local to the submitting system.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jes.jcl.operands import Operand, OperandFault

_LATER = re.compile(r"\+(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_CALENDAR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_JULIAN = re.compile(r"(\d{4})/(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time as coded: `later` after submission, or `minutes` after midnight of `day`, either of them left open."""

    later: timedelta | None = None
    minutes: int | None = None
    day: date | None = None

    def seen_from(self, submitted: datetime) -> datetime:
        """Return the moment that is meant for a job submitted then; a time that has passed without a day is tomorrow's."""
        if self.later is not None:
            return submitted + self.later
        midnight = submitted.replace(hour=0, minute=0, second=0, microsecond=0)
        if self.day is not None:
            midnight = midnight.replace(year=self.day.year, month=self.day.month, day=self.day.day)
        moment = midnight + timedelta(minutes=self.minutes or 0)
        return moment + timedelta(days=1) if self.day is None and moment < submitted else moment


@dataclass(frozen=True, slots=True)
class Schedule:
    """What SCHEDULE says: until when the job is held, by when it should have started, the job group that it is of."""

    hold_until: Point | None = None
    start_by: Point | None = None
    jobgroup: str = ""


def read_schedule(coded: dict[str, Operand]) -> Schedule:
    """Return the schedule of a statement's operands. Raises OperandFault."""
    held, due = (_point(coded[key]) if key in coded else None for key in ("HOLDUNTL", "STARTBY"))
    if due is not None and due.later is not None and due.later.seconds % 60:
        raise OperandFault("IEFC632I", "STARTBY")
    if held is not None and due is not None and not _in_order(held, due):
        raise OperandFault("IEFC632I", "STARTBY")
    return Schedule(held, due, coded["JOBGROUP"].text if "JOBGROUP" in coded else "")


def _in_order(held: Point, due: Point) -> bool:
    """Tell whether both have the same form and the job may start before it should have started."""
    if held.later is not None or due.later is not None:
        return held.later is not None and due.later is not None and held.later <= due.later
    if held.day != due.day:
        return held.day is None or due.day is None or held.day < due.day
    return (held.minutes or 0) <= (due.minutes or 0)


def _point(operand: Operand) -> Point:
    texts = [text for item in operand.values for text in re.split(r"[ ,]+", item.text) if text]
    later, minutes, day = None, None, None
    for text in texts:
        if (found := _LATER.fullmatch(text)) and len(texts) == 1:
            later = timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3] or 0))
        elif (found := _TIME.fullmatch(text)) and minutes is None:
            minutes = 60 * int(found[1]) + int(found[2])
        elif day is None:
            day = _day(text, operand.keyword)
        else:
            raise OperandFault("IEFC632I", operand.keyword)
    if not texts:
        raise OperandFault("IEFC632I", operand.keyword)
    return Point(later, minutes, day)


def _day(text: str, keyword: str) -> date:
    """Return the day. Edge: one of the first or last year, which not every time zone has, is none. Raises OperandFault."""
    day, year = None, 0
    try:
        if found := _CALENDAR.fullmatch(text):
            year = int(found[3])
            day = date(year, int(found[1]), int(found[2]))
        elif (found := _JULIAN.fullmatch(text)) and 1 <= int(found[2]) <= 366:
            year = int(found[1])
            day = date(year, 1, 1) + timedelta(days=int(found[2]) - 1)
    except (ValueError, OverflowError):
        pass
    if day is None or day.year != year or not date.min.year < year < date.max.year:
        raise OperandFault("IEFC632I", keyword)
    return day
