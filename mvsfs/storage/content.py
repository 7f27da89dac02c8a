"""Write-once objects: every content of a data set, member, z/OS UNIX file or spool file is one.

Source: docs/decisions/0001-write-once-contents.md.
An object is written aside, made durable, and becomes real when its reference is kept in the transaction that flips a row
to it. Nobody ever changes one. Forgetting it happens in a transaction too; its file goes after the commit.
    new -> write* -> finish -> keep(connection)            new -> write* -> discard
Objects of up to `small_limit` bytes lie in the database: one commit instead of a file, a directory entry and a commit.
Rules: the name of an object's file begins with the number of the process that wrote it (holders.py); a file that no row
keeps is an orphan as soon as that process is dead. A host without space is StoreFull, one that may not be written StoreReadOnly.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, cast

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from mvsfs.storage import tables
from mvsfs.storage.database import after_commit, reading, writing
from mvsfs.storage.holders import Holders
from mvsfs.storage.objects import Objects, refusing, write_all
from mvsfs.storage.prepared import Prepared

CHUNK = 262144
#: Up to here the database is faster than a file of its own (docs/decisions/0001, bench/small_contents.py).
SMALL_LIMIT = 32768
#: References of objects in the database begin with this sign, which no path has.
_SMALL = "="


_content = tables.content.c
_KEEP = Prepared(insert(tables.content), ("reference", "size", "doomed", "small"))
_SMALL_BYTES = select(_content.small).where(_content.reference == bindparam("name"))
_FORGET_SMALL = delete(tables.content).where(_content.reference == bindparam("name"))
_DOOM = update(tables.content).where(_content.reference == bindparam("name")).values(doomed=True)


class ContentGone(Exception):
    """The object was forgotten between looking up its reference and opening it: look it up again."""


#: After so many bytes the host is told to begin writing them to the medium.
_HURRY = 1 << 21
#: Pieces below this size wait for the next one: a call for each would cost more than the copy.
_HELD = 1 << 16


class ContentReader:
    """One open object. It stays readable until closed, whatever happens to its reference."""

    def __init__(self, size: int, *, data: bytes | None = None, file: BinaryIO | None = None, plain: bool = False) -> None:
        """Hold either the bytes or an open file; plain: the file is one of the host's own."""
        self.size = size
        self._data = data
        self._file = file
        self._plain = plain

    def fileno(self) -> int | None:
        """The descriptor of a plain host file for sendfile, or None."""
        return self._file.fileno() if self._file is not None and self._plain else None

    def chunks(self, size: int = CHUNK, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from offset `start`."""
        if self._data is not None:
            for at in range(start, len(self._data), size):
                yield self._data[at : at + size] if at or size < len(self._data) else self._data
            return
        assert self._file is not None
        self._file.seek(start)
        while chunk := self._file.read(size):
            yield chunk

    def read(self) -> bytes:
        """Return all bytes."""
        return self._data if self._data is not None else b"".join(self.chunks())

    def close(self) -> None:
        """Close."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> ContentReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ContentWriter:
    """One object being written. Not kept, it leaves nothing."""

    def __init__(self, store: ContentStore) -> None:
        """Begin in memory; a file is made when the content is no longer small."""
        self.size = 0
        self._store = store
        self._parts: list[bytes] = []
        self._file: BinaryIO | None = None
        self._path = ""
        self._finished = False
        self._held = self._written = self._hurried = 0

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Append bytes. Raises StoreFull, StoreReadOnly."""
        size = self.size + len(chunk)
        if self._file is None and size <= self._store.small_limit:
            self._parts.append(bytes(chunk))
            self._held = size
        else:
            with refusing(self._path):
                self._put(self._open(), chunk)
        self.size = size

    def _put(self, file: BinaryIO, chunk: bytes | bytearray | memoryview) -> None:
        """Write a piece with the small ones before it, or keep a small one back."""
        if self._held + len(chunk) < _HELD:
            self._parts.append(bytes(chunk))
            self._held += len(chunk)
            return
        self._flush(file, chunk)
        if self._store.durable and self._written - self._hurried >= _HURRY:
            self._store.objects.hurry(file, self._path, self._hurried, self._written - self._hurried)
            self._hurried = self._written

    def _flush(self, file: BinaryIO, chunk: bytes | bytearray | memoryview = b"") -> None:
        """Write what was kept back, and a piece behind it."""
        parts, held = self._parts, self._held
        self._parts, self._held = [], 0
        if self._store.objects.is_plain and parts:
            done = os.writev(file.fileno(), [*parts, chunk])
        else:
            done = 0
        if done < held:
            write_all(file, b"".join(parts)[done:])
            done = held
        write_all(file, memoryview(chunk)[done - held :])
        self._written += held + len(chunk)

    def write_from(self, reader: ContentReader) -> None:
        """Append the whole of another object, inside the host's kernel where it can."""
        if reader.fileno() is None:
            for chunk in reader.chunks():
                self.write(chunk)
            return
        with refusing(self._path):
            file = self._open()
            self._flush(file)
            self._store.objects.copy(cast(int, reader.fileno()), file, reader.size)
        self.size += reader.size
        self._written += reader.size

    def _open(self) -> BinaryIO:
        if self._file is None:
            self._path = self._store.new_path()
            self._file = self._store.objects.create(self._path)
        return self._file

    def written(self) -> ContentReader:
        """Open what was written so far; for the caller that must write it anew in another form."""
        if self._file is None:
            return ContentReader(self.size, data=b"".join(self._parts))
        with refusing(self._path):
            self._flush(self._file)
        self._file.flush()
        return self._store.objects_reader(self._path, self.size)

    @property
    def small(self) -> bytes | None:
        """The bytes of a content that is so small that it needs no file, or None."""
        return b"".join(self._parts) if self._file is None else None

    def begin_anew(self, chunks: Iterable[bytes]) -> ContentWriter:
        """Return another writer that holds these bytes, and give this one up. The chunks may come from `written`."""
        other = self._store.create()
        try:
            for chunk in chunks:
                other.write(chunk)
        except BaseException:
            other.discard()
            raise
        self.discard()
        return other

    def finish(self) -> None:
        """Make the bytes durable; call it before the transaction, which should be short."""
        if self._file is not None and not self._finished:
            with refusing(self._path):
                self._flush(self._file)
                self._store.objects.seal(self._file, self._path, durable=self._store.durable)
        self._finished = True

    def keep(self, connection: Connection) -> str:
        """Return the reference, which is real when the caller's transaction commits."""
        self.finish()
        small = None
        reference = self._path
        if self._file is None:
            small, reference = self.small, _SMALL + self._store.new_path()
        _KEEP.act(connection, {"reference": reference, "size": self.size, "doomed": False, "small": small})
        return reference

    def discard(self) -> None:
        """Leave nothing behind."""
        self._parts.clear()
        if self._file is not None:
            self._file.close()
            self._store.objects.remove(self._path)
            self._file = None


class ContentStore:
    """All objects of one store."""

    def __init__(
        self, engine: Engine, objects: Objects, holders: Holders, *, small_limit: int = SMALL_LIMIT, durable: bool = True
    ) -> None:
        """Take the parts; durable: finish() waits until the host has the bytes on its medium."""
        self.objects = objects
        self.small_limit = small_limit
        self.durable = durable
        self._engine = engine
        self._holders = holders
        self._count = itertools.count()
        self._holder = 0

    def create(self) -> ContentWriter:
        """Begin a new object."""
        return ContentWriter(self)

    def put(self, connection: Connection, chunks: bytes | Iterable[bytes]) -> str:
        """Write and keep a whole object in the caller's transaction; meant for small ones."""
        writer = self.create()
        try:
            for chunk in (chunks,) if isinstance(chunks, bytes) else chunks:
                writer.write(chunk)
            return writer.keep(connection)
        except BaseException:
            writer.discard()
            raise

    def open(self, reference: str, connection: Connection | None = None) -> ContentReader:
        """Open an object; `connection` when the caller is inside a transaction. Raises ContentGone."""
        if not reference.startswith(_SMALL):
            size = self.objects.size(reference)
            if size is None:
                raise ContentGone(reference)
            return self.objects_reader(reference, size)
        if connection is not None:
            data = connection.execute(_SMALL_BYTES, {"name": reference}).scalar_one_or_none()
        else:
            with reading(self._engine) as own:
                data = own.execute(_SMALL_BYTES, {"name": reference}).scalar_one_or_none()
        if data is None:
            raise ContentGone(reference)
        return ContentReader(len(data), data=data)

    def objects_reader(self, path: str, size: int) -> ContentReader:
        """Open the file of an object."""
        try:
            return ContentReader(size, file=self.objects.open(path), plain=self.objects.is_plain)
        except FileNotFoundError:
            raise ContentGone(path) from None

    def forget(self, connection: Connection, reference: str | None) -> None:
        """Give an object up: its row in the caller's transaction, its file after the commit (use database.writing)."""
        if reference is None:
            return
        if reference.startswith(_SMALL):
            connection.execute(_FORGET_SMALL, {"name": reference})
        else:
            connection.execute(_DOOM, {"name": reference})
            after_commit(connection, partial(self.objects.remove, reference))

    def new_path(self) -> str:
        """Return a name that no object had before: process number, then a count in folders of 1024."""
        holder = self._holders.number
        if holder != self._holder:
            self._holder, self._count = holder, itertools.count()
        count = next(self._count)
        return f"{holder}/{count >> 10}/{count & 1023}"

    def sweep(self, dead: Iterable[int]) -> int:
        """Remove objects that dead processes wrote and nobody keeps, and finish interrupted removals; return how many."""
        swept = 0
        with writing(self._engine) as connection:
            doomed = connection.execute(select(_content.reference).where(_content.doomed)).scalars().all()
            for reference in doomed:
                self.objects.remove(reference)
            connection.execute(delete(tables.content).where(_content.doomed))
        for holder in dead:
            with reading(self._engine) as connection:
                kept = select(_content.reference).where(_content.reference.like(f"{holder}/%"))
                names = set(connection.execute(kept).scalars())
            for path in self.objects.listing(str(holder)):
                if path not in names:
                    self.objects.remove(path)
                    swept += 1
        return swept + len(doomed)
