"""Directories of partitioned data sets: rows of `member`.

Source: jes-and-jcl.md 6.1 for what an entry holds and how long it is.
Rules: functions take the caller's transaction; names ascend as EBCDIC. The columns of the data set that sum its members up
(directory bytes, records, size) are kept by datasets/partitioned.py.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from mvsfs.info import IspfStats, LoadModule, MemberInfo
from mvsfs.storage import tables
from mvsfs.storage.catalog import ebcdic_keys

MemberRow = Row[Any]

_member = tables.member.c
_IS = (_member.dataset == bindparam("pds"), _member.name == bindparam("called"))
_FIND = select(tables.member).where(*_IS)
_ALL = select(tables.member).where(_member.dataset == bindparam("pds"))
_ADD = insert(tables.member)
_CHANGE = update(tables.member).where(*_IS)
#: Name, TTR and the C byte; then user data.
_ENTRY = 12
_STATS, _EXTENDED_STATS, _LOAD = 30, 40, 24
_HALFWORD = 65535


def find(connection: Connection, dataset: int, name: str) -> MemberRow | None:
    """Return one entry or None."""
    return connection.execute(_FIND, {"pds": dataset, "called": name}).first()


def entries(connection: Connection, dataset: int) -> list[MemberRow]:
    """Return all entries, ascending as EBCDIC, in one query."""
    rows = connection.execute(_ALL, {"pds": dataset}).all()
    keys = ebcdic_keys([row[1] for row in rows])
    return [rows[place] for place in sorted(range(len(rows)), key=keys.__getitem__)]


def put(connection: Connection, dataset: int, name: str, *, replaces: bool, **columns: Any) -> None:
    """Add an entry or change the one that is there."""
    if replaces:
        connection.execute(_CHANGE, {"pds": dataset, "called": name, **columns})
    else:
        connection.execute(_ADD, {"dataset": dataset, "name": name, **columns})


def drop(connection: Connection, dataset: int, name: str) -> None:
    """Remove an entry."""
    connection.execute(delete(tables.member).where(_member.dataset == dataset, _member.name == name))


def move(connection: Connection, dataset: int, old: str, new: str) -> None:
    """Rename an entry; aliases of it follow."""
    connection.execute(update(tables.member).where(_member.dataset == dataset, _member.name == old).values(name=new))
    connection.execute(update(tables.member).where(_member.dataset == dataset, _member.alias_of == old).values(alias_of=new))


def put_alias(connection: Connection, real: MemberRow, alias: str) -> None:
    """Add an alias entry: the member's directory data under a second name, no content of its own."""
    columns = dict(real._mapping) | {"name": alias, "alias_of": real.alias_of or real.name, "content": None, "cells": 0}
    connection.execute(insert(tables.member).values(**columns))


def inherit(connection: Connection, gone: MemberRow, heir: str, *others: str) -> None:
    """Make an alias of a member that was removed the member, and further ones its aliases."""
    facts = {name: getattr(gone, name) for name in ("content", "form", "cells", "ttr", "records", "size")}
    put(connection, gone.dataset, heir, replaces=True, alias_of="", **facts)
    for other in others:
        put(connection, gone.dataset, other, replaces=True, alias_of=heir)


def aliases_of(connection: Connection, dataset: int, name: str) -> list[str]:
    """Return the alias entries of a member, ascending."""
    query = select(_member.name).where(_member.dataset == dataset, _member.alias_of == name)
    return list(connection.execute(query.order_by(_member.name)).scalars())


def entry_bytes(stats: IspfStats | None, load: LoadModule | None, userdata: bytes) -> int:
    """Return the length of a directory entry."""
    if userdata:
        return _ENTRY + len(userdata) + len(userdata) % 2
    if load is not None:
        return _ENTRY + _LOAD
    if stats is not None:
        return _ENTRY + (_EXTENDED_STATS if max(stats.size, stats.init, stats.mod) > _HALFWORD else _STATS)
    return _ENTRY


def stats_columns(stats: IspfStats | None) -> dict[str, Any]:
    """Return the statistics as columns; None clears them."""
    if stats is None:
        names = ("version", "modification", "created", "changed", "lines", "initial_lines", "modified_lines", "userid")
        return dict.fromkeys(names)
    return {
        "version": stats.version,
        "modification": stats.modification,
        "created": stats.created.toordinal(),
        "changed": stats.changed.isoformat(),
        "lines": stats.size,
        "initial_lines": stats.init,
        "modified_lines": stats.mod,
        "userid": stats.userid,
    }


def load_columns(load: LoadModule | None) -> dict[str, Any]:
    """Return load module facts as columns; None clears them."""
    if load is None:
        names = ("size", "ac", "amode", "rmode", "attributes", "entry")
        return {f"module_{name}": None for name in names}
    return {
        "module_size": load.size,
        "module_ac": load.ac,
        "module_amode": load.amode,
        "module_rmode": load.rmode,
        "module_attributes": " ".join(load.attributes),
        "module_entry": load.entry,
    }


def stats_of(row: MemberRow) -> IspfStats | None:
    """Return the statistics of an entry."""
    return info_of(row).stats


def load_of(row: MemberRow) -> LoadModule | None:
    """Return the load module facts of an entry."""
    return info_of(row).load


def info_of(row: MemberRow) -> MemberInfo:
    """Return the facts of an entry; in the order of the table, since a listing of 10,000 spends its time here."""
    _, name, alias_of, ttr, _, _, records, size, _ = row[:_STATS_COLUMNS]
    version, modification, created, changed, lines, initial, modified, userid = row[_STATS_COLUMNS:_LOAD_COLUMNS]
    stats = None
    if version is not None:
        stats = IspfStats(version, modification, _day(created), _moment(changed), lines, initial, modified, userid)
    load = None
    if row[_LOAD_COLUMNS] is not None:
        module_size, ac, amode, rmode, attributes, entry = row[_LOAD_COLUMNS:-1]
        load = LoadModule(module_size, ac, amode, rmode, tuple(attributes.split()), entry)
    return MemberInfo(name, ttr, alias_of, stats, load, records, size, row[-1] or b"")


#: Where the columns of statistics and of load modules begin; the last column is user data.
_STATS_COLUMNS = list(tables.member.c.keys()).index("version")
_LOAD_COLUMNS = list(tables.member.c.keys()).index("module_size")


@lru_cache(maxsize=4096)
def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
