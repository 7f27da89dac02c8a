"""Names of code pages: every spelling that FTP.DATA, SITE and JCL use, and the codec that holds the table.

Source: [CR] SBDATACONN, MBDATACONN; the IANA and glibc alias lists; dependencies.md 3 for which library has which page.
Rules: one row per page. The canonical name is IBM's (IBM-1047, ISO8859-1); matching ignores case, hyphens, underscores.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mvsfs.errors import UnknownCodepage

#: The name that selects the standard table of RFC 959 days instead of a pair.
FTP_STANDARD_TABLE = "FTP_STANDARD_TABLE"


@dataclass(frozen=True, slots=True)
class Codepage:
    """One page. `codec` is a Python codec; `iconv` the glibc converter for multi-byte pages; both "" when not so held."""

    name: str
    ccsid: int
    codec: str = ""
    iconv: str = ""
    ebcdic: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def is_multibyte(self) -> bool:
        """Tell whether a character may take more than one byte."""
        return bool(self.iconv)


def _host(ccsid: int, *aliases: str) -> Codepage:
    return Codepage(f"IBM-{ccsid:03d}", ccsid, f"cp{ccsid:03d}", ebcdic=True, aliases=aliases)


def _mixed(ccsid: int) -> Codepage:
    return Codepage(f"IBM-{ccsid}", ccsid, iconv=f"IBM{ccsid}", ebcdic=True)


_HOSTS = (37, 273, 277, 278, 280, 284, 285, 290, 297, 420, 424, 500, 833, 838, 870, 871, 875, 1025, 1026, 1047, 1097, 1112)
_HOSTS_EURO = (1122, 1123, 1140, 1141, 1142, 1143, 1144, 1145, 1146, 1147, 1148, 1149)
_MIXED = (930, 933, 935, 937, 939, 1364, 1371, 1388, 1390, 1399)
_PC = (437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874)
#: ISO8859 parts with their IBM CCSIDs.
_ISO = ((1, 819), (2, 912), (3, 913), (4, 914), (5, 915), (6, 1089), (7, 813), (8, 916), (9, 920), (13, 921), (15, 923))
#: Windows pages with the CCSIDs of their euro editions.
_WINDOWS = ((1250, 5346), (1251, 5347), (1252, 5348), (1253, 5349), (1254, 5350), (1255, 9447), (1256, 9448), (1257, 9449))

PAGES: tuple[Codepage, ...] = (
    *(_host(ccsid) for ccsid in _HOSTS),
    *(_host(ccsid) for ccsid in _HOSTS_EURO),
    *(_mixed(ccsid) for ccsid in _MIXED),
    *(Codepage(f"IBM-{ccsid}", ccsid, f"cp{ccsid}") for ccsid in _PC),
    *(Codepage(f"ISO8859-{part}", ccsid, f"iso8859_{part}", aliases=(f"ISO-8859-{part}",)) for part, ccsid in _ISO),
    *(Codepage(f"IBM-{number}", ccsid, f"cp{number}", aliases=(f"WINDOWS-{number}",)) for number, ccsid in _WINDOWS),
    Codepage("US-ASCII", 367, "ascii", aliases=("ASCII", "7BIT", "IBM-367", "ISO646-US")),
    Codepage("UTF-8", 1208, iconv="UTF-8", aliases=("IBM-1208", "UTF8")),
    Codepage("UTF-16", 1200, iconv="UTF-16BE", aliases=("IBM-1200", "UTF-16BE")),
    Codepage("UTF-16LE", 1202, iconv="UTF-16LE", aliases=("IBM-1202",)),
    Codepage("UCS-2", 13488, iconv="UCS-2BE", aliases=("IBM-13488", "UCS2")),
    Codepage("GB18030", 5488, iconv="GB18030", aliases=("IBM-5488", "IBM-1392", "GBK", "IBM-1386", "GB2312")),
    Codepage("IBM-943", 943, iconv="IBM943", aliases=("SHIFT-JIS", "SJIS", "IBM-932", "WINDOWS-31J")),
    Codepage("IBM-eucJP", 33722, iconv="EUC-JP", aliases=("EUC-JP", "IBM-33722", "IBM-954")),
    Codepage("ISO-2022-JP", 956, iconv="ISO-2022-JP", aliases=("IBM-5052", "JIS83", "JIS78")),
    Codepage("BIG5", 950, iconv="BIG5", aliases=("IBM-950", "BIG-5")),
    Codepage("IBM-949", 949, iconv="UHC", aliases=("EUC-KR", "UHC", "IBM-970", "IBM-1363")),
)


def _key(name: str) -> str:
    text = re.sub(r"[-_ ]", "", name.upper())
    text = re.sub(r"^(?:IBM|CP|CCSID|IBMCP|XIBM)(?=\d)", "", text)
    return text.lstrip("0") or text


_INDEX: dict[str, Codepage] = {}
for _page in PAGES:
    for _name in (_page.name, str(_page.ccsid), *_page.aliases):
        _INDEX.setdefault(_key(_name), _page)


@lru_cache(maxsize=256)
def page(name: str) -> Codepage:
    """Return the row of a code page under any of its spellings. Raises UnknownCodepage."""
    found = _INDEX.get(_key(name))
    if found is None:
        raise UnknownCodepage(name)
    return found


def find(name: str) -> str:
    """Return the canonical name of a code page. Raises UnknownCodepage."""
    return FTP_STANDARD_TABLE if _key(name) == _key(FTP_STANDARD_TABLE) else page(name).name
