"""Job listings at JESINTERFACELEVEL 1 and 2, one job in detail, and job ids for NLST.

Source: jes-and-jcl.md 1.3 to 1.6 (columns confirmed there on 199 captured rows).
Rules: columns count from 0; a level 2 row is blank up to column 43 even when nothing follows, and a text with a spool
file count ends in a blank or in "files", since clients look for a blank after the return code. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jes.job import JobInfo, SpoolFile

HEADING = "JOBNAME  JOBID    OWNER    STATUS CLASS"
RULE = "--------"
SPOOL_HEADING = "         ID  STEPNAME PROCSTEP C DDNAME   BYTE-COUNT"
NO_STEP = "STEP, PROC, CPUT, and ELAPT unknown"
NOT_AVAILABLE = "N/A"


def level1(jobs: Iterable[JobInfo]) -> Iterator[str]:
    """Yield a row for each job, without heading; only output jobs show their spool files."""
    for job in jobs:
        files = f" {job.spool_count:>2} spool files" if job.status == "OUTPUT" else ""
        yield f"{job.jobname:<8} {job.jobid:<8} {job.status}{files}"


def level2(jobs: Iterable[JobInfo]) -> Iterator[str]:
    """Yield the heading and a row for each job."""
    yield HEADING
    for job in jobs:
        yield _row(job, _extra(job))


def detail(job: JobInfo, files: Sequence[SpoolFile]) -> Iterator[str]:
    """Yield the listing of one job: its row, then its spool files or the step it is in."""
    yield HEADING
    if job.status == "INPUT":
        yield _row(job, _extra(job))
        return
    yield _row(job, f"{job.completion.text} " if job.completion else "")
    yield RULE
    if job.status == "ACTIVE":
        yield from _step(job)
        return
    yield SPOOL_HEADING
    yield from (_spool_row(file) for file in files)
    if files:
        yield f"{len(files)} spool files"


def names(jobs: Iterable[JobInfo]) -> Iterator[str]:
    """Yield the job ids, as NLST sends them."""
    return (job.jobid for job in jobs)


def _row(job: JobInfo, extra: str) -> str:
    return f"{job.jobname:<8} {job.jobid:<8} {job.owner:<8} {job.status:<6} {job.job_class:<8} {extra}"


def _extra(job: JobInfo) -> str:
    """What follows the class: completion and spool files, or why an input job waits."""
    if job.status == "INPUT":
        return "-HELD-" if job.held else "-DUP-" if job.dup else ""
    if job.held:
        return f"-HELD- {job.completion.text if job.completion else 'RC'} spool files not accessible"
    files = f"{job.spool_count} spool files " if job.spool_count or job.status == "OUTPUT" else ""
    return f"{job.completion.text} {files}" if job.completion else files


def _step(job: JobInfo) -> Iterator[str]:
    """The body for an active job."""
    step = job.step
    if step is None:
        yield NO_STEP
        return
    yield f"         STEPNAME {step.stepname:<8} PROCNAME {step.procname or NOT_AVAILABLE:>10}"
    yield f"         CPUTIME {step.cpu_seconds:>9.3f} ELAPSED TIME {step.elapsed_seconds:>10.3f}"


def _spool_row(file: SpoolFile) -> str:
    """One spool file; N/A stands in the middle of an absent procedure step name."""
    procstep = f"{file.procstep:<8}" if file.procstep else f"   {NOT_AVAILABLE}  "
    return f"         {file.number:03d} {file.stepname:<8} {procstep} {file.sysout_class:1} {file.ddname:<8} {file.bytes:>9}"
