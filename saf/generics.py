"""Generic profile names: what `%`, `*` and `**` match, and which of several matching profiles is the most specific.

Source: [RACFCL] appendix "Naming considerations for resource profiles". With enhanced generic naming (EGN) in the DATASET class a
trailing `*` ends with its qualifier and `**` covers any number of them; in other classes, and in DATASET without EGN, a trailing
`*` runs to the end of the name.
Rules: pure; names are upper case; `%` never matches a period.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WEIGHTS = {"%": 2, "*": 3}
_ANY_DEPTH = 4


def is_generic(name: str) -> bool:
    """Tell whether a profile name holds a generic character."""
    return any(sign in name for sign in "%*")


@lru_cache(maxsize=4096)
def pattern(name: str, *, bounded: bool) -> re.Pattern[str]:
    """Return what a generic name matches; `bounded` when a trailing `*` must not run past its qualifier (DATASET with EGN)."""
    if name == "**" or (name == "*" and not bounded):
        return re.compile(r".*", re.DOTALL)
    parts = name.split(".")
    built = ""
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        first = index == 0
        if part == "**":
            # Any number of qualifiers, none included: the period before (or after, at the start) goes with them.
            built += r"(?:[^.]+\.)*" if first else r"(?:\.[^.]+)*"
            if first and last:
                built = ".*"
            continue
        if not first and not (index == 1 and parts[0] == "**"):
            built += r"\."
        built += _qualifier(part, runs_on=last and not bounded)
    return re.compile(built, re.DOTALL)


def _qualifier(part: str, *, runs_on: bool) -> str:
    if part == "*":
        return r".+" if runs_on else r"[^.]+"
    built = ""
    signs = re.findall(r"\*+|.", part, re.DOTALL)
    for place, sign in enumerate(signs):
        if sign == "%":
            built += r"[^.]"
        elif sign.startswith("*"):
            built += r".*" if runs_on and place == len(signs) - 1 else r"[^.]*"
        else:
            built += re.escape(sign)
    return built


def matches(name: str, resource: str, *, bounded: bool) -> bool:
    """Tell whether generic profile `name` covers `resource`."""
    return pattern(name, bounded=bounded).fullmatch(resource) is not None


def specificity(name: str) -> tuple[int, ...]:
    """Return a key that sorts the most specific profile first.

    RACF decides at the first position where two names differ: a character beats `%`, which beats `*`, which beats `**`.
    """
    signs = re.findall(r"\*\*|.", name, re.DOTALL)
    return tuple(_ANY_DEPTH if sign == "**" else _WEIGHTS.get(sign, 1) for sign in signs)
