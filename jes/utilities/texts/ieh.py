"""Words of IEHPROGM, IEHLIST and IEHMOVE.

Source: the forms of IEH207I and IEH472I are seen in the list of IEH messages; columns of IEHLIST are assumed [UTIL IEHLIST].
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_UTIL = "UTIL IEHLIST"

ROWS: dict[str, Row] = {
    "IEHPROGM HEADING": Row("1", f"{'SYSTEM SUPPORT UTILITIES ---- IEHPROGM':<98}PAGE 0001", "assumed", "IEBGENER's"),
    "IEHPROGM DONE": Row("0", "  NORMAL END OF TASK RETURNED FROM {}", "known"),
    "IEHPROGM INVALID": Row("0", "  ERROR IN CONTROL STATEMENT - REQUEST IGNORED", "assumed", "MSGS IEH"),
    "IEHPROGM END": Row("0", "UTILITY END", "assumed", "MSGS IEH"),
    "IEH207I": Row("0", "STATUS OF USERS REQUEST TO {} DATA SET {}", "seen"),
    "IEH207I COLUMNS": Row(" ", f"{'':8}VOLUME ID     ACTION TAKEN     REASON", "seen"),
    "IEH207I VOLUME": Row(" ", f"{'':8}{{:<14}}{{:<17}}{{}}", "assumed", "IEH207I"),
    "IEH207I END": Row(" ", f"{'':8}END OF LISTING OF DATA SETS TO BE SCRATCHED OR RENAMED", "seen"),
    "IEH472I": Row("0", "CANNOT HONOR CATLG REQUEST. DATA SET NOT CATALOGED.", "seen"),
    "IEH203I": Row("0", "CANNOT HONOR {} REQUEST. {}.", "assumed", "IEH472I"),
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
    "IEHLIST CATALOG": Row("0", "ENTRY NAME                                    VOLSER", "assumed", _UTIL),
    "IEH105I": Row("0", "INVALID OPERATION OR KEYWORD, REQUEST IGNORED", "assumed", "MSGS IEH"),
    "IEH108I": Row("0", "REQUEST CANNOT BE SERVICED: {}", "assumed", "MSGS IEH"),
}
