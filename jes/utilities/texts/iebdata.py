"""Words of IEBGENER, IEBCOMPR, IEBPTPCH, IEBUPDTE and IEBEDIT.

Source: IEBGENER's heading, IEB352I and its end are seen in public job output; IEB408I in that of MVS 3.8; the rest [MSGS IEB],
jes-and-jcl reference 5.3, 5.6, 5.9.
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_MSGS = "MSGS IEB"

ROWS: dict[str, Row] = {
    "IEBGENER HEADING": Row("1", f"{'DATA SET UTILITY - GENERATE':<98}PAGE 0001", "seen"),
    "IEBGENER EOD": Row(" ", "PROCESSING ENDED AT EOD", "seen"),
    "IEBGENER TERMINATED": Row("0", "JOB TERMINATED", "assumed", "jes-and-jcl 5.3"),
    "IEB304I": Row("-", "CONTROL STATEMENT ERROR {}", "assumed", _MSGS),
    "IEB305I": Row("0", "JOB TERMINATED AFTER SYNTAX SCAN", "assumed", _MSGS),
    "IEB310I": Row("-", "OUTPUT DATA SET IS NOT PARTITIONED", "assumed", _MSGS),
    "IEB311I": Row("-", "CONFLICTING DCB PARAMETERS", "known"),
    "IEB316I": Row("-", "DDNAME {:<8} CANNOT BE OPENED", "known"),
    "IEB352I": Row("-", "WARNING: ONE OR MORE OF THE OUTPUT DCB PARMS COPIED FROM INPUT", "seen"),
    "IEBCOMPR HEADING": Row("1", f"{'COMPARE UTILITY':>50}{'PAGE 0001':>60}", "assumed", "IEBGENER's"),
    "IEBCOMPR DDNAME": Row(" ", "DDNAME = {}", "known"),
    "IEBCOMPR PLACE": Row(
        " ", "PHYSICAL RECORD= {:08d}   LOGICAL RECORD WITHIN PHYSICAL RECORD= {:08d}", "assumed", "known but for its columns"
    ),
    "IEBCOMPR MEMBER": Row(" ", "MEMBER {}", "assumed", _MSGS),
    "IEBCOMPR END": Row("0", "END OF JOB-TOTAL NUMBER OF RECORDS COMPARED = {:08d}", "known"),
    "IEBCOMPR ENDED": Row("0", "END OF JOB", "assumed", "IEBCOMPR's usual end"),
    "IEB202I": Row(" ", "INVALID KEYWORD IN OR BEGINNING {}", "known"),
    "IEB203I": Row(" ", "INVALID PARAMETER IN {}", "assumed", _MSGS),
    "IEB216I": Row(" ", "{} CANNOT BE OPENED", "assumed", _MSGS),
    "IEB214I": Row(" ", "NO NAMES FROM DIRECTORIES MATCH", "assumed", _MSGS),
    "IEB218I": Row(" ", "NAMES IN DIRECTORIES ARE NOT A SUBSET OF EACH OTHER", "assumed", "UTIL IEBCOMPR: rule"),
    "IEB219I": Row(" ", "USER DATA FIELDS UNEQUAL IN DIRECTORY ENTRIES OF {}", "assumed", "UTIL IEBCOMPR: rule"),
    "IEB221I": Row("0", "RECORDS ARE NOT EQUAL", "known"),
    "IEB223I": Row("0", "EXTRA RECORD ON SYSUT1", "known"),
    "IEB224I": Row("0", "EXTRA RECORD ON SYSUT2", "known"),
    "IEB227I": Row(" ", "TEN CONSECUTIVE ERRORS", "known"),
    "IEBPTPCH HEADING": Row("1", f"{'PRINT/PUNCH DATA SET UTILITY':<98}PAGE 0001", "known", "the words are seen"),
    "IEBPTPCH EOF": Row(" ", "EOF ON SYSIN", "known"),
    "IEBPTPCH END": Row(" ", "END OF DATA FOR SDS OR MEMBER", "known"),
    "IEBPTPCH MEMBER": Row(" ", "MEMBER NAME  {}", "assumed", "UTIL IEBPTPCH"),
    "IEB401I": Row(" ", "PRINT/PUNCH STATEMENT NOT FIRST", "assumed", _MSGS),
    "IEB403I": Row(" ", "MORE THAN TWO TITLE STATEMENTS", "assumed", _MSGS),
    "IEB404I": Row(" ", "KEYWORD INVALID OR INCORRECTLY SPECIFIED {}", "assumed", _MSGS),
    "IEB406I": Row(" ", "PARAMETER MISSING OR NOT SPECIFIED CORRECTLY {}", "assumed", _MSGS),
    "IEB408I": Row(" ", "MEMBER {:<8}  CANNOT BE FOUND", "seen"),
    "IEB411I": Row(" ", "DDNAME {} CANNOT BE OPENED", "assumed", "IEB316I"),
    "IEBUPDTE HEADING": Row("1", f"{'SYSIN':>30}{'NEW MASTER':>60}{'IEBUPDTE LOG PAGE 0001':>30}", "assumed", "jes-and-jcl 5.6"),
    "IEB803I": Row(" ", "PERMANENT I/O ERROR {}", "assumed", _MSGS),
    "IEB805I": Row(" ", "CONTROL STATEMENT ERROR", "assumed", _MSGS),
    "IEB807I": Row(" ", "MEMBER NAME ({}) NOT FOUND IN OM DIRECTORY.", "assumed", "IEB817I"),
    "IEB816I": Row(" ", "MEMBER NAME ({}) FOUND IN NM DIRECTORY. CHANGED TO REPL.", "known"),
    "IEB817I": Row(" ", "MEMBER NAME ({}) NOT FOUND IN NM DIRECTORY. STOWED WITH TTR.", "known"),
    "IEB818I": Row(" ", "HIGHEST CONDITION CODE WAS {:08d}", "known"),
    "IEB819I": Row(" ", "END OF JOB IEBUPDTE.", "known"),
    "IEBEDIT HEADING": Row("1", f"{'IEBEDIT':>40}{'PAGE 0001':>60}", "assumed", "IEBGENER's"),
    "IEB901I": Row(" ", "INVALID CONTROL STATEMENT {}", "assumed", _MSGS),
    "IEB902I": Row(" ", "JOB {} NOT FOUND", "assumed", _MSGS),
    "IEB903I": Row(" ", "DD STATEMENT {} IS MISSING", "assumed", _MSGS),
    "IEB904I": Row(" ", "STEP NOT FOUND", "assumed", _MSGS),
}
