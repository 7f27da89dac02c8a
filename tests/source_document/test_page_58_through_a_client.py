"""Page 58 once more, through TLS: the three levels with good, foreign, expired, untrusted, unmapped and revoked certificates.

Here the FTP server does TLS by itself (TLSMECHANISM FTP) with the key ring of page 36.
"""

from __future__ import annotations

import ftplib
import ssl

import pytest

from tests.source_document.attls import context, secured
from tests.waiting import told

FAILURES = (ssl.SSLError, OSError, EOFError, ftplib.Error)
STATEMENTS = """
EXTENSIONS AUTH_TLS
KEYRING TLSRING
TLSRFCLEVEL RFC4217
SECURE_FTP REQUIRED
SECURE_LOGIN {login}
SECURE_PASSWORD {password}
"""


@pytest.fixture
def level(started):
    """Start a server by SECURE_LOGIN and SECURE_PASSWORD."""

    def start(login, password="REQUIRED"):
        return started(STATEMENTS.format(login=login, password=password))

    return start


def racf(server, *commands):
    for command in commands:
        result = server.saf.command(server.saf.operator(), command)
        assert result.rc == 0, (command, result.lines)


def pair(server, certificates, label, name):
    """Key and certificate of USER1 by its label, in a file."""
    racf(server, "RACDCERT ID(USER1) ADDRING(TEMP)", f"RACDCERT ID(USER1) CONNECT(LABEL('{label}') RING(TEMP) DEFAULT)")
    entry = server.saf.keyring("USER1", "TEMP").labelled(label)
    (certificates / name).write_bytes(entry.key_pem + entry.cert_pem)
    racf(server, "RACDCERT ID(USER1) DELRING(TEMP)")
    return str(certificates / name)


def with_pair(certificates, path):
    made = context(certificates)
    made.load_cert_chain(path)
    return made


def login(server, made, userid="USER1", password="SECRET"):
    client = secured(server, made)
    try:
        return client.login(userid, password)
    finally:
        client.close()


def test_level_1_wants_a_certificate_of_a_trusted_root_whoever_it_belongs_to(level, certificates):
    server = level("REQUIRED")

    assert login(server, context(certificates, user=True)).startswith("230")
    assert login(server, context(certificates, user=True), "IBMUSER", "SYS1").startswith("230")
    with pytest.raises(ftplib.error_perm, match="531 Server requires client certificate for login processing"):
        login(server, context(certificates))


@pytest.mark.parametrize("secure_login", ["REQUIRED", "VERIFY_USER"])
@pytest.mark.parametrize("password", ["REQUIRED", "OPTIONAL"])
def test_no_password_makes_up_for_a_missing_certificate(level, certificates, secure_login, password):
    client = secured(level(secure_login, password), context(certificates))

    assert refused_with(client, "USER USER1").startswith("531")
    assert refused_with(client, "PASS SECRET").startswith("503")
    client.close()


def test_no_password_makes_up_for_another_users_certificate(level, certificates):
    client = secured(level("VERIFY_USER"), context(certificates, user=True))

    assert refused_with(client, "USER IBMUSER").startswith("531")
    assert refused_with(client, "PASS SYS1").startswith("503")
    assert client.sendcmd("USER USER1").startswith("331")
    client.close()


def test_a_guest_needs_a_certificate_as_well(level, certificates):
    client = secured(level("REQUIRED\nANONYMOUS USER1/SECRET"), context(certificates))

    assert refused_with(client, "USER ANONYMOUS").startswith("531")
    client.close()
    client = secured(level("REQUIRED\nANONYMOUS USER1/SECRET"), context(certificates, user=True))
    assert client.sendcmd("USER ANONYMOUS")[:3] in ("230", "331")
    client.close()


def refused_with(client, command):
    with pytest.raises(ftplib.error_perm) as caught:
        client.sendcmd(command)
    return str(caught.value)


def test_level_1_a_certificate_of_a_foreign_root_fails_the_handshake(level, certificates, openssl):
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "f.key", "-out", "f.crt", "-subj", "/CN=USER1", "-days", "9"
    )
    (certificates / "f.pem").write_text((openssl.folder / "f.key").read_text() + (openssl.folder / "f.crt").read_text())
    server = level("REQUIRED")

    with pytest.raises(FAILURES):
        login(server, with_pair(certificates, str(certificates / "f.pem")))

    assert told(server, "TLS handshake failed")


@pytest.mark.parametrize("secure_login", ["REQUIRED", "VERIFY_USER"])
def test_an_expired_certificate_fails_the_handshake(level, certificates, secure_login):
    server = level(secure_login)
    racf(
        server,
        "RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('OLD')) WITHLABEL('OLD') NOTBEFORE(DATE(2010-07-19)) "
        "NOTAFTER(DATE(2011-07-19)) SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))",
        "RACDCERT ID(USER1) ALTER(LABEL('OLD')) TRUST",
    )

    with pytest.raises(FAILURES):
        login(server, with_pair(certificates, pair(server, certificates, "OLD", "old.pem")))

    assert "CERTIFICATE_VERIFY_FAILED" in told(server, "TLS handshake failed") or told(server, "xpired")


def test_level_2_the_certificate_must_be_registered_mapped_and_the_users(level, certificates):
    server = level("VERIFY_USER")
    user = context(certificates, user=True)
    assert login(server, user).startswith("230")
    with pytest.raises(ftplib.error_perm, match="531"):
        login(server, user, "IBMUSER", "SYS1")

    racf(server, "RACDCERT ID(USER1) ALTER(LABEL('USER1 TLS JULY 2010')) NOTRUST")
    with pytest.raises(ftplib.error_perm, match="531"):
        login(server, user)

    racf(server, "RACDCERT ID(USER1) DELETE(LABEL('USER1 TLS JULY 2010'))")
    with pytest.raises(ftplib.error_perm, match="531"):
        login(server, user)
    assert "CERTIFICATE" in told(server, "ICH408I")

    racf(server, "RACDCERT ID(USER1) MAP SDNFILTER('OU=CS Z/OS.O=IBM.C=US') WITHLABEL('STAFF')")
    assert login(server, user).startswith("230")


def test_level_2_a_revoked_user_does_not_sign_on_with_a_good_certificate(level, certificates):
    server = level("VERIFY_USER", "OPTIONAL")
    racf(server, "ALTUSER USER1 REVOKE")

    with pytest.raises(ftplib.error_perm):
        login(server, context(certificates, user=True))

    assert "REVOKED USER ACCESS ATTEMPT" in told(server, "REVOKED")


def test_level_3_the_user_needs_the_servers_profile(level, certificates):
    server = level("VERIFY_USER")
    resource = f"EZB.FTP.MVS1.FTPD1.PORT{server.address[1]}"
    racf(server, f"RDEFINE SERVAUTH {resource} UACC(NONE)")
    with pytest.raises(ftplib.error_perm, match="530"):
        login(server, context(certificates, user=True))
    assert resource in told(server, "CL(SERVAUTH)")

    racf(server, f"PERMIT {resource} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)")

    assert login(server, context(certificates, user=True)).startswith("230")


@pytest.mark.parametrize(("statement", "first"), [("OPTIONAL", "230"), ("REQUIRED", "331")])
def test_secure_password_optional_lets_the_certificate_do_for_a_password(level, certificates, statement, first):
    client = secured(level("VERIFY_USER", statement), context(certificates, user=True))

    assert client.sendcmd("USER USER1").startswith(first)
    client.close()
