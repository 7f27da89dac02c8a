"""What a job may not read it learns nothing of: members, passwords of commands and of JOB statements."""

from __future__ import annotations

import pytest

from mvsfs.errors import NotAuthorized

STEP = "//S EXEC PGM={program}\n//SYSPRINT DD SYSOUT=*\n//SYSTSPRT DD SYSOUT=*\n//{input} DD *\n{text}\n/*\n"


def run_as(system, userid: str, program: str, text: str, extra: str = ""):
    """Run one step as a user; `extra` are further DD statements."""
    ddname = "SYSTSIN" if program == "IKJEFT01" else "SYSIN"
    jcl = f"//{userid}J JOB 1,X\n" + STEP.format(program=program, input=ddname, text=text) + extra
    return system.jes.wait(system.jes.submit(system.saf.acee(userid), jcl)[-1], 20)


@pytest.fixture
def library(system):
    """A library that MALLORY may not read."""
    system.saf.command(system.acee, "ADDGROUP PAY")
    system.saf.command(system.acee, "ADDSD 'PAY.**' UACC(NONE)")
    system.user("MALLORY")
    system.put("PAY.LIB", "X", member="HIDDEN")
    return system.mvs.find("PAY.LIB").volser


def test_iehlist_lists_no_members_of_a_library_that_the_user_may_not_read(system, library):
    info = run_as(system, "MALLORY", "IEHLIST", f"  LISTPDS DSNAME=PAY.LIB,VOL=3390={library}")

    shown = "\n".join(system.output(info, "SYSPRINT"))
    assert info.completion.text == "RC=0008"
    assert "NOT AUTHORIZED" in shown
    assert "HIDDEN" not in shown


@pytest.mark.parametrize(("command", "extra"), [("LISTDS 'PAY.LIB' M", ""), ("LISTALC M", "//D DD DSN=PAY.LIB,DISP=SHR\n")])
def test_tso_lists_no_members_of_a_library_that_the_user_may_not_read(system, library, command, extra):
    info = run_as(system, "MALLORY", "IKJEFT01", command, extra)

    shown = "\n".join(system.output(info, "SYSTSPRT"))
    assert info.completion.text == "RC=0012"
    assert "IKJ56231I SECURITY PRODUCT DENIED ACCESS" in shown
    assert "HIDDEN" not in shown


def test_a_directory_is_read_by_those_only_who_may_open_it(system, library):
    from mvsfs.access import Requester

    assert system.mvs.require_readable("PAY.LIB", system.who).dsname == "PAY.LIB"
    with pytest.raises(NotAuthorized):
        system.mvs.require_readable("PAY.LIB", Requester("MALLORY", token=system.saf.acee("MALLORY")))


def test_systsprt_shows_no_password(system):
    info = run_as(system, "IBMUSER", "IKJEFT01", "ADDUSER NEWU PASSWORD(TOPSECR)\nLISTUSER NEWU")

    shown = system.output(info, "SYSTSPRT")
    assert shown[1] == "ADDUSER NEWU PASSWORD(*******)"
    assert system.saf.has_password("NEWU", "TOPSECR")


def test_typrun_copy_prints_the_job_statement_without_its_passwords(system):
    info = system.run("//J JOB 1,USER=IBMUSER,PASSWORD=SYS1,\n//   TYPRUN=COPY\n//S EXEC PGM=IEFBR14,PARM='PASSWORD=X'\n")

    shown = system.output(info, "JESCOPY")
    assert [line.split() for line in shown] == [
        ["//J", "JOB", "1,USER=IBMUSER,PASSWORD=", ","],
        ["//", "TYPRUN=COPY"],
        ["//S", "EXEC", "PGM=IEFBR14,PARM='PASSWORD=X'"],
    ]


@pytest.mark.parametrize("select", ["", " SELECT MEMBER=NOTTHERE"])
def test_iebcopy_ends_with_s913_for_a_library_that_the_user_may_not_read(system, library, select):
    dds = "//IN DD DSN=PAY.LIB,DISP=SHR\n//OUT DD DSN=MALLORY.U,DISP=(NEW,CATLG),\n// SPACE=(TRK,(1,1,1))\n"

    info = run_as(system, "MALLORY", "IEBCOPY", f" COPY OUTDD=OUT,INDD=IN\n{select}", dds)

    assert info.completion.text == "ABEND=913"
    assert any("IEC150I 913-38,IFG0194E,MALLORYJ,S,IN," in line for line in system.output(info, "JESYSMSG"))
    assert "NOTTHERE WAS SELECTED" not in "".join(system.output(info, "SYSPRINT"))
