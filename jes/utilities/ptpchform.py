"""The lines of IEBPTPCH: titles, fields, and records without fields.

Source: [UTIL IEBPTPCH]. Rules: pure. PRINT without FIELD shows groups of eight characters, two blanks between, twelve a line;
PUNCH cards of 80. Raises Invalid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from jes.hosttext import to_host
from jes.jcl.operands import Operand
from jes.utilities.generfields import unpack
from jes.utilities.syscards import Statement

GROUP, GAP, PER_LINE, CARD = 8, 2, 12, 80
#: Columns and lengths beyond this mean nothing [UTIL: 144 is the longest line].
LONGEST = 32756
#: FIELD conversions and TOTCONV: to hexadecimal, packed to unpacked.
CONVERSIONS: dict[str, Callable[[bytes], bytes]] = {"XE": lambda data: to_host(data.hex().upper()), "PZ": unpack}


class Invalid(Exception):
    """A control statement cannot be used: the key of its message and what fills that."""


class Field(NamedTuple):
    """FIELD=(length, start, conversion, column). Positions count from 0 here."""

    length: int
    start: int
    conversion: str
    column: int


def number(text: str, keyword: str) -> int:
    """Return a number, 0 for none. Raises Invalid."""
    if text and not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Invalid("IEB405I", keyword)
    return int(text or 0)


def _place(text: str, keyword: str) -> int:
    found = number(text, keyword) or 1
    if found > LONGEST:
        raise Invalid("IEB405I", keyword)
    return found - 1


def title(card: Statement) -> bytes:
    """Return the line of a TITLE statement."""
    text = bytearray()
    for operand in card.operands:
        column = _place(operand.positional(1), "ITEM")
        text.extend(b"\x40" * (column - len(text)))
        text += to_host(operand.positional(0))
    return bytes(text)


def described(operand: Operand) -> Field:
    """Return a FIELD."""
    length = number(operand.positional(0), "FIELD")
    conversion = operand.positional(2)
    if length > LONGEST or conversion not in {"", *CONVERSIONS}:
        raise Invalid("IEB405I", "FIELD")
    return Field(length, _place(operand.positional(1), "FIELD"), conversion, _place(operand.positional(3), "FIELD"))


def identified(operand: Operand) -> tuple[bytes, int]:
    """Return the literal and the place of an IDENT."""
    length, text = number(operand.positional(0), "IDENT"), operand.positional(1)
    if not length or not text or length > len(text):
        raise Invalid("IEB405I", "IDENT")
    return to_host(text[:length]), _place(operand.positional(2), "IDENT")


def laid_out(record: bytes, fields: list[Field], whole: str, *, grouped: bool) -> Iterator[bytes]:
    """Yield the lines of a record: its fields, or all of it converted as `whole` says."""
    if not fields:
        data = CONVERSIONS[whole](record) if whole else record
        if not grouped:
            yield from (data[at : at + CARD] for at in range(0, max(len(data), 1), CARD))
            return
        groups = [data[at : at + GROUP] for at in range(0, max(len(data), 1), GROUP)]
        for at in range(0, len(groups), PER_LINE):
            yield (b"\x40" * GAP).join(groups[at : at + PER_LINE])
        return
    line = bytearray()
    for length, start, conversion, column in fields:
        data = record[start : start + length] if length else record[start:]
        if conversion:
            data = CONVERSIONS[conversion](data)
        line.extend(b"\x40" * (column + len(data) - len(line)))
        line[column : column + len(data)] = data
    yield bytes(line)
