"""The attributes of a new data set, from the settings of a session.

Source: zos-ftp-server.md 4.2. A parameter without a value is not given, so that DCBDSN, DATACLAS or the system supplies it.
Rules: pure.
"""

from __future__ import annotations

from mvsfs.dcb import LRECL_X, Dsorg
from mvsfs.info import RELIEVED, Allocation
from zftpd.params.defaults import defaults
from zftpd.params.settings import Settings

#: SITE PDSTYPE as the DSNTYPE of an allocation.
PDSTYPES = {"PDS": "PDS", "PDSE": "LIBRARY"}
#: The parameters that say how much space a new data set gets.
SPACE = frozenset({"spacetype", "primary", "secondary"})


def allocation_of(settings: Settings, dsorg: Dsorg, *, sized: bool = True) -> Allocation:
    """Return what a data set that is about to be made shall be.

    sized: somebody has asked for this much space. Where nobody has, neither SITE nor FTP.DATA, the system relieves the data set
    of its limit on extents, as a data class with space constraint relief does.
    """
    base = defaults()
    sized = sized or any(getattr(settings, name) != getattr(base, name) for name in SPACE)
    partitioned = dsorg is Dsorg.PO
    sequential = None if settings.dsntype == "SYSTEM" else settings.dsntype
    lrecl = LRECL_X if settings.lrecl == "X" else settings.lrecl
    assert not isinstance(lrecl, str)
    return Allocation(
        recfm=settings.recfm,
        lrecl=lrecl,
        blksize=settings.blksize,
        dsorg=dsorg,
        dsntype=PDSTYPES.get(settings.pdstype or "") if partitioned else sequential,
        space_unit=settings.spacetype if sized else RELIEVED,
        primary=settings.primary,
        secondary=settings.secondary,
        directory_blocks=settings.directory if partitioned else None,
        volsers=settings.volume,
        unit=settings.unitname,
        like=(settings.dcbdsn or "").strip("'").upper() or None,
        storclas=settings.storclass,
        mgmtclas=settings.mgmtclass,
        dataclas=settings.dataclass,
        retention_days=settings.retpd,
        eattr=None if settings.eattr == "SYSTEM" else settings.eattr,
    )
