"""Jobs, steps and spool files as others see them: frozen facts.

States, and what may be relied on in each:
  INPUT   the job has its id and its input on spool; nothing of it has run. It may be held or wait for its name.
  ACTIVE  exactly one initiator has claimed it; its spool files grow.
  OUTPUT  it has ended; completion is known and its spool files do not change any more.
A purged job is no longer there at all.

Source: jes-and-jcl.md 1.4, 1.5, 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

#: The highest return code of a step.
MAX_RC = 4095


class CompletionKind(Enum):
    """How a job ended."""

    RC = "RC"
    ABEND = "ABEND"
    JCL_ERROR = "JCL"
    CONVERTER_ERROR = "CONV"
    SECURITY_ERROR = "SEC"
    CANCELED = "CANCELED"
    SYSTEM_FAILURE = "SYSFAIL"
    NOT_RUN = "NOTRUN"  # TYPRUN=SCAN or COPY: nothing ran and nothing is wrong
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Completion:
    """The end of a job. `code`: the return code for RC; for ABEND the text "806" or "U0100"."""

    kind: CompletionKind
    rc: int = 0
    abend: str = ""

    @property
    def text(self) -> str:
        """What the extra column of an interface level 2 listing shows, without the spool file count.

        [3.1 capture, zftp-go]: user abends show ABEND=000. (SEC error) and the last two are assumed.
        """
        if self.kind is CompletionKind.RC:
            return f"RC={self.rc:04d}"
        if self.kind is CompletionKind.ABEND:
            return f"ABEND={'000' if self.abend.startswith('U') else self.abend}"
        return LISTED[self.kind]


LISTED = {
    CompletionKind.JCL_ERROR: "(JCL error)",
    CompletionKind.CONVERTER_ERROR: "(CONV error)",  # assumed
    CompletionKind.SECURITY_ERROR: "(SEC error)",  # assumed
    CompletionKind.CANCELED: "CANCELED",  # assumed
    CompletionKind.SYSTEM_FAILURE: "SYS FAIL",  # assumed
    CompletionKind.NOT_RUN: "RC unknown",
    CompletionKind.UNKNOWN: "RC unknown",
}


@dataclass(frozen=True, slots=True)
class StepNow:
    """The step that an active job is in. `procname` is empty without a procedure; seconds of CPU and of the clock."""

    stepname: str
    procname: str = ""
    cpu_seconds: float = 0.0
    elapsed_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class JobInfo:
    """One job. `status` is INPUT, ACTIVE or OUTPUT; `job_class` also STC or TSU; times are in the system's zone."""

    jobid: str
    jobname: str
    owner: str
    status: str
    job_class: str = "A"
    msgclass: str = "A"
    priority: int = 1
    held: bool = False
    dup: bool = False
    completion: Completion | None = None
    spool_count: int = 0
    step: StepNow | None = None
    output_held: bool = True
    submitter: str = ""
    programmer: str = ""
    submitted: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    system: str = ""
    notify: str = ""
    cards: int = 0
    affinity: tuple[str, ...] = ()  # the systems that may run it; empty for any
    typrun: str = ""  # HOLD JCLHOLD SCAN COPY; SCAN also when /*SCAN says so
    restarts: int = 0  # times it was given back to the queue because its system died
    key: int = 0  # the row's own number: ids are used again after a wrap, this never is

    @property
    def is_group(self) -> bool:
        """Tell whether it is the logging job of a job group."""
        return self.jobid.startswith("G")


@dataclass(frozen=True, slots=True)
class SpoolFile:
    """One spool data set. `number` counts from 1 in listing order; `key` is JES2's data set id (2, 3, 4, 101 ...).

    `stepname` is JES2 for the system data sets. With a procedure `stepname` is the job step and `procstep` the step
    inside the procedure. `dsname` is OWNER.JOBNAME.JOBID.Dnnnnnnn.ddname.
    """

    number: int
    key: int
    stepname: str
    procstep: str
    ddname: str
    sysout_class: str
    bytes: int
    records: int
    recfm: str
    lrecl: int
    dsname: str
    held: bool = True
    destination: str = "LOCAL"
    content: str = ""  # name of the content object; empty while the step still writes it
