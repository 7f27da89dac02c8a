"""Renaming data sets and members.

Rules: a data set needs ALTER under its old and its new name, a member UPDATE; both names are held exclusively. Contents stay
where they are: a rename is one row.
"""

from __future__ import annotations

from sqlalchemy import Connection

from mvsfs.access import Access, Requester
from mvsfs.datasets import gdg, partitioned
from mvsfs.datasets.states import bring_back
from mvsfs.datasets.vsam import define
from mvsfs.dcb import Dsorg
from mvsfs.enqueue import dataset_name, member_name
from mvsfs.errors import DatasetMigrated, GenerationsExist, InvalidDsname
from mvsfs.info import Status, Target
from mvsfs.names import check_dsname, check_member
from mvsfs.storage import catalog
from mvsfs.storage.database import reading
from mvsfs.storage.store import Store


def rename(store: Store, old: Target, new: Target, who: Requester, *, wait_seconds: float, recall: bool = True) -> None:
    """Rename what `old` names."""
    with reading(store.engine) as connection:
        row = catalog.entry(connection, old.dsname)
    store.require_writable(str(old))
    if old.member is not None:
        if new.member is None or (new.dsname not in {old.dsname, row.dsname}):
            raise InvalidDsname(str(new), "member")
        store.require(who, row.dsname, Access.UPDATE, volser=row.volser)
        store.enqueue.waiting(lambda connection: _member(store, connection, old, new, who), wait_seconds)
        return
    if new.member is not None:
        raise InvalidDsname(str(new), "member")
    if row.status == Status.MIGRATED.value and not recall:
        raise DatasetMigrated(row.dsname)
    store.require(who, row.dsname, Access.ALTER, volser=row.volser)
    store.require(who, new.dsname, Access.ALTER, volser=row.volser, new=True)
    if row.status == Status.MIGRATED.value:
        bring_back(store, row)
    store.enqueue.waiting(lambda connection: _dataset(store, connection, row.dsname, new.dsname, who), wait_seconds)


def _member(store: Store, connection: Connection, old: Target, new: Target, who: Requester) -> None:
    assert old.member is not None
    assert new.member is not None
    row = partitioned.partitioned_entry(connection, old.dsname)
    partitioned.member_entry(connection, row, old.member)
    names = [dataset_name(row.dsname)] + [member_name(row.dsname, name) for name in (old.member, check_member(new.member))]
    hold = store.enqueue.claim(connection, names, who)
    partitioned.rename_member(connection, row, old.member, new.member)
    hold.release(connection)


def _dataset(store: Store, connection: Connection, old: str, new: str, who: Requester) -> None:
    row = catalog.entry(connection, old)
    catalog.require_free(connection, check_dsname(new))
    if row.dsorg == Dsorg.GDG.value and (rows := gdg.generations(connection, old)):
        raise GenerationsExist(old, len(rows))
    hold = store.enqueue.claim(connection, [dataset_name(name, exclusive=True) for name in (old, new)], who)
    catalog.change(connection, row.id, dsname=new)
    catalog.move_aliases(connection, old, new)
    define.follow_rename(connection, old, new)
    gdg.roll_in(store, connection, new)
    hold.release(connection)
