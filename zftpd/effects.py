"""The vocabulary between command handlers and the network: what a handler may ask of the world.

Rules: a handler is a generator that yields these and owns no socket. A failed effect is thrown into the handler at
the `yield` that asked for it, so its `with` blocks close and discard as for an error of their own. A handler that is
closed (GeneratorExit) must discard too. The complete list is in this file; only `zftpd/net` and the in-memory
runner perform it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from zftpd.protocol.reply import Reply


@dataclass(frozen=True, slots=True)
class OpenData:
    """Open the data connection. Answer: for "in" an Iterator[bytes] of chunks, for "out" None."""

    direction: str  # "in" or "out"


@dataclass(frozen=True, slots=True)
class Transmit:
    """Send chunks on the data connection. Answer: bytes sent. `file` may name a plain host file descriptor and
    length that hold exactly the same bytes, which the network may send without copying.
    """

    chunks: Iterable[bytes]
    fileno: int | None = None
    length: int = 0


@dataclass(frozen=True, slots=True)
class CloseData:
    """Close the data connection in order (close_notify under TLS). Answer: None."""


@dataclass(frozen=True, slots=True)
class DropData:
    """Forget a passive listener or an announced address: the transfer was refused before it began. Answer: None."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Listen for the next data connection. Answer: (host, port) to announce."""

    family: int  # 1 IPv4, 2 IPv6, 0 that of the control connection


@dataclass(frozen=True, slots=True)
class AimAt:
    """Remember where the client listens (PORT, EPRT). Answer: None."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class TlsFacts:
    """What a handshake settled. `certificate` is the client's certificate in DER, if it sent one.

    `validated` False: nobody has looked at it (ClientAuthType PassThru), so that it can be shown but signs nobody on.
    """

    version: str
    cipher: str
    certificate: bytes | None
    validated: bool = True


@dataclass(frozen=True, slots=True)
class StartTls:
    """Put the control connection under TLS. Answer: TlsFacts."""


@dataclass(frozen=True, slots=True)
class StopTls:
    """Take the control connection out of TLS (CCC). `notify` False: send no close_notify. Answer: None."""

    notify: bool = True


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait, and hear meanwhile whether the client leaves or gives up. Answer: None."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Hangup:
    """Close the control connection after what was replied. Answer: never."""


Effect = Reply | OpenData | Transmit | CloseData | DropData | Listen | AimAt | StartTls | StopTls | Pause | Hangup
Handler = Generator[Effect, Any, None]
Chunks = Iterator[bytes]
