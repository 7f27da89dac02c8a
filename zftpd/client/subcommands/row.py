"""The row that declares one subcommand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from zftpd.client.state import Client

Run = Callable[[Client, list[str], str], None]


class Subcommand(NamedTuple):
    """A subcommand: full name, least abbreviation, code, usage and help in our words.

    `run` gets the client, the words after the name, and the same as one text (for QUOTE and SITE).
    """

    name: str
    least: int
    run: Run
    usage: str
    help: str
    ends: bool = False
