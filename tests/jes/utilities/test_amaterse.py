"""AMATERSE: what was packed is unpacked."""

from __future__ import annotations

import pytest

from mvsfs.info import Target

HEAD = "//J JOB\n//S EXEC PGM=AMATERSE,PARM={}\n//SYSPRINT DD SYSOUT=*\n"


def dds(source: str, target: str, space: str = "SPACE=(TRK,(5,5))") -> str:
    return f"//SYSUT1 DD DSN={source},DISP=SHR\n//SYSUT2 DD DSN={target},DISP=(NEW,CATLG),\n//  {space}\n"


@pytest.mark.parametrize("method", ["PACK", "SPACK"])
def test_a_data_set_and_back(system, method):
    system.put("IBMUSER.TEXT", *(f"LINE {number:05d}" for number in range(500)))

    assert system.ended(HEAD.format(method) + dds("IBMUSER.TEXT", "IBMUSER.TEXT.TRS")) == "RC=0000"
    assert system.ended(HEAD.format("UNPACK") + dds("IBMUSER.TEXT.TRS", "IBMUSER.BACK")) == "RC=0000"
    assert str(system.mvs.find("IBMUSER.TEXT.TRS").dcb.recfm) == "FB"
    assert system.mvs.find("IBMUSER.TEXT.TRS").dcb.lrecl == 1024
    assert system.lines("IBMUSER.BACK") == system.lines("IBMUSER.TEXT")


def test_a_library_and_back(system):
    system.put("IBMUSER.LIB", "ONE", member="A")
    system.put("IBMUSER.LIB", "TWO", "THREE", member="B")

    assert system.ended(HEAD.format("SPACK") + dds("IBMUSER.LIB", "IBMUSER.LIB.TRS")) == "RC=0000"
    library = "DSORG=PO,SPACE=(TRK,(1,1,5))"
    assert system.ended(HEAD.format("UNPACK") + dds("IBMUSER.LIB.TRS", "IBMUSER.LIB2", library)) == "RC=0000"
    assert [member.name for member in system.mvs.members("IBMUSER.LIB2")] == ["A", "B"]
    assert system.lines("IBMUSER.LIB2", "B") == ["TWO", "THREE"]


def test_what_is_no_tersed_data_set_is_refused_with_eight(system):
    system.put("IBMUSER.TEXT", "NOT TERSED")
    info = system.run(HEAD.format("UNPACK") + dds("IBMUSER.TEXT", "IBMUSER.BACK"))

    assert info.completion.text == "RC=0008"
    assert system.output(info, "SYSPRINT") == [
        "1AMA572I STARTING TERSE DECODE   UNPACK       11:00:00  03/25/2026",
        " AMA527I  INPUT  - DDNAME : SYSUT1   DSNAME: IBMUSER.TEXT",
        " AMA528I  OUTPUT - DDNAME : SYSUT2   DSNAME: IBMUSER.BACK",
        " AMA564E  THIS IS NOT A RECOGNIZABLE TERSED DATA SET",
        " AMA573I TERSE COMPLETE DECODE   UNPACK       11:00:00  03/25/2026",
        " AMA504I  RETURN CODE: 8",
    ]


@pytest.mark.parametrize(("parm", "code"), [("SQUEEZE", "RC=0016"), ("PACK", "RC=0012")])
def test_a_wrong_parm_or_a_missing_dd_is_refused(system, parm, code):
    assert system.ended(HEAD.format(parm)) == code


def test_the_packed_data_set_can_be_read_as_a_file(system):
    from mvsfs.exchange.terse import file as terse

    system.put("IBMUSER.TEXT", "A", "B")
    system.run(HEAD.format("SPACK") + dds("IBMUSER.TEXT", "IBMUSER.TRS"))
    stored = b"".join(system.mvs.records(Target("IBMUSER.TRS"), system.who))

    assert len(list(terse.read(stored).records)) == 2
