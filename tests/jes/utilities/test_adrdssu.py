"""ADRDSSU dumps, restores and copies data sets."""

from __future__ import annotations

import pytest

from mvsfs.info import Target

DUMP = "//D DD DSN=IBMUSER.DUMP,DISP=({disp}),UNIT=SYSDA,SPACE=(TRK,(15,15))\n"


def run(system, control: str, disp: str = "NEW,CATLG"):
    step = "//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n"
    return system.run(step + DUMP.format(disp=disp) + f"//SYSIN DD *\n{control}\n/*\n")


def test_a_dump_restores_what_was_deleted(system):
    system.put("APP.ONE", "LINE 1")
    system.put("APP.LIB", "MEMBER", member="M")
    dumped = run(system, " DUMP DATASET(INCLUDE(APP.**)) OUTDD(D) DELETE")
    gone = system.mvs.exists("APP.ONE")
    restored = run(system, " RESTORE DATASET(INCLUDE(**)) INDD(D) -\n  RENAMEU(NEW)", disp="SHR")

    assert (dumped.completion.text, restored.completion.text, gone) == ("RC=0000", "RC=0000", False)
    assert (system.lines("NEW.ONE"), system.lines("NEW.LIB", "M")) == (["LINE 1"], ["MEMBER"])
    assert any("ADR454I (001)-DTDSC(01)" in line for line in system.output(restored, "SYSPRINT"))


def test_nothing_selected_is_a_warning_and_what_cannot_be_read_an_error(system):
    assert run(system, " DUMP DATASET(INCLUDE(NO.SUCH)) OUTDD(D)").completion.text == "RC=0004"
    assert run(system, " FROB", disp="SHR").completion.text == "RC=0008"
    assert run(system, " RESTORE DATASET(INCLUDE(**)) INDD(X)", disp="SHR").completion.text == "RC=0008"


def test_a_copy_needs_new_names(system):
    system.put("APP.ONE", "X")
    info = run(system, " COPY DATASET(INCLUDE(APP.ONE)) RENAMEU((APP.**,OTHER.**))")

    assert info.completion.text == "RC=0000"
    assert system.lines("OTHER.ONE") == ["X"]


@pytest.mark.parametrize("words", ["RENUNC(IBMUSER.A,IBMUSER.B)", "RENAMEU((IBMUSER.A,IBMUSER.B))", "RENAME((*.A,IBMUSER.B))"])
def test_a_copy_has_its_new_name_in_each_spelling(system, words):
    system.put("IBMUSER.A", "X")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n"
        f" COPY DATASET(INCLUDE(IBMUSER.A)) -\n  {words} TOL(ENQF) CATALOG ADMIN\n/*\n"
    )

    assert info.completion.text == "RC=0000", system.output(info, "SYSPRINT")
    assert system.lines("IBMUSER.B") == ["X"]


def test_jobs_may_allocate_a_volume_alone(system):
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IEHLIST\n//SYSPRINT DD SYSOUT=*\n//DD1 DD UNIT=3390,VOL=SER=USER01,DISP=OLD\n"
        "//SYSIN DD *\n LISTVTOC VOL=3390=USER01\n/*\n"
    )

    assert info.completion.text == "RC=0000"


DEFINE = (
    "//K EXEC PGM=IDCAMS\n//SYSPRINT DD DUMMY\n//IN DD *\nA1 ONE\nB2 TWO\n/*\n//SYSIN DD *\n"
    "  DEFINE CLUSTER (NAME(APP.KSDS) KEYS(2 0) RECORDSIZE(80 80) TRACKS(1))\n  REPRO INFILE(IN) ODS(APP.KSDS)\n/*\n"
)


def test_a_cluster_is_dumped_and_restored_with_its_records(system):
    system.run("//J JOB 1,X\n" + DEFINE)
    dumped = run(system, " DUMP DATASET(INCLUDE(APP.**)) OUTDD(D)")
    restored = run(system, " RESTORE DATASET(INCLUDE(**)) INDD(D) -\n  RENAMEU(NEW)", disp="SHR")

    assert (dumped.completion.text, restored.completion.text) == ("RC=0000", "RC=0000")
    with system.mvs.vsam("NEW.KSDS", system.who) as opened:
        assert [key for key, _ in opened.located()] == [b"\xc1\xf1", b"\xc2\xf2"]


def test_what_cannot_be_restored_is_named_and_the_rest_is_done(system):
    for name in ("APP.ONE", "APP.TWO"):
        system.put(name, "X")
    run(system, " DUMP DATASET(INCLUDE(APP.**)) OUTDD(D)")
    system.mvs.delete(Target("APP.TWO"), system.who)
    info = run(system, " RESTORE DATASET(INCLUDE(**)) INDD(D)", disp="SHR")
    listing = system.output(info, "SYSPRINT")

    assert info.completion.text == "RC=0008"
    assert system.mvs.exists("APP.TWO")
    assert any("DATA SET APP.ONE NOT PROCESSED, DUPLICATE NAME" in line for line in listing)
    assert [line.removeprefix("0").strip() for line in listing if line.startswith("0" + " " * 11)] == ["APP.ONE", "APP.TWO"]
