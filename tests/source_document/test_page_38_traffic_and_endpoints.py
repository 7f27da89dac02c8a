"""Pages 38, 39 and 65: the panels that say which connections a rule is for (ports, direction, addresses) and which key ring."""

from __future__ import annotations

import ftplib
import socket

import pytest

from tests.source_document.attls import PAGE_37, context
from tests.zftpd.attls.policies import SERVER_4021
from zftpd.app import Server

NO_TLS = r"431|534|504|502"


@pytest.fixture
def serve_at(started, certificates):
    """A server on a port of its own whose policy is the text given, PORT standing for that port."""

    def start(policy: str) -> Server:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        file = certificates / "policy"
        file.write_text(policy.replace("PORT", str(port)).replace("ELSEWHERE", str(port - 1)))
        return started(PAGE_37, policy=file, port=port)

    return start


def rule(*changes: tuple[str, str]) -> str:
    """The panels' rule for the server's own port, changed."""
    text = "\n".join(line for line in SERVER_4021.splitlines() if "LocalPortRange" not in line and "RemotePortRange" not in line)
    text = text.replace("  Direction ", "  LocalPortRange PORT\n  RemotePortRange 1024-65535\n  Direction ")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def auth(server: Server, certificates, source: str = "127.0.0.1") -> str:
    """The protocol that AUTH came to."""
    client = ftplib.FTP_TLS(context=context(certificates))
    client.connect(*server.address, timeout=20, source_address=(source, 0))
    try:
        client.auth()
        return client.sock.version()
    finally:
        client.close()


def test_page_38_the_rule_is_for_its_local_port_any_remote_port_and_inbound_connections(serve_at, certificates):
    assert auth(serve_at(rule()), certificates) == "TLSv1.2"


@pytest.mark.parametrize(
    "change",
    [
        ("LocalPortRange PORT", "LocalPortRange ELSEWHERE"),
        ("1024-65535", "1-1023"),
        ("Inbound", "Outbound"),
        ("Priority ", "Jobname OTHER\n  Priority "),
        ("TTLSEnabled                     On", "TTLSEnabled Off"),
    ],
    ids=["another local port", "other remote ports", "outbound only", "another job", "not enabled"],
)
def test_page_38_a_connection_that_no_rule_is_for_has_no_tls(serve_at, certificates, change):
    with pytest.raises(ftplib.Error, match=NO_TLS):
        auth(serve_at(rule(change)), certificates)


@pytest.mark.parametrize("endpoint", ["127.0.0.2", "127.0.0.2/32", "127.0.0.2-127.0.0.9"])
def test_page_39_the_remote_endpoint_is_an_address_a_subnet_or_a_range(serve_at, certificates, endpoint):
    server = serve_at(rule(("RemoteAddr                      All", f"RemoteAddr {endpoint}")))

    assert auth(server, certificates, "127.0.0.2") == "TLSv1.2"
    with pytest.raises(ftplib.Error, match=NO_TLS):
        auth(server, certificates, "127.0.0.1")


def test_page_39_the_local_endpoint_is_the_servers_address(serve_at, certificates):
    with pytest.raises(ftplib.Error, match=NO_TLS):
        auth(serve_at(rule(("LocalAddr                       All", "LocalAddr 192.0.2.1"))), certificates)


def test_page_65_the_key_ring_must_be_there(serve_at, certificates):
    server = serve_at(rule(("Keyring                         TLSRING", "Keyring NOSUCH")))

    with pytest.raises(ftplib.Error, match=NO_TLS):
        auth(server, certificates)

    assert any("NOSUCH" in line for line in server.said)


def test_page_65_the_certificate_label_chooses_from_the_ring(serve_at, certificates):
    labelled = rule(("SecondaryMap                  On", "SecondaryMap On\n    CertificateLabel LABEL"))
    with pytest.raises(ftplib.Error, match=NO_TLS):
        auth(serve_at(labelled), certificates)

    assert auth(serve_at(labelled.replace("LABEL\n", "ABCTLS TCPSEVR\n")), certificates) == "TLSv1.2"
