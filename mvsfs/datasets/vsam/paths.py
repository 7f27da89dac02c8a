"""OPEN of VSAM objects: a cluster, a path over an alternate index, an alternate index as a data set.

Rules: permission is asked for the base cluster, whose records they all are, and its name is what is held.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from mvsfs.access import Access, Requester
from mvsfs.datasets.vsam import alternate, define, shelf
from mvsfs.datasets.vsam.facts import ClusterInfo
from mvsfs.datasets.vsam.opened import Place, VsamFile
from mvsfs.enqueue import Hold, dataset_name
from mvsfs.errors import RecordNotFound
from mvsfs.storage import catalog
from mvsfs.storage.database import reading, writing
from mvsfs.storage.store import Store


class PathFile(VsamFile):
    """A base cluster seen through an alternate index: read in the order of its keys, changed like the cluster itself."""

    def __init__(
        self, store: Store, number: int, base: ClusterInfo, hold: Hold, index: ClusterInfo, index_number: int, *, updating: bool
    ) -> None:
        """index: the alternate index."""
        super().__init__(store, number, base, hold, updating=updating)
        self.index = index
        self._index_number = index_number

    def located(
        self,
        from_key: bytes | None = None,
        from_rba: int | None = None,  # noqa: ARG002 - as in VsamFile
        from_rrn: int | None = None,  # noqa: ARG002 - as in VsamFile
        *,
        backwards: bool = False,
    ) -> Iterator[tuple[Place, bytes]]:
        """Yield (alternate key, base record) in the order of the alternate keys; an RBA or number has no meaning here."""
        self.flush()
        after, inclusive = (shelf.HIGHEST, False) if backwards else (from_key or b"", True)
        while True:
            with reading(self._store.engine) as connection:
                rows = shelf.page(connection, self._index_number, after, inclusive=inclusive, backwards=backwards)
                found = [(entry[: self.index.keylen], shelf.fetch(connection, self._number, base)) for entry, base in rows]
            if not rows:
                return
            for key, record in found:
                if record is not None:
                    yield key, record
            after, inclusive = rows[-1][0], False

    def read(self, place: Place) -> bytes:
        """Return the first record with this alternate key. Raises RecordNotFound."""
        assert isinstance(place, bytes)
        for key, record in self.located(place):
            if key == place:
                return record
            break
        raise RecordNotFound(self.index.dsname, place)


class IndexFile(VsamFile):
    """An alternate index read as a data set."""

    def __init__(self, store: Store, number: int, index: ClusterInfo, base: ClusterInfo, hold: Hold) -> None:
        """Open for input: an alternate index is changed through its base only."""
        super().__init__(store, number, index, hold, updating=False)
        self._base = base

    def located(
        self,
        from_key: bytes | None = None,
        from_rba: int | None = None,  # noqa: ARG002 - as in VsamFile
        from_rrn: int | None = None,  # noqa: ARG002 - as in VsamFile
        *,
        backwards: bool = False,
    ) -> Iterator[tuple[Place, bytes]]:
        """Yield (alternate key, alternate index record)."""
        entries = ((bytes(self._key(place)), data) for place, data in super().located(from_key))
        found = alternate.as_records(entries, self.definition, self._base)
        return iter(reversed(list(found))) if backwards else iter(found)


def open_vsam(store: Store, dsname: str, who: Requester, *, update: bool = False, wait_seconds: float = 0) -> VsamFile:
    """Open a VSAM object. Raises DatasetNotFound, WrongDsorg, NotAuthorized, DatasetInUse."""
    if update:
        store.require_writable(dsname)
    with reading(store.engine) as connection:
        base = _base_of(connection, define.read(connection, dsname))
    store.require(who, base.dsname, Access.UPDATE if update else Access.READ)

    def attempt(connection: Connection) -> VsamFile:
        hold = store.enqueue.claim(connection, [dataset_name(base.dsname, exclusive=update)], who)
        return _opened(store, connection, dsname, hold, updating=update)

    return store.enqueue.waiting(attempt, wait_seconds, lasting=False)


def _base_of(connection: Connection, facts: ClusterInfo) -> ClusterInfo:
    while facts.kind != "CLUSTER":
        facts = define.read(connection, facts.base)
    return facts


def _opened(store: Store, connection: Connection, dsname: str, hold: Hold, *, updating: bool) -> VsamFile:
    facts = define.read(connection, dsname)
    if facts.kind == "PATH":
        target = define.read(connection, facts.base)
        if target.kind == "CLUSTER":
            return VsamFile(store, _number(connection, target), target, hold, updating=updating)
        base = _base_of(connection, target)
        return PathFile(store, _number(connection, base), base, hold, target, _number(connection, target), updating=updating)
    if facts.kind == "AIX":
        return IndexFile(store, _number(connection, facts), facts, _base_of(connection, facts), hold)
    return VsamFile(store, _number(connection, facts), facts, hold, updating=updating)


def _number(connection: Connection, facts: ClusterInfo) -> int:
    return int(catalog.entry(connection, facts.dsname).id)


def build_index(store: Store, index: str, who: Requester) -> tuple[int, list[bytes]]:
    """Fill an alternate index from its base (BLDINDEX); return the count and the alternate keys a unique index left out."""
    with reading(store.engine) as connection:
        facts = define.read(connection, index)
        base = _base_of(connection, facts)
    store.require_writable(index)
    store.require(who, base.dsname, Access.UPDATE)
    hold = store.enqueue.obtain([dataset_name(base.dsname, exclusive=True)], who)
    with hold, writing(store.engine) as connection:
        return alternate.build(connection, base.dsname, facts.dsname)
