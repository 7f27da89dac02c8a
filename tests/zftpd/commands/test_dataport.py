"""PORT, PASV, EPRT, EPSV [zos-ftp-server.md 1.7; 9: items 19, 20]."""

from __future__ import annotations

import pytest

from zftpd.effects import AimAt, Listen
from zftpd.errors import DataConnectionFailed
from zftpd.testing.memory import Dialogue


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("PORT 192,168,1,100,4,1", "200 Port request OK."),
        ("EPRT |1|192.168.1.100|1025|", "200 EPRT request OK"),
        ("PASV", "227 Entering Passive Mode (127,0,0,1,129,31)"),
        ("EPSV", "229 Entering Extended Passive Mode (|||33055|)"),
        ("EPSV 1", "229 Entering Extended Passive Mode (|||33055|)"),
        ("EPSV 2", "522 network protocol 2 not consistent with this session. Use 1."),
        ("EPSV 9", "522 Network protocol not supported. Use (1,2)"),
        ("EPRT |3|x|1|", "522 Network protocol not supported. Use (1,2)"),
        ("EPRT |2|::1|1025|", "522 network protocol 2 not consistent with this session. Use 1."),
        ("EPRT |1|x|1|", "501 bad EPRT argument"),
        ("PORT 1,2,3", "501 bad PORT argument"),
        ("PORT 1,2,3,4,5,256", "501 bad PORT argument"),
        ("PORT 1,2,3,4,0,0", "504 Port command not implemented for that parameter"),
    ],
)
def test_what_each_command_answers(ftp, line, said):
    assert ftp.command(line) == said


def test_nothing_but_epsv_after_epsv_all(ftp):
    assert ftp.command("EPSV ALL").startswith("200 ")
    for line in ("PORT 127,0,0,1,4,1", "PASV", "EPRT |1|127.0.0.1|1025|"):
        assert ftp.command(line) == "503 EPSV ALL received - command not allowed after EPSV ALL"
    assert ftp.command("EPSV").startswith("229 ")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("PORTCOMMAND REJECT", "PORT 127,0,0,1,4,1"),
        ("PORTCOMMANDPORT NOLOWPORTS", "PORT 127,0,0,1,0,25"),
        ("PORTCOMMANDIPADDR NOREDIRECT", "PORT 10,9,8,7,4,1"),
        ("PORTCOMMANDIPADDR NOREDIRECT", "EPRT |1|10.9.8.7|1025|"),
    ],
)
def test_the_installation_may_forbid_addresses(talking, statement, line):
    ftp = talking(statement)

    assert ftp.command(line) == "504 Port command not implemented for that parameter"
    assert not [effect for effect in ftp.effects if isinstance(effect, AimAt)]


def test_ipv4_commands_are_refused_on_an_ipv6_session(serving):
    ftp = Dialogue(serving().facts, client=("2001:db8::5", 1026))
    ftp.session.ipv6 = True
    ftp.login()

    assert ftp.command("PASV") == "522 No IPv4 address available for PASV. Use EPSV."
    assert ftp.command("PORT 1,2,3,4,5,6").startswith("522 command PORT not allowed with this session")
    assert ftp.command("EPRT |2|2001:db8::5|1025|") == "200 EPRT request OK"


def test_a_used_up_range_is_425(ftp):
    ftp.failures[Listen] = DataConnectionFailed("range")

    assert ftp.command("PASV").startswith("425 ")
