from __future__ import annotations

from datetime import UTC, datetime

from mvsfs.info import UnixInfo, UnixKind
from zftpd.lists.unixfiles import lines, names, permissions, when

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def file(path, size=52, mode=0o640, kind=UnixKind.FILE, mtime=datetime(2026, 3, 25, 11, 0, tzinfo=UTC), **facts):
    return UnixInfo(path, kind, mode, 0, 0, facts.pop("owner", "MIKEG1"), facts.pop("group", "SYSPROG"), size, mtime, **facts)


def test_a_row_reads_like_the_3_1_capture():
    assert list(lines([file("/u/mikeg1/data.txt")], now=NOW)) == [
        "-rw-r-----   1 MIKEG1   SYSPROG       52 Mar 25 11:00 data.txt"
    ]


def test_older_files_show_the_year():
    old = file("/u/t.out", 2723828, 0o660, mtime=datetime(2021, 12, 6, tzinfo=UTC), owner="YNSAS", group="SYS1")

    assert list(lines([old], now=NOW)) == ["-rw-rw----   1 YNSAS    SYS1     2723828 Dec  6  2021 t.out"]


def test_the_edge_between_time_and_year_is_half_a_year():
    assert when(datetime(2025, 12, 1, 12, tzinfo=UTC), NOW) == "Dec  1 12:00"
    assert when(datetime(2025, 11, 30, 12, tzinfo=UTC), NOW) == "Nov 30  2025"
    assert when(datetime(2026, 6, 2, 12, tzinfo=UTC), NOW) == "Jun  2  2026"


def test_a_directory_listing_begins_with_its_blocks():
    link = file("/u/x/l", 9, 0o777, UnixKind.SYMLINK, target="$SYSNAME/")
    listing = list(lines([file("/u/x/a", 513), link], now=NOW, total=True))

    assert listing[0] == "total 2"
    assert listing[2].endswith(" l -> $SYSNAME/")
    assert list(lines([], now=NOW, total=True)) == ["total 0"]


def test_the_name_may_be_shown_as_it_was_asked_for():
    row = next(lines([file("/u/x/a")], now=NOW, name=lambda info: info.path))

    assert row.endswith(" /u/x/a")
    assert list(names([file("/u/x/a")], full=True)) == ["/u/x/a"]
    assert list(names([file("/u/x/a")])) == ["a"]


def test_set_id_and_sticky_bits_stand_in_the_execute_places():
    assert permissions(0o7755) == "rwsr-sr-t"
    assert permissions(0o5644) == "rwSr--r-T"
