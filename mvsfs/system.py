"""Mvs: one system's data sets and z/OS UNIX files, as the packages above see them.

Source: the seams of architecture.md. Each operation is a function of the module that has its subject; this class gives them one
name and the store they work on.
Rules: permission is asked at OPEN, allocation, delete and rename, and nowhere else; finding and listing ask nothing.
Usable from many threads; a forked child may go on using it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from types import TracebackType

from sqlalchemy import Engine

from mvsfs.access import Guard, Requester
from mvsfs.datasets import allocate, delete, lookup, opening, partitioned, rename
from mvsfs.datasets.inputs import DatasetReader
from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.enqueue import Enqueue
from mvsfs.info import Allocation, DatasetInfo, IspfStats, LoadModule, MemberInfo, Target, VolumeInfo
from mvsfs.names import Mask
from mvsfs.storage import volumes
from mvsfs.storage.content import ContentStore
from mvsfs.storage.options import StoreOptions
from mvsfs.storage.store import Store, open_store
from mvsfs.unix.files import UnixFiles


class Mvs:
    """The facade of one store."""

    def __init__(self, store: Store) -> None:
        """Use an open store; see `open`."""
        self.store = store

    @classmethod
    def open(
        cls,
        url: str = "memory:",
        *,
        now: Callable[[], datetime],
        guard: Guard,
        sysname: str = "MVS1",
        options: StoreOptions | None = None,
    ) -> Mvs:
        """Open or make the store at `memory:`, `file:///dir` or `postgresql://...`. Raises ValueError for another address."""
        return cls(open_store(url, now=now, guard=guard, sysname=sysname, options=options or StoreOptions()))

    def close(self) -> None:
        """Give everything back; what is still open for output is discarded."""
        self.store.close()

    def __enter__(self) -> Mvs:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def engine(self) -> Engine:
        """The database; security profiles and the spool live in it too."""
        return self.store.engine

    @property
    def content(self) -> ContentStore:
        """The write-once objects."""
        return self.store.content

    @property
    def enqueue(self) -> Enqueue:
        """The ENQ queue; jobs obtain their data set names here."""
        return self.store.enqueue

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        return self.store.now

    @property
    def sysname(self) -> str:
        """The name of this system."""
        return self.store.sysname

    @property
    def guard(self) -> Guard:
        """Who answers permission questions."""
        return self.store.guard

    @property
    def options(self) -> StoreOptions:
        """How the store was opened."""
        return self.store.options

    @property
    def volumes(self) -> list[VolumeInfo]:
        """All volumes with their free space, ascending by serial."""
        return volumes.describe(self.store.engine)

    @cached_property
    def unix(self) -> UnixFiles:
        """The z/OS UNIX files of this system."""
        return UnixFiles(self.store)

    def find(self, dsname: str) -> DatasetInfo:
        """Return an entry's facts, an alias followed. Raises DatasetNotFound."""
        return lookup.find(self.store, dsname)

    def exists(self, dsname: str) -> bool:
        """Tell whether the name is catalogued, as itself or as an alias."""
        return lookup.exists(self.store, dsname)

    def search(self, mask: str | Mask) -> Iterator[DatasetInfo]:
        """Yield the entries that a mask matches, ascending as EBCDIC. Raises InvalidDsname."""
        return lookup.search(self.store, mask)

    def members(self, dsname: str, mask: str = "*") -> list[MemberInfo]:
        """Return the directory, ascending. Raises DatasetNotFound, WrongDsorg."""
        return partitioned.members(self.store, dsname, mask)

    def member(self, dsname: str, name: str) -> MemberInfo:
        """Return one directory entry. Raises DatasetNotFound, WrongDsorg, MemberNotFound."""
        return partitioned.member(self.store, dsname, name)

    def allocate(self, dsname: str, allocation: Allocation, who: Requester) -> DatasetInfo:
        """Make and catalogue an empty data set. Raises DatasetExists, NotAuthorized, AllocationFailed, DatasetInUse."""
        return allocate.allocate(self.store, dsname, allocation, who)

    def delete(self, target: Target, who: Requester, *, wait_seconds: float = 0, purge: bool = True) -> None:
        """Delete a data set, member, generation or alias entry. Raises what OPEN raises, and NotExpired unless `purge`."""
        delete.delete(self.store, target, who, wait_seconds=wait_seconds, purge=purge)

    def rename(self, old: Target, new: Target, who: Requester, *, wait_seconds: float = 0) -> None:
        """Rename a data set, or a member within its data set. Raises DatasetExists and what OPEN raises."""
        rename.rename(self.store, old, new, who, wait_seconds=wait_seconds)

    def open_input(self, target: Target, who: Requester, *, wait_seconds: float = 0, recall: bool = True) -> DatasetReader:
        """Open for reading, holding the data set shared until closed.

        Raises DatasetNotFound, MemberNotFound, WrongDsorg, NotAuthorized, DatasetInUse, DatasetMigrated, VolumeUnavailable.
        """
        return opening.open_input(self.store, target, who, wait_seconds=wait_seconds, recall=recall)

    def open_output(
        self,
        target: Target,
        who: Requester,
        *,
        append: bool = False,
        allocation: Allocation | None = None,
        stats: bool | IspfStats | None = None,
        wait_seconds: float = 0,
        conddisp_catlg: bool = True,
        recall: bool = True,
        load: LoadModule | None = None,
        userdata: bytes = b"",
    ) -> DatasetWriter:
        """Open for writing: new contents, or more behind the old ones with `append` (MOD).

        allocation: what a data set that does not exist becomes; without it that is an error. stats: True makes or updates ISPF
        statistics, IspfStats sets them, otherwise the member has none. conddisp_catlg: whether a data set that was made here
        stays (empty) when the writing is discarded.
        Raises what open_input raises, and AllocationFailed, StoreReadOnly, SystemAbend B14-0C for a full directory.
        """
        request = opening.OutputRequest(append, allocation, stats, conddisp_catlg, recall, load, userdata)
        return opening.open_output(self.store, target, who, request, wait_seconds=wait_seconds)

    def add_member_alias(self, dsname: str, alias: str, member: str, who: Requester) -> None:
        """Give a member a second name. Raises MemberNotFound, DatasetExists, SystemAbend B14-0C."""
        partitioned.add_alias(self.store, dsname, alias, member, who)

    def set_member(self, target: Target, who: Requester, *, stats: IspfStats | None, load: LoadModule | None = None) -> None:
        """Replace the directory data of a member, leaving its records alone."""
        partitioned.set_member(self.store, target, who, stats=stats, load=load)

    def compress(self, dsname: str, who: Requester) -> int:
        """Reclaim the space of replaced and deleted members of a PDS; return the tracks won."""
        return partitioned.compress(self.store, dsname, who)

    def records(self, target: Target, who: Requester) -> Iterable[bytes]:
        """Yield all records of a data set or member, held shared meanwhile."""
        with self.open_input(target, who) as reader:
            yield from reader.records()
