"""What can go wrong with data sets and z/OS UNIX files: facts only, no reply wording.

Rules: every class carries its facts as attributes and a plain English `__str__`. FTP replies, job log messages and
RACF messages are made from these facts at one edge each (zftpd/protocol/replymap.py, jes/messages.py).
A class exists when a caller or a text distinguishes it; otherwise it is a fact on an existing one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from mvsfs.access import Access


@dataclass
class MvsError(Exception):
    """Any refusal or failure of the data set side."""

    def __str__(self) -> str:
        facts = ", ".join(
            f"{name}={value!r}" for name, value in vars(self).items() if not name.startswith("_") and not callable(value)
        )
        return f"{type(self).__name__}({facts})"


@dataclass
class InvalidDsname(MvsError):
    """A name that no data set or member can have.

    `rule`: qualifier-long, first-character, character, length, member, wildcard, empty.
    """

    text: str
    rule: str
    qualifier: str = ""


@dataclass
class DatasetNotFound(MvsError):
    """The catalog has no such entry."""

    dsname: str


@dataclass
class GroupNotFound(DatasetNotFound):
    """A relative generation was asked for, and the catalog has no generation data group of the name."""


@dataclass
class MemberNotFound(MvsError):
    """The partitioned data set has no such member."""

    dsname: str
    member: str


@dataclass
class DatasetExists(MvsError):
    """The name is already catalogued."""

    dsname: str
    member: str = ""


@dataclass
class WrongDsorg(MvsError):
    """The operation does not fit the organisation. `need` is what the caller wanted: PS, PO, member, non-VSAM, GDG ..."""

    dsname: str
    dsorg: str
    need: str


@dataclass
class GenerationNotFound(MvsError):
    """The relative generation does not exist."""

    dsname: str
    generation: int


@dataclass
class GenerationsExist(MvsError):
    """A generation data group base that still has generations cannot be deleted without force."""

    dsname: str
    generations: int


@dataclass
class NotAuthorized(MvsError):
    """The guard said no."""

    userid: str
    dsname: str
    wanted: Access


@dataclass
class DatasetInUse(MvsError):
    """Another holder has the data set (or member, or UNIX file). `wanted` and `held` are SHR or EXCL."""

    dsname: str
    member: str
    wanted: str
    holder_userid: str
    holder_jobname: str
    holder_asid: int
    held: str
    qname: str = "SYSDSN"


@dataclass
class RecordTooLong(MvsError):
    """A record is longer than LRECL allows and neither truncation nor wrapping is in force. `record` counts from 1."""

    dsname: str
    record: int
    length: int
    lrecl: int


@dataclass
class BadRecordData(MvsError):
    """Stored or received bytes break the record format (a wrong RDW, BDW, segment or block descriptor). Offsets from 0."""

    reason: str
    offset: int = 0


@dataclass
class SystemAbend(MvsError):
    """The operation ends with a system completion code, as B37-04, D37-04, E37-04, B14-0C, 213-04, 013-18, 913-38."""

    code: str
    reason: str
    dsname: str = ""
    member: str = ""


@dataclass
class AllocationFailed(MvsError):
    """Dynamic allocation (SVC 99) refused. `error` and `info` are S99ERROR and S99INFO, `reason` is S99ERSN."""

    dsname: str
    error: int
    info: int = 0
    reason: int = 0


@dataclass
class NotExpired(MvsError):
    """The expiration date lies ahead, and it was not asked to delete all the same (PURGE)."""

    dsname: str
    expires: date


@dataclass
class DatasetMigrated(MvsError):
    """The data set is migrated and may not be recalled now."""

    dsname: str


@dataclass
class VolumeUnavailable(MvsError):
    """The volume is offline, is not mounted, or does not hold the data set. `reason`: not-mounted, not-on-volume, tape."""

    dsname: str
    volser: str
    reason: str


@dataclass
class StoreReadOnly(MvsError):
    """The store is served read-only, or the host refused to write."""

    name: str


@dataclass
class StoreFull(MvsError):
    """The host file system under the store has no space left."""

    name: str


@dataclass
class UnixError(MvsError):
    """A z/OS UNIX refusal.

    `errno_name` as ENOENT EACCES EEXIST ENOTEMPTY ENOTDIR EISDIR ENAMETOOLONG ELOOP EPERM EINVAL EBUSY EXDEV.
    """

    errno_name: str
    path: str
    tell: Callable[[], None] | None = field(default=None, repr=False, compare=False)
    """Tells the security product's listeners of a refusal; gone once it was told."""


@dataclass
class UnknownCodepage(MvsError):
    """No such code page, or the pair cannot be built."""

    name: str


@dataclass
class BadTranslateTable(MvsError):
    """A file of translate tables, or its source, is not what it should be: header, length or source (then with the line)."""

    name: str
    reason: str
    at: int = 0


@dataclass
class Untranslatable(MvsError):
    """A character has no place in the target code page and substitution is off. Offset in bytes of the source."""

    codepage: str
    offset: int


@dataclass
class DuplicateKey(MvsError):
    """A VSAM record with this key is there already; `alternate` names the path or index whose unique key it would repeat."""

    dsname: str
    key: bytes
    alternate: str = ""


@dataclass
class OutOfSequence(MvsError):
    """While a VSAM cluster is loaded for the first time, a record's key is not above the one before."""

    dsname: str
    key: bytes


@dataclass
class RecordNotFound(MvsError):
    """A VSAM cluster has no record with this key, RBA or number."""

    dsname: str
    place: bytes | int


@dataclass
class VsamFull(MvsError):
    """A VSAM component cannot be extended: no secondary space, all extents used, or the volume is full."""

    dsname: str
