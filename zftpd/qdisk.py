"""SITE QDISK: which volumes are reported.

Source: zos-ftp-server.md 4.4 ([CODES] QDISK).
Not here: the columns (zftpd/lists/volumes.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from mvsfs.info import VolumeInfo
from zftpd.lists import volumes as listing
from zftpd.params.notes import note


def lines(volumes: Sequence[VolumeInfo], volser: str) -> list[str]:
    """Return the report of one volume, or of all."""
    chosen = [volume for volume in volumes if volume.online and volser in {"", volume.volser}]
    return list(listing.lines(chosen)) if chosen else [note("qdisk.volume", volser=volser)]
