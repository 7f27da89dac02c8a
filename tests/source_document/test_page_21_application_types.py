"""Page 21: AT-TLS Basic, Aware and Controlling, on the server's side."""

from __future__ import annotations

import socket

import pytest

from tests.source_document.attls import PAGE_37, PAGE_64, context, secured
from tests.source_document.panels import s_client
from tests.zftpd.attls.policies import SERVER_4021, SERVER_4121
from zftpd.attls.netstat import answer

BASIC = ("ApplicationControlled         On     # FTP tells when AUTH was accepted", "ApplicationControlled Off")


@pytest.mark.clients
def test_page_21_basic_the_handshake_starts_as_soon_as_there_is_a_connection(serve, certificates):
    server = serve(PAGE_37, SERVER_4021.replace(*BASIC))

    _, shown = s_client(server, "-CAfile", certificates / "ca.pem", feed="USER USER1\r\nPASS SECRET\r\nQUIT\r\n", starttls=False)

    assert "Verify return code: 0 (ok)" in shown
    assert "220 " in shown and "230 USER1 is logged on." in shown


def test_page_21_basic_netstat_knows_the_connection_though_the_server_does_not(serve, certificates):
    server = serve(PAGE_37, SERVER_4021.replace(*BASIC))
    with context(certificates).wrap_socket(socket.create_connection(server.address, timeout=20)) as secured:
        while b"220 " not in secured.recv(1000):
            pass

        report = [" ".join(line.split()) for line in answer("TTLS CONN", server.sessions)]

        secured.sendall(b"AUTH TLS\r\n")
        assert not secured.recv(1000).startswith(b"234")
    assert "SecLevel: TLS Version 1.2" in report and "ApplicationControlled: Off" in report


def test_page_21_aware_the_program_learns_the_clients_user_and_the_cipher(serve, certificates):
    """With SECURE_PASSWORD OPTIONAL the server asks AT-TLS whose certificate it was, and no password is needed."""
    server = serve(PAGE_64.replace("SECURE_PASSWORD     REQUIRED", "SECURE_PASSWORD OPTIONAL"), SERVER_4121)
    client = secured(server, context(certificates, user=True))

    assert client.sendcmd("USER USER1").startswith("230")

    report = [" ".join(line.split()) for line in answer("TTLS CONN", server.sessions)]
    assert "CertUserID: USER1" in report and any(line.startswith("Cipher: ") and "AES" in line for line in report)
    client.quit()


def test_page_21_controlling_the_program_tells_when_the_handshake_starts(serve, certificates):
    server = serve(PAGE_37, SERVER_4021)
    client = secured(server, context(certificates))

    assert client.getwelcome().startswith("220")  # in clear
    assert client.sock.version() == "TLSv1.2"
    client.quit()
