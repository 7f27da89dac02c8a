"""Spool data sets: writing records to the spool and reading them back.

Rules: a spool data set is one content object in RDW form. It becomes visible when its row is inserted, which happens at
the end of a step or of the job; a process that dies leaves nothing of it. BYTE-COUNT counts data without trailing blanks
[jes-and-jcl 3.11 A: the counts of JESJCL are far below its 91-column records; rule assumed].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from jes.hosttext import to_host
from mvsfs.dcb import Dcb
from mvsfs.records.forms import Form, pack, split
from mvsfs.storage.content import ContentStore, ContentWriter

_BATCH = 512
_BLANK = b"\x40"
_RDW_BYTES = 4
#: What spool records are read back with: lengths are in the RDWs.
ANY_DCB = Dcb(None, 32760, 32760)


@dataclass(frozen=True, slots=True)
class SpoolPlace:
    """What a spool data set is, apart from its records."""

    key: int
    ddname: str
    stepname: str = "JES2"
    procstep: str = ""
    sysout_class: str = "A"
    qualifier: str = "?"
    held: bool = True
    destination: str = "LOCAL"
    writer: str = ""
    form: str = ""


@dataclass(slots=True)
class OutputBudget:
    """How much output a job may write: LINES= and BYTES= of its JOB statement or /*JOBPARM, 0 for no limit."""

    lines: int = 0
    bytes: int = 0
    cancels: bool = False  # CANCEL or DUMP; else the job is only warned about
    written_lines: int = 0
    written_bytes: int = 0

    def exceeded(self) -> str:
        """Return LINES or BYTES when there is too much of it, else nothing."""
        if self.lines and self.written_lines > self.lines:
            return "LINES"
        return "BYTES" if self.bytes and self.written_bytes > self.bytes else ""


class SpoolWriter:
    """One spool data set being written."""

    def __init__(
        self, place: SpoolPlace, dcb: Dcb, content: ContentStore, *, limit: int = 0, budget: OutputBudget | None = None
    ) -> None:
        """Begin; `limit` is OUTLIM, 0 for none. `budget` is what the whole job may write."""
        self.place = place
        self._budget = budget
        self.dcb = dcb
        self.records = 0
        self.bytes = 0
        self.limit = limit
        self._content: ContentWriter = content.create()
        self._batch: list[bytes] = []

    @property
    def is_full(self) -> bool:
        """Tell whether more was written than OUTLIM allows."""
        return self.limit > 0 and self.records + len(self._batch) > self.limit

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written."""
        return not self.records and not self._batch

    def put(self, record: bytes) -> None:
        """Write one record."""
        self._batch.append(record)
        if len(self._batch) >= _BATCH:
            self._flush()

    def put_many(self, records: Iterable[bytes]) -> int:
        """Write many records and return how many."""
        count, source = 0, iter(records)
        while batch := list(islice(source, _BATCH)):
            self._batch.extend(batch)
            self._flush()
            count += len(batch)
        return count

    def put_lines(self, lines: Iterable[str]) -> None:
        """Write lines of text."""
        self.put_many(map(to_host, lines))

    def _flush(self) -> None:
        batch = self._batch
        size = sum(len(record.rstrip(_BLANK)) for record in batch)
        self.records += len(batch)
        self.bytes += size
        if self._budget is not None:
            self._budget.written_lines += len(batch)
            self._budget.written_bytes += size
        self._content.write(pack(batch, Form.RDW, ANY_DCB))
        self._batch = []

    def finish(self) -> ContentWriter:
        """Return the content, complete and durable, for the transaction that inserts the row."""
        if self._batch:
            self._flush()
        self._content.finish()
        return self._content

    def replay(self) -> Iterator[bytes]:
        """Read back what was written so far (SYSOUT to the internal reader, an active job's output)."""
        if self._batch:
            self._flush()
        with self._content.written() as reader:
            yield from split(reader.chunks(), Form.RDW, ANY_DCB)

    def discard(self) -> None:
        """Leave nothing."""
        self._batch = []
        self._content.discard()


def write_input(content: ContentStore, records: list[bytes]) -> ContentWriter:
    """Return the content that holds a job's card images."""
    writer = content.create()
    for at in range(0, len(records), _BATCH):
        writer.write(pack(records[at : at + _BATCH], Form.RDW, ANY_DCB))
    writer.finish()
    return writer


def packed(records: list[bytes], limit: int) -> bytes | None:
    """Return card images as the content that `write_input` would make of them, or None when that has more than `limit` bytes."""
    if sum(map(len, records)) + _RDW_BYTES * len(records) > limit:
        return None
    return pack(records, Form.RDW, ANY_DCB)


def unpacked(content: bytes) -> Iterator[bytes]:
    """Return the card images that `packed` was given."""
    return split([content], Form.RDW, ANY_DCB)


def read_records(content: ContentStore, reference: str) -> Iterator[bytes]:
    """Yield the records of a kept content."""
    with content.open(reference) as reader:
        yield from split(reader.chunks(), Form.RDW, ANY_DCB)
