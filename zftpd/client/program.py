"""PGM=FTP: the client as a job step. INPUT gives the subcommands, OUTPUT gets the dialogue.

Source: jes-and-jcl.md 5.9 "FTP client in batch"; [UG] "Submitting FTP requests in batch".
Rules: SYSFTPD or `-f` names the client's FTP.DATA. The step's code is the standard code modulo 4096, with EXIT only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jes.stepcontext import Program, RecordSink, StepContext
from mvsfs.codepages import table
from mvsfs.dcb import Dcb
from zftpd.attls.errors import PolicyError
from zftpd.attls.policy import Policy
from zftpd.attls.policy import read as read_attls
from zftpd.client import traces
from zftpd.client.cli import with_words
from zftpd.client.codes import step_code
from zftpd.client.configuration import FTPDATA_PLACES, NETRC_PLACES, POLICY_PATH, in_store, text_of
from zftpd.client.interpreter import asked, run
from zftpd.client.local_store import StoreFiles
from zftpd.client.parameters import BadParameters, StartParameters, parse
from zftpd.client.state import Client, Console
from zftpd.client.texts import text
from zftpd.client.trust import FileReader, ring_of_saf
from zftpd.params.defaults import defaults
from zftpd.params.ftpdata import read as read_ftpdata
from zftpd.params.param import Where
from zftpd.params.settings import Settings

#: Width of OUTPUT: longer lines go on in the next record.
OUTPUT_LRECL = 160
PARAMETER_ERROR = 8


def run_ftp(step: StepContext) -> int:
    """Run one client session as the step's program and return the step's code."""
    output = step.dd("OUTPUT") or step.dd("SYSPRINT")
    sink = output.writer(Dcb.of("FB", OUTPUT_LRECL)) if output is not None else None
    pages = table("IBM-1047", "ISO8859-1")

    def show(line: str) -> None:
        if sink is not None:
            put_line(sink, line.encode("latin-1", "replace").translate(pages.to_host))

    try:
        return session(step, show)
    finally:
        if sink is not None:
            sink.close()


def put_line(sink: RecordSink, line: bytes) -> None:
    """Write one line, in as many records as it needs."""
    for start in range(0, max(len(line), 1), OUTPUT_LRECL):
        sink.put(line[start : start + OUTPUT_LRECL])


def session(step: StepContext, show: Callable[[str], None]) -> int:
    """Read the start words, the configuration and the input, and run the client."""
    try:
        parameters = parse(step.parm.split())
    except BadParameters as error:
        show(text("usage", usage=str(error)))
        return PARAMETER_ERROR
    found = sysftpd(step) or in_store(step.mvs, step.who, FTPDATA_PLACES)
    settings = defaults()
    if found is not None:
        data = read_ftpdata(found[1], "SYSFTPD", side=Where.CLIENT)
        settings = data.settings
        for bad in data.diagnostics:
            show(text("statement", source=found[0], line=bad.line, statement=bad.statement, reason=bad.reason))
    settings = with_words(settings, parameters)
    try:
        policy = step_policy(step, settings)
    except PolicyError as error:
        show(text("usage", usage=f"{POLICY_PATH}: {error}"))
        return PARAMETER_ERROR
    client = client_of(step, show, settings, parameters, policy)
    client.say("started", parameters=step.parm)
    if found is not None:
        client.say("config", source=found[0])
    client.say("banner", release=client.release)
    if client.exit_on_error:
        client.say("exit-set")
    client.say("using", tcpname=parameters.tcpname or client.tcpname)
    if not parameters.host:
        try:
            parameters = asked(client, parameters)
        except BadParameters as error:
            show(text("usage", usage=str(error)))
            return PARAMETER_ERROR
    return step_code(run(client, parameters.host, parameters.port))


def client_of(
    step: StepContext, show: Callable[[str], None], settings: Settings, parameters: StartParameters, policy: Policy | None
) -> Client:
    """Return the step's client."""
    lines = input_lines(step)

    def read(_prompt: str) -> str | None:
        line = next(lines, None)
        return line[:72].rstrip() if line is not None and settings.seqnumsupport else line

    netrc = step.dd("NETRC")
    found = (text_of(netrc.records()),) if netrc is not None else (in_store(step.mvs, step.who, NETRC_PLACES) or ("",))[-1:]
    return Client(
        console=Console(show=show, read=read, read_hidden=read),
        local=StoreFiles(step.mvs, step.who, step.dds),
        settings=settings,
        userid=step.userid,
        find_ring=ring_of_saf(step.saf, step.userid),
        read_file=file_reader(step),
        policy=policy,
        exit_on_error=parameters.exit_on_error or settings.clientexit,
        fixed_exit=parameters.fixed_exit,
        prompting=parameters.prompting,
        globbing=parameters.globbing,
        use_netrc=parameters.use_netrc,
        traces=traces.ALL if parameters.trace else (),
        source=parameters.source,
        netrc=found[0],
        jobname=step.jobname,
        tell=step.write_joblog,
    )


def file_reader(step: StepContext) -> FileReader:
    """Return a reader of the z/OS UNIX files of the step: a job reaches no file of the machine that it runs on."""

    def read(path: str) -> str:
        found = in_store(step.mvs, step.who, (path,))
        if found is None:
            raise FileNotFoundError(path)
        return found[1]

    return read


def sysftpd(step: StepContext) -> tuple[str, str] | None:
    """Return what EZY2640I calls the step's SYSFTPD, and its text; None without one."""
    dd = step.dd("SYSFTPD")
    return (f"dd:SYSFTPD={dd.dsname or dd.path or 'SYSIN'}", text_of(dd.records(), 72)) if dd is not None else None


def step_policy(step: StepContext, settings: Settings) -> Policy | None:
    """Return the policy of the system that the job runs on, for TLSMECHANISM ATTLS. Raises PolicyError."""
    if settings.tlsmechanism != "ATTLS":
        return None
    found = in_store(step.mvs, step.who, (POLICY_PATH,))
    return read_attls(found[1]) if found is not None else None


def input_lines(step: StepContext) -> Iterator[str]:
    """Yield the lines of INPUT (or SYSIN), without trailing blanks."""
    dd = step.dd("INPUT") or step.dd("SYSIN")
    if dd is None:
        return
    pages = table("IBM-1047", "ISO8859-1")
    for record in dd.records():
        yield record.translate(pages.to_net).decode("latin-1").rstrip()


PROGRAM = Program("FTP", run_ftp)
