"""Settings that Python has no calls for: each seen at the other end of a handshake in memory."""

from __future__ import annotations

import _socket
import ssl
import time

import pytest

from tests.zftpd.net.policed import certificate, context
from zftpd.net.libssl import library, reach


class Hands:
    """A client and a server that shake hands in memory."""

    def __init__(self, client: ssl.SSLContext, server: ssl.SSLContext, session: ssl.SSLSession | None = None) -> None:
        up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.client = client.wrap_bio(down, up, server_hostname="server", session=session)
        self.server = server.wrap_bio(up, down, server_side=True)
        waiting = [self.client, self.server]
        while waiting:
            for side in list(waiting):
                try:
                    side.do_handshake()
                    waiting.remove(side)
                except ssl.SSLWantReadError:
                    pass
        for reader in (self.client, self.server):  # tickets come behind the handshake
            try:
                reader.read(1)
            except ssl.SSLWantReadError:
                pass


@pytest.fixture
def server(tmp_path):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate(tmp_path, "server"))
    return made


@pytest.fixture(params=["TLSv1_2", "TLSv1_3"])
def client(request):
    version = ssl.TLSVersion[request.param]
    return context(minimum_version=version, maximum_version=version)


def test_another_library_is_not_taken_for_the_one_of_python():
    assert reach("/nonexistent.so") is None
    assert reach(_socket.__file__) is None


def test_any_certificate_is_accepted_and_seen(server, client, tmp_path):
    client.load_cert_chain(certificate(tmp_path, "orphan", issuer="NOBODY", days=-1))
    server.verify_mode = ssl.CERT_OPTIONAL
    with pytest.raises(ssl.SSLError):
        Hands(client, server)

    library().accept_any(server)

    seen = Hands(client, server).server.getpeercert(binary_form=True)
    assert seen == ssl.PEM_cert_to_DER_cert(
        (tmp_path / "orphan.pem").read_text().partition("KEY-----\n")[2].split("KEY-----\n")[1]
    )


def test_signature_algorithms_are_those_and_no_others(server, client):
    library().set_signatures(client, ["rsa_pss_rsae_sha256", "RSA+SHA256"])
    with pytest.raises(ssl.SSLError):
        Hands(client, server)

    library().set_signatures(client, ["ECDSA+SHA256"])

    Hands(client, server)


def test_groups_have_to_meet(server, client):
    library().set_groups(client, ["secp384r1", "prime256v1"])
    library().set_groups(server, ["X25519"])
    with pytest.raises(ssl.SSLError):
        Hands(client, server)

    library().set_groups(server, ["X25519", "secp384r1", "prime256v1"])

    Hands(client, server)


@pytest.mark.parametrize(("call", "names"), [("set_groups", ["p-none"]), ("set_signatures", ["RSA+NONE"])])
def test_a_name_that_openssl_lacks_is_told_and_leaves_no_error_behind(server, call, names):
    with pytest.raises(ValueError, match=names[0].replace("+", r"\+")):
        getattr(library(), call)(server, names)

    Hands(context(), server)


def test_no_more_sessions_are_kept_than_were_asked_for(server, client):
    library().set_cache_size(server, 2)
    server.options |= ssl.OP_NO_TICKET
    server.num_tickets = 1
    kept = [Hands(client, server) for _ in range(3)]  # one that ends without close_notify takes its session with it

    newest = Hands(client, server, kept[-1].client.session)
    oldest = Hands(client, server, kept[0].client.session)
    assert [True, False] == [newest.client.session_reused, oldest.client.session_reused]


def test_a_session_is_not_resumed_when_its_time_is_over(server, client):
    library().set_lifetime(server, 1)
    session = Hands(client, server).client.session
    assert session.timeout <= 1 or session.ticket_lifetime_hint <= 1

    assert Hands(client, server, session).client.session_reused
    deadline = session.time + 3
    while time.time() < deadline:
        time.sleep(0.1)
    assert not Hands(client, server, session).client.session_reused


def test_what_is_no_certificate_is_no_authority(server):
    with pytest.raises(ValueError, match="cannot be read"):
        library().name_authorities(server, ssl.DER_cert_to_PEM_cert(b"nothing"))
