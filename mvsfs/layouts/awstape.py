"""Headers of AWSTAPE and HET images, and IBM standard labels.

    header   +0 length of this chunk   +2 length of the chunk before   (both low byte first)
             +4 80 first of the block  40 tape mark  20 last of the block   02 bzip2  01 zlib     +5 80 zlib (other maker)
    labels   80 EBCDIC characters: VOL1, then for each file HDR1 HDR2 ... mark, data, mark, EOF1 EOF2, mark

Source: jes-and-jcl.md 6.5; the chain is proved on public images.
"""

from __future__ import annotations

from construct import Bytes, Const, Int8ub, Int16ul, Struct

HEADER_LENGTH = 6
FIRST, MARK, LAST, BZIP2, ZLIB = 0x80, 0x40, 0x20, 0x02, 0x01
OTHER_ZLIB = 0x80
MAX_CHUNK = 65535
LABEL_LENGTH = 80

HEADER = Struct("length" / Int16ul, "previous" / Int16ul, "flags1" / Int8ub, "flags2" / Int8ub)


def _text(name: str, length: int) -> Struct:
    return name / Bytes(length)


VOL1 = Struct(Const("VOL1".encode("cp037")), _text("volser", 6), _text("rest", 31), _text("owner", 10), _text("blanks", 29))
#: HDR1 EOF1 EOV1
LABEL1 = Struct(
    _text("kind", 4),
    _text("dsid", 17),
    _text("volser", 6),
    _text("volume", 4),
    _text("sequence", 4),
    _text("generation", 4),
    _text("version", 2),
    _text("created", 6),
    _text("expires", 6),
    _text("security", 1),
    _text("blocks", 6),
    _text("system", 13),
    _text("rest", 7),
)
#: HDR2 EOF2 EOV2
LABEL2 = Struct(
    _text("kind", 4),
    _text("recfm", 1),
    _text("blksize", 5),
    _text("lrecl", 5),
    _text("density", 1),
    _text("position", 1),
    _text("job", 17),
    _text("technique", 2),
    _text("control", 1),
    _text("reserved", 1),
    _text("attribute", 1),
    _text("rest", 41),
)
