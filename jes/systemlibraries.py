"""The libraries that a z/OS system is delivered with: a step may name them although no catalog of ours holds them.

Real jobs put SYS1.LINKLIB or CEE.SCEERUN on STEPLIB, JOBLIB and SYSLIB. One that the catalog does not hold is allocated as a
library that is present and empty: reading it is end of file, no program is found in it. As soon as somebody makes
a data set of that name, the data set is what is allocated.
Source: [z/OS ServerPac] data set names; docs/differences.md. Rules: one row per library. They are read-only, as with UACC(READ).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from jes.errors import Abend
from jes.opendd import PlainDd
from jes.stepcontext import RecordSink
from mvsfs.dcb import Dcb, Dsorg, Recfm
from mvsfs.info import DatasetInfo


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
_BY_NAME = {row.dsname: row for row in ROWS}


def find(dsname: str, volser: str) -> DatasetInfo | None:
    """Return what a system library looks like on a volume, None when the name is none of theirs."""
    row = _BY_NAME.get(dsname)
    if row is None:
        return None
    dcb = Dcb(Recfm.parse(row.recfm), row.lrecl, row.blksize, Dsorg.PO)
    return DatasetInfo(dsname, dcb, volser, dsntype=row.dsntype)


@dataclass(slots=True)
class SystemLibraryDd(PlainDd):
    """A system library without members."""

    def writer(self, dcb: Dcb | None = None, *, member: str | None = None, append: bool | None = None) -> RecordSink:  # noqa: ARG002
        """Refuse: only the system changes it. Raises Abend 913-38."""
        where = self.place.where(self.ddname, self.info, self.dsname, member or self.member)
        raise Abend("913", 0x38, (("iec150i", {"reason": 0x38, "where": where}),))
