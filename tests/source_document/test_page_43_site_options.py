"""Page 43: the site of the secure port: FTP/SSL (AUTH SSL), passive mode, the host's address, no client certificate."""

from __future__ import annotations

import pytest

from tests.source_document.attls import PAGE_37
from tests.source_document.panels import CANNOT_CONNECT, curl, lftp
from tests.zftpd.attls.policies import SERVER_4021

pytestmark = pytest.mark.clients


@pytest.fixture
def server(serve):
    return serve(PAGE_37, SERVER_4021)


@pytest.fixture
def site(certificates):
    """lftp's settings for the panel as it is printed."""
    return {
        "ftp:ssl-force": "yes",
        "ftp:ssl-auth": "SSL",
        "ftp:passive-mode": "yes",
        "ftp:fix-pasv-address": "yes",
        "ssl:ca-file": certificates / "ca.pem",
        "ssl:check-hostname": "no",
    }


def test_page_43_the_panel_as_printed(server, site, certificates):
    code, shown = lftp(server, {**site, "ftp:prefer-epsv": "no"}, f"put {certificates / 'ca.pem'} -o ABCTLSCA.B64", "cls")

    assert code == 0, shown
    assert "---> AUTH " in shown and "---> PASV" in shown, shown
    assert "ABCTLSCA.B64" in shown


def test_page_43_passive_connections_to_the_host_address(server, certificates):
    code, shown = curl(
        server,
        "",
        "--cacert",
        certificates / "ca.pem",
        "-v",
        "--disable-epsv",
        "--ftp-skip-pasv-ip",
        "-T",
        certificates / "ca.pem",
    )

    assert code == 0, shown
    assert "> AUTH SSL" in shown and "> PASV" in shown and "< 227 Entering Passive Mode (127,0,0,1," in shown


def test_page_43_use_unencrypted_command_channel_is_refused_where_it_must_be_private(server, site, certificates):
    """The check box is CCC; page 37 says SECURE_CTRLCONN PRIVATE."""
    code, shown = curl(server, "", "--cacert", certificates / "ca.pem", "-v", "--ftp-ssl-ccc")

    assert "> CCC" in shown and "< 534" in shown and "CCC" in shown, shown


def test_page_43_use_unencrypted_data_channel_is_refused_where_it_must_be_private(server, site):
    """The check box is PROT C; page 37 says SECURE_DATACONN PRIVATE."""
    _, shown = lftp(server, {**site, "ftp:ssl-protect-data": "no", "ftp:ssl-protect-list": "no"}, "cls")

    assert "---> PROT C" in shown and "<--- 536" in shown


def test_page_43_use_sslv3_only_finds_nothing_in_common(server, certificates):
    """No current client speaks SSL 3 any more; TLS 1.0, as near as it comes, is off where the policy says nothing."""
    code, shown = curl(server, "", "--cacert", certificates / "ca.pem", "--tls-max", "1.0", "--tlsv1.0")

    assert code == CANNOT_CONNECT, shown


def test_page_43_at_least_128_bits(server, certificates, openssl):
    code, shown = curl(server, "A", "--cacert", certificates / "ca.pem", "-v", "-T", certificates / "ca.pem")

    assert code == 0, shown
    assert "AES256-SHA" in shown
