"""DEFINE: new catalog entries, by kind of entry.

Source: [AMS DEFINE]; jes-and-jcl reference 5.4. Not here: VSAM entries (definevsam.py), USERCATALOG, PAGESPACE, SPACE (refused).
"""

from __future__ import annotations

from collections.abc import Callable

from jes.utilities.idcams import definevsam, entries
from jes.utilities.idcams.failures import report
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table, resolve
from jes.utilities.idcams.retention import expiration
from jes.utilities.idcams.session import Session
from mvsfs.datasets.gdg import MAX_EXTENDED_LIMIT, MAX_LIMIT
from mvsfs.errors import DatasetNotFound, InvalidDsname, MvsError
from mvsfs.names import check_dsname

GDG = keyword_table(
    "NAME LIMIT/LIM EMPTY/EMP NOEMPTY/NEMP SCRATCH/SCR NOSCRATCH/NSCR LIFO FIFO PURGE/PRG NOPURGE/NPRG EXTENDED/EXT "
    "NOEXTENDED/NOEXT OWNER FOR TO",
    exclusive="LIFO/FIFO TO/FOR",
)
NONVSAM = keyword_table(
    "NAME DEVICETYPES/DEVT VOLUMES/VOL/VOLUME FILESEQUENCENUMBERS/FSEQN RECATALOG/RCTLG NORECATALOG/NRCTLG OWNER TO "
    "FOR COLLECTION RELATE",
    exclusive="TO/FOR",
)
ALIAS = keyword_table("NAME RELATE/REL SYMBOLICRELATE", exclusive="RELATE/SYMBOLICRELATE")


def run(found: tuple[Item, ...], session: Session) -> int:
    """Define the entry that the first word names."""
    kind = resolve(found[0].word, KINDS) if found else None
    if kind is None:
        raise AmsSyntax("IDC3211I", found[0].word if found else "DEFINE")
    if kind not in DEFINERS:
        raise AmsSyntax("IDC3211I", kind)
    if found[0].items is None:
        raise AmsSyntax("IDC3208I", found[0].word)
    try:
        code = DEFINERS[kind](found, session)
        if code == 0 and kind in {"CLUSTER", "ALTERNATEINDEX", "NONVSAM"}:
            _keep(found, session)
        return code
    except InvalidDsname:
        raise
    except DatasetNotFound as error:
        # what a path, an alternate index, an alias or MODEL names
        report(session, error, error.dsname)
        return 12
    except MvsError as error:
        return report(session, error, name_of(found))


def _keep(found: tuple[Item, ...], session: Session) -> None:
    """Give the new entry the expiration date that TO or FOR asks for."""
    until = expiration(Parameters(found[0].items or (), definevsam.CLUSTER | NONVSAM), session.step.now().date())
    if until is not None:
        session.step.mvs.alter(name_of(found), session.step.who, expires=until)


def name_of(found: tuple[Item, ...]) -> str:
    """Return the entry name of a DEFINE, for messages."""
    for item in found[0].items or ():
        if item.word == "NAME":
            return item.first.upper()
    return ""


def _parameters(found: tuple[Item, ...], table: dict[str, tuple[str, ...]]) -> tuple[str, Parameters]:
    parameters = Parameters(found[0].items or (), table)
    if not parameters.first("NAME"):
        raise AmsSyntax("IDC3225I", "NAME")
    return check_dsname(parameters.first("NAME").partition("/")[0]), parameters


def _gdg(found: tuple[Item, ...], session: Session) -> int:
    name, parameters = _parameters(found, GDG)
    limit = parameters.number("LIMIT")
    if limit is None:
        raise AmsSyntax("IDC3225I", "LIMIT")
    if not 1 <= limit <= (MAX_EXTENDED_LIMIT if parameters.has("EXTENDED") else MAX_LIMIT):
        raise AmsSyntax("IDC3203I", str(limit))
    session.step.mvs.define_gdg(
        name,
        limit=limit,
        scratch=parameters.has("SCRATCH"),
        empty=parameters.has("EMPTY"),
        fifo=parameters.has("FIFO"),
        purge=parameters.has("PURGE"),
        extended=parameters.has("EXTENDED"),
        who=session.step.who,
    )
    return 0


def _nonvsam(found: tuple[Item, ...], session: Session) -> int:
    name, parameters = _parameters(found, NONVSAM)
    volsers = parameters.words("VOLUMES")
    if not volsers or not parameters.words("DEVICETYPES"):
        raise AmsSyntax("IDC3225I", "VOLUMES" if not volsers else "DEVICETYPES")
    entries.catalogue(session.step.mvs, name, volsers[0].upper(), parameters.first("DEVICETYPES").upper(), session.step.who)
    return 0


def _alias(found: tuple[Item, ...], session: Session) -> int:
    name, parameters = _parameters(found, ALIAS)
    related = parameters.first("RELATE") or parameters.first("SYMBOLICRELATE")
    if not related:
        raise AmsSyntax("IDC3225I", "RELATE")
    try:
        session.step.mvs.define_alias(name, check_dsname(related), session.step.who)
    except DatasetNotFound:
        session.say("IDC3022I")
        session.say("IDC3009I", 8, "IGG0CLEG-42")
        return 12
    return 0


KINDS = keyword_table(
    "CLUSTER/CL GENERATIONDATAGROUP/GDG NONVSAM/NVSAM ALIAS ALTERNATEINDEX/AIX PATH USERCATALOG/UCAT "
    "MASTERCATALOG/MCAT/MRCAT PAGESPACE/PGSPC SPACE/SPC"
)
DEFINERS: dict[str, Callable[[tuple[Item, ...], Session], int]] = {
    "GENERATIONDATAGROUP": _gdg,
    "NONVSAM": _nonvsam,
    "ALIAS": _alias,
    "CLUSTER": definevsam.cluster,
    "ALTERNATEINDEX": definevsam.alternate_index,
    "PATH": definevsam.path,
}
