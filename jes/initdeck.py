"""The JES2 initialisation data set: what an installation says about its JES, as a JesConfig.

    JOBDEF RANGE=(1,9999),JOBNUM=1000        JOBCLASS(A) QHELD=NO,DUPL_JOB=DELAY,MSGLEVEL=(1,1),SYSSYM=ALLOW,TIME=(5,0),RESTART=NO
    INIT(1) NAME=1,CLASS=AB,START=YES        OUTCLASS(Z) OUTDISP=(PURGE,PURGE)        PROCLIB(PROC02) DD(1)=(DSNAME=A.PROCLIB)
    NODE(1) NAME=N1   NJEDEF OWNNODE=1       MASDEF AUTOEMEM=ON|OFF       /* comment */

Source: [JES2INIT]; jes-and-jcl.md 3.1. A statement goes on where its line ends with a comma.
Rules: a statement or operand that has nothing to act on here is given back as ignored; one whose value cannot be is BadDeck.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from jes.config import JesConfig, JobClass, OutClass
from jes.jcl.keywords import OUTPUT_DISPOSITIONS
from jes.names import is_job_class, is_jobname
from jes.spool.jobid import NumberRange

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STATEMENT = re.compile(r"\s*([A-Z0-9]+)(?:\(([A-Z0-9@#$*,-]+)\))?(?:\s+(.*))?\Z", re.DOTALL)
_OPERAND = re.compile(r"\s*([A-Z_]+(?:\(\d+\))?)\s*=\s*(\((?:[^()]|\([^()]*\))*\)|[^,\s()]*)\s*(?:,|\Z)")
_ALL_CLASSES = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",)


class BadDeck(ValueError):
    """A statement that cannot be obeyed; the text names its line."""


@dataclass(slots=True)
class Deck:
    """What a data set says: fields of JesConfig, and the words that have no effect."""

    values: dict[str, Any] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


def read(text: str) -> Deck:
    """Read an initialisation data set. Raises BadDeck."""
    deck = Deck()
    own_node, nodes = "1", {}
    for line, statement, subscript, operands in _statements(text):
        try:
            if statement == "NJEDEF":
                own_node = operands.pop("OWNNODE", own_node)
            elif statement in {"NODE", "N"}:
                nodes[subscript] = _name(operands.pop("NAME", ""))
            elif statement in _READERS:
                _READERS[statement](deck, subscript, operands)
            else:
                deck.ignored.append(f"line {line}: {statement}")
                continue
        except ValueError as error:
            raise BadDeck(f"line {line}: {statement}{f'({subscript})' if subscript else ''}: {error}") from None
        deck.ignored += [f"line {line}: {statement} {keyword}" for keyword in operands]
    if own_node in nodes:
        deck.values["node"] = nodes[own_node]
    return deck


def _statements(text: str) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """Yield line number, statement, subscript and operands. Raises BadDeck."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text.upper())
    pending, begun = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun or number
        pending += line.rstrip()
        if not pending.strip():
            pending, begun = "", 0
        elif not pending.endswith(","):
            yield begun, *_parsed(begun, pending)
            pending, begun = "", 0
    if pending:
        raise BadDeck(f"line {begun}: the statement goes on behind the end")


def _parsed(line: int, text: str) -> tuple[str, str, dict[str, str]]:
    match = _STATEMENT.match(text)
    if match is None:
        raise BadDeck(f"line {line}: {text.strip()[:40]} is no statement")
    operands, at, rest = {}, 0, (match[3] or "").strip()
    while at < len(rest):
        operand = _OPERAND.match(rest, at)
        if operand is None:
            raise BadDeck(f"line {line}: {rest[at:].strip()[:40]} is no operand")
        operands[operand[1]] = operand[2]
        at = operand.end()
    return match[1], match[2] or "", operands


def _name(text: str) -> str:
    if not is_jobname(text):
        raise ValueError(f"{text or 'nothing'} is no name")
    return text


def _yes(value: str, yes: str = "YES", no: str = "NO") -> bool:
    if value not in {yes, no, yes[:1], no[:1]}:
        raise ValueError(f"{value} is neither {yes} nor {no}")
    return value in {yes, yes[:1]}


def _jobdef(deck: Deck, _subscript: str, operands: dict[str, str]) -> None:
    if "RANGE" in operands:
        low, _, high = operands.pop("RANGE").strip("()").partition(",")
        if not (low.isdecimal() and high.isdecimal() and 1 <= int(low) < int(high) <= 999999):
            raise ValueError("RANGE is (low,high) within 1 and 999999")
        deck.values["numbers"] = NumberRange(int(low), int(high))


def _jobclass(deck: Deck, subscript: str, operands: dict[str, str]) -> None:
    changes: dict[str, Any] = {}
    taken: dict[str, Callable[[str], tuple[str, Any]]] = {
        "QHELD": lambda value: ("qheld", _yes(value)),
        "DUPL_JOB": lambda value: ("duplicates", _yes(value, "NODELAY", "DELAY")),
        "SYSSYM": lambda value: ("system_symbols", _yes(value, "ALLOW", "DISALLOW")),
        "RESTART": lambda value: ("restart", _yes(value)),
        "MSGCLASS": lambda value: ("msgclass", value),
        "REGION": lambda value: ("region", value),
        "TIME": lambda value: ("time", value.strip("()")),
        "MSGLEVEL": lambda value: ("msglevel", _msglevel(value)),
    }
    for keyword in [keyword for keyword in operands if keyword in taken]:
        name, value = taken[keyword](operands.pop(keyword))
        changes[name] = value
    classes: dict[str, JobClass] = deck.values.setdefault("classes", {})
    for name in _ALL_CLASSES if subscript == "*" else (subscript,):
        if not is_job_class(name):
            raise ValueError(f"{name or 'nothing'} is no job class")
        classes[name] = replace(classes.get(name, JobClass(name)), **changes)


def _msglevel(value: str) -> tuple[int, int]:
    match = re.fullmatch(r"\(([012]),([01])\)", value)
    if match is None:
        raise ValueError("MSGLEVEL is (0-2,0-1)")
    return int(match[1]), int(match[2])


def _init(deck: Deck, subscript: str, operands: dict[str, str]) -> None:
    classes = operands.pop("CLASS", "A")
    name = operands.pop("NAME", subscript)
    started = _yes(operands.pop("START", "YES"))
    if not name or not re.fullmatch(r"\([A-Z0-9,]+\)|[A-Z0-9]+", classes):
        raise ValueError(f"CLASS={classes} is no class list")
    listed = classes.strip("()")
    long = [one for one in listed.split(",") if len(one) > 1] if "," in listed else []
    initiators: dict[str, str] = deck.values.setdefault("initiators", {})
    initiators[name] = listed if long else listed.replace(",", "")
    if classes.startswith("(") and len(listed) > 1 and "," not in listed:
        initiators[name] = listed + ","  # one class with a long name
    if not started:
        deck.values["drained"] = (*deck.values.get("drained", ()), name)


def _outclass(deck: Deck, subscript: str, operands: dict[str, str]) -> None:
    if not re.fullmatch(r"[A-Z0-9]", subscript):
        raise ValueError(f"{subscript or 'nothing'} is no output class")
    out: dict[str, OutClass] = deck.values.setdefault("out_classes", {})
    found = out.get(subscript) or JesConfig().out_class(subscript)
    if "OUTDISP" in operands:
        normal, _, abnormal = operands.pop("OUTDISP").strip("()").partition(",")
        abnormal = abnormal or normal
        if not {normal, abnormal} <= OUTPUT_DISPOSITIONS:
            raise ValueError(f"OUTDISP=({normal},{abnormal}) is not WRITE, HOLD, KEEP, LEAVE or PURGE")
        found = replace(found, normal=normal, abnormal=abnormal)
    if "OUTPUT" in operands:
        medium = operands.pop("OUTPUT")
        if medium not in {"PRINT", "PUNCH"}:
            raise ValueError(f"OUTPUT={medium} is not PRINT or PUNCH")
        found = replace(found, punch=medium == "PUNCH")
    out[subscript] = found


def _proclib(deck: Deck, subscript: str, operands: dict[str, str]) -> None:
    found = {keyword: operands.pop(keyword) for keyword in list(operands) if keyword.startswith("DD(")}
    names = []
    for _, value in sorted(found.items(), key=lambda item: int(item[0][3:-1])):
        match = re.search(r"DSN(?:AME)?=([A-Z0-9@#$.]+)", value)
        if match is None:
            raise ValueError(f"{value} names no data set")
        names.append(match[1])
    if _name(subscript) == "PROC00":
        deck.values["proclibs"] = tuple(names)
    else:
        deck.values.setdefault("more_proclibs", {})[subscript] = tuple(names)


def _masdef(deck: Deck, _subscript: str, operands: dict[str, str]) -> None:
    if "AUTOEMEM" in operands:
        deck.values["restart_active"] = _yes(operands.pop("AUTOEMEM"), "ON", "OFF")


_READERS = {
    "JOBDEF": _jobdef, "JOBCLASS": _jobclass, "INIT": _init, "I": _init, "OUTCLASS": _outclass, "PROCLIB": _proclib,
    "MASDEF": _masdef,
}  # fmt: skip
