"""Page 59: a user's private key and certificate, exported as PKCS#12.

Read as scanning slips: SIGWITH, ABCTIS, the parenthesis that closes SUBJECTSDN after CN, and the ring that CONNECT leaves out.
"""

from __future__ import annotations

import pytest

COMMANDS = [
    """RACDCERT ID(USER1) GENCERT +
SUBJECTSDN(CN('USER1 CERT JULY 2010') +
OU('CS Z/OS') +
O('IBM') +
C('US')) +
NOTBEFORE (DATE (2010-07-19)) +
NOTAFTER (DATE (2020-12-31)) +
WITHLABEL ('USER1 TLS JULY 2010') +
SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))""",
    """RACDCERT ID(USER1) EXPORT (LABEL('USER1 TLS JULY 2010')) +
DSN('USER1.USER1.DER.P12') +
FORMAT (PKCS12DER) +
PASSWORD ('XXXXXX')""",
    "RACDCERT ID(USER1) ADDRING(USER1RING)",
    "RACDCERT ID(USER1) CONNECT (LABEL('USER1 TLS JULY 2010') RING(USER1RING))",
]


@pytest.fixture
def user_certificate(with_ca):
    for command in COMMANDS:
        with_ca(command)
    return with_ca


def test_openssl_opens_the_package_with_the_password_and_finds_key_certificate_and_root(user_certificate, openssl):
    (openssl.folder / "u.p12").write_bytes(user_certificate.datasets["USER1.USER1.DER.P12"])

    text = openssl("pkcs12", "-in", "u.p12", "-nodes", "-passin", "pass:XXXXXX")

    assert text.count("BEGIN CERTIFICATE") == 2
    assert text.count("BEGIN PRIVATE KEY") == 1
    assert "friendlyName: USER1 TLS JULY 2010" in text
    openssl("pkcs12", "-in", "u.p12", "-nodes", "-passin", "pass:WRONG", rc=1)


def test_the_users_ring_is_listed(user_certificate):
    lines = user_certificate("RACDCERT ID(USER1) LISTRING (USER1RING)")

    assert "  USER1 TLS JULY 2010                ID(USER1)      PERSONAL     NO" in lines


def test_a_package_without_password_is_refused(user_certificate):
    command = "RACDCERT ID(USER1) EXPORT (LABEL('USER1 TLS JULY 2010')) DSN('USER1.X') FORMAT (PKCS12DER)"

    assert user_certificate(command, rc=8) == ["IRRD123I The password for the PKCS#12 package is missing or incorrect."]
    assert "USER1.X" not in user_certificate.datasets


def test_the_package_can_be_added_to_another_system(user_certificate, tmp_path):
    from tests.racfworld import World

    other = World(tmp_path / "other")
    other.moment = user_certificate.moment
    other.user("USER1")
    other.datasets.update(user_certificate.datasets)

    lines = other("RACDCERT ID(USER1) ADD('USER1.USER1.DER.P12') TRUST WITHLABEL('imported') PASSWORD('XXXXXX')")

    assert lines[-1] == "IRRD199I Certificate with label 'LABEL00000001' is added for CERTAUTH."
    assert "  Private Key: YES" in other("RACDCERT ID(USER1) LIST(LABEL('imported'))")
    other.engine.dispose()
