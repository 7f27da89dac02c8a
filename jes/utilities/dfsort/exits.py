"""MODS: the user exits E15 and E35.

    MODS E15=(name,bytes[,ddname[,N|C]]),E35=(name,bytes)

Source: [DFSORT MODS]. Rules: an exit is a SortExit that the installation has configured as a program of that name; what is none
is abend S806, as a module that is not there. Other exits (E11, E16, E18 ...) are refused: ICE034A. Raises SortSyntax, Abend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jes import programs
from jes.errors import Abend
from jes.sortexit import SortExit
from jes.stepcontext import StepContext
from jes.utilities.dfsort.control import SortSyntax, Statement, inside
from jes.utilities.dfsort.packed import Batch

_NAME = re.compile(r"[A-Z@#$][A-Z0-9@#$]{0,7}")
_NOT_FOUND = 4


def names(statement: Statement) -> dict[str, str]:
    """Return the program of each exit of MODS."""
    found = {}
    for exit_, text in statement.operands:
        words = inside(text)
        if not words or not _NAME.fullmatch(words[0]) or len(words) > 4:
            raise SortSyntax("ICE034A", text[:20])
        found[exit_] = words[0]
    return found


@dataclass(slots=True)
class Exit:
    """One exit at work, with how many records it has inserted and deleted."""

    own: SortExit
    inserted: int = 0
    deleted: int = 0

    def through(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Yield what the exit makes of batches, and what it adds behind them."""
        for batch in batches:
            made: list[bytes] = []
            for record in batch:
                given = list(self.own.call(record))
                self.deleted += not given
                self.inserted += max(len(given) - 1, 0)
                made += given
            if made:
                yield made
        behind = list(self.own.call(None))
        self.inserted += len(behind)
        if behind:
            yield behind


def exit_of(step: StepContext, name: str) -> Exit:
    """Return the exit that the installation has under a name."""
    found = programs.sort_exit(name, step.options.get("programs", {}))
    if found is None:
        raise Abend("806", _NOT_FOUND)
    return Exit(found)
