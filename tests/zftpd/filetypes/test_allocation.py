"""How much space a data set gets that FTP makes."""

from __future__ import annotations

import io

import pytest

from mvsfs.dcb import Dsorg
from mvsfs.info import RELIEVED
from zftpd.filetypes.allocation import allocation_of
from zftpd.params.defaults import changed, defaults

TWO_MIB = bytes(2 << 20)


def test_what_ftp_data_says_is_an_amount():
    assert "CYLINDER" == allocation_of(changed(defaults(), {"spacetype": "CYLINDER"}), Dsorg.PS, sized=False).space_unit


def test_where_nobody_asked_there_is_no_limit_on_extents():
    assert RELIEVED == allocation_of(defaults(), Dsorg.PS, sized=False).space_unit


def test_a_large_store_needs_no_site(zos):
    with zos.ftp() as ftp:
        ftp.storbinary("STOR LARGE.DATA", io.BytesIO(TWO_MIB))

    info = zos.mvs.find("IBMUSER.LARGE.DATA")
    assert info.size >= len(TWO_MIB)
    assert info.used_tracks <= info.allocated_tracks
    assert info.extents <= 16


@pytest.mark.parametrize(("words", "code"), [("PRI=1 SEC=1 TRACKS", "B37-04"), ("PRI=1 SEC=0", "D37-04")])
def test_an_amount_that_was_asked_for_is_the_limit(zos, words, code):
    with zos.ftp() as ftp:
        ftp.sendcmd(f"SITE {words}")
        ftp.sendcmd("TYPE I")
        data = ftp.transfercmd("STOR LARGE.DATA")
        try:
            data.sendall(TWO_MIB)
        except OSError:
            pass  # the server has closed
        data.close()
        with pytest.raises(Exception, match=code):
            ftp.voidresp()
