"""IDCAMS: commands, condition codes, catalog and records."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jes.hosttext import to_host
from jes.utilities.idcams.parse import AmsSyntax, Parameters, items, keyword_table, lines

STEP = "//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n"


def run(system, commands: str, dds: str = ""):
    return system.run(STEP + dds + "//SYSIN DD *\n" + commands + "\n/*\n")


def said(system, info) -> list[str]:
    return [line for line in system.output(info, "SYSPRINT") if line[1:4] == "IDC" and line[4].isdigit()]


def test_a_missing_data_set_cannot_be_deleted(system):
    info = run(system, "  DELETE X.Y.Z")

    assert info.completion.text == "RC=0008"
    assert said(system, info) == [
        "0IDC3012I ENTRY X.Y.Z NOT FOUND",
        " IDC3009I ** VSAM CATALOG RETURN CODE IS 8 - REASON CODE IS IGG0CLEG-42",
        " IDC0551I ** ENTRY X.Y.Z NOT DELETED",
        "0IDC0001I FUNCTION COMPLETED, HIGHEST CONDITION CODE WAS 8",
        "0IDC0002I IDCAMS PROCESSING COMPLETE. MAXIMUM CONDITION CODE WAS 8",
    ]


def test_the_listing_is_that_of_the_original(system):
    system.put("ANSIBL1.DUMMY01", "X")
    info = run(system, "         DELETE ANSIBL1.DUMMY01 NONVSAM\n         SET MAXCC=0")

    assert system.output(info, "SYSPRINT") == [
        "1IDCAMS  SYSTEM SERVICES                                           TIME: 11:00:00        03/25/26     PAGE      1",
        "0",
        "          DELETE ANSIBL1.DUMMY01 NONVSAM",
        "0IDC0550I ENTRY (A) ANSIBL1.DUMMY01 DELETED",
        "0IDC0001I FUNCTION COMPLETED, HIGHEST CONDITION CODE WAS 0",
        "0",
        "          SET MAXCC=0",
        "",
        "0IDC0002I IDCAMS PROCESSING COMPLETE. MAXIMUM CONDITION CODE WAS 0",
    ]


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ("  DELETE NO.SUCH\n  IF LASTCC = 8 THEN SET MAXCC = 0", "RC=0000"),
        ("  DELETE NO.SUCH\n  IF MAXCC LT 8 THEN SET MAXCC=0", "RC=0008"),
        ("  DELETE NO.SUCH\n  IF MAXCC > 4 THEN DO\n  SET MAXCC=3\n  END", "RC=0003"),
        ("  IF MAXCC NE 0 THEN SET MAXCC=1\n  ELSE SET MAXCC=2", "RC=0002"),
        ("  IF LASTCC=0 THEN -\n    IF MAXCC=0 THEN SET MAXCC=5", "RC=0005"),
        ("  SET MAXCC=99\n  SET MAXCC=0", "RC=0016"),
        ("  DELETE NO.SUCH\n  SET MAXCC=0\n  IF LASTCC=8 THEN SET MAXCC=3", "RC=0003"),
        ("  SET LASTCC=6", "RC=0006"),
        ("  SET MAXCC=7\n  SET LASTCC=2", "RC=0007"),
        ("  FROB", "RC=0012"),
        ("  DELETE", "RC=0012"),
        ("  DCOLLECT OFILE(X)", "RC=0012"),
        ("  /* A COMMENT\n OVER TWO CARDS */\n  SET MAXCC=4 /* X */", "RC=0004"),
    ],
)
def test_condition_codes_steer_the_commands(system, commands, code):
    assert code == run(system, commands).completion.text


def test_repro_copies_from_a_dd_to_a_data_set(system):
    system.put("IBMUSER.OUT", "OLD")
    info = run(system, "  REPRO INFILE(IN) OUTDATASET(IBMUSER.OUT) SKIP(1) COUNT(1)", "//IN DD *\nA\nB\nC\n/*\n")

    assert system.lines("IBMUSER.OUT") == ["B"]
    assert "0IDC0005I NUMBER OF RECORDS PROCESSED WAS 1" in said(system, info)


def test_a_cluster_holds_records_by_key_and_an_alternate_index_by_another(system):
    commands = """  DEFINE CLUSTER (NAME(IBMUSER.K) INDEXED -
    KEYS(2 0) RECORDSIZE(80 80) TRACKS(1 1))
  REPRO INFILE(IN) OUTDATASET(IBMUSER.K)
  DEFINE AIX (NAME(IBMUSER.X) RELATE(IBMUSER.K) -
    KEYS(3 3) UNIQUEKEY TRACKS(1 1) RECORDSIZE(40 40))
  DEFINE PATH (NAME(IBMUSER.P) PATHENTRY(IBMUSER.X))
  BLDINDEX INDATASET(IBMUSER.K) OUTDATASET(IBMUSER.X)
  REPRO INDATASET(IBMUSER.P) OUTFILE(OUT)
  DELETE IBMUSER.K CLUSTER"""
    info = run(system, commands, "//OUT DD SYSOUT=*\n//IN DD *\nA1 ZZZ\nA2 MMM\nA3 AAA\n/*\n")

    assert info.completion.text == "RC=0000"
    assert system.output(info, "OUT") == ["A3 AAA", "A2 MMM", "A1 ZZZ"]
    assert not system.mvs.exists("IBMUSER.K")


def test_a_duplicate_key_is_told_and_the_rest_is_loaded(system):
    define = "  DEFINE CLUSTER (NAME(IBMUSER.K) KEYS(2 0) -\n    RECORDSIZE(80 80) TRACKS(1 1))\n"
    commands = define + "  REPRO INFILE(A) ODS(IBMUSER.K)\n  REPRO INFILE(B) ODS(IBMUSER.K)"
    info = run(system, commands, "//A DD *\nA1\n/*\n//B DD *\nA1\nA2\n/*\n")

    assert info.completion.text == "RC=0008"
    assert " IDC3308I ** DUPLICATE RECORD A1" in said(system, info)
    assert system.mvs.cluster("IBMUSER.K").records == 2


def test_a_group_rolls_off_and_is_deleted_by_force(system):
    run(system, "  DEFINE GDG (NAME(IBMUSER.G) LIMIT(2) SCRATCH)")
    for _ in range(3):
        dd = "//D DD DSN=IBMUSER.G(+1),DISP=(,CATLG),SPACE=(TRK,1),\n//  DCB=(RECFM=FB,LRECL=80)\n"
        system.run("//J JOB 1,X\n//S EXEC PGM=IEFBR14\n" + dd)

    assert system.mvs.gdg("IBMUSER.G").generations == ("IBMUSER.G.G0002V00", "IBMUSER.G.G0003V00")
    assert run(system, "  DELETE IBMUSER.G GDG FORCE").completion.text == "RC=0000"
    assert not system.mvs.exists("IBMUSER.G.G0003V00")


def test_listcat_counts_what_it_lists(system):
    system.put("IBMUSER.A", "X")
    info = run(system, "  LISTCAT LEVEL(IBMUSER) ALL")

    listed = system.output(info, "SYSPRINT")
    assert "0NONVSAM ------- IBMUSER.A" in listed
    assert "        RELEASE----------------2     EXPIRATION------0000.000" in listed
    assert "                    NONVSAM ---------------1" in listed


def test_allocate_makes_a_library(system):
    run(system, "  ALLOCATE DSNAME('IBMUSER.LIB') NEW CATALOG SPACE(5,5) TRACKS -\n   DSORG(PO) DIR(5) RECFM(F,B) LRECL(80)")

    info = system.mvs.find("IBMUSER.LIB")
    assert (str(info.dcb.recfm), info.dcb.lrecl, info.is_partitioned) == ("FB", 80, True)


def test_alter_renames(system):
    system.put("IBMUSER.OLD", "X")
    info = run(system, "  ALTER IBMUSER.OLD NEWNAME(IBMUSER.NEW)")

    assert "0IDC0531I ENTRY IBMUSER.OLD ALTERED" in said(system, info)
    assert system.lines("IBMUSER.NEW") == ["X"]


def test_print_dumps_in_words_of_four_bytes(system):
    system.put("IBMUSER.A", "A005")
    info = run(system, "  PRINT INDATASET(IBMUSER.A) COUNT(1)")

    listed = system.output(info, "SYSPRINT")
    assert "0RECORD SEQUENCE NUMBER - 1" in listed
    assert any(
        line.startswith(" 000000  C1F0F0F5 40404040") and line.endswith("*A005                            *") for line in listed
    )


def test_a_hyphen_continues_with_a_blank_and_a_plus_without():
    found = list(lines([to_host(card) for card in (" DELETE A.-", "  B", " DELETE A.+", "   B")]))

    assert [line.text for line in found] == ["DELETE A.  B", "DELETE A.B"]


def test_keywords_may_be_cut_while_they_are_unique():
    parameters = Parameters(items("INDATAS(A) CHARA"), keyword_table("INFILE/IFILE INDATASET/IDS CHARACTER/CHAR"))

    assert (parameters.first("INDATASET"), parameters.has("CHARACTER")) == ("A", True)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ABDEFIMNS()-+'=,;*/ 09", max_size=120))
def test_any_command_text_is_read_or_refused(text):
    for line in lines([to_host(" " + text[at : at + 60]) for at in range(0, len(text), 60)]):
        try:
            items(line.text)
        except AmsSyntax:
            pass


def test_a_cluster_on_a_volume_that_is_not_here_goes_where_storage_management_wants_it(system):
    info = run(system, "  DEFINE CLUSTER (NAME(IBMUSER.K) KEYS(2 0) TRACKS(1 1) -\n    RECORDSIZE(80 80) VOLUMES(NOSUCH))")

    assert info.completion.text == "RC=0000"


def test_a_comment_may_begin_in_column_one():
    assert [line.text for line in lines([to_host("/* COMMENT */"), to_host("  SET MAXCC=0")]) if line.text] == ["SET MAXCC=0"]


def test_cards_are_echoed_with_their_sequence_numbers(system):
    info = run(system, "  DELETE NO.SUCH".ljust(72) + "00010000")

    assert "   DELETE NO.SUCH".ljust(73) + "00010000" in system.output(info, "SYSPRINT")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("FROB X", "IDC3219I VERB NAME 'FROB' UNKNOWN"),
        ("DEFINE GDG NAME(A) LIMIT(1)", "IDC3208I LEFT PARENTHESIS MISSING FOLLOWING KEYWORD 'GDG'"),
        ("DEFINE GDG (NAME(TOOLONGQUALIFIER) LIMIT(1))", "IDC3203I ITEM 'TOOLONGQUALIFIER' DOES NOT ADHERE TO RESTRICTIONS"),
    ],
)
def test_a_command_that_cannot_be_read_is_bypassed(system, command, message):
    info = run(system, "  " + command)

    assert said(system, info)[:2] == [
        "0" + message,
        "0IDC3202I ABOVE TEXT BYPASSED UNTIL NEXT COMMAND. CONDITION CODE IS 12",
    ]


def test_a_name_is_catalogued_though_nothing_is_on_the_volume(system):
    commands = "  DEFINE NONVSAM (NAME(IBMUSER.GHOST) -\n    DEVICETYPES(3390) VOLUMES(USER01))\n"
    assert run(system, commands).completion.text == "RC=0000"
    assert run(system, commands).completion.text == "RC=0012"
    assert system.mvs.find("IBMUSER.GHOST").volser == "USER01"

    assert run(system, "  DELETE IBMUSER.GHOST NOSCRATCH").completion.text == "RC=0000"
    assert not system.mvs.exists("IBMUSER.GHOST")


def test_noscratch_leaves_the_data_on_the_volume(system):
    system.put("IBMUSER.KEPT", "PRECIOUS")
    volser = system.mvs.find("IBMUSER.KEPT").volser
    run(system, "  DELETE IBMUSER.KEPT NOSCRATCH")
    assert not system.mvs.exists("IBMUSER.KEPT")

    run(system, f"  DEFINE NONVSAM (NAME(IBMUSER.KEPT) DEVT(3390) VOL({volser}))")
    assert system.lines("IBMUSER.KEPT") == ["PRECIOUS"]


def test_alter_changes_what_listcat_shows(system):
    define = "  DEFINE CLUSTER (NAME(IBMUSER.K) KEYS(2 0) -\n    RECORDSIZE(80 80) TRACKS(1 1) FREESPACE(5 10) FOR(30))\n"
    alter = "  ALTER IBMUSER.K SHAREOPTIONS(2 3) REUSE FREESPACE(20)\n  ALTER IBMUSER.K NULLIFY(RETENTION)\n"
    before = system.output(run(system, define + "  LISTCAT ENT(IBMUSER.K) ALL"), "SYSPRINT")
    after = system.output(run(system, alter + "  LISTCAT ENT(IBMUSER.K) ALL"), "SYSPRINT")

    assert any("EXPIRATION------2026.114" in line for line in before)
    assert any("FREESPACE-%CI----------5" in line for line in before)
    assert any("SHROPTNS(1,3)   RECOVERY     UNIQUE           NOERASE     INDEXED       NOWRITECHK" in line for line in before)
    assert not any("2026.114" in line for line in after)
    assert any("SHROPTNS(2,3)" in line and line.endswith("UNORDERED          REUSE") for line in after)
    assert any("FREESPACE-%CI---------20" in line for line in after)


def test_generic_names_are_altered_together(system):
    for name in ("IBMUSER.OLD.A", "IBMUSER.OLD.B"):
        system.put(name, "X")
    info = run(system, "  ALTER IBMUSER.OLD.* NEWNAME(IBMUSER.NEW.*)\n  ALTER IBMUSER.NONE.* NEWNAME(X.*)")

    assert system.mvs.exists("IBMUSER.NEW.A") and system.mvs.exists("IBMUSER.NEW.B")
    assert info.completion.text == "RC=0008"
    assert " IDC0532I **ENTRY IBMUSER.NONE.* NOT ALTERED" in said(system, info)


def test_listcat_of_a_keyed_cluster_reads_as_on_the_original(system):
    commands = """  DEFINE CLUSTER (NAME(IBMUSER.K) KEYS(11 0) SHAREOPTIONS(2 3) -
    RECORDSIZE(300 300) CYLINDERS(1 5) ERASE CISZ(18432))
  REPRO INFILE(IN) OUTDATASET(IBMUSER.K)
  LISTCAT ENTRIES(IBMUSER.K) ALL"""
    info = run(system, commands, "//IN DD *\n" + "\n".join(f"{number:011d}" for number in range(50)) + "\n/*\n")
    listing = [line for line in system.output(info, "SYSPRINT") if not line.startswith(("1IDCAMS", "-", "0IDC"))]
    start = next(at for at, line in enumerate(listing) if line.startswith("0DATA"))

    assert listing[start + 5 : start + 33] == [
        "        ACCOUNT-INFO-----------------------------------(NULL)",
        "      PROTECTION-PSWD-----(NULL)     RACF----------------(NO)",
        "      ASSOCIATIONS",
        "        CLUSTER--IBMUSER.K",
        "      ATTRIBUTES",
        "        KEYLEN----------------11     AVGLRECL-------------300     BUFSPACE-----------37376     CISIZE-------------18432",
        "        RKP--------------------0     MAXLRECL-------------300     EXCPEXIT----------(NULL)     CI/CA-----------------45",
        "        SHROPTNS(2,3)   RECOVERY     UNIQUE             ERASE     INDEXED       NOWRITECHK     UNORDERED        NOREUSE",
        "        NONSPANNED",
        "      STATISTICS",
        "        REC-TOTAL-------------50     SPLITS-CI--------------0     EXCPS------------------0",
        "        REC-DELETED------------0     SPLITS-CA--------------0     EXTENTS----------------1",
        "        REC-INSERTED-----------0     FREESPACE-%CI----------0     SYSTEM-TIMESTAMP:",
        "        REC-UPDATED------------0     FREESPACE-%CA----------0          X'0000000000000000'",
        "        REC-RETRIEVED----------0     FREESPC-----------811008",
        "      ALLOCATION",
        "        SPACE-TYPE------CYLINDER     HI-A-RBA----------829440",
        "        SPACE-PRI--------------1     HI-U-RBA----------829440",
        "        SPACE-SEC--------------5",
        "      VOLUME",
        "        VOLSER------------USER01     PHYREC-SIZE--------18432     HI-A-RBA----------829440     EXTENT-NUMBER----------1",
        "        DEVTYPE------X'3010200F'     PHYRECS/TRK------------3     HI-U-RBA----------829440     EXTENT-TYPE--------X'00'",
        "        VOLFLAG------------PRIME     TRACKS/CA-------------15",
        "        EXTENTS:",
        "        LOW-CCHH-----X'00000000'     LOW-RBA----------------0     TRACKS----------------15",
        "        HIGH-CCHH----X'0000000E'     HIGH-RBA----------829439",
        "0INDEX --------- IBMUSER.K.INDEX",
        "      IN-CAT --- CATALOG.MVS1.MASTER",
    ]


def test_a_command_of_a_hundred_thousand_cards_is_read_in_one_go():
    cards = [to_host(text) for text in ("  DELETE ( -", *["  A.B -"] * 100_000, "  )")]
    (command,) = lines(cards)

    assert len(items(command.text[6:])[0].items) == 100_000


def test_do_begins_a_group_behind_then_and_else_only(system):
    info = run(system, "  DO\n" + "  DO " * 12 + "-\n" + "  DO " * 12 + "\n  SET MAXCC=0")

    assert said(system, info)[0] == "0IDC3219I VERB NAME 'DO' UNKNOWN"
    assert info.completion.text == "RC=0000"


@pytest.mark.parametrize(
    ("until", "code"),
    [("TO(0000001)", "RC=0012"), ("TO(9999366)", "RC=0000"), ("TO(99999)", "RC=0000"), ("FOR(9999999999)", "RC=0000")],
)
def test_dates_at_the_ends_of_the_calendar_are_read_or_refused(system, until, code):
    system.put("IBMUSER.A", "X")

    assert run(system, f"  ALTER IBMUSER.A {until}").completion.text == code


def test_a_listing_goes_to_the_dd_of_outfile(system):
    system.put("IBMUSER.A", "ONE", "TWO")
    commands = "  PRINT IDS(IBMUSER.A) OUTFILE(PAPER) CHAR\n  LISTCAT ENT(IBMUSER.A) OFILE(PAPER)"
    info = run(system, commands, "//PAPER DD SYSOUT=*\n")
    paper = system.output(info, "PAPER")

    assert info.completion.text == "RC=0000"
    assert [line[1:] for line in paper if "RECORD" in line] == [f"RECORD SEQUENCE NUMBER - {at}" for at in (1, 2)]
    assert "0NONVSAM ------- IBMUSER.A" in paper
    assert not any("ONE" in line or "NONVSAM" in line for line in system.output(info, "SYSPRINT"))
    assert "0IDC0005I NUMBER OF RECORDS PROCESSED WAS 2" in system.output(info, "SYSPRINT")


@pytest.mark.parametrize("command", ["PRINT IDS(IBMUSER.A) OUTFILE(NONE)", "LISTCAT OUTFILE(NONE)"])
def test_an_outfile_that_is_no_dd_cannot_be_opened(system, command):
    system.put("IBMUSER.A", "ONE")

    assert run(system, f"  {command}").completion.text == "RC=0012"


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("CREATION(0)", ["IBMUSER.A", "IBMUSER.B"]),
        ("CREATION(1)", []),
        ("EXPIRATION(9)", []),
        ("EXPIRATION(10)", ["IBMUSER.B"]),
    ],
)
def test_listcat_chooses_entries_by_their_age_and_their_end(system, choice, names):
    system.put("IBMUSER.A", "X")
    system.put("IBMUSER.B", "X")
    info = run(system, f"  ALTER IBMUSER.B FOR(10)\n  LISTCAT LEVEL(IBMUSER) {choice}")

    assert [line.split()[-1] for line in system.output(info, "SYSPRINT") if line.startswith("0NONVSAM")] == names


def test_lack_of_space_for_a_portable_data_set_is_its_abend(system):
    define = "  DEFINE CLUSTER (NAME(IBMUSER.K) KEYS(4 0) RECSZ(800 800) TRK(9))\n  REPRO INFILE(IN) ODS(IBMUSER.K)"
    cards = "\n".join(f"{number:04d}" for number in range(2000))
    assert run(system, define, f"//IN DD *\n{cards}\n/*\n").completion.text == "RC=0000"
    small = "//OUT DD DSN=IBMUSER.SMALL,DISP=(NEW,CATLG),SPACE=(TRK,1)\n"

    assert run(system, "  EXPORT IBMUSER.K OUTFILE(OUT) TEMPORARY", small).completion.text in {"ABEND=B37", "ABEND=D37"}


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("DEFINE CLUSTER (NAME(A.B) INDEXED NUMBERED TRACKS(1))", "IDC3226I INCONSISTENT PARAMETERS INVOLVING 'NUMBERED'"),
        ("DEFINE CLUSTER (NAME(A.B) TRACKS(1) CYL(1))", "IDC3226I INCONSISTENT PARAMETERS INVOLVING 'CYLINDERS'"),
        ("DEFINE GDG (NAME(A.B) LIMIT(1) SCR NSCR)", "IDC3226I INCONSISTENT PARAMETERS INVOLVING 'NOSCRATCH'"),
        ("DEFINE GDG (NAME(A.B))", "IDC3225I REQUIRED (SUB)PARAMETER OF 'LIMIT' IS MISSING"),
        ("DEFINE GDG (NAME(A.B) LIMIT(X))", "IDC3220I IMPROPER NUMERIC DIGIT FOUND IN 'X'"),
        ("REPRO IDS(A.B) INFILE(X) ODS(A.C)", "IDC3226I INCONSISTENT PARAMETERS INVOLVING 'INDATASET'"),
        ("PRINT IDS(A.B) CHAR HEX", "IDC3226I INCONSISTENT PARAMETERS INVOLVING 'HEX'"),
        ("PRINT IDS(A.B) COUNT(1) COUNT(2)", "IDC3213I KEYWORD 'COUNT' APPEARS TOO OFTEN"),
        ("DELETE A.B CLUSTER NVSAM", "IDC3226I INCONSISTENT PARAMETERS INVOLVING 'NONVSAM'"),
        ("LISTCAT ENT(A.B) LEVEL(A)", "IDC3226I INCONSISTENT PARAMETERS INVOLVING 'LEVEL'"),
        ("DEFINE PAGESPACE (NAME(A.B))", "IDC3211I KEYWORD 'PAGESPACE' IS IMPROPER"),
        ("DCOLLECT OFILE(X)", "IDC3219I VERB NAME 'DCOLLECT' UNKNOWN"),
    ],
)
def test_parameters_that_cannot_stand_together_are_refused(system, command, message):
    info = system.run(f"//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n  {command}\n/*\n")
    lines = system.output(info, "SYSPRINT")

    assert (info.completion.text, f"0{message}" in lines) == ("RC=0012", True), lines


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("ELSE DO", "IDC4227I AN 'ELSE' COMMAND APPEARS IMPROPERLY"),
        ("END", "IDC4228I AN 'END' COMMAND IS INVALID"),
        ("IF LASTCC ? 0 THEN SET MAXCC=0", "IDC4229I 'IF' COMMAND HAS INVALID RELATIONAL EXPRESSION"),
        ("IF LASTCC = 0 SET MAXCC=0", "IDC4232I IMPROPER OR MISSING 'THEN' KEYWORD"),
        ("SET MAXCC 4", "IDC4230I 'SET' COMMAND HAS INVALID ASSIGNMENT EXPRESSION"),
        ("IF LASTCC = 0 THEN DO", "IDC4236I INPUT STREAM END-OF-FILE FOUND BEFORE END OF COMMAND"),
    ],
)
def test_a_modal_command_that_is_wrong_ends_the_run_with_sixteen(system, command, message):
    system.put("IBMUSER.A", "X")
    after = "" if command.endswith("DO") else "  DELETE IBMUSER.A\n"
    info = system.run(f"//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//SYSIN DD *\n  {command}\n{after}/*\n")

    assert (info.completion.text, f"0{message}" in system.output(info, "SYSPRINT")) == ("RC=0016", True)
    assert system.mvs.exists("IBMUSER.A")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("DEFINE GDG (NAME(A.B) LIMIT(1)", "IDC0234I WARNING: TOO FEW RIGHT PARENTHESES FOUND AT END OF COMMAND"),
        ("DEFINE GDG (NAME(A.B) LIMIT(1)))", "IDC0233I TOO MANY RIGHT PARENTHESES"),
    ],
)
def test_parentheses_are_put_right_with_a_warning(system, command, message):
    info = run(system, "  " + command)

    assert (info.completion.text, system.mvs.exists("A.B")) == ("RC=0000", True)
    assert any(line.startswith(f"0{message}") for line in system.output(info, "SYSPRINT"))


def test_idcams_without_sysin_ends_with_sixteen(system):
    info = system.run("//J JOB 1,X\n//S EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n")

    assert info.completion.text == "RC=0016"
    assert "0IDC3300I ERROR OPENING SYSIN" in system.output(info, "SYSPRINT")
