"""The client's control connection: its socket, its replies, and TLS on it.

Source: RFC 959, 2228, 4217; [CR] MYOPENTIME, INACTTIME.
Rules: nothing here knows subcommands or prints; replies come back whole. A reply has to be there, whole, in the time that a
connection waits for one.
"""

from __future__ import annotations

import select
import socket
import ssl
import time

from zftpd.client.codes import ClientError
from zftpd.client.errors import ConnectionLost, timed
from zftpd.client.replies import LONGEST_LINE, ReplyAssembly, ServerReply
from zftpd.client.tlsclient import Security
from zftpd.net import ccc


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

    def __init__(self, host: str, port: int, timeout: float | None, source: str = "", patience: float | None = None) -> None:
        """Connect; `timeout`: seconds for that, `patience`: for each reply, None: no limit; `source`: the address to come from.

        Raises OSError.
        """
        self.host = host
        self.patience = patience
        self.sock: socket.socket = connected(host, port, timeout, source)
        self.remote: tuple[str, int] = self.sock.getpeername()[:2]
        self.origin: tuple[str, int] = self.sock.getsockname()[:2]
        self.address, self.local = self.remote[0], self.origin[0]
        self.sock.settimeout(patience)
        self.security: Security | None = None
        self.session: ssl.SSLSession | None = None
        self._secured_at = 0.0
        self._clearing = False  # CCC: a close_notify of the server may still come
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
            self.sock.settimeout(self.patience)
            self.sock.sendall(line.encode("latin-1", "replace") + b"\r\n")
        except OSError as error:
            raise ConnectionLost(str(error), timed(error, ClientError.SESSION)) from error

    def reply(self) -> ServerReply:
        """Read one whole reply. Raises ConnectionLost."""
        assembly = ReplyAssembly()
        until = None if self.patience is None else time.monotonic() + self.patience
        while True:
            reply = assembly.add(self._line(until))
            if reply is not None:
                return reply

    def has_reply(self) -> bool:
        """Tell whether the server has said something that was not read yet, or is gone."""
        pending = isinstance(self.sock, ssl.SSLSocket) and self.sock.pending() > 0
        return bool(self._buffer) or pending or bool(select.select([self.sock], [], [], 0)[0])

    def _line(self, until: float | None) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > LONGEST_LINE:
                raise ConnectionLost("the server sends a line without an end")
            chunk = self._received(until)
            if not chunk:
                raise ConnectionLost("the server closed the connection")
            self._buffer += chunk
        line, self._buffer = self._buffer.split(b"\n", 1)
        return line.rstrip(b"\r")

    def _received(self, until: float | None) -> bytes:
        try:
            if until is not None:
                self.sock.settimeout(max(until - time.monotonic(), 0.001))
            if self._clearing:
                self._clear()
            return self.sock.recv(8192)
        except OSError as error:
            raise ConnectionLost(str(error), timed(error, ClientError.SESSION)) from error

    def _clear(self) -> None:
        """Take the server's close_notify, if it has come, off a connection that has left TLS."""
        limit = self.sock.gettimeout()
        select.select([self.sock], [], [], limit)
        self._clearing = ccc.swallow(self.sock)
        self.sock.settimeout(limit)

    def start_tls(self, security: Security) -> None:
        """Put the connection under TLS. Raises OSError, ValueError; bytes sent before the handshake are dropped."""
        self._buffer = b""
        limit = self.sock.gettimeout()
        if security.seconds:
            self.sock.settimeout(security.seconds)
        self.sock = secured = security.context.wrap_socket(self.sock, server_hostname=security.name_for(self.host))
        judge(secured, security)
        self.security, self._secured_at = security, time.monotonic()
        self.sock.settimeout(limit)

    def resumable(self, security: Security) -> ssl.SSLSession | None:
        """Return the session that a data connection may resume: of the same context, and not for longer than it lives."""
        same = self.security is not None and self.security.context is security.context
        if not same or time.monotonic() - self._secured_at >= security.lifetime:
            return None
        return self.sock.session if isinstance(self.sock, ssl.SSLSocket) else self.session

    def stop_tls(self, *, notify: bool = True) -> None:
        """Take the connection out of TLS again (CCC). `notify` False: send no close_notify. Raises OSError.

        A server under CCCNONOTIFY sends none either, so that nobody waits for it; one that comes is taken off before the reply.
        """
        if isinstance(self.sock, ssl.SSLSocket):
            self.session = self.sock.session  # data connections go on resuming it
            limit = self.sock.gettimeout()
            self.sock, self._clearing = ccc.leave(self.sock, notify=notify)
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
