"""Messages of IDCAMS, one row each: control character, words with {} holes, evidence.

Source: jes-and-jcl reference 5.4: `seen` in real output, `known` from the manual [MSGS IDC], `assumed` where the words are
from memory.
Rules: the id is the first word of the line; "0" begins a block, " " goes on in it.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One message line."""

    control: str
    words: str
    evidence: str


ROWS: dict[str, Row] = {
    "IDC0001I": Row("0", "FUNCTION COMPLETED, HIGHEST CONDITION CODE WAS {}", "seen"),
    "IDC0002I": Row("0", "IDCAMS PROCESSING COMPLETE. MAXIMUM CONDITION CODE WAS {}", "seen"),
    "IDC0005I": Row("0", "NUMBER OF RECORDS PROCESSED WAS {}", "seen"),
    "IDC0181I": Row(" ", "{} USED IS {}", "known"),
    "IDC0508I": Row("0", "DATA ALLOCATION STATUS FOR VOLUME {} IS 0", "known"),
    "IDC0509I": Row("0", "INDEX ALLOCATION STATUS FOR VOLUME {} IS 0", "known"),
    "IDC0512I": Row("0", "NAME GENERATED-({}) {}", "known"),
    "IDC0531I": Row("0", "ENTRY {} ALTERED", "known"),
    "IDC0532I": Row(" ", "**ENTRY {} NOT ALTERED", "known"),
    "IDC0549I": Row("0", "MEMBER {} DELETED", "known"),
    "IDC0550I": Row("0", "ENTRY ({}) {} DELETED", "seen"),
    "IDC0551I": Row(" ", "** ENTRY {} NOT DELETED", "seen"),
    "IDC0652I": Row("0", "{} SUCCESSFULLY BUILT", "known"),
    "IDC1566I": Row(" ", "** {} NOT LISTED", "seen"),
    "IDC1575I": Row(" ", "NO ENTRIES FOUND FOR {}", "assumed"),
    "IDC3003I": Row("0", "FUNCTION TERMINATED. CONDITION CODE IS {}", "seen"),
    "IDC3009I": Row(" ", "** VSAM CATALOG RETURN CODE IS {} - REASON CODE IS {}", "seen"),
    "IDC3012I": Row("0", "ENTRY {} NOT FOUND", "seen"),
    "IDC3013I": Row("0", "DUPLICATE DATA SET NAME", "seen"),
    "IDC3018I": Row("0", "SECURITY VERIFICATION FAILED", "known"),
    "IDC3014I": Row("0", "CATALOG ERROR", "known"),
    "IDC3025I": Row("0", "INSUFFICIENT STORAGE", "known"),
    "IDC3028I": Row("0", "FUNCTION CANNOT BE PERFORMED, DATA SET {} IS IN USE", "assumed"),
    "IDC3202I": Row("0", "ABOVE TEXT BYPASSED UNTIL NEXT COMMAND. CONDITION CODE IS 12", "known"),
    "IDC3203I": Row("0", "ITEM '{}' DOES NOT ADHERE TO RESTRICTIONS", "known"),
    "IDC3205I": Row("0", "DELIMITER IMPROPERLY SPECIFIED BEFORE '{}'", "known"),
    "IDC3207I": Row("0", "RIGHT PARENTHESIS MISSING AFTER '{}'", "known"),
    "IDC3208I": Row("0", "LEFT PARENTHESIS MISSING FOLLOWING KEYWORD '{}'", "seen"),
    "IDC3211I": Row("0", "KEYWORD '{}' IS IMPROPER", "known"),
    "IDC3212I": Row("0", "{} REQUIRED PARAMETER MISSING", "assumed"),
    "IDC3216I": Row("0", "'{}' COMMAND IS UNMATCHED", "assumed"),
    "IDC3219I": Row("0", "VERB NAME '{}' UNKNOWN", "known"),
    "IDC3224I": Row("0", "IMPROPER OPERAND OR OPERATOR FOR '{}' COMMAND", "assumed"),
    "IDC3226I": Row("0", "FUNCTION {} IS NOT SUPPORTED IN THIS ENVIRONMENT", "assumed"),
    "IDC3300I": Row("0", "ERROR OPENING {}", "known"),
    "IDC3302I": Row("0", "ACTION ERROR ON {}", "known"),
    "IDC3308I": Row(" ", "** DUPLICATE RECORD {}", "known"),
    "IDC3314I": Row(" ", "**RECORD {} OUT OF SEQUENCE", "seen"),
    "IDC3316I": Row(" ", "** DUPLICATE KEY IN ALTERNATE INDEX {}", "assumed"),
    "IDC3321I": Row(" ", "** OPEN/CLOSE/EOV ABEND EXIT TAKEN", "known"),
    "IDC31467I": Row("0", "MAXIMUM ERROR LIMIT REACHED.", "known"),
    "IDC0594I": Row("0", "PORTABLE DATA SET CREATED SUCCESSFULLY ON {} AT {}", "known"),
    "IDC0604I": Row("0", "DATA SET BEING IMPORTED WAS EXPORTED ON {} AT {}", "known"),
    "IDC01700I": Row("0", "INDEXTEST BEGINS", "known"),
    "IDC01701I": Row("0", "DATATEST BEGINS", "known"),
    "IDC01708I": Row("0", "{} CONTROL INTERVALS ENCOUNTERED", "known"),
    "IDC01709I": Row("0", "DATA COMPONENT CONTAINS {} RECORDS", "known"),
    "IDC01710I": Row("0", "DATA COMPONENT CONTAINS {} DELETED CONTROL INTERVALS", "known"),
    "IDC01711I": Row("0", "MAXIMUM LENGTH DATA RECORD CONTAINS {} BYTES", "known"),
    "IDC01722I": Row("0", "{} PERCENT FREE SPACE", "known"),
    "IDC01724I": Row("0", "{} COMPLETE - NO ERRORS DETECTED", "known"),
    "IDC11772I": Row("0", "{} ERRORS DETECTED, KEY {} OUT OF ORDER", "assumed"),
    "IDC3190I": Row("0", "PORTABLE DATA SET {} CANNOT BE READ", "assumed"),
    "IDC3330I": Row("0", "** {} NOT FOUND", "known"),
    "IDC3334I": Row("0", "RECORD LENGTH IS INCORRECT FOR {}", "assumed"),
    "IDC3350I": Row("0", "SYNAD FROM ACCESS METHOD {}", "assumed"),
    "IDC3351I": Row(" ", "** VSAM OPEN RETURN CODE IS {}", "known"),
    "IDC11700I": Row("0", "ENTRY {} IS NOT A {}", "assumed"),
}


def line(id: str, *facts: object) -> str:
    """Return a message line with its control character."""
    row = ROWS[id]
    return f"{row.control}{id} {row.words.format(*facts)}"
