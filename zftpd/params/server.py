"""Parameters of the server itself: greetings, timers, traces, records. Most are FTP.DATA statements only.

Source: zos-ftp-server.md 6.1 and 6.8; [CFGREF].
"""

from __future__ import annotations

from zftpd.params.kinds import SWITCH, Choice, Count, Text
from zftpd.params.param import Param, Where
from zftpd.params.sets import Names, Smf
from zftpd.params.traces import Traces

DAY = 86400
_BOTH = Where.BOTH
_FILE = Text("path or data set name")
_PATTERN = Text("file name pattern")

PARAMS = (
    Param("BANNER", _FILE, None, "File whose lines greet every connection.", "FLU#20", "seen"),
    Param("LOGINMSG", _FILE, None, "File whose lines follow every login.", "CR"),
    Param(
        "MVSINFO", _PATTERN, None, "Last qualifier of data sets that are shown when a prefix becomes the working directory.", "CR"
    ),
    Param(
        "HFSINFO", _PATTERN, "README*", "Files that are shown when their z/OS UNIX directory becomes the working directory.", "CR"
    ),
    Param("ADMINEMAILADDRESS", Text("e-mail address"), None, "Address that greetings name with %E.", "CR"),
    Param(
        "STARTDIRECTORY",
        Choice(("MVS", "HFS")),
        "MVS",
        "Where sessions start: the user's data sets or home directory.",
        "CR",
        "seen",
    ),
    Param(
        "INACTIVE",
        Count(0, DAY),
        300,
        "Seconds without a command after which a session ends; 0 is never.",
        "CR STAT",
        "seen",
        site=("INactivetime", "INACTTIME"),
        says="INACTIVE",
    ),
    Param(
        "FTPKEEPALIVE",
        Count(60, DAY, zero=True),
        0,
        "Seconds between keepalive packets of the control connection.",
        "CR STAT",
        "seen",
        _BOTH,
        ("FTpkeepalive",),
        says="FTPKEEPALIVE",
    ),
    Param(
        "DATAKEEPALIVE",
        Count(60, DAY, zero=True),
        0,
        "Seconds between keepalive packets of the data connection.",
        "CODES 200",
        "seen",
        _BOTH,
        ("DATAKEEPALIVE",),
    ),
    Param("DATATIMEOUT", Count(15, DAY, zero=True), 300, "Seconds to wait for a data connection.", "CR", evidence="assumed"),
    Param(
        "REPLYSECURITYLEVEL",
        Choice(("0", "1"), as_number=True),
        0,
        "1 keeps host names, addresses, levels and holders of data sets out of replies.",
        "SEC 13; CR",
        "seen",
    ),
    Param("DEBUG", Traces(), (), "General trace points to report.", "CODES 200", "seen", _BOTH, ("DEBug",)),
    Param("DEBUGONSITE", SWITCH, False, "Allow DEBUG in SITE commands.", "SEC 11", "seen"),
    Param(
        "DUMP", Names(what="dump ID", none="NONE"), (), "Extended trace points to report.", "CODES 200", "seen", _BOTH, ("DUMP",)
    ),
    Param("DUMPONSITE", SWITCH, False, "Allow DUMP in SITE commands.", "SEC 11", "seen"),
    Param("TRACE", SWITCH, False, "Turn the general trace on from the start, as DEBUG BAS.", "CR", where=_BOTH),
    Param(
        "NONSWAPD", SWITCH, False, "Make the server's address space nonswappable.", "CR", limit="there is no swapping to prevent"
    ),
    Param("FTPLOGGING", SWITCH, False, "Log logins and transfers (EZYFS50I and following).", "CR", "seen"),
    Param("SMF", Smf(0), None, "Records for all events that have no statement of their own.", "CR", "seen"),
    Param("SMFAPPE", Smf(70), None, "Records of APPE.", "CR", "seen"),
    Param("SMFDEL", Smf(71), None, "Records of DELE.", "CR", "seen"),
    Param("SMFLOGN", Smf(72), None, "Records of failed logins.", "CR", "seen"),
    Param("SMFREN", Smf(73), None, "Records of renames.", "CR", "seen"),
    Param("SMFRETR", Smf(74), None, "Records of RETR.", "CR", "seen"),
    Param("SMFSTOR", Smf(75), None, "Records of STOR and STOU.", "CR", "seen"),
    Param("SMFJES", SWITCH, False, "Also records of transfers with FILETYPE=JES.", "CR", "seen"),
    Param(
        "SMFSQL", SWITCH, False, "Also records of transfers with FILETYPE=SQL.", "CR", "seen", limit="there are no SQL transfers"
    ),
    Param("SMFEXIT", SWITCH, False, "Call exit FTPSMFEX before a type 118 record is written.", "CR", "seen"),
    Param("SMFDCFG", Smf(71), None, "Records of the daemon's configuration (type 119 subtype 71).", "CR"),
    Param("SUPPRESSIGNOREWARNINGS", SWITCH, False, "No messages about statements that are ignored.", "CR", where=_BOTH),
)
