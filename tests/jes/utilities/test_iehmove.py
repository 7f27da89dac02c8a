"""IEHMOVE, and what IEHPROGM and IEHLIST refuse."""

from __future__ import annotations

import pytest

STEP = "//J JOB 1,X\n//S EXEC PGM={}\n//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD UNIT=SYSDA,SPACE=(TRK,5)\n//SYSIN DD *\n{}\n/*\n"


def done(system, control: str, program: str = "IEHMOVE"):
    info = system.run(STEP.format(program, control))
    return info.completion.text, system.output(info, "SYSPRINT")


def other_volume(system, dsname: str) -> str:
    here = system.mvs.find(dsname).volser
    return next(volume.volser for volume in system.mvs.volumes if volume.volser != here)


def test_a_data_set_moves_to_another_volume_under_its_name(system):
    system.put("IBMUSER.A", "ONE", "TWO")
    volser = other_volume(system, "IBMUSER.A")
    code, lines = done(system, f"  MOVE DSNAME=IBMUSER.A,TO=3390={volser}")

    assert (code, system.mvs.find("IBMUSER.A").volser, system.lines("IBMUSER.A")) == ("RC=0000", volser, ["ONE", "TWO"])
    assert "0        DATA SET IBMUSER.A HAS BEEN MOVED TO VOLUME(S)" in lines
    assert [info.dsname for info in system.mvs.search("IBMUSER.**")] == ["IBMUSER.A"]


def test_members_are_selected_renamed_and_taken_from_elsewhere(system):
    for name in ("ONE", "TWO", "THREE"):
        system.put("IBMUSER.LIB", name, member=name)
    system.put("IBMUSER.MORE", "FOUR", member="FOUR")
    volser = other_volume(system, "IBMUSER.LIB")
    control = (
        f"  COPY PDS=IBMUSER.LIB,TO=3390={volser},RENAME=IBMUSER.NEW\n  SELECT MEMBER=(ONE,(TWO,ZWEI))\n"
        "  INCLUDE DSNAME=IBMUSER.MORE,MEMBER=FOUR"
    )
    code, lines = done(system, control)

    assert (code, [member.name for member in system.mvs.members("IBMUSER.NEW")]) == ("RC=0000", ["FOUR", "ONE", "ZWEI"]), lines
    assert system.mvs.find("IBMUSER.NEW").volser == volser
    assert "                 AND IS NOW NAMED IBMUSER.NEW" in lines


def test_a_group_moves_but_for_what_is_excluded(system):
    for name in ("IBMUSER.G.A", "IBMUSER.G.B", "IBMUSER.H"):
        system.put(name, name)
    volser = other_volume(system, "IBMUSER.G.A")
    code, _ = done(system, f"  MOVE DSGROUP=IBMUSER.G,TO=3390={volser}\n  EXCLUDE DSGROUP=IBMUSER.G.B")

    assert code == "RC=0000"
    assert [system.mvs.find(name).volser == volser for name in ("IBMUSER.G.A", "IBMUSER.G.B", "IBMUSER.H")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("control", "code", "message"),
    [
        (
            "MOVE DSNAME=IBMUSER.NONE,TO=3390=USER01",
            "RC=0004",
            "DATA SET IBMUSER.NONE NOT MOVED/COPIED BECAUSE DATA SET NOT FOUND",
        ),
        ("MOVE DSNAME=IBMUSER.A,TO=3390=NOVOL1", "RC=0004", "BECAUSE UNABLE TO MOUNT TO VOLUME"),
        ("COPY DSNAME=IBMUSER.A,TO=3390={here}", "RC=0004", "BECAUSE UNABLE TO COPY ON SAME VOLUME"),
        ("COPY DSNAME=IBMUSER.A", "RC=0008", "IEH311I INCOMPLETE REQUEST"),
        ("COPY VOLUME=3390=USER01,TO=3390=USER02", "RC=0008", "IEH307I KEYWORD NOT PERMITTED"),
        ("COPY DSNAME=IBMUSER.A,PDS=B,TO=3390=USER01", "RC=0008", "IEH305I MULTIPLE KEYWORD  ERROR"),
        ("EXCLUDE MEMBER=A", "RC=0008", "IEH304I SUBORDINATE REQ -SKIPPED"),
        ("COPY DSNAME=IBMUSER.A,TO=3390=USER01\n  SELECT MEMBER=A", "RC=0008", "IEH385I SELECT OP NOT VALID"),
    ],
)
def test_what_cannot_be_done_is_told(system, control, code, message):
    system.put("IBMUSER.A", "ONE")
    ended, lines = done(system, "  " + control.replace("{here}", system.mvs.find("IBMUSER.A").volser))

    assert (ended, any(line.endswith(message) for line in lines)) == (code, True), lines
    assert system.lines("IBMUSER.A") == ["ONE"]


@pytest.mark.parametrize(
    ("program", "control", "message"),
    [
        ("IEHPROGM", "BLDX INDEX=A.B", "0IEH201I  INVALID REQUEST... STATEMENT IGNORED"),
        ("IEHPROGM", "SCRATCH DSN=A.B,VOL=3390=USER01", "0IEH202I  INVALID KEYWORD OR CONTROL STATEMENT SYNTAX"),
        ("IEHPROGM", "UNCATLG DSNAME=A.B", "           A.B IS NOT A CATALOGED DATA SET"),
        ("IEHLIST", "LISTPDS DSNAME=IBMUSER.A", "0IEH104I  THE PDS ORGANIZATION DOES NOT APPLY FOR DATA SET  IBMUSER.A"),
        ("IEHLIST", "LISTPDS DSNAME=IBMUSER.NONE", "0IEH102I  THIS VOLUME DOES NOT CONTAIN DATA SET --- IBMUSER.NONE"),
        ("IEHLIST", "LISTCTLG", "0IEH101I  NO CATALOG ON SPECIFIED VOLUME"),
        ("IEHLIST", "LISTALL", "0IEH103I  INVALID CONTROL CARD----"),
    ],
)
def test_a_request_that_is_wrong_is_ignored_with_eight(system, program, control, message):
    system.put("IBMUSER.A", "ONE")
    code, lines = done(system, "  " + control, program)

    assert (code, message in lines) == ("RC=0008", True), lines


@pytest.mark.parametrize(("program", "code"), [("IEHPROGM", "RC=0012"), ("IEHLIST", "RC=0016"), ("IEHMOVE", "RC=0016")])
def test_sysin_is_needed(system, program, code):
    assert code == system.ended(f"//J JOB 1,X\n//S EXEC PGM={program}\n//SYSPRINT DD SYSOUT=*\n")
