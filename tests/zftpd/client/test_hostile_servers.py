"""What a server that is broken or means harm can do to the client: nothing but end a subcommand."""

from __future__ import annotations

import socket
import ssl
import time

import pytest

from tests.zftpd.client.scripted import ScriptedServer, sends
from zftpd.client.local_store import StoreFiles

SIGN_ON = ["X", "SECRET"]


@pytest.fixture
def server():
    """Start a server from its answers."""
    started = []

    def start(answers=(), greeting=b"220 ready\r\n", context=None):
        started.append(ScriptedServer(dict(answers), greeting, context))
        return started[-1]

    yield start
    for each in started:
        each.close()


def said(shown, message):
    """The texts of one message id."""
    return [line.partition(" ")[2] for line in shown if line.startswith(message)]


def error_code(shown):
    """The client error number of EZA1735I."""
    (line,) = said(shown, "EZA1735I")
    return int(line.rpartition(" ")[2])


GREETINGS = {
    "something else": b"SSH-2.0-OpenSSH_9.2\r\n",
    "nothing": b"\r\n\r\n\r\n000 hello\r\n",
    "a code of no class": b"999 hello\r\n",
    "a line without an end": b"220 " + b"x" * 200_000,
    "a reply without an end": b"220-\r\n" + b"220-and so on\r\n" * 2_000_000,
}


@pytest.mark.parametrize("greeting", GREETINGS.values(), ids=GREETINGS.keys())
def test_what_is_no_reply_ends_the_connection_and_not_the_client(zftp, server, greeting):
    shown, code = zftp([*SIGN_ON, "pwd"], server(greeting=greeting).port, exit_on_error=True, inacttime=15)

    assert code == 10000 and error_code(shown) == 10
    assert len(said(shown, "EZA1534I")) == 1 and len(said(shown, "EZA1533I")) == 1


def test_a_server_that_is_not_ready_yet_is_waited_for(zftp, server):
    shown, code = zftp(["X", "SECRET", "quit"], server(greeting=b"120 soon\r\n220 now\r\n").port, exit_on_error=True)

    assert code == 0 and "230 X is logged on." in shown


@pytest.mark.parametrize("answer", [b"", b"215-dripping\r\n"], ids=["silent", "unfinished"])
def test_a_server_that_does_not_answer_in_time_is_left_with_the_code_of_a_timeout(zftp, server, monkeypatch, answer):
    began = time.monotonic()

    shown, code = zftp([*SIGN_ON, "system"], server({"SYST": answer}).port, exit_on_error=True, inacttime=1)

    assert (code, error_code(shown)) == (38000, 9) and time.monotonic() - began < 10


def test_a_reply_that_drips_counts_against_the_same_limit(zftp, server):
    def drip(server, _argument):
        for _ in range(40):
            server.say(b"2")
            time.sleep(0.1)

    shown, _ = zftp([*SIGN_ON, "system"], server({"SYST": drip}).port, exit_on_error=True, inacttime=1)

    assert error_code(shown) == 9


def test_control_characters_of_a_server_never_reach_the_terminal(zftp, server):
    answers = {
        "SYST": b"215 \x1b]0;owned\x07\x9b31m\r\n",
        "LIST": sends(b"a\x1b[2Jb\r\n"),
        "PWD": b"257 nul\0nul\x7f\r\n",
    }
    shown, _ = zftp([*SIGN_ON, "system", "dir", "pwd", "quit"], server(answers).port)

    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for line in shown for sign in line)
    assert "215 .]0;owned..31m" in shown and said(shown, "EZA2284I") == ["a.[2Jb"] and "257 nul.nul." in shown


PASSIVE = {
    "no address": b"227 ready\r\n", "a number too large": b"227 (127,0,0,1,256,1)\r\n",
    "too few": b"227 (127,0,0,1,5)\r\n", "port 0": b"227 (127,0,0,1,0,0)\r\n",
    "digits": b"227 (" + b"9" * 5000 + b",1,1,1,1,1)\r\n",
}  # fmt: skip


@pytest.mark.parametrize("answer", PASSIVE.values(), ids=PASSIVE.keys())
def test_an_address_that_is_none_is_refused(zftp, server, answer):
    shown, code = zftp([*SIGN_ON, "dir"], server({"PASV": answer}).port, exit_on_error=True)

    assert (code, error_code(shown)) == (14227, 2) and len(said(shown, "EZA1536I")) == 1


@pytest.mark.parametrize("port", ["0", "70000", "-1", "99999999999", "x"])
def test_a_port_that_is_none_is_refused(zftp, server, port):
    answers = {"EPSV": f"229 (|||{port}|)\r\n".encode()}

    shown, code = zftp([*SIGN_ON, "dir"], server(answers).port, exit_on_error=True, epsv4=True)

    assert (code, error_code(shown)) == (14229, 2)


@pytest.mark.parametrize("ignored", [True, False], ids=["ignored", "obeyed"])
def test_the_address_of_another_host_counts_unless_passiveignoreaddr_says_otherwise(zftp, server, ignored):
    bait = socket.create_server(("127.0.0.9", 0))
    bait.settimeout(0.2)

    def elsewhere(server, _argument):
        high, low = divmod(server.data_port if ignored else bait.getsockname()[1], 256)
        server.say(f"227 (127,0,0,9,{high},{low})\r\n".encode())

    def list_(server, _argument):
        server.say(b"150 here\r\n")
        if ignored:
            server.data(b"A\r\n")
        else:
            bait.settimeout(10)
            bait.accept()[0].close()
        server.say(b"226 done\r\n")

    answers = {"PASV": elsewhere, "LIST": list_}
    shown, code = zftp([*SIGN_ON, "dir", "quit"], server(answers).port, passiveignoreaddr=ignored, exit_on_error=True)

    assert code == 0 and said(shown, "EZA2284I") == (["A"] if ignored else [])
    bait.close()


def test_only_the_server_is_let_in_at_the_port_that_was_announced(zftp, server):
    def list_(server, argument):
        server.say(b"150 here\r\n")
        with socket.create_connection(server.address, source_address=("127.0.0.7", 0)) as thief:
            thief.sendall(b"STOLEN\r\n")
        with socket.create_connection(server.address) as connection:
            connection.sendall(b"MINE\r\n")
        server.say(b"226 done\r\n")

    def port(server, argument):
        *_, high, low = argument.split(",")
        server.address = ("127.0.0.1", int(high) * 256 + int(low))
        server.say(b"200 OK\r\n")

    shown, _ = zftp([*SIGN_ON, "dir", "quit"], server({"PORT": port, "LIST": list_}).port, fwfriendly=False)

    assert said(shown, "EZA2284I") == ["MINE"]


NAMES = {
    "up": b"..\r\n", "hidden": b".bashrc\r\n", "a path to nothing": b"dir/\r\n", "NUL": b"a\0b\r\n",
    "a lone CR": b"a\rDELE b\r\n",
    "hidden behind a path": b"../../.ssh/.rc\r\n", "ESC": b"\x1b[2J\r\n",
}  # fmt: skip


@pytest.mark.parametrize("listed", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("subcommand", ["mget *", "mdelete *"])
def test_names_that_were_not_asked_for_are_neither_written_nor_sent(zftp, server, tmp_path, listed, subcommand):
    evil = server({"NLST": sends(listed), "RETR": sends(b"EVIL"), "DELE": b"250 gone\r\n"})
    (tmp_path / "here").mkdir()

    shown, code = zftp([f"lcd {tmp_path}/here", *SIGN_ON[:0], subcommand], evil.port, exit_on_error=True, local=None, netrc=NETRC)

    assert code % 1000 == 226 and error_code(shown) == 2 and len(said(shown, "EZA2067I")) == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["here"]
    assert not any(line.startswith(("RETR", "DELE")) for line in evil.heard)


NETRC = "default login X password SECRET"


def test_a_path_in_a_list_ends_below_the_local_directory(zftp, server, tmp_path):
    evil = server({"NLST": sends(b"/etc/../tmp/x\r\n"), "RETR": sends(b"HERE\r\n")})

    _, code = zftp([*SIGN_ON, "mget *", "quit"], evil.port, exit_on_error=True)

    assert code == 0 and [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize(("pattern", "name"), [("*", "'SYS1.PARMLIB(X)'"), ("'IBMUSER.*'", "'SYS1.X'"), ("'A.B'", "'A.BC'")])
def test_a_data_set_that_was_not_asked_for_is_not_written(zftp, server, zos, pattern, name):
    evil = server({"NLST": sends(name.encode() + b"\r\n"), "RETR": sends(b"EVIL\r\n")})

    shown, code = zftp([*SIGN_ON, f"mget {pattern}"], evil.port, exit_on_error=True, local=StoreFiles(zos.mvs, zos.who))

    assert code == 22226 and not any(line.startswith("RETR") for line in evil.heard)


def test_a_transfer_that_the_server_calls_failed_leaves_the_old_file(zftp, server, tmp_path):
    (tmp_path / "f").write_text("OLD")
    evil = server({"RETR": sends(b"NEW, HALF", b"451 read error\r\n"), "NOOP": b"200 noop\r\n"})

    shown, code = zftp([*SIGN_ON, "get f", "noop", "quit"], evil.port)

    assert (tmp_path / "f").read_text() == "OLD"
    assert shown[shown.index("EZA1701I >>> NOOP") + 1] == "200 noop" and not said(shown, "EZA1617I")


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "cut"])
def test_under_tls_what_ends_without_close_notify_is_not_the_whole_file(zftp, server, tmp_path, zos, zos_certificate, whole):
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    (tmp_path / "f").write_text("OLD")
    evil = server({"RETR": sends(b"NEW", whole=whole), "NOOP": b"200 noop\r\n"}, context=context)

    shown, _ = zftp(
        [*SIGN_ON, "get f", "noop", "quit"], evil.port, secure_mechanism="TLS", secure_dataconn="PRIVATE", keyring=str(pem)
    )

    assert (tmp_path / "f").read_text() == ("NEW" if whole else "OLD")
    assert len(said(shown, "EZA1537I")) == (0 if whole else 1)
    assert shown[shown.index("EZA1701I >>> NOOP") + 1] == "200 noop"


def test_a_put_whose_data_connection_the_server_cuts_is_no_success_whatever_it_says(zftp, server, tmp_path):
    (tmp_path / "f").write_bytes(b"x" * 30_000_000)

    def store(server, _argument):
        server.say(b"150 go on\r\n")
        server.take(1000)
        server.say(b"226 got it all\r\n")

    shown, code = zftp([*SIGN_ON, "binary", "put f", "quit"], server({"STOR": store}).port, exit_on_error=True)

    assert code == 27226 and len(said(shown, "EZA1537I")) == 1 and not said(shown, "EZA1617I")


def test_a_server_that_goes_away_in_a_transfer_leaves_the_old_file(zftp, server, tmp_path):
    (tmp_path / "f").write_text("OLD")

    def gone(server, _argument):
        server.say(b"150 here\r\n")
        server.data(b"HALF")
        server.control.shutdown(socket.SHUT_RDWR)

    shown, code = zftp([*SIGN_ON, "get f"], server({"RETR": gone}).port, exit_on_error=True)

    assert (tmp_path / "f").read_text() == "OLD"
    assert code // 1000 == 16 and error_code(shown) == 10 and len(said(shown, "EZA1534I")) == 1


def test_a_server_that_forgets_to_say_that_it_begins_is_understood(zftp, server, tmp_path):
    def short(server, _argument):
        server.say(b"226 all of it\r\n")
        server.data(b"WHOLE\r\n")

    _, code = zftp([*SIGN_ON, "get f", "quit"], server({"RETR": short}).port, exit_on_error=True)

    assert code == 0 and (tmp_path / "f").read_text() == "WHOLE\n"


def test_replies_that_only_begin_end_somewhere(zftp, server, monkeypatch):
    monkeypatch.setattr("zftpd.client.state.MOST_PRELIMINARY", 100)

    shown, code = zftp([*SIGN_ON, "noop"], server({"NOOP": b"150 wait\r\n" * 200}).port, exit_on_error=True)

    assert code // 1000 == 25 and len(said(shown, "EZA1534I")) == 1


@pytest.mark.parametrize("line", ["delete a\0b", "quote noop\rDELE b", "cd a\0"])
def test_a_line_of_input_is_never_more_than_one_command(zftp, server, line):
    evil = server()

    shown, code = zftp([*SIGN_ON, line], evil.port, exit_on_error=True)

    assert len(said(shown, "EZA2065I")) == 1 and code % 1000 == 0 and evil.heard[-1] == "QUIT"


def test_attributes_that_are_none_and_members_that_are_none_leave_the_local_side_alone(zftp, server, zos):
    answers = {
        "XDSS": b"200 SITE PDSTYPE=PDS RECFM=FB LRECL=80 DIRECTORY=1 PRIMARY=99999999999 NONSENSE=\xff\0\r\n",
        "NLST": sends(b"TOOLONGAMEMBER\r\n9\r\n"),
        "RETR": sends(b"\x80\0\x01X\x40\0\0"),
    }
    shown, code = zftp(
        [*SIGN_ON, "mvsget 'X.Y' 'IBMUSER.NEW'"], server(answers).port, exit_on_error=True, local=StoreFiles(zos.mvs, zos.who)
    )

    assert code // 1000 == 84, "\n".join(shown)
    assert not zos.exists("IBMUSER.NEW") or zos.members("IBMUSER.NEW") == []


def test_an_endless_list_is_cut(zftp, server, monkeypatch):
    monkeypatch.setattr("zftpd.client.listed.MOST_NAMES", 1000)
    evil = server({"NLST": sends(b"name\r\n" * 5000)})

    shown, code = zftp([*SIGN_ON, "mget *"], evil.port, exit_on_error=True)

    assert code // 1000 == 22 and len(said(shown, "EZA2068I")) == 1


def test_a_line_of_a_listing_that_has_no_end_comes_in_pieces(zftp, server):
    shown, _ = zftp([*SIGN_ON, "dir", "quit"], server({"LIST": sends(b"x" * 100_000)}).port)

    assert [len(line) for line in said(shown, "EZA2284I")] == [32768, 32768, 32768, 1696]


def test_a_server_that_wants_an_account_gets_that_of_netrc_or_is_told_what_is_typed(zftp, server):
    answers = {"PASS": b"332 account?\r\n", "ACCT": b"230 in\r\n"}
    first, second = server(answers), server(answers)

    zftp(["quit"], first.port, netrc="default login X password SECRET account BOOKS")
    shown, _ = zftp(["X 'A LONG PHRASE'", "SHELVES", "quit"], second.port)

    assert first.heard[:3] == ["USER X", "PASS SECRET", "ACCT BOOKS"]
    assert second.heard[:3] == ["USER X", "PASS A LONG PHRASE", "ACCT SHELVES"]
    assert not any("PHRASE" in line or "SHELVES" in line for line in shown)


def test_a_password_that_cannot_be_sent_is_not_shown(zftp, server):
    shown, _ = zftp(["X", "SEC\0RET", "quit"], server().port)

    assert said(shown, "EZA2065I") == ["'PASS' cannot be sent: there are control characters in it"]


def test_a_server_that_greets_with_a_refusal_is_left(zftp, server):
    shown, code = zftp(["pwd", "quit"], server(greeting=b"421 too many users\r\n").port)

    assert code == 0 and said(shown, "EZA1457I") and not said(shown, "EZA1459I")


def test_waits_that_take_too_long_are_named(zftp, server):
    silent, reluctant = server(greeting=b""), server({"PORT": b"200 OK\r\n", "LIST": b"150 soon\r\n"})

    first, code = zftp([*SIGN_ON], silent.port, exit_on_error=True, myopentime=1)
    second, late = zftp([*SIGN_ON, "dir"], reluctant.port, exit_on_error=True, inacttime=1, fwfriendly=False)

    assert said(first, "EZA2589E") == ["Connection to server interrupted or timed out. Initial connection"]
    assert (code, error_code(first), late // 1000, error_code(second)) == (10000, 9, 14, 9)
    assert said(second, "EZA2589E")[0] == "Connection to server interrupted or timed out. Waiting for data connection"


@pytest.mark.parametrize(("seconds", "told"), [(1, True), (0, False)])
def test_progress_tells_how_far_a_slow_transfer_has_got(zftp, server, tmp_path, seconds, told):
    def slow(server, _argument):
        server.say(b"150 here\r\n")
        connection, _ = server._data.accept()
        with connection:
            for _ in range(12):
                connection.sendall(b"x" * 1000)
                time.sleep(0.1)
        server.say(b"226 done\r\n")

    shown, code = zftp([*SIGN_ON, "binary", "get f", "quit"], server({"RETR": slow}).port, exit_on_error=True, progress=seconds)

    assert code == 0 and (tmp_path / "f").stat().st_size == 12000
    assert any("bytes transferred - 1 second interval rate" in line for line in said(shown, "EZA1485I")) == told
