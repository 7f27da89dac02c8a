"""JESMSGLG and JESYSMSG as text. Pure: times come in with each line.

    JESMSGLG  UA 133   b hh.mm.ss JOBnnnnn  text        text from column 21; continuation lines carry a 3-digit id
    JESYSMSG  VA 137   b text                           converter messages under their heading
    JESJCL    V  136   made by the converter (jes/jcl)

Source: jes-and-jcl.md 3.3, 3.4, 3.6 and the complete samples of 3.11.
Rules: lines are strings (the spool encodes them); the first column is the carriage control character.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_MONTHS = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE",
    "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
)  # fmt: skip
#: Title line without control character: centred in 115 columns, cut at 104 [derived from the samples].
_TITLE_CENTRE, _TITLE_WIDTH = 115, 104


def day_name(moment: datetime) -> str:
    """Return the name of the day, in capitals."""
    return _DAYS[moment.weekday()]


def short_date(moment: datetime) -> str:
    """Return `18 FEB 2020`."""
    return f"{moment.day:02d} {_MONTHS[moment.month - 1][:3]} {moment.year}"


def last_access(moment: datetime) -> str:
    """Return `10:25:47 ON TUESDAY, FEBRUARY 18, 2020`."""
    return f"{moment:%H:%M:%S} ON {day_name(moment)}, {_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def julian(moment: datetime) -> str:
    """Return yyyyddd.hhmm as step and job messages show it."""
    return f"{moment:%Y%j.%H%M}"


def clock(moment: datetime) -> str:
    """Return hh.mm.ss."""
    return f"{moment:%H.%M.%S}"


def cpu_time(seconds: float) -> str:
    """Return `   0 HR  00 MIN  00.03 SEC`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:>5} HR  {minutes:02d} MIN  {rest:05.2f} SEC"


def title(sysname: str, node: str, jes: str = "JES2") -> str:
    """Return the first line of JESMSGLG."""
    system, own = " ".join(sysname.ljust(4)), " ".join(node)
    words = f"{' '.join(jes)}  J O B  L O G  --  S Y S T E M  {system}  --  N O D E  {own}"
    shown = " " * max((_TITLE_CENTRE - len(words)) // 2, 0) + words
    return "1" + shown.ljust(_TITLE_WIDTH)


class JobLog:
    """The lines of one job's JESMSGLG, in order."""

    def __init__(self, jobid: str, sysname: str, node: str, jes: str = "JES2") -> None:
        self.jobid = jobid
        self.lines = [title(sysname, node, jes), "0 "]
        self._date = ""
        self._connect = 160

    def write(self, moment: datetime, text: str) -> None:
        """Add a message; the first one of a day is preceded by the date line."""
        self._day(moment)
        first, *more = text.split("\n")
        if not more:
            gap = " " if first.startswith("-") else "  "  # echoed lines keep their hyphen in column 20
            self.lines.append(f" {clock(moment)} {self.jobid}{gap}{first}")
            return
        self._connect = 100 + (self._connect - 99) % 900
        self.lines.append(f" {clock(moment)} {self.jobid}  {first}  {self._connect}")
        self.lines.extend(f"   {self._connect}             {line}" for line in more if line)

    def write_block(self, moment: datetime, text: str) -> None:
        """Add a message whose further lines stand below its text without an id, as RACF's at job initiation."""
        self._day(moment)
        first, *more = text.split("\n")
        self.lines.append(f" {clock(moment)} {self.jobid}  {first}")
        self.lines.extend(f"                 {line}" for line in more)

    def timed(self, moment: datetime, line: str) -> None:
        """Add a message that was written down with its time (hh.mm.ss, a blank, the text) on the day of `moment`."""
        self._day(moment)
        self.lines.append(f" {line[:8]} {self.jobid}  {line[9:]}")

    def deleted(self, text: str) -> None:
        """Add the line of a job that never ran."""
        self.lines.append(f"-{text}")

    def statistics(
        self, started: datetime | None, cards: int, prints: int, kbytes: int, minutes: float, punches: int = 0
    ) -> None:
        """Add the statistics block; without `started` the job never executed."""
        sign = "-" if started else "0"
        self.lines.append("0------ JES2 JOB STATISTICS ------")
        if started:
            self.lines.append(f"-  {short_date(started)} JOB EXECUTION DATE")
        counts = (
            (str(cards), "CARDS READ"),
            (str(prints), "SYSOUT PRINT RECORDS"),
            (str(punches), "SYSOUT PUNCH RECORDS"),
            (str(kbytes), "SYSOUT SPOOL KBYTES"),
            (f"{minutes:.2f}", "MINUTES EXECUTION TIME"),
        )
        self.lines.extend(f"{sign}{count:>13} {label}" for count, label in counts)

    def _day(self, moment: datetime) -> None:
        date = short_date(moment)
        if date != self._date:
            self._date = date
            self.lines.append(f" {clock(moment)} {self.jobid} ---- {day_name(moment) + ',':<11}{date} ----")


class SystemMessages:
    """The lines of one job's JESYSMSG: converter messages first, then what allocation and the steps say."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._optional: set[int] = set()

    def converter(self, messages: Iterable[tuple[int, str]]) -> None:
        """Add the block of converter messages: statement number and text."""
        rows = list(messages)
        if rows:
            self.lines.append("  STMT NO. MESSAGE")
            self.lines.extend(f"{number:>10} {text}" for number, text in rows)

    def write(self, text: str, *, optional: bool = False) -> None:
        """Add a message; further lines of it keep their own indentation. `optional`: MSGLEVEL=(,0) may leave it out."""
        for line in text.split("\n"):
            if optional:
                self._optional.add(len(self.lines))
            self.lines.append(f" {line}")

    def drop_optional(self) -> None:
        """Leave out what MSGLEVEL=(,0) does not want to see: allocation and termination messages."""
        self.lines = [line for at, line in enumerate(self.lines) if at not in self._optional]
        self._optional.clear()
