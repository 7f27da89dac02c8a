"""Statements about the whole job that stand before its first step: JCLLIB, SCHEDULE, NOTIFY.

Source: [JCLREF] JCLLIB, SCHEDULE, NOTIFY; IBM APAR OA49165 for IEFC019I and IEFC020I of SCHEDULE, which JCLLIB gets likewise.
Rules: one that stands behind the first EXEC or IF is misplaced, a second JCLLIB or SCHEDULE is a duplicate. Pure.
"""

from __future__ import annotations

from collections.abc import Callable

from jes.jcl import keywords
from jes.jcl.conditions import parse_if
from jes.jcl.model import Notify
from jes.jcl.operands import Operand, OperandFault, one_of
from jes.jcl.schedule import Schedule, read_schedule

STATEMENTS = one_of("JCLLIB SCHEDULE NOTIFY")
#: Libraries that ORDER= may name [JCLREF JCLLIB].
MOST_LIBRARIES = 15
_ONCE = one_of("JCLLIB SCHEDULE")


class JobParts:
    """What these statements of one job have said so far."""

    def __init__(self, fault: Callable[[OperandFault], None], missing: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
        """Give faults to `fault`; `missing` tells which of some libraries are not catalogued."""
        self._fault = fault
        self._missing = missing
        self._met: set[str] = set()
        self.jcllib: tuple[str, ...] = ()
        self.proclib = ""
        self.schedule = Schedule()
        self.notifies: list[Notify] = []

    def take(self, operation: str, parsed: tuple[Operand, ...], *, too_late: bool) -> None:
        """Take one statement; `too_late`: a step or an IF has come before it."""
        if too_late:
            self._fault(OperandFault("IEFC019I", operation))
        elif operation in self._met and operation in _ONCE:
            self._fault(OperandFault("IEFC020I", operation))
            return
        self._met.add(operation)
        coded: dict[str, Operand] = {}
        try:
            for operand in parsed:
                if not operand.keyword:
                    raise OperandFault("IEFC643I", operation)
                coded[keywords.check(operand, operation)] = operand
            {"JCLLIB": self._jcllib, "SCHEDULE": self._schedule, "NOTIFY": self._notify}[operation](coded)
        except OperandFault as problem:
            self._fault(problem)

    def _jcllib(self, coded: dict[str, Operand]) -> None:
        if not coded:
            raise OperandFault("IEFC646I", "JCLLIB")
        self.proclib = coded["PROCLIB"].text if "PROCLIB" in coded else ""
        names = tuple(item.text for item in coded["ORDER"].values) if "ORDER" in coded else ()
        if len(names) > MOST_LIBRARIES:
            raise OperandFault("IEFC641I", "ORDER")
        if any(not name or "(" in name or name.startswith("&&") for name in names):
            raise OperandFault("IEFC632I", "ORDER")
        self.jcllib = names
        for name in self._missing(names):
            self._fault(OperandFault("IEFA107I", "JCLLIB", name))

    def _schedule(self, coded: dict[str, Operand]) -> None:
        self.schedule = read_schedule(coded)

    def _notify(self, coded: dict[str, Operand]) -> None:
        user, email = (coded[key].text if key in coded else "" for key in ("USER", "EMAIL"))
        kind = coded["TYPE"].text if "TYPE" in coded else "MSG" if user else "EMAIL"
        if not (user or email):
            raise OperandFault("IEFC646I", "NOTIFY")
        if user and email:
            raise OperandFault("IEFC652I", "EMAIL", "NOTIFY")
        when = coded.get("WHEN")
        self.notifies.append(Notify(user, email, kind, _condition(when) if when is not None else None))


def _condition(operand: Operand) -> object:
    """Return the expression of WHEN=, which is one as on an IF statement."""
    try:
        return parse_if(operand.text if operand.items is None else operand.raw)
    except OperandFault as problem:
        raise OperandFault(problem.id, "WHEN") from None
