"""CHKCONFIDENCE: how sure the server is that a transfer was complete [CR CHKCONFIDENCE; jes-and-jcl.md 2.5]."""

from __future__ import annotations

import ftplib
import socket
import time

import pytest

from zftpd.console import Console
from zftpd.effects import CloseData
from zftpd.errors import ControlLost, DataConnectionLost
from zftpd.protocol.reply import Reply
from zftpd.testing.memory import Dialogue

ON = "CHKCONFIDENCE TRUE\nFTPLOGGING TRUE\n"


class Deaf(Dialogue):
    """A client that is gone when the final reply comes."""

    deaf = False

    def _perform(self, effect):
        if self.deaf and isinstance(effect, CloseData):
            self.failures[Reply] = ControlLost()
        return super()._perform(effect)


def told(said):
    return [line.split("CONFIDENCE=")[1].split()[0] for line in said if line.startswith("EZYFS86I")]


def seen(tmp_path):
    return [int(line) for line in (tmp_path / "seen").read_text().split()]


@pytest.fixture
def begun(serving, tmp_path):
    said = []
    module = tmp_path / "seen.py"
    module.write_text(f"def after(point):\n    open({str(tmp_path / 'seen')!r}, 'a').write(f'{{point.confidence}}\\n')\n")

    def begin(statements=ON):
        server = serving(statements, console=Console((said.append,)), exits=(f"FTPOSTPR={module}:after",))
        ftp = Deaf(server.facts)
        ftp.open()
        ftp.login()
        return ftp

    begin.said = said
    return begin


def test_a_transfer_that_ends_well_is_high(begun, tmp_path):
    ftp = begun()
    ftp.command("STOR A.B", b"x\r\n")
    ftp.command("RETR A.B")

    assert told(begun.said) == ["High", "High"]
    assert seen(tmp_path) == [0, 0]


@pytest.mark.parametrize(
    ("before", "data"),
    [
        (("MODE B", "TYPE E"), b"\x80\0\1A"),
        (("MODE C", "TYPE E"), b"\0\x80\x01A"),
        (("STRU R",), b"A\xff\x01"),
        (("STRU R",), b"A"),
    ],
)
def test_data_without_end_of_file_are_noeof(begun, tmp_path, before, data):
    ftp = begun()
    for command in before:
        ftp.command(command)
    ftp.command("STOR A.B", data)

    assert told(begun.said) == ["NoEOF"]
    assert seen(tmp_path) == [1]


def test_a_refused_or_broken_transfer_is_low(begun, tmp_path):
    def broken():
        yield b"x\r\n"
        raise DataConnectionLost("receive")

    ftp = begun()
    ftp.command("RETR NO.SUCH")
    ftp.command("STOR A.B", broken())

    assert told(begun.said) == ["Low", "Low"]
    assert seen(tmp_path) == [2, 2]


def test_a_client_that_is_gone_before_it_hears_of_the_end_is_unknown(begun, tmp_path):
    ftp = begun()
    ftp.deaf = True
    with pytest.raises(ControlLost):
        ftp.command("STOR A.B", b"x\r\n")

    assert told(begun.said) == ["Unknown"]
    assert seen(tmp_path) == [3]
    assert ftp.session.server.mvs.exists("IBMUSER.A.B")


def test_a_client_that_leaves_in_the_middle_is_low_and_accounted_for(begun, tmp_path):
    """FTPOSTPR and the log hear of it although nobody can be answered; the reply is that of a lost data connection."""
    server = begun().session.server
    ftp = ftplib.FTP()
    ftp.connect("127.0.0.1", server.port)
    ftp.login("IBMUSER", "SYS1")
    host, port = ftp.makepasv()
    with socket.create_connection((host, port)) as data:
        ftp.putcmd("STOR A.B")
        data.sendall(b"half a li")
        time.sleep(0.3)
        ftp.close()
        deadline = time.monotonic() + 20
        while not told(begun.said) and time.monotonic() < deadline:
            time.sleep(0.05)

    assert told(begun.said) == ["Low"]
    assert any(line.startswith("EZYFS85I") and "REPLY=426" in line for line in begun.said)


def test_multi_byte_text_without_its_last_line_end_is_low_where_it_is_required(begun):
    ftp = begun()
    ftp.command("SITE ENCODING=MBCS MBDATACONN=(IBM-1047,UTF-8)")
    ftp.command("STOR A.B", b"x")
    ftp.command("SITE NOMBREQUIRELASTEOL")
    ftp.command("STOR A.B", b"x")

    assert told(begun.said) == ["Low", "High"]


def test_deleting_and_renaming_have_no_level(begun, tmp_path):
    ftp = begun()
    ftp.command("STOR A.B", b"x\r\n")
    ftp.command("RNFR A.B")
    ftp.command("RNTO A.C")
    ftp.command("DELE A.C")

    assert told(begun.said) == ["High"]
    assert seen(tmp_path) == [0, 9, 9]


def test_nothing_is_checked_by_default(begun, tmp_path):
    ftp = begun("FTPLOGGING TRUE\n")
    ftp.command("STOR A.B", b"x\r\n")

    assert told(begun.said) == []
    assert seen(tmp_path) == [9]
