"""Segments, control records and text units of a transmission (NETDATA, .XMI).

    segment     +0 length with these 2 (2..255)   +1 flag    +2 data
    flag        80 first of the record   40 last   20 control record   10 record number
    control     +0 name INMRnn, 6 characters     INMR02: +6 file number, fullword     then text units
    text unit   +0 key   +2 count   count times: length, bytes

Source: jes-and-jcl.md 6.3; structure proved on public transmissions.
Rules: the stream is 80-byte records, the last filled with X'00'.
"""

from __future__ import annotations

from construct import Bytes, GreedyBytes, Int8ub, Int16ub, Prefixed, PrefixedArray, Struct, this

CARRIER_LENGTH = 80
FIRST, LAST, CONTROL, NUMBERED = 0x80, 0x40, 0x20, 0x10
MAX_SEGMENT_DATA = 253
NAME_LENGTH = 6

SEGMENT = Struct("length" / Int8ub, "flag" / Int8ub, "data" / Bytes(this.length - 2))
TEXT_UNIT = Struct("key" / Int16ub, "texts" / PrefixedArray(Int16ub, Prefixed(Int16ub, GreedyBytes)))

# Text unit keys, named as in the manual.
INMDDNAM, INMDSNAM, INMMEMBR = 0x0001, 0x0002, 0x0003
INMSECND, INMDIR, INMEXPDT, INMTERM = 0x000B, 0x000C, 0x0022, 0x0028
INMBLKSZ, INMDSORG, INMLRECL, INMRECFM = 0x0030, 0x003C, 0x0042, 0x0049
INMTNODE, INMTUID, INMFNODE, INMFUID = 0x1001, 0x1002, 0x1011, 0x1012
INMLREF, INMLCHG, INMCREAT, INMFTIME, INMUTILN, INMSIZE, INMNUMF = 0x1020, 0x1021, 0x1022, 0x1024, 0x1028, 0x102C, 0x102F
INMTYPE = 0x8012

#: INMRECFM beyond the record format byte: records of the carrier have no length words.
SHORTENED = 0x0001
NO_LENGTH_WORD = 0x0002
