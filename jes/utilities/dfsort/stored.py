"""The content of a data set as packed batches: its stored bytes go to the sort as they are.

Rules: text is kept as lines without their blanks, and made records here. What is damaged is judged by mvsfs/records/forms.py,
which raises for it as for every other reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from jes.utilities.dfsort.packed import VARIABLE, Layout, Packed
from mvsfs.datasets.inputs import DatasetReader
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData
from mvsfs.kernel import Kernel
from mvsfs.records import forms
from mvsfs.records.forms import Form
from mvsfs.text.compiled import send_lines

_CHUNK = 1 << 20


def layout_of(dcb: Dcb) -> Layout | None:
    """Return how the records of a data set will lie; None for undefined ones."""
    if dcb.recfm is None or dcb.recfm.is_undefined:
        return None
    return VARIABLE if dcb.recfm.is_variable else Layout(dcb.lrecl) if dcb.lrecl else None


def batches(kernel: Kernel, reader: DatasetReader, layout: Layout) -> Iterator[Packed]:
    """Yield the records of an open data set. Raises BadRecordData."""
    size = _CHUNK // layout.lrecl * layout.lrecl or layout.lrecl if layout.lrecl else _CHUNK
    chunks = reader.chunks(size)
    if reader.form is not layout.form:
        chunks = _converted(kernel, chunks, reader.form, layout.form, reader.dcb)
    return _fixed(chunks, layout) if layout.lrecl else _variable(kernel, chunks, reader.dcb)


def _converted(kernel: Kernel, chunks: Iterator[bytes], form: Form, wanted: Form, dcb: Dcb) -> Iterator[bytes]:
    if form is Form.LINES and wanted is Form.FIXED:
        return send_lines(kernel, chunks, None, b"", dcb.lrecl, lambda rest: forms.convert(rest, form, wanted, dcb))
    return forms.convert(chunks, form, wanted, dcb)


def _fixed(chunks: Iterable[bytes], layout: Layout) -> Iterator[Packed]:
    length = layout.lrecl
    for chunk in forms.aligned(chunks, length):
        if len(chunk) % length:
            raise BadRecordData("content ends inside a record")
        yield Packed(chunk, len(chunk) // length, layout, length, length)


def _variable(kernel: Kernel, chunks: Iterator[bytes], dcb: Dcb) -> Iterator[Packed]:
    rest = b""
    for chunk in chunks:
        data = rest + chunk if rest else chunk
        found = kernel.sorting.whole_records(data)
        if found is None:
            for _ in forms.batches(chain([data], chunks), Form.RDW, dcb):  # it raises at the word that is wrong
                pass
            return
        rest = data[found.used :]
        if found.records:
            whole = data[: found.used] if rest else data
            yield Packed(whole, found.records, VARIABLE, found.longest, found.shortest)
    if rest:
        raise BadRecordData("content ends inside a record")
