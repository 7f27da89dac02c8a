"""Allocation of new data sets: permission, name, label, space, catalog entry.

Source: jes-and-jcl.md 4.7; zos-ftp-server.md 5.7 for the dynamic allocation (SVC 99) codes.
Rules: a data set that exists keeps its attributes; nothing here changes one. Space is real tracks of one volume (volumes.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from mvsfs.access import Access, Requester
from mvsfs.datasets import gdg, labels
from mvsfs.dcb import Dsorg
from mvsfs.enqueue import dataset_name
from mvsfs.errors import AllocationFailed, DatasetExists
from mvsfs.info import Allocation, DatasetInfo, Status
from mvsfs.names import check_dsname
from mvsfs.storage import catalog, geometry, volumes
from mvsfs.storage.database import writing
from mvsfs.storage.store import Store

#: S99ERROR values [SVC99].
NO_SUCH_VOLUME = 0x0218
NO_SPACE = 0x9714
SMS_FAILURE = 0x970C
MUTUALLY_EXCLUSIVE = 0x0358
#: SMS reason for "no volume has the space", as seen in captures [ZOWE#144].
SMS_NO_SPACE = 0x42CE

#: Extents: per volume for basic data sets, in all for PDSE and extended format.
BASIC_EXTENTS = 16
MANY_EXTENTS = 123


@dataclass(frozen=True, slots=True)
class Plan:
    """A data set that is about to be: its columns, and the track ranges it has."""

    columns: dict[str, Any]
    pieces: list[volumes.Piece]

    @property
    def info(self) -> DatasetInfo:
        """The facts it will have."""
        return catalog.info_from(self.columns)


def allocate(store: Store, dsname: str, allocation: Allocation, who: Requester, *, roll_in: bool = True) -> DatasetInfo:
    """Make and catalogue an empty data set; roll_in: a generation counts at once, not when the job step ends."""
    dsname = check_dsname(dsname)
    store.require_writable(dsname)
    store.require(who, dsname, Access.ALTER, volser=first_volser(allocation), new=True)

    def attempt(connection: Connection) -> DatasetInfo:
        catalog.require_free(connection, dsname)
        hold = store.enqueue.claim(connection, [dataset_name(dsname, exclusive=True)], who)
        catalog.require_free(connection, dsname)  # again: another system may have made it while this one queued
        plan = prepare(store, connection, dsname, allocation)
        enter(connection, plan)
        if roll_in:
            gdg.roll_in(store, connection, dsname)
        hold.release(connection)
        return plan.info

    return store.enqueue.waiting(attempt, 0)


def deliver(store: Store, wanted: Mapping[str, Allocation]) -> None:
    """Make and catalogue empty data sets in one transaction; a name that is in use is left alone, and no permission is asked.

    Edge: a system that starts at the same moment may be faster; then they are there.
    """
    try:
        with writing(store.engine) as connection:
            for dsname, allocation in wanted.items():
                if catalog.look_up(connection, dsname) is None:
                    enter(connection, prepare(store, connection, dsname, allocation))
    except DatasetExists:
        return


def first_volser(allocation: Allocation) -> str:
    """Return the volume that was asked for, or nothing."""
    return allocation.volsers[0] if allocation.volsers else ""


def prepare(store: Store, connection: Connection, dsname: str, allocation: Allocation) -> Plan:
    """Settle the label and take the space. Raises AllocationFailed, and DatasetNotFound for LIKE's model."""
    like = None
    if allocation.like:
        like = labels.as_model(catalog.info_of(catalog.entry(connection, allocation.like)))
    data_class = store.options.data_classes.get((allocation.dataclas or "").upper())
    allocation = labels.merged(allocation, like, data_class)
    try:
        label = labels.settle(allocation)
    except ValueError:
        raise AllocationFailed(dsname, MUTUALLY_EXCLUSIVE) from None
    storclas = (allocation.storclas or ("" if allocation.volsers else store.options.storage_class)).upper()
    tracks = geometry.allocation_tracks(label.space_unit, label.primary, label.block_length)
    pieces = _primary(connection, dsname, tracks, allocation.volsers, sms=bool(storclas))
    columns = {
        **label_columns(label),
        **_classes(store, allocation, storclas),
        **_dates(store, allocation),
        **_NOTHING_WRITTEN,
        "dsname": dsname,
        "slot": "",
        "volser": pieces[0].volser if pieces else first_volser(allocation),
        "unit": "3390",
        "status": Status.ONLINE.value,
        "extents": sum(1 for piece in pieces if piece.tracks),
        "allocated_tracks": sum(piece.tracks for piece in pieces),
    }
    if label.dcb.dsorg is Dsorg.PO:
        columns["used_tracks"] = geometry.directory_tracks(label.directory_blocks)
    return Plan(columns, pieces)


_NOTHING_WRITTEN = {
    **dict.fromkeys(("used_tracks", "used_cells", "directory_bytes", "records", "size"), 0),
    **dict.fromkeys(("content", "form")),
}


def _classes(store: Store, allocation: Allocation, storclas: str) -> dict[str, Any]:
    return {
        "storclas": storclas,
        "mgmtclas": (allocation.mgmtclas or (store.options.management_class if storclas else "")).upper(),
        "dataclas": (allocation.dataclas or "").upper(),
        "eattr": (allocation.eattr or "").upper(),
    }


def _dates(store: Store, allocation: Allocation) -> dict[str, Any]:
    today = store.today()
    expires = allocation.expires.toordinal() if allocation.expires else None
    if expires is None and allocation.retention_days is not None:
        expires = today + allocation.retention_days
    return {"created": today, "referred": today, "expires": expires}


def label_columns(label: labels.Label) -> dict[str, Any]:
    """Return the label as columns."""
    return {
        "dsorg": label.dcb.dsorg.value,
        "dsntype": label.dsntype,
        "recfm": str(label.dcb.recfm) if label.dcb.recfm else None,
        "lrecl": label.dcb.lrecl,
        "blksize": label.dcb.blksize,
        "space_unit": label.space_unit,
        "block_length": label.block_length,
        "primary": label.primary,
        "secondary": label.secondary,
        "directory_blocks": label.directory_blocks,
    }


def _primary(connection: Connection, dsname: str, tracks: int, volsers: tuple[str, ...], *, sms: bool) -> list[volumes.Piece]:
    try:
        names = volumes.candidates(connection, volsers, sms=sms)
    except volumes.NoSpaceOnVolumes:
        raise AllocationFailed(dsname, NO_SUCH_VOLUME) from None
    for volser in names:
        try:
            # a data set without space still lies on a volume: its label does
            return volumes.take(connection, volser, tracks) or [volumes.Piece(volser, 0, 0)]
        except volumes.NoSpaceOnVolumes:
            continue
    if sms:
        raise AllocationFailed(dsname, SMS_FAILURE, reason=SMS_NO_SPACE)
    raise AllocationFailed(dsname, NO_SPACE)


def enter(connection: Connection, plan: Plan) -> int:
    """Catalogue a planned data set with its extents; return its number."""
    number = catalog.add(connection, **plan.columns)
    volumes.record(connection, [piece for piece in plan.pieces if piece.tracks], dataset=number)
    return number
