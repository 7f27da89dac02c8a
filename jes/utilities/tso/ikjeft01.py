"""IKJEFT01, IKJEFT1A, IKJEFT1B: commands of SYSTSIN one after the other, output on SYSTSPRT.

Source: [TSO/E]; jes-and-jcl reference 5.8. Rules: READY and the command are shown before its output, END at the end.
Passwords in RACF commands are masked.
IKJEFT01 goes on after a failure and ends with the last command's code; 1A and 1B end with the first code that is not zero (1A
takes the code of an exec as IKJEFT01 does). A program that abends ends the input: with return code 12 for IKJEFT01, with S04C for
1A (system abends) and 1B (all). Not here: how an exec is run (utilities/rexx.py), the DSN processor of Db2.
"""

from __future__ import annotations

import re

from jes.errors import Abend
from jes.stepcontext import Program, StepContext
from jes.utilities.idcams.parse import AmsSyntax
from jes.utilities.tso import ams, calls, convxlat, datasets, execs, help, jobs, listing, mail, profile, racf, transmit
from jes.utilities.tso.cards import Cards
from jes.utilities.tso.session import FAILED, Command, TsoSession
from mvsfs.errors import InvalidDsname

COMMANDS: dict[str, Command] = {
    "ALLOCATE": datasets.allocate,
    "ALLOC": datasets.allocate,
    "FREE": datasets.free,
    "UNALLOC": datasets.free,
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
    "TRANSMIT": transmit.transmit,
    "XMIT": transmit.transmit,
    "SEND": mail.send,
    "SE": mail.send,
    "CONVXLAT": convxlat.convert,
    "PROFILE": profile.profile,
    "PROF": profile.profile,
    "CANCEL": jobs.cancel,
    "OUTPUT": jobs.output,
    "OUT": jobs.output,
    "PRINTDS": datasets.printds,
    "PR": datasets.printds,
    "TIME": profile.time,
    "TERMINAL": profile.terminal,
    "TERM": profile.terminal,
    "LISTBC": mail.listbc,
    "LISTB": mail.listbc,
    "HELP": help.help_,
    "H": help.help_,
    "CALL": calls.call,
    "RECEIVE": transmit.receive,
    "EXEC": execs.by_data_set,
    "EX": execs.by_data_set,
    "SMCOPY": datasets.smcopy,
    "SMC": datasets.smcopy,
}
#: Commands that end the session: LOGON has nothing else to begin in batch.
ENDS = frozenset({"END", "LOGOFF", "LOGON"})
#: The names that a command can have [TSO/E PSG command scan].
_NAME = re.compile(r"%?([A-Z@#$][A-Z0-9@#$]{0,7})(?=[\s,(]|$)")
#: What a command that does not exist, or cannot be read, ends with.
NOT_FOUND = SYNTAX = FAILED


def run(step: StepContext) -> int:
    """Run the commands of PARM and SYSTSIN."""
    session = TsoSession.open(step)
    stops = step.program in {"IKJEFT1A", "IKJEFT1B"}
    code = 0
    dd = step.dd("SYSTSIN")
    session.cards = Cards(dd.records() if dd is not None else (), step.parm.strip())
    for text in session.cards:
        session.put("READY", racf.shown(text))
        try:
            code = execute(text, session)
        except calls.CommandAbend as ended:
            if step.program == "IKJEFT1B" or (step.program == "IKJEFT1A" and not ended.abend.is_user):
                raise Abend("04C", 0) from ended.abend
            code = NOT_FOUND
            break
        if session.is_over or (stops and code and not (step.program == "IKJEFT1A" and session.was_exec)):
            break
    session.put(*(() if session.is_over else ("READY", "END")))
    if session.sink is not None:
        session.sink.close()
    return code


def execute(text: str, session: TsoSession) -> int:
    """Do one command; return its code."""
    match = _NAME.match(text.upper())
    session.was_exec = False
    if match is None:
        session.say("badcommand")
        return SYNTAX
    verb, rest = match[1], text[match.end() :].lstrip(", ")
    try:
        return _execute(verb, rest, text, session)
    except AmsSyntax as problem:
        key, fact = _FAULTS.get(problem.id, "keyword"), problem.facts[0] if problem.facts else rest[:20]
        session.say(key, word=fact)
        return SYNTAX
    except InvalidDsname as error:
        session.say("badname", name=error.text)
        return SYNTAX


#: What is said of operands that cannot be read.
_FAULTS = {
    "IDC3211I": "keyword",
    "IDC3225I": "missing",
    "IDC3203I": "value",
    "IDC3220I": "value",
    "IDC3205I": "extraneous",
    "IDC3209I": "parenthesis",
}


def _execute(verb: str, rest: str, text: str, session: TsoSession) -> int:
    if text.startswith("%"):
        return _exec_named(verb, rest, session)
    if verb in ENDS:
        session.is_over = True
        return 0
    if verb == "WHEN":
        command = calls.when(rest, session)
        return 0 if command is None else execute(command, session)
    if verb in COMMANDS:
        return COMMANDS[verb](rest, session)
    if verb in racf.COMMANDS:
        return racf.run(text, session)
    if verb in ams.VERBS:
        return ams.run(verb, rest, session)
    if verb in calls.PROCESSORS:
        return calls.run(verb, rest.strip(), session)
    return _exec_named(verb, rest, session)


def _exec_named(verb: str, rest: str, session: TsoSession) -> int:
    code = execs.by_name(verb, rest, session)
    if code is None:
        session.say("nocommand", name=verb)
        return NOT_FOUND
    return code


PROGRAM = Program("IKJEFT01", run)
