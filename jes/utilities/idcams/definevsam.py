"""DEFINE CLUSTER, ALTERNATEINDEX and PATH.

Source: [AMS DEFINE CLUSTER, ALTERNATEINDEX, PATH]; jes-and-jcl reference 5.4. Not here: how VSAM holds records (mvsfs/datasets).
Rules: a parameter coded at DATA level counts as if coded for the cluster, as far as it has one meaning there.
"""

from __future__ import annotations

from dataclasses import replace

from jes.utilities.idcams import entries
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.info import Allocation
from mvsfs.names import check_dsname

CLUSTER = keyword_table(
    "NAME INDEXED/IXD NONINDEXED/NIXD NUMBERED/NUMD LINEAR/LIN RECORDSIZE/RECSZ KEYS/KEY TRACKS/TRK/TRACK CYLINDERS/CYL/CYLINDER "
    "RECORDS/REC/RECORD KILOBYTES/KB MEGABYTES/MB VOLUMES/VOL/VOLUME FREESPACE/FSPC CONTROLINTERVALSIZE/CISZ/CNVSZ "
    "SHAREOPTIONS/SHR/SHAREOPTION REUSE/RUS NOREUSE/NRUS SPEED RECOVERY/RCVY ERASE/ERAS NOERASE/NERAS SPANNED/SPND "
    "NONSPANNED/NSPND STORAGECLASS/STORCLAS DATACLASS/DATACLAS MANAGEMENTCLASS/MGMTCLAS TO FOR OWNER UNIQUE/UNQ "
    "SUBALLOCATION/SUBAL BUFFERSPACE/BUFSP/BUFSPC MODEL LOG LOGSTREAMID/LSID BWO WRITECHECK/WCK NOWRITECHECK/NWCK "
    "IMBED/IMBD NOIMBED/NIMBD REPLICATE/REPL NOREPLICATE/NREPL KEYRANGES/KRNG ORDERED/ORD UNORDERED/UNORD "
    "EXCEPTIONEXIT/EEXT RELATE/REL UNIQUEKEY/UNQK NONUNIQUEKEY/NUNQK UPGRADE/UPG NOUPGRADE/NUPG FILE CATALOG/CAT "
    "PATHENTRY/PENT UPDATE/UPD NOUPDATE/NUPD MASTERPW/MRPW READPW/RDPW UPDATEPW/UPDPW CONTROLPW/CTLPW "
    "FRLOG EATTR RECATALOG/RCTLG NORECATALOG/NRCTLG EXTENDED NOLOG ATTEMPTS/ATT AUTHORIZATION/AUTH CODE",
    exclusive="INDEXED/NONINDEXED/NUMBERED/LINEAR TRACKS/CYLINDERS/RECORDS/KILOBYTES/MEGABYTES SPEED/RECOVERY SPANNED/NONSPANNED "
    "UNIQUEKEY/NONUNIQUEKEY TO/FOR ORDERED/UNORDERED UNIQUE/SUBALLOCATION",
)
_LEVELS = keyword_table("DATA INDEX/IX CATALOG/CAT CLUSTER/CL ALTERNATEINDEX/AIX PATH")
_UNITS = {"TRACKS": "TRACK", "CYLINDERS": "CYLINDER", "RECORDS": "RECORD", "KILOBYTES": "KILOBYTE", "MEGABYTES": "MEGABYTE"}

#: What a cluster is like of which nobody says otherwise.
_USUAL = ClusterInfo("", keylen=64)
#: The control interval of a linear data set, and what programs see as its records.
LINEAR_CISIZE = 4096


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


def _space(levels: _Levels, known: set[str], usual: Allocation) -> Allocation:
    """Return the space that is asked for, or the usual one."""
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
            # Storage management picks the volume: one that this system does not have is passed over, as SMS passes over VOLUMES.
            volsers = tuple(word.upper() for word in levels.holder("VOLUMES").words("VOLUMES") if word.upper() in known)
            return Allocation(
                space_unit=unit,
                primary=max(primary, 1),
                secondary=secondary,
                volsers=volsers,
                storclas=levels.entry.first("STORAGECLASS").upper() or None,
                mgmtclas=levels.entry.first("MANAGEMENTCLASS").upper() or None,
                dataclas=levels.entry.first("DATACLASS").upper() or None,
            )
    return usual


def _model(levels: _Levels, session: Session) -> ClusterInfo | None:
    """Return what MODEL(name) is like, its space that of its data component. Raises DatasetNotFound, WrongDsorg."""
    name = levels.holder("MODEL").first("MODEL").upper()
    if not name:
        return None
    mvs = session.step.mvs
    facts: ClusterInfo = mvs.cluster(name)
    data = entries.find(mvs, facts.data_name)
    if data is None:
        return facts
    space = Allocation(space_unit=data.space_unit, primary=data.primary, secondary=data.secondary, storclas=data.storclas or None)
    return replace(facts, allocation=space)


def _pair(held: Parameters, keyword: str, default: tuple[int, int]) -> tuple[int, int]:
    first = held.number(keyword, default[0])
    second = held.number(keyword, first if keyword == "RECORDSIZE" else default[1], 1)
    return (default[0] if first is None else first), (default[1] if second is None else second)


def _facts(levels: _Levels, kind: str, organisation: str, session: Session) -> ClusterInfo:
    known = {volume.volser for volume in session.step.mvs.volumes}
    name = levels.name(levels.entry)
    if not name:
        raise AmsSyntax("IDC3225I", "NAME")
    model = _model(levels, session)
    usual = model or _USUAL
    linear = organisation == "LS"
    sizes = _pair(levels.holder("RECORDSIZE"), "RECORDSIZE", (usual.average, usual.maximum))
    average, maximum = (LINEAR_CISIZE, LINEAR_CISIZE) if linear else sizes
    keylen, keyoff = _pair(levels.holder("KEYS"), "KEYS", (usual.keylen or _USUAL.keylen, usual.keyoff))
    share = _pair(levels.holder("SHAREOPTIONS"), "SHAREOPTIONS", usual.shareoptions)
    free = _pair(levels.holder("FREESPACE"), "FREESPACE", usual.freespace)
    if not 1 <= keylen <= 255 or average > maximum or maximum > 32761 or (organisation == "KS" and keyoff + keylen > maximum):
        raise AmsSyntax("IDC3203I", str(keylen if not 1 <= keylen <= 255 else maximum))

    def on(word: str, default: bool) -> bool:
        return levels.holder(word).has(word) or (default and not levels.holder(f"NO{word}").has(f"NO{word}"))

    unique = levels.holder("UNIQUEKEY").has("UNIQUEKEY") or (
        usual.unique and not levels.holder("NONUNIQUEKEY").has("NONUNIQUEKEY")
    )
    cisize = levels.holder("CONTROLINTERVALSIZE").number("CONTROLINTERVALSIZE", 0) or usual.cisize
    return ClusterInfo(
        name,
        organisation,
        kind,
        keylen=keylen if organisation == "KS" else 0,
        keyoff=keyoff if organisation == "KS" else 0,
        average=average,
        maximum=maximum,
        base=levels.entry.first("RELATE").upper(),
        allocation=_space(levels, known, usual.allocation),
        data_name=levels.name(levels.data),
        index_name=levels.name(levels.index),
        cisize=cisize or (LINEAR_CISIZE if linear else 0),
        unique=unique,
        upgrade=on("UPGRADE", usual.upgrade),
        reuse=on("REUSE", usual.reuse),
        spanned=levels.holder("SPANNED").has("SPANNED") or (usual.spanned and not levels.holder("NONSPANNED").has("NONSPANNED")),
        erase=on("ERASE", usual.erase),
        shareoptions=share,
        freespace=free,
    )


def cluster(found: tuple[Item, ...], session: Session) -> int:
    """Define a cluster with its components."""
    levels = _Levels(found)
    words = (("NONINDEXED", "ES"), ("NUMBERED", "RR"), ("LINEAR", "LS"))
    model = _model(levels, session)
    usual = model.organisation if model is not None and not levels.entry.has("INDEXED") else "KS"
    organisation = next((code for word, code in words if levels.entry.has(word)), usual)
    return _define(_facts(levels, "CLUSTER", organisation, session), levels, session)


def alternate_index(found: tuple[Item, ...], session: Session) -> int:
    """Define an alternate index over a cluster."""
    levels = _Levels(found)
    facts = _facts(levels, "AIX", "KS", session)
    if not facts.base:
        raise AmsSyntax("IDC3225I", "RELATE")
    base = session.step.mvs.cluster(facts.base)
    if base.kind != "CLUSTER" or base.reuse or base.organisation not in {"KS", "ES"}:
        session.say("IDC3022I")
        session.say("IDC3009I", 98, "IGG0CLEF-5")
        return 12
    return _define(facts, levels, session)


def path(found: tuple[Item, ...], session: Session) -> int:
    """Define a path to a cluster or through an alternate index."""
    levels = _Levels(found)
    name, entry = levels.name(levels.entry), levels.entry.first("PATHENTRY").upper()
    if not name or not entry:
        raise AmsSyntax("IDC3225I", "PATHENTRY" if name else "NAME")
    session.step.mvs.define_vsam(ClusterInfo(name, kind="PATH", base=entry), session.step.who)
    return 0


def _define(facts: ClusterInfo, levels: _Levels, session: Session) -> int:
    """Define and tell what was made: volumes, names that were generated."""
    session.step.mvs.define_vsam(facts, session.step.who)
    made = session.step.mvs.cluster(facts.dsname)
    data = entries.find(session.step.mvs, made.data_name)
    volser = data.volser if data is not None else "******"
    session.say("IDC0508I", volser)
    if made.index_name:
        index = entries.find(session.step.mvs, made.index_name)
        session.say("IDC0509I", index.volser if index is not None else volser)
    if not levels.name(levels.data):
        session.say("IDC0512I", "D", made.data_name)
    if made.index_name and not levels.name(levels.index):
        session.say("IDC0512I", "I", made.index_name)
    for word, value in (("STORAGECLASS", data.storclas if data else ""), ("MANAGEMENTCLASS", data.mgmtclas if data else "")):
        if value:
            session.say("IDC0181I", word, value)
    return 0
