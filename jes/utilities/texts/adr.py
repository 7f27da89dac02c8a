"""Words of ADRDSSU.

Source: the list of ADR messages, the listings of the manual's examples, and output of a public test suite; what is only known by
its number [MSGS ADR].
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_MSGS = "MSGS ADR"
_TASK, _SCAN, _DATASETS = "({task:03d})-", "(R/I)-RI01 (01), ", "({task:03d})-DTDSC(01), "

ROWS: dict[str, Row] = {
    "ADR HEADING": Row("1", "PAGE {:04d}     5695-DF175  DFSMSDSS V2R04.0 DATA SET SERVICES     {:%Y.%j %H:%M}", "seen"),
    "ADR NAME": Row("0", "{:26}{}", "seen"),
    "ADR005T": Row(" ", "(SCH)-PRIME(01), NO SYSIN FILE", "seen"),
    "ADR006I": Row("0", _TASK + "STEND(01), {stamp} EXECUTION {0}", "seen"),
    "ADR006I ENDS": Row("0", "ADR006I " + _TASK + "STEND(02), {stamp} EXECUTION ENDS", "seen"),
    "ADR012I": Row("0", "(SCH)-DSSU (01), {stamp} DFSMSDSS PROCESSING COMPLETE. HIGHEST RETURN CODE IS {0:04d}", "seen"),
    "ADR012I FROM": Row(" ", f"{'':25}FROM: TASK    {{0:03d}}", "assumed", "FROM: is seen"),
    "ADR013I": Row("0", _TASK + "CLTSK(01), {stamp} TASK COMPLETED WITH RETURN CODE {0:04d}", "seen"),
    "ADR016I": Row(" ", _TASK + "PRIME(01), RACF LOGGING OPTION IN EFFECT FOR THIS TASK", "seen"),
    "ADR101I": Row(" ", _SCAN + "TASKID {:03d} HAS BEEN ASSIGNED TO COMMAND '{:<5}'", "seen"),
    "ADR102E": Row(" ", _SCAN + "UNDEFINED OR UNSUPPORTED COMMAND '{}'", "assumed", _MSGS),
    "ADR103E": Row(" ", _SCAN + "INVALID KEYWORD OR VALUE NEAR '{}'", "assumed", _MSGS),
    "ADR106E": Row(" ", _SCAN + "REQUIRED KEYWORD {} IS MISSING", "assumed", _MSGS),
    "ADR109I": Row(" ", _SCAN + "{stamp} INITIAL SCAN OF USER CONTROL STATEMENTS COMPLETED", "seen"),
    "ADR305E": Row(" ", _TASK + "OPNCL(01), OPEN FAILED FOR DDNAME {0}", "assumed", "ADR001T"),
    "ADR380E": Row(" ", _DATASETS + "DATA SET {0} NOT PROCESSED, {1}", "known", "its reason is a number on the original"),
    "ADR383W": Row(" ", _DATASETS + "DATA SET {0} NOT SELECTED", "known"),
    "ADR412E": Row(" ", _DATASETS + "DATA SET {0} FAILED SERIALIZATION", "known", "catalog and volume left out"),
    "ADR454I": Row("0", _DATASETS + "THE FOLLOWING DATA SETS WERE SUCCESSFULLY PROCESSED", "seen"),
    "ADR455W": Row("0", _DATASETS + "THE FOLLOWING DATA SETS WERE NOT SUCCESSFULLY PROCESSED", "known"),
    "ADR470W": Row(" ", _TASK + "SELCT(01), NO DATA SETS SELECTED FOR PROCESSING", "known"),
    "ADR711I": Row(
        " ",
        _TASK + "NEWDS(01), DATA SET {0} HAS BEEN ALLOCATED WITH NEWNAME {1} USING STORCLAS {2}, NO DATACLAS, AND NO MGMTCLAS",
        "known",
    ),
    "ADR801I": Row(
        " ",
        _DATASETS + "{stamp} DATA SET FILTERING IS COMPLETE. {0} OF {1} DATA SETS WERE SELECTED: {2} FAILED SERIALIZATION",
        "known",
        "its second line is seen",
    ),
    "ADR801I AND": Row(" ", f"{'':25}AND {{0}} FAILED FOR OTHER REASONS", "seen"),
}
