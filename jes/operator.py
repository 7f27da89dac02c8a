"""Operator commands of JES2: the text of a command in, the lines of its answer out.

    $S I1[,C=ABC]   $P I1         start and stop an initiator                      $D I
    $D J12          $D JOBQ       display jobs                                     $D Q
    $C J12[,P]      $P J12        cancel (and purge), purge                        $H J12   $A J12   hold, release
    $T J12,C=B,PRTY=9             change class or priority of a waiting job
    $D G   $D G12                 display job groups, or one                       $H G12   $A G12   $C G12   $P G12

Source: [JES2CMD]; jes-and-jcl.md 3.3 ($HASP890, $HASP309), 3.1. Blanks after the verb are optional, as on a console.
Rules: an answer is one or more $HASP lines; a command that cannot be read is $HASP003, a job that is not there $HASP003 with
NO SELECTABLE ENTRIES FOUND. Authority is that of the user who commands.
"""

from __future__ import annotations

import re
from typing import Any

from jes.errors import JesError, JobNotAuthorized, JobNotFound, WrongState
from jes.job import JobInfo
from jes.messages import text
from jes.names import is_job_class, jobid_forms
from jes.system import Jes
from saf.profiles import Acee

_COMMAND = re.compile(r"\$(?P<verb>[A-Z])\s*(?P<object>[A-Z]+?(?:\d+)?)(?:,(?P<operands>.*))?\s*\Z")
_PRIORITY = re.compile(r"1[0-5]|\d")
_CLASS_LIST = re.compile(r"[A-Z0-9]+")
_INIT = re.compile(r"I(?:NIT)?(\w*)\Z")
_PHASES = {"INPUT": "AWAITING EXECUTION", "ACTIVE": "EXECUTING", "OUTPUT": "AWAITING HARDCOPY"}


def command(jes: Jes, acee: Acee, line: str) -> list[str]:
    """Carry out one command and return what the console shows."""
    match = _COMMAND.match(line.strip().upper())
    if match is None:
        return [text("hasp003.syntax", command=line.strip())]
    verb, what = match["verb"], match["object"]
    operands = [part.strip() for part in (match["operands"] or "").split(",") if part.strip()]
    try:
        if init := _INIT.match(what):
            return _initiator(jes, verb, init[1], operands, line)
        if verb == "D" and what in {"Q", "JOBQ", "JQ"}:
            return _queue(jes, acee)
        if verb == "D" and what == "G":
            found = [line for info in jes.jobs(acee) if info.is_group for line in _describe(jes, info)]
            return found or [text("hasp003.none", command=line.strip())]
        if jobid_forms(what):
            return _job(jes, acee, verb, what, operands, line)
    except JobNotFound:
        return [text("hasp003.none", command=line.strip())]
    except JobNotAuthorized as error:
        return [text("hasp003.authority", command=line.strip(), resource=error.resource)]
    except WrongState as error:
        return [text("hasp003.state", command=line.strip(), jobid=error.jobid, state=error.state)]
    except (JesError, ValueError):
        pass
    return [text("hasp003.syntax", command=line.strip())]


def _initiator(jes: Jes, verb: str, name: str, operands: list[str], line: str) -> list[str]:
    inits = jes.initiators
    if verb == "S" and name:
        classes = next((part.partition("=")[2] for part in operands if part.startswith(("C=", "CLASS="))), None)
        if classes is not None and not _CLASS_LIST.fullmatch(classes):
            raise ValueError(classes)
        inits.start_init(name, classes)
    elif verb == "P" and name:
        if inits.display(name):
            inits.stop_init(name)
    elif verb != "D":
        raise ValueError(verb)
    shown = [text("hasp892", init=one, status=status, classes=classes) for one, status, classes in inits.display(name)]
    return shown or [text("hasp003.none", command=line.strip())]


def _queue(jes: Jes, acee: Acee) -> list[str]:
    jobs = jes.jobs(acee)
    return [line for info in jobs for line in _describe(jes, info)] or [text("hasp003.none", command="$DQ")]


def _job(jes: Jes, acee: Acee, verb: str, jobid: str, operands: list[str], line: str) -> list[str]:
    info = jes.job(acee, jobid)
    if verb == "C":
        jes.cancel(acee, jobid, purge=bool({"P", "PURGE"} & {*operands}))
    elif verb == "P":
        jes.cancel(acee, jobid, purge=True)
        return [text("hasp250", jobname=info.jobname, key=info.key)]
    elif verb == "H":
        jes.hold(acee, jobid)
    elif verb == "A":
        jes.release(acee, jobid)
    elif verb == "T":
        jes.change(acee, jobid, **_changes(operands))
    elif verb != "D":
        return [text("hasp003.syntax", command=line.strip())]
    try:
        return _describe(jes, jes.job(acee, jobid))
    except JobNotFound:
        return [text("hasp250", jobname=info.jobname, key=info.key)]


def _changes(operands: list[str]) -> dict[str, Any]:
    """Return what $T asks for. Raises ValueError."""
    if not operands:
        raise ValueError("nothing")
    changes: dict[str, Any] = {}
    for operand in operands:
        keyword, _, value = operand.partition("=")
        if keyword in {"C", "CLASS"} and is_job_class(value):
            changes["job_class"] = value
        elif keyword in {"PRTY", "PRIORITY"} and _PRIORITY.fullmatch(value):
            changes["priority"] = int(value)
        else:
            raise ValueError(operand)
    return changes


def _describe(jes: Jes, info: JobInfo) -> list[str]:
    state, jobs = jes.group(info) if info.is_group else ("", [])
    if state:
        rows = [text("hasp890.member", jobname=name, group=info.jobname, state=state) for name, state in jobs]
        return [text("hasp890.group", group=info.jobname, state=state), *rows]
    facts = {
        "jobname": info.jobname, "state": _PHASES[info.status], "job_class": info.job_class, "priority": info.priority,
        "systems": ",".join(info.affinity) or "ANY", "hold": "JOB" if info.held else "DUP" if info.dup else "NONE",
    }  # fmt: skip
    return [text("hasp890", **facts)]
