"""Addresses and firewalls between hosts: server, client and a stranger in network namespaces of their own.

Skips, visibly, where namespaces cannot be made. The same controls on one host are in tests/zftpd/commands/test_dataport.py.
"""

from __future__ import annotations

import ftplib
import io
import socket
import time

import pytest

from tests.zftpd.net.namespaces import MVS, PC, STRANGER, NoNamespaces, cable, inside, network

TEXT = b"one\r\ntwo\r\n"
SERVER, SERVER6, SERVER_ON_THE_OTHER_SIDE = "10.77.1.1", "fd77:1::1", "10.77.2.1"
CLIENT, CLIENT6, STRANGERS = "10.77.1.2", "fd77:1::2", "10.77.2.2"


@pytest.fixture(scope="module")
def hosts():
    try:
        with network():
            yield
    except NoNamespaces as error:
        pytest.skip(f"no network namespaces here: {error}")


@pytest.fixture
def started(hosts, serving, stop_all):
    """Start a server on the mainframe's host; `address` is what it listens on, all of its interfaces by default."""

    def start(statements="", host="0.0.0.0"):  # noqa: S104
        server = inside(MVS, lambda: serving(statements, host=host))
        return server.address[1]

    return start


@pytest.fixture
def signed_on():
    """Sign on from the host that the code runs on, and leave at the end."""
    opened = []

    def begin(port, address=SERVER):
        ftp = ftplib.FTP(timeout=20)
        ftp.connect(address, port)
        ftp.login("IBMUSER", "SYS1")
        ftp.trust_server_pasv_ipv4_address = True
        opened.append(ftp)
        return ftp

    yield begin
    for ftp in opened:
        ftp.close()


def refusal(ftp, command):
    """What a refused command is answered with."""
    with pytest.raises(ftplib.Error) as caught:
        ftp.voidcmd(command)
    return str(caught.value)


def comma(address, port):
    return ",".join([*address.split("."), str(port >> 8), str(port & 255)])


def fetched(ftp, name):
    lines = []
    ftp.retrlines(f"RETR {name}", lines.append)
    return lines


def listening(address, port=0):
    """A listener that the client offers by PORT or EPRT."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family)
    sock.settimeout(10)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    sock.listen(1)
    return sock


def taken(listener):
    """Who connected, and all that came."""
    connection, peer = listener.accept()
    with connection, listener:
        connection.settimeout(10)
        data = b""
        while chunk := connection.recv(65536):
            data += chunk
    return peer, data


# -- passive ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("host", "address"), [(PC, SERVER), (STRANGER, SERVER_ON_THE_OTHER_SIDE)])
def test_pasv_announces_the_address_that_the_client_has_reached(started, signed_on, host, address):
    port = started()

    def transfer():
        ftp = signed_on(port, address)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        return ftp.makepasv()[0], fetched(ftp, "A.B")

    assert inside(host, transfer) == (address, ["one", "two"])


def test_pasv_uses_only_the_ports_of_the_range(started, signed_on):
    port = started("PASSIVEDATAPORTS (5000,5001)\n")

    def ports():
        sessions = [signed_on(port) for _ in range(3)]
        taken = {ftp.makepasv()[1] for ftp in sessions[:2]}
        return taken, refusal(sessions[2], "EPSV")[:31]

    assert inside(PC, ports) == ({5000, 5001}, "425 Can't open data connection.")


def test_a_stranger_is_not_let_into_a_passive_connection(started, signed_on):
    port = started("PASSIVEDATACONN NOREDIRECT\n")

    def first_the_stranger():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        _, data_port = ftp.makepasv()
        intruder = inside(STRANGER, lambda: socket.create_connection((SERVER, data_port), 5))
        with intruder, socket.create_connection((SERVER, data_port), 5) as data:
            ftp.putcmd("RETR A.B")
            ftp.getresp()
            intruder.settimeout(10)
            got, stolen = data.makefile("rb").read(), intruder.recv(100)
        return got, stolen, ftp.getresp()[:3]

    assert inside(PC, first_the_stranger) == (TEXT, b"", "250")


def test_nobody_but_a_stranger_is_425(started, signed_on):
    port = started("PASSIVEDATACONN NOREDIRECT\n")

    def only_the_stranger():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        _, data_port = ftp.makepasv()
        with inside(STRANGER, lambda: socket.create_connection((SERVER, data_port), 5)):
            ftp.putcmd("RETR A.B")
            ftp.getresp()
            with pytest.raises(ftplib.error_temp) as refused:
                ftp.getresp()
        return str(refused.value)[:3]

    assert inside(PC, only_the_stranger) == "425"


def test_three_way_transfers_work_where_the_installation_allows_them(started, signed_on):
    port = started("PASSIVEDATACONN UNRESTRICTED\n")

    def for_the_stranger():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        _, data_port = ftp.makepasv()
        with inside(STRANGER, lambda: socket.create_connection((SERVER, data_port), 5)) as data:
            ftp.putcmd("RETR A.B")
            return ftp.getresp()[:3], data.makefile("rb").read(), ftp.getresp()[:3]

    assert inside(PC, for_the_stranger) == ("125", TEXT, "250")


# -- active ----------------------------------------------------------------------------------------------------------


def retrieved_by_port(ftp, listener, command):
    """Offer a listener and retrieve through it; return who connected and what came."""
    ftp.voidcmd(command)
    ftp.putcmd("RETR A.B")
    assert ftp.getresp()[:3] == "125"
    came = taken(listener)
    assert ftp.getresp()[:3] == "250"
    return came


def test_an_active_connection_comes_from_the_port_below_the_control_port(started, signed_on):
    port = started()

    def active():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        listener = listening(CLIENT)
        return retrieved_by_port(ftp, listener, f"PORT {comma(CLIENT, listener.getsockname()[1])}")

    assert inside(PC, active) == ((SERVER, port - 1), TEXT)


def test_without_port_the_server_connects_to_where_the_client_called_from(started):
    port = started()

    def default_port():
        control, listener = socket.socket(), socket.socket()
        for sock in (control, listener):
            sock.settimeout(10)
            for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
                sock.setsockopt(socket.SOL_SOCKET, option, 1)
            sock.bind((CLIENT, 40555))
        control.connect((SERVER, port))
        listener.listen(1)
        with control, control.makefile("rwb") as wire:
            for command in ("USER IBMUSER", "PASS SYS1", "STAT", "STOR A.B"):
                wire.write(command.encode() + b"\r\n")
                wire.flush()
            connection, peer = listener.accept()
            with connection, listener:
                connection.sendall(TEXT)
            said = b""
            while b"\r\n250 " not in said:
                said += wire.readline()
        return peer, said.decode()

    peer, said = inside(PC, default_port)

    assert peer == (SERVER, port - 1)
    assert "211-The next data connection will be actively opened\r\n211-to host 10.77.1.2, port 40555," in said


@pytest.mark.parametrize("answer", ["504 Port command not implemented for that parameter"])
@pytest.mark.parametrize(
    ("statement", "address", "number"),
    [
        ("PORTCOMMANDIPADDR NOREDIRECT", STRANGERS, 4000),
        ("PORTCOMMANDPORT NOLOWPORTS", CLIENT, 99),
        ("PORTCOMMAND REJECT", CLIENT, 4000),
    ],
)
def test_port_and_eprt_are_refused_by_the_controls(started, signed_on, statement, address, number, answer):
    port = started(f"{statement}\n")

    def refused():
        ftp = signed_on(port)
        return refusal(ftp, f"PORT {comma(address, number)}"), refusal(ftp, f"EPRT |1|{address}|{number}|")

    assert inside(PC, refused) == (answer, answer)


def test_an_active_connection_may_go_to_another_host_where_that_is_allowed(started, signed_on):
    port = started("PORTCOMMANDIPADDR UNRESTRICTED\n")

    def proxy():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        listener = inside(STRANGER, lambda: listening(STRANGERS))
        return retrieved_by_port(ftp, listener, f"PORT {comma(STRANGERS, listener.getsockname()[1])}")

    assert inside(PC, proxy) == ((SERVER, port - 1), TEXT)


def test_an_active_connection_may_go_to_a_low_port_where_that_is_allowed(started, signed_on):
    port = started("PORTCOMMANDPORT UNRESTRICTED\n")

    def low():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        return retrieved_by_port(ftp, listening(CLIENT, 99), f"PORT {comma(CLIENT, 99)}")[1]

    assert inside(PC, low) == TEXT


def test_nobody_listening_is_425(started, signed_on):
    port = started()

    def closed():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        ftp.voidcmd(f"PORT {comma(CLIENT, 4001)}")
        ftp.putcmd("RETR A.B")
        ftp.getresp()
        with pytest.raises(ftplib.error_temp) as refused:
            ftp.getresp()
        return str(refused.value)

    assert inside(PC, closed) == "425 Can't open data connection."


# -- RFC 2428 --------------------------------------------------------------------------------------------------------


def test_after_epsv_all_nothing_else_is_allowed(started, signed_on):
    port = started()

    def promised():
        ftp = signed_on(port)
        said = [ftp.voidcmd("EPSV ALL")[:3]]
        for command in (f"PORT {comma(CLIENT, 4000)}", f"EPRT |1|{CLIENT}|4000|", "PASV"):
            said.append(refusal(ftp, command)[:3])
        ftp.af = socket.AF_INET6  # makes ftplib say EPSV
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        return [*said, *fetched(ftp, "A.B")]

    assert inside(PC, promised) == ["200", "503", "503", "503", "one", "two"]


def test_ipv6_sessions_use_epsv_and_eprt(started, signed_on):
    port = started(host="::")

    def six():
        ftp = signed_on(port, SERVER6)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        listener = listening(CLIENT6)
        peer, data = retrieved_by_port(ftp, listener, f"EPRT |2|{CLIENT6}|{listener.getsockname()[1]}|")
        return fetched(ftp, "A.B"), peer[:2], data

    assert inside(PC, six) == (["one", "two"], (SERVER6, port - 1), TEXT)


def test_ipv6_sessions_refuse_ipv4_with_522(started, signed_on):
    port = started(host="::")

    def refused():
        ftp = signed_on(port, SERVER6)
        commands = (f"PORT {comma(CLIENT, 4000)}", "PASV", f"EPRT |1|{CLIENT}|4000|", "EPRT |3|x|4000|", "EPSV 1")
        return [refusal(ftp, command) for command in commands]

    assert inside(PC, refused) == [
        "522 command PORT not allowed with this session - current protocol is not IPv4.",
        "522 No IPv4 address available for PASV. Use EPSV.",
        "522 network protocol 1 not consistent with this session. Use 2.",
        "522 Network protocol not supported. Use (1,2)",
        "522 network protocol 1 not consistent with this session. Use 2.",
    ]


def test_an_ipv4_client_of_a_server_that_speaks_both_is_an_ipv4_session(started, signed_on):
    port = started("PORTCOMMANDIPADDR NOREDIRECT\nPASSIVEDATACONN NOREDIRECT\n", host="::")

    def four():
        ftp = signed_on(port)
        address = ftp.makepasv()[0]
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        listener = listening(CLIENT)
        came = retrieved_by_port(ftp, listener, f"PORT {comma(CLIENT, listener.getsockname()[1])}")
        return address, came, refusal(ftp, f"EPRT |2|{CLIENT6}|4000|")

    assert inside(PC, four) == (
        SERVER,
        ((SERVER, port - 1), TEXT),
        "522 network protocol 2 not consistent with this session. Use 1.",
    )


# -- what only a network can do ----------------------------------------------------------------------------------------


def test_a_cable_that_is_pulled_out_ends_the_transfer_and_keeps_the_old_content(started, signed_on):
    """DATATIMEOUT: nothing comes, nothing closes; the server gives up and the member is still the old one."""
    port = started("DATATIMEOUT 15\n")

    def begin():
        ftp = signed_on(port)
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        _, data_port = ftp.makepasv()
        data = socket.create_connection((SERVER, data_port), 5)
        ftp.putcmd("STOR A.B")
        ftp.getresp()
        data.sendall(b"new\r\n")
        return data

    data = inside(PC, begin)
    cable(PC, "down")
    time.sleep(17)
    cable(PC, "up")
    data.close()

    assert inside(PC, lambda: fetched(signed_on(port), "A.B")) == ["one", "two"]


def relayed(port, ports):
    """A gateway on the stranger's host that hands its ports on to the mainframe's, as address translation does."""
    import threading

    def hand_on(source, sink):
        try:
            while chunk := source.recv(65536):
                sink.sendall(chunk)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    listeners = [listening("127.0.0.1", number) for number in (port, *ports)]

    def accept(listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection((SERVER_ON_THE_OTHER_SIDE, listener.getsockname()[1]), 5)
            for pair in ((near, far), (far, near)):
                threading.Thread(target=hand_on, args=pair, daemon=True).start()

    for listener in listeners:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
    return listeners


def test_behind_address_translation_epsv_works_and_pasv_needs_a_client_that_ignores_the_address(started, signed_on):
    port = started("PASSIVEDATAPORTS (5000,5009)\n")

    def through_the_gateway():
        listeners = relayed(port, range(5000, 5010))
        ftp = signed_on(port, "127.0.0.1")
        announced = ftp.makepasv()[0]
        ftp.trust_server_pasv_ipv4_address = False  # PASSIVEIGNOREADDR TRUE of the z/OS client
        ftp.storlines("STOR A.B", io.BytesIO(TEXT))
        by_pasv = fetched(ftp, "A.B")
        ftp.af = socket.AF_INET6  # EPSV
        by_epsv = fetched(ftp, "A.B")
        ftp.quit()
        for listener in listeners:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        return announced, by_pasv, by_epsv

    assert inside(STRANGER, through_the_gateway) == (SERVER_ON_THE_OTHER_SIDE, ["one", "two"], ["one", "two"])
