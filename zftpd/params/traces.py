"""DEBUG and DUMP: which traces are active after a list of wishes.

Source: [UG] SITE DEBUG: ? shows, NONE clears, ALL sets, a name adds, Xname or NOname takes away; FSC(n) and SOC(n) have levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zftpd.params.kinds import INVALID, MISSING, BadValue, Kind

TRACES = ("ALL", "BAS", "FLO", "CMD", "PAR", "INT", "ACC", "UTL", "SEC", "FSC", "SOC", "SQL", "JES")

_WISH = re.compile(r"([A-Z]+|\?)(?:\(?(\d)\)?)?")
_ID = re.compile(r"X?\d{1,3}|ALL|NONE|\?")
BASIC = ("CMD", "INT", "FSC", "SOC")


def debug_after(active: tuple[str, ...], text: str) -> tuple[str, ...] | None:
    """Return the active traces after the wishes of `text`, or None when a word is none."""
    traces = list(active)
    wanted = text.upper()
    if wanted.startswith("(") and wanted.endswith(")"):
        wanted = wanted[1:-1]
    for word in re.findall(r"[^\s,()]+(?:\(\d\))?|[()]", wanted):
        match = _WISH.fullmatch(word)
        if not match:
            return None
        name = match[1]
        if name == "?":
            continue
        if name == "NONE":
            traces = []
        elif name in TRACES:
            added = {"ALL": TRACES[2:], "BAS": BASIC}.get(name, (name,))
            traces = [trace for trace in traces if trace not in added] + list(added)
        elif name[:1] == "X" and name[1:] in TRACES:
            traces = [trace for trace in traces if trace != name[1:]]
        elif name[:2] == "NO" and name[2:] in TRACES:
            traces = [trace for trace in traces if trace != name[2:]]
        else:
            return None
    return tuple(trace for trace in TRACES if trace in traces)


def dump_after(active: tuple[str, ...], text: str) -> tuple[str, ...] | None:
    """Return the active dump IDs after the wishes of `text`, or None when a word is none."""
    found = list(active)
    for word in text.upper().replace(",", " ").strip("()").split():
        if not _ID.fullmatch(word):
            return None
        if word == "NONE":
            found = []
        elif word.startswith("X"):
            found = [each for each in found if each != word[1:]]
        elif word != "?" and word not in found:
            found.append(word)
    return tuple(found)


@dataclass(frozen=True)
class Traces(Kind):
    """DEBUG in FTP.DATA: repeatable, each statement naming traces as SITE DEBUG does; FSC and SOC may have a level."""

    repeats = True

    @property
    def allowed(self) -> str:
        """The words."""
        return " | ".join((*TRACES, "NONE", "FSC(n)", "SOC(n)"))

    def parse(self, text: str) -> tuple[str, ...]:
        """Return the traces of one statement."""
        return self.add((), text)

    def texts(self, value: object) -> list[str]:
        """Return one text per trace."""
        assert isinstance(value, tuple)
        return list(value) or ["NONE"]

    def add(self, before: object, text: str) -> tuple[str, ...]:
        """Return the traces that are on after one more statement."""
        assert before is None or isinstance(before, tuple)
        after = debug_after(before or (), text) if text else None
        if after is None:
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return after
