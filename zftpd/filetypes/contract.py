"""What a FILETYPE offers to the commands: something to fetch from, something to store into, a listing, a deletion.

Rules: `source` and `sink` find out everything that can be refused before the first reply; a sink commits only when its
`with` ends in peace, but for what a restart marker has confirmed. Nothing here owns a socket.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from zftpd.effects import Effect, Handler
from zftpd.protocol.reply import Reply
from zftpd.session import Session


def at_once() -> Handler:
    """Wait for nothing: what most things that are open need before data may move."""
    yield from ()


@dataclass(slots=True)
class Source:
    """Something that RETR sends. `fileno` and `length` name a host file with exactly these bytes.

    `connect` is run before `opening` is said: it waits, in words, until there is somebody at the other end (named pipes).
    """

    opening: Reply
    chunks: Iterable[bytes]
    closing: Callable[[], Reply]
    fileno: int | None = None
    length: int = 0
    connect: Callable[[], Handler] = at_once


class Sink(Protocol):
    """Something that STOR writes into."""

    opening: Reply

    def connect(self) -> Handler:
        """Wait, in words, until there is somebody at the other end."""
        ...

    def receive(self, chunks: Iterator[bytes]) -> Iterable[Effect]:
        """Take what the client sends, and yield what is to be replied or waited for meanwhile."""
        ...

    def closing(self) -> Reply:
        """Return the last reply; called after the commit."""
        ...


@dataclass(slots=True)
class Listing:
    """What LIST or NLST sends. `text` are lines without their ends."""

    opening: Reply
    text: Iterable[str]
    closing: Reply


class FileType(Protocol):
    """One FILETYPE."""

    name: str

    def source(self, session: Session, arg: str) -> AbstractContextManager[Source]:
        """Open what RETR fetches."""
        ...

    def sink(self, session: Session, arg: str, verb: str) -> AbstractContextManager[Sink]:
        """Open what STOR, APPE or STOU writes."""
        ...

    def listing(self, session: Session, arg: str, verb: str) -> Listing:
        """Return what LIST or NLST shows."""
        ...

    def delete(self, session: Session, arg: str) -> Reply:
        """Delete and return the reply."""
        ...
