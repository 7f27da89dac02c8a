"""Statements: cards joined by continuation, with the in-stream data that follows them.

Source: [JCLREF] "Continuing statements", "In-stream data"; jes-and-jcl reference 4.1 rules 1-12.
Not here: columns (cards.py), what operands mean (operands.py, keywords.py).
Rules: a statement keeps its card images, since JESJCL shows them; faults are collected, not raised, so that every
statement of a bad job is still checked. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import count

from jes.hosttext import to_host
from jes.jcl import cards
from jes.jcl.keywords import LONGEST_DELIMITER, SHORTEST_DELIMITER
from jes.jcl.model import Instream
from jes.jcl.operands import one_of


class Kind(Enum):
    """What a statement is to the converter."""

    JCL = "jcl"
    COMMENT = "comment"
    JECL = "jecl"
    NULL = "null"


class Origin(Enum):
    """Where a statement came from; the value is the marker that JESJCL puts in place of the slashes."""

    INPUT = "//"
    CATALOGED = "XX"
    INSTREAM = "++"


Fault = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Statement:
    """One statement with its cards. `first` is the index of its first record in the input."""

    kind: Kind
    images: list[str]
    first: int
    name: str = ""
    operation: str = ""
    operands: str = ""
    origin: Origin = Origin.INPUT
    instream: Instream | None = None
    faults: list[Fault] = field(default_factory=list)


#: Operations whose statement has no operands: what follows is a comment.
NO_OPERANDS = frozenset({"ELSE", "ENDIF", "PEND", "ENDCNTL"})
_DLM = re.compile(r"(?:^|,)DLM=(?:'((?:[^']|'')+)'|([^,' ]+))")
_FIRST_OPERAND = re.compile(r"(\*|DATA)(?:,|$)")
_GENERATED = "//SYSIN    DD *               GENERATED STATEMENT"


def announces_data(operands: str) -> bool:
    """Tell whether in-stream data follows a DD statement with these operands: DD * or DD DATA."""
    return _FIRST_OPERAND.match(operands) is not None


def delimiter_of(operands: str) -> str:
    """Return what DLM= says ends the data, "" for the usual /*; a delimiter of a wrong length is none [JCLREF DLM]."""
    match = _DLM.search(operands)
    text = (match[1] or match[2] or "").replace("''", "'").replace("&&", "&") if match else ""
    return text if SHORTEST_DELIMITER <= len(text) <= LONGEST_DELIMITER else ""


def keeps_slashes(operands: str) -> bool:
    """Tell whether // is data for DD DATA with these operands; a wrong delimiter takes that away [JCLREF DLM]."""
    return operands.startswith("DATA") and ("DLM=" not in operands or delimiter_of(operands) != "")


class Reader:
    """Reads one input stream, a procedure or an INCLUDE group. `numbers` counts in-stream data sets of the whole job."""

    def __init__(
        self,
        records: Iterable[bytes],
        origin: Origin = Origin.INPUT,
        numbers: Iterator[int] | None = None,
        *,
        fold: bool = False,
        whole_stream: bool = False,
    ) -> None:
        self._records = records if isinstance(records, list | tuple) else list(records)
        self._origin = origin
        self._numbers = numbers if numbers is not None else count()
        self._fold = fold
        self._whole_stream = whole_stream
        self._at = 0
        self._xmit = False

    def statements(self) -> Iterator[Statement]:
        """Yield statements until the null statement (or, reading a whole stream, until its end)."""
        while (card := self._peek()) is not None:
            if card.startswith("//*"):
                yield self._single(Kind.COMMENT)
            elif cards.is_null(card):
                yield self._single(Kind.NULL)
                if not self._whole_stream and self._origin is Origin.INPUT:
                    return
            elif card.startswith("//"):
                yield self._statement()
            elif (control := cards.jecl(card)) is not None:
                statement = self._single(Kind.JECL)
                statement.operation, statement.operands = control
                yield statement
            elif card.startswith("/*"):
                self._at += 1
            else:
                yield self._generated()

    @property
    def is_at_jcl(self) -> bool:
        """Tell whether the next card begins a JCL statement, which need not be read to know that."""
        card = self._peek()
        return card is not None and card.startswith("//") and not cards.is_comment(card)

    def _peek(self) -> str | None:
        return self._card(self._at) if self._at < len(self._records) else None

    def _card(self, at: int) -> str:
        card = cards.image(self._records[at])
        return card.upper() if self._fold and card.startswith("//") and not card.startswith("//*") else card

    def _single(self, kind: Kind) -> Statement:
        statement = Statement(kind, [self._card(self._at)], self._at, origin=self._origin)
        self._at += 1
        return statement

    def _statement(self) -> Statement:
        statement = self._single(Kind.JCL)
        card = cards.split(statement.images[0])
        statement.name, statement.operation = card.name, card.operation
        if statement.operation == "IF":
            self._read_if(statement, card.field)
        elif statement.operation not in NO_OPERANDS:
            self._read_operands(statement, card.field)
        if cards.has_lower_case(statement.operands) and statement.operation != "IF":
            statement.faults.append(("IEFC623I", ()))
        if statement.operation in {"DD", "XMIT"}:
            self._read_data(statement)
        return statement

    def _read_operands(self, statement: Statement, text: str) -> None:
        operands, in_quotes = cards.take_operands(text)
        whole = operands
        while in_quotes or operands.endswith(","):
            following = self._continuation(statement)
            if following is None:
                break
            text_or_none = cards.resume(following, in_quotes)
            if text_or_none is None:
                statement.faults.append(("IEFC621I", ()))
                break
            operands, in_quotes = cards.take_operands(text_or_none, in_quotes)
            whole += operands
            if not operands:
                break
        statement.operands = whole
        self._continued_comment(statement)

    def _continuation(self, statement: Statement) -> str | None:
        """Return the next card when it continues `statement`; comment cards between belong to the statement."""
        at = self._at
        while at < len(self._records) and cards.is_comment(self._card(at)):
            at += 1
        if at >= len(self._records) or not cards.is_continuation(self._card(at)):
            statement.faults.append(("IEFC621I", ()))
            return None
        for index in range(self._at, at + 1):
            statement.images.append(self._card(index))
        self._at = at + 1
        return statement.images[-1]

    def _continued_comment(self, statement: Statement) -> None:
        while statement.images[-1][71] != " " and (card := self._peek()) is not None and cards.is_continuation(card):
            word = cards.split(card).operation
            if word in OPERATIONS:  # column 72 is often a leftover of a sequence number; a real statement wins
                return
            statement.images.append(card)
            self._at += 1

    def _read_if(self, statement: Statement, text: str) -> None:
        """Join the cards of an IF up to THEN: its expression breaks at blanks, without a comma."""
        pieces = [text.rstrip()]
        while not (match := _THEN.search(pieces[-1])):  # a word is whole on its card
            following = self._continuation(statement)
            if following is None:
                break
            pieces.append(following[2 : cards.LAST_COLUMN].strip())
        if match:
            pieces[-1] = pieces[-1][: match.start()]
        statement.operands = " ".join(pieces).strip() if match else " ".join(pieces)

    def _read_data(self, statement: Statement) -> None:
        is_announced = announces_data(statement.operands)
        if not is_announced and statement.operation == "DD":
            return
        keeps = not is_announced or keeps_slashes(statement.operands)
        statement.instream = self._collect(delimiter_of(statement.operands), keeps)

    def _collect(self, delimiter: str, keep_slashes: bool, *, generated: bool = False) -> Instream:
        start, ending = self._at, to_host(delimiter or "/*")
        slashes = to_host("//")
        records = self._records
        while self._at < len(records):
            head = records[self._at]
            if head.startswith(ending) or (not keep_slashes and head.startswith(slashes)):
                break
            self._at += 1
        data = tuple(record if len(record) >= 80 else record.ljust(80, b"\x40") for record in records[start : self._at])
        if (
            self._at < len(records)
            and records[self._at].startswith(ending)
            and (delimiter or not cards.jecl(self._card(self._at)))
        ):
            self._at += 1
        return Instream(next(self._numbers), data, generated)

    def _generated(self) -> Statement:
        """Return the //SYSIN DD * that JES2 puts before data that no DD announced."""
        statement = Statement(Kind.JCL, [_GENERATED.ljust(80)], self._at, "SYSIN", "DD", "*", self._origin)
        statement.instream = self._collect("", False, generated=True)
        return statement


#: Every operation field that names a statement; anything else is IEFC605I.
OPERATIONS = one_of(
    "JOB EXEC DD PROC PEND SET INCLUDE JCLLIB SCHEDULE NOTIFY IF ELSE ENDIF OUTPUT EXPORT COMMAND CNTL ENDCNTL XMIT"
)
_THEN = re.compile(r"(?:(?<=[\s)])|^)THEN(?=\s|$)")
