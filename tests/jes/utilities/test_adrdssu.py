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


def test_a_sphere_is_restored_with_its_indexes_and_paths(system):
    over = (
        "//L EXEC PGM=IDCAMS\n//SYSPRINT DD DUMMY\n//SYSIN DD *\n  DEFINE AIX (NAME(APP.AIX) RELATE(APP.KSDS) KEYS(3 3) -\n"
        "    RECORDSIZE(80 80) TRACKS(1))\n  DEFINE PATH (NAME(APP.PATH) PATHENTRY(APP.AIX))\n"
        "  BLDINDEX IDS(APP.KSDS) ODS(APP.AIX)\n/*\n"
    )
    system.run("//J JOB 1,X\n" + DEFINE + over)
    run(system, " DUMP DATASET(INCLUDE(APP.**)) OUTDD(D) SPHERE")
    restored = run(system, " RESTORE DATASET(INCLUDE(**)) INDD(D) SPHERE -\n  RENAMEU((APP.**,NEW.**))", disp="SHR")

    assert restored.completion.text == "RC=0000"
    with system.mvs.vsam("NEW.PATH", system.who) as opened:
        assert [key for key, _ in opened.located()] == [b"\xd6\xd5\xc5", b"\xe3\xe6\xd6"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ("BY((DSORG,EQ,SAM))", ["APP.ONE", "APP.TWO"]),
        ("INCLUDE(APP.**) BY((DSORG EQ (PDS,VSAM)))", ["APP.LIB"]),
        ("INCLUDE(APP.**) BY((DSORG NE PAM)(CREDT EQ (*)))", ["APP.ONE", "APP.TWO"]),
        ("INCLUDE(APP.**) BY((CREDT LE (*,-1)))", []),
        ("INCLUDE(APP.**) BY((CREDT GT 2026083))", ["APP.LIB", "APP.ONE", "APP.TWO"]),
        ("INCLUDE(APP.**) EXCLUDE(**.T*) BY((EXTNT LT 2))", ["APP.LIB", "APP.ONE"]),
        ("FILTERDD(F)", ["APP.TWO"]),
    ],
)
def test_filters_choose_data_sets(system, filters, names):
    system.put("APP.ONE", "1")
    system.put("APP.TWO", "2")
    system.put("APP.LIB", "3", member="M")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//D DD DUMMY\n//F DD *\n INCLUDE(APP.T*)\n/*\n"
        f"//SYSIN DD *\n DUMP DATASET({filters}) OUTDD(D)\n/*\n"
    )
    listing = system.output(info, "SYSPRINT")

    assert [line[1:].strip() for line in listing if line.startswith("0" + " " * 11)] == names


@pytest.mark.parametrize(
    "command",
    [
        "DUMP FULL INDD(A) OUTDD(D)",
        "DUMP DS(BY((FOO EQ 1))) OUTDD(D)",
        "DUMP DS(BY((CREDT EQ X))) OUTDD(D)",
        "DUMP DS(INC(A))",
        "COPY DS(INC(**))",
        "PRINT DS(A)",
    ],
)
def test_what_cannot_be_read_ends_with_eight(system, command):
    system.put("APP.ONE", "1")
    info = system.run(f"//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//D DD DUMMY\n//SYSIN DD *\n {command}\n/*\n")

    assert info.completion.text == "RC=0008", system.output(info, "SYSPRINT")


def test_set_forgets_a_return_code(system):
    info = system.run("//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n FROB\n SET MAXCC = 4\n/*\n")

    assert info.completion.text == "RC=0004"


def test_the_listing_of_a_dump(system):
    """Page, statements, names and the second line of ADR801I as in output of real systems."""
    system.put("APP.ONE", "1")
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//ARCHIVE DD DUMMY\n//SYSIN DD *\n"
        " DUMP OUTDD(ARCHIVE) -\n   DS(INCL(APP.**))\n/*\n"
    )

    assert system.output(info, "SYSPRINT") == [
        "1PAGE 0001     5695-DF175  DFSMSDSS V2R04.0 DATA SET SERVICES     2026.084 11:00",
        "- DUMP OUTDD(ARCHIVE) -",
        "    DS(INCL(APP.**))",
        " ADR101I (R/I)-RI01 (01), TASKID 001 HAS BEEN ASSIGNED TO COMMAND 'DUMP '",
        " ADR109I (R/I)-RI01 (01), 2026.084 11:00:00 INITIAL SCAN OF USER CONTROL STATEMENTS COMPLETED",
        " ADR016I (001)-PRIME(01), RACF LOGGING OPTION IN EFFECT FOR THIS TASK",
        "0ADR006I (001)-STEND(01), 2026.084 11:00:00 EXECUTION BEGINS",
        " ADR801I (001)-DTDSC(01), 2026.084 11:00:00 DATA SET FILTERING IS COMPLETE. 1 OF 1 DATA SETS WERE SELECTED: "
        "0 FAILED SERIALIZATION",
        "                          AND 0 FAILED FOR OTHER REASONS",
        "0ADR454I (001)-DTDSC(01), THE FOLLOWING DATA SETS WERE SUCCESSFULLY PROCESSED",
        "0                          APP.ONE",
        "0ADR006I (001)-STEND(02), 2026.084 11:00:00 EXECUTION ENDS",
        "0ADR013I (001)-CLTSK(01), 2026.084 11:00:00 TASK COMPLETED WITH RETURN CODE 0000",
        "0ADR012I (SCH)-DSSU (01), 2026.084 11:00:00 DFSMSDSS PROCESSING COMPLETE. HIGHEST RETURN CODE IS 0000",
    ]


def test_copy_with_delete_moves_to_the_volume_that_outdynam_names(system):
    system.put("IBMUSER.MOVES", "ONE")
    here = system.mvs.find("IBMUSER.MOVES").volser
    there = next(volume.volser for volume in system.mvs.volumes if volume.volser != here)
    jcl = "//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n"
    info = system.run(f"{jcl}  COPY DATASET(INCLUDE(IBMUSER.MOVES)) OUTDYNAM({there}) DELETE\n/*\n")

    assert info.completion.text == "RC=0000", system.output(info, "SYSPRINT")
    assert (system.mvs.find("IBMUSER.MOVES").volser, system.lines("IBMUSER.MOVES")) == (there, ["ONE"])


def test_a_renamed_copy_goes_to_the_volume_that_outdynam_names(system):
    system.put("IBMUSER.LIB", "ONE", member="M")
    here = system.mvs.find("IBMUSER.LIB").volser
    there = next(volume.volser for volume in system.mvs.volumes if volume.volser != here)
    jcl = "//J JOB 1,X\n//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n"
    command = f"  COPY DATASET(INCLUDE(IBMUSER.LIB)) OUTDYNAM(({there})) -\n    RENAMEU((IBMUSER.LIB,IBMUSER.LIB2))\n/*\n"

    assert system.ended(jcl + command) == "RC=0000"
    assert (system.mvs.find("IBMUSER.LIB2").volser, system.lines("IBMUSER.LIB2", "M")) == (there, ["ONE"])


def test_release_frees_unused_tracks(system):
    jcl = "//J JOB 1,X\n//A EXEC PGM=IEFBR14\n//D DD DSN=IBMUSER.BIG,DISP=(NEW,CATLG),SPACE=(TRK,50),RECFM=FB,LRECL=80\n"
    jcl += "//S EXEC PGM=ADRDSSU\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n  RELEASE INCLUDE(IBMUSER.BIG)\n/*\n"

    assert system.ended(jcl) == "RC=0000"
    assert system.mvs.find("IBMUSER.BIG").allocated_tracks < 50
