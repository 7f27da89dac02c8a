"""A seed made real in a whole system: users first, then data sets and z/OS UNIX files, then certificates, then jobs.

Source: docs/fixtures.md.
Rules: a RACF command that fails stops the load with its messages. Two failures are only told, since in a store that survives a
seed meets its own work again: that something is defined already, and that what is to be deleted is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jes.racfdata import RacfDatasets
from mvsfs.access import Requester
from mvsfs.seed import Seed, SeedError, apply, read
from mvsfs.seed.trusted import trusted
from saf.commands.secrets import shown

if TYPE_CHECKING:
    from jes.system import Jes
    from mvsfs.system import Mvs
    from saf.commands.run import CommandResult
    from saf.system import Saf

#: The user whose names stand in statistics and who submits jobs of a seed that names nobody.
SEED_USERID = "IBMUSER"
#: The highest return code of a command that was carried out.
WARNING = 4
#: What commands say of something that is there already.
_DEFINED_ALREADY = frozenset({"ICH09006I", "ICH10102I", "IRRD109I", "IRRD111I", "IRRD122I", "IRRD142I"})
_INVALID = "IKJ56702I"
_ADDING = frozenset({"ADDUSER", "AU", "ADDGROUP", "AG"})
_DELETING = frozenset({"DELUSER", "DU", "DELGROUP", "DG", "DELDSD", "DD", "RDELETE", "RDEL", "REMOVE", "RE"})
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
        if result.rc > WARNING and not _is_done_already(saf, command, result):
            raise SeedError(f"users: {shown(command)}", _words(result))
        if result.rc:
            note(f"{shown(command)} {_words(result)}")

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


def _words(result: CommandResult) -> str:
    return " ".join(line.strip() for line in result.lines)


def _is_done_already(saf: Saf, command: str, result: CommandResult) -> bool:
    """Tell whether a command failed because the system is as it would have made it."""
    verb = command.split(maxsplit=1)[0].upper()
    if verb in _DELETING:
        return True
    for text in result.lines:
        number, _, words = text.partition(" ")
        if number in _DEFINED_ALREADY:
            return True
        if number == _INVALID and verb in _ADDING:  # what ADDUSER and ADDGROUP say of one that is there
            return words.rpartition(" ")[2] in {**saf.snapshot().users, **saf.snapshot().groups}
    return False
