"""The whole table of settings, joined from the tables of the subjects.

Rules: an explicit list; two rows that claim one name, or a SITE word that could mean two rows, stop the import.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zftpd.params import allocation, anonymous, clientonly, codesets, jobs, security, server, transfer
from zftpd.params.param import Param, Where, matches, shortest

PARAMS: tuple[Param, ...] = (
    *allocation.PARAMS,
    *transfer.PARAMS,
    *jobs.PARAMS,
    *codesets.PARAMS,
    *security.PARAMS,
    *anonymous.PARAMS,
    *server.PARAMS,
    *clientonly.PARAMS,
)


@dataclass(frozen=True, slots=True)
class SiteWord:
    """One word of a SITE command: its spelling, its row, and for words without value what they set."""

    spelling: str
    param: Param
    takes_value: bool
    sets: object = None


def _site_words(params: Iterable[Param]) -> list[SiteWord]:
    """Every word that SITE knows, NO forms of switches included."""
    found = []
    for param in params:
        for spelling in param.site:
            if param.is_switch:
                found += [SiteWord(spelling, param, False, True), SiteWord("NO" + spelling, param, False, False)]
            else:
                found.append(SiteWord(spelling, param, True))
        found += [SiteWord(spelling, param, False, value) for spelling, value in param.words.items()]
    return found


def may_clash(one: str, other: str) -> bool:
    """Tell whether some abbreviation means both spellings."""
    shared = 0
    for left, right in zip(one.upper(), other.upper(), strict=False):
        if left != right:
            break
        shared += 1
    return shared >= max(shortest(one), shortest(other))


def _by_statement(params: Iterable[Param]) -> dict[str, Param]:
    """Statement names and synonyms of FTP.DATA."""
    names: dict[str, Param] = {}
    for param in params:
        for name in (param.name, *param.synonyms):
            if names.setdefault(name, param) is not param:
                raise ValueError(f"two rows claim statement {name}")
    return names


STATEMENTS = _by_statement(PARAMS)
SITE_WORDS = tuple(_site_words(PARAMS))
BY_ATTRIBUTE = {param.attribute: param for param in PARAMS}
_CACHE: dict[str, SiteWord | None] = {}


def site_word(word: str) -> SiteWord | None:
    """Return the SITE word that `word` spells or abbreviates, or None."""
    key = word.upper()
    if key not in _CACHE and len(_CACHE) < 4096:
        _CACHE[key] = next((row for row in SITE_WORDS if matches(row.spelling, key)), None)
    return _CACHE[key] if key in _CACHE else next((row for row in SITE_WORDS if matches(row.spelling, key)), None)


def is_statement(param: Param, side: Where = Where.SERVER) -> bool:
    """Tell whether FTP.DATA of that side may hold the parameter."""
    return bool(param.where & side)


for _number, _row in enumerate(SITE_WORDS):
    for _other in SITE_WORDS[_number + 1 :]:
        if may_clash(_row.spelling, _other.spelling):
            raise ValueError(f"SITE words {_row.spelling} and {_other.spelling} share an abbreviation")
