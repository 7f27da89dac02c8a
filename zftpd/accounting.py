"""What is told after a transfer: the SMF record and FTPOSTPR.

Source: jes-and-jcl.md 2.5, 2.6: the record is cut, then the exit hears of the reply that was sent; it cannot change it.
Rules: nothing here may change the outcome of a transfer or end a session.
"""

from __future__ import annotations

from jes.errors import JesError
from mvsfs.errors import MvsError
from mvsfs.sentences import sentence
from saf.errors import SafError
from zftpd.exits.points import FTPOSTPR
from zftpd.messages import message
from zftpd.session import UNIX, Session
from zftpd.transfer.assembly import EndMissing

#: Replies from here on refuse.
FAILED = 400
CONFIDENCE = {0: "High", 1: "NoEOF", 2: "Low", 3: "Unknown", 9: "Inactive"}
#: The levels that are reported: all but Inactive.
LEVELS = frozenset({0, 1, 2, 3})
#: Commands that carry data; DELE and RNTO have no confidence level.
TRANSFERS = frozenset({"RETR", "STOR", "STOU", "APPE"})


def ended(session: Session) -> None:
    """Tell SMF and FTPOSTPR that the session's transfer has ended, well or not."""
    server, transfer = session.server, session.transfer
    transfer.ended = server.now()
    if session.last_reply is None or not session.is_signed_on:
        return
    if server.hears(bool(session.anonymous)):
        _log(session)
    if server.smf is not None:
        server.smf.transfer(session)
    _postprocess(session)


def _log(session: Session) -> None:
    """Write the activity log: how the transfer ended, the job that it submitted, how sure we are."""
    transfer, code = session.transfer, session.last_reply.code
    facts = {"session": session.id, "verb": transfer.verb, "name": transfer.name, "anonymous": bool(session.anonymous)}
    outcome = "transfer.ok" if code < FAILED else "transfer.failed"
    session.server.console(message(outcome, bytes=transfer.bytes, code=code, **facts))
    if transfer.jobid and transfer.filetype == "JES" and code < FAILED:
        session.server.console(message("submitted", session=session.id, jobid=transfer.jobid))
    level = confidence(session)
    if level in LEVELS:
        session.server.console(message("confidence", level=CONFIDENCE[level], **facts))


def confidence(session: Session) -> int:
    """Return how sure the server is that the transfer was complete, as a key of CONFIDENCE.

    No end of file in STRU R, MODE B or C is NoEOF, any other failure Low; Unknown is a transfer that ended well here, but
    whose client was gone when it should have heard so.
    """
    transfer = session.transfer
    if not session.settings.chkconfidence or transfer.verb not in TRANSFERS:
        return 9
    if isinstance(transfer.failure, EndMissing):
        return 1
    if transfer.unheard:
        return 3
    return 0 if session.last_reply.code < FAILED else 2


def _postprocess(session: Session) -> None:
    """Call FTPOSTPR and submit the jobs that it asks for."""
    server, transfer, said = session.server, session.transfer, session.last_reply
    if not server.exits.has("FTPOSTPR"):
        return
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
            reason=0 if said.code < FAILED else 8,
            name=transfer.name,
            bytes=transfer.bytes,
            session=session.area,
            confidence=confidence(session),
        )
    )
    for job in verdict.jobs:
        try:
            server.jes.submit(session.acee, job)
        except (JesError, SafError, MvsError) as error:
            server.console(message("exit.job", session=session.id, reason=sentence(error)))
