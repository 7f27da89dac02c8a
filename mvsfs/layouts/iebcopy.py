"""Records of an unloaded partitioned data set.

    COPYR1   56 bytes (52 from MVS 3.8): identity and label facts of the library, device of the source
    COPYR2   276 bytes: the DEB with up to 16 extents of the source
    block    +0 flag  +1 MBB  +4 CC  +6 HH  +8 R  +9 key length  +10 data length  +12 key, data

Source: jes-and-jcl.md 6.4; proved on the members of public transmissions.
Rules: directory blocks have KL 8 and DL 256 and end with a header of zeros; a member ends with a block of DL 0. A TTR is the
track's number over all extents and R. Blocks of a PDSE's unload say in their flag what they are: 08 directory, 04 and 02
attributes, 80 an end.
"""

from __future__ import annotations

from construct import Bytes, Const, Default, Int8ub, Int16ub, Int24ub, Int32ub, Optional, Struct, this

HEADER_LENGTH = 12
#: COPYR1 flag: what kind of unload it is.
KIND, PDSE, ERROR, TRANSFER, PROGRAM_LIBRARY = 0xC0, 0x40, 0x80, 0xC0, 0x10
#: Block flags: what a PDSE keeps about a member or about itself (creation, last change), which is no data of the member.
ATTRIBUTES = 0x06000000

COPYR1 = Struct(
    "flags" / Int8ub,
    Const(b"\xca\x6d\x0f"),
    "dsorg" / Int16ub,
    "blksize" / Int16ub,
    "lrecl" / Int16ub,
    "recfm" / Int8ub,
    "keylen" / Default(Int8ub, 0),
    "optcd" / Default(Int8ub, 0),
    "sms" / Default(Int8ub, 0),
    "container_blksize" / Int16ub,
    "ucbtype" / Default(Int32ub, 0x3010200F),
    "max_block" / Default(Int32ub, 32760),
    "cylinders" / Default(Int16ub, 1113),
    "heads" / Default(Int16ub, 15),
    "track_length" / Default(Int16ub, 58786),
    "overhead" / Default(Bytes(6), bytes.fromhex("001000000000")),
    "header_records" / Default(Int16ub, 2),
    "last" / Optional(Bytes(18)),
)
EXTENT = Struct(
    "file_mask" / Default(Int8ub, 0x58),
    "ucb" / Default(Int24ub, 0),
    "bin" / Default(Int16ub, 0),
    "start_cc" / Int16ub,
    "start_hh" / Int16ub,
    "end_cc" / Int16ub,
    "end_hh" / Int16ub,
    "tracks" / Int16ub,
)
COPYR2 = Struct(
    "deb" / Default(Bytes(16), bytes.fromhex("01000000ff0000008f00000004000000")),
    "extents" / EXTENT[16],
    "rest" / Bytes(4),
)
BLOCK = Struct(
    "mbb" / Default(Int32ub, 0),
    "cc" / Int16ub,
    "hh" / Int16ub,
    "r" / Int8ub,
    "kl" / Int8ub,
    "dl" / Int16ub,
    "key" / Bytes(this.kl),
    "data" / Bytes(this.dl),
)
