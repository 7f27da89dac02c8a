"""JES commands and the levers of the job clock reach a server in another process through its control socket."""

from __future__ import annotations

import ftplib
import io
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from zftpd.jesconsole import main
from zftpd.net.operatorsocket import OperatorSocket, ask

JOB = "//{name} JOB CLASS={job_class},MSGCLASS=H\n//S1 EXEC PGM=IEFBR14\n//S2 EXEC PGM=IEFBR14,COND=EVEN\n"


@pytest.fixture
def server(serving, tmp_path):
    """A server that answers the operator, with one initiator."""
    return serving(operator=tmp_path / "operator", jes={"initiators": {"1": "A"}, "poll_seconds": 0.05})


def submitted(client: ftplib.FTP, name: str, job_class: str = "A") -> str:
    client.sendcmd("SITE FILETYPE=JES JESJOBNAME=*")
    answer = client.storlines("STOR J", io.BytesIO(JOB.format(name=name, job_class=job_class).encode()))
    return answer.split("known to JES as ")[1].split()[0]


def row(client: ftplib.FTP, jobid: str) -> list[str]:
    lines: list[str] = []
    client.retrlines(f"LIST {jobid}", lines.append)
    return lines


def until(client: ftplib.FTP, jobid: str, words: str) -> list[str]:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        lines = row(client, jobid)
        if words in "\n".join(lines):
            return lines
        time.sleep(0.02)
    raise AssertionError(f"{words!r} never came: {lines}")


@contextmanager
def signed_on(port: int):
    with ftplib.FTP() as client:
        client.connect("127.0.0.1", port)
        client.login("IBMUSER", "SYS1")
        yield client


def test_a_job_is_stopped_when_it_is_active_shows_its_step_and_ends_as_decided(server, tmp_path):
    def say(text: str) -> list[str]:
        return ask(tmp_path / "operator", f"JES {text}")

    with signed_on(server.address[1]) as client:
        assert say("HOLD ACTIVE PAY*") == ["EZYFT00I jobs PAY* stop in ACTIVE"]
        assert say("OUTCOME PAYROLL ABEND=S0C7") == ["EZYFT00I jobs PAYROLL end ABEND=S0C7"]
        jobid = submitted(client, "PAYROLL")
        active = until(client, jobid, "STEPNAME")
        assert active[-2].split() == ["STEPNAME", "S1", "PROCNAME", "N/A"]
        say("RELEASE")
        assert "ABEND=0C7" in until(client, jobid, "OUTPUT")[1]
        assert say("OUTCOME PAYROLL NONE") == ["EZYFT00I jobs PAYROLL end NONE"]
        assert "RC=0000" in until(client, submitted(client, "PAYROLL"), "OUTPUT")[1]


def test_initiators_are_displayed_stopped_and_started(server, tmp_path):
    def say(text: str) -> list[str]:
        return ask(tmp_path / "operator", f"JES {text}")

    with signed_on(server.address[1]) as client:
        assert say("$P I1") == ["$HASP892 INIT(1) STATUS=DRAINED,CLASS=A"]
        jobid = submitted(client, "J", "B")
        assert row(client, jobid)[1].split() == ["J", jobid, "IBMUSER", "INPUT", "B"]
        assert say("$S I1,C=AB") == ["$HASP892 INIT(1) STATUS=INACTIVE,CLASS=AB"]
        until(client, jobid, "RC=0000")
        assert say("$D Q")[0].startswith("$HASP890 JOB(J) STATUS=(AWAITING HARDCOPY),CLASS=B")


@pytest.mark.parametrize(
    "text",
    [
        "", "NOSUCH", "HOLD OUTPUT", "OUTCOME X", "OUTCOME X ABEND=99", "OUTCOME X RC=MANY", "HOLD", "OUTCOME X RC=4096",
        "OUTCOME X RC=-1", "OUTCOME X SECONDS=-1", "OUTCOME X SECONDS=NAN", "OUTCOME X SECONDS=1E999",
    ],
)  # fmt: skip
def test_what_is_no_command_is_refused_in_words(server, tmp_path, text):
    (answer,) = ask(tmp_path / "operator", f"JES {text}")

    assert answer.startswith("EZYFT00E ")


def test_the_command_line_prints_the_answer_and_fails_for_a_bad_command(server, tmp_path, capsys):
    place = ["--socket", str(tmp_path / "operator")]

    assert (main([*place, "$D", "I"]), main([*place, "$NONSENSE"]), main([*place, "NOSUCH"])) == (0, 1, 1)
    assert capsys.readouterr().out.startswith("$HASP892 INIT(1) STATUS=INACTIVE,CLASS=A\n$HASP003")


@pytest.fixture
def workers(tmp_path):
    """The port of a server with two workers, which have no initiators; its socket folder is below tmp_path."""
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "MVSFS_DATA": str(tmp_path / "data")}
    words = [sys.executable, "-m", "zftpd", "--port", "0", "--workers", "2", "--store", str(tmp_path / "store"), "--no-tls"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
    line = process.stdout.readline()
    yield int(line.split(" port ")[1].split(";")[0])
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def test_a_job_that_a_worker_took_starts_at_once_in_the_process_with_the_initiators(workers):
    with signed_on(workers) as client:
        until(client, submitted(client, "FIRST"), "RC=0000")
        begun = time.monotonic()
        for number in range(5):
            until(client, submitted(client, f"J{number}"), "RC=0000")
        took = time.monotonic() - begun

    assert took < 5 * 0.4, "an initiator that had to look by itself would take half a second for each"


def test_a_fault_in_one_command_does_not_end_the_others(tmp_path):
    def run(line: str) -> list[str]:
        return [f"answer {1 / int(line)}"]

    operator = OperatorSocket(tmp_path / "a" / "operator", run)
    operator.start()
    try:
        assert ask(operator.path, "0") == []
        assert ask(operator.path, "1") == ["answer 1.0"]
    finally:
        operator.stop()
