"""Messages of DFSORT: ICEnnnX and their words.

Source: jes-and-jcl reference 5.7: `seen` in real output of release 14 and V2R4 (of ICETOOL: in test data of IBM's ibm_zos_core
collection), `known` from the manual, `assumed` otherwise.
Rules: one row each; {} holes are filled in order; a line begins with its control character.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Row(NamedTuple):
    """One message: number of the phase that the original prints behind the id, words, evidence."""

    phase: str
    words: str
    evidence: str


ROWS: dict[str, Row] = {
    "ICE143I": Row("0", "BLOCKSET     {} TECHNIQUE SELECTED", "seen"),
    "ICE250I": Row("0", "VISIT http://www.ibm.com/storage/dfsort FOR DFSORT PAPERS, EXAMPLES AND MORE", "seen"),
    "ICE201I": Row("0", "RECORD TYPE IS {} - DATA STARTS IN POSITION {}", "seen"),
    "ICE088I": Row("0", "{}.{}.{}, INPUT LRECL = {}, BLKSIZE = {}, TYPE = {}", "seen"),
    "ICE093I": Row("0", "MAIN STORAGE = (MAX,{},{})", "seen"),
    "ICE084I": Row("0", "{} ACCESS METHOD USED FOR {}", "seen"),
    "ICE090I": Row("0", "OUTPUT LRECL = {}, BLKSIZE = {}, TYPE = {}", "seen"),
    "ICE080I": Row("0", "IN MAIN STORAGE SORT", "seen"),
    "ICE055I": Row("0", "INSERT {}, DELETE {}", "seen"),
    "ICE054I": Row("0", "RECORDS - IN: {}, OUT: {}", "seen"),
    "ICE134I": Row("0", "NUMBER OF BYTES SORTED: {}", "seen"),
    "ICE227I": Row("0", "{:<8}: DELETED = {}, REPORT = {}, DATA = {}", "known"),
    "ICE228I": Row("0", "{:<8}: TOTAL IN = {}, TOTAL OUT = {}", "known"),
    "ICE067I": Row("0", "INVALID EXEC OR DFSPARM PARM OPTION - {}", "assumed"),
    "ICE152I": Row("0", "OVERFLOW DURING SUMMATION - RC=0", "known"),
    "ICE174I": Row("0", "NO DATA RECORDS FOR AN OUTFIL DATA SET - RC={}", "known"),
    "ICE173I": Row("0", "NO RECORDS FOR THE SORTOUT DATA SET - RC={}", "known"),
    "ICE400A": Row("0", "INVALID OR MISSING JOINKEYS, JOIN OR REFORMAT STATEMENT", "assumed"),
    "ICE411I": Row("0", "THIS IS THE JOINKEYS MAIN TASK FOR JOINING F1 AND F2", "known"),
    "ICE416I": Row("0", "JOINKEYS IS USING THE {} SUBTASK FOR {} - SEE {} MESSAGES", "known"),
    "ICE419I": Row("0", "JOINED RECORDS: TYPE={}, LENGTH={}", "known"),
    "ICE421I": Row("0", "JOINED RECORDS: COUNT={}", "known"),
    "ICE052I": Row("0", "END OF DFSORT", "seen"),
    "ICE005A": Row("0", "STATEMENT DEFINER ERROR", "known"),
    "ICE006A": Row("0", "OPERAND DEFINER ERROR", "known"),
    "ICE007A": Row("0", "SYNTAX ERROR", "known"),
    "ICE010A": Row("0", "NO SORT OR MERGE CONTROL STATEMENT", "known"),
    "ICE013A": Row("0", "INVALID SORT OR MERGE STATEMENT OPERAND", "known"),
    "ICE018A": Row("0", "INVALID OR MISSING FIELD FORMAT", "known"),
    "ICE020A": Row("0", "INVALID RECORD STATEMENT OPERAND", "known"),
    "ICE027A": Row("0", "END OF {} FIELD BEYOND MAXIMUM RECORD LENGTH", "known"),
    "ICE034A": Row("0", "MODS STATEMENT OPERAND ERROR", "known"),
    "ICE095A": Row("0", "INVALID OPTION STATEMENT OPERAND", "known"),
    "ICE103A": Row("0", "INVALID INCLUDE OR OMIT STATEMENT OPERAND", "assumed"),
    "ICE104A": Row("0", "INVALID INREC OR OUTREC STATEMENT OPERAND", "assumed"),
    "ICE105A": Row("0", "INVALID SUM STATEMENT OPERAND", "assumed"),
    "ICE107A": Row("0", "DUPLICATE, CONFLICTING, OR MISSING INREC, OUTREC OR OUTFIL STATEMENT OPERANDS", "assumed"),
    "ICE111A": Row("0", "REFORMATTING FIELD ERROR", "known"),
    "ICE113A": Row("0", "COMPARISON FIELD ERROR", "known"),
    "ICE114A": Row("0", "INVALID COMPARISON", "known"),
    "ICE212A": Row("0", "MATCH NOT FOUND FOR CHANGE FIELD: VALUE X'{}'", "assumed"),
    "ICE223A": Row("0", "REPORT FIELD ERROR", "known"),
    "ICE251A": Row("0", "MISSING RDW OR DATA FOR {:<8}: REASON CODE {}, IFTHEN {}", "seen"),
    "ICE267A": Row("0", "FINDREP MAKES A RECORD OF {} BYTES LONGER THAN {}", "assumed"),
    "ICE043A": Row("3", "INVALID DATA SET ATTRIBUTES: {} {} - REASON CODE IS {}", "known"),
    "ICE077A": Row("0", "VSAM OUTPUT ERROR {} {}", "assumed"),
    "ICE171I": Row("0", "SORTOUT LRECL OF {} IS DIFFERENT FROM SORTIN(NN) LRECL OF {} - RC={}", "known"),
    "ICE196A": Row("0", "SORTOUT LRECL OF {} IS DIFFERENT FROM SORTIN(NN) LRECL OF {} - RC=16", "assumed"),
    "ICE222A": Row("0", "{} BYTE VARIABLE RECORD IS LONGER THAN {} BYTE MAXIMUM FOR {}", "known"),
    "ICE056A": Row("0", "{} NOT DEFINED", "known"),
    "ICE068A": Row("0", "OUT OF SEQUENCE {}", "known"),
    "ICE189A": Row("0", "BLOCKSET REQUIRED BUT COULD NOT BE USED - REASON CODE IS {}", "known"),
    "ICE218A": Row("0", "{} BYTE VARIABLE RECORD IS SHORTER THAN {} BYTE MINIMUM FOR {} FIELDS", "seen"),
    "ICE600I": Row("0", "DFSORT ICETOOL UTILITY RUN STARTED", "seen"),
    "ICE650I": Row("0", "VISIT http://www.ibm.com/storage/dfsort FOR ICETOOL PAPERS, EXAMPLES AND MORE", "seen"),
    "ICE632I": Row("0", "SOURCE FOR ICETOOL STATEMENTS:  {}", "seen"),
    "ICE630I": Row("0", "MODE IN EFFECT:  {}", "seen"),
    "ICE602I": Row("0", "OPERATION RETURN CODE:  {:02d}", "seen"),
    "ICE601I": Row("0", "DFSORT ICETOOL UTILITY RUN ENDED - RETURN CODE:  {:02d}", "seen"),
    "ICE606I": Row("0", "DFSORT CALL {:04d} FOR {} FROM {:<8} TO {:<8} USING {}CNTL {}", "known"),
    "ICE627I": Row("0", "DFSORT CALL {:04d} FOR {} FROM {:<8} TO {} {}", "seen"),
    "ICE614A": Row("0", "INVALID OPERATOR", "assumed"),
    "ICE604A": Row("0", "ERROR IN KEYWORD, PARAMETER, OR DELIMITER", "known"),
    "ICE603A": Row("0", "REQUIRED KEYWORD MISSING", "assumed"),
    "ICE607I": Row("0", "STATISTICS FOR {}   :", "known"),
    "ICE608I": Row("0", "MINIMUM: {}, MAXIMUM: {}", "known"),
    "ICE609I": Row("0", "AVERAGE: {}, TOTAL  : {}", "known"),
    "ICE610I": Row("0", "NUMBER OF UNIQUE VALUES FOR {}:  {:015d}", "assumed"),
    "ICE618A": Row("0", "INVALID VALUE FOR {} IN RECORD {}: X'{}'", "assumed"),
    "ICE631I": Row("0", "NUMBER OF VALUES IN RANGE FOR {}:  {:015d}", "assumed"),
    "ICE653A": Row("0", "LIMIT OF {} INVALID VALUES REACHED", "assumed"),
    "ICE628I": Row("0", "RECORD COUNT:  {:015d}", "seen"),
    "ICE638I": Row("0", "NUMBER OF RECORDS RESULTING FROM CRITERIA:  {:015d}", "known"),
}


def line(id: str, *facts: object) -> str:
    """Return a message line."""
    row = ROWS[id]
    return f" {id} {row.phase} {row.words.format(*facts)}"


def heading(now: datetime) -> str:
    """Return the line above the control statements."""
    stamp = f"{now:%H:%M} ON {now:%a %b %d, %Y}".upper()
    return f" ICE000I 0 - CONTROL STATEMENTS FOR 5650-ZOS, Z/OS DFSORT V2R4 - {stamp} -"
