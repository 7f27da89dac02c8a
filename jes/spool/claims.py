"""Claiming jobs, and ending them: the transactions of an initiator.

    claim    INPUT, not held, class and system fit, no job of this name executes  ->  ACTIVE with our claim
    finish   ACTIVE with our claim  ->  OUTPUT, or gone when all output was purged
    settle   INPUT with `ending`    ->  OUTPUT without having run
    recover  ACTIVE with the claim of a dead process  ->  INPUT again (once), or ending SYSFAIL

Rules: claiming is one transaction under the write lock, so initiators of several processes and systems share a spool.
Every later statement carries the claim: an initiator that lost its job changes nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, case, insert, or_, select, text, update

from jes.config import JesConfig
from jes.job import Completion, CompletionKind
from jes.spool import tables
from jes.spool.queue import JobQueue, forget_spool, like, remove
from jes.spool.store import SpoolWriter
from mvsfs.storage.database import is_sqlite, reading, writing
from mvsfs.storage.holders import Holders
from mvsfs.storage.prepared import Prepared, defaults

_REMEMBERED = 100
_JOB = tables.job.c


def _given(*names: str) -> dict[str, BindParameter[Any]]:
    """Return parameters of an UPDATE by column; no name of one may be that of a column."""
    return {name: bindparam(f"new_{name}") for name in names}


_TAKE = Prepared(update(tables.job).where(_JOB.key == bindparam("of")).values(_given("status", "claim", "system", "started")))
#: A job that executes here, and one that waits, as conditions.
_EXECUTING = (_JOB.key == bindparam("of"), _JOB.status == "ACTIVE", _JOB.claim == bindparam("token"))
_WAITING = (_JOB.key == bindparam("of"), _JOB.status == "INPUT")


class _Ending(NamedTuple):
    """The statements that end a job: whether somebody cancelled it, and its last values."""

    cancel: Prepared
    update: Prepared

    @classmethod
    def of(cls, where: tuple[ColumnElement[bool], ...]) -> _Ending:
        """Return those for jobs under a condition."""
        gone = dict.fromkeys(("claim", "stepname", "procstep", "ending", "hold"), "")
        values = {**gone, "status": "OUTPUT", **_given("kind", "rc", "abend", "ended", "output_held")}
        query = select(_JOB.cancel).where(*where).with_for_update()
        return cls(Prepared(query), Prepared(update(tables.job).where(*where).values(values)))


_FINISH, _SETTLE = _Ending.of(_EXECUTING), _Ending.of(_WAITING)
_SPOOL_COLUMNS = tuple(column.name for column in tables.spool.columns)
_INSERT_SPOOL = Prepared(insert(tables.spool), _SPOOL_COLUMNS)
_SPOOL_DEFAULTS = defaults(tables.spool)
#: PostgreSQL: one claim at a time, or two jobs of a name could start together. "JES2".
_CLAIM_LOCK = 0x4A455332


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that this process executes."""

    key: int
    token: str


class Claims:
    """The executing side of the job queue."""

    def __init__(self, queue: JobQueue, holders: Holders, config: JesConfig) -> None:
        """Take the queue and the list of living processes."""
        self._queue = queue
        self._holders = holders
        self._config = config
        self._count = itertools.count(1)
        self._queries: dict[tuple[tuple[str, ...], frozenset[str]], Prepared] = {}

    def claim(self, classes: Sequence[str], held: Collection[str] = (), *, likely: bool = False) -> Claim | None:
        """Take the next job for a class list, or None. The list's order counts first, then priority, then age.

        held: masks of job names that a test keeps in INPUT. likely: there is probably one, so look under the write lock at once.
        """
        query = self._next(tuple(classes), frozenset(held))
        self._queue.arrivals.enter()
        if not likely:
            with reading(self._queue.engine) as connection:  # an idle initiator must not take the write lock
                if query.first(connection, {}) is None:
                    return None
        with writing(self._queue.engine) as connection:
            if not is_sqlite(connection):
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _CLAIM_LOCK})
            row = query.first(connection, {})
            if row is None:
                return None
            claim = Claim(row[0], f"{self._holders.number}.{next(self._count)}")
            values = {"new_status": "ACTIVE", "new_claim": claim.token, "new_system": self._config.sysname, "of": claim.key}
            _TAKE.act(connection, {**values, "new_started": self._queue.now().isoformat()})
        return claim

    def give_back(self, claim: Claim) -> None:
        """Put a claimed job back into INPUT, untouched."""
        values = {"status": "INPUT", "claim": "", "started": ""}
        with writing(self._queue.engine) as connection:
            connection.execute(update(tables.job).where(*_ours(claim)).values(**values))

    def _next(self, classes: tuple[str, ...], held: frozenset[str]) -> Prepared:
        """Return the query for the next job, built once for each class list."""
        if (classes, held) not in self._queries:
            job = tables.job
            order = case({name: at for at, name in enumerate(classes)}, value=job.c.job_class)
            query = select(job.c.key).where(*self._ready(), job.c.job_class.in_(classes))
            for pattern in held:
                query = query.where(job.c.jobname.not_like(like(pattern), escape="\\"))
            if len(self._queries) > _REMEMBERED:
                self._queries.clear()
            self._queries[classes, held] = Prepared(query.order_by(order, job.c.priority.desc(), job.c.key).limit(1))
        return self._queries[classes, held]

    def _ready(self) -> list[ColumnElement[bool]]:
        job, other = tables.job, tables.job.alias("running")
        twin = select(other.c.key).where(other.c.jobname == job.c.jobname, other.c.status == "ACTIVE").exists()
        free = [name for name, definition in self._config.classes.items() if definition.duplicates]
        affinity = or_(job.c.affinity == "", job.c.affinity.like(f"% {self._config.sysname} %"))
        return [job.c.status == "INPUT", job.c.hold == "", job.c.ending == "", affinity, or_(job.c.job_class.in_(free), ~twin)]

    def unconverted(self, served: Sequence[str]) -> list[int]:
        """Return the keys of jobs that wait for something else than an initiator and are not converted yet."""
        job = tables.job
        waiting = or_(job.c.hold != "", job.c.job_class.not_in(served), job.c.typrun.in_(("SCAN", "COPY")))
        query = select(job.c.key).where(job.c.status == "INPUT", job.c.phase == "CNV", job.c.ending == "", waiting)
        self._queue.arrivals.enter()
        with reading(self._queue.engine) as connection:
            return list(connection.execute(query.where(job.c.hold != "JCLHOLD").order_by(job.c.key)).scalars())

    def converted(self, key: int) -> None:
        """Note that a waiting job has passed conversion."""
        job = tables.job
        with writing(self._queue.engine) as connection:
            connection.execute(update(job).where(job.c.key == key, job.c.status == "INPUT").values(phase="XEQ"))

    def at_step(self, claim: Claim, stepname: str, procstep: str, started: datetime) -> None:
        """Note the step that an executing job is in."""
        values = {"stepname": stepname, "procstep": procstep, "step_started": started.isoformat()}
        with writing(self._queue.engine) as connection:
            connection.execute(update(tables.job).where(*_ours(claim)).values(**values))

    def to_be_cancelled(self) -> list[tuple[int, str]]:
        """Return (key, CANCEL or PURGE) of executing jobs that somebody wants ended."""
        query = select(tables.job.c.key, tables.job.c.cancel).where(tables.job.c.status == "ACTIVE", tables.job.c.cancel != "")
        with reading(self._queue.engine) as connection:
            return [(row.key, row.cancel) for row in connection.execute(query)]

    def spun(self, claim: Claim, files: Sequence[SpoolWriter]) -> bool:
        """Make finished output of an executing job visible; tell whether the job is still ours."""
        for file in files:
            file.finish()
        with writing(self._queue.engine) as connection:
            if connection.execute(select(tables.job.c.key).where(*_ours(claim))).first() is None:
                return False
            _insert(connection, claim.key, files)
        return True

    def finish(self, claim: Claim, completion: Completion, files: Sequence[SpoolWriter], ended: datetime) -> bool:
        """End an executing job with its output; False when it is no longer ours (the output is then dropped)."""
        return self._end({"of": claim.key, "token": claim.token}, _FINISH, completion, files, ended)

    def settle(self, key: int, completion: Completion, files: Sequence[SpoolWriter], ended: datetime) -> bool:
        """End a waiting job that will not run; False when somebody else was quicker."""
        return self._end({"of": key}, _SETTLE, completion, files, ended)

    def _end(
        self, whose: dict[str, Any], statements: _Ending, completion: Completion, files: Sequence[SpoolWriter], ended: datetime
    ) -> bool:
        key = whose["of"]
        for file in files:
            file.finish()
        values: dict[str, Any] = {"new_kind": completion.kind.value, "new_rc": completion.rc, "new_abend": completion.abend}
        values |= {"new_ended": ended.isoformat(), "new_output_held": int(any(file.place.held for file in files)), **whose}
        with writing(self._queue.engine) as connection:
            row = statements.cancel.first(connection, whose)
            if row is None:
                for file in files:
                    file.discard()
                return False
            cancel = row[0]
            _insert(connection, key, files)
            statements.update.act(connection, values)
            # A job that the system failed is kept without output too: else nobody would learn of it.
            kept = completion.kind is CompletionKind.SYSTEM_FAILURE or files or self._has_output(connection, key)
            if cancel == "PURGE" or not kept:
                remove(connection, self._queue.content, key)
        return True

    @staticmethod
    def _has_output(connection: Connection, key: int) -> bool:
        return connection.execute(select(tables.spool.c.key).where(tables.spool.c.job == key)).first() is not None

    def endings(self) -> list[int]:
        """Return the keys of waiting jobs that are to end without running."""
        query = select(tables.job.c.key).where(tables.job.c.status == "INPUT", tables.job.c.ending != "")
        self._queue.arrivals.enter()
        with reading(self._queue.engine) as connection:
            return list(connection.execute(query.order_by(tables.job.c.key)).scalars())

    def abandoned(self) -> list[tuple[str, datetime | None]]:
        """Return the name and the start of each executing job whose process is dead."""
        query = select(tables.job.c.jobname, tables.job.c.started, tables.job.c.claim).where(tables.job.c.status == "ACTIVE")
        with reading(self._queue.engine) as connection:
            rows = connection.execute(query.order_by(tables.job.c.key)).all()
            dead = [row for row in rows if not self._holders.is_alive(int(row.claim.partition(".")[0]), connection)]
        return [(row.jobname, datetime.fromisoformat(row.started) if row.started else None) for row in dead]

    def recover(self) -> list[str]:
        """Give jobs of dead processes back to the queue, or mark them failed; return their ids."""
        with reading(self._queue.engine) as connection:
            if connection.execute(select(tables.job.c.key).where(tables.job.c.status == "ACTIVE")).first() is None:
                return []
        recovered = []
        with writing(self._queue.engine) as connection:
            query = select(tables.job).where(tables.job.c.status == "ACTIVE").with_for_update()
            for row in connection.execute(query).all():
                if self._holders.is_alive(int(row.claim.partition(".")[0]), connection):
                    continue
                recovered.append(row.jobid)
                forget_spool(connection, self._queue.content, tables.spool.c.job == row.key)
                values: dict[str, Any] = {"status": "INPUT", "claim": "", "started": "", "stepname": "", "procstep": ""}
                values["restarts"] = row.restarts + 1
                if row.cancel:
                    values["ending"] = "CANCELED"
                elif not self._config.restart_active or row.restarts:
                    values["ending"] = "SYSFAIL"
                connection.execute(update(tables.job).where(tables.job.c.key == row.key).values(**values))
        return recovered


def _ours(claim: Claim) -> list[ColumnElement[bool]]:
    return [tables.job.c.key == claim.key, and_(tables.job.c.status == "ACTIVE", tables.job.c.claim == claim.token)]


def _insert(connection: Connection, key: int, files: Sequence[SpoolWriter]) -> None:
    rows = [
        {
            **_SPOOL_DEFAULTS, "job": key,
            "key": file.place.key, "stepname": file.place.stepname, "procstep": file.place.procstep,
            "ddname": file.place.ddname, "sysout_class": file.place.sysout_class, "recfm": str(file.dcb.recfm or "U"),
            "lrecl": file.dcb.lrecl, "bytes": file.bytes, "records": file.records, "qualifier": file.place.qualifier,
            "held": int(file.place.held), "destination": file.place.destination, "writer": file.place.writer,
            "form": file.place.form, "content": file.finish().keep(connection),
        }
        for file in files
    ]  # fmt: skip
    if rows:
        _INSERT_SPOOL.act_each(connection, rows)
