"""JES2 control statements: what /*JOBPARM, /*ROUTE, /*OUTPUT, /*SETUP and their like ask for, and which of them are wrong.

    /*JOBPARM  BURST= BYTES= CARDS= COPIES= FORMS= LINECT= LINES= NOLOG PAGES= PROCLIB= RESTART= ROOM= SYSAFF= TIME=, or a letter
    /*OUTPUT   code keyword=value,...   for SYSOUT=(class,,code); the code * goes on with the statement before
    /*ROUTE    PRINT dest | PUNCH dest | XEQ node

Source: [JCLREF] "JES2 control statements"; jes-and-jcl.md 3.2.
Not here: /*PRIORITY before the JOB card and /*EOF /*DEL /*PURGE /*SCAN (intrdr.py).
Rules: pure. A wrong statement is given back as (message key, facts); JES2 then ends the job before conversion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jes.jcl.keywords import MOST_SYSTEMS
from jes.jcl.model import Jecl
from jes.jcl.operands import one_of

#: Letters that stand for whole keywords of /*JOBPARM.
_LETTERS = {
    "B": "BURST", "C": "CARDS", "E": "RESTART", "F": "FORMS", "G": "PAGES", "J": "NOLOG", "K": "LINECT", "L": "LINES",
    "M": "BYTES", "N": "COPIES", "P": "PROCLIB", "R": "ROOM", "S": "SYSAFF", "T": "TIME",
}  # fmt: skip
#: Highest values of the numeric operands.
_NUMBERS = {
    "BYTES": 999999, "CARDS": 9999999, "COPIES": 255, "LINECT": 255, "LINES": 9999, "PAGES": 99999, "TIME": 279620,
}  # fmt: skip
_YES_NO = one_of("Y YES N NO")
_LONGEST_NAME, _LONGEST_DEST, _LONGEST_VOLUME = 8, 17, 6
_OUTPUT_KEYWORDS = one_of(
    "BURST CHARS CKPTLINE CKPTPGS COMPACT COPIES COPYG DEST FCB FLASH FLASHC FORMS INDEX LINDEX LINECT MODIFY MODTRC PRMODE UCS "
    "B C D E F G H I K L M N O R T X Y Z"
)
_OUTPUT_LETTERS = {"D": "DEST", "F": "FORMS", "N": "COPIES"}
_OPERAND = re.compile(r"([A-Z]+)(?:=(\([^)]*\)|[^,()]*))?(?:,|$)")


@dataclass(slots=True)
class JobParameters:
    """What the statements of one job ask for. `bytes` and `lines` count thousands; None: not coded."""

    bytes: int | None = None
    lines: int | None = None
    pages: int | None = None
    cards: int | None = None
    copies: int = 1
    forms: str = ""
    proclib: str = ""
    room: str = ""
    sysaff: tuple[str, ...] = ()
    no_log: bool = False
    restart: bool = True
    print_dest: str = ""
    punch_dest: str = ""
    xeq_node: str = ""
    setup: tuple[str, ...] = ()
    notify: str = ""
    priority: int | None = None
    messages: list[str] = field(default_factory=list)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)  # code -> operands
    faults: list[tuple[str, dict[str, object]]] = field(default_factory=list)


def parameters(statements: Iterable[Jecl], node: str = "") -> JobParameters:
    """Return what the statements of a job ask for. `node` is our own name; execution at another node is a fault."""
    result = JobParameters()
    for statement in statements:
        reader = _READERS.get(statement.keyword)
        try:
            if reader is not None:
                reader(result, statement.operands, node)
        except ValueError:
            text = f"/*{statement.keyword} {statement.operands}".rstrip()
            result.faults.append(("jecl." + statement.keyword.lower(), {"text": text}))
    return result


def _first(text: str) -> str:
    """Return the operands without the comment behind the first blank."""
    return text.partition(" ")[0]


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return keyword and value of each operand. Raises ValueError."""
    operands, pairs, at = _first(text), [], 0
    while at < len(operands):
        match = _OPERAND.match(operands, at)
        if match is None:
            raise ValueError(text)
        pairs.append((match[1], match[2] or ""))
        at = match.end()
    return pairs


def _jobparm(result: JobParameters, text: str, _node: str) -> None:
    for coded, value in _pairs(text):
        keyword = _LETTERS.get(coded, coded)
        if keyword in _NUMBERS:
            number = _number(value, _NUMBERS[keyword])
            if keyword not in {"LINECT", "TIME"}:
                setattr(result, keyword.lower(), number)
        elif keyword in {"RESTART", "BURST"} and value in _YES_NO:
            result.restart = result.restart if keyword == "BURST" else value.startswith("Y")
        elif keyword == "NOLOG":
            result.no_log = True
        elif keyword == "SYSAFF":
            result.sysaff = systems(value)
        elif keyword in {"FORMS", "PROCLIB", "ROOM"} and 0 < len(value) <= _LONGEST_NAME:
            setattr(result, keyword.lower(), value)
        else:
            raise ValueError(coded)


def _number(value: str, highest: int) -> int:
    if not (value.isascii() and value.isdecimal()) or int(value) > highest:
        raise ValueError(value)
    return int(value)


def systems(value: str) -> tuple[str, ...]:
    """Return the systems of SYSAFF=; ANY is none in particular, IND is kept out. Raises ValueError."""
    names = tuple(name for name in value.strip("()").split(",") if name not in {"", "IND"})
    if len(names) > MOST_SYSTEMS or any(len(name) > _LONGEST_NAME for name in names):
        raise ValueError(value)
    return () if "ANY" in names else names


def _route(result: JobParameters, text: str, node: str) -> None:
    where, _, dest = (part.strip() for part in text.partition(" "))
    dest = _first(dest)
    if where in {"XEQ", "EXEC"}:
        _xeq(result, dest, node)
    elif where not in {"PRINT", "PUNCH", "PRT", "PUN"} or not 0 < len(dest) <= _LONGEST_DEST:
        raise ValueError(text)
    elif where.startswith("PR"):
        result.print_dest = dest
    else:
        result.punch_dest = dest


def _xeq(result: JobParameters, text: str, node: str) -> None:
    """Take execution at our own node; there is no other."""
    result.xeq_node = _first(text).partition(".")[0]
    if result.xeq_node not in {node, "LOCAL"}:
        raise ValueError(text)


def _setup(result: JobParameters, text: str, _node: str) -> None:
    volumes = tuple(name for name in _first(text).split(",") if name)
    if not volumes or any(len(name) > _LONGEST_VOLUME for name in volumes):
        raise ValueError(text)
    result.setup += volumes


def _notify(result: JobParameters, text: str, _node: str) -> None:
    result.notify = _first(text)[:_LONGEST_DEST]


def _message(result: JobParameters, text: str, _node: str) -> None:
    result.messages.append(text)


def _priority(result: JobParameters, text: str, _node: str) -> None:
    result.priority = _number(_first(text), 15)


def _output(result: JobParameters, text: str, _node: str) -> None:
    code, _, rest = text.partition(" ")
    code = next(reversed(result.outputs), "") if code == "*" else code
    if not 0 < len(code) <= 4:
        raise ValueError(text)
    coded = dict(result.outputs.get(code, {}))
    for keyword, value in _pairs(rest.strip()):
        if keyword not in _OUTPUT_KEYWORDS:
            raise ValueError(keyword)
        coded[_OUTPUT_LETTERS.get(keyword, keyword)] = value
    if "COPIES" in coded:
        _number(coded["COPIES"].strip("()").partition(",")[0] or "1", 255)
    result.outputs.pop(code, None)
    result.outputs[code] = coded


_READERS = {
    "JOBPARM": _jobparm, "ROUTE": _route, "XEQ": _xeq, "XMIT": _xeq, "SETUP": _setup, "NOTIFY": _notify, "MESSAGE": _message,
    "PRIORITY": _priority, "OUTPUT": _output,
}  # fmt: skip


def affinity(names: Iterable[str], own: str) -> str:
    """Return the systems that may run the job between blanks, "" for any; `*` is ours."""
    wanted = dict.fromkeys(own if name == "*" else name for name in names)
    return f" {' '.join(wanted)} " if wanted else ""
