"""Page 12: PORTCOMMAND, PORTCOMMANDPORT, PORTCOMMANDIPADDR, PASSIVEDATACONN: taking part in three-way proxy mode."""

from __future__ import annotations

import pytest

from zftpd.client.host_files import HostFiles
from zftpd.client.interpreter import run
from zftpd.client.state import Client, Console
from zftpd.params.defaults import changed, defaults

OPEN = "PORTCOMMANDIPADDR UNRESTRICTED\nPASSIVEDATACONN UNRESTRICTED\n"


@pytest.fixture
def proxied(zos_start, tmp_path):
    """Have the z/OS client move a file from a first server to a second one, each with its own statements."""

    def move(first, second):
        source, target = zos_start(ftpdata=first), zos_start(ftpdata=second)
        source.seed({"IBMUSER.A": "MOVED\n"})
        lines = iter(
            [
                "IBMUSER",
                "SYS1",
                f"proxy open 127.0.0.1 {target.port}",
                "IBMUSER",
                "SYS1",
                "proxy get 'IBMUSER.A' 'IBMUSER.B'",
                "quit",
            ]
        )
        shown = []
        client = Client(
            console=Console(show=shown.append, read=lambda _: next(lines, None), read_hidden=lambda _: next(lines, None)),
            local=HostFiles(tmp_path),
            settings=changed(defaults(), {"fwfriendly": True, "datacttime": 10}),
            userid="USER1",
            exit_on_error=True,
        )
        code = run(client, "127.0.0.1", source.port)
        return code, shown, target

    return move


def test_unrestricted_servers_send_to_one_another(proxied):
    code, shown, target = proxied(OPEN, OPEN)

    assert code == 0, shown
    assert target.text("IBMUSER.B") == "MOVED\n"


def test_a_server_that_rejects_port_takes_no_part(proxied):
    code, _, target = proxied(f"{OPEN}PORTCOMMAND REJECT\n", OPEN)

    assert code // 1000 == 61 and code % 1000 >= 500
    assert not target.exists("IBMUSER.B")


def test_low_ports_are_refused_where_only_they_are(zos_start):
    client = zos_start(ftpdata=f"{OPEN}PORTCOMMANDPORT NOLOWPORTS\n").ftp()

    assert client.sendcmd("PORT 127,0,0,1,4,0").startswith("200")
    with pytest.raises(Exception, match="^5"):
        client.sendcmd("PORT 127,0,0,1,3,255")
    client.quit()


def test_noredirect_binds_port_to_the_clients_own_address(zos_start):
    client = zos_start(ftpdata="PORTCOMMANDIPADDR NOREDIRECT\n").ftp()

    assert client.sendcmd("PORT 127,0,0,1,200,1").startswith("200")
    with pytest.raises(Exception, match="^5"):
        client.sendcmd("PORT 127,0,0,2,200,1")
    client.quit()


@pytest.mark.parametrize(("statement", "delivered"), [("UNRESTRICTED", True), ("NOREDIRECT", False)])
def test_passivedataconn_decides_who_may_come_to_a_passive_port(zos_start, statement, delivered):
    """The stranger comes from 127.0.0.2, the client from 127.0.0.1."""
    import socket

    server = zos_start(ftpdata=f"PASSIVEDATACONN {statement}\n")
    server.seed({"IBMUSER.A": "SECRET\n"})
    client = server.ftp()
    port = client.makepasv()[1]
    stranger = socket.socket()
    stranger.bind(("127.0.0.2", 0))
    stranger.settimeout(5)
    stranger.connect(("127.0.0.1", port))
    client.putcmd("RETR 'IBMUSER.A'")
    got = b""
    try:
        while chunk := stranger.recv(100):
            got += chunk
    except OSError:
        pass
    stranger.close()
    client.close()

    assert (got == b"SECRET\r\n") == delivered
