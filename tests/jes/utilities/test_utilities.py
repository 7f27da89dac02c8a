"""The smaller utilities: compare, print, catalog and list, shell."""

from __future__ import annotations

import time

import pytest


def step(program: str, dds: str) -> str:
    return f"//J JOB 1,X\n//S EXEC PGM={program}\n//SYSPRINT DD SYSOUT=*\n{dds}"


def test_iebcompr_tells_unequal_records(system):
    system.put("IBMUSER.A", "SAME", "ONE")
    system.put("IBMUSER.B", "SAME", "TWO")
    same = "//SYSUT1 DD DSN=IBMUSER.A,DISP=SHR\n//SYSUT2 DD DSN=IBMUSER.A,DISP=SHR\n//SYSIN DD DUMMY\n"
    info = system.run(step("IEBCOMPR", same.replace("IBMUSER.A", "IBMUSER.B", 1)))

    assert (info.completion.text, system.ended(step("IEBCOMPR", same))) == ("RC=0008", "RC=0000")
    assert system.output(info, "SYSPRINT")[-1] == "     END OF JOB-TOTAL NUMBER OF RECORDS COMPARED = 00000002"


def test_iebptpch_prints_fields(system):
    system.put("IBMUSER.A", "ABCDEFGH")
    control = "//SYSIN DD *\n PRINT MAXFLDS=2\n TITLE ITEM=('TOP',3)\n RECORD FIELD=(3,1,,1),FIELD=(2,1,XE,6)\n"
    info = system.run(step("IEBPTPCH", "//SYSUT1 DD DSN=IBMUSER.A,DISP=SHR\n//SYSUT2 DD SYSOUT=*\n" + control))

    assert system.output(info, "SYSUT2") == ["1  TOP", " ABC  C1C2"]


def test_iehprogm_renames_and_scratches(system):
    system.put("IBMUSER.A", "X")
    control = (
        "//SYSIN DD *\n RENAME DSNAME=IBMUSER.A,VOL=3390=USER01,NEWNAME=IBMUSER.B\n SCRATCH DSNAME=IBMUSER.B,VOL=3390=USER01\n"
    )
    info = system.run(step("IEHPROGM", control))

    assert info.completion.text == "RC=0000"
    assert "0  NORMAL END OF TASK RETURNED FROM SCRATCH" in system.output(info, "SYSPRINT")
    assert not system.mvs.exists("IBMUSER.B")


def test_iehlist_lists_a_directory_and_a_volume(system):
    system.put("IBMUSER.LIB", "X", member="M1")
    system.mvs.add_member_alias("IBMUSER.LIB", "A1", "M1", system.who)
    volser = system.mvs.find("IBMUSER.LIB").volser
    info = system.run(
        step("IEHLIST", f"//SYSIN DD *\n LISTPDS DSNAME=IBMUSER.LIB,VOL=3390={volser}\n LISTVTOC VOL=3390={volser}\n")
    )

    listed = system.output(info, "SYSPRINT")
    (alias,), (member,) = ([line.split()[1] for line in listed if line.startswith(name)] for name in (" A1 ", " M1 "))
    assert (member[:6], member[6:], alias) == (alias[:6], "00", member[:6] + "80")
    assert any(line.startswith(" IBMUSER.LIB ") for line in listed)


@pytest.mark.parametrize(
    ("command", "out", "code"),
    [
        ("echo one two", ["one two"], "RC=0000"),
        ("mkdir -p /tmp/a && echo hi > /tmp/a/f; cat /tmp/a/f", ["hi"], "RC=0000"),
        ("echo b > /tmp/x; echo a >> /tmp/x; sort /tmp/x | head -n 1", ["a"], "RC=0000"),
        ("false || echo no", ["no"], "RC=0000"),
        ("test -d /tmp && exit 3", [], "RC=0768"),
        ("X=5; echo ${X}'$X'", ["5$X"], "RC=0000"),
        ("nosuchcommand", [], "RC=3840"),  # 127 * 256 in the 12 bits of a condition code
    ],
)
def test_bpxbatch_runs_a_small_shell(system, command, out, code):
    text = f"//J JOB 1,X\n//S EXEC PGM=BPXBATCH\n//STDOUT DD SYSOUT=*\n//STDERR DD SYSOUT=*\n//STDPARM DD *\nSH {command}\n/*\n"
    info = system.run(text)

    assert (code, out) == (info.completion.text, system.output(info, "STDOUT"))


@pytest.mark.parametrize("request_", ["SCRATCH DSNAME=A.X,VOL=3390={}", "RENAME DSNAME=A.X,VOL=3390={},NEWNAME=A.Y"])
def test_iehprogm_finds_a_data_set_on_its_volume_only(system, request_):
    system.put("A.X", "DATA")
    volser = system.mvs.find("A.X").volser

    assert system.run(step("IEHPROGM", f" {request_.format('MVSRES')}\n")).completion.text == "RC=0008"
    assert system.mvs.exists("A.X")
    assert system.run(step("IEHPROGM", f" {request_.format(volser)}\n")).completion.text == "RC=0000"
    assert not system.mvs.exists("A.X")


def test_irxjcl_refuses_an_exec(system):
    info = system.run("//J JOB 1,X\n//S EXEC PGM=IRXJCL,PARM='MYEXEC A'\n//SYSTSPRT DD SYSOUT=*\n")

    assert info.completion.text == "RC=0020"
    assert system.output(info, "SYSTSPRT")[:2] == [
        "IRX0406E REXX exec load file SYSEXEC has not been allocated.",
        "IRX0110I The REXX exec MYEXEC cannot be interpreted.",
    ]


def test_sdsf_lists_jobs_and_issues_commands(system):
    commands = "PREFIX *\nST\n/F CICS,'CEMT SET FIL(A) CLO'\n++XY\n"
    info = system.run(f"//LISTER JOB 1,X\n//S EXEC PGM=SDSF\n//ISFOUT DD SYSOUT=*\n//ISFIN DD *\n{commands}/*\n")

    assert info.completion.text == "RC=0008"
    assert any("LISTER   JOB00001 IBMUSER" in line for line in system.output(info, "ISFOUT"))
    assert any("F CICS,'CEMT SET FIL(A) CLO'" in line for line in system.output(info, "JESMSGLG"))


PUNCH = "//J JOB 1,X\n//S EXEC PGM=IEBPTPCH\n//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD *\nABCDEFGHIJKL\n/*\n//SYSUT2 DD SYSOUT=*\n"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("PUNCH", ["ABCDEFGHIJKL"]),
        ("PRINT", [" ABCDEFGH  IJKL"]),
        ("PRINT TOTCONV=XE,STOPAFT=1", [" C1C2C3C4  C5C6C7C8  C9D1D2D3"]),
    ],
)
def test_iebptpch_groups_what_it_prints_and_not_what_it_punches(system, statement, lines):
    info = system.run(PUNCH + f"//SYSIN DD *\n  {statement}\n/*\n")

    assert [line[: len(lines[0])] for line in system.output(info, "SYSUT2")][:1] == lines


def test_iehprogm_tells_in_words_what_it_did_not_do(system):
    system.put("IBMUSER.THERE", "X")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IEHPROGM\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n"
        "  SCRATCH DSNAME=IBMUSER.NONE,VOL=3390=USER01\n  CATLG DSNAME=IBMUSER.THERE,VOL=3390=USER01\n"
        "  CATLG DSNAME=IBMUSER.GHOST,VOL=3390=USER01\n/*\n"
    )

    assert info.completion.text == "RC=0008"
    assert system.mvs.find("IBMUSER.GHOST").volser == "USER01"
    assert system.output(info, "SYSPRINT")[2:] == [
        "0IEH207I STATUS OF USERS REQUEST TO SCRATCH DATA SET IBMUSER.NONE",
        "         VOLUME ID     ACTION TAKEN     REASON",
        "         USER01        NONE             DATA SET OR MEMBER NOT FOUND",
        "         END OF LISTING OF DATA SETS TO BE SCRATCHED OR RENAMED",
        "   CATLG DSNAME=IBMUSER.THERE,VOL=3390=USER01",
        "0IEH210I  YOUR REQUEST CANNOT BE SERVICED....",
        "           IBMUSER.THERE IS A CATALOGED DATA SET",
        "   CATLG DSNAME=IBMUSER.GHOST,VOL=3390=USER01",
        "0  NORMAL END OF TASK RETURNED FROM CATLG",
        "0UTILITY END",
    ]


def test_iehlist_knows_which_volumes_are_mounted(system):
    info = system.run("//J JOB 1,X\n//S EXEC PGM=IEHLIST\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n  LISTVTOC VOL=3390=NOVOL1\n/*\n")

    assert info.completion.text == "RC=0008"
    assert "0IEH106I  UNAVAILABLE DEVICE TYPE OR VOLUME I.D. SPECIFIED" in system.output(info, "SYSPRINT")


def test_a_program_that_tells_of_its_work_can_be_cancelled(system):
    cards = "\n".join(f"  DELETE NO.SUCH.N{number}" for number in range(200_000))
    (jobid,) = system.jes.submit(system.acee, f"//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD DUMMY\n//SYSIN DD *\n{cards}\n")
    until = time.monotonic() + 30
    while system.jes.job(system.acee, jobid).status != "ACTIVE" and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.5)
    system.jes.cancel(system.acee, jobid, purge=False)

    assert system.jes.wait(jobid, 10).completion.text == "ABEND=222"


def test_sdsf_filters_rows(system):
    for name in ("ONE", "TWO", "THREE"):
        system.run(f"//{name} JOB 1,X\n//S EXEC PGM=IEFBR14\n")
    commands = "PREFIX *\nFILTER JNAME EQ T* JNAME EQ LIST* OWNER EQ IBM*\nST\nFILTER QUEUE NE PRINT\nST\nFILTER OFF\nO\nH\n"
    info = system.run(f"//LISTER JOB 1,X\n//S EXEC PGM=SDSF\n//ISFOUT DD SYSOUT=*\n//ISFIN DD *\n{commands}/*\n")
    heads = [line for line in system.output(info, "ISFOUT") if line.startswith("1SDSF ST")]

    assert info.completion.text == "RC=0000"
    assert ["(3)" in heads[0], "(1)" in heads[1]] == [True, True]


@pytest.mark.parametrize("criteria", ["NOSUCH EQ A", "JNAME EQ", "JNAME LIKE A"])
def test_sdsf_refuses_criteria_that_are_none(system, criteria):
    info = system.run(f"//J JOB 1,X\n//S EXEC PGM=SDSF\n//ISFOUT DD SYSOUT=*\n//ISFIN DD *\nFILTER {criteria}\n/*\n")

    assert info.completion.text == "RC=0008"
    assert " INVALID FILTER CRITERIA" in system.output(info, "ISFOUT")


@pytest.mark.parametrize(
    ("program", "control"),
    [("IEBCOMPR", "COMPARE TYPORG=PO"), ("IEBPTPCH", "PRINT TYPORG=PO\n MEMBER NAME=SECRET")],
)
def test_no_utility_tells_members_to_who_may_not_read_the_library(system, program, control):
    user = system.user("OTHER")
    system.put("IBMUSER.LIB", "X", member="SECRET")
    system.saf.command(system.acee, "ADDSD 'IBMUSER.LIB' UACC(NONE)")
    jcl = (
        f"//J JOB 1,X\n//S EXEC PGM={program}\n//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD DSN=IBMUSER.LIB,DISP=SHR\n"
        f"//SYSUT2 DD {'DSN=IBMUSER.LIB,DISP=SHR' if program == 'IEBCOMPR' else 'SYSOUT=*'}\n//SYSIN DD *\n {control}\n/*\n"
    )
    info = system.jes.wait(system.jes.submit(user, jcl)[-1], 20)

    assert info.completion.text == "ABEND=913"
