"""Network text into stored form: lines or framed records come in, whole stored records come out.

    TYPE A   ... CR LF ... CR LF        translate, pad or terminate by X'15'
    TYPE E   ... 15 ... 15              the same without translation

Source: zos-ftp-server.md 5.1, 5.3.
Rules: only the full line end separates; a lone CR or LF is data. The last line counts without its end. A line holding X'15'
(a lone LF that was translated) cannot be kept as LINES: the form changes to RDW and stays so; Stored tells it.
Speed: the usual chunk passes through split, struct.pack and translate, or through translate alone, without a Python loop.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from mvsfs.codepages import OneWay
from mvsfs.errors import BadRecordData
from mvsfs.records.forms import NL, Form, pack
from mvsfs.text.fit import Fit

BLANK = b"\x40"
CRLF = b"\r\n"
_IDENTITY = bytes(range(256))


class Stored(NamedTuple):
    """One piece of stored content: whole records in `form`. The form may change once, from LINES to RDW."""

    chunk: bytes
    form: Form
    records: int


def lines(chunks: Iterable[bytes], end: bytes, fit: Fit) -> Iterator[tuple[list[bytes], bool]]:
    """Yield lists of lines and whether the lines were already fitted (pieces of a line whose end has not come)."""
    parts: list[bytes] = []
    size, last = 0, end[-1:]
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if last in chunk:
            data = b"".join(parts) if len(parts) > 1 else chunk
            batch = data.split(end)
            rest = batch.pop()
            if batch:
                yield batch, False
            parts, size = [rest], len(rest)
        elif size > fit.limit + 2:
            records, rest = fit.unfinished(b"".join(parts))
            if records:
                yield records, True
            parts, size = [rest], len(rest)
    if size:
        yield [b"".join(parts)], False


def store_fixed_text(chunks: Iterable[bytes], end: bytes, code: OneWay | None, fit: Fit) -> Iterator[Stored]:
    """Yield records of LRECL bytes, padded with blanks. Raises RecordTooLong, Untranslatable."""
    packer = FixedPacker(fit.dcb.lrecl, code)
    for batch, fitted in lines(chunks, end, fit):
        records = batch if fitted else fit.lines(batch)
        yield Stored(packer.pack(records), Form.FIXED, len(records))


class FixedPacker:
    """Pads and translates lists of records to LRECL, none of which is longer."""

    def __init__(self, lrecl: int, code: OneWay | None, pad: bytes = BLANK) -> None:
        if lrecl <= 0:
            raise BadRecordData("LRECL is zero")
        self.lrecl = lrecl
        self.code = code
        self.pad = pad
        table = bytearray(code.table if code else _IDENTITY)
        # struct pads with X'00', and one translate then makes blanks of them: only for data without X'00'.
        table[0] = pad[0]
        self._padding_table = bytes(table)
        self._step = max(1, min(64, 65536 // lrecl))

    def pack(self, records: list[bytes]) -> bytes:
        """Return the stored chunk. Raises Untranslatable."""
        step = self._step
        parts = [records[at : at + step] for at in range(0, len(records), step)]
        packed = b"".join([_packer(self.lrecl, len(part)).pack(*part) for part in parts])
        code = self.code
        if code and code.lost:
            for record in records:
                code.check(record)
        if packed.count(0) == len(packed) - sum(map(len, records)):
            return packed.translate(self._padding_table)
        translated: Iterable[bytes] = map(bytes.translate, records, repeat(code.table)) if code else records
        return b"".join(map(bytes.ljust, translated, repeat(self.lrecl), repeat(self.pad)))


@lru_cache(maxsize=512)
def _packer(lrecl: int, records: int) -> struct.Struct:
    return struct.Struct(f"{lrecl}s" * records)


class VariableStore:
    """Stores lines and records of V and U formats: LINES as long as no record holds X'15', then RDW."""

    def __init__(self, code: OneWay | None, fit: Fit) -> None:
        self.code = code
        self.fit = fit
        self.form = Form.LINES

    def text(self, chunks: Iterable[bytes], end: bytes) -> Iterator[Stored]:
        """Yield stored records of lines that are separated by `end`. Raises RecordTooLong, Untranslatable."""
        parts: list[bytes] = []
        size, last = 0, end[-1:]
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if last in chunk:
                data = b"".join(parts) if len(parts) > 1 else chunk
                cut = data.rfind(end) + len(end)
                if cut >= len(end):
                    yield self._whole_lines(data[:cut] if cut < len(data) else data, end)
                    data = data[cut:]
                parts, size = [data], len(data)
            elif size > self.fit.limit + 2:
                records, rest = self.fit.unfinished(b"".join(parts))
                if records:
                    yield self._stored(records)
                parts, size = [rest], len(rest)
        if size:
            yield self._stored(self.fit.lines([b"".join(parts)]))

    def records(self, batches: Iterable[list[bytes]]) -> Iterator[Stored]:
        """Yield stored records of framed records. Raises RecordTooLong, Untranslatable."""
        for batch in batches:
            if batch:
                yield self._stored(self.fit.lines(batch))

    def _whole_lines(self, body: bytes, end: bytes) -> Stored:
        """Store text that consists of whole lines."""
        if self.form is Form.LINES:
            stored = self._translated_lines(body, end)
            if stored is not None:
                number = stored.count(NL)
                self.fit.records += number
                return Stored(stored, Form.LINES, number)
        batch = body.split(end)
        batch.pop()
        return self._stored(self.fit.lines(batch))

    def _translated_lines(self, body: bytes, end: bytes) -> bytes | None:
        """Return the stored lines by translation alone, or None where a lone CR or LF or a long line asks for more."""
        if self.code:
            self.code.check(body)
        if end == CRLF:
            stored = body.translate(self.code.table if self.code else None, b"\r")
            number = stored.count(NL)
            if len(body) - len(stored) != number or body.count(CRLF) != number:
                return None
        else:
            stored = body
        return stored if _is_within(stored, self.fit.limit) else None

    def _stored(self, records: list[bytes]) -> Stored:
        """Store records that fit, in the form of the moment."""
        if self.code:
            code = self.code
            if code.lost:
                for record in records:
                    code.check(record)
            records = list(map(bytes.translate, records, repeat(code.table)))
        if self.form is Form.LINES:
            try:
                return Stored(pack(records, Form.LINES, self.fit.dcb), Form.LINES, len(records))
            except BadRecordData:
                self.form = Form.RDW
        return Stored(pack(records, Form.RDW, self.fit.dcb), Form.RDW, len(records))


def _is_within(stored: bytes, limit: int) -> bool:
    """Tell whether no line is longer than `limit`: jumps from one last possible separator to the next."""
    find, at, end = stored.rfind, 0, len(stored)
    step = limit + 1
    while end - at > step:
        found = find(NL, at, at + step)
        if found < 0:
            return False
        at = found + 1
    return True


def store_fixed_records(batches: Iterable[list[bytes]], code: OneWay | None, fit: Fit, pad: bytes = BLANK) -> Iterator[Stored]:
    """Yield records of LRECL bytes, filled with `pad`, for framed records. Raises RecordTooLong, Untranslatable."""
    packer = FixedPacker(fit.dcb.lrecl, code, pad)
    for batch in batches:
        if batch:
            records = fit.lines(batch)
            yield Stored(packer.pack(records), Form.FIXED, len(records))
