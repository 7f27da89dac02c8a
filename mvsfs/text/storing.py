"""Network text into stored form: lines or framed records come in, whole stored records come out.

    TYPE A   ... CR LF ... CR LF        translate, pad or terminate by X'15'
    TYPE E   ... 15 ... 15              the same without translation

Source: zos-ftp-server.md 5.1, 5.3.
Rules: only the full line end separates; a lone CR or LF is data. The last line counts without its end. A line holding X'15'
(a lone LF that was translated) cannot be kept as LINES: the form changes to RDW and stays so; Stored tells it.
Speed: the usual chunk passes through the compiled kernel in one call, or through splitlines and translate without a Python loop.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from mvsfs.codepages import OneWay
from mvsfs.errors import BadRecordData
from mvsfs.kernel import active
from mvsfs.kernel.calls import Output
from mvsfs.records.forms import NL, Form, form_of, pack, padded
from mvsfs.text.fit import Fit, cut_bytes

BLANK = b"\x40"
CR, LF = b"\r", b"\n"
CRLF = CR + LF
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


class TextStore:
    """Stores text lines: LINES as long as no record holds X'15', then the form that holds anything (RDW, or FIXED for F)."""

    def __init__(self, code: OneWay | None, fit: Fit) -> None:
        recfm = fit.dcb.recfm
        if recfm is not None and recfm.is_fixed and fit.dcb.lrecl <= 0:
            raise BadRecordData("LRECL is zero")
        self.code = code
        self.fit = fit
        self.form = Form.LINES
        self._is_fixed = recfm is not None and recfm.is_fixed
        self._out = Output()
        # of all bytes LF alone may become X'15'
        is_plain = code is not None and code.table.find(NL) == LF[0] and code.table.count(NL) == 1
        self._kernel = active() if is_plain else None
        self._may_cut = fit.truncate and not fit.wrap and fit.cut is cut_bytes

    def text(self, chunks: Iterable[bytes], end: bytes) -> Iterator[Stored]:
        """Yield stored records of lines that are separated by `end`. Raises RecordTooLong, Untranslatable."""
        rest: list[bytes] = []
        size = 0
        for chunk in chunks:
            start = 0
            if size:  # first to the end of the line that was begun
                start = chunk.find(end) + len(end)
                if start < len(end):
                    start = len(chunk)
                rest.append(chunk[:start])
                size += start
                if end[-1:] in rest[-1]:  # the line end itself may have been cut
                    begun = b"".join(rest)
                    cut = begun.rfind(end) + len(end)
                    if cut >= len(end):
                        yield self._whole_lines(begun, 0, cut, end)
                        begun = begun[cut:]
                    rest, size = [begun], len(begun)
            stop = chunk.rfind(end, start) + len(end)
            if stop >= start + len(end):
                yield self._whole_lines(chunk, start, stop, end)
                rest, size, start = [], 0, stop
            if start < len(chunk):
                rest.append(chunk[start:])
                size += len(chunk) - start
            if size > self.fit.limit + 2:
                records, left = self.fit.unfinished(b"".join(rest))
                if records:
                    yield self._stored(records)
                rest, size = [left], len(left)
        if size:
            yield self._stored(self.fit.lines([b"".join(rest)]))

    def records(self, batches: Iterable[list[bytes]]) -> Iterator[Stored]:
        """Yield stored records of framed records, an empty piece for an empty list. Raises RecordTooLong, Untranslatable."""
        for batch in batches:
            yield self._stored(self.fit.lines(batch)) if batch else Stored(b"", self.form, 0)

    def _whole_lines(self, data: bytes, start: int, stop: int, end: bytes) -> Stored:
        """Store data[start:stop], which consists of whole lines."""
        stored = self._compiled(data, start, stop) if end == CRLF and self.form is Form.LINES else None
        if stored is not None:
            return stored
        body = data[start:stop]
        if self.form is Form.LINES:
            stored = self._crlf_lines(body) if end == CRLF else self._nl_lines(body)
            if stored is not None:
                self.fit.records += stored.records
                return stored
        batch = body.split(end)
        batch.pop()
        return self._stored(self.fit.lines(batch))

    def _compiled(self, data: bytes, start: int, stop: int) -> Stored | None:
        """Return what the compiled kernel makes of whole lines, or None where it is not there or leaves them to us."""
        kernel, code, fit = self._kernel, self.code, self.fit
        if kernel is None or code is None:
            return None
        made = kernel.store_lines(data, start, stop, code, fit.limit, self._out, strip=self._is_fixed, cut=self._may_cut)
        if made is None:
            return None
        fit.records += made.records
        fit.truncated += made.truncated
        return Stored(made.data, Form.LINES, made.records)

    def _crlf_lines(self, body: bytes) -> Stored | None:
        """Return the stored lines, or None where a lone CR or LF or a long line asks for more.

        splitlines() also splits at a lone CR or LF: when it finds as many lines as there are CRs, and as there are LFs, then
        every CR has its LF. That costs less than to count the pairs, and the lines serve the check of their lengths.
        """
        code = self.code
        if code is None:
            return None
        code.check(body)
        lines = body.splitlines()
        number = len(lines)
        if max(map(len, lines)) > self.fit.limit:
            return None
        stored = body.translate(code.table, CR)
        # X'15' in the result comes from LF alone, unless a substitute is X'15': then the counts differ.
        if len(body) - len(stored) != number or stored.count(NL) != number:
            return None
        if self._is_fixed:
            blank = code.blank
            if blank is None:
                return None
            if blank + CRLF in body:
                stripped = map(bytes.rstrip, lines, repeat(blank))
                stored = (LF.join(stripped) + LF).translate(code.table)
        return Stored(stored, Form.LINES, number)

    def _nl_lines(self, body: bytes) -> Stored | None:
        """Return lines of TYPE E, which are the stored form already, or None as above."""
        if self._is_fixed and (body.startswith(BLANK + NL) or BLANK + NL in body):
            return None
        lines = body.split(NL)
        return Stored(body, Form.LINES, len(lines) - 1) if max(map(len, lines)) <= self.fit.limit else None

    def _stored(self, records: list[bytes]) -> Stored:
        """Store records that fit, in the form of the moment."""
        dcb, code = self.fit.dcb, self.code
        if code:
            if code.lost:
                for record in records:
                    code.check(record)
            records = list(map(bytes.translate, records, repeat(code.table)))
        if self.form is Form.LINES:
            try:
                return Stored(pack(records, Form.LINES, dcb), Form.LINES, len(records))
            except BadRecordData:
                self.form = form_of(dcb)
        return Stored(pack(list(padded(records, dcb)), self.form, dcb), self.form, len(records))


def store_fixed_records(batches: Iterable[list[bytes]], code: OneWay | None, fit: Fit, pad: bytes = BLANK) -> Iterator[Stored]:
    """Yield records of LRECL bytes, filled with `pad`, for framed records, as TextStore.records."""
    packer = FixedPacker(fit.dcb.lrecl, code, pad)
    for batch in batches:
        records = fit.lines(batch)
        yield Stored(packer.pack(records) if records else b"", Form.FIXED, len(records))
