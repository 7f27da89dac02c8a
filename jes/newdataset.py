"""From a DD statement to the Allocation of a new data set: SPACE, DCB, LIKE, classes, dates.

Source: [JCLREF] SPACE, DCB, LIKE, REFDD, DSNTYPE, LABEL; jes-and-jcl.md 4.4.
Rules: an operand that was not coded stays None, so that LIKE, DATACLAS or the system supplies it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from jes.dcbmerge import NO_DCB, coded, over
from jes.jcl.model import Dd, DdReference, Space
from jes.jobdata import JobData
from mvsfs.datasets.vsam.facts import KEYED, LINEAR, ClusterInfo
from mvsfs.dcb import Dcb, Dsorg
from mvsfs.info import Allocation

#: What programs see as the records of a linear data set.
LINEAR_RECORD = 4096
_UNITS = {"TRK": "TRACK", "CYL": "CYLINDER", "BLK": "BLOCK", "ABSTR": "TRACK"}
_MULTIPLES = {"U": 1, "K": 1024, "M": 1048576}


def allocation_of(dd: Dd, data: JobData) -> Allocation:
    """Return what the DD asks for. Raises DatasetNotFound for a model that does not exist."""
    dcb = over(coded(dd.dcb), _model(dd, data))
    space = dd.space
    partitioned = bool(dd.member) or (space is not None and space.directory > 0) or dd.dsntype in {"LIBRARY", "PDS"}
    referred = dd.volume_reference
    volsers = dd.volsers
    if isinstance(referred, DdReference) and (allocated := data.referred(referred)) is not None and allocated.info is not None:
        volsers = (allocated.info.volser,)
    elif isinstance(referred, str) and referred:
        volsers = (data.mvs.find(referred).volser,)
    unit, primary = _space(space)
    return Allocation(
        recfm=str(dcb.recfm) if dcb.recfm is not None else None,
        lrecl=dcb.lrecl or None,
        blksize=dcb.blksize or (0 if dd.dcb.blksize == 0 else None),
        dsorg=Dsorg.PO if partitioned or dcb.dsorg is Dsorg.PO else Dsorg.DA if dcb.dsorg is Dsorg.DA else Dsorg.PS,
        dsntype=dd.dsntype or None,
        space_unit=unit,
        primary=primary,
        secondary=space.secondary if space else None,
        directory_blocks=space.directory if space and space.directory else None,
        block_length=space.block or None if space else None,
        volsers=tuple(volser for volser in volsers if volser),
        unit=dd.unit or None,
        like=dd.like or None,
        storclas=dd.storclas or None,
        mgmtclas=dd.mgmtclas or None,
        dataclas=dd.dataclas or None,
        retention_days=dd.retpd,
        expires=_expiry(dd.expdt),
        release=space.release if space else False,
    )


def cluster_of(dd: Dd, data: JobData, dsname: str) -> ClusterInfo | None:
    """Return the VSAM data set that RECORG= or LIKE= a VSAM data set asks for, None for another data set.

    Raises DatasetNotFound for a model that does not exist.
    """
    like = data.mvs.cluster(dd.like) if dd.like and data.mvs.find(dd.like).dcb.dsorg is Dsorg.VSAM else None
    if not dd.recorg and like is None:
        return None
    facts = like or ClusterInfo(dsname, dd.recorg)
    organisation = dd.recorg or facts.organisation
    keyed = organisation == KEYED
    coded_length = dd.dcb.lrecl if isinstance(dd.dcb.lrecl, int) else 0
    maximum = LINEAR_RECORD if organisation == LINEAR else coded_length or facts.maximum
    average = facts.average if like is not None and not coded_length else maximum
    space = replace(allocation_of(dd, data), like=None)
    return ClusterInfo(
        dsname,
        organisation,
        keylen=(dd.dcb.keylen or facts.keylen) if keyed else 0,
        keyoff=(dd.keyoff if dd.keyoff is not None else facts.keyoff) if keyed else 0,
        average=average,
        maximum=maximum,
        allocation=space if space.primary else facts.allocation,
        cisize=LINEAR_RECORD if organisation == LINEAR else facts.cisize,
    )


def _model(dd: Dd, data: JobData) -> Dcb:
    """Return the DCB of DCB=dsname, DCB=*.dd or REFDD=, or nothing."""
    for reference in (dd.dcb.reference, dd.refdd):
        if (allocated := data.referred(reference)) is not None:
            return allocated.open.dcb
    return data.mvs.find(dd.dcb.model).dcb if dd.dcb.model else NO_DCB


def _space(space: Space | None) -> tuple[str | None, int | None]:
    if space is None:
        return None, None
    if space.avgrec and space.block:  # primary counts records of `block` bytes
        return "BLOCK", space.primary * _MULTIPLES.get(space.avgrec, 1)
    return _UNITS.get(space.unit, "TRACK"), space.primary


def _expiry(text: str) -> date | None:
    """Return the day of EXPDT=yyddd or yyyy/ddd; 99/365, 9999/365 and the day behind them mean never."""
    digits = text.replace("/", "")
    if not digits.isdecimal() or len(digits) not in {5, 7}:
        return None
    year, day = int(digits[:-3]), int(digits[-3:])
    if len(digits) == 5:
        year += 1900 if year >= 70 else 2000
    if year in {1999, 9999} and day >= 365:
        return date(9999, 12, 31)
    return date(year, 1, 1) + timedelta(days=day - 1) if 1 <= day <= 366 else None
