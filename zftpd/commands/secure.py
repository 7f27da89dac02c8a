"""The security extensions: AUTH, PBSZ, PROT, CCC, ADAT.

Source: zos-ftp-server.md 7; RFC 2228, RFC 4217; [CR] TLSRFCLEVEL, SECURE_CTRLCONN, SECURE_DATACONN.
Rules: what was sent in clear behind AUTH is never obeyed (the network drops it). AUTH SSL and TLS-P protect the data
connection at once, unless SECURE_DATACONN is NEVER; AUTH TLS and TLS-C need PBSZ and PROT.
"""

from __future__ import annotations

from zftpd.commands.access import reset
from zftpd.commands.row import Argument, Command
from zftpd.effects import Handler, StartTls, StopTls
from zftpd.errors import Refused
from zftpd.protocol.wording import reply
from zftpd.session import DataState, Session

PRIVATE_MECHANISMS = frozenset({"SSL", "TLS-P"})
MECHANISMS = frozenset({"TLS", "TLS-C"}) | PRIVATE_MECHANISMS
LEVELS = frozenset({"C", "P", "S", "E"})


def auth(session: Session, arg: str) -> Handler:
    """Put the control connection under TLS."""
    secure, mechanism = session.secure, arg.upper()
    if secure.implicit:
        raise Refused("auth.implicit")
    if secure.facts is not None:
        raise Refused("auth.done")
    if mechanism not in MECHANISMS or "AUTH_TLS" not in session.settings.extensions:
        raise Refused("auth.mechanism")
    if not secure.available:
        raise Refused("auth.unavailable")
    yield reply("auth.ok")
    secure.facts = yield StartTls()
    secure.mechanism = mechanism
    session.data = protected_at_once(session) if mechanism in PRIVATE_MECHANISMS else DataState()
    if session.settings.tlsrfclevel != "DRAFT":
        reset(session)  # RFC 4217 section 4: a login in clear does not count


def protected_at_once(session: Session) -> DataState:
    """Return the state of data connections that need no PROT; where they are never protected they are in clear [assumed]."""
    return DataState(pbsz=True, prot="C" if session.settings.secure_dataconn == "NEVER" else "P")


def buffer_size(session: Session, arg: str) -> Handler:
    """Take the protection buffer size, which TLS does not need: any size is accepted."""
    if session.secure.facts is None:
        raise Refused("pbsz.first")
    if not (arg.isascii() and arg.isdecimal() and int(arg) < 2**32):
        raise Refused("pbsz.syntax")
    session.data.pbsz = True
    yield reply("pbsz.ok")


def protection(session: Session, arg: str) -> Handler:
    """Choose how data connections are protected."""
    level, wanted = arg.upper(), session.settings.secure_dataconn
    if session.secure.facts is None:
        raise Refused("pbsz.first")
    if session.secure.left:
        raise Refused("prot.ccc")
    if level not in LEVELS:
        raise Refused("prot.level")
    if not session.data.pbsz:
        raise Refused("prot.first")
    if level in {"S", "E"} or (level == "C" and wanted in {"SAFE", "PRIVATE"}) or (level == "P" and wanted == "NEVER"):
        raise Refused("prot.refused")
    session.data.prot = level
    yield reply(f"prot.ok.{level}")


def clear_control(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Take the control connection out of TLS again; data connections stay as PROT has set them."""
    settings = session.settings
    if session.secure.implicit:
        raise Refused("ccc.implicit")
    if session.secure.facts is None or session.secure.left:
        raise Refused("pbsz.first")
    if settings.secure_ctrlconn in {"SAFE", "PRIVATE"}:
        raise Refused("ccc.refused")
    yield reply("ccc.ok")
    yield StopTls(notify=settings.tlsrfclevel != "CCCNONOTIFY")
    session.secure.left = True


def security_data(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Refuse: only GSSAPI sends security data, and that mechanism is not offered."""
    raise Refused("adat.first")
    yield  # a handler is a generator


COMMANDS = (
    Command("AUTH", auth, login=False, help="AUTH {TLS|SSL|TLS-C|TLS-P}: secures the control connection.", source="CODES"),
    Command("PBSZ", buffer_size, login=False, help="PBSZ 0: sets the protection buffer size.", source="CODES"),
    Command("PROT", protection, login=False, help="PROT {C|P}: sets the protection of data connections.", source="CODES"),
    Command("CCC", clear_control, Argument.NONE, help="CCC: makes the control connection clear again.", source="CODES"),
    Command("ADAT", security_data, Argument.OPTIONAL, login=False, help="ADAT data: belongs to AUTH GSSAPI.", source="CODES"),
)
