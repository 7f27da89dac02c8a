"""New records of an open cluster that are not on the shelf yet, and by how much its counts change with them.

Rules: records keep the order in which they were accepted, so that where space ends the first ones are those that stay.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, update

from mvsfs.datasets.vsam import shelf
from mvsfs.datasets.vsam.alternate import Alternate
from mvsfs.storage import tables

_cluster = tables.cluster.c
_COUNTS = ("records", "size", "inserted", "updated", "deleted")


class Gathered:
    """What one opening has accepted since it last put anything on the shelf."""

    def __init__(self, alternates: list[Alternate]) -> None:
        """alternates: the indexes whose entries wait together with the records."""
        self.records: dict[bytes, bytes] = {}
        self.changes = dict.fromkeys(_COUNTS, 0)
        self._between: set[bytes] = set()
        self._alternates = alternates

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing has changed."""
        return not any(self.changes.values())

    def add(self, key: bytes, record: bytes, *, between: bool = False) -> None:
        """Accept a record under a key that is free. `between` two others: it counts as inserted."""
        for each in self._alternates:
            each.note(record, key)
        self.records[key] = record
        if between:
            self._between.add(key)
        self.count(inserted=int(between), records=1, size=len(record))

    def count(self, **steps: int) -> None:
        """Let counts change by these steps."""
        for name, step in steps.items():
            self.changes[name] += step

    def keep(self, size: int) -> bytes | None:
        """Forget the first record that would let the cluster grow by more than `size` bytes, and all behind it.

        Returns that record's key, None when all may stay.
        """
        grown = self.changes["size"] - sum(map(len, self.records.values()))
        for place, (key, record) in enumerate(self.records.items()):
            grown += len(record)
            if grown > size:
                self._forget(list(self.records)[place:])
                return key
        return None

    def _forget(self, keys: list[bytes]) -> None:
        for key in keys:
            self.count(inserted=-(key in self._between), records=-1, size=-len(self.records.pop(key)))
        for each in self._alternates:
            each.forget(set(keys))

    def put(self, connection: Connection, number: int, high_rba: int) -> None:
        """Put records and entries on the shelf and the counts into the cluster's row."""
        shelf.add(connection, number, self.records)
        for each in self._alternates:
            each.put_waiting(connection)
        columns: dict[str, Any] = {name: _cluster[name] + step for name, step in self.changes.items()}
        columns |= {"loaded": True, "high_rba": high_rba}
        connection.execute(update(tables.cluster).where(_cluster.dataset == number).values(**columns))

    def clear(self) -> None:
        """Begin anew: all is on the shelf, or nothing of it is wanted."""
        self.records.clear()
        self._between.clear()
        self.changes = dict.fromkeys(_COUNTS, 0)
        for each in self._alternates:
            each.waiting.clear()
