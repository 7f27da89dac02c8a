"""Pages 27 and 28: the handshake with server authentication, and with client authentication, as openssl sees it."""

from __future__ import annotations

import pytest

from tests.source_document.attls import PAGE_37, PAGE_64
from tests.source_document.panels import s_client
from tests.zftpd.attls.policies import SERVER_4021, SERVER_4121

pytestmark = pytest.mark.clients

SERVER_ONLY = ["ClientHello", "ServerHello", "Certificate", "ServerHelloDone", "ClientKeyExchange", "Finished"]
BOTH = [
    *SERVER_ONLY[:3],
    "CertificateRequest",
    "ServerHelloDone",
    "Certificate",
    "ClientKeyExchange",
    "CertificateVerify",
    "Finished",
]


def messages(shown: str) -> list[str]:
    """The handshake's messages, in order."""
    return [line.rpartition(", ")[2] for line in shown.splitlines() if line.startswith((">>>", "<<<")) and "Handshake" in line]


def in_order(wanted: list[str], seen: list[str]) -> bool:
    left = iter(seen)
    return all(any(one == each for each in left) for one in wanted)


def test_page_27_the_server_authenticates_itself_by_a_chain_to_a_root_that_the_client_trusts(serve, certificates):
    code, shown = s_client(serve(PAGE_37, SERVER_4021), "-CAfile", certificates / "ca.pem", "-verify_return_error", "-msg")

    assert code == 0 and "Verify return code: 0 (ok)" in shown
    assert in_order(SERVER_ONLY, messages(shown)), messages(shown)
    assert "CertificateRequest" not in messages(shown)


def test_page_27_a_client_without_the_root_breaks_the_handshake_off(serve, certificates):
    code, shown = s_client(serve(PAGE_37, SERVER_4021), "-verify_return_error")

    assert code != 0 and "verify error" in shown


def test_page_28_then_the_client_proves_that_it_holds_the_key_of_its_certificate(serve, certificates):
    pair = ("-cert", certificates / "user.pem")

    code, shown = s_client(serve(PAGE_64, SERVER_4121), "-CAfile", certificates / "ca.pem", *pair, "-msg")

    assert code == 0, shown
    assert in_order(BOTH, messages(shown)), messages(shown)
