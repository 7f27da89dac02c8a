"""Lines of UTF-8 on the host and records in EBCDIC: the conversion that seeds and the `mvsfs` command share.

Rules: LF or CR LF ends a line; the other characters that Unicode calls line ends are data. A last line without LF counts.
Records of F come out without trailing blanks, since they go in padded with them; V and U keep theirs.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

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
    """Return EBCDIC bytes; LF becomes X'15'. Raises Untranslatable with the character's offset."""
    try:
        return codecs.charmap_encode(text, "strict", _encoding_map(codepage))[0]
    except UnicodeEncodeError as error:
        raise Untranslatable(codepage, error.start) from None


def decode(data: bytes, codepage: str) -> str:
    """Return the characters of EBCDIC bytes; a byte that the page leaves undefined has a private character."""
    return codecs.charmap_decode(data, "strict", "".join(characters(codepage)))[0]


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
