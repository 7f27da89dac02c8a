from __future__ import annotations

import ftplib
import json
import stat

import pytest

from tests.waiting import until
from zftpd.net.operatorsocket import NoServer, ask
from zftpd.operator import display, modify, table


@pytest.fixture
def server(serving, tmp_path):
    """A server that answers the operator."""
    return serving(operator=tmp_path / "operator")


@pytest.fixture
def place(server, tmp_path):
    return tmp_path / "operator"


def signed_on(server):
    client = ftplib.FTP()
    client.connect(*server.address)
    client.login("IBMUSER", "SYS1")
    return client


def test_display_shows_the_sessions_that_run(server, place):
    with signed_on(server) as client:
        client.sendcmd("NOOP")
        (row,) = (json.loads(line) for line in ask(place, "DISPLAY"))

    assert (row["userid"], row["command"], row["tls"]) == ("IBMUSER", "NOOP", False)


def test_nobody_else_gets_at_the_socket_nor_at_a_store_that_is_made_beside_it_later(serving, tmp_path):
    folder = tmp_path / "data" / "operator"
    server = serving(operator=folder)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder)] == [0o700, 0o700]
    (place,) = folder.glob("*.sock")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    server.stop()

    folder.chmod(0o777)  # as somebody else had left it, who could put another socket in its place
    serving(operator=folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_modify_sets_traces_for_new_sessions_only(server, place):
    with signed_on(server) as before:
        assert ask(place, "MODIFY DEBUG=(CMD,JES)") == ["EZYFT82I Active traces: CMD JES"]
        assert "NONE" in before.sendcmd("XSTA (DEBUG")
    with signed_on(server) as after:
        assert "CMD JES" in after.sendcmd("XSTA (DEBUG")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("MODIFY DEBUG=NOSUCH", "EZYFT00E DEBUG=NOSUCH is not valid"),
        ("MODIFY", "EZYFT00E MODIFY takes DEBUG=(...), DUMP=(...), RELOAD or PAGENT,REFRESH"),
        ("MODIFY PAGENT,REFRESH", "EZYFT00I there is no AT-TLS policy to read again."),
        ("CANCEL", "EZYFT00E CANCEL is no operator command; there are DISPLAY, MODIFY, NETSTAT and JES"),
        ("MODIFY DUMP=21", "EZYFT83I Active dumpIDs: 21"),
        ("MODIFY RELOAD", "EZYFT00I there is no FTP.DATA file to read again."),
    ],
)
def test_every_command_is_answered(place, command, answer):
    assert ask(place, command) == [answer]


def test_the_socket_is_the_owners_alone(place):
    (path,) = place.iterdir()

    assert (place.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_the_socket_goes_with_the_server(server, place):
    server.stop()

    assert list(place.iterdir()) == []
    with pytest.raises(NoServer):
        ask(place, "DISPLAY")


def test_the_commands_print_what_the_server_answers(server, place, capsys):
    with signed_on(server):
        assert display(["--socket", str(place)]) == 0
    assert "IBMUSER" in capsys.readouterr().out
    assert modify(["--socket", str(place), "DEBUG=BAS"]) == 0
    assert modify(["--socket", str(place), "DEBUG=NOSUCH"]) == 1
    assert "Active traces: CMD INT FSC SOC" in capsys.readouterr().out


def test_without_a_server_the_command_says_so(tmp_path, capsys):
    assert display(["--socket", str(tmp_path / "nobody")]) == 1
    assert "no server answers" in capsys.readouterr().err


def test_the_table_counts_its_rows():
    assert table([])[-1] == "0 sessions"


def shown(place):
    (row,) = (json.loads(line) for line in ask(place, "DISPLAY"))
    return row["command"], row["name"], row["bytes"]


def test_display_shows_a_transfer_while_it_runs(server, place):
    with signed_on(server) as client:
        client.voidcmd("TYPE I")
        client.sendcmd("SITE RECFM=U BLKSIZE=32760 LRECL=0")
        with client.transfercmd("STOR BIG.DATA") as data:
            data.sendall(bytes(1_000_000))
            until(lambda: shown(place) == ("STOR", "IBMUSER.BIG.DATA", 1_000_000))
            data.sendall(bytes(500_000))
            until(lambda: shown(place)[2] == 1_500_000)
        client.voidresp()
        with client.transfercmd("RETR BIG.DATA") as data:
            until(lambda: shown(place)[:2] == ("RETR", "IBMUSER.BIG.DATA") and shown(place)[2] > 0)
            while data.recv(65536):
                pass
        client.voidresp()

        assert shown(place) == ("RETR", "IBMUSER.BIG.DATA", 1_500_000)
