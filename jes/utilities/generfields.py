"""Fields that IEBGENER moves: length, where from, conversion, where to.

Source: [UTIL IEBGENER RECORD]; the table of HE: [MVS38 IEBCONH2]. Rules: pure; positions count from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

_BLANK = b"\x40"
#: Characters of the H set of BCD card codes that EBCDIC puts elsewhere.
_FROM_H_SET = bytes.maketrans(
    bytes.fromhex("4c4d4e50 6c 7b7c7d7e c0 d0"), bytes.fromhex("5d4d4c4e 4d 7e7d7a6e 6f 5a")
)  # fmt: skip


def unpack(packed: bytes) -> bytes:
    """Return packed decimal as zoned."""
    digits = packed.hex().upper()
    return bytes(0xF0 | int(digit, 16) for digit in digits[:-2]) + bytes([int(digits[-1] + digits[-2], 16)]) if digits else b""


def pack(zoned: bytes) -> bytes:
    """Return zoned decimal as packed."""
    if not zoned:
        return b""
    digits = "".join(f"{byte & 15:X}" for byte in zoned) + f"{zoned[-1] >> 4:X}"
    return bytes.fromhex(digits.rjust(len(digits) + len(digits) % 2, "0"))


CONVERSIONS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes, "PZ": unpack, "ZP": pack, "HE": lambda data: data.translate(_FROM_H_SET)
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """FIELD=(length, input or literal, conversion, output)."""

    length: int
    start: int
    literal: bytes | None
    conversion: str
    output: int

    @property
    def end(self) -> int:
        """Where the field ends in the output record."""
        size = {"PZ": max(2 * self.length - 1, 0), "ZP": self.length // 2 + 1}.get(self.conversion, self.length)
        return self.output + size

    def edit(self, record: bytes, target: bytearray) -> None:
        """Put the field of `record` into `target`, which grows with blanks where needed."""
        data = (
            self.literal if self.literal is not None else record[self.start : self.start + self.length].ljust(self.length, _BLANK)
        )
        data = CONVERSIONS[self.conversion](data)
        if len(target) < self.output + len(data):
            target.extend(_BLANK * (self.output + len(data) - len(target)))
        target[self.output : self.output + len(data)] = data


def edited(record: bytes, fields: Iterable[Field]) -> bytes:
    """Return the output record that the fields make of an input record."""
    target = bytearray()
    for row in fields:
        row.edit(record, target)
    return bytes(target)
