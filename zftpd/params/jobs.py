"""Parameters of the JES interface.

Source: jes-and-jcl.md 1.1; zos-ftp-server.md 4.3 and 6.2.
Rules: JESOWNER and JESJOBNAME hold None until a SITE command sets them: then they follow the user (USER1 and USER1*).
"""

from __future__ import annotations

from zftpd.params.kinds import SWITCH, Choice, Count, Word
from zftpd.params.param import Param, Where

_MASK = Word(8, "name with * and ?", lambda word: all(c.isalnum() or c in "#$@*?" for c in word))

PARAMS = (
    Param(
        "JESLRECL",
        Count(1, 254, words=("*",)),
        80,
        "Record length of submitted jobs in bytes; * takes LRECL.",
        "CODES 200; ZFTP",
        "seen",
        site=("JESLrecl",),
        says="JESLrecl",
    ),
    Param(
        "JESRECFM",
        Choice(("F", "V", "*")),
        "F",
        "Record format of submitted jobs: fixed or variable; * takes RECFM.",
        "UG SITE",
        site=("JESRecfm",),
        says="JESRecfm",
    ),
    Param(
        "JESJOBNAME",
        _MASK,
        None,
        "Names of jobs to list, retrieve and delete; not set: the user ID and *.",
        "UG STAT",
        "seen",
        Where.SITE,
        ("JESJOBName",),
        clearable=True,
    ),
    Param(
        "JESOWNER",
        _MASK,
        None,
        "Owners of jobs to list, retrieve and delete; not set: the user.",
        "UG STAT",
        "seen",
        Where.SITE,
        ("JESOwner",),
        clearable=True,
    ),
    Param(
        "JESSTATUS",
        Choice(("INPUT", "ACTIVE", "OUTPUT", "ALL")),
        "ALL",
        "Queues to look at.",
        "ZREF",
        "seen",
        Where.SITE,
        ("JESSTatus",),
        clearable=True,
        cleared="ALL",
    ),
    Param(
        "JESENTRYLIMIT",
        Count(1, 1024),
        200,
        "Most jobs that a listing shows.",
        "ZREF; JESC",
        "seen",
        site=("JESENTRYLimit",),
        says="JESENTRYLimit",
    ),
    Param(
        "JESGETBYDSN",
        SWITCH,
        False,
        "RETR names a spool data set (TRUE), or a data set with JCL to submit and wait for (FALSE).",
        "UG JES",
        "seen",
        site=("JESGETBYDSN",),
    ),
    Param(
        "JESTRAILINGBLANKS",
        SWITCH,
        True,
        "Keep trailing blanks of spool records when they are retrieved as text.",
        "ZFTP",
        "assumed",
        site=("JESTRAILingblanks",),
    ),
    Param("JESPUTGETTO", Count(0, 86400), 600, "Seconds to wait for a job that RETR submitted.", "CR", site=("JESPUTGETTO",)),
    Param(
        "JESINTERFACELEVEL",
        Choice(("1", "2"), as_number=True),
        1,
        "1: jobs named by the user ID and one character, held output only; 2: all jobs that the filters and SAF allow.",
        "ZREF; UG JES",
        "seen",
    ),
)
