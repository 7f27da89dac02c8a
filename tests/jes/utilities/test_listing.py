"""LISTDS and LISTALC show what the manual's samples show."""

from __future__ import annotations

STEP = """//J JOB 1,X
//S EXEC PGM=IKJEFT01,PARM='{}'
//PASS DD DISP=(NEW,PASS),SPACE=(TRK,1),RECFM=FB,LRECL=80
//CONCAT DD DISP=SHR,DSN=IBMUSER.EXEC
//  DD DISP=SHR,DSN=IBMUSER.LIB
//SYSTSPRT DD SYSOUT=*
//SYSTSIN DD DUMMY
//CONCAT2 DD DUMMY
//  DD DISP=SHR,DSN=IBMUSER.EXEC
//USS DD PATH='/tmp/x',PATHOPTS=(OWRONLY,OCREAT)
"""


def shown(system, command: str) -> list[str]:
    if not system.mvs.exists("IBMUSER.EXEC"):
        system.put("IBMUSER.EXEC", "X")
        system.put("IBMUSER.LIB", "X", member="ONE")
    lines = system.output(system.run(STEP.format(command)), "SYSTSPRT")
    return [line for line in lines if line not in {"READY", "END", command, f"READY {command}", ""}]


def test_listalc_status_sysnames_lists_each_allocation_with_what_becomes_of_it(system):
    lines = shown(system, "LISTALC STATUS SYSNAMES")

    assert lines[0] == "--DDNAME---DISP--"
    assert lines[1].startswith("SYS26084.T110000.RA000.J.")
    assert lines[2:] == [
        "  PASS     PASS",
        "IBMUSER.EXEC",
        "  CONCAT   KEEP",
        "IBMUSER.LIB",
        "           KEEP",
        "IBMUSER.J.JOB00001.D0000101.?",
        "  SYSTSPRT DELETE",
        "NULLFILE  SYSTSIN",
        "NULLFILE  CONCAT2",
        "IBMUSER.EXEC",
        "           KEEP",
        "/tmp/x",
        "  USS      KEEP,KEEP",
    ]


def test_listalc_alone_lists_names_that_people_gave(system):
    assert [line for line in shown(system, "LISTALC") if "RA000" not in line] == [
        "IBMUSER.EXEC", "IBMUSER.LIB", "NULLFILE", "NULLFILE", "IBMUSER.EXEC", "/tmp/x",
    ]  # fmt: skip


def test_listalc_members_and_history(system):
    lines = shown(system, "LISTALC H M")

    at = lines.index("IBMUSER.LIB")
    assert lines[at + 1 : at + 5] == ["--CREATED---EXPIRES---SECURITY", "  03/25/26  00/00/00  NONE", "--MEMBERS--", "  ONE"]


def test_listds_history_and_status_stand_under_their_headings(system):
    lines = shown(system, "LISTDS (EXEC) HISTORY STATUS")

    volser = system.mvs.find("IBMUSER.EXEC").volser
    assert lines == [
        "IBMUSER.EXEC",
        "--RECFM-LRECL-BLKSIZE-DSORG-CREATED---EXPIRES---SECURITY--DDNAME---DISP",
        "  FB    80    27920   PS    03/25/26  00/00/00  NONE      CONCAT   KEEP",
        "--VOLUMES--",
        f"  {volser}",
    ]


def test_listds_level_lists_what_lies_below_a_name(system):
    names = [line for line in shown(system, "LISTDS (''IBMUSER'') LEVEL") if line.startswith("IBMUSER.")]

    assert names == ["IBMUSER.EXEC", "IBMUSER.LIB"]
