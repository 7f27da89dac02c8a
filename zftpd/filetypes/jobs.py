"""FILETYPE=JES: STOR submits, LIST shows the queue, RETR fetches spool files, DELE purges.

Source: jes-and-jcl.md 1.2 to 1.8.
Not here: submitting record by record with FTCHKJES (submit.py), the columns of listings (zftpd/lists/jobs.py).
Rules: JESJOBNAME, JESOWNER and JESSTATUS filter what RETR and DELE find too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

from jes.errors import JobNotFound, JobStillRunning, SpoolFileNotFound
from jes.job import JobInfo, SpoolFile
from jes.names import is_mask, jobid_forms, mask
from mvsfs.dcb import Dcb, Dsorg
from zftpd.errors import Refused
from zftpd.filetypes import submit
from zftpd.filetypes.contract import Listing, Sink, Source
from zftpd.filters import filters
from zftpd.lists import jobs as lists
from zftpd.naming import UnixTarget
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply
from zftpd.session import Session
from zftpd.targets import target_of
from zftpd.transfer.outbound import outbound_records

#: The record behind each spool file, in EBCDIC; letters, blank and exclamation mark are alike in pages 037 and 1047.
BLANK = b"\x40"
SEPARATOR = " !! END OF JES SPOOL FILE !!".encode("cp037")
#: How often a wait for a job looks whether the client has given up.
POLL_SECONDS = 1.0


class Jobs:
    """Jobs and their spool files."""

    name = "JES"

    @contextmanager
    def source(self, session: Session, arg: str) -> Iterator[Source]:
        """Open a job's spool files; any other name is JCL to submit and whose output to wait for."""
        base, _, suffix = arg.strip(" '").upper().partition(".")
        if jobid_forms(base):
            job = _job(session, base)
            files = _chosen(session, job, suffix)
            yield _spool_source(session, job, files, whole=suffix in {"", "X"})
        elif session.settings.jesgetbydsn:
            job, file = _by_dsname(session, arg.strip(" '").upper())
            yield _spool_source(session, job, [file], whole=False)
        else:
            yield _put_get(session, arg)

    def sink(self, session: Session, arg: str, verb: str) -> AbstractContextManager[Sink]:
        """Open an internal reader; the name given to STOR does not matter."""
        if verb == "APPE":
            raise Refused("jes.verb", verb="APPE")
        session.transfer.dsname = arg.strip(" '").upper()
        return submit.reader(session)

    def listing(self, session: Session, arg: str, verb: str) -> Listing:
        """Return the queue, or one job in detail."""
        settings = session.settings
        wanted = arg.strip(" '").upper()
        facts = filters(session)
        found = _visible(session, wanted)
        if not found:
            raise Refused("list.nojobs", **facts)
        limit = settings.jesentrylimit
        done = reply("list.done")
        if len(found) > limit:
            done = done.after(*lines("list.limit", limit=limit))
            found = found[:limit]
        opening = reply("list.start") if settings.jesinterfacelevel == 1 else reply("list.jobs.start", **facts)
        if verb == "NLST":
            return Listing(opening, lists.names(found), done)
        if settings.jesinterfacelevel == 1:
            return Listing(opening, lists.level1(found), done)
        if jobid_forms(wanted):
            job = found[0]
            files = [] if job.status == "INPUT" else session.server.jes.spool_files(job)
            return Listing(opening, lists.detail(job, files), done)
        return Listing(opening, lists.level2(found), done)

    def delete(self, session: Session, arg: str) -> Reply:
        """Cancel a job and purge its output."""
        job = _job(session, arg.strip(" '").upper())
        session.transfer.jobid = job.jobid
        session.server.jes.cancel(session.acee, job.jobid, purge=True)
        return reply("jes.cancelled")


def _visible(session: Session, wanted: str) -> list[JobInfo]:
    """Return the jobs that the filters and the argument let through.

    At level 1 the argument is ignored, and only held output can be seen.
    """
    settings, jes = session.settings, session.server.jes
    facts = filters(session)
    if settings.jesinterfacelevel == 1:
        own = jes.jobs(session.acee, jobname=f"{session.userid}?", owner=session.userid, status="ALL")
        return [job for job in own if job.status != "OUTPUT" or job.output_held]
    forms = jobid_forms(wanted)
    found = jes.jobs(session.acee, jobname=facts["jobname"], owner=facts["owner"], status=facts["status"])
    if forms:
        return [job for job in found if job.jobid in forms]
    if not wanted or wanted == "*":
        return list(found)
    if is_mask(wanted):
        return [job for job in found if mask(wanted).match(job.jobid)]
    return []


def _job(session: Session, jobid: str) -> JobInfo:
    """Return the job of this id. Raises JobNotFound, also for one that the filters hide."""
    found = _visible(session, jobid) if jobid_forms(jobid) else []
    forms = jobid_forms(jobid)
    for job in found:
        if job.jobid in forms:
            return job
    raise JobNotFound(jobid)


def _chosen(session: Session, job: JobInfo, suffix: str) -> list[SpoolFile]:
    """Return the spool files that `.n`, `.X` or nothing means. Raises SpoolFileNotFound, Refused before there are any."""
    # an active job may have spun some
    files = [] if job.status == "INPUT" or job.held else list(session.server.jes.spool_files(job))
    if session.settings.jesinterfacelevel == 1:
        files = [file for file in files if file.held]
    session.transfer.jobid = job.jobid
    if not files:
        raise Refused("jes.nospool", jobid=job.jobid)
    if suffix in {"", "X"}:
        return files
    number = int(suffix) if suffix.isdecimal() and len(suffix) < 9 else 0
    if not 1 <= number <= len(files):
        raise SpoolFileNotFound(job.jobid, suffix)
    return [files[number - 1]]


def _by_dsname(session: Session, dsname: str) -> tuple[JobInfo, SpoolFile]:
    """Return the spool file of this JES data set name (JESGETBYDSN): OWNER.JOBNAME.JOBID.Dnnnnnnn.ddname."""
    parts = dsname.split(".")
    jobid = next((part for part in parts if jobid_forms(part)), "")
    if not jobid:
        raise JobNotFound(dsname)
    job = _job(session, jobid)
    for file in session.server.jes.spool_files(job):
        if file.dsname == dsname:
            return job, file
    raise SpoolFileNotFound(job.jobid, dsname)


def _spool_source(session: Session, job: JobInfo, files: list[SpoolFile], *, whole: bool) -> Source:
    """Return the records of spool files as RETR sends them; a whole job has a line after each file."""
    session.transfer.dsname = files[0].dsname if not whole else job.jobid
    opening = reply("jes.retr.all") if whole else reply("retr.start", name=files[0].dsname)
    return Source(opening, _sent(session, job, files, whole=whole), lambda: reply("transfer.done"))


def _sent(session: Session, job: JobInfo, files: list[SpoolFile], *, whole: bool) -> Iterator[bytes]:
    """Yield what goes over the wire. TRAILINGBLANKS and RDW are for data sets: JESTRAILINGBLANKS decides, no RDW is sent."""
    jes, options = session.server.jes, replace(session.options, trailingblanks=True, rdw=False)
    cut = session.wire.is_text and not session.settings.jestrailingblanks

    def records() -> Iterator[bytes]:
        for file in files:
            kept = jes.read_spool(session.acee, job, file)
            yield from (record.rstrip(BLANK) for record in kept) if cut else kept
            if whole:
                yield SEPARATOR

    dcb = Dcb.of("VB", 32756, 32760, Dsorg.PS)
    return outbound_records(records(), dcb, options, session.wire)


def _put_get(session: Session, arg: str) -> Source:
    """Submit the JCL that a data set, member or file holds, and send its output when it has ended."""
    target = target_of(session, arg)
    jobids = submit.stored(session, target)
    if not jobids:
        raise Refused("jes.putget.nojob", name=target)
    jobid = jobids[-1]
    session.transfer.jobid = jobid
    name = target.path if isinstance(target, UnixTarget) else str(target)
    opening = reply("jes.putget.wait", jobid=jobid).after(
        *lines("jes.putget.submit", name=name, lrecl=submit.reader_lrecl(session.settings))
    )
    return Source(opening, _awaited(session, jobid), lambda: reply("transfer.done"))


def _awaited(session: Session, jobid: str) -> Iterator[bytes]:
    """Wait for the job, yielding nothing from time to time so that ABOR is heard; then yield its spool files.

    Raises JobStillRunning when JESPUTGETTO has passed, JobNotFound when the filters hide the job.
    """
    jes, limit = session.server.jes, session.settings.jesputgetto
    waited = 0.0
    while True:
        try:
            job = jes.wait(jobid, min(POLL_SECONDS, max(limit - waited, 0.0)))
            break
        except JobStillRunning:
            waited += POLL_SECONDS
            if waited >= limit:
                raise JobStillRunning(jobid, limit) from None
            yield b""
    job = _job(session, job.jobid)
    yield from _sent(session, job, list(jes.spool_files(job)), whole=True)
