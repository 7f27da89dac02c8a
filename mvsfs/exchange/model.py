"""What an exchange format carries: one data set with its records, or its members.

Rules: records are host bytes; nothing here knows a catalog. A load module's pointers (TTRN) in its user data are kept as block
numbers from 1 within the member, since tracks differ from system to system.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData
from mvsfs.info import IspfStats, LoadModule
from mvsfs.layouts import ispfstats, loadmodule


@dataclass(frozen=True, slots=True)
class UnloadedMember:
    """A member, or an alias of one (which has no records of its own). `ttrns` pointers begin the user data."""

    name: str
    records: list[bytes] = field(default_factory=list)
    alias_of: str = ""
    userdata: bytes = b""
    ttrns: int = 0

    @property
    def stats(self) -> IspfStats | None:
        """ISPF statistics, if the user data are such."""
        return ispfstats.parse(self.userdata) if not self.ttrns and ispfstats.is_stats(self.userdata) else None

    @property
    def load(self) -> LoadModule | None:
        """Load module facts, if the user data are such."""
        if not self.ttrns:
            return None
        try:
            return loadmodule.parse(self.userdata, is_alias=bool(self.alias_of))
        except BadRecordData:
            return None


@dataclass(frozen=True, slots=True)
class UnloadedDataset:
    """A sequential data set (`records`) or a partitioned one (`members`)."""

    dsname: str
    dcb: Dcb
    records: Iterable[bytes] = ()
    members: list[UnloadedMember] | None = None
    directory_blocks: int = 0
    message: tuple[str, ...] = ()

    @property
    def is_partitioned(self) -> bool:
        """Tell whether it has members."""
        return self.members is not None
