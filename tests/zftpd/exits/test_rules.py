from __future__ import annotations

import pytest

from zftpd.exits.points import FTPOSTPR
from zftpd.exits.rules import BadRules, TooLong, read_rules


def done(name, area, command="STOR", reason=0, userid="USER1"):
    return FTPOSTPR(userid, "MVS", "USER1.", "SEQ", 250, "ok", command, "C", reason, name, 160, area)


def jobs(text, point):
    return read_rules(text)(point).jobs


def test_symbols_hold_the_facts_of_the_transfer(area):
    rules = "[USER1.**]\n//&USER.X JOB\n//* &DSN &MEMBER &BYTES &COMMAND && &NOSUCH\n"

    assert jobs(rules, done("USER1.LIB(A)", area)) == ("//USER1X JOB\n//* USER1.LIB A 160 STOR & &NOSUCH\n",)


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        ("[USER1.IN.*]", True),
        ("[USER1.*]", False),
        ("[USER1.**]", True),
        ("[USER2.**]", False),
        ("[**] user=USER*", True),
        ("[**] user=OTHER", False),
        ("[**] command=RETR", False),
        ("[**] command=RETR,STOR", True),
        ("[**] success=no", False),
        ("[**] success=any", True),
        ("[USER1.IN.A(*)]", False),
        ("[/u/*]", False),
    ],
)
def test_a_rule_fits_by_name_user_command_and_outcome(head, fits, area):
    assert fits is bool(jobs(f"{head}\n//A JOB\n", done("USER1.IN.A", area)))


def test_the_first_rule_that_fits_counts(area):
    rules = "# note\n[USER1.IN(X*)]\n//ONE JOB\n[USER1.**]\n//TWO JOB\n"

    assert jobs(rules, done("USER1.IN(XY)", area)) == ("//ONE JOB\n",)
    assert jobs(rules, done("USER1.IN(Y)", area)) == ("//TWO JOB\n",)


def test_a_path_fits_only_in_plain_characters(area):
    rules = "[/u/*] command=STOR\n//A JOB\n//* &PATH\n"

    assert jobs(rules, done("/u/x/y.txt", area)) == ("//A JOB\n//* /u/x/y.txt\n",)
    assert jobs(rules, done("/u/x\n//B JOB", area)) == ()


@pytest.mark.parametrize("name", ["USER1.A\n//B JOB", "USER1.A,DISP=OLD", "USER1.LIB(A),X", "USER1.LIB(A\n)"])
def test_what_is_no_name_fits_no_rule(name, area):
    """A client names a transfer that is refused, or a job, as it likes."""
    assert jobs("[USER1.**] success=any\n//A JOB\n//* &DSN &MEMBER\n", done(name, area)) == ()


@pytest.mark.parametrize("length", [71, 72])
def test_a_statement_that_a_path_makes_too_long_is_not_submitted(area, length):
    rules = "[/u/*]\n//A JOB\n//D DD PATH='&PATH'\n//E DD DUMMY\n"
    path = "/u/".ljust(length - len("//D DD PATH=''"), "a")

    if length == 71:
        assert len(jobs(rules, done(path, area))[0].splitlines()[1]) == length
    else:
        with pytest.raises(TooLong, match="ends in column 72"):
            jobs(rules, done(path, area))


def test_a_failed_transfer_starts_only_what_asks_for_failures(area):
    assert jobs("[**] success=no\n//A JOB\n", done("U.A", area, reason=8)) == ("//A JOB\n",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("//A JOB\n", 1),
        ("\n[A.B]\n", 2),
        ("[A.B] who=me\n//A\n", 1),
        ("[A.B] command=LIST\n//A\n", 1),
        ("[A.B] success=maybe\n//A\n", 1),
    ],
)
def test_a_mistake_is_reported_with_its_line(text, line):
    with pytest.raises(BadRules) as caught:
        read_rules(text)

    assert line == caught.value.line


def test_the_example_rules_are_good(examples):
    assert len(read_rules((examples / "postprocess.rules").read_text()).rules) == 2
