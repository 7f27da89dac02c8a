"""The row that declares an FTP command.

Rules: each family's file ends with `COMMANDS`, a tuple of these; `zftpd/verbs.py` joins them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from zftpd.effects import Handler
from zftpd.session import Session


class Argument(Enum):
    """Whether a command takes an argument."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Command:
    """One verb. `run(session, argument)` is a generator of effects.

    `login` tells whether the verb needs a signed-on user and `before_login` names the text that refuses it otherwise.
    `data` marks verbs that use a data connection, `transfer` those after which FTPOSTPR and SMF are told. `secret` arguments are
    masked wherever they are shown.
    """

    verb: str
    run: Callable[[Session, str], Handler]
    argument: Argument = Argument.REQUIRED
    aliases: tuple[str, ...] = ()
    login: bool = True
    before_login: str = "login.first"
    data: bool = False
    transfer: bool = False
    secret: bool = False
    listed: bool = True
    implemented: bool = True
    help: str = ""
    source: str = ""
