"""The keyword operands of each statement, declared once, with the check that their values must pass.

Source: [JCLREF] chapters JOB, EXEC, DD, OUTPUT JCL; jes-and-jcl reference 4.2-4.4, 4.10.
Not here: what the values mean (jobstatement.py, execstatement.py, ddstatement.py).
Rules: one row per keyword and statement. A keyword that is not in the table is IEFC630I. `check` raises OperandFault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from jes.jcl.operands import Operand, OperandFault, is_number, one_of
from jes.names import is_job_class, is_jobname

Check = Callable[[Operand], None]
#: Days that RETPD= may ask for.
HIGHEST_RETPD = 93000
#: Characters of a delimiter; until z/OS 2.1 it was two [JCLREF DLM].
SHORTEST_DELIMITER, LONGEST_DELIMITER = 2, 18
#: Systems that SYSAFF= may name [JCLREF SYSAFF].
MOST_SYSTEMS = 32
#: What OUTDISP= may say becomes of output.
OUTPUT_DISPOSITIONS = frozenset({"WRITE", "HOLD", "KEEP", "LEAVE", "PURGE"})
TAPE_LABELS = frozenset({"SL", "SUL", "AL", "AUL", "NSL", "NL", "BLP", "LTM"})


class Keyword(NamedTuple):
    """One row: the keyword, the check of its value, and the keyword it is another spelling of."""

    name: str
    check: Check
    same_as: str = ""


def anything(_operand: Operand) -> None:
    """Accept any value."""


def name(operand: Operand) -> None:
    """Demand a name of 1 to 8 characters."""
    if operand.text and not is_jobname(operand.text):
        long = len(operand.text) > 8
        raise OperandFault("IEFC642I" if long else "IEFC647I", operand.keyword)


def number(highest: int) -> Check:
    """Demand a decimal number up to `highest`."""

    def check(operand: Operand) -> None:
        if operand.text and not is_number(operand.text):
            raise OperandFault("IEFC644I", operand.keyword)
        if operand.text and int(operand.text) > highest:
            raise OperandFault("IEFC638I", operand.keyword)

    return check


def choice(*words: str) -> Check:
    """Demand one of the words."""

    def check(operand: Operand) -> None:
        if operand.text and operand.text not in words:
            raise OperandFault("IEFC632I", operand.keyword)

    return check


def words(longest: int, *allowed: Collection[str] | None) -> Check:
    """Demand one place each for `allowed`, of its words or, where it is None, of up to `longest` characters."""

    def check(operand: Operand) -> None:
        places = [item for item in operand.values if not item.keyword]
        if len(places) > len(allowed):
            raise OperandFault("IEFC641I", operand.keyword)
        for item, choices in zip(places, allowed, strict=False):
            if choices is None and len(item.text) > longest:
                raise OperandFault("IEFC642I", operand.keyword)
            if choices is not None and item.text and item.text not in choices:
                raise OperandFault("IEFC632I", operand.keyword)

    return check


def output_class(operand: Operand) -> None:
    """Demand one output class."""
    if not re.fullmatch(r"[A-Z0-9]", operand.text):
        raise OperandFault("IEFC639I", operand.keyword)


def output_class_or_same(operand: Operand) -> None:
    """Demand one output class, or an asterisk for that of the job."""
    if operand.text not in {"", "*"}:
        output_class(operand)


def job_class(operand: Operand) -> None:
    """Demand a job class: one character, or a name of up to eight."""
    if not is_job_class(operand.text):
        raise OperandFault("IEFC639I", operand.keyword)


def storage(operand: Operand) -> None:
    """Demand an amount of storage such as 4096K or 0M."""
    if operand.text and not re.fullmatch(r"\d+[KMGTP]?", operand.text):
        raise OperandFault("IEFC632I", operand.keyword)


def words_up_to(longest: int) -> Check:
    """Demand a text not longer than `longest`."""

    def check(operand: Operand) -> None:
        if len(operand.text) > longest:
            raise OperandFault("IEFC642I", operand.keyword)

    return check


def notify(operand: Operand) -> None:
    """Demand a user, or a node and a user behind a period."""
    parts = operand.text.split(".")
    if len(parts) > 2 or any(len(part) > 8 for part in parts):
        raise OperandFault("IEFC642I", "NOTIFY")


def jobrc(operand: Operand) -> None:
    """Demand MAXRC, LASTRC or (STEP,name)."""
    word = operand.positional(0)
    if word not in {"MAXRC", "LASTRC", "STEP"} or (word == "STEP") != bool(operand.positional(1)):
        raise OperandFault("IEFC632I", "JOBRC")


def symbols(operand: Operand) -> None:
    """Demand JCLONLY, EXECSYS or CNVTSYS, and perhaps a ddname."""
    if operand.positional(0) not in {"JCLONLY", "EXECSYS", "CNVTSYS"}:
        raise OperandFault("IEFC632I", "SYMBOLS")


def recfm(operand: Operand) -> None:
    """Demand letters of a record format."""
    if operand.text and not re.fullmatch(r"(?:[FVUD])?(?:B?S?T?|T?B?)[AM]?T?", operand.text):
        raise OperandFault("IEFC632I", operand.keyword)


def lrecl(operand: Operand) -> None:
    """Demand a record length, X, or nnnnnK."""
    text = operand.text
    if text and not re.fullmatch(r"\d{1,5}K?|X", text):
        raise OperandFault("IEFC644I", operand.keyword)
    if text.isdecimal() and int(text) > 32760:
        raise OperandFault("IEFC638I", operand.keyword)


def blksize(operand: Operand) -> None:
    """Demand a block size, K M and G included."""
    if operand.text and not re.fullmatch(r"\d{1,10}[KMG]?", operand.text):
        raise OperandFault("IEFC644I", operand.keyword)


def _rows(check: Check, names: str) -> tuple[Keyword, ...]:
    return tuple(Keyword(word, check) for word in names.split())


def delimiter(operand: Operand) -> None:
    """Demand a delimiter for in-stream data. Which messages tell of a wrong one is assumed."""
    length = len(operand.text.replace("&&", "&"))
    if length < SHORTEST_DELIMITER:
        raise OperandFault("IEFC632I", "DLM")
    if length > LONGEST_DELIMITER:
        raise OperandFault("IEFC642I", "DLM")


def run_time(operand: Operand) -> None:
    """Demand minutes, (minutes,seconds), 1440, NOLIMIT or MAXIMUM."""
    texts = [item.text for item in operand.values]
    if len(texts) == 1 and texts[0] in {"NOLIMIT", "MAXIMUM", ""}:
        return
    if len(texts) > 2 or not all(is_number(text) or not text for text in texts):
        raise OperandFault("IEFC644I" if len(texts) <= 2 else "IEFC641I", "TIME")
    minutes, seconds = (int(text or 0) for text in [*texts, "", ""][:2])
    if minutes > 357912 or seconds > 59:
        raise OperandFault("IEFC638I", "TIME")


def output_limit(highest: int) -> Check:
    """Demand a number, or a number with CANCEL, DUMP or WARNING."""

    def check(operand: Operand) -> None:
        texts = [item.text for item in operand.values] or [""]
        if len(texts) > 2 or (len(texts) == 2 and texts[1] not in {"CANCEL", "DUMP", "WARNING"}):
            raise OperandFault("IEFC632I", operand.keyword)
        if not is_number(texts[0]):
            raise OperandFault("IEFC644I", operand.keyword)
        if int(texts[0]) > highest:
            raise OperandFault("IEFC638I", operand.keyword)

    return check


JOB = (
    Keyword("CLASS", job_class),
    Keyword("TIME", run_time),
    Keyword("LINES", output_limit(999999)),
    Keyword("BYTES", output_limit(999999)),
    Keyword("PAGES", output_limit(99999999)),
    Keyword("CARDS", output_limit(99999999)),
    Keyword("NOTIFY", notify),
    Keyword("JOBRC", jobrc),
    Keyword("SCHENV", words_up_to(16)),
    Keyword("MSGCLASS", output_class),
    Keyword("PRTY", number(15)),
    Keyword("REGION", storage),
    Keyword("MEMLIMIT", anything),
    Keyword("TYPRUN", choice("HOLD", "JCLHOLD", "SCAN", "COPY")),
    Keyword("USER", name),
    Keyword("GROUP", name),
    Keyword("SYSAFF", words(8, *[None] * MOST_SYSTEMS)),
    Keyword("SYSTEM", words(8, *[None] * MOST_SYSTEMS)),
    Keyword("GDGBIAS", choice("JOB", "STEP")),
    Keyword("RD", choice("R", "RNC", "NR", "NC")),
    Keyword("ADDRSPC", choice("VIRT", "REAL")),
    Keyword("DSENQSHR", choice("ALLOW", "USEJC", "DISALLOW")),
    *_rows(
        anything,
        "MSGLEVEL REGIONX COND RESTART PASSWORD SECLABEL JESLOG EMAIL UJOBCORR CCSID PERFORM ACCT",
    ),
)

EXEC = (
    Keyword("PGM", anything),
    Keyword("PROC", name),
    Keyword("REGION", storage),
    Keyword("PARMDD", name),
    Keyword("TIME", run_time),
    Keyword("DYNAMNBR", number(3273)),
    Keyword("ADDRSPC", choice("VIRT", "REAL")),
    Keyword("RD", choice("R", "RNC", "NR", "NC")),
    *_rows(anything, "PARM COND REGIONX MEMLIMIT ACCT PERFORM CCSID TVSMSG TVSAMCOM RLSTMOUT DPRTY"),
)

#: Subparameters of DCB=, most of them keywords of DD as well.
DCB = (
    Keyword("RECFM", recfm),
    Keyword("LRECL", lrecl),
    Keyword("BLKSIZE", blksize),
    Keyword("DSORG", choice("PS", "PSU", "PO", "POU", "DA", "DAU", "IS", "ISU", "CX", "CQ", "GS", "MQ", "TQ", "TX")),
    Keyword("KEYLEN", number(255)),
    *_rows(
        anything,
        "BFALN BFTEK BLKSZLIM BUFIN BUFL BUFMAX BUFNO BUFOFF BUFOUT BUFSIZE CODE CPRI CYLOFL DEN DIAGNS EROPT FUNC GNCP HIARCHY "
        "INTVL IPLTXID LIMCT MODE NCP NTM OPTCD PCI PRTSP RESERVE RKP STACK THRESH TRTCH UCS",
    ),
)

DD = (
    *DCB,
    Keyword("DSNAME", anything, "DSN"),
    Keyword("VOLUME", anything, "VOL"),
    Keyword("DDNAME", name),
    Keyword("DLM", delimiter),
    Keyword("SYMBOLS", symbols),
    Keyword("HOLD", choice("YES", "NO", "Y", "N")),
    Keyword("COPIES", anything),
    Keyword("CHARS", words(4, None, None, None, None)),
    Keyword("DEST", words(127, None, None)),
    Keyword("FCB", words(4, None, {"ALIGN", "VERIFY"})),
    Keyword("LABEL", words(5, None, TAPE_LABELS, {"PASSWORD", "NOPWREAD"}, {"IN", "OUT"})),
    Keyword("SPIN", words(9, {"NO", "UNALLOC"}, None, None)),
    Keyword("OUTLIM", number(16777215)),
    Keyword("FREE", choice("END", "CLOSE")),
    Keyword("TERM", choice("TS")),
    Keyword("AVGREC", choice("U", "K", "M")),
    Keyword("RECORG", choice("KS", "ES", "RR", "LS")),
    Keyword("KEYOFF", number(32767)),
    Keyword("RETPD", number(HIGHEST_RETPD)),
    Keyword("FILEDATA", choice("BINARY", "TEXT", "RECORD")),
    Keyword("STORCLAS", name),
    Keyword("MGMTCLAS", name),
    Keyword("DATACLAS", name),
    *_rows(
        anything,
        "DSN DISP UNIT VOL SPACE DCB SYSOUT EXPDT LIKE REFDD DSNTYPE PATH PATHOPTS PATHMODE PATHDISP "
        "SYMLIST AMP "
        "SUBSYS CNTL CHKPT PROTECT SECMODEL QNAME ACCODE BURST MODIFY FLASH FORMS OUTPUT SEGMENT "
        "DSID CCSID EATTR "
        "LGSTREAM RLS KEYLABL1 KEYLABL2 KEYENCD1 KEYENCD2 DSKEYLBL MAXGENS ROACCESS BLKSZLIM GDGORDER STRNO FREEVOL",
    ),
)

OUTPUT = (
    Keyword("CLASS", output_class_or_same),
    Keyword("DEFAULT", choice("YES", "Y", "NO", "N")),
    Keyword("JESDS", choice("ALL", "JCL", "LOG", "MSG")),
    Keyword("OUTDISP", words(5, OUTPUT_DISPOSITIONS, OUTPUT_DISPOSITIONS)),
    Keyword("DEST", words_up_to(127)),
    Keyword("FORMS", words_up_to(8)),
    Keyword("WRITER", name),
    *_rows(
        anything,
        "ADDRESS AFPPARMS AFPSTATS BUILDING BURST CHARS CKPTLINE CKPTPAGE CKPTSEC COLORMAP COMPACT COMSETUP "
        "CONTROL COPIES COPYCNT DATACK DDNAME DEPT DPAGELBL DUPLEX FCB FLASH FORMDEF FORMLEN FSSDATA GROUPID INDEX INTRAY "
        "LINDEX LINECT MAILBCC "
        "MAILCC MAILFILE MAILFROM MAILTO MERGE MODIFY NAME NOTIFY OFFSETXB OFFSETXF OFFSETYB OFFSETYF OUTBIN "
        "OVERLAYB OVERLAYF OVFL PAGEDEF PIMSG PORTNO PRMODE PRTATTRS PRTERROR PRTOPTNS PRTQUEUE PRTY REPLYTO RESFMT RETAINF "
        "RETAINS RETRYL RETRYT ROOM SYSAREA "
        "THRESHLD TITLE TRC UCS USERDATA USERLIB USERPATH",
    ),
)

INCLUDE = (Keyword("MEMBER", name),)

EXPORT = (Keyword("SYMLIST", anything),)

JCLLIB = (Keyword("ORDER", anything), Keyword("PROCLIB", name))

SCHEDULE = (*_rows(anything, "HOLDUNTL STARTBY"), Keyword("JOBGROUP", name))

NOTIFY = (
    Keyword("USER", words_up_to(17)),
    Keyword("EMAIL", words_up_to(246)),
    Keyword("TYPE", choice("MSG", "EMAIL")),
    Keyword("WHEN", anything),
)

XMIT = (Keyword("DEST", words_up_to(17)), Keyword("DLM", delimiter))

_TABLES = {
    "JOB": JOB, "EXEC": EXEC, "DD": DD, "OUTPUT": OUTPUT, "DCB": DCB, "JCLLIB": JCLLIB, "SCHEDULE": SCHEDULE, "NOTIFY": NOTIFY,
    "INCLUDE": INCLUDE, "EXPORT": EXPORT, "XMIT": XMIT,
}  # fmt: skip
TABLES: dict[str, dict[str, Keyword]] = {key: {row.name: row for row in rows} for key, rows in _TABLES.items()}

#: What DD * and DD DATA may have beside them [MVS38 IEFVFA DASTAB: DSID DLM DCB VOL BLKSIZE BUFNO LRECL; JCLREF *: DSNAME LIKE
# REFDD SYMBOLS UNIT; JCLREF DCB: DIAGNS]. RECFM is not of it [seen: IEFC009I in notes of an IBM Z Xplore user].
_BESIDE_DATA = one_of("DSID DLM DCB BLKSIZE BUFNO LRECL DIAGNS SYMBOLS CCSID")
#: Of those, what is about a data set: it stays when it is coded beside * and goes when * overrides it.
DATA_SET_BESIDE_DATA = one_of("DSN VOL UNIT LIKE REFDD")
_POSITIONS = one_of("* DATA DUMMY DYNAM")
#: DD operands that cannot stand together: an override that codes the key takes these away [JCLREF DD, "Relationship to other
# parameters"].
EXCLUSIVE: dict[str, frozenset[str]] = {
    "*": frozenset(row.same_as or row.name for row in DD) - _BESIDE_DATA | (_POSITIONS - {"*"}),
    "DUMMY": one_of("* DATA DDNAME DYNAM PATH QNAME TERM SYSOUT"),
    "DSN": one_of(
        "* DATA DUMMY DYNAM SYSOUT DDNAME PATH PATHOPTS PATHMODE PATHDISP FILEDATA QNAME TERM OUTLIM HOLD COPIES OUTPUT"
    ),
    "SYSOUT": one_of(
        "* DATA DUMMY DYNAM DSN DISP DDNAME PATH PATHOPTS PATHMODE PATHDISP FILEDATA LABEL VOL QNAME TERM EXPDT RETPD SUBSYS LIKE"
    ),
    "PATH": one_of("* DATA DUMMY DYNAM DSN DISP DDNAME SYSOUT UNIT VOL SPACE LABEL LIKE REFDD QNAME DCB EXPDT RETPD"),
    "DDNAME": one_of("* DATA DUMMY DYNAM DSN DISP SYSOUT PATH UNIT VOL SPACE LABEL QNAME TERM LIKE REFDD"),
    "SUBSYS": one_of("* DATA DUMMY DYNAM SYSOUT DDNAME DLM OUTPUT QNAME"),
}
EXCLUSIVE["EXPDT"], EXCLUSIVE["RETPD"] = one_of("RETPD"), one_of("EXPDT")
EXCLUSIVE["DATA"] = EXCLUSIVE["*"] - {"DATA"} | {"*"}
#: How messages call keywords that have a shorter spelling.
_IN_FULL = {row.same_as: row.name for rows in _TABLES.values() for row in rows if row.same_as}


def in_full(keyword: str) -> str:
    """Return a keyword as messages call it: DSNAME for DSN."""
    return _IN_FULL.get(keyword, keyword)


def check(operand: Operand, statement: str, table: str = "") -> str:
    """Return the keyword's proper name after checking its value; `table`: it is a subparameter. Raises OperandFault."""
    row = TABLES[table or statement].get(operand.keyword.partition(".")[0])
    if row is None:
        raise OperandFault("IEFC630I", operand.keyword, statement)
    row.check(operand)
    return row.same_as or row.name


def repeated(operands: tuple[Operand, ...], statement: str) -> list[str]:
    """Return the keywords that a statement codes twice, in whatever spelling; overrides are other statements.

    The message is the one for exclusive keywords [seen: mvslovers/mvsmf#365, two USER= on a JOB statement].
    """
    rows = TABLES.get(statement)
    if rows is None:
        return []
    seen: set[str] = set()
    twice = []
    for operand in operands:
        row = rows.get(operand.keyword)
        word = row.same_as or row.name if row else operand.keyword
        if word and word in seen and operand.keyword not in twice:
            twice.append(operand.keyword)
        seen.add(word)
    return twice


def surplus(operands: tuple[Operand, ...], statement: str) -> set[int]:
    """Return the places of positional operands too many on a DD statement: one may stand, before any keyword [JCLREF DD]."""
    if statement != "DD":
        return set()
    return {place for place, operand in enumerate(operands) if place and operand.raw and not operand.keyword}
