"""PROFILE, TIME, TERMINAL: what a session is like.

Source: [TSO PROFILE]. Rules: PREFIX and MSGID act; the other operands are about a terminal, are read and shown, and change
nothing.
"""

from __future__ import annotations

from jes.utilities.idcams.parse import AmsSyntax, Parameters, items, keyword_table
from jes.utilities.tso.session import TsoSession
from mvsfs.errors import InvalidDsname
from mvsfs.names import check_dsname

_OPERANDS = keyword_table(
    "PREFIX NOPREFIX MSGID NOMSGID RECOVER NORECOVER CHAR NOCHAR LINE NOLINE PROMPT NOPROMPT INTERCOM NOINTERCOM PAUSE NOPAUSE "
    "MODE NOMODE WTPMSG NOWTPMSG LIST PLANGUAGE SLANGUAGE VARSTORAGE"
)
#: Operands that can be turned off, in the order in which PROFILE shows them, with how they are at first.
_SWITCHES = {
    "PROMPT": False, "INTERCOM": True, "PAUSE": False, "MSGID": True, "MODE": False, "WTPMSG": True, "RECOVER": False,
}  # fmt: skip


def profile(text: str, session: TsoSession) -> int:
    """PROFILE: set what the operands say; alone, or with LIST, show it."""
    parameters = Parameters(items(text), _OPERANDS)
    if parameters.has("PREFIX"):
        prefix = parameters.first("PREFIX").upper() or session.step.userid
        try:
            check_dsname(prefix)
        except InvalidDsname:
            prefix = ""
        if not prefix or "." in prefix:
            raise AmsSyntax("IDC3203I", parameters.first("PREFIX"))
        session.prefix = prefix
    elif parameters.has("NOPREFIX"):
        session.prefix = ""
    for name in _SWITCHES:
        if parameters.has(name) or parameters.has(f"NO{name}"):
            session.switches[name] = parameters.has(name)
    if not text.strip() or parameters.has("LIST"):
        on = _SWITCHES | session.switches
        switches = " ".join(name if on[name] else f"NO{name}" for name in _SWITCHES)
        prefix = f"PREFIX({session.prefix})" if session.prefix else "NOPREFIX"
        session.say("profile", switches=switches, prefix=prefix)
    return 0


def time(_text: str, session: TsoSession) -> int:
    """TIME: the time of day, and that nothing was used."""
    now = session.step.now()
    session.put(
        f"IKJ56650I TIME-{now:%I:%M:%S} {now:%p}. CPU-00:00:00 SERVICE-0 SESSION-00:00:00 {now:%B} {now.day},{now:%Y}".upper()
    )
    return 0


def terminal(_text: str, _session: TsoSession) -> int:
    """TERMINAL: nothing, since there is none in batch."""
    return 0
