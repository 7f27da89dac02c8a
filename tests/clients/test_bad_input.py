"""What people and broken programs send: answered in the system's words, the session goes on, nothing is left behind."""

from __future__ import annotations

import ftplib
import os
import socket
import struct
import threading
import time
from io import BytesIO

import pytest

from mvsfs.storage.options import StoreOptions
from zftpd.testing import pds, ps


class Plain:
    """A control connection without a client's good manners."""

    def __init__(self, zos, sign_on=True):
        self.sock = socket.create_connection((zos.host, zos.port), 20)
        self.file = self.sock.makefile("rb")
        self.reply()
        if sign_on:
            self.say("USER IBMUSER")
            self.say("PASS SYS1")

    def say(self, text):
        self.sock.sendall((text if isinstance(text, bytes) else text.encode("latin-1")) + b"\r\n")
        return self.reply()

    def reply(self):
        first = self.file.readline().decode("latin-1")
        whole = first
        while first[3:4] == "-" and not whole.splitlines()[-1].startswith(first[:3] + " "):
            whole += self.file.readline().decode("latin-1")
        return whole

    def data(self):
        port = int(self.say("EPSV").split("|||")[1].split("|")[0])
        return socket.create_connection(self.sock.getpeername()[:1] + (port,), 20)

    def close(self):
        self.file.close()
        self.sock.close()


@pytest.fixture
def plain(zos):
    opened = Plain(zos)
    yield opened
    assert opened.say("NOOP").startswith("200"), "the session must go on"
    opened.close()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("XYZZY", "500 unknown command XYZZY"),
        ("", "500"),
        ("   ", "500"),
        ("RETR", "501"),
        ("TYPE Q", "501-unknown type  Q"),
        ("TYPE", "501"),
        ("MODE Z", "50"),
        ("STRU Q", "50"),
        ("PORT 1,2,3", "501"),
        ("PORT 999,0,0,1,1,1", "501"),
        ("EPRT |9|x|1|", "5"),
        ("REST x", "50"),
        ("RETR 'A.B", "550"),
        ("RETR A.B'", "5"),
        ("RETR ''", "5"),
        ("RETR 'A..B'", "501"),
        ("RETR '1A.B'", "501"),
        ("RETR 'A.TOOLONGNAME'", "501"),
        ("RETR '" + "A234567." * 6 + "B'", "5"),
        ("RETR 'A.B(TOOLONGNAME)'", "501"),
        ("RETR 'A.B(M'", "5"),
        ("RETR 'A.B()'", "5"),
        ("RETR \xe4\xfe", "5"),
        ("RETR /\x01", "550"),
        ("RETR /" + "x" * 300, "550"),
        ("RETR /" + "x/" * 600, "550"),
        ("RETR 'IBMUSER.X(+99999)'", "5"),
        ("CWD " + "A." * 100, "5"),
        ("MKD 'A.B(C)'", "5"),
        ("SITE " + "LRECL=99999999999999999999", "200"),
        ("SITE RECFM=", "200"),
        ("SITE ====", "200"),
        ("RNTO 'A.B'", "5"),
        ("DELE /", "550"),
        ("RMD /", "550"),
        ("MDTM 'A.B'", "5"),
        ("STAT (NOSUCH", "2"),
        ("HELP NOSUCH", ""),
        ("LIST 'A(B)C'", "5"),
        ("NLST **.**.**", ""),
        ("USER", "501"),
        ("PASS x", "503"),
        ("ALLO", ""),
        ("OPTS", "5"),
        ("AUTH KERBEROS_V9", "504"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_nonsense_is_answered_and_the_session_goes_on(zos, plain, line, answer):
    said = plain.say(line)

    assert said.startswith(answer), said
    assert not any("Traceback" in told for told in zos.console), zos.console


@pytest.mark.parametrize("size", [600, 5000, 100_000, 3_000_000])
def test_an_endless_line_is_refused_once(plain, size):
    assert plain.say("RETR " + "A" * size).startswith("5")


def test_telnet_signs_and_nulls_are_no_part_of_a_command(plain):
    assert plain.say(b"\xff\xf4\xff\xf2NOOP").startswith("200")
    assert plain.say(b"NO\0OP")[:1] in "25"


def test_a_wrong_password_is_refused_and_may_be_corrected(zos):
    client = Plain(zos, sign_on=False)
    client.say("USER IBMUSER")
    assert client.say("PASS no").startswith("530 PASS command failed")
    client.say("USER IBMUSER")
    assert client.say("PASS SYS1").startswith("230")
    client.close()


def test_commands_before_their_turn_are_refused(zos):
    client = Plain(zos, sign_on=False)
    for verb in ("LIST", "RETR X", "STOR X", "PWD", "MKD /x", "DELE 'A.B'"):
        assert client.say(verb).startswith("530"), verb
    client.close()


@pytest.fixture
def stored(zos):
    zos.seed({"IBMUSER.KEEP": "old\n", "IBMUSER.LIB": pds(KEEP="old\n"), "/tmp/keep": "old\n"})
    return zos


NAMES = ["IBMUSER.KEEP", "IBMUSER.LIB(KEEP)", "IBMUSER.NEW", "IBMUSER.LIB(NEW)", "/tmp/keep", "/tmp/new"]


def settled(zos):
    end = time.monotonic() + 10
    while zos.server.sessions and time.monotonic() < end:
        time.sleep(0.02)
    assert zos.server.sessions == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", ["reset", "control", "both"])
def test_a_client_that_dies_while_storing_leaves_what_was_there(stored, name, way):
    client = Plain(stored)
    data = client.data()
    client.say(f"STOR {name}" if name.startswith("/") else f"STOR '{name}'")
    data.sendall(b"half of a new line, and more\r\n" * 5000)
    time.sleep(0.05)
    if way in ("reset", "both"):
        data.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        data.close()
    if way in ("control", "both"):
        client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    if way == "reset":
        assert client.reply()[:1] in "45"
        client.close()
    settled(stored)
    data.close()

    if "KEEP" in name.upper():
        assert stored.text(name) == "old\n"
    elif name.startswith("/"):
        assert "new" not in stored.files("/tmp")
    elif "(" in name:
        assert stored.members("IBMUSER.LIB") == ["KEEP"]
    else:
        assert not stored.exists(name) or stored.records(name) == []


def test_no_thread_or_descriptor_is_left_behind(stored):
    def visit():
        client = Plain(stored)
        data = client.data()
        client.say("RETR 'NO.SUCH'")
        data.close()
        data = client.data()
        client.say("STOR 'IBMUSER.KEEP'")
        data.sendall(b"x\r\n" * 100)
        client.close()
        data.close()

    visit()
    settled(stored)
    before = threading.active_count(), len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        visit()
    settled(stored)
    end = time.monotonic() + 5
    while time.monotonic() < end and (threading.active_count(), len(os.listdir("/proc/self/fd"))) > before:
        time.sleep(0.05)

    assert threading.active_count() <= before[0]
    assert len(os.listdir("/proc/self/fd")) <= before[1] + 2  # the database may keep a connection more


def test_a_read_only_store_refuses_and_serves_on(zos_start, tmp_path):
    first = zos_start(store=f"file://{tmp_path}/store")
    first.seed({"A.B": "x\n"})
    first.stop()
    system = zos_start(store=f"file://{tmp_path}/store", store_options=StoreOptions(read_only=True))
    client = system.ftp()
    with pytest.raises(ftplib.Error) as refused:
        client.storlines("STOR 'A.B'", BytesIO(b"y\n"))
    assert str(refused.value)[0] in "45"
    lines = []
    client.retrlines("RETR 'A.B'", lines.append)

    assert lines == ["x"]


def test_a_data_set_without_space_ends_with_its_abend(stored):
    client = stored.ftp()
    client.sendcmd("SITE RECFM=FB LRECL=80 BLKSIZE=800 TRACKS PRIMARY=1 SECONDARY=0")
    with pytest.raises(ftplib.Error, match="[BDE]37"):
        try:
            client.storlines("STOR 'IBMUSER.SMALL'", BytesIO(b"line\n" * 20000))
        except OSError:  # the data connection is cut while the client still sends; the reply says why
            client.voidresp()

    assert client.sendcmd("NOOP").startswith("200")


@pytest.mark.timeout(240)
def test_ten_thousand_members_are_listed(zos):
    members = {f"M{number:05d}": "x\n" for number in range(10_000)}
    zos.seed({"IBMUSER.BIG": pds(members, pdse=True, stats=None, directory_blocks=3000, primary=2000)})
    client = zos.ftp()
    client.cwd("'IBMUSER.BIG'")
    started = time.monotonic()
    names = client.nlst()

    assert (len(names), names[0], names[-1]) == (10_000, "M00000", "M09999")
    assert time.monotonic() - started < 15


def test_text_that_is_too_long_for_its_records_is_cut_and_told(zos):
    zos.seed({"IBMUSER.VB": ps("", recfm="VB", lrecl=14)})
    answer = zos.ftp().storlines("STOR 'IBMUSER.VB'", BytesIO(b"0123456789ABC\nshort\n"))

    assert answer.startswith("250")
    assert zos.text("IBMUSER.VB") == "0123456789\nshort\n"


def test_many_sessions_at_once_each_get_their_own(zos):
    clients = [zos.ftp() for _ in range(30)]
    for number, client in enumerate(clients):
        client.storlines(f"STOR 'IBMUSER.S{number}'", BytesIO(f"{number}\n".encode()))

    assert [zos.text(f"IBMUSER.S{number}") for number in range(30)] == [f"{number}\n" for number in range(30)]


def test_every_kind_of_abort_ends_a_transfer_and_the_session_goes_on(stored):
    """Alone, with Telnet's interrupt and synch before it, with urgent data, behind another command."""
    client = Plain(stored)
    stored.ftp().storbinary("STOR /tmp/large", BytesIO(b"z" * 20_000_000))
    for abort in (b"ABOR\r\n", b"\xff\xf4\xff\xf2ABOR\r\n", b"\xff\xfa\x18\x01\xff\xf0ABOR\r\n", b"NOOP\r\nABOR\r\n"):
        data = client.data()
        assert client.say("RETR /tmp/large").startswith("125")
        data.recv(1000)
        client.sock.send(b"\xff", socket.MSG_OOB)
        client.sock.sendall(b"\xf2" + abort)
        assert client.reply() == "426 Connection closed; transfer aborted.\r\n"
        if abort.startswith(b"NOOP"):
            assert client.reply() == "200 OK\r\n"
        assert client.reply() == "226 Abort successful.\r\n"
        data.close()
    assert client.say("PWD").startswith("257")
    client.close()


def test_commands_behind_a_transfer_are_answered_after_it(stored):
    client = Plain(stored)
    data = client.data()
    client.say("STOR 'IBMUSER.KEEP'")
    client.sock.sendall(b"NOOP\r\nSTAT (LRECL\r\nQUIT\r\n")
    data.sendall(b"new\r\n")
    time.sleep(0.1)
    data.close()

    assert [client.reply()[:3] for _ in range(4)] == ["250", "200", "211", "221"]
    assert stored.text("IBMUSER.KEEP") == "new\n"
    client.close()


@pytest.mark.timeout(240)
def test_two_hundred_sessions_transfer_side_by_side(stored):
    clients = [Plain(stored) for _ in range(200)]
    failures = []

    def transfer(client, number):
        for verb in ("STOR", "RETR"):
            data = client.data()
            answer = client.say(f"{verb} 'IBMUSER.S{number}'")
            if verb == "STOR":
                data.sendall(b"hello\r\n")
            got = data.recv(99) if verb == "RETR" else b"hello\r\n"
            data.close()
            answer += client.reply()
            if got != b"hello\r\n" or "250 Transfer completed successfully." not in answer:
                failures.append((got, answer))

    threads = [threading.Thread(target=transfer, args=each) for each in zip(clients, range(200), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for client in clients:
        client.close()
    settled(stored)

    assert failures == []
    assert len(stored.datasets("IBMUSER.S*")) == 200


@pytest.mark.parametrize(
    "line", [b"NOOP", b"NOOP\r", b"\xff", b"\xff\xfb", b"\xff\xfa\x01", b"AUTH TLS\r\n", b"\x16\x03\x01\x02\x00\x01"]
)
def test_a_client_that_leaves_in_the_middle_of_a_command_leaves_nothing(stored, line):
    client = Plain(stored)
    client.sock.sendall(line)
    client.close()
    settled(stored)

    assert not any("Traceback" in told for told in stored.console), stored.console
