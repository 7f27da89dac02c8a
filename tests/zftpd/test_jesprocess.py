"""The JES of the `zftpd` command is a process of its own: it is replaced when it dies, and never outlives its server."""

from __future__ import annotations

import ftplib
import io
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.zftpd.test_workers import alive, children, until
from zftpd.net.operatorsocket import ask

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are found in /proc")

JOB = "//{name} JOB 1,CLASS=A,MSGCLASS=H\n//S EXEC PGM=IEFBR14\n"


class Server:
    def __init__(self, place):
        self.operator = place / "data" / "mvsfs" / "operator"
        command = [sys.executable, "-m", "zftpd", "--store", str(place / "store"), "--port", "0", "--no-tls"]
        environment = {**os.environ, "XDG_DATA_HOME": str(place / "data")}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, **pipes, text=True, env=environment)
        self.port = int(re.search(r" port (\d+);", self.process.stdout.readline())[1])
        (self.keeper,) = children(self.process.pid)

    def kept(self, *, threads):
        """The child of the keeper that has threads: JES; the other one is the heir."""
        found = [pid for pid in children(self.keeper) if (len(os.listdir(f"/proc/{pid}/task")) > 1) is threads]
        return found[0] if len(found) == 1 and len(children(self.keeper)) == 2 else None

    @property
    def jes(self):
        return until(lambda: self.kept(threads=True))

    @property
    def heir(self):
        self.jes  # noqa: B018  until it has threads, nobody can tell it from the heir
        return until(lambda: self.kept(threads=False))

    def client(self):
        session = ftplib.FTP(timeout=30)
        session.connect("127.0.0.1", self.port)
        session.login("IBMUSER", "SYS1")
        session.voidcmd("SITE FILETYPE=JES JESJOBNAME=*")
        return session

    def command(self, text):
        return ask(self.operator, f"JES {text}")


@pytest.fixture
def server(tmp_path):
    running = Server(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


def submit(session, name):
    return session.storlines("STOR J", io.BytesIO(JOB.format(name=name).encode())).split("known to JES as ")[1].split()[0]


def row(session, jobid):
    lines = []
    session.retrlines(f"LIST {jobid}", lines.append)
    return "\n".join(lines)


def test_jobs_run_there_and_sessions_see_them_end(server):
    with server.client() as session:
        jobid = submit(session, "FIRST")

        assert until(lambda: "RC=0000" in row(session, jobid))


def test_operator_commands_reach_it_and_are_answered_once(server):
    (answer,) = server.command("$D I1")
    assert answer.startswith("$HASP892 INIT(1)")

    server.command("HOLD ACTIVE HELD")
    with server.client() as session:
        jobid = submit(session, "HELD")
        assert until(lambda: "ACTIVE" in row(session, jobid))
        server.command("RELEASE")
        assert until(lambda: "RC=0000" in row(session, jobid))


def test_when_it_dies_another_one_runs_its_job_again_and_the_console_hears_of_it(server):
    server.command("HOLD ACTIVE")
    with server.client() as session:
        jobid = submit(session, "LOST")
        assert until(lambda: "ACTIVE" in row(session, jobid))
        dead = server.jes

        os.kill(dead, signal.SIGKILL)

        assert until(lambda: "RC=0000" in row(session, jobid))
        log = []
        session.retrlines(f"RETR {jobid}.1", log.append)
        assert any("REQUEUED FOR EXECUTION" in line for line in log)
    server.process.terminate()
    assert f"the process of JES, {dead}, ended with -9" in server.process.communicate(timeout=60)[1]


def test_when_its_keeper_is_killed_an_heir_starts_it_anew(server):
    server.command("HOLD ACTIVE")
    with server.client() as session:
        lost = submit(session, "LOST")
        assert until(lambda: "ACTIVE" in row(session, lost))
        family, heir = [server.keeper, server.jes], server.heir

        os.kill(server.keeper, signal.SIGKILL)

        assert until(lambda: alive(family) == [])
        assert until(lambda: "RC=0000" in row(session, lost))
        log = []
        session.retrlines(f"RETR {lost}.1", log.append)
        assert sum("$HASP373" in line for line in log) == 1
        assert any("REQUEUED FOR EXECUTION" in line for line in log)
        server.keeper = heir
        again = [heir, server.heir, server.jes]

        os.kill(heir, signal.SIGKILL)

        assert until(lambda: alive([heir, again[2]]) == [])
        jobid = submit(session, "NEXT")
        assert until(lambda: "RC=0000" in row(session, jobid))
        server.keeper = again[1]
        family += [*again, server.heir, server.jes]
    server.process.terminate()
    assert "the keeper of the process of JES has ended" not in server.process.communicate(timeout=60)[1]
    assert server.process.returncode == 0
    assert alive(family) == []


def test_when_its_keeper_and_the_heir_are_killed_the_server_runs_the_jobs_itself(server):
    server.command("HOLD ACTIVE")
    with server.client() as session:
        lost = submit(session, "LOST")
        assert until(lambda: "ACTIVE" in row(session, lost))
        family = [server.keeper, server.heir, server.jes]

        os.kill(server.heir, signal.SIGSTOP)
        os.kill(server.keeper, signal.SIGKILL)
        os.kill(family[1], signal.SIGKILL)

        assert until(lambda: alive(family) == [])
        assert until(lambda: "RC=0000" in row(session, lost))
        jobid = submit(session, "NEXT")
        assert until(lambda: "RC=0000" in row(session, jobid))
    (answer,) = server.command("$D I1")
    assert answer.startswith("$HASP892 INIT(1)")
    server.process.terminate()
    assert "the keeper of the process of JES has ended" in server.process.communicate(timeout=60)[1]
    assert server.process.returncode == 0


def test_a_session_that_cancels_a_running_job_ends_it(server):
    server.command("HOLD ACTIVE")
    with server.client() as session:
        jobid = submit(session, "GONE")
        assert until(lambda: "ACTIVE" in row(session, jobid))

        session.delete(jobid)

        with pytest.raises(ftplib.error_perm):
            until(lambda: row(session, jobid) and False, 10)


def test_it_dies_with_a_server_that_is_killed_and_the_port_is_free_at_once(server):
    family = [server.keeper, server.heir, server.jes]

    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()

    with socket.create_server(("127.0.0.1", server.port)):
        pass
    assert until(lambda: alive(family) == [])


def test_it_ends_with_its_server_and_leaves_no_control_socket(server):
    family = [server.keeper, server.heir, server.jes]
    assert len(list(server.operator.glob("*.sock"))) == 2

    server.process.terminate()

    assert server.process.wait(60) == 0
    assert alive(family) == []
    assert list(server.operator.glob("*.sock")) == []
