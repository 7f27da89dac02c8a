"""The JOB statement.

Source: [JCLREF] JOB; jes-and-jcl reference 4.2. Not here: which keywords exist (keywords.py), defaults of the job class (JES).
Rules: pure; raises OperandFault.
"""

from __future__ import annotations

from collections.abc import Callable

from jes.jcl import keywords
from jes.jcl.conditions import parse_cond
from jes.jcl.model import Cond, JobOperands
from jes.jcl.operands import Operand, OperandFault, one_of

_MEANT = one_of(
    "CLASS MSGCLASS MSGLEVEL NOTIFY PRTY REGION TIME TYPRUN COND RESTART USER PASSWORD GROUP JOBRC GDGBIAS SYSAFF SYSTEM"
)


def read(name: str, operands: tuple[Operand, ...], fault: Callable[[OperandFault], None]) -> JobOperands:
    """Return what the statement says; each wrong operand is given to `fault` and left out."""
    coded: dict[str, Operand] = {}
    for operand in operands:
        if operand.keyword:
            try:
                coded[keywords.check(operand, "JOB")] = operand
            except OperandFault as problem:
                fault(problem)
    first_keyword = next((at for at, operand in enumerate(operands) if operand.keyword), len(operands))
    if any(operand.raw and not operand.keyword for operand in operands[first_keyword:]):
        fault(OperandFault("IEFC643I", "JOB"))
    accounting, programmer = _positional([operand for operand in operands if not operand.keyword], fault)
    password = _texts(coded.get("PASSWORD"))
    return JobOperands(
        name,
        accounting=accounting,
        programmer=programmer,
        job_class=_text(coded, "CLASS"),
        msgclass=_text(coded, "MSGCLASS"),
        msglevel=_guarded(lambda: _msglevel(coded.get("MSGLEVEL")), None, fault),
        notify=_text(coded, "NOTIFY"),
        prty=int(_text(coded, "PRTY")) if _text(coded, "PRTY") else None,
        region=_text(coded, "REGION"),
        time=_time(coded.get("TIME")),
        typrun=_text(coded, "TYPRUN"),
        cond=_guarded(lambda: _cond(coded.get("COND")), Cond(), fault),
        restart=_restart(coded.get("RESTART")),
        user=_text(coded, "USER"),
        password=password[0] if password else "",
        new_password=password[1] if len(password) > 1 else "",
        group=_text(coded, "GROUP"),
        jobrc=_jobrc(coded.get("JOBRC")),
        gdgbias=_text(coded, "GDGBIAS") or "JOB",
        systems=_systems(coded.get("SYSAFF") or coded.get("SYSTEM")),
        other={key: operand.raw for key, operand in coded.items() if key not in _MEANT},
    )


def _positional(places: list[Operand], fault: Callable[[OperandFault], None]) -> tuple[tuple[str, ...], str]:
    if len(places) > 2:
        fault(OperandFault("IEFC640I", "JOB"))
    accounting = tuple(item.text for item in places[0].values) if places and places[0].raw else ()
    programmer = places[1].text if len(places) > 1 else ""
    if len(programmer) > 20:
        fault(OperandFault("IEFC642I", "PROGRAMMER'S NAME"))
    if sum(map(len, accounting)) + max(len(accounting) - 1, 0) > 143:
        fault(OperandFault("IEFC642I", "ACCOUNTING"))
    return accounting, programmer


def _guarded(read_value: Callable[[], object], default: object, fault: Callable[[OperandFault], None]):  # type: ignore[no-untyped-def]
    try:
        return read_value()
    except OperandFault as problem:
        fault(problem)
        return default


def _text(coded: dict[str, Operand], key: str) -> str:
    return coded[key].text if key in coded else ""


def _texts(operand: Operand | None) -> tuple[str, ...]:
    return tuple(item.text for item in operand.values) if operand else ()


def _msglevel(operand: Operand | None) -> tuple[int, int] | None:
    if operand is None:
        return None
    texts = [*_texts(operand), "", ""][:2]
    if texts[0] not in {"", "0", "1", "2"} or texts[1] not in {"", "0", "1"} or len(_texts(operand)) > 2:
        raise OperandFault("IEFC632I", "MSGLEVEL")
    return int(texts[0] or 1), int(texts[1] or 1)


def _cond(operand: Operand | None) -> Cond:
    if operand is None:
        return Cond()
    cond = parse_cond(operand)
    if cond.even or cond.only or any(test.step for test in cond.tests):
        raise OperandFault("IEFC632I", "COND")
    return cond


def _time(operand: Operand | None) -> str:
    return ",".join(_texts(operand))


def _restart(operand: Operand | None) -> tuple[str, str]:
    first = _texts(operand)[0] if operand and _texts(operand) else ""
    step, _, procstep = first.partition(".")
    return step, procstep


def _systems(operand: Operand | None) -> tuple[str, ...]:
    """Return the systems that may run the job: ANY is none in particular, IND is no name."""
    names = tuple(text for text in _texts(operand) if text not in {"", "IND"})
    return () if "ANY" in names else names


def _jobrc(operand: Operand | None) -> tuple[str, ...]:
    texts = _texts(operand)
    if texts[:1] == ("STEP",) and len(texts) > 1:
        step, _, procstep = texts[1].partition(".")
        return "STEP", step, procstep
    return texts
