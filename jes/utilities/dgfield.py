"""The fields of IEBDG: what FD describes, and how a field changes from record to record.

    FORMAT  AL letters  AN letters and digits  ZD zoned  PD packed  BI binary  CO all bytes in order  RA random digits
    ACTION  FX stays  RP rippled by one  RO rolled left and right  SL SR shifted  TL TR cut  WV shifted to and fro
    INDEX=n[,CYCLE=n][,RANGE=n]  numbers go up by n every CYCLE records, up to RANGE

Source: [UTIL IEBDG FD]. Rules: a field knows how often it was used. Raises Refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from jes.hosttext import to_host
from jes.jcl.operands import Operand
from jes.utilities.syscards import Statement

_LETTERS = to_host("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = to_host("0123456789")
FORMATS = frozenset({"AL", "AN", "ZD", "PD", "BI", "CO", "RA", ""})
ACTIONS = frozenset({"FX", "RP", "RO", "SL", "SR", "TL", "TR", "WV"})
_NUMBERS = frozenset({"ZD", "PD", "BI"})


class Refused(Exception):
    """A field cannot be described so: the key of its message and what fills that."""


@dataclass(slots=True)
class DgField:
    """One FD. start: from 0, -1 behind the field before. `ground` is the picture or the text of its format at the first use."""

    name: str
    length: int
    start: int
    format: str
    action: str
    fill: bytes
    ground: bytes
    number: int = 0
    index: int = 0
    cycle: int = 1
    range: int = 0
    used: int = 0

    @property
    def end(self) -> int:
        """Where the field ends, as far as its place is known."""
        return max(self.start, 0) + self.length

    def next(self) -> bytes:
        """Return the bytes of the next record."""
        count = self.used
        self.used += 1
        if self.format in _NUMBERS:
            return self._numbered(count)
        return self._moved(count)

    def _numbered(self, count: int) -> bytes:
        value = self.number + count // self.cycle * self.index
        if self.range and value > self.range:
            value = self.number
        if self.format == "BI":
            return (value & ((1 << 8 * self.length) - 1)).to_bytes(self.length, "big")
        digits = str(abs(value))
        if self.format == "PD":
            size = 2 * self.length - 1
            return bytes.fromhex(digits.zfill(size)[-size:] + ("d" if value < 0 else "c"))
        data = bytearray(to_host(digits.zfill(self.length)[-self.length :]))
        if value < 0:
            data[-1] = 0xD0 | data[-1] & 15
        return bytes(data)

    def _moved(self, count: int) -> bytes:
        size, ground = self.length, self.ground
        step = count % (size + 1) if self.action in {"SL", "SR", "TL", "TR"} else count
        if self.action == "RP":
            source = _alphabet(self.format) or ground
            return bytes(source[(index + count) % len(source)] for index in range(size))
        if self.action == "SL":
            return ground[step:].ljust(size, self.fill)
        if self.action == "SR":
            return ground[: size - step].rjust(size, self.fill)
        if self.action == "TL":
            return (self.fill * step + ground[step:])[:size]
        if self.action == "TR":
            return (ground[: size - step] + self.fill * step)[:size]
        if self.action in {"RO", "WV"}:
            text = ground.rstrip(b"\x40")
            room = size - len(text)
            place = count % (2 * room) if room else 0
            place = place if place <= room else 2 * room - place
            return (self.fill * (room - place if self.action == "RO" else place) + text).ljust(size, self.fill)
        return ground


def _alphabet(format: str) -> bytes:
    return {"AL": _LETTERS, "AN": _LETTERS + _DIGITS, "CO": bytes(range(256)), "RA": _DIGITS}.get(format, b"")


def described(card: Statement) -> DgField:
    """Return the field of an FD statement. Raises Refused."""
    name, length = card.text("NAME"), card.text("LENGTH")
    format, action = card.text("FORMAT"), card.text("ACTION", "FX")
    if not name or not length.isdecimal() or not 1 <= int(length) <= 32760:
        raise Refused("IEB715I")
    if format not in FORMATS or action not in ACTIONS:
        raise Refused("IEB703I")
    size, fill = int(length), filler(card, b"\x40")
    start = card.text("STARTLOC")
    one = DgField(name, size, int(start) - 1 if start.isdecimal() and int(start) else -1, format, action, fill, fill * size)
    picture = card.value("PICTURE")
    if picture is not None and format:
        raise Refused("IEB713I")
    if picture is not None:
        rest = card.operands[card.operands.index(picture) + 1 :]
        if not rest:
            raise Refused("IEB703I")
        one.ground = pictured(picture.text, rest[0]).ljust(size, fill)[:size]
    elif alphabet := _alphabet(format):
        one.ground = (alphabet * (size // len(alphabet) + 1))[:size]
    if format in _NUMBERS:
        numbers = {word: card.text(word) for word in ("INDEX", "CYCLE", "RANGE")}
        if any(text and not text.isdecimal() for text in numbers.values()):
            raise Refused("IEB703I")
        one.index, one.cycle = int(numbers["INDEX"] or 0), max(int(numbers["CYCLE"] or 1), 1)
        one.range, one.number = int(numbers["RANGE"] or 0), 1 if numbers["INDEX"] else 0
        if card.text("SIGN") == "-":
            one.number, one.index = -one.number, -one.index
    return one


def filler(card: Statement, default: bytes) -> bytes:
    """Return the byte of FILL='c' or FILL=X'nn'. Raises Refused."""
    operand = card.value("FILL")
    if operand is None:
        return default
    data = _constant(operand)
    if len(data) != 1:
        raise Refused("IEB703I")
    return data


def pictured(length: str, operand: Operand) -> bytes:
    """Return the bytes of a picture: 'text', X'hex', B'number' or P'number'. Raises Refused."""
    if not length.isdecimal() or int(length) > 32760:
        raise Refused("IEB703I")
    kind, size = operand.raw[:1], int(length)
    text = operand.raw[2:-1]
    if operand.raw[1:2] == "'" and kind in "BP" and text.lstrip("+-").isdecimal():
        value = int(text)
        if kind == "B":
            return (value & ((1 << 32) - 1)).to_bytes(4, "big")
        digits = str(abs(value))
        packed = digits.zfill(len(digits) | 1) + ("d" if value < 0 else "c")
        return bytes.fromhex(packed)
    return _constant(operand).ljust(size, b"\x40")[:size]


def _constant(operand: Operand) -> bytes:
    raw = operand.raw.partition("=")[2] if operand.keyword else operand.raw
    if raw.startswith("X'") and raw.endswith("'"):
        try:
            return bytes.fromhex(raw[2:-1])
        except ValueError:
            raise Refused("IEB703I") from None
    return to_host(operand.text)
