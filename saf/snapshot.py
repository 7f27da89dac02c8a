"""A copy of users, groups and profiles in memory, taken anew when somebody changed the database.

Rules: a copy never changes; a decision compares its version with the database's first, so a PERMIT in one process holds for
the next question in all of them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from saf.access import Access
from saf.classes import CLASSES
from saf.database import Database, Tables
from saf.decide import ProfileIndex, Rules
from saf.passwords import PasswordRules
from saf.profiles import Connection, Group, Profile, User
from saf.raclist import IN_STORAGE, stored_profile


class Snapshot:
    """The state of the database at one version."""

    def __init__(self, tables: Tables) -> None:
        self.version = tables.version()
        options = tables.options()
        kept = options.get("kept", {})
        default = {row.name for row in CLASSES if row.active}
        self.rules = Rules(
            active=frozenset(options.get("classact", default)) | {"DATASET", "USER", "GROUP"},
            egn=bool(options.get("egn", True)),
            protectall=str(options.get("protectall", "NO")),
            grplist=bool(options.get("grplist", True)),
            program_control=bool(kept.get("WHEN", True)),
            terminal=str(kept.get("TERMINAL", "READ")),
            statistics=frozenset(kept.get("STATISTICS", ())),
            initstats=bool(kept.get("INITSTATS", True)),
            global_access=_global_access(tables, options.get("global", ())),
        )
        self.raclisted: frozenset[str] = frozenset(options.get("raclist", ()))
        self.password_rules = PasswordRules(**options.get("password", {}))
        self.inactive_days = int(options.get("inactive", 0))
        self.users: dict[str, User] = {user.userid: user for user in tables.users()}
        self.groups: dict[str, Group] = {group.name: group for group in tables.groups()}
        self.connections: dict[str, dict[str, Connection]] = {}
        for connection in tables.connections():
            self.connections.setdefault(connection.userid, {})[connection.group] = connection
        self._profiles: dict[str, list[Profile]] = {}
        for profile in tables.profiles():
            if profile.saf_class not in self.raclisted:
                self._profiles.setdefault(profile.saf_class, []).append(profile)
        for name in self.raclisted:
            self._profiles[name] = [stored_profile(row) for row in options.get(f"{IN_STORAGE}{name}", ())]
        self._indexes: dict[str, ProfileIndex] = {}

    def index(self, saf_class: str) -> ProfileIndex:
        """Return the profiles of a class, arranged for searching."""
        if saf_class not in self._indexes:
            bounded = saf_class == "DATASET" and self.rules.egn
            self._indexes[saf_class] = ProfileIndex(self.profiles(saf_class), bounded=bounded)
        return self._indexes[saf_class]

    def profiles(self, saf_class: str) -> list[Profile]:
        """Return the profiles of a class that decisions go by: those in storage of a RACLISTed one."""
        return self._profiles.get(saf_class, [])

    def gids(self, names: Iterable[str]) -> frozenset[int]:
        """Return the GIDs that the groups of those names have."""
        found = (self.groups[name].gid for name in names if name in self.groups)
        return frozenset(gid for gid in found if gid is not None)

    def scope(self, group: str) -> frozenset[str]:
        """Return the group, and the users and groups that it owns, that those groups own, and so on.

        Source: [RACFSAG] "Scope of authority for group-level attributes": it does not reach through users.
        """
        below: dict[str, list[str]] = {}
        for user in self.users.values():
            below.setdefault(user.owner, []).append(user.userid)
        for one in self.groups.values():
            below.setdefault(one.owner, []).append(one.name)
        found, rest = {group}, [group]
        while rest:
            new = set(below.get(rest.pop(), ())) - found
            found |= new
            rest += [name for name in new if name in self.groups]
        return frozenset(found)


def _global_access(tables: Tables, classes: Iterable[str]) -> dict[str, tuple[tuple[str, Access], ...]]:
    """Return the entries of the GLOBAL profiles of the classes for which global access checking is in use."""
    found = {}
    for profile in tables.profiles("GLOBAL"):
        if profile.name in classes:
            pairs = (member.rpartition("/") for member in profile.members)
            found[profile.name] = tuple((name, Access[level]) for name, _, level in pairs if level in Access.__members__)
    return found


class Copy:
    """Hands out the current snapshot; any number of threads may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return a snapshot that is as new as the database."""
        known = self._snapshot
        if known is not None and known.version == self._database.version():
            return known
        with self._database.read() as tables, self._lock:
            if self._snapshot is None or self._snapshot.version != tables.version():
                self._snapshot = Snapshot(tables)
            return self._snapshot
