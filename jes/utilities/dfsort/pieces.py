"""The items of BUILD and OVERLAY: what each puts into the output record.

    p,m | p | p,m,HEX | p,m,fmt,Mnn | p,m,fmt,EDIT=(..)|TO=fmt[,LENGTH=n] | (p,m,fmt,ADD,..),..  | p,m,TRAN=LTOU | p,m,CHANGE=(..)
    p,m,JFY=(..) | p,m,SQZ=(..) | nX nZ nC'..' nX'..' | SEQNUM,n,fmt | DATE1.. TIME1.. | c:item

Source: [DFSORT OUTFIL OUTREC]; jes-and-jcl reference 5.7. Not here: PARSE fields (%nn), two-digit-year windows (refused as
ICE018A).
Rules: pure apart from sequence numbers, which count records as they pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from jes.hosttext import to_host, to_text
from jes.utilities.dfsort import dates, edit
from jes.utilities.dfsort.control import SortSyntax, inside, literal, natural, parts
from jes.utilities.dfsort.formats import NUMERIC, default_length, digits_of, encode, value
from jes.utilities.dfsort.formats import field as field_of

Piece = Callable[[bytes], bytes]
_COLUMN = re.compile(r"(\d{1,5}):(.*)", re.DOTALL)
_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "ADD": lambda a, b: a + b,
    "SUB": lambda a, b: a - b,
    "MUL": lambda a, b: a * b,
    "DIV": lambda a, b: int(abs(a) // abs(b)) * (1 if (a < 0) == (b < 0) else -1) if b else 0,
    "MOD": lambda a, b: (abs(a) % abs(b)) * (-1 if a < 0 else 1) if b else 0,
    "MIN": min,
    "MAX": max,
}
_EDITING = ("EDIT", "TO", "LENGTH", "SIGNS")
#: Most digits that arithmetic keeps.
ARITHMETIC_DIGITS = 15


@dataclass(slots=True)
class Item:
    """One item: column where it goes (0: behind the item before), its bytes, or the rest of the record from `tail`."""

    column: int
    piece: Piece | None
    tail: int = -1
    is_newline: bool = False
    length: int = 0


@dataclass(slots=True)
class _Words:
    """The words of a BUILD list and how far they are read."""

    words: list[str]
    now: datetime
    at: int = 0
    found: list[Item] = field(default_factory=list)

    def peek(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def take(self) -> str:
        word = self.peek()
        self.at += 1
        return word


def items(text: str, now: datetime) -> list[Item]:
    """Return the items of a list. Raises SortSyntax."""
    words = _Words(inside(text), now)
    while words.at < len(words.words):
        column = 0
        word = words.peek()
        match = _COLUMN.fullmatch(word)
        if match:
            column = natural(match[1])
            words.words[words.at] = match[2]
            if not match[2]:
                words.at += 1
                words.found.append(Item(column, lambda _record: b""))
                continue
        words.found.append(_item(words, column))
    return words.found


def _item(words: _Words, column: int) -> Item:
    word = words.take()
    if re.fullmatch(r"\d*/", word):
        return Item(column, None, is_newline=True)
    constant = literal(word)
    if constant is not None:
        return Item(column, lambda _record: constant, length=len(constant))
    if word in {"SEQNUM"}:
        return _sequence(words, column)
    if word.startswith("("):
        return _numeric(words, column, _expression(parts(word[1:-1])), ARITHMETIC_DIGITS)
    if word.isdigit():
        return _input_field(words, column, word)
    date = dates.constant(word, words.now)
    if date is not None:
        data = to_host(date)
        return Item(column, lambda _record: data, length=len(data))
    raise SortSyntax("ICE018A", word[:20])


def _input_field(words: _Words, column: int, position: str) -> Item:
    start = natural(position) - 1
    following = words.peek()
    if start < 0:
        raise SortSyntax("ICE018A", position)
    if not following.isdigit():
        if words.at < len(words.words):
            raise SortSyntax("ICE018A", following[:20])
        return Item(column, lambda record: record[start:], tail=start)
    length = natural(words.take())
    if not length:
        raise SortSyntax("ICE018A", position)
    word = words.peek()
    if word in NUMERIC and (words.at + 1 < len(words.words)) and _goes_on(words.words[words.at + 1]):
        words.take()
        if words.peek() in _ARITHMETIC:
            taken = [position, str(length), word]
            while words.at < len(words.words) and not _ends_arithmetic(words.peek()):
                taken.append(words.take())
            return _numeric(words, column, _expression(taken), ARITHMETIC_DIGITS)
        part = field_of(position, str(length), word)
        return _numeric(words, column, value(part), digits_of(word, length))
    if word in NUMERIC:
        words.take()
        part = field_of(position, str(length), word)
        return _numeric(words, column, value(part), digits_of(word, length))
    piece = _character(words, start, length)
    if piece is None:
        end = start + length
        piece = lambda record: record[start:end].ljust(length, b"\x40")  # noqa: E731
    return Item(column, piece, length=length)


def _goes_on(word: str) -> bool:
    return word in _ARITHMETIC or word.partition("=")[0] in _EDITING or re.fullmatch(r"M\d{1,2}", word) is not None


def _ends_arithmetic(word: str) -> bool:
    return word.partition("=")[0] in _EDITING or re.fullmatch(r"M\d{1,2}", word) is not None or ":" in word


def _expression(words: list[str]) -> Callable[[bytes], int]:
    """Return the value of p,m,fmt or number, joined by operators from left to right."""
    operands: list[Callable[[bytes], int]] = []
    operators: list[Callable[[int, int], int]] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in _ARITHMETIC and len(operators) < len(operands):
            operators.append(_ARITHMETIC[word])
            at += 1
        elif word.startswith("("):
            operands.append(_expression(parts(word[1:-1])))
            at += 1
        elif re.fullmatch(r"[+-]\d{1,31}", word):
            number = int(word)
            operands.append(lambda _record, number=number: number)  # type: ignore[misc]
            at += 1
        elif at + 2 < len(words):
            operands.append(value(field_of(words[at], words[at + 1], words[at + 2])))
            at += 3
        else:
            raise SortSyntax("ICE018A", word[:20])
    if len(operands) != len(operators) + 1:
        raise SortSyntax

    def worth(record: bytes) -> int:
        result = operands[0](record)
        for operator, operand in zip(operators, operands[1:], strict=True):
            result = operator(result, operand(record))
        return result

    return worth


def _numeric(words: _Words, column: int, worth: Callable[[bytes], int], digits: int) -> Item:
    """Return a number as the words behind it want it edited or converted."""
    mask, pattern, target, length, signs = "M0", "", "", 0, edit.Signs()
    while True:
        word = words.peek()
        keyword, _, rest = word.partition("=")
        if re.fullmatch(r"M\d{1,2}", word):
            mask = word
        elif keyword == "EDIT":
            pattern = rest.removeprefix("(").removesuffix(")")
        elif keyword == "TO":
            target = rest
        elif keyword == "LENGTH":
            length = natural(rest)
        elif keyword == "SIGNS":
            given = [*inside(rest), "", "", "", ""][:4]
            signs = edit.Signs(*(text or " " for text in given))
        else:
            break
        words.take()
    if target:
        if target not in {"ZD", "ZDF", "ZDC", "PD", "PDF", "PDC", "FI", "BI", "FS", "CSF", "UFF"}:
            raise SortSyntax("ICE018A", target)
        size = length or default_length(target, digits)
        return Item(column, lambda record: encode(worth(record), target, size), length=size)
    if not pattern:
        pattern, signs = edit.pattern_of(mask, digits)
    size = length or len(pattern)
    credit = mask == "M3"

    def show(record: bytes) -> bytes:
        return to_host(edit.apply(worth(record), pattern, signs, is_credit=credit).rjust(size)[-size:])

    return Item(column, show, length=size)


def _sequence(words: _Words, column: int) -> Item:
    length = natural(words.take())
    format = words.take() if words.peek() in NUMERIC else "ZD"
    start, step, restart = 1, 1, None
    while (keyword := words.peek().partition("=")[0]) in {"START", "INCR", "RESTART"}:
        rest = words.take().partition("=")[2]
        if keyword == "START":
            start = natural(rest)
        elif keyword == "INCR":
            step = natural(rest)
        else:
            words_of = inside(rest)
            restart = field_of(words_of[0], words_of[-1], "CH")
    state = {"next": start, "last": b""}

    def number(record: bytes) -> bytes:
        if restart is not None and restart.bytes_of(record) != state["last"]:
            state["last"], state["next"] = restart.bytes_of(record), start
        now = state["next"]
        assert isinstance(now, int)
        state["next"] = now + step
        return encode(now, format, length)

    return Item(column, number, length=length)


def _character(words: _Words, start: int, length: int) -> Piece | None:
    """Return what HEX, TRAN=, CHANGE=, JFY= or SQZ= makes of a field; None when nothing of that follows."""
    word = words.peek()
    keyword, _, rest = word.partition("=")
    end = start + length
    if word == "CH":
        words.take()
        return None
    if word == "HEX":
        words.take()
        return lambda record: to_host(record[start:end].ljust(length, b"\x40").hex().upper())
    if keyword == "TRAN":
        words.take()
        change = {"LTOU": str.upper, "UTOL": str.lower}.get(rest)
        if change is None:
            raise SortSyntax("ICE018A", rest)
        return lambda record: to_host(change(to_text(record[start:end].ljust(length, b"\x40"))))
    if keyword == "CHANGE":
        words.take()
        return _change(words, inside(rest), start, end)
    if keyword in {"JFY", "SQZ"}:
        words.take()
        return _justify(keyword, inside(rest), start, length)
    return None


def _change(words: _Words, rest: list[str], start: int, end: int) -> Piece:
    size = natural(rest[0])
    table: dict[bytes, bytes] = {}
    for find, put in zip(rest[1::2], rest[2::2], strict=False):
        find_bytes, put_bytes = literal(find), literal(put)
        if find_bytes is None or put_bytes is None:
            raise SortSyntax("ICE018A", find[:20])
        table[find_bytes.ljust(end - start, b"\x40")] = put_bytes.ljust(size, b"\x40")[:size]
    other: bytes | None = None
    source: tuple[int, int] | None = None
    if words.peek().startswith("NOMATCH="):
        given = inside(words.take().partition("=")[2])
        other = literal(given[0])
        if other is None:
            source = (natural(given[0]) - 1, natural(given[1]))

    def piece(record: bytes) -> bytes:
        found = table.get(record[start:end].ljust(end - start, b"\x40"))
        if found is not None:
            return found
        if source is not None:
            return record[source[0] : source[0] + source[1]].ljust(size, b"\x40")[:size]
        return (other or b"").ljust(size, b"\x40")[:size]

    return piece


def _justify(kind: str, rest: list[str], start: int, length: int) -> Piece:
    options = {keyword: text for keyword, _, text in (part.partition("=") for part in rest)}
    size = natural(options["LENGTH"]) if "LENGTH" in options else length
    lead, trail, middle = (literal(options.get(name, "") or "C''") or b"" for name in ("LEAD", "TRAIL", "MID"))
    right = options.get("SHIFT") == "RIGHT"

    def piece(record: bytes) -> bytes:
        data = record[start : start + length].strip(b"\x40")
        if kind == "SQZ":
            data = middle.join(word for word in data.split(b"\x40") if word)
        data = lead + data + trail
        return data.rjust(size, b"\x40")[-size:] if right else data.ljust(size, b"\x40")[:size]

    return piece
