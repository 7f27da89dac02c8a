r"""A dialogue without sockets: the engine's effects performed in memory, for transcripts and tests.

Usage:

    dialogue = Dialogue(server.facts)
    dialogue.open()                                  -> "220-...\\r\\n220 ..."
    dialogue.command("STOR X", data=b"hello\\r\\n")    -> "125 ...\\r\\n250 ..."
    dialogue.sent                                    -> what the last transfer sent to the client

Rules: performs the same effects as zftpd/net; what a handler sees is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zftpd.effects import DropData, Effect, Handler, Hangup, Listen, OpenData, StartTls, TlsFacts, Transmit
from zftpd.engine import Engine
from zftpd.errors import FtpError
from zftpd.protocol.lines import TooLong
from zftpd.protocol.reply import Reply
from zftpd.server import ServerFacts
from zftpd.session import Session

CLIENT = ("127.0.0.1", 1026)
CLIENT_DATA = ("127.0.0.1", 1027)
PASSIVE = ("127.0.0.1", 33055)


class Dialogue:
    """One session in memory. `failures` maps an effect's class to the error that it ends with."""

    def __init__(
        self, facts: ServerFacts, *, number: int = 1, client: tuple[str, int] = CLIENT, certificate: bytes | None = None
    ) -> None:
        """Begin a session of a server."""
        self.session = Session(facts, facts.settings, number, client, ("127.0.0.1", facts.port), asid=0x40 + number)
        self.session.secure.available = facts.tls is not None
        self.engine = Engine(self.session)
        self.sent = b""
        self.effects: list[Effect] = []
        self.failures: dict[type[Any], FtpError] = {}
        self.closed = False
        self._certificate = certificate
        self._upload: Iterable[bytes] = ()
        self._replies: list[Reply] = []

    def open(self) -> str:
        """Return the greeting."""
        return self._drive(self.engine.open())

    def command(self, line: str | bytes | TooLong, data: bytes | Iterable[bytes] = b"") -> str:
        """Send a line, and data if a transfer takes it; return the replies as they are on the wire, without the last CR LF."""
        self._upload = (data,) if isinstance(data, bytes) else data
        return self._drive(self.engine.command(line.encode("latin-1") if isinstance(line, str) else line))

    def login(self, userid: str = "IBMUSER", password: str = "SYS1") -> str:  # noqa: S107
        """Sign on and return the reply to PASS."""
        self.command(f"USER {userid}")
        return self.command(f"PASS {password}")

    def idle(self) -> str:
        """Let the session time out."""
        return self._drive(self.engine.idle())

    @property
    def replies(self) -> list[Reply]:
        """The replies to the last command."""
        return self._replies

    def _drive(self, handler: Handler) -> str:
        """Perform what a handler wants until it is finished."""
        self._replies, self.effects = [], []
        answer: Any = None
        failure: Exception | None = None
        try:
            while True:
                effect = handler.throw(failure) if failure is not None else handler.send(answer)
                answer, failure = None, self.failures.get(type(effect))
                if failure is not None:
                    continue
                try:
                    answer = self._perform(effect)
                except Exception as error:  # conversions run inside Transmit: their refusals belong to the handler too
                    failure = error
        except StopIteration:
            pass
        return b"".join(reply.wire() for reply in self._replies).decode("latin-1").removesuffix("\r\n")

    def _perform(self, effect: Effect) -> Any:
        """Perform one effect."""
        self.effects.append(effect)
        if isinstance(effect, Reply):
            self._replies.append(effect)
        elif isinstance(effect, OpenData):
            self.sent = b""
            self.session.transfer.data_ends = (PASSIVE, CLIENT_DATA)
            return (chunk for chunk in self._upload if chunk) if effect.direction == "in" else None
        elif isinstance(effect, Transmit):
            self.sent = b"".join(effect.chunks)
            return len(self.sent)
        elif isinstance(effect, Listen):
            return PASSIVE
        elif isinstance(effect, StartTls):
            return TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", self._certificate)
        elif isinstance(effect, Hangup):
            self.closed = True
        elif isinstance(effect, DropData):
            self.sent = b""
        return None
