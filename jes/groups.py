"""What becomes of the jobs of a job group when others of them have ended.

    waits    its dependencies are open, or it has not been submitted    ->  runs | flushed
    flushed  it will not run: the dependencies of its children count as flushed
    done     it has ended, however; the outcome decides about its children

Source: [JCLREF] AFTER, BEFORE, CONCURRENT, GJOB FLUSHTYP, JOBGROUP ERROR and ONERROR. Rules: pure; nothing is remembered but the
outcomes of jobs, so that the same outcomes always lead to the same moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jes.jcl.conditions import Logic, Outcome, Test
from jes.jcl.jobgroup import Edge, JobGroup

_NOT_RUN = Outcome("", is_run=False)
WAITS, RUNS, DONE, FLUSHED = "WAITS", "RUNS", "DONE", "FLUSHED"


@dataclass(frozen=True, slots=True)
class Member:
    """A job of a group now. `is_here`: it has been submitted; `outcome`: how it ended."""

    state: str = WAITS
    is_here: bool = False
    outcome: Outcome = _NOT_RUN


@dataclass(slots=True)
class Moves:
    """What is to be done: jobs that may run, jobs that will not, and whether the group is in error or has ended."""

    run: list[str] = field(default_factory=list)
    flush: list[str] = field(default_factory=list)
    in_error: bool = False
    complete: bool = False


def moves(group: JobGroup, members: Mapping[str, Member], *, stopped: bool = False) -> Moves:
    """Return the moves of a group. stopped: it is held, or was stopped by an error, so that no job may begin."""
    states = {name: members[name].state for name in group.jobs}
    result = Moves()
    result.in_error = any(_is_error(group, members[name]) for name in group.jobs if states[name] == DONE)
    flush_all = result.in_error and group.onerror == "FLUSH"
    ready: set[str] = set()
    for _ in group.jobs:  # flushing goes on to children, at most through all of them
        ready, flushed = set(), []
        for name, any_flush in group.jobs.items():
            if states[name] != WAITS:
                continue
            effects = [_effect(edge, states, members) for edge in group.edges if edge.child == name]
            result.in_error |= "FAIL" in effects
            if flush_all or (effects and ((any_flush and "FLUSH" in effects) or set(effects) == {"FLUSH"})):
                flushed.append(name)
            elif set(effects) <= {"SATISFY", "FLUSH"}:
                ready.add(name)
        flush_all = flush_all or (result.in_error and group.onerror == "FLUSH")
        if not flushed:
            break
        states |= dict.fromkeys(flushed, FLUSHED)
        result.flush += flushed
    if not stopped:
        result.run = [name for name in group.jobs if name in ready and _may_begin(group, name, ready, states, members)]
    result.complete = all(state in {DONE, FLUSHED} for state in states.values())
    return result


def _is_error(group: JobGroup, member: Member) -> bool:
    return isinstance(group.error, Test | Logic) and group.error.holds([member.outcome])


def _effect(edge: Edge, states: Mapping[str, str], members: Mapping[str, Member]) -> str:
    """Return what a dependency does now: SATISFY, FLUSH, FAIL, or "" while its parent has not ended."""
    if states[edge.parent] == FLUSHED:
        return "FLUSH"
    if states[edge.parent] != DONE:
        return ""
    holds = isinstance(edge.when, Test | Logic) and edge.when.holds([members[edge.parent].outcome])
    return edge.action if holds else edge.otherwise


def _may_begin(group: JobGroup, name: str, ready: set[str], states: Mapping[str, str], members: Mapping[str, Member]) -> bool:
    """Tell whether the job is here, and all that must run at the same time may begin too, or will not run at all."""
    partners = {name}.union(*(names for names in group.together if name in names))
    return all(states[partner] != WAITS or (partner in ready and members[partner].is_here) for partner in partners)
