"""The symbols of one procedure call: defaults of the PROC statement under the values that EXEC gives.

Source: [JCLREF] "Defining and nullifying JCL symbols"; jes-and-jcl reference 4.5. Rules: pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from jes.jcl import keywords
from jes.jcl.operands import Operand, OperandFault
from jes.jcl.procedures import procedure_head
from jes.jcl.reader import Statement
from jes.jcl.record import Record
from jes.jcl.symbols import substitute, used

#: The longest name of a symbol: what is longer on EXEC can only be a keyword that EXEC does not have.
_LONGEST = 8


def procedure_symbols(
    record: Record, values: Mapping[str, str], body: list[Statement], parsed: tuple[Operand, ...], number: int
) -> dict[str, str]:
    """Return PROC defaults under the values that EXEC gives; report those that nothing uses at statement `number`."""
    symbols: dict[str, str] = {}
    _, head = procedure_head(body)
    if head is not None:
        parsed_head = record.parse(substitute(head.operands, values), "PROC")
        symbols = {operand.keyword: record.symbol_value(operand) for operand in parsed_head if operand.keyword}
    mentioned: set[str] | None = None
    for operand in parsed:
        keyword = operand.keyword.partition(".")[0]
        if not keyword or keyword in keywords.TABLES["EXEC"]:
            continue
        if keyword not in symbols:
            mentioned = set().union(*(used(inner.operands) for inner in body)) if mentioned is None else mentioned
            if keyword not in mentioned:
                is_symbol = len(keyword) <= _LONGEST
                record.fault(
                    OperandFault("IEFC657I", keyword) if is_symbol else OperandFault("IEFC630I", keyword, "EXEC"), number
                )
        symbols[keyword] = record.symbol_value(operand)
    return symbols
