"""IDCAMS on VSAM: headings of PRINT, what belongs together, EXPORT, IMPORT, EXAMINE, open failures."""

from __future__ import annotations

import pytest

HEAD = "//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//IN DD *\nA001 FIRST\nA002 SECOND\nA005 THIRD\n/*\n"
KEYED = "  DEFINE CLUSTER (NAME(IBMUSER.KS) KEYS(4 0) RECSZ(80 80) TRK(1 1))\n  REPRO INFILE(IN) ODS(IBMUSER.KS)\n"
INDEXED = (
    "  DEFINE AIX (NAME(IBMUSER.ALT) RELATE(IBMUSER.KS) KEYS(3 5) -\n    RECSZ(50 100) TRK(1))\n"
    "  DEFINE PATH (NAME(IBMUSER.WAY) PATHENTRY(IBMUSER.ALT))\n  BLDINDEX IDS(IBMUSER.KS) ODS(IBMUSER.ALT)\n"
)


def ran(system, commands: str, dds: str = "") -> tuple[str, list[str]]:
    info = system.run(HEAD + dds + f"//SYSIN DD *\n{commands}\n/*\n")
    return info.completion.text, system.output(info, "SYSPRINT")


@pytest.mark.parametrize(
    ("kind", "selection", "headings"),
    [
        ("KEYS(4 0)", "CHAR FROMKEY(A002)", ["KEY OF RECORD - A002", "KEY OF RECORD - A005"]),
        ("KEYS(4 0)", "HEX COUNT(1)", ["KEY OF RECORD - C1F0F0F1"]),
        ("NONINDEXED", "CHAR FROMADDRESS(80)", [f"RBA OF RECORD - {80:>16}", f"RBA OF RECORD - {160:>16}"]),
        ("NUMBERED", "CHAR FROMNUMBER(2) TONUMBER(2)", ["RELATIVE RECORD NUMBER - 2"]),
        ("NUMBERED", "CHAR SKIP(2)", ["RELATIVE RECORD NUMBER - 3"]),
    ],
)
def test_records_are_named_by_key_address_or_number(system, kind, selection, headings):
    commands = f"  DEFINE CLUSTER (NAME(IBMUSER.V) {kind} RECSZ(80 80) TRK(1))\n  REPRO IFILE(IN) ODS(IBMUSER.V)\n"
    code, lines = ran(system, commands + f"  PRINT IDS(IBMUSER.V) {selection}")

    assert (code, [line[1:] for line in lines if " RECORD " in line and " - " in line and "IDC" not in line]) == (
        "RC=0000",
        headings,
    )


@pytest.mark.parametrize(("kind", "selection"), [("KEYS(4 0)", "FROMNUMBER(1)"), ("NUMBERED", "FROMKEY(A)")])
def test_a_selection_of_another_organisation_is_refused(system, kind, selection):
    commands = f"  DEFINE CLUSTER (NAME(IBMUSER.V) {kind} RECSZ(80 80) TRK(1))\n  REPRO IFILE(IN) ODS(IBMUSER.V)\n"
    code, lines = ran(system, commands + f"  PRINT IDS(IBMUSER.V) {selection}")

    assert code == "RC=0012"
    said = "IDC3302I ACTION ERROR ON IBMUSER.V", "IDC3311I ** TYPE OF POSITIONING NOT SUPPORTED"
    assert [line[1:] for line in lines if line[1:] in said] == list(said)


def test_listcat_knows_components_by_the_catalog_not_by_their_names(system):
    commands = (
        "  DEFINE CLUSTER (NAME(IBMUSER.KS) KEYS(4 0) RECSZ(80 80) TRK(1)) -\n"
        "   DATA(NAME(IBMUSER.OTHER.D)) INDEX(NAME(IBMUSER.OTHER.I))\n"
    )
    code, lines = ran(system, commands + INDEXED.partition("  BLDINDEX")[0] + "  LISTCAT ENT(IBMUSER.KS) ALL")
    at = lines.index("      ASSOCIATIONS")

    assert code == "RC=0000"
    assert lines[at + 1 : at + 4] == [
        "        DATA-----IBMUSER.OTHER.D",
        "        INDEX----IBMUSER.OTHER.I",
        "        AIX------IBMUSER.ALT",
    ]
    assert [line.split(" ")[-1] for line in lines if line.startswith(("0DATA", "0INDEX"))] == [
        "IBMUSER.OTHER.D",
        "IBMUSER.OTHER.I",
    ]


def test_deleting_a_cluster_names_everything_that_goes(system):
    code, lines = ran(system, KEYED + INDEXED + "  DELETE IBMUSER.KS")

    assert code == "RC=0000"
    assert [line.split()[2:4] for line in lines if "IDC0550I" in line] == [
        ["(D)", "IBMUSER.ALT.DATA"],
        ["(I)", "IBMUSER.ALT.INDEX"],
        ["(R)", "IBMUSER.WAY"],
        ["(G)", "IBMUSER.ALT"],
        ["(D)", "IBMUSER.KS.DATA"],
        ["(I)", "IBMUSER.KS.INDEX"],
        ["(C)", "IBMUSER.KS"],
    ]


def test_an_exported_cluster_is_gone_and_comes_back(system):
    portable = "//P DD DSN=IBMUSER.PORT,DISP=(NEW,CATLG),SPACE=(TRK,(1,1))\n"
    code, lines = ran(
        system,
        KEYED + "  EXPORT IBMUSER.KS OUTFILE(P)\n  IMPORT INFILE(P)\n  PRINT IDS(IBMUSER.KS) CHAR SKIP(1)",
        portable,
    )

    assert code == "RC=0000"
    assert "0IDC0550I ENTRY (C) IBMUSER.KS DELETED" in lines
    assert "0IDC0594I PORTABLE DATA SET CREATED SUCCESSFULLY ON 03/25/26 AT 11:00:00" in lines
    assert "0IDC0604I DATA SET BEING IMPORTED WAS EXPORTED ON 03/25/26 AT 11:00:00" in lines
    assert [line for line in lines if line.startswith(" A00")] == [" A002 SECOND", " A005 THIRD"]


def test_import_gives_another_name_and_refuses_what_is_not_portable(system):
    portable = "//P DD DSN=IBMUSER.PORT,DISP=(NEW,CATLG),SPACE=(TRK,(1,1))\n"
    commands = KEYED + "  EXPORT IBMUSER.KS OUTFILE(P) TEMPORARY\n  IMPORT INFILE(P) OBJECTS((IBMUSER.KS NEWNAME(IBMUSER.K2)))\n"

    assert ran(system, commands, portable)[0] == "RC=0000"
    assert system.mvs.cluster("IBMUSER.K2").records == 3
    assert ran(system, "  IMPORT INFILE(IN)")[0] == "RC=0008"


def test_examine_counts_and_refuses_what_has_no_index(system):
    code, lines = ran(system, KEYED + "  EXAMINE NAME(IBMUSER.KS) INDEXTEST DATATEST")

    assert code == "RC=0000"
    assert "0IDC01724I INDEXTEST COMPLETE - NO ERRORS DETECTED" in lines
    assert "0IDC01709I DATA COMPONENT CONTAINS 3 RECORDS" in lines
    assert ran(system, "  DEFINE CLUSTER (NAME(IBMUSER.ES) NIXD TRK(1))\n  EXAMINE NAME(IBMUSER.ES)")[0] == "RC=0008"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("  REPRO INFILE(GONE) ODS(IBMUSER.KS)", "0IDC3300I ERROR OPENING GONE"),
        ("  REPRO INFILE(IN) OUTFILE(GONE)", "0IDC3300I ERROR OPENING GONE"),
        ("  REPRO IDS(NO.SUCH) ODS(IBMUSER.KS)", "0IDC3300I ERROR OPENING NO.SUCH"),
        ("  REPRO INFILE(IN) OUTFILE(IN)", "0IDC3300I ERROR OPENING IN"),
        ("  REPRO INFILE(MEM) ODS(IBMUSER.KS)", "0IDC3300I ERROR OPENING MEM"),
        ("  REPRO INFILE(IN) OUTFILE(LIB)", "0IDC3300I ERROR OPENING LIB"),
    ],
)
def test_an_open_failure_names_the_data_set_that_failed(system, command, said):
    system.put("IBMUSER.LIB", "X", member="A")
    dds = "//MEM DD DSN=IBMUSER.LIB(B),DISP=SHR\n//LIB DD DSN=IBMUSER.LIB,DISP=SHR\n"
    code, lines = ran(system, "  DEFINE CLUSTER (NAME(IBMUSER.KS) KEYS(4 0) TRK(1))\n" + command, dds)

    assert (code, said in lines) == ("RC=0012", True), lines


@pytest.mark.parametrize("word", ["RECFM", "LRECL", "SPACE(1) DSORG", "BLKSIZE"])
def test_allocate_wants_values(system, word):
    code, _ = ran(system, f"  ALLOCATE DATASET('IBMUSER.NEW') NEW TRACKS {word}")

    assert code == "RC=0012"
    assert not system.mvs.exists("IBMUSER.NEW")


RECORG = (
    "//J JOB 1,X\n//S EXEC PGM=IEFBR14\n//V DD DSN=IBMUSER.V,DISP=(NEW,CATLG),SPACE=(CYL,(2,1)),\n"
    "//  RECORG={recorg},LRECL=80{keys}\n"
)


@pytest.mark.parametrize(("recorg", "keys"), [("KS", ",KEYLEN=4,KEYOFF=8"), ("ES", ""), ("RR", "")])
def test_recorg_of_a_dd_makes_a_vsam_data_set(system, recorg, keys):
    assert system.ended(RECORG.format(recorg=recorg, keys=keys)) == "RC=0000"
    facts = system.mvs.cluster("IBMUSER.V")

    assert (facts.organisation, facts.maximum) == (recorg, 80)
    assert (facts.keylen, facts.keyoff) == ((4, 8) if keys else (0, 0))
    assert system.mvs.find("IBMUSER.V.DATA").space_unit == "CYLINDER"


def test_like_and_model_copy_what_a_cluster_is(system):
    system.ended(RECORG.format(recorg="KS", keys=",KEYLEN=4,KEYOFF=8"))
    like = system.ended(
        "//J JOB 1,X\n//S EXEC PGM=IEFBR14\n//V DD DSN=IBMUSER.L,DISP=(NEW,CATLG),LIKE=IBMUSER.V\n"
        "//T EXEC PGM=IDCAMS\n//SYSPRINT DD DUMMY\n//SYSIN DD *\n"
        "  ALTER IBMUSER.V SHAREOPTIONS(2 3) REUSE\n"
        "  DEFINE CLUSTER (NAME(IBMUSER.M) MODEL(IBMUSER.V) NOREUSE)\n/*\n"
    )
    copied, model = system.mvs.cluster("IBMUSER.L"), system.mvs.cluster("IBMUSER.M")

    assert like == "RC=0000"
    assert [(facts.keylen, facts.keyoff, facts.maximum) for facts in (copied, model)] == [(4, 8, 80)] * 2
    assert (model.shareoptions, model.reuse) == ((2, 3), False)
    assert system.mvs.find("IBMUSER.M.DATA").primary == 2


def test_a_definition_names_the_entry_that_it_misses(system):
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n"
        "  DEFINE PATH (NAME(IBMUSER.P) PATHENTRY(IBMUSER.NONE))\n/*\n"
    )

    assert info.completion.text == "RC=0012"
    assert "0IDC3012I ENTRY IBMUSER.NONE NOT FOUND" in system.output(info, "SYSPRINT")


def test_margins_of_the_parm_take_column_one(system):
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IDCAMS,PARM='MARGINS(1 72)'\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\nSET MAXCC=3\n/*\n"
    )

    assert info.completion.text == "RC=0003"


def test_a_cluster_without_records_does_not_open_for_input(system):
    commands = "  DEFINE CLUSTER (NAME(IBMUSER.V) KEYS(4 0) RECSZ(80 80) TRK(1))\n"
    for verb in ("PRINT IDS(IBMUSER.V)", "REPRO IDS(IBMUSER.V) OFILE(OUT)"):
        code, lines = ran(system, commands + f"  {verb}", "//OUT DD SYSOUT=*\n")
        commands = ""

        assert code == "RC=0012"
        said = [line for line in lines if "IDC33" in line]
        assert said == ["0IDC3300I ERROR OPENING IBMUSER.V", " IDC3351I ** VSAM OPEN RETURN CODE IS 160"]


def test_reuse_of_what_is_not_reusable_is_told_by_open(system):
    commands = "  DEFINE CLUSTER (NAME(IBMUSER.V) KEYS(4 0) RECSZ(80 80) TRK(1))\n  REPRO IFILE(IN) ODS(IBMUSER.V)\n"
    code, lines = ran(system, commands + "  REPRO IFILE(IN) ODS(IBMUSER.V) REUSE")

    assert (code, " IDC3351I ** VSAM OPEN RETURN CODE IS 232" in lines) == ("RC=0012", True)


@pytest.mark.parametrize("kind", ["KEYS(4 0) REUSE", "NUMBERED", "LINEAR"])
def test_an_alternate_index_needs_a_base_that_can_have_one(system, kind):
    commands = f"  DEFINE CLUSTER (NAME(IBMUSER.V) {kind} RECSZ(80 80) TRK(1))\n"
    code, lines = ran(system, commands + "  DEF AIX (NAME(A.X) RELATE(IBMUSER.V) KEYS(3 3) RECSZ(80 80) TRK(1))")

    assert (code, "0IDC3022I INVALID RELATED OBJECT" in lines) == ("RC=0012", True)


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        ("PRINT IFILE(IN) SKIP(2) COUNT(1) CHAR", "RC=0000"),
        ("PRINT IFILE(IN) SKIP(99) COUNT(1) CHAR", "RC=0012"),
        ("PRINT IFILE(EMPTY) COUNT(1)", "RC=0004"),
        ("REPRO IFILE(EMPTY) OFILE(OUT)", "RC=0000"),
        ("REPRO IFILE(IN) OFILE(OUT) SKIP(99)", "RC=0012"),
    ],
)
def test_nothing_to_print_and_no_such_place_are_seen_by_the_next_command(system, verb, code):
    info = system.run(
        "//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//OUT DD SYSOUT=*\n//EMPTY DD DUMMY,DCB=(RECFM=FB,LRECL=80)\n"
        f"//IN DD *\n1\n2\n3\n/*\n//SYSIN DD *\n  {verb}\n/*\n"
    )

    assert info.completion.text == code, system.output(info, "SYSPRINT")


def test_what_goes_with_its_base_is_not_deleted_twice_by_a_mask(system):
    commands = (
        "  DEFINE CLUSTER (NAME(IBMUSER.V) KEYS(4 0) RECSZ(80 80) TRK(1))\n"
        "  DEF AIX (NAME(IBMUSER.W) REL(IBMUSER.V) KEYS(3 4) RECSZ(80 80) TRK(1))\n"
    )
    code, lines = ran(system, commands + "  DELETE IBMUSER.* MASK")

    assert (code, sum("DELETED" in line for line in lines)) == ("RC=0000", 6)
