"""Records of one VSAM object in key order: put, fetch, walk, erase, in the caller's transaction.

Rules: keys are bytes and ascend as bytes, which is the order of EBCDIC keys and of RBAs and numbers as eight bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from mvsfs.storage import tables

_record = tables.cluster_record.c
_IS = (_record.dataset == bindparam("object"), _record.record_key == bindparam("wanted"))
_FETCH = select(_record.data).where(*_IS)
_ADD = insert(tables.cluster_record)
_REPLACE = update(tables.cluster_record).where(*_IS)
_ERASE = delete(tables.cluster_record).where(*_IS)
_PAGE = 1000
_FORWARD = (
    select(_record.record_key, _record.data)
    .where(_record.dataset == bindparam("object"), _record.record_key > bindparam("after"))
    .order_by(_record.record_key)
    .limit(bindparam("rows"))
)
_FORWARD_FROM = (
    select(_record.record_key, _record.data)
    .where(_record.dataset == bindparam("object"), _record.record_key >= bindparam("after"))
    .order_by(_record.record_key)
    .limit(bindparam("rows"))
)
_BACKWARD = (
    select(_record.record_key, _record.data)
    .where(_record.dataset == bindparam("object"), _record.record_key < bindparam("after"))
    .order_by(_record.record_key.desc())
    .limit(bindparam("rows"))
)
#: Above every key: keys have at most 255 bytes, this begins with more X'FF' than any of them.
HIGHEST = b"\xff" * 512


def fetch(connection: Connection, number: int, key: bytes) -> bytes | None:
    """Return a record's data or None."""
    found: bytes | None = connection.execute(_FETCH, {"object": number, "wanted": key}).scalar_one_or_none()
    return found


def add(connection: Connection, number: int, records: dict[bytes, bytes]) -> None:
    """Add records whose keys are not there."""
    rows = [{"dataset": number, "record_key": key, "data": data} for key, data in records.items()]
    if rows:
        connection.execute(_ADD, rows)


def replace(connection: Connection, number: int, key: bytes, data: bytes) -> None:
    """Put other data under a key that is there."""
    connection.execute(_REPLACE, {"object": number, "wanted": key, "data": data})


def erase(connection: Connection, number: int, key: bytes) -> None:
    """Remove a record."""
    connection.execute(_ERASE, {"object": number, "wanted": key})


def empty(connection: Connection, number: int) -> None:
    """Remove all records."""
    connection.execute(delete(tables.cluster_record).where(_record.dataset == number))


def highest(connection: Connection, number: int) -> bytes | None:
    """Return the last key, or None when there is no record."""
    rows = page(connection, number, HIGHEST, backwards=True, limit=1)
    return rows[0][0] if rows else None


def page(
    connection: Connection, number: int, after: bytes, *, inclusive: bool = False, backwards: bool = False, limit: int = _PAGE
) -> list[tuple[bytes, bytes]]:
    """Return the next records behind (at, before) a key."""
    query = _BACKWARD if backwards else _FORWARD_FROM if inclusive else _FORWARD
    return [(row[0], row[1]) for row in connection.execute(query, {"object": number, "after": after, "rows": limit})]


def beginning_with(connection: Connection, number: int, stem: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the records whose key begins with `stem`."""
    rows = page(connection, number, stem, inclusive=True)
    while rows:
        for key, data in rows:
            if not key.startswith(stem):
                return
            yield key, data
        rows = page(connection, number, rows[-1][0])
