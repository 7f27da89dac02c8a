"""Statements about the whole job that stand before its first step: JCLLIB, SCHEDULE, NOTIFY, XMIT.

Source: [JCLREF] JCLLIB, SCHEDULE, NOTIFY, XMIT; IBM APAR OA49165 for IEFC019I and IEFC020I of SCHEDULE, which
JCLLIB gets likewise.
Rules: one that stands behind the first EXEC or IF is misplaced, a second JCLLIB or SCHEDULE is a duplicate. Pure.
"""

from __future__ import annotations

from collections.abc import Callable

from jes.jcl import keywords
from jes.jcl.conditions import parse_if
from jes.jcl.model import Instream, Notify
from jes.jcl.operands import Operand, OperandFault, one_of
from jes.jcl.schedule import Schedule, read_schedule

STATEMENTS = one_of("JCLLIB SCHEDULE NOTIFY XMIT")
#: Libraries that ORDER= may name [JCLREF JCLLIB].
MOST_LIBRARIES = 15
_ONCE = one_of("JCLLIB SCHEDULE")


class JobParts:
    """What these statements of one job have said so far."""

    def __init__(
        self, fault: Callable[[OperandFault], None], missing: Callable[[tuple[str, ...]], tuple[str, ...]], node: str = ""
    ) -> None:
        """Give faults to `fault`; `missing` tells which of some libraries are not catalogued, `node` is our own."""
        self._fault = fault
        self._missing = missing
        self._node = node
        self._data: Instream | None = None
        self.transmitted: list[Instream] = []
        self._met: set[str] = set()
        self.jcllib: tuple[str, ...] = ()
        self.proclib = ""
        self.schedule = Schedule()
        self.notifies: list[Notify] = []

    def take(self, operation: str, parsed: tuple[Operand, ...], *, too_late: bool, data: Instream | None = None) -> None:
        """Take one statement; `too_late`: a step or an IF has come before it. data: the records behind XMIT."""
        if too_late:
            self._fault(OperandFault("IEFC019I", operation))
        elif operation in self._met and operation in _ONCE:
            self._fault(OperandFault("IEFC020I", operation))
            return
        self._met.add(operation)
        coded: dict[str, Operand] = {}
        self._data = data
        try:
            for operand in parsed:
                if not operand.keyword:
                    raise OperandFault("IEFC643I", operation)
                coded[keywords.check(operand, operation)] = operand
            readers = {"JCLLIB": self._jcllib, "SCHEDULE": self._schedule, "NOTIFY": self._notify, "XMIT": self._xmit}
            readers[operation](coded)
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

    def _xmit(self, coded: dict[str, Operand]) -> None:
        """Keep records for another reader; there is no other node than ours [which message tells so is assumed]."""
        if "DEST" not in coded:
            raise OperandFault("IEFC646I", "DEST")
        if coded["DEST"].text.partition(".")[0] not in {self._node, "LOCAL"}:
            raise OperandFault("IEFC632I", "DEST")
        if self._data is not None:
            self.transmitted.append(self._data)

    def _notify(self, coded: dict[str, Operand]) -> None:
        user, email = (coded[key].text if key in coded else "" for key in ("USER", "EMAIL"))
        kind = coded["TYPE"].text if "TYPE" in coded else "MSG" if user else "EMAIL"
        if not (user or email):
            raise OperandFault("IEFC646I", "NOTIFY")
        if user and email:
            raise OperandFault("IEFC009I", "EMAIL", "USER", "NOTIFY")
        when = coded.get("WHEN")
        self.notifies.append(Notify(user, email, kind, _condition(when) if when is not None else None))


def _condition(operand: Operand) -> object:
    """Return the expression of WHEN=, which is one as on an IF statement."""
    try:
        return parse_if(operand.text if operand.items is None else operand.raw)
    except OperandFault:
        raise OperandFault("IEFC632I", "WHEN") from None
