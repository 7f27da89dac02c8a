"""A data set made again under another name or on another volume, with its attributes, space and directory data.

Rules: VSAM data sets are not taken. What fails leaves nothing behind. Raises MvsError.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jes.stepcontext import StepContext
from mvsfs.errors import MvsError
from mvsfs.exchange import catalog
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.info import Allocation, DatasetInfo, Target

_UNITS = frozenset({"TRACK", "CYLINDER"})


def like(info: DatasetInfo, volser: str) -> Allocation:
    """Return the allocation of a data set like this one on a volume."""
    measured = info.space_unit in _UNITS
    return Allocation(
        recfm=str(info.dcb.recfm) if info.dcb.recfm is not None else None,
        lrecl=info.dcb.lrecl,
        blksize=info.dcb.blksize or None,
        dsorg=info.dcb.dsorg,
        dsntype=info.dsntype or None,
        space_unit=info.space_unit if measured else "TRACK",
        primary=info.primary if measured else max(info.allocated_tracks, 1),
        secondary=info.secondary if measured else max(info.allocated_tracks, 1),
        directory_blocks=info.directory_blocks or None,
        volsers=(volser,) if volser else (),
        mgmtclas=info.mgmtclas or None,
        dataclas=info.dataclas or None,
    )


def copied(
    step: StepContext,
    name: str,
    new: str,
    volser: str,
    edit: Callable[[UnloadedDataset], UnloadedDataset] = lambda data: data,
) -> None:
    """Make `new` on a volume from `name`; `edit` may change what is copied."""
    mvs, who = step.mvs, step.who
    info = mvs.find(name)
    data = edit(catalog.unload(mvs, who, name))
    allocation = like(info, volser)
    if data.members is not None and allocation.directory_blocks is not None:
        allocation = replace(allocation, directory_blocks=max(allocation.directory_blocks, len(data.members) // 3 + 1))
    mvs.allocate(new, allocation, who)
    try:
        for _ in catalog.load(mvs, who, new, data, replace=True):
            pass
    except MvsError:
        mvs.delete(Target(new), who)
        raise


def moved(
    step: StepContext, name: str, volser: str, edit: Callable[[UnloadedDataset], UnloadedDataset] = lambda data: data
) -> None:
    """Bring a data set to a volume; its name stays."""
    mvs, who = step.mvs, step.who
    # A name that nobody has; the catalog knows each name once, so the copy cannot bear the old one yet.
    made = next(
        one
        for at in range(1, 10000)
        if not mvs.exists(one := f"{name.partition('.')[0]}.MOVED.{step.jobid}.T{at}" if step.jobid else f"{name}.T{at}")
    )
    copied(step, name, made, volser, edit)
    try:
        mvs.delete(Target(name), who)
    except MvsError:
        mvs.delete(Target(made), who)
        raise
    mvs.rename(Target(made), Target(name), who)
