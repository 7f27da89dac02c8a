from __future__ import annotations

import pytest

from zftpd.params.ftpdata import read
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
        ((), "(CMD,FSC(2))", ("CMD", "FSC")),
        ((), "(FSC(2))", ("FSC",)),
        ((), "(CMD", None),
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


@pytest.mark.parametrize(
    ("statements", "after"),
    [
        ("DEBUG BAS\n", ("CMD", "INT", "FSC", "SOC")),
        ("DEBUG CMD\nDEBUG FSC(3)\n", ("CMD", "FSC")),
        ("DEBUG ALL\nDEBUG NONE\nDEBUG JES\n", ("JES",)),
        ("DEBUG (CMD,SOC(2))\n", ("CMD", "SOC")),
    ],
)
def test_debug_statements_turn_the_traces_on_that_they_mean(statements, after):
    found = read(statements)

    assert not found.diagnostics
    assert found.settings.debug == after


@pytest.mark.parametrize("line", ["DEBUG NOSUCH", "DEBUG", "DEBUG FSC(x)"])
def test_a_debug_statement_that_names_no_trace_is_refused(line):
    assert [each.statement for each in read(line).errors] == ["DEBUG"]
