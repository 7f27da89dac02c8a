"""DEFINE and DELETE of VSAM objects, and their facts.

Source: [AMS DEFINE CLUSTER, ALTERNATEINDEX, PATH]; zos-ftp-server.md 3.1 for how the entries list. A cluster is three entries:
itself without a volume, dsname.DATA and, when keyed, dsname.INDEX, which have the space.
Rules: what hangs on an object goes with it: components, alternate indexes of a cluster, paths to either.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from mvsfs.access import Access, Requester
from mvsfs.datasets import allocate, gdg
from mvsfs.datasets.scratch import scratch
from mvsfs.datasets.vsam.facts import ENTRY, KEYED, ClusterInfo, default_cisize
from mvsfs.dcb import Dsorg
from mvsfs.enqueue import dataset_name
from mvsfs.errors import AllocationFailed, InvalidDsname, WrongDsorg
from mvsfs.info import Allocation, DatasetInfo
from mvsfs.names import MAX_DSNAME, check_dsname
from mvsfs.storage import catalog, tables
from mvsfs.storage.catalog import DatasetRow
from mvsfs.storage.database import reading, writing
from mvsfs.storage.store import Store

_cluster = tables.cluster.c
_dataset = tables.dataset.c
_OWN = {field.name for field in fields(ClusterInfo)} - {"dsname", "allocation", "shareoptions", "freespace"}

#: Facts that are two columns, and what ALTER may change.
_PAIRS = {"shareoptions": ("share_regions", "share_systems"), "freespace": ("free_ci", "free_ca")}
_ALTERABLE = {"reuse", "erase", "upgrade", "unique", *_PAIRS}


def define(store: Store, wanted: ClusterInfo, who: Requester) -> DatasetInfo:
    """Make the entries of a cluster, alternate index or path.

    Raises DatasetExists, DatasetNotFound and WrongDsorg for what it relates to, AllocationFailed, NotAuthorized.
    """
    facts = _completed(wanted)
    store.require_writable(facts.dsname)
    store.require(who, facts.dsname, Access.ALTER, volser=allocate.first_volser(facts.allocation), new=True)

    def attempt(connection: Connection) -> DatasetInfo:
        complete = _related(connection, facts)
        catalog.require_free(connection, complete.dsname)
        hold = store.enqueue.claim(connection, [dataset_name(complete.dsname, exclusive=True)], who)
        _enter(store, connection, complete)
        hold.release(connection)
        return catalog.info_of(catalog.entry(connection, complete.dsname))

    return store.enqueue.waiting(attempt, 0)


def _completed(wanted: ClusterInfo) -> ClusterInfo:
    dsname = check_dsname(wanted.dsname)
    facts = replace(wanted, dsname=dsname, cisize=wanted.cisize or default_cisize(wanted.maximum))
    if facts.kind == "PATH":
        return replace(facts, data_name="", index_name="")
    data = facts.data_name or f"{dsname}.DATA"
    index = (facts.index_name or f"{dsname}.INDEX") if facts.has_index else ""
    for name in filter(None, (data, index)):
        if len(name) > MAX_DSNAME:
            raise InvalidDsname(name, "length")
        check_dsname(name)
    return replace(facts, data_name=data, index_name=index)


def _related(connection: Connection, facts: ClusterInfo) -> ClusterInfo:
    """Return the facts with what follows from the object they relate to."""
    if facts.kind == "CLUSTER":
        return facts
    base = read(connection, facts.base)
    if facts.kind == "AIX":
        if base.kind != "CLUSTER" or base.organisation not in {KEYED, ENTRY}:
            raise WrongDsorg(base.dsname, "VSAM", "KSDS")
        return replace(facts, base=base.dsname, organisation=KEYED)
    return replace(facts, base=base.dsname, organisation=base.organisation, keylen=base.keylen, keyoff=base.keyoff)


def _enter(store: Store, connection: Connection, facts: ClusterInfo) -> None:
    dsorg = Dsorg.PATH if facts.kind == "PATH" else Dsorg.VSAM
    columns = gdg.blank_columns(facts.dsname, dsorg) | {"dsntype": facts.kind, "created": store.today()}
    number = catalog.add(connection, **columns)
    values: dict[str, Any] = {name: getattr(facts, name) for name in _OWN}
    values |= {"share_regions": facts.shareoptions[0], "share_systems": facts.shareoptions[1]}
    values |= {"free_ci": facts.freespace[0], "free_ca": facts.freespace[1], "dataset": number}
    fresh = {"loaded": False} | dict.fromkeys(("high_rba", "records", "size", "inserted", "updated", "deleted"), 0)
    connection.execute(insert(tables.cluster).values(**(values | fresh)))
    home: dict[str, Any] = {}
    if facts.data_name:
        home = _component(store, connection, facts.data_name, "DATA", facts.allocation)
    if facts.index_name:
        _index(store, connection, facts, home)


def _index(store: Store, connection: Connection, facts: ClusterInfo, home: dict[str, Any]) -> None:
    """Make the index component: beside the data component, elsewhere where its volume is full or storage management decides."""
    allocation = replace(facts.allocation, space_unit="TRACK", primary=1, secondary=1)
    if home and not home["storclas"] and not allocation.volsers:
        try:
            _component(store, connection, facts.index_name, "INDEX", replace(allocation, volsers=(home["volser"],)))
        except AllocationFailed:
            pass
        else:
            return
    _component(store, connection, facts.index_name, "INDEX", allocation)


def _component(store: Store, connection: Connection, name: str, kind: str, allocation: Allocation) -> dict[str, Any]:
    """Make a component and return the columns of its entry."""
    catalog.require_free(connection, name)
    plan = allocate.prepare(store, connection, name, replace(allocation, recfm=None, dsorg=Dsorg.VSAM, dsntype=None))
    plan.columns.update(dsntype=kind, lrecl=0, blksize=0, dsorg=Dsorg.VSAM.value)
    allocate.enter(connection, plan)
    return plan.columns


def describe(store: Store, dsname: str) -> ClusterInfo:
    """Return the facts of a cluster, alternate index or path; of the object that owns it for a component."""
    with reading(store.engine) as connection:
        return read(connection, dsname)


def read(connection: Connection, dsname: str) -> ClusterInfo:
    """Return the facts of an object. Raises DatasetNotFound, WrongDsorg."""
    row = catalog.entry(connection, dsname)
    found = connection.execute(select(tables.cluster).where(_cluster.dataset == row.id)).first()
    if found is None:
        found = _owner(connection, row)
        if found is None or row.dsorg != Dsorg.VSAM.value:
            raise WrongDsorg(row.dsname, row.dsorg, "VSAM")
        return _facts(found, found.owner)
    return _facts(found, row.dsname)


def _owner(connection: Connection, row: DatasetRow) -> Row[Any] | None:
    """Return the object that an entry is a component of, its name as `owner`."""
    is_component = or_(_cluster.data_name == row.dsname, _cluster.index_name == row.dsname)
    query = select(tables.cluster, _dataset.dsname.label("owner")).join(tables.dataset, _dataset.id == _cluster.dataset)
    return connection.execute(query.where(is_component)).first()


def _facts(row: Row[Any], dsname: str) -> ClusterInfo:
    values = {name: row._mapping[name] for name in _OWN}
    share, free = (row.share_regions, row.share_systems), (row.free_ci, row.free_ca)
    return ClusterInfo(dsname, shareoptions=share, freespace=free, **values)


def hanging_on(connection: Connection, row: DatasetRow) -> list[DatasetRow]:
    """Return the entries that go when this one goes: components, alternate indexes and paths, theirs included."""
    found = connection.execute(select(tables.cluster).where(_cluster.dataset == row.id)).first()
    if found is None:
        return []
    names = [name for name in (found.data_name, found.index_name) if name]
    query = select(_dataset.dsname).join(tables.cluster, _cluster.dataset == _dataset.id).where(_cluster.base == row.dsname)
    upper = [catalog.entry(connection, name) for name in connection.execute(query).scalars().all()]
    rows = [catalog.entry(connection, name) for name in names]
    for each in upper:
        rows += [*hanging_on(connection, each), each]
    return rows


def dependents(store: Store, dsname: str) -> list[DatasetInfo]:
    """Return the entries that hang on an object: its components, then each alternate index and path behind its own."""
    with reading(store.engine) as connection:
        return [catalog.info_of(row) for row in hanging_on(connection, catalog.entry(connection, dsname))]


def delete_all(store: Store, connection: Connection, row: DatasetRow) -> None:
    """Scratch an entry with everything that hangs on it; the caller holds its name. Raises WrongDsorg for a component."""
    if row.dsorg == Dsorg.VSAM.value and _owner(connection, row) is not None:
        raise WrongDsorg(row.dsname, row.dsorg, "CLUSTER")
    for each in hanging_on(connection, row):
        scratch(store, connection, each)
    scratch(store, connection, row)


def alter(store: Store, dsname: str, who: Requester, **changes: Any) -> ClusterInfo:
    """Change reuse, erase, upgrade, unique, shareoptions or freespace of the cluster or alternate index that a name belongs to.

    Raises DatasetNotFound, WrongDsorg, NotAuthorized, ValueError for a fact that is not changed so.
    """
    if unknown := set(changes) - _ALTERABLE:
        raise ValueError(f"not alterable: {sorted(unknown)}")
    store.require_writable(dsname)
    store.require(who, dsname, Access.ALTER)
    values = {name: value for name, value in changes.items() if name not in _PAIRS}
    for name, columns in _PAIRS.items():
        if name in changes:
            values |= dict(zip(columns, changes[name], strict=True))
    with writing(store.engine) as connection:
        facts = read(connection, dsname)
        owner = catalog.entry(connection, facts.dsname)
        connection.execute(update(tables.cluster).where(_cluster.dataset == owner.id).values(**values))
        return read(connection, dsname)


def follow_rename(connection: Connection, old: str, new: str) -> None:
    """Let alternate indexes and paths relate to the new name of their base, and a cluster to that of its component."""
    for column in (_cluster.base, _cluster.data_name, _cluster.index_name):
        connection.execute(update(tables.cluster).where(column == old).values({column: new}))
