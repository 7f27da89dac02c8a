"""The libraries that a system is delivered with are catalogued in a new store; everybody may read them."""

from __future__ import annotations

import pytest

from jes.opening import open_system
from mvsfs.access import Access, Requester
from mvsfs.info import Target
from mvsfs.storage.options import StoreOptions

STEP = "//J JOB 1,X\n//S EXEC PGM={}\n//STEPLIB DD DISP=SHR,DSN={}\n"
COPY = "//J JOB 1,X\n//A EXEC PGM=IEBGENER\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n"


@pytest.mark.parametrize("dsname", ["SYS1.LINKLIB", "CEE.SCEERUN", "CEE.SCEERUN2"])
def test_a_step_may_name_a_library_of_the_system(system, dsname):
    info = system.run(STEP.format("IEFBR14", dsname))

    assert info.completion.text == "RC=0000"
    messages = system.output(info, "JESYSMSG")
    assert any(line.startswith(" IEF237I") and line.endswith("ALLOCATED TO STEPLIB") for line in messages)
    assert any(line.startswith(f" IEF285I   {dsname}") and "KEPT" in line for line in messages)


def test_they_are_catalogued_load_and_card_libraries(system):
    names = system.mvs.names("SYS1.*")
    linklib, maclib, runtime = (system.mvs.find(name) for name in ("SYS1.LINKLIB", "SYS1.MACLIB", "CEE.SCEERUN2"))

    assert {"SYS1.LINKLIB", "SYS1.MACLIB", "SYS1.PROCLIB", "SYS1.PARMLIB"} <= set(names)
    assert (linklib.is_load_library, str(maclib.dcb.recfm), maclib.dcb.lrecl) == (True, "FB", 80)
    assert (runtime.is_pdse, linklib.volser) == (True, system.mvs.volumes[0].volser)


def test_a_member_that_one_does_not_hold_is_013_18(system):
    info = system.run(COPY + "//SYSUT2 DD SYSOUT=*\n//SYSUT1 DD DISP=SHR,DSN=SYS1.MACLIB(NOSUCH)\n")

    assert info.completion.text == "ABEND=013"
    assert any("IEC141I 013-18" in line and "SYS1.MACLIB(NOSUCH)" in line for line in system.output(info, "JESMSGLG"))


def test_it_holds_no_program(system):
    assert system.run(STEP.format("MYPROG", "SYS1.LINKLIB")).completion.text == "ABEND=806"


def test_a_library_of_nobodys_is_not_found(system):
    info = system.run(STEP.format("IEFBR14", "SYS1.NOSUCH"))

    assert info.completion.text == "(JCL error)"
    assert " IEFA107I J S STEPLIB - DATA SET SYS1.NOSUCH NOT FOUND" in system.output(info, "JESYSMSG")


def test_it_stands_in_a_concatenation_and_as_joblib(system):
    system.put("IBMUSER.LOAD", "X", member="A")
    jcl = (
        "//J JOB 1,X\n//JOBLIB DD DISP=SHR,DSN=IBMUSER.LOAD\n//  DD DISP=SHR,DSN=CEE.SCEERUN\n"
        "//S EXEC PGM=IEFBR14\n//SYSLIB DD DISP=SHR,DSN=SYS1.MACLIB\n//  DD DISP=SHR,DSN=IBMUSER.LOAD\n"
    )

    assert system.run(jcl).completion.text == "RC=0000"


def test_what_the_installation_adds_is_there(system):
    system.put("SYS1.PARMLIB", "HERE", member="IEASYS00")
    info = system.run(COPY + "//SYSUT2 DD SYSOUT=*\n//SYSUT1 DD DISP=SHR,DSN=SYS1.PARMLIB(IEASYS00)\n")

    assert system.output(info, "SYSUT2") == ["HERE"]


def test_an_ordinary_user_reads_but_does_not_write_one(system):
    user = system.user("ANNA")
    jcl = COPY + "//SYSUT1 DD *\nX\n/*\n//SYSUT2 DD DISP=SHR,DSN=SYS1.SAMPLIB(X)\n"
    info = system.jes.wait(system.jes.submit(user, jcl)[0], 20)

    assert info.completion.text == "ABEND=913"
    assert system.mvs.member_names("SYS1.SAMPLIB") == []
    assert system.mvs.guard.may_access(Requester("ANNA", token=user), "SYS1.SAMPLIB", Access.READ)


def test_one_that_was_deleted_stays_deleted(tmp_path, clock):
    url = f"file://{tmp_path}"
    mvs, _ = open_system(url, now=clock)
    mvs.delete(Target("SYS1.SAMPLIB"), Requester("IBMUSER"))
    mvs.close()
    again, _ = open_system(url, now=clock)

    assert again.exists("SYS1.LINKLIB")
    assert not again.exists("SYS1.SAMPLIB")
    again.close()


def test_a_store_served_read_only_gets_none(tmp_path, clock):
    mvs, _ = open_system(f"file://{tmp_path}", now=clock, options=StoreOptions(read_only=True))

    assert mvs.names("SYS1.**") == []
    mvs.close()
