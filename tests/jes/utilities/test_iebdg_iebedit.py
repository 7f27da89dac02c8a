"""IEBDG makes test data; IEBEDIT takes jobs apart."""

from __future__ import annotations

import pytest

DG = "//J JOB 1,X\n//S EXEC PGM=IEBDG\n//SYSPRINT DD SYSOUT=*\n//OUT DD SYSOUT=*\n//SYSIN DD *\n DSD OUTPUT=(OUT)\n{}\n END\n/*\n"
EDIT = (
    "//J JOB 1,X\n//S EXEC PGM=IEBEDIT\n//SYSPRINT DD SYSOUT=*\n//SYSUT2 DD SYSOUT=*\n"
    "//SYSIN DD *\n{}\n/*\n//SYSUT1 DD DATA,DLM=$$\n"
)
JOBS = (
    "//JA JOB\n//S1 EXEC PGM=A\n//JB JOB\n//* NOTE\n//S1 EXEC PGM=A\n//D DD *\n//S2 EXEC PGM=B\n//S3 EXEC PGM=C\n//D DD DATA\n"
    "//NOT EXEC PGM=X\n/*\n//E DD DUMMY\n$$\n"
)


@pytest.mark.parametrize(
    ("field", "result"),
    [
        ("LENGTH=3,FORMAT=AL,ACTION=RP", ["ABC", "BCD", "CDE"]),
        ("LENGTH=3,FORMAT=AL,ACTION=SL", ["ABC", "BC", "C"]),
        ("LENGTH=3,FORMAT=AL,ACTION=TR", ["ABC", "AB", "A"]),
        ("LENGTH=4,PICTURE=2,'XY',ACTION=WV", ["XY", " XY", "  XY"]),
        ("LENGTH=4,FORMAT=ZD,INDEX=10", ["0001", "0011", "0021"]),
        ("LENGTH=4,FORMAT=ZD,INDEX=1,CYCLE=2", ["0001", "0001", "0002"]),
        ("LENGTH=4,FORMAT=ZD,INDEX=5,RANGE=6", ["0001", "0006", "0001"]),
        ("LENGTH=2,FILL='*'", ["**", "**", "**"]),
    ],
)
def test_fields_change_from_record_to_record(system, field, result):
    info = system.run(DG.format(f" FD NAME=F,{field}\n CREATE QUANTITY=3,NAME=(F),FILL=' '"))

    assert (info.completion.text, system.output(info, "OUT")) == ("RC=0000", result)


def test_repeat_does_groups_of_creates_again(system):
    text = " FD NAME=A,LENGTH=1,PICTURE=1,'A'\n FD NAME=B,LENGTH=1,PICTURE=1,'B'\n REPEAT QUANTITY=2,CREATE=2\n"
    text += " CREATE NAME=(A),FILL=' '\n"
    info = system.run(DG.format(text + " CREATE NAME=((COPY=2,B)),FILL=' '\n CREATE NAME=(A,B),FILL=' ',PICTURE=1,5,'!'"))

    assert system.output(info, "OUT") == ["A", "BB", "A", "BB", "AB  !"]


@pytest.mark.parametrize(
    "text", [" FD LENGTH=3", " FD NAME=A,LENGTH=3,FORMAT=QQ", " CREATE NAME=(GONE)", " FROB", " CREATE QUANTITY=X"]
)
def test_what_cannot_be_read_ends_with_twelve(system, text):
    assert system.ended(DG.format(text)) == "RC=0008"


@pytest.mark.parametrize(
    ("statement", "code", "first", "steps"),
    [
        (" EDIT START=JB", "RC=0000", "//JB JOB", ["S1", "S2", "S3"]),
        (" EDIT START=JB,TYPE=INCLUDE,STEPNAME=(S1,S3)", "RC=0000", "//JB JOB", ["S1", "S3"]),
        (" EDIT START=JB,TYPE=EXCLUDE,STEPNAME=(S1-S2)", "RC=0000", "//JB JOB", ["S3"]),
        (" EDIT START=JB,STEPNAME=S2", "RC=0000", "//JB JOB", ["S2", "S3"]),
        (" EDIT START=NONE", "RC=0004", "", []),
        (" EDIT START=JA,STEPNAME=S9", "RC=0004", "", []),
        (" EDIT TYPE=SOME", "RC=0004", "", []),
    ],
)
def test_steps_are_chosen(system, statement, code, first, steps):
    info = system.run(EDIT.format(statement) + JOBS)
    shown = system.output(info, "SYSUT2")

    assert info.completion.text == code
    assert shown[:1] == ([first] if first else [])
    assert steps == [line[2:4] for line in shown if " EXEC " in line and not line.startswith("//NOT")]


def test_in_stream_data_go_with_their_step(system):
    shown = system.output(system.run(EDIT.format(" EDIT START=JB,TYPE=INCLUDE,STEPNAME=S3") + JOBS), "SYSUT2")

    assert shown == ["//JB JOB", "//* NOTE", "//S3 EXEC PGM=C", "//D DD DATA", "//NOT EXEC PGM=X", "/*", "//E DD DUMMY"]


def test_a_range_of_steps_that_runs_backwards_is_not_found(system):
    assert system.ended(EDIT.format(" EDIT START=JB,STEPNAME=S3-S1") + JOBS) != "ABEND=U4038"


def test_repeating_what_makes_no_record_ends_at_once(system):
    text = " FD NAME=A,LENGTH=1,FORMAT=AL\n REPEAT QUANTITY=999999999,CREATE=1\n CREATE QUANTITY=0,NAME=(A)"

    assert system.ended(DG.format(text)) == "RC=0000"
