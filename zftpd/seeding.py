"""A seed made real in a whole system: users first, then data sets and z/OS UNIX files, then certificates, then jobs.

Source: docs/fixtures.md.
Rules: RACF commands that fail are reported and do not stop the start, since a store that survives has its users already.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jes.racfdata import RacfDatasets
from mvsfs.access import Requester
from mvsfs.seed import Seed, apply, read
from mvsfs.seed.trusted import trusted

if TYPE_CHECKING:
    from jes.system import Jes
    from mvsfs.system import Mvs
    from saf.system import Saf

#: The user whose names stand in statistics and who submits jobs of a seed that names nobody.
SEED_USERID = "IBMUSER"
#: Commands that may read a data set of the seed.
_NEEDS_DATA = "RACDCERT"


def plant(mvs: Mvs, saf: Saf, jes: Jes, seed: Seed | Path, *, note: Callable[[str], None] = lambda _line: None) -> list[str]:
    """Make everything that a seed, or a seed folder, describes; return the ids of its jobs.

    Raises SeedError with the place at fault.
    """
    if isinstance(seed, Path):
        seed = read(seed)
    later = [command for command in seed.users if command.upper().startswith(_NEEDS_DATA)]

    def carry_out(command: str) -> None:
        datasets = RacfDatasets(trusted(mvs), Requester(SEED_USERID))
        result = saf.command(saf.operator(), command, datasets)
        if result.rc:
            note(" ".join((command, *(line.strip() for line in result.lines))))

    for command in seed.users:
        if command not in later:
            carry_out(command)
    apply(mvs, seed, Requester(SEED_USERID))
    for command in later:
        carry_out(command)
    jobids: list[str] = []
    for job in seed.jobs:
        jobids += jes.submit(saf.acee(job.userid or SEED_USERID), job.jcl)
    return jobids
