"""IEBUPDTE: members from a stream."""

from __future__ import annotations

STEP = (
    "//J JOB 1,X\n//S EXEC PGM=IEBUPDTE,PARM={parm}\n//SYSPRINT DD SYSOUT=*\n"
    "//SYSUT1 DD DSN=IBMUSER.SRC,DISP=OLD\n//SYSUT2 DD DSN=IBMUSER.SRC,DISP=OLD\n//SYSIN DD *\n"
)


def test_add_makes_numbered_members(system):
    system.put("IBMUSER.SRC", "X", member="OLD")
    info = system.run(STEP.format(parm="NEW") + "./ ADD NAME=ONE\n./ NUMBER NEW1=10,INCR=5\nA\nB\n./ ADD NAME=OLD\nY\n./ ENDUP\n")

    assert info.completion.text == "RC=0004"
    assert system.lines("IBMUSER.SRC", "ONE") == ["A" + " " * 71 + "00000010", "B" + " " * 71 + "00000015"]
    assert " IEB816I MEMBER NAME (OLD) FOUND IN NM DIRECTORY. CHANGED TO REPL." in system.output(info, "SYSPRINT")


def test_change_replaces_inserts_and_deletes_by_number(system):
    old = [f"{text:<72}{number:08d}" for text, number in (("A", 10), ("B", 20), ("C", 30))]
    system.put("IBMUSER.SRC", *old, member="ONE")
    cards = f"./ CHANGE NAME=ONE\n./ DELETE SEQ1=20,SEQ2=20\n{'NEW':<72}00000015\n{'C2':<72}00000030\n./ ENDUP\n"

    assert system.ended(STEP.format(parm="MOD") + cards) == "RC=0000"
    assert [line[:72].strip() for line in system.lines("IBMUSER.SRC", "ONE")] == ["A", "NEW", "C2"]


def test_a_wrong_statement_is_told_and_the_next_function_done(system):
    system.put("IBMUSER.SRC", "X", member="OLD")
    cards = "./ FROB NAME=X\nLOST\n./ ADD\nLOST\n./ CHANGE NAME=NONE\nLOST\n./  ADD  NAME=NEXT,LIST=ALL\nKEPT\n"
    info = system.run(STEP.format(parm="MOD") + cards)

    assert info.completion.text == "RC=0004"
    assert system.lines("IBMUSER.SRC", "NEXT") == ["KEPT"]
    assert system.output(info, "SYSPRINT")[1:] == [
        " ./ FROB NAME=X",
        " IEB805I CONTROL STATEMENT ERROR",
        " ./ ADD",
        " IEB805I CONTROL STATEMENT ERROR",
        " ./ CHANGE NAME=NONE",
        " IEB807I MEMBER NAME (NONE) NOT FOUND IN OM DIRECTORY.",
        " ./  ADD  NAME=NEXT,LIST=ALL",
        " KEPT",
        " IEB818I HIGHEST CONDITION CODE WAS 00000004",
        " IEB819I END OF JOB IEBUPDTE.",
    ]


def test_cards_are_inserted_behind_a_number(system):
    old = [f"{text:<72}{number:08d}" for text, number in (("A", 10), ("B", 15), ("C", 20))]
    system.put("IBMUSER.SRC", *old, member="ONE")
    cards = "./ CHANGE NAME=ONE\n./ NUMBER SEQ1=10,NEW1=12,INCR=2,INSERT=YES\nX\nY\n./ ENDUP\n"

    assert system.ended(STEP.format(parm="MOD") + cards) == "RC=0000"
    lines = [(line[:1], int(line[72:])) for line in system.lines("IBMUSER.SRC", "ONE")]
    assert lines == [("A", 10), ("X", 12), ("Y", 14), ("B", 15), ("C", 20)]


def test_a_member_that_is_not_there_is_added_by_repl(system):
    system.put("IBMUSER.SRC", "X", member="OLD")

    assert system.ended(STEP.format(parm="MOD") + "./ REPL NAME=NEW\nX\n") == "RC=0004"
    assert system.lines("IBMUSER.SRC", "NEW") == ["X"]
