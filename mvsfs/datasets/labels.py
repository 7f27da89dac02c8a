"""What a new data set's label says: the merge of allocation, model, data class and system, and the rules among them.

Source: [JCLREF DD DCB], [UDS "Block size"]; zos-ftp-server.md 4.2 for the corrections. The order is: what the allocation says,
what LIKE's data set has, what the data class gives, what the system supplies.
Rules: pure.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from mvsfs.dcb import LRECL_X, MAX_BLKSIZE, Dcb, Dsorg, Recfm, system_blksize
from mvsfs.info import Allocation, DatasetInfo

#: Directory blocks of a PDS whose allocation names none: the FTP server's own default [CR STAT].
DIRECTORY_BLOCKS = 27
#: What LIKE and data classes pass on; the rest of an allocation belongs to the one data set.
_MODELLED = {
    "recfm",
    "lrecl",
    "blksize",
    "dsorg",
    "dsntype",
    "space_unit",
    "primary",
    "secondary",
    "directory_blocks",
    "block_length",
    "eattr",
    "storclas",
    "mgmtclas",
    "retention_days",
}


@dataclass(frozen=True, slots=True)
class Label:
    """The settled attributes of a new data set."""

    dcb: Dcb
    dsntype: str
    space_unit: str
    primary: int
    secondary: int
    block_length: int
    directory_blocks: int


def as_model(info: DatasetInfo) -> Allocation:
    """Return the allocation that would make a data set like this one."""
    dcb = info.dcb
    return Allocation(
        recfm=str(dcb.recfm) if dcb.recfm else None,
        lrecl=dcb.lrecl,
        blksize=dcb.blksize,
        dsorg=dcb.dsorg,
        dsntype=info.dsntype or None,
        space_unit=info.space_unit,
        primary=info.primary,
        secondary=info.secondary,
        directory_blocks=info.directory_blocks or None,
        eattr=info.eattr or None,
    )


def merged(allocation: Allocation, *models: Allocation | None) -> Allocation:
    """Fill what the allocation leaves open from the models, first come first served.

    Edge: DSORG has no "not given"; a model's PO counts when the allocation says PS and asks for no record format of its own.
    A record format given without block size takes none from the model: the model's fits the model's format.
    """
    for model in models:
        if model is None:
            continue
        given = {field.name: getattr(allocation, field.name) for field in fields(Allocation)}
        taken = {name: getattr(model, name) for name in _MODELLED if given[name] is None}
        if allocation.blksize is None and (allocation.recfm is not None or allocation.lrecl is not None):
            taken.pop("blksize", None)
        if allocation.dsorg is Dsorg.PS and model.dsorg is Dsorg.PO and allocation.directory_blocks is None:
            taken["dsorg"] = Dsorg.PO
        allocation = replace(allocation, **taken)
    return allocation


def settle(allocation: Allocation) -> Label:
    """Return the label of a merged allocation. Raises ValueError for a record format that is none."""
    dsorg = allocation.dsorg
    dsntype = (allocation.dsntype or "").upper()
    if dsntype in {"PDS", "LIBRARY"}:
        dsorg = Dsorg.PO
    elif dsorg is Dsorg.PO and dsntype != "HFS":
        dsntype = "PDS"
    secondary = allocation.secondary
    if secondary is None:
        secondary = 1 if allocation.primary is None else 0
    directory = 0
    if dsorg is Dsorg.PO and dsntype == "PDS":
        directory = DIRECTORY_BLOCKS if allocation.directory_blocks is None else allocation.directory_blocks
    dcb = settled_dcb(allocation, dsorg)
    return Label(
        dcb,
        dsntype,
        allocation.space_unit or "TRACK",
        1 if allocation.primary is None else allocation.primary,
        secondary,
        allocation.block_length or dcb.blksize,
        directory,
    )


def settled_dcb(allocation: Allocation, dsorg: Dsorg) -> Dcb:
    """Return a consistent Dcb: BLKSIZE 0 becomes system-determined, F gets BLKSIZE=LRECL, FB a multiple, V at least LRECL+4."""
    recfm = Recfm.parse(allocation.recfm) if allocation.recfm else None
    lrecl, blksize = allocation.lrecl or 0, allocation.blksize or 0
    if recfm is None:
        return Dcb(None, lrecl, blksize, dsorg)
    if not lrecl and blksize and not recfm.is_undefined:
        lrecl = blksize if recfm.is_fixed else blksize - 4
    if recfm.is_undefined:
        lrecl = 0 if blksize else lrecl
    dcb = Dcb(recfm, lrecl, blksize, dsorg)
    if not blksize:
        return replace(dcb, blksize=system_blksize(dcb) or (MAX_BLKSIZE if recfm.is_undefined else 0))
    return replace(dcb, blksize=_fitting(recfm, lrecl, blksize))


def _fitting(recfm: Recfm, lrecl: int, blksize: int) -> int:
    if recfm.is_fixed and lrecl:
        return max(1, blksize // lrecl) * lrecl if recfm.blocked else lrecl
    if recfm.is_variable and not recfm.spanned and lrecl != LRECL_X:
        return max(blksize, min(lrecl + 4, MAX_BLKSIZE))
    return blksize
