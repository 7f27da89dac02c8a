"""PGM=FTP: the client as a job step. INPUT gives the subcommands, OUTPUT gets the dialogue.

Source: jes-and-jcl.md 5.9 "FTP client in batch"; [UG] "Submitting FTP requests in batch".
Rules: SYSFTPD or `-f` names the client's FTP.DATA. The step's code is the standard code modulo 4096, with EXIT only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jes.stepcontext import Program, RecordSink, StepContext
from mvsfs.codepages import table
from mvsfs.dcb import Dcb
from zftpd.client.cli import with_words
from zftpd.client.codes import step_code
from zftpd.client.interpreter import run
from zftpd.client.local_store import StoreFiles
from zftpd.client.parameters import BadParameters, parse
from zftpd.client.state import Client, Console
from zftpd.client.texts import text
from zftpd.client.trust import ring_of_saf
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
    settings, source = step_settings(step)
    lines = input_lines(step)

    def read(_prompt: str) -> str | None:
        return next(lines, None)

    client = Client(
        console=Console(show=show, read=read, read_hidden=read),
        local=StoreFiles(step.mvs, step.who, step.dds),
        settings=with_words(settings, parameters),
        userid=step.userid,
        find_ring=ring_of_saf(step.saf),
        exit_on_error=parameters.exit_on_error,
        fixed_exit=parameters.fixed_exit,
    )
    if source:
        client.say("config", source=source)
    client.say("banner", release=client.release)
    client.say("using", tcpname=parameters.tcpname or client.tcpname)
    host, port = parameters.host, parameters.port
    if not host:
        client.say("connect-to")
        words = (read("") or "").split()
        host, port = (words[0], int(words[1]) if len(words) > 1 and words[1].isdigit() else port) if words else ("", port)
    return step_code(run(client, host, port))


def step_settings(step: StepContext) -> tuple[Settings, str]:
    """Return the settings of SYSFTPD, and what EZY2640I calls it; defaults when the step has none."""
    dd = step.dd("SYSFTPD")
    if dd is None:
        return defaults(), ""
    pages = table("IBM-1047", "ISO8859-1")
    statements = "\n".join(record.translate(pages.to_net).decode("latin-1")[:72] for record in dd.records())
    data = read_ftpdata(statements, "SYSFTPD", side=Where.CLIENT)
    return data.settings, f"dd:SYSFTPD={dd.dsname or dd.path or 'SYSIN'}"


def input_lines(step: StepContext) -> Iterator[str]:
    """Yield the lines of INPUT (or SYSIN), without trailing blanks."""
    dd = step.dd("INPUT") or step.dd("SYSIN")
    if dd is None:
        return
    pages = table("IBM-1047", "ISO8859-1")
    for record in dd.records():
        yield record.translate(pages.to_net).decode("latin-1").rstrip()


PROGRAM = Program("FTP", run_ftp)
