"""Parameters of translation and of the command extensions.

Source: zos-ftp-server.md 4.3, 6.3, 6.4; [CFGREF].
"""

from __future__ import annotations

from zftpd.params.kinds import EOLS, SWITCH, Choice, Text, Word
from zftpd.params.param import Param, Where
from zftpd.params.sets import CodePages, Names, SubChar

EXTENSIONS = ("AUTH_GSSAPI", "AUTH_TLS", "MDTM", "REST_STREAM", "SIZE", "UTF8")
_BOTH = Where.BOTH
_PAGE = Word(32, "code page name")
_NO_CLIENT_TABLES = "the client's control connection is in ISO8859-1"

PARAMS = (
    Param(
        "CTRLCONN",
        _PAGE,
        "7BIT",
        "Code page of the control connection: 7BIT, FTP_STANDARD_TABLE or a code page.",
        "CR",
        where=_BOTH,
        site=("CTRLConn",),
    ),
    Param(
        "SBDATACONN",
        CodePages(),
        None,
        "Code pages of single-byte data, file system and network, or the data set or z/OS UNIX file with translate tables. "
        "Without it XLATE counts, then SRVRFTP.TCPXLBIN and STANDARD.TCPXLBIN, then (IBM-1047,ISO8859-1).",
        "UG SITE; ZREF",
        "seen",
        _BOTH,
        ("SBDataconn",),
        clearable=True,
    ),
    Param(
        "SBTRANS",
        Word(8, "translate table qualifier"),
        None,
        "Translate table data set for single-byte data, user.name.TCPXLBIN or hlq.name.TCPXLBIN. SBDATACONN wins over it.",
        "CR",
        where=Where.CLIENT,
    ),
    Param(
        "CCTRANS",
        Word(8, "translate table qualifier"),
        None,
        "Translate table data set for the client's control connection.",
        "CR",
        where=Where.CLIENT,
        limit=_NO_CLIENT_TABLES,
    ),
    Param(
        "CCXLATE",
        Word(8, "table name"),
        None,
        "Translate tables of the control connection, named as those of XLATE. CTRLCONN and EXTENSIONS UTF8 win over it.",
        "CR",
        evidence="seen",
    ),
    Param(
        "XLATE",
        Word(8, "table name"),
        None,
        "Translate tables of the data connection: the data set that environment variable _FTPXLATE_name holds, else "
        "hlq.name.TCPXLBIN. SBDATACONN wins over it in FTP.DATA.",
        "CR; UG SITE",
        "seen",
        site=("XLate",),
        clearable=True,
    ),
    Param("SBSENDEOL", EOLS, "CRLF", "Line end of outbound single-byte text.", "CODES 211", "seen", _BOTH, ("SBSENDEOL",)),
    Param(
        "SBSUB",
        SWITCH,
        False,
        "Replace bytes that cannot be translated instead of failing.",
        "CODES 211",
        "seen",
        _BOTH,
        ("SBSUB",),
    ),
    Param(
        "SBSUBCHAR", SubChar(), "SPACE", "What SBSUB puts in place of such a byte.", "CODES 211", "seen", _BOTH, ("SBSUBCHAR",)
    ),
    Param(
        "ENCODING",
        Choice(("SBCS", "MBCS")),
        "SBCS",
        "Whether text is single-byte or multi-byte.",
        "UG SITE",
        where=_BOTH,
        site=("ENcoding",),
        says="ENcoding",
    ),
    Param(
        "MBDATACONN",
        CodePages(table=False),
        None,
        "Code pages of multi-byte data: file system and network.",
        "UG SITE",
        where=_BOTH,
        site=("MBDATACONN",),
        clearable=True,
    ),
    Param(
        "MBREQUIRELASTEOL",
        SWITCH,
        True,
        "The last record of inbound multi-byte text must end with a line end.",
        "UG SITE",
        where=_BOTH,
        site=("MBREQUIRELASTEOL",),
    ),
    Param("MBSENDEOL", EOLS, "CRLF", "Line end of outbound multi-byte text.", "CODES 211", "seen", _BOTH, ("MBSENDEOL",)),
    Param(
        "DBSUB",
        SWITCH,
        False,
        "Replace double-byte characters that cannot be translated instead of failing.",
        "CODES 211",
        "seen",
        _BOTH,
        ("DBSUB",),
    ),
    Param(
        "UCSHOSTCS", _PAGE, None, "EBCDIC side of UCS-2 transfers.", "UG SITE", where=_BOTH, site=("UCSHOSTCS",), clearable=True
    ),
    Param(
        "UCSSUB",
        SWITCH,
        False,
        "Replace characters that UCS-2 transfers cannot translate.",
        "UG SITE",
        where=_BOTH,
        site=("UCSSUB",),
    ),
    Param(
        "UCSTRUNC",
        SWITCH,
        False,
        "Cut UCS-2 records that are too long.",
        "UG SITE",
        where=_BOTH,
        site=("UCSTRUNC",),
    ),
    Param(
        "UNICODEFILESYSTEMBOM",
        Choice(("ASIS", "ALWAYS", "NEVER")),
        "ASIS",
        "Byte order mark of stored Unicode files.",
        "UG SITE",
        where=_BOTH,
        site=("UNICODEFILESYSTEMBOM",),
    ),
    Param(
        "EXTENSIONS",
        Names(EXTENSIONS),
        (),
        "Commands of later RFCs that the server offers: AUTH, MDTM, REST in stream mode, SIZE, LANG with "
        "UTF-8. One per statement.",
        "CR; ZREF",
        "seen",
        _BOTH,
        limit="AUTH_GSSAPI is accepted, but there is no Kerberos",
        limited=lambda names: "AUTH_GSSAPI" in names,
    ),
    Param(
        "MVSURLKEY",
        Text("path component"),
        None,
        "First part of an ftp URL that leads to data sets.",
        "CR",
        limit="no FTP command carries a URL",
    ),
)
