"""IKJEFT01, IKJEFT1A, IKJEFT1B: commands of SYSTSIN one after the other, output on SYSTSPRT.

Source: [TSO/E]; jes-and-jcl reference 5.8. Rules: READY and the command are shown before its output, END at the end.
Passwords in RACF commands are masked.
IKJEFT01 goes on after a failure and ends with the last command's code; 1A and 1B end with the first code that is not zero (1A
takes the code of an exec as IKJEFT01 does). A program that abends ends the input: with return code 12 for IKJEFT01, with S04C for
1A (system abends) and 1B (all). Not here: how an exec is run (utilities/rexx.py), the DSN processor of Db2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jes import programs
from jes.errors import Abend
from jes.hosttext import to_text
from jes.stepcontext import Program, StepContext
from jes.utilities import rexx
from jes.utilities.idcams.parse import AmsSyntax, items
from jes.utilities.tso import convxlat, datasets, execs, jobs, listing, racf
from jes.utilities.tso.session import Command, TsoSession
from mvsfs.errors import InvalidDsname

COMMANDS: dict[str, Command] = {
    "ALLOCATE": datasets.allocate,
    "ALLOC": datasets.allocate,
    "FREE": datasets.free,
    "UNALLOC": datasets.free,
    "DELETE": datasets.delete,
    "DEL": datasets.delete,
    "RENAME": datasets.rename,
    "REN": datasets.rename,
    "LISTDS": listing.listds,
    "LISTD": listing.listds,
    "LISTCAT": datasets.listcat,
    "LISTC": datasets.listcat,
    "LISTALC": listing.listalc,
    "LISTA": listing.listalc,
    "SUBMIT": jobs.submit,
    "SUB": jobs.submit,
    "STATUS": jobs.status,
    "ST": jobs.status,
    "TRANSMIT": jobs.transmit,
    "XMIT": jobs.transmit,
    "SEND": jobs.send,
    "SE": jobs.send,
    "CONVXLAT": convxlat.convert,
    "PROFILE": jobs.profile,
    "PROF": jobs.profile,
    "CANCEL": jobs.cancel,
    "OUTPUT": jobs.output,
    "OUT": jobs.output,
    "PRINTDS": datasets.printds,
    "PR": datasets.printds,
    "TIME": jobs.time,
    "TERMINAL": jobs.nothing,
    "LOGOFF": jobs.nothing,
}
#: Commands that are programs: their operands are what PARM= gives the program of a step.
PROCESSORS = frozenset({"FTP"})
#: What a command that does not exist, or cannot be read, ends with.
NOT_FOUND = 12
SYNTAX = 12


def run(step: StepContext) -> int:
    """Run the commands of PARM and SYSTSIN."""
    session = TsoSession.open(step)
    stops = step.program in {"IKJEFT1A", "IKJEFT1B"}
    code = 0
    dd = step.dd("SYSTSIN")
    lines = commands(iter(dd.records()) if dd is not None else iter(()))
    first = [step.parm.strip()] if step.parm.strip() else []
    for text in _chained(first, lines):
        session.put("READY", racf.shown(text))
        try:
            code = execute(text, session, lines)
        except CommandAbend as ended:
            if step.program == "IKJEFT1B" or (step.program == "IKJEFT1A" and not ended.abend.is_user):
                raise Abend("04C", 0) from ended.abend
            code = NOT_FOUND
            break
        if stops and code and not (step.program == "IKJEFT1A" and session.was_exec):
            break
    session.put("READY", "END")
    if session.sink is not None:
        session.sink.close()
    return code


class CommandAbend(Exception):
    """A program that a command called ended abnormally."""

    def __init__(self, abend: Abend) -> None:
        super().__init__(str(abend))
        self.abend = abend


def _chained(first: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from rest


def commands(records: Iterator[bytes]) -> Iterator[str]:
    """Yield commands: a last - or + goes on in the next card, /* */ is comment; columns 73-80 of card images are not read."""
    text = ""
    for record in records:
        line = to_text(record[:72] if len(record) == 80 else record).rstrip()
        if line.lstrip().startswith("/*") and line.endswith("*/"):
            continue
        if line.endswith(("-", "+")):
            text += line[:-1].lstrip() if text else line[:-1]
            text += "" if line.endswith("+") else " "
            continue
        text += line.lstrip() if text else line
        if text.strip():
            yield text.strip()
        text = ""
    if text.strip():
        yield text.strip()


def execute(text: str, session: TsoSession, lines: Iterator[str]) -> int:
    """Do one command; return its code."""
    verb, _, rest = text.partition(" ")
    verb = verb.upper().partition("(")[0].lstrip("%")
    if "(" in text.partition(" ")[0]:
        rest = text[len(verb) :]
    session.was_exec = False
    try:
        if verb == "RECEIVE":
            return jobs.receive(rest, session, lines)
        if verb in COMMANDS:
            return COMMANDS[verb](rest, session)
        if verb in racf.COMMANDS:
            return racf.run(text, session)
        if verb == "CALL":
            return _call(rest, session)
        if verb in PROCESSORS:
            return _program(verb, rest.strip(), session)
        if rexx.is_configured(session.step):
            if verb in {"EXEC", "EX"}:
                return execs.by_data_set(rest, session, lines)
            code = execs.by_name(verb, rest, session, lines)
            if code is not None:
                return code
    except AmsSyntax:
        session.say("keyword", word=rest.strip()[:60])
        return SYNTAX
    except InvalidDsname as error:
        session.say("badname", name=error.text)
        return SYNTAX
    session.say("nocommand", name=verb)
    return NOT_FOUND


def _call(text: str, session: TsoSession) -> int:
    """CALL 'library(program)' 'parm': runs a program with the DDs of the step."""
    words = items(text)
    if not words:
        raise AmsSyntax("IDC3212I", "DATA SET NAME")
    name = words[0].word.upper()
    if words[0].items:
        name = words[0].first.upper()
    elif "(" in name:
        name = name.partition("(")[2].rstrip(")")
    return _program(name, words[1].word if len(words) > 1 else "", session)


def _program(name: str, parm: str, session: TsoSession) -> int:
    """Run a program with the DDs of the step."""
    step = session.step
    program = programs.find(name.lstrip("*"), step.options.get("programs", {}))
    if program is None:
        session.say("nocommand", name=name)
        return NOT_FOUND
    try:
        return program.run(replace(step, program=name, parm=parm))
    except Abend as error:
        kind, code = ("USER", f"{error.user_code:04d}") if error.is_user else ("SYSTEM", error.system_code)
        session.say("abended", name=name, kind=kind, code=code, reason=error.reason)
        raise CommandAbend(error) from error


PROGRAM = Program("IKJEFT01", run, aliases=("IKJEFT1A", "IKJEFT1B"))
