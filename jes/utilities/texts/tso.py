"""Words of the commands of batch TSO.

Source: [TSO], [MSGS IKJ], [MSGS INM]; `seen` in public listings of ALLOCATE, STATUS and RECEIVE. Rules: see row.py; the id
stands in the words, since one id has several.
"""

from __future__ import annotations

from jes.utilities.texts.row import Row


def _row(words: str, evidence: str = "assumed") -> Row:
    return Row("", words, evidence, "TSO")


ROWS: dict[str, Row] = {
    "tso.notincatalog": _row("IKJ56228I DATA SET {name} NOT IN CATALOG OR CATALOG CAN NOT BE ACCESSED", "known"),
    "tso.nomember": _row("IKJ58507I MEMBER {member} NOT IN DATA SET {name}"),
    "tso.exists": _row(
        "IKJ56893I DATA SET {name} NOT ALLOCATED+\nIGD17101I DATA SET {name}\n"
        "NOT DEFINED BECAUSE DUPLICATE NAME EXISTS IN CATALOG\nRETURN CODE IS 8 REASON CODE IS 38 IGG0CLEH",
        "seen",
    ),
    "tso.denied": _row(
        "IKJ56231I DATA SET {name} NOT ALLOCATED, SYSTEM OR INSTALLATION ERROR+\nIKJ56231I SECURITY PRODUCT DENIED ACCESS"
    ),
    "tso.inuse": _row("IKJ56225I DATA SET {name} ALREADY IN USE, TRY LATER", "known"),
    "tso.badname": _row("IKJ56709I INVALID DATA SET NAME, {name}", "known"),
    "tso.error": _row("IKJ56231I DATA SET {name} NOT ALLOCATED, SYSTEM OR INSTALLATION ERROR"),
    "tso.fileinuse": _row("IKJ56246I FILE {ddname} NOT ALLOCATED, FILE IN USE", "known"),
    "tso.notfreed": _row("IKJ56247I FILE {ddname} NOT FREED, IS NOT ALLOCATED", "seen"),
    "tso.submitted": _row("IKJ56250I JOB {jobname}({jobid}) SUBMITTED", "known"),
    "tso.waiting": _row("IKJ56197I JOB {jobname}({jobid}) WAITING FOR EXECUTION", "known"),
    "tso.executing": _row("IKJ56211I JOB {jobname}({jobid}) EXECUTING", "seen"),
    "tso.onqueue": _row("IKJ56192I JOB {jobname}({jobid}) ON OUTPUT QUEUE", "seen"),
    "tso.notfound": _row("IKJ56216I JOB {jobname} NOT FOUND"),
    "tso.nojobs": _row("IKJ56216I NO JOBS FOUND"),
    "tso.notunique": _row("IKJ56218I JOB {jobname} NOT UNIQUE"),
    "tso.cancelled": _row("IKJ56211I JOB {jobname}({jobid}) CANCELLED"),
    "tso.cancelfailed": _row("IKJ56216I CANCEL FAILED FOR JOB {jobname}({jobid})"),
    "tso.rejected": _row(
        "IKJ56328I JOB {jobname} REJECTED - JOBNAME MUST BE YOUR USERID OR MUST START WITH YOUR USERID", "known"
    ),
    "tso.nonetwork": _row("INMX051I Network transmission is not available, OUTDATASET or OUTFILE is required"),
    "tso.nofile": _row("IKJ56247I FILE {ddname} NOT ALLOCATED"),
    "tso.notvalid": _row("INMR160I Data set does not contain a valid transmission"),
    "tso.received": _row("INMR901I Dataset {name} from {userid} on {node}", "seen"),
    "tso.prompt": _row("INMR906A Enter restore parameters or 'DELETE' or 'END' +", "seen"),
    "tso.restored": _row("INMR001I Restore successful to dataset '{name}'", "seen"),
    "tso.keyword": _row("IKJ56712I INVALID KEYWORD, {word}", "known"),
    "tso.nocommand": _row("IKJ56500I COMMAND {name} NOT FOUND", "seen"),
    "tso.abended": _row(
        "IKJ56641I {name} ENDED DUE TO ERROR+\nIKJ56640I {kind} ABEND CODE {code}  REASON CODE {reason:08X}", "known"
    ),
}
