"""What a TSO command works with: the step, the output, the prefix.

Source: [TSO]; jes-and-jcl reference 5.8. Rules: a name without apostrophes gets the prefix in front (the user id, unless
PROFILE says otherwise).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from jes.hosttext import to_host
from jes.stepcontext import RecordSink, StepContext
from jes.utilities.idcams.parse import Item
from jes.utilities.texts import table as texts
from jes.utilities.tso.cards import Cards
from mvsfs.dcb import Dcb
from mvsfs.info import Target
from mvsfs.names import parse_target

#: The id of a message, which PROFILE NOMSGID leaves out.
_ID = re.compile(r"^[A-Z]{3}\d{4,5}[A-Z] ")
#: What a command ends with that has failed.
FAILED = 12


@dataclass
class TsoSession:
    """One run of the terminal monitor program."""

    step: StepContext
    sink: RecordSink | None
    prefix: str
    allocated: dict[str, str] = field(default_factory=dict)  # ddname -> dsname, by ALLOCATE
    counter: int = 0
    switches: dict[str, bool] = field(default_factory=dict)  # what PROFILE has set
    was_exec: bool = False  # the last command was an exec
    is_over: bool = False  # END or LOGOFF came
    called: int | None = None  # the code of the last program that CALL ran, for WHEN
    cards: Cards = field(default_factory=lambda: Cards(()))  # what is left of SYSTSIN

    @classmethod
    def open(cls, step: StepContext) -> TsoSession:
        """Open SYSTSPRT."""
        dd = step.dd("SYSTSPRT")
        return cls(step, dd.writer(Dcb.of("VB", 255)) if dd is not None else None, step.userid)

    def put(self, *lines: str) -> None:
        """Write lines to SYSTSPRT."""
        if self.sink is not None:
            for line in lines:
                self.sink.put(to_host(line)[: self.sink.dcb.data_length])

    def say(self, key: str, **facts: object) -> None:
        """Write a message (texts/tso.py) to SYSTSPRT."""
        lines = texts.line(f"tso.{key}", **facts).split("\n")
        if not self.switches.get("MSGID", True):
            lines = [_ID.sub("", line) for line in lines]
        self.put(*lines)

    def target(self, item: Item) -> Target:
        """Return the data set that a word names. Raises InvalidDsname."""
        return parse_target(self.name(item))

    def name(self, item: Item) -> str:
        """Return a name with its prefix and member."""
        inner = f"({item.items[0].word.upper()})" if item.items else ""
        word = item.word
        if item.quoted or not self.prefix:
            return word.upper() + inner
        return f"{self.prefix}.{word.upper()}{inner}"

    def new_ddname(self) -> str:
        """Return a ddname that the system makes up."""
        self.counter += 1
        return f"SYS{self.counter:05d}"


#: A command: its text behind the verb, the session; returns the return code.
Command = Callable[[str, TsoSession], int]
