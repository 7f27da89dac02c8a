"""What security can refuse: facts only, no message wording.

Rules: every class carries its facts as attributes and a plain English `__str__`. RACF messages are made from these facts in
saf/messages.py, FTP replies in zftpd/protocol/replymap.py. A class exists when a caller or a text distinguishes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from saf.access import Access


@dataclass
class SafError(Exception):
    """Any refusal or failure of the security side."""

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if not name.startswith("_"))
        return f"{type(self).__name__}({facts})"


@dataclass
class UserNotDefined(SafError):
    """There is no such user."""

    userid: str


@dataclass
class PasswordWrong(SafError):
    """The password or phrase is not the user's; also for a user without any (PROTECTED)."""

    userid: str
    failures: int = 0


@dataclass
class PasswordExpired(SafError):
    """The password or phrase is right and too old, and no new one was given."""

    userid: str
    phrase: bool = False


@dataclass
class UserRevoked(SafError):
    """The user may not sign on. `reason`: revoked, failures (this attempt was the last one), inactive, date, group."""

    userid: str
    reason: str = "revoked"


@dataclass
class NewPasswordInvalid(SafError):
    """The new password is refused. `rule`: length, character, history, same, userid, syntax, verify, interval."""

    userid: str
    rule: str
    phrase: bool = False


@dataclass
class GroupNotConnected(SafError):
    """The user is not connected to the group asked for, or that connection is revoked."""

    userid: str
    group: str


@dataclass
class ApplNotAuthorized(SafError):
    """The user may not use the application."""

    userid: str
    applid: str


@dataclass
class EntryNotAuthorized(SafError):
    """The user may not come in through a port of entry: a terminal, a security zone of the network, a JES input device."""

    userid: str
    saf_class: str
    resource: str


@dataclass
class NotAuthorized(SafError):
    """The user lacks the access asked for."""

    userid: str
    saf_class: str
    resource: str
    wanted: Access
    held: Access
    profile: str | None = None


@dataclass
class SurrogateNotAuthorized(SafError):
    """The submitter may not act for the user."""

    submitter: str
    userid: str


@dataclass
class CertificateRefused(SafError):
    """A certificate does not sign anybody on, or not the user it should.

    `reason`: unreadable, not-mapped, not-trusted, expired; for whoever compares with a name: missing, another-user.
    """

    reason: str
    subject: str = ""
    issuer: str = ""
    serial: str = ""


@dataclass
class RingNotFound(SafError):
    """There is no such key ring."""

    owner: str
    ring: str


@dataclass
class RingNotAuthorized(SafError):
    """The user may not read that key ring."""

    userid: str
    owner: str
    ring: str


@dataclass
class KeyStoreClosed(SafError):
    """A private key cannot be read or written because the key that protects it is missing or another one."""

    reason: str


@dataclass
class OperandError(SafError):
    """A command cannot be understood. `rule` names the parser's complaint, `text` what it is about."""

    rule: str
    text: str = ""
    name: str = ""


@dataclass
class CommandRefused(SafError):
    """A command is understood and refused: the id of a message and the facts that fill it."""

    message: str
    facts: dict[str, object] = field(default_factory=dict)
    rc: int = 8
