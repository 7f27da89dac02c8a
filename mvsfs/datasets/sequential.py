"""Writing a sequential data set: replace its content, add to it, or make it.

Rules: a data set that is made by being written has no catalog entry before its first commit, so a crash leaves nothing of it; its
name is held exclusively and its space reserved meanwhile. CONDDISP=CATLG catalogues it, empty, even when the writing fails.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from mvsfs.datasets import gdg
from mvsfs.datasets.allocate import Plan
from mvsfs.datasets.outputs import DatasetWriter
from mvsfs.datasets.space import Space
from mvsfs.enqueue import Hold
from mvsfs.info import DatasetInfo
from mvsfs.records.forms import Form, form_of
from mvsfs.storage import catalog, geometry, volumes
from mvsfs.storage.store import Store


class SequentialWriter(DatasetWriter):
    """Output to a sequential data set."""

    def __init__(
        self, store: Store, info: DatasetInfo, hold: Hold, *, number: int | None, plan: Plan | None, keep_if_failed: bool
    ) -> None:
        """number: the entry's row; plan: what will become the entry when there is none."""
        super().__init__(store, info, Space(store, info, number, plan, info.dcb.blksize), hold, created=plan is not None)
        self._number = number
        self._plan = plan
        self._keep_if_failed = keep_if_failed
        self.release_unused = False

    def reserve(self, connection: Connection) -> None:
        """Reserve the space of a planned data set."""
        self._space.reserve(connection)

    def _tracks(self, size: int) -> int:
        return geometry.tracks_used(self.dcb, self.form or Form.FIXED, size, self.records)

    def _cover(self, size: int) -> None:
        self._space.cover(self._tracks(size))

    def _flip(self, connection: Connection, reference: str) -> None:
        used = self._tracks(self.size)
        columns: dict[str, Any] = {
            "content": reference,
            "form": (self.form or form_of(self.dcb)).value,
            "records": self.records,
            "size": self.size,
            "used_tracks": used,
            "referred": self._store.today(),
        }
        if self._plan is not None:
            self._number = self._enter(connection, columns)
        else:
            assert self._number is not None
            columns |= {"recfm": str(self.dcb.recfm), "lrecl": self.dcb.lrecl, "blksize": self.dcb.blksize}
            old = catalog.entry(connection, self.info.dsname)
            self._store.content.forget(connection, old.content)
            catalog.change(connection, self._number, **columns)
        if self.release_unused:
            extents, tracks = volumes.trim(connection, self._number, used)
            catalog.change(connection, self._number, extents=extents, allocated_tracks=tracks)

    def _enter(self, connection: Connection, columns: dict[str, Any]) -> int:
        assert self._plan is not None
        space = {"extents": self._space.extents, "allocated_tracks": self._space.tracks}
        number = catalog.add(connection, **{**self._plan.columns, **columns, **space})
        self._space.assign(connection, number)
        gdg.roll_in(self._store, connection, self.info.dsname)
        return number

    def _abandon(self, connection: Connection) -> None:
        if self._plan is None:
            return
        if self._keep_if_failed:
            self._enter(connection, {})
        else:
            self._space.give_up(connection)
