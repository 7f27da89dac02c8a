"""Finding entries: by name, by mask, by relative generation. Nothing is opened, nobody is asked for permission."""

from __future__ import annotations

from collections.abc import Iterator

from mvsfs.info import DatasetInfo
from mvsfs.names import Mask
from mvsfs.storage import catalog, listed
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


def names(store: Store, mask: str | Mask) -> list[str]:
    """Return the names that a mask matches."""
    with reading(store.engine) as connection:
        return listed.names(connection, mask if isinstance(mask, Mask) else Mask(mask))


def entries(store: Store, mask: str | Mask) -> list[tuple[str, DatasetInfo]]:
    """Return the names that a mask matches with the facts of a listing's columns."""
    with reading(store.engine) as connection:
        return listed.entries(connection, mask if isinstance(mask, Mask) else Mask(mask))
