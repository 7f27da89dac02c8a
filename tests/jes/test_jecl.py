"""JES2 control statements: what they ask for, and what becomes of a job with a wrong one."""

from __future__ import annotations

import pytest

from jes.jcl.model import Jecl
from jes.jecl import affinity, parameters


def asked(*cards: str):
    split = (card.removeprefix("/*").partition(" ") for card in cards)
    return parameters([Jecl(keyword, operands.strip(), 0) for keyword, _, operands in split], "N1")


def job(name: str, *cards: str, operands: str = "MSGCLASS=H") -> str:
    step = ["//S EXEC PGM=IEBGENER", "//SYSPRINT DD SYSOUT=*", "//SYSIN DD DUMMY", "//SYSUT1 DD *", "X"]
    return "\n".join([f"//{name} JOB {operands}", *cards, *step, "//SYSUT2 DD SYSOUT=(*,,ABC)"]) + "\n"


def test_jobparm_takes_keywords_and_their_letters():
    words = asked("/*JOBPARM LINES=5,BYTES=7,FORMS=STD,NOLOG,PROCLIB=PROC02,RESTART=N,ROOM=12,SYSAFF=(SYSA,IND)  comment")
    letters = asked("/*JOBPARM L=5,M=7,F=STD,J,P=PROC02,E=N,R=12,S=SYSA")

    assert words == letters
    assert (words.lines, words.no_log, words.restart, words.sysaff) == (5, True, False, ("SYSA",))


def test_sysaff_any_leaves_the_choice_and_an_asterisk_is_our_system():
    assert affinity(asked("/*JOBPARM SYSAFF=ANY").sysaff, "MVS1") == ""
    assert affinity(asked("/*JOBPARM SYSAFF=(*,SYSB)").sysaff, "MVS1") == " MVS1 SYSB "


@pytest.mark.parametrize(
    "card",
    [
        "/*JOBPARM LINES=ABC", "/*JOBPARM NOSUCH=1", "/*JOBPARM COPIES=256", "/*JOBPARM RESTART=MAYBE", "/*ROUTE PRINT",
        "/*ROUTE NOWHERE R1", "/*ROUTE XEQ OTHER", "/*XEQ OTHER", "/*XMIT OTHER", "/*OUTPUT ABCDE COPIES=2",
        "/*OUTPUT AB NOSUCH=1", "/*SETUP", "/*SETUP TOOLONGVOL", "/*PRIORITY 16",
    ],
)  # fmt: skip
def test_a_wrong_statement_is_a_fault(card):
    assert [key for key, _ in asked(card).faults] == ["jecl." + card.split()[0][2:].lower()]


def test_an_output_statement_goes_on_with_an_asterisk():
    assert asked("/*OUTPUT ABC COPIES=2", "/*OUTPUT * DEST=R7,F=2PRT").outputs == {
        "ABC": {"COPIES": "2", "DEST": "R7", "FORMS": "2PRT"}
    }


def test_sysout_takes_destination_and_forms_from_the_code_it_names(system):
    info = system.run(job("J", "/*ROUTE PRINT R1", "/*OUTPUT ABC DEST=R7,FORMS=2PRT"))

    assert {file.ddname: file.destination for file in system.jes.spool_files(info)} == {
        "JESMSGLG": "R1", "JESJCL": "R1", "JESYSMSG": "R1", "SYSPRINT": "R1", "SYSUT2": "R7",
    }  # fmt: skip


def test_a_job_with_a_wrong_statement_ends_before_conversion(system):
    info = system.run(job("J", "/*JOBPARM LINES=MANY"))

    assert info.completion.text == "(JCL error)"
    log = system.output(info, "JESMSGLG")
    assert any("$HASP112 J        -- Invalid JOBPARM statement: /*JOBPARM LINES=MANY" in line for line in log)
    assert "-$HASP106 JOB DELETED BY JES2 OR CANCELLED BY OPERATOR BEFORE EXECUTION" in log


def test_nolog_leaves_the_job_log_out(system):
    info = system.run(job("J", "/*JOBPARM NOLOG"))

    assert [file.ddname for file in system.jes.spool_files(info)] == ["JESJCL", "JESYSMSG", "SYSPRINT", "SYSUT2"]


def test_setup_holds_the_job_and_tells_the_operator_which_volumes_it_needs(system):
    said = []
    system.jes.on_console(said.append)
    jobid = system.jes.submit(system.acee, job("J", "/*SETUP VOL1,VOL2"))[0]

    assert system.jes.job(system.acee, jobid).held
    assert any("VOL1 VOL2" in line for line in said)
    system.jes.release(system.acee, jobid)
    assert system.jes.wait(jobid).completion.text == "RC=0000"


def test_notify_on_the_job_statement_wins(system):
    told = []
    system.jes.on_notify(lambda userid, _text: told.append(userid))
    system.run(job("J", "/*NOTIFY ANNA", operands="NOTIFY=BERTA"))
    system.run(job("K", "/*NOTIFY N1.ANNA"))

    assert told == ["BERTA", "ANNA"]


def many(lines: int, operands: str, *cards: str) -> str:
    head = ["//J JOB " + operands, *cards, "//S EXEC PGM=IEBGENER", "//SYSPRINT DD SYSOUT=*", "//SYSIN DD DUMMY"]
    return "\n".join([*head, "//SYSUT2 DD SYSOUT=*", "//SYSUT1 DD *", *["X"] * lines]) + "\n"


def test_lines_with_cancel_ends_the_job_with_s722_and_with_warning_only_says_so(system):
    assert system.ended(many(1500, "LINES=(1,CANCEL)")) == "ABEND=722"
    assert system.ended(many(900, "LINES=(1,CANCEL)")) == "RC=0000"
    for text in (many(1500, "LINES=(1,WARNING)"), many(1500, "MSGCLASS=H", "/*JOBPARM LINES=1")):
        info = system.run(text)
        assert info.completion.text == "RC=0000"
        assert sum("$HASP375 J        ESTIMATED  LINES EXCEEDED" in line for line in system.output(info, "JESMSGLG")) == 1


def test_outlim_counts_every_record(system):
    def outlim(lines: int) -> str:
        return many(lines, "MSGCLASS=H").replace("//SYSUT2 DD SYSOUT=*", "//SYSUT2 DD SYSOUT=*,OUTLIM=2")

    assert system.ended(outlim(2)) == "RC=0000"
    assert system.ended(outlim(3)) == "ABEND=722"


def test_a_proclib_of_its_own_is_searched_when_jobparm_names_it(opened):
    system = opened(more_proclibs={"PROC07": ("TEST.PROCLIB",)})
    system.put("TEST.PROCLIB", "//P PROC", "//X EXEC PGM=IEFBR14", member="P")

    assert system.ended("//J JOB\n//S EXEC P\n") == "(JCL error)"
    assert system.ended("//J JOB\n/*JOBPARM PROCLIB=PROC07\n//S EXEC P\n") == "RC=0000"
