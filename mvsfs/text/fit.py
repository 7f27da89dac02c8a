"""Lines into records: what happens to a line that is longer than the record may be.

Source: zos-ftp-server.md 4.3 TRUNCATE, WRAPRECORD and 5.3.
Rules: wrapping goes before truncation, truncation before refusal. Counts are of records, from 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mvsfs.dcb import Dcb
from mvsfs.errors import RecordTooLong

#: Longer than any LRECL but X: what a line without end may occupy while its end is awaited.
BOUND = 1 << 17


def cut_bytes(record: bytes, limit: int) -> tuple[bytes, bytes]:
    """Return the first `limit` bytes and the rest."""
    return record[:limit], record[limit:]


@dataclass
class Fit:
    """The rule for long lines and the tally of what it did: `records` made, `truncated` cut short.

    `cut` parts a long record in two; that of mixed records keeps double-byte characters whole.
    """

    dcb: Dcb
    truncate: bool = True
    wrap: bool = False
    cut: Callable[[bytes, int], tuple[bytes, bytes]] = cut_bytes
    records: int = 0
    truncated: int = 0

    @property
    def limit(self) -> int:
        """The most data bytes that a record of this format holds."""
        return self.dcb.data_length

    def lines(self, lines: list[bytes]) -> list[bytes]:
        """Return records of at most `limit` bytes for lines of any length, and count them.

        Raises RecordTooLong for a long line when it may be neither wrapped nor truncated.
        """
        limit = self.limit
        if lines and max(map(len, lines)) > limit:
            if self.wrap and limit > 0:
                lines = [piece for line in lines for piece in self._wrapped(line)]
            elif self.truncate:
                self.truncated += sum(len(line) > limit for line in lines)
                lines = [self.cut(line, limit)[0] for line in lines]
            else:
                at, line = next((at, line) for at, line in enumerate(lines, 1) if len(line) > limit)
                raise RecordTooLong("", self.records + at, len(line), self.dcb.lrecl)
        self.records += len(lines)
        return lines

    def _wrapped(self, line: bytes) -> list[bytes]:
        pieces: list[bytes] = []
        while len(line) > self.limit:
            piece, line = self.cut(line, self.limit)
            pieces.append(piece)
        return [*pieces, line]

    def unfinished(self, line: bytes) -> tuple[list[bytes], bytes]:
        """Return records that a line without end so far already makes, and what is to be kept of it.

        Raises RecordTooLong as lines does. Keeps memory flat for input without line ends.
        """
        limit = self.limit
        if len(line) <= max(limit + 2, BOUND):
            return [], line
        if self.wrap and limit > 0:
            # One byte at least is kept: a line of exactly n records must not end in an empty one.
            cut = (len(line) - 2) // limit * limit
            return self.lines([line[:cut]]), line[cut:]
        if self.truncate:
            return [], line[: limit + 1] + line[-1:]
        raise RecordTooLong("", self.records + 1, len(line), self.dcb.lrecl)
