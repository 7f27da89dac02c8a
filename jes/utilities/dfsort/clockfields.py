"""Times of SMF records and of the TOD clock as numbers: what DT1, TM1, DC1, TC1 ... of BUILD are worth.

    DT1 yyyymmdd  DT2 yyyymm  DT3 yyyyddd      of a packed SMF date 0cyydddF
    TM1 hhmmss    TM2 hhmm    TM3 hh   TM4 hhmmssxx      of an SMF time, hundredths of a second since midnight
    DC1-3, TC1-4  the same of a TOD clock (8 bytes)      DE1-3, TE1-4  of an extended one (16)

Source: [DFSORT "Data format descriptions"]; jes-and-jcl reference 5.7. Rules: pure; the TOD clock counts from 1900 and is not
adjusted to local time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

_EPOCH = datetime(1900, 1, 1)
_DATES = {"1": "%Y%m%d", "2": "%Y%m", "3": "%Y%j"}


def _smf_date(data: bytes) -> datetime | None:
    text = data.hex()
    try:
        return datetime.strptime(f"{1900 + int(text[:4])}{text[4:7]}", "%Y%j")
    except ValueError:
        return None


def _smf_time(data: bytes) -> tuple[int, int]:
    return divmod(int.from_bytes(data, "big"), 100)


def _tod(data: bytes) -> datetime:
    return _EPOCH + timedelta(microseconds=int.from_bytes(data[:8].ljust(8, b"\0"), "big") >> 12)


def _etod(data: bytes) -> datetime:
    return _tod(data[1:9])


def _clock(seconds: int, hundredths: int, kind: str) -> int:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    whole = f"{hours:02d}{minutes:02d}{rest:02d}{hundredths:02d}"
    return int(whole[: {"1": 6, "2": 4, "3": 2, "4": 8}[kind]])


def _time_of(moment: datetime, kind: str) -> int:
    return _clock(moment.hour * 3600 + moment.minute * 60 + moment.second, moment.microsecond // 10000, kind)


def _values() -> dict[str, Callable[[bytes], int]]:
    found: dict[str, Callable[[bytes], int]] = {}
    for kind, form in _DATES.items():
        found[f"DT{kind}"] = lambda data, form=form: int(((day := _smf_date(data)) and day.strftime(form)) or 0)  # type: ignore[misc]
        found[f"DC{kind}"] = lambda data, form=form: int(_tod(data).strftime(form))  # type: ignore[misc]
        found[f"DE{kind}"] = lambda data, form=form: int(_etod(data).strftime(form))  # type: ignore[misc]
    for kind in "1234":
        found[f"TM{kind}"] = lambda data, kind=kind: _clock(*_smf_time(data), kind)  # type: ignore[misc]
        found[f"TC{kind}"] = lambda data, kind=kind: _time_of(_tod(data), kind)  # type: ignore[misc]
        found[f"TE{kind}"] = lambda data, kind=kind: _time_of(_etod(data), kind)  # type: ignore[misc]
    return found


VALUES = _values()
_DATE_DIGITS, _TIME_DIGITS = {"1": 8, "2": 6, "3": 7}, {"1": 6, "2": 4, "3": 2, "4": 8}
#: Digits of each, which is the length of its plain form.
DIGITS = {name: (_DATE_DIGITS if name[0] == "D" else _TIME_DIGITS)[name[2]] for name in VALUES}
