"""What can go wrong on the FTP side itself: facts only, no reply wording.

Rules: words are given in protocol/replymap.py; `Refused` names the text that says it, for refusals that belong to one
command and to no data set, user or job.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class FtpError(Exception):
    """Any refusal or failure of the FTP side."""


class Refused(FtpError):
    """A command is refused in the words of one text."""

    def __init__(self, text_id: str, /, **facts: Any) -> None:
        """Remember which text says it and what fills its holes."""
        super().__init__(text_id)
        self.text_id = text_id
        self.facts = facts


class OptionRefused(Refused):
    """LIST does not know an option. The data connection stays: wget tries `LIST -a` first and lists again over the same one."""


@dataclass
class UnknownHome(FtpError):
    """`~user` names a user without a home directory."""

    user: str


@dataclass
class DataConnectionFailed(FtpError):
    """The data connection could not be opened. `reason`: open, range, peer, handshake, reuse, unprotected."""

    reason: str = "open"


@dataclass
class DataConnectionLost(FtpError):
    """The data connection broke while it carried data. `reason`: lost, receive, send, timeout."""

    reason: str = "lost"


class TransferAborted(FtpError):
    """The client sent ABOR while data was on its way."""


class ServerStopping(FtpError):
    """The server shuts down while data is on its way."""


class ControlLost(FtpError):
    """The control connection is gone; nobody can be answered."""


@dataclass
class HandshakeFailed(FtpError):
    """The control connection did not come under TLS."""

    reason: str = ""


@dataclass
class ExitRefused(FtpError):
    """A user exit said no. `lines` are its own words, if it has any."""

    point: str
    text_id: str
    lines: tuple[str, ...] = ()


@dataclass
class UniqueNameExhausted(FtpError):
    """STOU found no free name. `kind`: dataset, member or file."""

    kind: str
    name: str


@dataclass
class EmptyListing(FtpError):
    """LIST or NLST found nothing. `kind`: datasets, members, files, jobs, pds."""

    kind: str
    name: str = ""
