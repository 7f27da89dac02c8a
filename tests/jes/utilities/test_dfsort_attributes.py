"""DFSORT: formats, lengths and block sizes of its data sets, and VSAM data sets as its outputs."""

from __future__ import annotations

import pytest

HEAD = "//J JOB 1,X\n//S EXEC PGM={}\n//SYSOUT DD SYSOUT=*\n//TOOLMSG DD SYSOUT=*\n//DFSMSG DD SYSOUT=*\n"


def run(system, dds: str, control: str, program: str = "SORT"):
    return system.run(f"{HEAD.format(program)}{dds}//{'TOOLIN' if program == 'ICETOOL' else 'SYSIN'} DD *\n{control}\n/*\n")


def said(system, info, ddname: str = "SYSOUT") -> str:
    return "\n".join(system.output(info, ddname))


IN_OUT = "//SORTIN DD DSN=IBMUSER.IN,DISP=SHR\n//SORTOUT DD DSN=IBMUSER.OUT,DISP=OLD\n"


@pytest.mark.parametrize(
    ("given", "wanted", "control"),
    [(("FB", 80), ("VB", 84), "  SORT FIELDS=(1,1,CH,A)"), (("VB", 84), ("FB", 80), "  SORT FIELDS=(5,1,CH,A)")],
)
def test_a_data_set_of_another_record_format_is_refused(system, given, wanted, control):
    system.put("IBMUSER.IN", "B", "A", recfm=given[0], lrecl=given[1])
    system.put("IBMUSER.OUT", "OLD", recfm=wanted[0], lrecl=wanted[1])
    info = run(system, IN_OUT, control)

    assert info.completion.text == "RC=0016"
    assert " ICE043A 3 INVALID DATA SET ATTRIBUTES: SORTOUT  RECFM - REASON CODE IS 08" in said(system, info)
    assert system.lines("IBMUSER.OUT") == ["OLD"]


@pytest.mark.parametrize(
    ("given", "wanted", "control"),
    [
        (("FB", 80), ("VB", 84), "  OPTION COPY\n  OUTFIL FTOV,VLTRIM=C' '"),
        (("VB", 84), ("FB", 80), "  OPTION COPY\n  OUTFIL VTOF,BUILD=(5,80)"),
        (("VB", 84), ("FB", 80), "  OPTION COPY\n  OUTFIL CONVERT,BUILD=(5,80)"),
    ],
)
def test_outfil_converts_one_format_to_the_other(system, given, wanted, control):
    system.put("IBMUSER.IN", "B", "A", recfm=given[0], lrecl=given[1])
    system.put("IBMUSER.OUT", "OLD", recfm=wanted[0], lrecl=wanted[1])
    info = run(system, IN_OUT, control)

    assert info.completion.text == "RC=0000", said(system, info)
    assert system.lines("IBMUSER.OUT") == ["B", "A"]


@pytest.mark.parametrize(
    ("parts", "attribute"),
    [((("FB", 80), ("VB", 84)), "RECFM"), ((("FB", 80), ("FB", 60)), "LRECL"), ((("U", 0),), "RECFM")],
)
def test_inputs_that_do_not_go_together_are_refused(system, parts, attribute):
    dds = ""
    for number, (recfm, lrecl) in enumerate(parts):
        system.put(f"IBMUSER.IN{number}", "A", recfm=recfm, lrecl=lrecl)
        dds += f"//{'' if number else 'SORTIN':8} DD DSN=IBMUSER.IN{number},DISP=SHR\n"
    info = run(system, dds + "//SORTOUT DD SYSOUT=*\n", "  OPTION COPY")

    assert info.completion.text == "RC=0016"
    assert f" ICE043A 3 INVALID DATA SET ATTRIBUTES: SORTIN   {attribute} - REASON CODE IS" in said(system, info)


def test_a_block_size_that_is_no_multiple_is_refused(system):
    dds = "//SORTIN DD *\nA\n/*\n//SORTOUT DD DSN=IBMUSER.NEW,DISP=(NEW,CATLG),SPACE=(TRK,1),\n// RECFM=FB,LRECL=80,BLKSIZE=100\n"
    info = run(system, dds, "  OPTION COPY")

    assert info.completion.text == "RC=0016"
    assert "INVALID DATA SET ATTRIBUTES: SORTOUT  BLKSIZE" in said(system, info)


@pytest.mark.parametrize(("length", "record"), [(82, b"\xc1" + b"\x40" * 79 + b"\0\0"), (3, b"\xc1\x40\x40")])
def test_fixed_records_are_filled_with_zeros_or_cut_and_it_is_told(system, length, record):
    from mvsfs.info import Target

    system.put("IBMUSER.IN", "A")
    system.put("IBMUSER.OUT", recfm="FB", lrecl=length)
    info = run(system, IN_OUT, "  OPTION COPY")

    assert info.completion.text == "RC=0000"
    assert f" ICE171I 0 SORTOUT LRECL OF {length} IS DIFFERENT FROM SORTIN(NN) LRECL OF 80 - RC=0" in said(system, info)
    assert list(system.mvs.records(Target("IBMUSER.OUT"), system.who)) == [record]


@pytest.mark.parametrize(
    ("option", "length", "code", "message"),
    [
        ("TRUNC=RC4", 3, 4, "ICE171I 0 SORTOUT LRECL OF 3 IS DIFFERENT FROM SORTIN(NN) LRECL OF 80 - RC=4"),
        ("PAD=RC4", 90, 4, "ICE171I 0 SORTOUT LRECL OF 90 IS DIFFERENT FROM SORTIN(NN) LRECL OF 80 - RC=4"),
        ("PAD=RC4", 3, 0, "ICE171I 0 SORTOUT LRECL OF 3 IS DIFFERENT FROM SORTIN(NN) LRECL OF 80 - RC=0"),
        ("TRUNC=RC16", 3, 16, "ICE196A 0 SORTOUT LRECL OF 3 IS DIFFERENT FROM SORTIN(NN) LRECL OF 80 - RC=16"),
    ],
)
def test_pad_and_trunc_say_what_a_length_that_differs_is_worth(system, option, length, code, message):
    system.put("IBMUSER.IN", "A")
    system.put("IBMUSER.OUT", "OLD", recfm="FB", lrecl=length)
    info = run(system, IN_OUT, f"  OPTION COPY,{option}")

    assert info.completion.text == f"RC={code:04d}"
    assert message in said(system, info)
    assert (system.lines("IBMUSER.OUT") == ["OLD"]) is (code == 16)


def test_a_variable_record_longer_than_the_data_set_allows_ends_the_sort(system):
    system.put("IBMUSER.IN", "SHORT", "X" * 30, recfm="VB", lrecl=84)
    system.put("IBMUSER.OUT", recfm="VB", lrecl=20)
    info = run(system, IN_OUT, "  OPTION COPY")

    assert info.completion.text == "RC=0016"
    assert " ICE222A 0 34 BYTE VARIABLE RECORD IS LONGER THAN 20 BYTE MAXIMUM FOR SORTOUT" in said(system, info)


def test_icegener_leaves_to_iebgener_what_the_sort_cannot_copy(system):
    system.put("IBMUSER.IN", "A", recfm="VB", lrecl=84)
    system.put("IBMUSER.OUT", recfm="FB", lrecl=80)
    dds = "//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD DSN=IBMUSER.IN,DISP=SHR\n//SYSUT2 DD DSN=IBMUSER.OUT,DISP=OLD\n"
    info = run(system, dds, "", "ICEGENER")

    assert "DATA SET UTILITY - GENERATE" in said(system, info, "SYSPRINT")
    assert "ICE" not in said(system, info, "SYSPRINT")


# VSAM


def cluster(system, name: str, form: str = "KEYS(4 0)", size: int = 10, *records: str) -> None:
    loading = f"  REPRO INFILE(IN) ODS({name})\n" if records else ""
    data = "".join(f"{record}\n" for record in records)
    info = system.run(
        f"//D JOB 1,X\n//D EXEC PGM=IDCAMS\n//SYSPRINT DD SYSOUT=*\n//IN DD *\n{data}/*\n//SYSIN DD *\n"
        f"  DEFINE CLUSTER (NAME({name}) {form} -\n  RECSZ({size} {size}) TRK(1 1))\n{loading}/*\n"
    )
    assert info.completion.text == "RC=0000", system.output(info, "SYSPRINT")


def content(system, name: str) -> list[str]:
    from jes.hosttext import to_text

    with system.mvs.vsam(name, system.who) as file:
        return [to_text(record).rstrip() for record in file.records()]


def rows(*lines: str, ddname: str = "SORTIN") -> str:
    return f"//{ddname} DD *\n" + "".join(f"{line}\n" for line in lines) + "/*\n"


OUT = "//SORTOUT DD DSN=IBMUSER.VS,DISP=OLD\n"


@pytest.mark.parametrize("form", ["KEYS(4 0)", "NONINDEXED", "NUMBERED"])
def test_a_cluster_takes_what_is_sorted(system, form):
    cluster(system, "IBMUSER.VS", form)
    info = run(system, rows("0002 B", "0001 A") + OUT, "  SORT FIELDS=(1,4,CH,A)\n  OUTREC BUILD=(1,10)")

    assert info.completion.text == "RC=0000", said(system, info)
    assert content(system, "IBMUSER.VS") == ["0001 A", "0002 B"]
    assert " ICE084I 0 VSAM ACCESS METHOD USED FOR SORTOUT" in said(system, info)


def test_variable_records_lose_their_length_words(system):
    cluster(system, "IBMUSER.VS")
    system.put("IBMUSER.IN", "0002 BB", "0001 A", recfm="VB", lrecl=84)
    info = run(system, "//SORTIN DD DSN=IBMUSER.IN,DISP=SHR\n" + OUT, "  SORT FIELDS=(5,4,CH,A)")

    assert info.completion.text == "RC=0000", said(system, info)
    with system.mvs.vsam("IBMUSER.VS", system.who) as file:
        assert list(map(len, file.records())) == [6, 7]


@pytest.mark.parametrize(
    ("lines", "code", "kept"), [(["0001", "0002", "0002"], 8, ["0001", "0002"]), (["0002", "0001"], 12, ["0002"])]
)
def test_keys_that_repeat_or_descend_end_the_sort(system, lines, code, kept):
    """VSAM feedback 8: the key is there already; 12: it is below the one before. What was written stays."""
    cluster(system, "IBMUSER.VS")
    info = run(system, rows(*lines) + OUT, "  OPTION COPY")

    assert info.completion.text == "RC=0016"
    assert f" ICE077A 0 VSAM OUTPUT ERROR L({code}) SORTOUT" in said(system, info)
    assert content(system, "IBMUSER.VS") == kept


@pytest.mark.parametrize(
    ("form", "option", "result"),
    [
        ("KEYS(4 0)", "", ["0001", "0005"]),
        ("KEYS(4 0) REUSE", "", ["0005"]),
        ("KEYS(4 0) REUSE", ",RESET", ["0005"]),
        ("KEYS(4 0) REUSE", ",NORESET", ["0001", "0005"]),
    ],
)
def test_a_loaded_cluster_begins_anew_only_when_it_can_be_reused(system, form, option, result):
    cluster(system, "IBMUSER.VS", form, 80, "0001")
    info = run(system, rows("0005") + OUT, f"  OPTION COPY{option}")

    assert info.completion.text == "RC=0000", said(system, info)
    assert content(system, "IBMUSER.VS") == result


def test_outfil_and_icetool_write_clusters(system):
    cluster(system, "IBMUSER.VS")
    cluster(system, "IBMUSER.TWO")
    dds = rows("0001 A", "0002 B") + "//LOW DD DSN=IBMUSER.VS,DISP=OLD\n//TWO DD DSN=IBMUSER.TWO,DISP=OLD\n"
    info = run(system, dds, "  OPTION COPY\n  OUTFIL FNAMES=LOW,INCLUDE=(1,4,CH,EQ,C'0001')\n  OUTFIL FNAMES=TWO,SAVE")
    assert info.completion.text == "RC=0000", said(system, info)
    assert content(system, "IBMUSER.VS") == ["0001 A"]
    assert content(system, "IBMUSER.TWO") == ["0002 B"]

    dds = "//IN DD DSN=IBMUSER.TWO,DISP=SHR\n//OUT DD DSN=IBMUSER.VS,DISP=SHR\n"
    info = run(system, dds, "  COPY FROM(IN) TO(OUT)", "ICETOOL")
    assert info.completion.text == "RC=0000", said(system, info, "DFSMSG")
    assert content(system, "IBMUSER.VS") == ["0001 A", "0002 B"]


def test_programs_that_use_qsam_cannot_open_a_cluster(system):
    cluster(system, "IBMUSER.VS", "KEYS(4 0)", 80, "0001")
    dds = "//SYSPRINT DD SYSOUT=*\n//SYSUT1 DD DSN=IBMUSER.VS,DISP=SHR\n//SYSUT2 DD SYSOUT=*\n"

    assert run(system, dds, "", "IEBGENER").completion.text == "ABEND=013"
