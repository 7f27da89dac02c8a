"""--syslog: messages reach the system's syslog, facility daemon, with their severity [zos-ftp-server.md 8.1]."""

from __future__ import annotations

import ftplib
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

DEVICE = Path("/dev/log")
DAEMON, ERROR, WARNING, INFORMATION = 3, 3, 4, 6
FTPDATA = "FTPLOGGING TRUE\nBANNER /no/such/file\n"


@pytest.fixture
def log():
    """The system's log socket, ours for the time of the test; skips where there is one already or none may be made."""
    if DEVICE.exists():
        pytest.skip("this machine has a syslog daemon of its own")
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        sock.bind(str(DEVICE))
    except OSError as error:
        sock.close()
        pytest.skip(f"{DEVICE} cannot be made: {error}")
    sock.settimeout(5)
    yield sock
    sock.close()
    DEVICE.unlink()


@pytest.fixture
def port(log, tmp_path):
    """The port of a server that was started with --syslog."""
    (tmp_path / "ftp.data").write_text(FTPDATA)
    command = [sys.executable, "-m", "zftpd", "--memory", "--port", "0", "--syslog", "--config", str(tmp_path / "ftp.data")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment(tmp_path))
    try:
        yield int(re.search(r"port (\d+)", process.stdout.readline())[1])
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        process.stdout.close()


def environment(folder):
    import os

    return {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "HOME": str(folder)}


def heard(log, wanted, seconds=15.0):
    """(facility, severity, text) of datagrams until one holds `wanted`."""
    found = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        data = log.recv(8192).decode()
        priority, text = re.fullmatch(r"<(\d+)>(.*?)\0?\n?", data, re.DOTALL).groups()
        found.append((int(priority) >> 3, int(priority) & 7, text))
        if wanted in text:
            break
    return found


def test_messages_reach_syslog_with_facility_severity_and_job_name(log, port):
    with ftplib.FTP() as ftp:
        ftp.connect("127.0.0.1", port, timeout=10)
        ftp.login("IBMUSER", "SYS1")
        ftp.quit()
    found = heard(log, "EZYFS52I")
    by_number = {re.search(r"EZ[A-Z]+\d+[A-Z]", text)[0]: (facility, severity, text) for facility, severity, text in found}

    assert {facility for facility, _, _ in found} == {DAEMON}
    assert by_number["EZY2702I"][1] == by_number["EZYFS50I"][1] == INFORMATION
    assert by_number["EZYFT00W"][1] == WARNING
    assert re.search(r"ftpd1\[\d+\]: EZYFS56I ID=\S+ ACCESS OK +USERID=IBMUSER", by_number["EZYFS56I"][2])
