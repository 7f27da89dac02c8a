"""What is told after a transfer: the SMF record and FTPOSTPR.

Source: jes-and-jcl.md 2.5, 2.6: the record is cut, then the exit hears of the reply that was sent; it cannot change it.
Rules: nothing here may change the outcome of a transfer or end a session.
"""

from __future__ import annotations

from jes.errors import JesError
from mvsfs.errors import MvsError
from saf.errors import SafError
from zftpd.exits.points import FTPOSTPR
from zftpd.messages import message
from zftpd.session import UNIX, Session


def ended(session: Session) -> None:
    """Tell SMF and FTPOSTPR that the session's transfer has ended, well or not."""
    server, transfer = session.server, session.transfer
    transfer.ended = server.now()
    if session.last_reply is None or not session.is_signed_on:
        return
    if server.smf is not None:
        try:
            server.smf.transfer(session)
        except (MvsError, OSError) as error:
            server.console(message("smf.failed", session=session.number, reason=error))
    _postprocess(session)


def _postprocess(session: Session) -> None:
    """Call FTPOSTPR and submit the jobs that it asks for."""
    server, transfer, said = session.server, session.transfer, session.last_reply
    verdict = server.exits.call(
        FTPOSTPR(
            userid=session.userid,
            directory_type="HFS" if session.location.realm == UNIX else "MVS",
            directory=str(session.location),
            filetype=session.settings.filetype,
            reply_code=said.code,
            reply=said.text,
            command=transfer.verb,
            conddisp=session.settings.conddisp[:1],
            reason=0 if said.code < 400 else 8,
            name=transfer.name,
            bytes=transfer.bytes,
            session=session.area,
        )
    )
    for job in verdict.jobs:
        try:
            server.jes.submit(session.acee, job)
        except (JesError, SafError, MvsError) as error:
            server.console(message("exit.job", session=session.number, reason=error))
