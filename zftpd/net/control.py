"""One control connection in one thread: reads lines, drives the engine and performs its effects.

Source: architecture decisions 2 and 3; RFC 959 2.3; RFC 4217 for TLS.
Rules: an effect that fails is thrown into the handler that asked for it. ABOR is heard while data moves; any other command waits
for its turn. When the client is gone the handler is closed, so that nothing is committed.
"""

from __future__ import annotations

import socket
import ssl
import time
import traceback
from collections.abc import Callable
from typing import Any

from saf.errors import SafError
from zftpd.attls.failures import event, mapped
from zftpd.effects import (
    AimAt,
    CloseData,
    DropData,
    Effect,
    Handler,
    Hangup,
    Listen,
    OpenData,
    Pause,
    StartTls,
    StopTls,
    TlsFacts,
    Transmit,
)
from zftpd.engine import Engine
from zftpd.errors import ControlLost, DataConnectionFailed, HandshakeFailed, ServerStopping, TransferAborted
from zftpd.messages import message
from zftpd.net import ccc
from zftpd.net.data import DataPort, Ends
from zftpd.net.keepalive import arm
from zftpd.net.tls import TlsServer
from zftpd.net.tlschoice import Choice
from zftpd.net.wake import Ears, Stop, wait
from zftpd.protocol.lines import LineReader, TooLong
from zftpd.protocol.reply import Reply
from zftpd.session import Session
from zftpd.transcript import recorded

#: A client has this long to take a reply.
REPLY_SECONDS = 60.0
READ_BYTES = 8192
#: How long a client may take to read why its transfer was refused. curl looks at the reply every 0.2 seconds only while it waits
#: for a handshake on the data connection.
SETTLE_SECONDS = 1.0
#: Commands that may wait while a transfer runs; a client that sends more is not read until it ends.
MAX_WAITING = 64 * 1024


class Control:
    """One session from accept to close."""

    def __init__(self, sock: socket.socket, session: Session, stop: Stop) -> None:
        """Take an accepted connection."""
        self.session = session
        self._sock = sock
        self._stop = stop
        self._lines = LineReader()
        self._engine = Engine(session)
        self._data = DataPort(sock, self._watch)
        session.moving = lambda: self._data.moving
        self._ears = Ears(sock.fileno(), stop.fileno())
        self._eof = False
        self._clearing = False  # CCC: a close_notify of the client may still come
        chooser = session.server.tls
        self._choice: Choice | None = chooser.choose(session.local, session.client, "Inbound") if chooser is not None else None
        session.secure.available = self._choice is not None and not self._choice.immediate
        if self._choice is not None:
            session.secure.mapping, session.secure.policy = self._choice.mapping, self._choice.policy
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        self._keepalive = session.settings.ftpkeepalive
        if self._keepalive:
            arm(sock, self._keepalive)

    def serve(self) -> None:
        """Run the session to its end. Never raises."""
        session = self.session
        try:
            self._greet()
            while not session.hung_up:
                line = self._next_line()
                if line is None:
                    break
                self._drive(self._engine.command(line))
        except (ControlLost, OSError):
            pass  # the client is gone; there is nobody to tell
        except Exception as error:
            told = "".join(traceback.format_exception(error)).rstrip()
            session.server.console(message("session.ended", session=session.id, traceback=told))
        finally:
            self._data.end()
            if isinstance(self._sock, ssl.SSLSocket):
                self._trace("Connection Close")
            self._sock.close()
            if session.transcript is not None:
                session.transcript.close()

    def cut(self) -> None:
        """End the connection under a thread that does not listen, TLS or not."""
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def _greet(self) -> None:
        """Greet; on the secure port with TLS before or after the greeting, as SECUREIMPLICITZOS says.

        Under an AT-TLS policy of the Basic kind TLS comes first, and the server itself knows nothing of it.
        """
        session = self.session
        line = mapped(session, session.server.now())
        if line is not None:
            session.server.console(line)
        if self._choice is not None and self._choice.immediate:
            try:
                session.secure.beneath = self._secure(self._choice)
            except HandshakeFailed as error:
                self._engine.tell(error, aware=False)
                session.hung_up = True
                return
        early = session.secure.implicit and not session.settings.secureimplicitzos
        if early:
            self._drive(self._engine.secure())
        if not session.hung_up:
            self._drive(self._engine.open())
        if session.secure.implicit and not early and not session.hung_up:
            self._drive(self._engine.secure())

    # -- reading ---------------------------------------------------------------------------------------------------

    def _next_line(self) -> bytes | TooLong | None:
        """Return the next line, or None at the end of the session: the client left, was silent too long, or we stop."""
        limit = self.session.settings.inactive
        deadline = time.monotonic() + limit if limit else None
        while True:
            line = self._lines.next()
            if line is not None:
                return line
            if self._eof:
                return None
            if not self._pending():
                left = None if deadline is None else deadline - time.monotonic()
                ready = self._listen_for(left) if left is None or left > 0 else []
                if self._stop.fileno() in ready:
                    self._drive(self._engine.shutdown())
                    return None
                if not ready:
                    self._drive(self._engine.idle())
                    return None
            self._read()

    def _listen_for(self, seconds: float | None) -> list[int]:
        """Wait for a command or the stop."""
        if self._ears.readers[0] != self._sock.fileno():  # CCC has brought another
            self._ears = Ears(self._sock.fileno(), self._stop.fileno())
        return self._ears.wait(seconds)

    def _pending(self) -> bool:
        """Tell whether TLS holds bytes that have left the socket already."""
        return isinstance(self._sock, ssl.SSLSocket) and self._sock.pending() > 0

    def _read(self) -> None:
        """Take what the client has sent into the line reader."""
        if self._clearing:
            self._clearing = ccc.swallow(self._sock)
            return
        if self._sock.gettimeout() != 0.0:
            self._sock.settimeout(0.0)
        try:
            data = self._sock.recv(READ_BYTES)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError:
            data = b""
        self._eof = not data
        self._lines.feed(data)

    def _watch(self, readers: list[int], seconds: float | None, writers: tuple[int, ...] = ()) -> set[int]:
        """Wait for data descriptors and listen to the client meanwhile.

        Raises TransferAborted for ABOR, ControlLost when the client is gone, ServerStopping.
        """
        control, stop = self._sock.fileno(), self._stop.fileno()
        watched = [*readers, stop]
        if self._lines.pending < MAX_WAITING:
            watched.append(control)
        while True:
            ready = wait(watched, 0.0 if self._pending() else seconds, writers)
            if stop in ready:
                raise ServerStopping
            if control in ready or self._pending():
                self._read()
                if self._eof:
                    raise ControlLost
                if self._lines.peek_abort():
                    raise TransferAborted
            others = ready - {control}
            if others or seconds == 0.0 or not ready:
                return others

    # -- effects ---------------------------------------------------------------------------------------------------

    def _drive(self, handler: Handler) -> None:
        """Perform what a handler wants until it is finished."""
        if self.session.transcript is not None:
            handler = recorded(handler, self.session.transcript)
        answer: Any = None
        failure: Exception | None = None
        try:
            while True:
                effect = handler.throw(failure) if failure is not None else handler.send(answer)
                answer, failure = None, None
                try:
                    answer = self._perform(effect)
                except Exception as error:  # conversions run inside Transmit: their refusals belong to the handler too
                    failure = error
        except StopIteration:
            pass
        finally:
            handler.close()
        if self.session.settings.ftpkeepalive != self._keepalive:  # SITE FTPKEEPALIVE counts at once
            self._keepalive = self.session.settings.ftpkeepalive
            arm(self._sock, self._keepalive)

    def _perform(self, effect: Effect) -> Any:
        """Perform one effect and return its answer."""
        return _PERFORM[type(effect)](self, effect)

    def _reply(self, said: Reply) -> None:
        wire = said.wire(self.session.encoding)
        try:
            sent = self._sent_at_once(wire)
            if sent < len(wire):
                self._sock.settimeout(REPLY_SECONDS)
                self._sock.sendall(wire[sent:])
        except OSError as error:
            raise ControlLost from error
        if self._data.ended is not None:
            self._data.let_go()
        if self._data.unsettled:
            self._settle()

    def _sent_at_once(self, wire: bytes) -> int:
        """Send what goes out without waiting, which is nearly always all, and return how much that was."""
        if self._sock.gettimeout() != 0.0 or isinstance(self._sock, ssl.SSLSocket):
            return 0
        try:
            return self._sock.send(wire)
        except BlockingIOError:
            return 0

    def _settle(self) -> None:
        """Let a data connection of a refused transfer go after the reply.

        A client that has begun TLS on it reports its end instead of the reply, if that is what it sees first. Its next command
        shows that it has read the reply.
        """
        if self.session.data.prot == "P" and not self._pending():
            wait([self._sock.fileno()], SETTLE_SECONDS)
        self._data.settle()

    def _listen(self, effect: Listen) -> tuple[str, int]:  # noqa: ARG002
        settings = self.session.settings
        self._data.range = settings.passivedataports
        return self._data.listen()

    def _open(self, effect: OpenData) -> Any:
        session, data = self.session, self._data
        data.same_peer = session.settings.passivedataconn == "NOREDIRECT"
        data.timeout = float(session.settings.datatimeout)
        data.keepalive = session.settings.datakeepalive
        session.transfer.data_ends = data.open(self._data_tls)
        session.data.passive, session.data.host, session.data.port = False, "", 0
        return data.receive() if effect.direction == "in" else None

    def _data_tls(self, ends: Ends, direction: str) -> TlsServer | None:
        """Return what a data connection is secured with: as PROT says, or at once where a policy says so."""
        session, chooser = self.session, self.session.server.tls
        protected = session.data.prot == "P" and session.secure.facts is not None
        if chooser is None:
            return None
        choice: Choice | None = chooser.choose(*ends, direction, self._choice)
        if choice is None or (not protected and not choice.immediate):
            if protected:
                raise DataConnectionFailed("handshake")
            return None
        return choice.server

    def _transmit(self, effect: Transmit) -> int:
        return self._data.transmit(effect.chunks, effect.fileno, effect.length)

    def _start_tls(self, effect: StartTls) -> TlsFacts:  # noqa: ARG002
        """Shake hands. What came in clear behind AUTH would be obeyed as if it had been protected: that ends the session."""
        if self._lines.clear():
            raise HandshakeFailed("commands were sent in clear behind AUTH")
        if self._choice is None:
            raise HandshakeFailed("there is no certificate")
        return self._secure(self._choice)

    def _secure(self, choice: Choice) -> TlsFacts:
        """Put the control connection under TLS; the client's certificate is a user's where the policy says SAFCheck."""
        self._trace("Initial Handshake", starts=True)
        self._sock, facts = choice.server.control(self._sock)
        self._trace("Initial Handshake")
        if choice.saf_check:
            try:
                self.session.server.saf.verify_certificate(facts.certificate or b"", begins=False)
            except SafError as error:
                raise HandshakeFailed(str(error)) from error
        return facts

    def _stop_tls(self, effect: StopTls) -> None:
        assert isinstance(self._sock, ssl.SSLSocket)
        self._trace("Connection Stop", starts=True)
        try:
            self._sock, self._clearing = ccc.leave(self._sock, notify=effect.notify)
        except OSError as error:  # it went, or speaks on under a protection that has ended
            raise ControlLost from error
        self._trace("Connection Stop")

    def _trace(self, name: str, *, starts: bool = False) -> None:
        """Tell of an event of AT-TLS where the policy traces them."""
        line = event(self.session, name, self.session.server.now(), starts=starts)
        if line is not None:
            self.session.server.console(line)

    def _hang_up(self, effect: Hangup) -> None:  # noqa: ARG002
        """End the connection in order, so that the last reply arrives even if commands were still on their way."""
        self.session.hung_up = True
        try:
            if isinstance(self._sock, ssl.SSLSocket):
                self._sock.settimeout(0.0)
                try:
                    self._sock.unwrap()
                except (OSError, ValueError):
                    pass
            self._sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass


_PERFORM: dict[type[Any], Callable[[Control, Any], Any]] = {
    Reply: Control._reply,
    Listen: Control._listen,
    AimAt: lambda control, effect: control._data.aim(effect.host, effect.port),
    OpenData: Control._open,
    Transmit: Control._transmit,
    CloseData: lambda control, effect: control._data.close(),  # noqa: ARG005
    DropData: lambda control, effect: control._data.drop(),  # noqa: ARG005
    StartTls: Control._start_tls,
    StopTls: Control._stop_tls,
    Pause: lambda control, effect: control._watch([], effect.seconds),
    Hangup: Control._hang_up,
}
