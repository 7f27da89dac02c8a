"""Pages 80, 81 and 82: the client's panels for key ring, data endpoints and security level, one change at a time.

Page 78's rule as a whole is tried beside page 85.
"""

from __future__ import annotations

import pytest

from tests.source_document.test_page_84_client_session import page_84
from tests.source_document.test_page_85_attls_client import policy_for, settings, trusting
from tests.zftpd.attls.policies import CLIENT
from zftpd.client.tlsclient import TlsClient
from zftpd.client.trust import ring_of_saf
from zftpd.params.defaults import changed, defaults

__all__ = ["settings", "trusting"]
SIGN_ON = ["IBMUSER", "SYS1", "pwd", "quit"]


@pytest.fixture
def session(trusting, settings, zos, tmp_path):  # noqa: F811
    def run(*change: str) -> tuple[list[str], int]:
        policy = policy_for(zos.port, CLIENT.replace("9.65.228.73", "127.0.0.1").replace(*change))
        return page_84(trusting, zos.port, SIGN_ON, tmp_path, policy=policy, keyring=None, **settings)

    return run


def test_page_80_the_key_ring_may_be_the_users_own(session, trusting):  # noqa: F811
    trusting("RACDCERT ID(USER1) ADDRING(MINE)")
    shown, code = session("*AUTH*/*", "MINE")
    assert code != 0, shown  # nothing is connected yet

    trusting("RACDCERT ID(USER1) CONNECT(CERTAUTH LABEL('ABCTL5 ZILLASELFSIGNED') RING(MINE))")

    shown, code = session("*AUTH*/*", "MINE")
    assert code == 0, shown


@pytest.mark.parametrize(
    ("endpoint", "secured"),
    [("127.0.0.1", True), ("127.0.0.0/8", True), ("127.0.0.1-127.0.0.5", True), ("127.0.0.2", False), ("All6", False)],
)
def test_page_81_the_remote_endpoint_is_the_servers_address(session, endpoint, secured):
    shown, code = session("RemoteAddr 127.0.0.1", f"RemoteAddr {endpoint}")

    assert (code == 0) == secured, shown


def test_page_82_the_supplied_default_ciphers_are_offered_in_their_order(trusting):  # noqa: F811
    """AES-256, 3DES and AES-128 as page 85 lists them; those that no current library has are left out."""
    client = TlsClient(
        changed(defaults(), {"tlsmechanism": "ATTLS"}), "USER1", ring_of_saf(trusting.saf, "USER1"), policy_for(21)
    )

    security = client.control(("127.0.0.1", 2000), ("127.0.0.1", 21))

    older = [cipher["name"] for cipher in security.context.get_ciphers() if not cipher["name"].startswith("TLS_")]
    wanted = ["AES256-SHA", "DHE-RSA-AES256-SHA", "DHE-DSS-AES256-SHA", "AES128-SHA", "DHE-RSA-AES128-SHA", "DHE-DSS-AES128-SHA"]
    assert older == [name for name in wanted if name in older] and {"AES256-SHA", "AES128-SHA"} <= set(older)
