"""Profiles of RACLISTed classes as they are kept in storage: what decisions see until SETROPTS RACLIST REFRESH.

Source: [RACFSAG] "SETROPTS RACLIST processing". The storage here is the database's options, so all processes and systems that
share it see the same profiles and a restart changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from saf.access import Access
from saf.profiles import Conditional, Profile

#: What the option that holds a class's profiles begins with.
IN_STORAGE = "raclist."


def kept_profile(profile: Profile) -> dict[str, Any]:
    """Return what decisions need of a profile, as JSON takes it."""
    return {
        "saf_class": profile.saf_class,
        "name": profile.name,
        "generic": profile.generic,
        "owner": profile.owner,
        "uacc": int(profile.uacc),
        "created": profile.created.isoformat(),
        "warning": profile.warning,
        "audit": profile.audit,
        "globalaudit": profile.globalaudit,
        "appldata": profile.appldata,
        "members": list(profile.members),
        "access_list": {who: int(level) for who, level in profile.access_list.items()},
        "conditional": [[row.who, row.saf_class, row.name, int(row.level)] for row in profile.conditional],
        "segments": {name: dict(segment) for name, segment in profile.segments.items()},
    }


def stored_profile(kept: Mapping[str, Any]) -> Profile:
    """Return the profile of which `kept` was kept."""
    values = dict(kept)
    values |= {"uacc": Access(values["uacc"]), "created": date.fromisoformat(values["created"])}
    values |= {"members": tuple(values["members"])}
    values["access_list"] = {who: Access(level) for who, level in values["access_list"].items()}
    values["conditional"] = tuple(Conditional(who, kind, name, Access(level)) for who, kind, name, level in kept["conditional"])
    return Profile(**values)
