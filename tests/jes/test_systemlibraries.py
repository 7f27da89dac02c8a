"""The libraries that a system is delivered with may be named by every job."""

from __future__ import annotations

import pytest

STEP = "//J JOB 1,X\n//S EXEC PGM={}\n//STEPLIB DD DISP=SHR,DSN={}\n"


@pytest.mark.parametrize("dsname", ["SYS1.LINKLIB", "CEE.SCEERUN", "CEE.SCEERUN2"])
def test_a_step_may_name_a_library_of_the_system(system, dsname):
    info = system.run(STEP.format("IEFBR14", dsname))

    assert info.completion.text == "RC=0000"
    messages = system.output(info, "JESYSMSG")
    assert any(line.startswith(" IEF237I") and line.endswith("ALLOCATED TO STEPLIB") for line in messages)
    assert any(line.startswith(f" IEF285I   {dsname}") and "KEPT" in line for line in messages)
    assert not system.mvs.exists(dsname)


def test_it_holds_no_program(system):
    assert system.run(STEP.format("MYPROG", "SYS1.LINKLIB")).completion.text == "ABEND=806"


def test_a_library_of_nobodys_is_not_found(system):
    info = system.run(STEP.format("IEFBR14", "SYS1.NOSUCH"))

    assert info.completion.text == "(JCL error)"
    assert " IEF212I J S STEPLIB - DATA SET NOT FOUND" in system.output(info, "JESYSMSG")


def test_it_stands_in_a_concatenation_and_as_joblib(system):
    system.put("IBMUSER.LOAD", "X", member="A")
    jcl = (
        "//J JOB 1,X\n//JOBLIB DD DISP=SHR,DSN=IBMUSER.LOAD\n//  DD DISP=SHR,DSN=CEE.SCEERUN\n"
        "//S EXEC PGM=IEFBR14\n//SYSLIB DD DISP=SHR,DSN=SYS1.MACLIB\n//  DD DISP=SHR,DSN=IBMUSER.LOAD\n"
    )

    assert system.run(jcl).completion.text == "RC=0000"


def test_a_data_set_of_that_name_is_the_library(system):
    system.put("SYS1.PARMLIB", "HERE", member="IEASYS00")
    jcl = "//J JOB 1,X\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT2 DD SYSOUT=*\n"
    info = system.run(jcl + "//SYSUT1 DD DISP=SHR,DSN=SYS1.PARMLIB(IEASYS00)\n")

    assert system.output(info, "SYSUT2") == ["HERE"]


def test_nobody_writes_into_one(system):
    jcl = "//J JOB 1,X\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT1 DD *\nX\n/*\n"
    info = system.run(jcl + "//SYSUT2 DD DISP=SHR,DSN=SYS1.SAMPLIB\n")

    assert info.completion.text == "ABEND=913"
