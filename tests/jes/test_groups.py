"""Job groups: which job runs when others have ended, and what operator and users see of it."""

from __future__ import annotations

import pytest

from jes.errors import Abend
from jes.groups import DONE, FLUSHED, RUNS, Member, moves
from jes.jcl.conditions import Outcome
from jes.jcl.jobgroup import read_group
from jes.operator import command

NIGHT = "//NIGHT JOBGROUP\n//A GJOB\n//B GJOB\n// AFTER NAME=A\n//NIGHT ENDGROUP\n"


def group(*lines: str):
    return read_group([line.ljust(80) for line in ("//G JOBGROUP", *lines, "//G ENDGROUP")])


def here(found, **known):
    return {name: known.get(name, Member(is_here=True)) for name in found.jobs}


def ended(rc: int = 0, abend: str = "") -> Member:
    return Member(DONE, True, Outcome("", rc=None if abend else rc, abend=abend))


def job(name: str, program: str = "IEFBR14", operands: str = "", group: str = "NIGHT") -> str:
    return f"//{name} JOB {operands}\n// SCHEDULE JOBGROUP={group}\n//S EXEC PGM={program}\n"


@pytest.mark.parametrize(
    ("outcome", "run", "flush"), [(ended(), ["B"], []), (ended(4095), ["B"], []), (ended(abend="S806"), [], ["B", "C"])]
)
def test_by_default_a_child_runs_when_its_parent_ran_and_did_not_abend(outcome, run, flush):
    found = group("//A GJOB", "//B GJOB", "// AFTER NAME=A", "//C GJOB", "// AFTER NAME=B")

    assert (moves(found, here(found, A=outcome)).run, moves(found, here(found, A=outcome)).flush) == (run, flush)


@pytest.mark.parametrize(("kind", "run", "flush"), [("ALLFLUSH", ["C"], []), ("ANYFLUSH", [], ["C"])])
def test_flushtyp_says_whether_one_flushed_parent_is_enough(kind, run, flush):
    found = group("//A GJOB", "//B GJOB", f"//C GJOB FLUSHTYP={kind}", "// AFTER NAME=(A,B)")
    made = moves(found, here(found, A=ended(), B=Member(FLUSHED)))

    assert (made.run, made.flush) == (run, flush)


def test_concurrent_jobs_begin_together_when_both_are_here():
    found = group("//A GJOB", "//B GJOB", "// CONCURRENT NAME=A")

    assert moves(found, here(found, B=Member())).run == []
    assert moves(found, here(found)).run == ["A", "B"]


@pytest.mark.parametrize(("onerror", "flush"), [("FLUSH", ["B"]), ("STOP", []), ("SUSPEND", [])])
def test_an_error_of_the_group_is_told(onerror, flush):
    found = read_group(
        [line.ljust(80) for line in (f"//G JOBGROUP ERROR=(RC > 4),ONERROR={onerror}", "//A GJOB", "//B GJOB", "//G ENDGROUP")]
    )
    made = moves(found, here(found, A=ended(8)))

    assert (made.in_error, made.flush) == (True, flush)


def test_a_dependency_that_fails_puts_the_group_in_error():
    found = group("//A GJOB", "//B GJOB", "// AFTER NAME=A,WHEN=(RC=0),OTHERWISE=FAIL")
    made = moves(found, here(found, A=ended(4)))

    assert (made.in_error, made.run, made.flush) == (True, [], [])


def test_a_group_is_complete_when_all_have_ended_or_are_flushed():
    found = group("//A GJOB", "//B GJOB", "// AFTER NAME=A")

    assert not moves(found, here(found, A=ended(), B=Member(RUNS, True))).complete
    assert moves(found, here(found, A=ended(abend="U0001"))).complete


def log(system, jobid: str) -> list[str]:
    return [line[20:] for line in system.output(system.jes.wait(jobid, 20), "JESMSGLG") if "$HASP13" in line]


def test_jobs_of_a_group_run_in_its_order_and_not_in_that_of_submission(system):
    number, later = system.jes.submit(system.acee, NIGHT + job("B"))
    assert (number, system.jes.job(system.acee, later).held) == ("G0000001", True)
    system.jes.submit(system.acee, job("A"))

    assert system.jes.wait(number, 20).completion.text == "RC=0000"
    assert log(system, number) == [
        "$HASP1300 B registered to job group NIGHT",
        "$HASP1300 A registered to job group NIGHT",
        "$HASP1301 A in job group NIGHT queued for execution",
        "$HASP1302 A in job group NIGHT has completed",
        "$HASP1301 B in job group NIGHT queued for execution",
        "$HASP1302 B in job group NIGHT has completed",
        "$HASP1304 job group NIGHT is complete",
    ]


def test_a_job_is_flushed_when_what_it_follows_abends_or_is_no_job(opened):
    def fail(_step):
        raise Abend("0C7")

    system = opened(programs={"FAIL": fail})
    for program in ("FAIL", "IEFBR14,NOSUCH=1"):
        number, *ids = system.jes.submit(system.acee, NIGHT + job("A", program) + job("B"))

        assert system.jes.wait(ids[1], 20).completion.text == "CANCELED"
        assert "$HASP1312 B in job group NIGHT is flushed" in log(system, number)


def test_a_held_group_waits_for_an_operator_and_a_waiting_job_cannot_be_released(system):
    number, first = system.jes.submit(system.acee, NIGHT.replace("JOBGROUP", "JOBGROUP HOLD=YES") + job("A"))

    assert command(system.jes, system.acee, f"$D {number}") == [
        "$HASP890 JOBGROUP(NIGHT) STATUS=(HELD)",
        "$HASP890 GJOB(A) JOBGROUP=NIGHT,STATUS=(WAITS)",
        "$HASP890 GJOB(B) JOBGROUP=NIGHT,STATUS=(NOT SUBMITTED)",
    ]
    assert "IS IN INPUT" in command(system.jes, system.acee, f"$A {first}")[0]
    assert command(system.jes, system.acee, "$A G1")[0] == "$HASP890 JOBGROUP(NIGHT) STATUS=(PENDING)"
    assert system.jes.wait(first, 20).completion.text == "RC=0000"
    assert command(system.jes, system.acee, "$DG")[0] == "$HASP890 JOBGROUP(NIGHT) STATUS=(PENDING)"


def test_a_suspended_group_goes_on_when_it_is_released(system):
    head = NIGHT.replace("JOBGROUP", "JOBGROUP ERROR=(RC >= 0),ONERROR=SUSPEND")
    number, first, second = system.jes.submit(system.acee, head + job("A") + job("B"))
    system.jes.wait(first, 20)
    system.jes.initiators.tend()

    assert command(system.jes, system.acee, f"$D {number}")[0] == "$HASP890 JOBGROUP(NIGHT) STATUS=(SUSPEND)"
    command(system.jes, system.acee, f"$A {number}")
    assert system.jes.wait(second, 20).completion.text == "RC=0000"
    assert system.jes.wait(number, 20).completion.text == "RC=0000"


def test_a_cancelled_group_cancels_the_jobs_that_wait(system):
    number, waiting = system.jes.submit(system.acee, NIGHT + job("B"))
    system.jes.cancel(system.acee, number, purge=False)

    assert system.jes.wait(waiting, 20).completion.text == "CANCELED"
    assert system.jes.wait(number, 20).completion.text == "CANCELED"


def test_a_purged_group_cancels_the_jobs_that_wait(system):
    number, waiting = system.jes.submit(system.acee, NIGHT + job("B"))
    system.jes.cancel(system.acee, number)

    assert system.jes.wait(waiting, 20).completion.text == "CANCELED"


@pytest.mark.parametrize(
    ("text", "id"),
    [
        (job("A", group="NONE"), "$HASP1310 A"),
        (NIGHT + job("X"), "$HASP1311 X"),
        (NIGHT + NIGHT, "$HASP1110 NIGHT    -- JOB GROUP ALREADY EXISTS"),
        ("//NIGHT JOBGROUP\n//A GJOB X=1\n//NIGHT ENDGROUP\n", "$HASP1116 NIGHT    -- GJOB KEYWORD X IS NOT VALID"),
        ("//NIGHT JOBGROUP TYPE=SCAN\n//A GJOB\n//NIGHT ENDGROUP\n", "$HASP1119 NIGHT"),
    ],
)
def test_what_cannot_be_is_told_in_the_log(system, text, id):
    info = system.jes.wait(system.jes.submit(system.acee, text)[-1], 20)

    assert any(id in line for line in system.output(info, "JESMSGLG"))


def test_a_job_with_a_hold_of_its_own_keeps_it(system):
    _, first = system.jes.submit(system.acee, NIGHT + job("A", operands="TYPRUN=HOLD"))
    system.jes.initiators.tend()
    system.jes.release(system.acee, first)

    assert system.jes.wait(first, 20).completion.text == "RC=0000"


def test_another_user_may_not_make_a_group_in_ones_name(system):
    system.user("ANNA")
    anna = system.saf.acee("ANNA")
    (jobid,) = system.jes.submit(anna, NIGHT.replace("JOBGROUP", "JOBGROUP OWNER=IBMUSER"))

    assert system.jes.wait(jobid, 20).completion.text == "(SEC error)"
