"""MODE C: strings of bytes, repeated bytes and fillers.

    0nnnnnnn data      n bytes follow, 1..127
    10nnnnnn byte      the byte n times, 0..63
    11nnnnnn           n fillers, 0..63: X'40' for EBCDIC, X'20' for ASCII, X'00' for image
    00 descriptor      as in block mode; applies to the string that follows (X'40' end of file, with no string)
    00 10 string       restart marker: the string holds its text

Source: [RFC959 3.4.3]; zos-ftp-server.md 5.5. Runs of three or more are compressed [assumed].
Rules: X'80' stands before the last string of a record; a record without data is X'00 80 C0'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mvsfs.errors import BadRecordData
from mvsfs.kernel import active
from mvsfs.kernel.calls import Output
from zftpd.transfer.assembly import Assembly, EndMissing, OnMarker
from zftpd.transfer.blockmode import EOF, EOR, ERRORS, MARKER

END = bytes((0, EOF))
_RUN = re.compile(rb"([\x00-\xff])\1{2,}")
_ESCAPE_EOR = bytes((0, EOR))


def marker(text: bytes) -> bytes:
    """Return a restart marker of at most 127 bytes."""
    return bytes((0, MARKER, len(text))) + text


def encode_records(records: list[bytes], filler: int) -> bytes:
    """Return the strings of these records."""
    kernel = active()
    made = kernel.compress(records, filler) if kernel is not None else None
    return reference_records(records, filler) if made is None else made


def reference_records(records: list[bytes], filler: int) -> bytes:
    """The same without the compiled kernel."""
    return b"".join([_record(record, filler) for record in records])


def _record(record: bytes, filler: int) -> bytes:
    strings: list[bytes] = []
    at = 0
    for run in _RUN.finditer(record):
        _literals(record, at, run.start(), strings)
        _repeats(run[1], run.end() - run.start(), filler, strings)
        at = run.end()
    _literals(record, at, len(record), strings)
    last = strings.pop() if strings else b"\xc0"
    return b"".join(strings) + _ESCAPE_EOR + last


def _literals(record: bytes, start: int, end: int, strings: list[bytes]) -> None:
    for at in range(start, end, 127):
        piece = record[at : min(at + 127, end)]
        strings.append(bytes((len(piece),)) + piece)


def _repeats(byte: bytes, length: int, filler: int, strings: list[bytes]) -> None:
    for at in range(0, length, 63):
        size = min(63, length - at)
        strings.append(bytes((0xC0 | size,)) if byte[0] == filler else bytes((0x80 | size,)) + byte)


class Decoder:
    """Reads MODE C; keeps what a chunk cuts."""

    def __init__(self, filler: int, assembly: Assembly, on_marker: OnMarker) -> None:
        self.filler = bytes((filler,))
        self.assembly = assembly
        self.on_marker = on_marker
        self._descriptor = 0
        self._kernel = active()
        self._out = Output()

    def decode(self, chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
        """Yield a list of records (or of pieces, see Assembly) for each chunk. Raises BadRecordData as in block mode."""
        rest, offset = b"", 0
        for chunk in chunks:
            data = rest + chunk if rest else chunk
            at = self._strings(data, offset)
            rest = data[at:]
            offset += at
            yield self.assembly.take()
        if rest or not self.assembly.ended:
            raise EndMissing("no end of file", offset)

    def _strings(self, data: bytes, offset: int) -> int:
        """Act on the whole strings of `data`; return where the first incomplete one begins."""
        at, end = 0, len(data)
        while at < end:
            passed = self._expand(data, at)
            if passed > at:
                at = passed
                continue
            head = data[at]
            size = 2 if head == 0 or head & 0xC0 == 0x80 else 1 if head & 0x80 else 1 + head
            if at + size > end:
                break
            if self.assembly.ended:
                raise BadRecordData("data after end of file", offset + at)
            if head == 0:
                self._escape(data[at + 1], offset + at)
            elif head < 0x80:
                self._string(data[at + 1 : at + size])
            else:
                self._string((data[at + 1 : at + 2] if size == 2 else self.filler) * (head & 0x3F))
            at += size
        return at

    def _expand(self, data: bytes, at: int) -> int:
        """Act on ordinary strings by the compiled kernel; return where the first begins that it leaves to us."""
        if self._kernel is None or self.assembly.ended or self._descriptor & ~EOR:
            return at
        answer = self._kernel.expand(data, at, self.filler[0], bool(self._descriptor), self._out)
        if answer is None:
            return at
        made, waits, ends = answer
        self._descriptor = EOR if waits else 0
        start = 0
        for stop in ends:
            if stop > start:
                self.assembly.data(made.data[start:stop])
            self.assembly.end_record()
            start = stop
        if start < len(made.data):
            self.assembly.data(made.data[start:])
        return made.used

    def _escape(self, descriptor: int, offset: int) -> None:
        if descriptor & ~(EOR | EOF | ERRORS | MARKER):
            raise BadRecordData("unknown descriptor", offset)
        if self._descriptor & EOR:
            # No string came between two escapes: the record had no more data.
            self.assembly.end_record()
            self._descriptor = 0
        self._descriptor |= descriptor
        if descriptor & EOF and not descriptor & EOR:
            self.assembly.end_file()

    def _string(self, text: bytes) -> None:
        descriptor, self._descriptor = self._descriptor, 0
        if descriptor & MARKER:
            self.on_marker(text, self.assembly.records)
            return
        if text:
            self.assembly.data(text)
        if descriptor & EOR:
            self.assembly.end_record()
        if descriptor & EOF:
            self.assembly.end_file()
