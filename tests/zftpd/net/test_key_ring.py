"""What a server shows and trusts of a key ring that holds more than one authority."""

import pytest
from cryptography import x509

from tests.racfworld import World
from zftpd.net.tls import TlsServer
from zftpd.net.tlschoice import ring_material

FOREVER = "NOTAFTER(DATE(2030-01-01))"


@pytest.fixture
def racf(tmp_path):
    world = World(tmp_path)
    yield world
    world.engine.dispose()


def ring(racf, authorities, signer):
    """A ring of FTPD: authorities by label and key size, and a certificate that `signer` signed."""
    racf("ADDUSER FTPD")
    racf("RACDCERT ID(FTPD) ADDRING(R)")
    for label, size in authorities.items():
        racf(f"RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('{label}')) WITHLABEL('{label}') SIZE({size}) {FOREVER}")
        racf(f"RACDCERT ID(FTPD) CONNECT(CERTAUTH LABEL('{label}') RING(R))")
    made = f"SUBJECTSDN(CN('SERVER')) WITHLABEL('SRV') SIZE(2048) SIGNWITH(CERTAUTH LABEL('{signer}')) NOTAFTER(DATE(2029-01-01))"
    racf(f"RACDCERT ID(FTPD) GENCERT {made}")
    racf("RACDCERT ID(FTPD) CONNECT(LABEL('SRV') RING(R) DEFAULT)")
    return racf.saf.keyring("FTPD", "R")


def names(pem):
    return [each.subject.rfc4514_string() for each in x509.load_pem_x509_certificates(pem.encode())]


def test_only_those_who_certify_are_shown_and_all_are_trusted(racf):
    material = ring_material(ring(racf, {"ONE": 2048, "TWO": 2048, "THREE": 2048}, "TWO"))

    assert names(material.certificate) == ["CN=SERVER", "CN=TWO"]
    assert names(material.authorities) == ["CN=ONE", "CN=TWO", "CN=THREE"]
    assert not material.weak


@pytest.mark.parametrize("signer", ["WEAK", "STRONG"])
def test_an_authority_of_1024_bits_beside_a_strong_certificate_does_not_stop_the_server(racf, signer):
    """As when page 33's authority stays in the ring after the server's certificate was renewed."""
    TlsServer(ring_material(ring(racf, {"WEAK": 1024, "STRONG": 2048}, signer), client="CERT_OPTIONAL"))
