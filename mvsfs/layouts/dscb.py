"""Data set control blocks of a VTOC, format 1 and format 3.

    format 1   44 name, then +44 F1  +45 volser  +51 volume number  +53 created YDDD  +56 expires  +59 extents
               +60 bytes used in the last directory block  +61 flags  +62 system code  +75 referred YDDD  +78 SMS flags
               +79 extension of space: flags, 2
               +82 organisation  +84 record format  +85 OPTCD  +86 blksize  +88 lrecl  +90 key length  +91 relative key position
               +93 indicators  +94 space: unit, secondary amount  +98 last block TTR  +101 bytes left on its track  +103 reserved
               +105 three extents of 10  +135 where the format 3 is, CCHHR
    format 3   03 four times, four extents, F3, nine extents, where the next is
    extent     +0 01 when there is one  +1 number from 0  +2 first CCHH  +6 last CCHH

Source: [DFSMSdfp Advanced Services] "VTOC components"; proved on public listings of LISTDS LABEL. Rules: a date is the year less
1900 and the day, in three bytes; zeros are no date.
"""

from __future__ import annotations

from construct import Bytes, Const, Default, Int8ub, Int16ub, Int24ub, Struct

EXTENT = Struct(
    "kind" / Default(Int8ub, 1), "number" / Int8ub, "cc" / Int16ub, "hh" / Int16ub, "end_cc" / Int16ub, "end_hh" / Int16ub
)
EXTENT_LENGTH = 10
#: How many extents a format 1 has, and a format 3 before and behind its identifier.
EXTENTS1, EXTENTS3 = 3, (4, 9)
POINTER_LENGTH = 5
SYSTEM_CODE = "IBMOSVS2"
#: SMS flags: managed by the system, a PDSE.
MANAGED, PDSE = 0x80, 0x08
#: Indicators: the last volume, changed since it was saved.
LAST_CHANGED = 0x82
#: Units of space: average blocks, tracks, cylinders.
UNITS = {"BLOCK": 0x40, "TRACK": 0x80, "CYLINDER": 0xC0}

#: A format 1 behind the name, up to its extents.
FORMAT1 = Struct(
    Const(b"\xf1"),
    "volser" / Bytes(6),
    "volume" / Default(Int16ub, 1),
    "created" / Bytes(3),
    "expires" / Bytes(3),
    "extents" / Int8ub,
    "directory" / Default(Int8ub, 0),
    "flags" / Default(Int8ub, 0),
    "system" / Bytes(13),
    "referred" / Bytes(3),
    "sms" / Int8ub,
    "extension" / Default(Bytes(3), bytes(3)),
    "dsorg" / Int16ub,
    "recfm" / Int8ub,
    "optcd" / Default(Int8ub, 0),
    "blksize" / Int16ub,
    "lrecl" / Int16ub,
    "keylen" / Default(Int8ub, 0),
    "rkp" / Default(Int16ub, 0),
    "indicators" / Default(Int8ub, LAST_CHANGED),
    "unit" / Int8ub,
    "secondary" / Int24ub,
    "last" / Default(Bytes(3), bytes(3)),
    "left" / Default(Int16ub, 0),
    "reserved" / Default(Bytes(2), bytes(2)),
)
POINTER = Struct("cc" / Default(Int16ub, 0), "hh" / Default(Int16ub, 2), "r" / Default(Int8ub, 0x17))
KEY3 = Struct(Const(b"\x03\x03\x03\x03"))
ID3 = Struct(Const(b"\xf3"))
