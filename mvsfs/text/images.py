"""Bytes without line ends (TYPE I, L 8) into stored form and back.

Source: zos-ftp-server.md 5.2, 5.3, SITE RDW in 4.3.
Rules: F is cut every LRECL and the last record filled with X'00'; V and U are cut at the longest record; with RDW each record of
a V data set brings its length word, and segments (SEG 01 03 02) are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mvsfs.dcb import MAX_BLKSIZE, Dcb, Recfm
from mvsfs.errors import BadRecordData, RecordTooLong
from mvsfs.kernel import active
from mvsfs.kernel.calls import Output
from mvsfs.records.forms import NL, Form, aligned, batches, pack
from mvsfs.records.spanned import block
from mvsfs.records.variable import WORD
from mvsfs.text import compiled
from mvsfs.text.fit import Fit
from mvsfs.text.storing import Stored

#: The most data that an RDW can describe.
MAX_DATA = 0xFFFF - WORD


def store_image(chunks: Iterable[bytes], fit: Fit, *, rdw: bool = False) -> Iterator[Stored]:
    """Yield stored records of an unstructured byte stream. Raises RecordTooLong, BadRecordData (RDW only)."""
    recfm = fit.dcb.recfm
    if recfm is not None and recfm.is_fixed:
        return _store_fixed(chunks, fit)
    if rdw and recfm is not None and recfm.is_variable:
        return _store_rdw(chunks, fit)
    return _store_cut(chunks, fit)


def _store_fixed(chunks: Iterable[bytes], fit: Fit) -> Iterator[Stored]:
    lrecl = fit.dcb.lrecl
    if lrecl <= 0:
        raise BadRecordData("LRECL is zero")
    for chunk in aligned(chunks, lrecl):
        if short := len(chunk) % lrecl:
            chunk += bytes(lrecl - short)
        number = len(chunk) // lrecl
        fit.records += number
        yield Stored(chunk, Form.FIXED, number)


def _store_cut(chunks: Iterable[bytes], fit: Fit) -> Iterator[Stored]:
    size = min(fit.limit, MAX_BLKSIZE - 4) if fit.dcb.recfm is None or fit.dcb.recfm.is_variable else fit.limit
    if size <= 0:
        raise BadRecordData("LRECL leaves no room for data")
    kernel, out = active(), Output()
    for chunk in aligned(chunks, size):
        made = kernel.cut_image(chunk, size, out) if kernel is not None else None
        if made is not None:
            fit.records += made.records
            yield Stored(made.data, Form.RDW, made.records)
            continue
        records = [chunk[at : at + size] for at in range(0, len(chunk), size)]
        fit.records += len(records)
        yield Stored(pack(records, Form.RDW, fit.dcb), Form.RDW, len(records))


def _store_rdw(chunks: Iterable[bytes], fit: Fit) -> Iterator[Stored]:
    for batch in rdw_records(chunks):
        records = fit.lines(batch)
        yield Stored(pack(records, Form.RDW, fit.dcb), Form.RDW, len(records))


def rdw_records(chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield lists of logical records from bytes in which each record or segment begins with its RDW (LL SEG 00).

    Raises BadRecordData for an impossible length, a segment out of order, or an end inside a record.
    """
    rest, offset = b"", 0
    segments: list[bytes] = []
    for chunk in chunks:
        data = rest + chunk if rest else chunk
        at, end = 0, len(data)
        records: list[bytes] = []
        while at + 4 <= end:
            length, segment = data[at] << 8 | data[at + 1], data[at + 2]
            if length < 4 or segment > 3:
                raise BadRecordData("impossible RDW", offset + at)
            if at + length > end:
                break
            _add(records, segments, segment, data[at + 4 : at + length], offset + at)
            at += length
        rest = data[at:]
        offset += at
        if records:
            yield records
    if rest or segments:
        raise BadRecordData("content ends inside a record", offset)


def _add(records: list[bytes], segments: list[bytes], segment: int, data: bytes, offset: int) -> None:
    """Add a complete record, or a segment: 0 complete, 1 first, 3 middle, 2 last."""
    if (segment in (2, 3)) != bool(segments):
        raise BadRecordData("segment out of order", offset)
    if segment == 0:
        records.append(data)
        return
    segments.append(data)
    if segment == 2:
        records.append(b"".join(segments))
        segments.clear()


def send_image(chunks: Iterable[bytes], form: Form, fit: Fit, *, rdw: bool = False) -> Iterator[bytes]:
    """Yield the records' bytes without separators; with `rdw` each record of a V format behind its length word.

    Raises RecordTooLong for a record that no RDW can describe, BadRecordData for damaged content.
    """
    recfm = fit.dcb.recfm
    with_rdw = rdw and recfm is not None and recfm.is_variable
    if form is Form.FIXED and not with_rdw:
        yield from chunks
    elif form is Form.LINES and not with_rdw and not (recfm is not None and recfm.is_fixed):
        for chunk in chunks:
            yield chunk.translate(None, NL)
    elif not with_rdw and (kernel := active()) is not None:

        def reference(rest: Iterable[bytes]) -> Iterator[bytes]:
            return _data_of(rest, form, fit, with_rdw=False)

        if form is Form.RDW:
            yield from compiled.send_rdw(kernel, chunks, None, b"", reference)
        else:
            yield from compiled.send_lines(kernel, chunks, None, b"", fit.dcb.lrecl, reference)
    else:
        yield from _data_of(chunks, form, fit, with_rdw=with_rdw)


def _data_of(chunks: Iterable[bytes], form: Form, fit: Fit, *, with_rdw: bool) -> Iterator[bytes]:
    for batch in batches(chunks, form, fit.dcb):
        yield b"".join(with_length_words(batch, fit) if with_rdw else batch)


def with_length_words(records: list[bytes], fit: Fit) -> list[bytes]:
    """Return the records with an RDW in front of each; a record that no RDW can describe goes in segments, as it lies in blocks.

    Raises RecordTooLong where the format does not span.
    """
    return [with_length_word(record, fit.dcb) for record in records]


def with_length_word(record: bytes, dcb: Dcb) -> bytes:
    """Return one record as `with_length_words` does."""
    if len(record) <= MAX_DATA:
        return (len(record) + 4).to_bytes(2, "big") + b"\0\0" + record
    if dcb.recfm is None or not dcb.recfm.may_span:
        raise RecordTooLong("", 0, len(record), dcb.lrecl)
    return b"".join(data[WORD:] for data in block([record], replace(dcb, recfm=Recfm("V", spanned=True))))
