"""IEBGENER copies and makes members."""

from __future__ import annotations

import pytest

from jes.utilities.iebgener import pack, unpack

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
        "//SYSIN DD *\n GENERATE MAXNAME=2,MAXGPS=1\n MEMBER NAME=(ONE,ALSO)\n RECORD IDENT=(3,'END',1)\n MEMBER NAME=TWO\n/*\n"
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
