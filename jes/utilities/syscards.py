"""Control statements of the IEB and IEH utilities: name, operation, operands; continuation.

      1     name, or blank                 2-71  operation and operands, the rest after a blank is comment
      72    not blank: the statement goes on in column 16 (any of 4-16 is taken) of the next card

Source: [UTIL] "Utility control statements"; jes-and-jcl reference 5.3. An operand field that ends in a comma also goes on.
Rules: pure; operands follow the grammar of JCL (jes/jcl/operands.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jes.hosttext import to_text
from jes.jcl import operands
from jes.jcl.cards import take_operands
from jes.jcl.operands import Operand, OperandFault

LAST_COLUMN = 71


@dataclass(slots=True)
class Statement:
    """One control statement. `fault` tells that the operands cannot be read."""

    name: str
    operation: str
    operands: tuple[Operand, ...]
    images: list[str] = field(default_factory=list)
    fault: OperandFault | None = None

    def value(self, keyword: str) -> Operand | None:
        """Return the operand with this keyword."""
        return next((operand for operand in self.operands if operand.keyword == keyword), None)

    def text(self, keyword: str, default: str = "") -> str:
        """Return the text of a keyword operand."""
        found = self.value(keyword)
        return found.text if found is not None else default

    def volser(self, keyword: str = "VOL") -> str:
        """Return the first serial of VOL=device=serial or VOL=device=(serial,serial), "" without it."""
        operand = self.value(keyword)
        return operand.raw.rpartition("=")[2].strip("()").split(",")[0] if operand is not None else ""

    @property
    def positional(self) -> list[str]:
        """The operands without keyword."""
        return [operand.text for operand in self.operands if not operand.keyword]


def column(card: Statement, text: str) -> int:
    """Return the column, from 1, where a text stands in its card, behind a delimiter if it can."""
    for pattern in (rf"(?<=[=(,]){re.escape(text)}", re.escape(text)):
        found = next((match for image in card.images if text and (match := re.search(pattern, image))), None)
        if found is not None:
            return found.start() + 1
    return len(card.images[-1].rstrip()) + 1


def statements(records: Iterable[bytes]) -> Iterator[Statement]:
    """Yield the control statements of SYSIN; cards with * in column 1 and blank cards are passed over."""
    images = (to_text(record[:80]).ljust(80) for record in records)
    for image in images:
        if image.startswith("*") or not image[:LAST_COLUMN].strip():
            continue
        yield _statement(image, images)


def _statement(image: str, following: Iterator[str]) -> Statement:
    text = image[:LAST_COLUMN]
    name, text = ("", text) if text.startswith(" ") else _word(text)
    operation, text = _word(text.lstrip(" "))
    statement = Statement(name, operation, (), [image])
    field_text, in_quotes = take_operands(text)
    whole = field_text
    while in_quotes or field_text.endswith(",") or (image[LAST_COLUMN] != " " and field_text):
        image = next(following, "")
        if not image:
            break
        statement.images.append(image)
        rest = image[15:LAST_COLUMN] if in_quotes else image[:LAST_COLUMN].lstrip(" ")
        field_text, in_quotes = take_operands(rest, in_quotes)
        whole += field_text
        if not field_text:
            break
    try:
        statement.operands = operands.parse(whole.rstrip(","), operation)
    except OperandFault as problem:
        statement.fault = problem
    return statement


def _word(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    return word, rest.lstrip(" ")
