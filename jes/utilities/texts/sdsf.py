"""Words of SDSF in batch.

Source: [SDSF], from memory: what its panels say in the message area. Rules: see row.py.
"""

from __future__ import annotations

from jes.utilities.texts.row import Row

_FROM = "SDSF"


def _row(words: str) -> Row:
    return Row(" ", words, "assumed", _FROM)


ROWS: dict[str, Row] = {
    "sdsf.issued": Row(" ", "COMMAND ISSUED", "known", _FROM),
    "sdsf.invalid": Row(" ", "INVALID COMMAND", "known", _FROM),
    "sdsf.notauthorized": _row("NOT AUTHORIZED FOR JOB"),
    "sdsf.notcommand": Row(" ", "NOT AUTHORIZED FOR CMD", "known", _FROM),
    "sdsf.who": _row(
        "USERID={userid},PROC={jobname},TERMINAL=N/A,GRPINDEX=1,GRPNAME=ISFSPROG,SERVER=NO,JESNAME=JES2,MEMBER={system}"
    ),
    "sdsf.displayed": _row(
        "$HASP890 JOB({jobname}) STATUS=({status}),CLASS={job_class},PRIORITY={priority},HOLD=({held}),JOBID={jobid}"
    ),
    "sdsf.notvalid": _row("ACTION NOT VALID FOR JOB"),
    "sdsf.filter": _row("INVALID FILTER CRITERIA"),
    "sdsf.sort": _row("INVALID SORT CRITERIA"),
    "sdsf.found": _row("CHARS '{text}' FOUND"),
    "sdsf.notfound": _row("CHARS '{text}' NOT FOUND"),
    "sdsf.printopened": Row(" ", "PRINT OPENED", "known", _FROM),
    "sdsf.printnotopen": _row("PRINT NOT OPEN"),
    "sdsf.printfailed": _row("PRINT NOT OPENED, {why}"),
    "sdsf.exists": _row("DATA SET ALREADY EXISTS"),
    "sdsf.badname": _row("INVALID DATA SET NAME"),
    "sdsf.noddname": _row("DDNAME {ddname} NOT ALLOCATED"),
    "sdsf.nodata": _row("NO DATA TO PRINT"),
    "sdsf.printed": _row("{count} LINES PRINTED"),
    "sdsf.printclosed": _row("PRINT CLOSED {count} LINES"),
}
