"""What an SMF record says, gathered from a session into plain values; and which records the settings ask for.

Source: zos-ftp-server.md 6.8, 8.2; [CR] SMF, SMFAPPE ... statements.
Rules: pure. A statement of an event wins over SMF; without either nothing is written for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from zftpd.params.sets import SmfWanted
from zftpd.params.settings import Settings

if TYPE_CHECKING:
    from zftpd.session import Session

#: Verb -> (operation code of type 119, statement, standard subtype of type 118).
EVENTS = {
    "APPE": (1, "smfappe", 70),
    "DELE": (2, "smfdel", 71),
    "RNTO": (3, "smfren", 73),
    "RETR": (4, "smfretr", 74),
    "STOR": (5, "smfstor", 75),
    "STOU": (6, "smfstor", 75),
}
LOGIN = ("smflogn", 72)
NOTHING = SmfWanted()


@dataclass(frozen=True, slots=True)
class Protection:
    """How the session was secured: the security section."""

    mechanism: str = "N"
    control: str = "N"
    data: str = "N"
    login: str = "P"
    protocol: str = ""
    cipher: str = ""


@dataclass(frozen=True, slots=True)
class SmfFacts:
    """One transfer, delete or rename. Times are local; addresses are text."""

    verb: str
    userid: str
    client: tuple[str, int]
    server: tuple[str, int]
    data_client: tuple[str, int]
    data_server: tuple[str, int]
    filetype: str
    wire: tuple[str, str, str]  # type, mode, structure
    dataset_type: str  # S P H
    started: datetime
    ended: datetime
    bytes: int
    reply: int
    name: str
    member: str = ""
    name2: str = ""
    member2: str = ""
    hostname: str = ""
    asid: int = 0
    protection: Protection = Protection()
    session: str = ""
    connection: int = 0  # of the control connection, as NETSTAT shows it


@dataclass(frozen=True, slots=True)
class LoginFailure:
    """A PASS that was refused. `reason` is the number that the record shows."""

    userid: str
    client: tuple[str, int]
    server: tuple[str, int]
    reason: int
    when: datetime
    asid: int = 0
    protection: Protection = Protection()


#: What makes a login fail: error class of saf -> reason. 1 password, 2 expired, 3 revoked, 4 no access to the server, 5 other.
REASONS = {
    "PasswordWrong": 1,
    "UserNotDefined": 1,
    "PasswordExpired": 2,
    "UserRevoked": 3,
    "ApplNotAuthorized": 4,
    "NewPasswordInvalid": 6,
}
OTHER_REASON = 5


def wanted(settings: Settings, statement: str, subtype: int) -> SmfWanted:
    """Return what the settings ask for at an event; the standard subtype stands in for SMF STD."""
    own = getattr(settings, statement)
    if isinstance(own, SmfWanted):
        return own
    general = settings.smf
    if general is None:
        return NOTHING
    return SmfWanted(subtype if general.subtype118 == 0 else general.subtype118, general.type119)


def wanted_for(settings: Settings, verb: str, filetype: str) -> SmfWanted:
    """Return what is asked for after a command; JES and SQL transfers need their own statement besides."""
    event = EVENTS.get(verb)
    if event is None or (filetype == "JES" and not settings.smfjes) or (filetype == "SQL" and not settings.smfsql):
        return NOTHING
    return wanted(settings, event[1], event[2])


def of_session(session: Session) -> SmfFacts:
    """Return the facts of the session's last transfer."""
    transfer, wire, server = session.transfer, session.wire, session.server
    ended = transfer.ended or server.now()
    dataset_type = "H" if transfer.path else "P" if transfer.member else "S"
    to_name, _, to_member = (
        transfer.to_name.partition("(") if not transfer.to_name.startswith("/") else (transfer.to_name, "", "")
    )
    return SmfFacts(
        verb=transfer.verb,
        userid=session.userid,
        client=session.client,
        server=session.local,
        data_client=transfer.data_ends[1],
        data_server=transfer.data_ends[0],
        filetype=transfer.filetype,
        wire=(wire.type, wire.mode, wire.stru),
        dataset_type=dataset_type,
        started=transfer.started or ended,
        ended=ended,
        bytes=transfer.bytes,
        reply=session.last_reply.code if session.last_reply else 0,
        name=transfer.path or transfer.dsname,
        member=transfer.member,
        name2=to_name,
        member2=to_member.rstrip(")"),
        hostname=session.client[0],
        asid=session.asid,
        protection=protection_of(session),
        session=session.id,
        connection=session.number,
    )


def protection_of(session: Session) -> Protection:
    """Return how the session is secured now."""
    tls = session.secure.facts
    return Protection(
        mechanism="N" if tls is None else "A" if session.settings.tlsmechanism == "ATTLS" else "T",
        control="P" if session.is_protected else "N",
        data="P" if session.data.prot == "P" else "C" if tls else "N",
        login="C" if tls and tls.certificate and tls.validated else "P",
        protocol=tls.version if tls else "",
        cipher=tls.cipher if tls else "",
    )


def login_failure(session: Session, error: Exception) -> LoginFailure:
    """Return the facts of a refused login."""
    reason = next((REASONS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in REASONS), OTHER_REASON)
    ends = (session.client, session.local)
    return LoginFailure(session.user_named, *ends, reason, session.server.now(), session.asid, protection_of(session))
