"""How often and when resources with discrete profiles were used, in the classes that SETROPTS STATISTICS names.

Source: [RACFSAG] "Recording statistics for resource profiles". Generic profiles are never counted.
Rules: what is counted is no change of the database, so no process reads its profiles again for it. Counts stop at 65,535, as
the fields of the profile do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, insert, select, update
from sqlalchemy.exc import IntegrityError

from saf.access import Access
from saf.context import Context
from saf.database import Tables
from saf.profiles import Decision, Profile
from saf.schema import STATISTICS

_COLUMNS = {Access.ALTER: "alter", Access.CONTROL: "control", Access.UPDATE: "update", Access.READ: "read"}
_MOST = 65_535
_ALL = ""


@dataclass(frozen=True)
class Usage:
    """What was counted of one profile: by access, by entry of the access list, and when it was used and changed through."""

    counts: Mapping[str, int]
    entries: Mapping[str, int]
    referenced: date | None = None
    updated: date | None = None


def count(context: Context, saf_class: str, decision: Decision, wanted: Access) -> None:
    """Count one access that was allowed by a discrete profile."""
    column = _COLUMNS.get(wanted)
    if not decision.allowed or decision.profile is None or decision.generic or column is None:
        return
    today = context.today
    changed = {"updated": today} if wanted >= Access.UPDATE else {}
    for who in {_ALL, decision.entry}:
        key = (STATISTICS.c.saf_class == saf_class) & (STATISTICS.c.name == decision.profile) & (STATISTICS.c.who == who)
        counted = STATISTICS.c[column]
        more = case((counted < _MOST, counted + 1), else_=_MOST)
        more_of = update(STATISTICS).where(key).values({column: more, "referenced": today, **changed})
        first = {"saf_class": saf_class, "name": decision.profile, "who": who, column: 1, "referenced": today, **changed}
        with context.database.note(lasting=False) as sql:
            known = sql.execute(more_of).rowcount
        if not known:
            try:
                with context.database.note(lasting=False) as sql:
                    sql.execute(insert(STATISTICS).values(first))
            except IntegrityError:  # another process was faster
                with context.database.note(lasting=False) as sql:
                    sql.execute(more_of)


def usage(tables: Tables, profile: Profile) -> Usage:
    """Return what was counted of a profile; nothing for a generic one."""
    names = tuple(_COLUMNS.values())
    if profile.generic:
        return Usage(dict.fromkeys(names, 0), {})
    key = (STATISTICS.c.saf_class == profile.saf_class) & (STATISTICS.c.name == profile.name)
    rows = {row["who"]: row for row in tables.sql.execute(select(STATISTICS).where(key)).mappings()}
    total = rows.get(_ALL)
    entries = {who: min(_MOST, sum(row[name] for name in names)) for who, row in rows.items() if who != _ALL}
    if total is None:
        return Usage(dict.fromkeys(names, 0), entries)
    return Usage({name: total[name] for name in names}, entries, total["referenced"], total["updated"])
