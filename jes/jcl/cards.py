"""Card images: one card at a time, by columns.

      1-2  //  statement      /*  delimiter or JES2 statement      anything else: data
      3-   name, directly behind the slashes; a blank in column 3 means none
      ..71 operation and operands; the first blank outside apostrophes ends the operands
      72   continues a comment, never needed for operands         73-80  not read

Source: [JCLREF] "Format of statements"; jes-and-jcl reference 4.1.
Not here: joining cards to statements (reader.py). Rules: a card is text of at least 80 columns; columns count from 1. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jes.hosttext import to_text
from jes.jcl.operands import one_of

#: The last column that operands may use.
LAST_COLUMN = 71
#: Where a continued apostrophe resumes, and the last column where other operands may resume.
RESUME_COLUMN = 16
#: JES2 control statements; any other /* card is a delimiter [JCLREF "JES2 control statements"].
JECL_KEYWORDS = one_of("JOBPARM MESSAGE NETACCT NOTIFY OUTPUT PRIORITY ROUTE SETUP SIGNOFF SIGNON XEQ XMIT EOF DEL PURGE SCAN")
_LOWER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Card:
    """One JCL card taken apart. `field` runs from the first operand column through column 71, blanks kept."""

    name: str
    operation: str
    field: str


def image(record: bytes) -> str:
    """Return the 80 columns of a record as text; short records are padded, long ones cut."""
    return to_text(record[:80]).ljust(80)


def is_statement(card: str) -> bool:
    """Tell whether the card begins with two slashes."""
    return card.startswith("//")


def is_comment(card: str) -> bool:
    """Tell whether the card is a comment statement."""
    return card.startswith("//*")


def is_null(card: str) -> bool:
    """Tell whether the card is the null statement, which ends a job."""
    return is_statement(card) and not card[2:LAST_COLUMN].strip()


def is_continuation(card: str) -> bool:
    """Tell whether the card can continue a statement: slashes, a blank in column 3, and something behind it."""
    return card.startswith("// ") and not is_null(card)


def jecl(card: str) -> tuple[str, str] | None:
    """Return (keyword, operands) of a JES2 control statement, or None for any other card."""
    if not card.startswith("/*"):
        return None
    body = card[2:LAST_COLUMN]
    if body.startswith("$"):
        return "$", body[1:].rstrip()
    keyword, _, operands = body.partition(" ")
    return (keyword, operands.strip()) if keyword in JECL_KEYWORDS else None


def split(card: str) -> Card:
    """Return name, operation and operand field of a JCL card."""
    text = card[2:LAST_COLUMN]
    name, rest = _word(text) if not text.startswith(" ") else ("", text.lstrip(" "))
    operation, field = _word(rest)
    return Card(name, operation, field)


def _word(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    return word, rest.lstrip(" ")


def resume(card: str, in_quotes: bool) -> str | None:
    """Return the text with which a continuation card goes on, or None when it begins too far right."""
    if in_quotes:
        return card[RESUME_COLUMN - 1 : LAST_COLUMN] if not card[2 : RESUME_COLUMN - 1].strip() else None
    text = card[2:LAST_COLUMN]
    start = 2 + len(text) - len(text.lstrip(" "))
    return card[start:LAST_COLUMN] if start < RESUME_COLUMN else None


def take_operands(field: str, in_quotes: bool = False) -> tuple[str, bool]:
    """Return the operands at the beginning of `field` and whether an apostrophe is still open at its end."""
    for at, character in enumerate(field):
        if character == "'":
            in_quotes = not in_quotes
        elif character == " " and not in_quotes:
            return field[:at], False
    return field, in_quotes


def has_lower_case(operands: str) -> bool:
    """Tell whether there is lower case outside apostrophes."""
    return any(_LOWER.search(part) for part in operands.split("'")[::2])
