"""Page 84: `ftp -a tls` of a z/OS client to somebody else's FTPS server, with both ways to manage its certificate.

The server of the page, FileZilla on Windows, is stood in for by vsftpd and by proftpd. The client's own lines are as printed.
"""

from __future__ import annotations

import pytest

from tests.racfworld import ROOT_CERTIFICATE
from tests.source_document.ftpsserver import found
from tests.source_document.test_page_74_self_signed_import import ADD
from tests.source_document.test_page_75_filezilla_certificate import COMMANDS
from zftpd.client.host_files import HostFiles
from zftpd.client.interpreter import run
from zftpd.client.state import Client, Console
from zftpd.client.trust import ring_of_saf
from zftpd.params.defaults import changed, defaults

pytestmark = pytest.mark.clients


@pytest.fixture(params=["vsftpd", "proftpd"])
def ftps_server(request, tmp_path):
    """Another's server, to be started with a PEM file."""
    server = found(request.param, tmp_path)
    yield server
    server.stop()


def page_84(racf, port, lines, tmp_path, policy=None, **settings):
    """Run `ftp -a tls 127.0.0.1 port` and return what is shown and the code."""
    shown, left = [], iter(lines)
    values = {"secure_mechanism": "TLS", "secure_dataconn": "PRIVATE", "keyring": "*AUTH*/*", "epsv4": True, **settings}
    client = Client(
        console=Console(show=shown.append, read=lambda _: next(left, None), read_hidden=lambda _: next(left, None)),
        local=HostFiles(tmp_path),
        settings=changed(defaults(), values),
        userid="USER1",
        find_ring=ring_of_saf(racf.saf, "USER1"),
        policy=policy,
        exit_on_error=True,
    )
    return shown, run(client, "127.0.0.1", port)


@pytest.fixture
def self_signed(openssl):
    """Key and self-signed certificate as FileZilla's own dialog makes them (pages 71 and 72)."""
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem", "-subj", "/CN=zilla", "-days", "9"
    )
    return (openssl.folder / "k.pem").read_text() + (openssl.folder / "c.pem").read_text()


def sent(shown):
    """The commands that the client shows as sent."""
    return [line.partition(">>> ")[2] for line in shown if line.startswith("EZA1701I")]


def test_method_1_the_session_of_the_page(racf, self_signed, ftps_server, tmp_path):
    racf.datasets["USER1.ZILLA.SELFSIGN.B64"] = self_signed.encode("cp037")
    racf.moment = racf.moment.replace(year=2026, month=11, day=30)
    racf(ADD)

    shown, code = page_84(racf, ftps_server.start(self_signed), [*ftps_server.login, "dir", "quit"], tmp_path)

    assert code == 0, "\n".join(shown)
    assert sent(shown) == ["AUTH TLS", "PBSZ 0", "PROT P", f"USER {ftps_server.login[0]}", "PASS", "EPSV", "LIST", "QUIT"]
    order = ["EZA1554I", "EZA2895I", "EZA2906I", "EZA1459I", "EZA1789I", "EZA1460I", "EZA1736I", "EZA2284I"]
    assert order == sorted(order, key=[line.split(" ")[0] for line in shown].index)
    assert any("README" in line for line in shown if line.startswith("EZA2284I"))


def test_method_2_with_a_certificate_of_our_own_authority(racf, openssl, ftps_server, tmp_path):
    """The page's dates are past, and TLS libraries refuse its 1024-bit keys today: both are moved on."""
    with_ca = racf
    for command in (ROOT_CERTIFICATE, *COMMANDS):
        with_ca(command.replace("2020-12-31", "2031-06-20").replace("SIZE(1024)", "SIZE(2048)"))
    (openssl.folder / "p12file").write_bytes(with_ca.datasets["USER1.ZIILA.DER.P12"])
    openssl("pkcs12", "-in", "p12file", "-out", "pemfile", "-nodes", "-clcerts", "-passin", "pass:??????")
    (tmp_path / "up").write_text("STORED\n")
    lines = [*ftps_server.login, "get README", "cd incoming", "put up", "quit"]

    shown, code = page_84(with_ca, ftps_server.start((openssl.folder / "pemfile").read_text()), lines, tmp_path)

    assert code == 0, "\n".join(shown)
    assert (tmp_path / "README").read_text() == "FILEZILLA\n"
    assert (ftps_server.incoming / "up").read_bytes().strip() == b"STORED"


def test_a_server_that_nobody_vouches_for_is_refused(racf, self_signed, ftps_server, tmp_path):
    shown, code = page_84(racf, ftps_server.start(self_signed), [*ftps_server.login, "quit"], tmp_path)

    assert code == 10234  # the last reply was that to AUTH
    assert any("Error Code = 00017" in line for line in shown)
    assert any(line.startswith("EZA2897I") for line in shown)
    assert not any(command.startswith("USER") for command in sent(shown))


def test_the_same_against_our_own_server(racf, zos, zos_certificate, tmp_path):
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]

    shown, code = page_84(racf, zos.port, ["IBMUSER", "SYS1", "pwd", "quit"], tmp_path, keyring=str(pem))

    assert code == 0, "\n".join(shown)
    assert "EZA2906I Data connection protection is private" in shown
