"""Page 67: a session with the server that wants client certificates, and its listing; nothing shows that there was one."""

from __future__ import annotations

import pytest

from tests.source_document.attls import PAGE_64
from tests.source_document.panels import curl, lftp
from tests.zftpd.attls.policies import SERVER_4121

pytestmark = pytest.mark.clients


@pytest.fixture
def server(serve):
    return serve(PAGE_64, SERVER_4121)


def test_page_67_the_information_window(server, certificates):
    ring = ("--cacert", certificates / "ca.pem", "--cert", certificates / "user.pem")

    code, shown = curl(server, "ABCTLSCA.B64", *ring, "-v", "-T", certificates / "ca.pem", userid="user1:secret")

    assert code == 0, shown
    at = -1
    for line in (
        "> AUTH ",
        "< 234 Security environment established - ready for negotiation",
        "> USER user1",
        "< 331 Send password please.",
    ):
        at = shown.find(line, at + 1)
        assert at >= 0, (line, shown)
    code, shown = curl(server, "", *ring, "-l")
    assert (code, shown.split()) == (0, ["ABCTLSCA.B64"])


def test_page_67_the_host_is_known_as_mvs(server, certificates):
    site = {
        "ftp:ssl-force": "yes",
        "ssl:ca-file": certificates / "ca.pem",
        "ssl:check-hostname": "no",
        "ssl:cert-file": certificates / "user.pem",
        "ssl:key-file": certificates / "user.pem",
    }

    code, shown = lftp(server, site, "quote SYST")

    assert code == 0 and "215 MVS is the operating system of this server" in shown
