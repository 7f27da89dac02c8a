"""What BUILD makes of characters: HEX, TRAN=, CHANGE=, JFY=, SQZ=.

    TRAN=LTOU|UTOL|ATOE|ETOA|HEX|UNHEX|BIT|UNBIT|ALTSEQ      CHANGE=(n,find,put,..),NOMATCH=(..)
    JFY=(SHIFT=LEFT|RIGHT,LEAD=,TRAIL=,LENGTH=,PREBLANK=)      SQZ=(.. and MID=,PAIR=APOST|QUOTE)

Source: [DFSORT OUTFIL OUTREC]; jes-and-jcl reference 5.7. Rules: pure. A function gives the bytes of a record's field; its length
does not change. Raises SortSyntax.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from jes.hosttext import to_host, to_text
from jes.utilities.dfsort.control import SortSyntax, extent, inside, literal
from jes.utilities.dfsort.formats import TO_ASCII, TO_EBCDIC

Piece = Callable[[bytes], bytes]
Made = tuple[Piece, int]
_BLANK = b"\x40"
_LOWER, _UPPER = to_host("abcdefghijklmnopqrstuvwxyz"), to_host("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TO_UPPER, _TO_LOWER = bytes.maketrans(_LOWER, _UPPER), bytes.maketrans(_UPPER, _LOWER)
_PAIRS = {"APOST": 0x7D, "QUOTE": 0x7F}


class Words(Protocol):
    """The words behind a field."""

    def peek(self) -> str:
        """Return the next word."""

    def take(self) -> str:
        """Return the next word and go on."""


_TRANSLATIONS: dict[str, Callable[[bytes], bytes]] = {
    "LTOU": lambda data: data.translate(_TO_UPPER),
    "UTOL": lambda data: data.translate(_TO_LOWER),
    "ETOA": lambda data: data.translate(TO_ASCII),
    "ATOE": lambda data: data.translate(TO_EBCDIC),
    "ALTSEQ": lambda data: data,
}


def read(words: Words, fetch: Piece, length: int) -> Made | None:
    """Return what the words behind a field make of it, with the new length; None when none of them does."""
    word = words.peek()
    keyword, _, rest = word.partition("=")
    if word == "CH":
        words.take()
        return None
    if word == "HEX" or (keyword, rest) == ("TRAN", "HEX"):
        words.take()
        return lambda record: to_host(fetch(record).ljust(length, _BLANK).hex().upper()), 2 * length
    if keyword not in {"TRAN", "CHANGE", "JFY", "SQZ"}:
        return None
    words.take()
    if keyword == "TRAN":
        return _translated(rest, fetch, length)
    if keyword == "CHANGE":
        return _changed(words, inside(rest), fetch, length)
    return _justified(keyword, inside(rest), fetch, length)


def _translated(kind: str, fetch: Piece, length: int) -> Made:
    if kind == "UNHEX":
        return lambda record: _unhex(fetch(record).ljust(length, _BLANK)), (length + 1) // 2
    if kind == "BIT":
        return lambda record: to_host(_bits(fetch(record).ljust(length, _BLANK))), 8 * length
    if kind == "UNBIT":
        return lambda record: _unbit(fetch(record).ljust(length, _BLANK)), -(-length // 8)
    change = _TRANSLATIONS.get(kind)
    if change is None:
        raise SortSyntax("ICE018A", kind[:20])
    return lambda record: change(fetch(record).ljust(length, _BLANK)), length


def _unhex(data: bytes) -> bytes:
    text = "".join(letter if letter in "0123456789ABCDEF" else "0" for letter in to_text(data.translate(_TO_UPPER)))
    return bytes.fromhex(text + "0" * (len(text) % 2))


def _bits(data: bytes) -> str:
    return "".join(f"{byte:08b}" for byte in data)


def _unbit(data: bytes) -> bytes:
    """Return the bytes whose bits are written as C'0' and C'1'; any other character counts as its last bit."""
    text = "".join(str(byte & 1) for byte in data)
    return bytes(int(text[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(text), 8))


def _changed(words: Words, rest: list[str], fetch: Piece, length: int) -> Made:
    size = extent(rest[0])
    table: dict[bytes, bytes | tuple[int, int]] = {}
    at = 1
    while at + 1 < len(rest):
        find, put = literal(rest[at]), literal(rest[at + 1])
        if find is None:
            raise SortSyntax("ICE018A", rest[at][:20])
        if put is None and at + 2 < len(rest):
            table[find.ljust(length, _BLANK)] = extent(rest[at + 1]) - 1, extent(rest[at + 2])
            at += 3
        else:
            table[find.ljust(length, _BLANK)] = _constant(rest[at + 1])
            at += 2
    other: bytes | tuple[int, int] | None = None
    if words.peek().startswith("NOMATCH="):
        given = inside(words.take().partition("=")[2])
        other = (extent(given[0]) - 1, extent(given[1])) if len(given) == 2 else _constant(given[0])

    def piece(record: bytes) -> bytes:
        given = fetch(record).ljust(length, _BLANK)
        found = table.get(given, other)
        if found is None:
            raise SortSyntax("ICE212A", given.hex().upper())
        data = record[found[0] : found[0] + found[1]] if isinstance(found, tuple) else found
        return data.ljust(size, _BLANK)[:size]

    return piece, size


def _constant(text: str) -> bytes:
    data = literal(text)
    if data is None:
        raise SortSyntax("ICE018A", text[:20])
    return data


def _justified(kind: str, rest: list[str], fetch: Piece, length: int) -> Made:
    options = {keyword: text for keyword, _, text in (part.partition("=") for part in rest)}
    if not options or set(options) - {"SHIFT", "LEAD", "TRAIL", "MID", "LENGTH", "PREBLANK", "PAIR"}:
        raise SortSyntax("ICE018A", kind)
    size = extent(options["LENGTH"]) if "LENGTH" in options else length
    lead, trail, middle = (_constant(options[name]) if name in options else b"" for name in ("LEAD", "TRAIL", "MID"))
    to_blank = _constant(options["PREBLANK"]) if "PREBLANK" in options else b""
    right = options.get("SHIFT") == "RIGHT"
    pair = _PAIRS.get(options.get("PAIR", ""), -1)
    table = bytes(0x40 if byte in to_blank else byte for byte in range(256))

    def piece(record: bytes) -> bytes:
        data = fetch(record).translate(table).strip(_BLANK)
        if kind == "SQZ":
            data = middle.join(_words(data, pair))
        data = lead + data + trail
        return data.rjust(size, _BLANK)[-size:] if right else data.ljust(size, _BLANK)[:size]

    return piece, size


def _words(data: bytes, pair: int) -> list[bytes]:
    """Return the words between blanks; blanks within a pair of quotes part nothing."""
    if pair < 0:
        return [word for word in data.split(_BLANK) if word]
    found, word, quoted = [], bytearray(), False
    for byte in data:
        quoted ^= byte == pair
        if byte == 0x40 and not quoted:
            if word:
                found.append(bytes(word))
            word = bytearray()
        else:
            word.append(byte)
    return [*found, bytes(word)] if word else found
