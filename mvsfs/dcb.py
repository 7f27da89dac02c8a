"""Record format, organisation and the Dcb that travels beside the bytes.

Source: [UDS] "Record formats", [JCLREF] DCB parameters; correction texts are zos-ftp-server.md 4.2.
Rules: LRECL of V formats includes the 4-byte RDW, BLKSIZE the 4-byte BDW; lengths in bytes. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

MAX_BLKSIZE = 32760
#: LRECL=X: a spanned logical record of any length.
LRECL_X = 0x8000


class Dsorg(Enum):
    """Data set organisations that the catalog can hold; the value is what listings show."""

    PS = "PS"
    PO = "PO"
    DA = "DA"
    VSAM = "VSAM"
    GDG = "GDG"
    PATH = "PATH"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Recfm:
    """A record format: base letter F, V, D or U with B(locked), S(tandard/spanned) and A or M control."""

    base: str
    blocked: bool = False
    spanned: bool = False
    control: str = ""

    @classmethod
    def parse(cls, text: str) -> Recfm:
        """Return the format spelled as FB, VBS, FBA, U ...

        Raises ValueError when the letters make no format.
        """
        letters = text.strip().upper()
        if not letters or letters[0] not in "FVUD":
            raise ValueError(f"no record format: {text!r}")
        base, rest = letters[0], letters[1:]
        control = ""
        if rest and rest[-1] in "AM":
            control, rest = rest[-1], rest[:-1]
        if rest not in {"", "B", "S", "BS"} or (base == "U" and rest):
            raise ValueError(f"no record format: {text!r}")
        return cls(base, "B" in rest, "S" in rest, control)

    def __str__(self) -> str:
        return f"{self.base}{'B' * self.blocked}{'S' * self.spanned}{self.control}"

    @property
    def is_fixed(self) -> bool:
        """Tell whether every record has LRECL bytes."""
        return self.base == "F"

    @property
    def is_variable(self) -> bool:
        """Tell whether records carry a length word (V and ASCII D formats)."""
        return self.base in "VD"

    @property
    def is_undefined(self) -> bool:
        """Tell whether each block is a record of its own (U)."""
        return self.base == "U"

    @property
    def may_span(self) -> bool:
        """Tell whether a record may be longer than a block (VS, VBS); FBS means 'standard', not spanned."""
        return self.spanned and self.is_variable


@dataclass(frozen=True, slots=True)
class Dcb:
    """RECFM, LRECL, BLKSIZE and DSORG together. recfm None: never opened, shown blank."""

    recfm: Recfm | None
    lrecl: int
    blksize: int
    dsorg: Dsorg = Dsorg.PS

    @classmethod
    def of(cls, recfm: str, lrecl: int, blksize: int = 0, dsorg: Dsorg = Dsorg.PS) -> Dcb:
        """Return a Dcb from the spelled record format; a zero BLKSIZE is system-determined."""
        dcb = cls(Recfm.parse(recfm), lrecl, blksize, dsorg)
        return dcb if blksize else replace(dcb, blksize=system_blksize(dcb))

    @property
    def data_length(self) -> int:
        """The longest record data in bytes that fits: LRECL, LRECL-4 for V, BLKSIZE for U; LRECL=X is unlimited (2**31)."""
        if self.recfm is None:
            return self.lrecl
        if self.recfm.is_undefined:
            return self.blksize or MAX_BLKSIZE
        if self.recfm.is_variable:
            return (1 << 31) if self.lrecl == LRECL_X else self.lrecl - 4
        return self.lrecl


#: Half a 3390 track: what system-determined block sizes aim at.
HALF_TRACK = 27998


def system_blksize(dcb: Dcb) -> int:
    """Return the system-determined block size: the best that fits half a 3390 track."""
    recfm = dcb.recfm
    if recfm is None:
        return 0
    if recfm.is_undefined:
        return 0 if dcb.lrecl == 0 else min(max(dcb.lrecl, 1), MAX_BLKSIZE)
    if recfm.is_fixed:
        if not dcb.lrecl:
            return 0
        return dcb.lrecl * max(1, HALF_TRACK // dcb.lrecl) if recfm.blocked else dcb.lrecl
    if recfm.blocked or recfm.spanned:
        return HALF_TRACK if dcb.lrecl == LRECL_X or recfm.spanned else max(HALF_TRACK, min(dcb.lrecl + 4, MAX_BLKSIZE))
    return min(dcb.lrecl + 4, MAX_BLKSIZE)
