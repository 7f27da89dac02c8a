"""An open data set or member, for writing: what OPEN for OUTPUT gives.

    open -> write_stored* | write_records* -> commit          new content, old one gone, in one transaction
                                           -> discard         old content, as if nothing had been
Rules: what is written goes to a new object aside (storage/content.py). Only a `with` that ends in peace commits; every exception,
GeneratorExit included, discards. Space is looked at before each chunk is written (space.py). The kept object has one
stored form: that of all chunks, or the one that holds any records of the format (forms.form_of) when they came in several.
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
from mvsfs.records.parts import head
from mvsfs.storage.content import ContentReader, ContentWriter
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
        self._earlier: list[tuple[ContentWriter, Form]] = []
        self._prior: tuple[ContentReader, Form, int] | None = None
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
        return self._content.size + sum(part.size for part, _ in self._earlier)

    def write_stored(self, chunk: bytes | bytearray | memoryview, form: Form, records: int) -> None:
        """Append a chunk that holds `records` whole records in this form (chunks may end anywhere as long as the sum is whole).

        Raises SystemAbend when the space is used up, StoreFull.
        """
        if form is not self.form:
            self._turn(form)
        self.records += records
        self._cover(self.size + len(chunk))
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

    def _turn(self, form: Form) -> None:
        """Go on in another form, in an object of its own: chunks may end inside a record, so only whole objects are converted."""
        if self.form is not None:
            self._earlier.append((self._content, self.form))
            self._content = self._store.content.create()
        self.form = form

    def _join(self) -> None:
        """Make one object in the form that holds any records of this format, where there are several."""
        if not self._earlier or self.form is None:
            return
        general = forms.form_of(self.dcb)
        parts = [*self._earlier, (self._content, self.form)]
        self._earlier, self._content, self.form = parts, self._store.content.create(), general
        for part, form in parts:
            with part.written() as reader:
                for chunk in forms.convert(reader.chunks(), form, general, self.dcb):
                    self._content.write(chunk)
        self._drop_earlier()

    def _drop_earlier(self) -> None:
        for part, _ in self._earlier:
            part.discard()
        self._earlier.clear()

    def cut(self, records: int) -> None:
        """Forget what was written behind the first `records` records: a commit then keeps what came up to a checkpoint."""
        self._join()
        if self.form is None or records >= self.records:
            return
        whole, self._content = self._content, self._store.content.create()
        with whole.written() as reader:
            for chunk in head(reader.chunks(), self.form, self.dcb, records):
                self._content.write(chunk)
        whole.discard()
        self.records = records

    def begin_with(self, content: ContentReader, form: Form, records: int) -> None:
        """Note the present content, which MOD writes behind; `begin` copies it."""
        self._prior = content, form, records

    def begin(self) -> None:
        """Copy what is written behind; not in the transaction of OPEN, for which others would wait. A failure discards."""
        if self._prior is None:
            return
        content, form, records = self._prior
        self._prior = None
        try:
            with content:
                if content.size:
                    self._content.write_from(content)
                    self.form, self.records = form, records
        except BaseException:
            self.discard()
            raise

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
            self._join()
            self._cover(self.size)
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
        self._drop_earlier()
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
