"""The space of a data set that is being written: beyond what is allocated, secondary extents; when there are none, an abend.

Source: [MVS SYSCODES] B37, D37, E37. D37-04: primary space used and no secondary was asked for. B37-04: a sequential data set
has all its extents or its volume is full; E37-04: the same for a partitioned one.
Rules: an extent is taken in a transaction of its own at the moment it is needed, so every writer sees the truth; it stays when
the writing fails, as it does on the original, except for a data set that has never been catalogued.
"""

from __future__ import annotations

from itertools import product

from sqlalchemy import Connection, bindparam, delete, update

from mvsfs.datasets.allocate import BASIC_EXTENTS, MANY_EXTENTS, Plan
from mvsfs.errors import SystemAbend
from mvsfs.info import RELIEVED, DatasetInfo
from mvsfs.storage import catalog, geometry, tables, volumes
from mvsfs.storage.database import writing
from mvsfs.storage.store import Store

#: DSNTYPEs that may have more than sixteen extents.
_MANY = {"LIBRARY", "EXTREQ", "EXTPREF", "DATA", "INDEX"}

_extent = tables.extent.c
_ASSIGN = update(tables.extent).where(
    _extent.dataset.is_(None), _extent.volser == bindparam("serial"), _extent.start == bindparam("place")
)


class Space:
    """The extents of one data set while it is open for output."""

    def __init__(self, store: Store, info: DatasetInfo, number: int | None, plan: Plan | None, block_length: int) -> None:
        """number: the data set's row; None for a planned one, whose space is reserved for this process."""
        self.tracks = info.allocated_tracks
        self.extents = info.extents
        self._store = store
        self._info = info
        self._number = number
        self._reserved = [piece for piece in plan.pieces if piece.tracks] if plan else []
        self._secondary = geometry.allocation_tracks(info.space_unit, info.secondary, block_length)

    def cover(self, tracks: int, member: str = "") -> None:
        """Have at least `tracks` tracks. Raises SystemAbend; the extents that were there to be had stay taken."""
        if tracks <= self.tracks:
            return
        before = self.tracks, self.extents, list(self._reserved)
        abend: SystemAbend | None = None
        try:
            with writing(self._store.engine, lasting=False) as connection:
                self._begin(connection)
                while tracks > self.tracks and abend is None:
                    abend = self._extend(connection, tracks - self.tracks, member)
                if self._number is not None:
                    catalog.change(connection, self._number, extents=self.extents, allocated_tracks=self.tracks)
        except BaseException:
            self.tracks, self.extents, self._reserved = before
            raise
        if abend is not None:
            raise abend

    def _begin(self, connection: Connection) -> None:
        if self._number is None:
            return
        # another writer of the same partitioned data set may have taken an extent meanwhile
        row = catalog.entry_to_change(connection, self._info.dsname)
        self.extents, self.tracks = row.extents, row.allocated_tracks

    def _extend(self, connection: Connection, missing: int, member: str) -> SystemAbend | None:
        """Take one more secondary quantity; return the abend when there is none to take."""
        info = self._info
        limited = self._store.options.accounted and info.space_unit != RELIEVED
        if limited and not self._secondary:
            return SystemAbend("D37", "04", info.dsname, member)
        limit = MANY_EXTENTS if info.dsntype in _MANY else BASIC_EXTENTS
        if limited and self.extents >= limit:
            return self._exhausted(member)
        quantities = [self._secondary] if limited else [max(missing, self._secondary, self.tracks), max(missing, self._secondary)]
        others = volumes.candidates(connection, (), sms=True) if info.storclas else []
        serials = [info.volser, *(name for name in others if name != info.volser)]
        # without a limit the extents double, so that they stay few; on a volume that is nearly full, as little as will do
        for quantity, volser in product(quantities, serials):
            try:
                pieces = volumes.take(connection, volser, quantity)
            except volumes.NoSpaceOnVolumes:
                continue
            if self._number is None:
                volumes.record(connection, pieces, holder=self._store.holders.number)
                self._reserved += pieces
            else:
                volumes.record(connection, pieces, dataset=self._number)
            self.tracks += quantity
            self.extents += len(pieces)
            return None
        return self._exhausted(member)

    def _exhausted(self, member: str) -> SystemAbend:
        return SystemAbend("E37" if self._info.is_partitioned else "B37", "04", self._info.dsname, member)

    def reserve(self, connection: Connection) -> None:
        """Note the planned extents as this process's."""
        volumes.record(connection, self._reserved, holder=self._store.holders.number)

    def assign(self, connection: Connection, number: int) -> None:
        """Hand the reserved extents to the data set, which now has a row."""
        for piece in self._reserved:
            columns = {"dataset": number, "holder": None}
            connection.execute(_ASSIGN, {"serial": piece.volser, "place": piece.start, **columns})

    def give_up(self, connection: Connection) -> None:
        """Free the reserved extents."""
        for piece in self._reserved:
            where = (_extent.dataset.is_(None), _extent.volser == piece.volser, _extent.start == piece.start)
            connection.execute(delete(tables.extent).where(*where))
        volumes.give_back(connection, self._reserved)
