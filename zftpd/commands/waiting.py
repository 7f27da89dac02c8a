"""DSWAITTIME: a transfer waits for who holds its data set, and the client is told.

Source: zos-ftp-server.md 5.7; [CR] DSWAITTIME, DSWAITTIMEREPLY; [CODES 125].
Rules: one attempt a minute; 125- lines at once and every DSWAITTIMEREPLY seconds; the holder is named only at security level 0.
The wait ends when the client gives up or leaves. A wait in vain ends the 125 lines with one of their own before the 450,
since a client that has seen 125- waits for 125 with a blank.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from typing import Any, TypeVar

from mvsfs.errors import DatasetInUse
from zftpd.effects import Effect, Pause
from zftpd.protocol.reply import Reply
from zftpd.protocol.replymap import ENQ
from zftpd.protocol.wording import lines, reply
from zftpd.session import Session

T = TypeVar("T")
MINUTE = 60


def opened(session: Session, stack: ExitStack, make: Callable[[], AbstractContextManager[T]]) -> Generator[Effect, Any, T]:
    """Open what `make` gives and leave its closing to the stack. Raises DatasetInUse when the time is over."""
    attempts = session.settings.dswaittime
    while True:
        try:
            return stack.enter_context(make())
        except DatasetInUse as error:
            if not attempts:
                if session.settings.dswaittime:
                    yield reply("wait.retry", attempts=0)
                raise
            yield from _minute(session, error, attempts)
            attempts -= 1


def _minute(session: Session, error: DatasetInUse, attempts: int) -> Generator[Effect, Any, None]:
    """Tell the client and wait until the next attempt."""
    left = MINUTE
    while left:
        yield _told(session, error, attempts)
        pause = min(left, session.settings.dswaittimereply)
        yield Pause(pause)
        left -= pause


def _told(session: Session, error: DatasetInUse, attempts: int) -> Reply:
    """Return the lines about the holder and the attempts that are left."""
    wanted, held = ENQ.get(error.wanted, error.wanted), ENQ.get(error.held, error.held)
    if session.settings.replysecuritylevel:
        first = lines("wait.noholder", wanted=wanted, dsname=error.dsname)
    else:
        facts = {"asid": error.holder_asid, "jobname": error.holder_jobname, "held": held, "qname": error.qname}
        first = lines("wait.holder", wanted=wanted, dsname=error.dsname, **facts)
    return replace(reply("wait.retry", attempts=attempts).after(*first), more=True)
