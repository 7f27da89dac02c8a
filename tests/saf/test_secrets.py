"""No password is shown with the command that sets it."""

import pytest

from saf.commands.secrets import shown


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("ADDUSER U1 PASSWORD(ABC) NAME('A B')", "ADDUSER U1 PASSWORD(***) NAME('A B')"),
        ("ALU U1 PASS(abc) NOEXP", "ALU U1 PASS(***) NOEXP"),
        ("ALTUSER U1 PHR('it''s (a) secret') SPECIAL", "ALTUSER U1 PHR('**''* (*) ******') SPECIAL"),
        ("PASSWORD PASSWORD(OLD NEW) USER(U1)", "PASSWORD PASSWORD(*** ***) USER(U1)"),
        ("PW PASSWORD ( OLD\n NEW )", "PW PASSWORD ( ***\n *** )"),
        ("PHRASE PHRASE('one two' 'three')", "PHRASE PHRASE('*** ***' '*****')"),
        ("RACDCERT ADD('A.B') PASSWORD('x y')", "RACDCERT ADD('A.B') PASSWORD('* *')"),
        ("ALTUSER U1 PASSWORD -\n (ABC)", "ALTUSER U1 PASSWORD -\n (***)"),
        ("ALTUSER U1 PASSWORD('ABC", "ALTUSER U1 PASSWORD('***"),
        ("ALTUSER U1 NAME('X) PASSWORD(ABC)", "ALTUSER U1 NAME('X) PASSWORD(***)"),
        ("ALTUSER U1 NOPASSWORD OMVS(PROGRAM('/bin/sh'))", "ALTUSER U1 NOPASSWORD OMVS(PROGRAM('/bin/sh'))"),
        ("SETROPTS PASSWORD(INTERVAL(30))", "SETROPTS PASSWORD(INTERVAL(30))"),
    ],
)
def test_the_values_of_passwords_and_phrases_are_asterisks(typed, seen):
    assert shown(typed) == seen
