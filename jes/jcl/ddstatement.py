"""The DD statement: merged operands become a Dd.

Source: [JCLREF] DD; jes-and-jcl reference 4.4, 4.7. Not here: overrides (procedures.py), the parts of operands (ddparts.py).
Rules: pure. A wrong operand is given to `fault` and left out, so that all errors of a statement are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from jes.jcl import ddparts, keywords
from jes.jcl.model import Dd, DdKind, DdReference, Disp, Instream
from jes.jcl.operands import Operand, OperandFault, one_of

_DSNAME = re.compile(r"[A-Z@#$][A-Z0-9@#$\-{]{0,7}(?:\.[A-Z@#$][A-Z0-9@#$\-{]{0,7})*")
_MEMBER = re.compile(r"[A-Z@#${][A-Z0-9@#${]{0,7}")
#: What does no harm beside an operand that it is exclusive with: DSN=&&name names a spool data set, DUMMY beside SYSOUT only
# makes it dummy, LIKE and REFDD are for what DDNAME stands for.
_TOGETHER = {
    **dict.fromkeys(("*", "DATA"), one_of("DUMMY") | keywords.DATA_SET_BESIDE_DATA),
    "SYSOUT": one_of("DUMMY DSN VOL UNIT"),
    "PATH": one_of("DUMMY VOL UNIT DISP"),
    "DDNAME": one_of("DUMMY DYNAM LIKE REFDD"),
    "SUBSYS": one_of("DUMMY"),
    "EXPDT": frozenset(),
}
_SUBSYSTEM = re.compile(r"[A-Z@#$][A-Z0-9@#$]{0,3}")
_TEMPORARY = re.compile(r"&&?([A-Z@#$][A-Z0-9@#$]{0,7})")
_GENERATION = re.compile(r"[+-]?\d{1,3}")
_MEANT = one_of(
    "DSN DISP DCB SPACE UNIT VOL LABEL EXPDT RETPD LIKE REFDD DSNTYPE RECORG KEYOFF STORCLAS MGMTCLAS DATACLAS FREE "
    "SYSOUT PATH PATHOPTS PATHMODE PATHDISP FILEDATA SUBSYS TERM DDNAME DLM SYMBOLS * DATA DUMMY DYNAM AVGREC"
)

Fault = Callable[[OperandFault], None]


class Earlier(Protocol):
    """Earlier DDs of the job, by backward reference."""

    def find(self, text: str) -> DdReference | None:
        """Return the DD that `*.step.dd` names, None when there is none."""
        ...

    def dd(self, reference: DdReference) -> Dd:
        """Return an earlier DD."""
        ...

    @property
    def subsystems(self) -> frozenset[str]:
        """The subsystems that this system has. None of them takes data sets by SUBSYS=."""
        ...


def read(name: str, number: int, operands: tuple[Operand, ...], earlier: Earlier, fault: Fault) -> Dd:
    """Return the Dd that the operands describe (in-stream data is added by the caller)."""
    coded = _coded(operands, fault)
    dd = Dd(name, number, _kind(coded))

    def attempt(change: Callable[[Dd], Dd]) -> None:
        nonlocal dd
        try:
            dd = change(dd)
        except OperandFault as problem:
            fault(problem)

    if "DSN" in coded:
        attempt(lambda dd: _dsname(dd, coded["DSN"], earlier))
    attempt(lambda dd: replace(dd, disp=_disp(coded, fault)))
    attempt(lambda dd: replace(dd, dcb=ddparts.dcb(coded, earlier)))
    if "SPACE" in coded:
        attempt(lambda dd: replace(dd, space=ddparts.space(coded["SPACE"], coded.get("AVGREC"))))
    if "SYSOUT" in coded:
        attempt(lambda dd: replace(dd, sysout=ddparts.sysout(coded)))
    if "PATH" in coded:
        attempt(lambda dd: replace(dd, path=ddparts.path(coded)))
    attempt(lambda dd: _unit(dd, coded.get("UNIT")))
    attempt(lambda dd: ddparts.volume(dd, coded.get("VOL"), earlier))
    attempt(lambda dd: _label(dd, coded))
    attempt(lambda dd: _attributes(dd, coded, earlier))
    if "SUBSYS" in coded:
        fault(_subsystem(coded["SUBSYS"].positional(0), earlier.subsystems))
    return dd


def _subsystem(name: str, existing: frozenset[str]) -> OperandFault:
    """Return why SUBSYS= cannot be had. Words and order of the checks: IEFVFA [MVS38]."""
    if not name:
        return OperandFault("IEFC744I")
    if not _SUBSYSTEM.fullmatch(name):
        return OperandFault("IEFC748I")
    return OperandFault("IEFC745I" if name in existing else "IEFC746I", name)


def _coded(operands: tuple[Operand, ...], fault: Fault) -> dict[str, Operand]:
    coded: dict[str, Operand] = {}
    for position, operand in enumerate(operands):
        try:
            if operand.keyword:
                coded[keywords.check(operand, "DD")] = operand
            elif operand.text in {"*", "DATA", "DUMMY", "DYNAM", "NULLOVRD"}:
                coded[operand.text] = operand
            elif operand.raw:
                raise OperandFault("IEFC643I" if position == 0 else "IEFC640I", "DD")
        except OperandFault as problem:
            fault(problem)
    if "DLM" in coded and not coded.keys() & {"*", "DATA"}:
        fault(OperandFault("IEFC630I", "DLM", "DD"))
    for key, borne in _TOGETHER.items():
        others = keywords.EXCLUSIVE[key] & coded.keys()
        if key in coded and others - borne:
            fault(OperandFault("IEFC009I", keywords.in_full(min(others - borne)), key, "DD"))
            break
    _spool_name(coded, fault)
    return coded


def _spool_name(coded: dict[str, Operand], fault: Fault) -> None:
    """Demand that DSN beside *, DATA or SYSOUT is a name of the spool's: &&name or &name [JCLREF DSNAME]."""
    if "DSN" not in coded or _TEMPORARY.fullmatch(coded["DSN"].text):
        return
    for key in ("*", "DATA"):
        if key in coded:
            fault(OperandFault("IEFC009I", "DSNAME", key, "DD"))
    if "SYSOUT" in coded:
        fault(OperandFault("IEFC655I"))


def _kind(coded: dict[str, Operand]) -> DdKind:
    dsn = coded["DSN"].text if "DSN" in coded else ""
    kinds = (
        ("DUMMY" in coded or (dsn == "NULLFILE" and "*" not in coded), DdKind.DUMMY),
        ("*" in coded or "DATA" in coded, DdKind.INSTREAM),
        ("SYSOUT" in coded, DdKind.SYSOUT),
        ("PATH" in coded, DdKind.PATH),
        ("DDNAME" in coded, DdKind.UNRESOLVED),
        ("SUBSYS" in coded, DdKind.SUBSYSTEM),
        ("TERM" in coded, DdKind.TERMINAL),
        ("DYNAM" in coded, DdKind.DUMMY),
        (not dsn or dsn.startswith("&"), DdKind.TEMPORARY),
    )
    return next((kind for holds, kind in kinds if holds), DdKind.DATASET)


def _dsname(dd: Dd, operand: Operand, earlier: Earlier) -> Dd:
    text = operand.text
    if text.startswith("*.") and not operand.quoted:
        return _copied(dd, text, earlier)
    if not text:  # only an override may take it away
        raise OperandFault("IEFC632I", "DSNAME")
    if text == "NULLFILE" or dd.kind in {DdKind.SYSOUT, DdKind.INSTREAM}:
        return replace(dd, dsname=text.lstrip("&"))
    base, parenthesis, inner = text.partition("(")
    if parenthesis and not inner.endswith(")"):
        raise OperandFault("IEFC632I", "DSNAME")
    inner = inner.removesuffix(")").strip()
    if base.startswith("&"):
        match = _TEMPORARY.fullmatch(base)
        if match is None:
            raise OperandFault("IEFC627I", "DD")
        dd = replace(dd, dsname="&&" + match[1])
    elif "&" in base:
        raise OperandFault("IEFC627I", "DD")
    elif (not _DSNAME.fullmatch(base) or len(base) > 44) and not (operand.quoted and base and len(base) <= 44):
        raise OperandFault(
            "IEFC642I" if len(base) > 44 or any(len(part) > 8 for part in base.split(".")) else "IEFC632I", "DSNAME"
        )
    else:
        dd = replace(dd, dsname=base.upper() if operand.quoted and _DSNAME.fullmatch(base.upper()) else base)
    if not parenthesis:
        return dd
    if _GENERATION.fullmatch(inner):
        return replace(dd, generation=int(inner))
    if not _MEMBER.fullmatch(inner):
        raise OperandFault("IEFC642I" if len(inner) > 8 else "IEFC632I", "DSNAME")
    return replace(dd, member=inner)


def _copied(dd: Dd, text: str, earlier: Earlier) -> Dd:
    """Return the DD with the name that the earlier one says; a member may follow it in parentheses."""
    reference = earlier.find(text)
    if reference is None:
        raise OperandFault("IEFC645I", "DSN")
    source = earlier.dd(reference)
    return replace(
        dd,
        kind=source.kind,
        dsname=source.dsname,
        member=source.member,
        generation=source.generation,
        reference=source.reference or reference,
    )


def _disp(coded: dict[str, Operand], fault: Fault) -> Disp:
    """Return DISP with the defaults of [JCLREF DISP].

    IEF648I tells what becomes of one that a temporary data set cannot have, and fails no job.
    """
    operand, dsn = coded.get("DISP"), coded["DSN"].text if "DSN" in coded else ""
    if operand is None:
        return Disp()
    texts = [item.text for item in operand.values]
    if len(texts) > 3:
        raise OperandFault("IEFC641I", "DISP")
    status, normal, abnormal = ([*texts, "", "", ""])[:3]
    if any(item.keyword or item.items is not None for item in operand.values):
        raise OperandFault("IEFC632I", "DISP")
    if (
        status not in {"", "NEW", "OLD", "SHR", "MOD"}
        or normal not in {"", "DELETE", "KEEP", "PASS", "CATLG", "UNCATLG"}
        or abnormal not in {"", "DELETE", "KEEP", "CATLG", "UNCATLG"}
    ):
        raise OperandFault("IEFC643I", "DISP")
    if dsn.startswith("&") and {normal, abnormal} & {"KEEP", "CATLG", "UNCATLG"}:
        fault(OperandFault("IEF648I", "PASS"))
    status = status or "NEW"
    keeps = status in {"OLD", "SHR"}
    default = "KEEP" if keeps else "DELETE"
    follows = default if normal in {"", "PASS"} else normal
    return Disp(status, normal or default, abnormal or follows, True, bool(normal), bool(abnormal))


def _unit(dd: Dd, operand: Operand | None) -> Dd:
    if operand is None:
        return dd
    unit, count, affinity = "", "", ""
    for position, item in enumerate(operand.values):
        if item.keyword == "AFF":
            affinity = item.text
        elif position == 0:
            unit = item.text
        elif position == 1:
            count = item.text
    if len(unit.lstrip("/")) > 8:
        raise OperandFault("IEFC642I", "UNIT")
    return replace(dd, unit=unit, unit_count=count, unit_affinity=affinity)


def _label(dd: Dd, coded: dict[str, Operand]) -> Dd:
    expdt = coded["EXPDT"].text if "EXPDT" in coded else ""
    retpd = coded["RETPD"].text if "RETPD" in coded else ""
    places: list[str] = []
    for item in coded["LABEL"].values if "LABEL" in coded else ():
        if item.keyword == "EXPDT":
            expdt = item.text
        elif item.keyword == "RETPD":
            retpd = item.text
        else:
            places.append(item.text)
    if expdt and not re.fullmatch(r"\d{5}|\d{4}/\d{3}", expdt):
        raise OperandFault("IEFC632I", "EXPDT")
    if retpd and not re.fullmatch(r"\d{1,5}", retpd):
        raise OperandFault("IEFC644I", "RETPD")
    if int(retpd or 0) > keywords.HIGHEST_RETPD:
        raise OperandFault("IEFC638I", "RETPD")
    return replace(dd, label=tuple(places), expdt=expdt, retpd=int(retpd) if retpd else None)


def _attributes(dd: Dd, coded: dict[str, Operand], earlier: Earlier) -> Dd:
    def text(key: str) -> str:
        return coded[key].text if key in coded else ""

    refdd = None
    if "REFDD" in coded:
        refdd = earlier.find(text("REFDD"))
        if refdd is None:
            raise OperandFault("IEFC645I", "REFDD")
    return replace(
        dd,
        like=text("LIKE"),
        refdd=refdd,
        dsntype=coded["DSNTYPE"].values[0].text if "DSNTYPE" in coded and coded["DSNTYPE"].values else "",
        recorg=text("RECORG"),
        keyoff=int(text("KEYOFF")) if text("KEYOFF") else None,
        storclas=text("STORCLAS"),
        mgmtclas=text("MGMTCLAS"),
        dataclas=text("DATACLAS"),
        free_close=text("FREE") == "CLOSE",
        subsystem=coded["SUBSYS"].raw if "SUBSYS" in coded else "",
        other={key: operand.raw for key, operand in coded.items() if key not in _MEANT and key not in keywords.TABLES["DCB"]},
    )


def with_data(dd: Dd, data: Instream | None, operands: tuple[Operand, ...], exported: Callable[[str], dict[str, str]]) -> Dd:
    """Return the DD with its in-stream data and the symbols that may be replaced in it."""
    if data is None or dd.kind is not DdKind.INSTREAM:
        return dd
    symbols = next((operand.positional(0) for operand in operands if operand.keyword == "SYMBOLS"), "")
    return replace(dd, instream=replace(data, symbols=symbols, values=exported(symbols) if symbols else {}))
