"""TCPXLBIN: the binary translate tables of TCP/IP, and the source text that CONVXLAT makes them from.

    record 1   *TCP/IP translate tables       (EBCDIC, padded)
    record 2   256 bytes  ASCII to EBCDIC     (network to host)
    record 3   256 bytes  EBCDIC to ASCII     (host to network)

Source: [CR] Translation tables; [IPAPI] ReadXlateTable; the order of the tables as public readers of such files take them.
Rules: F 256 is the usual form; a z/OS UNIX file holds the same bytes without record marks. The source text is 512 bytes in
hexadecimal, ASCII to EBCDIC first; a semicolon begins a comment. Tables name every byte, so nothing is ever untranslatable.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from mvsfs.codepages.sbcs import Sbcs, characters
from mvsfs.errors import BadTranslateTable

#: What a file of single-byte tables begins with, in EBCDIC.
HEADER = "*TCP/IP translate tables".encode("cp037")
SIZE = 256
#: The page that host bytes are read in where a table must give characters: on the control connection.
HOST_PAGE = "IBM-1047"


def parse(records: Iterable[bytes], name: str) -> Sbcs:
    """Return the tables of a file's records, or of one piece that is the whole file. Raises BadTranslateTable."""
    rows = [bytes(record) for record in records]
    head, rest = (rows[0], b"".join(rows[1:])) if rows else (b"", b"")
    if not head.startswith(HEADER):
        raise BadTranslateTable(name, "header")
    if not rest:
        rest = head[SIZE:] if len(head) >= 3 * SIZE else head[len(HEADER) :]
    if len(rest) < 2 * SIZE:
        raise BadTranslateTable(name, "length")
    return Sbcs(name, name, rest[SIZE : 2 * SIZE], rest[:SIZE])


def build(pair: Sbcs) -> list[bytes]:
    """Return the three records of a file with these tables."""
    return [HEADER.ljust(SIZE, b"\x40"), pair.to_host, pair.to_net]


def compiled(lines: Iterable[str], name: str) -> Sbcs:
    """Return the tables that a source text means, as CONVXLAT reads it. Raises BadTranslateTable with the line at fault."""
    found = bytearray()
    for number, line in enumerate(lines, 1):
        for word in line.partition(";")[0].split():
            if len(word) != 2 or not all(digit in "0123456789abcdefABCDEF" for digit in word):
                raise BadTranslateTable(name, "source", number)
            found.append(int(word, 16))
    if len(found) != 2 * SIZE:
        raise BadTranslateTable(name, "length", len(found))
    return Sbcs(name, name, bytes(found[SIZE:]), bytes(found[:SIZE]))


#: Codecs of tables in use, by the name that Python's codecs look them up with.
_CODECS: dict[str, codecs.CodecInfo] = {}


def codec_of(pair: Sbcs) -> str:
    """Return the name of a Python codec between the network's bytes and text, by way of the host's characters."""
    name = f"tcpxlbin_{sha256(pair.to_net + pair.to_host).hexdigest()}"
    if name not in _CODECS:
        _CODECS[name] = _codec(name, pair)
    return name


def _codec(name: str, pair: Sbcs) -> codecs.CodecInfo:
    host = characters(HOST_PAGE)
    decoding = "".join(host[byte] for byte in pair.to_host)
    encoding = {ord(character): pair.to_net[byte] for byte, character in enumerate(host)}

    def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
        return codecs.charmap_encode(text, errors, encoding)

    def decode(data: Any, errors: str = "strict") -> tuple[str, int]:
        return codecs.charmap_decode(bytes(data), errors, decoding)

    return codecs.CodecInfo(encode, decode, name=name)


codecs.register(_CODECS.get)
