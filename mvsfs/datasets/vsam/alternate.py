"""Alternate indexes: which entries a base record has in them, kept with every change and built anew by BLDINDEX.

An entry is (alternate key, base key), so the bases of one alternate key stand together in the order of their keys; unique
indexes have one base to a key. Source: [DFSMS] "Alternate index records" for the form in which programs see them:
    +0 flags (00 keys, 01 RBAs)   +1 length of a pointer   +2 HH number of pointers   +4 length of the key   +5 key, pointers
Rules: a base record too short to hold the alternate key has no entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from mvsfs.datasets.vsam import define, shelf
from mvsfs.datasets.vsam.facts import ENTRY, ClusterInfo
from mvsfs.errors import DuplicateKey
from mvsfs.storage import catalog, tables

_cluster = tables.cluster.c


@dataclass(slots=True)
class Alternate:
    """One alternate index while its base is changed. `waiting`: entries of records that are not yet on the shelf."""

    number: int
    facts: ClusterInfo
    waiting: dict[bytes, bytes] = field(default_factory=dict)

    def key_of(self, record: bytes) -> bytes | None:
        """Return the alternate key of a base record, None when the record ends before it."""
        key = self.facts.key_of(record)
        return key if len(key) == self.facts.keylen else None

    def require_free(self, connection: Connection, record: bytes) -> None:
        """Raises DuplicateKey when the index is unique and has this record's alternate key."""
        key = self.key_of(record)
        if key is None or not self.facts.unique:
            return
        known = any(each.startswith(key) for each in self.waiting)
        if known or next(shelf.beginning_with(connection, self.number, key), None) is not None:
            raise DuplicateKey(self.facts.base, key, self.facts.dsname)

    def note(self, record: bytes, base: bytes) -> None:
        """Let the record have its entry when what waits is put on the shelf."""
        key = self.key_of(record)
        if key is not None:
            self.waiting[key + base] = base

    def forget(self, bases: set[bytes]) -> None:
        """Let records that will not come to the shelf have no entries."""
        self.waiting = {entry: base for entry, base in self.waiting.items() if base not in bases}

    def put_waiting(self, connection: Connection) -> None:
        """Put the waiting entries on the shelf; they wait no longer when the caller's transaction has succeeded."""
        shelf.add(connection, self.number, self.waiting)

    def moved(self, connection: Connection, base: bytes, old: bytes, new: bytes | None) -> None:
        """Follow a record that was replaced or (new None) erased."""
        before, after = self.key_of(old), self.key_of(new) if new is not None else None
        if before == after:
            return
        if before is not None:
            shelf.erase(connection, self.number, before + base)
        if after is not None:
            shelf.add(connection, self.number, {after + base: base})


def upgrade_set(connection: Connection, base: str) -> list[Alternate]:
    """Return the alternate indexes that follow every change of their base."""
    query = select(_cluster.dataset, tables.dataset.c.dsname).join(tables.dataset, tables.dataset.c.id == _cluster.dataset)
    rows = connection.execute(query.where(_cluster.base == base, _cluster.kind == "AIX", _cluster.upgrade)).all()
    return [Alternate(row.dataset, define.read(connection, row.dsname)) for row in rows]


def build(connection: Connection, base: str, index: str) -> tuple[int, list[bytes]]:
    """Fill an alternate index from its base; return how many entries it has and the keys that a unique one had to leave out."""
    number = catalog.entry(connection, base).id
    alternate = Alternate(catalog.entry(connection, index).id, define.read(connection, index))
    shelf.empty(connection, alternate.number)
    entries: dict[bytes, bytes] = {}
    seen: set[bytes] = set()
    duplicates: list[bytes] = []
    for base_key, record in shelf.beginning_with(connection, number, b""):
        key = alternate.key_of(record)
        if key is None:
            continue
        if alternate.facts.unique and key in seen:
            duplicates.append(key)
            continue
        seen.add(key)
        entries[key + base_key] = base_key
    shelf.add(connection, alternate.number, entries)
    return len(entries), duplicates


def as_records(entries: Iterator[tuple[bytes, bytes]], facts: ClusterInfo, base: ClusterInfo) -> Iterator[tuple[bytes, bytes]]:
    """Yield (alternate key, record) as a program sees an alternate index that it opens as a data set."""
    current: bytes | None = None
    pointers: list[bytes] = []
    for entry, pointer in entries:
        key = entry[: facts.keylen]
        if current is not None and key != current:
            yield current, _record(current, pointers, base)
            pointers = []
        current = key
        pointers.append(pointer)
    if current is not None:
        yield current, _record(current, pointers, base)


def _record(key: bytes, pointers: list[bytes], base: ClusterInfo) -> bytes:
    by_rba = base.organisation == ENTRY
    shown = [pointer[-4:] for pointer in pointers] if by_rba else pointers
    head = bytes([by_rba, len(shown[0])]) + len(shown).to_bytes(2, "big") + bytes([len(key)])
    return head + key + b"".join(shown)
