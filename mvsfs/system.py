"""Mvs: one system's data sets and z/OS UNIX files, as the packages above see them.

Source: the seams of architecture.md. Each operation is a function of the module that has its subject; this class gives them one
name and the store they work on.
Rules: permission is asked at OPEN, allocation, delete and rename, and nowhere else; finding and listing ask nothing.
Usable from many threads; a forked child may go on using it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import Any

from sqlalchemy import Engine

from mvsfs.access import Access, Guard, Requester
from mvsfs.datasets import allocate, delete, entries, gdg, lookup, opening, partitioned, rename
from mvsfs.datasets.inputs import DatasetReader
from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.datasets.vsam import define, paths
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.datasets.vsam.opened import VsamFile
from mvsfs.dcb import Dcb
from mvsfs.enqueue import Enqueue
from mvsfs.info import Allocation, DatasetInfo, GdgInfo, IspfStats, LoadModule, MemberInfo, Target, VolumeInfo
from mvsfs.names import Mask
from mvsfs.storage import volumes
from mvsfs.storage.changes import Changes
from mvsfs.storage.content import ContentStore
from mvsfs.storage.database import writing
from mvsfs.storage.holders import Holders
from mvsfs.storage.options import StoreOptions, VolumeModel
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
        self.changes.close()
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
    def holders(self) -> Holders:
        """The processes that share the store; claims of running jobs carry their numbers."""
        return self.store.holders

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

    def define_volume(self, model: VolumeModel) -> None:
        """Initialize a volume; one that is there already stays as it is."""
        with writing(self.store.engine) as connection:
            if volumes.is_known(connection, model.volser):
                return
            volumes.define(connection, model)

    @cached_property
    def changes(self) -> Changes:
        """Whether anything was written since."""
        return Changes(self.store.engine)

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

    def require_readable(self, dsname: str, who: Requester) -> DatasetInfo:
        """Return the facts of a data set whose directory is to be read for somebody, which z/OS opens it for.

        Raises DatasetNotFound, NotAuthorized.
        """
        info = lookup.find(self.store, dsname)
        self.store.require(who, info.dsname, Access.READ, volser=info.volser)
        return info

    def names(self, mask: str | Mask) -> list[str]:
        """Return the names of the entries that a mask matches, ascending as EBCDIC. Raises InvalidDsname."""
        return lookup.names(self.store, mask)

    def listed(self, mask: str | Mask) -> list[tuple[str, DatasetInfo]]:
        """Return names, ascending as EBCDIC, and what listings show: label, volume, state, referred, extents, used tracks.

        Entries that are alike share one DatasetInfo, which has no name. Raises InvalidDsname.
        """
        return lookup.entries(self.store, mask)

    def member_names(self, dsname: str, mask: str = "*") -> list[str]:
        """Return the names in the directory, ascending. Raises DatasetNotFound, WrongDsorg."""
        return partitioned.member_names(self.store, dsname, mask)

    def member_statistics(self, dsname: str, mask: str = "*") -> list[tuple[str, IspfStats | None]]:
        """Return names and ISPF statistics in the directory, ascending. Raises DatasetNotFound, WrongDsorg."""
        return partitioned.member_statistics(self.store, dsname, mask)

    def member(self, dsname: str, name: str) -> MemberInfo:
        """Return one directory entry. Raises DatasetNotFound, WrongDsorg, MemberNotFound."""
        return partitioned.member(self.store, dsname, name)

    def allocate(self, dsname: str, allocation: Allocation, who: Requester, *, roll_in: bool = True) -> DatasetInfo:
        """Make and catalogue an empty data set; without roll_in a generation counts only after `roll_in`.

        Raises DatasetExists, NotAuthorized, AllocationFailed, DatasetInUse.
        """
        return allocate.allocate(self.store, dsname, allocation, who, roll_in=roll_in)

    def deliver(self, wanted: Mapping[str, Allocation]) -> None:
        """Make the empty data sets that an installation begins with; a name in use stays as it is, no permission is asked.

        Raises AllocationFailed.
        """
        allocate.deliver(self.store, wanted)

    def delete(self, target: Target, who: Requester, *, wait_seconds: float = 0, purge: bool = True, force: bool = False) -> None:
        """Delete a data set, member, generation or alias entry; force: a GDG base with its generations.

        Raises what OPEN raises, NotExpired unless `purge`, GenerationsExist unless `force`.
        """
        delete.delete(self.store, target, who, wait_seconds=wait_seconds, purge=purge, force=force)

    def rename(self, old: Target, new: Target, who: Requester, *, wait_seconds: float = 0, recall: bool = True) -> None:
        """Rename a data set, or a member within its data set; recall: bring a migrated one back first.

        Raises DatasetExists, GenerationsExist for a base that has any, and what OPEN raises.
        """
        rename.rename(self.store, old, new, who, wait_seconds=wait_seconds, recall=recall)

    def open_input(
        self, target: Target, who: Requester, *, wait_seconds: float = 0, recall: bool = True, mount: bool = True
    ) -> DatasetReader:
        """Open for reading, holding the data set shared until closed. recall: bring a migrated one back; mount: a tape may be.

        Raises DatasetNotFound, MemberNotFound, WrongDsorg, NotAuthorized, DatasetInUse, DatasetMigrated, VolumeUnavailable.
        """
        return opening.open_input(self.store, target, who, wait_seconds=wait_seconds, recall=recall, mount=mount)

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

    def enter(self, info: DatasetInfo, who: Requester | None = None) -> None:
        """Put a catalog entry as stated, whatever its state; what exists keeps its contents. For fixtures."""
        entries.enter(self.store, info, who)

    def set_dcb(self, dsname: str, dcb: Dcb) -> DatasetInfo:
        """Write a label anew; BLKSIZE 0 is system-determined. Raises DatasetNotFound."""
        return entries.set_dcb(self.store, dsname, dcb)

    def release_unused(self, dsname: str) -> DatasetInfo:
        """Free allocated tracks that are not in use. Raises DatasetNotFound."""
        return entries.release_unused(self.store, dsname)

    def define_alias(self, alias: str, dsname: str, who: Requester) -> None:
        """Give a data set a second name. Raises DatasetExists, DatasetNotFound, NotAuthorized."""
        entries.define_alias(self.store, alias, dsname, who)

    def uncatalog(self, dsname: str, who: Requester) -> None:
        """Remove the catalog entry and leave the data set on its volume. Raises DatasetNotFound, NotAuthorized."""
        entries.uncatalog(self.store, dsname, who)

    def recatalog(self, dsname: str, volser: str, who: Requester) -> DatasetInfo:
        """Catalogue a data set that lies on a volume. Raises DatasetNotFound, DatasetExists, NotAuthorized."""
        return entries.recatalog(self.store, dsname, volser, who)

    def define_gdg(
        self,
        base: str,
        *,
        limit: int,
        who: Requester,
        scratch: bool = False,
        empty: bool = False,
        fifo: bool = False,
        purge: bool = False,
        extended: bool = False,
    ) -> GdgInfo:
        """Make a generation data group base. Raises DatasetExists, NotAuthorized, ValueError for a LIMIT out of range."""
        return gdg.define(self.store, GdgInfo(base, limit, scratch, empty, fifo, purge, extended), who)

    def alter_gdg(self, base: str, who: Requester, **changes: Any) -> GdgInfo:
        """Change limit, scratch, empty, fifo or purge of a base.

        Raises DatasetNotFound, WrongDsorg, NotAuthorized, ValueError for a LIMIT out of range.
        """
        return gdg.alter(self.store, base, who, **changes)

    def gdg(self, base: str) -> GdgInfo:
        """Return a base and its generations, oldest first. Raises DatasetNotFound, WrongDsorg."""
        return gdg.describe(self.store, base)

    def gdg_bases(self) -> list[str]:
        """Return the names of all bases, ascending."""
        return gdg.bases(self.store)

    def resolve_generation(self, target: Target) -> Target:
        """Return the absolute name of a relative generation. Raises DatasetNotFound, WrongDsorg, GenerationNotFound."""
        return gdg.resolve(self.store, target)

    def define_vsam(self, definition: ClusterInfo, who: Requester) -> DatasetInfo:
        """Make a cluster, alternate index or path with its components.

        Raises DatasetExists, DatasetNotFound, WrongDsorg, AllocationFailed, NotAuthorized.
        """
        return define.define(self.store, definition, who)

    def cluster(self, dsname: str) -> ClusterInfo:
        """Return the facts of a VSAM object, or of the owner of a component. Raises DatasetNotFound, WrongDsorg."""
        return define.describe(self.store, dsname)

    def dependents(self, dsname: str) -> list[DatasetInfo]:
        """Return what hangs on a VSAM object: components, alternate indexes, paths. Raises DatasetNotFound."""
        return define.dependents(self.store, dsname)

    def vsam(self, dsname: str, who: Requester, *, update: bool = False, wait_seconds: float = 0) -> VsamFile:
        """Open a cluster, path or alternate index by record. Raises DatasetNotFound, WrongDsorg, NotAuthorized, DatasetInUse."""
        return paths.open_vsam(self.store, dsname, who, update=update, wait_seconds=wait_seconds)

    def build_index(self, index: str, who: Requester) -> tuple[int, list[bytes]]:
        """Fill an alternate index from its base; return the count and the keys that a unique index had to leave out."""
        return paths.build_index(self.store, index, who)

    def alter_vsam(self, dsname: str, who: Requester, **changes: Any) -> ClusterInfo:
        """Change reuse, erase, upgrade, unique, shareoptions or freespace of a VSAM object.

        Raises DatasetNotFound, WrongDsorg, NotAuthorized.
        """
        return define.alter(self.store, dsname, who, **changes)

    def alter(self, dsname: str, who: Requester, **changes: Any) -> DatasetInfo:
        """Change expires, storclas, mgmtclas, dataclas, status or volser of an entry. Raises DatasetNotFound, NotAuthorized."""
        return entries.alter(self.store, dsname, who, **changes)

    def roll_in(self, dsname: str) -> list[str]:
        """Let a generation that was allocated without roll_in count; return the names that left the catalog."""
        with writing(self.store.engine) as connection:
            return gdg.roll_in(self.store, connection, dsname)

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
