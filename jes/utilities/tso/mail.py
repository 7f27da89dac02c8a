"""SEND and LISTBC: messages between users.

    SEND 'text' [USER(userid ...)|OPERATOR(n)|CN(console)] [NOW|LOGON|SAVE] [WAIT|NOWAIT]
    LISTBC [MAIL|NOMAIL] [NOTICES|NONOTICES]

Source: [TSO SEND], [TSO LISTBC]. Rules: no user has a terminal here, so a message to a user is cancelled as one to a user who is
not logged on; there is no broadcast data set that keeps it. A message to the operator goes to the job log.
"""

from __future__ import annotations

from jes.utilities.idcams.parse import AmsSyntax, Parameters, items, keyword_table
from jes.utilities.tso.session import FAILED, TsoSession

_SEND = keyword_table("USER/U OPERATOR/OPER CN NOW LOGON/LOG SAVE WAIT NOWAIT BRDCST ALL")
_LISTBC = keyword_table("MAIL NOMAIL NOTICES NONOTICES")
_LONGEST = 115


def send(text: str, session: TsoSession) -> int:
    """SEND: a line for the operator, or for users who cannot be reached."""
    found = items(text)
    if not found or not found[0].quoted:
        raise AmsSyntax("IDC3225I", "MESSAGE TEXT")
    parameters = Parameters(found[1:], _SEND)
    users = tuple(word.upper() for word in parameters.words("USER"))
    if parameters.has("USER") and not users:
        raise AmsSyntax("IDC3225I", "USERID")
    if not users:
        session.step.write_joblog(f"{found[0].word[:_LONGEST]} {session.step.userid}")
        return 0
    users = tuple(session.step.userid if user == "*" else user for user in users)
    kept = parameters.has("LOGON") or parameters.has("SAVE")
    session.say("nobroadcast" if kept else "notloggedon", users=",".join(users))
    return FAILED if kept else 0


def listbc(text: str, session: TsoSession) -> int:
    """LISTBC: that there are no messages."""
    Parameters(items(text), _LISTBC)
    session.say("nomessages")
    return 0
