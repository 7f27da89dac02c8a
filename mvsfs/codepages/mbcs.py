"""Any code page as text: what ENCODING=MBCS, TYPE U 2 and TYPE B n pass data through.

Source: [CR] MBDATACONN, UCSHOSTCS, DBSUB; zos-ftp-server.md 4.3.
Rules: X'15' is the line end of every host page and X'25' is U+0085, as in the single-byte tables. A mixed (SO/SI) record begins
and ends in single-byte state. Bytes of double-byte characters are never below X'40', so control bytes may be looked for directly.
"""

from __future__ import annotations

import codecs
from typing import Protocol

from mvsfs.codepages import iconv
from mvsfs.codepages.find import Codepage, page
from mvsfs.codepages.sbcs import characters
from mvsfs.errors import Untranslatable

SO, SI = 0x0E, 0x0F
#: What stands for a character that the page lacks: SUB, X'3F' in EBCDIC.
SUBSTITUTE = "\x1a"
_SWAP_NEWLINES = bytes({0x15: 0x25, 0x25: 0x15}.get(byte, byte) for byte in range(256))
_UNICODE = {"UTF-8": "utf-8", "UTF-16": "utf-16-be", "UTF-16LE": "utf-16-le", "UCS-2": "utf-16-be"}


class TextDecoder(Protocol):
    """Bytes to text, chunk by chunk."""

    def decode(self, data: bytes, final: bool = False, /) -> str:
        """Return the text of the whole characters so far. Raises Untranslatable."""


class TextEncoder(Protocol):
    """Text to bytes; each call ends in the initial state."""

    def encode(self, text: str, /) -> bytes:
        """Return the bytes. Raises Untranslatable."""


def is_unicode(name: str) -> bool:
    """Tell whether the page is a Unicode encoding form, for which byte order marks exist."""
    return page(name).name in _UNICODE


def is_mixed(name: str) -> bool:
    """Tell whether the page shifts between single and double bytes by SO and SI."""
    row = page(name)
    return row.ebcdic and row.is_multibyte


def decoder(name: str, *, substitute: bool = False) -> TextDecoder:
    """Return a decoder of this page. Raises UnknownCodepage."""
    row = page(name)
    if row.name in _UNICODE:
        return _UnicodeDecoder(row.name, substitute)
    if row.codec:
        return _TableDecoder(row)
    return _MixedDecoder(row, substitute) if row.ebcdic else iconv.Decoder(row.iconv, row.name, shifts=False, replace=substitute)


def encoder(name: str, *, substitute: bool = False) -> TextEncoder:
    """Return an encoder of this page. Raises UnknownCodepage."""
    row = page(name)
    if row.name in _UNICODE:
        return _UnicodeEncoder(row.name)
    if row.codec:
        return _TableEncoder(row, substitute)
    sub = SUBSTITUTE if substitute else None
    return _MixedEncoder(row, sub) if row.ebcdic else iconv.Encoder(row.iconv, row.name, sub)


class _UnicodeDecoder:
    """UTF-8 and UTF-16; a byte order mark turns UTF-16 round and is kept as U+FEFF."""

    def __init__(self, name: str, substitute: bool) -> None:
        self._name = name
        self._errors = "replace" if substitute else "strict"
        self._decoder: codecs.IncrementalDecoder | None = None
        self._head = b""
        self._offset = 0

    def decode(self, data: bytes, final: bool = False, /) -> str:
        """Return the text so far. Raises Untranslatable."""
        if self._decoder is None:
            data = self._head + data
            if len(data) < 2 and not final:
                self._head = data
                return ""
            codec = _UNICODE[self._name]
            if codec.startswith("utf-16") and data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                codec = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
            self._decoder = codecs.getincrementaldecoder(codec)(self._errors)
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            raise Untranslatable(self._name, self._offset + error.start) from error
        self._offset += len(data)
        return text


class _UnicodeEncoder:
    def __init__(self, name: str) -> None:
        self._name = name

    def encode(self, text: str, /) -> bytes:
        """Return the bytes. Raises Untranslatable for a lone surrogate."""
        try:
            return text.encode(_UNICODE[self._name])
        except UnicodeEncodeError as error:
            raise Untranslatable(self._name, error.start) from error


class _TableDecoder:
    """A single-byte page."""

    def __init__(self, row: Codepage) -> None:
        self._characters = "".join(characters(row.name))

    def decode(self, data: bytes, final: bool = False, /) -> str:  # noqa: ARG002  (nothing waits in a single-byte page)
        """Return the text."""
        return codecs.charmap_decode(data, "strict", self._characters)[0]


class _TableEncoder:
    def __init__(self, row: Codepage, substitute: bool) -> None:
        self._name = row.name
        self._map = codecs.charmap_build("".join(characters(row.name)))
        self._substitute = substitute

    def encode(self, text: str, /) -> bytes:
        """Return the bytes. Raises Untranslatable."""
        try:
            return codecs.charmap_encode(text, "strict", self._map)[0]
        except UnicodeEncodeError as error:
            if not self._substitute:
                raise Untranslatable(self._name, error.start) from error
        return b"".join(self._one(character) for character in text)

    def _one(self, character: str) -> bytes:
        try:
            return codecs.charmap_encode(character, "strict", self._map)[0]
        except UnicodeEncodeError:
            return codecs.charmap_encode(SUBSTITUTE, "strict", self._map)[0]


class _MixedDecoder:
    """Mixed EBCDIC through iconv, with the newline rule of this product."""

    def __init__(self, row: Codepage, substitute: bool) -> None:
        self._inner = iconv.Decoder(row.iconv, row.name, shifts=True, replace=substitute)

    def decode(self, data: bytes, final: bool = False, /) -> str:
        """Return the text so far. Raises Untranslatable."""
        return self._inner.decode(data.translate(_SWAP_NEWLINES), final)


class _MixedEncoder:
    def __init__(self, row: Codepage, substitute: str | None) -> None:
        self._inner = iconv.Encoder(row.iconv, row.name, substitute)

    def encode(self, text: str, /) -> bytes:
        """Return the bytes, shifted back to single bytes at the end. Raises Untranslatable."""
        return self._inner.encode(text).translate(_SWAP_NEWLINES)


def cut_mixed(record: bytes, limit: int) -> tuple[bytes, bytes]:
    """Return the record's part that fits `limit` bytes, closed by SI, and the rest, opened by SO where it was cut inside.

    Double-byte characters are not split. Edge: a limit too small for SO, one character and SI cuts like single bytes.
    """
    if len(record) <= limit:
        return record, b""
    opened = record.rfind(bytes((SO,)), 0, limit)
    if opened < 0 or record.find(bytes((SI,)), opened, limit) >= 0:
        return record[:limit], record[limit:]
    # Inside double bytes: whole pairs after SO, and room for SI.
    pairs = (limit - 1 - opened - 1) // 2
    if pairs <= 0:
        return (record[:opened], record[opened:]) if opened else (record[:limit], record[limit:])
    at = opened + 1 + 2 * pairs
    rest = record[at:]
    if rest[:1] == bytes((SI,)):
        return record[:at] + bytes((SI,)), rest[1:]
    return record[:at] + bytes((SI,)), bytes((SO,)) + rest


def closed(record: bytes) -> bytes:
    """Return the record ended in single-byte state, as a truncated one may not be."""
    return record + bytes((SI,)) if record.rfind(bytes((SO,))) > record.rfind(bytes((SI,))) else record
