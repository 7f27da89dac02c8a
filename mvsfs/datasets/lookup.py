"""Finding entries: by name, by mask, by relative generation. Nothing is opened, nobody is asked for permission."""

from __future__ import annotations

from collections.abc import Iterator

from mvsfs.info import DatasetInfo
from mvsfs.names import Mask
from mvsfs.storage import catalog
from mvsfs.storage.database import reading
from mvsfs.storage.store import Store


def find(store: Store, dsname: str) -> DatasetInfo:
    """Return an entry's facts, an alias followed. Raises DatasetNotFound."""
    with reading(store.engine) as connection:
        return catalog.info_of(catalog.entry(connection, dsname))


def exists(store: Store, dsname: str) -> bool:
    """Tell whether the name is catalogued."""
    with reading(store.engine) as connection:
        return catalog.look_up(connection, dsname) is not None


def search(store: Store, mask: str | Mask) -> Iterator[DatasetInfo]:
    """Yield the entries that a mask matches."""
    with reading(store.engine) as connection:
        found = catalog.search(connection, mask if isinstance(mask, Mask) else Mask(mask))
    return iter(found)
