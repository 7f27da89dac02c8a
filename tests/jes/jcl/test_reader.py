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

    assert statement.operands == "DSN=A.B,DISP=SHR"
    assert len(statement.images) == 3


def test_a_continuation_that_begins_behind_column_16_is_not_received():
    (statement,) = read("//X DD DSN=A.B,\n//                  DISP=SHR")

    assert statement.faults == [("IEFC621I", ())]


def test_a_missing_continuation_leaves_the_next_statement_alone():
    first, second = read("//X DD DSN=A.B,\n//Y DD DUMMY")

    assert first.faults == [("IEFC621I", ())]
    assert (second.name, second.operands) == ("Y", "DUMMY")


def test_an_apostrophe_goes_on_in_column_16_with_nothing_between():
    first = "//S EXEC PGM=P,PARM='" + "A" * 50
    (statement,) = read(first + "\n//             BBB'")

    assert statement.operands == "PGM=P,PARM='" + "A" * 50 + "BBB'"


def test_a_null_statement_ends_the_job():
    statements = read("//S EXEC PGM=P\n//\n//T EXEC PGM=Q")

    assert [statement.kind for statement in statements] == [Kind.JCL, Kind.NULL]


def test_slashes_end_data_of_an_asterisk_but_not_of_data():
    asterisk, _ = read("//X DD *\nLINE\n//Y DD DUMMY")
    whole, _ = read("//X DD DATA\n//LINE\n/*\n//Y DD DUMMY")

    assert data(asterisk) == ["LINE"]
    assert data(whole) == ["//LINE"]


@pytest.mark.parametrize("dlm", ["DLM=$$", "DLM='$$'"])
def test_a_delimiter_lets_slashes_and_asterisks_pass(dlm):
    nested, after = read(f"//X DD DATA,{dlm}\n//JOB2 JOB\n/*\n$$\n//Y DD DUMMY")

    assert data(nested) == ["//JOB2 JOB", "/*"]
    assert after.name == "Y"


def test_slashes_end_data_of_an_asterisk_whatever_its_delimiter():
    short, after = read("//X DD *,DLM=$$\nLINE\n/* LINE\n//Y DD DUMMY")

    assert (data(short), after.name) == (["LINE", "/* LINE"], "Y")


@pytest.mark.parametrize("dlm", ["DLM=", "DLM=$", "DLM='A234567890123456789'"])
def test_a_delimiter_of_a_wrong_length_ends_nothing(dlm):
    whole, *_ = read(f"//X DD DATA,{dlm}\nLINE\n//Y DD DUMMY")

    assert data(whole) == ["LINE"]


def test_data_without_a_dd_gets_a_generated_sysin():
    _, generated = read("//S EXEC PGM=P\nDATA HERE")

    assert (generated.name, data(generated)) == ("SYSIN", ["DATA HERE"])
    assert generated.images[0].startswith("//SYSIN    DD *               GENERATED STATEMENT")


def test_jes2_statements_are_kept_and_other_slash_asterisks_are_delimiters():
    statements = read("/*JOBPARM SYSAFF=ANY\n/*\n/*EOF X\n//S EXEC PGM=P")

    assert [(s.operation, s.operands) for s in statements] == [("JOBPARM", "SYSAFF=ANY"), ("EOF", "X"), ("EXEC", "PGM=P")]


def test_an_if_goes_on_without_a_comma_until_then():
    (statement,) = read("//C IF (RC = 0 &\n//     S1.RC < 4) THEN")

    assert statement.operands == "(RC = 0 & S1.RC < 4)"


def test_lower_case_outside_apostrophes_is_a_fault():
    (statement,) = read("//X DD DSN=a.b")

    assert statement.faults == [("IEFC623I", ())]
