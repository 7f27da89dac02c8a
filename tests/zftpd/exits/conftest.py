from __future__ import annotations

from pathlib import Path

import pytest

from zftpd.exits.points import SessionArea, SocketAddress


@pytest.fixture
def area():
    """A session as exits know it."""
    return SessionArea("FTPD000001", SocketAddress("127.0.0.1", 40000), SocketAddress("127.0.0.1", 2121))


@pytest.fixture
def examples() -> Path:
    """The folder of example exits."""
    return Path(__file__).resolve().parents[3] / "fixtures" / "exits"
