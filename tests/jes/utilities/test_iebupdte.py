"""IEBUPDTE: members from a stream."""

from __future__ import annotations

import pytest

STEP = (
    "//J JOB 1,X\n//S EXEC PGM=IEBUPDTE,PARM={parm}\n//SYSPRINT DD SYSOUT=*\n"
    "//SYSUT1 DD DSN=IBMUSER.SRC,DISP=OLD\n//SYSUT2 DD DSN=IBMUSER.SRC,DISP=OLD\n//SYSIN DD *\n"
)


def test_add_makes_numbered_members(system):
    system.put("IBMUSER.SRC", "X", member="OLD")
    info = system.run(STEP.format(parm="NEW") + "./ ADD NAME=ONE\n./ NUMBER NEW1=10,INCR=5\nA\nB\n./ ADD NAME=OLD\nY\n./ ENDUP\n")

    assert info.completion.text == "RC=0004"
    assert system.lines("IBMUSER.SRC", "ONE") == ["A" + " " * 71 + "00000010", "B" + " " * 71 + "00000015"]
    assert " IEB816I MEMBER NAME (OLD) FOUND IN NM DIRECTORY. TTR IS NOW ALTERED." in system.output(info, "SYSPRINT")


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
        " IEB805I CONTROL STATEMENT ERROR.",
        " ./ ADD",
        " IEB805I CONTROL STATEMENT ERROR.",
        " ./ CHANGE NAME=NONE",
        " IEB817I MEMBER NAME (NONE) NOT FOUND IN OM DIRECTORY.  STOWED WITH TTR.",
        " IEB807I INVALID OPERATION.",
        " ./  ADD  NAME=NEXT,LIST=ALL",
        "                KEPT",
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


def cards(*numbers: int) -> list[str]:
    return [f"{f'LINE {number}':<72}{number:08d}" for number in numbers]


def test_a_changed_member_is_listed_with_what_happened(system):
    system.put("IBMUSER.SRC", *cards(10, 20, 30), member="ONE")
    control = f"./ CHANGE NAME=ONE\n./ DELETE SEQ1=10,SEQ2=10\n{'NEW':<72}00000015\n{'C2':<72}00000030\n./ ENDUP\n"
    info = system.run(STEP.format(parm="MOD") + control)
    notes = [line[16:24].strip() + line[101:].replace(" ", "") for line in system.output(info, "SYSPRINT") if line.endswith("*")]

    assert notes == ["LINE 10*DELETED*", "NEW*INSERTED*", "LINE 30*REPLACED*", "C2*REPLACEMENT*"]


def test_a_range_that_is_not_there_leaves_the_member_as_it_was(system):
    system.put("IBMUSER.SRC", *cards(10, 20), member="ONE")
    info = system.run(STEP.format(parm="MOD") + "./ CHANGE NAME=ONE\n./ DELETE SEQ1=15,SEQ2=20\n")

    assert info.completion.text == "RC=0004"
    assert " IEB810I DELETE RANGE INVALID" in system.output(info, "SYSPRINT")
    assert len(system.lines("IBMUSER.SRC", "ONE")) == 2


def test_update_in_place_changes_columns_of_the_old_master(system):
    system.put("IBMUSER.SRC", *cards(10, 20), member="ONE")
    control = f"./ CHANGE NAME=ONE,UPDATE=INPLACE,COLUMN=6\n{'XXXXXNEW':<72}00000020\n"

    assert system.ended(STEP.format(parm="MOD") + control) == "RC=0000"
    assert [line[:8] for line in system.lines("IBMUSER.SRC", "ONE")] == ["LINE 10 ", "LINE NEW"]


def test_sequence_numbers_stand_where_seqfld_says(system):
    system.put("IBMUSER.SRC", "X", member="OLD")
    control = "./ ADD NAME=ONE,SEQFLD=014\n./ NUMBER NEW1=5,INCR=5\n    A\n    B\n"

    assert system.ended(STEP.format(parm="NEW") + control) == "RC=0000"
    assert system.lines("IBMUSER.SRC", "ONE") == ["0005A", "0010B"]


def test_part_of_a_member_is_renumbered(system):
    system.put("IBMUSER.SRC", *cards(10, 20, 30), member="ONE")
    control = "./ CHANGE NAME=ONE\n./ NUMBER SEQ1=20,SEQ2=30,NEW1=100,INCR=100\n"

    assert system.ended(STEP.format(parm="MOD") + control) == "RC=0000"
    assert [int(line[72:]) for line in system.lines("IBMUSER.SRC", "ONE")] == [10, 100, 200]


@pytest.mark.parametrize(
    ("parm", "control", "code", "message"),
    [
        ("WRONG", "./ ADD NAME=A\n", "RC=0012", " IEB827I INVALID INPUT PARAMETER."),
        ("NEW", "./ CHANGE NAME=OLD\n", "RC=0004", " IEB807I INVALID OPERATION."),
        ("MOD", "DATA FIRST\n", "RC=0004", " IEB806I STATEMENT SEQUENCE ERROR."),
        ("MOD", "./ ADD NAME=A,FROB=X\n", "RC=0004", " IEB805I CONTROL STATEMENT ERROR."),
        ("MOD", "./ ADD NAME=A\n./ DELETE SEQ1=1,SEQ2=2\n", "RC=0004", " IEB807I INVALID OPERATION."),
        ("MOD", "./ CHANGE NAME=OLD\n./ DELETE SEQ1=1\n", "RC=0004", " IEB810I DELETE RANGE INVALID"),
        ("MOD", "./ CHANGE NAME=OLD\n./ NUMBER SEQ1=77,NEW1=1\n", "RC=0004", " IEB811I NUMBER RANGE INVALID"),
    ],
)
def test_each_error_has_its_message(system, parm, control, code, message):
    system.put("IBMUSER.SRC", "X", member="OLD")
    info = system.run(STEP.format(parm=parm) + control)

    assert info.completion.text == code
    assert message in system.output(info, "SYSPRINT")


def test_operands_go_on_in_the_next_card(system):
    system.put("IBMUSER.SRC", "X", member="OLD")

    assert system.ended(STEP.format(parm="NEW") + "./ ADD NAME=ONE,\n./             LIST=ALL\nA\n") == "RC=0000"
    assert system.lines("IBMUSER.SRC", "ONE") == ["A"]


@pytest.mark.parametrize("missing", ["SYSPRINT", "SYSIN", "SYSUT2"])
def test_each_dd_is_needed(system, missing):
    dds = {"SYSPRINT": "SYSOUT=*", "SYSUT2": "DUMMY", "SYSIN": "*\n./ ADD NAME=A\nX\n/*"}
    del dds[missing]
    info = system.run("//J JOB\n//S EXEC PGM=IEBUPDTE,PARM=NEW\n" + "".join(f"//{name} DD {how}\n" for name, how in dds.items()))

    assert info.completion.text == "RC=0012"
