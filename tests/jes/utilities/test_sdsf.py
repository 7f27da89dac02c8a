"""SDSF in batch: rows are found and sorted, output is shown and printed, jobs are acted on."""

from __future__ import annotations

import pytest

HELLO = (
    "//HELLO JOB 1,X\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD DUMMY\n//SYSIN DD DUMMY\n//SYSUT2 DD SYSOUT=*\n//SYSUT1 DD *\n{}\n/*\n"
)


def sdsf(system, *commands: str, dds: str = "", program: str = "SDSF"):
    text = "\n".join(commands)
    return system.run(f"//LISTER JOB 1,X\n//S EXEC PGM={program}\n//ISFOUT DD SYSOUT=*\n{dds}//ISFIN DD *\n{text}\n/*\n")


def test_s_shows_all_output_of_the_row(system):
    system.run(HELLO.format("GOOD DAY"))
    info = sdsf(system, "PREFIX HELLO", "ST", "++S")
    shown = system.output(info, "ISFOUT")

    assert info.completion.text == "RC=0000"
    assert any(line.startswith("1SDSF OUTPUT DISPLAY HELLO    JOB00001") for line in shown)
    assert " GOOD DAY" in shown


def test_print_odsn_makes_a_data_set_of_what_is_shown(system):
    system.run(HELLO.format("GOOD DAY"))
    sdsf(system, "PREFIX HELLO", "ST", "++?", "FIND SYSUT2", "PRINT ODSN 'IBMUSER.OUT' * NEW", "++S", "PRINT", "PRINT CLOSE")

    assert system.lines("IBMUSER.OUT") == [" GOOD DAY"]
    info = sdsf(system, "PREFIX HELLO", "ST", "PRINT ODSN 'IBMUSER.ALL' * NEW", "++S", "PRINT", "PRINT CLOSE")

    assert info.completion.text == "RC=0000", system.output(info, "ISFOUT")
    assert " GOOD DAY" in system.lines("IBMUSER.ALL")
    assert str(system.mvs.find("IBMUSER.ALL").dcb.recfm) == "VBA"


def test_print_file_writes_some_lines_to_a_dd(system):
    system.run(HELLO.format("GOOD DAY"))
    info = sdsf(system, "PREFIX HELLO", "ST", "PRINT FILE MYOUT", "++S", "PRINT 1 2", "PRINT CLOSE", dds="//MYOUT DD SYSOUT=*\n")

    assert len(system.output(info, "MYOUT")) == 2
    assert " PRINT CLOSED 2 LINES" in system.output(info, "ISFOUT")


@pytest.mark.parametrize(
    "command",
    ["PRINT", "PRINT CLOSE", "PRINT FILE NONE", "PRINT ODSN 'A..B' * NEW", "PRINT OPEN AB", "++S", "++ZZ", "LOG", "FROB"],
)
def test_what_cannot_be_done_is_told(system, command):
    assert sdsf(system, command).completion.text == "RC=0008"


def test_print_open_makes_a_sysout_data_set_that_is_seen_when_it_is_closed(system):
    system.run(HELLO.format("GOOD DAY"))
    info = sdsf(system, "PREFIX HELLO", "ST", "++?", "FIND SYSUT2", "++S", "PRINT OPEN B 2", "PRINT", "PRINT CLOSE", "PT")
    files = {file.ddname: file.sysout_class for file in system.jes.spool_files(info)}

    assert info.completion.text == "RC=0000", system.output(info, "ISFOUT")
    assert (files["ISF00001"], files["ISF00002"]) == ("B", "A")
    assert [system.output(info, name) for name in ("ISF00001", "ISF00002")] == [[" GOOD DAY"] * 2, [" GOOD DAY"]]


def test_panels_that_are_not_here_are_not_for_this_user(system):
    shown = system.output(sdsf(system, "LOG", "WHO", "FROB"), "ISFOUT")

    assert " NOT AUTHORIZED FOR CMD" in shown
    assert " INVALID COMMAND" in shown
    assert any(line.startswith(" USERID=IBMUSER,PROC=LISTER") for line in shown)


@pytest.mark.parametrize(("action", "gone"), [("++PP", True), ("++CP", True), ("++D", False), ("++O", False)])
def test_further_actions_on_a_row(system, action, gone):
    system.run(HELLO.format("X"))
    shown = system.output(sdsf(system, "PREFIX HELLO", "ST", "++H", action), "ISFOUT")

    assert gone is (system.jes.jobs(system.acee, jobname="HELLO") == [])
    assert (action == "++D") is any("$HASP890 JOB(HELLO) STATUS=(OUTPUT)" in line for line in shown)


def test_p_purges_the_job_of_the_row(system):
    system.run(HELLO.format("X"))
    sdsf(system, "PREFIX HELLO", "ST", "++P")

    assert system.jes.jobs(system.acee, jobname="HELLO") == []


def test_find_goes_to_a_row_and_sort_orders_them(system):
    for name in ("BBB", "AAA"):
        system.run(f"//{name} JOB 1,X\n//S EXEC PGM=IEFBR14\n")
    info = sdsf(system, "PREFIX *", "SORT JOBNAME D", "ST", "FIND 'AAA'", "++S", program="ISFAFD")
    shown = system.output(info, "ISFOUT")
    names = [line[6:14].rstrip() for line in shown if line.startswith("      ") and "IBMUSER" in line[:40]]

    assert ["LISTER", "BBB", "AAA"] == names
    assert any(line.startswith("1SDSF OUTPUT DISPLAY AAA") for line in shown)


def test_priorities_sort_by_what_they_are_worth(system):
    for name, priority in (("LOW", 9), ("HIGH", 15), ("MIDDLE", 10)):
        system.run(f"//{name} JOB 1,X,PRTY={priority}\n//S EXEC PGM=IEFBR14\n")
    shown = system.output(sdsf(system, "PREFIX *", "SORT PRTY A", "O"), "ISFOUT")
    names = [line[6:14].rstrip() for line in shown if line.startswith("      ") and "IBMUSER" in line[:40]]

    assert names == ["LOW", "MIDDLE", "HIGH"]
