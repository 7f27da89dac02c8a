"""When each exit is called, with what, and what happens when it fails: seen by a real client [jes-and-jcl.md 2.1 to 2.7]."""

from __future__ import annotations

import ftplib
import io
import json
import sys
import time

import pytest

JOB = b"//IBMUSERA JOB (ACCT),'X',CLASS=A,MSGCLASS=H\n//S1 EXEC PGM=IEFBR14\n"
POINTS = ("FTCHKIP", "FTCHKPWD", "FTCHKCMD", "FTCHKJES", "FTPOSTPR", "FTPSMFEX")
#: An exit for every point that writes down what it was given.
SPY = """
import json
from dataclasses import fields

def spy(point):
    facts = {each.name: getattr(point, each.name) for each in fields(point) if each.name != "session"}
    facts = {name: value.hex() if isinstance(value, bytes) else value for name, value in facts.items()}
    area = point.session
    facts["ends"] = [area.client.host, area.client.port, area.client.family, area.server.host, area.server.port]
    facts["id"], facts["pad"] = area.identifier, area.scratchpad[0]
    area.scratchpad[0] = (area.scratchpad[0] + 1) % 256
    with open(LOG, "a") as out:
        out.write(json.dumps([type(point).__name__, facts]) + "\\n")
"""


@pytest.fixture
def heard(serving, tmp_path):
    """Sign on to a server whose six exits are spies; `calls()` returns (point, facts) so far."""
    log = tmp_path / "log"
    (tmp_path / "spy.py").write_text(SPY.replace("LOG", repr(str(log))))
    server = serving("SMF STD\nSMFJES TRUE\nSMFEXIT TRUE\n", exits=tuple(f"{name}={tmp_path}/spy.py:spy" for name in POINTS))
    ftp = ftplib.FTP()
    ftp.connect(*server.address)
    ftp.calls = lambda: [tuple(json.loads(line)) for line in log.read_text().splitlines()]
    yield ftp
    ftp.close()


def names(calls):
    return [point if point != "FTCHKCMD" else f"FTCHKCMD {facts['command']}" for point, facts in calls]


def test_the_exits_are_called_in_the_documented_order(heard):
    heard.login("IBMUSER", "SYS1:BADGE")
    heard.sendcmd("SITE FILETYPE=JES")
    heard.af = 10  # EPSV
    heard.storlines("STOR A.JOB", io.BytesIO(JOB))
    heard.sendcmd("NOOP")  # FTPOSTPR hears of the reply that was sent, so it comes after it

    assert names(heard.calls()) == [
        "FTCHKIP",
        "FTCHKCMD USER",
        "FTCHKCMD PASS",
        "FTCHKPWD",
        "FTCHKCMD SITE",
        "FTCHKCMD TYPE",
        "FTCHKCMD EPSV",
        "FTCHKCMD STOR",
        "FTCHKJES",
        "FTCHKJES",
        "FTPSMFEX",
        "FTPOSTPR",
        "FTCHKCMD NOOP",
    ]


def test_every_exit_is_given_the_documented_facts(heard):
    heard.login("IBMUSER", "SYS1:BADGE")
    heard.cwd("SRC")
    heard.storlines("STOR A.B", io.BytesIO(b"one\n"))
    heard.sendcmd("SITE FILETYPE=JES")
    heard.storlines("STOR A.JOB", io.BytesIO(JOB))
    heard.sendcmd("NOOP")
    calls = heard.calls()
    by_point = {point: [facts for each, facts in calls if each == point] for point in POINTS}
    (password,), stor = by_point["FTCHKPWD"], next(f for f in by_point["FTCHKCMD"] if f["command"] == "STOR")
    first, second = by_point["FTCHKJES"]
    stored, submitted = by_point["FTPOSTPR"]

    ends = [*heard.sock.getsockname()[:2], "AF_INET", *heard.sock.getpeername()[:2]]
    assert all(facts["ends"] == ends for _, facts in calls)
    assert len({facts["id"] for _, facts in calls}) == 1
    assert (password["userid"], password["password"], password["userdata"], password["failures"]) == (
        "IBMUSER",
        "SYS1",
        "BADGE",
        0,
    )
    assert [stor[name] for name in ("userid", "argument", "directory_type", "filetype", "directory")] == [
        "IBMUSER", "A.B", "MVS", "SEQ", "IBMUSER.SRC.",
    ]  # fmt: skip
    assert bytes.fromhex(first["record"]).decode("cp037") == JOB.decode().splitlines()[0].ljust(80)
    assert [(each["number"], each["total"], each["lrecl"], each["recfm"]) for each in (first, second)] == [
        (1, 80, 80, "F"), (2, 160, 80, "F"),
    ]  # fmt: skip
    assert [stored[name] for name in ("command", "name", "bytes", "reply_code", "reason", "conddisp", "filetype")] == [
        "STOR", "IBMUSER.SRC.A.B", 5, 250, 0, "C", "SEQ",
    ]  # fmt: skip
    assert stored["reply"].endswith("Transfer completed successfully.")
    assert submitted["filetype"] == "JES"


def test_the_scratchpad_is_zero_at_first_and_lasts_for_the_session(heard):
    heard.login("IBMUSER", "SYS1")
    heard.sendcmd("NOOP")

    assert [facts["pad"] for _, facts in heard.calls()] == [0, 1, 2, 3, 4]


def test_an_unknown_command_is_no_matter_for_the_exit(heard):
    heard.login("IBMUSER", "SYS1")
    before = len(heard.calls())
    with pytest.raises(ftplib.error_perm):
        heard.sendcmd("XYZZY")

    assert len(heard.calls()) == before


@pytest.fixture
def client(serving, examples, monkeypatch):
    """Sign on to a server with exits; a call may take a second."""
    opened = []

    def begin(*specs, statements="", **options):
        said = []
        server = serving(
            statements, exits=tuple(spec.replace("@", f"{examples}/") for spec in specs), console=said.append, **options
        )
        server.facts.exits._limit = 1.0
        ftp = ftplib.FTP(timeout=20)
        opened.append(ftp)
        ftp.connect(*server.address)
        ftp.login("IBMUSER", "SYS1")
        ftp.server, ftp.said = server, said
        return ftp

    yield begin
    for ftp in opened:
        ftp.close()


FAILURES = {
    "raises": "raise ValueError('no')",
    "loops": "while True: pass",
    "sleeps": "import time; time.sleep(3)",
    "ends the process": "import sys; sys.exit(3)",
    "answers nonsense": "return {'rc': 0}",
    "answers a lie": "return True",
}


@pytest.mark.parametrize("code", FAILURES.values(), ids=FAILURES)
def test_a_command_exit_that_fails_refuses_the_command_and_the_server_lives(client, tmp_path, code):
    (tmp_path / "bad.py").write_text(f"def check(point):\n    if point.command == 'CWD':\n        {code}\n")
    ftp = client(f"FTCHKCMD={tmp_path}/bad.py:check")
    began = time.monotonic()
    with pytest.raises(ftplib.error_perm) as refused:
        ftp.cwd("SRC")

    assert str(refused.value) == "500 User Exit denies Userid IBMUSER from using Command CWD"
    assert time.monotonic() - began < 15
    assert ftp.pwd() == "'IBMUSER.'"
    assert any(line.startswith("EZYFT00E user exit FTCHKCMD") for line in ftp.said)


@pytest.mark.parametrize("code", FAILURES.values(), ids=FAILURES)
def test_a_post_processing_exit_that_fails_changes_nothing(client, tmp_path, code):
    (tmp_path / "bad.py").write_text(f"def after(point):\n    {code}\n")
    ftp = client(f"FTPOSTPR={tmp_path}/bad.py:after")

    assert ftp.storlines("STOR A.B", io.BytesIO(b"x\n")).startswith("250")
    assert ftp.sendcmd("NOOP").startswith("200")
    assert any(line.startswith("EZYFT00E user exit FTPOSTPR") for line in ftp.said)


@pytest.mark.parametrize("code", FAILURES.values(), ids=FAILURES)
def test_a_job_exit_that_fails_submits_nothing(client, tmp_path, code):
    (tmp_path / "bad.py").write_text(f"def check(point):\n    {code}\n")
    ftp = client(f"FTCHKJES={tmp_path}/bad.py:check")
    ftp.sendcmd("SITE FILETYPE=JES")
    with pytest.raises(ftplib.error_perm, match="User Exit refuses this job to be submitted by IBMUSER"):
        ftp.storlines("STOR A.JOB", io.BytesIO(JOB))

    assert list(ftp.server.jes.jobs(ftp.server.saf.acee("IBMUSER"))) == []


PROGRAMS = {
    "rubbish": "print('rubbish', flush=True)",
    "a list": "print('[]', flush=True)",
    "no scratchpad": 'print(\'{"rc": 0, "scratchpad": "zz"}\', flush=True)',
    "nothing": "import time; time.sleep(5)",
    "its end": "break",
}


@pytest.mark.parametrize("answer", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_that_answers_no_verdict_refuses_and_is_started_anew(client, tmp_path, answer):
    program = tmp_path / "exit.py"
    program.write_text(
        "import sys, json\n"
        "for line in sys.stdin:\n"
        f"    if json.loads(line)['command'] == 'CWD':\n        {answer}\n"
        "    else:\n        print('{\"rc\": 0}', flush=True)\n"
    )
    ftp = client(f"FTCHKCMD=program:{sys.executable} {program}")
    with pytest.raises(ftplib.error_perm, match="User Exit denies"):
        ftp.cwd("SRC")

    assert ftp.pwd() == "'IBMUSER.'"


def test_a_program_keeps_what_it_writes_into_the_scratchpad(client, tmp_path):
    program = tmp_path / "exit.py"
    program.write_text(
        "import sys, json\n"
        "for line in sys.stdin:\n"
        "    facts = json.loads(line)\n"
        "    count = int(facts['scratchpad'][:2], 16) + 1\n"
        "    answer = {'rc': 0, 'scratchpad': f'{count:02x}'}\n"
        "    if facts['command'] == 'NOOP':\n        answer = {'rc': 8, 'text': f'call {count}'}\n"
        "    print(json.dumps(answer), flush=True)\n"
    )
    ftp = client(f"FTCHKCMD=program:{sys.executable} {program}")
    with pytest.raises(ftplib.error_perm, match="500-UX-call 3"):
        ftp.sendcmd("NOOP")


@pytest.mark.parametrize(("job_class", "allowed"), [("A", True), ("Z", False)])
def test_the_class_example_meets_a_client(client, job_class, allowed):
    ftp = client("FTCHKJES=@ftchkjes_class.py:check")
    ftp.sendcmd("SITE FILETYPE=JES")
    job = JOB.replace(b"CLASS=A,MSGCLASS=H", b"\n//   CLASS=" + job_class.encode() + b",MSGCLASS=H")
    if allowed:
        assert "JES as JOB" in ftp.storlines("STOR A.JOB", io.BytesIO(job))
        return
    with pytest.raises(ftplib.error_perm, match="UX-Class Z is not for FTP."):
        ftp.storlines("STOR A.JOB", io.BytesIO(job))


def test_the_smf_example_meets_a_client(client):
    ftp = client("FTPSMFEX=@ftpsmfex_dele.py:check", statements="SMF STD\nSMFEXIT TRUE\n")
    ftp.storlines("STOR A.B", io.BytesIO(b"x\n"))
    ftp.delete("A.B")
    data = bytearray()
    ftp.sendcmd("SITE RDW")
    ftp.retrbinary("RETR 'SYS1.SMFDATA'", data.extend)

    assert data[23] == 75
    assert len(data) == int.from_bytes(data[:2], "big")
