"""Pages 14 and 51: VERIFYUSER for every user, and a range of ports for passive data connections."""

from __future__ import annotations

import ftplib

import pytest


def test_verifyuser_checks_everybody_also_without_tls(zos_start):
    server = zos_start(ftpdata="VERIFYUSER TRUE")
    server.adduser("USER1", "SECRET")
    server.racf(f"RDEFINE SERVAUTH EZB.FTP.MVS1.FTPD1.PORT{server.port} UACC(NONE)")
    with pytest.raises(ftplib.error_perm, match="530"):
        server.ftp("USER1", "SECRET")

    server.racf(f"PERMIT EZB.FTP.MVS1.FTPD1.PORT{server.port} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)")

    assert server.ftp("USER1", "SECRET").quit().startswith("221")


@pytest.mark.parametrize("command", ["PASV", "EPSV"])
def test_passive_ports_come_from_the_range_for_standard_and_extended_passive_mode(zos_start, command):
    client = zos_start(ftpdata="PASSIVEDATAPORTS (50100,50140)\n").ftp()

    for _ in range(5):
        answer = client.sendcmd(command)
        port = ftplib.parse229(answer, ("", 0))[1] if command == "EPSV" else ftplib.parse227(answer)[1]
        assert 50100 <= port <= 50140
    client.quit()
