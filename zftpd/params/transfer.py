"""Parameters of transfers, listings and z/OS UNIX files.

Source: zos-ftp-server.md 4.3 and 6.2; [CFGREF]; [UG] SITE.
"""

from __future__ import annotations

from zftpd.params.kinds import SWITCH, Choice, Count, Octal, Word
from zftpd.params.param import Param, Where

DAY = 86400
_BOTH = Where.BOTH
_NO_TAPE = "no tape drives; kept and shown"
_NO_SQL = "no DB2; FILETYPE=SQL is refused"

PARAMS = (
    Param("FILETYPE", Choice(("SEQ", "JES", "SQL")), "SEQ", "What transfers work on: data sets and files, the JES spool, SQL queries.", "ZREF",
          "seen", _BOTH, ("FILEtype",), says="Filetype", limit="SQL is refused: there is no DB2", limited=lambda value: value == "SQL"),
    Param("ASATRANS", SWITCH, False, "Turn ASA control characters into C control sequences in text transfers.", "CR STAT; CODES 504", "seen",
          _BOTH, ("ASAtrans",)),
    Param("AUTOMOUNT", SWITCH, True, "Mount volumes that are not online when a data set needs them.", "CR STAT", "seen", _BOTH,
          ("AUTOMount",)),
    Param("AUTORECALL", SWITCH, True, "Recall migrated data sets when they are used.", "CR STAT", "seen", _BOTH, ("AUTORecall",)),
    Param("AUTOTAPEMOUNT", SWITCH, True, "Mount tapes.", "CR STAT", "seen", _BOTH, ("AUTOTapemount",), limit=_NO_TAPE),
    Param("DIRECTORYMODE", SWITCH, False, "List only the next qualifier, as if each were a directory (DIRECTORYMODE), or whole names "
          "(DATASETMODE).", "FLU; CR STAT", "seen", _BOTH, words={"DIRECTORYMode": True, "DATASetmode": False}),
    Param("DSWAITTIME", Count(0, 14400), 0, "Minutes to wait for a data set that another job holds.", "CR STAT", "seen", _BOTH,
          ("DSWAITTIME",)),
    Param("DSWAITTIMEREPLY", Count(15, 60), 60, "Seconds between the replies that tell a client that the server still waits.", "CR", "seen"),
    Param("ISPFSTATS", SWITCH, False, "Give stored members ISPF statistics and keep them on transfer.", "CR; CODES 211", "seen", _BOTH,
          ("ISPFStats",)),
    Param("LISTLEVEL", Choice(("0", "1", "2"), as_number=True), 0, "Form of data set listings: 0 shows PDS and PDSE as PO, 1 tells PDSE "
          "(PO-E) and HFS, 2 is as 1 with fewer and wider columns.", "FLU#981; TN", "seen", site=("LISTLEVel",)),
    Param("LISTSUBDIR", SWITCH, True, "Whether LIST * in z/OS UNIX shows the contents of sub-directories.", "UG SITE", "seen", _BOTH,
          ("LISTSUBdir",)),
    Param("QUOTESOVERRIDE", SWITCH, True, "Single quotes at the start of a name make it a full data set name; otherwise they are part of it.",
          "FLU#790", "seen", _BOTH, ("QUOtesoverride",)),
    Param("RDW", SWITCH, False, "Send record descriptor words of variable records as data.", "ZREF; CODES 504", "seen", _BOTH, ("RDw",)),
    Param("TRAILINGBLANKS", SWITCH, False, "Keep trailing blanks of fixed records when they are retrieved.", "CR STAT", "seen", _BOTH,
          ("TRAILingblanks",)),
    Param("TRUNCATE", SWITCH, True, "Cut records that are longer than LRECL instead of failing the transfer.", "ZREF", where=_BOTH,
          site=("TRUNcate",)),
    Param("WRAPRECORD", SWITCH, False, "Continue a line that is longer than LRECL in the next record.", "UG SITE", where=_BOTH,
          site=("WRAPrecord",)),
    Param("REMOVEINBEOF", SWITCH, False, "Drop a final X'1A' of inbound text.", "CR", where=_BOTH, site=("REMOVEINBEOF",)),
    Param("CHKPTINT", Count(0, 2147483647), 0, "Records between restart markers of outbound MODE B and C transfers.", "CODES 200", "seen", _BOTH,
          ("CHKptint",), says="Chkptint"),
    Param("UMASK", Octal(), 0o027, "Permission bits that new z/OS UNIX files do not get.", "ZNA; ZFTP", "seen", _BOTH, ("UMask",), says="Umask"),
    Param("UNIXFILETYPE", Choice(("FILE", "FIFO")), "FILE", "Whether z/OS UNIX names are regular files or named pipes.", "CODES 504", "seen",
          _BOTH, ("UNIXFILETYPE",)),
    Param("FIFOOPENTIME", Count(1, DAY), 60, "Seconds to wait for the other end of a named pipe.", "CR STAT", "seen", _BOTH,
          ("FIFOOPENTIME",)),
    Param("FIFOIOTIME", Count(1, DAY), 20, "Seconds to wait for data of a named pipe.", "CR STAT", "seen", _BOTH, ("FIFOIOTIME",)),
    Param("READTAPEFORMAT", Choice(("F", "V", "S", "X", "U")), None, "Format to expect on input tapes.", "CODES 211", "seen", _BOTH,
          ("READTAPEFormat",), clearable=True, limit=_NO_TAPE),
    Param("TAPEREADSTREAM", SWITCH, True, "Read tapes ahead.", "UG SITE", where=_BOTH, site=("TAPEREADSTREAM",), limit=_NO_TAPE),
    Param("WRTAPEFASTIO", SWITCH, False, "Write tapes by BSAM.", "UG SITE", where=_BOTH, site=("WRTAPEFastio",), limit=_NO_TAPE),
    Param("SPREAD", SWITCH, False, "SQL results in spreadsheet form.", "UG SITE", where=_BOTH, site=("SPRead",), limit=_NO_SQL),
    Param("SQLCOL", Choice(("NAMES", "LABELS", "ANY")), "NAMES", "Column headings of SQL results.", "UG SITE", where=_BOTH, site=("SQLCol",),
          limit=_NO_SQL),
    Param("DB2", Word(4, "subsystem name"), "DB2", "DB2 subsystem for SQL.", "UG SITE", where=_BOTH, site=("DB2",), limit=_NO_SQL),
    Param("DB2PLAN", Word(8, "plan name"), "EZAFTPMQ", "DB2 plan for SQL.", "CR", where=_BOTH, limit=_NO_SQL),
    Param("CHKCONFIDENCE", SWITCH, False, "Check and report how sure the server is that a transfer was complete.", "CR", "seen", _BOTH),
    Param("EXTDBSCHINESE", SWITCH, True, "Accept the extended range of Traditional Chinese.", "UG SITE", where=_BOTH, site=("EXTDBSCHINESE",)),
)
