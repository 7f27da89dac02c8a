"""VERBS: the families' tables joined.

Rules: two rows never claim the same verb or alias; that is refused at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zftpd.commands import (
    access,
    dataport,
    directory,
    inform,
    listing,
    manage,
    retrieve,
    secure,
    settings,
    site,
    status,
    store,
)
from zftpd.commands.row import Command


def _join(*tables: tuple[Command, ...]) -> Mapping[str, Command]:
    """Return the rows by verb and alias. Raises ValueError for a verb that is claimed twice."""
    joined: dict[str, Command] = {}
    for row in (row for table in tables for row in table):
        for verb in (row.verb, *row.aliases):
            if verb in joined:
                raise ValueError(f"two commands are called {verb}")
            joined[verb] = row
    return MappingProxyType(joined)


VERBS = _join(
    access.COMMANDS,
    settings.COMMANDS,
    dataport.COMMANDS,
    directory.COMMANDS,
    listing.COMMANDS,
    retrieve.COMMANDS,
    store.COMMANDS,
    manage.COMMANDS,
    site.COMMANDS,
    status.COMMANDS,
    inform.COMMANDS,
    secure.COMMANDS,
)
