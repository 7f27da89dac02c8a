"""The statements of a job group: what they say, and what is wrong with them."""

from __future__ import annotations

import pytest

from jes.jcl.jobgroup import read_group


def group(*lines: str):
    return read_group([line.ljust(80) for line in lines])


def test_after_and_before_say_the_same_from_both_ends():
    after = group("//G JOBGROUP", "//A GJOB", "//B GJOB", "// AFTER NAME=A", "//G ENDGROUP")
    before = group("//G JOBGROUP", "//A GJOB", "// BEFORE NAME=B", "//B GJOB", "//G ENDGROUP")

    assert (after.faults, before.faults) == ([], [])
    assert after.edges == before.edges
    assert [(edge.parent, edge.child, edge.action, edge.otherwise) for edge in after.edges] == [("A", "B", "SATISFY", "FLUSH")]


def test_a_job_set_depends_and_is_depended_on_as_one():
    found = group(
        "//G JOBGROUP", "//A GJOB", "//S JOBSET FLUSHTYP=ANYFLUSH", "//S1 SJOB", "//S2 SJOB", "// ENDSET", "// AFTER NAME=A",
        "//Z GJOB", "// AFTER NAME=(S,A)", "//G ENDGROUP",
    )  # fmt: skip

    assert found.faults == []
    assert [(edge.parent, edge.child) for edge in found.edges] == [("A", "S1"), ("A", "S2"), ("S1", "Z"), ("S2", "Z"), ("A", "Z")]
    assert found.jobs == {"A": False, "S1": True, "S2": True, "Z": False}


def test_a_condition_may_have_blanks_and_go_on_with_the_next_card():
    found = group(
        "//G JOBGROUP",
        "//A GJOB",
        "//B GJOB",
        "// AFTER NAME=A,WHEN=(RC > 4 AND",
        "//    RC < 8),ACTION=FLUSH,",
        "//  OTHERWISE=SATISFY",
        "//G ENDGROUP",
    )

    assert found.faults == []
    assert (found.edges[0].action, found.edges[0].otherwise) == ("FLUSH", "SATISFY")


def test_jobgroup_says_whose_it_is_and_what_an_error_is():
    found = group(
        "//G JOBGROUP 1234,'M. E.',OWNER=ANNA,HOLD=YES,", "// ERROR=(ABEND),ONERROR=SUSPEND", "//A GJOB", "//G ENDGROUP"
    )

    assert (found.faults, found.owner, found.programmer, found.hold, found.onerror) == ([], "ANNA", "M. E.", True, "SUSPEND")


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["//A GJOB", "// AFTER NAME=X"], ("AFTER", "NAME X IS NOT DEFINED")),
        (["//A GJOB", "//A GJOB"], ("GJOB", "NAME A IS NOT UNIQUE")),
        (["// AFTER NAME=X"], ("AFTER", "STATEMENT IS MISPLACED")),
        (["//A SJOB"], ("SJOB", "STATEMENT IS MISPLACED")),
        (["//A GJOB", "// AFTER WHEN=(RC=0)"], ("AFTER", "NAME KEYWORD IS MISSING")),
        (["//A GJOB FLUSHTYP=SOME"], ("GJOB", "VALUE OF FLUSHTYP IS NOT VALID")),
        (["//A GJOB X=1"], ("GJOB", "KEYWORD X IS NOT VALID")),
        (["//A GJOB", "// AFTER NAME=A"], ("JOBGROUP", "DEPENDENCIES ARE CIRCULAR")),
        (["//A GJOB", "//B GJOB", "// AFTER NAME=A,WHEN=(RC=)"], ("AFTER", "ERROR IN IF STATEMENT: ) NOT VALID")),
        (["//A GJOB", "//S EXEC PGM=P"], ("EXEC", "STATEMENT IS NOT VALID IN A JOB GROUP")),
    ],
)
def test_a_wrong_statement_is_told(lines, fault):
    assert group("//G JOBGROUP", *lines, "//G ENDGROUP").faults[0] == fault


def test_wrong_operands_leave_the_group_its_name():
    group = read_group(["//NIGHT JOBGROUP BAD=1", "//NIGHT ENDGROUP"])

    assert group.name == "NIGHT"
    assert group.faults
