from __future__ import annotations

import pytest

from zftpd.params.traces import debug_after, dump_after


@pytest.mark.parametrize(
    ("active", "asked", "after"),
    [
        ((), "CMD", ("CMD",)),
        ((), "(JES,CMD)", ("CMD", "JES")),
        ((), "BAS", ("CMD", "INT", "FSC", "SOC")),
        (("CMD",), "?", ("CMD",)),
        (("CMD", "JES"), "XCMD", ("JES",)),
        (("CMD", "JES"), "NOJES", ("CMD",)),
        (("CMD",), "NONE", ()),
        ((), "FSC(3)", ("FSC",)),
        ((), "SOC(2),CMD", ("CMD", "SOC")),
        ((), "NOSUCH", None),
    ],
)
def test_traces_are_added_taken_away_and_cleared(active, asked, after):
    assert debug_after(active, asked) == after


def test_all_means_every_trace():
    assert len(debug_after((), "ALL")) == 11


@pytest.mark.parametrize(
    ("active", "asked", "after"),
    [((), "21", ("21",)), (("21",), "(22,X21)", ("22",)), (("21",), "NONE", ()), (("21",), "?", ("21",)), ((), "abc", None)],
)
def test_dump_ids_are_kept_as_asked(active, asked, after):
    assert dump_after(active, asked) == after
