"""Whether a user may have an access to a resource, and why: the order of checks of RACROUTE REQUEST=AUTH.

Source: [RACFSAG] "Authorization checking for RACF-protected resources". The order: class active, resource owned by its first
qualifier (DATASET) or its owner qualifier (JESSPOOL), profile, the user's own entry, the groups' entries (the highest of them),
`ID(*)`, UACC, OPERATIONS, WARNING. An entry that is too low ends the search: neither UACC nor OPERATIONS mends it.
Not here: who is told (the facade), how profiles are found (ProfileIndex is handed in).
Rules: pure.
"""

from __future__ import annotations

from dataclasses import dataclass
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


class ProfileIndex:
    """The profiles of one class, arranged so that the one that covers a name is found without looking at all of them."""

    def __init__(self, profiles: list[Profile], *, bounded: bool) -> None:
        self.bounded = bounded
        self._discrete = {profile.name: profile for profile in profiles if not profile.generic}
        self._generic: dict[str, list[Profile]] = {}
        for profile in sorted((p for p in profiles if p.generic), key=lambda p: specificity(p.name)):
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
        return min(fitting, key=lambda p: specificity(p.name)) if fitting else None

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
    profile = index.covering(resource)
    if profile is None:
        return _unprotected(acee, rules, saf_class, wanted)
    held, reason = _held(acee, rules, profile, operations=row.operations)
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
    )


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


def _held(acee: Acee, rules: Rules, profile: Profile, *, operations: bool) -> tuple[Access, str]:
    entries = profile.access_list
    if acee.userid in entries:
        return entries[acee.userid], "access list: user"
    groups = acee.groups if rules.grplist else (acee.group,)
    listed = [(entries[group], group) for group in groups if group in entries]
    if listed:
        held, group = max(listed)
        return held, f"access list: group {group}"
    if operations and acee.operations:
        return Access.ALTER, "OPERATIONS"
    if acee.restricted:
        return Access.NONE, "RESTRICTED and not in the access list"
    if entries.get(ANYBODY, Access.NONE) > profile.uacc:
        return entries[ANYBODY], "access list: *"
    return profile.uacc, "UACC"
