"""Partitioned data sets: the directory, and writing a member.

Source: jes-and-jcl.md 6.1. A PDS never reuses the space of replaced and deleted members before it is compressed (used_cells is
its high-water mark); a PDSE counts 4 KiB pages and gives them back at once, and its directory grows with it.
Rules: a member is written under SHR on the data set and EXCL on the member, so members of one data set are written side by side;
a reader of the old member keeps what it opened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from mvsfs.access import Access, Requester
from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.datasets.space import Space
from mvsfs.dcb import Dsorg
from mvsfs.enqueue import Hold, dataset_name, member_name
from mvsfs.errors import DatasetExists, MemberNotFound, SystemAbend, WrongDsorg
from mvsfs.info import DatasetInfo, IspfStats, LoadModule, MemberInfo, Target
from mvsfs.names import MemberMask, check_member
from mvsfs.records.forms import Form, form_of
from mvsfs.storage import catalog, directory, geometry, listed
from mvsfs.storage.catalog import DatasetRow
from mvsfs.storage.database import reading
from mvsfs.storage.directory import MemberRow
from mvsfs.storage.store import Store

_MAX_MODIFICATION = 99


def partitioned_entry(connection: Connection, dsname: str, *, to_change: bool = False) -> DatasetRow:
    """Return the entry of a partitioned data set. Raises DatasetNotFound, WrongDsorg."""
    row = catalog.entry_to_change(connection, dsname) if to_change else catalog.entry(connection, dsname)
    if row.dsorg != Dsorg.PO.value:
        raise WrongDsorg(row.dsname, row.dsorg, "PO")
    return row


def member_entry(connection: Connection, row: DatasetRow, name: str) -> MemberRow:
    """Return a member's entry. Raises MemberNotFound."""
    found = directory.find(connection, row.id, name)
    if found is None:
        raise MemberNotFound(row.dsname, name)
    return found


def members(store: Store, dsname: str, mask: str = "*") -> list[MemberInfo]:
    """Return the directory entries that a mask matches, ascending."""
    with reading(store.engine) as connection:
        rows = directory.entries(connection, partitioned_entry(connection, dsname).id)
    if mask in {"", "*"}:
        return [directory.info_of(row) for row in rows]
    matches = MemberMask(mask).matches
    return [directory.info_of(row) for row in rows if matches(row.name)]


def member_names(store: Store, dsname: str, mask: str = "*") -> list[str]:
    """Return the names in the directory that a mask matches, ascending."""
    with reading(store.engine) as connection:
        found = listed.member_names(connection, partitioned_entry(connection, dsname).id)
    return found if mask in {"", "*"} else list(filter(MemberMask(mask).matches, found))


def member_statistics(store: Store, dsname: str, mask: str = "*") -> list[tuple[str, IspfStats | None]]:
    """Return the names in the directory that a mask matches, each with its ISPF statistics, ascending."""
    with reading(store.engine) as connection:
        found = listed.member_statistics(connection, partitioned_entry(connection, dsname).id)
    if mask in {"", "*"}:
        return found
    matches = MemberMask(mask).matches
    return [pair for pair in found if matches(pair[0])]


def member(store: Store, dsname: str, name: str) -> MemberInfo:
    """Return one directory entry."""
    with reading(store.engine) as connection:
        return directory.info_of(member_entry(connection, partitioned_entry(connection, dsname), name))


def is_pdse(row: DatasetRow) -> bool:
    """Tell whether the data set is a PDSE."""
    return bool(row.dsntype == "LIBRARY")


def room_for_entry(row: DatasetRow, name: str, old: int, new: int) -> dict[str, Any]:
    """Return the directory columns after an entry of `old` bytes becomes one of `new`. Raises SystemAbend B14-0C."""
    size = row.directory_bytes - old + new
    if new > old and not is_pdse(row) and geometry.directory_used(size) > row.directory_blocks:
        raise SystemAbend("B14", "0C", row.dsname, name)
    return {"directory_bytes": size}


def length_of_entry(row: MemberRow | None) -> int:
    """Return the bytes that an entry takes in the directory."""
    if row is None:
        return 0
    return directory.entry_bytes(directory.stats_of(row), directory.load_of(row), row.userdata or b"")


class MemberWriter(DatasetWriter):
    """Output to a member."""

    def __init__(
        self,
        store: Store,
        info: DatasetInfo,
        hold: Hold,
        row: DatasetRow,
        member: str,
        who: Requester,
        *,
        stats: bool | IspfStats | None,
        load: LoadModule | None = None,
        userdata: bytes = b"",
    ) -> None:
        """row: the data set as it was when opened; only its number and kind are used later."""
        super().__init__(store, info, Space(store, info, row.id, None, info.dcb.blksize), hold, created=False)
        self.member = member
        self._row = row
        self._who = who
        self._stats = stats
        self._load = load
        self._userdata = userdata
        self._used_cells = row.used_cells

    @property
    def name(self) -> str:
        """The full name `A.B(M)`."""
        return f"{self.info.dsname}({self.member})"

    def _own_cells(self, size: int) -> int:
        if is_pdse(self._row):
            return geometry.member_pages(self.dcb, size, self.records)
        return geometry.member_cells(self.dcb, self.form or Form.FIXED, size, self.records)

    def _cover(self, size: int) -> None:
        self._space.cover(_tracks(self._row, self._used_cells + self._own_cells(size)), self.member)

    @staticmethod
    def _gone(connection: Connection, row: DatasetRow, old: MemberRow | None) -> MemberRow | None:
        """Return the entry whose content nobody has any more: aliases in a PDS still point to where the old member lies."""
        if old is None or old.alias_of:
            return None
        left = [] if is_pdse(row) else directory.aliases_of(connection, row.id, old.name)
        if left:
            directory.inherit(connection, old, *left)
        return None if left else old

    def _flip(self, connection: Connection, reference: str) -> None:
        row = partitioned_entry(connection, self.info.dsname, to_change=True)
        old = directory.find(connection, row.id, self.member)
        stats = self._new_stats(old)
        entry = directory.entry_bytes(stats, self._load, self._userdata)
        columns = room_for_entry(row, self.member, length_of_entry(old), entry)
        own, before = self._own_cells(self.size), (old.cells if old else 0)
        used = row.used_cells + own - (before if is_pdse(row) else 0)
        gone = self._gone(connection, row, old)
        directory.put(
            connection,
            row.id,
            self.member,
            replaces=old is not None,
            alias_of="",
            ttr=geometry.ttr(row.used_cells, row.directory_blocks),
            content=reference,
            form=(self.form or form_of(self.dcb)).value,
            records=self.records,
            size=self.size,
            cells=own,
            userdata=self._userdata or None,
            **directory.stats_columns(stats),
            **directory.load_columns(self._load),
        )
        self._store.content.forget(connection, gone.content if gone else None)
        columns |= {
            "used_cells": used,
            "used_tracks": _tracks(row, used),
            "records": row.records + self.records - (gone.records if gone else 0),
            "size": row.size + self.size - (gone.size if gone else 0),
            "referred": self._store.today(),
        }
        if row.recfm is None:
            columns |= {"recfm": str(self.dcb.recfm), "lrecl": self.dcb.lrecl, "blksize": self.dcb.blksize}
        catalog.change(connection, row.id, **columns)

    def _abandon(self, connection: Connection) -> None:
        """Nothing: an extent that was taken stays with the data set."""

    def _new_stats(self, old: MemberRow | None) -> IspfStats | None:
        """Return the statistics of the new member: 01.00 for a new one, one modification more for a replaced one."""
        if isinstance(self._stats, IspfStats):
            return self._stats
        if not self._stats:
            return None
        now = self._store.now().replace(microsecond=0)
        userid = self._who.userid[:8]
        before = directory.stats_of(old) if old is not None else None
        if before is None:
            return IspfStats(1, 0, now.date(), now, self.records, self.records, 0, userid)
        modification = min(before.modification + 1, _MAX_MODIFICATION)
        return replace(before, modification=modification, changed=now, size=self.records, mod=0, userid=userid)


def _tracks(row: DatasetRow, used: int) -> int:
    if is_pdse(row):
        return -(-used // geometry.PAGES_PER_TRACK)
    return geometry.pds_tracks(row.directory_blocks, used)


def delete_member(store: Store, connection: Connection, row: DatasetRow, name: str) -> None:
    """Remove an entry in the caller's transaction.

    A member's aliases go with it in a PDSE. In a PDS they point to the same place, so the first of them has its content then.
    """
    old = member_entry(connection, row, name)
    names = [name]
    if is_pdse(row) and not old.alias_of:
        names += directory.aliases_of(connection, row.id, name)
    freed = sum(length_of_entry(directory.find(connection, row.id, each)) for each in names)
    for each in names:
        directory.drop(connection, row.id, each)
    left = [] if old.alias_of else directory.aliases_of(connection, row.id, name)
    if left:
        directory.inherit(connection, old, *left)
    if old.alias_of or left:
        catalog.change(connection, row.id, directory_bytes=row.directory_bytes - freed)
        return
    store.content.forget(connection, old.content)
    used = row.used_cells - (old.cells if is_pdse(row) else 0)
    catalog.change(
        connection,
        row.id,
        directory_bytes=row.directory_bytes - freed,
        used_cells=used,
        used_tracks=_tracks(row, used),
        records=row.records - old.records,
        size=row.size - old.size,
    )


def rename_member(connection: Connection, row: DatasetRow, old: str, new: str) -> None:
    """Give an entry another name. Raises MemberNotFound, DatasetExists."""
    member_entry(connection, row, old)
    if directory.find(connection, row.id, new) is not None:
        raise DatasetExists(row.dsname, new)
    directory.move(connection, row.id, old, new)


def add_alias(store: Store, dsname: str, alias: str, main: str, who: Requester) -> None:
    """Give a member a second entry."""
    alias, main = check_member(alias), check_member(main)
    store.require_writable(dsname)

    def attempt(connection: Connection) -> None:
        row = partitioned_entry(connection, dsname, to_change=True)
        # an exception rolls the claim back with everything else
        hold = store.enqueue.claim(connection, [dataset_name(row.dsname), member_name(row.dsname, alias)], who)
        real = member_entry(connection, row, main)
        if directory.find(connection, row.id, alias) is not None:
            raise DatasetExists(row.dsname, alias)
        columns = room_for_entry(row, alias, 0, length_of_entry(real))
        directory.put_alias(connection, real, alias)
        catalog.change(connection, row.id, **columns)
        hold.release(connection)

    store.require(who, dsname, Access.UPDATE)
    store.enqueue.waiting(attempt, 0)


def set_member(store: Store, target: Target, who: Requester, *, stats: IspfStats | None, load: LoadModule | None) -> None:
    """Replace the directory data of a member."""
    assert target.member is not None
    name = target.member
    store.require_writable(str(target))
    store.require(who, target.dsname, Access.UPDATE)

    def attempt(connection: Connection) -> None:
        row = partitioned_entry(connection, target.dsname, to_change=True)
        old = member_entry(connection, row, name)
        columns = room_for_entry(row, name, length_of_entry(old), directory.entry_bytes(stats, load, b""))
        values = {**directory.stats_columns(stats), **directory.load_columns(load), "userdata": None}
        directory.put(connection, row.id, name, replaces=True, **values)
        catalog.change(connection, row.id, **columns)

    store.enqueue.waiting(attempt, 0)


def compress(store: Store, dsname: str, who: Requester) -> int:
    """Move the members of a PDS together, as IEBCOPY in place; return the tracks won. A PDSE has nothing to win."""
    store.require_writable(dsname)
    store.require(who, dsname, Access.UPDATE)

    def attempt(connection: Connection) -> int:
        row = partitioned_entry(connection, dsname)
        if is_pdse(row):
            return 0
        hold = store.enqueue.claim(connection, [dataset_name(row.dsname, exclusive=True)], who)
        used = 0
        for entry in sorted(directory.entries(connection, row.id), key=lambda entry: entry.ttr):
            if entry.alias_of:
                continue
            ttr = geometry.ttr(used, row.directory_blocks)
            for each in [entry.name, *directory.aliases_of(connection, row.id, entry.name)]:
                directory.put(connection, row.id, each, replaces=True, ttr=ttr)
            used += entry.cells
        catalog.change(connection, row.id, used_cells=used, used_tracks=_tracks(row, used))
        hold.release(connection)
        return int(row.used_tracks - _tracks(row, used))

    return store.enqueue.waiting(attempt, 0)
