"""Messages of IDCAMS, one row each: control character, words with {} holes, evidence.

Source: jes-and-jcl reference 5.4 and public job output: `seen`; `known` from the manual [MSGS IDC]; `assumed` where the number is
known and the words are not.
Rules: the id is the first word of the line; "0" begins a block, " " goes on in it.
"""

from __future__ import annotations

from jes.utilities.texts.row import Row, shown

_MSGS = "MSGS IDC"
_38 = "MVS38 IDCTSRI0"


ROWS: dict[str, Row] = {
    "IDC0001I": Row("0", "FUNCTION COMPLETED, HIGHEST CONDITION CODE WAS {}", "seen"),
    "IDC0002I": Row("0", "IDCAMS PROCESSING COMPLETE. MAXIMUM CONDITION CODE WAS {}", "seen"),
    "IDC0005I": Row("0", "NUMBER OF RECORDS PROCESSED WAS {}", "seen"),
    "IDC0181I": Row(" ", "{} USED IS {}", "seen"),
    "IDC0233I": Row("0", "TOO MANY RIGHT PARENTHESES FOUND.  EXCESS IGNORED", "known", _38),
    "IDC0234I": Row("0", "WARNING: TOO FEW RIGHT PARENTHESES FOUND AT END OF COMMAND", "known", _38),
    "IDC0508I": Row("0", "DATA ALLOCATION STATUS FOR VOLUME {} IS 0", "seen"),
    "IDC0509I": Row("0", "INDEX ALLOCATION STATUS FOR VOLUME {} IS 0", "seen"),
    "IDC0512I": Row("0", "NAME GENERATED-({}) {}", "seen"),
    "IDC0531I": Row("0", "ENTRY {} ALTERED", "seen"),
    "IDC0532I": Row(" ", "**ENTRY {} NOT ALTERED", "assumed", _MSGS),
    "IDC0549I": Row("0", "MEMBER {} DELETED", "seen"),
    "IDC0550I": Row("0", "ENTRY ({}) {} DELETED", "seen"),
    "IDC0551I": Row(" ", "** ENTRY {} NOT DELETED", "seen"),
    "IDC0652I": Row("0", "{} SUCCESSFULLY BUILT", "known"),
    "IDC1566I": Row(" ", "** {} NOT LISTED", "seen"),
    "IDC3003I": Row("0", "FUNCTION TERMINATED. CONDITION CODE IS {}", "seen"),
    "IDC3009I": Row(" ", "** VSAM CATALOG RETURN CODE IS {} - REASON CODE IS {}", "seen"),
    "IDC3012I": Row("0", "ENTRY {} NOT FOUND", "seen"),
    "IDC3013I": Row("0", "DUPLICATE DATA SET NAME", "seen"),
    "IDC3022I": Row("0", "INVALID RELATED OBJECT", "seen"),
    "IDC3018I": Row("0", "SECURITY VERIFICATION FAILED", "known"),
    "IDC3014I": Row("0", "CATALOG ERROR", "seen"),
    "IDC3028I": Row("0", "FUNCTION CANNOT BE PERFORMED, DATA SET {} IS IN USE", "assumed", _MSGS),
    "IDC3202I": Row("0", "ABOVE TEXT BYPASSED UNTIL NEXT COMMAND. CONDITION CODE IS 12", "seen"),
    "IDC3006I": Row("0", "FUNCTION TERMINATED DUE TO BEGINNING POSITIONING ERROR", "assumed", _MSGS),
    "IDC3310I": Row(" ", "** KEY SUPPLIED IS LONGER THAN KEY LENGTH OF DATA SET", "assumed", _MSGS),
    "IDC3311I": Row(" ", "** TYPE OF POSITIONING NOT SUPPORTED", "assumed", _MSGS),
    "IDC1645I": Row(" ", "NONUNIQUE AIX KEY {}", "assumed", _MSGS),
    "IDC1653I": Row("0", "{} BUILT WITH ERRORS", "assumed", _MSGS),
    "IDC3317I": Row(" ", "** DUPLICATE KEY IN ALTERNATE INDEX {}", "assumed", _MSGS),
    "IGD17101I": Row("0", "DATA SET {}", "seen"),
    "IGD17101I NOT": Row(" ", "NOT DEFINED BECAUSE DUPLICATE NAME EXISTS IN CATALOG", "seen"),
    "IGD17101I CODE": Row(" ", "RETURN CODE IS 8 REASON CODE IS 38 IGG0CLEH", "seen"),
    "IGD17219I": Row(" ", "UNABLE TO CONTINUE DEFINE OF DATA SET {}", "seen"),
    "IKJ56228I": Row("0", "DATA SET {} NOT IN CATALOG OR CATALOG CAN NOT BE ACCESSED", "seen"),
    "IKJ56893I": Row("0", "DATA SET {} NOT ALLOCATED+", "seen"),
    "IGD17273I": Row(" ", "ALLOCATION HAS FAILED, RETURN CODE {:X} REASON CODE {:d}", "assumed", "MSGS IGD"),
    "IDC3203I": Row("0", "ITEM '{}' DOES NOT ADHERE TO RESTRICTIONS", "seen"),
    "IDC3208I": Row("0", "LEFT PARENTHESIS MISSING FOLLOWING KEYWORD '{}'", "seen"),
    "IDC3211I": Row("0", "KEYWORD '{}' IS IMPROPER", "seen"),
    "IDC3205I": Row("0", "DELIMITER '{}' IS NOT PROPERLY PRECEDED BY A CONSTANT OR KEYWORD", "known", _38),
    "IDC3207I": Row("0", "REMAINDER OF COMMAND INPUT STREAM IGNORED", "known", _38),
    "IDC3209I": Row("0", "RIGHT PARENTHESIS MISSING AFTER '{}'", "known", _38),
    "IDC3213I": Row("0", "KEYWORD '{}' APPEARS TOO OFTEN", "known", _38),
    "IDC3220I": Row("0", "IMPROPER NUMERIC DIGIT FOUND IN '{}'", "known", _38),
    "IDC3225I": Row("0", "REQUIRED (SUB)PARAMETER OF '{}' IS MISSING", "known", _38),
    "IDC3226I": Row("0", "INCONSISTENT PARAMETERS INVOLVING '{}'", "known", _38),
    "IDC4227I": Row("0", "AN 'ELSE' COMMAND APPEARS IMPROPERLY", "known", _38),
    "IDC4228I": Row("0", "AN 'END' COMMAND IS INVALID", "known", _38),
    "IDC4229I": Row("0", "'IF' COMMAND HAS INVALID RELATIONAL EXPRESSION", "known", _38),
    "IDC4230I": Row("0", "'SET' COMMAND HAS INVALID ASSIGNMENT EXPRESSION", "known", _38),
    "IDC4232I": Row("0", "IMPROPER OR MISSING 'THEN' KEYWORD", "known", _38),
    "IDC4236I": Row("0", "INPUT STREAM END-OF-FILE FOUND BEFORE END OF COMMAND", "known", _38),
    "IDC4237I": Row("0", "TOO MANY LEVELS OF 'IF' COMMAND NESTING", "known", _38),
    "IDC3219I": Row("0", "VERB NAME '{}' UNKNOWN", "known"),
    "IDC3300I": Row("0", "ERROR OPENING {}", "known"),
    "IDC3302I": Row("0", "ACTION ERROR ON {}", "seen"),
    "IDC3308I": Row(" ", "** DUPLICATE RECORD {}", "known"),
    "IDC3314I": Row(" ", "**RECORD {} OUT OF SEQUENCE", "seen"),
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
    "IDC01724I": Row("0", "{} COMPLETE - NO ERRORS DETECTED", "known"),
    "IDC11772I": Row("0", "{} ERRORS DETECTED, KEY {} OUT OF ORDER", "assumed", _MSGS),
    "IDC0548I": Row(" ", "** MEMBER {} NOT DELETED", "seen"),
    "IDC3330I": Row(" ", "** {:<8} NOT FOUND", "seen"),
    "IDC3334I": Row("0", "RECORD LENGTH IS INCORRECT FOR {}", "assumed", _MSGS),
    "IDC3351I": Row(" ", "** VSAM OPEN RETURN CODE IS {}", "known"),
}


def line(id: str, *facts: object) -> str:
    """Return a message line with its control character."""
    row = ROWS[id]
    return row.control + shown(id, row).format(*facts)
