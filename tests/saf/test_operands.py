"""The grammar of TSO command operands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saf.commands.operands import Item, Keyword, Takes, join_lines, parse, plain, resolve, valued
from saf.commands.table import BY_NAME
from saf.errors import OperandError, SafError

WORDS = (*plain("SPECIAL", "NOSPECIAL"), *valued("OWNER", "OPERATOR"), Keyword("OMVS", Takes.FIELDS, valued("UID", "HOME")))


def test_separators_are_blanks_commas_and_tabs():
    assert [item.word for item in parse("A,B\tC , D")] == ["A", "B", "C", "D"]


def test_a_quoted_string_keeps_case_and_doubles_its_quotes():
    assert parse("NAME('O''Hara, jr')") == (Item("NAME", (Item("O'Hara, jr", None, True),)),)


def test_parentheses_may_stand_apart_from_their_keyword_and_nest():
    (item,) = parse("NOTBEFORE (DATE(2010-02-01))")

    assert item == Item("NOTBEFORE", (Item("DATE", (Item("2010-02-01"),)),))


def test_right_parentheses_missing_at_the_end_are_assumed():
    assert parse("A(B(C") == parse("A(B(C))")


def test_a_right_parenthesis_too_many_is_refused():
    with pytest.raises(OperandError, match="keyword"):
        parse("A(B)) C")


def test_comments_are_skipped():
    assert [item.word for item in parse("A /* why */ B /* open")] == ["A", "B"]


def test_plus_drops_the_blanks_of_the_next_line_and_minus_keeps_them():
    assert join_lines("RACDCERT +\n   ID(A) -\n   LIST") == "RACDCERT ID(A)    LIST"


def test_a_keyword_may_be_shortened_to_what_tells_it_from_the_others():
    operands = resolve(parse("SP OW(SYS1) OM(UI(7))"), WORDS)

    assert "SPECIAL" in operands
    assert operands.value("OWNER") == "SYS1"
    assert operands.fields("OMVS").value("UID") == "7"


@pytest.mark.parametrize(
    ("text", "rule"), [("O(X)", "ambiguous"), ("NONSENSE", "keyword"), ("OWNER", "missing"), ("SPECIAL(X)", "keyword")]
)
def test_what_is_no_keyword_is_refused(text, rule):
    with pytest.raises(OperandError) as caught:
        resolve(parse(text), WORDS)

    assert caught.value.rule == rule


@given(st.text())
def test_arbitrary_text_raises_nothing_but_an_operand_error(text):
    try:
        parse(join_lines(text))
    except OperandError:
        pass


_PIECES = st.sampled_from(
    [
        "ID(",
        ")",
        "(",
        "'",
        "A.B",
        "USER1",
        "*",
        "PASSWORD",
        "OMVS(UID(",
        "CLASS(",
        "LABEL('X')",
        "DATE(",
        "RING(",
        "+",
        "/*",
        " ",
        "%",
        "9",
    ]
)


@given(st.sampled_from(sorted(BY_NAME)), st.lists(_PIECES, max_size=8).map(" ".join))
def test_arbitrary_operands_raise_nothing_but_our_errors(name, text):
    row = BY_NAME[name]
    try:
        resolve(parse(text), row.keywords, positionals=row.positionals)
    except SafError:
        pass
