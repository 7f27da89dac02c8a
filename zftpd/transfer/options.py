"""What a transfer must know: the representation on the wire, and the settings that shape it.

Source: [RFC959 3.1, 3.4], [CR] SITE parameters of zos-ftp-server.md 4.3.
Rules: frozen; made once per transfer, so that a SITE during a transfer (from another session's view) changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from mvsfs.codepages import OneWay, Sbcs, table
from mvsfs.dcb import Dcb
from mvsfs.errors import UnknownCodepage
from mvsfs.records.forms import NL
from mvsfs.text.multibyte import Multibyte
from mvsfs.text.shifts import PLAIN, Shifts

_EOL = {"CRLF": b"\r\n", "CR": b"\r", "LF": b"\n", "NONE": b""}
#: TYPE B n: the host page and the network page [UG MBCS support]. z/OS takes Hangeul from a table of its own, and IBM-948 for 7:
#: the C library has neither, so 7 is Big5 as 8 is [assumed].
_DBCS = {
    "1": ("IBM-939", "IBM-943"),
    "2": ("IBM-939", "IBM-eucJP"),
    "3": ("IBM-939", "ISO-2022-JP"),
    "4": ("IBM-939", "ISO-2022-JP"),
    "5": ("IBM-933", "IBM-949"),
    "6": ("IBM-933", "IBM-949"),
    "7": ("IBM-937", "BIG5"),
    "8": ("IBM-937", "BIG5"),
    "9": ("IBM-935", "GB18030"),
}
#: The numbers of TYPE B whose option is an escape sequence.
JIS = {"3", "4"}


def dbcs_form(number: str, words: str) -> str:
    """Return the form of TYPE B from its number and options as sent: `S` alone is `S A`, and the S itself says nothing more."""
    if words[:1] == "S" and words[2:3] not in {"A", "E", "S"}:
        words = f"S A{words[1:]}"
    return f"{number} {words.removeprefix('S ')}".strip()


#: What SBDATACONN means when nothing was configured.
DEFAULT_SBDATACONN = ("IBM-1047", "ISO8859-1")


@dataclass(frozen=True, slots=True)
class WireType:
    """TYPE, its second parameter, STRU and MODE of a session. type: A E I L B F U; L has byte size 8 only and acts as I."""

    type: str = "A"
    form: str = "N"
    stru: str = "F"
    mode: str = "S"

    @property
    def is_text(self) -> bool:
        """Tell whether lines are translated (A, and the DBCS types B and U)."""
        return self.type in "ABU"

    @property
    def is_image(self) -> bool:
        """Tell whether bytes pass unchanged without line ends (I and L 8)."""
        return self.type in "IL"

    @property
    def filler(self) -> int:
        """The byte that MODE C leaves out in runs: blank of the representation, X'00' for image."""
        return 0x00 if self.is_image else 0x20 if self.is_text else 0x40


@dataclass(frozen=True, slots=True)
class TransferOptions:
    """The settings that change bytes of a transfer. Attribute names are those of the session's Settings."""

    sbdataconn: tuple[str, str] | None = None
    sbsendeol: str = "CRLF"
    sbsub: bool = False
    sbsubchar: int | str = "SPACE"
    trailingblanks: bool = False
    truncate: bool = True
    wraprecord: bool = False
    rdw: bool = False
    asatrans: bool = False
    chkptint: int = 0
    encoding: str = "SBCS"
    mbdataconn: tuple[str, str] | None = None
    mbsendeol: str = "CRLF"
    mbrequirelasteol: bool = True
    ucshostcs: str = ""
    ucssub: bool = False
    ucstrunc: bool = False
    dbsub: bool = False
    unicodefilesystembom: str = "ASIS"
    removeinbeof: bool = False
    tables: Sbcs | None = None  # read from a TCPXLBIN data set: they take the place of sbdataconn

    @classmethod
    def of(cls, settings: Any) -> TransferOptions:
        """Return the options of a session's settings; a parameter that they lack keeps its default."""
        known = {item.name: getattr(settings, item.name) for item in fields(cls) if hasattr(settings, item.name)}
        return cls(**known)

    @property
    def codepages(self) -> tuple[str, str]:
        """The pair (host, network) in force."""
        return self.sbdataconn or DEFAULT_SBDATACONN

    def table(self) -> Sbcs:
        """Return the translate tables in force. Raises UnknownCodepage."""
        return self.tables or table(*self.codepages)

    def outward(self) -> OneWay:
        """Return host to network, with SBSUB in force when set."""
        pair = self.table()
        return pair.outward.substituting(self._substitute(pair.to_net)) if self.sbsub else pair.outward

    def inward(self) -> OneWay:
        """Return network to host, with SBSUB in force when set."""
        pair = self.table()
        return pair.inward.substituting(self._substitute(b"")) if self.sbsub else pair.inward

    def _substitute(self, to_net: bytes) -> int:
        """The byte that SBSUBCHAR means in the target page; `to_net` is given when that is the network's."""
        if isinstance(self.sbsubchar, int):
            return self.sbsubchar
        if self.sbsubchar.upper() == "SPACE":
            return to_net[0x40] if to_net else 0x40
        return int(self.sbsubchar, 16)

    def multibyte(self, wire: WireType) -> Multibyte | None:
        """Return the pages of a multi-byte transfer, or None for single bytes. Raises UnknownCodepage."""
        if wire.type == "U":
            return Multibyte(self.ucshostcs or self.codepages[0], "UCS-2", self.ucssub, self.unicodefilesystembom)
        if wire.type == "B":
            number, *words = wire.form.split()
            host, net = _DBCS[number]
            shifting = "" if number in JIS else next((word for word in words if word in {"A", "E", "S"}), "")
            kind = "N" if "N" in words else shifting
            shifts = Shifts(kind, "R" in words, number == "4") if words or number == "4" else PLAIN
            return Multibyte(host, net, self.dbsub, shifts=shifts)
        if wire.type == "A" and self.encoding == "MBCS":
            if self.mbdataconn is None:
                raise UnknownCodepage("MBDATACONN")
            return Multibyte(*self.mbdataconn, self.sbsub or self.dbsub, self.unicodefilesystembom, self.mbrequirelasteol)
        return None

    def may_truncate(self, wire: WireType) -> bool:
        """Tell whether long records are cut: UCSTRUNC decides for UCS-2, TRUNCATE for the others."""
        return self.ucstrunc if wire.type == "U" else self.truncate

    def is_asa(self, dcb: Dcb) -> bool:
        """Tell whether control characters of this data set are to be translated to C control sequences."""
        return self.asatrans and dcb.recfm is not None and dcb.recfm.control == "A"

    def eol(self, wire: WireType) -> bytes:
        """Return what follows each record on the wire."""
        if not wire.is_text:
            return NL
        return _EOL[self.mbsendeol if wire.type == "A" and self.encoding == "MBCS" else self.sbsendeol]
