"""Words of the converter's messages, one row each.

Source: jes-and-jcl reference 4.12: `seen` in real output, `known` from the manuals [MSGS IEFC],
`assumed` where only the shape is known.
Rules: the id fixes whether a message fails the job; facts fill the holes in order.
"""

from __future__ import annotations

from typing import NamedTuple

#: Numbers of messages about values. Those of EXEC and DD statements are found by the interpreter when an initiator has the
#: job (IEF644I, IEF452I), all others by the converter (IEFC644I, IEFC452I) [seen: IEF642I DSNAME, IEF643I DISP, IEF644I SPACE,
#: IEF645I COND, IEFC642I PARM; that the others are split alike is assumed].
_OF_VALUES = ("632", "638", "639", "641", "642", "643", "644", "645", "646", "647", "649", "654")
_INTERPRETED_STATEMENTS = frozenset({"EXEC", "DD"})
#: Fields whose length the converter sees to.
_CONVERTED_FIELDS = frozenset({"PARM"})


class Row(NamedTuple):
    """One message: its words with {} holes, whether it fails the job, and the evidence for the words."""

    words: str
    error: bool
    evidence: str


ROWS: dict[str, Row] = {
    "IEFC001I": Row("PROCEDURE {} WAS EXPANDED USING {}", False, "seen"),
    "IEFC002I": Row("INCLUDE GROUP {} WAS EXPANDED USING {}", False, "known"),
    # The id is seen for RECFM beside DD * (notes of an IBM Z Xplore user), the words are not; MVS38 has IEF652I in its place.
    "IEFC009I": Row("KEYWORD {} IS MUTUALLY EXCLUSIVE WITH KEYWORD {} ON THE {} STATEMENT", True, "assumed"),
    "IEFC013I": Row("ERROR IN IF STATEMENT: {} NOT VALID", True, "seen"),
    "IEFC019I": Row("MISPLACED {} STATEMENT", True, "seen"),
    "IEFC020I": Row("DUPLICATE {} STATEMENT", True, "seen"),
    "IEFC023I": Row("EXEC STATEMENT DOES NOT CONTAIN 'PGM' KEYWORD OR PROCEDURE NAME", True, "known"),
    "IEFC602I": Row("EXCESSIVE NUMBER OF EXECUTE STATEMENTS", True, "known"),
    "IEFC605I": Row("UNIDENTIFIED OPERATION FIELD", True, "seen"),
    "IEFC607I": Row("JOB HAS NO STEPS", True, "known"),
    "IEFC608I": Row("PROCEDURE HAS NO STEPS", True, "known"),
    "IEFC611I": Row("OVERRIDDEN STEP NOT FOUND IN PROCEDURE", True, "known"),
    "IEFC612I": Row("PROCEDURE {} WAS NOT FOUND", True, "known"),
    "IEFC613I": Row("PROCEDURE WITHIN A PROCEDURE: NESTING EXCEEDS 15 LEVELS", True, "assumed"),
    "IEFC614I": Row("INCLUDE GROUP {} WAS NOT FOUND", True, "assumed"),
    "IEFC616I": Row("SUBLIST WITHIN SUBLIST INCORRECT ON THE {} STATEMENT", True, "assumed"),
    "IEFC618I": Row("OPERAND FIELD DOES NOT TERMINATE IN COMMA OR BLANK", True, "known"),
    "IEFC620I": Row("UNIDENTIFIABLE CHARACTER {} ON THE {} STATEMENT", True, "known"),
    "IEFC621I": Row("EXPECTED CONTINUATION NOT RECEIVED", True, "known"),
    "IEFC622I": Row("UNBALANCED PARENTHESIS ON THE {} STATEMENT", True, "known"),
    "IEFC623I": Row("SOURCE TEXT CONTAINS UNDEFINED OR ILLEGAL CHARACTERS", True, "known"),
    "IEFC624I": Row("INCORRECT USE OF PERIOD ON THE {} STATEMENT", True, "known"),
    "IEFC625I": Row("INCORRECT USE OF LEFT PARENTHESIS ON THE {} STATEMENT", True, "known"),
    "IEFC626I": Row("INCORRECT USE OF PLUS ON THE {} STATEMENT", True, "known"),
    "IEFC627I": Row("INCORRECT USE OF AMPERSAND ON THE {} STATEMENT", True, "known"),
    "IEFC628I": Row("INCORRECT USE OF ASTERISK ON THE {} STATEMENT", True, "known"),
    "IEFC629I": Row("INCORRECT USE OF APOSTROPHE ON THE {} STATEMENT", True, "known"),
    "IEFC630I": Row("UNIDENTIFIED KEYWORD {} ON THE {} STATEMENT", True, "known"),
    "IEFC632I": Row("FORMAT ERROR IN THE {} FIELD", True, "known"),
    "IEFC638I": Row("SPECIFIED NUMERIC EXCEEDS MAXIMUM ALLOWED IN THE {} FIELD", True, "known"),
    "IEFC639I": Row("INVALID CLASS DESIGNATION IN THE {} FIELD", True, "known"),
    "IEFC640I": Row("EXCESSIVE NUMBER OF POSITIONAL PARAMETERS ON THE {} STATEMENT", True, "known"),
    "IEFC641I": Row("IMPROPER SUBPARAMETER LIST IN THE {} FIELD", True, "assumed"),
    "IEFC642I": Row("EXCESSIVE PARAMETER LENGTH IN THE {} FIELD", True, "known"),
    "IEFC643I": Row("UNIDENTIFIED POSITIONAL PARAMETER IN THE {} FIELD", True, "known"),
    "IEFC644I": Row("INVALID NUMERIC IN THE {} FIELD", True, "known"),
    "IEFC645I": Row("INVALID REFER BACK IN THE {} FIELD", True, "known"),
    "IEFC646I": Row("REQUIRED POSITIONAL PARAMETER MISSING IN THE {} FIELD", True, "known"),
    "IEFC647I": Row("FIRST CHARACTER OF NAME NOT ALPHABETIC OR NATIONAL IN THE {} FIELD", True, "known"),
    "IEFC649I": Row("EXCESSIVE NUMBER OF DD STATEMENTS", True, "known"),
    "IEFC650I": Row("INCORRECT SYNTAX IN THE {} FIELD", True, "known"),
    "IEFC653I": Row("SUBSTITUTION JCL - {}", False, "seen"),
    "IEFC654I": Row("MULTIPLE DDNAMES REFER TO ONE DD STATEMENT", True, "known"),
    "IEFC655I": Row("DSNAME INVALID WHEN SYSOUT SPECIFIED", True, "seen"),  # as IEF655I [MVS38]
    "IEFC657I": Row("THE SYMBOL {} WAS NOT USED", True, "known"),
    "IEFC652I": Row(
        "MUTUALLY EXCLUSIVE KEYWORDS - KEYWORD IN THE {} FIELD IS MUTUALLY EXCLUSIVE WITH KEYWORD ON THE {} STATEMENT",
        True,
        "seen",
    ),
    "IEFC665I": Row("EXCESSIVE NUMBER OF IN-STREAM PROCEDURES", True, "seen"),  # as IEF665I [MVS38]
    "IEFC662I": Row("INVALID LABEL", True, "known"),
    # As IEF744I to IEF748I in IEFVGM71 and IEFVGM90 [MVS38].
    "IEFC744I": Row("SUBSYSTEM NOT SPECIFIED", True, "seen"),
    "IEFC745I": Row("SUBSYSTEM {} DOES NOT SUPPORT THE SUBSYS KEYWORD", True, "seen"),
    "IEFC746I": Row("SUBSYSTEM {} DOES NOT EXIST", True, "seen"),
    "IEFC748I": Row("SUBSYSTEM NAME INVALID", True, "seen"),
    # Which message tells of a JCLLIB library without a catalog entry is not public: that of a DD is given.
    "IEFA107I": Row("{} - DATA SET {} NOT FOUND", True, "assumed"),
    "IEF648I": Row("INVALID DISP FIELD - {} SUBSTITUTED", False, "seen"),
    "IEF661I": Row("RESTART STEP NOT FOUND", True, "seen"),  # [MVS38]; its interpreter finds it
    "IEF686I": Row("DDNAME REFERRED TO ON DDNAME KEYWORD IN PRIOR STEP WAS NOT RESOLVED", False, "seen"),
}
for _number in _OF_VALUES:
    ROWS[f"IEF{_number}I"] = ROWS[f"IEFC{_number}I"]


def as_found(message: str, facts: tuple[str, ...], operation: str) -> str:
    """Return the id that a message about a value has on a statement of this operation."""
    interpreted = operation in _INTERPRETED_STATEMENTS and message.removeprefix("IEFC")[:3] in _OF_VALUES
    if not interpreted or not message.startswith("IEFC") or _CONVERTED_FIELDS & {*facts}:
        return message
    return "IEF" + message.removeprefix("IEFC")


def words(message: str, facts: tuple[str, ...]) -> str:
    """Return the text of message id `message` with its facts, without the id."""
    row = ROWS[message].words
    holes = row.count("{}")
    return row.format(*(*facts, *[""] * holes)[:holes]) if holes else row


def is_error(message: str) -> bool:
    """Tell whether a message with this id fails the job."""
    return ROWS[message].error
