"""Pages 72 and 73: "generate new certificate" with each key size and field of the dialog; a server that uses it is trusted."""

from __future__ import annotations

import pytest

from tests.source_document.ftpsserver import found
from tests.source_document.test_page_74_self_signed_import import ADD
from tests.source_document.test_page_84_client_session import page_84

pytestmark = pytest.mark.clients

#: The dialog's fields, in its order, by their names in a subject.
FIELDS = "/C=US/ST=North Carolina/L=Raleigh/O=IBM/OU=CS z\\/OS/emailAddress=alfred@us.ibm.com/CN=9.65.228.73"


@pytest.fixture
def generated(openssl):
    """The file of the dialog's last field, which holds private key and certificate, by key size."""

    def generate(bits: int) -> str:
        openssl(
            *("req", "-x509", "-newkey", f"rsa:{bits}", "-nodes", "-keyout", "k.pem", "-out", "c.pem"),
            *("-subj", FIELDS, "-days", "365"),
        )
        return (openssl.folder / "k.pem").read_text() + (openssl.folder / "c.pem").read_text()

    return generate


@pytest.fixture
def imported(racf, generated):
    """RACF once the file of page 73 was uploaded in ASCII and added as on page 74, and the file."""

    def take(bits: int) -> str:
        pem = generated(bits)
        racf.datasets["USER1.ZILLA.SELFSIGN.B64"] = pem.encode("cp037")
        racf.moment = racf.moment.replace(year=2026, month=12, day=1)
        racf(ADD)
        return pem

    return take


@pytest.mark.parametrize("bits", [1024, 2048, 4096])
def test_page_72_each_key_size_is_taken_and_shown(racf, imported, bits):
    imported(bits)

    shown = racf("RACDCERT CERTAUTH LIST(LABEL('ABCTL5 ZILLASELFSIGNED'))")

    assert f"  Key Size: {bits}" in shown, shown
    assert "  Private Key: NO" in shown  # the file's private key is ignored


def test_page_73_the_fields_of_the_dialog_are_the_subject(racf, imported):
    imported(2048)

    shown = "\n".join(racf("RACDCERT CERTAUTH LIST(LABEL('ABCTL5 ZILLASELFSIGNED'))"))

    for part in ("CN=9.65.228.73", "O=IBM", "L=Raleigh", "SP=North Carolina", "C=US"):
        assert part in shown.replace("\n        ", ""), shown


@pytest.mark.parametrize("bits", [2048, 4096])
@pytest.mark.parametrize("kind", ["vsftpd", "proftpd"])
def test_page_73_the_server_that_uses_the_file_is_trusted(racf, imported, tmp_path, kind, bits):
    server = found(kind, tmp_path)

    try:
        shown, code = page_84(racf, server.start(imported(bits)), [*server.login, "dir", "quit"], tmp_path)
    finally:
        server.stop()

    assert code == 0, "\n".join(shown)
    assert "EZA2906I Data connection protection is private" in shown
