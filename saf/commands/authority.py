"""Who may administer which profile: system SPECIAL, the owner, and group-SPECIAL within the scope of the group.

Source: [RACFSAG] "Scope of authority for attributes at the group level". With SETROPTS GRPLIST all groups of the issuer count,
else the current connect group alone.
"""

from __future__ import annotations

from saf.access import Access
from saf.commands.run import Run
from saf.decide import decide
from saf.profiles import Connection, Decision


def controls(run: Run, owner: str, *, resource: bool = False) -> bool:
    """Tell whether the issuer may administer what `owner` owns: a user or a group, or with `resource` a resource profile."""
    return run.acee.special or owner == run.acee.userid or _is_in_scope(run, owner, "special", resource=resource)


def _is_in_scope(run: Run, owner: str, attribute: str, *, resource: bool) -> bool:
    """Tell whether what `owner` owns is within the scope of a group in which the issuer has an attribute.

    It reaches through groups that groups own. What a user owns belongs to it as far as it is a resource and a group owns the
    user.
    """
    mine = run.acee.groups if run.snapshot.rules.grplist else (run.acee.group,)
    held = {
        row.group
        for row in run.change.connections(userid=run.acee.userid)
        if getattr(row, attribute) and row.group in mine and row.group in run.acee.groups
    }
    seen: set[str] = set()
    current = owner
    user = run.change.user(owner) if held and resource else None
    if user is not None:
        current = user.owner
    while held and current not in seen:
        if current in held:
            return True
        seen.add(current)
        group = run.change.group(current)
        current = group.owner if group else ""
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


def may_list(run: Run, owner: str, *, resource: bool = False) -> bool:
    """Tell whether the issuer may see what `owner` owns: an auditor, also one of a group in its scope, may not change it."""
    if run.acee.auditor or controls(run, owner, resource=resource):
        return True
    return _is_in_scope(run, owner, "auditor", resource=resource)


def held(run: Run, saf_class: str, resource: str, access: Access) -> Decision:
    """Return the issuer's access to a resource that guards a command (FACILITY IRR.*), without reporting a violation."""
    snapshot = run.snapshot
    return decide(run.acee, snapshot.rules, snapshot.index(saf_class), saf_class, resource, access)
