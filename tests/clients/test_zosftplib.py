"""zosftplib, a subclass of Python's ftplib for z/OS: catalog, libraries, transfers, jobs.

Source: clients.md section 4. The package is looked for in $ZOSFTPLIB (a folder), and without that pip puts it into a cache folder
once; a machine that cannot have it skips, visibly.
"""

from __future__ import annotations

import importlib
import sys
import warnings

import pytest

from tests.clients.packages import pip_folder

pytestmark = pytest.mark.clients
JCL = "//IBMUSERZ JOB ,CLASS=A,MSGCLASS=H\n//S1      EXEC PGM=IEFBR14\n"


@pytest.fixture(scope="session")
def library():
    sys.path.append(str(pip_folder("ZOSFTPLIB", "zosftplib==2.0", "zosftplib")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("zosftplib")


@pytest.fixture
def zftp(library, world, tmp_path, monkeypatch):
    """A signed-on client; the library has the port as a constant of its base class."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library.Zftp, "port", world.port)
    client = library.Zftp(world.host, world.user, world.password, timeout=30.0)
    yield client
    client.quit()


def test_the_catalog_is_listed_by_columns(zftp):
    rows = zftp.list_catalog("IBMUSER.*")

    assert [(row["Dsname"], row["Dsorg"], row["Recfm"], row["Lrecl"]) for row in rows] == [
        ("IBMUSER.CNTL", "PO", "FB", "80"),
        ("IBMUSER.TEXT", "PS", "FB", "80"),
        ("IBMUSER.VB", "PS", "VB", "84"),
    ]
    assert zftp.list_catalog("NOSUCH.**") == []


def test_a_directory_is_read_with_its_statistics(zftp):
    assert list(zftp.get_pds_directory("IBMUSER.CNTL")) == ["BYE", "HELLO"]
    assert zftp.get_pds_directory("IBMUSER.CNTL", attrs=True)["HELLO"][0] == "01.00"


def test_members_are_fetched(zftp, tmp_path):
    (tmp_path / "members").mkdir()
    zftp.get_members("IBMUSER.CNTL", str(tmp_path / "members"))

    assert {path.name.partition(".")[0] for path in (tmp_path / "members").iterdir()} == {"BYE", "HELLO"}


def test_text_and_bytes_go_both_ways(zftp, world, tmp_path):
    (tmp_path / "up").write_text("alpha\nbeta\n")
    zftp.upload_text("up", "IBMUSER.NEW")
    zftp.download_text("IBMUSER.NEW", "down")
    zftp.download_binary("IBMUSER.TEXT", "bytes")

    assert world.text("IBMUSER.NEW") == (tmp_path / "down").read_text() == "alpha\nbeta\n"
    assert (tmp_path / "bytes").read_bytes() == world.data("IBMUSER.TEXT")


def test_a_job_is_submitted_waited_for_and_purged(zftp, world):
    """A binary download has left SITE RDW on: spool files are none the worse for it."""
    zftp.download_binary("IBMUSER.VB", "bytes")
    submitted = zftp.submit_job(JCL, "IBMUSERZ")
    waited = zftp.submit_wait_job(JCL, "IBMUSERZ", purge=True)

    assert (submitted["jobname"], submitted["owner"]) == ("IBMUSERZ", "IBMUSER")
    assert waited["rc"] == "RC=0000" and waited["status"] == "OUTPUT (job purged)"
    assert any("IBMUSERZ ENDED - RC=0000" in line for line in waited["output"])
    assert [line.split()[1] for line in zftp.list_jes_spool()] == ["JOBID", submitted["jobid"]]
    assert zftp.list_jes_spool("NOSUCH*") == []
