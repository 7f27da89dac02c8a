"""The record format byte of labels, unloads and transmissions, and the organisation halfword.

    C0 U   80 F   40 V     20 track overflow   10 blocked   08 spanned or standard   04 ASA   02 machine control
    4000 PS     2000 DA     0200 PO     0008 VSAM

Source: jes-and-jcl.md 6.3, 6.4, 6.6.
"""

from __future__ import annotations

from mvsfs.dcb import Dsorg, Recfm

_BASES = {"U": 0xC0, "F": 0x80, "V": 0x40, "D": 0x40}
_LETTERS = {0xC0: "U", 0x80: "F", 0x40: "V"}
BLOCKED, SPANNED, ASA, MACHINE = 0x10, 0x08, 0x04, 0x02
DSORGS = {Dsorg.PS: 0x4000, Dsorg.DA: 0x2000, Dsorg.PO: 0x0200, Dsorg.VSAM: 0x0008}


def recfm_byte(recfm: Recfm | None) -> int:
    """Return the byte for a record format; 0 when there is none."""
    if recfm is None:
        return 0
    control = {"A": ASA, "M": MACHINE}.get(recfm.control, 0)
    return _BASES[recfm.base] | BLOCKED * recfm.blocked | SPANNED * recfm.spanned | control


def recfm_of(byte: int) -> Recfm | None:
    """Return the record format of a byte, or None when it names none. U keeps its control only."""
    base = _LETTERS.get(byte & 0xC0)
    if base is None:
        return None
    control = "A" if byte & ASA else "M" if byte & MACHINE else ""
    if base == "U":
        return Recfm("U", control=control)
    return Recfm(base, bool(byte & BLOCKED), bool(byte & SPANNED), control)


def dsorg_of(halfword: int) -> Dsorg:
    """Return the organisation of a halfword; bits beside the organisation (unmovable) are passed over."""
    return next((dsorg for dsorg, bits in DSORGS.items() if halfword & bits), Dsorg.UNKNOWN)
