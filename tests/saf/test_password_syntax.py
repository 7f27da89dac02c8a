"""SETROPTS PASSWORD(RULEn(...)): what a user's new password must look like."""

from __future__ import annotations

import pytest

from saf.errors import NewPasswordInvalid
from saf.passwordsyntax import fits, made


@pytest.mark.parametrize(
    ("length", "contents", "good", "bad"),
    [
        ("6:8", [("ALPHANUM", ["1:8"])], ["ABCDE1", "@23456"], ["ABCDEF", "123456", "ABCD1", "ABCDE1234"]),
        ("8", [("ALPHA", ["1"]), ("NUMERIC", ["7:8"])], ["AXXXXX12"], ["1XXXXX12", "AXXXXX1X", "AXXXX12"]),
        ("5", [("CONSONANT", ["1", "3"]), ("VOWEL", ["2"])], ["BAD99"], ["ABD99", "BBD99"]),
        ("4:5", [("NOVOWEL", ["1:5"])], ["B1@C"], ["BAAB"]),
        ("8", [("MIXEDNUM", ["1:8"])], ["Abcdefg1"], ["ABCDEFG1", "abcdefg1", "Abcdefgh"]),
        ("3", [("NATIONAL", ["2"]), ("SPECIAL", ["3"])], ["A@%"], ["AA%", "A@A"]),
    ],
)
def test_each_position_holds_what_the_rule_says(length, contents, good, bad):
    rule = made(1, length, contents)

    assert [word for word in good if not rule.fits(word)] == []
    assert [word for word in bad if rule.fits(word)] == []


def test_one_of_several_rules_is_enough():
    rules = [made(1, "8", [("NUMERIC", ["1:8"])]).kept, made(2, "4", [("ALPHA", ["1:4"])]).kept]

    assert fits("ABCD", rules) and fits("12345678", rules) and not fits("ABC1", rules)
    assert fits("ANY", [])


def test_a_users_change_obeys_the_rules_and_an_administrators_reset_need_not(racf):
    racf.user("USER1", "SECRET")
    racf("SETROPTS PASSWORD(RULE1(LENGTH(6:8) ALPHANUM(1:8)))")

    with pytest.raises(NewPasswordInvalid) as refused:
        racf.saf.verify("USER1", "SECRET", new_password="ABCDEF", verify_new="ABCDEF")
    racf.saf.verify("USER1", "SECRET", new_password="ABCDE1", verify_new="ABCDE1")

    assert refused.value.rule == "syntax"
    racf("ALTUSER USER1 PASSWORD(XXXX)")
    assert racf("ALTUSER USER1 PASSWORD(XXXX) NOEXPIRED", rc=8) == [
        "ICH21034I PASSWORD CHANGE REJECTED BY INSTALLATION SYNTAX RULES"
    ]
    assert "  RULE 1  LENGTH(6:8)   LLLLLLLL" in racf("SETROPTS LIST")


@pytest.mark.parametrize(
    "rule", ["LENGTH(9)", "LENGTH(5:4)", "LENGTH(X)", "ALPHA(1)", "LENGTH(4) ALPHA(0)", "LENGTH(4) NONSENSE(1)"]
)
def test_a_rule_that_makes_no_sense_is_refused(racf, rule):
    racf(f"SETROPTS PASSWORD(RULE1({rule}))", rc=12)


def test_rules_go_one_by_one_or_all_together(racf):
    racf("SETROPTS PASSWORD(RULE1(LENGTH(4)) RULE3(LENGTH(5)))")
    racf("SETROPTS PASSWORD(NORULE1)")
    assert [line for line in racf("SETROPTS LIST") if line.startswith("  RULE")] == ["  RULE 3  LENGTH(5)     *****"]

    racf("SETROPTS PASSWORD(NORULES)")
    assert "  NO INSTALLATION PASSWORD SYNTAX RULES." in racf("SETROPTS LIST")
