"""What every part of the security side works with: the database, a fast copy of it, the clock, the installation's choices.

Rules: one object serves all threads of a process; it keeps nothing that another process could not change.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from saf.database import Database
from saf.passwords import Scrypt
from saf.profiles import Violation
from saf.snapshot import Copy, Snapshot


@dataclass(frozen=True)
class SafOptions:
    """What an installation chooses once, when it opens the database.

    `key_file` holds the key that protects private keys at rest (made when missing); without it one beside an SQLite file is
    used. `passphrase` protects them instead when given.
    """

    scrypt: Scrypt = field(default_factory=Scrypt)
    key_file: Path | None = None
    passphrase: str | None = None
    random: Callable[[int], bytes] = os.urandom


class Context:
    """A security database as its parts see it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], options: SafOptions) -> None:
        self.now = now
        self.options = options
        self.database = Database(engine)
        self.listeners: list[Callable[[Violation], None]] = []
        self._copy = Copy(self.database)

    @property
    def today(self) -> date:
        """The date in the zone of the clock."""
        return self.now().date()

    def snapshot(self) -> Snapshot:
        """Return the current state of users, groups, profiles and options."""
        return self._copy.current()

    def violation(self, violation: Violation) -> None:
        """Tell the listeners."""
        for listener in self.listeners:
            listener(violation)
