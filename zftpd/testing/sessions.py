"""What clients said in their sessions, for assertions.

    zos.sessions[-1].commands            ["USER IBMUSER", "PASS ********", "CWD 'A.B'", ...]
    zos.sessions[-1].replies("RETR")     ["125 Sending data set ...", "250 Transfer completed successfully."]
    zos.assert_no_open_sessions()        your client closes what it opens

Rules: read from the transcripts that the server keeps, so ports, clock times and job ids are the patterns of that form
(zftpd/transcript.py) and passwords are masked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and all lines of its replies; the greeting has no command."""

    command: str
    replies: tuple[str, ...]

    @property
    def verb(self) -> str:
        """The command's first word, in upper case."""
        return self.command.partition(" ")[0].upper()


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session, running or over."""

    number: int
    exchanges: tuple[Exchange, ...]
    is_open: bool
    text: str = field(repr=False)

    @property
    def userid(self) -> str:
        """Who signed on, or nothing."""
        users = [exchange.command.partition(" ")[2] for exchange in self.exchanges if exchange.verb == "USER"]
        return users[-1].upper() if users and any("is logged on" in line for line in self.replies("PASS")) else ""

    @property
    def commands(self) -> list[str]:
        """Every command, in order."""
        return [exchange.command for exchange in self.exchanges if exchange.command]

    def replies(self, verb: str | None = None) -> list[str]:
        """Every reply line, or those to one verb."""
        wanted = verb.upper() if verb else None
        return [line for exchange in self.exchanges if wanted in (None, exchange.verb) for line in exchange.replies]


def read(path: Path, open_numbers: set[int]) -> SessionRecord:
    """Return the session of a transcript; its number ends the file's name."""
    text = path.read_text("utf-8")
    number = int(path.stem.rpartition("-")[2])
    return SessionRecord(number, tuple(_exchanges(text)), number in open_numbers, text)


def _exchanges(text: str) -> Iterator[Exchange]:
    command = ""
    replies: list[str] = []
    for line in text.splitlines():
        if line.startswith("C: "):
            yield Exchange(command, tuple(replies))
            command, replies = line[3:], []
        elif line.startswith("S: "):
            replies.append(line[3:])
    yield Exchange(command, tuple(replies))
