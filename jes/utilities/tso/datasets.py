"""ALLOCATE, FREE, RENAME, PRINTDS, SMCOPY, LISTCAT: the data set commands of TSO.

Source: [TSO]; texts jes-and-jcl reference 5.8. Rules: return code 12 when a command failed, as command processors give it; 4
for a warning.
"""

from __future__ import annotations

from dataclasses import replace

from jes.errors import AllocationRefused
from jes.jcl.model import Dd, DdKind, Disp, Path, Sysout
from jes.utilities import allocating
from jes.utilities.allocating import Request
from jes.utilities.idcams import entries, fields
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, items, keyword_table, resolve
from jes.utilities.idcams.texts import line as ams_line
from jes.utilities.tso.session import FAILED, TsoSession
from mvsfs.errors import (
    DatasetExists,
    DatasetInUse,
    DatasetNotFound,
    InvalidDsname,
    MemberNotFound,
    MvsError,
    NotAuthorized,
)
from mvsfs.info import Allocation, Target

_DISPOSITIONS = {"CATALOG": "CATLG", "UNCATALOG": "UNCATLG", "KEEP": "KEEP", "DELETE": "DELETE"}


def refusal(session: TsoSession, error: MvsError, name: str) -> int:
    """Write why a data set command failed; return its code."""
    if isinstance(error, DatasetNotFound):
        session.say("notincatalog", name=name.partition("(")[0])
    elif isinstance(error, MemberNotFound):
        session.say("nomember", member=error.member, name=error.dsname)
    elif isinstance(error, DatasetExists):
        session.say("exists", name=name)
    elif isinstance(error, NotAuthorized):
        session.say("denied", name=name)
    elif isinstance(error, DatasetInUse):
        session.say("inuse", name=name)
    elif isinstance(error, InvalidDsname):
        session.say("badname", name=error.text)
    else:
        session.say("error", name=name)
    return FAILED


def allocate(text: str, session: TsoSession) -> int:
    """ALLOCATE: a DD for the rest of the step."""
    request = allocating.request(items(text), session.prefix)
    ddname = request.ddname or session.new_ddname()
    name = str(request.target or "")
    step = session.step
    if step.dd(ddname) is not None:
        if not request.reuses:
            session.say("inusefor" if name else "fileinuse", ddname=ddname, name=name)
            return FAILED
        if step.free is not None:
            step.free(ddname)
    dd = _statement(ddname, request)
    try:
        if request.target is not None and request.status == "NEW":
            step.mvs.allocate(request.target.dsname, request.allocation, step.who)
            dd = replace(dd, disp=replace(dd.disp, status="OLD"))
        if step.allocate is not None:
            step.allocate(dd)
    except AllocationRefused:
        return refusal(session, DatasetNotFound(name), name)
    except MvsError as error:
        return refusal(session, error, name)
    session.allocated[ddname] = name
    return 0


def _statement(ddname: str, request: Request) -> Dd:
    """Return the DD statement that says the same."""
    kind = DdKind.DUMMY
    if request.sysout is not None:
        kind = DdKind.SYSOUT
    elif request.path:
        kind = DdKind.PATH
    elif request.target is not None:
        kind = DdKind.DATASET
    target = request.target or Target("")
    normal = _DISPOSITIONS[request.disposition] if request.disposition else "KEEP"
    disp = Disp(request.status, normal, normal, True, True, True)
    parts = tuple(
        Dd("", 0, DdKind.DATASET, dsname=part.dsname, member=part.member or "", disp=Disp("SHR", "KEEP", "KEEP", True))
        for part in request.concatenated
    )
    return Dd(
        ddname,
        0,
        kind,
        dsname=target.dsname,
        member=target.member or "",
        generation=target.generation,
        disp=disp,
        sysout=Sysout(request.sysout) if request.sysout is not None else None,
        path=Path(request.path) if request.path else None,
        concatenation=parts,
    )


_FREE = keyword_table(
    "ALL DATASET/DA/DSNAME/DSN FILE/FI/F/DDNAME/DD ATTRLIST/ATTR OUTDES PATH DEST/DE HOLD/H NOHOLD/NOH KEEP/K DELETE/DEL "
    "CATALOG/CAT/C UNCATALOG/UN SYSOUT/SYS SPIN WRITER PATHDISP"
)


def free(text: str, session: TsoSession) -> int:
    """FREE FILE(..), DATASET(..) or ALL."""
    code, step = 0, session.step
    parameters = Parameters(items(text), _FREE)
    ddnames = [word.upper() for word in parameters.words("FILE")]
    item = parameters.item("DATASET")
    for name in [session.name(inner) for inner in (item.items if item is not None else None) or ()]:
        found = [ddname for ddname, dd in step.dds.items() if dd.dsname and name in {dd.dsname, f"{dd.dsname}({dd.member})"}]
        if not found:
            session.say("datasetnotfreed", name=name)
            code = FAILED
        ddnames += found
    if parameters.has("ALL"):
        ddnames += list(session.allocated)
    elif not (ddnames or code):
        raise AmsSyntax("IDC3225I", "DATA SET NAME OR FILE NAME")
    for ddname in ddnames:
        if step.free is None or not step.free(ddname):
            session.say("notfreed", ddname=ddname)
            code = FAILED
        session.allocated.pop(ddname, None)
    return code


def rename(text: str, session: TsoSession) -> int:
    """RENAME old new [ALIAS]; a new name in parentheses alone is a member's, and ALIAS gives the member a second name."""
    words = items(text)
    alias = len(words) > 1 and bool(words[-1].word) and resolve(words[-1].word, _RENAME) is not None and not words[-1].quoted
    names = words[:-1] if alias else words
    if len(names) == 1 and names[0].quoted and names[0].items:
        # 'A.B(OLD)' (NEW): what stands behind the apostrophe is the next operand.
        names = (replace(names[0], items=None), Item("", items=names[0].items))
    if len(names) < 2:
        raise AmsSyntax("IDC3225I", "DATA SET NAME")
    old = session.target(names[0])
    new = Target(old.dsname, names[1].first.upper()) if not names[1].word else session.target(names[1])
    mvs, who = session.step.mvs, session.step.who
    try:
        if not alias:
            mvs.rename(old, new, who)
        elif old.member and new.member and old.dsname == new.dsname:
            mvs.add_member_alias(old.dsname, new.member, old.member, who)
        else:
            raise AmsSyntax("IDC3203I", str(new))
    except MvsError as error:
        return refusal(session, error, str(old))
    return 0


def printds(text: str, session: TsoSession) -> int:
    """PRINTDS DATASET(..) [CLASS(c)]: the records of data sets on a SYSOUT data set of this step."""
    parameters = Parameters(items(text), _PRINTDS)
    item = parameters.item("DATASET")
    if item is None or not item.items:
        raise AmsSyntax("IDC3225I", "DATA SET NAME")
    step = session.step
    for one in item.items:
        name = session.name(one)
        try:
            records = list(step.mvs.records(session.target(one), step.who))
        except MvsError as error:
            return refusal(session, error, name)
        ddname = session.new_ddname()
        place = Dd(ddname, 0, DdKind.SYSOUT, sysout=_printed(parameters))
        if step.allocate is not None:
            with step.allocate(place).writer(step.mvs.find(name.partition("(")[0]).dcb) as sink:
                for _ in range(parameters.number("COPIES", 1) or 1):
                    sink.put_many(records)
            if step.free is not None:
                step.free(ddname)
    return 0


def _printed(parameters: Parameters) -> Sysout:
    """Return where PRINTDS prints."""
    return Sysout(
        parameters.first("CLASS", "*").upper(), form=parameters.first("FORMS").upper(), hold=parameters.has("HOLD"),
        dest=parameters.first("DEST").upper(), writer=parameters.first("WRITER").upper(),
    )  # fmt: skip


_RENAME = keyword_table("ALIAS")
_PRINTDS = keyword_table(
    "DATASET/DA/DSNAME/DSN CLASS/SYSOUT COPIES DEST HOLD NOHOLD NUM SNUM NONUM PAGELEN LINES NOTITLE TITLE FORMS WRITER ALL "
    "DIRECTORY MEMBERS CCHAR FOLD TRUNCATE SINGLE BMARGIN TMARGIN COLUMNS BIND UCS FCB CHARS BURST NOBURST FLASH MODIFY TRC "
    "OUTDES TODATASET"
)


def smcopy(text: str, session: TsoSession) -> int:
    """SMCOPY FROMDATASET(..) TODATASET(..): the records of one data set into another, which is made when it is not there."""
    parameters = Parameters(items(text), _SMCOPY)
    source, target = parameters.item("FROMDATASET"), parameters.item("TODATASET")
    if source is None or not source.items or target is None or not target.items:
        raise AmsSyntax("IDC3225I", "DATA SET NAME")
    step, name = session.step, session.name(source.items[0])
    try:
        records = list(step.mvs.records(session.target(source.items[0]), step.who))
        dcb = step.mvs.find(name.partition("(")[0]).dcb
        name = session.name(target.items[0])
        shape = Allocation(recfm=str(dcb.recfm or "FB"), lrecl=dcb.lrecl, blksize=dcb.blksize)
        with step.mvs.open_output(session.target(target.items[0]), step.who, allocation=shape) as writer:
            writer.write_records(records)
    except MvsError as error:
        return refusal(session, error, name)
    return 0


_SMCOPY = keyword_table("FROMDATASET/FDS TODATASET/TDS PRESERVE NOPRESERVE FROMVOLUME/FVOL TOVOLUME/TVOL NOTRANS ASIS CAPS")


def listcat(text: str, session: TsoSession) -> int:
    """LISTCAT in its terminal form: the names under the prefix, or kind and catalog of what LEVEL or ENTRIES name."""
    named = False
    level = session.prefix
    wanted: list[Item] = []
    for item in items(text):
        if item.word in {"LEVEL", "LVL"}:
            level, named = item.first.upper(), True
        elif item.word in {"ENTRIES", "ENT", "ENTRY"}:
            wanted += item.items or ()
            named = True
    mvs = session.step.mvs
    infos = (
        [info for item in wanted for info in entries.matching(mvs, session.name(item))] if wanted else entries.below(mvs, level)
    )
    catalog = entries.catalog_of(mvs)
    if not infos:
        name = session.name(wanted[0]) if wanted else level
        for key, *facts in (("IDC3012I", name), ("IDC3009I", 8, "IGG0CLEG-42"), ("IDC1566I", name)):
            session.put(ams_line(key, *facts)[1:])
        session.say("lastcc", code=4)
        return 4
    if not named:
        session.put(f"IN CATALOG:{catalog}", *(info.dsname for info in infos))
        return 0
    for info in infos:
        kind = entries.kind(info)
        session.put(fields.entry("GDG BASE" if kind == "GDG" else kind, info.dsname)[1:], f"     IN-CAT --- {catalog}")
        for part in entries.components(mvs, info) if wanted else ():
            session.put(f"   {(entries.kind(part) + ' ').ljust(12, '-')} {part.dsname}")
    return 0
