"""Page 36: export the root certificate, make the key ring, connect what it needs, list it.

Read as scanning slips: CERTAUTHTH, and in the display the USAGE of the root certificate, which is CERTAUTH when it is connected
without USAGE. The parentheses are as printed: RING and DEFAULT stand outside CONNECT(), a right one is too many.
"""

from __future__ import annotations

import pytest

from tests.source_document.test_page_35_external_ca import SERVER

COMMANDS = [
    "RACDCERT CERTAUTH +\nEXPORT(LABEL('ABCTLS CA')) +\nDSN('USER1.ABCTLSCA.B64') +\nFORMAT(CERTB64)",
    "RACDCERT ID(TCPCS) ADDRING(TLSRING)",
    "RACDCERT ID(TCPCS) +\nCONNECT(CERTAUTH LABEL('ABCTLS CA')) +\nRING(TLSRING)",
    "RACDCERT ID(TCPCS) +\nCONNECT(LABEL('ABCTLS TCPSEVR')) +\nRING(TLSRING) +\nDEFAULT)",
]


@pytest.fixture
def ring(with_ca):
    with_ca(SERVER + "SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))")
    for command in COMMANDS:
        assert with_ca(command) == []
    return with_ca


def test_listring_shows_the_ring_as_on_the_page(ring):
    assert ring("RACDCERT ID(TCPCS) +\nLISTRING(TLSRING)") == [
        "Digital ring information for user TCPCS:",
        "",
        "  Ring:",
        "       >TLSRING<",
        "  Certificate Label Name             Cert Owner     USAGE      DEFAULT",
        "  --------------------------------   ------------   --------   -------",
        "  ABCTLS CA                          CERTAUTH       CERTAUTH     NO",
        "  ABCTLS TCPSEVR                     ID(TCPCS)      PERSONAL     YES",
        "",
    ]


def test_the_exported_root_is_a_text_file_that_openssl_reads(ring, openssl):
    contents = ring.datasets["USER1.ABCTLSCA.B64"]
    (openssl.folder / "abctlsca.b64").write_bytes(contents)

    assert contents.startswith(b"-----BEGIN CERTIFICATE-----\n") and max(map(len, contents.splitlines())) <= 64
    assert "MVS098 Certificate Authority" in openssl("x509", "-in", "abctlsca.b64", "-noout", "-subject")


def test_the_ring_gives_tls_a_server_certificate_its_key_and_the_trusted_root(ring):
    material = ring.saf.keyring("TCPCS", "TLSRING")

    assert material.default.label == "ABCTLS TCPSEVR"
    assert b"PRIVATE KEY" in material.default.key_pem
    assert [entry.label for entry in material.trusted] == ["ABCTLS CA"]
    assert material.trusted[0].key_pem is None
