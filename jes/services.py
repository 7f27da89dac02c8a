"""What running jobs need from the system: one object handed down, made by jes/system.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from jes.config import JesConfig
from jes.control import Control
from jes.procs import ProcLibraries
from jes.spool.claims import Claims
from jes.spool.queue import JobQueue
from jes.stepcontext import JobServices
from mvsfs.system import Mvs
from saf.system import Saf

#: Device numbers start here, in order of volume serial [assumed; any four digits do].
_FIRST_DEVICE = 0x0A80


@dataclass(slots=True)
class Services:
    """The parts of one JES."""

    config: JesConfig
    mvs: Mvs
    saf: Saf
    queue: JobQueue
    claims: Claims
    reader: JobServices
    procs: ProcLibraries
    control: Control
    now: Callable[[], datetime]
    console: Callable[[str], None] = lambda _text: None
    notify: Callable[[str, str], None] = lambda _userid, _text: None
    devices: dict[str, str] = field(default_factory=dict)
    abends: Iterator[int] = field(default_factory=lambda: count(1))  # numbers of symptom dumps

    def device(self, volser: str) -> str:
        """Return the device number of a volume as messages show it."""
        if volser not in self.devices:
            known = {row.volser: f"{_FIRST_DEVICE + at:04X}" for at, row in enumerate(self.mvs.volumes)}
            self.devices = known | {volser: known.get(volser, "VIO" if not volser else f"{_FIRST_DEVICE + len(known):04X}")}
        return self.devices[volser]
