"""The grammar of operand fields."""

from __future__ import annotations

import pytest

from jes.jcl.operands import OperandFault, parse


def test_positional_and_keyword_operands_keep_their_places():
    first, second = parse("(A,'B C'),CLASS=A", "JOB")

    assert [item.text for item in first.values] == ["A", "B C"]
    assert (second.keyword, second.text) == ("CLASS", "A")


def test_a_doubled_apostrophe_stands_for_one():
    (operand,) = parse("PARM='IT''S'", "EXEC")

    assert operand.text == "IT'S"


def test_a_name_with_parentheses_is_text_and_not_a_sublist():
    (operand,) = parse("DSN=A.B(MEM)", "DD")

    assert operand.text == "A.B(MEM)"
    assert operand.items is None


def test_a_keyword_may_stand_inside_a_value_without_parentheses():
    (operand,) = parse("VOL=SER=ABC", "DD")

    assert [(item.keyword, item.text) for item in operand.values] == [("SER", "ABC")]


@pytest.mark.parametrize(
    ("text", "id"),
    [("SPACE=(TRK,(1,1)", "IEFC622I"), ("DSN=A)", "IEFC622I"), ("PARM='A", "IEFC629I"), ("SPACE=(TRK)X", "IEFC618I")],
)
def test_what_cannot_be_read_has_its_message(text, id):
    with pytest.raises(OperandFault) as raised:
        parse(text, "DD")

    assert id == raised.value.id
