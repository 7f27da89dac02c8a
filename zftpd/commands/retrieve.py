"""RETR: send a data set, member, z/OS UNIX file or spool file.

Source: zos-ftp-server.md 1.10, 5.2.
Rules: everything that can be refused is refused before the 125.
"""

from __future__ import annotations

from contextlib import ExitStack

from zftpd.commands.row import Command
from zftpd.commands.transferring import check_data, finish
from zftpd.commands.waiting import opened
from zftpd.effects import CloseData, Handler, OpenData, Transmit
from zftpd.filetypes import pipes
from zftpd.filetypes.table import filetype_of
from zftpd.session import Session


def retrieve(session: Session, arg: str) -> Handler:
    """Send what the argument names."""
    check_data(session)
    pipes.check_filetype(session, arg, "RETR")
    with ExitStack() as stack:
        stack.callback(finish, session)
        source = yield from opened(session, stack, lambda: filetype_of(session).source(session, arg))
        yield from source.connect()
        yield source.opening
        yield OpenData("out")
        session.transfer.bytes = yield Transmit(source.chunks, source.fileno, source.length)
        yield CloseData()
        closing = source.closing()
    yield closing


COMMANDS = (
    Command(
        "RETR",
        retrieve,
        before_login="login.not",
        data=True,
        transfer=True,
        help="RETR name: sends a data set, member, file or spool file.",
        source="ZREF",
    ),
)
