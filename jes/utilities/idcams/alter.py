"""ALTER: a new name, and the facts of an entry that can be changed.

Source: [AMS ALTER]; jes-and-jcl reference 5.4. Rules: parameters of which this system keeps nothing (buffers, candidate volumes,
logging) are accepted, as nothing that a job can see depends on them.
"""

from __future__ import annotations

from jes.utilities.idcams import entries
from jes.utilities.idcams.failures import report
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, keyword_table
from jes.utilities.idcams.retention import expiration
from jes.utilities.idcams.session import Session
from mvsfs.errors import DatasetNotFound, MvsError
from mvsfs.info import DatasetInfo
from mvsfs.names import parse_target

KEYWORDS = keyword_table(
    "NEWNAME/NEWNM LIMIT/LIM EMPTY/EMP NOEMPTY/NEMP SCRATCH/SCR NOSCRATCH/NSCR PURGE/PRG NOPURGE/NPRG LIFO FIFO "
    "ROLLIN CATALOG/CAT FILE TO FOR ADDVOLUMES/AVOL REMOVEVOLUMES/RVOL SHAREOPTIONS/SHR/SHAREOPTION FREESPACE/FSPC "
    "MANAGEMENTCLASS/MGMTCLAS STORAGECLASS/STORCLAS REUSE/RUS NOREUSE/NRUS ERASE/ERAS NOERASE/NERAS UPGRADE/UPG "
    "NOUPGRADE/NUPG UPDATE/UPD NOUPDATE/NUPD INHIBIT/INH UNINHIBIT/UNINH BUFFERSPACE/BUFSP/BUFSPC NULLIFY/NULL OWNER "
    "ACCOUNT/ACCT BUFND BUFNI STRNO BWO CCSID ECSHARING NOECSHARING EXCEPTIONEXIT/EEXT FILEDATA FRLOG KEYS/KEY RECORDSIZE/RECSZ "
    "LOG LOGREPLICATE NOLOGREPLICATE LOGSTREAMID/LSID TYPE UNIQUEKEY/UNQK NONUNIQUEKEY/NUNQK WRITECHECK/WCK NOWRITECHECK/NWCK "
    "EXTENDED/EXT MASTERPW/MRPW CONTROLPW/CTLPW UPDATEPW/UPDPW READPW/RDPW ATTEMPTS/ATT CODE AUTHORIZATION/AUTH",
    exclusive="LIFO/FIFO TO/FOR UNIQUEKEY/NONUNIQUEKEY INHIBIT/UNINHIBIT",
)
#: What NULLIFY may take away; of these only an expiration date is kept here.
NULLABLE = keyword_table(
    "AUTHORIZATION/AUTH BWO CODE EXCEPTIONEXIT/EEXT LOG LOGSTREAMID/LSID OWNER RETENTION/RETN MANAGEMENTCLASS STORAGECLASS"
)


def run(found: tuple[Item, ...], session: Session) -> int:
    """Change one entry, or all that a generic name means."""
    parameters = Parameters(found, KEYWORDS, positionals=1)
    if not parameters.positional:
        raise AmsSyntax("IDC3225I", "ENTRYNAME")
    name = parameters.positional[0].dsname
    if "*" not in name:
        return _entry(name, parameters, session, _new_name(parameters))
    infos = [info for info in entries.matching(session.step.mvs, name) if entries.kind(info) not in {"DATA", "INDEX"}]
    if not infos:
        return _not_altered(name, DatasetNotFound(name), session)
    return max(_entry(info.dsname, parameters, session, _generic(info.dsname, name, _new_name(parameters))) for info in infos)


def _new_name(parameters: Parameters) -> str:
    item = parameters.item("NEWNAME")
    return item.items[0].dsname if item is not None and item.items else ""


def _generic(name: str, mask: str, new: str) -> str:
    """Return the new name of one entry under a generic one: what the asterisk stood for takes the place of the new asterisk."""
    if "*" not in new:
        return new
    front, _, back = mask.partition("*")
    return new.replace("*", name[len(front) : len(name) - len(back)])


def _not_altered(name: str, error: MvsError, session: Session) -> int:
    code = report(session, error, name)
    session.say("IDC0532I", name)
    return code


def _entry(name: str, parameters: Parameters, session: Session, new: str) -> int:
    mvs, who = session.step.mvs, session.step.who
    try:
        target = parse_target(name)
        info = entries.find(mvs, target.dsname)
        if info is None:
            raise DatasetNotFound(target.dsname)
        _facts(info, parameters, session)
        if parameters.has("ROLLIN"):
            mvs.roll_in(target.dsname)
        if new:
            mvs.rename(target, parse_target(new), who)
    except MvsError as error:
        return _not_altered(name, error, session)
    session.say("IDC0531I", name)
    return 0


def _facts(info: DatasetInfo, parameters: Parameters, session: Session) -> None:
    """Change what the parameters say of the entry itself."""
    mvs, who, kind = session.step.mvs, session.step.who, entries.kind(info)
    if kind == "GDG" and (of_group := _gdg_changes(parameters)):
        try:
            mvs.alter_gdg(info.dsname, who, **of_group)
        except ValueError:
            raise AmsSyntax("IDC3203I", str(of_group["limit"])) from None
    changes: dict[str, object] = {}
    if (until := expiration(parameters, session.step.now().date())) is not None:
        changes["expires"] = until
    if Parameters((parameters.item("NULLIFY") or Item("")).items or (), NULLABLE).has("RETENTION"):
        changes["expires"] = None
    for word, fact in (("MANAGEMENTCLASS", "mgmtclas"), ("STORAGECLASS", "storclas")):
        if parameters.has(word):
            changes[fact] = parameters.first(word).upper()
    if changes:
        mvs.alter(info.dsname, who, **changes)
    if kind in {"CLUSTER", "AIX", "DATA"} and (of_cluster := _cluster_changes(parameters)):
        mvs.alter_vsam(info.dsname, who, **of_cluster)


def _cluster_changes(parameters: Parameters) -> dict[str, object]:
    changes: dict[str, object] = {}
    for word, fact in (("REUSE", "reuse"), ("ERASE", "erase"), ("UPGRADE", "upgrade")):
        if parameters.has(word) or parameters.has(f"NO{word}"):
            changes[fact] = parameters.has(word)
    if parameters.has("UNIQUEKEY") or parameters.has("NONUNIQUEKEY"):
        changes["unique"] = parameters.has("UNIQUEKEY")
    for word, fact, default in (("SHAREOPTIONS", "shareoptions", 3), ("FREESPACE", "freespace", 0)):
        if parameters.has(word):
            changes[fact] = (parameters.number(word, 0) or 0, parameters.number(word, default, 1) or 0)
    return changes


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
