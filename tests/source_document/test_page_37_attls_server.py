"""Pages 37 to 40 and 64 to 68: both server configurations, run as given, with AT-TLS policies as the panels have them.

The ports are taken as they come. The certificates are those of pages 33, 35 and 59, valid for longer. TISSRFCLEVEL is
read as TLSRFCLEVEL.
"""

from __future__ import annotations

import ftplib
import io
import ssl
import time

import pytest

from tests.source_document.attls import PAGE_37, PAGE_64, context, secured
from tests.zftpd.attls.policies import SERVER_4021, SERVER_4121
from zftpd.attls.netstat import answer


def test_page_37_a_client_that_sends_auth_works_encrypted(serve, certificates):
    server = serve(PAGE_37, SERVER_4021)
    client = secured(server, context(certificates))
    client.login("USER1", "SECRET")
    client.prot_p()
    client.storlines("STOR TEST", io.BytesIO(b"HELLO\r\n"))
    lines = []
    client.retrlines("RETR TEST", lines.append)

    assert lines == ["HELLO"]
    assert client.sock.cipher()[0] == "AES256-SHA"
    client.quit()


def test_page_37_data_connections_must_be_private(serve, certificates):
    client = secured(serve(PAGE_37, SERVER_4021), context(certificates))
    client.login("USER1", "SECRET")

    with pytest.raises(ftplib.error_temp, match="425"):
        client.nlst()
    client.sendcmd("PBSZ 0")
    with pytest.raises(ftplib.error_perm, match="536"):
        client.sendcmd("PROT C")
    client.close()


def test_page_68_netstat_shows_the_connection(serve, certificates):
    server = serve(PAGE_64, SERVER_4121)
    client = secured(server, context(certificates, user=True))
    client.login("USER1", "SECRET")

    report = [" ".join(line.split()) for line in answer("TTLS CONN", server.sessions)]

    for line in (
        "TTLSRule: ABC_FTP_4021_New~2",
        "CertUserID: USER1",
        "SecLevel: TLS Version 1.2",
        "ClientAuthType: SAFCheck",
        "HandshakeRole: ServerWithClientAuth",
        "Keyring: TLSRING",
    ):
        assert line in report, report
    assert report[5].startswith("Cipher: ") and report[5].endswith("CBC_SHA")
    assert answer("TTLS", server.sessions)[-1].endswith("ABC_FTP_4021_New~2")
    assert answer("TTLS GROUP", server.sessions)[-1].split() == ["gAct1", "00000001", "1"]
    client.quit()


def test_page_64_without_auth_nobody_gets_in(serve):
    client = ftplib.FTP()
    client.connect(*serve(PAGE_64, SERVER_4121).address, timeout=20)

    with pytest.raises(ftplib.error_perm):
        client.login("USER1", "SECRET")
    client.close()


def test_page_64_without_a_certificate_the_handshake_fails(serve, certificates):
    server = serve(PAGE_64, SERVER_4121)

    with pytest.raises((ssl.SSLError, OSError, EOFError, ftplib.Error)):
        secured(server, context(certificates)).login("USER1", "SECRET")

    deadline = time.monotonic() + 10  # the client knows before the server has told
    while not any("EZD1286I" in line for line in server.said) and time.monotonic() < deadline:
        time.sleep(0.02)
    (line,) = [line for line in server.said if "EZD1286I" in line]
    assert "GRPID: 00000001 ENVID: 00000001" in line and "JOBNAME: FTPD1 USERID: TCPCS RULE: ABC_FTP_4021_New~2 RC:  403" in line


def test_page_30_the_console_tells_what_the_hardware_does(serve):
    said = serve(PAGE_37, SERVER_4021).said

    assert [line for line in said if line.startswith("System SSL: AES 128-bit crypto assist is ")]
    assert "System SSL: ICSF services are not available" in said


def test_page_58_level_2_the_certificate_must_be_the_users(serve, certificates):
    server = serve(PAGE_64, SERVER_4121)
    client = secured(server, context(certificates, user=True))

    with pytest.raises(ftplib.error_perm):
        client.login("IBMUSER", "SYS1")
    client.close()


def test_page_58_level_3_the_user_must_be_permitted_to_the_port(serve, certificates):
    server = serve(PAGE_64, SERVER_4121)
    resource = f"EZB.FTP.MVS1.FTPD1.PORT{server.address[1]}"
    saf = server.saf
    saf.command(saf.operator(), f"RDEFINE SERVAUTH {resource} UACC(NONE)")
    client = secured(server, context(certificates, user=True))
    with pytest.raises(ftplib.error_perm):
        client.login("USER1", "SECRET")
    client.close()

    saf.command(saf.operator(), f"PERMIT {resource} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)")

    client = secured(server, context(certificates, user=True))
    assert client.login("USER1", "SECRET").startswith("230")
    client.quit()
