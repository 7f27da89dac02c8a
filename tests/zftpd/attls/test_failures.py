"""Why handshakes fail, in System SSL's return codes."""

from __future__ import annotations

import pytest

from zftpd.attls.failures import OTHER, return_code


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("NO_SHARED_CIPHER", 402),
        ("PEER_DID_NOT_RETURN_A_CERTIFICATE", 403),
        ("CERTIFICATE_VERIFY_FAILED", 435),
        ("TLSV1_ALERT_UNKNOWN_CA", 435),
        ("SSLV3_ALERT_CERTIFICATE_EXPIRED", 401),
        ("WRONG_VERSION_NUMBER", 410),
        ("UNSUPPORTED_PROTOCOL", 412),
        ("the client took too long", 5003),
        ("UNEXPECTED_EOF_WHILE_READING", 420),
        ("CertificateRefused(reason='not-mapped', subject='CN=X', issuer='')", 5006),
        ("CERTIFICATE_VERIFY_FAILED: certificate has expired", 401),
        ("CERTIFICATE_VERIFY_FAILED: EE certificate key too weak", 8),
        ("CALLBACK_FAILED", 410),
        ("something else", OTHER),
    ],
)
def test_what_the_library_says_becomes_a_return_code(reason, code):
    assert code == return_code(reason)
