"""The frozen facts of a running server that every session shares.

Rules: made once by `zftpd/app.py` and handed down; nothing in it changes while sessions run, apart from the domain
objects, which look after themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mvsfs.access import Requester
from zftpd.netaccess import Zones

if TYPE_CHECKING:
    from jes.system import Jes
    from mvsfs.system import Mvs
    from saf.system import Saf
    from zftpd.commands.row import Command
    from zftpd.exits.call import Exits
    from zftpd.params.settings import Settings
    from zftpd.protocol.persona import Persona


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What one server is: its data, its security, its jobs, its settings, its words and its clock."""

    mvs: Mvs
    saf: Saf
    jes: Jes
    settings: Settings
    exits: Exits
    commands: Mapping[str, Command]
    persona: Persona
    now: Callable[[], datetime]
    console: Callable[[str], None]
    hears: Callable[[bool], bool]  # whether anybody takes the activity log of an anonymous user, or of another
    operator: Requester  # the started task itself: reads banners, logs, key rings
    hostname: str = "localhost"
    sysname: str = "MVS1"
    tcpname: str = "TCPIP"
    jobname: str = "FTPD1"
    port: int = 21
    transcripts: Path | None = None  # folder in which dialogues are kept
    zones: Zones = field(default_factory=Zones)  # of the network
    smf: Any = None  # SmfWriter; None when no SMF statement asks for records
    tls: Any = None  # zftpd.net.tlschoice.TlsChooser; None when TLS is not offered
