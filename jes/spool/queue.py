"""The job queue: every job from the internal reader until it is purged.

Not here: claiming, running and ending (claims.py); who may see what (jes/query.py).
Rules: a job exists from the commit of `add` on, whatever happens then. Each public function is one transaction, but for arrivals
that are entered first (arrivals.py).
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, bindparam, delete, func, insert, select, update

from jes.errors import JobNotFound, WrongState
from jes.jcl.jobgroup import JobGroup
from jes.job import Completion, CompletionKind, JobInfo, SpoolFile, StepNow
from jes.messages import text
from jes.names import jobid, jobid_forms
from jes.spool import groups, schedule, tables
from jes.spool.arrivals import Arrivals
from jes.spool.jobid import NumberRange
from jes.spool.store import read_records
from jes.spool.unread import is_unread
from mvsfs.storage.content import ContentStore, ContentWriter
from mvsfs.storage.database import after_commit, create_missing, reading, writing
from mvsfs.storage.prepared import Prepared, defaults

_POOL = "JOB"

# Statements are built once: with SQLAlchemy that costs more than SQLite's own work on them.
_JOB_DEFAULTS = defaults(tables.job)
_JOB_COLUMNS = tuple(column.name for column in tables.job.columns if column.name != "key")
_INSERT_JOB = Prepared(insert(tables.job).returning(tables.job.c.key), _JOB_COLUMNS)
_INSERT_INPUT = Prepared(insert(tables.job_input), ("job", "content"))
_LAST_NUMBER = Prepared(select(tables.number.c.last).where(tables.number.c.pool == bindparam("of")).with_for_update())
_SET_LAST = Prepared(update(tables.number).where(tables.number.c.pool == bindparam("of")).values(last=bindparam("new_last")))
_USED = Prepared(select(tables.job.c.key).where(tables.job.c.number == bindparam("wanted")))
_RUNNING = tables.job.alias("running")
_COUNT = select(func.count()).select_from(tables.spool).where(tables.spool.c.job == tables.job.c.key).scalar_subquery()
_TWIN = select(_RUNNING.c.key).where(_RUNNING.c.jobname == tables.job.c.jobname, _RUNNING.c.status == "ACTIVE").exists()
_JOBS: Select[Any] = select(tables.job, _COUNT.label("spool_count"), _TWIN.label("twin"))
_BY_KEY = Prepared(_JOBS.where(tables.job.c.key == bindparam("wanted")))
#: A row of `_JOBS` as the driver itself gives it.
_JobRow: Any = namedtuple("_JobRow", [column.name for column in _JOBS.selected_columns])  # type: ignore[misc]
_BY_ID = _JOBS.where(tables.job.c.jobid.in_(bindparam("wanted", expanding=True)))
_MARKS = select(*(tables.job.c[name] for name in ("ending", "refusal")))
_MARKS_OF = _MARKS.where(tables.job.c.key == bindparam("wanted"))
#: For update: where others write at the same time, an initiator could claim the job behind it.
_STATUS_OF = select(tables.job.c.status).where(tables.job.c.key == bindparam("wanted")).with_for_update()
_INPUT_OF = Prepared(select(tables.job_input.c.content).where(tables.job_input.c.job == bindparam("wanted")))


@dataclass(slots=True)
class NewJob:
    """A job as the internal reader found it. `input` holds its card images; `ending` set: it ends without running."""

    jobname: str
    owner: str
    submitter: str
    input: ContentWriter
    cards: int
    job_class: str = "A"
    msgclass: str = "A"
    priority: int = 9
    hold: str = ""
    programmer: str = ""
    notify: str = ""
    typrun: str = ""
    affinity: str = ""
    ending: str = ""
    refusal: str = ""
    restarts: int = 0
    group: str = ""
    """The job group that its SCHEDULE statement names."""
    definition: JobGroup | None = None
    """It is the logging job of this group."""
    hold_until: datetime | None = None
    start_by: datetime | None = None
    submitted: datetime | None = None
    """When it came; None for now."""
    afterwards: list[Callable[[], None]] = field(default_factory=list)
    """To be called when it is in the queue: listeners of messages and refusals."""

    @property
    def is_scheduled(self) -> bool:
        """Tell whether it has a time of its own, or a job group."""
        return self.hold_until is not None or self.start_by is not None or bool(self.group) or self.definition is not None

    @property
    def prefix(self) -> str:
        """What its id begins with."""
        return "JOB" if self.definition is None else "G"


#: Reads a job that was kept unread, from the facts and the card images it was kept with.
InputService = Callable[[dict[str, Any], bytes], NewJob]
#: What `restarts` says of a job that must not run again: /*JOBPARM RESTART=N.
NOT_RESTARTABLE = -1


@dataclass(frozen=True, slots=True)
class Marks:
    """How a waiting job is to end, and the log lines that say why."""

    ending: str
    refusal: str


class JobQueue:
    """The jobs of one spool."""

    def __init__(
        self, engine: Engine, content: ContentStore, numbers: NumberRange, now: Callable[[], datetime], first_number: int = 0
    ) -> None:
        """Create the tables where they are missing."""
        self.engine = engine
        self.content = content
        self.now = now
        self._numbers = numbers
        self._first = first_number
        create_missing(engine, tables.metadata)
        self.arrivals = Arrivals(engine, numbers, self._enter)
        self.input_service: InputService | None = None

    def add(self, jobs: Sequence[NewJob]) -> list[str]:
        """Insert jobs in one transaction and return their ids in order. Raises JobNumbersExhausted."""
        small = [
            (json.dumps(self._facts(new)), content)
            for new in jobs
            if not new.is_scheduled and (content := new.input.small) is not None
        ]
        numbers = self.arrivals.put(_POOL, small) if len(small) == len(jobs) else None
        if numbers is None:
            numbers = self._add(jobs)
        return [self._id(number, new.prefix) for number, new in zip(numbers, jobs, strict=True)]

    def _id(self, number: int, prefix: str) -> str:
        return self._numbers.jobid(number) if prefix == "JOB" else jobid(number, prefix, wide=True)

    def keep_unread(self, jobs: Sequence[tuple[str, bytes]]) -> list[str] | None:
        """Keep jobs that `input_service` shall read later, each with its facts and small card images; return their ids.

        None when that cannot be. Raises JobNumbersExhausted.
        """
        numbers = self.arrivals.put(_POOL, jobs)
        return None if numbers is None else [self._numbers.jobid(number) for number in numbers]

    def _add(self, jobs: Sequence[NewJob]) -> list[int]:
        """Insert jobs behind all that have arrived, and return their numbers."""
        numbers = []
        with writing(self.engine) as connection:
            self.arrivals.enter_all(connection)
            last = self._last_number(connection)
            for new in jobs:
                last = self._numbers.next_free(last, lambda number: self._is_used(connection, number))
                self._insert_new(connection, last, new)
                numbers.append(last)
            _SET_LAST.act(connection, {"of": _POOL, "new_last": last})
        return numbers

    def _last_number(self, connection: Connection) -> int:
        row = _LAST_NUMBER.first(connection, {"of": _POOL})
        if row is None:
            connection.execute(insert(tables.number).values(pool=_POOL, last=self._first))
            return self._first
        return int(row[0])

    @staticmethod
    def _is_used(connection: Connection, number: int) -> bool:
        return _USED.first(connection, {"wanted": number}) is not None

    def _facts(self, new: NewJob) -> dict[str, Any]:
        """Return the columns that are known before the job has a number; the others have their defaults."""
        return {
            "jobname": new.jobname, "owner": new.owner, "submitter": new.submitter, "job_class": new.job_class,
            "msgclass": new.msgclass, "priority": new.priority, "hold": new.hold, "programmer": new.programmer,
            "notify": new.notify, "typrun": new.typrun, "affinity": new.affinity, "cards": new.cards,
            "submitted": (new.submitted or self.now()).isoformat(), "ending": new.ending, "refusal": new.refusal,
            "restarts": new.restarts,
        }  # fmt: skip

    def _insert_new(self, connection: Connection, number: int, new: NewJob) -> None:
        key = self._insert(connection, number, self._facts(new), new.input, new.prefix)
        if new.definition is not None and not new.ending:
            self._define(connection, key, new, new.definition)
        elif new.group and not new.ending:
            wrong = groups.register(connection, new.group, new.jobname, new.owner, key, self.now())
            if wrong:
                connection.execute(
                    update(tables.job).where(tables.job.c.key == key).values(ending="JECL", refusal=wrong, hold="")
                )
        if new.hold_until is not None or new.start_by is not None:
            times = {name: schedule.as_text(getattr(new, name)) for name in ("hold_until", "start_by")}
            connection.execute(insert(tables.schedule).values(job=key, **times))

    @staticmethod
    def _define(connection: Connection, key: int, new: NewJob, group: JobGroup) -> None:
        """Let the logging job of a group wait until the group is complete, unless its owner has such a group."""
        values = {"hold": groups.HOLD, "phase": "XEQ"}
        if groups.is_defined(connection, group.name, new.owner):
            values = {"ending": "JECL", "refusal": text("hasp1110", group=group.name, words="JOB GROUP ALREADY EXISTS")}
        else:
            groups.define(connection, key, group)
        connection.execute(update(tables.job).where(tables.job.c.key == key).values(**values))

    def _insert(
        self, connection: Connection, number: int, facts: dict[str, Any], content: ContentWriter, prefix: str = "JOB"
    ) -> int:
        state = {"number": number, "jobid": self._id(number, prefix), "status": "INPUT", "phase": "CNV"}
        key = _INSERT_JOB.first(connection, _JOB_DEFAULTS | facts | state)[0]
        _INSERT_INPUT.act(connection, {"job": key, "content": content.keep(connection)})
        return int(key)

    def _enter(self, connection: Connection, number: int, facts: dict[str, Any], records: bytes) -> None:
        """Enter an arrival, which has been read already or is read now."""
        if is_unread(facts):
            assert self.input_service is not None
            new = self.input_service(facts, records)
            self._insert_new(connection, number, new)
            for act in new.afterwards:
                after_commit(connection, act)
        else:
            content = self.content.create()
            content.write(records)
            self._insert(connection, number, facts, content)
        _SET_LAST.act(connection, {"of": _POOL, "new_last": number})

    def find(self, jobid: str) -> JobInfo:
        """Return a job by any form of its id. Raises JobNotFound."""
        forms = jobid_forms(jobid)
        self.arrivals.enter()
        with reading(self.engine) as connection:
            row = connection.execute(_BY_ID, {"wanted": list(forms)}).first() if forms else None
        if row is None:
            raise JobNotFound(jobid)
        return job_info(row, self.now())

    def by_key(self, key: int) -> JobInfo | None:
        """Return a job by its key, or None when it has been purged."""
        with reading(self.engine) as connection:
            row = _BY_KEY.first(connection, {"wanted": key})
        return job_info(_JobRow(*row), self.now()) if row is not None else None

    def marks(self, key: int) -> Marks | None:
        """Return the marks of a job, or None when it is gone."""
        with reading(self.engine) as connection:
            row = connection.execute(_MARKS_OF, {"wanted": key}).first()
        return Marks(*row) if row is not None else None

    def select(self, jobname: str = "*", owner: str = "*", status: str = "ALL") -> list[JobInfo]:
        """Return the jobs under masks: output first, then executing, then waiting; the newest first in each."""
        query = _JOBS
        for column, pattern in ((tables.job.c.jobname, jobname), (tables.job.c.owner, owner)):
            if pattern not in {"", "*"}:
                query = query.where(column.like(like(pattern), escape="\\"))
        if status not in {"", "ALL"}:
            query = query.where(tables.job.c.status == status)
        order = {"OUTPUT": 0, "ACTIVE": 1, "INPUT": 2}
        now = self.now()
        self.arrivals.enter()
        with reading(self.engine) as connection:
            found = [job_info(row, now) for row in connection.execute(query)]
        return sorted(found, key=lambda info: (order[info.status], -info.key))

    def spool_files(self, info: JobInfo) -> list[SpoolFile]:
        """Return the spool data sets of a job in listing order."""
        columns = [column for column in tables.spool.c if column.name != "job"]
        query = select(*columns).where(tables.spool.c.job == info.key).order_by(tables.spool.c.key)
        with reading(self.engine) as connection:
            rows = connection.execute(query).all()
        return [_spool_file(number, row, info) for number, row in enumerate(rows, 1)]

    def read(self, spool_file: SpoolFile) -> Iterator[bytes]:
        """Yield the records of a spool data set."""
        return read_records(self.content, spool_file.content)

    def input_records(self, key: int) -> list[bytes]:
        """Return the card images of a job. Raises JobNotFound when it has been purged."""
        with reading(self.engine) as connection:
            row = _INPUT_OF.first(connection, {"wanted": key})
        if row is None:
            raise JobNotFound(str(key))
        return list(read_records(self.content, row[0]))

    def hold(self, info: JobInfo) -> None:
        """Hold a waiting job, or the output of an ended one. Raises WrongState."""
        self._change(info, "HOLD", and_(tables.job.c.status != "ACTIVE", tables.job.c.hold != groups.HOLD), hold="OPER")

    def release(self, info: JobInfo) -> None:
        """Let a held job go on. Raises WrongState."""
        self._change(info, "RELEASE", and_(tables.job.c.status != "ACTIVE", tables.job.c.hold.not_in(("", groups.HOLD))), hold="")

    def change(self, info: JobInfo, *, job_class: str | None = None, priority: int | None = None) -> None:
        """Give a waiting job another class or priority ($TJ). Raises WrongState."""
        values: dict[str, Any] = {}
        if job_class is not None:
            values["job_class"] = job_class
        if priority is not None:
            values["priority"] = priority
        self._change(info, "SET", tables.job.c.status == "INPUT", **values)

    def cancel(self, info: JobInfo, *, purge: bool) -> str:
        """Ask for the end of a job and return the state it was found in; one that does not execute is purged here and now.

        Raises JobNotFound.
        """
        wanted = "PURGE" if purge else "CANCEL"
        with writing(self.engine) as connection:
            status = connection.execute(_STATUS_OF, {"wanted": info.key}).scalar_one_or_none()
            if status is None:
                raise JobNotFound(info.jobid)
            values = {"cancel": wanted} if status == "ACTIVE" else {"cancel": wanted, "ending": "CANCELED", "hold": ""}
            if purge and status != "ACTIVE":
                remove(connection, self.content, info.key)  # marked only, it could be ended and removed by an initiator before us
            elif status != "OUTPUT":
                connection.execute(update(tables.job).where(tables.job.c.key == info.key).values(**values))
        return str(status)

    def _change(self, info: JobInfo, command: str, condition: Any, **values: Any) -> None:
        statement = update(tables.job).where(tables.job.c.key == info.key, condition).values(**values)
        with writing(self.engine) as connection:
            changed = connection.execute(statement).rowcount
        if not changed:
            raise WrongState(info.jobid, info.status, command)


def forget_spool(connection: Connection, content: ContentStore, where: Any) -> None:
    """Delete spool rows and give up their contents."""
    for reference in connection.execute(select(tables.spool.c.content).where(where)).scalars().all():
        content.forget(connection, reference)
    connection.execute(delete(tables.spool).where(where))


def remove(connection: Connection, content: ContentStore, key: int) -> None:
    """Delete a job with its input and output in the caller's transaction; the group of a logging job is disbanded."""
    groups.disband(connection, key)
    forget_spool(connection, content, tables.spool.c.job == key)
    reference = connection.execute(select(tables.job_input.c.content).where(tables.job_input.c.job == key)).scalar_one_or_none()
    content.forget(connection, reference)
    connection.execute(delete(tables.job_input).where(tables.job_input.c.job == key))
    connection.execute(delete(tables.schedule).where(tables.schedule.c.job == key))
    connection.execute(delete(tables.job).where(tables.job.c.key == key))


def like(pattern: str) -> str:
    """Return the SQL pattern of a JES mask; its escape character is the backslash."""
    escaped = pattern.upper().replace("\\", "\\\\").replace("_", "\\_")
    return escaped.replace("%", "_").replace("?", "_").replace("*", "%")


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def job_info(row: Any, now: datetime) -> JobInfo:
    """Return the facts of a row of `_JOBS`."""
    completion = Completion(CompletionKind(row.kind), row.rc, row.abend) if row.kind else None
    waits = row.status == "INPUT"
    held = row.status != "ACTIVE" and row.hold != ""
    begun = _moment(row.step_started) if row.status == "ACTIVE" and row.stepname else None
    step = StepNow(row.stepname, row.procstep, 0.0, max((now - begun).total_seconds(), 0.0)) if begun else None
    return JobInfo(
        jobid=row.jobid, jobname=row.jobname, owner=row.owner, status=row.status, job_class=row.job_class,
        msgclass=row.msgclass, priority=row.priority, held=held, dup=waits and not row.hold and bool(row.twin),
        completion=completion, spool_count=row.spool_count, step=step, output_held=bool(row.output_held),
        submitter=row.submitter, programmer=row.programmer, submitted=_moment(row.submitted), started=_moment(row.started),
        ended=_moment(row.ended), system=row.system, notify=row.notify, cards=row.cards, restarts=row.restarts, key=row.key,
        typrun=row.typrun, affinity=tuple(row.affinity.split()),
    )  # fmt: skip


def _spool_file(number: int, row: Row[Any], info: JobInfo) -> SpoolFile:
    return SpoolFile(
        number=number, key=row.key, stepname=row.stepname, procstep=row.procstep, ddname=row.ddname,
        sysout_class=row.sysout_class, bytes=row.bytes, records=row.records, recfm=row.recfm, lrecl=row.lrecl,
        dsname=f"{info.owner}.{info.jobname}.{info.jobid}.D{row.key:07d}.{row.qualifier}", held=bool(row.held),
        destination=row.destination, content=row.content,
    )  # fmt: skip
