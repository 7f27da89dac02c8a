"""Pages 41 and 42: add the root certificate of page 36 to the client's trusted authorities."""

from __future__ import annotations

import pytest

from tests.source_document.attls import PAGE_37
from tests.source_document.panels import PEER_NOT_VERIFIED, curl, lftp, s_client
from tests.zftpd.attls.policies import SERVER_4021

pytestmark = pytest.mark.clients


@pytest.fixture
def server(serve):
    return serve(PAGE_37, SERVER_4021)


def test_page_41_before_the_import_the_client_does_not_trust_the_server(server, openssl):
    code, shown = curl(server, "")
    assert code == PEER_NOT_VERIFIED, shown

    code, shown = lftp(server, {"ftp:ssl-force": "yes"}, "cls")
    assert code != 0 and "NOT trusted" in shown

    _, shown = s_client(server)
    assert "Verify return code: 19" in shown or "Verify return code: 20" in shown


def test_page_42_after_the_import_it_does(server, certificates, openssl):
    root = certificates / "ca.pem"

    code, shown = curl(server, "ABCTLSCA.B64", "--cacert", root, "-T", root)
    assert code == 0, shown
    code, shown = lftp(server, {"ftp:ssl-force": "yes", "ssl:ca-file": root, "ssl:check-hostname": "no"}, "quote NOOP")
    assert code == 0 and "200 OK" in shown
    _, shown = s_client(server, "-CAfile", root)
    assert "Verify return code: 0 (ok)" in shown


def test_page_42_the_question_shows_who_issued_it(certificates, openssl):
    shown = openssl("x509", "-in", str(certificates / "ca.pem"), "-noout", "-issuer", "-nameopt", "multiline,-esc_msb")

    fields = dict(line.split("=", 1) for line in shown.splitlines()[1:])
    named = {name.strip(): value.strip() for name, value in fields.items()}
    assert named["organizationName"] == "IBM"
    assert named["commonName"] == "MVS098 Certificate Authority"
    assert named["countryName"] == "US"
    assert "SWG" in shown
