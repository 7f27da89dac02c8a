"""The operands of ALLOCATE, which IDCAMS and TSO share.

Source: [TSO ALLOCATE], [AMS ALLOCATE]; jes-and-jcl reference 5.4, 5.8. Rules: pure; raises AmsSyntax (idcams/parse.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table
from mvsfs.dcb import Dsorg, Recfm
from mvsfs.info import Allocation, Target
from mvsfs.names import parse_target

KEYWORDS = keyword_table(
    "DATASET/DA/DSN/DSNAME FILE/FI/F/DDNAME/DD DUMMY SYSOUT PATH PATHOPTS PATHMODE PATHDISP FILEDATA OLD SHR MOD NEW "
    "KEEP DELETE CATALOG UNCATALOG SPACE/SP TRACKS CYLINDERS/CYL/CYLINDER BLOCK AVBLOCK AVGREC DIR RELEASE ROUND "
    "DSORG RECFM LRECL BLKSIZE KEYLEN KEYOFF RECORG LIKE USING REFDD UNIT VOLUME/VOL DSNTYPE STORCLAS MGMTCLAS "
    "DATACLAS EXPDT RETPD REUSE/REU EATTR POSITION LABEL MAXVOL PARALLEL PRIVATE BUFNO BUFL DEST HOLD NOHOLD COPIES "
    "FORMS OUTDES WRITER INPUT OUTPUT VSEQ"
)
_RECFM_ORDER = "FVUBSAM"
#: Keywords that mean nothing without a value.
NEED_VALUES = (
    "RECFM",
    "LRECL",
    "BLKSIZE",
    "SPACE",
    "DSORG",
    "VOLUME",
    "UNIT",
    "LIKE",
    "DSNTYPE",
    "DIR",
    "BLOCK",
    "AVBLOCK",
    "PATH",
)


@dataclass(frozen=True, slots=True)
class Request:
    """What ALLOCATE asks for. status NEW OLD SHR MOD; disposition CATALOG KEEP DELETE UNCATALOG."""

    ddname: str
    target: Target | None
    status: str
    disposition: str
    allocation: Allocation
    is_dummy: bool = False
    sysout: str | None = None
    path: str = ""
    concatenated: tuple[Target, ...] = ()
    reuses: bool = False  # a file in use is freed first


def request(found: tuple[Item, ...], prefix: str = "") -> Request:
    """Return what the operands ask for; names without apostrophes get `prefix` (TSO) in front."""
    parameters = Parameters(found, KEYWORDS)
    for word in NEED_VALUES:
        if parameters.has(word) and not parameters.words(word):
            raise AmsSyntax("IDC3225I", f"{word} VALUE")
    item = parameters.item("DATASET")
    names = [_target(name, prefix) for name in (item.items if item is not None and item.items else ()) if name.word != "*"]
    status = next((word for word in ("NEW", "MOD", "OLD", "SHR") if parameters.has(word)), "")
    like = parameters.item("LIKE")
    allocation = attributes(parameters, str(_target(like.items[0], prefix)) if like is not None and like.items else None)
    if not status:
        status = "NEW" if parameters.has("SPACE") or parameters.has("LIKE") else "OLD"
    disposition = next((word for word in ("DELETE", "KEEP", "UNCATALOG", "CATALOG") if parameters.has(word)), "")
    return Request(
        parameters.first("FILE").upper(),
        names[0] if names else None,
        status,
        disposition or ("CATALOG" if status == "NEW" and names else "KEEP"),
        allocation,
        parameters.has("DUMMY"),
        (parameters.first("SYSOUT").upper() or "*") if parameters.has("SYSOUT") else None,
        parameters.first("PATH"),
        tuple(names[1:]),
        parameters.has("REUSE"),
    )


def _target(item: Item, prefix: str) -> Target:
    name = item.dsname
    return parse_target(name if item.quoted or not prefix else f"{prefix}.{name}")


def attributes(parameters: Parameters, like: str | None) -> Allocation:
    """Return the attributes of a new data set; `like` is the data set that LIKE names."""
    unit = next((row[1] for row in _SPACE_UNITS if parameters.has(row[0])), None)
    directory = parameters.number("DIR")
    recfm = parameters.words("RECFM")
    dsorg = parameters.first("DSORG").upper()
    dsntype = parameters.first("DSNTYPE").upper() or None
    return Allocation(
        recfm=_recfm(recfm) if recfm else None,
        lrecl=_lrecl(parameters),
        blksize=parameters.number("BLKSIZE"),
        dsorg=Dsorg.PO
        if dsorg == "PO" or directory or dsntype in {"LIBRARY", "PDS"}
        else Dsorg.DA
        if dsorg == "DA"
        else Dsorg.PS,
        dsntype=dsntype,
        space_unit=unit,
        primary=parameters.number("SPACE"),
        secondary=parameters.number("SPACE", place=1),
        directory_blocks=directory,
        block_length=parameters.number("BLOCK") or parameters.number("AVBLOCK"),
        volsers=tuple(word.upper() for word in parameters.words("VOLUME")),
        unit=parameters.first("UNIT").upper() or None,
        like=like,
        storclas=parameters.first("STORCLAS").upper() or None,
        mgmtclas=parameters.first("MGMTCLAS").upper() or None,
        dataclas=parameters.first("DATACLAS").upper() or None,
        retention_days=parameters.number("RETPD"),
        eattr=parameters.first("EATTR").upper() or None,
        release=parameters.has("RELEASE"),
    )


_SPACE_UNITS = (("TRACKS", "TRACK"), ("CYLINDERS", "CYLINDER"), ("BLOCK", "BLOCK"), ("AVBLOCK", "BLOCK"))


def _recfm(words: tuple[str, ...]) -> str:
    """Return RECFM(F B A) or RECFM(FBA) in its usual spelling."""
    letters = "".join(words).upper()
    text = "".join(sorted(letters, key=_RECFM_ORDER.find))
    try:
        return str(Recfm.parse(text))
    except ValueError:
        raise AmsSyntax("IDC3203I", letters) from None


def _lrecl(parameters: Parameters) -> int | None:
    return None if parameters.first("LRECL").upper() == "X" else parameters.number("LRECL")
