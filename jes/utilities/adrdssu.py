"""ADRDSSU: logical DUMP, RESTORE and COPY of data sets.

    DUMP DATASET(INCLUDE(mask ...) [EXCLUDE(mask ...)] [BY(...)]) OUTDD(dd) [DELETE [PURGE]] [SPHERE]
    RESTORE DATASET(...) INDD(dd) [REPLACE] [RENAMEU((old,new) ...) | RENAMEU(newhlq)] [SPHERE]
    COPY DATASET(...) RENAMEU(...) [OUTDYNAM(volser)] [REPLACE] [DELETE] [SPHERE]      COPY DATASET(...) OUTDYNAM(volser) DELETE
    COMPRESS INCLUDE(mask ...)      RELEASE INCLUDE(mask ...)
    SERIAL   PARALLEL   WTO 'text'   SET LASTCC|MAXCC=n

Source: [DSS], [MSGS ADR]; jes-and-jcl reference 5.9. Not here: which data sets (adrselect.py), the dump (adrdump.py); full
volume, PRINT, DEFRAG and CONSOLIDATE (refused).
Rules: alternate indexes and paths go with their cluster when SPHERE says so. Return code 0, 4 when nothing or less than was named
was selected, 8 when a data set was not processed (the others are) or a command cannot be read. PARM='TYPRUN=NORUN' selects only.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities import adrdump, replica
from jes.utilities.adrdump import Dumped
from jes.utilities.adrselect import Candidate, Selection, candidates, selected
from jes.utilities.idcams import entries
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, items, keyword_table, lines
from jes.utilities.refusals import words
from jes.utilities.sysprint import Sysprint
from jes.utilities.texts.table import line
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, DatasetInUse, MvsError
from mvsfs.info import Target
from mvsfs.names import Mask

KEYWORDS = keyword_table(
    "DATASET/DS OUTDDNAME/OUTDD/ODD INDDNAME/INDD/IDD REPLACE/REP REPLACEUNCONDITIONAL/REPUNC "
    "RENAMEUNCONDITIONAL/RENAMEU/RENUNC RENAME/REN DELETE/DEL "
    "TOLERATE/TOL COMPRESS/COMP OPTIMIZE/OPT ALLDATA ALLEXCP CATALOG/CAT SHARE/SHR PURGE/PUR INDYNAM/INDY/IDY OUTDYNAM/OUTDY/ODY "
    "CANCELERROR PROCESS STORCLAS/STOR MGMTCLAS/MGMT NULLSTORCLAS NULLMGMTCLAS BYPASSACS SPHERE WAIT FORCE TGTALLOC TGTGDS COPYV "
    "ADMINISTRATOR/ADMIN LOGINDDNAME/LOGINDD/LIDD LOGINDYNAM/LOGINDY/LIDY RECATALOG/RECAT NOPACKING INCAT/ICAT ONLYINCAT "
    "CONCURRENT/CONCUR FASTREPLICATION/FASTREP HWCOMPRESS HFCOMPRESS ZCOMPRESS IMPORT RESET VALIDATE NOVALIDATE SELECTMULTI "
    "REBLOCK PERCENTUTILIZED ALLMULTI DEBUG READIOPACING ENCRYPT NOTIFYCONCURRENT MAKEMULTI OUTTRACKS AUTORELBLOCKADDRESS "
    "CPVOLUME CONVERT UNCATALOG/UNCAT DELETECATALOGENTRY/DCE FCWAIT"
)
#: Those of COMPRESS and RELEASE, which have no DATASET around their filters.
_COMPRESS = keyword_table(
    "INCLUDE/INC/INCL EXCLUDE/EXC/EXCL BY DYNAM/DYN DDNAME/DDN PASSWORD WAIT ADMINISTRATOR/ADMIN DYNALLOC "
    "MINTRACKSUNUSED/MINTRK MINSECQTY/MINSEC LOGDYNAM LOGDDNAME/LOGDD SPHERE"
)
EMPTY, FAILED = 4, 8
_SET = re.compile(r"SET\s+(?:LASTCC|MAXCC)\s*=\s*(\d+)\s*", re.IGNORECASE)


class _NoDd(Exception):
    """A DD that a command names is not there; the text is its name."""


class Job:
    """One run: the messages and what they count."""

    def __init__(self, step: StepContext, sysprint: Sysprint) -> None:
        """Start with task 0."""
        self.step = step
        self.task = 0
        self.selects_only = "TYPRUN=NORUN" in step.parm.upper()
        self._print = sysprint

    def say(self, key: str, *facts: object) -> None:
        """Write a message of the present task."""
        self._print.say(key, *facts, task=self.task, stamp=f"{self.step.now():%Y.%j %H:%M:%S}")

    def put(self, *texts: str) -> None:
        """Write lines."""
        self._print.put(*texts)

    def names(self, key: str, found: list[str]) -> None:
        """Write a message with the names below it, when there are any."""
        if found:
            self.say(key)
            self.put(*(line("ADR NAME", "", name) for name in found))


def run(step: StepContext) -> int:
    """Do the commands of SYSIN."""
    sysin = step.dd("SYSIN")
    with Sysprint(step, dcb=Dcb.of("VBA", 137)) as sysprint:
        job = Job(step, sysprint)
        sysprint.say("ADR HEADING", 1, step.now())
        if sysin is None:
            sysprint.say("ADR005T")
        highest, worst = (0, 0) if sysin is not None else (FAILED, 0)
        for command in lines(sysin.records() if sysin is not None else ()):
            job.put(*(f"{'-' if not at and command.text else ' '}{each.rstrip()}" for at, each in enumerate(command.images)))
            setting = _SET.fullmatch(command.text)
            if setting is not None:
                highest, worst = min(int(setting[1]), 16), 0
            elif command.text and (code := _command(command.text, job)) > highest:
                highest, worst = code, job.task
        job.say("ADR012I", highest)
        if highest:
            job.say("ADR012I FROM", worst)
        return highest


def _command(text: str, job: Job) -> int:
    verb = re.split(r"[\s(]", text, maxsplit=1)[0]
    rest, verb = text[len(verb) :], verb.upper()
    if verb in {"SERIAL", "PARALLEL"}:
        return 0
    if verb == "WTO":
        job.step.write_joblog(rest.strip().strip("'"))
        return 0
    job.task += 1
    job.say("ADR101I", job.task, verb)
    work = COMMANDS.get(_ABBREVIATIONS.get(verb, verb))
    code = FAILED
    try:
        if work is None:
            job.say("ADR102E", verb[:40])
            return FAILED
        parameters = Parameters(items(rest), _COMPRESS if work in {_compress, _release} else KEYWORDS)
        job.say("ADR109I")
        job.say("ADR016I")
        job.say("ADR006I", "BEGINS")
        code = work(parameters, job)
        job.say("ADR006I ENDS")
    except AmsSyntax as problem:
        job.say("ADR106E" if problem.id == "IDC3225I" else "ADR103E", " ".join(problem.facts)[:40])
    except _NoDd as problem:
        job.say("ADR305E", problem)
    except (MvsError, BadRecordData) as error:
        job.say("ADR380E", "", words(error))
    job.say("ADR013I", code)
    return code


def _process(job: Job, chosen: Selection, total: int, work: Callable[[str], str]) -> tuple[int, list[str]]:
    """Do the work on each data set and tell which it was done for; return the code and the names of those that are done."""
    code = EMPTY if chosen.missing else 0
    for name in chosen.missing:
        job.say("ADR383W", name)
    job.say("ADR801I", len(chosen.names), total, 0)
    job.say("ADR801I AND", 0)
    if not chosen.names:
        job.say("ADR470W")
        return EMPTY, []
    done, made, failed = [], [], []
    for name in chosen.names:
        try:
            made.append(name if job.selects_only else work(name))
            done.append(name)
        except DatasetInUse:
            job.say("ADR412E", name)
            failed.append(name)
        except (MvsError, BadRecordData) as error:
            job.say("ADR380E", name, words(error))
            failed.append(name)
    job.names("ADR455W", failed)
    job.names("ADR454I", made)
    return FAILED if failed else code, [] if job.selects_only else done


def _deleted(parameters: Parameters, job: Job, names: list[str]) -> None:
    if parameters.has("DELETE"):
        for name in names:
            job.step.mvs.delete(Target(name), job.step.who, purge=parameters.has("PURGE"))


def _dd(parameters: Parameters, keyword: str, job: Job) -> OpenDd:
    ddname = parameters.first(keyword).upper()
    if not ddname:
        raise AmsSyntax("IDC3225I", keyword)
    dd = job.step.dd(ddname)
    if dd is None:
        raise _NoDd(ddname)
    return dd


def _dump(parameters: Parameters, job: Job) -> int:
    dd = _dd(parameters, "OUTDDNAME", job)
    found = candidates(job.step.mvs)
    chosen = selected(parameters, found, job.step)

    def dumped(name: str) -> str:
        adrdump.written(job.step, name, adrdump.taken(job.step, name, sphere=parameters.has("SPHERE")), sink)
        return name

    with dd.writer(Dcb.of("U", 0, 32760)) as sink:
        code, done = _process(job, chosen, len(chosen.names), dumped)
    _deleted(parameters, job, done)
    return code


def _restore(parameters: Parameters, job: Job) -> int:
    found = adrdump.read(_dd(parameters, "INDDNAME", job).records())
    chosen = selected(parameters, [Candidate(name, held.dsorg) for name, held in found.items()], job.step)
    code, _ = _process(job, chosen, len(found), lambda name: _made(name, found[name], parameters, job))
    return code


def _copy(parameters: Parameters, job: Job) -> int:
    """Copy under new names; with DELETE and OUTDYNAM also under the same name, which moves data sets to another volume."""
    renames = parameters.has("RENAMEUNCONDITIONAL") or parameters.has("RENAME")
    output = parameters.item("OUTDYNAM")
    volser = next((part.word or part.first for part in (output.items or () if output is not None else ())), "").upper()
    if not renames and not (parameters.has("DELETE") and volser):
        raise AmsSyntax("IDC3225I", "RENAMEUNCONDITIONAL")
    chosen = selected(parameters, candidates(job.step.mvs), job.step)

    def copied(name: str) -> str:
        if not renames:
            replica.moved(job.step, name, volser)
            return name
        item = parameters.item("RENAMEUNCONDITIONAL") or parameters.item("RENAME")
        target = renamed(name, item)
        if volser and not job.step.mvs.exists(target) and _is_nonvsam(job, name):
            replica.copied(job.step, name, target, volser)
        else:
            held = adrdump.taken(job.step, name, sphere=parameters.has("SPHERE"))
            target = _made(name, held, parameters, job)
        info = entries.find(job.step.mvs, target)
        job.say("ADR711I", name, target, (info.storclas if info is not None else "") or "(NULL)")
        return name

    code, done = _process(job, chosen, len(chosen.names), copied)
    if renames:
        _deleted(parameters, job, done)
    return code


def _is_nonvsam(job: Job, name: str) -> bool:
    info = entries.find(job.step.mvs, name)
    return info is not None and entries.kind(info) == "NONVSAM"


def _made(name: str, held: Dumped, parameters: Parameters, job: Job) -> str:
    """Make a data set under its new name, which is returned."""
    if not parameters.has("SPHERE"):
        held.sphere.clear()
    given = parameters.item("RENAMEUNCONDITIONAL")
    conditional = parameters.item("RENAME")
    # RENAME is for what is there already [DSS]; a copy always finds its source there.
    item = given or (conditional if conditional is not None and job.step.mvs.exists(name) else None)
    new = {each: renamed(each, item) for each in (name, *held.sphere)}
    replaces = parameters.has("REPLACE") or parameters.has("REPLACEUNCONDITIONAL")
    adrdump.made(job.step, name, held, new, replaces=replaces)
    return new[name]


def renamed(name: str, item: Item | None) -> str:
    """Return the name that RENAMEU gives a data set: a new first qualifier, or the first pair whose old mask fits."""
    if item is None:
        return name
    pairs = item.items or ()
    if len(pairs) == 2 and not any(part.items for part in pairs):
        pairs = (Item("", items=pairs),)  # RENUNC(old,new) is the one pair without its own parentheses
    prefix = ""
    for part in pairs:
        if not part.items:
            prefix = prefix or part.word.upper()
            continue
        old, new = (word.upper() for word in [*part.words, ""][:2])
        if Mask(old, "catalog").matches(name):
            stem = old.partition("*")[0].rstrip(".")
            return new.partition("*")[0].rstrip(".") + name[len(stem) :] if "*" in new else new
    # A prefix counts for what no pair is for [DSS].
    return ".".join([prefix, *name.split(".")[1:]]) if prefix else name


def _everywhere(parameters: Parameters, job: Job, found: list[Candidate], work: Callable[[str], object]) -> int:
    """Do the work on what INCLUDE, EXCLUDE and BY choose; without them on all."""
    inside = [parameters.item(word) for word in ("INCLUDE", "EXCLUDE", "BY") if parameters.has(word)]
    inside = inside or [Item("INCLUDE", items=(Item("**"),))]
    choice = Parameters((Item("DATASET", items=tuple(item for item in inside if item is not None)),), KEYWORDS)

    def done(name: str) -> str:
        work(name)
        return name

    code, _ = _process(job, selected(choice, found, job.step), len(found), done)
    return code


def _compress(parameters: Parameters, job: Job) -> int:
    """Compress libraries."""
    found = [each for each in candidates(job.step.mvs) if each.dsorg == "PDS"]
    return _everywhere(parameters, job, found, lambda name: job.step.mvs.compress(name, job.step.who))


def _release(parameters: Parameters, job: Job) -> int:
    """Free the space that sequential data sets and libraries do not use."""
    found = [each for each in candidates(job.step.mvs) if each.dsorg in {"PS", "PDS", "PDSE"}]

    def released(name: str) -> None:
        job.step.mvs.require_readable(name, job.step.who)
        job.step.mvs.release_unused(name)

    return _everywhere(parameters, job, found, released)


COMMANDS: dict[str, Callable[[Parameters, Job], int]] = {
    "DUMP": _dump, "RESTORE": _restore, "COPY": _copy, "COMPRESS": _compress, "RELEASE": _release,
}  # fmt: skip
_ABBREVIATIONS = {"REL": "RELEASE", "REST": "RESTORE", "COP": "COPY", "COMP": "COMPRESS"}

PROGRAM = Program("ADRDSSU", run)
