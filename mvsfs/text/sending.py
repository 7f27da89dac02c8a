"""Stored form into network text: records go out as lines.

Source: zos-ftp-server.md 5.1, 5.2; SITE TRAILINGBLANKS and SBSENDEOL in 4.3.
Rules: trailing blanks are removed from fixed records only, and only where the caller says so; line ends are put in after
translation, so that data bytes that happen to translate to CR or LF are not taken for line ends.
Where the compiled kernel is there it does the same (compiled.py); `reference_text` is what it is held against.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import repeat

from mvsfs.codepages import OneWay
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData
from mvsfs.kernel import active
from mvsfs.records.forms import NL, Form, aligned, batches
from mvsfs.text import compiled
from mvsfs.text.storing import BLANK

LF = b"\n"


def send_text(
    chunks: Iterable[bytes], form: Form, dcb: Dcb, code: OneWay | None, eol: bytes, *, keep_blanks: bool = False
) -> Iterator[bytes]:
    """Yield the records as lines, each followed by `eol`, in the network page (or as they are when `code` is None).

    Raises Untranslatable; BadRecordData for damaged content.
    """

    def reference(rest: Iterable[bytes]) -> Iterator[bytes]:
        return reference_text(rest, form, dcb, code, eol, keep_blanks=keep_blanks)

    kernel = active()
    if kernel is None or (form is Form.FIXED and dcb.lrecl <= 0):
        return reference(chunks)
    if form is Form.FIXED:
        return compiled.send_fixed(kernel, chunks, dcb.lrecl, code, eol, reference, keep_blanks=keep_blanks)
    if form is Form.RDW:
        return compiled.send_rdw(kernel, chunks, code, eol, reference)
    width = dcb.lrecl if keep_blanks and _is_fixed(dcb) else 0
    if code is None and eol == NL and not width:
        return iter(chunks)
    return compiled.send_lines(kernel, chunks, code, eol, width, reference)


def _is_fixed(dcb: Dcb) -> bool:
    return dcb.recfm is not None and dcb.recfm.is_fixed


def reference_text(
    chunks: Iterable[bytes], form: Form, dcb: Dcb, code: OneWay | None, eol: bytes, *, keep_blanks: bool = False
) -> Iterator[bytes]:
    """The same without the compiled kernel."""
    if form is Form.FIXED:
        return _send_fixed(chunks, dcb.lrecl, code, eol, keep_blanks)
    if form is Form.LINES and not (keep_blanks and _is_fixed(dcb)):
        return _send_lines(chunks, code, eol)
    return send_lines_of(batches(chunks, form, dcb), code, eol)


def _send_lines(chunks: Iterable[bytes], code: OneWay | None, eol: bytes) -> Iterator[bytes]:
    separator = code.table[NL[0] : NL[0] + 1] if code else NL
    # A substitute may equal the separator: then records are translated one by one.
    if code and code.table.count(separator) > 1:
        yield from send_lines_of(batches(chunks, Form.LINES, _NO_DCB), code, eol)
        return
    for chunk in chunks:
        text = code.translate(chunk) if code else chunk
        yield text if eol == separator else text.replace(separator, eol)


_NO_DCB = Dcb(None, 0, 0)


def send_lines_of(records: Iterable[list[bytes]], code: OneWay | None, eol: bytes) -> Iterator[bytes]:
    """Yield lists of records as lines. Raises Untranslatable."""
    for batch in records:
        if not batch:
            continue
        text = NL.join(batch)
        if code:
            code.check(text)
            if text.count(NL) == len(batch) - 1 and code.table.count(code.table[NL[0]]) == 1:
                yield text.translate(code.table).replace(code.table[NL[0] : NL[0] + 1], eol) + eol
                continue
            batch = list(map(bytes.translate, batch, repeat(code.table)))
        yield eol.join(batch) + eol


def _send_fixed(chunks: Iterable[bytes], lrecl: int, code: OneWay | None, eol: bytes, keep_blanks: bool) -> Iterator[bytes]:
    if lrecl <= 0:
        if any(chunks):
            raise BadRecordData("LRECL is zero")
        return
    step = max(1, 65536 // lrecl)
    blank = code.table[BLANK[0] : BLANK[0] + 1] if code else BLANK
    # Where a substitute is a blank, blanks are stripped before they become indistinguishable.
    strip_first = bool(code) and not keep_blanks and code is not None and code.table.count(blank) > 1
    for chunk in aligned(chunks, lrecl):
        if len(chunk) % lrecl:
            raise BadRecordData("content ends inside a record")
        for at in range(0, len(chunk), step * lrecl):
            piece = chunk[at : at + step * lrecl]
            if code and not strip_first:
                piece = code.translate(piece)
            records: Iterable[bytes] = _unpacker(lrecl, len(piece) // lrecl)(piece)
            if not keep_blanks:
                records = map(bytes.rstrip, records, repeat(BLANK if strip_first else blank))
            if code and strip_first:
                code.check(piece)
                records = map(bytes.translate, records, repeat(code.table))
            yield eol.join(records) + eol


@lru_cache(maxsize=128)
def _unpacker(lrecl: int, records: int) -> Callable[[bytes], tuple[bytes, ...]]:
    return struct.Struct(f"{lrecl}s" * records).unpack
