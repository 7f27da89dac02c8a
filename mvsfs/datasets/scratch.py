"""Taking a data set off its volume: entry, contents, space.

Rules: in the caller's transaction; the caller has asked for permission and holds the name.
"""

from __future__ import annotations

from sqlalchemy import Connection

from mvsfs.dcb import Dsorg
from mvsfs.storage import catalog, directory, volumes
from mvsfs.storage.catalog import DatasetRow
from mvsfs.storage.store import Store


def scratch(store: Store, connection: Connection, row: DatasetRow) -> None:
    """Remove an entry with its contents and free its space, in the caller's transaction."""
    if row.dsorg == Dsorg.PO.value:
        for entry in directory.entries(connection, row.id):
            store.content.forget(connection, entry.content)
    store.content.forget(connection, row.content)
    volumes.release(connection, row.id)
    catalog.drop(connection, row.id)
