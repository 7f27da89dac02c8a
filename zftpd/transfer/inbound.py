"""From the data connection to records: what STOR, APPE and STOU write.

Usage (filetypes/seq.py):

    received = inbound(chunks, writer.dcb, options, wire)       # chunks: answer of OpenData("in")
    for stored in received:
        writer.write_stored(stored.chunk, stored.form, stored.records)
        for text, records in received.take_marks(): ...         # MODE B and C: reply 110 MARK text = records, at once
    ... received.records, received.truncated, received.bytes    # afterwards, for the 250 and SMF

    for chunk in inbound_unix(chunks, options, wire):           # z/OS UNIX files: plain bytes
        writer.write(chunk)

    for record in inbound_records(chunks, dcb, options, wire):  # internal reader (filetypes/jobs.py): host bytes
        reader.put(record)

Source: zos-ftp-server.md 5.1, 5.3; [RFC959 3.4].
Rules: a restart marker is told after the piece that ends in front of it, with an empty piece if need be. Markers inside a
record or line name no place to go on at: they are not told.
Raises RecordTooLong, Untranslatable, BadRecordData while iterating; the writer then discards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from mvsfs.codepages import OneWay
from mvsfs.codepages.mbcs import cut_mixed
from mvsfs.dcb import Dcb
from mvsfs.records.forms import NL, Form, split
from mvsfs.text.carriage import HOST_CONTROLS, to_asa
from mvsfs.text.fit import Fit, cut_bytes
from mvsfs.text.images import store_image
from mvsfs.text.storing import BLANK, CRLF, Stored, TextStore, lines, store_fixed_records
from mvsfs.text.unixtext import store_unix_text
from zftpd.transfer import blockmode, compressed, recordstru
from zftpd.transfer.assembly import Assembly, LineAssembly, OnMarker, settled
from zftpd.transfer.marks import Mark, has_marks, with_marks
from zftpd.transfer.options import TransferOptions, WireType

__all__ = [
    "Inbound",
    "Stored",
    "inbound",
    "inbound_records",
    "inbound_unix",
    "inbound_unix_marked",
]


#: What some systems put behind the last line of a text.
END_MARK = b"\x1a"
#: What a short text may have at most to be taken at once, and how it must come.
_FEW, _PLAIN = 4096, WireType()


class Inbound:
    """Iterates Stored; afterwards tells what came. `bytes` were received, `records` stored, `truncated` cut at LRECL."""

    def __init__(self, chunks: Iterable[bytes], dcb: Dcb, options: TransferOptions, wire: WireType) -> None:
        self.bytes = 0
        self._marks: list[tuple[str, int]] = []
        self._markers: list[tuple[bytes, int]] = []
        self._offsets: list[Mark] = []
        self._assembly = Assembly()
        self._chunks = chunks
        self._options = options
        self._wire = wire
        self._pages = options.multibyte(wire)
        cut = cut_mixed if self._pages is not None and self._pages.is_mixed else cut_bytes
        self._fit = Fit(dcb, options.may_truncate(wire), options.wraprecord, cut)

    @property
    def records(self) -> int:
        """Records stored so far."""
        return self._fit.records

    @property
    def truncated(self) -> int:
        """Records that were cut at LRECL."""
        return self._fit.truncated

    def __iter__(self) -> Iterator[Stored]:
        """Yield what is to be written, piece by piece."""
        wire, chunks = self._wire, self._counted()
        if wire.mode == "S" and wire.stru == "F":
            return self._stream(chunks)
        return self._framed(chunks)

    def _counted(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.bytes += len(chunk)
            yield chunk

    def _text_chunks(self, chunks: Iterable[bytes]) -> Iterable[bytes]:
        return without_end_mark(chunks) if self._options.removeinbeof and self._wire.type == "A" else chunks

    def _stream(self, chunks: Iterable[bytes]) -> Iterator[Stored]:
        """Store a byte stream: lines for text, cut to length for image."""
        fit, wire = self._fit, self._wire
        recfm = fit.dcb.recfm
        if wire.is_image or (self._options.rdw and recfm is not None and recfm.is_variable and not wire.is_text):
            return store_image(chunks, fit, rdw=self._options.rdw)
        chunks = self._text_chunks(chunks)
        if self._pages:
            return self._records(self._pages.records(chunks, fit))
        code, end = self._code(), CRLF if wire.is_text else NL
        if self._options.is_asa(fit.dcb):
            controls = HOST_CONTROLS.translate(self._options.outward().table) if code else HOST_CONTROLS
            return self._records(to_asa((batch for batch, _ in lines(chunks, end, fit)), controls))
        return TextStore(code, fit).text(chunks, end)

    def _framed(self, chunks: Iterable[bytes]) -> Iterator[Stored]:
        """Store marked records; data without any mark are a byte stream."""
        assembly = self._assembly
        batches = framed(chunks, self._wire, assembly, self._mark)
        first = settled(batches, assembly)
        if assembly.is_structured is False:
            return self._stream_parts(with_marks(chain([first], batches), self._offsets))
        records: Iterable[list[bytes]] = self._at_marks(chain([first], batches))
        if self._pages:
            records = self._pages.host_records(records)
        return self._records(records)

    def _stream_parts(self, pieces: Iterator[bytes | Mark]) -> Iterator[Stored]:
        """Store a byte stream in the parts that markers behind a line end make of it; other markers name no place."""
        mark: Mark | None = None

        def part() -> Iterator[bytes]:
            nonlocal mark
            mark, last = None, NL
            for piece in pieces:
                if not isinstance(piece, Mark):
                    last = piece[-1:] or last
                    yield piece
                elif last == NL:
                    mark = piece
                    return

        while True:
            yield from self._stream(part())
            if mark is None:
                return
            self._marks.append((mark.text, self.records))
            yield Stored(b"", Form.LINES, 0)

    def _records(self, batches: Iterable[list[bytes]]) -> Iterator[Stored]:
        """Store lists of records as they come."""
        recfm = self._fit.dcb.recfm
        if recfm is not None and recfm.is_fixed:
            return store_fixed_records(batches, self._code(), self._fit, b"\0" if self._wire.is_image else BLANK)
        return TextStore(self._code(), self._fit).records(batches)

    def _code(self) -> OneWay | None:
        """Return the table for network text; multi-byte text arrives here in the host page already."""
        return self._options.inward() if self._wire.is_text and not self._pages else None

    def _mark(self, text: bytes, records: int) -> None:
        """Remember a restart marker between two records: what the client calls the place, and the records before it.

        Where records are begun and not ended in front of the first marker, they are not marked: the data are a byte stream.
        """
        assembly = self._assembly
        if assembly.is_structured is None and not assembly.is_between:
            assembly.is_structured = False
        if assembly.is_structured is not False and assembly.is_between:
            self._markers.append((text, records))
        elif assembly.is_structured is False and has_marks(self._wire):
            self._offsets.append(Mark.of(text, assembly.bytes))

    def _at_marks(self, batches: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
        """Yield the lists cut where a marker came, with an empty one behind it.

        What was cut off in front of a marker is stored when the marker is told: the place is the number of records stored,
        which WRAPRECORD makes more than those that came.
        """
        done = 0
        for batch in batches:
            while self._markers:
                text, place = self._markers.pop(0)
                before, batch = batch[: place - done], batch[place - done :]
                done = place
                yield before
                self._marks.append((text.decode("cp037", "replace"), self.records))
                yield []
            done += len(batch)
            yield batch

    def take_marks(self) -> list[tuple[str, int]]:
        """Return the restart markers since the last call as (client's text, records stored before it), for reply 110."""
        marks, self._marks = self._marks, []
        return marks


def without_end_mark(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks without an X'1A' that is the very last byte (REMOVEINBEOF)."""
    held = b""
    for chunk in chunks:
        data = held + chunk if held else chunk
        held = END_MARK if data.endswith(END_MARK) else b""
        if len(data) > len(held):
            yield data[:-1] if held else data


def framed(chunks: Iterable[bytes], wire: WireType, assembly: Assembly, on_marker: OnMarker) -> Iterator[list[bytes]]:
    """Yield the records (or pieces) of MODE B, MODE C or STRU R. Raises BadRecordData."""
    if wire.mode == "B":
        return blockmode.decode(chunks, assembly, on_marker)
    if wire.mode == "C":
        return compressed.Decoder(wire.filler, assembly, on_marker).decode(chunks)
    return recordstru.decode(chunks, assembly)


def inbound(chunks: Iterable[bytes], dcb: Dcb, options: TransferOptions, wire: WireType) -> Inbound:
    """Return the stored form of what the client sends, piece by piece."""
    return Inbound(chunks, dcb, options, wire)


def inbound_unix_marked(chunks: Iterable[bytes], wire: WireType) -> Iterator[bytes | Mark]:
    """Yield the bytes of a z/OS UNIX file in TYPE E under MODE B and C, and the markers where they came. Raises BadRecordData."""
    assembly, marks = LineAssembly(), list[Mark]()

    def note(text: bytes, _records: int) -> None:
        marks.append(Mark.of(text, assembly.bytes))

    return with_marks(framed(chunks, wire, assembly, note), marks)


def inbound_unix(chunks: Iterable[bytes], options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield the bytes of a z/OS UNIX file as they are kept: text in the host page with NL (X'15' in EBCDIC) as line end.

    CR LF and lone LF both end a line; a lone CR is data. Raises Untranslatable, BadRecordData.
    """
    if wire.mode != "S" or wire.stru != "F":
        assembly = Assembly()
        batches = framed(chunks, wire, assembly, lambda _text, _records: None)
        first = settled(batches, assembly)
        chunks = chain(first, chain.from_iterable(batches))
        if assembly.is_structured:
            yield from _unix_lines(chain([first], batches), options, wire)
            return
    if not wire.is_text:
        yield from chunks
        return
    if options.removeinbeof and wire.type == "A":
        chunks = without_end_mark(chunks)
    if pages := options.multibyte(wire):
        yield from pages.file_in(chunks)
        return
    yield from store_unix_text(chunks, options.inward())


def _unix_lines(batches: Iterable[list[bytes]], options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield records as lines of a z/OS UNIX file; image records are put back to back."""
    code = options.inward() if wire.is_text else None
    end = b"" if wire.is_image else code.table[0x0A:0x0B] if code else NL
    for batch in batches:
        if batch:
            yield end.join(map(code.translate, batch) if code else batch) + end


def inbound_records(chunks: Iterable[bytes], dcb: Dcb, options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield records in host bytes, padded where the Dcb is fixed. Raises as inbound."""
    chunks = iter(chunks)
    first, second = next(chunks, b""), next(chunks, None)
    if second is None and (few := _few_records(first, dcb, options, wire)) is not None:
        yield from few
        return
    for stored in Inbound(chain([first], () if second is None else (second,), chunks), dcb, options, wire):
        yield from split([stored.chunk], stored.form, dcb)


def _few_records(data: bytes, dcb: Dcb, options: TransferOptions, wire: WireType) -> list[bytes] | None:
    """Return the records of a short plain text, or None for all else: to set up what moves megabytes takes longer than these."""
    recfm = dcb.recfm
    if len(data) > _FEW or wire != _PLAIN or recfm is None or not recfm.is_fixed or options.removeinbeof or options.is_asa(dcb):
        return None
    code = options.inward()
    if code.lost or options.multibyte(wire):
        return None
    lines = data.removesuffix(CRLF).split(CRLF) if data else []
    if lines and max(map(len, lines)) > dcb.lrecl:
        return None
    return [line.translate(code.table).ljust(dcb.lrecl, BLANK) for line in lines]
