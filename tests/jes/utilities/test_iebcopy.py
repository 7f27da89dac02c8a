"""IEBCOPY: members from library to library."""

from __future__ import annotations

import pytest

STEP = (
    "//J JOB 1,X\n//S EXEC PGM=IEBCOPY\n//SYSPRINT DD SYSOUT=*\n"
    "//IN DD DSN=IBMUSER.IN,DISP=SHR\n//OUT DD DSN=IBMUSER.OUT,DISP=OLD\n"
)


@pytest.fixture
def libraries(system):
    for name in ("A", "B", "C"):
        system.put("IBMUSER.IN", f"IN {name}", member=name)
    system.put("IBMUSER.OUT", "OUT A", member="A")
    return system


def names(system, dsname="IBMUSER.OUT"):
    return [member.name for member in system.mvs.members(dsname)]


def test_a_copy_leaves_members_that_are_there(libraries):
    info = libraries.run(STEP + "//SYSIN DD *\n COPY OUTDD=OUT,INDD=IN\n")

    assert info.completion.text == "RC=0004"
    assert (names(libraries), libraries.lines("IBMUSER.OUT", "A")) == (["A", "B", "C"], ["OUT A"])


def test_r_replaces(libraries):
    assert libraries.ended(STEP + "//SYSIN DD *\n COPY OUTDD=OUT,INDD=((IN,R))\n") == "RC=0000"
    assert libraries.lines("IBMUSER.OUT", "A") == ["IN A"]


def test_select_renames_and_misses(libraries):
    info = libraries.run(STEP + "//SYSIN DD *\n COPY OUTDD=OUT,INDD=IN\n SELECT MEMBER=((B,NEWB),NONE)\n")

    assert info.completion.text == "RC=0004"
    assert names(libraries) == ["A", "NEWB"]
    assert " IEB177I NONE WAS SELECTED BUT NOT FOUND IN ANY INPUT DATA SET" in libraries.output(info, "SYSPRINT")


def test_exclude_leaves_out(libraries):
    libraries.run(STEP + "//SYSIN DD *\n COPY OUTDD=OUT,INDD=IN\n EXCLUDE MEMBER=(A,B)\n")

    assert names(libraries) == ["A", "C"]


def test_an_unload_loads_again(libraries):
    unload = "//T DD DSN=&&U,DISP=(,PASS),SPACE=(TRK,(5,5)),UNIT=SYSDA\n"
    control = "//SYSIN DD *\n COPY OUTDD=T,INDD=IN\n COPY OUTDD=OUT,INDD=((T,R))\n"

    assert libraries.ended(STEP + unload + control) == "RC=0000"
    assert libraries.lines("IBMUSER.OUT", "A") == ["IN A"]


def test_without_statements_sysut1_goes_to_sysut2(libraries):
    text = STEP.replace("//IN ", "//SYSUT1 ").replace("//OUT ", "//SYSUT2 ")

    assert libraries.ended(text) == "RC=0004"
    assert names(libraries) == ["A", "B", "C"]


def test_the_same_library_is_compressed_in_place(libraries):
    info = libraries.run(STEP + "//SYSIN DD *\n COPY OUTDD=OUT,INDD=OUT\n")

    assert " IEB161I COMPRESS TO BE DONE USING INDD NAMED OUT" in libraries.output(info, "SYSPRINT")


@pytest.mark.parametrize("card", ["FROB", "COPY OUTDD=NONE,INDD=IN", "SELECT MEMBER=A", "COPY OUTDD=(("])
def test_what_cannot_be_done_ends_with_eight(libraries, card):
    assert libraries.ended(STEP + f"//SYSIN DD *\n {card}\n") == "RC=0008"


def test_a_new_library_without_attributes_takes_those_of_what_is_loaded(system):
    system.put("IBMUSER.LIB", "ONE", member="A")
    dds = "//I DD DSN=IBMUSER.LIB,DISP=SHR\n//U DD DSN=IBMUSER.SEQ,DISP=(NEW,PASS),SPACE=(TRK,1)\n"
    new = "//O DD DSN=IBMUSER.NEW,DISP=(NEW,CATLG),SPACE=(TRK,(1,1,5))\n"
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IEBCOPY\n//SYSPRINT DD SYSOUT=*\n" + dds + new + "//SYSIN DD *\n COPY INDD=I,OUTDD=U\n"
        " COPY INDD=U,OUTDD=O\n/*\n"
    )

    assert info.completion.text == "RC=0000", system.output(info, "SYSPRINT")
    assert system.lines("IBMUSER.NEW", "A") == ["ONE"]
    assert str(system.mvs.find("IBMUSER.NEW").dcb.recfm) == "FB"


def test_inputs_may_have_cards_of_their_own(system):
    system.put("IBMUSER.A", "A", member="M1")
    system.put("IBMUSER.B", "B", member="M1")
    system.put("IBMUSER.B", "B", member="M2")
    system.put("IBMUSER.O", "O", member="M0")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IEBCOPY\n//SYSPRINT DD SYSOUT=*\n//A DD DSN=IBMUSER.A,DISP=SHR\n"
        "//B DD DSN=IBMUSER.B,DISP=SHR\n//O DD DSN=IBMUSER.O,DISP=OLD\n//SYSIN DD *\n"
        "  COPY OUTDD=O\n  INDD=A\n  INDD=((B,R))\n/*\n"
    )

    assert info.completion.text == "RC=0000", system.output(info, "SYSPRINT")
    assert (system.lines("IBMUSER.O", "M1"), system.lines("IBMUSER.O", "M2")) == (["B"], ["B"])


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ("RECFM=FB,LRECL=100", " IEB124I INPUT LOGICAL RECORD LENGTH (80) CONFLICTS WITH OUTPUT (100)."),
        ("RECFM=VB,LRECL=255", " IEB127I INPUT DATA SET HAS RECFM=FB OUTPUT RECFM=VB"),
        ("RECFM=VB,LRECL=255,DSNTYPE=LIBRARY", " IGW01513T COPY TERMINATED. RECORD FORMAT OF INPUT FB CONFLICTS WITH OUTPUT VB"),
    ],
)
def test_records_are_not_converted(system, attributes, said):
    system.put("IBMUSER.A", "A", member="M1")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IEBCOPY\n//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD DSN=IBMUSER.A,DISP=SHR\n"
        f"//SYSUT2 DD DSN=IBMUSER.O,DISP=(,CATLG),SPACE=(TRK,(1,1,1)),\n//   {attributes}\n//SYSIN DD DUMMY\n"
    )

    assert info.completion.text == "RC=0008"
    assert said in system.output(info, "SYSPRINT")


def test_no_message_names_a_class(system):
    system.put("IBMUSER.O", "O", member="M0")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IEBCOPY\n//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD *\nNO UNLOADED LIBRARY\n/*\n"
        "//SYSUT2 DD DSN=IBMUSER.O,DISP=OLD\n//SYSIN DD DUMMY\n"
    )

    assert " IEB139I I/O ERROR ON SYSUT1: DATA ARE NOT IN THE EXPECTED FORM" in system.output(info, "SYSPRINT")


def test_copygrp_takes_members_with_all_their_aliases(system):
    for name in ("ONE", "TWO"):
        system.put("IBMUSER.LIB", name, member=name)
    system.mvs.add_member_alias("IBMUSER.LIB", "EINS", "ONE", system.who)
    control = "  COPYGRP OUTDD=OUT,INDD=IN\n  SELECT MEMBER=EINS\n/*\n"
    jcl = "//J JOB 1,X\n//S EXEC PGM=IEBCOPY\n//SYSPRINT DD SYSOUT=*\n//IN DD DSN=IBMUSER.LIB,DISP=SHR\n"
    jcl += "//OUT DD DSN=IBMUSER.NEW,DISP=(NEW,CATLG),SPACE=(TRK,(1,1,5))\n//SYSIN DD *\n"

    assert system.ended(jcl + control) == "RC=0000"
    assert [(member.name, member.alias_of) for member in system.mvs.members("IBMUSER.NEW")] == [("EINS", "ONE"), ("ONE", "")]
