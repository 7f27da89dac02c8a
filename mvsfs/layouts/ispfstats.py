"""ISPF statistics in the user data of a directory entry.

    +0 VV        version                    +12 HHMM  changed time, packed
    +1 MM        modification               +14 lines now, halfword
    +2 flags     20 extended form           +16 lines at first
    +3 SS        seconds, packed            +18 lines modified
    +4 0CYYDDDF  created, packed            +20 user id, 8 characters, blanks to +30
    +8 0CYYDDDF  changed                    +28 extended form: the three counts as fullwords, to +40

Source: jes-and-jcl.md 6.1, checked on the members of public transmitted libraries; the extended form is [known].
Rules: 30 bytes (15 halfwords), 40 when a count is above 65535. C in a date is 0 for 19yy and 1 for 20yy.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from construct import Bytes, ConstructError, Int8ub, Int16ub, Int32ub, Struct

from mvsfs.errors import BadRecordData
from mvsfs.info import IspfStats

STANDARD_LENGTH, EXTENDED_LENGTH = 30, 40
EXTENDED = 0x20
_MAX_HALFWORD = 0xFFFF

_FIXED = (
    "version" / Int8ub,
    "modification" / Int8ub,
    "flags" / Int8ub,
    "seconds" / Bytes(1),
    "created" / Bytes(4),
    "changed" / Bytes(4),
    "time" / Bytes(2),
    "size" / Int16ub,
    "init" / Int16ub,
    "mod" / Int16ub,
    "userid" / Bytes(8),
)
STANDARD = Struct(*_FIXED, "blanks" / Bytes(2))
COUNTS = Struct("size" / Int32ub, "init" / Int32ub, "mod" / Int32ub)


def build(stats: IspfStats) -> bytes:
    """Return the user data: 30 bytes, or 40 when a line count needs more than a halfword."""
    counts = {"size": stats.size, "init": stats.init, "mod": stats.mod}
    extended = max(counts.values()) > _MAX_HALFWORD
    values = {
        "version": stats.version,
        "modification": stats.modification,
        "flags": EXTENDED if extended else 0,
        "seconds": _packed(stats.changed.second, 1),
        "created": _packed_date(stats.created),
        "changed": _packed_date(stats.changed.date()),
        "time": _packed(stats.changed.hour * 100 + stats.changed.minute, 2),
        "userid": stats.userid.ljust(8)[:8].encode("cp037", "replace"),
        "blanks": b"\x40\x40",
        **{name: min(number, _MAX_HALFWORD) for name, number in counts.items()},
    }
    data: bytes = STANDARD.build(values)
    # In the extended form the fullwords take the place of the last blanks.
    return data[:28] + COUNTS.build(counts) if extended else data


def parse(userdata: bytes, zone: tzinfo | None = None) -> IspfStats:
    """Return the statistics. Times are wall clock of `zone`.

    Raises BadRecordData when the user data are no ISPF statistics (load modules have others).
    """
    try:
        raw = STANDARD.parse(userdata.ljust(STANDARD_LENGTH, b"\x40"))
        extended = raw.flags & EXTENDED and len(userdata) >= EXTENDED_LENGTH
        counts = COUNTS.parse(userdata[28:EXTENDED_LENGTH]) if extended else raw
        clock = _unpacked(raw.time)
        changed = datetime.combine(_date(raw.changed), datetime.min.time(), zone)
        changed = changed.replace(hour=clock // 100, minute=clock % 100, second=_unpacked(raw.seconds))
        created = _date(raw.created)
    except (ConstructError, ValueError, OverflowError) as error:
        raise BadRecordData(f"no ISPF statistics: {error}") from error
    userid = raw.userid.decode("cp037").strip()
    return IspfStats(raw.version, raw.modification, created, changed, counts.size, counts.init, counts.mod, userid)


def is_stats(userdata: bytes) -> bool:
    """Tell whether user data look like ISPF statistics."""
    if len(userdata) not in (STANDARD_LENGTH, EXTENDED_LENGTH):
        return False
    try:
        parse(userdata)
    except BadRecordData:
        return False
    return True


def _packed(number: int, length: int) -> bytes:
    return bytes.fromhex(f"{number:0{2 * length}d}")


def _unpacked(data: bytes) -> int:
    return int(data.hex())


def _packed_date(day: date) -> bytes:
    century, year = divmod(day.year - 1900, 100)
    return bytes.fromhex(f"{century:02d}{year:02d}{day.timetuple().tm_yday:03d}F")


def _date(data: bytes) -> date:
    digits = data.hex()
    if digits[-1] not in "cfCF":
        raise ValueError(f"no packed date: {digits}")
    day = int(digits[4:7])
    start = date(1900 + 100 * int(digits[:2]) + int(digits[2:4]), 1, 1)
    if not 1 <= day <= 366:
        raise ValueError(f"no day of the year: {day}")
    return start + timedelta(days=day - 1)
