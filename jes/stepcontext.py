"""What a program sees of its step: parameters, open DDs and the services of the system.

Source: jes-and-jcl.md 4.4, 5; a program is a plain callable `run(step) -> int` and its Program row.
Not here: allocation of DDs (allocation.py) and running (steps.py).
Rules: records are bytes without any length word, in EBCDIC, with the control character where RECFM has A or M.
A program ends by returning 0..4095 or by raising jes.errors.Abend.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from jes.spool.mail import Mailbox
from mvsfs.access import Requester
from mvsfs.dcb import Dcb
from mvsfs.info import DatasetInfo
from mvsfs.records.forms import Form


class RecordSink(Protocol):
    """A DD open for output. Closing commits; a sink that is not closed when the step abends keeps what was written."""

    dcb: Dcb

    def put(self, record: bytes) -> None:
        """Write one record; padded for F, refused when too long (Abend)."""
        ...

    def put_many(self, records: Iterable[bytes]) -> int:
        """Write many records and return how many: much faster than one put each."""
        ...

    def close(self) -> None:
        """End the data set."""
        ...

    def __enter__(self) -> RecordSink: ...

    def __exit__(self, kind: object, error: object, trace: object) -> None: ...


@runtime_checkable
class StoredSink(Protocol):
    """A sink that also takes records as they are stored."""

    def put_stored(self, chunk: bytes, form: Form, records: int) -> None:
        """Write whole records in a stored form of this record format; the caller knows that their lengths fit."""
        ...


class OpenDd(Protocol):
    """One DD statement of the step (with everything concatenated to it) as allocation has prepared it.

    kind: SYSIN (in-stream), SYSOUT, DATASET, PATH or DUMMY.
    """

    ddname: str
    kind: str
    dcb: Dcb  # DD, label and defaults merged; recfm None and lrecl 0 when nobody said
    dsname: str  # '' for SYSIN, SYSOUT, DUMMY; the spool name is not a dsname a program works with
    member: str | None
    path: str  # z/OS UNIX path, else ''
    status: str  # NEW OLD SHR MOD
    sysout_class: str
    info: DatasetInfo | None

    @property
    def is_dummy(self) -> bool:
        """Tell whether reads give end of file and writes vanish."""
        ...

    @property
    def concatenation(self) -> tuple[OpenDd, ...]:
        """The data sets of the DD, itself first; one element for a plain DD."""
        ...

    def records(self) -> Iterator[bytes]:
        """Read all records of the concatenation, in order.

        Raises Abend 013-18 for a missing member, 913 for a refusal, 013 for what cannot be opened so.
        """
        ...

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:
        """Open for output. `dcb` supplies what neither DD nor label gave; DISP=MOD appends unless `append` says otherwise."""
        ...


class JobServices(Protocol):
    """What programs may ask of JES."""

    @property
    def node(self) -> str:
        """The name of our node."""
        ...

    @property
    def mailbox(self) -> Mailbox:
        """What users of this node have been sent."""
        ...

    def submit(self, acee: Any, text: str | Iterable[bytes]) -> list[str]:
        """Put jobs through an internal reader and return their ids."""
        ...

    def jobs(self, acee: Any, *, jobname: str = "*", owner: str = "*") -> Iterable[Any]:
        """Return the jobs (JobInfo) that match and that the user may see."""
        ...

    def job(self, acee: Any, jobid: str) -> Any:
        """Return one job (JobInfo). Raises JobNotFound."""
        ...

    def cancel(self, acee: Any, jobid: str, *, purge: bool = True) -> Any:
        """Cancel a job, or purge its output."""
        ...

    def hold(self, acee: Any, jobid: str) -> None:
        """Hold a waiting job or the output of one."""
        ...

    def release(self, acee: Any, jobid: str) -> None:
        """Let a held job or its output go on."""
        ...

    def spool_files(self, info: Any) -> list[Any]:
        """Return the spool data sets of a job."""
        ...

    def read_spool(self, acee: Any, info: Any, spool_file: Any) -> Iterator[bytes]:
        """Return the records of a spool data set."""
        ...


@dataclass
class StepContext:
    """One running step. `mvs` and `saf` are the facades; `acee` is the job's user, `who` the same for mvsfs.

    `dds` keeps DD order. `joblog` and `sysmsg` take one message line each, without time stamp or control character.
    `allocate` adds a DD while the step runs (dynamic allocation): see jes/allocation.py for its operands.
    """

    jobname: str
    jobid: str
    stepname: str
    procstep: str
    program: str
    parm: str
    userid: str
    acee: Any
    who: Requester
    mvs: Any
    saf: Any
    jes: JobServices
    now: Callable[[], datetime]
    dds: dict[str, OpenDd] = field(default_factory=dict)
    joblog: Callable[[str], None] = lambda _text: None
    sysmsg: Callable[[str], None] = lambda _text: None
    allocate: Callable[..., OpenDd] | None = None
    free: Callable[[str], bool] | None = None
    cancelled: Callable[[], bool] = lambda: False
    cpu_left: Callable[[], float] = lambda: math.inf  # seconds of processor time that TIME= leaves
    options: Mapping[str, Any] = field(default_factory=dict)  # installation's options for programs (host shell and the like)
    pause: Callable[[float], None] = lambda _seconds: None  # lets time pass, also virtual time; ends early when cancelled
    #: Calls another program in this step, as ATTACH and LINK do: its errors become the abends that they are as a step's.
    call: Callable[[Program, StepContext], int] = lambda program, step: program.run(step)

    def dd(self, name: str) -> OpenDd | None:
        """Return the DD called `name`, or None when the step has none."""
        return self.dds.get(name.upper())

    def write_joblog(self, text: str) -> None:
        """Write to operator: one line into JESMSGLG (and JESYSMSG, as for WTOs with routing code 11)."""
        self.joblog(text)


@dataclass(frozen=True)
class Program:
    """One program that PGM= can name.

    interrupted: cancel and TIME= end it wherever it computes (jes/interrupting.py). Ours ask by themselves.
    opens_vsam: its DDs read and write VSAM data sets, as those of programs that an installation adds; QSAM ends S013-64.
    """

    name: str
    run: Callable[[StepContext], int]
    interrupted: bool = False
    opens_vsam: bool = False
