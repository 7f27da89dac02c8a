"""Text whose characters may take several bytes: network lines to host records and back.

Source: zos-ftp-server.md 4.3 ENCODING, MBDATACONN, MBSENDEOL, MBREQUIRELASTEOL, UNICODEFILESYSTEMBOM, UCSHOSTCS.
Rules: lines are found in the text, not in the bytes (CR LF of UTF-16 has zeros in it); each record is converted by itself, so a
mixed record begins and ends in single-byte state. A byte order mark is no character of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mvsfs.codepages.find import page
from mvsfs.codepages.mbcs import TextDecoder, TextEncoder, closed, decoder, encoder, is_mixed, is_unicode
from mvsfs.errors import BadRecordData, RecordTooLong
from mvsfs.records.forms import NL
from mvsfs.text.fit import BOUND, Fit
from mvsfs.text.shifts import PLAIN, Shifts

MARK = "\ufeff"
CRLF = "\r\n"


@dataclass(frozen=True, slots=True)
class Multibyte:
    """A pair of pages with what is put for lost characters, and how byte order marks of files are treated."""

    host: str
    net: str
    substitute: bool = False
    bom: str = "ASIS"  # ASIS ALWAYS NEVER
    require_last_eol: bool = False
    shifts: Shifts = PLAIN

    @property
    def is_mixed(self) -> bool:
        """Tell whether host records hold SO and SI, which a cut must respect."""
        return is_mixed(self.host)

    def records(self, chunks: Iterable[bytes], fit: Fit) -> Iterator[list[bytes]]:
        """Yield lists of host records for network text.

        Raises Untranslatable; BadRecordData when the last line lacks the line end that must be there; RecordTooLong for a
        line without end that may not be truncated.
        """
        decode, encode = decoder(self.net, substitute=self.substitute), encoder(self.host, substitute=self.substitute)
        parts: list[str] = []  # of a line whose end has not come: joined once, however long it grows
        first = True
        for chunk in self.shifts.received(chunks):
            text = decode.decode(chunk)
            if first and text:
                text, first = text.removeprefix(MARK), False
            parts.append(text)
            if CRLF[-1] in text or not fit.wrap:
                lines = "".join(parts).split(CRLF)
                parts = [_bounded(lines.pop(), fit)]
                if lines:
                    yield self._stored(self._encoded(lines, encode))
        rest = "".join(parts) + decode.decode(b"", True)
        if rest:
            if self.require_last_eol:
                raise BadRecordData("last record has no line end")
            yield self._stored([encode.encode(rest)])

    def _stored(self, records: list[bytes]) -> list[bytes]:
        return records if self.shifts is PLAIN else [self.shifts.stored(record, self.host) for record in records]

    def _encoded(self, lines: list[str], encode: TextEncoder) -> list[bytes]:
        """Encode all lines in one call where the host page's line end can be found again afterwards."""
        if not page(self.host).ebcdic:
            return [encode.encode(line) for line in lines]
        text = "\n".join(lines)
        if text.count("\n") != len(lines) - 1:
            return [encode.encode(line) for line in lines]
        return encode.encode(text).split(NL)

    def lines(self, batches: Iterable[list[bytes]], eol: bytes) -> Iterator[bytes]:
        """Yield network text for lists of host records. Raises Untranslatable."""
        decode, encode = decoder(self.host, substitute=self.substitute), encoder(self.net, substitute=self.substitute)
        end = eol.decode("ascii")
        for batch in batches:
            if batch:
                yield self.shifts.sent(encode.encode("".join([text + end for text in self._decoded(batch, decode)])))

    def _decoded(self, batch: list[bytes], decode: TextDecoder) -> list[str]:
        records = list(map(closed, batch)) if self.is_mixed and self.shifts.kind != "N" else batch
        if self.shifts is not PLAIN:
            records = list(map(self.shifts.read, records))
        if page(self.host).ebcdic:
            joined = NL.join(records)
            if joined.count(NL) == len(records) - 1:
                return decode.decode(joined, True).split("\n")
        return [decode.decode(record, True) for record in records]

    def host_records(self, batches: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
        """Yield lists of host records for lists of marked network records. Raises Untranslatable."""
        decode, encode = decoder(self.net, substitute=self.substitute), encoder(self.host, substitute=self.substitute)
        for batch in batches:
            yield [encode.encode(decode.decode(record, True)) for record in batch]

    def net_records(self, batches: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
        """Yield lists of network records for lists of host records. Raises Untranslatable."""
        decode, encode = decoder(self.host, substitute=self.substitute), encoder(self.net, substitute=self.substitute)
        for batch in batches:
            yield [encode.encode(text) for text in self._decoded(batch, decode)]

    def file_in(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the bytes of a z/OS UNIX file for network text: line ends become those of the host page."""
        decode, encode = decoder(self.net, substitute=self.substitute), encoder(self.host, substitute=self.substitute)
        held, first = "", True
        for chunk in _ended(self.shifts.received(chunks)):
            text = held + (decode.decode(b"", True) if chunk is None else decode.decode(chunk))
            # A CR at the border may be half of a line end.
            held = "\r" if text.endswith("\r") and chunk is not None else ""
            text = text[: len(text) - len(held)]
            if first and (text or chunk is None):
                text, first = self._marked(text), False
            if text:
                yield encode.encode(text.replace(CRLF, "\n"))

    def _marked(self, text: str) -> str:
        """Apply UNICODEFILESYSTEMBOM to the start of a file; a page that is not Unicode has no mark."""
        bare = text.removeprefix(MARK)
        if not is_unicode(self.host) or self.bom == "NEVER":
            return bare
        return MARK + bare if self.bom == "ALWAYS" else text

    def file_out(self, chunks: Iterable[bytes], eol: bytes) -> Iterator[bytes]:
        """Yield network text for the bytes of a z/OS UNIX file."""
        decode, encode = decoder(self.host, substitute=self.substitute), encoder(self.net, substitute=self.substitute)
        end, first = eol.decode("ascii"), True
        for chunk in _ended(chunks):
            text = decode.decode(b"", True) if chunk is None else decode.decode(chunk)
            if first and text:
                text, first = text if is_unicode(self.net) else text.removeprefix(MARK), False
            if text:
                yield encode.encode(text.replace("\n", end))


def _ended(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """Yield the chunks and then None."""
    yield from chunks
    yield None


def _bounded(line: str, fit: Fit) -> str:
    """Return a line without end so far, kept from growing: every character takes a byte at least.

    Raises RecordTooLong when it may be neither truncated nor wrapped.
    """
    if len(line) <= max(fit.limit + 2, BOUND) or fit.wrap:
        return line
    if not fit.truncate:
        raise RecordTooLong("", fit.records + 1, len(line), fit.dcb.lrecl)
    return line[: fit.limit + 1] + line[-1:]
