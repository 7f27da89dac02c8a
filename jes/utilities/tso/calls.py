"""CALL, WHEN, and commands that are programs.

    CALL library(program) ['parm'] [CAPS|ASIS|NOENVB]      CALL *(program) 'parm'
    WHEN SYSRC(operator number) [END|command]              about the last program that CALL ran

Source: [TSO CALL], [TSO WHEN]. Rules: a program gets the DDs of the step; PARM goes to upper case unless ASIS is said. A name
without apostrophes is that of a library that ends in LOAD. WHEN without a command is WHEN .. END.
Not here: the libraries themselves: a program is found by its name, as EXEC PGM= finds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from jes import programs
from jes.errors import Abend
from jes.messages import text
from jes.utilities.idcams.parse import AmsSyntax, items
from jes.utilities.tso.session import FAILED, TsoSession

#: Commands that are programs: their operands are what PARM= gives the program of a step.
PROCESSORS = frozenset({"FTP", "SDSF", "BPXBATCH"})
#: The longest PARM.
LONGEST_PARM = 100
_WHEN = re.compile(r"\s*SYSRC\s*\(\s*([A-Z]{2}|[<>=¬^]{1,2})\s*(\d{1,4})\s*\)\s*(.*)", re.IGNORECASE | re.DOTALL)
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "EQ": int.__eq__, "=": int.__eq__, "NE": int.__ne__, "¬=": int.__ne__, "^=": int.__ne__,
    "GT": int.__gt__, ">": int.__gt__, "LT": int.__lt__, "<": int.__lt__,
    "GE": int.__ge__, ">=": int.__ge__, "NL": int.__ge__, "¬<": int.__ge__, "^<": int.__ge__,
    "LE": int.__le__, "<=": int.__le__, "NG": int.__le__, "¬>": int.__le__, "^>": int.__le__,
}  # fmt: skip


class CommandAbend(Exception):
    """A program that a command called ended abnormally."""

    def __init__(self, abend: Abend) -> None:
        super().__init__(str(abend))
        self.abend = abend


def call(text: str, session: TsoSession) -> int:
    """CALL: run a program with the DDs of the step."""
    words = items(text)
    if not words:
        raise AmsSyntax("IDC3225I", "DATA SET NAME")
    name = words[0].word.upper()
    if words[0].items:
        name = words[0].first.upper()
    elif "(" in name:
        name = name.partition("(")[2].rstrip(")")
    elif name != "*":
        name = "TEMPNAME"  # what CALL runs of a library when nothing else is said
    options = {item.word for item in words[1:] if not item.quoted}
    if unknown := options - {"CAPS", "ASIS", "NOENVB"}:
        raise AmsSyntax("IDC3211I", min(unknown))
    parm = next((item.word for item in words[1:] if item.quoted), "")
    if len(parm) > LONGEST_PARM:
        raise AmsSyntax("IDC3203I", parm[:20])
    session.called = run(name, parm if "ASIS" in options else parm.upper(), session)
    return session.called


def run(name: str, parm: str, session: TsoSession) -> int:
    """Run a program; return its code. Raises CommandAbend."""
    step = session.step
    program = programs.find(name, step.options.get("programs", {}))
    if program is None:
        session.say("nocommand", name=name)
        return FAILED
    try:
        return step.call(program, replace(step, program=name, parm=parm))
    except Abend as error:
        for key, facts in error.messages:
            step.write_joblog(text(key, **facts))
        kind, code = ("USER", f"{error.user_code:04d}") if error.is_user else ("SYSTEM", error.system_code)
        session.say("abended", name=name, kind=kind, code=code, reason=error.reason)
        raise CommandAbend(error) from error


def when(text: str, session: TsoSession) -> str | None:
    """Return the command that WHEN has done now, None when its condition does not hold. Raises AmsSyntax."""
    match = _WHEN.fullmatch(text)
    compare = _COMPARE.get(match[1].upper()) if match is not None else None
    if match is None or compare is None:
        raise AmsSyntax("IDC3211I", text.strip().split(" ")[0].partition("(")[0] or "SYSRC")
    return (match[3].strip() or "END") if compare(session.called or 0, int(match[2])) else None
