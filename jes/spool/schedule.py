"""Jobs whose time comes: those held until a moment are released, those that should have started come first in their class.

Source: [JCLREF] SCHEDULE HOLDUNTL, STARTBY. Rules: a job held until a moment has the hold UNTIL, so that listings show it as held
and an operator may release it earlier; one transaction for all that are due.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, and_, delete, or_, select, update

from jes.spool import tables
from mvsfs.storage.database import reading, writing

#: What `hold` says of a job that waits for its time.
UNTIL = "UNTIL"
#: Nothing in a class comes before this.
_FIRST = 15


def as_text(moment: datetime | None) -> str:
    """Return a moment as the table keeps it, empty for none."""
    return moment.astimezone(UTC).isoformat() if moment is not None else ""


def let_go(engine: Engine, now: datetime) -> bool:
    """Release and promote the waiting jobs whose time has come; tell whether there were any."""
    times, present = tables.schedule.c, as_text(now)
    held = and_(times.hold_until != "", times.hold_until <= present)
    late = and_(times.start_by != "", times.start_by <= present)
    query = select(times.job, times.hold_until, times.start_by).where(or_(held, late))
    with reading(engine) as connection:
        if connection.execute(query.limit(1)).first() is None:
            return False
    job = tables.job
    with writing(engine) as connection:
        for row in connection.execute(query).all():
            waiting = and_(job.c.key == row.job, job.c.status == "INPUT")
            if row.hold_until and row.hold_until <= present:
                connection.execute(update(job).where(waiting, job.c.hold == UNTIL).values(hold=""))
            if row.start_by and row.start_by <= present:
                connection.execute(update(job).where(waiting).values(priority=_FIRST))
            left = {name: "" for name in ("hold_until", "start_by") if getattr(row, name) <= present}
            connection.execute(update(tables.schedule).where(times.job == row.job).values(**left))
        connection.execute(delete(tables.schedule).where(times.hold_until == "", times.start_by == ""))
    return True
