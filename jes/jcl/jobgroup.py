"""JES2 execution control statements: a job group, its jobs and what depends on what.

    //name JOBGROUP [accounting][,programmer][,OWNER= PASSWORD= GROUP= HOLD= TYPE=SCAN ERROR=(..) ONERROR=STOP|SUSPEND|FLUSH ...]
    //job  GJOB [FLUSHTYP=ALLFLUSH|ANYFLUSH]            a job of the group
    //set  JOBSET [FLUSHTYP=]  //job SJOB ..  // ENDSET  jobs that depend on others, and others on them, as one
    //     AFTER | BEFORE NAME=(..)[,WHEN=(..)][,ACTION=SATISFY|FLUSH|FAIL][,OTHERWISE=..]   of the GJOB or JOBSET before
    //     CONCURRENT NAME=(..)                          runs at the same time
    //name ENDGROUP

Source: [JCLREF] "JES2 Execution Control Statements". Assumed: OTHERWISE=FLUSH and ONERROR=STOP are the defaults.
Not here: what follows when jobs end (jes/groups.py). Rules: pure; faults are collected as (statement, words).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jes.jcl import cards
from jes.jcl.conditions import parse_if
from jes.jcl.operands import Operand, OperandFault, one_of, parse
from jes.jcl.texts import words
from jes.names import is_jobname

STATEMENTS = one_of("JOBGROUP GJOB JOBSET SJOB ENDSET AFTER BEFORE CONCURRENT ENDGROUP")
_DEFAULT_WHEN = "RUN & ¬ABEND"
_ACTIONS = ("SATISFY", "FLUSH", "FAIL")
#: Keywords of each statement with the words that they may have; None: anything.
_KEYWORDS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "JOBGROUP": {
        **dict.fromkeys(("EMAIL", "OWNER", "GROUP", "PASSWORD", "SECLABEL", "ERROR", "SYSAFF", "SYSTEM", "SCHENV")),
        "TYPE": ("SCAN",), "HOLD": ("YES", "NO"), "ONERROR": ("STOP", "SUSPEND", "FLUSH"),
    },
    "GJOB": {"FLUSHTYP": ("ALLFLUSH", "ANYFLUSH")},
    "JOBSET": {"FLUSHTYP": ("ALLFLUSH", "ANYFLUSH")},
    "AFTER": {"NAME": None, "WHEN": None, "ACTION": _ACTIONS, "OTHERWISE": _ACTIONS},
    "BEFORE": {"NAME": None, "WHEN": None, "ACTION": _ACTIONS, "OTHERWISE": _ACTIONS},
    "CONCURRENT": {"NAME": None},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """One dependency: `child` waits for `parent`. `when` is an expression of conditions.py about the parent."""

    parent: str
    child: str
    when: object
    action: str = "SATISFY"
    otherwise: str = "FLUSH"


@dataclass(slots=True)
class JobGroup:
    """A job group as its statements say. `jobs` maps a job to whether ANY flushed parent flushes it, in the order of coding."""

    name: str
    owner: str = ""
    password: str = ""
    racf_group: str = ""
    programmer: str = ""
    hold: bool = False
    scan: bool = False
    error: object = None
    onerror: str = "STOP"
    jobs: dict[str, bool] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    together: list[frozenset[str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def read_group(images: Sequence[str]) -> JobGroup:
    """Return the group of these cards; its `faults` say what is wrong with which statement."""
    return _Reading().read(images)


class _Wrong(Exception):
    """A statement that cannot be; the text says why."""


class _Reading:
    """Reads one group: names are resolved at its end, since they may be coded later."""

    def __init__(self) -> None:
        self._group = JobGroup("")
        self._sets: dict[str, list[str]] = {}
        self._in_set = ""
        self._last = ""  # the GJOB or JOBSET that AFTER and its like speak of
        self._ended = False
        self._links: list[tuple[str, str, dict[str, Operand]]] = []

    def read(self, images: Sequence[str]) -> JobGroup:
        """Read all statements."""
        for name, operation, text in _statements(images):
            try:
                self._take(name, operation, text)
            except OperandFault as problem:
                self._fault(operation, words(problem.id, problem.facts))
            except _Wrong as wrong:
                self._fault(operation, str(wrong))
        if not self._ended:
            self._fault("ENDGROUP", "STATEMENT IS MISSING")
        for link in self._links:
            try:
                self._link(*link)
            except OperandFault as problem:
                self._fault(link[0], words(problem.id, problem.facts))
            except _Wrong as wrong:
                self._fault(link[0], str(wrong))
        if not self._group.faults and _has_circle(self._group):
            self._fault("JOBGROUP", "DEPENDENCIES ARE CIRCULAR")
        return self._group

    def _fault(self, operation: str, why: str) -> None:
        self._group.faults.append((operation, why))

    def _take(self, name: str, operation: str, text: str) -> None:
        if operation not in STATEMENTS:
            raise _Wrong("STATEMENT IS NOT VALID IN A JOB GROUP")
        if operation == "JOBGROUP":
            if self._group.name or not is_jobname(name):
                raise _Wrong("NAME IS NOT VALID")
            self._group.name = name  # wrong operands leave the job its name
        coded = _coded(text, operation)
        if operation == "JOBGROUP":
            self._head(coded, text)
        elif operation in {"GJOB", "SJOB", "JOBSET"}:
            self._member(name, operation, coded)
        elif operation == "ENDSET":
            if not self._in_set:
                raise _Wrong("STATEMENT IS MISPLACED")
            self._in_set = ""
        elif operation == "ENDGROUP":
            self._ended = True
        elif not self._last:
            raise _Wrong("STATEMENT IS MISPLACED")
        elif "NAME" not in coded:
            raise _Wrong("NAME KEYWORD IS MISSING")
        else:
            self._links.append((operation, self._last, coded))

    def _head(self, coded: dict[str, Operand], text: str) -> None:
        group = self._group
        places = [operand for operand in parse(text, "JOBGROUP") if not operand.keyword]
        group.programmer = places[1].text[:20] if len(places) > 1 else ""
        group.owner, group.password, group.racf_group = (
            coded[key].text if key in coded else "" for key in ("OWNER", "PASSWORD", "GROUP")
        )
        group.hold, group.scan = "HOLD" in coded and coded["HOLD"].text == "YES", "TYPE" in coded
        group.onerror = coded["ONERROR"].text if "ONERROR" in coded else group.onerror
        group.error = parse_if(coded["ERROR"].raw) if "ERROR" in coded else None

    def _member(self, name: str, operation: str, coded: dict[str, Operand]) -> None:
        if not is_jobname(name):
            raise _Wrong("NAME IS NOT VALID")
        if name in self._group.jobs or name in self._sets or name == self._group.name:
            raise _Wrong(f"NAME {name} IS NOT UNIQUE")
        if (operation == "SJOB") is not bool(self._in_set):
            raise _Wrong("STATEMENT IS MISPLACED")
        any_flush = "FLUSHTYP" in coded and coded["FLUSHTYP"].text == "ANYFLUSH"
        if operation == "JOBSET":
            self._in_set = self._last = name
            self._sets[name] = []
            self._any_flush = any_flush
        elif operation == "SJOB":
            self._sets[self._in_set].append(name)
            self._group.jobs[name] = self._any_flush
        else:
            self._last = name
            self._group.jobs[name] = any_flush

    def _link(self, operation: str, own: str, coded: dict[str, Operand]) -> None:
        mine = self._meant(own)
        others = [job for item in coded["NAME"].values for job in self._meant(item.text)]
        if operation == "CONCURRENT":
            self._group.together.append(frozenset((*mine, *others)))
            return
        when = parse_if(coded["WHEN"].raw if "WHEN" in coded else _DEFAULT_WHEN)
        rest = (
            coded["ACTION"].text if "ACTION" in coded else "SATISFY",
            coded["OTHERWISE"].text if "OTHERWISE" in coded else "FLUSH",
        )
        parents, children = (others, mine) if operation == "AFTER" else (mine, others)
        self._group.edges += [Edge(parent, child, when, *rest) for parent in parents for child in children]

    def _meant(self, name: str) -> list[str]:
        """Return the jobs that a name of a job or of a set means."""
        if name in self._sets:
            return self._sets[name]
        if name not in self._group.jobs:
            raise _Wrong(f"NAME {name} IS NOT DEFINED")
        return [name]


def _coded(text: str, operation: str) -> dict[str, Operand]:
    allowed = _KEYWORDS.get(operation, {})
    coded = {operand.keyword: operand for operand in parse(text, operation) if operand.keyword}
    for keyword, operand in coded.items():
        choices = allowed.get(keyword, ())
        if choices is not None and operand.text not in choices:
            raise _Wrong(f"KEYWORD {keyword} IS NOT VALID" if keyword not in allowed else f"VALUE OF {keyword} IS NOT VALID")
    return coded


def _statements(images: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield name, operation and operands; a comma or an open parenthesis at the end of a card goes on with the next."""
    waiting: tuple[str, str, str] | None = None
    for image in images:
        if cards.is_comment(image) or cards.is_null(image):
            continue
        if waiting is not None and cards.is_continuation(image):
            name, operation, text = waiting
            more, going = _operands(text + image[2 : cards.LAST_COLUMN].strip())
        else:
            if waiting is not None:
                yield waiting
            card = cards.split(image)
            name, operation = card.name, card.operation
            more, going = _operands(card.field)
        waiting = (name, operation, more)
        if not going:
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def _operands(field_: str) -> tuple[str, bool]:
    """Return the operands, which a blank outside parentheses and apostrophes ends, and whether they go on."""
    depth, in_quotes = 0, False
    for at, character in enumerate(field_):
        if character == "'":
            in_quotes = not in_quotes
        elif not in_quotes and character in "()":
            depth += 1 if character == "(" else -1
        elif character == " " and not in_quotes and depth <= 0:
            return field_[:at], field_[:at].endswith(",")
    return field_, depth > 0 or field_.endswith(",")


def _has_circle(group: JobGroup) -> bool:
    """Tell whether jobs wait for each other: some are left when those without open parents are taken away again and again."""
    open_edges = {(edge.parent, edge.child) for edge in group.edges}
    while open_edges:
        children = {child for _, child in open_edges}
        rest = {(parent, child) for parent, child in open_edges if parent in children}
        if rest == open_edges:
            return True
        open_edges = rest
    return False
