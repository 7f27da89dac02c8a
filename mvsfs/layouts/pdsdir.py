"""Directory blocks of a partitioned data set.

    block   +0 bytes used (with these 2)   +2 entries, ascending by EBCDIC name   key: name of the last entry
    entry   +0 name 8    +8 TTR 3    +11 C 1    +12 user data, 2 x halfwords
    C       80 alias     60 number of TTRNs in the user data     1F halfwords of user data

Source: jes-and-jcl.md 6.1. After the last entry stands one named eight X'FF'; the block that holds it has the key X'FF' * 8.
Not here: ISPF statistics and load-module data, which are user data (ispfstats.py, loadmodule.py).
Rules: offsets are from 0; lengths in bytes. A block carries whole entries only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from construct import Bytes, ConstructError, Int8ub, Int16ub, Int24ub, Struct, this

from mvsfs.errors import BadRecordData

BLOCK_LENGTH = 256
KEY_LENGTH = 8
LAST = b"\xff" * KEY_LENGTH
_ALIAS, _TTRNS, _HALFWORDS = 0x80, 0x60, 0x1F
MAX_USERDATA = 2 * _HALFWORDS

ENTRY = Struct("name" / Bytes(8), "ttr" / Int24ub, "c" / Int8ub, "userdata" / Bytes((this.c & _HALFWORDS) * 2))
BLOCK = Struct("used" / Int16ub, "entries" / Bytes(BLOCK_LENGTH - 2))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it lies in a block. `ttrns` counts the pointers at the start of the user data."""

    name: str
    ttr: int
    userdata: bytes = b""
    is_alias: bool = False
    ttrns: int = 0

    def build(self) -> bytes:
        """Return the entry's bytes. Raises BadRecordData for user data that are odd or longer than 62."""
        if len(self.userdata) > MAX_USERDATA or len(self.userdata) % 2:
            raise BadRecordData("user data of a directory entry")
        c = (_ALIAS if self.is_alias else 0) | self.ttrns << 5 | len(self.userdata) // 2
        built: bytes = ENTRY.build({"name": host_name(self.name), "ttr": self.ttr, "c": c, "userdata": self.userdata})
        return built


def host_name(name: str) -> bytes:
    """Return a member name as it lies in the directory: EBCDIC, blank filled to 8."""
    return name.ljust(KEY_LENGTH)[:KEY_LENGTH].encode("cp037", "replace")


def build(entries: Iterable[Entry]) -> list[tuple[bytes, bytes]]:
    """Return (key, block) pairs that hold the entries in EBCDIC order; the last pair's key is eight X'FF'."""
    built = [(host_name(entry.name), entry.build()) for entry in sorted(entries, key=lambda entry: host_name(entry.name))]
    built.append((LAST, LAST))
    blocks: list[tuple[bytes, bytes]] = []
    content, key = b"", LAST
    for name, data in built:
        if len(content) + len(data) > BLOCK_LENGTH - 2:
            blocks.append((key, _block(content)))
            content = b""
        content, key = content + data, name
    blocks.append((key, _block(content)))
    return blocks


def blocks_needed(entries: Iterable[Entry]) -> int:
    """Return how many directory blocks the entries fill."""
    return len(build(entries))


def _block(content: bytes) -> bytes:
    built: bytes = BLOCK.build({"used": len(content) + 2, "entries": content.ljust(BLOCK_LENGTH - 2, b"\0")})
    return built


def parse(blocks: Iterable[bytes]) -> Iterator[Entry]:
    """Yield the entries of directory blocks (256 bytes each, without keys), up to the end marker.

    Raises BadRecordData for a used length beyond the block or an entry that leaves it.
    """
    for number, block in enumerate(blocks):
        try:
            raw = BLOCK.parse(block)
        except ConstructError as error:
            raise BadRecordData("directory block is short", number * BLOCK_LENGTH) from error
        used = raw.used
        if used > BLOCK_LENGTH:
            raise BadRecordData("directory block's used length", number * BLOCK_LENGTH)
        data, at = raw.entries[: max(used - 2, 0)], 0
        while at < len(data):
            if data[at : at + KEY_LENGTH] == LAST:
                return
            entry, size = _entry(data[at:], number * BLOCK_LENGTH + at + 2)
            yield entry
            at += size


def _entry(data: bytes, offset: int) -> tuple[Entry, int]:
    try:
        raw = ENTRY.parse(data)
    except ConstructError as error:
        raise BadRecordData("directory entry leaves its block", offset) from error
    name = raw.name.decode("cp037").rstrip()
    entry = Entry(name, raw.ttr, raw.userdata, bool(raw.c & _ALIAS), (raw.c & _TTRNS) >> 5)
    return entry, 12 + len(raw.userdata)
