"""The items of BUILD and OVERLAY: what each puts into the output record.

    p,m | p | p,m,HEX | p,m,fmt,Mnn | p,m,fmt,EDIT=(..)|TO=fmt[,LENGTH=n] | (p,m,fmt,ADD,..),..  | p,m,TRAN=LTOU | p,m,CHANGE=(..)
    p,m,JFY=(..) | p,m,SQZ=(..) | nX nZ nC'..' nX'..' | SEQNUM,n,fmt | DATE1.. TIME1.. | p,m,Y4T,TOJUL=Y4T .. | %nn.. | c:item

Source: [DFSORT OUTFIL OUTREC]; jes-and-jcl reference 5.7. Not here: what becomes of characters (character.py) and of days
(datepieces.py).
Rules: pure apart from sequence numbers, which count records as they pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from jes.hosttext import to_host
from jes.utilities.dfsort import character, datepieces, dates, edit
from jes.utilities.dfsort.control import SortSyntax, extent, inside, literal, natural, parts
from jes.utilities.dfsort.datefields import DATED
from jes.utilities.dfsort.formats import LONGEST_NUMBER, NUMERIC, VALUES, default_length, digits_of, encode, quotient, value
from jes.utilities.dfsort.formats import field as field_of
from jes.utilities.dfsort.parsed import Parsed

Piece = Callable[[bytes], bytes]
_COLUMN = re.compile(r"(\d{1,5}):(.*)", re.DOTALL)
_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "ADD": lambda a, b: a + b,
    "SUB": lambda a, b: a - b,
    "MUL": lambda a, b: a * b,
    "DIV": quotient,
    "MOD": lambda a, b: (abs(a) % abs(b)) * (-1 if a < 0 else 1) if b else 0,
    "MIN": min,
    "MAX": max,
}
#: Most digits that arithmetic keeps.
ARITHMETIC_DIGITS = 15


@dataclass(slots=True)
class Item:
    """One item: column where it goes (0: behind the item before), its bytes, or the rest of the record from `tail`.

    needs: how long a record is that has all bytes of its field.
    """

    column: int
    piece: Piece | None
    tail: int = -1
    is_newline: bool = False
    length: int = 0
    needs: int = 0

    @property
    def begins_record(self) -> bool:
        """Tell whether it copies the first bytes of the record, its RDW where it has one."""
        return self.tail == 0 or self.needs == self.length >= 4


@dataclass(slots=True)
class Words:
    """The words of a BUILD list and how far they are read."""

    words: list[str]
    now: datetime
    parsed: Parsed
    at: int = 0
    found: list[Item] = field(default_factory=list)

    def peek(self) -> str:
        """Return the word that comes next, "" at the end."""
        return self.words[self.at] if self.at < len(self.words) else ""

    def take(self) -> str:
        """Return the next word and go on."""
        word = self.peek()
        self.at += 1
        return word


def items(text: str, now: datetime, parsed: Parsed) -> list[Item]:
    """Return the items of a list. Raises SortSyntax."""
    words = Words(inside(text), now, parsed)
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


def _item(words: Words, column: int) -> Item:
    word = words.take()
    if re.fullmatch(r"\d*/", word):
        return Item(column, None, is_newline=True)
    constant = literal(word)
    if constant is not None:
        return Item(column, lambda _record: constant, length=len(constant))
    if word in {"SEQNUM"}:
        return _sequence(words, column)
    if word.startswith("(") or re.fullmatch(r"[+-]\d{1,31}", word):
        return _computed(words, column, [word])
    if word.isdecimal():
        return _input_field(words, column, word)
    if re.fullmatch(r"%\d{1,3}", word):
        return _parsed_field(words, column, word)
    date = dates.constant(word, words.now)
    if date is not None:
        data = encode(int(date), "PD", len(date) // 2 + 1) if dates.is_packed(word) else to_host(date)
        return Item(column, lambda _record: data, length=len(data))
    raise SortSyntax("ICE018A", word[:20])


def _input_field(words: Words, column: int, position: str) -> Item:
    start = natural(position) - 1
    following = words.peek()
    if start < 0:
        raise SortSyntax("ICE018A", position)
    if not following.isdecimal():
        if words.at < len(words.words):
            raise SortSyntax("ICE018A", following[:20])
        return Item(column, lambda record: record[start:], tail=start)
    length = extent(words.take())
    return replace(_field_of(words, column, start, length), needs=start + length)


def _field_of(words: Words, column: int, start: int, length: int) -> Item:
    word = words.peek()
    if word in NUMERIC and words.at + 1 < len(words.words) and words.words[words.at + 1] in _ARITHMETIC:
        return _computed(words, column, [str(start + 1), str(length), words.take()])
    end = start + length
    return _shaped(words, column, lambda record: record[start:end], length)


def _parsed_field(words: Words, column: int, name: str) -> Item:
    values = words.parsed.values
    key = name[1:].lstrip("0") or "0"
    length = words.parsed.lengths.get(key, 0)
    if not length:
        raise SortSyntax("ICE018A", name[:20])
    word = words.peek()
    if word in NUMERIC and words.at + 1 < len(words.words) and words.words[words.at + 1] in _ARITHMETIC:
        return _computed(words, column, [name, words.take()])
    return _shaped(words, column, lambda _record: values.get(key, b""), length)


def _shaped(words: Words, column: int, fetch: Piece, length: int) -> Item:
    """Return a field as the words behind it want it: a number, a day, or characters."""
    format = words.peek()
    if format in NUMERIC:
        words.take()
        if length > LONGEST_NUMBER:
            raise SortSyntax("ICE018A", f"{length},{format}")
        convert = VALUES[format]
        return _numeric(words, column, lambda record: convert(fetch(record)), digits_of(format, length))
    if format[:3] in DATED:
        piece, size = datepieces.read(words, fetch, length)
        return Item(column, piece, length=size)
    made = character.read(words, fetch, length)
    if made is None:
        return Item(column, lambda record: fetch(record).ljust(length, b"\x40"), length=length)
    return Item(column, made[0], length=made[1])


def _computed(words: Words, column: int, taken: list[str]) -> Item:
    """Return the number that an expression makes; `taken` is its first operand."""
    while words.peek() in _ARITHMETIC:
        taken.append(words.take())
        operand = words.peek()
        size = 1 if operand[:1] in {"(", "+", "-"} else 2 if operand.startswith("%") else 3
        taken += [words.take() for _ in range(size) if words.peek()]
    return _numeric(words, column, _expression(taken, words.parsed), ARITHMETIC_DIGITS)


def _expression(words: list[str], parsed: Parsed) -> Callable[[bytes], int]:
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
            operands.append(_expression(parts(word[1:-1]), parsed))
            at += 1
        elif re.fullmatch(r"[+-]\d{1,31}", word):
            number = int(word)
            operands.append(lambda _record, number=number: number)  # type: ignore[misc]
            at += 1
        elif word.startswith("%") and at + 1 < len(words) and words[at + 1] in NUMERIC:
            operands.append(_of_parsed(word, words[at + 1], parsed))
            at += 2
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


def _of_parsed(name: str, format: str, parsed: Parsed) -> Callable[[bytes], int]:
    key, convert = name[1:].lstrip("0") or "0", VALUES[format]
    if key not in parsed.lengths:
        raise SortSyntax("ICE018A", name[:20])
    return lambda _record: convert(parsed.values.get(key, b""))


def _numeric(words: Words, column: int, worth: Callable[[bytes], int], digits: int) -> Item:
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
            length = extent(rest)
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


def _sequence(words: Words, column: int) -> Item:
    length = extent(words.take())
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
