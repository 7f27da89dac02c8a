"""Statements from cards: columns, continuation, in-stream data."""

from __future__ import annotations

import pytest

from jes.hosttext import to_text
from jes.jcl.reader import Kind, Reader
from tests.jes.jcl.decks import cards


def read(text: str):
    return list(Reader(cards(text)).statements())


def data(statement) -> list[str]:
    return [to_text(record).rstrip() for record in statement.instream.records]


def test_operands_go_on_behind_a_comma_and_comments_may_stand_between():
    (statement,) = read("//X DD DSN=A.B,   COMMENT\n//* BETWEEN\n//    DISP=SHR")

    assert "DSN=A.B,DISP=SHR" == statement.operands
    assert 3 == len(statement.images)


def test_a_continuation_that_begins_behind_column_16_is_not_received():
    (statement,) = read("//X DD DSN=A.B,\n//                  DISP=SHR")

    assert [("IEFC621I", ())] == statement.faults


def test_a_missing_continuation_leaves_the_next_statement_alone():
    first, second = read("//X DD DSN=A.B,\n//Y DD DUMMY")

    assert [("IEFC621I", ())] == first.faults
    assert ("Y", "DUMMY") == (second.name, second.operands)


def test_an_apostrophe_goes_on_in_column_16_with_nothing_between():
    first = "//S EXEC PGM=P,PARM='" + "A" * 50
    (statement,) = read(first + "\n//             BBB'")

    assert "PGM=P,PARM='" + "A" * 50 + "BBB'" == statement.operands


def test_a_null_statement_ends_the_job():
    statements = read("//S EXEC PGM=P\n//\n//T EXEC PGM=Q")

    assert [Kind.JCL, Kind.NULL] == [statement.kind for statement in statements]


def test_slashes_end_data_of_an_asterisk_but_not_of_data():
    asterisk, _ = read("//X DD *\nLINE\n//Y DD DUMMY")
    whole, _ = read("//X DD DATA\n//LINE\n/*\n//Y DD DUMMY")

    assert ["LINE"] == data(asterisk)
    assert ["//LINE"] == data(whole)


@pytest.mark.parametrize("dlm", ["DLM=$$", "DLM='$$'"])
def test_a_delimiter_lets_slashes_and_asterisks_pass(dlm):
    nested, after = read(f"//X DD *,{dlm}\n//JOB2 JOB\n/*\n$$\n//Y DD DUMMY")

    assert ["//JOB2 JOB", "/*"] == data(nested)
    assert "Y" == after.name


def test_data_without_a_dd_gets_a_generated_sysin():
    _, generated = read("//S EXEC PGM=P\nDATA HERE")

    assert ("SYSIN", ["DATA HERE"]) == (generated.name, data(generated))
    assert generated.images[0].startswith("//SYSIN    DD *               GENERATED STATEMENT")


def test_jes2_statements_are_kept_and_other_slash_asterisks_are_delimiters():
    statements = read("/*JOBPARM SYSAFF=ANY\n/*\n/*EOF X\n//S EXEC PGM=P")

    assert [("JOBPARM", "SYSAFF=ANY"), ("EOF", "X"), ("EXEC", "PGM=P")] == [(s.operation, s.operands) for s in statements]


def test_an_if_goes_on_without_a_comma_until_then():
    (statement,) = read("//C IF (RC = 0 &\n//     S1.RC < 4) THEN")

    assert "(RC = 0 & S1.RC < 4)" == statement.operands


def test_lower_case_outside_apostrophes_is_a_fault():
    (statement,) = read("//X DD DSN=a.b")

    assert [("IEFC623I", ())] == statement.faults
