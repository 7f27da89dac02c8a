"""DFSORT: order, selection, reformatting, reports, joins."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jes.hosttext import to_host, to_text
from jes.utilities.dfsort import edit, formats, order, reformat, toolin
from jes.utilities.dfsort.control import SortSyntax, statements
from jes.utilities.dfsort.plan import plan
from jes.utilities.dfsort.select import predicate
from jes.utilities.dfsort.sorter import ordered
from jes.utilities.dfsort.totals import summed

NOW = datetime(2026, 3, 25, 11, 0, tzinfo=UTC)
STEP = "//J JOB 1,X\n//S EXEC PGM=SORT\n//SYSOUT DD SYSOUT=*\n//SORTOUT DD SYSOUT=*\n"
INPUT = "//SORTIN DD *\nSMITH 010 NY\nADAMS 025 CA\nBAKER 030 NY\nADAMS 005 CA\n/*\n"


def sort(system, control: str, dds: str = INPUT):
    return system.run(STEP + dds + "//SYSIN DD *\n" + control + "\n/*\n")


def record(text: str) -> bytes:
    return to_host(text)


@pytest.mark.parametrize(
    ("control", "result"),
    [
        (" SORT FIELDS=(1,5,CH,A)", ["ADAMS 025 CA", "ADAMS 005 CA", "BAKER 030 NY", "SMITH 010 NY"]),
        (" SORT FIELDS=(1,5,A,7,3,D),FORMAT=CH", ["ADAMS 025 CA", "ADAMS 005 CA", "BAKER 030 NY", "SMITH 010 NY"]),
        (" SORT FIELDS=(11,2,CH,D,7,3,ZD,A)", ["SMITH 010 NY", "BAKER 030 NY", "ADAMS 005 CA", "ADAMS 025 CA"]),
        (" SORT FIELDS=COPY,SKIPREC=1,STOPAFT=2", ["ADAMS 025 CA", "BAKER 030 NY"]),
        (" SORT FIELDS=(1,5,CH,A)\n SUM FIELDS=(7,3,ZD)", ["ADAMS 030 CA", "BAKER 030 NY", "SMITH 010 NY"]),
        (" SORT FIELDS=(1,5,CH,A)\n SUM FIELDS=NONE", ["ADAMS 025 CA", "BAKER 030 NY", "SMITH 010 NY"]),
        (" OPTION COPY\n INCLUDE COND=(11,2,CH,EQ,C'NY')", ["SMITH 010 NY", "BAKER 030 NY"]),
        (" OPTION COPY\n OMIT COND=(7,3,ZD,GT,9,AND,11,2,CH,EQ,C'NY')", ["ADAMS 025 CA", "ADAMS 005 CA"]),
        (" OPTION COPY\n OUTREC BUILD=(11,2,X,1,5,10:C'*')", ["NY SMITH *", "CA ADAMS *", "NY BAKER *", "CA ADAMS *"]),
        (" OPTION COPY\n INREC OVERLAY=(1:C'ZZ')\n INCLUDE COND=(7,3,ZD,EQ,5)", ["ZZAMS 005 CA"]),
    ],
)
def test_control_statements_do_what_they_say(system, control, result):
    info = sort(system, control)

    assert info.completion.text == "RC=0000"
    assert result == system.output(info, "SORTOUT")


def test_the_messages_count_the_records(system):
    said = system.output(sort(system, " SORT FIELDS=(1,5,CH,A)\n OMIT COND=(1,5,CH,EQ,C'SMITH')"), "SYSOUT")

    assert said[0] == "1ICE143I 0 BLOCKSET     SORT  TECHNIQUE SELECTED"
    assert "0            SORT FIELDS=(1,5,CH,A)" in said
    assert " ICE055I 0 INSERT 0, DELETE 1" in said
    assert " ICE054I 0 RECORDS - IN: 4, OUT: 3" in said
    assert said[-1] == " ICE052I 0 END OF DFSORT"


@pytest.mark.parametrize(
    "control",
    [
        " SORT",
        " SORT FIELDS=(1,5,QQ,A)",
        " FROB X",
        " OPTION COPY\n INCLUDE COND=(1,5)",
        "",
        " SORT FIELDS=(0,5,CH,A)",
        " SORT FIELDS=(((",
    ],
)
def test_what_cannot_be_read_ends_with_sixteen(system, control):
    info = sort(system, control)

    assert info.completion.text == "RC=0016"
    assert system.output(info, "SYSOUT")[-1] == " ICE052I 3 END OF DFSORT"


def test_outfil_splits_by_condition_and_saves_the_rest(system):
    control = " OPTION COPY\n OUTFIL FNAMES=NY,INCLUDE=(11,2,CH,EQ,C'NY')\n OUTFIL FNAMES=CA,OMIT=(11,2,CH,EQ,C'NY'),BUILD=(1,5)"
    info = sort(system, control, INPUT + "//NY DD SYSOUT=*\n//CA DD SYSOUT=*\n")

    assert (system.output(info, "NY"), system.output(info, "CA")) == (["SMITH 010 NY", "BAKER 030 NY"], ["ADAMS", "ADAMS"])
    assert len(system.output(info, "SORTOUT")) == 4


def test_a_report_has_headers_sections_and_totals(system):
    control = (
        " SORT FIELDS=(11,2,CH,A)\n OUTFIL HEADER1=('REPORT'),SECTIONS=(11,2,TRAILER3=('SUM ',11,2,\n"
        "   TOT=(7,3,ZD,M10,LENGTH=5))),TRAILER1=('ALL',COUNT=(M10,LENGTH=4)),\n   BUILD=(1,9)"
    )
    shown = system.output(sort(system, control), "SORTOUT")

    assert [line for line in shown if line.strip()] == [
        "1REPORT",
        " ADAMS 025",
        " ADAMS 005",
        " SUM CA   30",
        " SMITH 010",
        " BAKER 030",
        " SUM NY   40",
        " ALL   4",
    ]


@pytest.mark.parametrize(
    ("join", "result"),
    [
        ("", ["B TWOB ZWEI"]),
        (" JOIN UNPAIRED,F1\n", ["A ONE", "B TWOB ZWEI"]),
        (" JOIN UNPAIRED,F1,F2,ONLY\n", ["A ONE", "     C DREI"]),
    ],
)
def test_joinkeys_pairs_records_of_one_key(system, join, result):
    dds = "//SORTJNF1 DD *\nB TWO\nA ONE\n/*\n//SORTJNF2 DD *\nB ZWEI\nC DREI\n/*\n"
    keys = " JOINKEYS FILES=F1,FIELDS=(1,1,A)\n JOINKEYS FILES=F2,FIELDS=(1,1,A)\n"
    info = sort(system, keys + join + " REFORMAT FIELDS=(F1:1,5,F2:1,6)\n OPTION COPY", dds)

    assert result == system.output(info, "SORTOUT")


def test_merge_keeps_the_order_of_sorted_inputs(system):
    dds = "//SORTIN01 DD *\nA1\nC1\n/*\n//SORTIN02 DD *\nA2\nB2\n/*\n"

    assert system.output(sort(system, " MERGE FIELDS=(1,1,CH,A)", dds), "SORTOUT") == ["A1", "A2", "B2", "C1"]


def test_positions_of_variable_records_count_the_rdw(system):
    system.put("IBMUSER.V", "BB", "A", "CCC", recfm="VB", lrecl=84)
    info = sort(system, " SORT FIELDS=(5,1,CH,D)", "//SORTIN DD DSN=IBMUSER.V,DISP=SHR\n")

    assert system.output(info, "SORTOUT") == ["CCC", "BB", "A"]


@pytest.mark.parametrize(
    ("number", "mask", "digits", "shown"),
    [
        (1234567, "M2", 9, "   12,345.67 "[-13:]),
        (-1234, "M12", 7, "    -1,234"),
        (5, "M11", 4, "0005"),
        (0, "M10", 3, "  0"),
        (-7, "M0", 3, "  7-"),
        (123456, "M8", 6, "12:34:56"),
    ],
)
def test_masks_show_numbers_for_people(number, mask, digits, shown):
    assert shown.strip() == edit.edited(number, mask, digits).strip()


@pytest.mark.parametrize(
    ("data", "format", "number"),
    [
        (b"\xf1\xf2\xd3", "ZD", -123),
        (b"\x12\x3c", "PD", 123),
        (b"\x12\x3d", "PD", -123),
        (b"\xff\xfe", "FI", -2),
        (b"\xff\xfe", "BI", 65534),
        (to_host(" -42"), "FS", -42),
        (to_host("$1,234.56-"), "SFF", -123456),
        (to_host("$1,234.56-"), "UFF", 123456),
    ],
)
def test_a_format_says_what_bytes_are_worth(data, format, number):
    assert number == formats.VALUES[format](data)


@given(st.integers(-99999, 99999), st.sampled_from(["ZD", "PD", "FI"]))
def test_a_number_survives_its_format(number, format):
    assert number == formats.VALUES[format](formats.encode(number, format, 6))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(min_size=4, max_size=4), max_size=60), st.booleans(), st.integers(60, 400))
def test_runs_on_files_come_out_in_the_same_order_as_in_storage(rows, descending, workspace):
    by = order.parse(f"(1,1,BI,{'D' if descending else 'A'},2,1,BI,A)")
    numbered = [row + bytes([index]) for index, row in enumerate(rows)]
    expected = sorted(numbered, key=by.key)
    batches = [numbered[at : at + 3] for at in range(0, len(numbered), 3)]

    assert expected == [one for batch in ordered(batches, by, workspace) for one in batch]


def test_a_sum_that_does_not_fit_keeps_both_records():
    rows = [record("A 9"), record("A 9"), record("B 1")]

    assert rows == [one for batch in summed([rows], lambda r: r[:1], [formats.field("3", "1", "ZD")]) for one in batch]


@pytest.mark.parametrize(
    ("cond", "holds"),
    [
        ("(1,3,CH,EQ,C'ABC')", True),
        ("(1,3,CH,EQ,C'AB')", False),
        ("(1,4,CH,EQ,C'ABC')", False),
        ("(4,3,ZD,GE,+100,OR,1,1,CH,EQ,C'X')", True),
        ("(4,3,ZD,EQ,NUM)", True),
        ("(1,3,ZD,EQ,NUM)", False),
        ("(1,6,SS,EQ,C'C1')", True),
        ("(1,1,SS,EQ,C'A,B')", True),
        ("(1,1,CH,GT,2,1,CH)", False),
        ("(1,1,CH,EQ,C'Z',OR,(2,1,CH,EQ,C'B',AND,3,1,CH,EQ,C'C'))", True),
    ],
)
def test_conditions_compare_fields(cond, holds):
    assert holds is predicate(cond, "", NOW)(record("ABC123"))


def build(text: str, data: str) -> str:
    (statement,) = statements([record(f" OUTREC {text}".ljust(80))])
    function, _ = reformat.compile(statement.operands, reformat.Context(NOW, is_variable=False))
    assert function is not None
    return to_text(function(record(data)))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("BUILD=(1,3,2X,4,3)", "ABC  123"),
        ("BUILD=(4,3,ZD,MUL,+2,EDIT=(TTTT))", "0246"),
        ("BUILD=(4,3,ZD,ADD,4,3,ZD,TO=ZD,LENGTH=5)", "00246"),
        ("BUILD=(1,2,HEX)", "C1C2"),
        ("BUILD=(1,3,TRAN=UTOL)", "abc"),
        ("BUILD=(1,1,CHANGE=(3,C'A',C'ONE'),NOMATCH=(C'???'))", "ONE"),
        ("BUILD=(DATE1,X,TIME1)", "20260325 110000"),
        ("BUILD=(DATE=(4MD-))", "2026-03-25"),
        ("BUILD=(3C'AB',2Z)", "ABABAB\0\0"),
        ("OVERLAY=(2:C'X',8:C'Y')", "AXC123 Y"),
        ("FINDREP=(IN=C'BC',OUT=C'Z')", "AZ123 "),
        ("IFTHEN=(WHEN=(1,1,CH,EQ,C'A'),OVERLAY=(1:C'+'))", "+BC123"),
        ("IFTHEN=(WHEN=(1,1,CH,EQ,C'B'),OVERLAY=(1:C'+'))", "ABC123"),
        ("BUILD=(1,3,JFY=(SHIFT=RIGHT,LENGTH=5))", "  ABC"),
    ],
)
def test_reformatting_makes_the_record(text, result):
    assert result == build(text, "ABC123")


def test_groups_push_from_their_first_record():
    card = " OUTREC IFTHEN=(WHEN=GROUP,BEGIN=(1,1,CH,EQ,C'H'),PUSH=(5:2,1,6:ID=1,7:SEQ=1))"
    (statement,) = (
        statements([record(card[:71].ljust(72) + "X"), record(" " * 15 + card[71:])])
        if len(card) > 71
        else statements([record(card)])
    )
    function, _ = reformat.compile(statement.operands, reformat.Context(NOW, is_variable=False))

    assert [to_text(function(record(text))) for text in ("H1", "D", "H2")] == ["H1  111", "D   112", "H2  221"]


def test_icetool_runs_its_operators(system):
    tool = " SELECT FROM(IN) TO(OUT) ON(1,1,CH) FIRST\n COUNT FROM(IN) HIGHER(9)\n OCCUR FROM(IN) LIST(RPT) ON(1,1,CH)"
    dds = "//IN DD *\nA 1\nB 2\nA 3\n/*\n//OUT DD SYSOUT=*\n//RPT DD SYSOUT=*\n"
    text = "//J JOB 1,X\n//S EXEC PGM=ICETOOL\n//TOOLMSG DD SYSOUT=*\n//DFSMSG DD SYSOUT=*\n" + dds
    info = system.run(text + "//TOOLIN DD *\n" + tool + "\n/*\n")

    assert (info.completion.text, system.output(info, "OUT")) == ("RC=0000", ["A 1", "B 2"])
    assert " ICE628I 0 RECORD COUNT:  000000000000003" in system.output(info, "TOOLMSG")


def test_icegener_copies_without_statements(system):
    dds = "//SYSPRINT DD SYSOUT=*\n//SYSIN DD DUMMY\n//SYSUT2 DD SYSOUT=*\n//SYSUT1 DD *\nCOPY\n/*\n"
    text = "//J JOB 1,X\n//S EXEC PGM=ICEGENER\n" + dds
    info = system.run(text)

    assert system.output(info, "SYSUT2") == ["COPY"]
    assert system.output(info, "SYSPRINT")[-1] == " ICE052I 0 END OF DFSORT"


def test_symnames_stand_for_fields_and_constants(system):
    names = "//SYMNAMES DD *\nNAME,1,5,CH\nAMOUNT,7,3,ZD\nSKIP,1\nSTATE,*,2,CH\nHOME,C'NY'\n/*\n"
    control = " SORT FIELDS=(AMOUNT,D)\n INCLUDE COND=(STATE,EQ,HOME)\n OUTREC BUILD=(NAME,X,AMOUNT,EDIT=(TTTTT))"
    info = sort(system, control, INPUT + names)

    assert system.output(info, "SORTOUT") == ["BAKER 00030", "SMITH 00010"]
    unprefixed = sort(system, control, INPUT + names.replace("C'NY'", "'NY'"))
    assert system.output(unprefixed, "SORTOUT") == ["BAKER 00030", "SMITH 00010"]


CONTROL = st.text(alphabet="ABCDEFIMNOPRSTUVXZ=(),.'0123456789 :+-/", max_size=70)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["SORT FIELDS=", "INCLUDE COND=", "OUTREC BUILD=", "INREC IFTHEN=", "SUM FIELDS=", "OUTFIL SECTIONS=", ""]),
    CONTROL,
)
def test_any_control_statement_is_read_or_refused(head, text):
    try:
        plan(statements([record(f" {head}{text}"[:80]), record(" OPTION COPY")]), NOW, is_variable=False)
        list(toolin.statements([record(f" {text}"[:80])]))
    except SortSyntax:
        pass


def test_more_records_than_one_batch_are_sorted(system):
    numbers = [f"{n * 7919 % 100003:010d}" for n in range(9000)]
    system.put("IBMUSER.BIG", *numbers, lrecl=20)
    info = sort(system, " SORT FIELDS=(1,10,CH,A)", "//SORTIN DD DSN=IBMUSER.BIG,DISP=SHR\n")

    assert sorted(numbers) == system.output(info, "SORTOUT")


def test_what_a_sort_holds_does_not_grow_with_its_input():
    by = order.parse("(1,8,CH,A)")
    peaks = []
    for count in (40_000, 120_000):
        source = ([b"%08d" % ((at + one) * 7919 % 1_000_000) + b" " * 72 for one in range(2000)] for at in range(0, count, 2000))
        tracemalloc.start()
        assert sum(map(len, ordered(source, by, 1 << 20))) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.5 * peaks[0]
