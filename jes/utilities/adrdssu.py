"""ADRDSSU: logical DUMP, RESTORE and COPY of data sets.

    DUMP DATASET(INCLUDE(mask ...) [EXCLUDE(mask ...)]) OUTDD(dd) [DELETE]
    RESTORE DATASET(INCLUDE(mask ...)) INDD(dd) [REPLACE] [RENAMEU((old,new) ...) | RENAMEU(newhlq)]
    COPY DATASET(INCLUDE(mask ...)) RENAMEU(...) [REPLACE] [DELETE]

Source: [DFSMSdss]; ids seen, texts known, jes-and-jcl reference 5.9. Not here: full volume, PRINT, DEFRAG (refused).
Rules: the dump is a chain of NETDATA transmissions, each behind a record that names its data set and length; a VSAM cluster has
its portable form (idcams/portable.py) behind such a record. It can be read here and nowhere else. Alternate indexes do not go
with their cluster. Return code 0, 4 when nothing was selected, 8 when a data set was not processed; the others are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from jes.hosttext import to_host, to_text
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.idcams import entries, portable
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, items, keyword_table, lines
from jes.utilities.refusals import words
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, MvsError
from mvsfs.exchange import catalog, netdata
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.info import Target
from mvsfs.names import Mask

KEYWORDS = keyword_table(
    "DATASET/DS OUTDDNAME/OUTDD INDDNAME/INDD REPLACE/REPLACEUNCONDITIONAL/REP RENAMEUNCONDITIONAL/RENAMEU/RENUNC "
    "RENAME/REN DELETE "
    "TOLERATE/TOL COMPRESS OPTIMIZE ALLDATA ALLEXCP CATALOG/CAT SHARE/SHR PURGE INDYNAM/INDY OUTDYNAM/OUTDY CANCELERROR "
    "PROCESS STORCLAS MGMTCLAS NULLSTORCLAS NULLMGMTCLAS BYPASSACS SPHERE WAIT FORCE TGTALLOC TGTGDS COPYV ADMINISTRATOR/ADMIN "
    "LOGINDYNAM/LIDY RECATALOG/RECAT NOPACKING INCAT CONCURRENT/CONCUR FASTREPLICATION/FASTREP HFCOMPRESS ZCOMPRESS IMPORT RESET "
    "VALIDATE NOVALIDATE SELECTMULTI REBLOCK PERCENTUTILIZED ALLMULTI DEBUG READIOPACING ENCRYPT NOTIFYCONCURRENT MAKEMULTI"
)
_SELECT = keyword_table("INCLUDE/INC EXCLUDE/EXC BY FILTERDDNAME/FDD")
EMPTY, FAILED, REFUSED = 4, 8, 12
_BLOCK = 32000
_MARK, _VSAM_MARK = "ADRDUMP1", "ADRDUMPV"


class _NoDd(Exception):
    """A DD that a command names is not there; the text is its name."""


class Job:
    """One run: the messages and what they count."""

    def __init__(self, step: StepContext, sysprint: Sysprint) -> None:
        """Start with task 0."""
        self.step = step
        self.task = 0
        self._print = sysprint

    def say(self, id: str, origin: str, text: str) -> None:
        """Write a message of the present task."""
        self._print.put(f" {id} ({self.task:03d})-{origin}, {self.stamp} {text}")

    @property
    def stamp(self) -> str:
        """The date and time that messages show."""
        return f"{self.step.now():%Y.%j %H:%M:%S}"

    def put(self, *texts: str) -> None:
        """Write lines."""
        self._print.put(*texts)


def run(step: StepContext) -> int:
    """Do the commands of SYSIN."""
    sysin = step.dd("SYSIN")
    with Sysprint(step) as sysprint:
        job = Job(step, sysprint)
        now = step.now()
        job.put(f"1PAGE 0001     5695-DF175  DFSMSDSS V2R04.0 DATA SET SERVICES     {now:%Y.%j %H:%M}")
        highest = 0
        for line in lines(sysin.records() if sysin is not None else ()):
            job.put(*(f" {image.rstrip()}" for image in line.images))
            if line.text:
                job.task += 1
                highest = max(highest, _command(line.text, job))
        job.put(
            f" ADR012I (SCH)-DSSU (01), {now:%Y.%j %H:%M:%S} DFSMSDSS PROCESSING COMPLETE. HIGHEST RETURN CODE IS {highest:04d}"
        )
        return highest


def _command(text: str, job: Job) -> int:
    verb, _, rest = text.partition(" ")
    job.put(f" ADR101I (R/I)-RI01 (01), TASKID {job.task:03d} HAS BEEN ASSIGNED TO COMMAND '{verb.upper():<5}'")
    work = {"DUMP": _dump, "RESTORE": _restore, "COPY": _copy}.get(verb.upper())
    try:
        if work is None:
            raise AmsSyntax("IDC3211I", verb)
        parameters = Parameters(items(rest), KEYWORDS)
        job.put(f" ADR109I (R/I)-RI01 (01), {job.stamp} INITIAL SCAN OF USER CONTROL STATEMENTS COMPLETED")
        job.say("ADR006I", "STEND(01)", "EXECUTION BEGINS")
        code = work(parameters, job)
    except AmsSyntax as problem:
        job.put(f" ADR102E (R/I)-RI01 (01), SYNTAX ERROR NEAR {' '.join(problem.facts)[:40]}")
        code = REFUSED
    except _NoDd as problem:
        job.say("ADR305E", "DTDSC(01)", f"UNABLE TO OPEN DDNAME {problem}")
        code = REFUSED
    except MvsError as error:
        job.say("ADR380E", "DTDSC(01)", f"DATA SETS NOT PROCESSED, {words(error)}")
        code = FAILED
    job.say("ADR006I", "STEND(02)", "EXECUTION ENDS")
    job.say("ADR013I", "CLTSK(01)", f"TASK COMPLETED WITH RETURN CODE {code:04d}")
    return code


def _selected(parameters: Parameters, names: Iterable[str]) -> list[str]:
    """Return the names that DATASET(INCLUDE EXCLUDE) chooses."""
    choice = Parameters((parameters.item("DATASET") or Item("")).items or (), _SELECT)
    wanted = [Mask(word.upper(), "catalog") for word in choice.words("INCLUDE")]
    unwanted = [Mask(word.upper(), "catalog") for word in choice.words("EXCLUDE")]
    if not wanted:
        raise AmsSyntax("IDC3212I", "INCLUDE")
    return [
        name for name in names if any(mask.matches(name) for mask in wanted) and not any(mask.matches(name) for mask in unwanted)
    ]


def _catalogued(parameters: Parameters, job: Job) -> list[str]:
    infos = job.step.mvs.search(Mask("**", "catalog"))
    return _selected(parameters, [info.dsname for info in infos if entries.kind(info) in {"NONVSAM", "CLUSTER"}])


def _process(job: Job, names: list[str], total: int, work: Callable[[str], str]) -> tuple[int, list[str]]:
    """Do the work on each data set and tell which it was done for; return the code and the names of those in the catalog."""
    job.say(
        "ADR801I",
        "DTDSC(01)",
        f"DATA SET FILTERING IS COMPLETE. {len(names)} OF {total} DATA SETS WERE SELECTED: "
        "0 FAILED SERIALIZATION AND 0 FAILED FOR OTHER REASONS",
    )
    if not names:
        job.say("ADR470W", "DTDSC(01)", "NO DATA SETS SELECTED FOR PROCESSING")
        return EMPTY, []
    done, made, failed = [], [], []
    for name in names:
        try:
            made.append(work(name))
            done.append(name)
        except (MvsError, BadRecordData) as error:
            job.say("ADR380E", "DTDSC(01)", f"DATA SET {name} NOT PROCESSED, {words(error)}")
            failed.append(name)
    if made:
        job.say("ADR454I", "DTDSC(01)", "THE FOLLOWING DATA SETS WERE SUCCESSFULLY PROCESSED")
        job.put(*(f" {'':>10}{name}" for name in made))
    if failed:
        job.say("ADR455W", "DTDSC(01)", "THE FOLLOWING DATA SETS WERE NOT SUCCESSFULLY PROCESSED")
        job.put(*(f" {'':>10}{name}" for name in failed))
    return FAILED if failed else 0, done


def _deleted(parameters: Parameters, job: Job, names: list[str]) -> None:
    if parameters.has("DELETE"):
        for name in names:
            job.step.mvs.delete(Target(name), job.step.who, purge=parameters.has("PURGE"))


def _dd(parameters: Parameters, keyword: str, job: Job) -> OpenDd:
    ddname = parameters.first(keyword).upper()
    dd = job.step.dd(ddname)
    if dd is None:
        raise _NoDd(ddname)
    return dd


def _is_vsam(job: Job, name: str) -> bool:
    info = entries.find(job.step.mvs, name)
    return info is not None and entries.kind(info) == "CLUSTER"


def _portable(job: Job, name: str) -> Iterator[bytes]:
    mvs, who = job.step.mvs, job.step.who
    return portable.written(mvs, who, mvs.cluster(name), job.step.now())


def _dump(parameters: Parameters, job: Job) -> int:
    dd = _dd(parameters, "OUTDDNAME", job)
    names = _catalogued(parameters, job)
    with dd.writer(Dcb.of("U", 0, 32760)) as sink:

        def dumped(name: str) -> str:
            if _is_vsam(job, name):
                records = list(_portable(job, name))
                sink.put(to_host(f"{_VSAM_MARK}{name:<44}{len(records):012d}"))
                sink.put_many(records)
                return name
            data = catalog.unload(job.step.mvs, job.step.who, name)
            stream = b"".join(netdata.write(data, netdata.Transmission(job.step.now())))
            sink.put(to_host(f"{_MARK}{name:<44}{len(stream):012d}"))
            sink.put_many(stream[at : at + _BLOCK] for at in range(0, len(stream), _BLOCK))
            return name

        code, done = _process(job, names, len(names), dumped)
    _deleted(parameters, job, done)
    return code


Dumped = UnloadedDataset | list[bytes]


def _dumped(records: Iterable[bytes]) -> Iterator[tuple[str, Dumped]]:
    """Yield the data sets of a dump: a cluster as the records of its portable form. Raises BadRecordData."""
    source = iter(records)
    for record in source:
        head = to_text(record)
        if not head.startswith((_MARK, _VSAM_MARK)) or not head[52:64].isdecimal():
            raise BadRecordData("no dump of this program")
        name, count = head[8:52].strip(), int(head[52:64])
        if head.startswith(_VSAM_MARK):
            held = list(islice(source, count))
            if len(held) < count:
                raise BadRecordData("dump ends inside a data set")
            yield name, held
            continue
        stream = b""
        while len(stream) < count:
            piece = next(source, b"")
            if not piece:
                raise BadRecordData("dump ends inside a data set")
            stream += piece
        yield name, netdata.read(stream)


def _restore(parameters: Parameters, job: Job) -> int:
    found = dict(_dumped(_dd(parameters, "INDDNAME", job).records()))
    names = _selected(parameters, found)
    code, _ = _process(job, names, len(found), lambda name: _written(name, found[name], parameters, job))
    return code


def _written(name: str, data: Dumped, parameters: Parameters, job: Job) -> str:
    mvs, who, target = job.step.mvs, job.step.who, renamed(name, parameters)
    if isinstance(data, list):
        if parameters.has("REPLACE") and mvs.exists(target):
            mvs.delete(Target(target), who)
        portable.made(mvs, who, target, iter(data))
        return target
    for _ in catalog.load(mvs, who, target, data, replace=parameters.has("REPLACE")):
        pass
    return target


def _copy(parameters: Parameters, job: Job) -> int:
    if not parameters.has("RENAMEUNCONDITIONAL") and not parameters.has("RENAME"):
        raise AmsSyntax("IDC3212I", "RENAMEUNCONDITIONAL")
    names = _catalogued(parameters, job)

    def copied(name: str) -> str:
        is_vsam = _is_vsam(job, name)
        data = list(_portable(job, name)) if is_vsam else catalog.unload(job.step.mvs, job.step.who, name)
        return _written(name, data, parameters, job)

    code, done = _process(job, names, len(names), copied)
    _deleted(parameters, job, done)
    return code


def renamed(name: str, parameters: Parameters) -> str:
    """Return the name that RENAMEU gives a data set: a new first qualifier, or the first pair whose old mask fits."""
    item = parameters.item("RENAMEUNCONDITIONAL") or parameters.item("RENAME")
    if item is None:
        return name
    pairs = item.items or ()
    if len(pairs) == 2 and not any(part.items for part in pairs):
        pairs = (Item("", items=pairs),)  # RENUNC(old,new) is the one pair without its own parentheses
    for part in pairs:
        if not part.items:
            return ".".join([part.word.upper(), *name.split(".")[1:]])
        old, new = (word.upper() for word in [*part.words, ""][:2])
        if Mask(old, "catalog").matches(name):
            stem = old.partition("*")[0].rstrip(".")
            return new.partition("*")[0].rstrip(".") + name[len(stem) :] if "*" in new else new
    return name


PROGRAM = Program("ADRDSSU", run)
