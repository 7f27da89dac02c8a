"""A server as an object: options in, listening address out. The command line and the pytest plug-in both use it.

Usage:

    server = Server(ServerOptions(store="memory:", port=0))
    host, port = server.start()
    server.mvs, server.saf, server.jes, server.facts   # the same objects that sessions use
    server.stop()

Rules: this is where the parts are joined; everything is opened by `start` and closed by `stop`, in reverse order.
"""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jes.config import JesConfig
from jes.opening import open_system
from jes.system import Jes
from jes.wakeline import WakeLine
from mvsfs.access import Requester
from mvsfs.seed.watch import Watch
from mvsfs.storage.logroom import make_room
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs
from saf.context import SafOptions
from saf.messages import ich408i
from saf.profiles import Acee
from saf.system import Saf
from zftpd import configuration, seeding
from zftpd.attls.pagent import PolicyAgent
from zftpd.client.program import PROGRAM
from zftpd.clock import LocalClock
from zftpd.console import Console
from zftpd.exits.call import Exits
from zftpd.jesconsole import JesConsole
from zftpd.jesprocess import JesProcess
from zftpd.messages import message
from zftpd.net import workers
from zftpd.net.daemon import Daemon, listen
from zftpd.net.operatorsocket import OperatorSocket
from zftpd.net.tlschoice import AttlsTls, TlsChooser
from zftpd.net.tlssource import TlsSource
from zftpd.netaccess import zones
from zftpd.params.filetext import read_text
from zftpd.params.settings import Settings
from zftpd.protocol import persona as personas
from zftpd.servauth import check_listen
from zftpd.server import ServerFacts
from zftpd.session import Session
from zftpd.smf import records as smf
from zftpd.smf.writer import SmfWriter
from zftpd.upkeep import Upkeep
from zftpd.verbs import VERBS

#: The user that the started task runs as.
STARTED_TASK = "FTPD"


def _silence(_text: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class ServerOptions:
    """Everything that may be chosen at start. Port 0 takes a free one; `ftpdata` is the text of an FTP.DATA file.

    `store_options` and `saf_options` go to the store and the security database. `jes` holds fields of JesConfig, of which
    `programs` adds to what EXEC PGM= finds.
    `transcripts` is a folder in which dialogues are kept, `smf` a file for SMF records, `operator` the folder of the control
    socket; `reload` follows the FTP.DATA file and files of exits.
    `netaccess`: the text of a PROFILE.TCPIP, of which the NETACCESS statement maps clients to security zones.
    `port_saf`: the SAF name under which the port is reserved, EZB.PORTACCESS is then asked for `userid`.
    `now`: the clock; one that also has `meter` and `pause` (zftpd.testing.VirtualClock) rules how long jobs take.
    `jes_process`: jobs run in a process of their own, unless the store is in memory.
    `implicit`: clients begin with TLS on this port, whatever TLSPORT says.
    """

    store: str = "memory:"
    host: str = "127.0.0.1"
    port: int = 0
    config: Path | None = None
    ftpdata: str | None = None
    strict: bool = False
    seed: tuple[Path, ...] = ()
    watch: bool = False
    workers: int = 1
    jes_process: bool = False
    exits: tuple[str, ...] = ()
    persona: str = ""
    hostname: str = ""
    sysname: str = "MVS1"
    jobname: str = "FTPD1"
    tls: bool = True
    implicit: bool = False
    certificate: Path | None = None
    private_key: Path | None = None
    certificate_folder: Path | None = None
    policy: Path | None = None
    userid: str = STARTED_TASK
    port_saf: str = ""
    netaccess: str = ""
    now: Callable[[], datetime] | None = None
    console: Callable[[str], None] | None = None
    transcripts: Path | None = None
    smf: Path | None = None
    operator: Path | None = None
    reload: bool = False
    jes: Mapping[str, Any] = field(default_factory=dict)
    store_options: StoreOptions | None = None
    saf_options: SafOptions | None = None


class Server:
    """One server in this process (with more than one worker: and its children)."""

    mvs: Mvs
    saf: Saf
    jes: Jes
    facts: ServerFacts

    def __init__(self, options: ServerOptions | None = None) -> None:
        """Remember the options; nothing is opened before `start`."""
        self.options = options or ServerOptions()
        self._open = ExitStack()
        self._daemon: Daemon | None = None
        self._replacing = False

    def start(self) -> tuple[str, int]:
        """Open the store, security and jobs, listen, and return the address that listens.

        Raises BadConfiguration, UnknownPersona, BadExit, SeedError, OSError, ValueError for what cannot be had.
        """
        try:
            return self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> tuple[str, int]:
        options = self.options
        now = options.now or LocalClock()
        console = options.console or _silence
        if options.workers > 1 and options.store.startswith("memory:"):
            raise ValueError("a store in memory cannot be shared by several workers")
        persona = personas.load(options.persona)
        settings = self._settings(persona, console)
        exits = Exits.load(options.exits, console=console)
        self._open.callback(exits.close)
        self._open_system(now, console)
        if options.port_saf:
            check_listen(self.saf, options.sysname, options.port_saf, options.userid)
        listener = listen(options.host, options.port)
        self._open.callback(listener.close)
        port = listener.getsockname()[1]
        if isinstance(console, Console):
            console.shows = self._shows
        self.facts = self._facts(port, settings, exits, persona, now, console)
        self.facts.smf.configuration(settings)
        self._serve(listener)
        self._announce()
        return options.host, port

    def _open_system(self, now: Callable[[], datetime], console: Callable[[str], None]) -> None:
        """Open the store, security and jobs, with what seed folders describe."""
        options = self.options
        self.mvs, self.saf = open_system(
            options.store, now=now, sysname=options.sysname, options=options.store_options, saf_options=options.saf_options
        )
        self._open.callback(self.mvs.close)
        self.saf.on_violation(lambda violation: console(message("violation", text="\n".join(ich408i(violation)))))
        clock = {name: getattr(options.now, name) for name in ("meter", "pause") if hasattr(options.now, name)}
        programs = {"FTP": PROGRAM, **options.jes.get("programs", {})}
        config = JesConfig(**{"sysname": options.sysname, **clock, **options.jes, "programs": programs})
        self.jes = Jes.open(self.mvs, self.saf, now=now, config=config)
        for folder in options.seed:
            seeding.plant(self.mvs, self.saf, self.jes, folder, note=console)

    def _facts(
        self,
        port: int,
        settings: Settings,
        exits: Exits,
        persona: personas.Persona,
        now: Callable[[], datetime],
        console: Callable[[str], None],
    ) -> ServerFacts:
        """Return what sessions are told of their server."""
        options = self.options
        return ServerFacts(
            mvs=self.mvs,
            saf=self.saf,
            jes=self.jes,
            settings=settings,
            exits=exits,
            commands=VERBS,
            persona=persona,
            now=now,
            console=console,
            hears=self._hears,
            operator=_operator(options.userid, options.jobname),
            hostname=options.hostname or socket.gethostname(),
            sysname=options.sysname,
            jobname=options.jobname,
            port=port,
            zones=zones(options.netaccess),
            smf=self._smf(exits, persona, console, now),
            transcripts=_folder(options.transcripts),
            tls=self._tls(settings, now, console),
        )

    def _announce(self) -> None:
        """Tell the console what a started server tells."""
        facts, when = self.facts, self.facts.now()
        facts.console(message("starting", release=facts.persona.release, time=when))
        facts.console(message("ftpdata.used", name=self.options.config or "built-in defaults"))
        facts.console(message("port", port=facts.port))
        facts.console(message("inactivity", seconds=facts.settings.inactive))
        facts.console(message("listening", pid=os.getpid(), jobname=facts.jobname))
        facts.console(message("ready", time=when))

    def _settings(self, persona: personas.Persona, console: Callable[[str], None]) -> Settings:
        """Return the settings that sessions begin with."""
        options = self.options
        text = read_text(options.config) if options.config is not None else options.ftpdata
        name = str(options.config) if options.config is not None else "FTP.DATA"
        return configuration.settings_of(text, name, persona, console, strict=options.strict)

    def _shows(self, anonymous: bool) -> bool:
        """Tell whether messages of the activity log, about an anonymous user or another, are wanted in words."""
        settings = self._daemon.facts.settings if self._daemon is not None else self.facts.settings
        return settings.anonymousftplogging if anonymous else settings.ftplogging

    def _hears(self, anonymous: bool) -> bool:
        """Tell whether somebody takes messages of the activity log."""
        console = self.options.console
        return console.hears(anonymous) if isinstance(console, Console) else console is not None

    def _tls(self, settings: Settings, now: Callable[[], datetime], console: Callable[[str], None]) -> TlsChooser | None:
        """Return where connections get their TLS from."""
        options = self.options
        if not options.tls:
            return None
        source = TlsSource(
            certificate=options.certificate,
            private_key=options.private_key,
            policy=options.policy,
            folder=options.certificate_folder,
            hostname=options.hostname or socket.gethostname(),
            jobname=options.jobname,
            userid=options.userid,
        )
        return source.chooser(settings, self.saf, now, console)

    def _serve(self, listener: socket.socket) -> None:
        """Begin to accept: here, or in workers that are forked before any thread exists."""
        options = self.options
        console = JesConsole(self.jes, self.saf)
        if options.workers > 1:
            line = WakeLine()
            self._open.callback(line.close)
            keeper = workers.keep(options.workers, lambda: self._work(listener, line), self._died)
            self._open.callback(lambda: workers.end([keeper], workers.KEEPER_SECONDS))
            line.listen(self.jes.initiators.rung)
            if options.operator is not None:
                answering = OperatorSocket(options.operator, console.run)
                self._open.callback(answering.stop)
                answering.start()
            self._open.callback(self.jes.stop)
            self.jes.start()
        else:
            self._serve_here(listener, console)
        make_room(self.mvs.engine)  # behind the forks: these close the database, and the last one to close it removes the log
        if options.watch:
            for folder in options.seed:
                watch = Watch(self.mvs, folder, Requester(seeding.SEED_USERID), note=self.facts.console)
                self._open.callback(watch.stop)
                watch.start()

    def _serve_here(self, listener: socket.socket, console: JesConsole) -> None:
        """Accept in this process; jobs run in it too, or in one beside it."""
        options = self.options
        apart = JesProcess(self.jes, console, options.operator) if self._jes_apart else None
        if apart is not None:
            apart.start(
                listener,
                died=lambda pid, status: self.facts.console(message("jes.ended", pid=pid, status=status)),
                lost=lambda: self.facts.console(message("jes.here")),
            )
        self._daemon = Daemon(self.facts, listener, implicit=options.implicit)
        self._open.callback(self._daemon.stop)
        self._daemon.start()
        upkeep = self._upkeep(self._daemon, console.run if apart is None else apart.command)
        self._open.callback(upkeep.stop)
        upkeep.start()
        self._open.callback(self.jes.stop if apart is None else apart.stop)
        if apart is None:
            self.jes.start()

    @property
    def _jes_apart(self) -> bool:
        """Tell whether jobs run in a process of their own."""
        return self.options.jes_process and not self.options.store.startswith("memory:")

    def _died(self, pid: int, status: int) -> None:
        """Tell, in the keeper, that a worker died; the next one begins with what has changed since the start."""
        self._replacing = True
        self.facts.console(message("worker.ended", pid=pid, status=status))

    def _work(self, listener: socket.socket, line: WakeLine) -> None:
        """Be a worker until SIGTERM; the initiators are the parent's."""
        gc.freeze()  # neither is what the parent made copied by looking through it, nor looked through again
        self.jes.initiators.on_wake = line.ring
        daemon = Daemon(self.facts, listener, implicit=self.options.implicit)
        daemon.start()
        upkeep = self._upkeep(daemon, lambda _text: [])
        upkeep.start()
        if self._replacing:
            upkeep.catch_up()
        workers.wait_for_end()
        upkeep.stop()
        daemon.stop()

    def _upkeep(self, daemon: Daemon, jes: Callable[[str], list[str]]) -> Upkeep:
        """Return what goes on beside serving."""
        options, facts = self.options, self.facts
        return Upkeep(
            daemon,
            facts.exits if options.reload else Exits(),
            console=facts.console,
            config=options.config if options.reload else None,
            read=lambda: self._settings(facts.persona, facts.console),
            specs=options.exits,
            operator=options.operator,
            jes=jes,
            agent=self._agent(),
            follow=options.reload,
        )

    def _agent(self) -> PolicyAgent | None:
        """Return what reads the AT-TLS policy again, where there is one."""
        chooser, path = self.facts.tls, self.options.policy
        return PolicyAgent(path, chooser.install) if isinstance(chooser, AttlsTls) and path is not None else None

    def _smf(
        self, exits: Exits, persona: personas.Persona, console: Callable[[str], None], now: Callable[[], datetime]
    ) -> SmfWriter:
        """Return the SMF writer; what it writes is what the settings ask for."""
        options = self.options
        if options.smf is not None:
            options.smf.open("ab").close()  # a file that cannot be written stops the start, not each record
        names = smf.Writer(options.sysname, "TCPIP", options.jobname, options.userid, persona.release)
        return SmfWriter(
            self.mvs, _operator(options.userid, options.jobname), names, exits, console=console, now=now, file=options.smf
        )

    @property
    def sessions(self) -> list[Session]:
        """The sessions that run in this process."""
        return self._daemon.sessions if self._daemon is not None else []

    @property
    def address(self) -> tuple[str, int]:
        """The address that listens."""
        return self.options.host, self.facts.port

    def stop(self) -> None:
        """Close every session and everything that `start` opened. Safe to call twice."""
        self._open.close()
        self._daemon = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _operator(userid: str, jobname: str) -> Requester:
    """Return the started task as a requester: it may read what the installation has named in FTP.DATA."""
    acee = Acee(userid, "SYS1", ("SYS1",), name="FTP DAEMON", operations=True, uid=0, gid=0)
    return Requester(userid, jobname, 0, acee)


def _folder(path: Path | None) -> Path | None:
    """Return the folder, made if need be. Raises OSError."""
    if path is not None:
        path.mkdir(parents=True, exist_ok=True)
    return path
