"""A job that has arrived and was not read yet: what must be known to read it as if that had been done when it came.

Source: docs/decisions/0016-input-service.md.
Rules: kept beside the card images as one text; who submitted is kept as it was then, not only by name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from saf.profiles import Acee

#: An entry that a job whose JOB statement was read has not.
_SIGN = "unread"


@dataclass(frozen=True, slots=True)
class Unread:
    """Who submitted a job, when, and what the internal reader said of it (intrdr.ReadJob)."""

    acee: Acee
    came: datetime
    scan: bool = False
    deleted: bool = False
    group: str = ""

    def text(self) -> str:
        """Return it as the facts of an arrival."""
        own = json.dumps([self.came.isoformat(), self.scan, self.deleted, self.group])
        return f'{{"{_SIGN}": [{_written(self.acee)}, {own}]}}'


def is_unread(facts: dict[str, Any]) -> bool:
    """Tell whether an arrival with these facts has still to be read."""
    return _SIGN in facts


def restored(facts: dict[str, Any]) -> Unread:
    """Return what `Unread.text` gave, as JSON has read it."""
    acee, (came, *flags) = facts[_SIGN]
    return Unread(_acee(json.dumps(acee)), datetime.fromisoformat(came), *flags)


@lru_cache(maxsize=16)
def _written(acee: Acee) -> str:
    """Return a signed-on user as JSON; a session submits as the same one again and again."""
    plain = asdict(acee) | {name: sorted(getattr(acee, name)) for name in ("gids", "operations_over", "conditions")}
    plain["last_access"] = acee.last_access.isoformat() if acee.last_access is not None else None
    return json.dumps(plain)


@lru_cache(maxsize=16)
def _acee(text: str) -> Acee:
    """Return a user; what another version of this program knew of users, or did not know, is left out."""
    plain = json.loads(text)
    known = {field.name: plain[field.name] for field in fields(Acee) if field.name in plain}
    last_access = known.get("last_access")
    known["last_access"] = datetime.fromisoformat(last_access) if last_access else None
    known["groups"] = tuple(known.get("groups", ()))
    known |= {name: frozenset(known.get(name, ())) for name in ("gids", "operations_over")}
    known["conditions"] = frozenset((saf_class, name) for saf_class, name in known.get("conditions", ()))
    return Acee(**known)
