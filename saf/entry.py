"""Ports of entry, and what a signed-on user's conditional access lists may ask for.

Source: [RACROUTE] REQUEST=VERIFY, POE and SERVAUTH; [RACFSAG] "Conditional access lists for general resource profiles".
Rules: a class that is not active asks nothing and meets no condition. A security zone (SERVAUTH) must be permitted, also when
no profile covers it; a terminal without a profile is open unless SETROPTS TERMINAL(NONE) says otherwise. The name in a
condition is the profile's for SERVAUTH and the resource's for the others.
"""

from __future__ import annotations

from dataclasses import replace

from saf.access import Access
from saf.decide import decide
from saf.errors import EntryNotAuthorized
from saf.profiles import Acee, PortOfEntry
from saf.snapshot import Snapshot


def entered(snapshot: Snapshot, acee: Acee, port: PortOfEntry | None) -> Acee:
    """Return the user as one who came in through `port`. Raises: EntryNotAuthorized."""
    if port is None or port.saf_class not in snapshot.rules.active:
        return acee
    saf_class = port.saf_class
    decision = decide(acee, snapshot.rules, snapshot.index(saf_class), saf_class, port.name, Access.READ)
    unprotected = decision.rc == _NOT_PROTECTED
    closed = saf_class == "SERVAUTH" or (saf_class == "TERMINAL" and snapshot.rules.terminal == "NONE")
    if not decision.allowed or (unprotected and closed):
        raise EntryNotAuthorized(acee.userid, saf_class, port.name)
    name = decision.profile if saf_class == "SERVAUTH" and decision.profile else port.name
    return replace(acee, conditions=acee.conditions | {(saf_class, name)})


_NOT_PROTECTED = 4


def running(snapshot: Snapshot, acee: Acee, program: str) -> Acee:
    """Return the user as one who runs a program, where it is a controlled one: a profile of class PROGRAM covers it."""
    controlled = snapshot.rules.program_control and snapshot.index("PROGRAM").covering(program.upper()) is not None
    others = frozenset(condition for condition in acee.conditions if condition[0] != "PROGRAM")
    return replace(acee, conditions=others | ({("PROGRAM", program.upper())} if controlled else set()))
