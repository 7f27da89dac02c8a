"""Columns of the unload's records.

Source: [RACFMAC] "IRRDBU00 record types". Columns count from 1, both ends included; one blank stands between fields. Only
record types and fields that this database has something for are listed; in a line that is read everything else is passed over.
Rules: pure. Dates are yyyy-mm-dd, times hh:mm:ss, switches YES or NO.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One field: its name in the manual, first and last column."""

    name: str
    first: int
    last: int


def _columns(*rows: tuple[str, int, int]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_NAME = ("NAME", 6, 13)
_COUNTS_AT_105 = (("ALTER_CNT", 105, 109), ("CONTROL_CNT", 111, 115), ("UPDATE_CNT", 117, 121), ("READ_CNT", 123, 127))
_DATASET = (("NAME", 6, 49), ("VOL", 51, 56))
_RESOURCE = (("NAME", 6, 251), ("CLASS_NAME", 253, 260))
RECORDS: dict[str, tuple[Column, ...]] = {
    "0100": _columns(
        _NAME,
        ("SUPGRP_ID", 15, 22),
        ("CREATE_DATE", 24, 33),
        ("OWNER_ID", 35, 42),
        ("UACC", 44, 51),
        ("NOTERMUACC", 53, 56),
        ("INSTALL_DATA", 58, 312),
        ("MODEL", 314, 357),
        ("UNIVERSAL", 359, 362),
    ),
    "0101": _columns(_NAME, ("SUBGRP_ID", 15, 22)),
    "0102": _columns(_NAME, ("MEMBER_ID", 15, 22), ("AUTH", 24, 31)),
    "0120": _columns(_NAME, ("GID", 15, 24)),
    "0200": _columns(
        _NAME,
        ("CREATE_DATE", 15, 24),
        ("OWNER_ID", 26, 33),
        ("ADSP", 35, 38),
        ("SPECIAL", 40, 43),
        ("OPER", 45, 48),
        ("REVOKE", 50, 53),
        ("GRPACC", 55, 58),
        ("PWD_INTERVAL", 60, 62),
        ("PWD_DATE", 64, 73),
        ("PROGRAMMER", 75, 94),
        ("DEFGRP_ID", 96, 103),
        ("LASTJOB_TIME", 105, 112),
        ("LASTJOB_DATE", 114, 123),
        ("INSTALL_DATA", 125, 379),
        ("UAUDIT", 381, 384),
        ("AUDITOR", 386, 389),
        ("NOPWD", 391, 394),
        ("OIDCARD", 396, 399),
        ("REVOKE_DATE", 458, 467),
        ("RESUME_DATE", 469, 478),
        ("ATTRIBS", 542, 549),
        ("PHR_DATE", 561, 570),
    ),
    "0202": _columns(_NAME, ("CLASS", 15, 22)),
    "0203": _columns(_NAME, ("GRP_ID", 15, 22)),
    "0205": _columns(
        _NAME,
        ("GRP_ID", 15, 22),
        ("CONNECT_DATE", 24, 33),
        ("OWNER_ID", 35, 42),
        ("LASTCON_TIME", 44, 51),
        ("LASTCON_DATE", 53, 62),
        ("UACC", 64, 71),
        ("INIT_CNT", 73, 77),
        ("GRP_ADSP", 79, 82),
        ("GRP_SPECIAL", 84, 87),
        ("GRP_OPER", 89, 92),
        ("REVOKE", 94, 97),
        ("GRP_ACC", 99, 102),
        ("NOTERMUACC", 104, 107),
        ("GRP_AUDIT", 109, 112),
        ("REVOKE_DATE", 114, 123),
        ("RESUME_DATE", 125, 134),
    ),
    "0210": _columns(_NAME, ("DATAAPPL", 15, 22), ("DATACLAS", 24, 31), ("MGMTCLAS", 33, 40), ("STORCLAS", 42, 49)),
    "0220": _columns(
        _NAME,
        ("ACCTNUM", 15, 54),
        ("COMMAND", 56, 135),
        ("DEST", 137, 144),
        ("HOLDCLASS", 146, 146),
        ("JOBCLASS", 148, 148),
        ("PROC", 150, 157),
        ("SIZE", 159, 168),
        ("MSGCLASS", 170, 170),
        ("MAXSIZE", 172, 181),
        ("SYSOUTCLASS", 194, 194),
        ("USERDATA", 196, 203),
        ("UNIT", 205, 212),
        ("SECLABEL", 214, 221),
    ),
    "0270": _columns(_NAME, ("UID", 15, 24), ("HOME_PATH", 26, 1048), ("PROGRAM", 1050, 2072)),
    "0400": _columns(
        *_DATASET,
        ("GENERIC", 58, 61),
        ("CREATE_DATE", 63, 72),
        ("OWNER_ID", 74, 81),
        ("LASTREF_DATE", 83, 92),
        ("LASTCHG_DATE", 94, 103),
        *_COUNTS_AT_105,
        ("UACC", 129, 136),
        ("GRPDS", 138, 141),
        ("AUDIT_LEVEL", 143, 150),
        ("GRP_ID", 152, 159),
        ("DS_TYPE", 161, 168),
        ("LEVEL", 170, 172),
        ("DEVICE_NAME", 174, 181),
        ("GAUDIT_LEVEL", 183, 190),
        ("INSTALL_DATA", 192, 446),
        ("AUDIT_OKQUAL", 448, 455),
        ("AUDIT_FAQUAL", 457, 464),
        ("GAUDIT_OKQUAL", 466, 473),
        ("GAUDIT_FAQUAL", 475, 482),
        ("WARNING", 484, 487),
        ("NOTIFY_ID", 493, 500),
    ),
    "0402": _columns(
        *_DATASET,
        ("CATYPE", 58, 65),
        ("CANAME", 67, 74),
        ("AUTH_ID", 76, 83),
        ("ACCESS", 85, 92),
        ("ACCESS_CNT", 94, 98),
        ("NET_ID", 100, 107),
        ("CACRITERIA", 109, 352),
    ),
    "0404": _columns(*_DATASET, ("AUTH_ID", 58, 65), ("ACCESS", 67, 74), ("ACCESS_CNT", 76, 80)),
    "0500": _columns(
        *_RESOURCE,
        ("GENERIC", 262, 265),
        ("CREATE_DATE", 271, 280),
        ("OWNER_ID", 282, 289),
        ("LASTREF_DATE", 291, 300),
        ("LASTCHG_DATE", 302, 311),
        ("ALTER_CNT", 313, 317),
        ("CONTROL_CNT", 319, 323),
        ("UPDATE_CNT", 325, 329),
        ("READ_CNT", 331, 335),
        ("UACC", 337, 344),
        ("AUDIT_LEVEL", 346, 353),
        ("LEVEL", 355, 357),
        ("GAUDIT_LEVEL", 359, 366),
        ("INSTALL_DATA", 368, 622),
        ("AUDIT_OKQUAL", 624, 631),
        ("AUDIT_FAQUAL", 633, 640),
        ("GAUDIT_OKQUAL", 642, 649),
        ("GAUDIT_FAQUAL", 651, 658),
        ("WARNING", 660, 663),
        ("NOTIFY_ID", 680, 687),
        ("APPL_DATA", 754, 1008),
    ),
    "0503": _columns(*_RESOURCE, ("MEMBER", 262, 516)),
    "0505": _columns(*_RESOURCE, ("AUTH_ID", 262, 269), ("ACCESS", 271, 278), ("ACCESS_CNT", 280, 284)),
    "0507": _columns(
        *_RESOURCE,
        ("CATYPE", 262, 269),
        ("CANAME", 271, 278),
        ("AUTH_ID", 280, 287),
        ("ACCESS", 289, 296),
        ("ACCESS_CNT", 298, 302),
        ("NET_ID", 304, 311),
        ("CACRITERIA", 313, 556),
    ),
    "0540": _columns(
        *_RESOURCE,
        ("USER_ID", 262, 269),
        ("GROUP_ID", 271, 278),
        ("TRUSTED", 280, 283),
        ("PRIVILEGED", 285, 288),
        ("TRACE", 290, 293),
    ),
}


#: Record types of user segments whose fields have the names of the commands' keywords.
SEGMENTS = {"0210": "DFP", "0220": "TSO"}
#: Conditions whose names stand in CACRITERIA, since CANAME has eight columns.
LONG_CONDITIONS = ("SERVAUTH", "CRITERIA")


def write(kind: str, values: Mapping[str, object]) -> str:
    """Return the line of a record; a value too long for its columns is cut, a missing one left blank."""
    columns = RECORDS[kind]
    line = kind.ljust(columns[-1].last)
    for column in columns:
        text = str(values.get(column.name, ""))[: column.last - column.first + 1]
        line = line[: column.first - 1] + text.ljust(column.last - column.first + 1) + line[column.last :]
    return line


def read(line: str) -> tuple[str, dict[str, str]]:
    """Return type and values of a line; the values of a type that is not listed are empty. Edge: a short line gives blanks."""
    kind = line[:4]
    values = {column.name: line[column.first - 1 : column.last].strip() for column in RECORDS.get(kind, ())}
    return kind, values
