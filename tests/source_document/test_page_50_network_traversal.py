"""Pages 47 to 54: address translation and filters: EPSV, PASSIVEIGNOREADDR, CCC, keep-alive."""

from __future__ import annotations

import ftplib
import io
import socket
import ssl

import pytest

from zftpd.client.host_files import HostFiles
from zftpd.client.interpreter import run
from zftpd.client.state import Client, Console
from zftpd.params.defaults import changed, defaults


def zftp(tmp_path, port, lines, **settings):
    left, shown = iter(lines), []
    client = Client(
        console=Console(show=shown.append, read=lambda _: next(left, None), read_hidden=lambda _: next(left, None)),
        local=HostFiles(tmp_path),
        settings=changed(defaults(), {"fwfriendly": True, "datacttime": 5, **settings}),
        userid="USER1",
        exit_on_error=True,
    )
    return run(client, "127.0.0.1", port), shown


def test_page_50_the_epsv_reply_holds_a_port_and_no_address(zos):
    client = zos.ftp()

    host, port = ftplib.parse229(client.sendcmd("EPSV"), ("127.0.0.1", 0))

    assert host == "127.0.0.1" and port > 0
    assert "127" not in client.sendcmd("EPSV").partition("(")[2]
    client.quit()


class Translated:
    """A server behind an address translator that does not look into TLS: its PASV reply names an address of the intranet."""

    def __init__(self, port):
        self._server, self._listener = port, socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]

    def serve(self):
        client, _ = self._listener.accept()
        upstream = socket.create_connection(("127.0.0.1", self._server))
        replies, commands = upstream.makefile("rb"), client.makefile("rb")

        def reply():
            while True:
                line = replies.readline()
                client.sendall(line.replace(b"(127,0,0,1,", b"(127,9,9,9,"))
                if not line or line[3:4] == b" ":
                    return line[:1]

        reply()
        for command in commands:
            upstream.sendall(command)
            if reply() == b"1":
                reply()
        upstream.close()
        client.close()


@pytest.mark.parametrize(
    ("settings", "works"),
    [({}, False), ({"passiveignoreaddr": True}, True), ({"epsv4": True}, True)],
    ids=["plain PASV", "PASSIVEIGNOREADDR TRUE", "EPSV"],
)
def test_page_50_epsv_or_passiveignoreaddr_solve_address_translation(zos, tmp_path, settings, works):
    import threading

    zos.seed({"IBMUSER.A": "X\n"})
    between = Translated(zos.port)
    threading.Thread(target=between.serve, daemon=True).start()

    code, _ = zftp(tmp_path, between.port, ["IBMUSER", "SYS1", "get 'IBMUSER.A' a", "quit"], **settings)

    assert (code == 0) == works
    assert (tmp_path / "a").exists() == works


@pytest.fixture
def leaving(zos_start):
    """A client under TLS of a server with the statements given, and whether CCC made its control connection clear."""

    def start(ftpdata):
        server = zos_start(ftpdata=f"EXTENSIONS AUTH_TLS\n{ftpdata}\n")
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        client = ftplib.FTP_TLS(context=context)
        client.connect("127.0.0.1", server.port, timeout=20)
        client.auth()
        client.login("IBMUSER", "SYS1")
        client.prot_p()
        return server, client

    return start


def test_page_52_ccc_needs_secure_ctrlconn_clear(leaving):
    _, client = leaving("SECURE_CTRLCONN PRIVATE")

    with pytest.raises(ftplib.error_perm, match="534"):
        client.ccc()
    client.close()


@pytest.mark.parametrize("level", ["RFC4217", "DRAFT"])
def test_page_52_after_ccc_commands_are_clear_and_data_stays_private(leaving, level):
    server, client = leaving(f"SECURE_CTRLCONN CLEAR\nTLSRFCLEVEL {level}")

    client.ccc()

    assert client.sock.version() is None  # no TLS any more
    assert client.sendcmd("NOOP").startswith("200")
    with pytest.raises(ftplib.error_perm, match="503"):
        client.sendcmd("PROT C")
    client.storlines("STOR A", io.BytesIO(b"PRIVATE\r\n"))
    assert server.text("IBMUSER.A") == "PRIVATE\n"
    client.quit()


def test_page_52_cccnonotify_sends_no_close_notify(leaving):
    _, client = leaving("SECURE_CTRLCONN CLEAR\nTLSRFCLEVEL CCCNONOTIFY")

    client.voidcmd("CCC")
    raw = socket.socket(fileno=client.sock.detach())
    raw.settimeout(1)
    raw.sendall(b"NOOP\r\n")

    assert raw.recv(100).startswith(b"200 ")
    raw.close()


def test_page_54_keep_alive_is_switched_on_for_both_connections(zos_start):
    server = zos_start(ftpdata="FTPKEEPALIVE 60\nDATAKEEPALIVE 120\n")
    client = server.ftp()

    status = client.sendcmd("STAT")

    assert "60" in "".join(line for line in status.splitlines() if "FTPKEEPALIVE" in line.upper().replace(" ", ""))
    client.quit()
