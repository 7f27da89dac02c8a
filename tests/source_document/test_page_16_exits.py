"""Pages 15 and 16: the exit points: when each is called, what it is told, and each of its possible actions.

(Issue-wide tests of exits are in tests/zftpd/exits; these walk the table of the page.)
"""

from __future__ import annotations

import ftplib
import io
import time

import pytest


@pytest.fixture
def served(zos_start, tmp_path):
    """Start a server with one exit, whose body is given as Python."""

    def start(name, body):
        file = tmp_path / f"{name.lower()}_page16.py"
        file.write_text(f"from zftpd.exits.points import ACCEPT, Verdict\n\n\ndef check(point):\n    {body}\n")
        return zos_start(exits=(f"{name}={file}:check",))

    return start


def test_ftchkip_rejects_a_connection_by_addresses_and_ports(served):
    server = served("FTCHKIP", "return Verdict.reject() if point.remote.host == '127.0.0.1' else ACCEPT")

    with pytest.raises((ftplib.Error, EOFError, OSError)):
        ftplib.FTP().connect("127.0.0.1", server.port, timeout=10)


def test_ftchkpwd_rejects_a_login_by_user_and_password(served):
    server = served("FTCHKPWD", "return Verdict.reject() if point.userid == 'USER1' else ACCEPT")
    server.adduser("USER1", "SECRET")

    assert server.ftp().quit().startswith("221")
    with pytest.raises(ftplib.error_perm, match="530"):
        server.ftp("USER1", "SECRET")


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("return ACCEPT", ["A", "B"]),
        ("return Verdict.reject('Nothing is deleted here.') if point.command == 'DELE' else ACCEPT", ["A", "B"]),
        ("return Verdict(argument='B') if point.command == 'DELE' else ACCEPT", ["A"]),
    ],
    ids=["accept", "reject", "modify"],
)
def test_ftchkcmd_accepts_rejects_or_modifies_each_command(served, body, left):
    server = served("FTCHKCMD", body)
    server.seed({"IBMUSER.A": "1\n", "IBMUSER.B": "2\n"})
    client = server.ftp()

    if "reject" in body:
        with pytest.raises(ftplib.error_perm, match="Nothing is deleted here."):
            client.delete("A")
    elif "argument" in body:
        client.delete("A")
    client.quit()

    assert server.datasets("IBMUSER.*") == [f"IBMUSER.{name}" for name in left]


def test_ftchkjes_rejects_a_job_by_its_records(served):
    server = served("FTCHKJES", "return Verdict.reject() if b'CLASS=Z' in point.record.translate(UP) else ACCEPT")
    client = server.ftp()
    client.sendcmd("SITE FILETYPE=JES")

    with pytest.raises(ftplib.error_perm):
        client.storlines("STOR JOB", io.BytesIO(b"//J JOB 1,X,CLASS=Z\r\n//S EXEC PGM=IEFBR14\r\n"))
    client.close()


def test_ftpostpr_submits_a_job_after_a_transfer(served):
    job = "//AFTER JOB 1,X,MSGCLASS=X\\n//S EXEC PGM=IEFBR14\\n"
    server = served("FTPOSTPR", f"return Verdict(jobs=('{job}',))")
    server.ftp().storlines("STOR A", io.BytesIO(b"X\r\n"))

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            assert server.submitted("AFTER").rc == 0
            return
        except LookupError:
            time.sleep(0.1)
    raise AssertionError("no job was submitted")
