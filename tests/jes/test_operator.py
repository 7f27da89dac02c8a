from __future__ import annotations

import pytest

from jes.operator import command


def job(name: str = "J", operands: str = "TYPRUN=HOLD") -> str:
    return f"//{name} JOB {operands}\n//S EXEC PGM=IEFBR14\n"


def test_a_held_job_is_displayed_changed_and_released(system):
    (jobid,) = system.jes.submit(system.acee, job())

    assert command(system.jes, system.acee, "$DJ1") == [
        "$HASP890 JOB(J) STATUS=(AWAITING EXECUTION),CLASS=A,PRIORITY=9,SYSAFF=(ANY),HOLD=(JOB)"
    ]
    assert "CLASS=B,PRIORITY=3" in command(system.jes, system.acee, "$T J1,C=B,PRTY=3")[0]
    command(system.jes, system.acee, "$A J1")
    assert system.jes.wait(jobid, 5).completion.text == "RC=0000"


def test_a_job_for_certain_systems_is_displayed_with_them(system):
    system.jes.submit(system.acee, job(operands="SYSAFF=(SYSB,SYSC)"))

    assert "SYSAFF=(SYSB,SYSC),HOLD=(NONE)" in command(system.jes, system.acee, "$DJ1")[0]


def test_stopping_an_initiator_leaves_its_jobs_waiting(opened):
    system = opened(initiators={"1": "A"})
    assert command(system.jes, system.acee, "$P I1") == ["$HASP892 INIT(1) STATUS=DRAINED,CLASS=A"]
    (jobid,) = system.jes.submit(system.acee, job(operands="CLASS=X"))

    assert command(system.jes, system.acee, "$S I1,C=XA") == ["$HASP892 INIT(1) STATUS=INACTIVE,CLASS=XA"]
    assert system.jes.wait(jobid, 5).completion.text == "RC=0000"


def test_cancel_with_purge_leaves_nothing(system):
    system.jes.submit(system.acee, job())

    assert command(system.jes, system.acee, "$C J1,P") == ["$HASP250 J        PURGED -- (JOB KEY WAS 00000001)"]
    assert "NO SELECTABLE ENTRIES" in command(system.jes, system.acee, "$D J1")[0]


@pytest.mark.parametrize("line", ["$C J1,P", "$C J1,PURGE", "$P J1"])
def test_every_spelling_of_a_purge_leaves_nothing(system, line):
    system.jes.submit(system.acee, job())

    assert command(system.jes, system.acee, line)[0].startswith("$HASP250 J ")


@pytest.mark.parametrize(
    "line",
    ["", "$", "$XYZ", "D J1", "$S I", "$Z J1", "$TJ1", "$TJ1,X=Y", "$TJ1,C=", "$TJ1,C=!", "$TJ1,C=A,C", "$TJ1,C=NINECHARS"]
    + ["$TJ1,PRTY=", "$TJ1,PRTY=x", "$TJ1,PRTY=16", "$TJ1,PRTY=9" + 30 * "9", "$SI9,C=", "$SI9,C=!", "$HI1"],
)
def test_what_cannot_be_read_is_refused(system, line):
    system.jes.submit(system.acee, job())

    assert command(system.jes, system.acee, line)[0].startswith("$HASP003 RC=(01)")
    assert system.jes.job(system.acee, "J1").job_class == "A"


@pytest.mark.parametrize("line", ["$D I77", "$P I77", "$D J77"])
def test_what_does_not_exist_is_told(system, line):
    assert "NO SELECTABLE ENTRIES" in command(system.jes, system.acee, line)[0]


def test_a_job_that_runs_already_cannot_be_released(system):
    info = system.run(job(operands=""))

    assert "IS IN OUTPUT" in command(system.jes, system.acee, f"$A {info.jobid}")[0]
