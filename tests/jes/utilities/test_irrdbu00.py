"""IRRDBU00: the security database as a data set."""

from __future__ import annotations

import pytest

JOB = "//J JOB {user}\n//S EXEC PGM=IRRDBU00,PARM={parm}\n//SYSPRINT DD SYSOUT=*\n//INDD1 DD DUMMY\n{out}"
OUT = "//OUTDD DD DSN=IBMUSER.UNLOAD,DISP=(NEW,CATLG),SPACE=(TRK,(5,5))\n"


def test_the_data_set_holds_what_the_database_unloads(system):
    assert system.ended(JOB.format(user="", parm="NOLOCKINPUT", out=OUT)) == "RC=0000"

    dcb = system.mvs.find("IBMUSER.UNLOAD").dcb
    assert (str(dcb.recfm), dcb.lrecl) == ("VB", 4096)
    assert [line.rstrip() for line in system.lines("IBMUSER.UNLOAD")] == [line.rstrip() for line in system.saf.unload()]


@pytest.mark.parametrize(("parm", "out"), [("SOMETHING", OUT), ("NOLOCKINPUT", "")])
def test_parm_and_outdd_are_needed(system, parm, out):
    assert system.ended(JOB.format(user="", parm=parm, out=out)) == "RC=0012"
