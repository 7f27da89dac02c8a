from __future__ import annotations

from datetime import date, datetime

from mvsfs.info import IspfStats, LoadModule, MemberInfo
from zftpd.lists.members import lines, load_lines, names


def member(name, version, mod_level, created, changed, size, init, mod, userid):
    return name, IspfStats(version, mod_level, created, changed, size, init, mod, userid)


def test_statistics_stand_in_the_captured_columns():
    members = [
        member("JVBR30", 1, 1, date(2018, 9, 7), datetime(2018, 9, 7, 3, 52), 13, 13, 0, "USER34"),
        member("MAGPCM2A", 1, 1, date(2000, 11, 30), datetime(2022, 3, 3, 12, 27), 2494, 1823, 0, "TTPJMD1"),
        member("SPFSTART", 1, 9, date(1995, 10, 27), datetime(1997, 10, 9, 8, 30), 1, 116, 1, "VEA0016"),
        ("OMCSIRBF", None),
    ]

    assert list(lines(members)) == [
        " Name     VV.MM   Created       Changed      Size  Init   Mod   Id",
        "JVBR30    01.01 2018/09/07 2018/09/07 03:52    13    13     0 USER34",
        "MAGPCM2A  01.01 2000/11/30 2022/03/03 12:27  2494  1823     0 TTPJMD1",
        "SPFSTART  01.09 1995/10/27 1997/10/09 08:30     1   116     1 VEA0016",
        "OMCSIRBF",
    ]


def test_a_load_library_shows_directory_data_in_the_captured_columns():
    members = [
        MemberInfo("DD", 0x031506, "IRRENV00", load=LoadModule(0x03DBD8, 1, "31", "24", ("FO", "RN", "RU"))),
        MemberInfo("DMOCI001", 0x03370C, load=LoadModule(0x710, 0, "31", "ANY", ("FO",))),
        MemberInfo("EAGKCPT", 0x9, load=LoadModule(0x58, 0, "31", "ANY")),
    ]

    assert list(load_lines(members)) == [
        " Name      Size     TTR   Alias-of AC --------- Attributes --------- Amode Rmode ",
        "DD        03DBD8   031506 IRRENV00 01 FO             RN RU            31    24  ",
        "DMOCI001  000710   03370C          00 FO                              31    ANY ",
        "EAGKCPT   000058   000009          00 FO             RN RU            31    ANY ",
    ]


def test_nlst_shows_bare_names_or_full_ones_in_quotes():
    members = ["A1", "A2"]

    assert list(names(members)) == ["A1", "A2"]
    assert list(names(members, library="U.LIB")) == ["'U.LIB(A1)'", "'U.LIB(A2)'"]
