"""Catalog entries: rows of `dataset` and `alias`, found by name or mask, added, changed, renamed and dropped.

Rules: functions take the caller's transaction; none asks for permission or holds a name. Searching is one query whatever the
number of entries; names come in the order of EBCDIC, in which letters precede digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from mvsfs.dcb import Dcb, Dsorg, Recfm
from mvsfs.errors import DatasetExists, DatasetNotFound
from mvsfs.info import DatasetInfo, Status
from mvsfs.names import Mask
from mvsfs.storage import geometry, tables
from mvsfs.storage.database import is_sqlite

DatasetRow = Row[Any]

_dataset = tables.dataset.c
_alias = tables.alias.c

_BY_NAME = select(tables.dataset).where(_dataset.dsname == bindparam("name"), _dataset.slot == bindparam("place"))
_BY_NAME_TO_CHANGE = _BY_NAME.with_for_update()  # SQLite has the whole database locked already and leaves this out
_BY_ALIAS = select(_alias.dsname).where(_alias.alias == bindparam("name"))
_CHANGE = update(tables.dataset).where(_dataset.id == bindparam("row"))
_ADD = insert(tables.dataset)


def look_up(connection: Connection, dsname: str, slot: str = "") -> DatasetRow | None:
    """Return the entry of a name, an alias followed, or None."""
    row = _by_name(connection, dsname, slot)
    if row is None and not slot:
        real = connection.execute(_BY_ALIAS, {"name": dsname}).scalar_one_or_none()
        row = _by_name(connection, real) if real is not None else None
    return row


def _by_name(connection: Connection, dsname: str, slot: str = "") -> DatasetRow | None:
    return connection.execute(_BY_NAME, {"name": dsname, "place": slot}).first()


def entry(connection: Connection, dsname: str, slot: str = "") -> DatasetRow:
    """Return the entry of a name, an alias followed. Raises DatasetNotFound."""
    row = look_up(connection, dsname, slot)
    if row is None:
        raise DatasetNotFound(dsname)
    return row


def entry_to_change(connection: Connection, dsname: str) -> DatasetRow:
    """Return the entry as it is now, and let no other system change it before the caller's transaction ends."""
    row = entry(connection, dsname)
    return connection.execute(_BY_NAME_TO_CHANGE, {"name": row.dsname, "place": ""}).one() if not is_sqlite(connection) else row


def is_alias(connection: Connection, name: str) -> bool:
    """Tell whether the name is an alias entry."""
    return connection.execute(_BY_ALIAS, {"name": name}).first() is not None


def require_free(connection: Connection, dsname: str, slot: str = "") -> None:
    """Raises DatasetExists when the name is an entry or an alias."""
    if _by_name(connection, dsname, slot) is not None or (not slot and is_alias(connection, dsname)):
        raise DatasetExists(dsname)


def add(connection: Connection, **columns: Any) -> int:
    """Add an entry and return its number. Raises DatasetExists when another system was faster."""
    try:
        key = connection.execute(_ADD, columns).inserted_primary_key
    except IntegrityError:
        raise DatasetExists(columns["dsname"]) from None
    assert key is not None
    return int(key[0])


def change(connection: Connection, number: int, **columns: Any) -> None:
    """Change columns of an entry."""
    connection.execute(_CHANGE, {"row": number, **columns})


def drop(connection: Connection, number: int) -> None:
    """Remove an entry with everything that belongs to it except contents and space; aliases to it go too."""
    dsname = connection.execute(select(_dataset.dsname).where(_dataset.id == number, _dataset.slot == "")).scalar_one_or_none()
    if dsname is not None:
        connection.execute(delete(tables.alias).where(_alias.dsname == dsname))
    connection.execute(delete(tables.dataset).where(_dataset.id == number))


def add_alias(connection: Connection, name: str, dsname: str, created: int) -> None:
    """Give an entry a second name. Raises DatasetExists, DatasetNotFound."""
    require_free(connection, name)
    entry(connection, dsname)
    connection.execute(insert(tables.alias).values(alias=name, dsname=dsname, created=created))


def drop_alias(connection: Connection, name: str) -> None:
    """Remove an alias entry."""
    connection.execute(delete(tables.alias).where(_alias.alias == name))


def move_aliases(connection: Connection, old: str, new: str) -> None:
    """Let the aliases of a renamed entry follow it."""
    connection.execute(update(tables.alias).where(_alias.dsname == old).values(dsname=new))


def search(connection: Connection, mask: Mask) -> list[DatasetInfo]:
    """Return all catalogued entries and aliases that the mask matches, ascending as EBCDIC."""
    low, high = mask.prefix, mask.prefix + "\x7f"
    matches = mask.matches
    # by position, not by name: a listing of 10,000 spends its time here
    query = select(*_info_columns).where(_dataset.slot == "", _dataset.dsname >= low, _dataset.dsname < high)
    found = [_info(row) for row in connection.execute(query).all() if matches(row[0])]
    named = select(_alias.alias, *_info_columns).join(tables.dataset, _dataset.dsname == _alias.dsname)
    for row in connection.execute(named.where(_dataset.slot == "", _alias.alias >= low, _alias.alias < high)).all():
        if matches(row[0]):
            found.append(_info((row[0], *row[2:]), alias_of=row[1]))
    keys = ebcdic_keys([info.dsname for info in found])
    return [found[place] for place in sorted(range(len(found)), key=keys.__getitem__)]


def ebcdic_keys(names: Sequence[str]) -> list[bytes]:
    """Return for each name a key that sorts as the catalog does; many names are encoded at once."""
    return "\n".join(names).encode("cp037").split("\n".encode("cp037"))


def ebcdic_order(name: str) -> bytes:
    """Return a key that sorts names as the catalog does."""
    return name.encode("cp037")


#: In the order in which _info takes them.
_INFO_NAMES = (
    "dsname",
    "dsorg",
    "recfm",
    "lrecl",
    "blksize",
    "volser",
    "unit",
    "status",
    "dsntype",
    "created",
    "referred",
    "expires",
    "extents",
    "used_tracks",
    "allocated_tracks",
    "space_unit",
    "primary",
    "secondary",
    "directory_blocks",
    "directory_bytes",
    "storclas",
    "mgmtclas",
    "dataclas",
    "eattr",
    "records",
    "size",
)
_info_columns = tuple(tables.dataset.c[name] for name in _INFO_NAMES)


def info_of(row: DatasetRow) -> DatasetInfo:
    """Return the facts of a whole row."""
    mapping = row._mapping
    return _info(tuple(mapping[name] for name in _INFO_NAMES))


def _info(row: Any, alias_of: str = "") -> DatasetInfo:
    return DatasetInfo(
        row[0],
        dcb_of(row[2], row[3], row[4], row[1]),
        row[5],
        row[6],
        _STATUS[row[7]],
        row[8],
        _day(row[9]),
        _day(row[10]),
        _day(row[11]),
        row[12],
        row[13],
        row[14],
        row[15],
        row[16],
        row[17],
        row[18],
        geometry.directory_used(row[19]),
        row[20],
        row[21],
        row[22],
        alias_of,
        row[23],
        row[24],
        row[25],
    )


_STATUS = {status.value: status for status in Status}


@lru_cache(maxsize=4096)
def dcb_of(recfm: str | None, lrecl: int, blksize: int, dsorg: str) -> Dcb:
    """Return the Dcb of stored columns; many entries share one."""
    return Dcb(Recfm.parse(recfm) if recfm else None, lrecl, blksize, Dsorg(dsorg))


@lru_cache(maxsize=4096)
def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def info_from(columns: dict[str, Any]) -> DatasetInfo:
    """Return the facts of columns that are not yet a row."""
    return _info(tuple(columns[name] for name in _INFO_NAMES))
