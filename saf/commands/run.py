"""One command being carried out: who issued it, the transaction it works in, what it says.

Not here: the table of commands (table.py), the words of messages (saf/messages.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from saf.commands.operands import Keyword, Operands
from saf.context import Context
from saf.database import Change
from saf.errors import CommandRefused
from saf.messages import line
from saf.profiles import Acee
from saf.snapshot import Snapshot


class DatasetAccess(Protocol):
    """How RACDCERT and the unload reach data sets; whoever calls `Saf.command` supplies it.

    It is called before and after the transaction of a command, never within, so it may use the same database. Whatever it
    raises becomes the message that the data set could not be processed.
    """

    def read(self, dsname: str) -> bytes:
        """Return the contents of a data set as they are stored: the bytes of its records, text in EBCDIC or ASCII."""
        ...

    def write(self, dsname: str, contents: bytes, *, text: bool) -> None:
        """Create or replace a data set. Text comes as ASCII lines, each with a line feed; binary as it shall be stored."""
        ...


@dataclass(frozen=True, slots=True)
class Output:
    """What a command writes to a data set once its transaction is committed; `refusal` is the message when it cannot."""

    dsname: str
    contents: bytes
    text: bool
    refusal: str = "IRRD106I"


@dataclass
class Run:
    """A command at work. `change` is the transaction, `snapshot` the state before it began.

    Nothing is kept unless the command ends in peace.
    """

    context: Context
    snapshot: Snapshot
    change: Change
    acee: Acee
    lines: list[str] = field(default_factory=list)
    prepared: object = None
    outputs: list[Output] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The date, for profiles made or changed."""
        return self.context.today

    def say(self, id: str, **facts: object) -> None:
        """Say a message and go on."""
        self.lines.append(line(id, **facts))

    def show(self, *texts: str) -> None:
        """Show lines of a display."""
        self.lines.extend(texts)

    def refuse(self, id: str, **facts: object) -> CommandRefused:
        """Return the error that ends the command with a message; the caller raises it."""
        return CommandRefused(id, facts)


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table of commands. `run` returns the return code; `changes` is False for a command that only shows.

    `before` does what takes long or reads data sets, ahead of the transaction; `run` finds its result in `Run.prepared`.
    """

    name: str
    aliases: tuple[str, ...]
    run: Callable[[Run, Operands], int]
    keywords: tuple[Keyword, ...]
    positionals: int = 1
    positional_name: str = "USERID"
    required: bool = True
    changes: bool = True
    before: Callable[[Operands, Acee, DatasetAccess | None], object] | None = None


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command said, and its return code: 0 done, 4 done in part, 8 refused, 12 not understood."""

    lines: list[str]
    rc: int
