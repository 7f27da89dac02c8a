"""ALTER: a new name, and the facts of an entry that can be changed.

Source: [AMS ALTER]; jes-and-jcl reference 5.4. Rules: parameters of which this system keeps nothing (buffers, sharing, free
space) are accepted, as nothing that a job can see depends on them.
"""

from __future__ import annotations

from jes.utilities.idcams import entries
from jes.utilities.idcams.failures import report
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table
from jes.utilities.idcams.session import Session
from mvsfs.errors import DatasetNotFound, MvsError
from mvsfs.names import parse_target

KEYWORDS = keyword_table(
    "NEWNAME/NEWNM LIMIT/LIM EMPTY/EMP NOEMPTY/NEMP SCRATCH/SCR NOSCRATCH/NSCR PURGE/PRG NOPURGE/NPRG LIFO FIFO "
    "ROLLIN CATALOG/CAT FILE TO FOR ADDVOLUMES/AVOL REMOVEVOLUMES/RVOL SHAREOPTIONS/SHR FREESPACE/FSPC "
    "MANAGEMENTCLASS/MGMTCLAS STORAGECLASS/STORCLAS REUSE/RUS NOREUSE/NRUS ERASE/ERAS NOERASE/NERAS UPGRADE/UPG "
    "NOUPGRADE/NUPG UPDATE/UPD NOUPDATE/NUPD INHIBIT/INH UNINHIBIT/UNINH BUFFERSPACE/BUFSP"
)


def run(found: tuple[Item, ...], session: Session) -> int:
    """Change one entry."""
    parameters = Parameters(found, KEYWORDS, positionals=1)
    if not parameters.positional:
        raise AmsSyntax("IDC3212I", "ENTRYNAME")
    name = parameters.positional[0].dsname
    mvs, who = session.step.mvs, session.step.who
    try:
        target = parse_target(name)
        info = entries.find(mvs, target.dsname)
        if info is None:
            raise DatasetNotFound(target.dsname)
        if entries.kind(info) == "GDG":
            changes = _gdg_changes(parameters)
            if changes:
                try:
                    mvs.alter_gdg(target.dsname, who, **changes)
                except ValueError:
                    raise AmsSyntax("IDC3203I", str(changes["limit"])) from None
        if parameters.has("ROLLIN"):
            mvs.roll_in(target.dsname)
        item = parameters.item("NEWNAME")
        if item is not None and item.items:
            mvs.rename(target, parse_target(item.items[0].dsname), who)
    except MvsError as error:
        return report(session, error, name)
    session.say("IDC0531I", name)
    return 0


def _gdg_changes(parameters: Parameters) -> dict[str, object]:
    changes: dict[str, object] = {}
    for word, fact in (("EMPTY", "empty"), ("SCRATCH", "scratch"), ("PURGE", "purge")):
        if parameters.has(word) or parameters.has(f"NO{word}"):
            changes[fact] = parameters.has(word)
    if parameters.has("FIFO") or parameters.has("LIFO"):
        changes["fifo"] = parameters.has("FIFO")
    limit = parameters.number("LIMIT")
    if limit is not None:
        changes["limit"] = limit
    return changes
