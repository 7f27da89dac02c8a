"""Pages 75 and 76: a certificate for FileZilla made here, exported as PKCS#12 and converted to PEM by openssl.

Read as scanning slips: GENCCERT, I('Raleigh'), KEYSIZE for KEYUSAGE, EXPORT without its parentheses.
"""

from __future__ import annotations

import pytest

COMMANDS = [
    """RACDCERT GENCERT +
  SUBJECTSDN( +
    CN('ABC FileZilla Certificate') +
    OU('Z/OS CS V1R11', 'ENS', 'AIM', 'SWG') +
    O('IBM') +
    L('Raleigh') +
    SP('NC') +
    C('US')) +
  SIZE(1024) +
  NOTBEFORE(DATE(2010-07-18)) +
  NOTAFTER(DATE(2020-12-31)) +
  WITHLABEL('ABCTLS FILEZILLASERV') +
  KEYUSAGE(HANDSHAKE DATAENCRYPT DOCSIGN) +
  SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))""",
    """RACDCERT EXPORT(LABEL('ABCTLS FILEZILLASERV')) +
  DSN('USER1.ZIILA.DER.P12') +
  FORMAT(PKCS12DER) +
  PASSWORD('??????')""",
]


@pytest.fixture
def package(with_ca):
    for command in COMMANDS:
        with_ca(command)
    return with_ca.datasets["USER1.ZIILA.DER.P12"]


def test_page_76_openssl_converts_the_package_to_pem(package, openssl):
    (openssl.folder / "p12file").write_bytes(package)

    openssl("pkcs12", "-in", "p12file", "-out", "pemfile", "-nodes", "-clcerts", "-passin", "pass:??????")

    pem = (openssl.folder / "pemfile").read_text()
    assert pem.count("BEGIN CERTIFICATE") == 1 and pem.count("PRIVATE KEY-----") == 2
    assert "ABC FileZilla Certificate" in openssl("x509", "-in", "pemfile", "-noout", "-subject")
    public = openssl("pkey", "-in", "pemfile", "-pubout")
    assert public == openssl("x509", "-in", "pemfile", "-noout", "-pubkey")


def test_page_71_the_pem_file_can_be_imported_and_its_key_is_ignored(package, openssl, racf, tmp_path):
    from tests.racfworld import World

    (openssl.folder / "p12file").write_bytes(package)
    openssl("pkcs12", "-in", "p12file", "-out", "pemfile", "-nodes", "-clcerts", "-passin", "pass:??????")
    other = World(tmp_path / "other")
    other.moment = racf.moment
    other.datasets["IBMUSER.PEM"] = (openssl.folder / "pemfile").read_bytes()

    other("RACDCERT ADD('IBMUSER.PEM') TRUST WITHLABEL('Z')")

    assert "  Private Key: NO" in other("RACDCERT LIST(LABEL('Z'))")
    other.engine.dispose()
