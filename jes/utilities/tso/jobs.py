"""SUBMIT, STATUS, TRANSMIT, RECEIVE, SEND, PROFILE and small commands of TSO.

Source: [TSO]; texts jes-and-jcl reference 5.8. Rules: TRANSMIT needs OUTDATASET or OUTFILE, RECEIVE needs INDATASET or INFILE:
there is no
network to other nodes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jes.errors import JesError
from jes.hosttext import to_text
from jes.jcl.jobcard import job_statement
from jes.job import JobInfo
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, items, keyword_table
from jes.utilities.tso.datasets import FAILED, refusal
from jes.utilities.tso.session import TsoSession
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, MvsError
from mvsfs.exchange import catalog as exchange
from mvsfs.exchange import netdata
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.info import Allocation
from mvsfs.names import check_dsname

TRANSMIT = keyword_table(
    "DATASET/DA/DSNAME/DSN OUTDATASET/OUTDA/OUTDSNAME OUTFILE/OUTDD MEMBERS/MEMBER NOLOG LOG NOPROLOG PROLOG SEQUENTIAL/SEQ PDS "
    "NOTIFY NONOTIFY MSGDATASET MSGFILE FILE/DDNAME/DD NOEPILOG EPILOG PARM SYSOUT QUIET MESSAGE/MSG VLRECL"
)
RECEIVE = keyword_table("INDATASET/INDA/INDSNAME INFILE/INDD USERID NODISPLAY DISPLAY NONAMES LOGDATASET PARM NEW")
_UNIT = 80


def submit(text: str, session: TsoSession) -> int:
    """SUBMIT data sets, or * for the rest of the input (which the caller has put into `text`)."""
    code = 0
    for item in items(text):
        for one in (item.items or ()) if not item.word else (item,):
            try:
                records = list(session.step.mvs.records(session.target(one), session.step.who))
            except MvsError as error:
                code = max(code, refusal(session, error, session.name(one)))
                continue
            for jobid in session.step.jes.submit(session.step.acee, records):
                session.say("submitted", jobname=job_statement(records)[0].jobname, jobid=jobid)
    return code


def status(text: str, session: TsoSession) -> int:
    """STATUS: where jobs are; without names all whose name is the user ID and at least one character."""
    step = session.step
    named = [inner for item in items(text) for inner in ((item.items or ()) if not item.word else (item,))]
    code = 0
    for name in [item.word.upper() for item in named] or [f"{step.userid}*"]:
        jobs = [job for job in step.jes.jobs(step.acee, jobname=name, owner="*") if named or job.jobname != step.userid]
        for job in jobs:
            place = {"INPUT": "waiting", "ACTIVE": "executing"}.get(job.status, "onqueue")
            session.say(place, jobname=job.jobname, jobid=job.jobid)
        if not jobs:
            session.say("notfound" if named else "nojobs", jobname=name)
            code = FAILED if named else code
    return code


def transmit(text: str, session: TsoSession) -> int:
    """TRANSMIT node.user DATASET(..) OUTDATASET(..): a data set in NETDATA form."""
    parameters = Parameters(items(text), TRANSMIT, positionals=1)
    source = parameters.item("DATASET")
    output = parameters.item("OUTDATASET")
    ddname = parameters.first("OUTFILE").upper()
    if source is None or not source.items or (output is None and not ddname):
        session.say("nonetwork")
        return FAILED
    mvs, who = session.step.mvs, session.step.who
    target = session.target(source.items[0])
    try:
        data = exchange.unload(mvs, who, str(target))
        wanted = {word.upper() for word in parameters.words("MEMBERS")}
        if wanted and data.members is not None:
            data = replace(data, members=[member for member in data.members if member.name in wanted])
        stream = b"".join(netdata.write(data, netdata.Transmission(session.step.now())))
        records = [stream[at : at + _UNIT].ljust(_UNIT, b"\0") for at in range(0, len(stream), _UNIT)]
        if output is not None and output.items:
            shape = Allocation(
                recfm="FB", lrecl=_UNIT, blksize=3120, space_unit="TRACK", primary=max(len(records) // 600, 1) + 1, secondary=15
            )
            with mvs.open_output(session.target(output.items[0]), who, allocation=shape) as writer:
                writer.write_records(records)
        else:
            dd = session.step.dd(ddname)
            if dd is None:
                session.say("nofile", ddname=ddname)
                return FAILED
            with dd.writer(Dcb.of("FB", _UNIT)) as sink:
                sink.put_many(records)
    except MvsError as error:
        return refusal(session, error, str(target))
    now = session.step.now()
    session.put(f"0 message and {_count(data)} data records sent as {len(records)} records to {parameters.positional[0].word}")
    session.put(f"Transmission occurred on {now:%m/%d/%Y} at {now:%H:%M:%S}.")
    return 0


def _count(data: UnloadedDataset) -> int:
    return sum(len(member.records) for member in data.members) if data.members is not None else len(list(data.records))


def receive(text: str, session: TsoSession, answers: Iterator[str]) -> int:
    """RECEIVE INDATASET(..): the answer to its prompt comes from the input."""
    parameters = Parameters(items(text), RECEIVE)
    mvs, who = session.step.mvs, session.step.who
    source = parameters.item("INDATASET")
    ddname = parameters.first("INFILE").upper()
    try:
        if source is not None and source.items:
            stream = b"".join(mvs.records(session.target(source.items[0]), who))
        else:
            dd = session.step.dd(ddname)
            stream = b"".join(dd.records()) if dd is not None else b""
        data = netdata.read(stream)
    except (MvsError, BadRecordData) as error:
        if isinstance(error, BadRecordData):
            session.say("notvalid")
            return FAILED
        return refusal(session, error, session.name(source.items[0]) if source is not None and source.items else ddname)
    session.say("received", name=data.dsname, userid=session.step.userid, node="N1")
    session.say("prompt")
    answer = next(answers, "")
    if answer.strip().upper() in {"END", "DELETE"}:
        return 0
    name = _restore_name(answer, data, session)
    try:
        for _ in exchange.load(mvs, who, name, data, replace=mvs.exists(name)):
            pass
    except MvsError as error:
        return refusal(session, error, name)
    session.say("restored", name=name)
    return 0


def _restore_name(answer: str, data: UnloadedDataset, session: TsoSession) -> str:
    for item in items(answer):
        if item.word in {"DATASET", "DA", "DSNAME", "DSN"} and item.items:
            return check_dsname(session.name(item.items[0]))
    return check_dsname(".".join([session.prefix, *data.dsname.split(".")[1:]]) if session.prefix else data.dsname)


def send(text: str, session: TsoSession) -> int:
    """SEND 'text' USER(..): a line for the console."""
    found = items(text)
    if not found or not found[0].quoted:
        raise AmsSyntax("IDC3212I", "MESSAGE TEXT")
    users = [word for item in found[1:] if item.word in {"USER", "U"} for word in item.words]
    session.step.write_joblog(
        f"{found[0].word} {session.step.userid}" if not users else f"SE '{found[0].word}',USER=({','.join(users)})"
    )
    return 0


def profile(text: str, session: TsoSession) -> int:
    """PROFILE: PREFIX, NOPREFIX, MSGID and the like; alone it shows them."""
    found: tuple[Item, ...] = items(text)
    for item in found:
        if item.word == "PREFIX":
            session.prefix = item.first.upper() or session.step.userid
        elif item.word == "NOPREFIX":
            session.prefix = ""
    if not found:
        shown = f"PREFIX({session.prefix})" if session.prefix else "NOPREFIX"
        session.put(
            "IKJ56688I CHAR(0)  LINE(0)  PROMPT  INTERCOM  NOPAUSE MSGID NOMODE WTPMSG NORECOVER "
            f"{shown} PLANGUAGE(ENU) SLANGUAGE(ENU) VARSTORAGE(LOW)"
        )
    return 0


def cancel(text: str, session: TsoSession) -> int:
    """CANCEL jobname(jobid) [PURGE|NOPURGE]: as the operator's cancel, for jobs that the user may alter."""
    code = 0
    for job in _jobs_named(text, session, {"PURGE", "NOPURGE", "P", "NOP"}):
        if job is None:
            code = FAILED
            continue
        try:
            session.step.jes.cancel(
                session.step.acee, job.jobid, purge=any(item.word in {"PURGE", "P"} for item in items(text)[1:])
            )
            session.say("cancelled", jobname=job.jobname, jobid=job.jobid)
        except JesError:
            session.say("cancelfailed", jobname=job.jobname, jobid=job.jobid)
            code = FAILED
    return code


def output(text: str, session: TsoSession) -> int:
    """OUTPUT jobname(jobid) PRINT(*): the held output of a job on SYSTSPRT; DELETE purges it."""
    found = items(text)
    words = {item.word for item in found[1:]}
    code = 0
    for job in _jobs_named(text, session, words):
        if job is None:
            code = FAILED
            continue
        step = session.step
        try:
            for file in step.jes.spool_files(job):
                session.put(*(to_text(record).rstrip() for record in step.jes.read_spool(step.acee, job, file)))
            if "DELETE" in words:
                step.jes.cancel(step.acee, job.jobid)
        except JesError:
            session.say("rejected", jobname=job.jobname)
            code = FAILED
    return code


def _jobs_named(text: str, session: TsoSession, operands: set[str]) -> Iterator[JobInfo | None]:
    """Yield the jobs that jobname or jobname(jobid) words name; None, after a message, for one that is not there."""
    for item in items(text):
        for one in (item.items or ()) if not item.word else (item,):
            if one.word in operands or not one.word:
                continue
            jobid = one.first.upper()
            jobs = [
                job
                for job in session.step.jes.jobs(session.step.acee, jobname=one.word.upper(), owner="*")
                if not jobid or job.jobid == jobid
            ]
            if len(jobs) == 1:
                yield jobs[0]
                continue
            session.say("notunique" if jobs else "notfound", jobname=one.word.upper())
            yield None


def time(_text: str, session: TsoSession) -> int:
    """TIME: the time of day, and that nothing was used."""
    now = session.step.now()
    session.put(
        f"IKJ56650I TIME-{now:%I:%M:%S} {now:%p}. CPU-00:00:00 SERVICE-0 SESSION-00:00:00 {now:%B} {now.day},{now:%Y}".upper()
    )
    return 0


def nothing(_text: str, _session: TsoSession) -> int:
    """Commands that need a terminal or have nothing to do in batch: TERMINAL, LOGOFF."""
    return 0
