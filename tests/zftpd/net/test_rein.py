"""REIN under TLS at each TLSRFCLEVEL, on the secure port and after CCC, and AUTH again after it [RFC 4217 11]."""

from __future__ import annotations

import socket
from contextlib import suppress

import pytest

from tests.zftpd.net.test_tls import context, secure


def rein(client) -> socket.socket:
    """REIN, then out of TLS in step with the server."""
    assert client.ask("REIN").startswith("220 ")
    client.file.close()
    client.sock = client.sock.unwrap()
    client.file = client.sock.makefile("rb")
    return client.sock


def test_with_rfc4217_the_session_is_in_clear_again_and_auth_works_once_more(serving, raw):
    with raw(serving("TLSRFCLEVEL RFC4217", tls=True).address, login=False) as client:
        secure(client)
        rein(client)

        assert client.ask("PROT P").startswith("503 ")
        assert client.ask("PWD").startswith("530 ")
        secure(client)
        assert client.ask("PWD").startswith("257 ")


def test_with_cccnonotify_no_close_notify_is_sent(serving, raw):
    with raw(serving("TLSRFCLEVEL CCCNONOTIFY", tls=True).address, login=False) as client:
        secure(client)
        assert client.ask("REIN").startswith("220 ")
        client.file.close()
        client.sock = socket.socket(fileno=client.sock.detach())
        client.sock.settimeout(10)
        client.file = client.sock.makefile("rb")

        assert client.ask("NOOP") == "200 OK"
        assert client.ask("AUTH TLS").startswith("234 ")


def test_with_the_draft_the_control_connection_stays_protected(serving, raw):
    with raw(serving("TLSRFCLEVEL DRAFT", tls=True).address, login=False) as client:
        secure(client)
        assert client.ask("REIN").startswith("220 ")

        assert client.ask("AUTH TLS").startswith("503 ")
        assert client.ask("PWD").startswith("530 ")
        client.ask("USER IBMUSER")
        assert client.ask("PASS SYS1").startswith("230 ")
        assert client.ask("PROT P").startswith("200 ")


def test_after_ccc_rein_makes_auth_possible_again(serving, raw):
    with raw(serving("TLSRFCLEVEL RFC4217", tls=True).address, login=False) as client:
        secure(client)
        assert client.ask("CCC").startswith("200 ")
        client.file.close()
        client.sock = client.sock.unwrap()
        client.file = client.sock.makefile("rb")
        assert client.ask("AUTH TLS").startswith("503 ")

        assert client.ask("REIN").startswith("220 ")

        secure(client)
        assert client.ask("PWD").startswith("257 ")


@pytest.mark.parametrize("level", ["DRAFT", "RFC4217"])
def test_on_the_secure_port_tls_stays(serving, level):
    server = serving(f"SECUREIMPLICITZOS FALSE\nTLSRFCLEVEL {level}", tls=True, implicit=True)
    with context().wrap_socket(socket.create_connection(server.address, timeout=10)) as secured:
        file = secured.makefile("rb")
        while not file.readline().startswith(b"220 "):
            pass
        secured.sendall(b"REIN\r\nNOOP\r\n")

        assert file.readline().startswith(b"220 ")
        assert file.readline() == b"200 OK\r\n"
        file.close()


def test_with_cccnonotify_the_clients_close_notify_gets_no_answer(serving, raw):
    with raw(serving("TLSRFCLEVEL CCCNONOTIFY", tls=True).address, login=False) as client:
        secure(client)
        assert client.ask("CCC").startswith("200 ")
        client.file.close()
        client.sock.settimeout(0.7)
        with pytest.raises(TimeoutError):
            client.sock.unwrap()
        client.sock = socket.socket(fileno=client.sock.detach())
        client.sock.settimeout(10)
        client.file = client.sock.makefile("rb")

        assert client.ask("PWD").startswith("257 ")


@pytest.mark.parametrize("command", ["REIN", "CCC"])
def test_a_client_that_speaks_on_protected_after_it_left_tls_ends_its_session_without_a_traceback(serving, raw, command):
    told = []
    server = serving("TLSRFCLEVEL RFC4217", tls=True, console=told.append)
    with raw(server.address, login=False) as client:
        secure(client)
        assert client.ask(command)[:4] in ("220 ", "200 ")
        client.sock.sendall(b"USER IBMUSER\r\n")
        with suppress(OSError):  # the server's close_notify, or an end
            client.sock.unwrap()

    server.stop()
    assert not [line for line in told if "Traceback" in line]
