"""DEFINE CLUSTER, ALTERNATEINDEX and PATH.

Source: [AMS DEFINE CLUSTER, ALTERNATEINDEX, PATH]; jes-and-jcl reference 5.4. Not here: how VSAM holds records (mvsfs/datasets).
Rules: a parameter coded at DATA level counts as if coded for the cluster, as far as it has one meaning there.
"""

from __future__ import annotations

from jes.utilities.idcams.parse import Item, Parameters, keyword_table
from mvsfs.info import Allocation
from mvsfs.names import check_dsname

CLUSTER = keyword_table(
    "NAME INDEXED/IXD NONINDEXED/NIXD NUMBERED/NUMD LINEAR/LIN RECORDSIZE/RECSZ KEYS TRACKS/TRK CYLINDERS/CYL "
    "RECORDS/REC KILOBYTES/KB MEGABYTES/MB VOLUMES/VOL/VOLUME FREESPACE/FSPC CONTROLINTERVALSIZE/CISZ/CNVSZ "
    "SHAREOPTIONS/SHR REUSE/RUS NOREUSE/NRUS SPEED RECOVERY/RCVY ERASE/ERAS NOERASE/NERAS SPANNED/SPND "
    "NONSPANNED/NSPND STORAGECLASS/STORCLAS DATACLASS/DATACLAS MANAGEMENTCLASS/MGMTCLAS TO FOR OWNER UNIQUE/UNQ "
    "SUBALLOCATION/SUBAL BUFFERSPACE/BUFSP/BUFSPC MODEL LOG LOGSTREAMID/LSID BWO WRITECHECK/WCK NOWRITECHECK/NWCK "
    "IMBED/IMBD NOIMBED/NIMBD REPLICATE/REPL NOREPLICATE/NREPL KEYRANGES/KRNG ORDERED/ORD UNORDERED/UNORD "
    "EXCEPTIONEXIT/EEXT RELATE/REL UNIQUEKEY/UNQK NONUNIQUEKEY/NUNQK UPGRADE/UPG NOUPGRADE/NUPG FILE CATALOG/CAT "
    "PATHENTRY/PENT UPDATE/UPD NOUPDATE/NUPD MASTERPW READPW UPDATEPW CONTROLPW FRLOG EATTR RECATALOG/RCTLG "
    "NORECATALOG/NRCTLG EXTENDED NOLOG"
)
_LEVELS = keyword_table("DATA INDEX/IX CATALOG/CAT CLUSTER/CL ALTERNATEINDEX/AIX PATH")
_UNITS = {"TRACKS": "TRACK", "CYLINDERS": "CYLINDER", "RECORDS": "RECORD", "KILOBYTES": "KILOBYTE", "MEGABYTES": "MEGABYTE"}


class _Levels:
    """The parameters of the entry and of its components."""

    def __init__(self, found: tuple[Item, ...]) -> None:
        """Read them. Raises AmsSyntax."""
        self.entry = Parameters(found[0].items or (), CLUSTER)
        parts = Parameters(found[1:], _LEVELS)
        self.data = Parameters(parts.item("DATA").items or (), CLUSTER) if parts.item("DATA") else None  # type: ignore[union-attr]
        self.index = Parameters(parts.item("INDEX").items or (), CLUSTER) if parts.item("INDEX") else None  # type: ignore[union-attr]

    def holder(self, keyword: str) -> Parameters:
        """Return the level that codes a keyword: the entry, else the data component."""
        return self.data if self.data is not None and not self.entry.has(keyword) and self.data.has(keyword) else self.entry

    def name(self, where: Parameters | None) -> str:
        """Return NAME of a level."""
        return check_dsname(where.first("NAME").partition("/")[0]) if where is not None and where.first("NAME") else ""


def _space(levels: _Levels) -> Allocation:
    for keyword, unit in _UNITS.items():
        held = levels.holder(keyword)
        if held.has(keyword):
            primary, secondary = held.number(keyword, 0) or 0, held.number(keyword, 0, 1) or 0
            if unit in {"KILOBYTE", "MEGABYTE", "RECORD"}:
                size = (
                    {"KILOBYTE": 1024, "MEGABYTE": 1 << 20}.get(unit)
                    or levels.holder("RECORDSIZE").number("RECORDSIZE", 4089)
                    or 4089
                )
                primary, secondary, unit = -(-primary * size // 49152), -(-secondary * size // 49152), "TRACK"
            volsers = tuple(word.upper() for word in levels.holder("VOLUMES").words("VOLUMES") if word != "*")
            return Allocation(
                space_unit=unit,
                primary=max(primary, 1),
                secondary=secondary,
                volsers=volsers,
                storclas=levels.entry.first("STORAGECLASS").upper() or None,
                mgmtclas=levels.entry.first("MANAGEMENTCLASS").upper() or None,
                dataclas=levels.entry.first("DATACLASS").upper() or None,
            )
    return Allocation(space_unit="TRACK", primary=1, secondary=1)
