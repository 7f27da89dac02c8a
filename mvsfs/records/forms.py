"""Stored forms: how the records of one content object lie in the store, and how to pass between forms.

    LINES   each record followed by X'15'; those of F formats     text, while no record holds X'15'
            without their trailing blanks
    FIXED   records of LRECL bytes back to back                    F, FB, FBS otherwise
    RDW     each record preceded by a 4-byte length of itself      V and U formats otherwise

    RDW   +0 LL  length of record and these 4 bytes    +2 00 00       while LL < 32768
          +0 80000000 + length, as one fullword                       longer (LRECL=X)

Why LINES: text passes to and from the network by translate and replace alone, without a loop over records.
Rules: a content object has one form. Chunks may end anywhere; every function here carries what is cut. A record is data
only: no RDW, no separator. Raises BadRecordData for bytes that are not the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import chain, islice, repeat

from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, RecordTooLong

#: Bytes handed on at a time.
CHUNK = 65536
NL = b"\x15"
_LONG = 0x8000
_BATCH = 1024

#: The RDW of every record whose total length is below 32768: looking one up beats packing it.
_HEADS = [(length + 4).to_bytes(2, "big") + b"\0\0" for length in range(_LONG - 4)]


class Form(Enum):
    """The stored forms; the value is what the catalog keeps."""

    FIXED = "FIXED"
    LINES = "LINES"
    RDW = "RDW"


def form_of(dcb: Dcb) -> Form:
    """Return the form that fits any records of this format: FIXED for F, RDW for the others."""
    return Form.FIXED if _is_fixed(dcb) else Form.RDW


def _is_fixed(dcb: Dcb) -> bool:
    return dcb.recfm is not None and dcb.recfm.is_fixed


def rdw(length: int) -> bytes:
    """Return the length word in front of a stored record of `length` data bytes."""
    return _HEADS[length] if length < _LONG - 4 else (length + 4 | 1 << 31).to_bytes(4, "big")


def split(chunks: Iterable[bytes], form: Form, dcb: Dcb) -> Iterator[bytes]:
    """Yield the records of stored chunks.

    Raises BadRecordData when the content ends inside a record or a length word is impossible.
    """
    return chain.from_iterable(batches(chunks, form, dcb))


def batches(chunks: Iterable[bytes], form: Form, dcb: Dcb) -> Iterator[list[bytes]]:
    """Yield lists of whole records, one list for each chunk that completes any. Raises as split."""
    if form is Form.FIXED:
        return _fixed_batches(chunks, dcb.lrecl)
    if form is Form.RDW:
        return _rdw_batches(chunks)
    found = _line_batches(chunks)
    return (list(padded(batch, dcb)) for batch in found) if _is_fixed(dcb) else found


def join(records: Iterable[bytes], form: Form, dcb: Dcb) -> Iterator[bytes]:
    """Yield stored chunks that hold the records.

    Raises RecordTooLong for a record beyond the Dcb's data length, BadRecordData for a short one in FIXED or for X'15' in LINES.
    """
    limit, number = dcb.data_length, 0
    source = iter(records)
    while batch := list(islice(source, _BATCH)):
        if max(map(len, batch)) > limit:
            at, record = next((at, record) for at, record in enumerate(batch, 1) if len(record) > limit)
            raise RecordTooLong("", number + at, len(record), dcb.lrecl)
        number += len(batch)
        yield pack(batch, form, dcb)


def pack(records: list[bytes], form: Form, dcb: Dcb) -> bytes:
    """Return one stored chunk of these records, whose lengths the caller has checked against LRECL.

    Raises BadRecordData as join does.
    """
    if form is Form.RDW:
        return _pack_rdw(records)
    if form is Form.FIXED:
        if set(map(len, records)) - {dcb.lrecl}:
            raise BadRecordData("record length differs from LRECL")
        return b"".join(records)
    if not records:
        return b""
    if _is_fixed(dcb):
        records = list(map(bytes.rstrip, records, repeat(b"\x40")))
    stored = NL.join(records) + NL
    if stored.count(NL) != len(records):
        raise BadRecordData("record holds the line separator")
    return stored


def convert(chunks: Iterable[bytes], from_form: Form, to_form: Form, dcb: Dcb) -> Iterator[bytes]:
    """Yield the same records in another form. Raises as split and join do."""
    if from_form is to_form:
        yield from chunks
        return
    for batch in batches(chunks, from_form, dcb):
        yield pack(batch, to_form, dcb)


def count(chunks: Iterable[bytes], form: Form, dcb: Dcb) -> int:
    """Return the number of records. Raises BadRecordData as split."""
    if form is Form.LINES:
        return sum(chunk.count(NL) for chunk in chunks)
    if form is Form.FIXED:
        size = sum(map(len, chunks))
        return size // dcb.lrecl if dcb.lrecl else 0
    return sum(map(len, _rdw_batches(chunks)))


def aligned(chunks: Iterable[bytes], length: int) -> Iterator[bytes]:
    """Yield the same bytes in chunks whose size is a multiple of `length`; only the last may not be."""
    rest = b""
    for chunk in chunks:
        if rest:
            chunk = rest + chunk
        cut = len(chunk) - len(chunk) % length
        if cut:
            yield chunk if cut == len(chunk) else chunk[:cut]
        rest = chunk[cut:]
    if rest:
        yield rest


def _pack_rdw(records: list[bytes]) -> bytes:
    lengths = list(map(len, records))
    parts: list[bytes] = [b""] * (2 * len(records))
    small = not lengths or max(lengths) < _LONG - 4
    head: Callable[[int], bytes] = _HEADS.__getitem__ if small else rdw
    parts[0::2] = map(head, lengths)
    parts[1::2] = records
    return b"".join(parts)


def _fixed_batches(chunks: Iterable[bytes], lrecl: int) -> Iterator[list[bytes]]:
    if lrecl <= 0:
        if any(chunks):
            raise BadRecordData("LRECL is zero")
        return
    offset = 0
    for chunk in aligned(chunks, lrecl):
        if len(chunk) % lrecl:
            raise BadRecordData("content ends inside a record", offset + len(chunk))
        offset += len(chunk)
        yield [chunk[at : at + lrecl] for at in range(0, len(chunk), lrecl)]


def _line_batches(chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = b""
    for chunk in chunks:
        lines = (rest + chunk).split(NL)
        rest = lines.pop()
        if lines:
            yield lines
    if rest:
        raise BadRecordData("last line has no separator")


def _rdw_batches(chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest, offset = b"", 0
    for chunk in chunks:
        data = rest + chunk if rest else chunk
        records, at = _unpack_rdw(data, offset)
        rest = data[at:]
        offset += at
        if records:
            yield records
    if rest:
        raise BadRecordData("content ends inside a record", offset)


def _unpack_rdw(data: bytes, offset: int) -> tuple[list[bytes], int]:
    """Return the whole records of `data` and where the first incomplete one begins."""
    records: list[bytes] = []
    at, end = 0, len(data)
    while at + 4 <= end:
        length = data[at] << 8 | data[at + 1]
        if length >= _LONG:
            length = int.from_bytes(data[at : at + 4], "big") & 0x7FFFFFFF
        if length < 4:
            raise BadRecordData("length word below 4", offset + at)
        if at + length > end:
            break
        records.append(data[at + 4 : at + length])
        at += length
    return records, at


def padded(records: Iterable[bytes], dcb: Dcb, pad: bytes = b"\x40") -> Iterator[bytes]:
    """Yield records filled up to LRECL where the format is fixed; the others unchanged."""
    if not _is_fixed(dcb):
        return iter(records)
    return map(bytes.ljust, records, repeat(dcb.lrecl), repeat(pad))
