"""DFSORT and ICETOOL: parsed fields, dates, bit tests, lengths that grow, joins with own statements, the less usual operators."""

from __future__ import annotations

import pytest

from jes.hosttext import to_host
from mvsfs.info import Allocation, Target

STEP = "//J JOB 1,X\n//S EXEC PGM=SORT\n//SYSOUT DD SYSOUT=*\n//SORTOUT DD SYSOUT=*\n"
TOOL = "//J JOB 1,X\n//S EXEC PGM=ICETOOL\n//TOOLMSG DD SYSOUT=*\n//DFSMSG DD SYSOUT=*\n//OUT DD SYSOUT=*\n"


def sorted_(system, data: str, control: str, dds: str = "", ddname: str = "SORTOUT") -> list[str]:
    info = system.run(STEP + dds + f"//SORTIN DD *\n{data}\n/*\n//SYSIN DD *\n{control}\n/*\n")
    assert info.completion.text == "RC=0000", system.output(info, "SYSOUT")
    return system.output(info, ddname)


def tool(system, data: str, operators: str, dds: str = ""):
    return system.run(TOOL + dds + f"//IN DD *\n{data}\n/*\n//TOOLIN DD *\n{operators}\n/*\n")


def test_parse_takes_fields_between_delimiters(system):
    control = (
        " OPTION COPY\n INREC PARSE=(%00=(ENDBEFR=C',',FIXLEN=8),\n   %01=(ENDBEFR=C',',FIXLEN=6,PAIR=QUOTE),\n"
        "   %=(ENDBEFR=C','),%02=(FIXLEN=2)),\n   BUILD=(%02,X,%00,X,%01,TRAN=UTOL)"
    )

    assert sorted_(system, 'SMITH,JO,42,NY\nDOE,"A,B",7,CA\nNOBODY', control) == [
        "NY SMITH    jo",
        'CA DOE      "a,b"',
        "   NOBODY",
    ]


def test_parsed_numbers_are_edited(system):
    control = (
        " OPTION COPY\n OUTREC PARSE=(%1=(STARTAFT=C'=',ENDBEFR=BLANKS,FIXLEN=5)),\n"
        "   BUILD=(%1,UFF,EDIT=(TTTT),X,%1,UFF,ADD,+1,TO=ZD,LENGTH=3)"
    )

    assert sorted_(system, "A=12 X\nBB=7 Y", control) == ["0012 013", "0007 008"]


@pytest.mark.parametrize(
    ("items", "result"),
    [
        ("1,8,Y4T,TOJUL=Y4T", "2024366"),
        ("1,8,Y4T,TOGREG=Y4T(-)", "2024-12-31"),
        ("1,8,Y4T,TOGREG=Y4W(/)", "12/31/2024"),
        ("1,8,Y4T,ADDDAYS,+1,TOGREG=Y4T", "20250101"),
        ("1,8,Y4T,ADDMONS,+2,TOGREG=Y4T", "20250228"),
        ("1,8,Y4T,SUBYEARS,+1,TOGREG=Y4T", "20231231"),
        ("1,8,Y4T,LASTDAYQ,TOGREG=Y4T", "20241231"),
        ("1,8,Y4T,NEXTDFRI,TOGREG=Y4T", "20250103"),
        ("1,8,Y4T,WEEKDAY=CHAR3", "TUE"),
        ("1,8,Y4T,DATEDIFF,9,8,Y4T", "+0000001"),
        ("3,6,Y2T", "20241231"),
        ("3,6,Y2T(/)", "2024/12/31"),
    ],
)
def test_dates_are_converted_and_counted(system, items, result):
    assert sorted_(system, "2024123120241230", f" OPTION COPY\n OUTREC BUILD=({items})") == [result]


def test_two_digit_years_sort_within_their_hundred_years(system):
    data = "470101\n260101\n990101"

    assert sorted_(system, data, " SORT FIELDS=(1,6,Y2T,A)") == ["470101", "990101", "260101"]
    assert sorted_(system, data, " OPTION COPY\n INCLUDE COND=(1,6,Y2T,GT,Y'200101')") == ["260101"]


@pytest.mark.parametrize(
    ("test", "result"),
    [
        ("BI,ALL,X'C1'", "AC"),
        ("BI,NONE,X'02'", "A"),
        ("BI,SOME,X'03'", "AB"),
        ("BI,EQ,B'1100001.'", "BC"),
        ("BI,NE,B'11000010'", "AC"),
        ("BI,NOTALL,B'00000011'", "AB"),
    ],
)
def test_bits_are_tested(system, test, result):
    assert sorted_(system, "A\nB\nC", f" OPTION COPY\n INCLUDE COND=(1,1,{test})") == list(result)


@pytest.mark.parametrize(
    ("fields", "result"),
    [("4.5,0.3,BI,D", "CBA"), ("4.6,0.2,BI,A", "ABC"), ("4.7,0.1,BI,D,4,1,CH,D", "CAB"), ("3.4,1.4,BI,A", "ABC")],
)
def test_fields_of_single_bits_are_sorted(system, fields, result):
    """p.b,m.n: byte and bit where it begins, bytes and bits that it has; A is X'C1'."""
    found = sorted_(system, "ABCA\nABCC\nABCB", f" SORT FIELDS=({fields})")

    assert "".join(line[3] for line in found) == result


@pytest.mark.parametrize("option", ["EFS=MYEFS", "LOCALE=FR_CA"])
def test_programs_and_tables_that_are_not_here_are_refused(system, option):
    info = system.run(STEP + f"//SORTIN DD *\nA\n/*\n//SYSIN DD *\n OPTION COPY,{option}\n/*\n")

    assert info.completion.text == "RC=0016"
    assert " ICE095A 0 INVALID OPTION STATEMENT OPERAND" in system.output(info, "SYSOUT")


@pytest.mark.parametrize(
    ("items", "result"),
    [
        ("(1,2,ZD,ADD,4,2,ZD),MUL,+2,EDIT=(IIT)", " 26"),
        ("((1,2,ZD,ADD,4,2,ZD),DIV,+2),MUL,+10,TO=ZD,LENGTH=4", "0060"),
        ("1,2,ZD,MUL,4,2,ZD,TO=ZD,LENGTH=3,X,C'END'", "030 END"),
        ("+7,TO=ZD,LENGTH=3", "007"),
        ("1,1,TRAN=BIT", "11110001"),
        ("DATE5", "2026-03-25-11.00.00.000000"),
        ("YDDDNS=(4D)", "2026084"),
        ("TIME=(12:)", "11:00:00 am"),
    ],
)
def test_numbers_bits_and_moments_are_built(system, items, result):
    assert sorted_(system, "10 03", f" OPTION COPY\n OUTREC BUILD=({items})") == [result]


@pytest.mark.parametrize(("item", "result"), [("DATE1P", "020260325C"), ("DATE2P", "0202603C"), ("TIME3P", "011C")])
def test_moments_with_p_are_packed(system, item, result):
    control = f" OPTION COPY\n INREC OVERLAY=(1:{item})\n OUTREC BUILD=(1,{len(result) // 2},HEX)"

    assert sorted_(system, " ", control) == [result]


def test_bits_are_written_and_read_back(system):
    control = " OPTION COPY\n INREC BUILD=(1,2,TRAN=BIT)\n OUTREC BUILD=(1,16,TRAN=UNBIT)"

    assert sorted_(system, "AZ", control) == ["AZ"]


@pytest.mark.parametrize(
    ("parm", "control", "result"),
    [
        ('JP1"B"', " OPTION COPY\n INCLUDE COND=(1,1,CH,EQ,JP1)", ["B"]),
        ('JP1"X,Y",COPY,JP9"O\'\'K"', " OUTREC BUILD=(JP1,1,1,JP9)", ["X,YAO'K", "X,YBO'K"]),
    ],
)
def test_strings_of_parm_are_symbols(system, parm, control, result):
    jcl = STEP.replace("PGM=SORT", f"PGM=SORT,PARM='{parm}'")
    info = system.run(jcl + f"//SORTIN DD *\nA\nB\n/*\n//SYSIN DD *\n{control}\n/*\n")

    assert info.completion.text == "RC=0000", system.output(info, "SYSOUT")
    assert system.output(info, "SORTOUT") == result


def test_records_of_a_list_are_pulled_from_a_file(system):
    """The idiom of the field: two COPY operators collect in a DISP=MOD data set that is new, SPLICE pairs what they brought."""
    operators = " COPY FROM(IN) TO(T1)\n COPY FROM(FILE) TO(T1)\n SPLICE FROM(T1) TO(OUT) ON(1,2,CH) WITH(1,8) WITHALL"
    dds = "//FILE DD *\n01 a\n02 b\n03 c\n03 d\n/*\n//T1 DD DSN=&&T1,DISP=(MOD,PASS),SPACE=(TRK,1)\n"
    info = tool(system, "01\n03", operators, dds)

    assert system.output(info, "OUT") == ["01 a", "03 c", "03 d"]


def test_the_edited_fields_of_the_manual_come_out_as_printed(system):
    """[DFSORT Getting Started, "Editing numeric fields"]: packed fields by M4, a pattern with signs, a date."""
    control = (
        " OPTION COPY\n INREC OVERLAY=(50:6,10,ZD,TO=PD,LENGTH=6,60:17,13,ZD,TO=PD,LENGTH=7,\n  70:31,8,ZD,TO=PD,LENGTH=5)\n"
        " OUTREC BUILD=(1,5,50,6,PD,M4,5X,60,7,PD,\n  EDIT=(SI,III,III,IIT.TTT),SIGNS=(,-),5X,70,5,PD,EDIT=(TT-TT-TTTT))"
    )
    data = "WEST 1524900810 0000020000000 05122003\nEAST 006578105L 0721500532006 11292003"

    assert sorted_(system, data, control) == [
        "WEST  +15,249,008.10             20,000.000     05-12-2003",
        "EAST     -657,810.53        721,500,532.006     11-29-2003",
    ]


def test_a_year_alone_may_be_00_or_99(system):
    assert sorted_(system, "99\n01\n50\n00", " OPTION Y2PAST=1980\n SORT FIELDS=(1,2,Y2C,A)") == ["99", "00", "01", "50"]


def test_alternate_collation_holds_for_aq_fields(system):
    assert sorted_(system, "B\nA\nC", " ALTSEQ CODE=(C1FF)\n SORT FIELDS=(1,1,AQ,A)") == ["B", "C", "A"]


@pytest.mark.parametrize(
    "control",
    [
        " OUTREC OVERLAY=(85:C'X')",
        " INREC IFTHEN=(WHEN=(1,1,CH,EQ,C'A'),OVERLAY=(85:C'X'))",
        " OUTFIL OVERLAY=(85:C'X')",
        " INREC IFTHEN=(WHEN=GROUP,BEGIN=(1,1,CH,EQ,C'A'),PUSH=(85:1,1))",
    ],
)
def test_what_is_laid_beyond_the_end_makes_records_longer(system, control):
    shown = sorted_(system, "A", " OPTION COPY\n" + control)

    assert [len(line) for line in shown] == [85]


def test_save_takes_what_no_other_outfil_took(system):
    dds = "//A DD SYSOUT=*\n//B DD SYSOUT=*\n"
    control = " OPTION COPY\n OUTFIL FNAMES=A,STARTREC=2,ENDREC=2\n OUTFIL FNAMES=B,SAVE"

    assert sorted_(system, "1\n2\n3", control, dds, "B") == ["1", "3"]


@pytest.mark.parametrize("two", ["IFTHEN=(WHEN=NONE,OVERLAY=(1:C'X')),OUTREC=(1,30)", "BUILD=(1,3),OVERLAY=(1:C'X')"])
def test_operands_of_outfil_that_exclude_each_other_are_refused(system, two):
    info = system.run(STEP + f"//SORTIN DD *\nA\n/*\n//SYSIN DD *\n OPTION COPY\n OUTFIL {two}\n/*\n")

    assert info.completion.text == "RC=0016"
    assert any("ICE107A" in line for line in system.output(info, "SYSOUT"))


def test_samples_are_taken(system):
    data = "\n".join("0123456789")

    assert sorted_(system, data, " OPTION COPY\n OUTFIL SAMPLE=(4,2)") == list("014589")


def test_findrep_replaces_from_left_to_right_once(system):
    control = " OPTION COPY\n INREC FINDREP=(INOUT=(C'A',C'B',C'B',C'A'))"

    assert sorted_(system, "ABBA", control) == ["BAAB"]


def test_smf_dates_and_times_are_edited(system):
    data = "X'0126084F' is 2026.084"
    control = (
        " OPTION COPY\n INREC BUILD=(X'0126084F',X'0036EE80')\n"
        " OUTREC BUILD=(1,4,DT1,EDIT=(TTTT-TT-TT),X,5,4,TM1,EDIT=(TT:TT:TT))"
    )

    assert sorted_(system, data, control) == ["2026-03-25 10:00:00"]


def join(system, control: str, dds: str = "") -> list[str]:
    files = "//SORTJNF1 DD *\nB TWO\nA ONE\n/*\n//SORTJNF2 DD *\nB ZWEI\nC DREI\n/*\n"
    keys = " JOINKEYS F1=SORTJNF1,FIELDS=(1,1,A)\n JOINKEYS F2=SORTJNF2,FIELDS=(1,1,A)\n"
    return sorted_(system, "", keys + control, files + dds)


def test_each_side_of_a_join_has_its_own_statements(system):
    own = "//JNF2CNTL DD *\n INCLUDE COND=(1,1,CH,EQ,C'C')\n INREC BUILD=(1,1,3,2)\n/*\n"

    assert join(system, " JOIN UNPAIRED\n REFORMAT FIELDS=(F1:1,5,F2:1,3,?)\n OPTION COPY", own) == [
        "A ONE   1",
        "B TWO   1",
        "     CDR2",
    ]


def test_missing_sides_are_filled_as_reformat_says(system):
    shown = join(system, " JOIN UNPAIRED,F1\n REFORMAT FIELDS=(F1:1,1,F2:3,4),FILL=C'*'\n SORT FIELDS=(1,1,CH,D)")

    assert shown == ["BZWEI", "A****"]


def test_statements_behind_a_join_see_the_joined_record(system):
    control = " REFORMAT FIELDS=(F1:1,5,F2:3,4)\n OPTION COPY\n OUTREC OVERLAY=(12:6,4)"

    assert join(system, control) == ["B TWOZWEI  ZWEI"]


def test_splice_gives_fields_of_later_records_to_the_first(system):
    info = tool(system, "A1..\nB1..\nA.2.\nA..3", " SPLICE FROM(IN) TO(OUT) ON(1,1,CH) WITHEACH -\n  WITH(3,1) WITH(4,1)")

    assert system.output(info, "OUT") == ["A123"]
    assert " ICE638I 0 NUMBER OF RECORDS RESULTING FROM CRITERIA:  000000000000001" in system.output(info, "TOOLMSG")


@pytest.mark.parametrize(
    ("operator", "result"),
    [
        ("WITH(3,1) KEEPNODUPS", ["A1x", "B1"]),
        ("WITHALL WITH(3,1)", ["A1y", "A1x"]),
        ("WITH(3,1) KEEPBASE", ["A1", "A1x"]),
    ],
)
def test_splice_keeps_what_it_is_told(system, operator, result):
    info = tool(system, "A1\nA.y\nB1\nA.x", f" SPLICE FROM(IN) TO(OUT) ON(1,1,CH) {operator}")

    assert system.output(info, "OUT") == result


def test_operators_write_through_the_outfil_of_their_statements(system):
    dds = "//CTL1CNTL DD *\n  OUTFIL FNAMES=OUT,BUILD=(1,1,C'-',2,1)\n/*\n"
    info = tool(system, "B2\nA1\nA1", " SELECT FROM(IN) TO(OUT) ON(1,2,CH) FIRST USING(CTL1)", dds)

    assert system.output(info, "OUT") == ["A-1", "B-2"]


def test_resize_makes_records_longer_and_shorter(system):
    system.put("IBMUSER.S", "AB", "CD", "EF", lrecl=2)
    longer = TOOL + "//IN DD DSN=IBMUSER.S,DISP=SHR\n//TOOLIN DD *\n RESIZE FROM(IN) TO(OUT) TOLEN(4)\n/*\n"
    shorter = longer.replace("TOLEN(4)", "TOLEN(1)")

    assert system.output(system.run(longer), "OUT") == ["ABCD", "EF"]
    assert system.output(system.run(shorter), "OUT") == list("ABCDEF")


def test_datasort_leaves_headers_and_trailers_where_they_are(system):
    dds = "//CTL1CNTL DD *\n  SORT FIELDS=(1,1,CH,A)\n/*\n"
    info = tool(system, "H\nC\nA\nB\nT", " DATASORT FROM(IN) TO(OUT) HEADER TRAILER USING(CTL1)", dds)

    assert system.output(info, "OUT") == list("HABCT")


@pytest.mark.parametrize(("data", "code"), [("001\n002", "RC=0000"), ("001\nA?2", "RC=0012")])
def test_verify_finds_what_is_no_number(system, data, code):
    assert tool(system, data, " VERIFY FROM(IN) ON(1,3,ZD)").completion.text == code


def test_display_has_titles_headings_columns_and_totals(system):
    operator = (
        " DISPLAY FROM(IN) LIST(OUT) TITLE('PAY') DATE PAGE BLANK -\n  ON(1,5,CH) HEADER('NAME') ON(6,3,ZD) HEADER('PAY') -\n"
        "  TOTAL('SUM')"
    )

    assert system.output(tool(system, "SMITH010\nADAMS005", operator), "OUT") == [
        "1PAY     03/25/26     - 1 -",
        "",
        " NAME     PAY",
        " -----   ----",
        " SMITH     10",
        " ADAMS      5",
        "",
        " SUM       15",
    ]


def test_lengths_of_variable_records_are_a_field_of_operators(system):
    system.put("IBMUSER.V", "AB", "ABCDEF", "AC", recfm="VB", lrecl=84)
    dds = "//V DD DSN=IBMUSER.V,DISP=SHR\n//LIST DD SYSOUT=*\n"
    info = tool(system, "A", " STATS FROM(V) ON(VLEN)\n OCCUR FROM(V) LIST(LIST) ON(VLEN,N02) ON(VALCNT,N03)", dds)

    assert " ICE608I 0 MINIMUM: +000000000000006, MAXIMUM: +000000000000010" in system.output(info, "TOOLMSG")
    assert [line.split() for line in system.output(info, "LIST")][2:] == [["+06", "2"], ["+10", "1"]]


@pytest.mark.parametrize(
    ("operands", "lines"),
    [
        ("ON(1,5,ZD,E'99-9/T9')", ["1(1,5,ZD)", "", "  23-4/T5"]),
        ("HEADER('A','TWO') ON(1,2,CH) HEADER(NONE) ON(5,1,CH)", ["1A", " TWO", "", " 12    5"]),
        ("NOCC TITLE('T') HEADER('A') ON(1,2,CH)", ["T", "", "A", "", "12"]),
        ("NOHEADER ON(1,5,ZD,N06)", [" +012345"]),
        ("TITLE('T') DATE(4MD-) TIME(12:) NOHEADER ON(1,1,CH)", ["1T     2026-03-25     11:00:00 am", "", " 1"]),
    ],
)
def test_display_shows_patterns_headings_and_moments(system, operands, lines):
    info = tool(system, "12345", f" DISPLAY FROM(IN) LIST(LIST) -\n  {operands}", "//LIST DD SYSOUT=*\n")

    assert info.completion.text == "RC=0000", system.output(info, "TOOLMSG")
    assert system.output(info, "LIST") == lines


@pytest.mark.parametrize("word", ["KEEPNO", "STATLEFT", "FROM2(IN)"])
def test_an_operand_that_no_operator_has_is_refused(system, word):
    info = tool(system, "A", f" COPY FROM(IN) TO(OUT) {word}")

    assert info.completion.text == "RC=0012"
    assert " ICE604A 0 ERROR IN KEYWORD, PARAMETER, OR DELIMITER" in system.output(info, "TOOLMSG")


def test_operators_behind_an_error_are_only_scanned(system):
    info = tool(system, "A", " COPY FROM(NONE) TO(OUT)\n COUNT FROM(IN)\n NOSUCH FROM(IN)")
    lines = [line for line in system.output(info, "TOOLMSG") if line[1:4] == "ICE"][4:]

    assert lines == [
        " ICE627I 0 DFSORT CALL 0001 FOR COPY FROM NONE     TO OUT TERMINATED",
        " ICE602I 0 OPERATION RETURN CODE:  16",
        " ICE602I 0 OPERATION RETURN CODE:  00",
        " ICE614A 0 INVALID OPERATOR",
        " ICE602I 0 OPERATION RETURN CODE:  12",
        " ICE601I 0 DFSORT ICETOOL UTILITY RUN ENDED - RETURN CODE:  16",
    ]


def test_occur_counts_values(system):
    shown = system.output(tool(system, "B\nA\nB", " OCCUR FROM(IN) LIST(OUT) ON(1,1,CH) ON(VALCNT) HIGHER(1)"), "OUT")

    assert [line.split() for line in shown][-1] == ["B", "2"]


def test_statistics_are_those_of_the_field(system):
    said = system.output(tool(system, "010\n020\n003", " STATS FROM(IN) ON(1,3,ZD)"), "TOOLMSG")

    assert " ICE608I 0 MINIMUM: +000000000000003, MAXIMUM: +000000000000020" in said
    assert " ICE609I 0 AVERAGE: +000000000000011, TOTAL  : +000000000000033" in said


def test_a_statement_that_cannot_be_read_is_shown_with_the_error(system):
    info = system.run(STEP + "//SORTIN DD DUMMY\n//SYSIN DD *\n SORT FIELDS=(((1\n/*\n")

    assert [line.strip() for line in system.output(info, "SYSOUT")][-3:] == [
        "0            SORT FIELDS=(((1",
        "ICE007A 0 SYNTAX ERROR",
        "ICE052I 3 END OF DFSORT",
    ]


def _only_wanted(record):
    if record is None:
        return [b"\xd3\xc1\xe2\xe3".ljust(80, b"\x40")]
    if record.startswith(b"\xc4"):
        return []
    return [record, record] if record.startswith(b"\xe3") else [record]


def test_exits_delete_and_insert_records(opened):
    from jes.sortexit import SortExit

    mirror = SortExit(lambda record: [record[::-1]] if record else [])
    system = opened(programs={"MYE15": SortExit(_only_wanted), "MYE35": mirror})
    control = " SORT FIELDS=(1,1,CH,A)\n MODS E15=(MYE15,4096),E35=(MYE35,4096,,N)"
    info = system.run(STEP + f"//SORTIN DD *\nTWICE\nDROP\nA\n/*\n//SYSIN DD *\n{control}\n/*\n")

    assert [line.strip() for line in system.output(info, "SORTOUT")] == ["A", "TSAL", "ECIWT", "ECIWT"]
    assert " ICE055I 0 INSERT 2, DELETE 1" in system.output(info, "SYSOUT")


@pytest.mark.parametrize(("mods", "ending"), [("E15=(NONE,100)", "ABEND=806"), ("E18=(X,1)", "RC=0016"), ("E15=()", "RC=0016")])
def test_an_exit_that_is_not_there_is_a_missing_module(system, mods, ending):
    info = system.run(STEP + f"//SORTIN DD *\nA\n/*\n//SYSIN DD *\n OPTION COPY\n MODS {mods}\n/*\n")

    assert info.completion.text == ending


CLUSTER = (
    "//J JOB 1,X\n//D EXEC PGM=IDCAMS\n//SYSPRINT DD DUMMY\n//IN DD *\nA001 ZOE\nA002 ADA\nA003 MAX\n/*\n//SYSIN DD *\n"
    "  DEFINE CLUSTER (NAME(IBMUSER.KS) KEYS(4 0) RECSZ(80 80) TRK(1 1))\n  REPRO INFILE(IN) ODS(IBMUSER.KS)\n/*\n"
)


@pytest.mark.parametrize(
    ("output", "control"),
    [
        ("SYSOUT=*,RECFM=FB,LRECL=80", "  SORT FIELDS=(6,3,CH,A)"),
        ("SYSOUT=*", "  SORT FIELDS=(6,3,CH,A)\n  RECORD TYPE=F"),
        ("SYSOUT=*,RECFM=VB,LRECL=84", "  SORT FIELDS=(10,3,CH,A)"),
        ("SYSOUT=*", "  SORT FIELDS=(10,3,CH,A)\n  RECORD TYPE=V"),
    ],
)
def test_a_cluster_is_sorted_as_fixed_or_variable_records(system, output, control):
    step = f"//S EXEC PGM=SORT\n//SYSOUT DD SYSOUT=*\n//SORTIN DD DSN=IBMUSER.KS,DISP=SHR\n//SORTOUT DD {output}\n"
    info = system.run(CLUSTER + step + f"//SYSIN DD *\n{control}\n/*\n")

    assert ["A002 ADA", "A003 MAX", "A001 ZOE"] == [line.strip() for line in system.output(info, "SORTOUT")]


def test_icetool_counts_and_joins_clusters(system):
    step = (
        "//T EXEC PGM=ICETOOL\n//TOOLMSG DD SYSOUT=*\n//DFSMSG DD SYSOUT=*\n//KS DD DSN=IBMUSER.KS,DISP=SHR\n//TOOLIN DD *\n"
        "  COUNT FROM(KS)\n/*\n//S EXEC PGM=SORT\n//SYSOUT DD SYSOUT=*\n//F1 DD DSN=IBMUSER.KS,DISP=SHR\n//F2 DD *\nA003\n/*\n"
        "//SORTOUT DD SYSOUT=*\n//SYSIN DD *\n  JOINKEYS F1=F1,FIELDS=(1,4,A)\n  JOINKEYS F2=F2,FIELDS=(1,4,A)\n"
        "  REFORMAT FIELDS=(F1:1,8)\n  OPTION COPY\n/*\n"
    )
    info = system.run(CLUSTER + step)

    assert any("RECORD COUNT:  000000000000003" in line for line in system.output(info, "TOOLMSG"))
    assert ["A003 MAX"] == system.output(info, "SORTOUT")


@pytest.mark.parametrize(
    "control",
    [
        " OPTION COPY\n OUTREC BUILD=(1,999999999)",
        " OPTION COPY\n OUTREC BUILD=(1,4,SEQNUM,999999999,ZD)",
        " OPTION COPY\n OUTREC BUILD=(1,4,ZD,TO=ZD,LENGTH=999999999)",
        " OPTION COPY\n OUTREC BUILD=(1,4,CHANGE=(999999999,C'A',C'B'),NOMATCH=(C'X'))",
        " OPTION COPY\n OUTREC BUILD=(1,4,JFY=(SHIFT=LEFT,LENGTH=999999999))",
        " OPTION COPY\n INREC PARSE=(%1=(ENDBEFR=C',',FIXLEN=999999999)),BUILD=(%1)",
        " OPTION COPY\n INREC PARSE=(%1=(ENDBEFR=C',',FIXLEN=1,REPEAT=999999999)),BUILD=(%1)",
        " OPTION COPY\n OUTFIL HEADER1=(999999999/,C'X')",
        " OPTION COPY\n OUTFIL TRAILER1=(1,999999999)",
        " SORT FIELDS=(1,5000,ZD,A)",
        " OPTION COPY\n OUTREC BUILD=(1,5000,PD,TO=FI)",
    ],
)
def test_lengths_that_no_record_has_are_refused(system, control):
    info = system.run(STEP + f"//SORTIN DD *\nABCD\n/*\n//SYSIN DD *\n{control}\n/*\n")

    assert info.completion.text == "RC=0016"


@pytest.mark.parametrize(
    ("operator", "kept"),
    [
        ("RRN(2,999999999)", ["B", "C"]),
        ("RRN(1) RRN(3,*)", ["A", "C"]),
        ("FIRST(999999999)", ["A", "B", "C"]),
        ("REMOVE LAST(2)", ["A"]),
    ],
)
def test_subset_takes_numbers_beyond_the_last_record(system, operator, kept):
    info = tool(system, "A\nB\nC", f" SUBSET FROM(IN) TO(OUT) KEEP {operator}".replace("KEEP REMOVE", "REMOVE"))

    assert system.output(info, "OUT") == kept


def test_records_of_one_byte_are_told_apart_by_their_place(system):
    system.put("IBMUSER.ONE", "A", "A", "B", lrecl=1)
    dds = "//ONE DD DSN=IBMUSER.ONE,DISP=SHR\n//REST DD SYSOUT=*\n"
    info = tool(system, "X", " SELECT FROM(ONE) TO(OUT) ON(1,1,CH) FIRST DISCARD(REST)", dds)

    assert (system.output(info, "OUT"), system.output(info, "REST")) == (["A", "B"], ["A"])


def test_averages_are_exact_where_totals_have_more_digits_than_a_float(system):
    data = "\n".join(["9007199254740993"] * 2)
    info = tool(system, data, " STATS FROM(IN) ON(1,16,ZD)")

    assert "AVERAGE: +9007199254740993" in "".join(system.output(info, "TOOLMSG"))


def test_case_changes_letters_only_and_no_length(system):
    with system.mvs.open_output(Target("IBMUSER.BYTES"), system.who, allocation=Allocation(recfm="FB", lrecl=256)) as writer:
        writer.write_records([bytes(range(256))])
    dds = "//SORTIN DD DSN=IBMUSER.BYTES,DISP=SHR\n//SORTOUT DD DSN=IBMUSER.OUT,DISP=(NEW,CATLG),SPACE=(TRK,1)\n"
    step = STEP.replace("//SORTOUT DD SYSOUT=*\n", "") + dds
    info = system.run(step + "//SYSIN DD *\n OPTION COPY\n OUTREC BUILD=(1,256,TRAN=LTOU)\n/*\n")
    [record] = system.mvs.records(Target("IBMUSER.OUT"), system.who)

    assert info.completion.text == "RC=0000"
    changed = [one for one, two in zip(range(256), record, strict=True) if one != two]
    assert changed == sorted(to_host("abcdefghijklmnopqrstuvwxyz"))


@pytest.mark.parametrize("field", ["1,1,Y2D", "1,2,Y2P", "1,7,Y4T", "1,8,Y4T"])
def test_dates_that_are_none_sort_somewhere(system, field):
    with system.mvs.open_output(Target("IBMUSER.BYTES"), system.who, allocation=Allocation(recfm="FB", lrecl=8)) as writer:
        writer.write_records([bytes.fromhex("afbcafbcafbcafbc"), to_host("9999998 "), to_host("99991231")])
    dds = "//SORTIN DD DSN=IBMUSER.BYTES,DISP=SHR\n"
    control = f" SORT FIELDS=({field},A)\n OUTREC BUILD=({field},TOGREG=Y4T)"
    info = system.run(STEP + dds + f"//SYSIN DD *\n{control}\n/*\n")

    assert info.completion.text in {"RC=0000", "RC=0016"}


def test_stopaft_of_a_subtask_ends_what_is_joined(system):
    dds = "//SORTJNF1 DD *\nA1\nB1\nC1\n/*\n//SORTJNF2 DD *\nA2\nB2\nC2\n/*\n//JNF1CNTL DD *\n OPTION STOPAFT=2\n/*\n"
    keys = " JOINKEYS FILES=F1,FIELDS=(1,1,A)\n JOINKEYS FILES=F2,FIELDS=(1,1,A)\n"
    info = system.run(STEP + dds + f"//SYSIN DD *\n{keys} REFORMAT FIELDS=(F1:1,2,F2:1,2)\n OPTION COPY\n/*\n")

    assert system.output(info, "SORTOUT") == ["A1A2", "B1B2"]


def test_keys_of_a_join_that_differ_are_refused(system):
    dds = "//SORTJNF1 DD *\nA1\n/*\n//SORTJNF2 DD *\nA2\n/*\n"
    keys = " JOINKEYS FILES=F1,FIELDS=(1,1,A)\n JOINKEYS FILES=F2,FIELDS=(1,2,A)\n"

    assert system.ended(STEP + dds + f"//SYSIN DD *\n{keys} REFORMAT FIELDS=(F1:1,2)\n OPTION COPY\n/*\n") == "RC=0016"


def test_symbols_that_cannot_be_read_are_an_error_of_the_operator(system):
    info = tool(system, "A", " COUNT FROM(IN)", "//SYMNAMES DD *\nNAME\n/*\n")

    assert info.completion.text == "RC=0012"


def test_the_count_of_occur_stands_where_on_valcnt_does(system):
    info = tool(system, "A1\nB2\nA1", " OCCUR FROM(IN) LIST(OUT) NOHEADER BLANK -\n  ON(VALCNT) ON(1,1,CH) ON(2,1,CH)")

    assert [line.split() for line in system.output(info, "OUT") if line.strip()] == [["2", "A", "1"], ["1", "B", "2"]]
