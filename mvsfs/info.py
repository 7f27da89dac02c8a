"""The facts that mvsfs hands to everybody else: one frozen dataclass per kind of thing.

Rules: no behaviour beyond derived facts; no wording; tracks are 3390 tracks; dates are calendar days in the system's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from mvsfs.dcb import Dcb, Dsorg


class Status(Enum):
    """Why a catalog entry has or lacks volume facts (each is a row form of zos-ftp-server.md 3.1)."""

    ONLINE = "online"
    MIGRATED = "migrated"
    ARCHIVED = "archived"  # ARCIVE: another space manager than HSM
    TAPE = "tape"
    NOT_MOUNTED = "not-mounted"
    NOT_ON_VOLUME = "not-on-volume"
    NOT_DASD = "not-dasd"
    ERROR = "error"
    USER_CATALOG = "user-catalog"


#: The space unit of a data set for which nobody asked for an amount: tracks, and as many extents as it takes.
RELIEVED = "RELIEVED"


@dataclass(frozen=True, slots=True)
class Target:
    """A resolved MVS name: dsname (upper case, no quotes) with a member or a relative generation or neither."""

    dsname: str
    member: str | None = None
    generation: int | None = None

    def __str__(self) -> str:
        if self.member is not None:
            return f"{self.dsname}({self.member})"
        if self.generation is not None:
            return f"{self.dsname}({self.generation:+d})" if self.generation else f"{self.dsname}(0)"
        return self.dsname


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """One catalog entry with its label (DSCB) facts."""

    dsname: str
    dcb: Dcb
    volser: str = ""
    unit: str = "3390"
    status: Status = Status.ONLINE
    dsntype: str = ""  # PDS, LIBRARY, BASIC, LARGE, EXTREQ, HFS, CLUSTER, DATA, INDEX, AIX
    created: date | None = None
    referred: date | None = None
    expires: date | None = None
    extents: int = 0
    used_tracks: int = 0
    allocated_tracks: int = 0
    space_unit: str = "TRACK"  # TRACK CYLINDER BLOCK RELIEVED
    primary: int = 1
    secondary: int = 1
    directory_blocks: int = 0
    directory_used: int = 0
    storclas: str = ""
    mgmtclas: str = ""
    dataclas: str = ""
    alias_of: str = ""
    eattr: str = ""
    records: int = 0
    size: int = 0  # bytes of stored content, all members together

    @property
    def is_partitioned(self) -> bool:
        """Tell whether it has members."""
        return self.dcb.dsorg is Dsorg.PO

    @property
    def is_pdse(self) -> bool:
        """Tell whether it is a PDSE (DSNTYPE=LIBRARY)."""
        return self.is_partitioned and self.dsntype == "LIBRARY"

    @property
    def is_load_library(self) -> bool:
        """Tell whether its members are load modules: partitioned and RECFM=U."""
        return self.is_partitioned and self.dcb.recfm is not None and self.dcb.recfm.is_undefined


@dataclass(frozen=True, slots=True)
class IspfStats:
    """ISPF statistics of a member. Line counts over 65535 need the extended form (jes-and-jcl.md 6.1)."""

    version: int
    modification: int
    created: date
    changed: datetime
    size: int
    init: int
    mod: int
    userid: str


@dataclass(frozen=True, slots=True)
class LoadModule:
    """Directory data of a load module; attributes are the two-letter tokens RN RU RF FO NX OV SC TS OL NE DC."""

    size: int
    ac: int = 0
    amode: str = "31"
    rmode: str = "ANY"
    attributes: tuple[str, ...] = ("FO", "RN", "RU")
    entry: int = 0


@dataclass(frozen=True, slots=True)
class MemberInfo:
    """One directory entry. `ttr` is three bytes as a number; `records` counts logical records."""

    name: str
    ttr: int = 0
    alias_of: str = ""
    stats: IspfStats | None = None
    load: LoadModule | None = None
    records: int = 0
    size: int = 0
    userdata: bytes = b""


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a new data set shall be; None means "not given" (LIKE, DATACLAS or the system supplies it)."""

    recfm: str | None = None
    lrecl: int | None = None
    blksize: int | None = None
    dsorg: Dsorg = Dsorg.PS
    dsntype: str | None = None  # PDS, LIBRARY, BASIC, LARGE, EXTREQ, EXTPREF
    space_unit: str | None = None
    primary: int | None = None
    secondary: int | None = None
    directory_blocks: int | None = None
    block_length: int | None = None  # average block for space in blocks
    volsers: tuple[str, ...] = ()
    unit: str | None = None
    like: str | None = None
    storclas: str | None = None
    mgmtclas: str | None = None
    dataclas: str | None = None
    retention_days: int | None = None
    expires: date | None = None
    eattr: str | None = None
    release: bool = False


@dataclass(frozen=True, slots=True)
class VolumeInfo:
    """One direct access volume and its free space."""

    volser: str
    device: str
    cylinders: int
    free_tracks: int
    largest_free_tracks: int
    free_extents: int
    use: str = "Storage"  # Private Public Storage
    online: bool = True


class UnixKind(Enum):
    """File types; the value is the letter that ls -l shows."""

    FILE = "-"
    DIRECTORY = "d"
    SYMLINK = "l"
    FIFO = "p"
    CHARACTER = "c"
    EXTERNAL = "e"


@dataclass(frozen=True, slots=True)
class UnixInfo:
    """A z/OS UNIX file as stat() sees it. mode holds the permission bits only; mtime is zone-aware."""

    path: str
    kind: UnixKind
    mode: int
    uid: int
    gid: int
    owner: str
    group: str
    size: int
    mtime: datetime
    links: int = 1
    target: str = ""
    tag_codepage: str = ""
    tag_text: bool = False


@dataclass(frozen=True, slots=True)
class GdgInfo:
    """A generation data group base and its catalogued generations, oldest first."""

    dsname: str
    limit: int
    scratch: bool = False
    empty: bool = False
    fifo: bool = False
    purge: bool = False
    extended: bool = False
    created: date | None = None
    altered: date | None = None
    generations: tuple[str, ...] = ()
