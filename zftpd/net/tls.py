"""TLS of the server: one context for control and data connections, so that a data connection may resume the control's session.

Source: RFC 4217; trials: under TLS 1.3 a data connection must send no session tickets (a client that only uploads never
reads them, and closing then loses its data), while the control connection must send them or strict clients refuse.
Rules: the number of tickets is set under a lock around `wrap_socket`, since the connection copies it from the context.
A data connection that ends without close_notify is an error, never an end of file. Where no session may be resumed each
connection has a context of its own, since a context keeps sessions of TLS 1.2 whatever it is told of tickets.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zftpd.attls.handshake import PLAIN, Handshake
from zftpd.attls.strength import NO_DEMANDS, OFF, Demands
from zftpd.effects import TlsFacts
from zftpd.errors import DataConnectionFailed, HandshakeFailed
from zftpd.net.keypair import load_pair, rsa_bits
from zftpd.net.libssl import Library, library
from zftpd.net.tlscontext import prepare, prepare_cache, prepare_server, restrict

#: A client has this long to finish a handshake.
HANDSHAKE_SECONDS = 20.0
CONTROL_TICKETS = 2

#: A certificate with its chain, and its key, in PEM.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TlsMaterial:
    """What a context is made of, in PEM. `authorities` are whom client certificates are trusted from.

    `client`: CERT_NONE, CERT_OPTIONAL or CERT_REQUIRED; `validated` False: any certificate of a client is taken as it is.
    `weak`: keys that OpenSSL refuses by itself are wanted.
    `others` are certificates, with their keys, for clients that do not know the algorithm of the first; `named` those for the
    names that clients ask for, by label. `handshake_seconds` 0 is no limit.
    """

    certificate: str
    private_key: str
    authorities: str = ""
    client: str = "CERT_NONE"
    validated: bool = True
    ciphers: Sequence[str] = ()
    protocols: Sequence[str] = ("TLSv1.2", "TLSv1.3")
    weak: bool = False
    reuse: str = "ALLOWED"  # NONE, ALLOWED, REQUIRED
    handshake_seconds: float = HANDSHAKE_SECONDS
    demands: Demands = NO_DEMANDS
    others: Sequence[Pair] = ()
    named: Mapping[str, Pair] = field(default_factory=dict)
    handshake: Handshake = PLAIN

    @property
    def resumable(self) -> bool:
        """Tell whether sessions may be resumed."""
        return self.reuse != "NONE" and self.handshake.resumption


class TlsServer:
    """Makes TLS connections of accepted sockets."""

    def __init__(self, material: TlsMaterial, reach: Callable[[], Library | None] = library) -> None:
        """Build the context. Raises ssl.SSLError, ValueError for unusable material.

        Without a `Library` nobody is asked for a certificate that would not be validated.
        """
        self._material, self._library = material, reach()
        self._seconds = material.handshake_seconds
        self._lock = threading.Lock()
        self._context = self._made()

    def _made(self) -> ssl.SSLContext:
        """Return a context with every certificate, and those for names that clients ask for."""
        material = self._material
        context = self._bare()
        for certificate, key in ((material.certificate, material.private_key), *material.others):
            load_pair(context, certificate, key)
        if material.handshake.server_names.mode != OFF:
            named = {}
            for label, pair in material.named.items():
                named[label] = self._bare()
                load_pair(named[label], *pair)
            context.sni_callback = _chooser(material.handshake, named)
        return context

    def _bare(self) -> ssl.SSLContext:
        material = self._material
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        restrict(context, material.protocols, material.ciphers, weak=material.weak or material.handshake.edh == "Legacy")
        prepare(context, material.handshake, self._library)
        prepare_cache(context, material.handshake, self._library)
        prepare_server(context, material.handshake, rsa_bits(material.certificate), fips=material.demands.fips != OFF)
        if material.authorities:
            context.load_verify_locations(cadata=material.authorities)
        self._ask(context)
        if not material.resumable:
            context.options |= ssl.OP_NO_TICKET
        return context

    def _ask(self, context: ssl.SSLContext) -> None:
        """Ask clients for a certificate, and name the authorities whose certificates they may choose from."""
        material = self._material
        if material.client == "CERT_NONE" or (self._library is None and not material.validated):
            return
        context.verify_mode = ssl.VerifyMode[material.client]
        if self._library is not None:
            self._library.name_authorities(context, material.authorities)
            if not material.validated:
                self._library.accept_any(context)

    def control(self, sock: socket.socket) -> tuple[ssl.SSLSocket, TlsFacts]:
        """Put a control connection under TLS. Raises HandshakeFailed."""
        tickets = CONTROL_TICKETS if self._material.handshake.tickets is None else self._material.handshake.tickets
        try:
            secured = self._wrap(sock, tickets if self._material.resumable else 0)
        except (OSError, ValueError) as error:
            raise HandshakeFailed(_reason(error)) from error
        cipher = secured.cipher()
        certificate = secured.getpeercert(binary_form=True)
        return secured, TlsFacts(secured.version() or "", cipher[0] if cipher else "", certificate, self._material.validated)

    def data(self, sock: socket.socket) -> ssl.SSLSocket:
        """Put a data connection under TLS. Raises DataConnectionFailed."""
        try:
            secured = self._wrap(sock, 0)
        except (OSError, ValueError) as error:
            raise DataConnectionFailed("handshake") from error
        if self._material.reuse == "REQUIRED" and not secured.session_reused:
            secured.close()
            raise DataConnectionFailed("reuse")
        return secured

    def _wrap(self, sock: socket.socket, tickets: int) -> ssl.SSLSocket:
        """Shake hands within the time; the socket is closed when that fails."""
        sock.settimeout(self._seconds or None)
        with self._lock:
            context = self._context if self._material.resumable else self._made()
            context.num_tickets = tickets
            secured = context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False, suppress_ragged_eofs=False)
        # A client may send its part byte by byte: the time limits all of the handshake, not each byte.
        try:
            secured.do_handshake()
            self._judge(secured)
        except BaseException:
            secured.close()
            raise
        return secured

    def _judge(self, secured: ssl.SSLSocket) -> None:
        """Raise ValueError when what was agreed on is weaker than the policy demands."""
        cipher = secured.cipher()
        weakness = self._material.demands.peer(secured.getpeercert(binary_form=True), cipher[0] if cipher else "")
        if weakness:
            raise ValueError(weakness)


def _chooser(
    handshake: Handshake, named: Mapping[str, ssl.SSLContext]
) -> Callable[[ssl.SSLSocket | ssl.SSLObject, str | None, ssl.SSLContext], int | None]:
    """Return what chooses the certificate by the name that a client sends, or refuses it with an alert."""

    def choose(secured: ssl.SSLSocket | ssl.SSLObject, host: str | None, _context: ssl.SSLContext) -> int | None:
        label = handshake.server_names.label(host)
        if label is None:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        if label in named:
            secured.context = named[label]
        return None

    return choose


def _reason(error: Exception) -> str:
    """Return why a handshake failed, for the console."""
    if isinstance(error, TimeoutError):
        return "the client took too long"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{error.reason}: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return error.reason or str(error)
    return str(error)
