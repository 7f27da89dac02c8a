"""The client's data connections, and where a server says that it listens for one.

Source: RFC 959 4.1.2, 2428, 4217; page 50 of the source document for PASSIVEIGNOREADDR.
Rules: data connections under TLS reuse the control connection's session, which many servers demand. What ends without the
server's close_notify is cut. In active mode only the server itself is let in.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
import time
from collections.abc import Iterable, Iterator

from zftpd.client.connection import Control, judge
from zftpd.client.tlsclient import Security

CHUNK = 262144
_SIX = re.compile(r"(?<![0-9])([0-9]{1,3}(?:,[0-9]{1,3}){5})(?![0-9])", re.ASCII)
_EXTENDED = re.compile(r"\((.)\1\1([0-9]{1,5})\1\)", re.ASCII)


def passive_numbers(reply: str) -> tuple[int, ...]:
    """Return the six numbers of a 227: four of the address, two of the port. Raises ValueError."""
    found = _SIX.search(reply)
    numbers = tuple(map(int, found.group(1).split(","))) if found else ()
    if not numbers or max(numbers) > 255 or numbers[4:] == (0, 0):
        raise ValueError(f"no address in {reply!r}")
    return numbers


def passive_address(reply: str) -> tuple[str, int]:
    """Return the address and port of a 227. Raises ValueError."""
    *address, high, low = passive_numbers(reply)
    return ".".join(map(str, address)), high * 256 + low


def extended_port(reply: str) -> int:
    """Return the port of a 229. Raises ValueError."""
    found = _EXTENDED.search(reply)
    port = int(found.group(2)) if found else 0
    if not 0 < port < 65536:
        raise ValueError(f"no port in {reply!r}")
    return port


class DataConnection:
    """One data connection: connected (passive) or waiting for the server (active)."""

    def __init__(self, sock: socket.socket, *, timeout: float | None, peer: str = "", waiting: float | None = None) -> None:
        """Take a socket. peer: the address that is to connect, where we listen, and `waiting` how long; None for no limit."""
        self._sock = sock
        self._listening = bool(peer)
        self._waiting = waiting
        self._timeout = timeout
        self._peer = peer
        self._aborted = False

    @classmethod
    def passive(cls, address: tuple[str, int], timeout: float | None, source: str = "") -> DataConnection:
        """Connect to where the server listens, from the source address if there is one. Raises OSError."""
        bound = (source, 0) if source else None
        return cls(socket.create_connection(address, timeout, bound), timeout=timeout)

    @classmethod
    def active(cls, control: Control, waiting: float | None, timeout: float | None, *, announced: bool = True) -> DataConnection:
        """Listen on the address that the control connection uses; `announced` False also on its port, for want of PORT."""
        place = control.origin if not announced else (control.local, 0)
        sock = socket.create_server(place, family=control.sock.family, backlog=1)
        return cls(sock, timeout=timeout, peer=control.address, waiting=waiting)

    @property
    def listening(self) -> bool:
        """Tell whether the server has still to connect."""
        return self._listening

    @property
    def ends(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """The local and the remote address of an established connection."""
        return self._sock.getsockname()[:2], self._sock.getpeername()[:2]

    @property
    def port(self) -> int:
        """The local port."""
        port: int = self._sock.getsockname()[1]
        return port

    def establish(self) -> None:
        """Accept the server's connection where we listen. Raises OSError."""
        if self._listening:
            accepted = self._accepted()
            self._sock.close()
            self._sock = accepted
            self._listening = False
        self._sock.settimeout(self._timeout)

    def _accepted(self) -> socket.socket:
        """Return the connection of the server; one from anywhere else is closed, and the wait goes on."""
        until = None if self._waiting is None else time.monotonic() + self._waiting
        while True:
            self._sock.settimeout(None if until is None else max(until - time.monotonic(), 0.001))
            accepted, peer = self._sock.accept()
            if peer[0] == self._peer:
                return accepted
            accepted.close()

    def start_tls(self, control: Control, security: Security) -> None:
        """Put the connection under TLS, resuming the control connection's session. Raises OSError, ValueError."""
        session = control.resumable(security)
        name = security.name_for(control.host)
        self._sock = secured = security.context.wrap_socket(
            self._sock, server_hostname=name, session=session, suppress_ragged_eofs=False
        )
        judge(secured, security)

    def chunks(self) -> Iterator[bytes]:
        """Yield what the server sends until it closes. Raises OSError, also for TLS cut short."""
        while chunk := self._sock.recv(CHUNK):
            yield chunk

    def send(self, chunks: Iterable[bytes]) -> Iterator[int]:
        """Send the chunks, and yield the length of each when it has been sent. Raises OSError."""
        for chunk in chunks:
            self._sock.sendall(chunk)
            yield len(chunk)

    def abort(self) -> None:
        """Break the connection off, so that the peer cannot take what came for all there is."""
        if self._sock.fileno() >= 0:
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._aborted = True
        self.close()

    def close(self) -> None:
        """Close in order: under TLS the server must see our close_notify, or it counts the data as cut."""
        if isinstance(self._sock, ssl.SSLSocket) and not self._aborted and self._sock.fileno() >= 0:
            try:
                self._sock.unwrap()
            except (OSError, ValueError):
                pass  # the server closed first; the data is whole, as its reply will say
        self._sock.close()
