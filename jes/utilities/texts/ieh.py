"""Words of IEHPROGM, IEHLIST and IEHMOVE.

Source: the forms of IEH207I and IEH472I are seen in the list of IEH messages; columns of IEHLIST are assumed [UTIL IEHLIST].
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_UTIL = "UTIL IEHLIST"

ROWS: dict[str, Row] = {
    "IEHPROGM HEADING": Row("1", f"{'SYSTEM SUPPORT UTILITIES ---- IEHPROGM':<98}PAGE 0001", "assumed", "IEBGENER's"),
    "IEHPROGM DONE": Row("0", "  NORMAL END OF TASK RETURNED FROM {}", "known"),
    "IEHPROGM END": Row("0", "UTILITY END", "known", "MVS38 IEHPROG3"),
    "IEH207I": Row("0", "STATUS OF USERS REQUEST TO {} DATA SET {}", "seen"),
    "IEH207I COLUMNS": Row(" ", f"{'':8}VOLUME ID     ACTION TAKEN     REASON", "seen"),
    "IEH207I VOLUME": Row(" ", f"{'':8}{{:<14}}{{:<17}}{{}}", "assumed", "IEH207I"),
    "IEH207I END": Row(" ", f"{'':8}END OF LISTING OF DATA SETS TO BE SCRATCHED OR RENAMED", "seen"),
    "IEHLIST HEADING": Row("1", f"{'SYSTEMS SUPPORT UTILITIES---IEHLIST':>60}{'PAGE':>50} {{}}", "known"),
    "IEHLIST DATE": Row(" ", "DATE: {:%Y.%j}  TIME: {:%H.%M.%S}", "known"),
    "IEHLIST VTOC": Row(" ", f"{'':35}CONTENTS OF VTOC ON VOL {{}}", "known"),
    "IEHLIST COLUMNS": Row(
        "0",
        f"{'DATA SET NAME':-^44}  CREATED  DATE.EXP FILE TYPE        EXTENTS  TRKS ALLOC UNUSED  RECFM LRECL BLKSIZE",
        "assumed",
        _UTIL,
    ),
    "IEHLIST FREE": Row("0", "THERE ARE {:5d} EMPTY CYLINDERS PLUS {:5d} EMPTY TRACKS ON THIS VOLUME", "known"),
    "IEHLIST PDS": Row("0", "DIRECTORY INFO FOR SPECIFIED PDS ON VOL {}", "known"),
    "IEHLIST PDS COLUMNS": Row("0", "MEMBERS   TTRC        VARIABLE USER DATA ---(USER DATA AND TTRC ARE IN HEX)", "known"),
    "IEHLIST PDS END": Row(
        "0", "OF THE {:05d} DIRECTORY BLOCKS ALLOCATED TO THIS PDS, {:05d} ARE(IS) COMPLETELY UNUSED", "known"
    ),
    "IEH101I": Row("0", " NO CATALOG ON SPECIFIED VOLUME", "known", "MVS38 IEHLIST2"),
    "IEH102I": Row("0", " THIS VOLUME DOES NOT CONTAIN DATA SET --- {}", "known", "MVS38 IEHLIST2"),
    "IEH103I": Row("0", " INVALID CONTROL CARD----", "known", "MVS38 IEHLIST2"),
    "IEH104I": Row("0", " THE PDS ORGANIZATION DOES NOT APPLY FOR DATA SET  {}", "known", "MVS38 IEHLIST2"),
    "IEH106I": Row("0", " UNAVAILABLE DEVICE TYPE OR VOLUME I.D. SPECIFIED", "known", "MVS38 IEHLIST2"),
    "IEH109I": Row("0", " SYSIN CANNOT BE OPENED --- CHECK SYSIN DD CARD.", "known", "MVS38 IEHLIST2"),
    "IEH108I": Row("0", " REQUEST TERMINATED --- {}", "assumed", "MVS38 IEHLIST2, which has an I/O error there"),
    "IEH201I": Row("0", " INVALID REQUEST... STATEMENT IGNORED", "known", "MVS38 IEHPROG3"),
    "IEH202I": Row("0", " INVALID KEYWORD OR CONTROL STATEMENT SYNTAX", "known", "MVS38 IEHPROG3"),
    "IEH210I": Row("0", " YOUR REQUEST CANNOT BE SERVICED....", "known", "MVS38 IEHPROG3"),
    "IEH216I": Row("0", " SYSIN CANNOT BE OPENED -- CHECK SYSIN DD CARD", "known", "MVS38 IEHPROG3"),
    "IEH229I": Row("0", " INVALID PARAMETER IN PARM FIELD OF EXEC CARD", "known", "MVS38 IEHPROG3"),
    "IEHMOVE HEADING": Row("1", f"{'SYSTEM SUPPORT UTILITIES ---- IEHMOVE':<98}PAGE 0001", "assumed", "IEHPROGM's"),
    "IEHMOVE MOVED": Row("0", "        DATA SET {} HAS BEEN MOVED TO VOLUME(S)", "known", "MVS38 IEHMVMSQ"),
    "IEHMOVE COPIED": Row("0", "        DATA SET {} COPIED TO VOLUME(S)", "known", "MVS38 IEHMVMSN"),
    "IEHMOVE RENAMED": Row(" ", "                AND IS NOW NAMED {}", "known", "MVS38 IEHMVMSQ"),
    "IEHMOVE NOT DONE": Row("0", "        DATA SET {} NOT MOVED/COPIED BECAUSE {}", "known", "MVS38 IEHMVMSY"),
    "IEH301I": Row("0", "INCLUDE OP NOT VALID", "known", "MVS38 IEHMVESA"),
    "IEH302I": Row("0", "EXCLUDE OP NOT VALID", "known", "MVS38 IEHMVESA"),
    "IEH303I": Row("0", "REPLACE OP NOT VALID", "known", "MVS38 IEHMVESA"),
    "IEH304I": Row("0", "SUBORDINATE REQ -SKIPPED", "known", "MVS38 IEHMVESA"),
    "IEH305I": Row("0", "MULTIPLE KEYWORD  ERROR", "known", "MVS38 IEHMVESA"),
    "IEH307I": Row("0", "KEYWORD NOT PERMITTED", "known", "MVS38 IEHMVESA"),
    "IEH309I": Row("0", "SYNTAX ERROR", "known", "MVS38 IEHMVESA"),
    "IEH311I": Row("0", "INCOMPLETE REQUEST", "known", "MVS38 IEHMVESA"),
    "IEH385I": Row("0", "SELECT OP NOT VALID", "known", "MVS38 IEHMVESA"),
    "IEH388I": Row("0", "UNABLE TO ALLOCATE IEHMOVE WORKFILES.", "known", "MVS38 IEHMVESA"),
    "IEH390I": Row("0", "INVALID DATA SET NAME SPECIFIED IN RENAME-PARAMETER", "known", "MVS38 IEHMVESA"),
    "IEH461I": Row("0", "UNABLE TO OPEN SYSIN DATA SET", "known", "MVS38 IEHMVESA"),
}
