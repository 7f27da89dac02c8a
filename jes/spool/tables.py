"""The spool's tables in the catalog's database.

    jes_job     one row a job: state, scheduling facts, completion     (narrow: every claim scans the INPUT rows)
    jes_input   the job's card images: a reference into the content store
    jes_schedule  until when a job is held, by when it should have started
    jes_group   job groups, by the key of their logging job; jes_group_member what has become of their jobs
    jes_spool   one row a spool data set; its records are an object of the content store, in RDW form
    jes_number  the last job number handed out to a job in the queue
    jes_arrival jobs that are known to JES and not in the queue yet (arrivals.py)

Rules: times are ISO 8601 text with offset. `claim` is "holder.count": the number of the process that executes the job (holders
of the store tell the living from the dead) and a count of its claims. Every statement of an initiator about its job carries
the claim, so one that was thought dead cannot write into a job that was given to another.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

job = Table(
    "jes_job",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("jobid", String(8), nullable=False, unique=True),
    Column("jobname", String(8), nullable=False),
    Column("owner", String(8), nullable=False),
    Column("submitter", String(8), nullable=False, default=""),
    Column("status", String(6), nullable=False),  # INPUT ACTIVE OUTPUT
    Column("phase", String(3), nullable=False, default="CNV"),  # CNV XEQ
    Column("job_class", String(8), nullable=False),
    Column("msgclass", String(1), nullable=False),
    Column("priority", Integer, nullable=False, default=1),
    Column("hold", String(8), nullable=False, default=""),  # TYPRUN JCLHOLD OPER CLASS
    Column("ending", String(10), nullable=False, default=""),  # how it will end without running: SEC, CANCELED, SYSFAIL
    Column("refusal", Text, nullable=False, default=""),  # the job log lines that say why
    Column("cancel", String(6), nullable=False, default=""),  # CANCEL PURGE
    Column("kind", String(10), nullable=False, default=""),
    Column("rc", Integer, nullable=False, default=0),
    Column("abend", String(5), nullable=False, default=""),
    Column("programmer", String(20), nullable=False, default=""),
    Column("notify", String(17), nullable=False, default=""),
    Column("typrun", String(8), nullable=False, default=""),
    Column("affinity", String(300), nullable=False, default=""),  # SYSAFF: names of systems, empty for any
    Column("cards", Integer, nullable=False, default=0),
    Column("restarts", Integer, nullable=False, default=0),
    Column("output_held", Integer, nullable=False, default=1),
    Column("submitted", String(40), nullable=False),
    Column("started", String(40), nullable=False, default=""),
    Column("ended", String(40), nullable=False, default=""),
    Column("system", String(8), nullable=False, default=""),
    Column("claim", String(40), nullable=False, default=""),
    Column("stepname", String(8), nullable=False, default=""),
    Column("procstep", String(8), nullable=False, default=""),
    Column("step_started", String(40), nullable=False, default=""),
    sqlite_autoincrement=True,  # a key is never used again
)
Index("jes_job_ready", job.c.status, job.c.hold, job.c.job_class, job.c.priority, job.c.key)
Index("jes_job_name", job.c.jobname, job.c.status)

job_input = Table(
    "jes_input",
    metadata,
    Column("job", Integer, ForeignKey("jes_job.key", ondelete="CASCADE"), primary_key=True),
    Column("content", String(64), nullable=False),
)

#: Only jobs with times on a SCHEDULE statement have a row. Moments are in UTC, so that they compare as texts.
schedule = Table(
    "jes_schedule",
    metadata,
    Column("job", Integer, ForeignKey("jes_job.key", ondelete="CASCADE"), primary_key=True),
    Column("hold_until", String(40), nullable=False, default=""),
    Column("start_by", String(40), nullable=False, default=""),
)

#: A group's definition is the input of its logging job; `log` has the lines for the output of that job.
group = Table(
    "jes_group",
    metadata,
    Column("job", Integer, ForeignKey("jes_job.key", ondelete="CASCADE"), primary_key=True),
    Column("name", String(8), nullable=False),
    Column("state", String(8), nullable=False),  # PENDING HELD ERROR COMPLETE
    Column("log", Text, nullable=False, default=""),
)

group_member = Table(
    "jes_group_member",
    metadata,
    Column("group", Integer, ForeignKey("jes_group.job", ondelete="CASCADE"), primary_key=True),
    Column("name", String(8), primary_key=True),
    Column("job", Integer, nullable=False, default=0),  # 0: not submitted yet
    Column("state", String(8), nullable=False),  # as jes/groups.py
    Column("own_hold", String(8), nullable=False, default=""),  # the hold that the job has besides waiting
    Column("rc", Integer, nullable=False, default=0),
    Column("abend", String(5), nullable=False, default=""),
    Column("is_run", Integer, nullable=False, default=0),
)

arrival = Table(
    "jes_arrival",
    metadata,
    Column("key", Integer, primary_key=True),  # in the order of coming
    Column("number", Integer, nullable=False),
    Column("facts", Text, nullable=False),  # columns of jes_job in JSON, or who submitted a job that was not read (unread.py)
    Column("input", LargeBinary, nullable=False),  # card images in RDW form
)

spool = Table(
    "jes_spool",
    metadata,
    Column("job", Integer, ForeignKey("jes_job.key", ondelete="CASCADE"), primary_key=True),
    Column("key", Integer, primary_key=True),
    Column("stepname", String(8), nullable=False, default=""),
    Column("procstep", String(8), nullable=False, default=""),
    Column("ddname", String(8), nullable=False),
    Column("sysout_class", String(1), nullable=False),
    Column("recfm", String(4), nullable=False),
    Column("lrecl", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("records", Integer, nullable=False),
    Column("qualifier", String(8), nullable=False),  # last qualifier of the spool data set name
    Column("held", Integer, nullable=False, default=1),
    Column("destination", String(300), nullable=False, default="LOCAL"),
    Column("writer", String(8), nullable=False, default=""),
    Column("form", String(8), nullable=False, default=""),
    Column("content", String(64), nullable=False),
)

number = Table(
    "jes_number",
    metadata,
    Column("pool", String(8), primary_key=True),
    Column("last", Integer, nullable=False),
)
