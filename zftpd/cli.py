"""The `zftpd` command: start the server, say where it listens, stop in order.

Rules: every option has an environment variable ZFTPD_<OPTION>; the option wins. Whatever cannot be had stops the start with one
clear message and exit code 2; nobody sees a traceback for a typing error.
"""

from __future__ import annotations

import argparse
import gc
import ipaddress
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from mvsfs.paths import data_folder, store_url

if TYPE_CHECKING:
    from zftpd.app import ServerOptions
    from zftpd.console import Console

DEFAULT_PORT = 2121
#: The user that a new store has, and the password that everybody knows.
FIRST_SIGN_ON = ("IBMUSER", "SYS1")
#: Words that may stand in place of options, and what they run.
SUBCOMMANDS: Mapping[str, str] = {
    "anonymous-directories": "zftpd.anonymousdirs:main",
    "command": "zftpd.jesconsole:main",
    "check-config": "zftpd.checkconfig:main",
    "display": "zftpd.operator:display",
    "modify": "zftpd.operator:modify",
    "netstat": "zftpd.attls.netstat:main",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in SUBCOMMANDS:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` has seen enough
        module, _, function = SUBCOMMANDS[words[0]].partition(":")
        return int(getattr(import_module(module), function)(words[1:]) or 0)
    options = parser(os.environ).parse_args(words)
    problem = refusal(options)
    if problem:
        print(f"zftpd: {problem}", file=sys.stderr)
        return 2
    return _run(options)


def parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """Return the options; defaults come from the environment."""
    about = "z/OS FTP without a mainframe: data sets, jobs and RACF over FTP and FTPS."
    made = argparse.ArgumentParser(prog="zftpd", description=about)

    def add(name: str, help: str, **more: object) -> None:
        key = f"ZFTPD_{name.upper().replace('-', '_')}"
        if key in environment:
            given = environment[key]
            if more.get("action") == "store_true":
                more["default"] = given.lower() in {"1", "true", "yes", "on"}
            elif more.get("action") == "append":
                more["default"] = given.split(os.pathsep)
            else:
                more["default"] = given  # argparse converts a default that is text
        made.add_argument(f"--{name}", help=help, **more)  # type: ignore[arg-type]

    add("host", "address to listen on (default 127.0.0.1)", default="127.0.0.1", metavar="ADDRESS")
    add("port", "port to listen on (default 2121); 0 takes a free one and prints it", type=_port, default=DEFAULT_PORT)
    add("config", "FTP.DATA file", type=Path, metavar="FILE")
    add("jes2parm", "JES2 initialisation statements: job classes, initiators, job numbers", type=Path, metavar="FILE")
    add("strict", "also stop for unknown statements in FTP.DATA", action="store_true")
    add("store", "folder or address of the store (default: the data folder)", metavar="URL")
    add("memory", "keep nothing: the store lives in memory", action="store_true")
    add("seed", "folder that describes data sets, users and jobs; may be repeated", action="append", type=Path, metavar="DIR")
    add("watch", "follow changes of the seed folders", action="store_true")
    add("workers", "number of processes that serve (default 1)", type=_count, default=1)
    add("exit", "user exit, as FTCHKJES=module:function; may be repeated", action="append", metavar="NAME=TARGET")
    add("persona", "release or site whose words are used", default="", metavar="NAME")
    add("hostname", "host name in the greeting and in the certificate", default="", metavar="NAME")
    add("sysname", "system name (default MVS1)", default="MVS1", metavar="NAME")
    add("jobname", "job name of the server (default FTPD1)", default="FTPD1", metavar="NAME")
    add("userid", "user ID of the started task, whose key rings KEYRING means (default FTPD)", default="FTPD", metavar="NAME")
    add("port-saf", "SAF name of the port's reservation: EZB.PORTACCESS is asked at start", default="", metavar="NAME")
    add("netaccess", "PROFILE.TCPIP whose NETACCESS statement maps clients to security zones", type=Path, metavar="FILE")
    add("policy", "AT-TLS policy file, for TLSMECHANISM ATTLS", type=Path, metavar="FILE")
    add("certificate", "certificate in PEM; without it one is made", type=Path, metavar="FILE")
    add("key", "private key in PEM, when it is not in the certificate's file", type=Path, metavar="FILE")
    add("no-tls", "offer no TLS", action="store_true")
    add("implicit", "clients begin with TLS on this port", action="store_true")
    add("force", "listen beyond this machine even though IBMUSER still has its first password", action="store_true")
    add("log", "append messages to this file, as syslogd does", type=Path, metavar="FILE")
    add("syslog", "send messages to the system's syslog", action="store_true")
    add("events", "append every event to this file as a line of JSON", type=Path, metavar="FILE")
    add("transcript", "keep each session's dialogue as text in this folder", type=Path, metavar="DIR")
    add("smf", "append SMF records to this file, too", type=Path, metavar="FILE")
    add("quiet", "print nothing but errors", action="store_true")
    made.add_argument("--version", action="version", version=f"zftpd {_version()}")
    return made


def _version() -> str:
    try:
        return version("mvsfs")
    except PackageNotFoundError:
        return "unknown"


def _port(text: str) -> int:
    return _number(text, 0, 65535)


def _count(text: str) -> int:
    return _number(text, 1, 64)


def _number(text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
        raise argparse.ArgumentTypeError(f"{text} is not between {low} and {high}")
    return int(text)


def refusal(options: argparse.Namespace) -> str:
    """Return why these options cannot be together or refer to nothing, or nothing."""
    if options.memory and options.store:
        return "--memory and --store exclude each other"
    if options.memory and options.workers > 1:
        return "--memory serves one worker only: a store in memory cannot be shared"
    for name in ("config", "jes2parm", "certificate", "key"):
        path = getattr(options, name)
        if path is not None and not path.is_file():
            return f"--{name}: there is no file {path}"
    for folder in options.seed or ():
        if not Path(folder).is_dir():
            return f"--seed: there is no folder {folder}"
    if options.watch and not options.seed:
        return "--watch follows seed folders, and there is no --seed"
    return ""


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def has_first_password(store: str) -> bool:
    """Tell whether IBMUSER can still sign on to this store with the password that everybody knows."""
    from datetime import datetime

    from jes.opening import open_system

    mvs, saf = open_system(store, now=lambda: datetime.now().astimezone())
    try:
        return saf.has_password(*FIRST_SIGN_ON)
    finally:
        mvs.close()


def _run(options: argparse.Namespace) -> int:
    """Start, wait for a signal, stop."""
    from mvsfs.seed.model import SeedError
    from zftpd.app import Server
    from zftpd.exits.loader import BadExit

    store = "memory:" if options.memory else store_url(options.store)
    try:
        server = Server(_server_options(options, store, _console(options)))
    except (OSError, ValueError) as error:
        print(f"zftpd: {_reason(error)}", file=sys.stderr)
        return 2
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        if not options.force and not is_loopback(options.host) and has_first_password(store):
            print(
                f"zftpd: refusing to listen on {options.host} while IBMUSER has the password SYS1; change it "
                "(PASS SYS1/new/new) or use --force",
                file=sys.stderr,
            )
            return 2
        host, port = server.start()
        gc.freeze()  # what serving needs stays for ever: looking through it again cost listings 40 ms now and then
    except SeedError as error:
        print(f"zftpd: --seed: {error.place}: {error.reason}", file=sys.stderr)
        return 2
    except (OSError, ValueError, RuntimeError, BadExit) as error:
        print(f"zftpd: {_reason(error)}", file=sys.stderr)
        return 2
    if not options.quiet:
        _say(announcement(host, port, store, first_password=server.saf.has_password(*FIRST_SIGN_ON)))
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    if not options.quiet:
        _say("zftpd: stopping")
    server.stop()
    return 0


def _say(text: str) -> None:
    """Print, even where nobody reads standard output any more."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end


def _server_options(options: argparse.Namespace, store: str, console: Console) -> ServerOptions:
    """Return what the server is started with."""
    from zftpd.app import ServerOptions

    return ServerOptions(
        store=store,
        host=options.host,
        port=options.port,
        config=options.config,
        strict=options.strict,
        seed=tuple(Path(folder) for folder in options.seed or ()),
        watch=options.watch,
        workers=options.workers,
        jes_process=True,
        exits=tuple(options.exit or ()),
        persona=options.persona,
        hostname=options.hostname,
        sysname=options.sysname,
        jobname=options.jobname,
        tls=not options.no_tls,
        implicit=options.implicit,
        certificate=options.certificate,
        private_key=options.key,
        policy=options.policy,
        userid=options.userid.upper(),
        port_saf=options.port_saf,
        netaccess=options.netaccess.read_text() if options.netaccess else "",
        certificate_folder=None if options.memory else data_folder(),
        transcripts=options.transcript,
        smf=options.smf,
        operator=data_folder() / "operator",
        jes=_jes_values(options.jes2parm),
        reload=True,
        console=console,
    )


def _jes_values(path: Path | None) -> dict[str, object]:
    """Return what the JES2 initialisation file says, telling what of it has no effect. Raises BadDeck, OSError."""
    from jes.initdeck import BadDeck, read

    if path is None:
        return {}
    try:
        deck = read(path.read_text())
    except BadDeck as error:
        raise BadDeck(f"{path.name}: {error}") from None
    for words in deck.ignored:
        print(f"zftpd: {path.name}: {words} has no effect here", file=sys.stderr)
    return deck.values


def _reason(error: Exception) -> str:
    """Return why the start failed, for a person: an error of the host without its number."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.strerror}: {error.filename}" if error.filename else error.strerror


def _console(options: argparse.Namespace) -> Console:
    """Return where messages go. Raises OSError for a file that cannot be written."""
    from datetime import datetime

    from zftpd.console import Console, only_troubles, to_events, to_file, to_stream, to_syslog

    def now() -> datetime:
        return datetime.now().astimezone()

    stream = to_stream(sys.stderr)
    words = [only_troubles(stream) if options.quiet else stream]
    if options.log is not None:
        words.append(to_file(options.log, now, options.sysname, options.jobname))
    if options.syslog:
        words.append(to_syslog(options.jobname))
    return Console(tuple(words), (to_events(options.events, now),) if options.events is not None else ())


def announcement(host: str, port: int, store: str, *, first_password: bool = True) -> str:
    """Return what is printed when the server listens: where, what, and three commands to copy."""
    address = f"[{host}]" if ":" in host else host
    curl, lftp = ("IBMUSER:SYS1", "IBMUSER,SYS1") if first_password else ("IBMUSER", "IBMUSER")  # both ask for what is not given
    return "\n".join(
        (
            f"zftpd listens on {address} port {port}; store {store}",
            f"Sign on as IBMUSER with {'password SYS1' if first_password else 'your password'}. Try:",
            f"  echo 'Hello, MVS' | curl --user {curl} -B -T - ftp://{address}:{port}/HELLO.TEXT",
            f"  curl --user {curl} ftp://{address}:{port}/",
            f"  lftp -u {lftp} -e 'set ssl:verify-certificate no; ls; bye' {address}:{port}",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
