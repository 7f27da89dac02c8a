from __future__ import annotations

import time
from datetime import date

import pytest

from mvsfs.dcb import Dcb, Dsorg
from mvsfs.info import DatasetInfo, Status
from zftpd.lists import datasets
from zftpd.lists.datasets import HEADING, HEADING_2, names, shown

HEADINGS = (
    "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname",
    "Volume Referred      Ext      Used Recfm Lrecl BlkSz Dsorg Dsname",
)


def dataset(name, recfm="FB", lrecl=80, blksize=3120, dsorg=Dsorg.PS, referred=date(2016, 12, 19), **facts):
    facts = {"volser": "F1DBAR", "extents": 1, "used_tracks": 1, **facts}
    dcb = Dcb.of(recfm, lrecl, blksize, dsorg) if recfm else Dcb(None, lrecl, blksize, dsorg)
    return DatasetInfo(name, dcb, referred=referred, **facts)


def lines(infos, **how):
    return datasets.lines([(info.dsname, info) for info in infos], **how)


def label_less(name, dsorg, volser=""):
    return DatasetInfo(name, Dcb(None, 0, 0, dsorg), volser=volser)


CAPTURED = [
    (
        "F1DBAR 3390   2016/12/19  3   19  FB      80  3120  PO  CB12V51.CNTL",
        dataset("U.CB12V51.CNTL", dsorg=Dsorg.PO, extents=3, used_tracks=19),
    ),
    (
        "F1SYS1 3390   2016/12/19  1   75  U     6144  6144  PO  CB12V51.LOAD",
        dataset("U.CB12V51.LOAD", "U", 0, 6144, Dsorg.PO, volser="F1SYS1", used_tracks=75),
    ),
    (
        "F1SYS1 3390   **NONE**    1  300  VB   27994 27998  PS  CB12V51.LOG",
        dataset("U.CB12V51.LOG", "VB", 27994, 27998, referred=None, volser="F1SYS1", used_tracks=300),
    ),
    (
        "F1SYS1 3390   2017/02/27  1    1  VB     256  6233  PS  DELETE.ME",
        dataset("U.DELETE.ME", "VB", 256, 6233, volser="F1SYS1", referred=date(2017, 2, 27)),
    ),
    (
        "F1SYS1 3390   2017/02/19  1    1  FBA     80  3120  PS  SYSCMD",
        dataset("U.SYSCMD", "FBA", volser="F1SYS1", referred=date(2017, 2, 19)),
    ),
    (
        "F1SYS1 3390   2015/12/14  1    9  VA     125   129  PS  S0W1.SPFLOG1.LIST",
        dataset("U.S0W1.SPFLOG1.LIST", "VA", 125, 129, volser="F1SYS1", referred=date(2015, 12, 14), used_tracks=9),
    ),
    ("                                                   VSAM DDIR", label_less("U.DDIR", Dsorg.VSAM)),
    ("F1SYS1 3390                                        VSAM DDIR.D", label_less("U.DDIR.D", Dsorg.VSAM, "F1SYS1")),
    ("                                                   GDG  POSY.AW.ZWIDAT.GDG", label_less("U.POSY.AW.ZWIDAT.GDG", Dsorg.GDG)),
    ("                                                   PATH CAPRI.CSD.PATHA", label_less("U.CAPRI.CSD.PATHA", Dsorg.PATH)),
    ("Migrated                                                CPPOBJS.OBJ", dataset("U.CPPOBJS.OBJ", status=Status.MIGRATED)),
    (
        "ARCIVE Not Direct Access Device                         CA71.SPFTEMP1.CNTL",
        dataset("U.CA71.SPFTEMP1.CNTL", status=Status.ARCHIVED),
    ),
    (
        "VGSA03 Tape                                             BOOL.IMF.SA03.SVCDUMP",
        dataset("U.BOOL.IMF.SA03.SVCDUMP", volser="VGSA03", status=Status.TAPE),
    ),
    (
        "MVXE61 Not Mounted                                      CSNM2.BKP.XE61",
        dataset("U.CSNM2.BKP.XE61", volser="MVXE61", status=Status.NOT_MOUNTED),
    ),
    (
        "TSO61A 3390   < File not on volume >                    CSNM18.BKP.XE61",
        dataset("U.CSNM18.BKP.XE61", volser="TSO61A", status=Status.NOT_ON_VOLUME),
    ),
    (
        "CM1001 3490   < Not a DASD device >                     R600BASM.BACKUP1",
        dataset("U.R600BASM.BACKUP1", volser="CM1001", unit="3490", status=Status.NOT_DASD),
    ),
    (
        "TSO61A Error determining attributes                     CSNM18.BKP.XE61",
        dataset("U.CSNM18.BKP.XE61", volser="TSO61A", status=Status.ERROR),
    ),
    (
        "Error determining attributes                            ASTEX.DISTLLIB",
        dataset("U.ASTEX.DISTLLIB", volser="", status=Status.ERROR),
    ),
    ("User catalog connector                                  CAI115.UCAT", dataset("U.CAI115.UCAT", status=Status.USER_CATALOG)),
    (
        "PEX26F 3390   2017/07/03  115807  FB   29600 29600  PS  INCOMING.FIN.D170630.T160630",
        dataset(
            "U.INCOMING.FIN.D170630.T160630", "FB", 29600, 29600, volser="PEX26F", referred=date(2017, 7, 3), used_tracks=15807
        ),
    ),
    (
        "TERNBH 3390   2022/02/18  1+++++  VBS  32767 27966  PS  $.BDATA.XBB",
        dataset("U.$.BDATA.XBB", "VBS", 32767, 27966, volser="TERNBH", referred=date(2022, 2, 18), used_tracks=327674532),
    ),
    ("F1SYS1 3390   **NONE**    1    1           0     0  PS  X", dataset("U.X", "", 0, 0, volser="F1SYS1", referred=None)),
]


@pytest.mark.parametrize(("row", "info"), CAPTURED, ids=[row[56:] for row, _ in CAPTURED])
def test_a_row_has_its_columns_where_captured_rows_have_them(row, info):
    assert [HEADING, row] == list(lines([info], prefix="U."))


def test_headings_are_those_of_the_captures():
    assert HEADINGS == (HEADING, HEADING_2)


def test_a_quoted_listing_shows_full_names_in_quotes():
    info = dataset(
        "USERHLQI.T2.HISPAXZ", lrecl=1024, blksize=27648, volser="XRFS95", referred=date(2017, 8, 4), extents=3, used_tracks=13875
    )

    assert list(lines([info], quoted=True))[1:] == [
        "XRFS95 3390   2017/08/04  313875  FB    1024 27648  PS  'USERHLQI.T2.HISPAXZ'"
    ]


@pytest.mark.parametrize(("level", "word"), [(0, " PO "), (1, "PO-E")])
def test_a_pdse_is_told_from_level_1_on(level, word):
    info = dataset(
        "U.$.ASM", blksize=16000, dsorg=Dsorg.PO, dsntype="LIBRARY", volser="TERNBG", referred=date(2022, 2, 17), used_tracks=3
    )

    assert f"TERNBG 3390   2022/02/17  1    3  FB      80 16000 {word} $.ASM" == list(lines([info], level=level, prefix="U."))[1]


def test_level_2_has_fewer_and_wider_columns():
    infos = [
        dataset("$.ADATA.XAA", "VB", 32756, 32760, Dsorg.PO, date(2020, 1, 3), volser="TERNBG", used_tracks=15),
        dataset("$.BDATA.XBB", "VBS", 32767, 27966, Dsorg.PS, date(2022, 2, 18), volser="TERNBH", used_tracks=327674532),
        dataset("$.ASM", "FB", 80, 16000, Dsorg.PO, date(2022, 2, 17), volser="TERNBG", used_tracks=3, dsntype="LIBRARY"),
        dataset("$.OLD", status=Status.MIGRATED),
    ]

    assert [row.replace("'", "") for row in lines(infos, level=2)][1:] == [
        "TERNBG 2020/01/03      1        15  VB   32756 32760  PO   $.ADATA.XAA",
        "TERNBH 2022/02/18      1 327674532  VBS  32767 27966  PS   $.BDATA.XBB",
        "TERNBG 2022/02/17      1         3  FB      80 16000 PO-E  $.ASM",
        "Migrated                                                   $.OLD",
    ]


def test_directory_mode_shows_longer_qualifiers_once_as_pseudo_directories():
    infos = [dataset("U.ETC.A"), dataset("U.ETC.B"), dataset("U.FILE", referred=None)]

    rows = list(lines(infos, prefix="U.", directorymode=True))

    assert rows[1] == "Pseudo Directory                                        ETC"
    assert [row[56:] for row in rows[2:]] == ["FILE"]
    assert list(names([info.dsname for info in infos], prefix="U.", directorymode=True)) == ["ETC", "FILE"]


def test_a_name_outside_the_prefix_is_shown_in_full():
    assert shown(["OTHER.A", "U.B"], "U.", quoted=False) == ["'OTHER.A'", "B"]


def test_ten_thousand_rows_take_no_noticeable_time():
    infos = [dataset(f"U.D{number:05d}") for number in range(10000)]
    start = time.perf_counter()

    assert sum(1 for _ in lines(infos, prefix="U.")) == 10001
    assert time.perf_counter() - start < 5.0
