"""A raw client for the tests of the network, and the check that nothing is left behind."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.zftpd.net.policed import SAF_OPTIONS, fill


def settled(measure, wanted, seconds: float = 5.0):
    """Wait until a measure has come down to what is wanted, and return it."""
    deadline = time.monotonic() + seconds
    while measure() > wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    return measure()


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.fixture(autouse=True)
def nothing_left(stop_all) -> Iterator[None]:
    """Every thread and descriptor that a test's servers opened is gone when they have stopped."""
    threads, files = threading.active_count(), descriptors()
    yield
    stop_all()
    assert settled(threading.active_count, threads) <= threads
    assert settled(descriptors, files) <= files


@pytest.fixture
def stop_all():
    """Stop the servers of a test early (set by `serving` below)."""
    running: list = []

    def stop() -> None:
        while running:
            running.pop().stop()

    stop.running = running
    return stop


@pytest.fixture
def serving(clock, stop_all, tmp_path_factory):
    """Start a server that listens; `nothing_left` watches its end."""
    from zftpd.app import Server, ServerOptions

    folder = tmp_path_factory.getbasetemp()

    def start(statements: str = "", **options):
        server = Server(
            ServerOptions(
                ftpdata="EXTENSIONS AUTH_TLS\nJESINTERFACELEVEL 2\n" + statements,
                now=clock,
                certificate_folder=folder,
                **{"tls": False, **options},
            )
        )
        server.start()
        stop_all.running.append(server)
        return server

    return start


class Raw:
    """A client that sends exactly what it is told."""

    def __init__(self, address, login: bool = True) -> None:
        self.sock = socket.create_connection(address, timeout=30)
        self.file = self.sock.makefile("rb")
        self.reply()
        if login:
            self.ask("USER IBMUSER")
            assert self.ask("PASS SYS1").startswith("230")

    def send(self, data: bytes | str) -> None:
        self.sock.sendall(data if isinstance(data, bytes) else data.encode("latin-1") + b"\r\n")

    def reply(self) -> str:
        """The next whole reply, or an empty text at the end of the connection."""
        lines = []
        while True:
            line = self.file.readline().decode("latin-1")
            lines.append(line)
            if not line or (line[:3].isdigit() and line[3] == " "):
                return "".join(lines).rstrip()

    def ask(self, line: str) -> str:
        self.send(line)
        return self.reply()

    def passive(self) -> socket.socket:
        port = int(self.ask("EPSV").split("|")[3])
        return socket.create_connection((self.sock.getpeername()[0], port), timeout=30)

    def close(self) -> None:
        self.file.close()
        self.sock.close()

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *_) -> None:
        self.close()


@pytest.fixture
def raw():
    return Raw


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory):
    """A store with a key ring, made once."""
    folder = tmp_path_factory.mktemp("policed")
    fill(folder)
    return folder


@pytest.fixture
def policed(filled_store, tmp_path, stop_all):
    """Start a server under an AT-TLS policy; `server.said` is what the console tells, `server.folder` where certificates lie."""
    from zftpd.app import Server, ServerOptions

    def start(policy: str, ftpdata: str = "", **options):
        shutil.copytree(filled_store, tmp_path, dirs_exist_ok=True)
        (tmp_path / "policy").write_text(policy)
        said: list[str] = []
        server = Server(
            ServerOptions(
                store=f"file://{tmp_path / 'store'}",
                ftpdata=f"EXTENSIONS AUTH_TLS\nTLSMECHANISM ATTLS\n{ftpdata}",
                policy=tmp_path / "policy",
                userid="FTPD",
                console=said.append,
                saf_options=SAF_OPTIONS,
                **options,
            )
        )
        server.start()
        stop_all.running.append(server)
        server.said, server.folder = said, tmp_path
        return server

    return start
