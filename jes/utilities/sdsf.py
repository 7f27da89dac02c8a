"""SDSF in batch: job lists and system commands from ISFIN to ISFOUT.

      ST [mask]   DA   I   O   H      lists of jobs        PREFIX mask   OWNER mask   what the lists show
      FILTER column EQ|NE mask ...    which rows a list has; FILTER alone or with OFF shows all again
      /command                        a system command: it goes to the console log of the job
      PRINT, SET, SCROLL, END         read; nothing is printed beyond ISFOUT

Source: [SDSF "Using SDSF in batch"]; jes-and-jcl reference 5.8.
Not here: REXX, action characters in the NP column (++x is refused).
Rules: return code 0; 8 when a command is not one of these. No other system answers a command here, so none of its replies are
shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jes.hosttext import to_text
from jes.names import mask
from jes.stepcontext import Program, StepContext
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

REFUSED = 8
HEADING = f"NP   {'JOBNAME':<8} {'JOBID':<8} {'OWNER':<8} {'PRTY':>4} {'QUEUE':<10} C  {'POS':>5}"
_QUEUES = {"INPUT": "EXECUTION", "ACTIVE": "EXECUTION", "OUTPUT": "PRINT"}


@dataclass
class _Session:
    """What the commands have set."""

    step: StepContext
    output: Sysprint
    prefix: str
    owner: str
    filters: tuple[tuple[str, bool, re.Pattern[str]], ...] = ()  # column, whether it must match, mask

    def jobs(self, wanted: Callable[[Any], bool]) -> list[Any]:
        """Return the jobs under the masks."""
        found = self.step.jes.jobs(self.step.acee, jobname=self.prefix, owner=self.owner)
        return [job for job in found if wanted(job) and self._passes(job)]

    def _passes(self, job: Any) -> bool:
        """Tell whether a row fits: criteria of one column are alternatives, those of several columns all count."""
        columns: dict[str, list[bool]] = {}
        for column, must, pattern in self.filters:
            columns.setdefault(column, []).append((pattern.match(_COLUMNS[column](job)) is not None) is must)
        return all(any(results) for results in columns.values())


def run(step: StepContext) -> int:
    """Run the commands of ISFIN."""
    source = step.dd("ISFIN")
    with Sysprint(step, "ISFOUT", Dcb.of("FBA", 133)) as output:
        session = _Session(step, output, f"{step.userid}*", "*")
        output.put(f"1{'SDSF PRIMARY OPTION MENU':<60}", " COMMAND INPUT ===>")
        code = 0
        for record in source.records() if source is not None else ():
            text = to_text(record[:72]).strip()
            if text:
                output.put(f" COMMAND INPUT ===> {text}")
                code = max(code, _command(text, session))
        return code


def _command(text: str, session: _Session) -> int:
    if text.startswith("/"):
        session.step.write_joblog(text[1:].strip())
        session.output.put(" COMMAND ISSUED")
        return 0
    verb, _, rest = text.upper().partition(" ")
    rest = rest.strip()
    if verb in _LISTS:
        _list(verb, rest, session)
    elif verb == "PREFIX":
        session.prefix = rest or "*"
    elif verb == "OWNER":
        session.owner = rest or "*"
    elif verb == "FILTER":
        return _filter(rest.split(), session)
    elif verb not in {"PRINT", "SET", "SCROLL", "END", "DOWN", "UP", "SORT"}:
        session.output.put(" INVALID COMMAND")
        return REFUSED
    return 0


def _filter(words: list[str], session: _Session) -> int:
    """Take the criteria of a FILTER command; a wrong one leaves the old ones."""
    if words in ([], ["OFF"]):
        session.filters = ()
        return 0
    criteria = []
    for column, operator, pattern in zip(words[::3], words[1::3], words[2::3], strict=False):
        if column not in _COLUMNS or operator not in _OPERATORS:
            break
        criteria.append((column, _OPERATORS[operator], mask(pattern)))
    if len(words) % 3 or len(criteria) * 3 != len(words):
        session.output.put(" INVALID FILTER CRITERIA")
        return REFUSED
    session.filters = tuple(criteria)
    return 0


def _list(verb: str, prefix: str, session: _Session) -> None:
    if prefix:
        session.prefix = prefix
    jobs = session.jobs(_LISTS[verb])
    session.output.put(f"1SDSF {verb:<3} DISPLAY  LINE 1-{len(jobs)} ({len(jobs)})", f" {HEADING}")
    for position, job in enumerate(jobs, 1):
        facts = f"{job.jobname:<8} {job.jobid:<8} {job.owner:<8} {job.priority:>4} {_QUEUES.get(job.status, 'PRINT'):<10}"
        session.output.put(f"      {facts} {job.job_class[:1]}  {position:>5}")


_COLUMNS: dict[str, Callable[[Any], str]] = {
    "JOBNAME": lambda job: job.jobname, "JNAME": lambda job: job.jobname, "JOBID": lambda job: job.jobid,
    "OWNER": lambda job: job.owner, "PRTY": lambda job: str(job.priority), "C": lambda job: job.job_class,
    "QUEUE": lambda job: _QUEUES.get(job.status, "PRINT"),
}  # fmt: skip
_OPERATORS = {"EQ": True, "=": True, "NE": False, "^=": False}
_LISTS: dict[str, Callable[[Any], bool]] = {
    "ST": lambda _job: True,
    "DA": lambda job: job.status == "ACTIVE",
    "I": lambda job: job.status == "INPUT",
    "O": lambda job: job.status == "OUTPUT" and not job.held,
    "H": lambda job: job.status == "OUTPUT" and bool(job.held),
}

PROGRAM = Program("SDSF", run, aliases=("ISFAFD",))
