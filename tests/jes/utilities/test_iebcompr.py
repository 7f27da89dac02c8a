"""IEBCOMPR: record formats, directories, extra records."""

from __future__ import annotations

import pytest

STEP = "//J JOB 1,X\n//S EXEC PGM=IEBCOMPR\n//SYSPRINT DD SYSOUT=*\n"
BOTH = "//SYSUT1 DD DSN=IBMUSER.A,DISP=SHR\n//SYSUT2 DD DSN=IBMUSER.B,DISP=SHR\n"


def compared(system, control: str = "//SYSIN DD DUMMY\n"):
    info = system.run(STEP + BOTH + control)
    return info.completion.text, system.output(info, "SYSPRINT")[1:]


LIBRARIES = "//SYSIN DD *\n COMPARE TYPORG=PO\n/*\n"


def test_extra_records_are_told_by_the_data_set_that_has_them(system):
    system.put("IBMUSER.A", "ONE")
    system.put("IBMUSER.B", "ONE", "TWO", lrecl=80)
    code, lines = compared(system)

    assert code == "RC=0008"
    assert lines[:2] == [" IEB223I EXTRA RECORD ON SYSUT2", "     DDNAME = SYSUT2"]
    assert lines[-1] == "     END OF JOB-TOTAL NUMBER OF RECORDS COMPARED = 00000001"


@pytest.mark.parametrize(
    ("recfm", "lrecl", "message"),
    [("FB", 40, "IEB214I FIXED RECORD LENGTHS UNEQUAL"), ("VB", 84, "IEB215I RECORD FORMATS DIFFERENT")],
)
def test_other_record_formats_are_not_compared(system, recfm, lrecl, message):
    system.put("IBMUSER.A", "ONE")
    system.put("IBMUSER.B", "ONE", recfm=recfm, lrecl=lrecl)

    assert compared(system) == ("RC=0012", [f" {message}"])


def test_ten_unequal_records_end_the_step_with_twelve(system):
    system.put("IBMUSER.A", *["A"] * 20)
    system.put("IBMUSER.B", *["B"] * 20)
    code, lines = compared(system)

    assert code == "RC=0012"
    assert lines[-2:] == [" IEB227I TEN CONSECUTIVE ERRORS", "     END OF JOB-TOTAL NUMBER OF RECORDS COMPARED = 00000010"]


def test_a_name_that_one_library_lacks_is_told_and_the_rest_compared(system):
    system.put("IBMUSER.A", "X", member="BOTH")
    system.put("IBMUSER.A", "X", member="MORE")
    system.put("IBMUSER.B", "X", member="BOTH")
    code, lines = compared(system, LIBRARIES)

    assert code == "RC=0008"
    assert lines[1:3] == [" IEB207I TRUE NAME MISSING FROM SYSUT2", "     DDNAME = SYSUT2    MEMBER NAME = MORE"]
    assert lines[-1].endswith("COMPARED = 00000001")


def test_libraries_that_both_lack_names_are_not_compared(system):
    system.put("IBMUSER.A", "X", member="ONE")
    system.put("IBMUSER.B", "X", member="TWO")
    code, lines = compared(system, LIBRARIES)

    assert (code, lines[-1]) == ("RC=0012", " IEB210I TRUE NAMES MISSING- BOTH SETS")


@pytest.mark.parametrize(
    ("control", "message"),
    [
        ("LABELS DATA=NO", 'IEB264I FIRST CONTROL CARD IS NOT "COMPARE"'),
        ("COMPARE TYPORG=PS\n COMPARE TYPORG=PS", "IEB213I REPETITIOUS CARD INVALID"),
        ("COMPARE TYPE=PS", "IEB259I INVALID KEYWORD IN OR BEFORE COLUMN 10"),
        ("COMPARE TYPORG=XX", "IEB261I INVALID PARAMETER IN OR BEFORE COLUMN 17"),
        ("COMPARE TYPORG=PS\n FROB", "IEB265I INVALID COMMAND IN OR BEFORE COLUMN 02"),
        ("COMPARE TYPORG=PS\n LABELS", "IEB262I MISSING KEYWORD IN OR BEFORE COLUMN 08"),
    ],
)
def test_each_wrong_statement_has_its_message(system, control, message):
    system.put("IBMUSER.A", "X")
    system.put("IBMUSER.B", "X")
    code, lines = compared(system, f"//SYSIN DD *\n {control}\n/*\n")

    assert (code, lines[-1]) == ("RC=0012", f" {message}")


def test_spanned_records_are_compared_as_records(system):
    for name, words in (("A", "ONE"), ("B", "TWO")):
        system.put(f"IBMUSER.{name}", words, recfm="VBS", lrecl=200)
    code, lines = compared(system)

    assert code == "RC=0008"
    assert "     LOGICAL RECORD NUMBER =  00000001" in lines
