"""What one control connection remembers. No IO here.

Source: zos-ftp-server.md 2.1 (state of a session), RFC 959 4.1.2 (representation), RFC 4217 (protection).
Rules: only command handlers and the engine change a session; settings are a frozen value that is exchanged whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from mvsfs.access import Requester
from mvsfs.codepages import Sbcs, page
from mvsfs.codepages.xlbin import codec_of
from mvsfs.errors import UnknownCodepage
from mvsfs.info import Target
from zftpd.effects import TlsFacts
from zftpd.exits.points import SessionArea, SocketAddress
from zftpd.transfer.options import TransferOptions, WireType

if TYPE_CHECKING:
    from zftpd.attls.match import Mapping
    from zftpd.attls.policy import Policy
    from zftpd.params.settings import Settings
    from zftpd.server import ServerFacts
    from zftpd.transcript import Transcript

#: The ends of a data connection that was never made, as SMF shows them.
NO_ENDS = (("", 0), ("", 0))
#: Realms of the working directory.
MVS, UNIX = "MVS", "UNIX"


@dataclass(frozen=True, slots=True)
class Location:
    """The working directory: an MVS prefix or PDS, and a z/OS UNIX directory, of which `realm` says which one counts.

    `prefix` has no final dot and may be empty; `is_pds` tells that it is the name of a partitioned data set.
    """

    realm: str = MVS
    prefix: str = ""
    is_pds: bool = False
    unix: str = "/"

    def __str__(self) -> str:
        """Show the directory as PASS and PWD show it, without quotes."""
        if self.realm == UNIX:
            return self.unix
        return self.prefix if self.is_pds or not self.prefix else f"{self.prefix}."


@dataclass(slots=True)
class DataState:
    """How the next data connection comes about, and how it is protected."""

    passive: bool = False
    host: str = ""
    port: int = 0
    epsv_all: bool = False
    pbsz: bool = False
    prot: str = "C"  # C or P


@dataclass(slots=True)
class SecureState:
    """What AUTH settled. `left` is set once CCC has taken the control connection out of TLS again."""

    mechanism: str = ""
    facts: TlsFacts | None = None
    left: bool = False
    available: bool = False  # TLS can be had on this connection
    implicit: bool = False
    beneath: TlsFacts | None = None  # what AT-TLS settled for a server that knows nothing of it (Basic)
    mapping: Mapping | None = None  # what the AT-TLS policy said when the connection began
    policy: Policy | None = None  # which policy that was


@dataclass(slots=True)
class TransferFacts:
    """What FTPOSTPR and the SMF record are told of the last command that moved or changed something."""

    verb: str = ""
    argument: str = ""
    dsname: str = ""
    member: str = ""
    path: str = ""
    filetype: str = "SEQ"
    bytes: int = 0
    records: int = 0
    started: datetime | None = None
    ended: datetime | None = None
    jobid: str = ""
    info: Any = None  # DatasetInfo of the data set, when there is one
    data_ends: tuple[tuple[str, int], tuple[str, int]] = NO_ENDS  # local and remote end of the data connection
    to_name: str = ""  # second name of a rename
    failure: Exception | None = None  # what refused it or broke it off
    unheard: bool = False  # it ended well, but the client was gone before it could be told

    @property
    def name(self) -> str:
        """The data set with its member, or the z/OS UNIX path."""
        return self.path or (f"{self.dsname}({self.member})" if self.member else self.dsname)


@dataclass(slots=True)
class Session:
    """One control connection, from greeting to goodbye."""

    server: ServerFacts
    settings: Settings
    number: int
    client: tuple[str, int]
    local: tuple[str, int]
    ipv6: bool = False
    started: datetime | None = None

    user_named: str = ""  # by USER, before PASS
    userid: str = ""  # signed on
    acee: Any = None  # saf.Acee of the signed-on user
    anonymous: int = 0  # level of an anonymous login, else 0
    failures: int = 0  # PASS refused in a row
    asid: int = 0

    location: Location = field(default_factory=Location)
    wire: WireType = field(default_factory=WireType)
    rename_from: Target | str | None = None
    restart: str = ""
    utf8: bool = False
    sized: bool = False  # SITE has said how much space new data sets get
    tables: Sbcs | None = None  # of the data connection, when they come from a data set (xlate.py)
    control_tables: Sbcs | None = None  # of the control connection, when CCXLATE names a data set

    data: DataState = field(default_factory=DataState)
    secure: SecureState = field(default_factory=SecureState)
    transfer: TransferFacts = field(default_factory=TransferFacts)
    control_bytes: int = 0
    moving: Callable[[], int] = lambda: 0  # bytes that the transfer which runs now has moved
    last_reply: Any = None
    transcript: Transcript | None = None  # what keeps the dialogue as text, when somebody wants it
    hung_up: bool = False  # the engine has said goodbye
    _options: tuple[Settings, Sbcs | None, TransferOptions] | None = None  # made of these settings and tables
    area: SessionArea = field(init=False)  # what exits know and keep of this session

    def __post_init__(self) -> None:
        family = "AF_INET6" if self.ipv6 else "AF_INET"
        ends = SocketAddress(*self.client, family), SocketAddress(*self.local, family)
        self.area = SessionArea(self.id, *ends)

    @property
    def id(self) -> str:
        """The session as logs, exits and SMF name it: job name and five digits [CR FTPLOGGING]."""
        return f"{self.server.jobname}{self.number % 100000:05d}"

    @property
    def is_signed_on(self) -> bool:
        """Tell whether PASS has been accepted."""
        return bool(self.userid)

    @property
    def who(self) -> Requester:
        """The requester that data sets and z/OS UNIX files see."""
        return Requester(self.userid, self.server.jobname, self.asid, self.acee)

    @property
    def encoding(self) -> str:
        """The Python codec of the control connection; 7BIT passes other bytes through."""
        if self.control_tables is not None and not self.utf8:
            return codec_of(self.control_tables)
        return "utf-8" if self.utf8 else control_codec(self.settings.ctrlconn)

    @property
    def options(self) -> TransferOptions:
        """The settings that shape the bytes of a transfer."""
        known = self._options
        if known is None or known[0] is not self.settings or known[1] is not self.tables:
            made = replace(TransferOptions.of(self.settings), tables=self.tables)
            self._options = known = self.settings, self.tables, made
        return known[2]

    @property
    def is_protected(self) -> bool:
        """Tell whether the control connection is under TLS now."""
        return self.secure.facts is not None and not self.secure.left


#: The page that CTRLCONN 7BIT names.
SEVEN_BIT = "US-ASCII"


@cache
def control_codec(name: str) -> str:
    """Return the codec of a CTRLCONN value; 7BIT, as what is no single-byte ASCII page, passes other bytes through."""
    return page(name).codec if is_control_page(name) and page(name).name != SEVEN_BIT else "latin-1"


@cache
def is_control_page(name: str) -> bool:
    """Tell whether a code page is single-byte ASCII: what the control connection can be in."""
    try:
        found = page(name)
    except UnknownCodepage:
        return False
    return bool(found.codec) and not found.ebcdic
