"""Changes of catalog entries that are neither OPEN nor allocation: aliases, labels, cataloguing, entries put as they are.

Rules: `enter` is for fixtures: it states facts (a tape, an offline volume, a migrated data set) and takes no space for them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mvsfs.access import Access, Requester
from mvsfs.datasets import gdg
from mvsfs.dcb import Dcb, Dsorg, system_blksize
from mvsfs.info import DatasetInfo, GdgInfo, Status
from mvsfs.names import check_dsname
from mvsfs.storage import catalog, geometry, volumes
from mvsfs.storage.database import writing
from mvsfs.storage.store import Store

#: What ALTER may change.
_ALTERABLE = {"expires", "storclas", "mgmtclas", "dataclas", "status", "volser", "referred", "secondary"}
#: Columns that are named as their facts are.
_SAME = (
    *("volser", "unit", "dsntype", "extents", "used_tracks", "space_unit", "primary", "secondary", "directory_blocks"),
    *("storclas", "mgmtclas", "dataclas", "eattr"),
)


def define_alias(store: Store, alias: str, dsname: str, who: Requester) -> None:
    """Give a data set a second name. Raises DatasetExists, DatasetNotFound, NotAuthorized."""
    alias, dsname = check_dsname(alias), check_dsname(dsname)
    store.require_writable(alias)
    store.require(who, alias, Access.ALTER, new=True)
    with writing(store.engine) as connection:
        catalog.add_alias(connection, alias, dsname, store.today())


def set_dcb(store: Store, dsname: str, dcb: Dcb) -> DatasetInfo:
    """Write a label anew, as OPEN does with what program and JCL say; DSORG stays. BLKSIZE 0 is system-determined."""
    store.require_writable(dsname)
    if not dcb.blksize:
        dcb = replace(dcb, blksize=system_blksize(dcb))
    with writing(store.engine) as connection:
        row = catalog.entry(connection, dsname)
        recfm = str(dcb.recfm) if dcb.recfm else None
        catalog.change(connection, row.id, recfm=recfm, lrecl=dcb.lrecl, blksize=dcb.blksize)
        return catalog.info_of(catalog.entry(connection, dsname))


def alter(store: Store, dsname: str, who: Requester, **changes: Any) -> DatasetInfo:
    """Change facts of an entry by their names in DatasetInfo (IDCAMS ALTER). Raises ValueError for one that is not changed so."""
    if unknown := set(changes) - _ALTERABLE:
        raise ValueError(f"not alterable: {sorted(unknown)}")
    store.require_writable(dsname)
    store.require(who, dsname, Access.ALTER)
    columns = {name: _column(value) for name, value in changes.items()}
    with writing(store.engine) as connection:
        catalog.change(connection, catalog.entry(connection, dsname).id, **columns)
        return catalog.info_of(catalog.entry(connection, dsname))


def _column(value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    return value.value if isinstance(value, Status) else value


def uncatalog(store: Store, dsname: str, who: Requester) -> None:
    """Remove the catalog entry and leave the data set on its volume (DISP=UNCATLG)."""
    store.require_writable(dsname)
    store.require(who, dsname, Access.UPDATE)
    with writing(store.engine) as connection:
        gdg.uncatalogue(store, connection, catalog.entry(connection, dsname))


def recatalog(store: Store, dsname: str, volser: str, who: Requester) -> DatasetInfo:
    """Catalogue a data set that lies on a volume. Raises DatasetNotFound, DatasetExists."""
    store.require_writable(dsname)
    store.require(who, dsname, Access.UPDATE)
    with writing(store.engine) as connection:
        row = catalog.entry(connection, dsname, volser)
        catalog.require_free(connection, dsname)
        catalog.change(connection, row.id, slot="")
        gdg.roll_in(store, connection, dsname)
        return catalog.info_of(catalog.entry(connection, dsname))


def enter(store: Store, info: DatasetInfo, who: Requester | None = None) -> None:
    """Put an entry as it is stated, or restate one and leave its contents. No permission is asked unless `who` is given."""
    store.require_writable(info.dsname)
    if who is not None:
        store.require(who, info.dsname, Access.ALTER, volser=info.volser, new=True)
    with writing(store.engine) as connection:
        if info.alias_of:
            if not catalog.is_alias(connection, info.dsname):
                catalog.add_alias(connection, info.dsname, info.alias_of, store.today())
            return
        row = catalog.look_up(connection, info.dsname)
        if row is None and info.dcb.dsorg is Dsorg.GDG:
            gdg.enter(store, connection, GdgInfo(info.dsname, gdg.MAX_LIMIT))
            row = catalog.entry(connection, info.dsname)
        columns = _columns(info)
        if row is None:
            catalog.add(connection, **columns, **_no_content(info))
        else:
            catalog.change(connection, row.id, **columns)


def _columns(info: DatasetInfo) -> dict[str, Any]:
    days = {name: getattr(info, name) for name in ("created", "referred", "expires")}
    return {
        **{name: getattr(info, name) for name in _SAME},
        **{name: day.toordinal() if day else None for name, day in days.items()},
        "dsname": info.dsname,
        "slot": "",
        "status": info.status.value,
        "dsorg": info.dcb.dsorg.value,
        "recfm": str(info.dcb.recfm) if info.dcb.recfm else None,
        "lrecl": info.dcb.lrecl,
        "blksize": info.dcb.blksize,
        "block_length": info.dcb.blksize,
        "allocated_tracks": info.allocated_tracks or info.used_tracks,
    }


def _no_content(info: DatasetInfo) -> dict[str, Any]:
    directory = info.directory_used * geometry.DIRECTORY_BYTES
    used = max(0, info.used_tracks - geometry.directory_tracks(info.directory_blocks)) * geometry.TRACK_CELLS
    return {
        "content": None,
        "form": None,
        "records": info.records,
        "size": info.size,
        "directory_bytes": directory,
        "used_cells": used if info.is_partitioned else 0,
    }


def release_unused(store: Store, dsname: str) -> DatasetInfo:
    """Free the tracks beyond those in use (RLSE, PARTREL)."""
    store.require_writable(dsname)
    with writing(store.engine) as connection:
        row = catalog.entry(connection, dsname)
        extents, tracks = volumes.trim(connection, row.id, max(1, row.used_tracks))
        catalog.change(connection, row.id, extents=extents, allocated_tracks=tracks)
        return catalog.info_of(catalog.entry(connection, dsname))
