"""Page 44 (the panel before "What if it doesn't work?"): what the Windows client shows of a secure connection."""

from __future__ import annotations

import pytest

from tests.source_document.attls import PAGE_37
from tests.source_document.panels import curl
from tests.zftpd.attls.policies import SERVER_4021

pytestmark = pytest.mark.clients


def test_page_44_the_information_window(serve, certificates):
    server = serve(PAGE_37, SERVER_4021)

    code, shown = curl(
        server, "ABCTLSCA.B64", "--cacert", certificates / "ca.pem", "-v", "-T", certificates / "ca.pem", userid="user1:secret"
    )

    assert code == 0, shown
    at = -1
    for line in (
        "< 220-",
        "< 220 Connection will ",
        "> AUTH SSL",
        "< 234 Security environment established - ready for negotiation",
        "> USER user1",
        "< 331 Send password please.",
        "> PASS secret",
        "< 230",
    ):
        at = shown.find(line, at + 1)
        assert at >= 0, (line, shown)


def test_page_44_the_connection_does_not_time_out_where_inactive_is_0(serve, certificates):
    _, shown = curl(serve(PAGE_37 + "INACTIVE 0\n", SERVER_4021), "", "--cacert", certificates / "ca.pem", "-v")

    assert "< 220 Connection will not timeout." in shown
