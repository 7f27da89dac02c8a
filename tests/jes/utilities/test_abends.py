"""How utilities end when a data set does not open or does not fit."""

from __future__ import annotations

import pytest

CONTROL = {
    "IEBGENER": "",
    "IEBPTPCH": "  PRINT\n",
    "IEBCOMPR": "  COMPARE TYPORG=PS\n",
    "IEBEDIT": "  EDIT START=J\n",
    "IDCAMS": "  REPRO INFILE(SYSUT1) OUTFILE(SYSUT2)\n",
}


def step(program: str, first: str, second: str = "SYSOUT=*") -> str:
    control = CONTROL.get(program, "")
    return (
        f"//J JOB 1,X\n//S EXEC PGM={program}\n//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD {first}\n//SYSUT2 DD {second}\n"
        f"//SYSIN DD *\n{control}/*\n"
    )


@pytest.mark.parametrize("program", ["IEBGENER", "IEBPTPCH", "IEBCOMPR", "IEBEDIT"])
def test_a_member_that_is_not_there_is_013(system, program):
    system.put("IBMUSER.LIB", "X", member="M")
    info = system.run(
        step(program, "DSN=IBMUSER.LIB(NONE),DISP=SHR", "DSN=IBMUSER.LIB(M),DISP=SHR" if program == "IEBCOMPR" else "SYSOUT=*")
    )

    assert info.completion.text == "ABEND=013"
    assert any("IEC141I 013-18" in line for line in system.output(info, "JESMSGLG"))


@pytest.mark.parametrize("program", ["IEBGENER", "IEBPTPCH", "IEBCOMPR", "IEBEDIT"])
def test_a_data_set_that_is_not_on_its_volume_is_213(system, program):
    second = "DSN=IBMUSER.A,DISP=SHR" if program == "IEBCOMPR" else "SYSOUT=*"
    system.put("IBMUSER.A", "X")
    where = next(volume.volser for volume in system.mvs.volumes if volume.volser != system.mvs.find("IBMUSER.A").volser)
    info = system.run(step(program, f"DSN=IBMUSER.A,DISP=SHR,VOL=SER={where},UNIT=3390", second))

    assert info.completion.text == "ABEND=213"
    assert any("IEC143I 213-04" in line for line in system.output(info, "JESMSGLG"))


@pytest.mark.parametrize("program", ["IEBGENER", "IEBPTPCH", "IEBCOMPR", "IEBEDIT"])
def test_a_data_set_that_may_not_be_read_is_913(system, program):
    user = system.user("OTHER")
    system.put("IBMUSER.A", "X")
    system.saf.command(system.acee, "ADDSD 'IBMUSER.A' UACC(NONE)")
    jcl = step(program, "DSN=IBMUSER.A,DISP=SHR", "DSN=IBMUSER.A,DISP=SHR" if program == "IEBCOMPR" else "SYSOUT=*")
    info = system.jes.wait(system.jes.submit(user, jcl)[-1], 20)

    assert info.completion.text == "ABEND=913"


@pytest.mark.parametrize("program", ["IEBGENER", "IDCAMS"])
def test_an_output_without_room_is_d37(system, program):
    system.put("IBMUSER.MANY", *["X" * 80] * 3000)
    output = "DSN=IBMUSER.OUT,DISP=(NEW,CATLG),SPACE=(TRK,1),\n//            RECFM=FB,LRECL=80,UNIT=3390,VOL=SER=USER01"
    info = system.run(step(program, "DSN=IBMUSER.MANY,DISP=SHR", output))

    assert info.completion.text == "ABEND=D37"
    assert any("IEC031I D37-04" in line for line in system.output(info, "JESMSGLG"))
