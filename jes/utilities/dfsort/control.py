"""The control statements of DFSORT and ICETOOL.

      1     label, or blank        2-71  operation and operands; a blank outside apostrophes begins a comment
      *  in column 1: comment      a field that ends in a comma or colon goes on in the next card; so does column 72 not blank

Source: [DFSORT "Using DFSORT program control statements"]; jes-and-jcl reference 5.7.
Rules: pure. Raises SortSyntax only. Operands are kept as text; `parts` takes a list apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from jes.hosttext import to_host, to_text
from jes.jcl.cards import take_operands
from jes.jcl.operands import OperandFault, split_top

LAST_COLUMN = 71
_KEYWORD = re.compile(r"([A-Z][A-Z0-9]*)=")
_LITERAL = re.compile(r"(\d*)([CX])'((?:[^']|'')*)'")


class SortSyntax(Exception):
    """A control statement cannot be used. `id` and `facts` name the message (messages.py)."""

    def __init__(self, id: str = "ICE007A", *facts: str) -> None:
        super().__init__(id, *facts)
        self.id = id
        self.facts = facts
        #: The statement that is wrong, where it is known: the message is printed below it.
        self.statement: Statement | None = None


@contextmanager
def within(id: str) -> Iterator[None]:
    """Give a word that is wrong the message of the operand in which it stands."""
    try:
        yield
    except SortSyntax as problem:
        if problem.id != INVALID_WORD:
            raise
        raise SortSyntax(id, *problem.facts) from None


#: What a wrong word is called where no operand has a message of its own.
INVALID_WORD = "ICE018A"


@dataclass(slots=True)
class Statement:
    """One control statement. `operands` are (keyword, text); the keyword of a positional operand is ""."""

    operation: str
    operands: list[tuple[str, str]]
    images: list[str] = field(default_factory=list)

    def text(self, *keywords: str) -> str | None:
        """Return the text of the first of these keywords that was coded."""
        return next((text for keyword, text in self.operands if keyword in keywords), None)

    def all(self, keyword: str) -> list[str]:
        """Return every text coded with a keyword."""
        return [text for name, text in self.operands if name == keyword]

    def has(self, word: str) -> bool:
        """Tell whether a positional operand was coded."""
        return ("", word) in self.operands

    def number(self, keyword: str, default: int = 0) -> int:
        """Return a numeric operand. Raises SortSyntax."""
        text = self.text(keyword)
        return default if text is None else natural(text)


def statements(records: Iterable[bytes]) -> Iterator[Statement]:
    """Yield the statements up to END."""
    images = (to_text(record[:80]).ljust(80) for record in records)
    for image in images:
        if image.startswith("*") or not image[:LAST_COLUMN].strip():
            continue
        statement = _statement(image, images)
        if statement.operation == "END":
            return
        yield statement


def _statement(image: str, following: Iterator[str]) -> Statement:
    text = image[:LAST_COLUMN]
    if not text.startswith(" "):
        text = text.partition(" ")[2] if _is_label(text) else text
    operation, _, rest = text.strip(" ").partition(" ")
    lead = image[:LAST_COLUMN].find(operation) + len(operation)
    statement = Statement(operation, [], [image])
    piece, in_quotes = take_operands(image[lead:LAST_COLUMN].lstrip(" "))
    pieces = [piece]  # joined at the end: a statement may have many thousand cards
    while in_quotes or piece.endswith((",", ":")) or (image[LAST_COLUMN] != " " and bool(piece)):
        image = next(following, "")
        while image.startswith("*"):
            statement.images.append(image)
            image = next(following, "")
        if not image:
            break
        statement.images.append(image)
        rest = image[15:LAST_COLUMN] if in_quotes else image[:LAST_COLUMN].lstrip(" ")
        piece, in_quotes = take_operands(rest, in_quotes)
        if not piece:
            break
        pieces.append(piece)
    whole = "".join(pieces)
    statement.operands = [pair(part) for part in parts(whole.rstrip(","))] if whole else []
    return statement


def _is_label(text: str) -> bool:
    """Tell whether the first word is a label: then an operation follows it."""
    words = text.split()
    return len(words) > 1 and words[0] not in OPERATIONS and words[1] in OPERATIONS


OPERATIONS = frozenset(
    """SORT MERGE OPTION INCLUDE OMIT INREC OUTREC OUTFIL SUM RECORD JOINKEYS JOIN REFORMAT END MODS ALTSEQ DEBUG
    COPY SELECT OCCUR OCCURS UNIQUE COUNT STATS DISPLAY SPLICE SUBSET RANGE VERIFY MODE DEFAULTS RESIZE DATASORT
    MERGEIN""".split()  # noqa: SIM905
)


def pair(text: str) -> tuple[str, str]:
    """Return (keyword, value) of one operand."""
    match = _KEYWORD.match(text)
    if match:
        return match[1], text[match.end() :]
    name, parenthesis, rest = text.partition("(")
    if parenthesis and name.isalnum() and rest.endswith(")") and name in _PARENTHESISED:
        return name, rest[:-1]
    return "", text


#: ICETOOL's keywords: NAME(value) instead of NAME=value.
_PARENTHESISED = frozenset(
    """FROM TO ON USING DISCARD WITH TITLE HEADER BETWEEN BREAK BTITLE LIST TOTAL AVERAGE MAXIMUM MINIMUM BTOTAL HIGHER LOWER
    EQUAL
    NOTEQUAL TBETWEEN INDENT LINES DATE TIME WRITE TEXT ADD SUB DIGITS FIRST LAST KEEP REMOVE WIDTH COUNT SERIAL LTRAN VSAMTYPE
    CTL VLENMAX LOCALE ABEND STATLEFT UZERO EDCOUNT TBREAK RDW RELOAD EMPTY TOLEN TRAILER RRN LIMIT BAVERAGE BMAXIMUM BMINIMUM
    BCOUNT""".split()  # noqa: SIM905
)


def parts(text: str) -> list[str]:
    """Return what stands between the commas of a list. Raises SortSyntax for open parentheses or apostrophes."""
    try:
        return split_top(text, "")
    except OperandFault:
        raise SortSyntax from None


def inside(text: str) -> list[str]:
    """Return the parts of a list in parentheses, or the text alone without them."""
    if text.startswith("(") and text.endswith(")"):
        return parts(text[1:-1])
    return parts(text)


#: The longest record, and so the longest field and result.
LONGEST = 32767


def natural(text: str, most: int = 999_999_999) -> int:
    """Return a number without sign. Raises SortSyntax, also for one above `most`."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) > most:
        raise SortSyntax("ICE018A", text[:20])
    return int(text)


def extent(text: str) -> int:
    """Return a length in bytes: at least 1 and at most that of the longest record. Raises SortSyntax."""
    found = natural(text, LONGEST)
    if not found:
        raise SortSyntax("ICE018A", text[:20])
    return found


def literal(text: str) -> bytes | None:
    """Return the bytes of C'..', X'..', nC'..', nX'..', nX, nZ; None when it is none of these."""
    match = _LITERAL.fullmatch(text)
    if match:
        times = natural(match[1]) if match[1] else 1
        if times > 4095:
            raise SortSyntax("ICE018A", text[:20])
        if match[2] == "C":
            return to_host(match[3].replace("''", "'")) * times
        try:
            return bytes.fromhex(match[3]) * times
        except ValueError:
            raise SortSyntax("ICE018A", text[:20]) from None
    match = re.fullmatch(r"(\d{0,4})([XZ])", text)
    if match:
        return (b"\x40" if match[2] == "X" else b"\x00") * int(match[1] or 1)
    return None
