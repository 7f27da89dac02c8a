"""Lines of UTF-8 on the host and records in EBCDIC: the conversion that seeds and the `mvsfs` command share.

Rules: any code page will do, be it of one byte to a character or of several. LF or CR LF ends a line; the other characters that
Unicode calls line ends are data. A last line without LF counts.
Records of F come out without trailing blanks, since they go in padded with them; V and U keep theirs.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from mvsfs.codepages.find import page
from mvsfs.codepages.mbcs import decoder, encoder
from mvsfs.codepages.sbcs import characters
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, RecordTooLong, Untranslatable

BLANK = b"\x40"
#: Not printable by Unicode's rule, but ordinary in text: tab, LF, no-break space, soft hyphen.
_ALSO_READABLE = "\t\n\u00a0\u00ad"


@lru_cache(maxsize=16)
def _encoding_map(codepage: str) -> Any:
    return codecs.charmap_build("".join(characters(codepage)))


def encode(text: str, codepage: str) -> bytes:
    """Return host bytes; LF becomes the line end of the page (X'15' in EBCDIC). Raises Untranslatable with the offset."""
    if page(codepage).is_multibyte:
        return encoder(codepage).encode(text)
    try:
        return codecs.charmap_encode(text, "strict", _encoding_map(codepage))[0]
    except UnicodeEncodeError as error:
        raise Untranslatable(codepage, error.start) from None


def decode(data: bytes, codepage: str) -> str:
    """Return the characters of host bytes; a byte that a single-byte page leaves undefined has a private character.

    Raises Untranslatable for bytes that are no character of a page with several bytes to one.
    """
    return decoder(codepage).decode(data, True)


def decoded(chunks: Iterable[bytes], codepage: str) -> Iterator[str]:
    """Yield the characters of chunks that may end inside one. Raises as decode."""
    whole = decoder(codepage)
    for chunk in chunks:
        yield whole.decode(chunk)
    yield whole.decode(b"", True)


def is_faithful(text: str, data: bytes, codepage: str) -> bool:
    """Tell whether text that was decoded from `data` becomes the same bytes again: shifts can be written in several ways."""
    return not page(codepage).is_multibyte or encode(text, codepage) == data


def is_readable(text: str) -> bool:
    """Tell whether a person can read and edit it: no control characters but tab and LF, nothing undefined."""
    return all(sign.isprintable() or sign in _ALSO_READABLE for sign in set(text))


def lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of UTF-8 chunks, without their ends. Raises BadRecordData for bytes that are no UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest, offset = "", 0
    for chunk in chunks:
        try:
            *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        except UnicodeDecodeError as error:
            raise BadRecordData("not UTF-8", offset + error.start) from None
        offset += len(chunk)
        yield from (line.removesuffix("\r") for line in whole)
    if rest or decoder.getstate()[0]:
        if decoder.getstate()[0]:
            raise BadRecordData("not UTF-8", offset)
        yield rest


def to_records(chunks: Iterable[bytes], dcb: Dcb, codepage: str, *, dsname: str = "") -> Iterator[bytes]:
    """Yield records of lines: padded with blanks for F; FBA and the like take the first character as control.

    Raises RecordTooLong, Untranslatable, BadRecordData.
    """
    fixed = dcb.recfm is not None and dcb.recfm.is_fixed
    limit = dcb.data_length
    for number, line in enumerate(lines(chunks), 1):
        record = encode(line, codepage)
        if len(record) > limit:
            raise RecordTooLong(dsname, number, len(record), dcb.lrecl)
        yield record.ljust(limit, BLANK) if fixed else record


def to_text(records: Iterable[bytes], dcb: Dcb, codepage: str) -> Iterator[str]:
    """Yield each record as a line with its LF."""
    fixed = dcb.recfm is not None and dcb.recfm.is_fixed
    for record in records:
        yield decode(record.rstrip(BLANK) if fixed else record, codepage) + "\n"
