"""A server as an object: options in, listening address out. The command line and the pytest plug-in both use it.

Usage:

    server = Server(ServerOptions(store="memory:", port=0))
    host, port = server.start()
    server.mvs, server.saf, server.jes, server.facts   # the same objects that sessions use
    server.stop()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class ServerOptions:
    """Everything that may be chosen at start. Port 0 takes a free one; `ftpdata` is the text of an FTP.DATA file."""

    store: str = "memory:"
    host: str = "127.0.0.1"
    port: int = 0
    config: Path | None = None
    ftpdata: str = ""
    strict: bool = False
    seed: tuple[Path, ...] = ()
    watch: bool = False
    workers: int = 1
    exits: tuple[str, ...] = ()
    persona: str = ""
    hostname: str = ""
    sysname: str = "MVS1"
    jobname: str = "FTPD1"
    tls: bool = True
    certificate: Path | None = None
    private_key: Path | None = None
    transcript: Path | None = None
    now: Callable[[], datetime] | None = None
    console: Callable[[str], None] | None = None
    jes: Mapping[str, object] = field(default_factory=dict)  # fields of JesConfig


class Server:
    """One server in this process."""

    def __init__(self, options: ServerOptions) -> None:
        """Remember the options; nothing is opened before `start`."""
        self.options = options

    def start(self) -> tuple[str, int]:
        """Open the store, security and jobs, listen, and return the address that listens."""
        raise NotImplementedError

    def stop(self) -> None:
        """Close every session and everything that `start` opened. Safe to call twice."""
        raise NotImplementedError
