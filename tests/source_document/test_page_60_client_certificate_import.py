"""Pages 60 to 63: import the PKCS#12 file of page 59 into the client with its password, look at it, choose it for the site."""

from __future__ import annotations

import pytest

from tests.racfworld import Datasets
from tests.source_document.attls import PAGE_64
from tests.source_document.panels import BAD_CERTIFICATE_FILE, curl, lftp, pem_of_p12, s_client
from tests.zftpd.attls.policies import SERVER_4121

pytestmark = pytest.mark.clients


@pytest.fixture
def server(serve):
    return serve(PAGE_64, SERVER_4121)


@pytest.fixture
def package(server, certificates):
    """The exported file as a binary transfer brings it to the workstation."""
    datasets = Datasets()
    command = "RACDCERT ID(USER1) EXPORT(LABEL('USER1 TLS JULY 2010')) DSN('X.P12') FORMAT(PKCS12DER) PASSWORD('XXXXXX')"
    assert server.saf.command(server.saf.operator(), command, datasets).rc == 0
    (certificates / "ABC_Cert.p12").write_bytes(datasets["X.P12"])
    return certificates / "ABC_Cert.p12"


def test_page_60_the_client_takes_the_package_as_it_was_exported(server, certificates, package):
    root = certificates / "ca.pem"
    chosen = ("--cacert", root, "--cert-type", "P12", "--cert", f"{package}:XXXXXX")

    code, shown = curl(server, "ABCTLSCA.B64", *chosen, "-v", "-T", root)

    assert code == 0 and "< 230 USER1 is logged on." in shown, shown


def test_page_61_the_import_asks_for_the_password_of_the_export(server, certificates, package):
    code, shown = curl(server, "", "--cacert", certificates / "ca.pem", "--cert-type", "P12", "--cert", f"{package}:WRONG")

    assert code == BAD_CERTIFICATE_FILE, shown


def test_page_62_the_information_to_be_verified(package, openssl):
    shown = openssl("pkcs12", "-in", str(package), "-nokeys", "-clcerts", "-passin", "pass:XXXXXX")

    assert "CN = USER1 CERT JULY 2010" in shown and "OU = CS Z/OS" in shown
    assert "issuer=" in shown and "CN = MVS098 Certificate Authority" in shown


def test_page_63_the_site_with_the_certificate_chosen_connects(server, certificates, package):
    pem = pem_of_p12(package, "XXXXXX", certificates / "own.pem")
    site = {
        "ftp:ssl-force": "yes",
        "ssl:ca-file": certificates / "ca.pem",
        "ssl:check-hostname": "no",
        "ssl:cert-file": pem,
        "ssl:key-file": pem,
    }

    code, shown = lftp(server, site, f"put {certificates / 'ca.pem'} -o UP.PEM", "cls")

    assert code == 0 and "UP.PEM" in shown, shown


def test_page_63_the_same_site_without_it_does_not(server, certificates):
    site = {"ftp:ssl-force": "yes", "ssl:ca-file": certificates / "ca.pem", "ssl:check-hostname": "no"}
    code, _ = lftp(server, site, "cls")
    assert code != 0

    code, _ = curl(server, "", "--cacert", certificates / "ca.pem")
    assert code != 0


def test_page_63_the_server_asks_for_a_certificate_and_the_client_sends_the_one_chosen(server, certificates, openssl):
    _, shown = s_client(server, "-CAfile", certificates / "ca.pem", "-cert", certificates / "user.pem", "-msg")

    assert "CertificateRequest" in shown and "CertificateVerify" in shown
