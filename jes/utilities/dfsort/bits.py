"""Bit tests of INCLUDE and OMIT: which bits of a field are on.

    p,m,BI,ALL|SOME|NONE|NOTALL|NOTSOME|NOTNONE,{X'mask'|B'mask'|C'mask'}      p,m,BI,EQ|NE,B'10..1.0.'   (. is any bit)

Source: [DFSORT INCLUDE "Bit comparison tests"]; jes-and-jcl reference 5.7. Rules: pure; masks are cut or filled with zero bits to
the length of the field. Raises SortSyntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jes.utilities.dfsort.control import SortSyntax, literal
from jes.utilities.dfsort.formats import Field

Predicate = Callable[[bytes], bool]
_BITS = re.compile(r"B'([01.]*)'")
#: A test looks at the bits of the field that the mask selects, and at the mask.
TESTS: dict[str, Callable[[int, int], bool]] = {
    "ALL": lambda bits, mask: bits == mask,
    "BO": lambda bits, mask: bits == mask,
    "SOME": lambda bits, mask: bits not in {0, mask},
    "BM": lambda bits, mask: bits not in {0, mask},
    "NONE": lambda bits, _mask: bits == 0,
    "BZ": lambda bits, _mask: bits == 0,
    "NOTALL": lambda bits, mask: bits != mask,
    "BNO": lambda bits, mask: bits != mask,
    "NOTSOME": lambda bits, mask: bits in {0, mask},
    "BNM": lambda bits, mask: bits in {0, mask},
    "NOTNONE": lambda bits, _mask: bits != 0,
    "BNZ": lambda bits, _mask: bits != 0,
}


def masked(left: Field, op: str, constant: str) -> Predicate:
    """Return a test with a mask."""
    test, mask = TESTS[op], _mask(constant, left.length)
    return lambda record: test(int.from_bytes(left.bytes_of(record).ljust(left.length, b"\0"), "big") & mask, mask)


def _mask(constant: str, length: int) -> int:
    match = _BITS.fullmatch(constant)
    if match and "." not in match[1]:
        return _number(match[1], length, "0")
    data = literal(constant)
    if data is None:
        raise SortSyntax("ICE018A", constant[:20])
    return int.from_bytes(data[:length].ljust(length, b"\0"), "big")


def _number(digits: str, length: int, any_bit: str) -> int:
    text = digits.replace(".", any_bit)[: 8 * length].ljust(8 * length, "0")
    return int(text, 2)


def compared(left: Field, op: str, constant: str) -> Predicate | None:
    """Return the test of a field against a pattern of bits; None when the constant is no B'..'."""
    match = _BITS.fullmatch(constant)
    if match is None:
        return None
    if op not in {"EQ", "NE"} or not match[1]:
        raise SortSyntax("ICE018A", constant[:20])
    wanted = _number(match[1], left.length, "0")
    care = _number(match[1].replace("0", "1"), left.length, "0")
    is_equal = op == "EQ"

    def test(record: bytes) -> bool:
        bits = int.from_bytes(left.bytes_of(record).ljust(left.length, b"\0"), "big")
        return (bits & care == wanted) is is_equal

    return test
