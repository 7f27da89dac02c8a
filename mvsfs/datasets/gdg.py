"""Generation data groups: bases, relative generations, roll-off.

Source: jes-and-jcl.md 4.8; [IDCAMS DEFINE GDG]. A generation is an ordinary data set named base.GnnnnVnn. (0) is the
newest catalogued one, (-n) the n-th before it, (+n) a name n numbers higher that is yet to be. Numbers wrap from 9999 to 0001.
Rules: a new generation rolls in when it is catalogued: beyond LIMIT the oldest one (EMPTY: every older one) leaves the
catalog, and with SCRATCH its volume as well. A job defers that to the end of its step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from mvsfs.access import Access, Requester
from mvsfs.datasets.scratch import scratch
from mvsfs.dcb import Dsorg
from mvsfs.errors import DatasetNotFound, GenerationNotFound, GroupNotFound, InvalidDsname, WrongDsorg
from mvsfs.info import GdgInfo, Status, Target
from mvsfs.names import MAX_GDG_BASE, check_dsname, generation_dsname, split_generation
from mvsfs.storage import catalog, tables
from mvsfs.storage.catalog import DatasetRow
from mvsfs.storage.database import reading, writing
from mvsfs.storage.store import Store

MAX_NUMBER = 9999
#: LIMIT of a group; of one with extended numbers.
MAX_LIMIT, MAX_EXTENDED_LIMIT = 255, 999

_gdg = tables.gdg.c
_dataset = tables.dataset.c


def define(store: Store, facts: GdgInfo, who: Requester) -> GdgInfo:
    """Make a base. Raises DatasetExists, NotAuthorized, InvalidDsname (at most 35 characters), ValueError for LIMIT."""
    base = check_dsname(facts.dsname)
    if len(base) > MAX_GDG_BASE:
        raise InvalidDsname(base, "length")
    _check_limit(facts.limit, extended=facts.extended)
    store.require_writable(base)
    store.require(who, base, Access.ALTER, new=True)
    with writing(store.engine) as connection:
        catalog.require_free(connection, base)
        enter(store, connection, replace(facts, dsname=base))
    return describe(store, base)


def _check_limit(limit: int, *, extended: bool) -> None:
    if not 1 <= limit <= (MAX_EXTENDED_LIMIT if extended else MAX_LIMIT):
        raise ValueError(f"LIMIT {limit}")


def enter(store: Store, connection: Connection, facts: GdgInfo) -> None:
    """Add the entry of a base in the caller's transaction."""
    number = catalog.add(connection, **blank_columns(facts.dsname, Dsorg.GDG), created=store.today())
    columns = {name: getattr(facts, name) for name in ("limit", "scratch", "empty", "fifo", "purge", "extended")}
    connection.execute(insert(tables.gdg).values(dataset=number, altered=store.today(), **columns))


def blank_columns(dsname: str, dsorg: Dsorg) -> dict[str, Any]:
    """Return the columns of an entry that is not a data set on a volume."""
    columns: dict[str, Any] = dict.fromkeys(
        ("lrecl", "blksize", "block_length", "primary", "secondary", "extents", "allocated_tracks", "used_tracks"), 0
    )
    columns |= dict.fromkeys(("used_cells", "directory_blocks", "directory_bytes", "records", "size"), 0)
    columns |= dict.fromkeys(("dsntype", "volser", "unit", "storclas", "mgmtclas", "dataclas", "eattr", "slot"), "")
    return columns | {"dsname": dsname, "dsorg": dsorg.value, "status": Status.ONLINE.value, "space_unit": "TRACK"}


def alter(store: Store, base: str, who: Requester, **changes: Any) -> GdgInfo:
    """Change limit, scratch, empty, fifo or purge; a lower limit rolls off what exceeds it. Raises ValueError for LIMIT."""
    store.require_writable(base)
    store.require(who, base, Access.ALTER)
    with writing(store.engine) as connection:
        row, group = _base(connection, base)
        if "limit" in changes:
            _check_limit(changes["limit"], extended=group.extended)
        values = {**changes, "altered": store.today()}
        connection.execute(update(tables.gdg).where(_gdg.dataset == row.id).values(**values))
        _trim(store, connection, base)
    return describe(store, base)


def describe(store: Store, base: str) -> GdgInfo:
    """Return the facts of a base. Raises DatasetNotFound, WrongDsorg."""
    with reading(store.engine) as connection:
        row, group = _base(connection, base)
        names = tuple(each.dsname for each in generations(connection, base))
    created, altered = (date.fromordinal(day) if day else None for day in (row.created, group.altered))
    options = (group.limit, group.scratch, group.empty, group.fifo, group.purge, group.extended)
    return GdgInfo(row.dsname, *options, created, altered, names)


def bases(store: Store) -> list[str]:
    """Return the names of all bases, ascending."""
    with reading(store.engine) as connection:
        names = connection.execute(select(_dataset.dsname).where(_dataset.dsorg == Dsorg.GDG.value)).scalars().all()
    return sorted(names, key=catalog.ebcdic_order)


def _base(connection: Connection, base: str) -> tuple[DatasetRow, Row[Any]]:
    row = catalog.entry(connection, base)
    group = connection.execute(select(tables.gdg).where(_gdg.dataset == row.id)).first()
    if group is None:
        raise WrongDsorg(row.dsname, row.dsorg, "GDG")
    return row, group


def generations(connection: Connection, base: str) -> list[DatasetRow]:
    """Return the catalogued generations, oldest first."""
    low, high = f"{base}.G0000V00", f"{base}.G9999V99"
    where = (_dataset.slot == "", _dataset.dsname >= low, _dataset.dsname <= high)
    rows = [row for row in connection.execute(select(tables.dataset).where(*where)).all() if split_generation(row.dsname)]
    rows.sort(key=lambda row: row.dsname)
    numbers = [_number(row.dsname) for row in rows]
    for place in range(1, len(rows)):
        if numbers[place] - numbers[place - 1] > MAX_NUMBER // 2:
            return rows[place:] + rows[:place]  # wrapped: the high numbers are the old ones
    return rows


def _number(dsname: str) -> int:
    parts = split_generation(dsname)
    assert parts is not None
    return parts[1]


def resolve(store: Store, target: Target) -> Target:
    """Return the absolute name of a relative generation; other targets unchanged. Raises GroupNotFound, GenerationNotFound."""
    if target.generation is None:
        return target
    with reading(store.engine) as connection:
        try:
            _base(connection, target.dsname)
        except DatasetNotFound as error:
            raise GroupNotFound(target.dsname) from error
        rows = generations(connection, target.dsname)
    if target.generation > 0:
        newest = _number(rows[-1].dsname) if rows else 0
        return Target(generation_dsname(target.dsname, (newest + target.generation - 1) % MAX_NUMBER + 1))
    place = len(rows) - 1 + target.generation
    if place < 0:
        raise GenerationNotFound(target.dsname, target.generation)
    return Target(rows[place].dsname)


def roll_in(store: Store, connection: Connection, dsname: str) -> list[str]:
    """Let a new generation count, in the caller's transaction; return the names that left the catalog."""
    parts = split_generation(dsname)
    if parts is None:
        return []
    row = catalog.look_up(connection, parts[0])
    return _trim(store, connection, parts[0], newest=dsname) if row is not None and row.dsorg == Dsorg.GDG.value else []


def _trim(store: Store, connection: Connection, base: str, newest: str = "") -> list[str]:
    _, group = _base(connection, base)
    rows = generations(connection, base)
    excess = len(rows) - group.limit
    if excess <= 0:
        return []
    leaving = [row for row in rows if row.dsname != newest] if group.empty else rows[:excess]
    for row in leaving:
        if group.scratch:
            scratch(store, connection, row)
        else:
            uncatalogue(store, connection, row)
    return [row.dsname for row in leaving]


def uncatalogue(store: Store, connection: Connection, row: DatasetRow) -> None:
    """Take an entry out of the catalog and leave the data set on its volume, in place of one that lies there by that name."""
    older = catalog.look_up(connection, row.dsname, row.volser or "?")
    if older is not None:
        scratch(store, connection, older)
    catalog.change(connection, row.id, slot=row.volser or "?")
