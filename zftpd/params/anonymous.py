"""Parameters of anonymous logins.

Source: zos-ftp-server.md 6.5; the security document page 11; [CFGREF].
"""

from __future__ import annotations

from zftpd.params.kinds import SWITCH, Choice, Octal, Text
from zftpd.params.param import Param
from zftpd.params.sets import Anonymous

_FILE = Text("path or data set name")

PARAMS = (
    Param("ANONYMOUS", Anonymous(), None, "Allow logins as anonymous, and whose authority they have.", "CR; SEC 11", "seen"),
    Param(
        "ANONYMOUSLEVEL",
        Choice(("1", "2", "3"), as_number=True),
        1,
        "How far anonymous sessions are fenced in: 2 keeps them below their directory, 3 to the listed features.",
        "CR; SEC 11",
        "seen",
    ),
    Param("ANONYMOUSFILEACCESS", Choice(("MVS", "HFS", "BOTH")), "HFS", "What anonymous sessions of level 3 may use.", "CR"),
    Param("ANONYMOUSFILETYPESEQ", SWITCH, True, "Anonymous sessions of level 3 may use FILETYPE SEQ.", "CR", "seen"),
    Param("ANONYMOUSFILETYPEJES", SWITCH, False, "Anonymous sessions of level 3 may use FILETYPE JES.", "CR", "seen"),
    Param(
        "ANONYMOUSFILETYPESQL",
        SWITCH,
        False,
        "Anonymous sessions of level 3 may use FILETYPE SQL.",
        "CR",
        "seen",
        limit="there is no DB2",
    ),
    Param("ANONYMOUSHFSDIRMODE", Octal(), 0o333, "Permissions of directories that anonymous sessions make.", "CR", "seen"),
    Param("ANONYMOUSHFSFILEMODE", Octal(), 0o000, "Permissions of files that anonymous sessions store.", "CR", "seen"),
    Param("ANONYMOUSHFSINFO", Text("file name pattern"), None, "As HFSINFO, for anonymous sessions.", "CR", "seen"),
    Param("ANONYMOUSMVSINFO", Text("last qualifier"), None, "As MVSINFO, for anonymous sessions.", "CR", "seen"),
    Param("ANONYMOUSLOGINMSG", _FILE, None, "As LOGINMSG, for anonymous sessions.", "CR", "seen"),
    Param("ANONYMOUSFTPLOGGING", SWITCH, False, "As FTPLOGGING, for anonymous sessions.", "CR", "seen"),
    Param(
        "EMAILADDRCHECK",
        Choice(("NO", "WARNING", "FAIL")),
        "NO",
        "What happens when the password of an anonymous login is no e-mail address.",
        "CR; SEC 11",
        "seen",
        synonyms=("EMAILADDRESSCHECK",),
    ),
)
