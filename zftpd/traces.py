"""DEBUG and DUMP: traces of one session, as console messages.

Source: [CR] DEBUG, DUMP, TRACE; [UG] SITE DEBUG. CMD: commands and replies; PAR: what a command changed in the settings;
INT: begin and end of commands; FLO: every effect; SOC: data connections; SEC: TLS; FSC: data sets and files; JES: jobs;
ACC: sign-ons.
Not here: SQL, of which there is none, and UTL. Dump IDs have no storage to show: any of them shows the bytes of the control
connection in hexadecimal.
Rules: a wrapper around a handler; it changes nothing and costs nothing while no trace is on. Secret arguments are masked.
"""

from __future__ import annotations

from typing import Any

from zftpd.effects import AimAt, CloseData, Effect, Handler, Listen, OpenData, StartTls, StopTls, Transmit
from zftpd.messages import message
from zftpd.params.settings import Settings
from zftpd.protocol.reply import Reply
from zftpd.session import Session

_SOCKET = (OpenData, CloseData, Listen, AimAt, Transmit)
_SIGN_ON = {"USER", "PASS", "ACCT", "REIN"}


def is_on(settings: Settings) -> bool:
    """Tell whether anything is traced."""
    return bool(settings.debug or settings.dump)


def tell(session: Session, kind: str, text: str) -> None:
    """Send one line of trace when its kind is on."""
    if kind in session.settings.debug or (kind == "DUMP" and session.settings.dump):
        session.server.console(message("trace", session=session.id, kind=kind, text=text))


def traced(handler: Handler, session: Session, verb: str, shown: str) -> Handler:
    """Pass a command's effects on and trace them."""
    before = session.settings
    tell(session, "CMD", f"{verb} {shown}".rstrip())
    tell(session, "INT", f"{verb} begins, user {session.userid or 'none'}")
    tell(session, "DUMP", f"{verb} {shown}".rstrip().encode().hex(" ", 4))
    answer: Any = None
    error: BaseException | None = None
    try:
        while True:
            effect = handler.throw(error) if error is not None else handler.send(answer)
            _effect(session, effect)
            answer, error = None, None
            try:
                answer = yield effect
            except Exception as failure:
                error = failure
                tell(session, "FLO", f"{type(effect).__name__} failed: {failure}")
    except StopIteration:
        _end(session, verb, before)
    finally:
        handler.close()


def _effect(session: Session, effect: Effect) -> None:
    """Trace one effect."""
    tell(session, "FLO", type(effect).__name__)
    if isinstance(effect, Reply):
        for line in effect.wire("utf-8").decode("utf-8").splitlines():
            tell(session, "CMD", f">>> {line}")
        tell(session, "DUMP", effect.wire("utf-8").hex(" ", 4))
    elif isinstance(effect, _SOCKET):
        where = f" {effect.host} {effect.port}" if isinstance(effect, AimAt) else ""
        direction = f" {effect.direction}" if isinstance(effect, OpenData) else ""
        tell(session, "SOC", f"{type(effect).__name__}{direction}{where}")
    elif isinstance(effect, (StartTls, StopTls)):
        tell(session, "SEC", type(effect).__name__)


def _end(session: Session, verb: str, before: Settings) -> None:
    """Trace what a command has left behind."""
    transfer = session.transfer
    for name in Settings.__slots__:
        if getattr(session.settings, name) != getattr(before, name):
            tell(session, "PAR", f"{name.upper()} is {getattr(session.settings, name)!r}")
    if verb in _SIGN_ON:
        tell(session, "ACC", f"{verb}: user {session.userid or 'none'}, failures {session.failures}")
    if session.secure.facts is not None and verb == "AUTH":
        tell(session, "SEC", f"{session.secure.facts.version} {session.secure.facts.cipher}")
    if transfer.filetype == "JES" and (transfer.jobid or transfer.name):
        tell(session, "JES", f"{verb} {transfer.jobid or transfer.name}")
    elif transfer.name:
        tell(session, "FSC", f"{verb} {transfer.name} {transfer.bytes} bytes, {transfer.records} records")
    tell(session, "INT", f"{verb} ends with {session.last_reply.code if session.last_reply else 'no reply'}")
