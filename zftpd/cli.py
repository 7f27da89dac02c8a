"""The `zftpd` command: start the server, say where it listens, stop in order.

Not here: the options themselves (startoptions.py).
Rules: whatever cannot be had stops the start with one clear message and exit code 2; nobody sees a traceback for a typing error.
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
from pathlib import Path
from typing import TYPE_CHECKING

from mvsfs.paths import data_folder, store_url
from zftpd.startoptions import parser

if TYPE_CHECKING:
    from zftpd.app import ServerOptions
    from zftpd.console import Console

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


def refusal(options: argparse.Namespace) -> str:
    """Return why these options cannot be together or refer to nothing, or nothing."""
    if options.memory and options.store:
        return "--memory and --store exclude each other"
    if options.memory and options.workers > 1:
        return "--memory serves one worker only: a store in memory cannot be shared"
    for name in ("config", "jes2parm", "programs", "certificate", "key"):
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
        jes=_jes_values(options.jes2parm) | _programs(options.programs),
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


def _programs(path: Path | None) -> dict[str, object]:
    """Return what the file of programs says. Raises BadProgramFile, OSError."""
    from jes.programfile import read

    return read(path) if path is not None else {}


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
