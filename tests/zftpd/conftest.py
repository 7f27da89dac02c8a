"""A server in memory for the tests of the FTP side, and a dialogue with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from zftpd.app import Server, ServerOptions
from zftpd.testing.memory import Dialogue

BASE = "EXTENSIONS AUTH_TLS\nJESINTERFACELEVEL 2\n"


@pytest.fixture
def serving(clock) -> Iterator[Callable[..., Server]]:
    """Start a server with FTP.DATA statements on top of the usual ones; all of them stop at the end."""
    running: list[Server] = []

    def start(statements: str = "", **options: Any) -> Server:
        server = Server(
            ServerOptions(ftpdata=BASE + statements, now=clock, hostname="MVS1.EXAMPLE.COM", **{"tls": False, **options})
        )
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def talking(serving) -> Callable[..., Dialogue]:
    """Begin a dialogue, signed on as IBMUSER, with a server of its own."""

    def begin(statements: str = "", **options: Any) -> Dialogue:
        dialogue = Dialogue(serving(statements, **options).facts)
        dialogue.open()
        dialogue.login()
        return dialogue

    return begin


@pytest.fixture
def ftp(talking) -> Dialogue:
    """A dialogue, signed on as IBMUSER."""
    return talking()
