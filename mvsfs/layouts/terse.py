"""The header of a tersed file, and its codes of 12 bits.

    +0  02 PACK  05 SPACK     +1  01 variable records     +2 record length (2; data only)     +4  flags     +5  ratio
    +6  block size (2)        +8  record length when it does not fit (4)     +12 codes, high bits first; 000 ends them

Source: jes-and-jcl.md 6.7; the public decompressor of the Open Mainframe Project and its 72 files written by z/OS.
Rules: a code 1-256 is a byte plus 1, 257 ends a record, higher ones are strings. Pure. Raises BadRecordData.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from construct import Int8ub, Int16ub, Int32ub, Struct

from mvsfs.errors import BadRecordData

PACK, SPACK = 2, 5
RECORD_MARK = 257
FIRST_STRING = 258
CODES = 4096
#: What files of z/OS carry: made on MVS, and one more flag, which all 72 public ones have.
FLAGS = 0x0C
HEADER_LENGTH = 12

HEADER = Struct(
    "version" / Int8ub,
    "variable" / Int8ub,
    "length" / Int16ub,
    "flags" / Int8ub,
    "ratio" / Int8ub,
    "blksize" / Int16ub,
    "long_length" / Int32ub,
)


def codes(data: bytes) -> Iterator[int]:
    """Yield the codes up to the end mark. Raises BadRecordData when the data end without one."""
    whole = len(data) - len(data) % 3
    for at in range(0, whole, 3):
        three = int.from_bytes(data[at : at + 3], "big")
        for code in (three >> 12, three & 0xFFF):
            if not code:
                return
            yield code
    rest = data[whole:]
    if len(rest) == 2 and (code := int.from_bytes(rest, "big") >> 4):
        yield code
    elif len(rest) == 1 and rest[0]:
        raise BadRecordData("terse data end inside a code", whole)


def carried(found: Iterable[int]) -> bytes:
    """Return codes as bytes, with the end mark."""
    listed = [*takewhile(bool, found), 0]
    if len(listed) % 2:
        listed.append(0)
    pairs = zip(listed[::2], listed[1::2], strict=True)
    return b"".join(((one << 12) | two).to_bytes(3, "big") for one, two in pairs)
