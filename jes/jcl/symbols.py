"""Symbols: &NAME in operands, and in in-stream data whose DD says SYMBOLS=.

Source: [JCLREF] "Using symbols"; jes-and-jcl reference 4.5.
Rules: the text after & ends at the first character that no name holds; a period there is eaten. && is no symbol: it begins a
temporary data set name, elsewhere it stands for one ampersand. A symbol without a value stays as it is. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jes.jcl.operands import one_of

_SYMBOL = re.compile(r"&&|&([A-Z@#$][A-Z0-9@#$]{0,7})(\.?)")
_USED = re.compile(r"&([A-Z@#$][A-Z0-9@#$]{0,7})")
_KEYWORD_BEFORE = re.compile(r"([A-Z@#$][A-Z0-9@#$]*)(?:\.[A-Z0-9@#$]+)?=\(?$")
#: Keywords whose apostrophes do not hide symbols; positional operands (accounting) do not hide them either.
QUOTED_KEYWORDS = one_of(
    "ACCT AMP DSN DSNAME PARM PATH SUBSYS MEMBER COMMAND ADDRESS BUILDING DEPT NAME ROOM TITLE USERDATA PORTNO USERLIB EMAIL"
)


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Return operand text with every known symbol replaced, apart from those that apostrophes hide."""
    if "&" not in text:
        return text
    parts = re.split(r"('(?:[^']|'')*')", text)
    keyword = ""
    for index, part in enumerate(parts):
        if index % 2 == 0:
            keyword = _last_keyword(part, keyword)
            parts[index] = _replace(part, values)
        elif not keyword or keyword in QUOTED_KEYWORDS:
            parts[index] = _replace(part, values)
    return "".join(parts)


def _last_keyword(part: str, before: str) -> str:
    """Return the keyword that governs the apostrophe behind `part`: the last one named at this level."""
    found = re.findall(r"(?:^|,|\()([A-Z@#$][A-Z0-9@#$]*)(?:\.[A-Z0-9@#$]+)?=", part)
    return found[-1] if found else before


def _replace(text: str, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name is None or name not in values else values[name]

    return _SYMBOL.sub(value, text)


def used(text: str) -> set[str]:
    """Return the names of the symbols that a text mentions."""
    return set(_USED.findall(text.replace("&&", "")))


def substitute_data(record: str, values: Mapping[str, str], length: int) -> str | None:
    """Return an in-stream record with exported symbols replaced, `length` long; None when the result does not fit.

    Edge: blanks at the end give way, as the record keeps its length.
    """
    if "&" not in record:
        return record

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return "&"
        return values.get(match[1], match[0])

    text = _SYMBOL.sub(value, record).rstrip(" ")
    return text.ljust(length) if len(text) <= length else None
