"""Procedures: where their statements come from while a job is walked, and what EXEC and DD overrides do to them.

Source: [JCLREF] "Modifying procedures"; jes-and-jcl reference 4.6.
Rules: an override merges keyword by keyword; a keyword without value takes away, exclusive keywords replace each other.
The first override of a ddname meets the first data set of a concatenation, nameless ones the next. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jes.jcl.keywords import EXCLUSIVE, TABLES
from jes.jcl.operands import Operand
from jes.jcl.reader import Kind, Statement
from jes.jcl.symbols import substitute

#: EXEC keywords that reach the first step only when they have no step name, and are taken from the others.
FIRST_STEP_ONLY = frozenset({"PARM", "PARMDD"})


_MISPLACED = ("IEFC019I", ("DD",))


class Source:
    """Statements of one level; an INCLUDE group is pushed and read before the rest goes on.

    A DD that goes on with a concatenation is at fault when SET stands between it and the first DD of it [JCLREF SET, "Location
    in the JCL"; which message tells so is assumed].
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._stack: list[Iterator[Statement]] = [iter(statements)]
        self._waiting: list[Statement] = []
        self._before = ""  # DD: the first of a ddname; SET: that and a SET behind it

    def __iter__(self) -> Iterator[Statement]:
        while (statement := self.take()) is not None:
            yield statement

    @property
    def depth(self) -> int:
        """How many INCLUDE groups are open."""
        return len(self._stack) - 1

    def take(self) -> Statement | None:
        """Return the next statement, None at the end."""
        if self._waiting:
            return self._waiting.pop()
        while self._stack:
            statement = next(self._stack[-1], None)
            if statement is not None:
                self._look_at(statement)
                return statement
            self._stack.pop()
        return None

    def _look_at(self, statement: Statement) -> None:
        if statement.kind is Kind.COMMENT:
            return
        if statement.operation == "DD" and not statement.name and self._before == "SET" and _MISPLACED not in statement.faults:
            statement.faults.append(_MISPLACED)
        if statement.operation == "DD":
            self._before = "DD" if statement.name else ""
        else:
            self._before = "SET" if statement.operation == "SET" and self._before else ""

    def put_back(self, statement: Statement) -> None:
        """Let `statement` be taken next."""
        self._waiting.append(statement)

    def push(self, statements: Iterable[Statement]) -> None:
        """Read these before what follows."""
        self._stack.append(iter(statements))


#: Statements behind a procedure call that change the procedure, or are added to it.
OVERRIDING = frozenset({"DD", "OUTPUT"})


@dataclass(slots=True)
class DdItem:
    """A DD or OUTPUT statement as it waits to override: operands after substitution, and the comments printed behind it."""

    statement: Statement
    text: str
    operands: tuple[Operand, ...]
    comments: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class DdGroup:
    """Overrides for one ddname of one procedure step, a concatenation in order, or for one of its OUTPUT statements.

    procstep "" is the first step.
    """

    procstep: str
    ddname: str
    operation: str = "DD"
    items: list[DdItem] = field(default_factory=list)
    used: int = 0


def take_overrides(
    source: Source, values: Mapping[str, str], lists: Callable[[Statement], None], between: Callable[[Statement], bool]
) -> list[DdGroup]:
    """Take the DD and OUTPUT statements behind a procedure call: they wait until their step comes.

    `lists` gets comments before them. `between` takes what may stand among them (SET, INCLUDE, JES2 statements), and tells
    so; `values` may change by it.
    """
    groups: list[DdGroup] = []
    procstep = ""
    while (statement := source.take()) is not None:
        if statement.kind is Kind.COMMENT:
            if groups and groups[-1].items:
                groups[-1].items[-1].comments.append(statement)
            else:
                lists(statement)
            continue
        if statement.kind is not Kind.JCL or statement.operation not in OVERRIDING:
            if between(statement):
                continue
            source.put_back(statement)
            break
        if statement.name or not groups or "OUTPUT" in {statement.operation, groups[-1].operation}:
            step, dot, ddname = statement.name.rpartition(".")
            procstep = step if dot else procstep
            groups.append(DdGroup(procstep, ddname, statement.operation))
        groups[-1].items.append(DdItem(statement, substitute(statement.operands, values), ()))
    return groups


class Expansion:
    """One use of a procedure: its overrides and how far its steps have come."""

    def __init__(self, name: str, procname: str, operands: tuple[Operand, ...], groups: list[DdGroup], time_of: int = 0) -> None:
        """Begin a use. `time_of` is the statement whose TIME= its steps share, 0 when each has its own."""
        self.name = name
        self.time_of = time_of
        self.procname = procname
        self.operands = operands
        self.groups = groups
        self.steps: list[str] = []
        self._reached = 0  # how many groups the steps so far have come to
        self._own: list[DdGroup] = []

    def next_step(self, procstep: str) -> None:
        """Go on to a step of the procedure.

        Its overrides are the next ones coded: steps must be named in the order of the procedure [JCLREF "Modifying OUTPUT JCL and
        DD statements"], so one that names an earlier step finds none.
        """
        self.steps.append(procstep)
        first = self._reached
        while self._reached < len(self.groups) and self._is_for(self.groups[self._reached], procstep):
            self._reached += 1
        self._own = self.groups[first : self._reached]

    def _is_for(self, group: DdGroup, procstep: str) -> bool:
        return group.procstep == procstep or (not group.procstep and len(self.steps) == 1)

    def exec_operands(self, procstep: str, own: tuple[Operand, ...]) -> tuple[Operand, ...]:
        """Return the EXEC operands of a procedure step after those of the calling EXEC."""
        result = {operand.keyword: operand for operand in own if operand.keyword}
        # what names a step beats what does not, in whatever order they were coded
        for operand in sorted(self.operands, key=lambda operand: "." in operand.keyword):
            keyword, _, step = operand.keyword.partition(".")
            if keyword not in TABLES["EXEC"] or keyword in {"PGM", "PROC"} or step not in {"", procstep}:
                continue
            if (not step and keyword in FIRST_STEP_ONLY and len(self.steps) > 1) or not operand.raw:
                result.pop(keyword, None)
            else:
                result[keyword] = Operand(keyword, operand.text, operand.raw, operand.quoted, operand.items)
        return (*(operand for operand in own if not operand.keyword), *result.values())

    def unknown_steps(self) -> set[str]:
        """Return the steps that the calling EXEC names behind a keyword (PARM.step=) and the procedure does not have."""
        named = (operand.keyword.partition(".") for operand in self.operands)
        return {step for keyword, _, step in named if step and keyword in TABLES["EXEC"]} - set(self.steps)

    def time_group(self, procstep: str) -> int:
        """Return the statement whose TIME= a step shares with others, 0 when TIME.procstep gives it its own or none does."""
        return 0 if any(operand.keyword == f"TIME.{procstep}" for operand in self.operands) else self.time_of

    def overrides(self, ddname: str, place: int, operation: str = "DD") -> list[DdItem]:
        """Return the overrides for data set `place` of a DD of the present step, in the order they were coded."""
        found = []
        for group in self._here(operation):
            if group.ddname == ddname and place < len(group.items):
                group.used = max(group.used, place + 1)
                found.append(group.items[place])
        return found

    def rest(self, ddname: str | None = None, operation: str = "DD") -> Iterator[tuple[DdGroup, list[DdItem]]]:
        """Yield overrides of the present step that met no statement: additions to the concatenation `ddname`, or to the step."""
        for group in self._here(operation):
            if group.used < len(group.items) and ddname in (None, group.ddname):
                items = group.items[group.used :]
                group.used = len(group.items)
                yield group, items

    def unmatched(self) -> Iterator[DdGroup]:
        """Yield the overrides whose step the procedure does not have."""
        return (group for group in self.groups if group.used < len(group.items))

    def _here(self, operation: str) -> Iterator[DdGroup]:
        return (group for group in self._own if group.operation == operation)


def merge(own: tuple[Operand, ...], override: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """Return DD operands after an override."""
    if any(not operand.keyword and operand.text == "NULLOVRD" for operand in override):
        return own  # it only holds a place among overrides of a concatenation
    result: dict[str, Operand] = {_key(operand): operand for operand in own if operand.raw or operand.keyword}
    coded = {_key(operand) for operand in override if operand.raw or operand.keyword}  # `DD *,DSN=&&IN` overrides with both
    for operand in override:
        key = _key(operand)
        if not key:
            continue
        if operand.keyword and not operand.raw:
            result.pop(key, None)
            continue
        for other in EXCLUSIVE.get(key, frozenset()) - coded:
            result.pop(other, None)
        result[key] = _merge_dcb(result.get(key), operand) if key == "DCB" else operand
    return tuple(result.values())


def marker(statement: Statement, overriding: Sequence[object]) -> str:
    """Return how JESJCL marks a statement of a procedure that others override, "" for one that stands."""
    return statement.origin.value[0] + "/" if overriding else ""


def merge_keywords(own: tuple[Operand, ...], override: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """Return the operands of an OUTPUT statement after an override."""
    result = {operand.keyword: operand for operand in own}
    for operand in override:
        if operand.raw:
            result[operand.keyword] = operand
        else:
            result.pop(operand.keyword, None)
    return tuple(result.values())


def _key(operand: Operand) -> str:
    if not operand.keyword:
        return operand.text
    row = TABLES["DD"].get(operand.keyword)
    return row.same_as or row.name if row else operand.keyword


def _merge_dcb(own: Operand | None, override: Operand) -> Operand:
    """DCB merges subparameter by subparameter; a positional one (a data set or reference to copy) replaces its like."""
    if own is None:
        return override
    result = {item.keyword: item for item in own.values}
    result.update({item.keyword: item for item in override.values})
    return Operand("DCB", "", "merged", items=tuple(result.values()))


def procedure_head(body: list[Statement]) -> tuple[int, Statement | None]:
    """Return the PROC statement and its place; comments may stand before it, and a catalogued procedure may do without."""
    for index, statement in enumerate(body):
        if statement.kind is not Kind.COMMENT:
            return (index, statement) if statement.operation == "PROC" else (0, None)
    return 0, None
