"""Deleting data sets, members and alias entries.

Rules: needs ALTER to the data set, UPDATE for a member; the name is held exclusively. A migrated data set is
deleted without recall.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from mvsfs.access import Access, Requester
from mvsfs.datasets import gdg, partitioned
from mvsfs.datasets.scratch import scratch
from mvsfs.datasets.vsam import define
from mvsfs.dcb import Dsorg
from mvsfs.enqueue import dataset_name, member_name
from mvsfs.errors import GenerationsExist, NotExpired
from mvsfs.info import Target
from mvsfs.storage import catalog
from mvsfs.storage.database import reading
from mvsfs.storage.store import Store


def delete(store: Store, target: Target, who: Requester, *, wait_seconds: float, purge: bool, force: bool = False) -> None:
    """Delete what the target names."""
    target = gdg.resolve(store, target)
    with reading(store.engine) as connection:
        row = catalog.entry(connection, target.dsname)
        alias = catalog.is_alias(connection, target.dsname)
    store.require_writable(str(target))
    if target.member is not None:
        store.require(who, row.dsname, Access.UPDATE, volser=row.volser)
        store.enqueue.waiting(lambda connection: _member(store, connection, target, who), wait_seconds)
        return
    store.require(who, target.dsname, Access.ALTER, volser=row.volser)
    if alias:
        store.enqueue.waiting(lambda connection: catalog.drop_alias(connection, target.dsname), 0)
        return
    store.enqueue.waiting(
        lambda connection: _dataset(store, connection, target.dsname, who, purge=purge, force=force), wait_seconds
    )


def _member(store: Store, connection: Connection, target: Target, who: Requester) -> None:
    assert target.member is not None
    row = partitioned.partitioned_entry(connection, target.dsname, to_change=True)
    partitioned.member_entry(connection, row, target.member)
    names = [dataset_name(row.dsname), member_name(row.dsname, target.member)]
    hold = store.enqueue.claim(connection, names, who)
    partitioned.delete_member(store, connection, row, target.member)
    hold.release(connection)


def _dataset(store: Store, connection: Connection, dsname: str, who: Requester, *, purge: bool, force: bool = False) -> None:
    row = catalog.entry(connection, dsname)
    if not purge and row.expires is not None and row.expires > store.today():
        raise NotExpired(dsname, date.fromordinal(row.expires))
    hold = store.enqueue.claim(connection, [dataset_name(dsname, exclusive=True)], who)
    if row.dsorg == Dsorg.GDG.value:
        rows = gdg.generations(connection, dsname)
        if rows and not force:
            raise GenerationsExist(dsname, len(rows))
        for each in rows:
            scratch(store, connection, each)
    define.delete_all(store, connection, row)
    hold.release(connection)
