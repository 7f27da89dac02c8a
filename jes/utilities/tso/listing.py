"""LISTDS and LISTALC: attributes of data sets, and what the step has allocated.

Source: [TSO] LISTDS, LISTALC; the entries of LISTALC STATUS SYSNAMES and their order as a public listing of a step shows them.
Rules: what a data set of the system's naming is called (SYSOUT, SYSIN) is shown with SYSNAMES only. Return code 12 when a
data set is not there. Not here: what LABEL shows (label.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from jes.stepcontext import OpenDd
from jes.utilities.idcams.parse import AmsSyntax, items
from jes.utilities.tso import label
from jes.utilities.tso.datasets import refusal
from jes.utilities.tso.session import TsoSession
from mvsfs.dcb import Dsorg
from mvsfs.errors import MvsError
from mvsfs.info import DatasetInfo

#: Operands and their shortest spellings [TSO].
_OPTIONS = {"STATUS": "S", "HISTORY": "H", "MEMBERS": "M", "LEVEL": "LE", "CATALOG": "C", "SYSNAMES": "SY", "LABEL": "LA"}
_NOT_KEPT = "00/00/00"


def listds(text: str, session: TsoSession) -> int:
    """LISTDS: attributes and volumes; HISTORY, STATUS and MEMBERS add to them, LEVEL lists all data sets below a name."""
    words = items(text)
    names = [inner for item in words[:1] for inner in ((item.items or ()) if not item.word else (item,))]
    options = {_option(item.word) for item in words[1:]}
    code = 0
    for item in names:
        name = session.name(item)
        try:
            infos = list(session.step.mvs.search(f"{name}.**")) if "LEVEL" in options else []
            for info in infos or [session.step.mvs.find(name.partition("(")[0])]:
                _listed(session, info, options)
        except MvsError as error:
            code = max(code, refusal(session, error, name))
    return code


def _option(word: str) -> str:
    """Return the full spelling of an operand. Raises AmsSyntax."""
    for name, shortest in _OPTIONS.items():
        if name.startswith(word) and len(word) >= len(shortest):
            return name
    raise AmsSyntax("IDC3211I", word)


def _listed(session: TsoSession, info: DatasetInfo, options: set[str]) -> None:
    dcb = info.dcb
    heading, values = (
        "--RECFM-LRECL-BLKSIZE-DSORG",
        f"  {dcb.recfm or '**'!s:<5} {dcb.lrecl or '**':<5} {dcb.blksize or '**':<7} ",
    )
    values += f"{dcb.dsorg.value or '**':<5}"
    if "HISTORY" in options:
        heading += "-CREATED---EXPIRES---SECURITY"
        values += f" {_history(info)}"
    if "STATUS" in options:
        heading += "--DDNAME---DISP"
        ddname, disposition = next(
            ((name, _disposition(dd)) for name, dd in session.step.dds.items() if dd.dsname == info.dsname), ("", "")
        )
        values = f"{values:<58}" if "HISTORY" in options else f"{values}  "
        values += f"{ddname:<8} {disposition}"
    session.put(info.dsname, heading, values.rstrip(), "--VOLUMES--", f"  {info.volser or '******'}")
    if "LABEL" in options and info.dcb.dsorg not in {Dsorg.VSAM, Dsorg.GDG}:
        session.put(*label.shown(info))
    _members(session, info, options)


def _history(info: DatasetInfo) -> str:
    return f"{_day(info.created):<10}{_day(info.expires):<10}NONE"


def _day(day: date | None) -> str:
    return f"{day:%m/%d/%y}" if day is not None else _NOT_KEPT


def _members(session: TsoSession, info: DatasetInfo, options: set[str]) -> None:
    if "MEMBERS" in options and info.is_partitioned:
        session.step.mvs.require_readable(info.dsname, session.step.who)
        session.put("--MEMBERS--", *(f"  {member.name}" for member in session.step.mvs.members(info.dsname)))


def listalc(text: str, session: TsoSession) -> int:
    """LISTALC: names; with STATUS ddnames and dispositions, HISTORY, MEMBERS and SYSNAMES as LISTDS has them."""
    options = {_option(item.word) for item in items(text)}
    if "STATUS" in options:
        session.put("--DDNAME---DISP--")
    code = 0
    for ddname, dd in session.step.dds.items():
        for place, part in enumerate(dd.concatenation):
            try:
                _allocated(session, ddname if place == 0 else "", part, options)
            except MvsError as error:
                code = max(code, refusal(session, error, part.dsname))
    return code


def _allocated(session: TsoSession, ddname: str, dd: OpenDd, options: set[str]) -> None:
    if dd.kind == "DUMMY":
        session.put(f"NULLFILE  {ddname}".rstrip() if "STATUS" in options else "NULLFILE")
        return
    name = dd.dsname or dd.path or ("" if "SYSNAMES" not in options else _spool_name(session, dd))
    if not name:
        return
    session.put(name)
    if "STATUS" in options:
        session.put(f"  {ddname:<8} {_disposition(dd)}")
    info = dd.info
    if info is not None and "HISTORY" in options:
        session.put("--CREATED---EXPIRES---SECURITY", f"  {_history(info)}")
    if info is not None:
        _members(session, info, options)


def _spool_name(session: TsoSession, dd: Any) -> str:
    """Return the name of a SYSOUT or in-stream data set; what else the system has named is not known here."""
    step, spool = session.step, getattr(dd, "spool", None)
    key, qualifier = (spool.place.key, spool.place.qualifier) if spool is not None else (getattr(dd, "key", 0), "?")
    return f"{step.userid}.{step.jobname}.{step.jobid}.D{key:07d}.{qualifier}" if key else ""


def _disposition(dd: Any) -> str:
    """Return what becomes of it at the end of the step."""
    if dd.kind in {"SYSOUT", "SYSIN"}:
        return "DELETE"
    if dd.path:
        return "KEEP,KEEP"
    statement = getattr(dd, "statement", None)
    return str(statement.disp.normal) if statement is not None else "KEEP"
