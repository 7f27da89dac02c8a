"""ClientAuthType: what a server asks of clients, whom it takes, and what it tells of them, under TLS 1.2 and 1.3."""

from __future__ import annotations

import ftplib
import re
import ssl
import subprocess

import pytest

from tests.zftpd.net.policed import certificate, context, policy
from zftpd.attls.netstat import answer
from zftpd.attls.policy import read
from zftpd.net.tlschoice import AttlsTls

VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
FAILURES = (ssl.SSLError, OSError, EOFError, ftplib.Error)


@pytest.fixture(params=VERSIONS)
def version(request):
    return {"minimum_version": VERSIONS[request.param], "maximum_version": VERSIONS[request.param]}


def cards(folder):
    """Certificates of clients by kind."""
    return {
        "none": None,
        "own": folder / "user.pem",
        "self-signed": certificate(folder, "stranger"),
        "expired": certificate(folder, "late", days=-1),
        "unknown": certificate(folder, "orphan", issuer="NOBODY"),
    }


def signed_on(server, made):
    client = ftplib.FTP_TLS(context=made)
    client.connect(*server.address, timeout=20)
    client.login("USER1", "SECRET")
    return client


def report(server):
    return [" ".join(line.split()) for line in answer("TTLS CONN", server.sessions)]


TAKEN = {
    "PassThru": {"none", "own", "self-signed", "expired", "unknown"},
    "Full": {"none", "own"},
    "Required": {"own"},
    "SAFCheck": {"own"},
}


@pytest.mark.parametrize("kind", TAKEN)
def test_whom_each_kind_of_client_authentication_takes(policed, version, kind):
    server = policed(policy(kind))
    taken = set()
    for name, file in cards(server.folder).items():
        try:
            signed_on(server, context(file, **version)).quit()
        except FAILURES:
            continue
        taken.add(name)

    assert TAKEN[kind] == taken


def test_a_certificate_that_passed_through_is_shown_as_racf_knows_it(policed, version):
    server = policed(policy("PassThru"))
    client = signed_on(server, context(server.folder / "user.pem", **version))
    known = report(server)
    client.quit()
    client = signed_on(server, context(certificate(server.folder, "stranger"), **version))
    unknown = report(server)
    client.quit()

    assert "CertUserID: USER1" in known
    assert "CertUserID: N/A" in unknown
    assert "ClientAuthType: PassThru" in known


def test_a_certificate_that_passed_through_signs_nobody_on(policed, version):
    """It takes no authority to name oneself USER ONE."""
    server = policed(policy("PassThru"), "SECURE_LOGIN REQUIRED\nSECURE_PASSWORD OPTIONAL")

    with pytest.raises(ftplib.error_perm, match="531 Server requires client certificate"):
        signed_on(server, context(server.folder / "user.pem", **version))


def test_data_connections_of_a_client_that_passed_through_carry_data(policed, version):
    server = policed(policy("PassThru"), "SECURE_SESSION_REUSE REQUIRED")
    made = context(certificate(server.folder, "stranger"), **version)

    class Resuming(ftplib.FTP_TLS):
        def ntransfercmd(self, cmd, rest=None):
            connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
            return self.context.wrap_socket(connection, session=self.sock.session), size

    client = Resuming(context=made)
    client.connect(*server.address, timeout=20)
    client.login("USER1", "SECRET")
    client.prot_p()
    import io

    client.storbinary("STOR /tmp/passed", io.BytesIO(b"abc" * 1000))
    taken = []
    client.retrbinary("RETR /tmp/passed", taken.append)
    client.quit()

    assert b"abc" * 1000 == b"".join(taken)


@pytest.mark.parametrize("kind", ["PassThru", "Full", "Required"])
def test_a_request_for_a_certificate_names_the_authorities_of_the_ring(policed, kind):
    host, port = policed(policy(kind)).address
    command = ["openssl", "s_client", "-connect", f"{host}:{port}", "-starttls", "ftp"]
    seen = subprocess.run(command, input="QUIT\n", capture_output=True, text=True, timeout=30, check=False).stdout

    named = re.search(r"Acceptable client certificate CA names\n(.*)\n", seen)
    assert named is not None, seen
    assert "CN = OUR CA" == named[1]


def test_where_openssl_is_out_of_reach_the_console_tells_what_is_missing(policed):
    server, said = policed(policy("PassThru")), []
    names = {"jobname": "FTPD1", "userid": "FTPD", "reuse": "ALLOWED"}
    chooser = AttlsTls(read(policy("PassThru")), server.saf, **names, console=said.append, reach=lambda: None)
    assert chooser.choose(("127.0.0.1", 21), ("127.0.0.1", 2000), "Inbound") is not None

    expected = "EZYFT00W ClientAuthType PassThru of RULE: the OpenSSL of this Python is out of reach"
    assert any(expected in line for line in map(str, said))
