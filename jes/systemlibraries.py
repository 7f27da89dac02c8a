"""The libraries that a z/OS system is delivered with, catalogued and empty on the system residence volume of a new store.

Real jobs put SYS1.LINKLIB or CEE.SCEERUN on STEPLIB, JOBLIB and SYSLIB, and people look at SYS1.PROCLIB. They are ordinary data
sets: a member that is not there is S013-18, listings show them, and what an installation adds to them stays.
Source: [z/OS ServerPac] data set names; docs/differences.md. Rules: one row per library, one profile per first qualifier.
"""

from __future__ import annotations

from typing import NamedTuple

from mvsfs.dcb import Dsorg
from mvsfs.info import Allocation
from mvsfs.system import Mvs
from saf.system import Saf

#: A system without it cannot be started: where it is catalogued, the libraries have been delivered.
LINKLIB = "SYS1.LINKLIB"


class Row(NamedTuple):
    """One library: its name, its record format and length, PDS or LIBRARY."""

    dsname: str
    recfm: str
    lrecl: int
    blksize: int
    dsntype: str = "PDS"


def _load(names: str, dsntype: str = "PDS") -> tuple[Row, ...]:
    return tuple(Row(name, "U", 0, 32760, dsntype) for name in names.split())


def _cards(names: str) -> tuple[Row, ...]:
    return tuple(Row(name, "FB", 80, 27920) for name in names.split())


ROWS = (
    *_load("SYS1.LINKLIB SYS1.LPALIB SYS1.MIGLIB SYS1.CSSLIB SYS1.CMDLIB SYS1.SVCLIB SYS1.NUCLEUS SYS1.SICELINK SYS1.SICELPA"),
    *_load("SYS1.SIEALNKE CEE.SCEERUN2 CBC.SCLBDLL", "LIBRARY"),
    *_load("CEE.SCEERUN CEE.SCEELKED CEE.SCEELKEX CEE.SCEECPP CBC.SCCNCMP ISP.SISPLOAD ISP.SISPLPA TCPIP.SEZALOAD GIM.SGIMLMD0"),
    *_cards("SYS1.MACLIB SYS1.MODGEN SYS1.PROCLIB SYS1.PARMLIB SYS1.SAMPLIB CEE.SCEEMAC CEE.SCEESAMP CEE.SCEEPROC"),
    *_cards("ISP.SISPEXEC ISP.SISPPENU ISP.SISPMENU ISP.SISPSLIB ISP.SISPSENU ISP.SISPTENU ISP.SISPCLIB"),
)
DELIVERED = frozenset(row.dsname for row in ROWS)


def deliver(mvs: Mvs, saf: Saf) -> None:
    """Put the libraries into a store that has none yet, with profiles that let everybody read them."""
    if mvs.options.read_only or not mvs.volumes or mvs.exists(LINKLIB):
        return
    residence = mvs.volumes[0].volser
    mvs.deliver({row.dsname: _allocation(row, residence) for row in ROWS})
    saf.protect(*dict.fromkeys(f"{row.dsname.partition('.')[0]}.**" for row in ROWS))


def _allocation(row: Row, volser: str) -> Allocation:
    return Allocation(
        recfm=row.recfm, lrecl=row.lrecl, blksize=row.blksize, dsorg=Dsorg.PO, dsntype=row.dsntype, volsers=(volser,),
        space_unit="TRACK", primary=15, secondary=5, directory_blocks=None if row.dsntype == "LIBRARY" else 30,
    )  # fmt: skip
