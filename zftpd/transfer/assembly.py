"""Puts data pieces and end marks of MODE B, MODE C and STRU R together into records.

Rules: when no end of record has come within the first 128 KiB, or none at all, the sender does not mark records (STRU F in
block mode may do so): then `is_structured` is False and the pieces are an ordinary byte stream. This is settled before the
first list is handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mvsfs.errors import BadRecordData
from mvsfs.records.forms import NL

#: How much unmarked data settles that records are not marked.
UNDECIDED = 1 << 17


class EndMissing(BadRecordData):
    """The data end before their end of file: the sender broke off."""


class Assembly:
    """Collects pieces; `take` hands out what is complete: records, or pieces when the data are not structured."""

    def __init__(self) -> None:
        self.is_structured: bool | None = None
        self.ended = False
        self.records = 0
        self.bytes = 0
        self._parts: list[bytes] = []
        self._size = 0
        self._ready: list[bytes] = []

    @property
    def is_between(self) -> bool:
        """Tell whether no record is begun: only there a restart can go on."""
        return not self._parts

    def data(self, piece: bytes) -> None:
        """Add bytes to the record that is being collected."""
        self._parts.append(piece)
        self._size += len(piece)
        self.bytes += len(piece)
        if self.is_structured is None and self._size > UNDECIDED:
            self.is_structured = False

    def end_record(self) -> None:
        """End the record."""
        if self.is_structured is None:
            self.is_structured = True
        if self.is_structured:
            self._ready.append(b"".join(self._parts) if len(self._parts) != 1 else self._parts[0])
            self.records += 1
            self._parts.clear()
            self._size = 0

    def end_file(self) -> None:
        """End the file: a record begun and not ended counts."""
        self.ended = True
        if self.is_structured is None:
            self.is_structured = False
        if self.is_structured and self._size:
            self.end_record()

    def take(self) -> list[bytes]:
        """Return what is complete and has not been handed out."""
        if self.is_structured is False:
            self._ready, self._parts, self._size = self._ready + self._parts, [], 0
        ready, self._ready = self._ready, []
        return ready


class LineAssembly(Assembly):
    """Hands pieces out as they come, with X'15' for each end of record: the bytes of a z/OS UNIX file, `bytes` so far.

    A file without any end of record is its pieces; so whether records are marked need not be known before the end.
    """

    def __init__(self) -> None:
        super().__init__()
        self._begun = False

    def data(self, piece: bytes) -> None:
        """Add bytes."""
        self._ready.append(piece)
        self.bytes += len(piece)
        self._begun = True

    def end_record(self) -> None:
        """End the line."""
        self._ready.append(NL)
        self.bytes += len(NL)
        self.records += 1
        self._begun = False

    def end_file(self) -> None:
        """End the file: where records are marked, one begun and not ended counts."""
        self.ended = True
        if self.records and self._begun:
            self.end_record()


def settled(batches: Iterator[list[bytes]], assembly: Assembly) -> list[bytes]:
    """Return the first list that comes once it is settled whether records are marked; those before it are empty."""
    return next((batch for batch in batches if assembly.is_structured is not None), [])


#: Told of a restart marker: its text as sent, and how many records came before it.
OnMarker = Callable[[bytes, int], None]
