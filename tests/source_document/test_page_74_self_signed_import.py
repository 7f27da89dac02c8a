"""Pages 71 and 74: import FileZilla's self-signed certificate as a CERTAUTH certificate; its private key is ignored."""

from __future__ import annotations

import pytest

ADD = """RACDCERT CERTAUTH +
ADD('USER1.ZILLA.SELFSIGN.B64') +
TRUST +
FORMAT(CERTB64) +
WITHLABEL('ABCTL5 ZILLASELFSIGNED')"""


@pytest.fixture
def zilla(racf, openssl):
    """A PEM file with private key and self-signed certificate, in the data set as an ASCII transfer leaves it: EBCDIC."""
    subject = "/C=US/ST=NC/L=Raleigh/O=IBM/OU=CS/CN=zilla"
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-subj", subject, "-days", "99"
    )
    pem = (openssl.folder / "key.pem").read_text() + (openssl.folder / "cert.pem").read_text()
    racf.moment = racf.moment.replace(year=2026, month=11, day=30)
    racf.datasets["USER1.ZILLA.SELFSIGN.B64"] = b"".join(line.ljust(80).encode("cp037") for line in pem.splitlines())
    return racf


def test_the_command_answers_as_on_the_page(zilla):
    assert zilla(ADD) == [
        "IRRD113I The certificate that you are adding is self-signed. The certificate is added with TRUST status."
    ]


def test_the_private_key_of_a_pem_file_is_ignored(zilla):
    zilla(ADD)

    assert "  Private Key: NO" in zilla("RACDCERT CERTAUTH LIST(LABEL('ABCTL5 ZILLASELFSIGNED'))")


def test_a_second_time_it_is_already_defined(zilla):
    zilla(ADD)

    (line,) = [text for text in zilla(ADD.replace("ABCTL5", "AGAIN"), rc=8) if "IRRD109I" in text]

    assert line.endswith("CN=zilla.OU=CS.O=IBM.L=Raleigh.SP=NC.C=US is already defined.")


@pytest.mark.parametrize(
    "contents", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"0\x82\x01"]
)
def test_what_is_no_certificate_is_refused(racf, contents):
    racf.datasets["USER1.ZILLA.SELFSIGN.B64"] = contents

    assert racf(ADD, rc=8) == ["IRRD104I The input data set does not contain a valid certificate."]


def test_a_data_set_that_cannot_be_read_is_told(racf):
    assert racf(ADD, rc=8) == ["IRRD103I An error was encountered processing the specified input data set."]


def test_the_certificate_needs_no_ring_for_the_virtual_one(zilla):
    """Page 79: `KEYRING *AUTH*/*` stands for every CERTAUTH certificate."""
    zilla(ADD)

    assert [entry.label for entry in zilla.saf.keyring("*AUTH*", "*").trusted] == ["ABCTL5 ZILLASELFSIGNED"]
