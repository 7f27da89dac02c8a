"""A conversion that fails while data flow is answered in words, and the session goes on."""

from __future__ import annotations

import ftplib
import io

import pytest

from zftpd.app import Server, ServerOptions


@pytest.fixture
def client():
    server = Server(ServerOptions(store="memory:", port=0))
    server.start()
    ftp = ftplib.FTP()
    ftp.connect(*server.address[:2], timeout=30)
    ftp.login("IBMUSER", "SYS1")
    yield ftp
    ftp.close()
    server.stop()


def test_retr_of_a_character_that_the_network_page_lacks_is_451(client):
    client.sendcmd("SITE SBDATACONN=(IBM-1140,ISO8859-1)")
    client.storbinary("STOR 'IBMUSER.EURO'", io.BytesIO(b"\x9f"))

    with pytest.raises(ftplib.error_temp, match="^451"):
        client.retrlines("RETR 'IBMUSER.EURO'")

    assert client.sendcmd("NOOP").startswith("200")
    client.sendcmd("SITE SBSUB SBSUBCHAR=SPACE")
    lines: list[str] = []
    client.retrlines("RETR 'IBMUSER.EURO'", lines.append)
    assert lines == [" "]


def test_multi_byte_text_passes_through_the_server(client):
    client.encoding = "utf-8"
    client.sendcmd("SITE ENCODING=MBCS")
    client.sendcmd("SITE MBDATACONN=(IBM-939,UTF-8)")
    client.storlines("STOR 'IBMUSER.KANJI'", io.BytesIO("日本語\r\n".encode()))
    lines: list[str] = []

    client.retrlines("RETR 'IBMUSER.KANJI'", lines.append)

    assert lines == ["日本語"]
