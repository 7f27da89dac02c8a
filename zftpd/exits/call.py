"""Calls the exits: the only place where an installation's code runs, and where whatever it does is contained.

Source: jes-and-jcl.md 2.1 to 2.7 for moments and outcomes; 2.4 for one call per record.
Rules: absence of an exit accepts. An exit that raises, answers nonsense or takes too long has the safe outcome of its
point (SAFE): the four that guard something refuse, the two that only hear of something are ignored. The operator is told
each time. Records of a job are handed over in batches of calls, so that the exit costs little more than itself.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from zftpd.exits.contain import Container, LimitPassed
from zftpd.exits.loader import Exit, load
from zftpd.exits.points import ACCEPT, FTCHKCMD, FTCHKJES, FTPOSTPR, Point, SessionArea, Verdict
from zftpd.messages import message

#: Seconds that one call may take; a batch of records counts as one call.
TIME_LIMIT = 10.0
#: Records that are handed to FTCHKJES at a time.
BATCH = 64
#: So many at once when the exit needs less than this share of its time for them: handing them over takes as long as a hundred.
MOST, QUICK = 4096, 0.01
#: References to the facts of a record that only the loop over the records holds; an interpreter that counts none always has more.
_OURS = 2
_references: Callable[[object], int] = getattr(sys, "getrefcount", lambda _point: _OURS + 1)
_set_record, _set_number, _set_total = (vars(FTCHKJES)[name].__set__ for name in ("record", "number", "total"))
REFUSE = Verdict(rc=8)
#: What happens at a point whose exit fails.
SAFE = {"FTCHKIP": REFUSE, "FTCHKPWD": REFUSE, "FTCHKCMD": REFUSE, "FTCHKJES": REFUSE, "FTPOSTPR": ACCEPT, "FTPSMFEX": ACCEPT}
OUTCOME = {REFUSE: "refused", ACCEPT: "ignored"}
MAX_TEXT = 1024


class Nonsense(Exception):
    """What an exit returned is no verdict."""


class Exits:
    """The exits of one server. Safe to use from many sessions at once."""

    def __init__(
        self,
        exits: Mapping[str, Exit] | None = None,
        *,
        console: Callable[[str], None] = lambda _text: None,
        limit: float = TIME_LIMIT,
    ) -> None:
        """Take the loaded exits by point name."""
        self._exits = dict(exits or {})
        self._console, self._limit = console, limit
        self._container = Container()

    @classmethod
    def load(
        cls,
        specs: Iterable[str] = (),
        *,
        console: Callable[[str], None] = lambda _text: None,
        entry_points: bool = True,
        limit: float = TIME_LIMIT,
    ) -> Exits:
        """Return the exits that the specifications and installed entry points name. Raises BadExit."""
        return cls(load(specs, entry_points=entry_points), console=console, limit=limit)

    def replace(self, exits: Mapping[str, Exit]) -> None:
        """Use other exits from the next call on."""
        old, self._exits = self._exits, dict(exits)
        for each in old.values():
            if each not in self._exits.values():
                each.close()

    def has(self, point: str) -> bool:
        """Tell whether an exit is loaded for a point."""
        return point in self._exits

    @property
    def files(self) -> list[Path]:
        """The files that exits were read from, which may be followed."""
        return [each.file for each in self._exits.values() if each.file is not None]

    @property
    def sources(self) -> dict[str, str]:
        """Where each loaded exit came from, for displays."""
        return {name: each.source for name, each in self._exits.items()}

    def call(self, point: Point) -> Verdict:
        """Return the exit's verdict, or acceptance without one. Never raises."""
        name = type(point).__name__
        found = self._exits.get(name)
        if found is None:
            return ACCEPT
        return self._contained(name, found, lambda each: verdict_of(found.function(each), name), point)

    def screen(self, userid: str, lrecl: int, recfm: str, client_id: int, session: SessionArea) -> Screen | None:
        """Return the screening of one job's records by FTCHKJES, or None when there is no such exit."""
        found = self._exits.get("FTCHKJES")
        if found is None:
            return None
        return Screen(self, found, FTCHKJES(userid, b"", lrecl, 0, 0, client_id, recfm, session))

    def close(self) -> None:
        """End the helper threads and external programs."""
        self.replace({})
        self._container.close()

    def _contained(self, name: str, found: Exit, function: Callable[[Any], Verdict], argument: Any) -> Verdict:
        """Run the function under the limit; any failure becomes the point's safe outcome and a console message."""
        try:
            verdict: Verdict = self._container.call(function, argument, self._limit)
            return verdict
        except Nonsense as error:
            reason = f"answered {error}"
        except LimitPassed as error:
            reason = str(error)
            found.reset()
        except BaseException as error:
            reason = f"{type(error).__name__}: {error}"
        safe = SAFE[name]
        self._console(message("exit.failed", point=name, source=found.source, reason=reason, outcome=OUTCOME[safe]))
        return safe


class Screen:
    """FTCHKJES for the records of one job, in order. `number` is the record that was refused."""

    def __init__(self, exits: Exits, found: Exit, facts: FTCHKJES) -> None:
        """Start before the first record."""
        self._exits, self._exit, self._facts = exits, found, facts
        self._waiting: list[bytes] = []
        self._batch_size = BATCH
        self._total = 0
        self.number = 0
        self.verdict = ACCEPT

    def put(self, record: bytes) -> Verdict:
        """Take the next record; return a refusal as soon as one is known."""
        self._waiting.append(record)
        return self._ask() if len(self._waiting) >= self._batch_size else self.verdict

    def end(self) -> Verdict:
        """Show the exit what it has not yet seen and return its final verdict."""
        return self._ask()

    def _ask(self) -> Verdict:
        waiting, self._waiting = self._waiting, []
        if waiting and self.verdict.accepted:
            begin = time.monotonic()
            self.verdict = self._exits._contained("FTCHKJES", self._exit, self._batch, waiting)
            is_quick = time.monotonic() - begin < self._exits._limit * QUICK
            self._batch_size = min(self._batch_size * 2, MOST) if is_quick else BATCH
        return self.verdict

    def _batch(self, records: list[bytes]) -> Verdict:
        """Call the exit for each record until it refuses one. Runs in the helper thread.

        An exit that has kept the facts of a record has them for itself; else the same object serves for the next record, since
        making one takes longer than all else here.
        """
        facts, function = self._facts, self._exit.function
        point = replace_record(facts, b"", 0, 0)
        for record in records:
            self.number += 1
            self._total += len(record)
            if _references(point) > _OURS:
                point = replace_record(facts, record, self.number, self._total)
            else:
                _set_record(point, record)
                _set_number(point, self.number)
                _set_total(point, self._total)
            answer = function(point)
            if answer is None or answer is ACCEPT or answer == 0:
                if isinstance(answer, bool):
                    raise Nonsense(repr(answer))
                continue
            verdict = verdict_of(answer, "FTCHKJES")
            if not verdict.accepted:
                return verdict
        return ACCEPT


def replace_record(facts: FTCHKJES, record: bytes, number: int, total: int) -> FTCHKJES:
    """Return the facts of the next record; spelled out, since dataclasses.replace takes five times as long."""
    return FTCHKJES(facts.userid, record, facts.lrecl, number, total, facts.client_id, facts.recfm, facts.session)


def verdict_of(answer: object, point: str) -> Verdict:
    """Return the verdict that an exit's answer means: a Verdict, a return code, or None for acceptance.

    Raises Nonsense for anything else. What the point cannot change is dropped from the verdict.
    """
    if answer is None:
        return ACCEPT
    if isinstance(answer, int) and not isinstance(answer, bool):
        return Verdict(rc=answer)
    if not isinstance(answer, Verdict) or not isinstance(answer.rc, int) or isinstance(answer.rc, bool):
        raise Nonsense(repr(answer)[:80])
    argument = answer.argument if point == FTCHKCMD.__name__ else None
    jobs = answer.jobs if point == FTPOSTPR.__name__ else ()
    if (
        not isinstance(answer.text, str)
        or not (argument is None or is_line(argument))
        or not all(isinstance(job, str) for job in jobs)
    ):
        raise Nonsense(repr(answer)[:80])
    rc = 0 if point == FTPOSTPR.__name__ else answer.rc
    return replace(answer, rc=rc, text=printable(answer.text), argument=argument, jobs=tuple(jobs))


def is_line(text: object) -> bool:
    """Tell whether a text may become a command's argument: one line."""
    return isinstance(text, str) and not {"\r", "\n", "\0"} & set(text)


def printable(text: str) -> str:
    """Return an explanation with its lines but without other control characters, at most 1024 characters."""
    lines = ("".join(letter for letter in line if letter.isprintable()) for line in text[:MAX_TEXT].splitlines())
    return "\n".join(lines)
