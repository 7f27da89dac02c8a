"""STOR, APPE, STOU: take what the client sends.

Source: zos-ftp-server.md 1.10, 5.3; jes-and-jcl.md 1.2.
Rules: the sink commits only when everything has come and the data connection has ended in order; any error
discards, but for what a sink has confirmed (110 MARK).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from zftpd.commands.row import Argument, Command
from zftpd.commands.transferring import check_data, finish
from zftpd.commands.waiting import opened
from zftpd.effects import CloseData, Handler, OpenData
from zftpd.filetypes import pipes
from zftpd.filetypes.table import filetype_of
from zftpd.session import Session


def _storing(verb: str) -> Callable[[Session, str], Handler]:
    """Return the handler of one of the three verbs."""

    def store(session: Session, arg: str) -> Handler:
        """Store under the name that the argument gives."""
        check_data(session)
        pipes.check_filetype(session, arg, verb)
        with ExitStack() as stack:
            stack.callback(finish, session)
            sink = yield from opened(session, stack, lambda: filetype_of(session).sink(session, arg, verb))
            yield from sink.connect()
            yield sink.opening
            chunks = yield OpenData("in")
            yield from sink.receive(chunks)
            yield CloseData()
        yield sink.closing()

    return store


COMMANDS = (
    Command(
        "STOR",
        _storing("STOR"),
        before_login="login.not",
        data=True,
        transfer=True,
        help="STOR name: stores a data set, member or file, or submits a job.",
        source="ZREF",
    ),
    Command(
        "APPE",
        _storing("APPE"),
        before_login="login.not",
        data=True,
        transfer=True,
        help="APPE name: adds to a data set, member or file.",
        source="ZREF",
    ),
    Command(
        "STOU",
        _storing("STOU"),
        Argument.OPTIONAL,
        before_login="login.not",
        data=True,
        transfer=True,
        help="STOU [name]: stores under a name that nothing has yet.",
        source="ZREF",
    ),
)
