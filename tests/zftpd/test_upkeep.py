from __future__ import annotations

import ftplib

import pytest

from tests.waiting import until

FIRST = "from zftpd.exits.points import Verdict\ndef check(point):\n    return None\n"
SECOND = """from zftpd.exits.points import Verdict
def check(point):
    return Verdict.reject("Not today.") if point.command == "DELE" else None
"""


@pytest.fixture
def said():
    return []


def session(server):
    client = ftplib.FTP()
    client.connect(*server.address)
    client.login("IBMUSER", "SYS1")
    return client


def test_a_changed_ftp_data_counts_for_new_sessions(serving, tmp_path, said):
    config = tmp_path / "ftp.data"
    config.write_text("UMASK 022\n")
    server = serving(config=config, reload=True, console=said.append)
    with session(server) as before:
        config.write_text("UMASK 077\n")
        until(lambda: any("has changed; new sessions" in line for line in said))
        assert "022" in before.sendcmd("XSTA (UMASK")
    with session(server) as after:
        assert "077" in after.sendcmd("XSTA (UMASK")


def test_a_broken_ftp_data_changes_nothing_and_is_told(serving, tmp_path, said):
    config = tmp_path / "ftp.data"
    config.write_text("UMASK 022\n")
    server = serving(config=config, reload=True, console=said.append)
    config.write_text("UMASK 999\n")
    until(lambda: any("new sessions use what it said before" in line for line in said))
    with session(server) as client:
        assert "022" in client.sendcmd("XSTA (UMASK")


@pytest.mark.parametrize("by_name", [False, True], ids=["a file", "a module"])
def test_a_changed_exit_is_used_from_the_next_call_on(serving, tmp_path, said, monkeypatch, by_name):
    file = tmp_path / f"police_{tmp_path.name.replace('-', '_')}.py"
    file.write_text(FIRST)
    monkeypatch.syspath_prepend(str(tmp_path))
    server = serving(exits=(f"FTCHKCMD={file.stem if by_name else file}:check",), reload=True, console=said.append)
    with session(server) as client:
        with pytest.raises(ftplib.error_perm, match="550"):
            client.delete("NO.SUCH")
        file.write_text(SECOND)
        until(lambda: any("is used from now on" in line for line in said))
        with pytest.raises(ftplib.error_perm, match="500-UX-Not today"):
            client.delete("NO.SUCH")
        file.write_text("broken(")
        until(lambda: any("the loaded one stays" in line for line in said))
        with pytest.raises(ftplib.error_perm, match="500-UX-Not today"):
            client.delete("NO.SUCH")
