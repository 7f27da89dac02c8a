"""The words of a SITE command, taken apart: names, values and parentheses. No meaning here.

Source: zos-ftp-server.md 4.1: blanks or commas separate; NAME=value, NAME=(a,b), NAME(a,b); no blanks around the sign.
Rules: every character of the text belongs to a word or separates words; arbitrary text never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: NAME, then nothing, or = and a parenthesis, a quoted text or anything up to a separator, or a parenthesis at once.
#: A parenthesis may hold others: DEBUG=(CMD,FSC(2)).
_LIST = r"\((?:[^()]|\([^()]*\))*\)?"
_WORD = re.compile(rf"(?P<name>[^\s,=(]+)(?:=(?P<value>{_LIST}|'[^']*'?|[^\s,]*)|(?P<list>{_LIST}))?|(?P<stray>[^\s,]+)")


@dataclass(frozen=True, slots=True)
class Operand:
    """One word. `value` is None without = or parenthesis; `text` is the word as sent; it lies from `start` to `end`."""

    name: str
    value: str | None
    text: str
    start: int
    end: int


def operands(text: str) -> Iterator[Operand]:
    """Yield the words of `text` from left to right."""
    for match in _WORD.finditer(text):
        value = match["value"] if match["value"] is not None else match["list"]
        yield Operand(match["name"] or match["stray"], value, match.group(), match.start(), match.end())
