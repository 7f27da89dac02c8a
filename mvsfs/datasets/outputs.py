"""An open data set or member, for writing: what OPEN for OUTPUT gives.

    open -> write_stored* | write_records* -> commit          new content, old one gone, in one transaction
                                           -> discard         old content, as if nothing had been
Rules: what is written goes to a new object aside (storage/content.py). Only a `with` that ends in peace commits; every exception,
GeneratorExit included, discards. Space is looked at before each chunk is written (space.py). The object has one stored form: that
of the first chunk, until a chunk comes in another; then all of it becomes RDW, which holds anything.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Connection

from mvsfs.datasets.space import Space
from mvsfs.dcb import Dcb
from mvsfs.enqueue import Hold
from mvsfs.errors import RecordTooLong
from mvsfs.info import DatasetInfo
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.storage.content import ContentReader
from mvsfs.storage.database import writing
from mvsfs.storage.store import Store

_BATCH = 2048


class DatasetWriter(ABC):
    """One content being written; see the head of this file."""

    def __init__(self, store: Store, info: DatasetInfo, space: Space, hold: Hold, *, created: bool) -> None:
        """Take what OPEN has settled."""
        self.info = info
        self.created = created
        self.records = 0
        self.form: Form | None = None
        self._store = store
        self._space = space
        self._hold = hold
        self._content = store.content.create()
        self._open = True

    @property
    def dcb(self) -> Dcb:
        """The data set's Dcb, which it had or was just given."""
        return self.info.dcb

    @property
    def name(self) -> str:
        """The full name, `A.B` or `A.B(M)`."""
        return self.info.dsname

    @property
    def size(self) -> int:
        """Stored bytes so far."""
        return self._content.size

    def write_stored(self, chunk: bytes | bytearray | memoryview, form: Form, records: int) -> None:
        """Append a chunk that holds `records` whole records in this form (chunks may end anywhere as long as the sum is whole).

        Raises SystemAbend when the space is used up, StoreFull.
        """
        if form is not self.form:
            chunk = self._adapt(chunk, form)
        self.records += records
        self._cover(self._content.size + len(chunk))
        self._content.write(chunk)

    def write_records(self, records: Iterable[bytes]) -> None:
        """Append records; fixed ones must have LRECL bytes. Raises RecordTooLong, BadRecordData and as write_stored."""
        form = forms.form_of(self.dcb)
        limit = self.dcb.data_length
        source = iter(records)
        while batch := list(islice(source, _BATCH)):
            if max(map(len, batch)) > limit:
                place, record = next((at, record) for at, record in enumerate(batch, 1) if len(record) > limit)
                raise RecordTooLong(self.info.dsname, self.records + place, len(record), self.dcb.lrecl)
            self.write_stored(forms.pack(batch, form, self.dcb), form, len(batch))

    def _adapt(self, chunk: bytes | bytearray | memoryview, form: Form) -> bytes | bytearray | memoryview:
        """Return the chunk in the object's form, after settling or changing that."""
        if self.form is None:
            self.form = form
            return chunk
        general = forms.form_of(self.dcb)
        if self.form is not general:
            self._rewrite(general)
        return b"".join(forms.convert([bytes(chunk)], form, general, self.dcb))

    def _rewrite(self, general: Form) -> None:
        assert self.form is not None
        old, self._content = self._content, self._store.content.create()
        with old.written() as reader:
            for chunk in forms.convert(reader.chunks(), self.form, general, self.dcb):
                self._content.write(chunk)
        old.discard()
        self.form = general

    def begin_with(self, content: ContentReader, form: Form, records: int) -> None:
        """Start with a copy of the present content: MOD."""
        if content.size:
            self._content.write_from(content)
            self.form, self.records = form, records

    @abstractmethod
    def _cover(self, size: int) -> None:
        """Have the space for `size` stored bytes in all."""

    @abstractmethod
    def _flip(self, connection: Connection, reference: str) -> None:
        """Make the kept object the content."""

    @abstractmethod
    def _abandon(self, connection: Connection) -> None:
        """Undo what OPEN did, for a writing that is discarded."""

    def commit(self) -> None:
        """Make what was written the content, durably. Raises SystemAbend B14-0C for a directory without room, StoreFull."""
        if not self._open:
            return
        try:
            self._cover(self._content.size)
            self._content.finish()
            with writing(self._store.engine) as connection:
                self._flip(connection, self._content.keep(connection))
                self._hold.release(connection)
        except BaseException:
            self._hold.released = False  # the transaction that released it did not happen
            self.discard()
            raise
        self._open = False

    def discard(self) -> None:
        """Leave the old content; once is enough, and nothing after a commit."""
        if not self._open:
            return
        self._open = False
        self._content.discard()
        with writing(self._store.engine) as connection:
            self._abandon(connection)
            self._hold.release(connection)

    def __enter__(self) -> DatasetWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()
