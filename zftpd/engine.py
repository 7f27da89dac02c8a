"""Drives one command from its line to its last reply: states, exits, errors to replies, accounting. No sockets.

Source: zos-ftp-server.md 1.3, 1.4; jes-and-jcl.md 2.6 for the order of exits.
Rules: this file holds the only `except` that turns errors into replies. Handlers use `with` for closing and nothing else.
"""

from __future__ import annotations

import traceback
from collections.abc import Generator
from typing import Any

from zftpd import accounting, traces, xlate
from zftpd.attls.failures import line_of
from zftpd.commands.row import Argument, Command
from zftpd.commands.secure import protected_at_once
from zftpd.effects import DropData, Effect, Handler, Hangup, StartTls
from zftpd.errors import ControlLost, DataConnectionLost, ExitRefused, FtpError, HandshakeFailed, OptionRefused, Refused
from zftpd.exits.points import FTCHKCMD, FTCHKIP
from zftpd.filters import filters
from zftpd.greeting import greeting
from zftpd.messages import message
from zftpd.protocol.lines import MAX_LINE, TooLong, parse
from zftpd.protocol.reply import Reply
from zftpd.protocol.replymap import reply_for, row_for
from zftpd.protocol.wording import reply
from zftpd.session import Session, TransferFacts
from zftpd.transcript import MASK


class Engine:
    """The server's side of one control connection."""

    def __init__(self, session: Session) -> None:
        """Take charge of a session that has just begun."""
        self.session = session

    def open(self) -> Handler:
        """Greet, unless FTCHKIP rejects the connection."""
        xlate.use_control(self.session)
        verdict = self.session.server.exits.call(FTCHKIP(self.session.area))
        if verdict.accepted:
            yield from self._relay(greeting(self.session))
            return
        yield from self._say(reply("ip.denied"))
        yield from self._hang_up()

    def command(self, line: bytes | TooLong) -> Handler:
        """Run one line that the client sent."""
        session = self.session
        if isinstance(line, TooLong):
            yield from self._say(reply("verb.toolong", limit=MAX_LINE))
            return
        session.control_bytes += len(line) + 2
        verb, argument = parse(self._decode(line))
        if not verb:
            yield from self._say(reply("verb.unknown", verb=""))
            return
        row = session.server.commands.get(verb)
        if session.transcript is not None:
            session.transcript.client(verb, argument, secret=row is not None and row.secret)
        session.transfer = TransferFacts(verb, argument, filetype=session.settings.filetype, started=session.server.now())
        handler = self._obey(row, verb, argument)
        if traces.is_on(session.settings):
            handler = traces.traced(handler, session, verb, MASK if row is not None and row.secret else argument)
        before = session.last_reply
        try:
            yield from handler
        except ControlLost as error:
            if row is not None and row.transfer:
                self._lost(row.verb, error, answered=session.last_reply is not before)
            raise
        if row is not None and row.transfer:
            accounting.ended(session)

    def _lost(self, verb: str, error: ControlLost, *, answered: bool) -> None:
        """Account for a transfer whose client went away: before its end, or before it could hear of it."""
        session = self.session
        session.transfer.failure = None if answered else error
        session.transfer.unheard = answered
        if not answered:
            session.last_reply = session.server.persona.word(reply_for(DataConnectionLost(), verb, name=session.transfer.name))
        accounting.ended(session)

    def _obey(self, row: Command | None, verb: str, argument: str) -> Handler:
        """Run a command and answer for what goes wrong."""
        try:
            yield from self._run(row, verb, argument)
        except ControlLost:
            raise
        except HandshakeFailed as error:
            self.tell(error)
            yield from self._hang_up()
        except Exception as error:
            yield from self._refuse(row, verb, error)

    def secure(self) -> Handler:
        """Begin with TLS, without AUTH: the client came to the secure port."""
        session = self.session
        try:
            session.secure.facts = yield StartTls()
        except HandshakeFailed as error:
            self.tell(error)
            yield from self._hang_up()
            return
        session.secure.mechanism = "TLS-P"
        session.data = protected_at_once(session)

    def idle(self) -> Handler:
        """Say goodbye to a client that has been silent too long."""
        yield from self._say(reply("idle.timeout"))
        yield from self._hang_up()

    def shutdown(self) -> Handler:
        """Say goodbye because the server stops."""
        yield from self._say(reply("shutdown"))
        yield from self._hang_up()

    def _decode(self, line: bytes) -> str:
        """Return the line as text; a byte that the control connection's page lacks stays visible in a reply."""
        return line.decode(self.session.encoding, "replace").replace("\0", "")

    def _run(self, row: Command | None, verb: str, argument: str) -> Handler:
        """Check that the command may run now, ask FTCHKCMD, and run it."""
        session = self.session
        if row is None:
            raise Refused("verb.unknown", verb=_printable(verb))
        argument = self._exit(row, argument)
        if row.login and not session.is_signed_on:
            raise Refused(row.before_login)
        if not row.implemented:
            raise Refused("verb.notimplemented", verb=verb)
        if row.argument is Argument.REQUIRED and not argument:
            raise Refused("verb.missing", verb=verb)
        yield from self._relay(row.run(session, argument))

    def _exit(self, row: Command, argument: str) -> str:
        """Return the argument, as FTCHKCMD leaves it. Raises ExitRefused."""
        session = self.session
        if not session.server.exits.has("FTCHKCMD"):
            return argument
        realm = "HFS" if session.location.realm == "UNIX" else "MVS"
        shown = "" if row.secret else argument
        point = FTCHKCMD(session.userid, row.verb, shown, realm, session.settings.filetype, str(session.location), session.area)
        verdict = session.server.exits.call(point)
        if not verdict.accepted:
            raise ExitRefused("FTCHKCMD", "verb.denied", tuple(verdict.text.splitlines()))
        if verdict.argument is None or row.secret:
            return argument
        session.transfer.argument = verdict.argument
        return verdict.argument

    def _relay(self, handler: Handler) -> Handler:
        """Pass on what a handler wants, wording its replies and remembering the last."""
        answer: Any = None
        error: BaseException | None = None
        try:
            while True:
                effect = handler.throw(error) if error is not None else handler.send(answer)
                answer, error = None, None
                try:
                    answer = yield self._worded(effect)
                except Exception as failure:  # of the effect, or of a conversion that ran inside it
                    error = failure
        except StopIteration:
            return
        finally:
            handler.close()

    def _worded(self, effect: Effect) -> Effect:
        """Return a reply in the persona's words, any other effect as it is."""
        if isinstance(effect, Reply):
            worded = self.session.server.persona.word(effect)
            if worded.code >= 200:
                self.session.last_reply = worded
            return worded
        if isinstance(effect, Hangup):
            self.session.hung_up = True
        return effect

    def _say(self, said: Reply) -> Generator[Effect, Any, None]:
        yield self._worded(said)

    def tell(self, error: HandshakeFailed, *, aware: bool = True) -> None:
        """Tell of a handshake that failed: the server where it is `aware` of TLS, and AT-TLS where a policy is behind it."""
        session = self.session
        if aware:
            session.server.console(message("handshake.failed", client=session.client[0], reason=error.reason))
        line = line_of(session, error.reason, session.server.now())
        if line is not None:
            session.server.console(line)

    def _hang_up(self) -> Handler:
        self.session.hung_up = True
        yield Hangup()

    def _refuse(self, row: Command | None, verb: str, error: Exception) -> Handler:
        """Give up a data connection that was asked for, and answer in words."""
        session = self.session
        session.transfer.failure = error
        if row is not None and row.data and not isinstance(error, OptionRefused):
            yield DropData()
        if not isinstance(error, (FtpError,)) and row_for(error, verb) is None:
            told = "".join(traceback.format_exception(error)).rstrip()
            session.server.console(message("internal", session=session.id, verb=verb, traceback=told))
        name = session.transfer.name
        job = session.transfer.jobid or session.transfer.argument.upper()
        path = session.transfer.path or name
        known = {"name": name, "path": path, "userid": session.userid, "jobid": job, **filters(session)}
        known["securitylevel"] = session.settings.replysecuritylevel
        shown = row.verb if row is not None else verb
        yield from self._say(reply_for(error, shown, **known))


def _printable(verb: str) -> str:
    """Return an unknown verb as it may be shown: control characters as dots, cut to a sensible length."""
    return "".join(char if char.isprintable() else "." for char in verb[:64])
