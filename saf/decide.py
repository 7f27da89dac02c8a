"""Whether a user may have an access to a resource, and why: the order of checks of RACROUTE REQUEST=AUTH.

Source: [RACFSAG] "Authorization checking for RACF-protected resources". The order: class active, resource owned by its first
qualifier (DATASET) or its owner qualifier (JESSPOOL), the global access checking table, profile, the user's own entry, the
groups' entries (the highest of them), `ID(*)`, UACC, OPERATIONS, the conditional access list, WARNING. An entry of the standard
list that is too low is mended by the conditional list only: neither UACC nor OPERATIONS does.
Not here: who is told (the facade), how profiles are found (ProfileIndex is handed in).
Rules: pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from saf.access import Access
from saf.classes import BY_NAME
from saf.generics import matches, specificity
from saf.profiles import Acee, Decision, Profile

ANYBODY = "*"
"""The entry of an access list that stands for every defined user."""


@dataclass(frozen=True)
class Rules:
    """The system-wide options (SETROPTS) that a decision depends on."""

    active: frozenset[str]
    egn: bool = True
    protectall: str = "NO"
    """NO, FAILURES or WARNING."""
    grplist: bool = True
    program_control: bool = True
    terminal: str = "READ"
    """What users may do at terminals without a profile: READ or NONE."""
    statistics: frozenset[str] = frozenset()
    """The classes whose accesses are counted."""
    initstats: bool = True
    global_access: Mapping[str, tuple[tuple[str, Access], ...]] = field(default_factory=dict)
    """The global access checking table of each class for which it is in use: names and what everybody may do."""


class ProfileIndex:
    """The profiles of one class, arranged so that the one that covers a name is found without looking at all of them."""

    def __init__(self, profiles: list[Profile], *, bounded: bool) -> None:
        self.bounded = bounded
        self._discrete = {profile.name: profile for profile in profiles if not profile.generic}
        self._generic: dict[str, list[Profile]] = {}
        for profile in sorted((p for p in profiles if p.generic), key=self._specificity):
            self._generic.setdefault(_bucket(profile.name), []).append(profile)
        self._found: dict[str, Profile | None] = {}

    def covering(self, resource: str) -> Profile | None:
        """Return the most specific profile that covers `resource`, or None."""
        if resource in self._found:
            return self._found[resource]
        found = self._discrete.get(resource) or self._best_generic(resource)
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        self._found[resource] = found
        return found

    def _best_generic(self, resource: str) -> Profile | None:
        first = resource.split(".", 1)[0]
        candidates = self._generic.get(first, []) + self._generic.get("", [])
        fitting = [profile for profile in candidates if matches(profile.name, resource, bounded=self.bounded)]
        return min(fitting, key=self._specificity) if fitting else None

    def _specificity(self, profile: Profile) -> tuple[int, ...]:
        return specificity(profile.name, bounded=self.bounded)

    @cached_property
    def names(self) -> list[str]:
        """Return every profile name, discrete ones first."""
        return [*sorted(self._discrete), *(p.name for bucket in self._generic.values() for p in bucket)]


_REMEMBERED = 20_000


def _bucket(name: str) -> str:
    first = name.split(".", 1)[0]
    return "" if any(sign in first for sign in "%*") else first


def decide(acee: Acee, rules: Rules, index: ProfileIndex, saf_class: str, resource: str, wanted: Access) -> Decision:
    """Return whether `acee` may have `wanted` access to `resource`.

    Edge: in a class that is not active, or with nothing that covers the resource, `rc` is 4 and `allowed` the class's default.
    """
    row = BY_NAME.get(saf_class)
    if row is None or saf_class not in rules.active:
        return Decision(True, 4, "class not active", held=Access.ALTER)
    if _is_owner(acee, saf_class, resource):
        return Decision(True, 0, "owner of the resource", held=Access.ALTER)
    anybody = _global(acee, rules, saf_class, resource, bounded=index.bounded)
    if anybody >= wanted > Access.NONE:
        return Decision(True, 0, "global access checking table", held=anybody)
    profile = index.covering(resource)
    if profile is None:
        return _unprotected(acee, rules, saf_class, wanted)
    held, reason, entry = _held(acee, rules, profile, operations=row.operations)
    if held < wanted:
        held, reason, entry = max((held, reason, entry), _conditional(acee, rules, profile), key=lambda found: found[0])
    allowed = held >= wanted
    warning = not allowed and profile.warning
    return Decision(
        allowed or warning,
        0 if allowed or warning else 8,
        "warning mode" if warning else reason,
        profile.name,
        profile.generic,
        warning,
        held,
        entry,
    )


def _global(acee: Acee, rules: Rules, saf_class: str, resource: str, *, bounded: bool) -> Access:
    """Return what the global access checking table gives everybody; it never holds for a RESTRICTED user."""
    table = rules.global_access.get(saf_class, ())
    if not table or acee.restricted:
        return Access.NONE
    mine = [(name.replace("&RACUID", acee.userid).replace("&RACGPID", acee.group), level) for name, level in table]
    fitting = [row for row in mine if row[0] == resource or matches(row[0], resource, bounded=bounded)]
    return min(fitting, key=lambda row: specificity(row[0], bounded=bounded))[1] if fitting else Access.NONE


def _conditional(acee: Acee, rules: Rules, profile: Profile) -> tuple[Access, str, str]:
    """Return the best that the conditional access list gives, where its conditions are met.

    Source: [RACFSAG] "Conditional access lists": a class that is not active meets none, WHEN(PROGRAM) needs program control.
    """
    mine = {acee.userid, *(acee.groups if rules.grplist else (acee.group,)), *(() if acee.restricted else (ANYBODY,))}
    met = [
        row
        for row in profile.conditional
        if row.who in mine
        and (row.saf_class, row.name) in acee.conditions
        and (rules.program_control if row.saf_class == "PROGRAM" else row.saf_class in rules.active)
    ]
    if not met:
        return Access.NONE, "", ""
    best = max(met, key=lambda row: row.level)
    return best.level, f"conditional access list: {best.who} WHEN({best.saf_class}({best.name}))", best.who


def _is_owner(acee: Acee, saf_class: str, resource: str) -> bool:
    parts = resource.split(".")
    if saf_class == "DATASET":
        return parts[0] == acee.userid
    # JESSPOOL: node.userid.jobname.jobid.dsid.name  [SDSFOC JESSPOOL]
    return saf_class == "JESSPOOL" and len(parts) > 1 and parts[1] == acee.userid


def _unprotected(acee: Acee, rules: Rules, saf_class: str, wanted: Access) -> Decision:
    row = BY_NAME[saf_class]
    if row.operations and acee.operations:
        return Decision(True, 0 if saf_class == "DATASET" else 4, "OPERATIONS", held=Access.ALTER)
    if saf_class == "DATASET" and rules.protectall != "NO":
        if rules.protectall == "WARNING" or acee.special:
            return Decision(True, 0, "PROTECTALL warning", warning=True, held=Access.NONE)
        return Decision(wanted == Access.NONE, 8, "PROTECTALL and no profile")
    if row.default_rc == _REFUSED:
        return Decision(False, 4, "no profile, and the class refuses what no profile covers")
    return Decision(True, 4, "no profile", held=Access.ALTER)


_REFUSED = 8


def _held(acee: Acee, rules: Rules, profile: Profile, *, operations: bool) -> tuple[Access, str, str]:
    """Return what a profile gives, why, and by which entry of its access list."""
    entries = profile.access_list
    if acee.userid in entries:
        return entries[acee.userid], "access list: user", acee.userid
    groups = acee.groups if rules.grplist else (acee.group,)
    listed = [(entries[group], group) for group in groups if group in entries]
    if listed:
        held, group = max(listed)
        return held, f"access list: group {group}", group
    if operations and acee.operations:
        return Access.ALTER, "OPERATIONS", ""
    if operations and profile.owner in acee.operations_over:
        return Access.ALTER, f"group-OPERATIONS over {profile.owner}", ""
    if acee.restricted:
        return Access.NONE, "RESTRICTED and not in the access list", ""
    if entries.get(ANYBODY, Access.NONE) > profile.uacc:
        return entries[ANYBODY], "access list: *", ANYBODY
    return profile.uacc, "UACC", ""
