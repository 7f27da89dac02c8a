"""What one client session remembers, how it talks to the server, and how it shows what happens.

Source: page 84 of the source document for the dialogue; [UG] for the return code rules.
Rules: subcommands get a `Client` and raise; only `run` in interpreter.py turns that into return codes.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NoReturn

from mvsfs.codepages import Sbcs
from zftpd.attls.ciphers import of_openssl
from zftpd.attls.outbound import OUTBOUND
from zftpd.attls.policy import Policy
from zftpd.attls.report import Secured
from zftpd.client import traces
from zftpd.client.codes import ClientError
from zftpd.client.connection import Control
from zftpd.client.errors import ConnectionLost, ServerRefused, SubcommandFailed
from zftpd.client.local import LocalSide, Terms
from zftpd.client.masking import on_the_wire, visible
from zftpd.client.replies import ServerReply
from zftpd.client.texts import text
from zftpd.client.tlsclient import Security, TlsClient
from zftpd.client.trust import FileReader, RingFinder, on_host
from zftpd.params.settings import Settings
from zftpd.transfer.options import TransferOptions, WireType

#: Reply classes.
FAILURE = 4
REFUSED_BY_NONE = 10
"""A class that no reply reaches."""
#: The first reply code that ends a command.
COMPLETE = 200
#: What EZA2589E calls the wait for a reply, which INACTTIME limits.
WAITING = "Waiting for reply"
#: Preliminary replies to one command; a transfer has one for each restart marker.
MOST_PRELIMINARY = 1_000_000


@dataclass
class Console:
    """Where the client reads and writes: a terminal, INPUT and OUTPUT of a job, or lists in a test."""

    show: Callable[[str], None]
    read: Callable[[str], str | None]
    read_hidden: Callable[[str], str | None]
    interactive: bool = False

    def __post_init__(self) -> None:
        """Let no line show anything but itself: a server's words might hold what a terminal obeys."""
        raw = self.show
        self.show = lambda line: raw(visible(line))


@dataclass
class Client:
    """One run of the client."""

    console: Console
    local: LocalSide
    settings: Settings
    userid: str
    find_ring: RingFinder | None = None
    policy: Policy | None = None
    read_file: FileReader = on_host
    release: str = "V2R5"
    tcpname: str = "TCPIP"
    exit_on_error: bool = False
    fixed_exit: int | None = None
    control: Control | None = None
    wire: WireType = field(default_factory=WireType)
    protection: str = "C"
    mechanism: str = ""
    prompting: bool = True
    globbing: bool = True
    sendsite: bool = True
    sendport: bool = True
    extended: bool = True
    """Whether the server is still taken to know EPSV."""
    sunique: bool = False
    last_reply: int = 0
    restart_marker: str = ""
    number: int = 0
    verbose: bool = True
    traces: tuple[str, ...] = ()
    dumps: tuple[str, ...] = ()
    use_netrc: bool = True
    netrc: str = ""
    jobname: str = ""
    tell: Callable[[str], None] | None = None
    """Writes to the operator, where the client runs in a job."""
    secondary: Client | None = None
    tables: Sbcs | None = None
    """Translate tables of the data connection that a data set holds; LOCSITE SBDATACONN takes their place."""
    find_tables: Callable[[Settings], Sbcs | None] | None = None
    """Finds the tables that settings name."""
    tso: Callable[[str], int] | None = None
    """Runs a TSO command and returns its code, where the client runs in an address space that has TSO."""
    source: str = ""
    """Address that connections come from; empty: the host's choice."""

    # -- showing -------------------------------------------------------------------------------------------------------
    def say(self, key: str, **facts: object) -> None:
        """Show one of the client's messages, without its id where VERBOSE is off."""
        line = text(key, **facts)
        self.console.show(line if self.verbose else line.partition(" ")[2])

    # -- the control connection ----------------------------------------------------------------------------------------
    def connected(self) -> Control:
        """Return the control connection. Raises SubcommandFailed when there is none."""
        if self.control is None:
            raise SubcommandFailed(ClientError.SESSION, "not-connected")
        return self.control

    def exchange(self, command: str, *, accept: int = FAILURE) -> ServerReply:
        """Send a command, show it and its reply. Raises ServerRefused when the first digit is `accept` or above."""
        self.send(command)
        return self.final(accept)

    def send(self, command: str) -> None:
        """Send a command and show it. Raises SubcommandFailed for one that would be several."""
        control = self.connected()
        visible = on_the_wire(command)
        if any(sign in command for sign in "\r\n\0"):
            raise SubcommandFailed(ClientError.INVALID_PARAM, "bad-name", name=visible)
        self.say("sent", command=visible)
        traces.dump(self, ">", visible)
        try:
            control.send(command)
        except ConnectionLost as lost:
            self.lose(control, lost)

    def final(
        self, accept: int = FAILURE, marks: Callable[[ServerReply], None] | None = None, operation: str = WAITING
    ) -> ServerReply:
        """Read replies up to the one that ends a command; `marks` is told of those before it, `operation` names the wait.

        Raises ServerRefused, and ConnectionLost for more of them than any command has.
        """
        for _ in range(MOST_PRELIMINARY):
            reply = self.reply(accept, operation)
            if reply.code >= COMPLETE:
                return reply
            if marks is not None:
                marks(reply)
        return self.lose(self.connected(), ConnectionLost("a command is not answered to an end"))

    def reply(self, accept: int = FAILURE, operation: str = WAITING) -> ServerReply:
        """Read and show one reply, whatever its kind."""
        control = self.connected()
        try:
            reply = control.reply()
        except ConnectionLost as lost:
            self.lose(control, lost, operation)
        for line in reply.lines:
            self.console.show(line)
            traces.dump(self, "<", line)
        traces.tell(self, "FLO", f"reply {reply.code} in {len(reply.lines)} lines")
        self.last_reply = reply.code
        if reply.code // 100 >= accept:
            raise ServerRefused(reply.code)
        return reply

    def lose(self, control: Control, lost: ConnectionLost, operation: str = WAITING) -> NoReturn:
        """Tell that the control connection is gone, and forget it."""
        if lost.error is ClientError.TIMEOUT:
            self.say("timed-out", operation=operation)
        self.say("control-lost", host=control.host)
        self.say("lost-because", reason=lost)
        self.disconnect()
        raise lost

    def disconnect(self) -> None:
        """Forget the connection and everything that the server remembered for it."""
        if self.control is not None:
            self.control.close()
        OUTBOUND.leave(self.number)
        self.control = None
        self.wire = WireType()
        self.protection = "C"
        self.extended = True

    # -- security ------------------------------------------------------------------------------------------------------
    def secure(self) -> None:
        """AUTH TLS, the handshake, PBSZ and PROT as SECURE_DATACONN asks (page 84)."""
        control = self.connected()
        if self.settings.secure_mechanism == "GSSAPI":
            raise SubcommandFailed(ClientError.AUTHENTICATION, "not-supported", name="SECURE_MECHANISM GSSAPI")
        try:
            self.exchange("AUTH TLS")
        except ServerRefused:
            self.say("auth-failed")
            if self.settings.secure_ftp == "REQUIRED":
                self.say("auth-required")
                raise
            return
        self.handshake(control)
        self.protect_as_configured()

    def protect_as_configured(self) -> None:
        """PBSZ and PROT as SECURE_DATACONN asks; under AT-TLS data connections are protected."""
        if self.settings.secure_dataconn in {"SAFE", "PRIVATE"} or self.settings.tlsmechanism == "ATTLS":
            self.protect("P")

    @property
    def tls(self) -> TlsClient:
        """What decides how connections are secured."""
        return TlsClient(self.settings, self.userid, self.find_ring, self.policy, self.read_file)

    def secure_at_once(self) -> None:
        """Put a fresh connection under TLS before its first byte, where the AT-TLS policy says so (Basic)."""
        control = self.connected()
        try:
            security = self.tls.at_once(control.origin, control.remote)
            if security is not None:
                self._shake_hands(control, security)
        except (OSError, ValueError) as error:
            raise self._insecure(error) from error

    def handshake(self, control: Control) -> None:
        """Put the control connection under TLS. Raises SubcommandFailed when the certificate or the handshake fails."""
        try:
            self._shake_hands(control, self.tls.control(control.origin, control.remote))
        except (OSError, ValueError) as error:
            raise self._insecure(error) from error
        self.say("auth-ok")

    def _insecure(self, error: Exception) -> SubcommandFailed:
        self.say("cert-refused", reason=getattr(error, "verify_message", "") or str(error))
        self.say("auth-failed")
        self.disconnect()
        return SubcommandFailed(ClientError.AUTHENTICATION, "auth-required")

    def _shake_hands(self, control: Control, security: Security) -> None:
        control.start_tls(security)
        if isinstance(control.sock, ssl.SSLSocket):
            traces.tell(self, "SEC", f"{control.sock.version()} {(control.sock.cipher() or ('',))[0]}")
        if security.mapping is not None and isinstance(control.sock, ssl.SSLSocket) and self.policy is not None:
            cipher = control.sock.cipher()
            suite = of_openssl(cipher[0]) if cipher else None
            version = control.sock.version() or ""
            secured = Secured(0, self.userid, control.origin, control.remote, security.mapping, version, suite)
            self.number = OUTBOUND.enter(secured, self.policy)

    def protect(self, level: str) -> None:
        """PBSZ 0 and PROT; says what protection data connections now have."""
        if not self.connected().is_tls:
            raise SubcommandFailed(ClientError.SESSION, "no-tls")
        if level != "C" or self.protection != level:
            self.exchange("PBSZ 0")
        self.exchange(f"PROT {level}")
        self.protection = level
        self.say("private" if level == "P" else "clear")

    # -- what moves ------------------------------------------------------------------------------------------------
    def terms(self, start: int = 0, marked: Callable[[str, int], None] | None = None) -> Terms:
        """Return how files move now."""
        options = TransferOptions.of(self.settings)
        return Terms(self.wire, self.settings, start, marked, replace(options, tables=self.tables or options.tables))

    def set_wire(self, **changes: str) -> None:
        """Remember TYPE, STRU or MODE after the server accepted it."""
        self.wire = replace(self.wire, **changes)
