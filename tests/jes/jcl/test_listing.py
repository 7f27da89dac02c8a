"""JESJCL against real output."""

from __future__ import annotations

import pytest

from tests.jes.jcl.decks import converted

DECK = """
//DBDGEN00 JOB MSGLEVEL=1,MSGCLASS=E,CLASS=K,
//   LINES=999999,TIME=1440,REGION=0M,
//   MEMLIMIT=NOLIMIT
/*JOBPARM  SYSAFF=*
//*
//DBDGEN   PROC MBR=TEMPNAME
//L        EXEC PGM=IEWL,
//             PARM='XREF,NOLIST'
//SYSLMOD  DD DISP=SHR,
//      DSN=IMSTESTL.IMS1.DBDLIB(&MBR)
//         PEND
//DLORD6   EXEC DBDGEN,
//             MBR=DLORD6
//SYSIN    DD DISP=SHR,
//      DSN=IMSTESTL.IMS1.DBDSRC(DLORD6)
//
"""
#: Lines as a public run log of z/OS 2.2 shows them, but for the numbers behind the shortened procedure.
LISTED = """
         1 //DBDGEN00 JOB MSGLEVEL=1,MSGCLASS=E,CLASS=K,                           JOB00361
           //   LINES=999999,TIME=1440,REGION=0M,
           //   MEMLIMIT=NOLIMIT
         2 /*JOBPARM  SYSAFF=*
           //*
         3 //DBDGEN   PROC MBR=TEMPNAME
           //L        EXEC PGM=IEWL,
           //             PARM='XREF,NOLIST'
           //SYSLMOD  DD DISP=SHR,
           //      DSN=IMSTESTL.IMS1.DBDLIB(&MBR)
           //         PEND
         4 //DLORD6   EXEC DBDGEN,
           //             MBR=DLORD6
         5 ++DBDGEN   PROC MBR=TEMPNAME
         6 ++L        EXEC PGM=IEWL,
           ++             PARM='XREF,NOLIST'
         7 ++SYSLMOD  DD DISP=SHR,
           ++      DSN=IMSTESTL.IMS1.DBDLIB(&MBR)
           IEFC653I SUBSTITUTION JCL - DISP=SHR,DSN=IMSTESTL.IMS1.DBDLIB(DLORD6)
         8 //SYSIN    DD DISP=SHR,
           //      DSN=IMSTESTL.IMS1.DBDSRC(DLORD6)
         9 //
"""


def test_an_in_stream_procedure_is_listed_as_on_the_original():
    job = converted(DECK)

    assert LISTED.strip("\n").split("\n") == [line.rstrip() for line in job.listing]
    assert [m.text for m in job.messages] == ["IEFC001I PROCEDURE DBDGEN WAS EXPANDED USING INSTREAM PROCEDURE DEFINITION"]


def test_a_record_is_eleven_columns_and_the_card():
    assert {91} == {len(line) for line in converted(DECK).listing if "IEFC653I" not in line}


@pytest.mark.parametrize(
    ("operand", "listed"),
    [
        ("PASSWORD=SECRET,CLASS=A", "PASSWORD=      ,CLASS=A"),
        ("PASSWORD=(OLD1,NEW1),CLASS=A", "PASSWORD=           ,CLASS=A"),
        ("CLASS=A,PASSWORD=SECRET", "CLASS=A,PASSWORD="),
    ],
)
def test_a_password_is_not_listed(operand, listed):
    lines = converted(f"//A        JOB 1,USER=USER1,{operand}\n//S        EXEC PGM=IEFBR14\n").listing

    assert lines[0][:72].rstrip() == f"         1 //A        JOB 1,USER=USER1,{listed}"


def test_a_password_that_goes_on_to_another_card_is_not_listed():
    lines = converted("//A        JOB 1,USER=USER1,PASSWORD=(OLD1,\n//             NEW1)\n//S        EXEC PGM=IEFBR14\n").listing

    assert [line.split("JOB ")[-1].strip()[:30].strip() for line in lines[:2]] == ["1,USER=USER1,PASSWORD=", "//"]


def test_the_overrides_of_a_procedure_that_is_not_found_are_listed_and_numbered():
    job = converted("//J JOB 1\n//S EXEC NOPROC\n//C.SYSIN DD *\nX\n//OUT DD SYSOUT=*\n//T EXEC PGM=P,BOGUS=1\n")

    assert [(2, "IEFC612I"), (5, "IEFC630I")] == [(message.statement, message.id) for message in job.errors]
    assert ["3 //C.SYSIN DD *", "4 //OUT DD SYSOUT=*"] == [line.strip() for line in job.listing if " DD " in line]
