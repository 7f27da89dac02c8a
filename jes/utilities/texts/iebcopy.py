"""Words of IEBCOPY.

Source: `seen` in output of z/OS 2.2 of a public test suite (listings of PDSEs), in that of MVS 3.8, or on the page of the
message; the rest [MSGS IEB], jes-and-jcl reference 5.5.
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_FORM_38 = "words as in MVS 3.8"
_PARSED = "public programs read its words by their place"

ROWS: dict[str, Row] = {
    "IEBCOPY HEADING": Row("1", f"{'':47}IEBCOPY MESSAGES AND CONTROL STATEMENTS{'':36}PAGE{{:>6}}", "seen"),
    "IEBCOPY GENERATED": Row("-", "{:<8}  COPY      INDD={},OUTDD={}         GENERATED STATEMENT", "seen"),
    "IEB1135I": Row(
        "-",
        "IEBCOPY  FMID HDZ2230  SERVICE LEVEL NONE     DATED 20180101 DFSMS 02.03.00 z/OS    02.03.00 HBB77B0  CPU 3906",
        "seen",
    ),
    "IEB1035I": Row(" ", "{:<8} {:<8} {} PARM='{}'", "assumed", "the id is seen"),
    "IEB1013I": Row("0", "COPYING FROM {:<5} INDD={:<8} VOL={:<6} DSN={}", "seen"),
    "IEB1014I": Row(" ", f"{'TO':>12} {{:<4}} OUTDD={{:<8}} VOL={{:<6}} DSN={{}}", "seen"),
    "IGW01551I": Row(" ", "MEMBER {}  HAS BEEN {}", "seen"),
    "IGW01552I": Row(" ", "MEMBER {}  HAS BEEN {} AND {}", "seen"),
    "IGW01550I": Row(" ", "{} OF {}{}  MEMBERS WERE {}", "seen"),
    "IEB102I": Row(" ", "INVALID OPERATION {}", "assumed", "MSGS IEB"),
    "IEB104I": Row(" ", "INVALID COMMAND OPERATION PAIRING", "known"),
    "IEB105I": Row(" ", "CONTROL STATEMENT ERROR", "assumed", "MSGS IEB"),
    "IEB120I": Row(" ", "{} VALIDATION ERROR", "known"),
    "IEB124I": Row(" ", "INPUT LOGICAL RECORD LENGTH ({}) CONFLICTS WITH OUTPUT ({}).", "assumed", _PARSED),
    "IEB127I": Row(" ", "INPUT DATA SET HAS RECFM={} OUTPUT RECFM={}", "assumed", _PARSED),
    "IGW01513T": Row(" ", "COPY TERMINATED. RECORD FORMAT OF INPUT {} CONFLICTS WITH OUTPUT {}", "assumed", _PARSED),
    "IEB139I": Row(" ", "I/O ERROR ON {}: {}", "assumed", "the id is seen"),
    "IEB144I": Row(" ", "THERE ARE {} UNUSED TRACKS IN OUTPUT DATA SET REFERENCED BY {}", "known", _FORM_38),
    "IEB147I": Row(" ", "END OF JOB - {} WAS HIGHEST SEVERITY CODE", "seen"),
    "IEB149I": Row(" ", "THERE ARE {} UNUSED DIRECTORY BLOCKS IN OUTPUT DIRECTORY", "known", _FORM_38),
    "IEB151I": Row(" ", "JOB HAS TERMINATED WITH ERROR(S)", "known"),
    "IEB152I": Row(" ", "{:<8} COMPRESSED - WAS ALREADY IN PLACE AND NOT MOVED", "known"),
    "IEB154I": Row(" ", "{:<8} HAS BEEN SUCCESSFULLY {}", "known", _FORM_38),
    "IEB155I": Row(" ", "{:<8} HAS BEEN SUCCESSFULLY {} AND IS A NEW NAME", "assumed", "IEB154I"),
    "IEB161I": Row(" ", "COMPRESS TO BE DONE USING INDD NAMED {}", "known"),
    "IEB167I": Row(" ", "FOLLOWING MEMBER(S) {} FROM INPUT DATA SET REFERENCED BY {}", "known", _FORM_38),
    "IEB177I": Row(" ", "{} WAS SELECTED BUT NOT FOUND IN ANY INPUT DATA SET", "seen"),
    "IEB1067I": Row(" ", "{} NOT COPIED - ALREADY EXISTS IN THE OUTPUT DATA SET", "assumed", "MSGS IEB"),
    "IEB1098I": Row(" ", "{} OF {} MEMBERS {} FROM INPUT DATA SET REFERENCED BY {}", "known"),
}
