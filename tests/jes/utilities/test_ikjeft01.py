"""Batch TSO: commands of SYSTSIN."""

from __future__ import annotations

import pytest

from jes.hosttext import to_host
from jes.utilities.tso.cards import Cards


def tso(system, *lines: str, program: str = "IKJEFT01"):
    text = "\n".join(lines)
    return system.run(f"//J JOB 1,X\n//S EXEC PGM={program}\n//SYSTSPRT DD SYSOUT=*\n//SYSTSIN DD *\n{text}\n/*\n")


def test_each_command_is_shown_behind_ready(system):
    info = tso(system, "PROFILE PREFIX(ABC)", "FROB")

    assert system.output(info, "SYSTSPRT") == [
        "READY",
        "PROFILE PREFIX(ABC)",
        "READY",
        "FROB",
        "IKJ56500I COMMAND FROB NOT FOUND",
        "READY",
        "END",
    ]


def test_listds_shows_the_attributes(system):
    system.put("IBMUSER.DATA", "X")
    shown = system.output(tso(system, "LISTDS DATA"), "SYSTSPRT")

    assert shown[2:6] == ["IBMUSER.DATA", "--RECFM-LRECL-BLKSIZE-DSORG", "  FB    80    27920   PS", "--VOLUMES--"]


def test_allocate_delete_and_rename_take_the_prefix_off_quoted_names(system):
    info = tso(
        system, "ALLOC DA(X.ONE) NEW CATALOG SP(1,1) TRACKS", "RENAME X.ONE X.TWO", "DELETE 'IBMUSER.X.TWO'", "DELETE X.TWO"
    )

    assert info.completion.text == "RC=0008"
    assert "IDC0550I ENTRY (A) IBMUSER.X.TWO DELETED" in system.output(info, "SYSTSPRT")


def test_a_racf_command_changes_the_database(system):
    info = tso(system, "ADDUSER NEWU NAME('NEW ONE') -", "  DFLTGRP(SYS1)", "LISTUSER NEWU")

    assert info.completion.text == "RC=0000"
    assert any(line.startswith("USER=NEWU") for line in system.output(info, "SYSTSPRT"))


def test_transmit_and_receive_carry_a_library(system):
    system.put("IBMUSER.LIB", "ONE", member="M1")
    info = tso(system, "XMIT N1.IBMUSER DA(LIB) OUTDA(LIB.XMI)", "RECEIVE INDA(LIB.XMI)", "DA(LIB2)")

    assert info.completion.text == "RC=0000"
    assert system.lines("IBMUSER.LIB2", "M1") == ["ONE"]
    assert "INMR001I Restore successful to dataset 'IBMUSER.LIB2'" in system.output(info, "SYSTSPRT")


def test_submit_gives_the_job_to_the_reader(system):
    system.put("IBMUSER.CNTL", "//SUBBED JOB 1,X", "//S EXEC PGM=IEFBR14", member="JOB1")
    info = tso(system, "SUBMIT CNTL(JOB1)")

    assert any(line.startswith("IKJ56250I JOB SUBBED(JOB") for line in system.output(info, "SYSTSPRT"))
    assert [job.jobname for job in system.jes.jobs(system.acee, jobname="SUBBED")] == ["SUBBED"]


@pytest.mark.parametrize(("program", "code"), [("IKJEFT01", "RC=0000"), ("IKJEFT1A", "RC=0012"), ("IKJEFT1B", "RC=0012")])
def test_only_1a_and_1b_end_at_the_first_failure(system, program, code):
    assert code == tso(system, "FROB", "PROFILE", program=program).completion.text


def test_call_runs_a_program_of_the_system(system):
    info = tso(system, "ALLOC FI(SYSUT1) DA('NO.SUCH') SHR", "CALL 'SYS1.LINKLIB(IEFBR14)'")

    assert info.completion.text == "RC=0000"


def test_continuation_and_comments_of_systsin():
    cards = [to_host(card.ljust(80)) for card in ("/* NO */", "ALLOC +", "  DA(X)", "LISTC -", " LEVEL(A)")]

    assert list(Cards(cards)) == ["ALLOC DA(X)", "LISTC  LEVEL(A)"]


def test_listcat_tells_kind_and_catalog_of_what_was_named(system):
    system.put("IBMUSER.DATA.ONE", "X")
    commands = "LISTCAT\nLISTCAT LEVEL(IBMUSER.DATA)\nLISTCAT ENT('IBMUSER.NONE')\n"
    info = system.run(f"//J JOB 1,X\n//S EXEC PGM=IKJEFT01\n//SYSTSPRT DD SYSOUT=*\n//SYSTSIN DD *\n{commands}/*\n")

    assert system.output(info, "SYSTSPRT")[2:-2] == [
        "IN CATALOG:CATALOG.MVS1.MASTER",
        "IBMUSER.DATA.ONE",
        "READY",
        "LISTCAT LEVEL(IBMUSER.DATA)",
        "NONVSAM ------- IBMUSER.DATA.ONE",
        "     IN-CAT --- CATALOG.MVS1.MASTER",
        "READY",
        "LISTCAT ENT('IBMUSER.NONE')",
        "IDC3012I ENTRY IBMUSER.NONE NOT FOUND",
        "IDC3009I ** VSAM CATALOG RETURN CODE IS 8 - REASON CODE IS IGG0CLEG-42",
        "IDC1566I ** IBMUSER.NONE NOT LISTED",
        "IDC0014I LASTCC=4",
    ]


def test_status_without_names_is_about_the_jobs_of_the_user(system):
    def told(jobname):
        step = f"//{jobname} JOB 1,X\n//S EXEC PGM=IKJEFT01\n//SYSTSPRT DD SYSOUT=*\n//SYSTSIN DD *\nSTATUS\n/*\n"
        return system.output(system.run(step), "SYSTSPRT")[2]

    assert told("OTHER") == "IKJ56216I NO JOBS FOUND"
    assert told("IBMUSERA") == "IKJ56211I JOB IBMUSERA(JOB00002) EXECUTING"


def test_the_data_set_that_like_names_gets_the_prefix(system):
    system.put("IBMUSER.PATTERN", "X", recfm="VB", lrecl=137)
    info = tso(system, "ALLOC DA(COPY) NEW CATALOG LIKE(PATTERN)", "ALLOC DA(TWO) NEW CATALOG LIKE('IBMUSER.PATTERN')")

    assert info.completion.text == "RC=0000"
    assert {system.mvs.find(f"IBMUSER.{name}").dcb.lrecl for name in ("COPY", "TWO")} == {137}
