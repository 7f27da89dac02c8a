"""`zftpd --workers`: a worker that dies is replaced, and no process outlives its server."""

from __future__ import annotations

import ftplib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import until

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are found in /proc")


class Server:
    def __init__(self, store):
        command = [sys.executable, "-m", "zftpd", "--store", str(store), "--port", "0", "--no-tls", "--workers", "2"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.port = int(re.search(r" port (\d+);", self.process.stdout.readline())[1])
        (self.keeper,) = children(self.process.pid)

    def signs_on(self):
        with ftplib.FTP(timeout=30) as session:
            session.connect("127.0.0.1", self.port)
            return session.login("IBMUSER", "SYS1").startswith("230")


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()]


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    running = Server(tmp_path / "store")
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.communicate()


def test_workers_that_are_killed_are_replaced_and_the_server_says_so(server):
    before = children(server.keeper)
    assert len(before) == 2

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    assert until(lambda: len(set(children(server.keeper)) - set(before)) == 2)
    assert all(server.signs_on() for _ in range(4))
    server.process.terminate()
    said = server.process.communicate(timeout=60)[1]
    assert [f"EZYFT00W worker {pid} ended with -9; another one is started" in said for pid in before] == [True, True]


def test_no_worker_outlives_a_server_that_is_killed(server):
    family = [server.keeper, *children(server.keeper)]

    os.kill(server.process.pid, signal.SIGKILL)

    assert until(lambda: alive(family) == [])


def test_workers_end_with_their_server(server):
    family = [server.keeper, *children(server.keeper)]
    assert server.signs_on()

    server.process.terminate()

    assert server.process.wait(60) == 0
    assert alive(family) == []
