"""SUBMIT, STATUS, CANCEL, OUTPUT: jobs, from batch TSO.

    SUBMIT dataset ...                    SUBMIT * [END(xx)]    the lines of SYSTSIN, to the end or to one that is xx
    STATUS [jobname[(jobid)] ...]         CANCEL jobname[(jobid)] [PURGE|NOPURGE]      OUTPUT jobname[(jobid)] [PRINT(*)] [DELETE]

Source: [TSO]; texts jes-and-jcl reference 5.8. Rules: jobs without a JOB statement get one, whose name ends in the characters of
JOBCHAR, else of the next line of the input.
"""

from __future__ import annotations

from collections.abc import Iterator

from jes.errors import JesError
from jes.hosttext import to_host, to_text
from jes.job import JobInfo
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, items, keyword_table
from jes.utilities.tso.datasets import refusal
from jes.utilities.tso.session import FAILED, TsoSession
from mvsfs.errors import MvsError

_SUBMIT = keyword_table("HOLD NOHOLD JOBCHAR PASSWORD NOPASSWORD USER NOUSER NOTIFY NONOTIFY PAUSE NOPAUSE END CLOSE")
_JOB_CARD = to_host("//"), to_host(" JOB")
_STATUS = {"INPUT": "waiting", "ACTIVE": "executing", "OUTPUT": "onqueue"}


def submit(text: str, session: TsoSession) -> int:
    """SUBMIT data sets, or * for lines of the input."""
    found = items(text)
    names, options = found[:1], Parameters(found[1:], _SUBMIT)
    if not names:
        raise AmsSyntax("IDC3225I", "DATA SET NAME")
    if names[0].word == "*":
        return _submitted(_lines(session, options.first("END")), options, session)
    code = 0
    for one in (names[0].items or ()) if not names[0].word else names:
        try:
            records = list(session.step.mvs.records(session.target(one), session.step.who))
        except MvsError as error:
            code = max(code, refusal(session, error, session.name(one)))
            continue
        code = max(code, _submitted(records, options, session))
    return code


def _lines(session: TsoSession, end: str) -> list[bytes]:
    """Return the lines of the input up to the one that ends them, or all."""
    lines: list[bytes] = []
    for line in session.cards.lines():
        if end and line.strip().upper() == end.upper():
            break
        lines.append(to_host(line.ljust(80)))
    return lines


def _submitted(records: list[bytes], options: Parameters, session: TsoSession) -> int:
    step = session.step
    first, operation = _JOB_CARD
    if not any(record.startswith(first) and operation in record[:20] for record in records):
        records = [_job_card(options, session), *records]
    ids = step.jes.submit(step.acee, records)
    for jobid in ids:
        session.say("submitted", jobname=step.jes.job(step.acee, jobid).jobname, jobid=jobid)
    return 0 if ids else FAILED


def _job_card(options: Parameters, session: TsoSession) -> bytes:
    """Return the JOB statement that SUBMIT makes [TSO SUBMIT]."""
    character = options.first("JOBCHAR").upper()
    if not character:
        session.say("jobchar")
        character = next(session.cards.lines(), "").strip().upper() or "#"
    name = f"{session.step.userid}{character}"[:8]
    return to_host(f"//{name} JOB ,{session.step.userid},NOTIFY={session.step.userid}".ljust(80))


def status(text: str, session: TsoSession) -> int:
    """STATUS: where jobs are; without names all whose name is the user ID and at least one character."""
    step = session.step
    named = [inner for item in items(text) for inner in ((item.items or ()) if not item.word else (item,))]
    code = 0
    for item in named or [Item(f"{step.userid}*")]:
        name, jobid = item.word.upper(), item.first.upper()
        jobs = [job for job in step.jes.jobs(step.acee, jobname=name, owner="*") if not jobid or job.jobid == jobid]
        jobs = [job for job in jobs if named or job.jobname != step.userid]
        for job in jobs:
            key = "waitingheld" if job.status == "INPUT" and job.held else _STATUS[job.status]
            session.say(key, jobname=job.jobname, jobid=job.jobid)
        if not jobs:
            session.say("notfound" if named else "nojobs", jobname=f"{name}({jobid})" if jobid else name)
            code = FAILED if named else code
    return code


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
