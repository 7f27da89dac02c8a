"""Symbols in operands and in data."""

from __future__ import annotations

import pytest

from jes.jcl.symbols import substitute, substitute_data, used

VALUES = {"HLQ": "PROD", "A": "1", "MBR": "X"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("DSN=&HLQ..LOAD", "DSN=PROD.LOAD"),
        ("DSN=&A.B", "DSN=1B"),
        ("DSN=&&TEMP", "DSN=&&TEMP"),
        ("DSN=&NONE..X", "DSN=&NONE..X"),
        ("DSN=A.B(&MBR)", "DSN=A.B(X)"),
        ("PARM='LIB=&HLQ'", "PARM='LIB=PROD'"),
        ("DEST='&HLQ'", "DEST='&HLQ'"),
    ],
)
def test_a_symbol_gives_way_to_its_value(text, result):
    assert result == substitute(text, VALUES)


def test_data_keep_their_length_and_unknown_symbols():
    assert "A PROD &NO".ljust(80) == substitute_data("A &HLQ &NO".ljust(80), VALUES, 80)


def test_data_that_grow_beyond_the_record_do_not_fit():
    assert substitute_data("&HLQ" + "X" * 77, VALUES, 80) is None


def test_a_doubled_ampersand_is_no_symbol():
    assert {"B"} == used("&&A &B")
