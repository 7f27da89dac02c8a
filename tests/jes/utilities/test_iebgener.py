"""IEBGENER copies and makes members."""

from __future__ import annotations

import pytest

from jes.utilities.generfields import pack, unpack

STEP = "//J JOB 1,X\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n"
HEADING = "1DATA SET UTILITY - GENERATE                                                                       PAGE 0001"


def test_a_copy_without_a_dcb_takes_that_of_the_input_and_says_so(system):
    info = system.run(STEP + "//SYSIN DD DUMMY\n//SYSUT1 DD *\nHELLO\n/*\n//SYSUT2 DD SYSOUT=*\n")

    warning = "-IEB352I WARNING: ONE OR MORE OF THE OUTPUT DCB PARMS COPIED FROM INPUT"
    assert [HEADING, warning, "", " PROCESSING ENDED AT EOD"] == system.output(info, "SYSPRINT")
    assert system.output(info, "SYSUT2") == ["HELLO"]


def test_generate_makes_members_up_to_their_idents(system):
    system.put("IBMUSER.LIB", "OLD", member="OLD")
    control = (
        "//SYSIN DD *\n GENERATE MAXNAME=3,MAXGPS=1\n MEMBER NAME=(ONE,ALSO)\n RECORD IDENT=(3,'END',1)\n MEMBER NAME=TWO\n/*\n"
    )
    ended = system.ended(STEP + control + "//SYSUT1 DD *\nA\nEND\nB\n/*\n//SYSUT2 DD DSN=IBMUSER.LIB,DISP=OLD\n")

    assert ended == "RC=0000"
    assert tuple(system.lines("IBMUSER.LIB", name) for name in ("ONE", "TWO", "ALSO")) == (["A", "END"], ["B"], ["A", "END"])


def test_fields_are_moved_and_converted(system):
    control = "//SYSIN DD *\n GENERATE MAXFLDS=2,MAXLITS=3\n RECORD FIELD=(3,4,,1),FIELD=(3,'XYZ',,10)\n/*\n"
    dcb = "//SYSUT2 DD SYSOUT=*,DCB=(RECFM=FB,LRECL=20)\n"
    info = system.run(STEP + control + "//SYSUT1 DD *\nABCDEF\n/*\n" + dcb)

    assert system.output(info, "SYSUT2") == ["DEF      XYZ"]


def test_other_fixed_lengths_conflict(system):
    system.put("IBMUSER.OUT", "X", lrecl=40)
    info = system.run(STEP + "//SYSIN DD DUMMY\n//SYSUT1 DD *\nA\n/*\n//SYSUT2 DD DSN=IBMUSER.OUT,DISP=OLD\n")

    assert info.completion.text == "RC=0012"
    assert "-IEB311I CONFLICTING DCB PARAMETERS" in system.output(info, "SYSPRINT")


@pytest.mark.parametrize("card", ["MEMBER NAME=A", "GENERATE (", "FROB", "GENERATE\n RECORD FIELD=(X)"])
def test_a_statement_that_cannot_be_used_ends_the_step_with_twelve(system, card):
    assert system.ended(STEP + f"//SYSIN DD *\n {card}\n/*\n//SYSUT1 DD *\nA\n/*\n//SYSUT2 DD SYSOUT=*\n") == "RC=0012"


@pytest.mark.parametrize(("zoned", "packed"), [(b"\xf1\xf2\xf3", b"\x12\x3f"), (b"\xf1\xd2", b"\x01\x2d")])
def test_zoned_and_packed_are_each_others_inverse(zoned, packed):
    assert packed == pack(zoned)
    assert zoned == unpack(packed)[-len(zoned) :]


def test_an_input_that_does_not_open_leaves_no_word_about_the_output(system):
    system.put("IBMUSER.LIB", "X", member="M")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"
        "//SYSUT1 DD DSN=IBMUSER.LIB(NONE),DISP=SHR\n//SYSUT2 DD SYSOUT=*\n"
    )

    assert info.completion.text == "ABEND=013"
    assert not any("IEB352I" in line for line in system.output(info, "SYSPRINT"))


@pytest.mark.parametrize("operand", ["IDENT=(99999999999,'X',1)", "IDENT=(3,'END',\xb2)", "FIELD=(3,\xb2)"])
def test_numbers_that_are_none_are_refused_and_not_an_abend(system, operand):
    info = system.run(
        "//J JOB\n//S EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD *\nONE\n/*\n//SYSUT2 DD SYSOUT=*\n"
        f"//SYSIN DD *\n GENERATE MAXNAME=2,MAXGPS=1,MAXFLDS=2,MAXLITS=9\n RECORD {operand}\n/*\n"
    )

    assert info.completion.text == "RC=0012"


def sysprint(system, info) -> list[str]:
    return [line.split(" ", 1)[0].lstrip("- 0") for line in system.output(info, "SYSPRINT") if "IEB3" in line[:5]]


@pytest.mark.parametrize(
    ("control", "message"),
    [
        (" RECORD FIELD=(1,1,,1)", "IEB336I"),  # before GENERATE
        (" GENERATE MAXNAME=1\n GENERATE", "IEB336I"),
        (" GENERATE MAXFIELD=1", "IEB337I"),
        (" GENERATE MAXFLDS=X", "IEB338I"),
        (" GENERATE\n RECORD FIELD=(1,1,,1)", "IEB342I"),
        (" GENERATE MAXFLDS=1\n RECORD FIELD=(1,1,,1),FIELD=(1,1,,2)", "IEB342I"),
        (" GENERATE MAXFLDS=1,MAXLITS=2\n RECORD FIELD=(3,'ABC',,1)", "IEB342I"),
        (" GENERATE MAXFLDS=1,MAXLITS=9\n RECORD FIELD=(4,'ABC',,1)", "IEB349I"),
        (" GENERATE MAXFLDS=1\n RECORD FIELD=(4,1,XX,1)", "IEB338I"),
        (" GENERATE MAXFLDS=1\n RECORD FIELD=4", "IEB346I"),
        (" GENERATE MAXGPS=1\n RECORD IDENT=(9,'ABCDEFGHI',1)", "IEB338I"),
        (" GENERATE MAXGPS=1\n RECORD IDENT=(3,'ABC')", "IEB341I"),
        (" GENERATE MAXNAME=1\n MEMBER", "IEB340I"),
        (" GENERATE MAXNAME=2\n MEMBER NAME=A\n MEMBER NAME=B", "IEB348I"),
        (" GENERATE\n EXITS INHDR=A,INHDR=B", "IEB347I"),
        (" GENERATE\n LABELS DATA=MAYBE", "IEB338I"),
        (" GENERATE\n RECORD LABELS=2", "IEB342I"),
    ],
)
def test_each_wrong_statement_has_its_message(system, control, message):
    info = system.run(STEP + f"//SYSIN DD *\n{control}\n/*\n//SYSUT1 DD *\nA\n/*\n//SYSUT2 DD SYSOUT=*\n")

    assert (info.completion.text, [message]) == ("RC=0012", sysprint(system, info))


def test_the_column_of_the_error_is_told(system):
    info = system.run(STEP + "//SYSIN DD *\n  GENERATE MAXFLDS=X\n/*\n//SYSUT1 DD *\nA\n/*\n//SYSUT2 DD SYSOUT=*\n")

    assert "-IEB338I INVALID PARAMETER IN COL. 20" in system.output(info, "SYSPRINT")


@pytest.mark.parametrize(
    ("given", "own", "code"),
    [
        ("RECFM=FB,LRECL=80,BLKSIZE=800", "RECFM=FB,LRECL=80,BLKSIZE=160", "RC=0000"),
        ("RECFM=FB,LRECL=80,BLKSIZE=800", "RECFM=U,BLKSIZE=80", "RC=0000"),
        ("RECFM=FB,LRECL=80,BLKSIZE=800", "RECFM=U,BLKSIZE=79", "RC=0012"),
        ("RECFM=FB,LRECL=80,BLKSIZE=800", "RECFM=V,LRECL=84,BLKSIZE=88", "RC=0000"),
        ("RECFM=FB,LRECL=80,BLKSIZE=800", "RECFM=VB,LRECL=80,BLKSIZE=84", "RC=0012"),
        ("RECFM=VB,LRECL=84,BLKSIZE=800", "RECFM=FB,LRECL=80,BLKSIZE=800", "RC=0012"),
        ("RECFM=VB,LRECL=84,BLKSIZE=800", "RECFM=V,LRECL=84,BLKSIZE=88", "RC=0000"),
        ("RECFM=VBS,LRECL=84,BLKSIZE=50", "RECFM=VB,LRECL=84,BLKSIZE=88", "RC=0000"),
        ("RECFM=FBA,LRECL=33,BLKSIZE=330", "RECFM=FBA,LRECL=33,BLKSIZE=330", "RC=0000"),
    ],
)
def test_record_formats_go_together_or_not(system, given, own, code):
    make = (
        "//J JOB\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n GENERATE MAXFLDS=1\n RECORD FIELD=(8,1,,1)\n/*\n"
    )
    make += f"//SYSUT1 DD *\nABCDEFGH\n/*\n//SYSUT2 DD DSN=IBMUSER.ONE,DISP=(NEW,CATLG),SPACE=(TRK,1),\n// {given}\n"
    copy = "//B EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD DSN=IBMUSER.ONE,DISP=SHR\n"
    copy += f"//SYSUT2 DD DSN=IBMUSER.TWO,DISP=(NEW,CATLG),SPACE=(TRK,1),\n// {own}\n"

    assert code == system.ended(make + copy)


@pytest.mark.parametrize("missing", ["SYSPRINT", "SYSIN", "SYSUT1", "SYSUT2"])
def test_each_dd_is_needed(system, missing):
    dds = {"SYSPRINT": "SYSOUT=*", "SYSIN": "DUMMY", "SYSUT1": "DUMMY,RECFM=FB,LRECL=80", "SYSUT2": "SYSOUT=*"}
    del dds[missing]
    info = system.run("//J JOB\n//S EXEC PGM=IEBGENER\n" + "".join(f"//{name} DD {how}\n" for name, how in dds.items()))

    assert info.completion.text == "RC=0012"
    assert any(line.endswith(f"IEC130I {missing:<8} DD STATEMENT MISSING") for line in system.output(info, "JESMSGLG"))
    if missing != "SYSPRINT":
        assert f"-IEB316I DDNAME {missing:<8} CANNOT BE OPENED" in system.output(info, "SYSPRINT")


def test_nothing_is_copied_behind_the_last_ident(system):
    control = "//SYSIN DD *\n GENERATE MAXGPS=1\n RECORD IDENT=(1,'B',1)\n/*\n"
    info = system.run(STEP + control + "//SYSUT1 DD *\nA\nB\nC\n/*\n//SYSUT2 DD SYSOUT=*\n")

    assert system.output(info, "SYSUT2") == ["A", "B"]
    assert system.output(info, "SYSPRINT")[-1] == " PROCESSING ENDED AT LAST REC ID"


def test_a_member_that_is_there_is_not_replaced(system):
    system.put("IBMUSER.LIB", "OLD", member="ONE")
    control = "//SYSIN DD *\n GENERATE MAXNAME=1\n MEMBER NAME=ONE\n/*\n"
    info = system.run(STEP + control + "//SYSUT1 DD *\nNEW\n/*\n//SYSUT2 DD DSN=IBMUSER.LIB,DISP=OLD\n")

    assert (info.completion.text, system.lines("IBMUSER.LIB", "ONE")) == ("RC=0012", ["OLD"])
    assert "-IEB310I STOW ERROR IN OUTPUT DATA SET" in system.output(info, "SYSPRINT")


def test_characters_of_the_h_set_are_converted(system):
    control = "//SYSIN DD *\n GENERATE MAXFLDS=1\n RECORD FIELD=(6,1,HE,1)\n/*\n"
    info = system.run(STEP + control + "//SYSUT1 DD *\nA&%#@B\n/*\n//SYSUT2 DD SYSOUT=*\n")

    assert system.output(info, "SYSUT2") == ["A+(='B"]


def test_label_cards_are_no_statements(system):
    control = "//SYSIN DD *\n GENERATE\n LABELS DATA=INPUT\n RECORD LABELS=1\nUHL1 A LABEL\n/*\n"
    info = system.run(STEP + control + "//SYSUT1 DD *\nA\n/*\n//SYSUT2 DD SYSOUT=*\n")

    assert (info.completion.text, system.output(info, "SYSUT2")) == ("RC=0000", ["A"])


def test_a_data_exit_is_a_module_that_is_not_there(system):
    control = "//SYSIN DD *\n GENERATE\n EXITS DATA=MYEXIT\n/*\n"

    assert system.ended(STEP + control + "//SYSUT1 DD *\nA\n/*\n//SYSUT2 DD SYSOUT=*\n") == "ABEND=806"
