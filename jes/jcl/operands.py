"""The operand field: positional and keyword operands, sublists, apostrophes.

    operands ::= operand { "," operand }        operand ::= [ keyword "=" ] value
    value    ::= "(" operands ")" | text        text ::= characters and 'quoted parts', with balanced parentheses inside

Source: [JCLREF] "Parameter field"; jes-and-jcl reference 4.1.
Rules: a doubled apostrophe stands for one. An empty value is kept: its place counts. Raises OperandFault only. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEYWORD = re.compile(r"([A-Z@#$][A-Z0-9@#$]*(?:\.[A-Z@#$][A-Z0-9@#$]*)?)=")
_LONGEST_NUMBER = 10
#: How deep parentheses may stand in each other: one more than any operand of the manual needs, twice over.
_DEEPEST = 8
_ALLOWED = re.compile(r"[A-Z0-9@#$.,()'&*+\-/=¬^|<>!%:;_\"?{}\[\]~\\` ]*")


def one_of(text: str) -> frozenset[str]:
    """Return the words of a table row as a set."""
    return frozenset(text.split())


def is_number(text: str) -> bool:
    """Tell whether the text is a decimal number of a length that any operand can have; superscripts are digits only to Python."""
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER


class OperandFault(Exception):
    """The operand field breaks the grammar. `id` is the converter's message, `facts` fill its holes."""

    def __init__(self, id: str, *facts: str) -> None:
        super().__init__(id, *facts)
        self.id = id
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand. `text` has its apostrophes resolved; `items` are the operands of a sublist, None for plain text.

    `raw` is what was coded, `quoted` tells whether any apostrophe was.
    """

    keyword: str
    text: str
    raw: str
    quoted: bool = False
    items: tuple[Operand, ...] | None = None

    @property
    def values(self) -> tuple[Operand, ...]:
        """The operands of a sublist, or this one alone."""
        return self.items if self.items is not None else (self.plain,)

    @property
    def plain(self) -> Operand:
        """The same value without its keyword, read again: VOL=SER=A holds the keyword SER inside."""
        match = None if self.quoted and self.raw.startswith("'") else _KEYWORD.match(self.raw)
        if match and self.items is None:
            return _value(match[1], self.raw[match.end() :], "")
        return Operand("", self.text, self.raw, self.quoted, self.items)

    def positional(self, index: int) -> str:
        """Return the text at a place of the sublist, "" when it is not there."""
        places = [item for item in self.values if not item.keyword]
        return places[index].text if index < len(places) else ""


def parse(text: str, statement: str) -> tuple[Operand, ...]:
    """Return the operands of a field; `statement` is the operation, for messages.

    Raises OperandFault for unbalanced or too many parentheses, for apostrophes and for characters outside the JCL set.
    """
    if not text:
        return ()
    return tuple(_operand(part, statement) for part in split_top(text, statement))


def split_top(text: str, statement: str) -> list[str]:
    """Return the parts between commas that are neither in parentheses nor in apostrophes. Raises OperandFault."""
    parts, start, depth, in_quotes = [], 0, 0, False
    for at, character in enumerate(text):
        if character == "'":
            in_quotes = not in_quotes
        elif in_quotes:
            continue
        elif character == "(":
            depth += 1
            if depth > _DEEPEST:
                raise OperandFault("IEFC616I", statement)
        elif character == ")":
            depth -= 1
            if depth < 0:
                raise OperandFault("IEFC622I", statement)
        elif character == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    if in_quotes:
        raise OperandFault("IEFC629I", statement)
    if depth:
        raise OperandFault("IEFC622I", statement)
    parts.append(text[start:])
    return parts


def _operand(part: str, statement: str) -> Operand:
    match = _KEYWORD.match(part)
    keyword = match[1] if match else ""
    return _value(keyword, part[match.end() :] if match else part, statement)


def _value(keyword: str, raw: str, statement: str) -> Operand:
    if raw.startswith("(") and _closing(raw) == len(raw) - 1:
        items = tuple(_operand(part, statement) for part in split_top(raw[1:-1], statement)) if raw != "()" else ()
        return Operand(keyword, raw, raw, "'" in raw, items)
    if raw.startswith("(") and _closing(raw) >= 0:
        raise OperandFault("IEFC618I")
    text, quoted = unquote(raw)
    if not quoted and not _ALLOWED.fullmatch(text):
        wrong = next(character for character in text if not _ALLOWED.fullmatch(character))
        raise OperandFault("IEFC620I", wrong, statement)
    return Operand(keyword, text, raw, quoted)


def _closing(raw: str) -> int:
    depth, in_quotes = 0, False
    for at, character in enumerate(raw):
        if character == "'":
            in_quotes = not in_quotes
        elif not in_quotes and character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return at
    return -1


def unquote(raw: str) -> tuple[str, bool]:
    """Return the text without its apostrophes (a doubled one inside stays as one) and whether there were any."""
    if "'" not in raw:
        return raw, False
    result, at, in_quotes = [], 0, False
    while at < len(raw):
        character = raw[at]
        if character != "'":
            result.append(character)
        elif in_quotes and raw[at + 1 : at + 2] == "'":
            result.append("'")
            at += 1
        else:
            in_quotes = not in_quotes
        at += 1
    return "".join(result), True
