"""SDSF in batch: job lists and system commands from ISFIN to ISFOUT.

      ST [mask]   DA   I   O   H      lists of jobs        PREFIX mask   OWNER mask   what the lists show
      FILTER column EQ|NE mask ...    which rows a list has; FILTER alone or with OFF shows all again
      SORT column [A|D]               the order of the rows; SORT OFF
      FIND 'text'   FIND text         the next row (or line of output on display) with the text
      ++S  ++?  ++D                   act on the row: show output, list its data sets, tell about the job
      ++C  ++CD  ++P  ++PP  ++CP  ++H  ++A  ++O      cancel, purge, cancel and purge, hold, release
      PRINT ..  PT ..                 prints the output on display (sdsfoutput.py)
      WHO                             who runs this
      /command                        a system command: it goes to the console log of the job
      SET, SCROLL, DOWN, UP ..        read; all rows and lines are always shown      END  back to the list before

Source: [SDSF "Using SDSF in batch"]; jes-and-jcl reference 5.8; messages from memory [assumed].
Not here: REXX, overtyping of columns, other action characters.
Rules: return code 0; 8 when a command is not one of these. No other system answers a command here, so none of its replies are
shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jes.errors import JesError, JobNotAuthorized
from jes.hosttext import to_text
from jes.names import mask
from jes.stepcontext import Program, StepContext
from jes.utilities.sdsfoutput import Printer, Shown, output_of
from jes.utilities.sysprint import Sysprint
from jes.utilities.texts import table as texts
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
    printer: Printer
    rows: list[Any] = field(default_factory=list)  # the jobs of the last list
    files: list[Any] = field(default_factory=list)  # the data sets of the job that ++? has listed
    place: int = 0  # the row (or line) that FIND has found
    shown: Shown | None = None
    order: tuple[str, bool] | None = None  # column, descending
    filters: tuple[tuple[str, bool, re.Pattern[str]], ...] = ()  # column, whether it must match, mask

    def jobs(self, wanted: Callable[[Any], bool]) -> list[Any]:
        """Return the jobs under the masks."""
        found = self.step.jes.jobs(self.step.acee, jobname=self.prefix, owner=self.owner)
        rows = [job for job in found if wanted(job) and self._passes(job)]
        if self.order is not None:
            shown = _COLUMNS[self.order[0]]
            rows.sort(key=lambda job: shown(job).rjust(_WIDEST) if shown(job).isdecimal() else shown(job), reverse=self.order[1])
        return rows

    def say(self, key: str, *, done: bool = True, **facts: object) -> int:
        """Show a message; return the return code of the command."""
        self.output.put(texts.line(f"sdsf.{key}", **facts))
        return 0 if done else REFUSED

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
        session = _Session(step, output, f"{step.userid}*", "*", Printer(step))
        output.put(f"1{'SDSF PRIMARY OPTION MENU':<60}", " COMMAND INPUT ===>")
        code = 0
        try:
            for record in source.records() if source is not None else ():
                text = to_text(record[:72]).strip()
                if text:
                    output.put(f" COMMAND INPUT ===> {text}")
                    code = max(code, _command(text, session))
        finally:
            session.printer.close()
        return code


def _command(text: str, session: _Session) -> int:
    if text.startswith("/"):
        session.step.write_joblog(text[1:].strip())
        return session.say("issued")
    if text.startswith("++"):
        return _act(text[2:].strip().upper(), session)
    verb, _, rest = text.upper().partition(" ")
    rest = rest.strip()
    if verb in _LISTS:
        _list(verb, rest, session)
    elif verb == "PREFIX":
        session.prefix = rest or "*"
    elif verb == "OWNER":
        session.owner = rest or "*"
    elif verb in _VERBS:
        return _VERBS[verb](rest, session)
    elif verb in _PANELS:
        return session.say("notcommand", done=False)
    elif verb not in _PASSED_OVER:
        return session.say("invalid", done=False)
    return 0


def _sort(rest: str, session: _Session) -> int:
    """SORT column [A|D]: the order of the rows of later lists."""
    words = rest.split()
    if words in ([], ["OFF"]):
        session.order = None
        return 0
    if words[0] not in _COLUMNS or words[1:] not in ([], ["A"], ["D"]):
        return session.say("sort", done=False)
    session.order = words[0], words[1:] == ["D"]
    return 0


def _find(rest: str, session: _Session) -> int:
    """FIND: go to the next row, or line of the output on display, that has a text."""
    text = rest[1:-1] if len(rest) > 1 and rest[0] == rest[-1] and rest[0] in "'\"" else rest.partition(" ")[0]
    lines = session.shown.lines() if session.shown is not None else [_words(row) for row in session.files or session.rows]
    start = session.place + 1 if session.place else 0
    for place in [*range(start, len(lines)), *range(start)]:
        if text and text in lines[place].upper():
            session.place = place
            return session.say("found", text=text)
    return session.say("notfound", done=False, text=text)


def _words(row: Any) -> str:
    """Return what FIND looks at in a row."""
    return " ".join(file.ddname for file in row[1]) if isinstance(row, tuple) else _row(row, 0)


def _print(rest: str, session: _Session) -> int:
    key, done, facts = session.printer.command(rest.split(), session.shown)
    return session.say(key, done=done, **facts)


def _who(_rest: str, session: _Session) -> int:
    """WHO: user, group of SDSF users and system."""
    step = session.step
    return session.say("who", userid=step.userid, jobname=step.jobname, system=step.mvs.sysname)


def _tell(session: _Session, job: Any) -> None:
    """++D: what $DJ tells of a job."""
    held = "JOB" if job.held else "NONE"
    session.say("displayed", jobid=job.jobid, jobname=job.jobname, status=job.status, job_class=job.job_class,
                priority=job.priority, held=held)  # fmt: skip


def _end(_rest: str, session: _Session) -> int:
    """END: from output back to the data sets or jobs."""
    if session.shown is not None:
        session.shown = None
    else:
        session.files = []
    session.place = 0
    return 0


def _act(action: str, session: _Session) -> int:
    """++x: do something with the row."""
    rows = session.files or session.rows
    if session.shown is not None or not rows or action not in _ACTIONS:
        return session.say("invalid", done=False)
    try:
        _ACTIONS[action](session, rows[min(session.place, len(rows) - 1)])
    except JobNotAuthorized:
        return session.say("notauthorized", done=False)
    except JesError:
        return session.say("notvalid", done=False)
    return 0


def _show(session: _Session, row: Any) -> None:
    job, files = row if isinstance(row, tuple) else (row, session.step.jes.spool_files(row))
    session.shown = output_of(session.step, job, files)
    session.place = 0
    session.output.put(f"1{session.shown.heading}", *(f" {line}" for line in session.shown.lines()))


def _datasets(session: _Session, row: Any) -> None:
    """++?: the data sets of a job; ++S then shows the first of them, or the one that FIND has found."""
    job = row[0] if isinstance(row, tuple) else row
    session.files = [(job, [file]) for file in session.step.jes.spool_files(job)]
    session.place = 0
    session.output.put(f"1SDSF JOB DATA SET DISPLAY - JOB {job.jobname:<8} ({job.jobid})", f" {_FILES}")
    for _, (file,) in session.files:
        facts = f"{file.ddname:<8} {file.stepname:<8} {file.procstep:<8} {file.key:>5} {job.owner:<8} {file.sysout_class}"
        session.output.put(f"      {facts} {file.records:>10}")


def _job_of(row: Any) -> Any:
    return row[0] if isinstance(row, tuple) else row


_FILES = f"NP   {'DDNAME':<8} {'STEPNAME':<8} {'PROCSTEP':<8} {'DSID':>5} {'OWNER':<8} C {'REC-CNT':>10}"
_ACTIONS: dict[str, Callable[[_Session, Any], Any]] = {
    "S": _show,
    "?": _datasets,
    "C": lambda session, row: session.step.jes.cancel(session.step.acee, _job_of(row).jobid, purge=False),
    "P": lambda session, row: session.step.jes.cancel(session.step.acee, _job_of(row).jobid, purge=True),
    "H": lambda session, row: session.step.jes.hold(session.step.acee, _job_of(row).jobid),
    "A": lambda session, row: session.step.jes.release(session.step.acee, _job_of(row).jobid),
    "D": lambda session, row: _tell(session, _job_of(row)),
}
#: Action characters that do the same here as others.
_ACTIONS |= {"O": _ACTIONS["A"], "CD": _ACTIONS["C"], "PP": _ACTIONS["P"], "CP": _ACTIONS["P"]}
#: Panels of SDSF that show what there is none of here; nobody is authorized for them.
_PANELS = frozenset({
    "LOG", "ULOG", "SYSLOG", "SR", "MAS", "INIT", "PR", "PUN", "RDR", "LINE", "NODE", "SO", "SP", "JC", "SE", "RES", "ENC",
    "CK", "PS", "RM", "NS", "NC", "LNK", "LPA", "APF", "PAG", "PARM", "SYS", "JP", "ENQ", "DEV", "SMSG", "SMSV", "VMAP",
    "CSR", "DYNX", "EMCS", "FS", "PROC", "SSI", "SYM", "XCFM", "QUERY", "ABEND",
})  # fmt: skip


def _filter(rest: str, session: _Session) -> int:
    """Take the criteria of a FILTER command; a wrong one leaves the old ones."""
    words = rest.split()
    if words in ([], ["OFF"]):
        session.filters = ()
        return 0
    criteria = []
    for column, operator, pattern in zip(words[::3], words[1::3], words[2::3], strict=False):
        if column not in _COLUMNS or operator not in _OPERATORS:
            break
        criteria.append((column, _OPERATORS[operator], mask(pattern)))
    if len(words) % 3 or len(criteria) * 3 != len(words):
        return session.say("filter", done=False)
    session.filters = tuple(criteria)
    return 0


def _list(verb: str, prefix: str, session: _Session) -> None:
    if prefix:
        session.prefix = prefix
    jobs = session.rows = session.jobs(_LISTS[verb])
    session.shown, session.files, session.place = None, [], 0
    session.output.put(f"1SDSF {verb:<3} DISPLAY  LINE 1-{len(jobs)} ({len(jobs)})", f" {HEADING}")
    for position, job in enumerate(jobs, 1):
        session.output.put(f"      {_row(job, position)}")


def _row(job: Any, position: int) -> str:
    facts = f"{job.jobname:<8} {job.jobid:<8} {job.owner:<8} {job.priority:>4} {_QUEUES.get(job.status, 'PRINT'):<10}"
    return f"{facts} {job.job_class[:1]}  {position:>5}"


#: Numbers sort by what they are worth.
_WIDEST = 8
_COLUMNS: dict[str, Callable[[Any], str]] = {
    "JOBNAME": lambda job: job.jobname, "JNAME": lambda job: job.jobname, "JOBID": lambda job: job.jobid,
    "OWNER": lambda job: job.owner, "PRTY": lambda job: str(job.priority), "C": lambda job: job.job_class,
    "QUEUE": lambda job: _QUEUES.get(job.status, "PRINT"),
}  # fmt: skip
_VERBS: dict[str, Callable[[str, _Session], int]] = {
    "FILTER": _filter, "SORT": _sort, "FIND": _find, "F": _find, "PRINT": _print, "PT": _print, "WHO": _who,
    "END": _end,
}  # fmt: skip
_PASSED_OVER = frozenset("SET SCROLL DOWN UP LEFT RIGHT TOP BOTTOM RESET INPUT ARRANGE".split())  # noqa: SIM905
_OPERATORS = {"EQ": True, "=": True, "NE": False, "^=": False}
_LISTS: dict[str, Callable[[Any], bool]] = {
    "ST": lambda _job: True,
    "DA": lambda job: job.status == "ACTIVE",
    "I": lambda job: job.status == "INPUT",
    "O": lambda job: job.status == "OUTPUT" and not job.held,
    "H": lambda job: job.status == "OUTPUT" and bool(job.held),
}

PROGRAM = Program("SDSF", run)
