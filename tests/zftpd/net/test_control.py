"""Control connections over TCP: what only the network can get wrong."""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import replace

import pytest

BIG = b"x" * 78 + b"\r\n"


def reset(sock: socket.socket) -> None:
    """Close with a reset."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def read_all(sock: socket.socket) -> bytes:
    data = b""
    while more := sock.recv(65536):
        data += more
    sock.close()
    return data


def test_commands_that_are_sent_together_are_answered_in_order(serving, raw):
    with raw(serving().address) as client:
        client.send("NOOP\r\nSYST\r\nPWD")

        assert [client.reply()[:3] for _ in range(3)] == ["200", "215", "257"]


def test_a_line_feed_does_not_end_a_command(serving, raw):
    with raw(serving().address) as client:
        assert client.ask("MKD /tmp/NAME\nNewLine") == '257 "/tmp/NAME.NewLine" created.'
        assert client.ask("NOOP") == "200 OK"


def test_an_endless_line_is_refused_and_the_session_goes_on(serving, raw):
    with raw(serving().address) as client:
        client.send(b"X" * 100_000)
        assert client.ask("").startswith("500 ")
        assert client.ask("NOOP") == "200 OK"


def test_telnet_bytes_do_no_harm(serving, raw):
    with raw(serving().address) as client:
        client.send(b"\xff\xfb\x01\xff\xf4NO\xff\xf1OP\r\n")
        assert client.reply() == "200 OK"


def test_a_silent_client_is_told_and_closed(serving, raw):
    with raw(serving("INACTIVE 1").address) as client:
        assert client.reply() == "421 Timeout, closing control connection"
        assert client.reply() == ""


def test_quit_is_answered_before_the_connection_ends(serving, raw):
    with raw(serving().address) as client:
        client.send("QUIT\r\nNOOP\r\nNOOP")

        assert client.reply().startswith("221 ")
        assert client.reply() == ""


@pytest.mark.parametrize("urgent", [False, True], ids=["plain", "telnet-synch"])
def test_abor_ends_a_running_retr(serving, raw, urgent):
    with raw(serving().address) as client:
        store_big(client, BIG * 200_000)
        data = client.passive()
        assert client.ask("RETR BIG").startswith("125 ")
        data.recv(1000)
        if urgent:
            client.send(b"\xff\xf4\xff")
            client.sock.send(b"\xf2", socket.MSG_OOB)
        client.send("ABOR")

        assert client.reply() == "426 Connection closed; transfer aborted."
        assert client.reply() == "226 Abort successful."
        data.close()
        assert client.ask("NOOP") == "200 OK"


def test_abor_ends_a_running_stor_and_nothing_is_kept(serving, raw):
    with raw(serving().address) as client:
        store(client, "KEPT", b"old\r\n")
        data = client.passive()
        client.ask("STOR KEPT")
        data.sendall(BIG * 1000)
        client.send("ABOR")

        assert [client.reply()[:3], client.reply()[:3]] == ["426", "226"]
        data.close()
        assert fetch(client, "KEPT") == b"old\r\n"


def test_noop_during_a_transfer_waits_for_its_turn(serving, raw):
    with raw(serving().address) as client:
        store_big(client, BIG * 200_000)
        data = client.passive()
        client.ask("RETR BIG")
        client.send("NOOP")
        read_all(data)

        assert [client.reply()[:3], client.reply()[:3]] == ["250", "200"]


def store_big(client, content: bytes) -> None:
    """Store BIG with room for it: the default is one track and fifteen more."""
    client.ask("SITE CYLINDERS PRIMARY=50 SECONDARY=50")
    assert store(client, "BIG", content).startswith("250 ")


def store(client, name: str, content: bytes) -> str:
    data = client.passive()
    assert client.ask(f"STOR {name}").startswith("125 ")
    data.sendall(content)
    data.close()
    return client.reply()


def fetch(client, name: str) -> bytes:
    data = client.passive()
    assert client.ask(f"RETR {name}").startswith("125 ")
    content = read_all(data)
    assert client.reply().startswith("250 ")
    return content


def test_a_reset_data_connection_is_426_and_the_old_content_stays(serving, raw):
    with raw(serving().address) as client:
        store(client, "KEPT", b"old\r\n")
        data = client.passive()
        client.ask("STOR KEPT")
        data.sendall(BIG * 5000)
        time.sleep(0.1)
        reset(data)

        assert client.reply().startswith("426 ")
        assert fetch(client, "KEPT") == b"old\r\n"


def test_a_client_that_dies_in_the_middle_of_stor_leaves_the_old_content(serving, raw):
    server = serving()
    with raw(server.address) as client:
        store(client, "KEPT", b"old\r\n")
    dying = raw(server.address)
    data = dying.passive()
    dying.ask("STOR KEPT")
    data.sendall(BIG * 1000)
    dying.close()
    time.sleep(0.2)
    data.close()

    with raw(server.address) as client:
        assert fetch(client, "KEPT") == b"old\r\n"


def test_a_client_that_stops_reading_is_426(serving, raw):
    with raw(serving().address) as client:
        store_big(client, BIG * 200_000)
        data = client.passive()
        client.ask("RETR BIG")
        data.recv(100)
        reset(data)

        assert client.reply().startswith("426 ")


def test_a_stalled_data_connection_times_out(serving, raw):
    server = serving()
    with raw(server.address) as client:
        server.sessions[0].settings = replace(server.sessions[0].settings, datatimeout=1)
        data = client.passive()
        client.ask("STOR STALLED")

        assert client.reply() == "426 Data connection timed out; transfer aborted."
        data.close()


def test_a_passive_port_survives_other_commands(serving, raw):
    with raw(serving().address) as client:
        data = client.passive()
        client.ask("SITE LRECL=133")
        client.ask("SIZE X")
        client.ask("TYPE I")
        client.ask("STOR A.B")
        data.sendall(b"x")
        data.close()

        assert client.reply().startswith("250 ")


def test_a_refused_transfer_drops_its_data_connection(serving, raw):
    with raw(serving().address) as client:
        stale = client.passive()
        assert client.ask("RETR NO.SUCH").startswith("550 ")
        assert stale.recv(1) == b""
        stale.close()

        assert store(client, "A.B", b"x\r\n").startswith("250 ")


def test_one_listener_serves_a_session(serving, raw):
    with raw(serving().address) as client:
        assert {client.ask("EPSV") for _ in range(5)} == {client.ask("EPSV")}


def test_a_full_passive_range_is_425(serving, raw):
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    with raw(serving(f"PASSIVEDATAPORTS ({port},{port})").address) as client:
        assert client.ask("PASV").startswith("425 ")
    taken.close()


def test_passive_ports_come_from_the_range(serving, raw):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with raw(serving(f"PASSIVEDATAPORTS ({port},{port})").address) as client:
        assert client.ask("EPSV") == f"229 Entering Extended Passive Mode (|||{port}|)"
        assert store(client, "A.B", b"x\r\n").startswith("250 ")


def test_port_connects_when_the_transfer_starts(serving, raw):
    with raw(serving().address) as client, socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        listener.settimeout(0.2)
        assert client.ask(f"EPRT |1|127.0.0.1|{port}|") == "200 EPRT request OK"
        with pytest.raises(TimeoutError):
            listener.accept()
        client.ask("STOR A.B")
        data, _ = listener.accept()
        data.sendall(b"x\r\n")
        data.close()

        assert client.reply().startswith("250 ")


def test_nobody_listening_is_425(serving, raw):
    with raw(serving().address) as client:
        client.ask("EPRT |1|127.0.0.1|1|")
        client.send("STOR A.B")

        assert [client.reply()[:3], client.reply()[:3]] == ["125", "425"]


def test_a_stranger_on_the_passive_port_is_turned_away(serving, raw):
    with raw(serving("PASSIVEDATACONN NOREDIRECT").address) as client:
        port = int(client.ask("EPSV").split("|")[3])
        stranger = socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0))
        client.ask("STOR A.B")
        rightful = socket.create_connection(("127.0.0.1", port))
        rightful.sendall(b"mine\r\n")
        rightful.close()

        assert client.reply().startswith("250 ")
        assert stranger.recv(1) == b""
        stranger.close()
        assert fetch(client, "A.B") == b"mine\r\n"


def test_ipv6(serving, raw):
    with raw(serving(host="::1").address) as client:
        assert client.ask("PASV").startswith("522 ")
        assert store(client, "A.B", b"x\r\n").startswith("250 ")
        assert fetch(client, "A.B") == b"x\r\n"


def test_stopping_tells_idle_sessions(serving, raw):
    server = serving()
    with raw(server.address) as client:
        server.stop()

        assert client.reply() == "421 command terminated due to server shutdown in progress"
        assert client.reply() == ""


def test_stopping_ends_a_transfer_without_keeping_it(serving, raw):
    server = serving()
    with raw(server.address) as client:
        data = client.passive()
        client.ask("STOR A.B")
        data.sendall(BIG)
        server.stop()

        assert client.reply().startswith(("421 ", "451 "))
        data.close()


def test_many_sessions_come_and_go(serving, raw):
    server = serving()
    for _ in range(3):
        clients = [raw(server.address) for _ in range(10)]
        for number, client in enumerate(clients):
            store(client, f"S{number}.DATA", b"x\r\n")
        for client in clients:
            client.close()


def test_binary_files_are_sent_by_the_host(serving, raw):
    content = bytes(range(256)) * 8192
    with raw(serving().address) as client:
        client.ask("TYPE I")
        store(client, "/tmp/big", content)

        assert fetch(client, "/tmp/big") == content
