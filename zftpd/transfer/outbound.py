"""From records to the data connection: what RETR sends.

Usage (filetypes/seq.py):

    yield OpenData("out")
    yield Transmit(outbound(reader.chunks(), reader.form, reader.dcb, options, wire))   # data sets and members
    yield Transmit(outbound_unix(reader.chunks(), options, wire))                       # z/OS UNIX files
    yield Transmit(outbound_records(records, dcb, options, wire))                       # spool files: records, host bytes

    size_unix(reader.chunks(), options, wire)   # what SIZE answers for a z/OS UNIX file
    is_plain(reader.form, reader.dcb, options, wire)    # stored bytes equal wire bytes: Transmit may be given fileno and length
    is_plain_unix(wire)                                 # the same for a z/OS UNIX file

Source: zos-ftp-server.md 5.1, 5.2; [RFC959 3.4].
Raises Untranslatable, BadRecordData while iterating.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, repeat

from mvsfs.codepages import OneWay
from mvsfs.dcb import Dcb
from mvsfs.records.forms import NL, Form, batches
from mvsfs.records.parts import tail
from mvsfs.text.carriage import from_asa
from mvsfs.text.fit import Fit
from mvsfs.text.images import send_image, with_length_words
from mvsfs.text.sending import send_lines_of, send_text
from mvsfs.text.storing import BLANK
from mvsfs.text.unixtext import send_unix_text
from zftpd.transfer import blockmode, compressed, recordstru
from zftpd.transfer.options import TransferOptions, WireType

_BATCH = 512


def outbound(
    chunks: Iterable[bytes], form: Form, dcb: Dcb, options: TransferOptions, wire: WireType, *, start: int = 0
) -> Iterator[bytes]:
    """Yield what goes over the data connection for stored chunks, without the first `start` records (REST in MODE B and C)."""
    if start:
        chunks = tail(chunks, form, dcb, start)
    if wire.mode != "S" or wire.stru != "F":
        return _framed(batches(chunks, form, dcb), dcb, options, wire, start)
    if wire.is_image:
        return send_image(chunks, form, Fit(dcb), rdw=options.rdw)
    if options.multibyte(wire) or options.is_asa(dcb) or (options.rdw and dcb.recfm is not None and dcb.recfm.is_variable):
        return _lines(batches(chunks, form, dcb), dcb, options, wire)
    keep_blanks = options.trailingblanks or not wire.is_text
    return send_text(chunks, form, dcb, _code(options, wire), options.eol(wire), keep_blanks=keep_blanks)


def outbound_records(records: Iterable[bytes], dcb: Dcb, options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield what goes over the data connection for records in host bytes (spool files)."""
    source = iter(records)
    lists = iter(lambda: list(islice(source, _BATCH)), [])
    if wire.mode != "S" or wire.stru != "F":
        return _framed(lists, dcb, options, wire)
    if wire.is_image:
        return map(b"".join, lists)
    return _lines(lists, dcb, options, wire)


def _lines(lists: Iterable[list[bytes]], dcb: Dcb, options: TransferOptions, wire: WireType) -> Iterator[bytes]:
    """Yield lists of records as lines: RDWs put in front and trailing blanks removed as the settings say."""
    recfm = dcb.recfm
    if recfm is not None and recfm.is_fixed and wire.is_text and not options.trailingblanks:
        lists = (list(map(bytes.rstrip, batch, repeat(BLANK))) for batch in lists)
    elif recfm is not None and recfm.is_variable and options.rdw and not options.is_asa(dcb):
        fit = Fit(dcb)
        lists = (with_length_words(batch, fit) for batch in lists)
    if options.is_asa(dcb):
        lists = from_asa(lists)
    if pages := options.multibyte(wire):
        return pages.lines(lists, options.eol(wire))
    return send_lines_of(lists, _code(options, wire), options.eol(wire))


def _framed(
    lists: Iterable[list[bytes]],
    dcb: Dcb,
    options: TransferOptions,
    wire: WireType,
    start: int = 0,
    measure: Callable[[list[bytes]], int] = len,
) -> Iterator[bytes]:
    """Yield records marked by MODE B, MODE C or STRU R: nothing is stripped from them.

    A place is what `start` and `measure` count: records, or bytes of a z/OS UNIX file.
    """
    pages = options.multibyte(wire)
    code = None if pages else _code(options, wire)
    if options.rdw and dcb.recfm is not None and dcb.recfm.is_variable:
        fit = Fit(dcb)
        lists = (with_length_words(batch, fit) for batch in lists)
    if pages:
        lists = pages.net_records(lists)
    elif code:
        lists = (list(map(code.translate, batch)) for batch in lists)
    if wire.mode == "S":
        yield from recordstru.encode(lists)
        return
    interval = options.chkptint if wire.type == "E" else 0
    for batch in _checkpoints(lists, interval, start, measure):
        yield _marker(batch, wire) if isinstance(batch, int) else _blocks(batch, wire)
    yield blockmode.END if wire.mode == "B" else compressed.END


def _checkpoints(
    lists: Iterable[list[bytes]], interval: int, start: int, measure: Callable[[list[bytes]], int]
) -> Iterator[list[bytes] | int]:
    """Yield the lists cut every `interval` records, with the place (counted from `start`) after each interval."""
    if not interval:
        yield from lists
        return
    done, place = 0, start
    for batch in lists:
        while batch:
            part, batch = batch[: interval - done % interval], batch[interval - done % interval :]
            done += len(part)
            place += measure(part)
            yield part
            if done % interval == 0:
                yield place


def _blocks(records: list[bytes], wire: WireType) -> bytes:
    return blockmode.encode_records(records) if wire.mode == "B" else compressed.encode_records(records, wire.filler)


def _marker(place: int, wire: WireType) -> bytes:
    """Return a restart marker: the number of records (or bytes of a z/OS UNIX file) before it, in EBCDIC digits [assumed]."""
    text = str(place).encode("cp037")
    return blockmode.marker(text) if wire.mode == "B" else compressed.marker(text)


def _code(options: TransferOptions, wire: WireType) -> OneWay | None:
    return options.outward() if wire.is_text else None


def outbound_unix(chunks: Iterable[bytes], options: TransferOptions, wire: WireType, *, start: int = 0) -> Iterator[bytes]:
    """Yield what goes over the data connection for a z/OS UNIX file: text line by line in the network page.

    The last line keeps or lacks its line end as the file does. `start`: how many bytes of the file `chunks` leave out (REST in
    MODE B and C). Raises Untranslatable.
    """
    if wire.mode != "S" or wire.stru != "F":
        yield from _framed(_unix_records(chunks, wire), Dcb(None, 0, 0), options, wire, start, _line_bytes)
        return
    if not wire.is_text:
        yield from chunks
        return
    if pages := options.multibyte(wire):
        yield from pages.file_out(chunks, options.eol(wire))
        return
    yield from send_unix_text(chunks, options.outward(), options.eol(wire))


def _line_bytes(records: list[bytes]) -> int:
    """Return how many bytes these lines are in their file."""
    return sum(map(len, records)) + len(records) * len(NL)


def _unix_records(chunks: Iterable[bytes], wire: WireType) -> Iterator[list[bytes]]:
    """Yield lines as records; an image is one record for each chunk."""
    parts: list[bytes] = []  # of a line whose end has not come: joined once, however long it grows
    for chunk in chunks:
        if wire.is_image:
            yield [chunk]
            continue
        parts.append(chunk)
        if NL in chunk:
            lines = b"".join(parts).split(NL)
            parts = [lines.pop()]
            yield lines
    if rest := b"".join(parts):
        yield [rest]


def size_unix(chunks: Iterable[bytes], options: TransferOptions, wire: WireType) -> int:
    """Return how many bytes a RETR of this z/OS UNIX file sends."""
    if not wire.is_text or wire.mode != "S" or wire.stru != "F":
        return sum(map(len, chunks))
    if options.multibyte(wire):
        return sum(map(len, outbound_unix(chunks, options, wire)))
    code, extra = options.outward(), len(options.eol(wire)) - 1
    newlines = bytes(byte for byte in range(256) if code.table[byte] == 0x0A)
    return sum(len(chunk) + extra * sum(chunk.count(byte) for byte in newlines) for chunk in chunks)


def is_plain(form: Form, dcb: Dcb, options: TransferOptions, wire: WireType) -> bool:
    """Tell whether the stored bytes are the wire bytes, so that the network may send the host file itself."""
    if wire.mode != "S" or wire.stru != "F":
        return False
    if wire.is_image:
        return form is Form.FIXED
    with_rdw = options.rdw and dcb.recfm is not None and dcb.recfm.is_variable
    is_fixed = dcb.recfm is not None and dcb.recfm.is_fixed
    return not wire.is_text and form is Form.LINES and not is_fixed and not with_rdw


def is_plain_unix(wire: WireType) -> bool:
    """Tell whether the bytes of a z/OS UNIX file are the wire bytes."""
    return wire.mode == "S" and wire.stru == "F" and not wire.is_text
