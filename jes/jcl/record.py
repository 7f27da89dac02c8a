"""What conversion writes down as it goes: statement numbers, JESJCL lines, messages.

Source: jes-and-jcl reference 3.5, 3.6. Rules: a statement is numbered when it is listed; its faults carry that number. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from jes.jcl import keywords, operands
from jes.jcl.listing import Listing
from jes.jcl.model import Message
from jes.jcl.operands import Operand, OperandFault
from jes.jcl.procedures import DdItem
from jes.jcl.reader import Kind, Statement
from jes.jcl.symbols import substitute
from jes.jcl.texts import as_found
from jes.names import is_jobname

#: The longest value of a symbol [JCLREF "Using symbols"]; without it a few SET statements make any amount of text.
MAX_SYMBOL = 255


class Record:
    """The listing and the messages of one job."""

    def __init__(self, jobid: str) -> None:
        """Begin with statement number 0: nothing listed yet."""
        self.number = 0
        self.listing = Listing(jobid)
        self.messages: list[Message] = []
        self._has_job = False
        self._operation = ""

    def enter(self, statement: Statement, values: Mapping[str, str], marker: str = "") -> str:
        """Number and list a statement; return its operands with symbols replaced."""
        self.number += 1
        self._operation = statement.operation
        if statement.operation == "JOB" and statement.kind is Kind.JCL and not self._has_job:
            self._has_job = True
            self.listing.job(self.number, statement.images)
        else:
            self.listing.statement(self.number, statement.images, marker or statement.origin.value)
        text = statement.operands
        if statement.kind is Kind.JCL and "&" in text and statement.operation not in {"PROC", "PEND"}:
            text = substitute(text, values)
            if text != statement.operands:
                self.listing.substitution(text)
        self._faults_of(statement)
        return text

    def enter_override(self, item: DdItem) -> tuple[Operand, ...]:
        """Number and list an override whose symbols are replaced already; return its operands."""
        self.number += 1
        self._operation = item.statement.operation
        self.listing.statement(self.number, item.statement.images, item.statement.origin.value)
        if item.text != item.statement.operands:
            self.listing.substitution(item.text)
        for comment in item.comments:
            self.unnumbered(comment)
        self._faults_of(item.statement)
        return self.parse(item.text, item.statement.operation)

    def unnumbered(self, statement: Statement) -> None:
        """List a comment, or a statement that is kept for later."""
        self.listing.statement(None, statement.images, statement.origin.value)

    def fault(self, problem: OperandFault, statement: int | None = None) -> None:
        """Keep a message for the present statement, or for an earlier one."""
        facts = tuple(problem.facts)
        self.messages.append(Message(statement or self.number, as_found(problem.id, facts, self._operation), facts))

    def inform(self, statement: int, id: str, *facts: str) -> None:
        """Keep a message that names its statement."""
        self.messages.append(Message(statement, id, facts))

    def parse(self, text: str, operation: str) -> tuple[Operand, ...]:
        """Return operands; what cannot be read is a fault of the present statement."""
        try:
            found = operands.parse(text.removesuffix(","), operation)
        except OperandFault as problem:
            self.fault(problem)
            return ()
        for keyword in keywords.repeated(found, operation):
            self.fault(OperandFault("IEFC652I", keyword, operation))
        surplus = keywords.surplus(found, operation)
        for _ in surplus:
            self.fault(OperandFault("IEFC640I", operation))
        return tuple(operand for place, operand in enumerate(found) if place not in surplus)

    def checked(self, parsed: tuple[Operand, ...], operation: str) -> dict[str, Operand]:
        """Return the keyword operands that are as they should be; the others are faults of the present statement."""
        coded: dict[str, Operand] = {}
        for operand in parsed:
            try:
                coded[keywords.check(operand, operation)] = operand
            except OperandFault as problem:
                self.fault(problem)
        return coded

    def assignments(self, parsed: tuple[Operand, ...]) -> dict[str, str]:
        """Return the values that SET gives to symbols; what cannot be one is a fault of the present statement."""
        values: dict[str, str] = {}
        for operand in parsed:
            if not operand.keyword:
                self.fault(OperandFault("IEFC643I", "SET"))
                continue
            if not is_jobname(operand.keyword):
                self.fault(OperandFault("IEFC642I", "SET"))
            values[operand.keyword] = self.symbol_value(operand)
        return values

    def symbol_value(self, operand: Operand) -> str:
        """Return what a symbol stands for: apostrophes go, parentheses stay. A longer value than any symbol has is cut."""
        value = operand.text if operand.items is None else operand.raw
        if len(value) > MAX_SYMBOL:
            self.inform(self.number, "IEFC642I", operand.keyword)
        return value[:MAX_SYMBOL]

    def _faults_of(self, statement: Statement) -> None:
        for id, facts in statement.faults:
            self.inform(self.number, id, *facts)
