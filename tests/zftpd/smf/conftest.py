from __future__ import annotations

from datetime import datetime

import pytest

from zftpd.smf.facts import Protection, SmfFacts

WHEN = datetime(2026, 3, 25, 11, 0, 5, 250000)


@pytest.fixture
def facts():
    """A STOR of a member that took two seconds."""
    return SmfFacts(
        "STOR",
        "USER1",
        ("10.1.2.3", 40000),
        ("10.1.2.4", 21),
        ("10.1.2.3", 40001),
        ("10.1.2.4", 50021),
        "SEQ",
        ("A", "S", "F"),
        "P",
        WHEN,
        WHEN.replace(second=7),
        12345678901,
        250,
        "USER1.LIB",
        "MEMBER1",
        hostname="client.example",
        protection=Protection("T", "P", "C", "P", "TLSv1.3", "TLS_AES_256"),
        session="FTPD100042",
        connection=42,
    )
