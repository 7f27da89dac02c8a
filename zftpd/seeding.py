"""A seed made real in a whole system: users first, then data sets and z/OS UNIX files, then jobs.

Source: docs/fixtures.md.
Rules: RACF commands that fail are reported and do not stop the start, since a store that survives has its users already.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mvsfs.access import Requester
from mvsfs.seed import Seed, apply, read

if TYPE_CHECKING:
    from jes.system import Jes
    from mvsfs.system import Mvs
    from saf.system import Saf

#: The user whose names stand in statistics and who submits jobs of a seed that names nobody.
SEED_USERID = "IBMUSER"


def plant(mvs: Mvs, saf: Saf, jes: Jes, seed: Seed | Path, *, note: Callable[[str], None] = lambda _line: None) -> list[str]:
    """Make everything that a seed, or a seed folder, describes; return the ids of its jobs.

    Raises SeedError with the place at fault.
    """
    if isinstance(seed, Path):
        seed = read(seed)
    for command in seed.users:
        result = saf.command(saf.operator(), command)
        if result.rc:
            note(" ".join((command, *(line.strip() for line in result.lines))))
    apply(mvs, seed, Requester(SEED_USERID))
    jobids: list[str] = []
    for job in seed.jobs:
        jobids += jes.submit(saf.acee(job.userid or SEED_USERID), job.jcl)
    return jobids
