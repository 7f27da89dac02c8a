"""The JOB statement alone, as the internal reader needs it before conversion: class, priority, NOTIFY, TYPRUN.

Source: jes-and-jcl reference 4.13 step 1. Not here: the whole job (convert.py). Rules: pure; never raises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from jes.hosttext import to_host, to_text
from jes.jcl import jobstatement, operands
from jes.jcl.model import ConversionFacts, Jecl, JobOperands
from jes.jcl.operands import OperandFault
from jes.jcl.reader import Kind, Reader
from jes.jcl.schedule import Schedule, read_schedule
from jes.jcl.symbols import substitute

_SCHEDULE = to_host("SCHEDULE")
#: The JOB statement and the JES2 statements behind it are looked for in so many cards.
HEAD = 200
#: Operands with this are read anew each time: a password is not kept.
_NOT_KEPT = "PASSWORD"
_NOTHING_KNOWN = ConversionFacts()


def schedule(records: Sequence[bytes], facts: ConversionFacts = _NOTHING_KNOWN) -> Schedule:
    """Return what SCHEDULE says before the first step; nothing when there is none, or one that cannot be read. Never raises."""
    if not any(_SCHEDULE in record for record in records):
        return Schedule()
    symbols = {"SYSUID": facts.userid, **facts.system_symbols}
    for statement in Reader(records, fold=facts.fold_lower_case).statements():
        if statement.operation in {"EXEC", "IF"}:
            break
        if statement.operation == "SCHEDULE":
            try:
                parsed = operands.parse(substitute(statement.operands, symbols), "SCHEDULE")
                return read_schedule({operand.keyword: operand for operand in parsed})
            except OperandFault:
                break  # the converter will tell
    return Schedule()


def job_statement(records: Sequence[bytes], facts: ConversionFacts = _NOTHING_KNOWN) -> tuple[JobOperands, tuple[Jecl, ...]]:
    """Return what the JOB statement and the JES2 statements around it say, without reading further. Never raises.

    Edge: operands that cannot be read are left to their defaults; without a JOB statement the name is empty.
    """
    job, jecl = JobOperands(""), []
    symbols = {"SYSUID": facts.userid, **facts.system_symbols}
    reader = Reader(records, fold=facts.fold_lower_case)
    for statement in reader.statements():
        if statement.kind is Kind.JECL:
            jecl.append(Jecl(statement.operation, statement.operands, 0))
        elif statement.kind is Kind.JCL and statement.operation == "JOB" and not job.jobname:
            text = substitute(statement.operands, symbols)
            said = _said.__wrapped__(text) if _NOT_KEPT in text else _said(text)
            job = JobOperands(statement.name[:8], *said)
            if job.jobname and reader.is_at_jcl:
                break
        elif statement.kind is not Kind.COMMENT:
            break
    return job, tuple(jecl)


def has_password(records: Sequence[bytes]) -> bool:
    """Tell whether a password may be among the operands, in capitals or not."""
    return _NOT_KEPT in to_text(b"".join(records)).upper()


@lru_cache(maxsize=256)
def _said(text: str) -> tuple[Any, ...]:
    """Return what the operands say, as the fields of JobOperands behind the name; jobs of one origin mostly say the same."""
    try:
        parsed = operands.parse(text, "JOB")
    except OperandFault:
        parsed = ()
    said = jobstatement.read("", parsed, lambda _fault: None)
    return tuple(getattr(said, field.name) for field in fields(said)[1:])
