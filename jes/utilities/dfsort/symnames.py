"""SYMNAMES: names for fields and constants in control statements.

      NAME,position,length,format   NAME,position   NAME,[C]'constant'   NAME,S'&SYSTEM'   NAME,%nn
      POSITION,n   SKIP,n   position * is the next free one, = the one before; SYMNOUT lists the symbols

Source: [DFSORT, "Using symbols"]; jes-and-jcl reference 5.7.
Rules: pure. A field stands for p,m,f where a format is wanted (keys, conditions, numbers that are edited) and for p,m where plain
bytes are moved. Raises SortSyntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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

    def text(self) -> str:
        """Return what SYMNOUT shows of it."""
        if self.constant:
            return self.constant
        return f"{self.position},{self.length}" + (f",{self.format}" if self.format else "")


def read(records: Iterable[bytes], system: Mapping[str, str] | None = None) -> dict[str, Symbol]:
    """Return the symbols of a SYMNAMES data set; `system` has the system symbols that S'..' names."""
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
        elif len(values) == 1 and values[0].isdecimal():
            start = natural(values[0])
            after = start
            found[name] = Symbol(constant=values[0])
        elif values[0].isdecimal() or values[0] in {"*", "="}:
            start = {"*": after, "=": start}.get(values[0]) or natural(values[0])
            length = natural(values[1]) if len(values) > 1 else 1
            after = start + length
            found[name] = Symbol(start, length, values[2] if len(values) > 2 else "")
        elif _NAME.fullmatch(name):
            found[name] = Symbol(constant=_constant(",".join(values), system))
        else:
            raise SortSyntax("ICE018A", name[:20])
    return found


def _constant(text: str, system: Mapping[str, str] | None) -> str:
    if text.startswith("'"):
        return f"C{text}"
    if text.startswith("S'"):
        return "C" + _SYSTEM.sub(lambda match: (system or {}).get(match[1], match[0]), text[1:])
    return text


_SYSTEM = re.compile(r"&([A-Z][A-Z0-9]{0,7})\.?")


def listing(originals: Iterable[bytes], symbols: Mapping[str, Symbol]) -> list[str]:
    """Return the lines of SYMNOUT."""
    return [
        "------- ORIGINAL STATEMENTS FROM SYMNAMES -------",
        *(to_text(record).rstrip() for record in originals),
        "",
        "------------------ SYMBOL TABLE -----------------",
        *(f"{name},{symbol.text()}" for name, symbol in symbols.items()),
    ]


def applied(statement: Statement, symbols: dict[str, Symbol]) -> Statement:
    """Return the statement with its symbols replaced."""
    if not symbols:
        return statement
    whole = statement.operation in _WITH_FORMAT
    operands = [(keyword, _replaced(text, symbols, whole or keyword in _FIELDS)) for keyword, text in statement.operands]
    return replace(statement, operands=operands)


#: Operands that want fields with their formats whatever the statement: those of OUTFIL and of ICETOOL.
_FIELDS = frozenset({"INCLUDE", "OMIT", "ON", "BREAK"})


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
