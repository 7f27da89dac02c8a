"""What listings show of many entries at once: names alone, or names with the facts that stand beside them.

Rules: functions take the caller's transaction. The database packs what stands beside a name into one text and hands out all names
and all those texts in one row; entries that are alike share one object of facts, which has no name of its own. Names
come ascending as EBCDIC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, String, bindparam, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from mvsfs.info import DatasetInfo, IspfStats, Status
from mvsfs.names import Mask
from mvsfs.storage import tables
from mvsfs.storage.catalog import dcb_of, ebcdic_keys

Facts = TypeVar("Facts")

_dataset = tables.dataset.c
_alias = tables.alias.c
_member = tables.member.c


class _Packed(FunctionElement[str]):
    """The values of columns as the text of a JSON array."""

    inherit_cache = True
    name = "packed"
    type = String()


@compiles(_Packed, "sqlite")
def _packed_by_sqlite(element: _Packed, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_array{compiler.process(element.clause_expr, **how)}"


@compiles(_Packed, "postgresql")
def _packed_by_postgresql(element: _Packed, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(json_build_array{compiler.process(element.clause_expr, **how)} AS text)"


#: In the order in which _facts takes them.
_SHOWN = _Packed(
    *(_dataset.recfm, _dataset.lrecl, _dataset.blksize, _dataset.dsorg, _dataset.volser, _dataset.unit),
    *(_dataset.status, _dataset.dsntype, _dataset.referred, _dataset.extents, _dataset.used_tracks),
)
#: In the order in which _statistics takes them.
_STATS = _Packed(
    *(_member.version, _member.modification, _member.created, _member.changed),
    *(_member.lines, _member.initial_lines, _member.modified_lines, _member.userid),
)


def _within(name: ColumnElement[str]) -> tuple[ColumnElement[bool], ...]:
    return _dataset.slot == "", name >= bindparam("low"), name < bindparam("high")


def _all_of(*columns: ColumnElement[str]) -> Select[Any]:
    """One row: for each column all its values, a line each. Rows for each of 10,000 names cost more than all the rest."""
    texts: list[ColumnElement[Any]] = [func.coalesce(func.aggregate_strings(column, "\n"), "") for column in columns]
    return select(*texts)


_NAMES = _all_of(_dataset.dsname).where(*_within(_dataset.dsname))
_ALIASES = _all_of(_alias.alias).where(*_within(_alias.alias)).join(tables.dataset, _dataset.dsname == _alias.dsname)
_ENTRIES = _all_of(_dataset.dsname, _SHOWN).where(*_within(_dataset.dsname))
_ALIAS_ENTRIES = (
    _all_of(_alias.alias, _SHOWN).where(*_within(_alias.alias)).join(tables.dataset, _dataset.dsname == _alias.dsname)
)
_MEMBER_NAMES = _all_of(_member.name).where(_member.dataset == bindparam("pds"))
_MEMBER_STATS = _all_of(_member.name, _STATS).where(_member.dataset == bindparam("pds"))


def names(connection: Connection, mask: Mask) -> list[str]:
    """Return the names of all catalogued entries and aliases that the mask matches."""
    found = [name for statement in (_NAMES, _ALIASES) for name in _columns(connection, statement, _range(mask))[0]]
    return _ascending(found if mask.is_prefix else list(filter(mask.matches, found)))


def entries(connection: Connection, mask: Mask) -> list[tuple[str, DatasetInfo]]:
    """Return the names of all entries and aliases that the mask matches, each with the facts of a listing's columns."""
    found, packed = _columns(connection, _ENTRIES, _range(mask))
    aliases, theirs = _columns(connection, _ALIAS_ENTRIES, _range(mask))
    pairs = _paired(found + aliases, packed + theirs, _facts)
    return pairs if mask.is_prefix else [pair for pair in pairs if mask.matches(pair[0])]


def member_names(connection: Connection, dataset: int) -> list[str]:
    """Return the names in a directory."""
    return _ascending(_columns(connection, _MEMBER_NAMES, {"pds": dataset})[0])


def member_statistics(connection: Connection, dataset: int) -> list[tuple[str, IspfStats | None]]:
    """Return the names in a directory, each with its ISPF statistics."""
    found, packed = _columns(connection, _MEMBER_STATS, {"pds": dataset})
    return _paired(found, packed, _statistics)


def _range(mask: Mask) -> dict[str, str]:
    return {"low": mask.prefix, "high": mask.prefix + "\x7f"}


def _columns(connection: Connection, statement: Select[Any], parameters: dict[str, Any]) -> list[list[str]]:
    """Return the values of each column of an _all_of."""
    return [text.split("\n") if text else [] for text in connection.execute(statement, parameters).one()]


def _ascending(found: list[str]) -> list[str]:
    keys = ebcdic_keys(found)
    # most names are in the same order in both codes
    return found if keys == sorted(keys) else [found[place] for place in _places(keys)]


def _places(keys: Sequence[bytes]) -> list[int]:
    return sorted(range(len(keys)), key=keys.__getitem__)


def _paired(found: list[str], packed: list[str], make: Callable[[list[Any]], Facts]) -> list[tuple[str, Facts]]:
    """Return (name, facts) of each, in order; equal columns share one object."""
    shared = {text: make(json.loads(text)) for text in set(packed)}
    pairs = list(zip(found, map(shared.__getitem__, packed), strict=True))
    keys = ebcdic_keys(found)
    return pairs if keys == sorted(keys) else [pairs[place] for place in _places(keys)]


def _facts(columns: list[Any]) -> DatasetInfo:
    recfm, lrecl, blksize, dsorg, volser, unit, status, dsntype, referred, extents, used_tracks = columns
    return DatasetInfo(
        "",
        dcb_of(recfm, lrecl, blksize, dsorg),
        volser,
        unit,
        Status(status),
        dsntype,
        referred=None if referred is None else date.fromordinal(referred),
        extents=extents,
        used_tracks=used_tracks,
    )


def _statistics(columns: list[Any]) -> IspfStats | None:
    version, modification, created, changed, *lines = columns
    if version is None:
        return None
    return IspfStats(version, modification, date.fromordinal(created), datetime.fromisoformat(changed), *lines)
