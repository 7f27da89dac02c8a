"""What can go wrong with jobs: facts only, no message wording.

Rules: every class carries its facts as attributes and a plain `__str__`. Job log texts are made from them in
jes/messages.py, FTP replies in zftpd. A class exists when a caller or a text distinguishes it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class JesError(Exception):
    """Any refusal or failure of the job side."""

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if not name.startswith("_"))
        return f"{type(self).__name__}({facts})"


@dataclass
class JobNotFound(JesError):
    """No job has this id, or the requester may not see that it exists."""

    jobid: str


@dataclass
class SpoolFileNotFound(JesError):
    """The job has no such spool file. `wanted` is the number, key or data set name that was asked for."""

    jobid: str
    wanted: str


@dataclass
class JobNotAuthorized(JesError):
    """SAF refused. `saf_class` is JESSPOOL, JESJOBS, SURROGAT or OPERCMDS; `wanted` the access name."""

    userid: str
    saf_class: str
    resource: str
    wanted: str


@dataclass
class JobStillRunning(JesError):
    """A wait ended before the job did."""

    jobid: str
    seconds: float


@dataclass
class JobNumbersExhausted(JesError):
    """Every number of the range is in use."""

    low: int
    high: int


@dataclass
class WrongState(JesError):
    """The command does not fit the job's state (release of a job that is not held ...)."""

    jobid: str
    state: str
    command: str


@dataclass
class ReaderClosed(JesError):
    """A record was put into an internal reader that has been closed or discarded."""


@dataclass
class Abend(JesError):
    """A step ends abnormally. `code` is three hex digits of a system code ("806") or "U" and four digits ("U0100").

    `reason` is the reason code; `texts` are job log lines that the failing service issues before IEF450I, without
    time stamp ("IEC141I 013-18,IGG0191B,..."), given as (message key, facts) rows of jes/messages.py.
    """

    code: str
    reason: int = 0
    messages: tuple[tuple[str, dict[str, object]], ...] = ()

    @property
    def is_user(self) -> bool:
        """Tell whether it is a user completion code."""
        return self.code.upper().startswith("U")

    @property
    def system_code(self) -> str:
        """The three digits of the system code, 000 for a user abend."""
        return "000" if self.is_user else self.code.upper().removeprefix("S").rjust(3, "0")

    @property
    def user_code(self) -> int:
        """The user code, 0 for a system abend."""
        return int(self.code[1:]) if self.is_user else 0


@dataclass
class AllocationRefused(JesError):
    """Step allocation failed: the job ends with a JCL error. `key` names the message row, `facts` fill it."""

    key: str
    facts: dict[str, object]
