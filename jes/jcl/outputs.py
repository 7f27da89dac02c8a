"""OUTPUT statements as they are met, with what overrides or adds to those of a procedure.

Source: [JCLREF] OUTPUT JCL, "Modifying OUTPUT JCL and DD statements"; jes-and-jcl reference 4.6.
Rules: an override merges keyword by keyword, one without value takes away. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from jes.jcl.model import OutputStatement
from jes.jcl.operands import Operand, OperandFault
from jes.jcl.procedures import Expansion, marker, merge_keywords
from jes.jcl.reader import Statement
from jes.jcl.record import Record
from jes.jcl.steps import Steps
from jes.names import is_jobname


class Outputs:
    """The OUTPUT statements of one job."""

    def __init__(self, record: Record, steps: Steps) -> None:
        self._record = record
        self._steps = steps
        self.found: list[OutputStatement] = []

    def take(self, statement: Statement, values: Mapping[str, str], expansion: Expansion | None) -> None:
        """List and keep a statement, in a procedure after its overrides."""
        items = expansion.overrides(statement.name, 0, "OUTPUT") if expansion is not None else []
        overriding = [self._record.enter_override(item) for item in items]
        text = self._record.enter(statement, values, marker(statement, overriding))
        if not is_jobname(statement.name):
            self._record.fault(OperandFault("IEFC662I"))
        parsed = self._record.parse(text, "OUTPUT")
        for override in overriding:
            parsed = merge_keywords(parsed, override)
        self._add(statement.name, parsed)

    def take_rest(self, expansion: Expansion) -> None:
        """List and keep what overrides nothing: it is added to the step that ends."""
        for group, items in expansion.rest(operation="OUTPUT"):
            self._add(group.ddname, self._record.enter_override(items[0]))

    def _add(self, name: str, parsed: tuple[Operand, ...]) -> None:
        checked = self._record.checked(parsed, "OUTPUT").items()
        coded = {key: operand.raw if operand.items is not None else operand.text for key, operand in checked}
        self.found.append(OutputStatement(name, self._record.number, self._steps.current, coded))
