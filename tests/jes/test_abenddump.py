"""Dumps of abending steps."""

from __future__ import annotations

import pytest

from jes.errors import Abend


def fail(code: str, reason: int = 7):
    def run(_step):
        raise Abend(code, reason)

    return run


def dumped(opened, program, *dds: str) -> tuple[object, object]:
    system = opened(programs={"FAIL": program})
    return system, system.run("//J JOB\n//S EXEC PGM=FAIL\n" + "".join(f"//{dd}\n" for dd in dds))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("0C7", "COMPLETION CODE      SYSTEM = 0C7   REASON CODE = 00000007"),
        ("U0100", "COMPLETION CODE      USER = 0100    REASON CODE = 00000007"),
    ],
)
def test_a_dump_has_a_heading_and_the_completion_code(opened, code, words):
    system, info = dumped(opened, fail(code), "SYSUDUMP DD SYSOUT=*")

    lines = system.output(info, "SYSUDUMP")
    assert lines[0].startswith("1JOB J                  STEP S                TIME 110000   DATE 26084    ID = 000   CPUID = ")
    assert "0" + words == lines[1]
    assert lines[2].startswith("0PSW AT ENTRY TO ABEND  ")
    assert any("SUMMARY ONLY" in line for line in lines)


def test_the_last_dump_dd_gets_the_dump(opened):
    system, info = dumped(opened, fail("0C7"), "SYSABEND DD SYSOUT=*", "SYSUDUMP DD SYSOUT=*")

    assert (system.output(info, "SYSABEND"), len(system.output(info, "SYSUDUMP")) > 5) == ([], True)


def test_a_dump_for_a_machine_stays_empty(opened):
    system, info = dumped(opened, fail("0C7"), "SYSUDUMP DD SYSOUT=*", "SYSMDUMP DD SYSOUT=*")

    assert [system.output(info, name) for name in ("SYSUDUMP", "SYSMDUMP")] == [[], []]


@pytest.mark.parametrize(("ddname", "is_written"), [("SYSUDUMP", False), ("SYSABEND", True)])
def test_a_missing_program_has_a_sysabend_only(system, ddname, is_written):
    info = system.run(f"//J JOB\n//S EXEC PGM=NOSUCH\n//{ddname} DD SYSOUT=*\n")

    assert bool(system.output(info, ddname)) is is_written


def test_a_cancelled_job_has_none(opened):
    system, info = dumped(opened, fail("222"), "SYSUDUMP DD SYSOUT=*")

    assert system.output(info, "SYSUDUMP") == []


def test_a_dump_may_go_to_a_data_set(opened):
    system, _ = dumped(opened, fail("0C7"), "SYSUDUMP DD DSN=IBMUSER.DUMP,DISP=(,DELETE,CATLG),SPACE=(TRK,1)")

    assert system.mvs.find("IBMUSER.DUMP").dcb.lrecl == 125
    assert "SYSTEM = 0C7" in system.lines("IBMUSER.DUMP")[1]


def test_a_dd_that_takes_no_dump_leaves_the_abend_as_it_is(opened):
    _, info = dumped(opened, fail("0C7"), "SYSUDUMP DD *", "X DD DUMMY")

    assert info.completion.text == "ABEND=0C7"


def test_ceedump_tells_what_a_program_raised(opened):
    def wrong(_step):
        raise ValueError("no such rate")

    system, info = dumped(opened, wrong, "CEEDUMP DD SYSOUT=*")

    assert "0  FAIL raised ValueError: no such rate" in system.output(info, "CEEDUMP")
