"""Which rule a connection falls under, seen on the wire: directions, ports, addresses, priorities, Basic and Controlling."""

from __future__ import annotations

import ftplib
import io
import socket
import time

import pytest

from tests.zftpd.net.policed import action, context, rule
from zftpd.attls.netstat import answer

AWARE = "ApplicationControlled On\n    ClientAuthType Full"
MAPPED = f"{AWARE}\n    SecondaryMap On"
BASIC = "ApplicationControlled Off\n    ClientAuthType Full"


def secured(server, *, passive=True):
    client = ftplib.FTP_TLS(context=context())
    client.connect(*server.address, timeout=20)
    client.login("USER1", "SECRET")
    client.prot_p()
    client.set_pasv(passive)
    return client


def stored(client):
    """Store a file and fetch it; the reply's code when that fails."""
    try:
        client.storbinary("STOR /tmp/mapped", io.BytesIO(b"abc" * 100))
        taken = []
        client.retrbinary("RETR /tmp/mapped", taken.append)
    except ftplib.Error as error:
        return str(error)[:3]
    except OSError:  # the data connection has gone; the control connection says why
        return client.getmultiline()[:3]
    return "stored" if b"".join(taken) == b"abc" * 100 else "lost"


def offered(server):
    client = ftplib.FTP()
    client.connect(*server.address, timeout=20)
    try:
        return client.sendcmd("AUTH TLS")[:3]
    except ftplib.Error as error:
        return str(error)[:3]
    finally:
        client.close()


def told(server, words):
    """The line of the console that holds the words; a client knows of its end before the server has told."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for line in map(str, list(server.said)):
            if words in line:
                return line
        time.sleep(0.02)
    raise AssertionError(server.said)


def mapped(server):
    return [line.split()[-1] for line in answer("TTLS", server.sessions)[2:]]


@pytest.mark.parametrize(
    ("direction", "advanced", "passive", "outcome"),
    [
        ("Inbound", AWARE, True, "stored"),
        ("Inbound", AWARE, False, "425"),  # the server opens it: Outbound
        ("Inbound", MAPPED, False, "stored"),
        ("Both", AWARE, False, "stored"),
    ],
)
def test_a_rule_is_for_who_opens_the_connection(policed, direction, advanced, passive, outcome):
    server = policed(rule(conditions=f"Direction {direction}") + action(advanced=advanced))
    client = secured(server, passive=passive)

    assert outcome == stored(client)
    client.close()


def test_a_rule_for_outbound_connections_is_none_for_the_control_connection(policed):
    assert offered(policed(rule(conditions="Direction Outbound") + action(advanced=AWARE))) in ("431", "534", "502", "504")


@pytest.mark.parametrize(("advanced", "outcome"), [(AWARE, "425"), (MAPPED, "stored")])
def test_a_data_connection_on_another_port_falls_under_the_rule_by_secondarymap_only(policed, advanced, outcome):
    port = free_port()
    server = policed(rule(conditions=f"LocalPortRange {port}") + action(advanced=advanced), port=port)
    client = secured(server)

    assert outcome == stored(client)
    client.close()


@pytest.mark.parametrize("way", ["LocalPortRange", "LocalPortGroupRef"])
def test_ports_are_given_by_range_or_group(policed, way):
    port = free_port()
    group = f"PortGroup ports {{\n PortRange {{\n Port {port - 1}-{port}\n }}\n PortRange {{\n Port 9\n }}\n}}\n"
    conditions = "LocalPortGroupRef ports" if "Group" in way else f"LocalPortRange {port - 1}-{port}"

    assert offered(policed(rule(conditions=conditions) + action(advanced=MAPPED) + group, port=port)) == "234"


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        ("RemoteAddr 127.0.0.0/8", "234"),
        ("RemoteAddr 127.0.0.1-127.0.0.9", "234"),
        ("RemoteAddr 10.0.0.0-10.255.255.255", "refused"),
        ("RemoteAddrGroupRef partners", "234"),
        ("RemoteAddrGroupRef strangers", "refused"),
        ("Jobname FTPD*", "234"),
        ("Jobname OTHER", "refused"),
        ("Userid FTPD", "234"),
    ],
)
def test_addresses_job_names_and_user_ids_choose(policed, conditions, code):
    groups = """
IpAddrGroup partners {
  IpAddr {
    Addr 10.1.1.1
  }
  IpAddrSet {
    Prefix 127.0.0.0/24
  }
}
IpAddrGroup strangers {
  IpAddrSet {
    Range 10.0.0.1-10.0.0.9
  }
}
"""
    said = offered(policed(rule(conditions=conditions) + action(advanced=MAPPED) + groups))

    assert (said == "234") == (code == "234"), said


def test_the_rule_of_the_highest_priority_that_fits_is_the_one(policed):
    rules = rule("LOW", "A", "Direction Both\n  Priority 1") + rule("HIGH", "B", "Direction Both\n  Priority 200")
    rules += rule("OTHER", "B", "RemoteAddr 10.0.0.1\n  Priority 255")
    server = policed(rules + action("A", advanced=MAPPED) + action("B", advanced=MAPPED))
    client = secured(server)

    assert mapped(server) == ["HIGH"]
    client.close()


def test_a_rule_whose_group_is_not_enabled_keeps_connections_in_clear(policed):
    off = rule("CLEAR", "OFF", "Direction Both\n  Priority 255").replace("  TTLSEnvironmentActionRef OFF\n", "")
    server = policed(rule() + action(advanced=MAPPED) + off + "TTLSGroupAction GOFF {\n TTLSEnabled Off\n}\n")

    assert offered(server) != "234"


def test_basic_secures_every_connection_below_a_server_that_knows_nothing_of_it(policed):
    """ApplicationControlled Off: TLS before the greeting, no AUTH, and data connections begin with TLS whatever PROT says."""
    server = policed(rule() + action(advanced=BASIC))
    with context().wrap_socket(socket.create_connection(server.address, timeout=20)) as control:
        lines = control.makefile("rwb")

        def ask(line):
            if line:
                lines.write(line.encode() + b"\r\n")
                lines.flush()
            while True:
                said = lines.readline()
                if said[3:4] == b" ":
                    return said.decode()

        assert ask("").startswith("220 ")
        assert not ask("AUTH TLS").startswith("234")
        ask("USER USER1")
        assert ask("PASS SECRET").startswith("230 ")
        assert ask("PROT P").startswith("503 ")
        assert mapped(server) == ["RULE"]
        port = int(ask("EPSV").split("|")[3])
        with socket.create_connection((server.address[0], port), timeout=20) as plain:
            lines.write(b"STOR /tmp/basic\r\n")
            lines.flush()
            data = context().wrap_socket(plain)
            data.sendall(b"x")
            data.unwrap()
        assert ask("").startswith("125 ") and ask("").startswith("250 ")
        lines.close()


def test_a_client_that_does_not_shake_hands_in_time_is_let_go_and_told(policed):
    server = policed(rule() + action(advanced=f"{MAPPED}\n    HandshakeTimeout 1"))
    client = ftplib.FTP()
    client.connect(*server.address, timeout=20)
    assert client.sendcmd("AUTH TLS").startswith("234 ")
    began = time.monotonic()

    assert client.sock.recv(1) == b""

    assert 0.5 < time.monotonic() - began < 8
    client.close()
    assert "RC: 5003 Initial Handshake" in told(server, "EZD1286I")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_trace_8_tells_what_happens_to_a_connection(policed):
    server = policed((rule() + action(advanced=MAPPED)).replace("Trace 7", "Trace 12"))
    client = secured(server)
    client.sendcmd("CCC")
    client.sock = client.sock.unwrap()
    client.file = client.sock.makefile("r", encoding="utf-8")
    client.quit()
    secured(server).quit()
    assert "GRPID: 00000001 ENVID: 00000001 CONNID: 00000002 RC:    0 Connection Close" in told(server, "Connection Close")

    lines = [line.partition("TCPCS ")[2] for line in map(str, server.said) if "TTLS[1]" in line and "EZD1281I" not in line]
    assert "EZD1282I TTLS Start GRPID: 00000001 ENVID: 00000001 CONNID: 00000001 Initial Handshake ACTIONS: GE E" in lines
    assert [line.split()[0] + line.partition("CONNID: ")[2][8:].partition(" ACT")[0] for line in lines] == [
        "EZD1282I Initial Handshake",
        "EZD1283I RC:    0 Initial Handshake",
        "EZD1282I Connection Stop",
        "EZD1283I RC:    0 Connection Stop",
        "EZD1282I Initial Handshake",
        "EZD1283I RC:    0 Initial Handshake",
        "EZD1283I RC:    0 Connection Close",
    ]
