"""SYMNAMES: names for fields and constants in control statements.

      NAME,position,length,format     NAME,[C]'constant'   POSITION,n     SKIP,n     position * is the next free one, = the one
      before

Source: [DFSORT, "Using symbols"]; jes-and-jcl reference 5.7.
Rules: pure. A field stands for p,m,f where a format is wanted (keys, conditions, numbers that are edited) and for p,m where plain
bytes are moved. Raises SortSyntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jes.hosttext import to_text
from jes.jcl.cards import take_operands
from jes.utilities.dfsort.control import SortSyntax, Statement, natural, parts

_NAME = re.compile(r"[A-Za-z@#$_][A-Za-z0-9@#$_?%.-]{0,49}")
_PIECE = re.compile(r"('(?:[^']|'')*')")
_WITH_FORMAT = frozenset({"SORT", "MERGE", "INCLUDE", "OMIT", "SUM"})
_WANTS = re.compile(r",(?:EQ|NE|GT|GE|LT|LE|ADD|SUB|MUL|DIV|MOD|MIN|MAX|M\d{1,2}|EDIT=|TO=|LENGTH=)")
_BEHIND = re.compile(r"(?:EQ|NE|GT|GE|LT|LE|ADD|SUB|MUL|DIV|MOD|MIN|MAX),$")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A field (position, length, format) or a constant."""

    position: int = 0
    length: int = 0
    format: str = ""
    constant: str = ""


def read(records: Iterable[bytes]) -> dict[str, Symbol]:
    """Return the symbols of a SYMNAMES data set."""
    found: dict[str, Symbol] = {}
    start, after = 1, 1
    for record in records:
        text = to_text(record).strip()
        if not text or text.startswith("*"):
            continue
        words = parts(take_operands(text)[0])
        name, values = words[0], words[1:]
        if not values:
            raise SortSyntax("ICE018A", name[:20])
        if name == "POSITION":
            after = natural(values[0])
        elif name == "SKIP":
            after += natural(values[0])
        elif values[0].isdecimal() or values[0] in {"*", "="}:
            start = {"*": after, "=": start}.get(values[0]) or natural(values[0])
            length = natural(values[1]) if len(values) > 1 else 1
            after = start + length
            found[name] = Symbol(start, length, values[2] if len(values) > 2 else "")
        elif _NAME.fullmatch(name):
            constant = ",".join(values)
            found[name] = Symbol(constant=f"C{constant}" if constant.startswith("'") else constant)
        else:
            raise SortSyntax("ICE018A", name[:20])
    return found


def applied(statement: Statement, symbols: dict[str, Symbol]) -> Statement:
    """Return the statement with its symbols replaced."""
    if not symbols:
        return statement
    whole = statement.operation in _WITH_FORMAT
    return replace(statement, operands=[(keyword, _replaced(text, symbols, whole)) for keyword, text in statement.operands])


def _replaced(text: str, symbols: dict[str, Symbol], whole: bool) -> str:
    pieces = _PIECE.split(text)
    for index in range(0, len(pieces), 2):
        pieces[index] = _NAME.sub(lambda match: _value(match, symbols, whole), pieces[index])
    return "".join(pieces)


def _value(match: re.Match[str], symbols: dict[str, Symbol], whole: bool) -> str:
    symbol = symbols.get(match[0])
    if symbol is None:
        return match[0]
    if symbol.constant:
        return symbol.constant
    place = f"{symbol.position},{symbol.length}"
    wanted = whole or _WANTS.match(match.string, match.end()) or _BEHIND.search(match.string[: match.start()])
    return f"{place},{symbol.format}" if wanted and symbol.format else place
