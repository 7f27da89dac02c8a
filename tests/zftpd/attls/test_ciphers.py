"""Cipher suites by all their names."""

from __future__ import annotations

import ssl

import pytest

from zftpd.attls.ciphers import CIPHERS, coded, listed, named, of_openssl


def test_a_cipher_is_found_by_each_of_its_names():
    cipher = named("SSL_AES_256_SHA")

    assert cipher is named("tls_rsa_with_aes_256_cbc_sha") is coded("35") is coded("0035") is of_openssl("AES256-SHA")
    assert cipher.short_code == "35"


def test_codes_may_be_written_one_after_the_other():
    assert [cipher.short_code for cipher in listed("352F0A")] == ["35", "2F", "0A"]
    assert [cipher.name for cipher in listed("13011302", 4)] == ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"]


@pytest.mark.parametrize("text", ["", "3", "FE", "TLS_NONSENSE", "35FE"])
def test_what_is_no_cipher_is_refused(text):
    with pytest.raises(ValueError, match="is no cipher suite"):
        listed(text)


def test_no_two_rows_share_a_name_or_code():
    for fact in ("code", "name", "openssl", "ftp_name"):
        values = [getattr(cipher, fact) for cipher in CIPHERS if getattr(cipher, fact)]
        assert len(values) == len(set(values)), fact


def test_openssl_knows_the_names_we_give_it():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    known = {cipher["name"] for cipher in context.get_ciphers()}

    assert {cipher.openssl for cipher in CIPHERS if cipher.openssl} - known - {
        "DHE-DSS-AES128-SHA",
        "DHE-DSS-AES256-SHA",
    } == set()
