"""An open cluster: its records by key, RBA or relative record number.

Source: [DFSMS] "Processing VSAM data sets". While a cluster is loaded for the first time, keys must ascend; later
records go where they belong. A record of an ESDS keeps its RBA and its length; one of an RRDS its number.
Rules: there is no undoing: a record that was accepted stays, as on the original. New records are gathered and put on the shelf
many at a time; whoever reads through the same opening sees them at once. Update holds the cluster exclusively, input shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, update

from mvsfs.datasets.space import Space
from mvsfs.datasets.vsam import alternate, shelf
from mvsfs.datasets.vsam.facts import BYTES_PER_TRACK, CONTROL_BYTES, ENTRY, KEYED, NUMBERED, ClusterInfo
from mvsfs.datasets.vsam.gathered import Gathered
from mvsfs.enqueue import Hold
from mvsfs.errors import (
    BadRecordData,
    DuplicateKey,
    OutOfSequence,
    RecordNotFound,
    RecordTooLong,
    SystemAbend,
    VsamFull,
    WrongDsorg,
)
from mvsfs.storage import catalog, tables
from mvsfs.storage.database import reading, writing
from mvsfs.storage.store import Store

Place = bytes | int

_GATHERED = 1000
_cluster = tables.cluster.c


class VsamFile:
    """One opening of a cluster; see the head of this file. A context manager."""

    def __init__(self, store: Store, number: int, facts: ClusterInfo, hold: Hold, *, updating: bool) -> None:
        """Take what OPEN found."""
        self.definition = facts
        self._store = store
        self._number = number
        self._hold = hold
        self._updating = updating
        self._loading = not facts.loaded
        self._last: bytes | None = None
        self._high_rba = facts.high_rba
        self._alternates: list[alternate.Alternate] = []
        self._closed = False
        if updating:
            with reading(store.engine) as connection:
                self._alternates = alternate.upgrade_set(connection, facts.dsname)
                self._last = shelf.highest(connection, number)
        self._gathered = Gathered(self._alternates)

    # reading

    def read(self, place: Place) -> bytes:
        """Return the record at a key, RBA or number. Raises RecordNotFound."""
        key = self._key(place)
        data = self._gathered.records.get(key)
        if data is None:
            with reading(self._store.engine) as connection:
                data = shelf.fetch(connection, self._number, key)
        if data is None:
            raise RecordNotFound(self.definition.dsname, place)
        return data

    def located(
        self,
        from_key: bytes | None = None,
        from_rba: int | None = None,
        from_rrn: int | None = None,
        *,
        backwards: bool = False,
    ) -> Iterator[tuple[Place, bytes]]:
        """Yield (key, RBA or number; record) ascending from a place, a generic key being enough; or descending from the end."""
        self.flush()
        start = from_key if from_key is not None else from_rba if from_rba is not None else from_rrn
        after = b"" if start is None else start if isinstance(start, bytes) else self._key(start)
        if backwards:
            after = shelf.HIGHEST
        rows = self._page(after, backwards=backwards, inclusive=True)
        while rows:
            for key, data in rows:
                yield self._place(key), data
            rows = self._page(rows[-1][0], backwards=backwards, inclusive=False)

    def _page(self, after: bytes, *, backwards: bool, inclusive: bool) -> list[tuple[bytes, bytes]]:
        with reading(self._store.engine) as connection:
            return shelf.page(connection, self._number, after, inclusive=inclusive and not backwards, backwards=backwards)

    def records(
        self,
        from_key: bytes | None = None,
        to_key: bytes | None = None,
        from_rba: int | None = None,
        from_rrn: int | None = None,
        *,
        backwards: bool = False,
    ) -> Iterator[bytes]:
        """Yield records as located does, up to and with those whose key begins with `to_key`."""
        for place, record in self.located(from_key, from_rba, from_rrn, backwards=backwards):
            if to_key is not None and isinstance(place, bytes) and place[: len(to_key)] > to_key:
                return
            yield record

    def _key(self, place: Place) -> bytes:
        return place if isinstance(place, bytes) else place.to_bytes(8, "big")

    def _place(self, key: bytes) -> Place:
        return key if self.definition.organisation == KEYED else int.from_bytes(key, "big")

    # changing

    def insert(self, record: bytes, rrn: int | None = None) -> Place:
        """Add a record and return its place; an RRDS takes the number behind the highest when none is given.

        Raises DuplicateKey, OutOfSequence, RecordTooLong, BadRecordData, VsamFull.
        """
        self._require_update()
        self._check_length(record)
        key = self._new_key(record, rrn)
        if self._alternates:
            with reading(self._store.engine) as connection:
                for each in self._alternates:
                    each.require_free(connection, record)
        # REC-INSERTED of LISTCAT: neither what loads a data set nor what is added at its end [AMS LISTCAT].
        between = not self._loading and self._last is not None and key < self._last
        self._gathered.add(key, record, between=between)
        self._last = key if self._last is None or key > self._last else self._last
        if self.definition.organisation not in {KEYED, NUMBERED}:
            self._high_rba = int.from_bytes(key, "big") + len(record)
        if len(self._gathered.records) >= _GATHERED:
            self.flush()
        return self._place(key)

    def load(self, records: Iterable[bytes]) -> int:
        """Add records in their order; return how many."""
        count = 0
        for record in records:
            self.insert(record)
            count += 1
        return count

    def _new_key(self, record: bytes, rrn: int | None) -> bytes:
        facts = self.definition
        if facts.organisation == NUMBERED:
            number = rrn or (int.from_bytes(self._last, "big") + 1 if self._last else 1)
            return self._free(number.to_bytes(8, "big"))
        if facts.organisation != KEYED:
            return self._next_rba(len(record)).to_bytes(8, "big")
        key = facts.key_of(record)
        if len(key) < facts.keylen:
            raise BadRecordData("record ends inside its key", len(record))
        if self._last is None or key > self._last:
            return key
        if key != self._last and self._loading:
            raise OutOfSequence(facts.dsname, key)
        return self._free(key)

    def _free(self, key: bytes) -> bytes:
        """Return the key when no record has it. Raises DuplicateKey."""
        if self._last is not None and key <= self._last:
            known = key in self._gathered.records
            if not known:
                with reading(self._store.engine) as connection:
                    known = shelf.fetch(connection, self._number, key) is not None
            if known:
                raise DuplicateKey(self.definition.dsname, key)
        return key

    def _next_rba(self, length: int) -> int:
        """Return the RBA of the next record: the next control interval when it does not fit into this one."""
        size, rba = self.definition.cisize, self._high_rba
        if self.definition.organisation == ENTRY and not self.definition.spanned and rba % size + length > size - CONTROL_BYTES:
            rba += size - rba % size
        return rba

    def replace(self, record: bytes, place: Place | None = None) -> None:
        """Change a record: that of its key, or of `place`. Raises RecordNotFound, DuplicateKey of an alternate index."""
        self._require_update()
        self._check_length(record)
        facts = self.definition
        key = facts.key_of(record) if place is None else self._key(place)
        self.flush()
        with writing(self._store.engine) as connection:
            old = self._old(connection, key)
            if (facts.organisation == KEYED and facts.key_of(record) != key) or (
                facts.organisation == ENTRY and len(record) != len(old)
            ):
                raise BadRecordData("a replaced record keeps its key, and in an ESDS its length")
            for each in self._alternates:
                if each.key_of(old) != each.key_of(record):
                    each.require_free(connection, record)
                each.moved(connection, key, old, record)
            shelf.replace(connection, self._number, key, record)
        self._gathered.count(updated=1, size=len(record) - len(old))

    def erase(self, place: Place) -> None:
        """Remove a record. Raises RecordNotFound, WrongDsorg for an ESDS."""
        self._require_update()
        if self.definition.organisation not in {KEYED, NUMBERED}:
            raise WrongDsorg(self.definition.dsname, "VSAM", "KSDS")
        self.flush()
        key = self._key(place)
        with writing(self._store.engine) as connection:
            old = self._old(connection, key)
            for each in self._alternates:
                each.moved(connection, key, old, None)
            shelf.erase(connection, self._number, key)
        self._gathered.count(deleted=1, records=-1, size=-len(old))

    def _old(self, connection: Connection, key: bytes) -> bytes:
        old = shelf.fetch(connection, self._number, key)
        if old is None:
            raise RecordNotFound(self.definition.dsname, self._place(key))
        return old

    def reset(self) -> None:
        """Begin anew (REUSE). Raises WrongDsorg for a loaded cluster that was not defined with REUSE."""
        self._require_update()
        if self.definition.loaded and not self.definition.reuse:
            raise WrongDsorg(self.definition.dsname, "VSAM", "REUSE")
        self._gathered.clear()
        with writing(self._store.engine) as connection:
            shelf.empty(connection, self._number)
            for each in self._alternates:
                shelf.empty(connection, each.number)
            nothing = {"records": 0, "size": 0, "high_rba": 0, "loaded": False}
            connection.execute(update(tables.cluster).where(_cluster.dataset == self._number).values(**nothing))
        self._last, self._loading, self._high_rba = None, True, 0

    def _check_length(self, record: bytes) -> None:
        facts = self.definition
        if len(record) > facts.maximum:
            raise RecordTooLong(facts.dsname, facts.records + self._gathered.changes["records"] + 1, len(record), facts.maximum)
        if facts.organisation == NUMBERED and facts.average == facts.maximum and len(record) != facts.maximum:
            raise BadRecordData("a record of an RRDS has the length of its slot", len(record))

    def _require_update(self) -> None:
        if not self._updating:
            raise WrongDsorg(self.definition.dsname, "VSAM", "update")

    # the shelf

    def flush(self) -> None:
        """Put what was gathered on the shelf. Raises VsamFull when there is not space for all of it; what has space stays."""
        if not self._updating or self._gathered.is_empty:
            return
        beyond = self._covered()
        with writing(self._store.engine) as connection:
            self._gathered.put(connection, self._number, self._high_rba)
        self._gathered.clear()
        if beyond is not None:
            with reading(self._store.engine) as connection:
                self._last = shelf.highest(connection, self._number)
            raise VsamFull(self.definition.dsname)

    def _covered(self) -> bytes | None:
        """Have space for what was gathered, and tell the data component what it holds.

        Returns the key of the first record that had to be given up, None when there is space for all.
        """
        with reading(self._store.engine) as connection:
            data = catalog.entry(connection, self.definition.data_name)
            held = connection.execute(tables.cluster.select().where(_cluster.dataset == self._number)).one()
        space = Space(self._store, catalog.info_of(data), data.id, None, 0)
        beyond = None
        try:
            space.cover(_tracks(held.size + self._gathered.changes["size"]))
        except SystemAbend:
            beyond = self._gathered.keep(space.tracks * BYTES_PER_TRACK - held.size)
            if beyond is not None and self.definition.organisation == ENTRY:
                self._high_rba = int.from_bytes(beyond, "big")
        stored, count = (held._mapping[name] + self._gathered.changes[name] for name in ("size", "records"))
        facts = {"used_tracks": _tracks(stored), "records": count, "size": stored, "referred": self._store.today()}
        with writing(self._store.engine) as connection:
            catalog.change(connection, data.id, **facts)
        return beyond

    def close(self) -> None:
        """Put everything on the shelf and release the name; once is enough."""
        if self._closed:
            return
        self._closed = True
        try:
            self.flush()
        finally:
            self._hold.release()

    def __enter__(self) -> VsamFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _tracks(size: int) -> int:
    return max(1, -(-size // BYTES_PER_TRACK))
