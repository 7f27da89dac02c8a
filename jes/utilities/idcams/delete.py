"""DELETE: entries, members, generic names.

Source: [AMS DELETE]; texts jes-and-jcl reference 5.4. Rules: a cluster goes with its components, which are named first.
"""

from __future__ import annotations

from typing import Any

from jes.utilities.idcams import entries
from jes.utilities.idcams.failures import report
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.errors import DatasetNotFound, MemberNotFound, MvsError
from mvsfs.info import DatasetInfo, Target

KEYWORDS = keyword_table(
    "CLUSTER/CL GENERATIONDATAGROUP/GDG NONVSAM/NVSAM ALIAS ALTERNATEINDEX/AIX PATH PURGE/PRG NOPURGE/NPRG "
    "SCRATCH/SCR NOSCRATCH/NSCR FORCE/FRC NOFORCE/NFRC ERASE/ERAS NOERASE/NERAS MASK NOMASK CATALOG/CAT FILE "
    "RECOVERY/RCVRY RECALL USERCATALOG/UCAT PAGESPACE/PGSPC TRUENAME/TNAME VVR NVR NORECOVERY SPACE/SPC "
    "LIBRARYENTRY VOLUMEENTRY",
    exclusive="CLUSTER/GENERATIONDATAGROUP/NONVSAM/ALIAS/ALTERNATEINDEX/PATH/USERCATALOG/PAGESPACE/TRUENAME/SPACE/VVR/NVR",
)
_TYPES = {
    "CLUSTER": "CLUSTER", "GENERATIONDATAGROUP": "GDG", "NONVSAM": "NONVSAM", "ALIAS": "ALIAS", "ALTERNATEINDEX": "AIX",
    "PATH": "PATH",
}  # fmt: skip
#: A name that is not found; anything that cannot be deleted.
NOT_DELETED = 8


def run(found: tuple[Item, ...], session: Session) -> int:
    """Delete the entries that are named."""
    if not found:
        raise AmsSyntax("IDC3225I", "ENTRYNAME")
    parameters = Parameters(found, KEYWORDS, positionals=1)
    names = parameters.positional[0]
    wanted = {kind for keyword, kind in _TYPES.items() if parameters.has(keyword)}
    code = 0
    for item in (names.items or ()) if not names.word else (names,):
        code = max(code, _delete(item, wanted, parameters, session))
    return code


def _delete(item: Item, wanted: set[str], parameters: Parameters, session: Session) -> int:
    name = item.word.partition("/")[0].upper()
    if item.items:
        return _member(name, item.first.upper(), session)
    if "*" in name or "%" in name:
        return _generic(name, wanted, parameters, session)
    info = entries.find(session.step.mvs, name)
    if info is None or (wanted and entries.kind(info) not in wanted):
        return _not_deleted(session, DatasetNotFound(name), name)
    return _entry(info, parameters, session)


def _generic(name: str, wanted: set[str], parameters: Parameters, session: Session) -> int:
    matches = [info for info in entries.matching(session.step.mvs, name) if entries.kind(info) not in {"DATA", "INDEX"}]
    matches = [info for info in matches if not wanted or entries.kind(info) in wanted]
    if not matches:
        return _not_deleted(session, DatasetNotFound(name), name)
    # What goes with an entry before it in the list is gone when its own turn comes.
    return max(_entry(info, parameters, session) for info in matches if entries.find(session.step.mvs, info.dsname) is not None)


def _entry(info: DatasetInfo, parameters: Parameters, session: Session) -> int:
    mvs, kind = session.step.mvs, entries.kind(info)
    names = components(mvs, info)
    try:
        if kind == "GDG":
            names = [("A", dsname) for dsname in mvs.gdg(info.dsname).generations] + names
        purge = parameters.has("PURGE")
        if kind == "NONVSAM" and parameters.has("NOSCRATCH"):
            mvs.uncatalog(info.dsname, session.step.who)
        else:
            mvs.delete(Target(info.dsname), session.step.who, purge=purge, force=parameters.has("FORCE"))
    except MvsError as error:
        return _not_deleted(session, error, info.dsname)
    for letter, dsname in names:
        session.say("IDC0550I", letter, dsname)
    return 0


def components(mvs: Any, info: DatasetInfo) -> list[tuple[str, str]]:
    """Return (letter, name) of everything that goes with an entry: what lies over it, its components, itself last."""
    own = entries.components(mvs, info)
    names = {part.dsname for part in own}
    over = [part for part in mvs.dependents(info.dsname) if part.dsname not in names] if own else []
    return [(entries.KINDS[entries.kind(part)], part.dsname) for part in (*over, *own, info)]


def _member(dsname: str, member: str, session: Session) -> int:
    try:
        session.step.mvs.delete(Target(dsname, member), session.step.who)
    except MemberNotFound:
        session.say("IDC3302I", dsname)
        session.say("IDC3330I", member)
        session.say("IDC0548I", member)
        return NOT_DELETED
    except MvsError as error:
        return _not_deleted(session, error, f"{dsname}({member})")
    session.say("IDC0549I", member)
    return 0


def _not_deleted(session: Session, error: MvsError, name: str) -> int:
    code = report(session, error, name)
    session.say("IDC0551I", name)
    return code
