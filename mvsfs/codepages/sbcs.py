"""Single-byte code pages as 256-byte translate tables.

Source: the tables of the standard library and of the `ebcdic` distribution; [CODES] on SBDATACONN and SBSUB.
Rules: X'15' <-> X'0A' and X'25' <-> X'85' in every host page, whatever the library says: libraries differ three ways,
and only this one lets text go there and back. A host table names each character once (asserted when it is built).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import lru_cache

from mvsfs.codepages.find import FTP_STANDARD_TABLE, find, page
from mvsfs.errors import UnknownCodepage, Untranslatable

#: Stand for bytes that a page does not define; each byte gets its own, so that tables stay one to one, and those of host
#: and network pages differ, so that two undefined bytes are never taken for the same character.
_PRIVATE_HOST, _PRIVATE_NET = 0xF700, 0xF600
#: SUB, which both worlds call a substitute; a question mark would look like data.
_SUB_HOST, _SUB_NET = 0x3F, 0x1A


@dataclass(frozen=True, slots=True)
class OneWay:
    """One direction: a 256-byte table, and the bytes that have no counterpart in `codepage`."""

    table: bytes
    lost: bytes = b""
    codepage: str = ""

    @property
    def blank(self) -> bytes | None:
        """The only byte that becomes an EBCDIC blank, or None when several do."""
        return self.table.index(0x40).to_bytes(1, "big") if self.table.count(0x40) == 1 else None

    def check(self, data: bytes, offset: int = 0) -> None:
        """Do nothing when all bytes translate. Raises Untranslatable for the first that does not."""
        if self.lost and len(data.translate(None, self.lost)) != len(data):
            at = next(at for at, byte in enumerate(data) if byte in self.lost)
            raise Untranslatable(self.codepage, offset + at)

    def translate(self, data: bytes) -> bytes:
        """Return the data in the other page. Raises Untranslatable."""
        self.check(data)
        return data.translate(self.table)

    def substituting(self, byte: int) -> OneWay:
        """Return the direction that puts `byte` for whatever is lost."""
        return OneWay(_patched(self.table, self.lost, byte))


def _patched(table: bytes, lost: bytes, byte: int) -> bytes:
    patched = bytearray(table)
    for position in lost:
        patched[position] = byte
    return bytes(patched)


@dataclass(frozen=True, slots=True)
class Sbcs:
    """Both directions of a pair. `lost_host` are host bytes without a place on the network side, `lost_net` the reverse."""

    host: str
    net: str
    to_net: bytes
    to_host: bytes
    lost_host: bytes = b""
    lost_net: bytes = b""

    @property
    def is_lossless(self) -> bool:
        """Tell whether every byte translates in both directions."""
        return not self.lost_host and not self.lost_net

    @property
    def outward(self) -> OneWay:
        """Host to network."""
        return OneWay(self.to_net, self.lost_host, self.net)

    @property
    def inward(self) -> OneWay:
        """Network to host."""
        return OneWay(self.to_host, self.lost_net, self.host)


@lru_cache(maxsize=64)
def characters(name: str) -> tuple[str, ...]:
    """Return the 256 characters of a page; a byte without one holds a private character of its own.

    Raises UnknownCodepage for a multi-byte or unknown page.
    """
    row = page(name)
    if not row.codec:
        raise UnknownCodepage(name)
    import ebcdic  # noqa: F401  (importing it makes its codecs findable)

    decode = codecs.getdecoder(row.codec)
    private = _PRIVATE_HOST if row.ebcdic else _PRIVATE_NET
    table = [_decoded(decode(bytes([byte]), "replace")[0], private + byte) for byte in range(256)]
    if row.ebcdic:
        table[0x15], table[0x25] = "\n", "\x85"
        _make_distinct(table)
    return tuple(table)


def _decoded(text: str, private: int) -> str:
    return text if len(text) == 1 and text != "\ufffd" else chr(private)


def _make_distinct(table: list[str]) -> None:
    """Give a byte that repeats an earlier character a private one, so that going back is unambiguous."""
    seen = {table[0x15]: 0x15, table[0x25]: 0x25}
    for byte, character in enumerate(table):
        if seen.setdefault(character, byte) != byte:
            table[byte] = chr(_PRIVATE_HOST + byte)


@lru_cache(maxsize=256)
def table(host: str, net: str = "ISO8859-1") -> Sbcs:
    """Return the translate tables between a host (EBCDIC) page and a network page; `FTP_STANDARD_TABLE` alone names both.

    Raises UnknownCodepage.
    """
    if FTP_STANDARD_TABLE in (find(host), find(net)):
        return standard_table()
    host, net = find(host), find(net)
    to_net, lost_host = _one_way(characters(host), characters(net), _SUB_NET)
    to_host, lost_net = _one_way(characters(net), characters(host), _SUB_HOST)
    return Sbcs(host, net, to_net, to_host, lost_host, lost_net)


def _one_way(source: tuple[str, ...], target: tuple[str, ...], substitute: int) -> tuple[bytes, bytes]:
    places = {character: byte for byte, character in reversed(list(enumerate(target)))}
    lost = bytes(byte for byte, character in enumerate(source) if character not in places)
    return bytes(places.get(character, substitute) for character in source), lost


@lru_cache(maxsize=1)
def standard_table() -> Sbcs:
    """Return FTP_STANDARD_TABLE: IBM-037 with ISO8859-1, which is what the old standard table holds for ASCII text [assumed]."""
    pair = table("IBM-037", "ISO8859-1")
    return Sbcs(FTP_STANDARD_TABLE, FTP_STANDARD_TABLE, pair.to_net, pair.to_host)
