"""PGM=FTP: the client as a job step. INPUT gives the subcommands, OUTPUT gets the dialogue.

Source: jes-and-jcl.md 5.9 "FTP client in batch"; [UG] "Submitting FTP requests in batch", "FTP return codes".
Rules: the step's code is the standard code modulo 4096, with EXIT only. What keeps the client from beginning ends the step with
the client error code, EXIT or not.
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
from zftpd.client.codes import ClientError, step_code
from zftpd.client.configuration import NETRC_PLACES, POLICY_PATH, in_store, text_of
from zftpd.client.errors import SubcommandFailed
from zftpd.client.interpreter import asked, run
from zftpd.client.jobdds import TcpipData, ftp_data, input_lines, output, tcpip_data
from zftpd.client.jobtso import runner
from zftpd.client.local_store import StoreFiles
from zftpd.client.parameters import BadParameters, StartParameters, parse
from zftpd.client.state import Client, Console
from zftpd.client.texts import text
from zftpd.client.translation import Finder
from zftpd.client.trust import FileReader, ring_of_saf
from zftpd.params.defaults import defaults
from zftpd.params.explain import complaints
from zftpd.params.ftpdata import read as read_ftpdata
from zftpd.params.param import Where
from zftpd.params.settings import Settings

#: Width of OUTPUT: longer lines go on in the next record.
OUTPUT_LRECL = 160


def run_ftp(step: StepContext) -> int:
    """Run one client session as the step's program and return the step's code."""
    dd = output(step)
    sink = dd.writer(Dcb.of("FB", OUTPUT_LRECL)) if dd is not None else None
    pages = table("IBM-1047", "ISO8859-1")

    def show(line: str) -> None:
        if sink is not None:
            put_line(sink, line.encode("latin-1", "replace").translate(pages.to_host))

    try:
        return session(step, show)
    except NotBegun as reason:
        show(text(reason.key, **reason.facts))
        return int(reason.error)
    finally:
        if sink is not None:
            sink.close()


class NotBegun(SubcommandFailed):
    """The client cannot begin."""


def put_line(sink: RecordSink, line: bytes) -> None:
    """Write one line, in as many records as it needs."""
    for start in range(0, max(len(line), 1), OUTPUT_LRECL):
        sink.put(line[start : start + OUTPUT_LRECL])


def session(step: StepContext, show: Callable[[str], None]) -> int:
    """Read the start words, the configuration and the input, and run the client. Raises NotBegun."""
    parameters = start_words(lambda: parse(step.parm.split()))
    lines = input_lines(step)
    if lines is None:
        raise NotBegun(ClientError.INVALID_ENVIRONMENT, "no-input")
    try:
        found = ftp_data(step, parameters.config)
    except FileNotFoundError as error:
        raise NotBegun(ClientError.INVALID_PARAM, "no-config", name=error) from error
    settings = defaults()
    if found is not None:
        data = read_ftpdata(found[1], found[0], side=Where.CLIENT)
        settings = data.settings
        for complaint in complaints(data):
            show(complaint)
    settings = with_words(settings, parameters)
    system = tcpip_data(step)
    client = client_of(step, show, settings, parameters, lines, system)
    client.say("started", parameters=step.parm)
    if found is not None:
        client.say("config", source=found[0])
    client.say("banner", release=client.release)
    translate(client)
    if client.exit_on_error:
        client.say("exit-set")
    client.say("using", tcpname=parameters.tcpname or system.tcpname)
    if not parameters.host:
        parameters = start_words(lambda: asked(client, parameters))
    return step_code(run(client, parameters.host, parameters.port))


def start_words(read: Callable[[], StartParameters]) -> StartParameters:
    """Return start words. Raises NotBegun for those that make no sense."""
    try:
        return read()
    except BadParameters as error:
        raise NotBegun(ClientError.INVALID_PARAM, "usage", usage=error) from error


def translate(client: Client) -> None:
    """Find the translate tables. Raises NotBegun where TRANSLATE names none."""
    try:
        client.tables = client.find_tables(client.settings) if client.find_tables is not None else None
    except SubcommandFailed as failed:
        raise NotBegun(failed.error, failed.key, **failed.facts) from failed


def client_of(
    step: StepContext,
    show: Callable[[str], None],
    settings: Settings,
    parameters: StartParameters,
    lines: Iterator[str],
    system: TcpipData,
) -> Client:
    """Return the step's client. Raises NotBegun for a policy that is none."""

    def read(_prompt: str) -> str | None:
        line = next(lines, None)
        return line[:72].rstrip() if line is not None and settings.seqnumsupport else line

    netrc, sysftsx = step.dd("NETRC"), step.dd("SYSFTSX")
    found = (text_of(netrc.records()),) if netrc is not None else (in_store(step.mvs, step.who, NETRC_PLACES) or ("",))[-1:]
    return Client(
        console=Console(show=show, read=read, read_hidden=read),
        local=StoreFiles(step.mvs, step.who, step.dds),
        settings=settings,
        userid=step.userid,
        find_ring=ring_of_saf(step.saf, step.userid),
        read_file=file_reader(step),
        policy=step_policy(step, settings),
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
        tso=runner(step, show),
        find_tables=Finder(step.mvs, step.who, show, parameters.translate, sysftsx.records if sysftsx else None, system.hlq),
    )


def file_reader(step: StepContext) -> FileReader:
    """Return a reader of the z/OS UNIX files of the step: a job reaches no file of the machine that it runs on."""

    def read(path: str) -> str:
        found = in_store(step.mvs, step.who, (path,))
        if found is None:
            raise FileNotFoundError(path)
        return found[1]

    return read


def step_policy(step: StepContext, settings: Settings) -> Policy | None:
    """Return the policy of the system that the job runs on, for TLSMECHANISM ATTLS. Raises NotBegun."""
    if settings.tlsmechanism != "ATTLS":
        return None
    found = in_store(step.mvs, step.who, (POLICY_PATH,))
    try:
        return read_attls(found[1]) if found is not None else None
    except PolicyError as error:
        raise NotBegun(ClientError.AUTHENTICATION, "usage", usage=f"{POLICY_PATH}: {error}") from error


PROGRAM = Program("FTP", run_ftp)
