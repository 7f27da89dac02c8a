"""LISTDS LABEL: the data set control blocks of a data set in hexadecimal, as the command shows them.

Source: [TSO LISTDS]; lines and their cuts as in public listings. Rules: no volume has tracks here, so the places of extents are
made up from the name: one stays where it is, and its length is true. Not here: the control blocks (mvsfs/layouts/dscb.py).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date

from mvsfs.info import DatasetInfo
from mvsfs.layouts import dscb, recfm
from mvsfs.storage.geometry import TRACKS_PER_CYLINDER

HOST = "cp037"
_CYLINDERS = 3000
_MOST_EXTENTS = 16
_LARGEST_LRECL = 0xFFFF
#: How the bytes of a format 1 are cut into words, a tuple for each line.
_CUTS = ((1, 6, 2, 3, 3, 1, 1, 1, 13), (7, 2, 1, 1, 2, 2, 1, 2, 1, 4, 3, 2, 2))


def shown(info: DatasetInfo) -> Iterator[str]:
    """Yield the lines of LABEL."""
    extents = _extents(info)
    yield "--FORMAT 1 DSCB--"
    block = _format1(info, len(extents))
    for cuts in _CUTS:
        words, block = _words(block, cuts)
        yield " ".join(words)
    more = extents[dscb.EXTENTS1 :]
    pointer = dscb.POINTER.build({}) if more else bytes(dscb.POINTER_LENGTH)
    yield _line(_padded(extents, dscb.EXTENTS1), pointer)
    if more:
        yield from _format3(more)


def _format1(info: DatasetInfo, extents: int) -> bytes:
    fixed = {
        "volser": info.volser.encode(HOST).ljust(6, b"\x40"), "created": _day(info.created), "expires": _day(info.expires),
        "extents": extents, "system": dscb.SYSTEM_CODE.encode(HOST).ljust(13, b"\x40"), "referred": _day(info.referred),
        "sms": dscb.MANAGED * bool(info.storclas) | dscb.PDSE * info.is_pdse, "dsorg": recfm.DSORGS.get(info.dcb.dsorg, 0),
        "recfm": recfm.recfm_byte(info.dcb.recfm), "blksize": min(info.dcb.blksize, _LARGEST_LRECL),
        "lrecl": min(info.dcb.lrecl, _LARGEST_LRECL), "unit": dscb.UNITS.get(info.space_unit, dscb.UNITS["TRACK"]),
        "secondary": info.secondary,
    }  # fmt: skip
    return bytes(dscb.FORMAT1.build(fixed))


def _day(day: date | None) -> bytes:
    return bytes([day.year - 1900]) + day.timetuple().tm_yday.to_bytes(2, "big") if day is not None else bytes(3)


def _extents(info: DatasetInfo) -> list[bytes]:
    """Return the extents: the secondary ones as long as one another, the first the rest; a cylinder lies between them."""
    count = min(max(info.extents, 1), _MOST_EXTENTS, max(info.allocated_tracks, 1))
    each = max(info.allocated_tracks, 1) // count
    lengths = [max(info.allocated_tracks, 1) - each * (count - 1), *[each] * (count - 1)]
    track = zlib.crc32(info.dsname.encode()) % _CYLINDERS * TRACKS_PER_CYLINDER + TRACKS_PER_CYLINDER
    built = []
    for number, length in enumerate(lengths):
        (cc, hh), (end_cc, end_hh) = divmod(track, TRACKS_PER_CYLINDER), divmod(track + length - 1, TRACKS_PER_CYLINDER)
        built.append(bytes(dscb.EXTENT.build({"number": number, "cc": cc, "hh": hh, "end_cc": end_cc, "end_hh": end_hh})))
        track = (end_cc + 2) * TRACKS_PER_CYLINDER
    return built


def _format3(extents: list[bytes]) -> Iterator[str]:
    before, behind = dscb.EXTENTS3
    all_ = _padded(extents, before + behind)
    yield "--FORMAT 3 DSCB--"
    yield _line([dscb.KEY3.build({}), *all_[:3]])
    yield _line([all_[3], dscb.ID3.build({}), *all_[4:6]])
    yield _line(all_[6:9])
    yield _line(all_[9:12])
    yield _line([all_[12], bytes(dscb.POINTER_LENGTH)])


def _padded(extents: list[bytes], count: int) -> list[bytes]:
    return (extents + [bytes(dscb.EXTENT_LENGTH)] * count)[:count]


def _words(block: bytes, cuts: tuple[int, ...]) -> tuple[list[str], bytes]:
    words = []
    for cut in cuts:
        words.append(block[:cut].hex().upper())
        block = block[cut:]
    return words, block


def _line(parts: list[bytes], *more: bytes) -> str:
    return " ".join(part.hex().upper() for part in (*parts, *more))
