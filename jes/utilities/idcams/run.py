"""IDCAMS: the loop over SYSIN, IF and SET, and the verbs.

Source: [AMS]; jes-and-jcl reference 5.4. Rules: LASTCC is the last functional command's code, MAXCC the highest, which is the
step's return code. SET MAXCC leaves LASTCC alone, SET LASTCC raises a lower MAXCC [AMS SET]; 16 ends the run. A clause that is
not taken is read and echoed but not done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from jes.stepcontext import Program, StepContext
from jes.utilities.idcams import allocate, alter, define, delete, examine, listcat, portable, printds, repro, vsamverbs
from jes.utilities.idcams.parse import FIRST, LAST, AmsSyntax, Line, balanced, items, lines, resolve
from jes.utilities.idcams.session import BLANK, Pages, Session, Verb
from jes.utilities.required import required
from mvsfs.errors import InvalidDsname

VERBS: dict[str, Verb] = {
    "ALLOCATE": allocate.run,
    "ALTER": alter.run,
    "BLDINDEX": vsamverbs.bldindex,
    "DEFINE": define.run,
    "DELETE": delete.run,
    "EXAMINE": examine.run,
    "EXPORT": portable.export,
    "IMPORT": portable.import_,
    "LISTCAT": listcat.run,
    "PRINT": printds.run,
    "REPRO": repro.run,
    "VERIFY": vsamverbs.verify,
}
#: Verbs of the original that this system does not do; they end with condition code 12.
REFUSED = (
    "CNVTCAT", "CREATE", "DCOLLECT", "DIAGNOSE", "SHCDS", "SETCACHE",
    "LISTDATA",
    "BINDDATA",
)  # fmt: skip
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "ALLOCATE": ("ALLOC",),
    "BLDINDEX": ("BIX",),
    "DEFINE": ("DEF",),
    "DELETE": ("DEL",),
    "LISTCAT": ("LISTC",),
    "VERIFY": ("VFY",),
    "EXPORT": ("EXP",),
    "IMPORT": ("IMP",),
    **dict.fromkeys(("ALTER", "EXAMINE", "PRINT", "REPRO", *REFUSED), ()),
}
_IF = re.compile(r"IF\s*(LASTCC|MAXCC)\s*(=|EQ|¬=|NE|>=|GE|<=|LE|>|GT|<|LT)\s*(\d+)\s*THEN\b\s*(.*)", re.IGNORECASE | re.DOTALL)
_MARGINS = re.compile(r"MARGINS\((\d{1,2})[ ,]+(\d{1,2})\)", re.IGNORECASE)
_SET = re.compile(r"SET\s+(LASTCC|MAXCC)\s*(?:=|EQ)\s*(\d+)\s*$", re.IGNORECASE)
_COMPARE = {
    "=": int.__eq__, "EQ": int.__eq__, "¬=": int.__ne__, "NE": int.__ne__, ">": int.__gt__, "GT": int.__gt__,
    "<": int.__lt__, "LT": int.__lt__, ">=": int.__ge__, "GE": int.__ge__, "<=": int.__le__, "LE": int.__le__,
}  # fmt: skip
#: Condition codes that can be set; a higher one counts as 16.
HIGHEST = 16
MAX_IF_DEPTH = 10


class _End(Exception):
    """Processing ends before the end of SYSIN."""


class Interpreter:
    """Reads commands one by one; THEN, ELSE and DO decide which of them are done."""

    def __init__(self, session: Session, commands: Iterator[Line]) -> None:
        """Work on the commands of SYSIN."""
        self._session = session
        self._commands = commands
        self._waiting: str | None = None
        self._blank = BLANK

    def run(self) -> None:
        """Do all commands."""
        try:
            while (text := self._next()) is not None:
                self._command(text, True, 0)
        except _End:
            pass
        if self._blank:
            self._session.pages.separate(self._blank)

    def _next(self) -> str | None:
        """Return the text of the next command that is not empty, echoing its cards."""
        if self._waiting is not None:
            text, self._waiting = self._waiting, None
            return text
        for command in self._commands:
            if self._blank:
                self._session.pages.separate(self._blank)
                self._blank = ""
            self._session.put(*(f" {image.rstrip()}" for image in command.images))
            if command.text:
                return command.text
        return None

    def _command(self, text: str, active: bool, depth: int) -> None:
        word = _first_word(text)
        if word == "IF":
            self._if(text, active, depth)
        elif word in {"ELSE", "END", "THEN"}:
            self._fatal({"ELSE": "IDC4227I", "END": "IDC4228I", "THEN": "IDC4232I"}[word])
        elif word == "DO":
            self._fault(AmsSyntax("IDC3219I", word))
        elif not active:
            return
        elif word == "SET":
            self._set(text)
        elif word == "PARM":
            self._blank = "         "
        elif word == "CANCEL":
            raise _End
        else:
            self._function(word, text)

    def _if(self, text: str, active: bool, depth: int) -> None:
        match = _IF.match(text)
        if depth >= MAX_IF_DEPTH:
            self._fatal("IDC4237I")
        if match is None:
            self._fatal("IDC4229I" if re.search(r"\bTHEN\b", text, re.IGNORECASE) else "IDC4232I")
        code = self._session.lastcc if match[1].upper() == "LASTCC" else self._session.maxcc
        holds = _COMPARE[match[2].upper()](code, min(int(match[3]), HIGHEST))
        then, alternative = _split_else(match[4])
        if then:
            self._clause(then, active and holds, depth + 1)
        if alternative is None:
            following = self._next()
            if following is None:
                return
            if not re.match(r"ELSE\b", following, re.IGNORECASE):
                self._waiting = following
                return
            alternative = following[4:].strip()
        if alternative:
            self._clause(alternative, active and not holds, depth + 1)

    def _clause(self, text: str, active: bool, depth: int) -> None:
        """Do what stands behind THEN or ELSE: a command, or a group from DO to END, which nothing else may begin."""
        if _first_word(text) == "DO":
            self._do(text[2:].strip(), active, depth)
        else:
            self._command(text, active, depth)

    def _do(self, text: str, active: bool, depth: int) -> None:
        current: str | None = text or self._next()
        while current is not None and not re.match(r"END\b", current, re.IGNORECASE):
            self._command(current, active, depth)
            current = self._next()
        if current is None:
            self._fatal("IDC4236I")
        elif rest := current[3:].strip():
            self._waiting = rest

    def _set(self, text: str) -> None:
        match = _SET.match(text)
        if match is None:
            self._fatal("IDC4230I")
        value = min(int(match[2]), HIGHEST)
        session = self._session
        if match[1].upper() == "MAXCC":
            session.maxcc = value
        else:
            session.lastcc = value
            session.maxcc = max(session.maxcc, value)
        self._blank = "         "
        if value >= HIGHEST:
            raise _End

    def _function(self, word: str, text: str) -> None:
        session = self._session
        verb = resolve(word, ABBREVIATIONS)
        try:
            if verb is None:
                raise AmsSyntax("IDC3219I", word)
            if verb in REFUSED:
                raise AmsSyntax("IDC3219I", verb)
            rest, missing = balanced(text[len(word) :])
            if missing:
                session.say("IDC0234I" if missing > 0 else "IDC0233I")
            session.lastcc = VERBS[verb](items(rest), session)
        except AmsSyntax as problem:
            self._fault(problem)
            return
        except InvalidDsname as problem:
            self._fault(AmsSyntax("IDC3203I", problem.text))
            return
        session.say("IDC0001I" if session.lastcc < 12 else "IDC3003I", session.lastcc)
        if verb in {"LISTCAT", "PRINT"}:
            session.pages.begin(BLANK)
        session.maxcc = max(session.maxcc, session.lastcc)
        self._blank = BLANK
        if session.lastcc >= HIGHEST:
            raise _End

    def _fatal(self, id: str) -> NoReturn:
        """End the run: which commands are meant is no longer known."""
        session = self._session
        session.say(id)
        session.say("IDC3207I")
        session.lastcc = session.maxcc = HIGHEST
        self._blank = BLANK
        raise _End

    def _fault(self, problem: AmsSyntax) -> None:
        self._session.say(problem.id, *problem.facts)
        self._session.say("IDC3202I")
        self._session.lastcc = 12
        self._session.maxcc = max(self._session.maxcc, 12)
        self._blank = BLANK


def _first_word(text: str) -> str:
    return re.split(r"[\s(]", text, maxsplit=1)[0].upper()


def _split_else(text: str) -> tuple[str, str | None]:
    """Return the THEN clause and an ELSE clause that follows it in the same text."""
    if text.upper().startswith("DO"):
        return text.strip(), None
    match = re.search(r"\sELSE\b", text, re.IGNORECASE)
    return (text[: match.start()].strip(), text[match.end() :].strip()) if match else (text.strip(), None)


def margins(parm: str) -> tuple[int, int]:
    """Return where cards begin and end, from 0: PARM='MARGINS(first last)', columns 2 to 72 without [AMS PARM]."""
    match = _MARGINS.search(parm)
    if match is None or not 1 <= int(match[1]) < int(match[2]) <= 80:
        return FIRST, LAST
    return int(match[1]) - 1, int(match[2])


def run(step: StepContext) -> int:
    """Run the commands of SYSIN."""
    pages = Pages(step)
    session = Session(step, pages)
    sysin = required(step, "SYSIN")
    first, last = margins(step.parm)
    if sysin is None:
        session.say("IDC3300I", "SYSIN")
        session.maxcc = HIGHEST
    else:
        Interpreter(session, lines(sysin.records(), first, last)).run()
    session.say("IDC0002I", session.maxcc)
    pages.close()
    return session.maxcc


PROGRAM = Program("IDCAMS", run)
