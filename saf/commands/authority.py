"""Who may administer which profile: system SPECIAL, the owner, and group-SPECIAL within the scope of the group.

Source: [RACFSAG] "Group-SPECIAL scope": from a profile's owner upwards through owning groups; a group-SPECIAL user of
any of them may administer it.
"""

from __future__ import annotations

from saf.access import Access
from saf.commands.run import Run
from saf.decide import decide
from saf.profiles import Connection, Decision

_MAX_CHAIN = 100


def controls(run: Run, owner: str) -> bool:
    """Tell whether the issuer may administer what `owner` owns."""
    if run.acee.special or owner == run.acee.userid:
        return True
    special_in = {
        row.group for row in run.change.connections(userid=run.acee.userid) if row.special and row.group in run.acee.groups
    }
    seen: set[str] = set()
    current = owner
    while current and current not in seen and len(seen) < _MAX_CHAIN:
        if current in special_in:
            return True
        seen.add(current)
        group = run.change.group(current)
        user = None if group else run.change.user(current)
        current = group.owner if group else user.owner if user else ""
    return False


def membership(run: Run, group: str) -> Connection | None:
    """Return the issuer's connection to a group; one that is revoked gives nothing."""
    return run.change.connection(run.acee.userid, group) if group in run.acee.groups else None


AUTHORITIES = ("USE", "CREATE", "CONNECT", "JOIN")
"""What a member may do in a group, in ascending power."""


def may_give(run: Run, group: str, authority: str) -> bool:
    """Tell whether the issuer may connect users to a group with an authority: a member gives no more than the member's own."""
    row = run.change.group(group)
    if controls(run, group) or (row is not None and controls(run, row.owner)):
        return True
    own = membership(run, group)
    if own is None or own.authority not in ("CONNECT", "JOIN"):
        return False
    return AUTHORITIES.index(authority) <= AUTHORITIES.index(own.authority)


def may_list(run: Run, owner: str) -> bool:
    """Tell whether the issuer may see a profile of `owner`: AUDITOR may see what it may not change."""
    return run.acee.auditor or controls(run, owner)


def held(run: Run, saf_class: str, resource: str, access: Access) -> Decision:
    """Return the issuer's access to a resource that guards a command (FACILITY IRR.*), without reporting a violation."""
    snapshot = run.snapshot
    return decide(run.acee, snapshot.rules, snapshot.index(saf_class), saf_class, resource, access)
