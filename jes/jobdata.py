"""What one job knows of its data sets between steps: temporary names, generations, passed data sets, earlier DDs.

Source: jes-and-jcl.md 3.8 (names of temporary data sets), 4.7 (PASS, backward references), 4.8 (GDG numbers within a job).
Rules: relative generations are resolved at the first reference to their base and mean the same for the whole job
(GDGBIAS=JOB) or are resolved anew in each step (STEP).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from jes.jcl.model import Dd, DdReference, Disp
from jes.stepcontext import OpenDd
from mvsfs.errors import GenerationNotFound
from mvsfs.info import DatasetInfo, Target
from mvsfs.system import Mvs

_GENERATIONS = 9999


@dataclass(slots=True)
class Allocated:
    """One data set (or spool data set, DUMMY, path) allocated to a step.

    `ddname` is empty for the later parts of a concatenation, as messages show it. `spool_name` stands in disposition messages
    of SYSIN and SYSOUT.
    """

    ddname: str
    statement: Dd
    open: OpenDd
    disp: Disp
    dsname: str = ""
    info: DatasetInfo | None = None
    created: bool = False
    temporary: bool = False
    spool_name: str = ""
    freed: bool = False
    off_catalog: bool = False  # it was not catalogued and is again not when the step ends, unless CATLG is asked for
    is_absent: bool = False  # VOL=SER= names a volume that does not have it


@dataclass(slots=True)
class Passed:
    """A data set that waits for a later step. `created`: this job made it."""

    dsname: str
    created: bool
    volser: str
    ddname: str = ""


@dataclass(slots=True)
class JobData:
    """The data set side of one running job."""

    mvs: Mvs
    jobname: str
    number: int
    started: datetime
    gdgbias: str = "JOB"
    passed: dict[str, Passed] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)  # made by this job and not catalogued for good yet
    temporaries: set[str] = field(default_factory=set)
    named: dict[DdReference, Allocated] = field(default_factory=dict)
    _latest: dict[str, int] = field(default_factory=dict)
    _unnamed: int = 0

    @property
    def prefix(self) -> str:
        """The first qualifiers of this job's temporary names."""
        return temporary_prefix(self.jobname, self.started)

    def temporary_name(self, name: str) -> str:
        """Return the system's name for &&name, or a new one for a data set without a name."""
        if name:
            return f"{self.prefix}.{name.lstrip('&')}.H01"
        self._unnamed += 1
        return f"{self.prefix}.R{self.number % 100:02d}{self._unnamed:05d}"

    def begin_step(self) -> None:
        """Forget resolved generations when they are relative to the step."""
        if self.gdgbias == "STEP":
            self._latest.clear()

    def generation(self, base: str, relative: int) -> str:
        """Return the absolute name of a relative generation. Raises GenerationNotFound, DatasetNotFound, WrongDsorg."""
        if base not in self._latest:
            self._latest[base] = self._catalogued(base)
        number = self._latest[base] + relative
        if number < 1 or (relative <= 0 and self._latest[base] == 0):
            raise GenerationNotFound(base, relative)
        return f"{base}.G{(number - 1) % _GENERATIONS + 1:04d}V00"

    def _catalogued(self, base: str) -> int:
        try:
            newest = self.mvs.resolve_generation(Target(base, generation=0)).dsname
        except GenerationNotFound:
            return 0
        return int(newest.rpartition(".")[2][1:5])

    def referred(self, reference: DdReference | None) -> Allocated | None:
        """Return what an earlier DD was allocated to."""
        return self.named.get(reference) if reference is not None else None


def temporary_prefix(jobname: str, started: datetime) -> str:
    """Return the first qualifiers of the temporary names of a job."""
    return f"SYS{started:%y%j}.T{started:%H%M%S}.RA000.{jobname}"
