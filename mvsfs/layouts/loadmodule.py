"""Directory data of a load module.

    +0  TTR of the first text block, 0     +10 length, 3 bytes       +18 flag: 80 VS linkage editor, 10 SSI, 08 APF
    +4  TTR of the note list, entries      +13 first block, halfword +19 flag: 10 RMODE ANY, 0C main AMODE, 03 AMODE
    +8  attributes 1   +9 attributes 2     +15 entry point, 3 bytes  +20 flag
    +21 as flagged: scatter 8, alias 11 (entry 3, main name 8), SSI 4 on a halfword, APF 2 (length, code)

    attributes 1   80 RN  40 RU  20 OV  10 TS  08 OL  04 SC  02 executable  01 one block
    attributes 2   80 FO (else DC)  40 origin zero  20 entry zero  10 no RLD  08 NE  04 TESTRAN  02 LE F  01 RF

Source: jes-and-jcl.md 6.1 (offsets proved on a public library; attribute 2 and AMODE 64 from IHAPDS, [known]).
"""

from __future__ import annotations

from construct import ConstructError, Int8ub, Int16ub, Int24ub, Struct

from mvsfs.errors import BadRecordData
from mvsfs.info import LoadModule

FIXED_LENGTH = 21
_ATTRIBUTES_1 = ((0x80, "RN"), (0x40, "RU"), (0x20, "OV"), (0x10, "TS"), (0x08, "OL"), (0x04, "SC"))
_ATTRIBUTES_2 = ((0x08, "NE"), (0x01, "RF"))
_EXECUTABLE, _FORMAT = 0x02, 0x80
_SCATTER, _SSI, _APF = 0x04, 0x10, 0x08
_AMODES = ("24", "64", "31", "ANY")

FIXED = Struct(
    "text" / Int24ub,
    "zero" / Int8ub,
    "notes" / Int24ub,
    "note_entries" / Int8ub,
    "attributes1" / Int8ub,
    "attributes2" / Int8ub,
    "size" / Int24ub,
    "first_block" / Int16ub,
    "entry" / Int24ub,
    "flag1" / Int8ub,
    "flag2" / Int8ub,
    "flag3" / Int8ub,
)


def parse(userdata: bytes, *, is_alias: bool = False) -> LoadModule:
    """Return the facts. Raises BadRecordData when the user data are too short for a load module."""
    try:
        raw = FIXED.parse(userdata)
    except ConstructError as error:
        raise BadRecordData("no load module data") from error
    tokens = ["FO" if raw.attributes2 & _FORMAT else "DC"]
    tokens += [token for bit, token in _ATTRIBUTES_1 if raw.attributes1 & bit]
    tokens += [token for bit, token in _ATTRIBUTES_2 if raw.attributes2 & bit]
    if not raw.attributes1 & _EXECUTABLE:
        tokens.append("NX")
    at = FIXED_LENGTH + (8 if raw.attributes1 & _SCATTER else 0) + (11 if is_alias else 0)
    if raw.flag1 & _SSI:
        at += at % 2 + 4
    ac = userdata[at + 1] if raw.flag1 & _APF and at + 1 < len(userdata) else 0
    rmode = "ANY" if raw.flag2 & 0x10 else "24"
    return LoadModule(raw.size, ac, _AMODES[raw.flag2 & 3], rmode, tuple(tokens), raw.entry)


def build(load: LoadModule, first_block: int = 0, text: int = 0) -> bytes:
    """Return user data for a main member whose text begins at TTR `text` with a block of `first_block` bytes."""
    attributes = set(load.attributes)
    first = sum(bit for bit, token in _ATTRIBUTES_1 if token in attributes and token not in {"SC", "OV"})
    second = sum(bit for bit, token in _ATTRIBUTES_2 if token in attributes)
    values = {
        "text": text,
        "zero": 0,
        "notes": 0,
        "note_entries": 0,
        "attributes1": first | (0 if "NX" in attributes else _EXECUTABLE),
        "attributes2": second | (0 if "DC" in attributes else _FORMAT) | 0x42,
        "size": load.size,
        "first_block": first_block & 0xFFFF,
        "entry": load.entry,
        "flag1": 0x80 | _APF,
        "flag2": (0x10 if load.rmode == "ANY" else 0) | (_AMODES.index(load.amode) if load.amode in _AMODES else 0),
        "flag3": 0,
    }
    data: bytes = FIXED.build(values)
    return data + bytes((1, load.ac, 0))


def of_alias(userdata: bytes, main: bytes) -> bytes:
    """Return the user data of an alias with the same entry point, for a main member of this name (8 EBCDIC characters)."""
    at = FIXED_LENGTH + (8 if userdata[8] & _SCATTER else 0)
    rest = userdata[at + at % 2 :] if userdata[18] & _SSI else userdata[at:]
    return _even(userdata[:at] + userdata[15:18] + main + rest.rstrip(b"\0").ljust(2, b"\0"))


def _even(data: bytes) -> bytes:
    return data + bytes(len(data) % 2)
