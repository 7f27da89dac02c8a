"""The space report of SITE QDISK.

Source: zos-ftp-server.md 4.4 [CODES/UG QDISK]; columns of the sample rows there.
Rules: a 3390 cylinder has 15 tracks; percentages are of tracks; more than 99999 free extents show as 99999+.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mvsfs.info import VolumeInfo
from mvsfs.storage.geometry import TRACKS_PER_CYLINDER

MAX_EXTENTS = 99999
HEADINGS = (
    "        Percent      Free      Free          Largest    Free         ",
    " Volume Free         Cyls      Trks         Cyls-Trks   Exts  Use Attr ",
)


def lines(volumes: Iterable[VolumeInfo]) -> Iterator[str]:
    """Yield the two headings and a row for each volume that is online."""
    yield from HEADINGS
    for volume in volumes:
        if volume.online:
            yield _row(volume)


def _row(volume: VolumeInfo) -> str:
    tracks = volume.cylinders * TRACKS_PER_CYLINDER
    percent = 100 * volume.free_tracks // tracks if tracks else 0
    cylinders, rest = divmod(volume.free_tracks, TRACKS_PER_CYLINDER)
    largest, largest_rest = divmod(volume.largest_free_tracks, TRACKS_PER_CYLINDER)
    extents = min(volume.free_extents, MAX_EXTENTS)
    more = "+" if volume.free_extents > MAX_EXTENTS else " "
    space = f"{percent:>5}{cylinders:>13}{rest:>10}{largest:>13}{largest_rest:>5}"
    return f" {volume.volser:<6}{space}{extents:>7}{more} {volume.use}"
