"""What stands for SO and SI on the network side of TYPE B, and which escape sequences JIS uses.

    S A   X'1E' X'1F'   around each string of double bytes       3, 4 A   ESC ( B  leads back to single bytes
    S E   X'0E' X'0F'                                            3, 4 R   ESC ( J
    S S   blanks                                                 3        ESC $ B  leads to double bytes
    N     all data are double bytes: the host has no SO and SI   4        ESC $ @
    none of S and N: SO and SI are left out

Source: [UG] SJiskanji, JIS78kj and their companions; TYpe subcommand.
Rules: no double-byte character holds a byte below X'20', so these bytes are looked for and removed wherever they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mvsfs.errors import Untranslatable

SO, SI = b"\x0e", b"\x0f"
_BLANK = b"\x40"
#: Stand for SO and SI while text passes through the code page: IRS and IUS are the same bytes on both sides.
_OPEN, _CLOSE = b"\x1e", b"\x1f"
_SENT = {"E": bytes.maketrans(_OPEN + _CLOSE, SO + SI), "S": bytes.maketrans(_OPEN + _CLOSE, b"  ")}
_REMOVED = {"A": _OPEN + _CLOSE, "E": SO + SI}
#: The escape sequences that the C library writes.
_TO_ASCII, _TO_KANJI = b"\x1b(B", b"\x1b$B"


@dataclass(frozen=True, slots=True)
class Shifts:
    """The options of one TYPE B. `kind` is A, E, S, N or nothing; `roman` and `old` are JIS with R, and of 1978."""

    kind: str = ""
    roman: bool = False
    old: bool = False

    def received(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield network text without what stands for SO and SI, its escape sequences those that are known."""
        if self.kind not in _REMOVED and not self.roman:
            yield from chunks
            return
        held = b""
        for chunk in chunks:
            data = held + chunk.translate(None, _REMOVED.get(self.kind, b""))
            held = b""
            if self.roman:
                at = data.rfind(b"\x1b", -2)  # the sequence may be cut
                data, held = (data, b"") if at < 0 else (data[:at], data[at:])
                data = data.replace(b"\x1b(J", _TO_ASCII)
            yield data
        if held:
            yield held

    def stored(self, record: bytes, page: str) -> bytes:
        """Return a record of the host page as it is kept. Raises Untranslatable for single bytes under N."""
        if self.kind == "S":
            return record.replace(_BLANK + SO, SO).replace(SI + _BLANK, SI)
        if self.kind != "N" or not record:
            return record
        double = record.removeprefix(SO).removesuffix(SI)
        if len(double) != len(record) - 2 or SO in double or SI in double:
            raise Untranslatable(page, 0)
        return double

    def read(self, record: bytes) -> bytes:
        """Return a kept record as the code page wants it: with SO and SI, and with what is to stand for them."""
        if self.kind == "N":
            return SO + record + SI if record else record
        if not self.kind:
            return record
        return record.replace(SO, _OPEN + SO).replace(SI, SI + _CLOSE)

    def sent(self, data: bytes) -> bytes:
        """Return network text as it goes out."""
        if self.kind in _SENT:
            data = data.translate(_SENT[self.kind])
        if self.roman:
            data = data.replace(_TO_ASCII, b"\x1b(J")
        return data.replace(_TO_KANJI, b"\x1b$@") if self.old else data


PLAIN = Shifts()
