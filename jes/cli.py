"""The `jes` command: submit jobs, look at them, fetch and purge their output, on the store that the server uses.

Rules: a running server takes the jobs up; with --wait this command has initiators of its own, so it needs no server. What a job
printed is shown without its carriage control unless --raw asks for the records as they are.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.exc import DatabaseError

from jes.config import JesConfig
from jes.errors import JesError, JobNotAuthorized, JobNotFound, JobStillRunning, SpoolFileNotFound, WrongState
from jes.hosttext import to_text
from jes.job import CompletionKind, JobInfo
from jes.opening import open_system
from jes.system import Jes
from mvsfs.cli_output import Column, listing, unreachable
from mvsfs.errors import MvsError
from mvsfs.paths import STORE_VARIABLE, store_url
from mvsfs.sentences import sentence
from saf.errors import SafError, UserNotDefined, UserRevoked
from saf.profiles import Acee

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

_COLUMNS = (
    Column("JOBNAME", "jobname"),
    Column("JOBID", "jobid"),
    Column("OWNER", "owner"),
    Column("STATUS", "status"),
    Column("CLASS", "class"),
    Column("RESULT", "result"),
    Column("FILES", "files", True),
)
_FILE_COLUMNS = (
    Column("ID", "id", True),
    Column("DDNAME", "ddname"),
    Column("STEPNAME", "stepname"),
    Column("PROCSTEP", "procstep"),
    Column("C", "class"),
    Column("RECORDS", "records", True),
    Column("BYTES", "bytes", True),
)
#: Carriage control to what a terminal shows: lines before the record.
_SKIPS = {"1": "\n", "0": "\n"}

StoreOption = Annotated[
    str | None, typer.Option("--store", envvar=STORE_VARIABLE, help="Folder or address of the store.", show_default=False)
]
UserOption = Annotated[str, typer.Option("--user", help="User who acts.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def main_options(context: typer.Context, store: StoreOption = None, user: UserOption = "IBMUSER") -> None:
    """Jobs and their output."""

    @contextmanager
    def opened(**config: Any) -> Iterator[tuple[Jes, Acee]]:
        now = lambda: datetime.now().astimezone()  # noqa: E731  (the clock of command line programs)
        try:
            mvs, saf = open_system(store_url(store), now=now)
            with mvs:
                yield Jes.open(mvs, saf, now=now, config=JesConfig(**config)), saf.acee(user.upper())
        except (JesError, MvsError, SafError, DatabaseError, ValueError, OSError) as error:
            typer.echo(f"jes: {_explained(error)}", err=True)
            raise typer.Exit(1) from None

    context.obj = opened


def _explained(error: Exception) -> str:
    if isinstance(error, JobNotFound):
        return f"no job {error.jobid}"
    if isinstance(error, SpoolFileNotFound):
        return f"{error.jobid} has no spool file {error.wanted}"
    if isinstance(error, JobNotAuthorized):
        return f"{error.userid} has no {error.wanted} access to {error.resource} ({error.saf_class})"
    if isinstance(error, JobStillRunning):
        return f"{error.jobid} has not ended within {error.seconds:g} seconds"
    if isinstance(error, WrongState):
        return f"{error.jobid} is in {error.state}: {error.command.lower()} does not fit"
    if isinstance(error, UserNotDefined | UserRevoked):
        return f"user {error.userid} is {'not defined' if isinstance(error, UserNotDefined) else 'revoked'}"
    if isinstance(error, MvsError):
        return sentence(error)
    if isinstance(error, DatabaseError):
        return unreachable(error)
    return str(error)


@app.command()
def submit(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Files with JCL; - is standard input.")],
    wait: Annotated[bool, typer.Option("--wait", "-w", help="Run the jobs here and wait for them.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to wait for one job.")] = 300.0,
    as_json: JsonOption = False,
) -> None:
    """Submit jobs and print their ids. With --wait the exit code is 8 when one of them did not end with RC 0 to 4."""
    with context.obj() as (jes, acee):
        ids: list[str] = []
        for file in files:
            text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
            ids += jes.submit(acee, text)
        if not ids:
            typer.echo("jes: there is no JOB statement", err=True)
            raise typer.Exit(1)
        if not wait:
            listing((Column("JOBID", "jobid"),), [{"jobid": jobid} for jobid in ids], as_json=as_json, names_only=True)
            return
        with jes:
            ended = [jes.wait(jobid, timeout) for jobid in ids]
        listing(_COLUMNS, [_row(info) for info in ended], as_json=as_json)
        if not all(_is_well(info) for info in ended):
            raise typer.Exit(8)


@app.command("list")
def list_jobs(
    context: typer.Context,
    jobname: Annotated[str, typer.Argument(help="Job name mask, or a job id for its spool files.")] = "*",
    owner: Annotated[str, typer.Option(help="Owner mask.")] = "*",
    status: Annotated[str, typer.Option(help="INPUT, ACTIVE, OUTPUT or ALL.")] = "ALL",
    as_json: JsonOption = False,
) -> None:
    """List jobs, or the spool files of one."""
    with context.obj() as (jes, acee):
        found = jes.jobs(acee, jobid=jobname)
        if found:
            rows = [
                {
                    "id": file.number, "ddname": file.ddname, "stepname": file.stepname, "procstep": file.procstep,
                    "class": file.sysout_class, "records": file.records, "bytes": file.bytes, "dsname": file.dsname,
                }
                for file in jes.spool_files(found[0])
            ]  # fmt: skip
            listing(_FILE_COLUMNS, rows, as_json=as_json)
            return
        jobs = jes.jobs(acee, jobname=jobname.upper(), owner=owner.upper(), status=status.upper())
        listing(_COLUMNS, [_row(info) for info in jobs], as_json=as_json)


@app.command()
def output(
    context: typer.Context,
    jobid: Annotated[str, typer.Argument(help="Job id, as JOB00012 or J12.")],
    file: Annotated[str, typer.Argument(help="Number or ddname of one spool file; all by default.")] = "",
    raw: Annotated[bool, typer.Option(help="Print carriage control characters.")] = False,
) -> None:
    """Print the output of a job."""
    with context.obj() as (jes, acee):
        info = jes.job(acee, jobid)
        files = jes.spool_files(info)
        if file:
            files = [one for one in files if file.upper() in {str(one.number), one.ddname}]
            if not files:
                raise SpoolFileNotFound(info.jobid, file)
        for one in files:
            has_control = one.recfm[-1] in "AM" and not raw
            for record in jes.read_spool(acee, info, one):
                typer.echo(_shown(to_text(record)) if has_control else to_text(record).rstrip())


@app.command()
def purge(context: typer.Context, jobids: Annotated[list[str], typer.Argument(help="Job ids.")]) -> None:
    """Cancel jobs and purge their output."""
    with context.obj() as (jes, acee):
        for jobid in jobids:
            info = jes.cancel(acee, jobid, purge=True)
            typer.echo(f"{info.jobid} purged")


@app.command()
def cancel(context: typer.Context, jobids: Annotated[list[str], typer.Argument(help="Job ids.")]) -> None:
    """Cancel jobs and keep their output."""
    with context.obj() as (jes, acee):
        for jobid in jobids:
            typer.echo(f"{jes.cancel(acee, jobid, purge=False).jobid} cancelled")


@app.command()
def hold(context: typer.Context, jobids: Annotated[list[str], typer.Argument(help="Job ids.")]) -> None:
    """Hold waiting jobs."""
    with context.obj() as (jes, acee):
        for jobid in jobids:
            jes.hold(acee, jobid)


@app.command()
def release(context: typer.Context, jobids: Annotated[list[str], typer.Argument(help="Job ids.")]) -> None:
    """Release held jobs."""
    with context.obj() as (jes, acee):
        for jobid in jobids:
            jes.release(acee, jobid)


def _row(info: JobInfo) -> dict[str, Any]:
    state = "-HELD-" if info.held else "-DUP-" if info.dup else info.completion.text if info.completion else ""
    return {
        "jobname": info.jobname, "jobid": info.jobid, "owner": info.owner, "status": info.status, "class": info.job_class,
        "result": state, "files": info.spool_count,
    }  # fmt: skip


def _is_well(info: JobInfo) -> bool:
    completion = info.completion
    return completion is not None and completion.kind is CompletionKind.RC and completion.rc <= 4


def _shown(line: str) -> str:
    return _SKIPS.get(line[:1], "") + line[1:].rstrip()


def main() -> None:
    """Run the command; a reader that has seen enough (`| head`) ends it silently."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app()
