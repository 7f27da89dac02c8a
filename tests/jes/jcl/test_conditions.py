"""COND and IF: which steps run."""

from __future__ import annotations

import pytest

from jes.jcl.conditions import Bypass, Outcome, bypass, parse_cond, parse_if
from jes.jcl.model import Cond, IfBranch, Step
from jes.jcl.operands import OperandFault, parse

NO_COND = Cond()


def cond(text: str) -> Cond:
    return parse_cond(parse(f"COND={text}", "EXEC")[0])


def step(**values: object) -> Step:
    return Step("S2", 5, "IEFBR14", **values)


@pytest.mark.parametrize(
    ("text", "rc", "runs"),
    [("(4,LT)", 0, True), ("(4,LT)", 8, False), ("(0,NE)", 0, True), ("(0,NE)", 4, False), ("((8,EQ),(4,EQ))", 4, False)],
)
def test_a_true_test_bypasses_the_step(text, rc, runs):
    reason = bypass(step(cond=cond(text)), NO_COND, [Outcome("S1", rc=rc)])

    assert (reason is None) is runs


def test_a_test_on_a_step_that_did_not_run_is_false():
    assert bypass(step(cond=cond("(0,EQ,S1)")), NO_COND, [Outcome("S1", is_run=False)]) is None


def test_after_an_abend_only_even_and_only_run():
    abend = [Outcome("S1", abend="S0C7")]

    assert Bypass("ABEND") == bypass(step(), NO_COND, abend)
    assert bypass(step(cond=cond("EVEN")), NO_COND, abend) is None
    assert bypass(step(cond=cond("ONLY")), NO_COND, abend) is None
    assert Bypass("COND") == bypass(step(cond=cond("ONLY")), NO_COND, [Outcome("S1", rc=0)])


def test_the_jobs_cond_ends_the_job():
    assert Bypass("JOBCOND") == bypass(step(), cond("(8,LE)"), [Outcome("S1", rc=8)])


@pytest.mark.parametrize(
    ("text", "outcomes", "holds"),
    [
        ("RC = 0", [], True),
        ("RC > 4", [Outcome("S1", rc=8)], True),
        ("S1.RC = 8 | S2.RC = 8", [Outcome("S1", rc=8)], True),
        ("S9.RC NE 0", [Outcome("S1", rc=8)], False),
        ("S1.P1.RC LE 4", [Outcome("S1", "P1", rc=4)], True),
        ("¬ABEND", [Outcome("S1", rc=0)], True),
        ("ABEND", [Outcome("S1", abend="S806")], True),
        ("ABEND=FALSE", [Outcome("S1", abend="S806")], False),
        ("ABENDCC = S0C7", [Outcome("S1", abend="S0C7")], True),
        ("S1.RUN", [Outcome("S1", is_run=False)], False),
        ("¬(S1.RUN & RC=0)", [Outcome("S1", is_run=False)], True),
        ("(RC = 0 AND S1.RUN) OR RC > 100", [Outcome("S1", rc=0)], True),
        ("S1.RC = 0 AND 8=7", [Outcome("S1", rc=0)], False),
        ("8=8", [], True),
    ],
)
def test_an_if_expression_looks_at_what_ran(text, outcomes, holds):
    assert holds is parse_if(text).holds(outcomes)


def test_the_else_branch_runs_when_the_expression_is_false():
    branch = IfBranch(parse_if("RC > 4"), False, 3)

    assert bypass(step(ifs=(branch,)), NO_COND, [Outcome("S1", rc=0)]) is None
    assert Bypass("IF", 3) == bypass(step(ifs=(branch,)), NO_COND, [Outcome("S1", rc=8)])


def test_an_if_that_speaks_of_abends_lets_its_steps_run_after_one():
    branch = IfBranch(parse_if("ABEND"), True, 3)

    assert bypass(step(ifs=(branch,)), NO_COND, [Outcome("S1", abend="S0C4")]) is None


@pytest.mark.parametrize("text", ["RC", "RC = ", "(RC = 0", "S1.S2.S3.RC = 0", "RC = 5000", "RC = 0)", "'"])
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(OperandFault):
        parse_if(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("S1.RC= 0 AND B=A", "B"),
        ("RC = X", "X"),
        ("RC 8", "8"),
        ("ABEND = MAYBE", "MAYBE"),
        ("RC = 0 )", ")"),
        ("RC = 'X'", "'X'"),
    ],
)
def test_the_word_that_cannot_stand_in_an_expression_is_named(text, word):
    with pytest.raises(OperandFault) as problem:
        parse_if(text)

    assert (problem.value.id, problem.value.facts) == ("IEFC013I", (word,))


@pytest.mark.parametrize("text", ["(4)", "(X,LT)", "(70000,LT)", "(4,XX)", "(EVEN,ONLY)"])
def test_what_is_no_cond_is_refused(text):
    with pytest.raises(OperandFault):
        cond(text)
