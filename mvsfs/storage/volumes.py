"""Volumes and their space: every extent is a real range of tracks that nobody else has.

Source: [DFSMS DADSM]: first fit, a primary quantity in at most five extents, a secondary one likewise; neighbours join when
they are freed. The first cylinder of a volume holds label and VTOC.
Rules: functions take the caller's transaction. SMS-managed requests take the volume of the storage group
with the most free space.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, bindparam, delete, func, insert, or_, select, update

from mvsfs.info import VolumeInfo
from mvsfs.storage import tables
from mvsfs.storage.database import first_comes_first, is_sqlite, reading, writing
from mvsfs.storage.geometry import TRACKS_PER_CYLINDER
from mvsfs.storage.options import VolumeModel

#: A quantity may be put together from this many pieces.
PIECES = 5

_free = tables.free_space.c
_extent = tables.extent.c

_WHOLE = (
    select(_free.start, _free.tracks)
    .where(_free.volser == bindparam("serial"), _free.tracks >= bindparam("wanted"))
    .order_by(_free.start)
    .limit(1)
)
_CUT = update(tables.free_space).where(_free.volser == bindparam("serial"), _free.start == bindparam("place"))
_RECORD = insert(tables.extent)


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of tracks."""

    volser: str
    start: int
    tracks: int


class NoSpaceOnVolumes(Exception):
    """No volume that was asked for has the quantity. `reason`: full, not-mounted, unknown."""

    def __init__(self, reason: str, volser: str = "") -> None:
        super().__init__(reason, volser)
        self.reason = reason
        self.volser = volser


def define_missing(engine: Engine, models: Iterable[VolumeModel]) -> None:
    """Initialize the volumes of a new store; an existing store keeps its own."""
    with reading(engine) as connection:
        if connection.execute(select(tables.volume.c.volser).limit(1)).first() is not None:
            return
    with first_comes_first(), writing(engine) as connection:
        if connection.execute(select(tables.volume.c.volser).limit(1)).first() is None:
            for model in models:
                define(connection, model)


def is_known(connection: Connection, volser: str) -> bool:
    """Tell whether there is such a volume."""
    query = select(tables.volume.c.volser).where(tables.volume.c.volser == volser)
    return connection.execute(query).first() is not None


def define(connection: Connection, model: VolumeModel) -> None:
    """Initialize one volume."""
    connection.execute(
        insert(tables.volume).values(
            volser=model.volser,
            device=model.device,
            cylinders=model.cylinders,
            use=model.use,
            storage_group=model.storage_group,
            online=True,
        )
    )
    tracks = (model.cylinders - 1) * TRACKS_PER_CYLINDER
    connection.execute(insert(tables.free_space).values(volser=model.volser, start=TRACKS_PER_CYLINDER, tracks=tracks))


def candidates(connection: Connection, volsers: Sequence[str], *, sms: bool) -> list[str]:
    """Return the volumes that a request may use, best first.

    Raises NoSpaceOnVolumes for a volume that is unknown or offline.
    """
    volume = tables.volume.c
    if volsers and not sms:
        rows = connection.execute(select(volume.volser, volume.online).where(volume.volser.in_(volsers))).all()
        online = {row.volser: row.online for row in rows}
        for volser in volsers:
            if not online.get(volser):
                raise NoSpaceOnVolumes("not-mounted" if volser in online else "unknown", volser)
        return list(volsers)
    return [row.volser for row in connection.execute(_sms_volumes if sms else _storage_volumes)]


def _most_free(which: ColumnElement[bool]) -> Select[Any]:
    volume = tables.volume.c
    total = func.coalesce(func.sum(_free.tracks), 0)
    return (
        select(volume.volser)
        .join(tables.free_space, _free.volser == volume.volser, isouter=True)
        .where(volume.online, which)
        .group_by(volume.volser)
        .order_by(total.desc(), volume.volser)
    )


_sms_volumes = _most_free(tables.volume.c.storage_group != "")
_storage_volumes = _most_free(and_(tables.volume.c.storage_group == "", tables.volume.c.use == "Storage"))


def take(connection: Connection, volser: str, tracks: int) -> list[Piece]:
    """Take `tracks` tracks of a volume, in one piece where possible. Raises NoSpaceOnVolumes when it has not that many."""
    if tracks <= 0:
        return []
    _lock(connection, [volser])
    whole = connection.execute(_WHOLE, {"serial": volser, "wanted": tracks}).first()
    if whole is not None:
        return [_cut(connection, volser, whole.start, whole.tracks, tracks)]
    query = select(_free.start, _free.tracks).where(_free.volser == volser).order_by(_free.tracks.desc()).limit(PIECES)
    ranges = connection.execute(query).all()
    if sum(row.tracks for row in ranges) < tracks:
        raise NoSpaceOnVolumes("full", volser)
    pieces = []
    for row in ranges:
        piece = _cut(connection, volser, row.start, row.tracks, min(tracks, row.tracks))
        pieces.append(piece)
        tracks -= piece.tracks
        if not tracks:
            break
    return pieces


def _lock(connection: Connection, volsers: Iterable[str]) -> None:
    """Keep other systems from these volumes' free space until the caller's transaction ends."""
    if not is_sqlite(connection):
        query = select(tables.volume.c.volser).where(tables.volume.c.volser.in_(list(volsers)))
        connection.execute(query.order_by(tables.volume.c.volser).with_for_update())


def _cut(connection: Connection, volser: str, start: int, length: int, tracks: int) -> Piece:
    if length == tracks:
        where = (_free.volser == volser, _free.start == start)
        connection.execute(delete(tables.free_space).where(*where))
    else:
        rest = {"start": start + tracks, "tracks": length - tracks}
        connection.execute(_CUT, {"serial": volser, "place": start, **rest})
    return Piece(volser, start, tracks)


def give_back(connection: Connection, pieces: Iterable[Piece]) -> None:
    """Free ranges, joined with free neighbours."""
    pieces = list(pieces)
    _lock(connection, sorted({piece.volser for piece in pieces}))
    for piece in pieces:
        start, tracks = piece.start, piece.tracks
        neighbour = or_(_free.start + _free.tracks == start, _free.start == start + tracks)
        rows = connection.execute(select(_free.start, _free.tracks).where(_free.volser == piece.volser, neighbour)).all()
        for row in rows:
            connection.execute(delete(tables.free_space).where(_free.volser == piece.volser, _free.start == row.start))
            start, tracks = min(start, row.start), tracks + row.tracks
        connection.execute(insert(tables.free_space).values(volser=piece.volser, start=start, tracks=tracks))


def record(connection: Connection, pieces: Iterable[Piece], *, dataset: int | None = None, holder: int | None = None) -> None:
    """Write extents down, for a data set or as reserved by a process."""
    for piece in pieces:
        row = {"dataset": dataset, "holder": holder, "volser": piece.volser, "start": piece.start, "tracks": piece.tracks}
        connection.execute(_RECORD, row)


def extents_of(connection: Connection, dataset: int) -> list[Piece]:
    """Return the extents of a data set in order."""
    query = select(_extent.volser, _extent.start, _extent.tracks).where(_extent.dataset == dataset).order_by(_extent.id)
    return [Piece(row.volser, row.start, row.tracks) for row in connection.execute(query)]


def release(connection: Connection, dataset: int) -> None:
    """Free all extents of a data set."""
    give_back(connection, extents_of(connection, dataset))
    connection.execute(delete(tables.extent).where(_extent.dataset == dataset))


def trim(connection: Connection, dataset: int, keep_tracks: int) -> tuple[int, int]:
    """Free what lies beyond `keep_tracks` (RLSE); return (extents, tracks) left."""
    pieces = extents_of(connection, dataset)
    kept, freed = [], []
    for piece in pieces:
        stay = min(piece.tracks, keep_tracks)
        keep_tracks -= stay
        if stay:
            kept.append(Piece(piece.volser, piece.start, stay))
        if stay < piece.tracks:
            freed.append(Piece(piece.volser, piece.start + stay, piece.tracks - stay))
    if freed:
        give_back(connection, freed)
        connection.execute(delete(tables.extent).where(_extent.dataset == dataset))
        record(connection, kept, dataset=dataset)
    return len(kept), sum(piece.tracks for piece in kept)


def release_reserved(connection: Connection, holder: int) -> None:
    """Free what a dead process had reserved."""
    query = select(_extent.volser, _extent.start, _extent.tracks).where(_extent.holder == holder, _extent.dataset.is_(None))
    give_back(connection, [Piece(row.volser, row.start, row.tracks) for row in connection.execute(query).all()])
    connection.execute(delete(tables.extent).where(_extent.holder == holder, _extent.dataset.is_(None)))


def describe(engine: Engine) -> list[VolumeInfo]:
    """Return all volumes with their free space, ascending by serial."""
    volume = tables.volume.c
    query = (
        select(
            tables.volume,
            func.coalesce(func.sum(_free.tracks), 0).label("free"),
            func.coalesce(func.max(_free.tracks), 0).label("largest"),
            func.count(_free.start).label("pieces"),
        )
        .join(tables.free_space, _free.volser == volume.volser, isouter=True)
        .group_by(*tables.volume.c)
        .order_by(volume.volser)
    )
    with reading(engine) as connection:
        return [
            VolumeInfo(row.volser, row.device, row.cylinders, row.free, row.largest, row.pieces, row.use, row.online)
            for row in connection.execute(query)
        ]
