"""TLS over TCP: what clients may do wrong, and what must not be taken for a whole file."""

from __future__ import annotations

import io
import socket
import ssl
import time
from contextlib import suppress
from ftplib import FTP_TLS, error_temp

import pytest

import zftpd.net.tlssource


def context(**options) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    for name, value in options.items():
        setattr(made, name, value)
    return made


def secure(client, made: ssl.SSLContext | None = None) -> ssl.SSLContext:
    """AUTH, handshake, login, PROT P on a raw client; return the context."""
    made = made or context()
    assert client.ask("AUTH TLS").startswith("234 ")
    client.file.close()
    client.sock = made.wrap_socket(client.sock)
    client.file = client.sock.makefile("rb")
    client.ask("USER IBMUSER")
    assert client.ask("PASS SYS1").startswith("230 ")
    assert client.ask("PBSZ 0").startswith("200 ")
    assert client.ask("PROT P").startswith("200 ")
    return made


def protected(client, made: ssl.SSLContext, command: str, *, session=None) -> ssl.SSLSocket:
    """Start a transfer and return its data connection under TLS."""
    data = client.passive()
    assert client.ask(command).startswith("125 ")
    return made.wrap_socket(data, session=session, suppress_ragged_eofs=False)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=["1.2", "1.3"])
def test_transfers_under_both_versions(serving, raw, version):
    with raw(serving(tls=True).address, login=False) as client:
        made = secure(client, context(minimum_version=version, maximum_version=version))
        data = protected(client, made, "STOR A.B")
        data.sendall(b"hello\r\n")
        data.unwrap().close()
        assert client.reply().startswith("250 ")
        data = protected(client, made, "RETR A.B")
        assert data.recv(100) == b"hello\r\n"
        assert data.recv(100) == b""
        data.close()
        assert client.reply().startswith("250 ")


def test_data_cut_without_close_notify_is_426_and_nothing_is_kept(serving, raw):
    with raw(serving(tls=True).address, login=False) as client:
        made = secure(client)
        data = protected(client, made, "STOR A.B")
        data.sendall(b"half a file\r\n")
        socket.socket(fileno=data.detach()).close()

        assert client.reply().startswith("426 ")
        assert client.ask("DELE A.B").startswith(("250 ", "550 "))


def test_commands_sent_in_clear_behind_auth_are_never_obeyed(serving, raw):
    """RFC 4217 15.2 and CVE-2011-0411: somebody between adds them, and the client shakes hands as it meant to."""
    said = []
    with raw(serving(tls=True, console=said.append).address, login=False) as client:
        client.send("AUTH TLS\r\nUSER IBMUSER\r\nPASS SYS1\r\nMKD /tmp/injected")
        assert client.reply().startswith("234 ")
        client.file.close()

        answered = b""
        with suppress(OSError), context().wrap_socket(client.sock.dup()) as secured:
            answered = secured.recv(100)

        assert answered == b""
        client.file = client.sock.makefile("rb")

    assert any("commands were sent in clear behind AUTH" in line for line in said)


def test_a_data_connection_sends_no_session_tickets(serving, raw):
    with raw(serving(tls=True).address, login=False) as client:
        made = secure(client, context(minimum_version=ssl.TLSVersion.TLSv1_3))
        data = protected(client, made, "STOR A.B")
        data.sendall(b"x\r\n")
        data.settimeout(0.3)
        with pytest.raises(TimeoutError):
            data.recv(1)

        assert data.session is None or not data.session.has_ticket
        data.unwrap().close()
        assert client.reply().startswith("250 ")


def test_the_control_connection_gives_a_session_to_resume(serving, raw):
    with raw(serving("SECURE_SESSION_REUSE REQUIRED", tls=True).address, login=False) as client:
        made = secure(client)
        data = client.passive()
        client.ask("STOR A.B")
        with pytest.raises((ssl.SSLError, OSError)):
            fresh = made.wrap_socket(data)
            fresh.sendall(b"x")
            fresh.recv(1)
            raise OSError
        assert client.reply() == "425 Can't open data connection. The TLS session was not reused."
        data = protected(client, made, "STOR A.B", session=client.sock.session)
        assert data.session_reused
        data.sendall(b"x\r\n")
        data.unwrap().close()
        assert client.reply().startswith("250 ")


def test_a_slow_handshake_ends(serving, raw, monkeypatch):
    made = zftpd.net.tlssource.TlsMaterial
    monkeypatch.setattr(zftpd.net.tlssource, "TlsMaterial", lambda *a, **k: made(*a, **{**k, "handshake_seconds": 0.5}))
    with raw(serving(tls=True).address, login=False) as client:
        client.ask("AUTH TLS")
        client.sock.settimeout(0.2)
        begin = time.monotonic()
        for byte in b"\x16\x03\x01\x02\x00\x01" + bytes(30):  # each byte in time, the whole of it never
            try:
                client.send(bytes([byte]))
                if client.sock.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break

        assert time.monotonic() - begin < 3


def test_junk_in_place_of_a_handshake_ends_the_session_only(serving, raw):
    said = []
    server = serving(tls=True, console=said.append)
    with raw(server.address, login=False) as client:
        client.ask("AUTH TLS")
        client.send("NOOP")
        with suppress(ConnectionError):
            client.file.read()  # an alert, then the end
    with raw(server.address) as other:
        assert other.ask("NOOP") == "200 OK"
    assert any("TLS handshake failed" in line for line in said)


@pytest.mark.parametrize("zos", ["TRUE", "FALSE"])
def test_the_secure_port_begins_with_tls_after_or_before_the_greeting(serving, zos):
    server = serving(f"SECUREIMPLICITZOS {zos}", tls=True, implicit=True)
    sock = socket.create_connection(server.address, timeout=5)
    clear = sock.makefile("rb", 0)
    if zos == "TRUE":
        assert clear.readline().startswith(b"220-")
        assert clear.readline().startswith(b"220 ")
    clear.close()
    with context().wrap_socket(sock) as secured:
        if zos == "FALSE":
            assert secured.recv(4) == b"220-"
            secured.recv(1000)
        secured.sendall(b"AUTH TLS\r\n")
        assert secured.recv(200) == b"503 Server on the TLS secure port does not accept the AUTH command\r\n"
        secured.sendall(b"PROT P\r\n")
        assert secured.recv(200).startswith(b"200 ")


def test_the_standard_library_uploads_whole_files(serving):
    server = serving(tls=True)
    content = bytes(range(256)) * 4096
    with FTP_TLS(context=context()) as client:
        client.connect(*server.address)
        client.login("IBMUSER", "SYS1")
        client.prot_p()
        for _ in range(5):
            client.storbinary("STOR /tmp/big", io.BytesIO(content))
            received = []
            client.retrbinary("RETR /tmp/big", received.append)
            assert b"".join(received) == content


def test_private_data_is_demanded_where_configured(serving):
    server = serving("SECURE_DATACONN PRIVATE", tls=True)
    with FTP_TLS(context=context()) as client:
        client.connect(*server.address)
        client.login("IBMUSER", "SYS1")
        with pytest.raises(error_temp):
            client.nlst()
        client.prot_p()
        client.storlines("STOR A.B", io.BytesIO(b"x\n"))
        assert client.nlst() == ["A.B"]


def test_a_record_longer_than_tls_allows_ends_the_session_only(serving, raw):
    """A header that announces 65,535 bytes, behind a good handshake."""
    server = serving(tls=True)
    with raw(server.address, login=False) as client:
        assert client.ask("AUTH TLS").startswith("234 ")
        plain = client.sock.dup()
        secured = context().wrap_socket(client.sock)
        plain.settimeout(10)

        plain.sendall(b"\x17\x03\x03\xff\xff")
        with suppress(OSError):
            plain.sendall(bytes(70000))
        with suppress(ConnectionError):  # the end, or a reset: but no wait for more, which would time out
            while plain.recv(65536):
                pass
        plain.close()
        secured.close()

    with raw(server.address) as other:
        assert other.ask("NOOP").startswith("200 ")


def test_a_refused_transfer_ends_a_data_connection_that_begins_tls_in_order_and_after_its_reply(serving, raw):
    """curl reports how its handshake ended, instead of the reply that it reads every 0.2 seconds."""
    with raw(serving(tls=True).address, login=False) as client:
        made = secure(client)
        data = client.passive()
        secured = made.wrap_socket(data, do_handshake_on_connect=False)
        secured.setblocking(False)
        with suppress(ssl.SSLWantReadError):
            secured.do_handshake()

        assert client.ask("RETR NO.SUCH").startswith("550 ")
        time.sleep(0.25)
        with pytest.raises(ssl.SSLWantReadError):
            secured.do_handshake()

        assert client.ask("NOOP").startswith("200 ")
        secured.settimeout(5)
        with pytest.raises((ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            secured.do_handshake()


def test_a_session_is_resumed_for_no_longer_than_tlstimeout(serving, raw):
    with raw(serving("SECURE_SESSION_REUSE REQUIRED\nTLSTIMEOUT 1", tls=True).address, login=False) as client:
        made = secure(client)
        time.sleep(2.1)
        data = client.passive()
        client.ask("STOR A.B")
        with pytest.raises(OSError):
            late = made.wrap_socket(data, session=client.sock.session)
            late.sendall(b"x")
            late.recv(1)
            raise OSError

        assert client.reply() == "425 Can't open data connection. The TLS session was not reused."
