"""Python's ftplib, in clear and under TLS, passive and active."""

from __future__ import annotations

import ftplib
from io import BytesIO

import pytest

JCL = "//LIBTEST  JOB ,CLASS=A,MSGCLASS=H\r\n//S1      EXEC PGM=IEFBR14\r\n"


@pytest.fixture(params=["clear", "tls", "active"])
def ftp(request, world):
    client = world.ftp(tls=request.param == "tls")
    client.set_pasv(request.param != "active")
    return client


def lines(ftp, command):
    found = []
    ftp.retrlines(command, found.append)
    return found


def test_data_sets_and_members_are_listed(ftp):
    assert ftp.nlst() == ["CNTL", "TEXT", "VB"]
    assert ftp.nlst("'IBMUSER.CNTL(*)'")
    assert ftp.cwd("'IBMUSER.CNTL'").startswith("250")
    assert ftp.nlst() == ["BYE", "HELLO"]


def test_text_and_bytes_come_back(ftp, world):
    parts = []
    ftp.storlines("STOR 'IBMUSER.NEW'", BytesIO(b"alpha\nbeta\n"))
    ftp.retrbinary("RETR 'IBMUSER.NEW'", parts.append)

    assert lines(ftp, "RETR 'IBMUSER.NEW'") == ["alpha", "beta"]
    assert b"".join(parts) == b"".join(world.records("IBMUSER.NEW"))


def test_unix_directories_are_walked(ftp):
    ftp.cwd("/u/ibmuser")
    ftp.mkd("made here")
    ftp.rename("made here", "renamed")

    assert ftp.pwd() == "/u/ibmuser"
    assert any(line.endswith(" renamed") for line in lines(ftp, "LIST"))
    assert lines(ftp, "RETR sub/deep.txt") == ["deep"]
    ftp.rmd("renamed")


def test_a_job_runs_and_its_spool_is_read(ftp, world):
    ftp.sendcmd("SITE FILETYPE=JES JESJOBNAME=*")
    answer = ftp.storlines("STOR X", BytesIO(JCL.encode()))
    jobid = answer.split("known to JES as ")[1].split()[0]
    world.submitted(jobid).wait()

    assert any("RC=0000" in line for line in lines(ftp, f"LIST {jobid}"))
    assert any("END OF JES SPOOL FILE" in line for line in lines(ftp, f"RETR {jobid}.x"))
    assert ftp.delete(jobid).startswith("250")
    with pytest.raises(ftplib.error_perm, match="550"):
        ftp.retrlines(f"LIST {jobid}", lambda _line: None)


def test_refusals_leave_the_session_usable(ftp):
    for command in ("RETR 'NO.SUCH'", "LIST 'NO.SUCH.*'", "RETR /no/such", "STOR 'NO.PDS(X)'"):
        with pytest.raises(ftplib.error_perm):
            ftp.retrbinary(command, lambda _data: None)
    assert ftp.nlst() == ["CNTL", "TEXT", "VB"]


def test_control_connection_leaves_tls_and_goes_on(world):
    client = world.ftp(tls=True)
    client.ccc()

    assert client.pwd() == "'IBMUSER.'"
    assert client.nlst() == ["CNTL", "TEXT", "VB"]
    client.quit()
