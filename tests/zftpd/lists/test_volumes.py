from __future__ import annotations

from mvsfs.info import VolumeInfo
from zftpd.lists.volumes import lines


def test_rows_stand_in_the_columns_of_the_sample():
    volumes = [
        VolumeInfo("VTAMFV", "3390", 2226, 64 * 15 + 71 % 15, 20 * 15, 32, "Private"),
        VolumeInfo("CPDLB3", "3390", 3339, 1937 * 15 + 112 % 15, 1523 * 15, 100000, "Storage"),
        VolumeInfo("GONE01", "3390", 3339, 0, 0, 0, online=False),
    ]

    assert [line if "Exts" in line or "Percent" in line else line.rstrip() for line in lines(volumes)] == [
        "        Percent      Free      Free          Largest    Free         ",
        " Volume Free         Cyls      Trks         Cyls-Trks   Exts  Use Attr ",
        " VTAMFV    2           64        11           20    0     32  Private",
        " CPDLB3   58         1937         7         1523    0  99999+ Storage",
    ]
