"""Job groups on the spool: their logging jobs, their members, and the moves that follow from what has ended.

    define     the logging job of a group (Gnnnnnnn) waits in INPUT with the hold GROUP until the group is complete
    register   a job whose SCHEDULE names the group waits with the hold GROUP until its dependencies are met
    tend       notes what has ended, lets go, flushes, and ends the logging job when nothing is left

Rules: all moves of a group are one transaction, so that several systems may tend. A group is there until its logging job is
purged; after it is complete nothing registers to it. Source: jes/groups.py. Texts: messages.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, insert, select, update

from jes import groups
from jes.groups import DONE, FLUSHED, RUNS, WAITS, Member
from jes.hosttext import to_text
from jes.jcl.conditions import Outcome
from jes.jcl.jobgroup import JobGroup, read_group
from jes.messages import text
from jes.spool import schedule, tables
from jes.spool.joblog import clock
from jes.spool.store import read_records
from mvsfs.storage.content import ContentStore
from mvsfs.storage.database import reading, writing

#: What `hold` says of a logging job, and of a job that waits for others of its group.
HOLD = "GROUP"
PENDING, HELD, ERROR, COMPLETE = "PENDING", "HELD", "ERROR", "COMPLETE"
#: Stopped by an error until an operator lets it go on, and after that.
SUSPEND, RESUMED = "SUSPEND", "RESUMED"
_STOPPED = frozenset({HELD, ERROR, SUSPEND})
_LIVE = tables.group.c.state != COMPLETE


def define(connection: Connection, key: int, group: JobGroup) -> None:
    """Note a new group under the key of its logging job."""
    state = HELD if group.hold else PENDING
    connection.execute(insert(tables.group).values(job=key, name=group.name, state=state))
    for name in group.jobs:
        connection.execute(insert(tables.group_member).values(group=key, name=name, state=WAITS))


def is_defined(connection: Connection, name: str, owner: str) -> bool:
    """Tell whether a user has a group of this name that is not complete."""
    return _of(connection, name, owner) is not None


def _of(connection: Connection, name: str, owner: str) -> int | None:
    job = tables.job
    query = select(tables.group.c.job).join(job, job.c.key == tables.group.c.job)
    query = query.where(tables.group.c.name == name, job.c.owner == owner, _LIVE).order_by(tables.group.c.job.desc())
    return connection.execute(query).scalars().first()


def register(connection: Connection, group: str, jobname: str, owner: str, key: int, now: datetime) -> str:
    """Make a job one of its group and let it wait; return why that cannot be, "" when it can."""
    found = _of(connection, group, owner)
    if found is None:
        return text("hasp1310", jobname=jobname, group=group)
    member = and_(tables.group_member.c.group == found, tables.group_member.c.name == jobname)
    free = connection.execute(select(tables.group_member.c.name).where(member, tables.group_member.c.job == 0)).first()
    if free is None:
        return text("hasp1311", jobname=jobname, group=group)
    job = tables.job
    hold = connection.execute(select(job.c.hold).where(job.c.key == key)).scalar_one()
    connection.execute(update(job).where(job.c.key == key).values(hold=HOLD))
    connection.execute(update(tables.group_member).where(member).values(job=key, own_hold=hold))
    _log(connection, found, now, "hasp1300", jobname=jobname, group=group)
    return ""


def _log(connection: Connection, key: int, now: datetime, message: str, /, **facts: object) -> None:
    line = f"{clock(now)} {text(message, **facts)}\n"
    connection.execute(update(tables.group).where(tables.group.c.job == key).values(log=tables.group.c.log + line))


def tend(engine: Engine, content: ContentStore, now: datetime) -> bool:
    """Make the moves of all groups; tell whether there were any."""
    live = select(tables.group.c.job).where(_LIVE)
    with reading(engine) as connection:
        keys = list(connection.execute(live).scalars())
    moved = False
    for key in keys:
        with writing(engine) as connection:
            moved |= _Tended(connection, key, content, now).tend()
    return moved


class _Tended:
    """One group in one transaction."""

    def __init__(self, connection: Connection, key: int, content: ContentStore, now: datetime) -> None:
        self._connection = connection
        self._key = key
        self._content = content
        self._now = now
        self._moved = False

    def tend(self) -> bool:
        """Make the moves of the group; tell whether there were any."""
        job = tables.job.c
        query = select(tables.group, job.owner, job.cancel, tables.job_input.c.content).join(
            tables.job, job.key == tables.group.c.job
        )
        query = query.join(tables.job_input, tables.job_input.c.job == job.key).where(tables.group.c.job == self._key, _LIVE)
        row = self._connection.execute(query.with_for_update(of=tables.group)).first()
        if row is None:
            return False
        images = [to_text(record[:80]).ljust(80) for record in read_records(self._content, row.content)]
        group = read_group(images)
        if row.cancel:
            disband(self._connection, self._key)
            return True
        members = self._members(group.name)
        moves = groups.moves(group, {name: _member(found) for name, found in members.items()}, stopped=row.state in _STOPPED)
        fails = moves.in_error and row.state == PENDING
        for name in moves.flush:
            self._flush(members[name], group.name)
        for name in moves.run if not fails or group.onerror == "FLUSH" else ():
            self._release(members[name], group.name)
        if fails:
            state = SUSPEND if group.onerror == "SUSPEND" else ERROR
            self._become(state, "hasp1313", group=group.name, action=group.onerror)
        if moves.complete:
            self._complete(group.name)
        return self._moved

    def _members(self, group: str) -> dict[str, Any]:
        """Return the rows of the members after noting which of them have ended."""
        member, job = tables.group_member, tables.job
        columns = (member, job.c.key, job.c.status, job.c.kind, job.c.rc.label("job_rc"), job.c.abend.label("job_abend"))
        query = select(*columns).outerjoin(job, job.c.key == member.c.job).where(member.c.group == self._key)
        for row in self._connection.execute(query).all():
            if row.job and row.state in {WAITS, RUNS} and (row.key is None or row.status == "OUTPUT"):
                self._ended(row, group)
        return {row.name: row for row in self._connection.execute(query).all()}

    def _ended(self, row: Any, group: str) -> None:
        """Note how a job has ended; one that was purged before anybody saw it end did not run."""
        values = {"rc": row.job_rc or 0, "abend": row.job_abend or "", "is_run": int(row.kind in {"RC", "ABEND"})}
        self._set(row.name, state=DONE, **values)
        _log(self._connection, self._key, self._now, "hasp1302", jobname=row.name, group=group)

    def _set(self, name: str, **values: Any) -> None:
        self._moved = True
        member = tables.group_member
        self._connection.execute(update(member).where(member.c.group == self._key, member.c.name == name).values(**values))

    def _release(self, row: Any, group: str) -> None:
        held = row.own_hold
        if held == schedule.UNTIL and not self._has_time(row.job):
            held = ""
        waiting = and_(tables.job.c.key == row.job, tables.job.c.hold == HOLD)
        self._connection.execute(update(tables.job).where(waiting).values(hold=held))
        self._set(row.name, state=RUNS)
        _log(self._connection, self._key, self._now, "hasp1301", jobname=row.name, group=group)

    def _has_time(self, key: int) -> bool:
        times = tables.schedule.c
        return self._connection.execute(select(times.job).where(times.job == key, times.hold_until != "")).first() is not None

    def _flush(self, row: Any, group: str) -> None:
        if row.job:
            words = text("hasp1312", jobname=row.name, group=group)
            waiting = and_(tables.job.c.key == row.job, tables.job.c.status == "INPUT")
            self._connection.execute(update(tables.job).where(waiting).values(hold="", ending="FLUSHED", refusal=words))
        self._set(row.name, state=FLUSHED)
        _log(self._connection, self._key, self._now, "hasp1312", jobname=row.name, group=group)

    def _become(self, state: str, message: str, /, **facts: object) -> None:
        self._moved = True
        self._connection.execute(update(tables.group).where(tables.group.c.job == self._key).values(state=state))
        _log(self._connection, self._key, self._now, message, **facts)

    def _complete(self, group: str) -> None:
        self._become(COMPLETE, "hasp1304", group=group)
        log = self._connection.execute(select(tables.group.c.log).where(tables.group.c.job == self._key)).scalar_one()
        logging = and_(tables.job.c.key == self._key, tables.job.c.status == "INPUT")
        self._connection.execute(update(tables.job).where(logging).values(hold="", ending="GROUP", refusal=log))


def _member(row: Any) -> Member:
    outcome = Outcome(row.name, rc=None if row.abend else row.rc, abend=_abend(row.abend), is_run=bool(row.is_run))
    return Member(row.state, bool(row.job), outcome if row.is_run else Outcome(row.name, is_run=False))


def _abend(code: str) -> str:
    return code if code.startswith("U") or not code else f"S{code}"


def disband(connection: Connection, key: int) -> None:
    """Cancel the jobs of a group that wait, and forget the group; does nothing for the key of another job."""
    if connection.execute(select(tables.group.c.job).where(tables.group.c.job == key)).first() is None:
        return
    member, job = tables.group_member, tables.job
    waiting = select(member.c.job).where(member.c.group == key, member.c.state == WAITS)
    there = and_(job.c.key.in_(waiting), job.c.hold == HOLD)
    connection.execute(update(job).where(there).values(hold="", ending="CANCELED"))
    connection.execute(delete(member).where(member.c.group == key))
    connection.execute(delete(tables.group).where(tables.group.c.job == key))


def set_held(engine: Engine, key: int, *, held: bool) -> bool:
    """Hold a group or let it go on, also after an error that suspended it; tell whether it was in the other state."""
    steps = {PENDING: HELD, RESUMED: SUSPEND} if held else {HELD: PENDING, SUSPEND: RESUMED}
    with writing(engine) as connection:
        one = tables.group.c.job == key
        state = connection.execute(select(tables.group.c.state).where(one)).scalar_one_or_none()
        if state in steps:
            connection.execute(update(tables.group).where(one).values(state=steps[state]))
        return state in steps


def describe(engine: Engine, key: int) -> tuple[str, list[tuple[str, str]]]:
    """Return the state of a group and name and state of its jobs, in no order; "" for a key that no group has."""
    with reading(engine) as connection:
        state = connection.execute(select(tables.group.c.state).where(tables.group.c.job == key)).scalar_one_or_none()
        member = tables.group_member.c
        rows = connection.execute(
            select(member.name, member.state, member.job).where(member.group == key).order_by(member.name)
        ).all()
    return state or "", [(row.name, row.state if row.job else "NOT SUBMITTED") for row in rows]
