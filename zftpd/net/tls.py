"""TLS of the server: one context for control and data connections, so that a data connection may resume the control's session.

Source: RFC 4217; trials: under TLS 1.3 a data connection must send no session tickets (a client that only uploads never
reads them, and closing then loses its data), while the control connection must send them or strict clients refuse.
Rules: the number of tickets is set under a lock around `wrap_socket`, since the connection copies it from the context.
A data connection that ends without close_notify is an error, never an end of file.
"""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from zftpd.attls.strength import NO_DEMANDS, Demands
from zftpd.effects import TlsFacts
from zftpd.errors import DataConnectionFailed, HandshakeFailed
from zftpd.net.keypair import load_pair

#: A client has this long to finish a handshake.
HANDSHAKE_SECONDS = 20.0
CONTROL_TICKETS = 2
VERSIONS = {
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}


@dataclass(frozen=True, slots=True)
class TlsMaterial:
    """What a context is made of, in PEM. `authorities` are whom client certificates are trusted from.

    `client`: CERT_NONE, CERT_OPTIONAL or CERT_REQUIRED. `weak`: keys that OpenSSL refuses by itself are wanted.
    """

    certificate: str
    private_key: str
    authorities: str = ""
    client: str = "CERT_NONE"
    ciphers: Sequence[str] = ()
    protocols: Sequence[str] = ("TLSv1.2", "TLSv1.3")
    weak: bool = False
    reuse: str = "ALLOWED"  # NONE, ALLOWED, REQUIRED
    handshake_seconds: float = HANDSHAKE_SECONDS
    demands: Demands = NO_DEMANDS


class TlsServer:
    """Makes TLS connections of accepted sockets."""

    def __init__(self, material: TlsMaterial) -> None:
        """Build the context. Raises ssl.SSLError, ValueError for unusable material."""
        self.reuse = material.reuse
        self._demands = material.demands
        self._seconds = material.handshake_seconds
        self._lock = threading.Lock()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        restrict(context, material.protocols, material.ciphers, weak=material.weak)
        context.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
        if material.authorities:
            context.load_verify_locations(cadata=material.authorities)
        context.verify_mode = ssl.VerifyMode[material.client]
        if material.reuse == "NONE":
            context.options |= ssl.OP_NO_TICKET
        load_pair(context, material.certificate, material.private_key)
        self._context = context

    def control(self, sock: socket.socket) -> tuple[ssl.SSLSocket, TlsFacts]:
        """Put a control connection under TLS. Raises HandshakeFailed."""
        tickets = 0 if self.reuse == "NONE" else CONTROL_TICKETS
        try:
            secured = self._wrap(sock, tickets)
        except (OSError, ValueError) as error:
            raise HandshakeFailed(_reason(error)) from error
        cipher = secured.cipher()
        return secured, TlsFacts(secured.version() or "", cipher[0] if cipher else "", secured.getpeercert(binary_form=True))

    def data(self, sock: socket.socket) -> ssl.SSLSocket:
        """Put a data connection under TLS. Raises DataConnectionFailed."""
        try:
            secured = self._wrap(sock, 0)
        except (OSError, ValueError) as error:
            raise DataConnectionFailed("handshake") from error
        if self.reuse == "REQUIRED" and not secured.session_reused:
            secured.close()
            raise DataConnectionFailed("reuse")
        return secured

    def _wrap(self, sock: socket.socket, tickets: int) -> ssl.SSLSocket:
        """Shake hands within the time; the socket is closed when that fails."""
        sock.settimeout(self._seconds)
        with self._lock:
            self._context.num_tickets = tickets
            secured = self._context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False, suppress_ragged_eofs=False)
        # A client may send its part byte by byte: the limit is on all of it, not on each byte.
        guard = threading.Timer(self._seconds, _cut, (secured,))
        guard.daemon = True
        guard.start()
        try:
            secured.do_handshake()
            self._judge(secured)
        except BaseException:
            secured.close()
            raise
        finally:
            guard.cancel()
        return secured

    def _judge(self, secured: ssl.SSLSocket) -> None:
        """Raise ValueError when what was agreed on is weaker than the policy demands."""
        cipher = secured.cipher()
        weakness = self._demands.peer(secured.getpeercert(binary_form=True), cipher[0] if cipher else "")
        if weakness:
            raise ValueError(weakness)


def _cut(sock: socket.socket) -> None:
    """End a handshake that takes too long."""
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def restrict(context: ssl.SSLContext, protocols: Sequence[str], ciphers: Sequence[str], *, weak: bool) -> None:
    """Set protocols and ciphers; suites of TLS 1.3 cannot be chosen. Raises ValueError, ssl.SSLError."""
    versions = sorted(VERSIONS[name] for name in protocols if name in VERSIONS)
    if not versions:
        raise ValueError("no TLS version is left")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # an explicit policy may still ask for TLS 1.0 and 1.1
        context.minimum_version, context.maximum_version = versions[0], versions[-1]
    weak = weak or versions[0] < ssl.TLSVersion.TLSv1_2  # their signatures are below OpenSSL's own measure
    older = [name for name in ciphers if not name.startswith("TLS_")]
    chosen = ":".join(older) or "DEFAULT"
    if older or weak:
        context.set_ciphers(f"{chosen}:@SECLEVEL=0" if weak else chosen)


def _reason(error: Exception) -> str:
    """Return why a handshake failed, for the console."""
    if isinstance(error, TimeoutError):
        return "the client took too long"
    if isinstance(error, ssl.SSLError):
        return error.reason or str(error)
    return str(error)
