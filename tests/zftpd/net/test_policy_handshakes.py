"""What a policy says of signatures, groups, sessions and records, seen from the client's side of a handshake."""

from __future__ import annotations

import ftplib
import socket
import ssl
import subprocess
from contextlib import suppress

import pytest

from tests.zftpd.net.policed import context, policy
from zftpd.attls.errors import PolicyError
from zftpd.attls.kinds import SIGNATURES, signature_name
from zftpd.attls.match import mapping
from zftpd.attls.policy import read
from zftpd.client.trust import RingMaterial, Wanted, client_context

FAILURES = (ssl.SSLError, OSError, EOFError, ftplib.Error)


def s_client(server, *options):
    host, port = server.address
    command = ["openssl", "s_client", "-connect", f"{host}:{port}", "-starttls", "ftp", *options]
    return subprocess.run(command, input="QUIT\n", capture_output=True, text=True, timeout=30, check=False).stdout


def signature(*lines):
    return "TTLSSignatureParms {\n" + "\n".join(lines) + "\n}"


def gsk(*lines):
    return "TTLSGskAdvancedParms {\n" + "\n".join(lines) + "\n}"


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_signature_pairs_limit_both_sides_of_a_handshake(policed, version):
    asked = signature("SignaturePairs TLS_SIGALG_SHA256_WITH_ECDSA", "SignaturePairs 05030403")
    server = policed(policy("Full", more=asked))

    seen = s_client(server, version)
    refused = s_client(server, version, "-sigalgs", "RSA+SHA256:ECDSA+SHA512")

    assert "Requested Signature Algorithms: ECDSA+SHA256:ECDSA+SHA384\n" in seen
    assert "Peer signing digest: SHA256" in seen
    assert "Cipher is (NONE)" in refused


def test_of_several_groups_one_is_agreed_on_and_others_are_not(policed):
    server = policed(policy("Full", more=signature("ServerKexECurves 00240023", "ServerKexECurves X448")))

    assert "Server Temp Key: ECDH, secp384r1, 384 bits" in s_client(server, "-curves", "P-384:P-256")
    assert "Server Temp Key: X448" in s_client(server, "-curves", "X448")
    assert "Cipher is (NONE)" in s_client(server, "-curves", "X25519:P-521")


def test_any_leaves_the_curves_to_the_library():
    (rule,) = read(policy(more=signature("ClientECurves Any"))).rules

    assert () == mapping(rule).handshake.groups


def test_a_pair_that_no_library_has_is_told_and_the_others_are_used(policed):
    server = policed(policy("Full", more=signature("SignaturePairs 01010403")))

    seen = s_client(server)

    assert "Requested Signature Algorithms: ECDSA+SHA256\n" in seen
    expected = "EZYFT00W signature pair TLS_SIGALG_MD5_WITH_RSA of RULE is offered by no current library; it is not used."
    assert expected in list(map(str, server.said))


def test_pairs_have_the_names_of_the_manual():
    names = {signature_name(code) for code in SIGNATURES}

    assert {"TLS_SIGALG_SHA512_WITH_ECDSA", "TLS_SIGALG_SHA1_WITH_DSA", "TLS_SIGALG_SHA256_WITH_RSASSA_PSS"} <= names
    with pytest.raises(PolicyError, match="is no pair of hash and signature algorithms"):
        read(policy(more=signature("SignaturePairs 0409")))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=["1.2", "1.3"])
@pytest.mark.parametrize(
    ("asked", "tickets", "seconds"),
    [("GSK_V3_SESSION_TIMEOUT 77", True, 77), ("GSK_V3_SIDCACHE_SIZE 512", False, 86400)],
)
def test_a_session_lives_as_long_as_the_policy_says(policed, version, asked, tickets, seconds):
    """With a number of sessions the server keeps them itself: under TLS 1.2 by number, under 1.3 a ticket is but a number."""
    server = policed(policy("Full", more=gsk(asked)))
    client = ftplib.FTP_TLS(context=context(minimum_version=version, maximum_version=version))
    client.connect(*server.address, timeout=20)
    client.login("USER1", "SECRET")
    session = client.sock.session
    client.quit()

    assert (tickets or version == ssl.TLSVersion.TLSv1_3) == session.has_ticket
    assert (seconds if session.has_ticket else 0) == session.ticket_lifetime_hint


def test_a_cache_of_few_sessions_forgets_the_oldest(policed):
    server = policed(policy("Full", more=gsk("GSK_V3_SIDCACHE_SIZE 2")), "SECURE_SESSION_REUSE REQUIRED")
    made = context(maximum_version=ssl.TLSVersion.TLSv1_2)
    clients = []
    for _ in range(3):
        client = ftplib.FTP_TLS(context=made)
        client.connect(*server.address, timeout=20)
        client.login("USER1", "SECRET")
        client.prot_p()
        clients.append(client)

    def stored(client):
        with socket.create_connection(client.makepasv(), timeout=20) as data:
            client.putcmd("STOR /tmp/few")
            with suppress(OSError), made.wrap_socket(data, session=client.sock.session) as secured:
                secured.unwrap()
        client.getmultiline()
        return client.getmultiline()[:3]

    assert stored(clients[2]) == "250"
    assert stored(clients[0]) == "425"
    for client in clients:
        client.close()


def test_a_client_asks_for_the_records_that_its_policy_wants(policed):
    text = policy(role="Client", advanced="ClientMaxSSLFragment Optional\n    ClientMaxSSLFragmentLength 512")
    (rule,) = read(text).rules
    made = client_context(Wanted(handshake=mapping(rule).handshake), RingMaterial())
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        made.wrap_bio(incoming, outgoing).do_handshake()

    assert b"\x00\x01\x00\x01\x01" in outgoing.read()  # RFC 6066 section 4: extension 1, one byte, 2**9
