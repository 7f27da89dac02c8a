"""The `saf` command works on the data sets of the store it is given."""

from __future__ import annotations

from datetime import datetime

import pytest
from typer.testing import CliRunner

from jes.opening import open_system
from jes.racfcommand import datasets_of
from mvsfs.access import Requester
from mvsfs.info import Target
from saf.cli import app


@pytest.fixture
def saf(tmp_path):
    def run(*arguments, rc=0):
        result = CliRunner().invoke(app, ["--store", str(tmp_path / "store"), *arguments], obj=datasets_of)
        assert result.exit_code == rc, result.output
        return result.output

    return run


def test_racdcert_exports_to_a_data_set_and_adds_from_it(saf, tmp_path):
    saf("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA')) WITHLABEL('CA') NISTECC")
    saf("RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('IBMUSER.CA.B64')")

    with open_system(f"file://{tmp_path / 'store'}", now=lambda: datetime.now().astimezone())[0] as mvs:
        info = mvs.find("IBMUSER.CA.B64")
        (first, *_) = mvs.records(Target("IBMUSER.CA.B64"), Requester("IBMUSER"))
    saf("RACDCERT CERTAUTH DELETE(LABEL('CA'))")
    saf("RACDCERT CERTAUTH ADD('IBMUSER.CA.B64') WITHLABEL('BACK')")

    assert (str(info.dcb.recfm), info.dcb.lrecl) == ("VB", 84)
    assert first.decode("cp037") == "-----BEGIN CERTIFICATE-----"
    assert "Label: BACK" in saf("RACDCERT CERTAUTH LIST")


def test_the_users_own_authority_over_data_sets_counts(saf):
    saf("ADDUSER USER1")
    saf("ADDSD 'IBMUSER.**' UACC(NONE)")
    saf("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA')) WITHLABEL('CA') NISTECC")
    saf("RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('IBMUSER.CA.B64')")
    saf("RDEFINE FACILITY IRR.DIGTCERT.** UACC(CONTROL)")

    assert "IRRD103I" in saf("--user", "USER1", "RACDCERT CHECKCERT('IBMUSER.CA.B64')", rc=8)


def test_a_comment_alone_is_no_command(saf):
    assert saf("/* nothing to do */") == ""
