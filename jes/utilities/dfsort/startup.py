"""What a call of the sort is told before its statements: PARM=, the ddnames of OPTION, whether an error abends.

Source: [DFSORT "Specifying EXEC/DFSPARM PARM options", OPTION SORTDD, MSGDDN]. Rules: pure. An option of PARM= that is none is
told (ICE067I) and passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from jes.utilities.dfsort.control import SortSyntax, Statement, pair, parts
from jes.utilities.dfsort.operands import ROWS
from jes.utilities.dfsort.symnames import Symbol

_JOB_SYMBOL = re.compile(r'(JP[0-9])"([^"]{1,64})"')
_ABENDS = frozenset({("", "ABEND"), ("RC16", "ABE")})
#: Words of PARM= that OPTION does not have; they change nothing here.
_ONLY_IN_PARM = frozenset({"ABEND", "NOABEND", "BMSG", "NOBMSG", "NORC16", "RC16"})


@dataclass(frozen=True, slots=True)
class Parm:
    """PARM= as an OPTION statement, what is not understood, whether errors abend."""

    cards: list[Statement]
    unknown: list[str]
    abends: bool


def job_symbols(text: str) -> tuple[dict[str, Symbol], str]:
    """Return the symbols that JPn"string" of PARM= defines, and the rest of PARM=."""
    found = {match[1]: Symbol(constant="C'" + match[2].replace("'", "''") + "'") for match in _JOB_SYMBOL.finditer(text)}
    return found, ",".join(word for word in _JOB_SYMBOL.sub("", text).split(",") if word) if found else text


def read(text: str) -> Parm:
    """Return what PARM= says."""
    text = job_symbols(text)[1]
    try:
        words = [pair(word) for word in parts(text)] if text else []
    except SortSyntax:
        return Parm([], [text[:20]], abends=False)
    row = ROWS["OPTION"]
    known = [(keyword, word) for keyword, word in words if keyword in row.keywords or (not keyword and word in row.words)]
    others = [keyword or word for keyword, word in words if (keyword, word) not in known]
    unknown = [word[:20] for word in others if word and word not in _ONLY_IN_PARM]
    return Parm([Statement("OPTION", known)] if known else [], unknown, any(word in _ABENDS for word in words))


def abends(cards: Iterable[Statement]) -> bool:
    """Tell whether DEBUG ABEND is among the statements."""
    return any(card.operation == "DEBUG" and card.has("ABEND") for card in cards)


class Ddnames(NamedTuple):
    """The ddnames that OPTION can change."""

    messages: str
    input: str
    output: str


def ddnames(cards: Iterable[Statement]) -> Ddnames:
    """Return the ddnames of messages, input and output: MSGDDN=, SORTDD=xxxx, SORTIN=, SORTOUT=."""
    options = [card for card in cards if card.operation == "OPTION"]

    def given(*keywords: str) -> str | None:
        return next((text for card in options if (text := card.text(*keywords)) is not None), None)

    prefix = given("SORTDD") or "SORT"
    return Ddnames(given("MSGDDN", "MSGDD") or "SYSOUT", given("SORTIN") or f"{prefix}IN", given("SORTOUT") or f"{prefix}OUT")
