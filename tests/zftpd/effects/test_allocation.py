"""Parameters of new data sets, each seen in the data set that STOR or MKD makes [zos-ftp-server.md 4.2]."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mvsfs.info import Allocation
from mvsfs.storage.options import StoreOptions

TWO_MIB = bytes(2 << 20)


def made(ftp, words, command="STOR A.B"):
    """Set words, make a data set, and return what it is."""
    ftp.command(f"SITE {words}")
    ftp.command(command, b"x\r\n" if command.startswith("STOR") else b"")
    return ftp.session.server.mvs.find("IBMUSER.A.B")


def shape(info):
    return str(info.dcb.recfm), info.dcb.lrecl, info.dcb.blksize


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("RECFM=FB LRECL=133", ("FB", 133, 6118)),
        ("RECFM=VB LRECL=500 BLKSIZE=5000", ("VB", 500, 5000)),
        ("RECFM=U BLKSIZE=4096 LRECL=0", ("U", 0, 4096)),
        ("RECFM=FBA LRECL=121 BLKSIZE=1210", ("FBA", 121, 1210)),
        ("LR=80 REC=FB BLOCKSI=3200", ("FB", 80, 3200)),
        ("FIXrecfm 100", ("FB", 100, 6200)),
        ("VARrecfm 300", ("VB", 300, 6233)),
    ],
)
def test_recfm_lrecl_and_blksize_shape_the_data_set(ftp, words, wanted):
    assert shape(made(ftp, words)) == wanted


def test_blksize_0_is_system_determined(ftp):
    assert shape(made(ftp, "RECFM=FB LRECL=80 BLKSIZE=0")) == ("FB", 80, 27920)


def test_lrecl_x_makes_a_spanned_data_set_of_any_length(ftp):
    info = made(ftp, "RECFM=VBS LRECL=X")

    assert str(info.dcb.recfm) == "VBS"
    assert "LRECL=X" in ftp.command("XDSS 'IBMUSER.A.B'")


@pytest.mark.parametrize(
    ("words", "unit", "tracks"),
    [("TRACKS PRI=7 SEC=3", "TRACK", 7), ("CYL PRI=2 SEC=1", "CYLINDER", 30), ("BLOCKS PRI=100 SEC=10", "BLOCK", 13)],
)
def test_primary_is_allocated_in_the_unit(ftp, words, unit, tracks):
    info = made(ftp, words)

    assert (info.space_unit, info.allocated_tracks) == (unit, tracks)


@pytest.mark.parametrize(("words", "abend"), [("PRI=1 SEC=0 TRACKS", "D37-04"), ("PRI=1 SEC=1 TRACKS", "B37-04")])
def test_secondary_decides_how_far_a_data_set_grows(ftp, words, abend):
    ftp.command("TYPE I")
    ftp.command(f"SITE {words}")

    assert abend in ftp.command("STOR A.B", TWO_MIB)


def test_directory_blocks_bound_the_members_of_a_pds(ftp):
    info = made(ftp, "PDSTYPE=PDS DIR=1", "MKD A.B")
    said = [ftp.command(f"STOR A.B(MEMB{number:04d})", b"x\r\n") for number in range(30)]

    assert info.directory_blocks == 1
    assert any("B14-0C" in each or "directory" in each for each in said)


def test_retpd_gives_a_date_of_expiry(ftp):
    assert made(ftp, "RETPD=30").expires == date(2026, 3, 25) + timedelta(30)


@pytest.mark.parametrize("name", ["IBMUSER.MODEL", "'IBMUSER.MODEL'"])
def test_dcbdsn_gives_what_the_other_words_leave_open(ftp, name):
    mvs, who = ftp.session.server.mvs, ftp.session.server.operator
    mvs.allocate("IBMUSER.MODEL", Allocation("FB", 100, 1000), who)

    assert shape(made(ftp, f"DCBDSN={name} RECFM LRECL BLKSIZE")) == ("FB", 100, 1000)


def test_words_win_over_dcbdsn(ftp):
    mvs, who = ftp.session.server.mvs, ftp.session.server.operator
    mvs.allocate("IBMUSER.MODEL", Allocation("FB", 100, 1000), who)

    assert shape(made(ftp, "DCBDSN=IBMUSER.MODEL RECFM BLKSIZE LRECL=50"))[:2] == ("FB", 50)


def test_volume_is_where_the_data_set_lies(ftp):
    assert made(ftp, "VOLUME=USER02").volser == "USER02"


def test_a_volume_that_is_not_there_is_refused(ftp):
    ftp.command("SITE VOLUME=NOTHER")
    said = ftp.command("STOR A.B", b"x\r\n")

    assert said.splitlines()[0].startswith("550-SVC99 RETURN CODE=4")
    assert said.splitlines()[-1] == "550 Unable to create data set IBMUSER.A.B for STOR command."


def test_dataclass_gives_what_the_words_leave_open(talking):
    ftp = talking(store_options=StoreOptions(data_classes={"CARDS": Allocation("FB", 80, 8000)}))
    info = made(ftp, "DATACLASS=CARDS RECFM LRECL BLKSIZE")

    assert shape(info) == ("FB", 80, 8000)
    assert info.dataclas == "CARDS"


def test_storclass_and_mgmtclass_are_those_of_the_data_set(ftp):
    info = made(ftp, "STORCLASS=FAST MGMTCLASS=KEEP")

    assert (info.storclas, info.mgmtclas) == ("FAST", "KEEP")


@pytest.mark.parametrize("kind", ["BASIC", "LARGE"])
def test_dsntype_is_the_type_of_a_sequential_data_set(ftp, kind):
    assert made(ftp, f"DSNTYPE={kind}").dsntype == kind


@pytest.mark.parametrize(("kind", "is_pdse"), [("PDS", False), ("PDSE", True)])
def test_pdstype_is_the_type_of_a_partitioned_data_set(ftp, kind, is_pdse):
    assert made(ftp, f"PDSTYPE={kind}", "MKD A.B").is_pdse is is_pdse


@pytest.mark.parametrize("value", ["NO", "OPT"])
def test_eattr_is_kept_with_the_data_set(ftp, value):
    made(ftp, f"EATTR={value}")

    assert ftp.command("XDSS 'IBMUSER.A.B'").endswith(f"EATTR={value}")


@pytest.mark.parametrize(("value", "stays"), [("CATLG", True), ("DELETE", False)])
def test_conddisp_decides_what_becomes_of_a_new_data_set_when_a_transfer_breaks(ftp, value, stays):
    from zftpd.errors import DataConnectionLost

    def broken():
        yield b"one\r\n"
        raise DataConnectionLost("receive")

    ftp.command(f"SITE CONDDISP={value}")
    ftp.command("STOR A.B", broken())

    assert ftp.session.server.mvs.exists("IBMUSER.A.B") is stays


@pytest.mark.parametrize("statement", ["RECFM FB\nLRECL 80\nBLKSIZE 3200\n", "recfm fb\nlrecl 80\nblksize 3200\n"])
def test_ftp_data_gives_the_attributes_that_sessions_begin_with(talking, statement):
    assert shape(made(talking(statement), "UMASK 022")) == ("FB", 80, 3200)
