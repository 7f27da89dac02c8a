"""What the converter makes of a job: frozen values that the spool, the initiator and allocation read.

Source: [JCLREF] for the meaning of each operand; jes-and-jcl reference, sections 3.5 and 4.
Not here: reading cards (cards.py), the tables of operands (keywords.py), evaluating conditions (conditions.py), error words
(texts.py).
Rules: names are upper case without quotes; an operand that was not coded is "" or None; lengths in bytes; records are EBCDIC
bytes.
A data set name is held apart from its member and its relative generation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from jes.jcl.texts import is_error, words

#: What a step needs to be run although an earlier step abended.
OPERATORS = ("GT", "GE", "EQ", "LT", "LE", "NE")


@dataclass(frozen=True, slots=True)
class Message:
    """A converter message: statement number, message id as IEFC612I, and the facts for its text (texts.py)."""

    statement: int
    id: str
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The id and its words, as JESYSMSG and the console show them."""
        return f"{self.id} {words(self.id, self.facts)}".rstrip()

    @property
    def is_error(self) -> bool:
        """Tell whether this message fails the job (the others inform)."""
        return is_error(self.id)

    @property
    def is_interpreted(self) -> bool:
        """Tell whether the interpreter finds it, which sees a job when an initiator has it, and not the converter."""
        return self.id.startswith("IEF6")

    @property
    def is_warning(self) -> bool:
        """Tell whether the system made something else of what was coded (IEF648I, IEF686I), which the job log says as well."""
        return self.id in {"IEF648I", "IEF686I"}


@dataclass(frozen=True, slots=True)
class DdReference:
    """An earlier DD that a backward reference names. `step` is the index of the step in ConvertedJob.steps; -1 is JOBLIB's
    place.
    """

    step: int
    ddname: str


@dataclass(frozen=True, slots=True)
class Disp:
    """DISP=(status,normal,abnormal) with the defaults of [JCLREF DISP] filled in; `is_coded` tells whether DISP was written.

    `abnormal_coded` is False when the third part was left to default.
    """

    status: str = "NEW"  # NEW OLD SHR MOD
    normal: str = "DELETE"  # DELETE KEEP PASS CATLG UNCATLG
    abnormal: str = "DELETE"  # DELETE KEEP CATLG UNCATLG
    is_coded: bool = False
    normal_coded: bool = False
    abnormal_coded: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """SPACE=. unit is TRK, CYL, BLK (then `block` is the average block, or record when avgrec is U, K or M) or ABSTR."""

    unit: str
    primary: int
    secondary: int = 0
    directory: int = 0
    block: int = 0
    release: bool = False
    contiguity: str = ""  # CONTIG MXIG ALX
    round: bool = False
    avgrec: str = ""  # U K M


@dataclass(frozen=True, slots=True)
class DcbOperands:
    """DCB= and the DCB keywords coded on their own. `model` names a data set, `reference` an earlier DD, to copy from."""

    recfm: str = ""
    lrecl: int | str | None = None  # "X" for spanned records of any length
    blksize: int | None = None
    dsorg: str = ""  # PS PO DA IS ...
    keylen: int | None = None
    model: str = ""
    reference: DdReference | None = None
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sysout:
    """SYSOUT=. output_class "*" is the job's MSGCLASS, "" takes the class from an OUTPUT statement."""

    output_class: str
    writer: str = ""
    form: str = ""
    hold: bool = False
    copies: int = 1
    dest: str = ""
    outputs: tuple[str, ...] = ()  # names of OUTPUT statements
    outlim: int | None = None
    spin: str = ""  # UNALLOC, NO ...
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Path:
    """PATH= and its family: a z/OS UNIX file."""

    path: str
    options: tuple[str, ...] = ()  # ORDONLY OWRONLY OCREAT OTRUNC OAPPEND ...
    mode: int = 0
    normal: str = "KEEP"
    abnormal: str = "KEEP"
    filedata: str = "BINARY"  # BINARY TEXT RECORD


@dataclass(frozen=True, slots=True)
class Instream:
    """Data that came with the job. `number` counts from 0 in reading order: its spool key is 101 + number."""

    number: int
    records: tuple[bytes, ...]
    generated: bool = False  # the system generated //SYSIN DD *
    symbols: str = ""  # JCLONLY EXECSYS CNVTSYS
    values: Mapping[str, str] = field(default_factory=dict)  # exported symbols


class DdKind(Enum):
    """What allocation has to make of a DD."""

    DATASET = "dataset"  # dsname (with member or generation)
    TEMPORARY = "temporary"  # &&name in dsname, or "" for a data set without a name
    INSTREAM = "instream"
    SYSOUT = "sysout"
    DUMMY = "dummy"
    PATH = "path"
    UNRESOLVED = "unresolved"  # DDNAME= whose target never came: acts as DUMMY, IEF686I
    SUBSYSTEM = "subsystem"
    TERMINAL = "terminal"  # TERM=TS; in batch as DUMMY


@dataclass(frozen=True, slots=True)
class Dd:
    """One DD statement after procedures, overrides, symbols and backward references. Later parts of a concatenation are in it."""

    ddname: str
    statement: int
    kind: DdKind
    dsname: str = ""
    member: str = ""
    generation: int | None = None
    reference: DdReference | None = None  # DSN=*.step.dd, kept because an unnamed temporary has no other name
    disp: Disp = Disp()
    dcb: DcbOperands = DcbOperands()
    space: Space | None = None
    unit: str = ""
    unit_count: str = ""
    unit_affinity: str = ""  # UNIT=AFF=ddname
    volsers: tuple[str, ...] = ()
    volume_count: int = 0
    volume_reference: DdReference | str | None = None  # VOL=REF=*.step.dd or VOL=REF=dsname
    label: tuple[str, ...] = ()
    expdt: str = ""
    retpd: int | None = None
    like: str = ""
    refdd: DdReference | None = None
    dsntype: str = ""
    recorg: str = ""
    keyoff: int | None = None
    storclas: str = ""
    mgmtclas: str = ""
    dataclas: str = ""
    free_close: bool = False
    sysout: Sysout | None = None
    instream: Instream | None = None
    path: Path | None = None
    subsystem: str = ""
    other: Mapping[str, str] = field(default_factory=dict)  # AMP and what else was coded, as text
    concatenation: tuple[Dd, ...] = ()  # the parts after the first

    @property
    def parts(self) -> tuple[Dd, ...]:
        """The first data set and those concatenated to it."""
        return (self, *self.concatenation)


@dataclass(frozen=True, slots=True)
class CondTest:
    """One test of COND=: it holds when `code op rc` is true. step "" tests every earlier step."""

    code: int
    op: str
    step: str = ""
    procstep: str = ""


@dataclass(frozen=True, slots=True)
class Cond:
    """COND= of a JOB or EXEC statement."""

    tests: tuple[CondTest, ...] = ()
    even: bool = False
    only: bool = False


@dataclass(frozen=True, slots=True)
class IfBranch:
    """A step's place in an IF construct: the expression (conditions.py), which branch, the statement number of the IF."""

    expression: object
    taken_when: bool  # True for THEN, False for ELSE
    statement: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step to run. In a procedure `procstep` is the EXEC inside it and `name` the EXEC that called it."""

    name: str
    statement: int
    program: str
    procstep: str = ""
    procname: str = ""
    program_reference: DdReference | None = None  # PGM=*.step.dd
    parm: str = ""
    parmdd: str = ""
    cond: Cond = Cond()
    ifs: tuple[IfBranch, ...] = ()
    region: str = ""
    time: str = ""
    time_of: int = 0  # the statement of the EXEC whose TIME= all steps of its procedure share; 0: the step's own
    dds: tuple[Dd, ...] = ()
    other: Mapping[str, str] = field(default_factory=dict)

    @property
    def innermost(self) -> str:
        """The name that IEF373I and SMF show: the procedure step's, else the step's."""
        return self.procstep or self.name

    @property
    def messages_name(self) -> str:
        """The names in message order: procedure step first, then the calling step."""
        return f"{self.procstep} {self.name}".strip() if self.procstep else self.name


@dataclass(frozen=True, slots=True)
class OutputStatement:
    """An OUTPUT statement; `step` is -1 at job level, else the index of its step."""

    name: str
    statement: int
    step: int
    operands: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Notify:
    """A NOTIFY statement: whom to tell of the job's end, by which means (MSG, EMAIL), and under which condition, if any."""

    user: str = ""
    email: str = ""
    kind: str = "MSG"
    when: object = None


@dataclass(frozen=True, slots=True)
class Jecl:
    """A JES2 control statement: keyword without /*, and the rest of the card."""

    keyword: str
    operands: str
    statement: int


@dataclass(frozen=True, slots=True)
class JobOperands:
    """What the JOB statement says."""

    jobname: str
    accounting: tuple[str, ...] = ()
    programmer: str = ""
    job_class: str = ""
    msgclass: str = ""
    msglevel: tuple[int, int] | None = None
    notify: str = ""
    prty: int | None = None
    region: str = ""
    time: str = ""
    typrun: str = ""  # HOLD JCLHOLD SCAN COPY
    cond: Cond = Cond()
    restart: tuple[str, str] = ("", "")  # step, procstep; ("*", "") restarts at the first step
    user: str = ""
    password: str = ""
    new_password: str = ""
    group: str = ""
    jobrc: tuple[str, ...] = ()  # ("MAXRC",), ("LASTRC",), ("STEP", name, procstep)
    gdgbias: str = "JOB"
    systems: tuple[str, ...] = ()  # SYSAFF= or SYSTEM=, empty for any
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConvertedJob:
    """A job after conversion. With `errors` it must not run: JCL ERROR. `listing` is the data of JESJCL, line by line."""

    job: JobOperands
    steps: tuple[Step, ...]
    joblib: Dd | None = None
    outputs: tuple[OutputStatement, ...] = ()
    jecl: tuple[Jecl, ...] = ()
    commands: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    listing: tuple[str, ...] = ()
    instream: tuple[Instream, ...] = ()  # in reading order
    cards: int = 0
    jcllib: tuple[str, ...] = ()
    msglevel: tuple[int, int] = (1, 1)  # as coded, or the class's
    notifies: tuple[Notify, ...] = ()
    transmitted: tuple[Instream, ...] = ()  # records of XMIT statements, for a reader of the node that they name
    data_sets: int = 0  # in-stream data sets of the job, those that no step has included

    @property
    def errors(self) -> tuple[Message, ...]:
        """The messages that fail the job, in statement order."""
        return tuple(message for message in self.messages if message.is_error)

    @property
    def converter_errors(self) -> tuple[Message, ...]:
        """Those errors that are found before an initiator takes the job."""
        return tuple(message for message in self.errors if not message.is_interpreted)

    def without_interpreting(self) -> ConvertedJob:
        """Return the job as the converter alone knows it: TYPRUN=SCAN does not look at values [JCLREF TYPRUN]."""
        return replace(self, messages=tuple(message for message in self.messages if not message.is_interpreted))


@dataclass(frozen=True, slots=True)
class Procedure:
    """A member found in a procedure library: its card images and where it was found."""

    name: str
    records: tuple[bytes, ...]
    library: str
    is_private: bool  # from JCLLIB


class ProcSource(Protocol):
    """Where catalogued procedures and INCLUDE groups come from."""

    def find(self, member: str, libraries: tuple[str, ...], proclib: str = "") -> Procedure | None:
        """Return `member` of the first of `libraries` (JCLLIB ORDER) that has it, else of the system's, else None.

        `proclib` names the concatenation that is the system's for this job (JCLLIB PROCLIB), empty for the usual one.
        """
        ...

    def missing(self, libraries: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `libraries` that are not catalogued."""
        ...


@dataclass(frozen=True, slots=True)
class ConversionFacts:
    """What the converter must know from outside: who, which job, which system symbols, how strict.

    `jcl_symbols` tells whether JCL may use the system symbols (SYSSYM=ALLOW of the job class); in-stream data always may.
    """

    userid: str = "IBMUSER"
    jobid: str = ""
    node: str = ""  # ours; empty when nobody asks for one
    system_symbols: Mapping[str, str] = field(default_factory=dict)
    jcl_symbols: bool = True
    subsystems: frozenset[str] = frozenset()  # those that DD SUBSYS= can name
    default_msglevel: tuple[int, int] = (1, 1)
    job_classes: frozenset[str] | None = None  # the classes of several characters that are defined; None: any
    fold_lower_case: bool = False  # accept lower case as upper (off on z/OS)
