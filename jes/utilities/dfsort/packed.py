"""Batches of records back to back as they are stored, which nobody takes apart until somebody looks at a record.

    lrecl 80, skip 0    records of 80 bytes
    lrecl 0,  skip 0    V records: the length word that is stored in front of each is its RDW, and belongs to it
    lrecl 0,  skip 4    records of any lengths, each behind a length word that does not belong to it

Rules: a batch is a sequence of records like a list of them; sorting, merging and writing take its bytes as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from mvsfs.dcb import Dcb
from mvsfs.records import forms
from mvsfs.records.forms import Form

RDW = 4
#: Records behind length words, whatever they are.
_ANY = Dcb.of("VB", 32756)

Batch = Sequence[bytes]


class Layout(NamedTuple):
    """How records lie; see the head of this file."""

    lrecl: int = 0
    skip: int = 0

    @property
    def form(self) -> Form:
        """The stored form."""
        return Form.FIXED if self.lrecl else Form.RDW

    def packed(self, records: Batch) -> bytes:
        """Return records back to back."""
        if self.lrecl:
            return b"".join(records)
        return forms.pack([record[RDW:] for record in records] if not self.skip else list(records), Form.RDW, _ANY)

    def records(self, data: bytes) -> list[bytes]:
        """Return whole records one by one."""
        if self.lrecl:
            return [data[at : at + self.lrecl] for at in range(0, len(data), self.lrecl)]
        found = [record for batch in forms.batches([data], Form.RDW, _ANY) for record in batch]
        return found if self.skip else [forms.rdw(len(record)) + record for record in found]


VARIABLE = Layout()
#: What any list of records can become.
ANY = Layout(skip=RDW)


@dataclass(slots=True)
class Packed(Sequence[bytes]):
    """`total` whole records, none of which has more bytes of data than `longest`, or less than `shortest`."""

    data: bytes
    total: int
    layout: Layout
    longest: int
    shortest: int = 0
    _records: list[bytes] | None = None

    def _list(self) -> list[bytes]:
        if self._records is None:
            self._records = self.layout.records(self.data)
        return self._records

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._list())

    @overload
    def __getitem__(self, index: int) -> bytes: ...

    @overload
    def __getitem__(self, index: slice) -> Batch: ...

    def __getitem__(self, index: int | slice) -> bytes | Batch:
        if isinstance(index, int):
            return self._list()[index]
        records = self._list()[index]
        return Packed(self.layout.packed(records), len(records), self.layout, self.longest, self.shortest, records)
