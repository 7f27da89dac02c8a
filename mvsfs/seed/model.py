"""What a seed describes: data sets, members, generation groups, aliases, z/OS UNIX files, users and jobs.

Rules: frozen facts without IO. Contents are callables that yield bytes, so that a large file is read when it is stored
and not before. Users and jobs are texts for the layers above, which know RACF commands and JCL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from mvsfs.datasets.gdg import MAX_LIMIT
from mvsfs.dcb import Dsorg
from mvsfs.errors import MvsError
from mvsfs.info import Allocation, IspfStats, LoadModule, Status, UnixKind
from mvsfs.storage.options import VolumeModel

DEFAULT_CODEPAGE = "IBM-1047"
#: A text data set of which nothing is said: card images.
DEFAULT_RECFM, DEFAULT_LRECL = "FB", 80


class Encoding(Enum):
    """How the bytes of a seed's content are to be read."""

    TEXT = "text"  # UTF-8; lines become records
    BINARY = "binary"  # records of F back to back; z/OS UNIX bytes as they are
    RDW = "rdw"  # each record after a 4-byte length that counts itself


@dataclass
class SeedError(MvsError):
    """A seed that cannot be loaded: where (manifest key or file) and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Content:
    """Where the bytes come from and how to read them; `source` names the host file, if they lie in one."""

    chunks: Callable[[], Iterable[bytes]]
    encoding: Encoding = Encoding.TEXT
    source: str = ""

    @classmethod
    def of(cls, value: str | bytes) -> Content:
        """Return text as TEXT, bytes as BINARY."""
        if isinstance(value, str):
            data = value.encode("utf-8", "surrogateescape")
            return cls(lambda: (data,), Encoding.TEXT)
        return cls(lambda: (value,), Encoding.BINARY)


@dataclass(frozen=True, slots=True)
class SeedMember:
    """A member. stats True: statistics made from the contents; None: none."""

    content: Content | None = None
    stats: IspfStats | bool | None = None
    alias_of: str = ""
    load: LoadModule | None = None


@dataclass(frozen=True, slots=True)
class SeedDataset:
    """A data set: what it shall be allocated as, and what it holds."""

    dsname: str
    allocation: Allocation = field(default_factory=Allocation)
    codepage: str = DEFAULT_CODEPAGE
    content: Content | None = None
    members: Mapping[str, SeedMember] = field(default_factory=dict)
    status: Status = Status.ONLINE
    created: date | None = None
    referred: date | None = None
    stated: Mapping[str, Any] = field(default_factory=dict)  # extents and used_tracks that a listing shall show

    @property
    def is_stated(self) -> bool:
        """Tell whether it is a mere catalog entry: somewhere else, or of an organisation without records of its own here."""
        elsewhere = self.status is not Status.ONLINE or self.allocation.dsorg not in (Dsorg.PS, Dsorg.PO)
        return (elsewhere or bool(self.stated)) and self.content is None and not self.members

    @property
    def is_partitioned(self) -> bool:
        """Tell whether it has members."""
        return self.allocation.dsorg is Dsorg.PO


@dataclass(frozen=True, slots=True)
class SeedGdg:
    """A generation data group base; its generations are ordinary seed data sets."""

    dsname: str
    limit: int = MAX_LIMIT
    scratch: bool = False
    empty: bool = False
    fifo: bool = False
    purge: bool = False
    extended: bool = False


@dataclass(frozen=True, slots=True)
class SeedUnix:
    """A z/OS UNIX file. mode, owner and group None: 0644 or 0755 and the superuser."""

    path: str
    kind: UnixKind = UnixKind.FILE
    content: Content | None = None
    codepage: str = DEFAULT_CODEPAGE
    mode: int | None = None
    owner: str | int | None = None
    group: str | int | None = None
    target: str = ""
    tag: str = ""
    tag_text: bool = True
    mtime: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeedJob:
    """A job to be submitted: JCL text and by whom."""

    name: str
    jcl: str
    userid: str = ""


@dataclass(frozen=True, slots=True)
class Seed:
    """Everything that one folder, or one call in a test, describes. `volumes` are added to those that the store has."""

    datasets: tuple[SeedDataset, ...] = ()
    gdgs: tuple[SeedGdg, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    unix: tuple[SeedUnix, ...] = ()
    users: tuple[str, ...] = ()
    jobs: tuple[SeedJob, ...] = ()
    volumes: tuple[VolumeModel, ...] = ()
