"""DFSORT: what it does with records that are short, out of order or hold no numbers, and with trailers that are in the data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jes.hosttext import to_host
from jes.utilities.dfsort import edit, formats, order, sorter
from jes.utilities.dfsort.control import SortSyntax
from jes.utilities.dfsort.packed import Layout, Packed

HEAD = "//J JOB 1,X\n//S EXEC PGM={}\n//SYSOUT DD SYSOUT=*\n//TOOLMSG DD SYSOUT=*\n//DFSMSG DD SYSOUT=*\n//SORTOUT DD SYSOUT=*\n"


def run(system, control: str, dds: str, program: str = "SORT"):
    return system.run(f"{HEAD.format(program)}{dds}//{'TOOLIN' if program == 'ICETOOL' else 'SYSIN'} DD *\n{control}\n/*\n")


def rows(*lines: str, ddname: str = "SORTIN") -> str:
    return f"//{ddname} DD *\n" + "".join(f"{line}\n" for line in lines) + "/*\n"


# the trailer example of the manual: H is a header, T a trailer with a count and a total
FILE = rows(
    "H 2010/07/06", "D key1 0100", "D key2 0200", "D key2 0118", "D key1 0150", "D key1 0025", "D key2 1000", "D key2 0310",
    "T X  0007 QR  001903 D52-007-321-7526",
)  # fmt: skip
TRAILER = (
    " OPTION COPY\n OUTFIL FNAMES=OUT1,INCLUDE=(3,4,CH,EQ,C'key1'),\n"
    "  IFTRAIL=(HD=YES,TRLID=(1,1,CH,EQ,C'T'),\n   TRLUPD=(6:COUNT=(M11,LENGTH=4),\n   15:TOT=(8,4,ZD,TO=ZD,LENGTH=6)))"
)


def test_a_trailer_gets_the_count_and_total_of_what_was_written(system):
    info = run(system, TRAILER, FILE + "//OUT1 DD SYSOUT=*\n")

    assert info.completion.text == "RC=0000", system.output(info, "SYSOUT")
    assert system.output(info, "OUT1") == [
        "H 2010/07/06", "D key1 0100", "D key1 0150", "D key1 0025", "T X  0003 QR  000275 D52-007-321-7526",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "operand", ["(TRLID=(1,1,CH,EQ,C'T'))", "(HD=MAYBE,TRLID=ALL,TRLUPD=(1:COUNT))", "(TRLID=ALL,TRLUPD=(1:TOT))"]
)
def test_a_trailer_that_is_not_described_is_refused(system, operand):
    info = run(system, f" OPTION COPY\n OUTFIL IFTRAIL={operand}", FILE)

    assert info.completion.text == "RC=0016"
    assert any("ICE018A" in line for line in system.output(info, "SYSOUT"))


def test_sum_of_what_is_no_number_is_a_data_exception(system):
    """Only summing computes: one record of a key passes whatever its field holds."""
    control = " SORT FIELDS=(1,1,CH,A)\n SUM FIELDS=(3,3,ZD)"

    assert run(system, control, rows("A 010", "B 3.5")).completion.text == "RC=0000"
    assert run(system, control, rows("A 010", "A 3.5")).completion.text == "ABEND=0C7"


@pytest.mark.parametrize(
    ("format", "data", "holds"),
    [
        ("PD", "123C", True), ("PD", "1234", False), ("PD", "1A3C", False), ("ZD", "F1F2C3", True), ("ZD", "F34BF5", False),
        ("ZD", "F1F253", False), ("ZD", "41F2D3", True),
    ],
)  # fmt: skip
def test_decimal_fields_have_digits_and_a_sign(format, data, holds):
    data = bytes.fromhex(data)

    assert holds is formats.is_decimal(formats.Field(0, len(data), format), data)


@pytest.mark.parametrize(("sign", "number"), [(sign, -12 if sign in "DB97531" else 12) for sign in "0123456789ABCDEF"])
def test_every_sign_nibble_means_plus_or_minus(sign, number):
    assert formats.packed(bytes.fromhex(f"012{sign}")) == number
    assert formats.zoned(bytes.fromhex(f"F1{sign}2")) == number


def test_verify_takes_any_sign_when_it_is_told(system):
    data = rows("A 1 2", ddname="IN")
    operators = " VERIFY FROM(IN) ON(3,3,ZD)\n VERIFY FROM(IN) ON(5,1,ZD) NOSIGN"
    told = system.output(run(system, operators, data, "ICETOOL"), "TOOLMSG")

    assert [line for line in told if "ICE618A" in line] == []
    bad = system.output(run(system, " VERIFY FROM(IN) ON(4,1,ZD)", data, "ICETOOL"), "TOOLMSG")
    assert any("ICE618A" in line for line in bad)


def variable(system, *lines: str) -> str:
    system.put("IBMUSER.SHORT", *lines, recfm="VB", lrecl=84)
    return "//SORTIN DD DSN=IBMUSER.SHORT,DISP=SHR\n"


def test_a_variable_record_that_ends_before_its_fields_stops_the_sort(system):
    info = run(system, " SORT FIELDS=(5,8,CH,A)", variable(system, "LONG ENOUGH", "SHORT"))

    assert info.completion.text == "RC=0016"
    assert " ICE218A 0 9 BYTE VARIABLE RECORD IS SHORTER THAN 12 BYTE MINIMUM FOR SORT FIELDS" in system.output(info, "SYSOUT")


@pytest.mark.parametrize("control", [" OPTION VLSHRT\n SORT FIELDS=(5,8,CH,D)", " SORT FIELDS=(5,8,CH,D),VLSHRT"])
def test_vlshrt_sorts_short_records_as_if_zeros_followed(system, control):
    dds = variable(system, "LONG ENOUGH", "SHORT", "SHORT!")

    assert ["SHORT!", "SHORT", "LONG ENOUGH"] == system.output(run(system, control, dds), "SORTOUT")


@pytest.mark.parametrize(
    ("operands", "result"),
    [
        ("BUILD=(1,16),VLFILL=C'.'", ["LONG ENOUGH.", "SHORT......."]),
        ("VTOF,BUILD=(5,8,C'<',14,2),VLFILL=C'*'", ["LONG ENO<GH", "SHORT***<**"]),
        ("VTOF,BUILD=(5,8,C'<',14,2)", ["LONG ENO<GH", "SHORT   <"]),
        ("IFTHEN=(WHEN=INIT,BUILD=(1,4,5,8,C'<'))", ["LONG ENO<", "SHORT   <"]),
    ],
)
def test_missing_bytes_of_variable_records_are_filled(system, operands, result):
    """As the manual's example of VLFILL does; VTOF alone fills with blanks, and so does IFTHEN."""
    info = run(system, f" OPTION COPY\n OUTFIL {operands}", variable(system, "LONG ENOUGH", "SHORT"))

    assert info.completion.text == "RC=0000", system.output(info, "SYSOUT")
    assert result == system.output(info, "SORTOUT")


@pytest.mark.parametrize(("statement", "place"), [("OUTFIL", "SORTOUT"), ("OUTREC", "OUTREC"), ("INREC", "INREC")])
def test_a_record_that_ends_before_the_fields_of_build_stops_the_sort(system, statement, place):
    control = f" OPTION COPY\n {statement} BUILD=(1,4,5,8,C'<')"
    info = run(system, control, variable(system, "LONG ENOUGH", "SHORT"))

    assert info.completion.text == "RC=0016"
    assert any(
        f"ICE218A 0 9 BYTE VARIABLE RECORD IS SHORTER THAN 12 BYTE MINIMUM FOR {place} FIELDS" in line
        for line in system.output(info, "SYSOUT")
    )


@given(st.lists(st.binary(max_size=6), max_size=30), st.sampled_from("AD"))
def test_short_records_are_sorted_as_if_zeros_followed(records, direction):
    by = order.parse(f"(2,3,BI,{direction})")
    expected = sorted(records, key=lambda record: record.ljust(4, b"\0")[1:4], reverse=direction == "D")

    assert expected == [record for batch in sorter.ordered([records], by) for record in batch]


@pytest.mark.parametrize("compiled", [True, False])
def test_a_source_of_a_merge_that_is_not_in_order_is_named(monkeypatch, compiled):
    if not compiled:
        monkeypatch.setattr(sorter, "active", lambda: None)
    good = iter([[to_host("A"), to_host("C")]])
    # the second block begins with less than the first ends with
    bad = iter([Packed(to_host("BD"), 2, Layout(1), 1), Packed(to_host("CE"), 2, Layout(1), 1)])
    with pytest.raises(SortSyntax) as refused:
        list(sorter.merged([good, bad], order.parse("(1,1,CH,A)"), ["SORTIN01", "SORTIN02"]))

    assert (refused.value.id, refused.value.facts) == ("ICE068A", ("SORTIN02",))


def test_merge_tells_which_data_set_is_out_of_sequence(system):
    dds = rows("A", "C", ddname="SORTIN01") + rows("D", "B", ddname="SORTIN02")
    info = run(system, " MERGE FIELDS=(1,1,CH,A)", dds)

    assert info.completion.text == "RC=0016"
    assert " ICE068A 0 OUT OF SEQUENCE SORTIN02" in system.output(info, "SYSOUT")


@pytest.mark.parametrize(
    ("mask", "shown"),
    [
        ("A1", "-1,376,225"), ("A2", "-1.376.225"), ("A3", "-1 376 225"), ("A4", "-1'376'225"), ("B1", "-137,622.5"),
        ("C1", "-13,762.25"), ("C2", "-13.762,25"), ("C3", "-13 762,25"), ("C4", "-13'762.25"), ("C5", "-13'762,25"),
        ("G1", "-1.376225"), ("A0", "-1376225"),
    ],
)  # fmt: skip
def test_masks_of_icetool_part_thousands_and_decimals(mask, shown):
    assert shown == edit.edited(-1376225, mask, 15).strip()


def test_display_shows_numbers_by_a_mask_and_refuses_one_that_is_none(system):
    dds = rows("00137622", "00000005", ddname="IN") + "//LIST DD SYSOUT=*\n"
    operators = " DISPLAY FROM(IN) LIST(LIST) BLANK HEADER('AMOUNT') ON(1,8,ZD,{})"
    lines = system.output(run(system, operators.format("C1"), dds, "ICETOOL"), "LIST")

    assert [line.strip() for line in lines][-2:] == ["1,376.22", "0.05"]
    assert run(system, operators.format("Z1"), dds, "ICETOOL").completion.text == "RC=0012"


def test_toolmsg_is_laid_out_as_in_a_public_log_of_count(system):
    told = system.output(run(system, " COUNT FROM(IN)", rows("A", "B", ddname="IN"), "ICETOOL"), "TOOLMSG")

    assert told == [
        "1ICE600I 0 DFSORT ICETOOL UTILITY RUN STARTED", "",
        " ICE650I 0 VISIT http://www.ibm.com/storage/dfsort FOR ICETOOL PAPERS, EXAMPLES AND MORE", "",
        " ICE632I 0 SOURCE FOR ICETOOL STATEMENTS:  TOOLIN", "", "",
        " ICE630I 0 MODE IN EFFECT:  STOP", "",
        "           COUNT FROM(IN)",
        " ICE627I 0 DFSORT CALL 0001 FOR COPY FROM IN       TO E35 EXIT COMPLETED",
        " ICE628I 0 RECORD COUNT:  000000000000002",
        " ICE602I 0 OPERATION RETURN CODE:  00", "", "",
        " ICE601I 0 DFSORT ICETOOL UTILITY RUN ENDED - RETURN CODE:  00",
    ]  # fmt: skip


def test_a_sort_field_beyond_the_record_is_refused(system):
    info = run(system, " SORT FIELDS=(100,5,CH,A)", rows("A"))

    assert info.completion.text == "RC=0016"
    assert " ICE027A 0 END OF SORT FIELD BEYOND MAXIMUM RECORD LENGTH" in system.output(info, "SYSOUT")


def test_what_inrec_adds_to_a_record_can_be_sorted_by(system):
    info = run(system, " INREC OVERLAY=(100:1,5)\n SORT FIELDS=(100,5,CH,A)", rows("A"))

    assert info.completion.text == "RC=0000"


def test_split_outputs_tell_what_each_of_them_got(system):
    control = " SORT FIELDS=COPY\n OUTFIL FNAMES=(ONE,LONGNAME),OMIT=(1,1,CH,EQ,C'B'),SPLIT"
    info = run(system, control, rows("A", "B", "C", "D") + "//ONE DD SYSOUT=*\n//LONGNAME DD SYSOUT=*\n")
    told = [line for line in system.output(info, "SYSOUT") if "ICE227I" in line]

    assert told == [
        " ICE227I 0 ONE     : DELETED = 1, REPORT = 0, DATA = 2",
        " ICE227I 0 LONGNAME: DELETED = 1, REPORT = 0, DATA = 1",
    ]
