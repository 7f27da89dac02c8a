"""Sending through the compiled kernel: the same bytes as sending.py and images.py, which stay the reference.

Rules: what the kernel leaves to the reference (bytes that have no counterpart, damaged content) goes to `reference` from the
chunk on in which it was met, so that every error is raised by one piece of code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from mvsfs.codepages import OneWay
from mvsfs.errors import BadRecordData
from mvsfs.kernel import Kernel
from mvsfs.kernel.calls import Output
from mvsfs.records.forms import aligned

Reference = Callable[[Iterable[bytes]], Iterator[bytes]]


def send_lines(
    kernel: Kernel, chunks: Iterable[bytes], code: OneWay | None, eol: bytes, width: int, reference: Reference
) -> Iterator[bytes]:
    """Yield LINES as text, each record filled with blanks to `width` when that is not 0."""
    out = Output()
    source = iter(chunks)
    for chunk in source:
        at = 0
        while at < len(chunk):
            made = kernel.send_lines(chunk, at, code, eol, width, out)
            if made is None:
                yield from reference(chain([chunk[at:]], source))
                return
            at = made.used
            yield made.data
    if width and out.column.value:
        raise BadRecordData("last line has no separator")


def send_fixed(
    kernel: Kernel,
    chunks: Iterable[bytes],
    lrecl: int,
    code: OneWay | None,
    eol: bytes,
    reference: Reference,
    *,
    keep_blanks: bool,
) -> Iterator[bytes]:
    """Yield records of `lrecl` bytes as text."""
    out = Output()
    source = aligned(chunks, lrecl)
    for chunk in source:
        made = kernel.send_fixed(chunk, lrecl, code, eol, out, keep_blanks=keep_blanks)
        if made is None:
            yield from reference(chain([chunk], source))
            return
        yield made.data


def send_rdw(kernel: Kernel, chunks: Iterable[bytes], code: OneWay | None, eol: bytes, reference: Reference) -> Iterator[bytes]:
    """Yield records in RDW form as text, or as an image when `code` is None and `eol` empty."""
    out = Output()
    source, rest = iter(chunks), b""
    for chunk in source:
        data = rest + chunk if rest else chunk
        made = kernel.send_rdw(data, code, eol, out)
        if made is None:
            yield from reference(chain([data], source))
            return
        rest = data[made.used :]
        if made.records:
            yield made.data
    if rest:
        yield from reference([rest])  # it ends inside a record
