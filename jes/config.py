"""What an installation says about its JES: node, system, classes, initiators, numbers, programs. Frozen values.

Source: jes-and-jcl.md 3.1; JES2 initialisation statements JOBDEF, JOBCLASS, INIT, OUTCLASS, OUTDEF.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jes import cputime
from jes.spool.jobid import NumberRange

#: How often a job that waits looks whether it was cancelled.
_TICK = 0.05


def wait(seconds: float, cancelled: Callable[[], bool]) -> None:
    """Let real seconds pass, unless the job is cancelled."""
    limit = time.monotonic() + seconds
    while not cancelled() and (left := limit - time.monotonic()) > 0:
        time.sleep(min(left, _TICK))


@dataclass(frozen=True, slots=True)
class JobClass:
    """JOBCLASS(c): how jobs of a class are treated. qheld: jobs wait; duplicates: DUPL_JOB=NODELAY.

    system_symbols: SYSSYM=ALLOW, else JCL has &SYSUID only.
    """

    name: str
    qheld: bool = False
    duplicates: bool = False
    msgclass: str = ""
    region: str = ""
    time: str = ""
    msglevel: tuple[int, int] = (1, 1)
    system_symbols: bool = False
    restart: bool = True  # a job of the class runs again when its system died


#: The output class that is punched unless OUTCLASS(B) says otherwise.
PUNCH_CLASS = "B"


@dataclass(frozen=True, slots=True)
class OutClass:
    """OUTCLASS(c) OUTDISP=(normal,abnormal): WRITE HOLD KEEP LEAVE PURGE. punch: OUTPUT=PUNCH, as of class B."""

    name: str
    normal: str = "HOLD"
    abnormal: str = "HOLD"
    punch: bool = False


#: Two initiators that a default job finds, and one for the classes that nobody defined.
DEFAULT_INITIATORS = {"1": "A", "2": "ABC", "3": "BCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}


@dataclass(frozen=True, slots=True)
class JesConfig:
    """One JES2. `initiators` maps an initiator's name to its class list, the search order."""

    sysname: str = "MVS1"
    node: str = "N1"
    name: str = "JES2"
    initiators: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_INITIATORS))
    drained: tuple[str, ...] = ()  # initiators that do not start by themselves
    numbers: NumberRange = field(default_factory=NumberRange)
    first_number: int = 0  # the last number handed out before the first job of an empty spool
    default_class: str = "A"
    default_msgclass: str = "A"
    default_priority: int = 9
    classes: Mapping[str, JobClass] = field(default_factory=dict)
    out_classes: Mapping[str, OutClass] = field(default_factory=dict)
    proclibs: tuple[str, ...] = ("USER.PROCLIB", "SYS1.PROCLIB")
    more_proclibs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # PROCxx for /*JOBPARM PROCLIB=
    linklist: tuple[str, ...] = ("SYS1.LINKLIB",)
    system_symbols: Mapping[str, str] = field(default_factory=dict)
    programs: Mapping[str, Any] = field(default_factory=dict)  # name -> Program, callable(step), command or "module:function"
    program_options: Mapping[str, Any] = field(default_factory=dict)
    restart_active: bool = True  # jobs that were ACTIVE when their system died run again; else they end SYS FAIL
    dataset_wait_seconds: float = 600.0
    poll_seconds: float = 0.5
    job_started_messages: bool = True  # IEF403I and IEF404I (MONITOR JOBNAMES)
    job_settings_message: bool = True  # IEFA111I, z/OS 2.3 and later
    meter: Callable[[], tuple[float, float]] = lambda: (time.monotonic(), cputime.seconds())  # elapsed and CPU seconds
    pause: Callable[[float, Callable[[], bool]], None] = wait  # lets seconds pass for a job that takes them, or is cancelled

    @property
    def long_classes(self) -> frozenset[str]:
        """The classes of more than one character: those that are defined or that an initiator takes."""
        taken = (name.strip() for classes in self.initiators.values() if "," in classes for name in classes.split(","))
        return frozenset(name for name in (*self.classes, *taken) if len(name) > 1)

    def job_class(self, name: str) -> JobClass:
        """Return the definition of a class; one that is not defined has the defaults."""
        return self.classes.get(name) or JobClass(name)

    def out_class(self, name: str) -> OutClass:
        """Return the definition of an output class; Z is purged, B is punched, the others are held."""
        if name in self.out_classes:
            return self.out_classes[name]
        return OutClass(name, "PURGE", "PURGE") if name == "Z" else OutClass(name, punch=name == PUNCH_CLASS)
