"""The client's sockets: the control connection with its replies, TLS on it, and data connections.

Source: RFC 959, 2228, 2428, 4217.
Rules: nothing here knows subcommands or prints; replies come back whole. Data connections under TLS reuse the control
connection's session, which many servers demand.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zftpd.client.errors import ConnectionLost
from zftpd.client.tlsclient import Security

CHUNK = 262144
LAST_LINE = re.compile(rb"^(\d{3}) ")
LONGEST_LINE = 65536


@dataclass(frozen=True, slots=True)
class ServerReply:
    """What the server said: the code and every line as it came, without line ends."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The last line without its code."""
        return self.lines[-1][4:]


def connected(host: str, port: int, timeout: float | None, source: str = "") -> socket.socket:
    """Return a socket connected, from the source address if there is one, to the first address of the host that answers.

    Raises OSError.

    Its local address may be listened on later: without PORT a server connects to where the control connection comes from.
    """
    refused: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.settimeout(timeout)
            if source:
                sock.bind((source, 0))
            sock.connect(address)
        except OSError as error:
            sock.close()
            refused = error
        else:
            return sock
    raise refused or OSError(f"no address of {host}")


class Control:
    """One control connection."""

    def __init__(self, host: str, port: int, timeout: float | None, source: str = "") -> None:
        """Connect; `timeout` in seconds, None for no limit; `source`: the address to come from. Raises OSError."""
        self.host = host
        self.sock: socket.socket = connected(host, port, timeout, source)
        self.remote: tuple[str, int] = self.sock.getpeername()[:2]
        self.origin: tuple[str, int] = self.sock.getsockname()[:2]
        self.address, self.local = self.remote[0], self.origin[0]
        self.security: Security | None = None
        self.session: ssl.SSLSession | None = None
        self._buffer = b""

    @property
    def ends(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """The local and the remote address."""
        return self.origin, self.remote

    @property
    def is_tls(self) -> bool:
        """Tell whether the connection is under TLS now."""
        return isinstance(self.sock, ssl.SSLSocket)

    @property
    def is_ipv6(self) -> bool:
        """Tell whether the connection is over IPv6."""
        return self.sock.family == socket.AF_INET6

    def send(self, line: str) -> None:
        """Send one command."""
        try:
            self.sock.sendall(line.encode("latin-1", "replace") + b"\r\n")
        except OSError as error:
            raise ConnectionLost(str(error)) from error

    def reply(self) -> ServerReply:
        """Read one whole reply."""
        lines: list[str] = []
        code = b""
        while True:
            line = self._line()
            lines.append(line.decode("latin-1"))
            found = LAST_LINE.match(line)
            if not code and re.match(rb"^\d{3}-", line):
                code = line[:3]
            elif found and (not code or found.group(1) == code):
                return ServerReply(int(found.group(1)), tuple(lines))

    def _line(self) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > LONGEST_LINE:
                raise ConnectionLost("the server sends a line without an end")
            try:
                chunk = self.sock.recv(8192)
            except OSError as error:
                raise ConnectionLost(str(error)) from error
            if not chunk:
                raise ConnectionLost("the server closed the connection")
            self._buffer += chunk
        line, self._buffer = self._buffer.split(b"\n", 1)
        return line.rstrip(b"\r")

    def start_tls(self, security: Security) -> None:
        """Put the connection under TLS. Raises OSError, ValueError; bytes sent before the handshake are dropped."""
        self._buffer = b""
        limit = self.sock.gettimeout()
        if security.seconds:
            self.sock.settimeout(security.seconds)
        self.sock = secured = security.context.wrap_socket(self.sock, server_hostname=security.name_for(self.host))
        judge(secured, security)
        self.security = security
        self.sock.settimeout(limit)

    def stop_tls(self) -> None:
        """Take the connection out of TLS again (CCC)."""
        if isinstance(self.sock, ssl.SSLSocket):
            self.session = self.sock.session  # data connections go on resuming it
            limit = self.sock.gettimeout()
            # What unwrap returns still passes for a socket under TLS.
            self.sock = socket.socket(fileno=self.sock.unwrap().detach())
            self.sock.settimeout(limit)

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()


def judge(secured: ssl.SSLSocket, security: Security) -> None:
    """Raise ValueError when what was agreed on is weaker than the policy demands."""
    cipher = secured.cipher()
    weakness = security.demands.peer(secured.getpeercert(binary_form=True), cipher[0] if cipher else "")
    if weakness:
        raise ValueError(weakness)


class DataConnection:
    """One data connection: connected (passive) or waiting for the server (active)."""

    def __init__(self, sock: socket.socket, *, listening: bool, timeout: float) -> None:
        self._sock = sock
        self._listening = listening
        self._timeout = timeout
        self._aborted = False

    @classmethod
    def passive(cls, address: tuple[str, int], timeout: float, source: str = "") -> DataConnection:
        """Connect to where the server listens, from the source address if there is one. Raises OSError."""
        bound = (source, 0) if source else None
        return cls(socket.create_connection(address, timeout, bound), listening=False, timeout=timeout)

    @classmethod
    def active(cls, control: Control, timeout: float, *, announced: bool = True) -> DataConnection:
        """Listen on the address that the control connection uses; `announced` False also on its port, for want of PORT."""
        place = control.origin if not announced else (control.local, 0)
        sock = socket.create_server(place, family=control.sock.family, backlog=1)
        return cls(sock, listening=True, timeout=timeout)

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
            self._sock.settimeout(self._timeout)
            accepted, _peer = self._sock.accept()
            self._sock.close()
            self._sock = accepted
            self._listening = False
        self._sock.settimeout(self._timeout)

    def start_tls(self, control: Control, security: Security) -> None:
        """Put the connection under TLS, resuming the control connection's session. Raises OSError, ValueError."""
        same = control.security is not None and control.security.context is security.context
        held = control.sock.session if isinstance(control.sock, ssl.SSLSocket) else control.session
        session = held if same else None
        name = security.name_for(control.host)
        self._sock = secured = security.context.wrap_socket(self._sock, server_hostname=name, session=session)
        judge(secured, security)

    def chunks(self) -> Iterator[bytes]:
        """Yield what the server sends until it closes. Raises OSError, also for TLS cut short."""
        while chunk := self._sock.recv(CHUNK):
            yield chunk

    def send(self, chunks: Iterable[bytes]) -> int:
        """Send all chunks and return how many bytes they were."""
        total = 0
        for chunk in chunks:
            self._sock.sendall(chunk)
            total += len(chunk)
        return total

    def abort(self) -> None:
        """Break the connection off, so that the peer cannot take what came for all there is."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._aborted = True
        self.close()

    def close(self) -> None:
        """Close in order: under TLS the server must see our close_notify, or it counts the data as cut."""
        if isinstance(self._sock, ssl.SSLSocket) and not self._aborted:
            try:
                self._sock.unwrap()
            except (OSError, ValueError):
                pass  # the server closed first; the data is whole, as its reply will say
        self._sock.close()
