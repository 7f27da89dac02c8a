"""The example exits under a running server, met by a real client."""

from __future__ import annotations

import ftplib
import io
import sys

import pytest

from tests.waiting import until

JOB = b"//IBMUSERA JOB (ACCT),'X',CLASS=A,MSGCLASS=H\n" + b"//* NOTE\n" * 4 + b"//S1 EXEC PGM=IEFBR14\n"


@pytest.fixture
def client(serving, examples):
    """Sign on to a server with exits; `POINT=` targets are relative to the examples."""
    open_now = []

    def begin(*specs, password="SYS1", **options):
        server = serving(exits=tuple(spec.replace("@", f"{examples}/") for spec in specs), **options)
        ftp = ftplib.FTP()
        open_now.append(ftp)
        ftp.connect(*server.address)
        ftp.login("IBMUSER", password)
        ftp.server = server
        return ftp

    yield begin
    for ftp in open_now:
        ftp.close()


def jobs(ftp):
    ftp.sendcmd("SITE FILETYPE=JES JESSTATUS=ALL JESJOBNAME=* JESOWNER=*")
    try:
        return ftp.nlst()
    except ftplib.error_perm:
        return []


def test_record_7_of_a_job_is_refused_and_nothing_is_submitted(client):
    ftp = client("FTCHKJES=@ftchkjes_record7.py:check")
    ftp.sendcmd("SITE FILETYPE=JES")
    with pytest.raises(ftplib.error_perm) as refused:
        ftp.storlines("STOR SEVEN", io.BytesIO(JOB + b"//LAST EXEC PGM=IEFBR14\n"))

    assert "550 User Exit refuses this job to be submitted by IBMUSER" in str(refused.value)
    assert "Record 7 is not welcome." in str(refused.value)
    assert jobs(ftp) == []
    assert "JES as JOB" in ftp.storlines("STOR SIX", io.BytesIO(JOB))


def test_after_a_stor_a_job_reads_the_stored_data_set(client):
    ftp = client("FTPOSTPR=@ftpostpr_submit.py:after")
    ftp.storlines("STOR ARRIVED", io.BytesIO(b"first\nsecond\n"))
    mvs = ftp.server.mvs
    until(lambda: mvs.exists("IBMUSER.ARRIVED.COPY"))

    def copied():
        lines = []
        try:
            ftp.retrlines("RETR ARRIVED.COPY", lines.append)
        except ftplib.error_temp:
            return []
        except ftplib.error_perm:
            return []
        return lines

    until(lambda: copied() == ["first", "second"])


def test_rules_submit_the_job_of_the_first_pattern_that_fits(client):
    ftp = client("FTPOSTPR=rules:@postprocess.rules")
    ftp.storlines("STOR OTHER.DATA", io.BytesIO(b"x\n"))
    ftp.storlines("STOR INPUT.DATA", io.BytesIO(b"hello rules\n"))
    until(lambda: len(jobs(ftp)) == 1)
    (jobid,) = jobs(ftp)
    until(lambda: "OUTPUT" in listed(ftp, jobid))
    spool = []
    ftp.retrlines(f"RETR {jobid}.x", spool.append)

    assert "hello rules" in [line.strip() for line in spool]
    assert "RC=0000" in listed(ftp, jobid)


def listed(ftp, jobid):
    lines = []
    ftp.retrlines(f"LIST {jobid}", lines.append)
    return lines[1]


def test_a_job_that_cannot_be_submitted_leaves_the_transfer_alone(client, tmp_path):
    exit_file = tmp_path / "bad.py"
    exit_file.write_text(
        "from zftpd.exits.points import Verdict\ndef after(point):\n    return Verdict(jobs=('no job at all',))\n"
    )
    ftp = client(f"FTPOSTPR={exit_file}:after")

    assert ftp.storlines("STOR A.B", io.BytesIO(b"x\n")).startswith("250")


def test_a_refused_command_tells_the_exits_words(client):
    ftp = client("FTCHKCMD=@ftchkcmd_police.py:check")
    with pytest.raises(ftplib.error_perm) as refused:
        ftp.delete("A.B")

    assert str(refused.value).splitlines() == [
        "500-UX-Deleting by FTP is not allowed here.",
        "500-UX-Ask the operator.",
        "500 User Exit denies Userid IBMUSER from using Command DELE",
    ]
    ftp.sendcmd("SITE FILETYPE=SQL")
    assert "FileType SEQ" in ftp.sendcmd("XSTA (FILETYPE")


def test_a_program_may_change_an_argument(client, examples):
    ftp = client(f"FTCHKCMD=program:{sys.executable} @ftchkcmd_program.py")
    ftp.cwd("HOME")

    assert ftp.pwd() == "'IBMUSER.'"


def test_user_data_reaches_the_password_exit(client):
    with pytest.raises(ftplib.error_perm, match="530 PASS command failed"):
        client("FTCHKPWD=@ftchkpwd_userdata.py:check")

    assert client("FTCHKPWD=@ftchkpwd_userdata.py:check", password="SYS1:BADGE").pwd() == "'IBMUSER.'"


def test_a_connection_may_be_refused_before_it_is_greeted(client, tmp_path):
    exit_file = tmp_path / "closed.py"
    exit_file.write_text("def check(point):\n    return 8\n")
    with pytest.raises(ftplib.error_temp, match="421 User Exit rejects open for connection"):
        client(f"FTCHKIP={exit_file}:check")

    assert client("FTCHKIP=@ftchkip_local.py:check").pwd() == "'IBMUSER.'"


def test_an_exit_that_raises_refuses_and_the_session_goes_on(client, tmp_path):
    said = []
    exit_file = tmp_path / "raises.py"
    exit_file.write_text("def check(point):\n    return 1 // 0 if point.command == 'CWD' else 0\n")
    ftp = client(f"FTCHKCMD={exit_file}:check", console=said.append)
    with pytest.raises(ftplib.error_perm, match="User Exit denies"):
        ftp.cwd("'SYS1.'")

    assert ftp.pwd() == "'IBMUSER.'"
    assert any("ZeroDivisionError" in line for line in said)


def test_the_post_processing_exit_hears_of_every_kind_of_end(client, tmp_path):
    heard = tmp_path / "heard"
    exit_file = tmp_path / "hear.py"
    line = "f'{p.command} {p.name} {p.bytes} {p.reason} {p.reply_code}\\n'"
    exit_file.write_text(f"def after(p):\n    open({str(heard)!r}, 'a').write({line})\n")
    ftp = client(f"FTPOSTPR={exit_file}:after")
    ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))
    ftp.retrlines("RETR A.B", lambda line: None)
    ftp.rename("A.B", "A.C")
    with pytest.raises(ftplib.error_perm):
        ftp.retrlines("RETR NO.SUCH", lambda line: None)
    ftp.delete("A.C")
    ftp.sendcmd("NOOP")

    assert [line.split()[0] for line in heard.read_text().splitlines()] == ["STOR", "RETR", "RNTO", "RETR", "DELE"]
    assert heard.read_text().splitlines()[0] == "STOR IBMUSER.A.B 3 0 250"
    assert heard.read_text().splitlines()[3].split()[-2:] == ["8", "550"]
