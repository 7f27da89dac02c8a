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


def test_a_stream_that_cannot_be_read_ends_with_twelve(system):
    system.put("IBMUSER.SRC", "X", member="OLD")

    assert system.ended(STEP.format(parm="NEW") + "./ FROB NAME=X\n") == "RC=0012"
    assert system.ended(STEP.format(parm="MOD") + "./ CHANGE NAME=NONE\nX\n") == "RC=0012"
