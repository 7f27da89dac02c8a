"""The operands of each control statement, and the message for one that the statement does not have.

Source: [DFSORT "Using DFSORT program control statements"]; the messages from memory of their manual, see messages.py.
Rules: pure; a table of rows. Operands that only tune the original are known here and change nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from jes.utilities.dfsort.control import SortSyntax, Statement


class Row(NamedTuple):
    """What a statement takes: KEYWORD=value, words alone, and what is said of others."""

    keywords: frozenset[str]
    words: frozenset[str] = frozenset()
    message: str = "ICE006A"


def _row(keywords: str, words: str = "", message: str = "ICE006A") -> Row:
    return Row(frozenset(keywords.split()), frozenset(words.split()), message)


_SORT = _row(
    "FIELDS FORMAT SKIPREC STOPAFT FILSZ SIZE DYNALLOC FILES ABCODE Y2PAST",
    "EQUALS NOEQUALS CKPT CHKPT DYNALLOC VLSHRT NOVLSHRT",
    "ICE013A",
)
_OPTION = _row(
    """ABCODE ARESALL ARESINV AVGRLEN CMP COBEXIT DSA DSPSIZE DYNALLOC DYNAPCT DYNSPC E15 E35 EFS EXITCK EXPMAX EXPOLD EXPRES
    FILSZ FSZEST HIPRMAX IEXIT LOCALE MAINSIZE MERGEIN MOSIZE MSGDDN MSGDD MSGPRT NULLOUT ODMAXBF OVFLO PAD RESALL RESINV SDB
    SIZE SKIPREC SMF SORTDD SORTIN SORTOUT SPANINC STOPAFT TRUNC TUNE USEWKDD Y2PAST""",
    """CHALT NOCHALT CHECK NOCHECK CINV NOCINV CKPT CHKPT COPY DIAGSIMP NODIAGSIMP DYNALLOC EQUALS NOEQUALS LIST NOLIST LISTX
    NOLISTX MOWRK NOMOWRK NOBLKSET OUTREL NOOUTREL OUTSEC NOOUTSEC RESET NORESET SDBMSG NOSDBMSG SOLRF NOSOLRF STIMER NOSTIMER
    SZERO NOSZERO USEWKDD VERIFY NOVERIFY VLLONG NOVLLONG VLSCMP NOVLSCMP VLSHRT NOVLSHRT VSAMEMT NVSAMEMT VSAMIO NOVSAMIO
    WRKREL NOWRKREL WRKSEC NOWRKSEC ZDPRINT NZDPRINT ZSORT NOZSORT""",
    "ICE095A",
)
_REFORMATTING = "BUILD OVERLAY FINDREP IFTHEN IFOUTLEN PARSE"
_RECORD = _row("TYPE LENGTH", "", "ICE020A")

ROWS: dict[str, Row] = {
    "SORT": _SORT,
    "MERGE": _SORT,
    "OPTION": _OPTION,
    "INCLUDE": _row("COND FORMAT", "", "ICE103A"),
    "OMIT": _row("COND FORMAT", "", "ICE103A"),
    "INREC": _row(f"FIELDS {_REFORMATTING}", "", "ICE104A"),
    "OUTREC": _row(f"FIELDS {_REFORMATTING}", "", "ICE104A"),
    "OUTFIL": _row(
        f"""FNAMES FNAME FILES STARTREC ENDREC ACCEPT SAMPLE INCLUDE OMIT FORMAT OUTREC {_REFORMATTING} VLFILL VLTRIM REPEAT SPLIT
        SPLITBY SPLIT1R NULLOFL LINES HEADER1 HEADER2 TRAILER1 TRAILER2 SECTIONS IFTRAIL""",
        "SAVE CONVERT VTOF FTOV SPLIT NODETAIL REMOVECC BLKCCH1 BLKCCH2 BLKCCT1 LINES",
    ),
    "SUM": _row("FIELDS FORMAT", "XSUM", "ICE105A"),
    "RECORD": _RECORD,
    "ALTSEQ": _row("CODE"),
    "MODS": _row("E15 E35", "", "ICE034A"),
    "JOINKEYS": _row("FILE FILES F1 F2 FIELDS FORMAT TASKID INCLUDE OMIT STOPAFT TYPE", "SORTED NOSEQCK"),
    "JOIN": _row("", "UNPAIRED F1 F2 ONLY"),
    "REFORMAT": _row("FIELDS FILL"),
}


def checked(statement: Statement) -> None:
    """Refuse an operand that the statement does not have. Raises SortSyntax."""
    row = ROWS.get(statement.operation)
    if row is None:
        return
    for keyword, text in statement.operands:
        if (keyword or text) not in (row.keywords if keyword else row.words):
            raise SortSyntax(row.message, (keyword or text)[:20])
