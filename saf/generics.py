"""Generic profile names: what `%`, `*` and `**` match, and which of several matching profiles is the most specific.

Source: [RACFCL] appendix "Naming considerations for resource profiles". With enhanced generic naming (EGN) in the DATASET class a
trailing `*` ends with its qualifier and `**` covers any number of them; in other classes, and in DATASET without EGN, a trailing
`*` runs to the end of the name.
Rules: pure; names are upper case; `%` never matches a period.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: The ranks of what may stand where two names differ first.
_CHARACTER, _ONE, _IN_A_QUALIFIER, _TO_THE_END, _QUALIFIERS = range(1, 6)
_ANY_QUALIFIERS = r"(?:\.[^.]+)*"


def is_generic(name: str) -> bool:
    """Tell whether a profile name holds a generic character."""
    return any(sign in name for sign in "%*")


@lru_cache(maxsize=4096)
def pattern(name: str, *, bounded: bool) -> re.Pattern[str]:
    """Return what a generic name matches of a resource with a period put before it.

    `bounded` when a trailing `*` must not run past its qualifier (DATASET with EGN). Of several `*` or `**` all but the last take
    the least that serves and never try another, which changes no answer and keeps the time of a match in proportion to the name.
    """
    if name == "**" or (name == "*" and not bounded):
        return re.compile(r".*", re.DOTALL)
    parts = name.split(".")
    runs = [""]
    for index, part in enumerate(parts):
        if part == "**":
            runs.append("")
        else:
            runs[-1] += r"\." + _qualifier(part, runs_on=index == len(parts) - 1 and not bounded)
    first, *between = runs
    last = between.pop() if between else None
    built = first + "".join(rf"(?>{_ANY_QUALIFIERS}?{run}(?=\.|\Z))" for run in between)
    return re.compile(built if last is None else built + _ANY_QUALIFIERS + last, re.DOTALL)


def _qualifier(part: str, *, runs_on: bool) -> str:
    if part == "*":
        return r".+" if runs_on else r"[^.]+"
    first, *between = (re.escape(text).replace("%", "[^.]") for text in re.split(r"\*+", part))
    if not between:
        return first
    last = between.pop()
    rest = r".*" if runs_on and not last else r"[^.]*"
    return first + "".join(rf"(?>[^.]*?{text})" for text in between) + rest + last


def matches(name: str, resource: str, *, bounded: bool) -> bool:
    """Tell whether generic profile `name` covers `resource`."""
    return pattern(name, bounded=bounded).fullmatch(f".{resource}") is not None


def specificity(name: str, *, bounded: bool) -> tuple[int, ...]:
    """Return a key that sorts the most specific profile first.

    RACF decides at the first position where two names differ: a character beats `%`, which beats `*`, which beats `**`; a `*`
    that runs to the end of the name stands between the last two.
    """
    signs = re.findall(r"\*\*|.", name, re.DOTALL)
    ranks = [_QUALIFIERS if sign == "**" else {"%": _ONE, "*": _IN_A_QUALIFIER}.get(sign, _CHARACTER) for sign in signs]
    if ranks and ranks[-1] == _IN_A_QUALIFIER and not bounded:
        ranks[-1] = _TO_THE_END
    return tuple(ranks)
