"""Field formats: what a field's bytes are worth, and bytes that sort like it.

    CH BI   as they stand        AC  in ASCII order     AQ  in the order of ALTSEQ
    ZD PD FI FS CSF UFF SFF CSL CST CLO CTO LS TS  numbers     Y2x Y4x  dates     DT1 TM1 DC1 TC1 ..  clock times, in BUILD only

Source: [DFSORT "Data format descriptions"]; jes-and-jcl reference 5.7. Rules: pure; digits that are none count as 0 where
fields are compared or edited. SUM computes with them: see `is_decimal` for what it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from jes.hosttext import to_host, to_text
from jes.utilities.dfsort import clockfields
from jes.utilities.dfsort.control import SortSyntax, natural
from jes.utilities.dfsort.datefields import DATED
from jes.utilities.dfsort.datefields import value as date_value

_NUMBERS = frozenset({"ZD", "PD", "FI", "BI", "FS", "CSF", "UFF", "SFF", "CSL", "CST", "CLO", "CTO", "LS", "TS", "PD0"})
NUMERIC = _NUMBERS | clockfields.VALUES.keys()
CHARACTER = frozenset({"CH", "AC", "AQ", "BI", "SS", "AST", "ASL"})
#: Formats that a key may have.
KEYS = _NUMBERS | CHARACTER | DATED
#: Signs that mean minus; the even ones and F mean plus [DFSORT "Data format descriptions"].
_NEGATIVE_NIBBLES = frozenset({0xB, 0xD, 9, 7, 5, 3, 1})
TO_ASCII = bytes(ord(character) & 0xFF for character in map(to_text, (bytes([byte]) for byte in range(256))))
TO_EBCDIC = bytes(TO_ASCII.index(byte) for byte in range(256))


#: The longest numeric field that any statement takes [DFSORT "Data format descriptions"].
LONGEST_NUMBER = 256


class Field(NamedTuple):
    """One field: offset from 0, length, format. Of format BIT: its first bit in the first byte, and how many bits it has."""

    offset: int
    length: int
    format: str
    first_bit: int = 0
    bits: int = 0

    def bytes_of(self, record: bytes) -> bytes:
        """Return the field's bytes."""
        return record[self.offset : self.offset + self.length]


def field(position: str, length: str, format: str) -> Field:
    """Return a field from its control statement words. Raises SortSyntax."""
    start = natural(position)
    size = natural(length)
    if not start or not size or start + size > 32768:
        raise SortSyntax("ICE018A", f"{position},{length}")
    if format not in KEYS and format not in clockfields.VALUES:
        raise SortSyntax("ICE018A", format)
    if format in NUMERIC - {"BI"} and size > LONGEST_NUMBER:
        raise SortSyntax("ICE018A", f"{position},{length},{format}")
    return Field(start - 1, size, format)


#: ON(VLEN) of ICETOOL: the length of a variable record, as its RDW has it.
VLEN = Field(0, 2, "BI")


def bit_field(position: str, length: str) -> Field:
    """Return a binary field p.b,m.n that begins or ends within a byte. Raises SortSyntax."""
    words = [word.partition(".") for word in (position, length)]
    start, first, whole, rest = (natural(word or "0") for one in words for word in (one[0], one[2]))
    count = 8 * whole + rest
    if not start or first > 7 or rest > 7 or not count:
        raise SortSyntax("ICE018A", f"{position},{length}")
    return Field(start - 1, -(-(first + count) // 8), "BIT", first, count)


def zoned(data: bytes) -> int:
    """Return the value of zoned decimal."""
    if not data:
        return 0
    value = int("".join(str(min(byte & 15, 9)) for byte in data))
    return -value if data[-1] >> 4 in _NEGATIVE_NIBBLES else value


def packed(data: bytes) -> int:
    """Return the value of packed decimal."""
    if not data:
        return 0
    digits = data.hex()
    value = int("".join(digit if digit.isdecimal() else "0" for digit in digits[:-1]) or "0")
    return -value if int(digits[-1], 16) in _NEGATIVE_NIBBLES else value


def free(data: bytes, *, signed: bool) -> int:
    """Return the number that free-form text holds: its digits, and a minus sign or closing parenthesis anywhere."""
    text = to_text(data)
    value = int("".join(re.findall(r"[0-9]", text)) or "0")
    return -value if signed and ("-" in text or ")" in text) else value


def floating_sign(data: bytes) -> int:
    """Return the value of FS: digits with an optional sign in front."""
    text = to_text(data).strip()
    digits = re.sub(r"[^0-9]", "", text)
    return -int(digits or 0) if text.startswith("-") else int(digits or 0)


def trailing_sign(data: bytes) -> int:
    """Return the value of digits with a sign behind."""
    text = to_text(data)
    return -int(re.sub(r"[^0-9]", "", text) or 0) if text.rstrip().endswith("-") else int(re.sub(r"[^0-9]", "", text) or 0)


VALUES: dict[str, Callable[[bytes], int]] = {
    "ZD": zoned,
    "CTO": zoned,
    "CLO": zoned,
    "PD": packed,
    "PD0": lambda data: int("".join(digit if digit.isdecimal() else "0" for digit in data.hex()[1:-1]) or "0"),
    "FI": lambda data: int.from_bytes(data, "big", signed=True),
    "BI": lambda data: int.from_bytes(data, "big"),
    "FS": floating_sign,
    "CSF": floating_sign,
    "CSL": floating_sign,
    "LS": floating_sign,
    "CST": trailing_sign,
    "TS": trailing_sign,
    "UFF": lambda data: free(data, signed=False),
    "SFF": lambda data: free(data, signed=True),
    **clockfields.VALUES,
}


def is_decimal(part: Field, data: bytes, *, signed: bool = True) -> bool:
    """Tell whether PD or ZD data hold digits and a sign that a machine computes with; zones of ZD digits do not matter."""
    if len(data) < part.length:
        return False
    if part.format == "PD":
        digits, sign = data.hex()[:-1], data[-1] & 15
        return digits.isdecimal() and (sign > 9 or not signed)
    return all(byte & 15 < 10 for byte in data) and (data[-1] >> 4 > 9 or not signed)


def value(part: Field) -> Callable[[bytes], int]:
    """Return the function that gives a field's number in a record."""
    start, end, convert = part.offset, part.offset + part.length, VALUES[part.format]
    return lambda record: convert(record[start:end])


def quotient(number: int, by: int) -> int:
    """Return a number divided, what is behind the point cut off; 0 where nothing divides."""
    if not by:
        return 0
    whole = abs(number) // abs(by)
    return whole if (number < 0) == (by < 0) else -whole


Key = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Collation:
    """How fields of some formats compare: the table of ALTSEQ, and the first of the hundred years that Y2 fields mean."""

    altseq: bytes = bytes(range(256))
    window: int = 1946


def key(part: Field, collation: Collation) -> Key:
    """Return the function by which records sort in ascending order of a field; plain slices stay in C."""
    where = slice(part.offset, part.offset + part.length)
    if part.format in {"CH", "BI"}:
        return itemgetter(where)
    if part.format == "BIT":
        return _bits_of(part, where)
    if part.format in {"AC", "AQ", "AST", "ASL"}:
        table = collation.altseq if part.format == "AQ" else TO_ASCII
        return lambda record: record[where].translate(table)
    if part.format in DATED:
        format, window = part.format, collation.window
        return lambda record: date_value(format, record[where], window)
    if part.format not in VALUES:
        raise SortSyntax("ICE018A", part.format)
    return value(part)


def _bits_of(part: Field, where: slice) -> Key:
    behind, mask = 8 * part.length - part.first_bit - part.bits, (1 << part.bits) - 1
    return lambda record: int.from_bytes(record[where], "big") >> behind & mask


def encode(number: int, format: str, length: int) -> bytes:
    """Return a number as a field of this format; what does not fit loses its high digits."""
    if format in {"FI", "BI"}:
        return (number & ((1 << 8 * length) - 1)).to_bytes(length, "big")
    digits = str(abs(number))
    if format in {"PD", "PDC", "PDF"}:
        sign = "D" if number < 0 else "F" if format == "PDF" else "C"
        return bytes.fromhex((digits.zfill(2 * length - 1)[-(2 * length - 1) :] + sign).zfill(2 * length))
    if format in {"ZD", "ZDC", "ZDF"}:
        zone = 0xD0 if number < 0 else 0xC0 if format == "ZDC" else 0xF0
        text = digits.zfill(length)[-length:]
        return bytes(0xF0 | int(digit) for digit in text[:-1]) + bytes([zone | int(text[-1])])
    text = ("-" if number < 0 else "") + digits
    return to_host(text.rjust(length)[-length:])


def digits_of(format: str, length: int) -> int:
    """Return how many digits a field of this format can have, which is the default length of its edited form."""
    if format in {"PD", "PD0"}:
        return max(2 * length - 1, 1) if format == "PD" else max(2 * length - 2, 1)
    if format in clockfields.DIGITS:
        return clockfields.DIGITS[format]
    if format in {"BI", "FI"}:
        return {1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17, 8: 20}.get(length, 20)
    return min(length, 31)


def default_length(format: str, digits: int) -> int:
    """Return the length of a TO= field that is wide enough for this many digits."""
    if format in {"FI", "BI"}:
        return next(size for size in (1, 2, 4, 8) if digits <= {1: 2, 2: 4, 4: 9, 8: 31}[size])
    return digits // 2 + 1 if format.startswith("PD") else digits + (1 if format in {"FS", "CSF"} else 0)
