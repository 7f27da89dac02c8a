"""Pages 40 and 66: the security level panels: cipher, protocols, client authentication, FIPS 140 support."""

from __future__ import annotations

import ftplib
import ssl

import pytest

from tests.source_document.attls import PAGE_37, PAGE_64, context, secured
from tests.waiting import told
from tests.zftpd.attls.policies import SERVER_4021, SERVER_4121

FAILURES = (ssl.SSLError, OSError, EOFError, ftplib.Error)


def with_fips(policy, level):
    return policy.replace("TTLSEnabled On", f"TTLSEnabled On\n FIPS140 {level}").replace(
        "TTLSEnabled                     On", f"TTLSEnabled On\n FIPS140 {level}"
    )


def test_page_40_the_cipher_is_the_one_chosen_and_no_other(serve, certificates):
    server = serve(PAGE_37, SERVER_4021)
    made = context(certificates)
    made.set_ciphers("AES128-SHA:@SECLEVEL=0")

    with pytest.raises(FAILURES):
        secured(server, made)

    assert "RC:  402" in told(server, "EZD1286I")


@pytest.mark.parametrize("level", ["On", "Level1"])
def test_page_40_fips_140_takes_the_pages_keys_of_1024_bits(serve, certificates, level):
    client = secured(serve(PAGE_37, with_fips(SERVER_4021, level)), context(certificates))

    assert client.sock.cipher()[0] == "AES256-SHA"
    client.close()


@pytest.mark.parametrize("level", ["Level2", "Level3"])
def test_page_40_fips_140_of_a_higher_level_does_not(serve, certificates, level):
    server = serve(PAGE_37, with_fips(SERVER_4021, level))

    with pytest.raises(ftplib.error_temp, match="431"):
        secured(server, context(certificates))

    assert f"certificate ABCTLS TCPSEVR does not do for FIPS140 {level}" in told(server, "key ring")


def test_page_29_fips_140_leaves_no_cipher_that_it_does_not_approve_of(serve, certificates):
    """Page 29: DES and MD5 are not allowed in FIPS mode; nor is ChaCha20."""
    bare = "\n".join(line for line in SERVER_4021.splitlines() if "TTLSCipherParmsRef" not in line)
    server = serve(PAGE_37, with_fips(bare, "On"))
    made = context(certificates)
    made.set_ciphers("ECDHE-RSA-CHACHA20-POLY1305:@SECLEVEL=0")
    with pytest.raises(FAILURES):
        secured(server, made)

    secured(server, context(certificates)).close()

    made = context(certificates)
    made.set_ciphers("ECDHE-RSA-CHACHA20-POLY1305:@SECLEVEL=0")
    secured(serve(PAGE_37, bare), made).close()


def test_page_66_a_client_whose_key_is_shorter_than_the_policy_wants_is_refused(serve, certificates):
    policy = SERVER_4121.replace("ClientAuthType SAFCheck", "ClientAuthType SAFCheck\n PeerMinRsaKeySize 4096")
    server = serve(PAGE_64, policy)

    with pytest.raises(FAILURES):
        secured(server, context(certificates, user=True)).login("USER1", "SECRET")

    assert told(server, "EZD1286I")


@pytest.mark.parametrize(
    ("kind", "without", "own", "foreign"),
    [
        ("PassThru", True, True, True),
        ("Full", True, True, False),
        ("Required", False, True, False),
        ("SAFCheck", False, True, False),
    ],
)
def test_page_66_each_kind_of_client_authentication(serve, certificates, tmp_path, kind, without, own, foreign):
    """Whether a handshake succeeds without a certificate, with the user's, and with one that nobody vouches for."""
    from datetime import UTC, datetime

    from zftpd.net.certificates import self_signed

    server = serve(PAGE_37, SERVER_4121.replace("SAFCheck", kind))
    certificate, key = self_signed("stranger", lambda: datetime.now(UTC), None)
    (tmp_path / "stranger.pem").write_text(key + certificate)
    stranger = context(certificates)
    stranger.load_cert_chain(str(tmp_path / "stranger.pem"))
    contexts = [(context(certificates), without), (context(certificates, user=True), own), (stranger, foreign)]

    for made, succeeds in contexts:
        if succeeds:
            client = secured(server, made)
            assert client.login("USER1", "SECRET").startswith("230")
            client.quit()
        else:
            with pytest.raises(FAILURES):
                secured(server, made).login("USER1", "SECRET")


def test_page_66_safcheck_wants_a_certificate_that_racf_knows(serve, certificates):
    server = serve(PAGE_37, SERVER_4121)
    saf = server.saf
    assert saf.command(saf.operator(), "RACDCERT ID(USER1) DELETE(LABEL('USER1 TLS JULY 2010'))").rc == 0

    with pytest.raises(FAILURES):
        secured(server, context(certificates, user=True)).login("USER1", "SECRET")

    assert "RC: 5006" in told(server, "EZD1286I")


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1", "TLSv1_2"])
def test_page_66_old_protocols_are_spoken_where_the_policy_says_so_and_ssl_is_refused_by_name(serve, certificates, version):
    """Page 66: TLS 1.0: yes, TLS 1.1: yes, SSL 3: yes, which no library has any more."""
    server = serve(PAGE_64, SERVER_4121)
    made = context(certificates, user=True)
    made.minimum_version = made.maximum_version = ssl.TLSVersion[version]

    client = secured(server, made)

    assert client.sock.version() == version.replace("_", ".")
    assert client.login("USER1", "SECRET").startswith("230")
    assert "protocol SSLv3 of ABC_FTP_4021_New~2 is offered by no current library" in told(server, "SSLv3")
    client.quit()


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_without_such_a_policy_they_are_not(serve, certificates, version):
    made = context(certificates)
    made.minimum_version = made.maximum_version = ssl.TLSVersion[version]

    with pytest.raises(FAILURES):
        secured(serve(PAGE_37, SERVER_4021), made)
