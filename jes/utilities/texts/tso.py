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
    "tso.inusefor": _row("IKJ56246I DATA SET {name} NOT ALLOCATED, FILE IN USE", "known"),
    "tso.notfreed": _row("IKJ56247I FILE {ddname} NOT FREED, IS NOT ALLOCATED", "seen"),
    "tso.submitted": _row("IKJ56250I JOB {jobname}({jobid}) SUBMITTED", "known"),
    "tso.waiting": _row("IKJ56197I JOB {jobname}({jobid}) WAITING FOR EXECUTION", "known"),
    "tso.waitingheld": _row("IKJ56197I JOB {jobname}({jobid}) WAITING FOR EXECUTION, IN HOLD STATUS"),
    "tso.jobchar": _row("IKJ56700A ENTER JOBNAME CHARACTER(S) -", "known"),
    "tso.profile": _row("IKJ56688I CHAR(0)  LINE(0)  {switches} {prefix} PLANGUAGE(ENU) SLANGUAGE(ENU) VARSTORAGE(LOW)", "known"),
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
    "tso.nonetwork": _row("INMX020I Node name '{node}' not defined to JES, transmission rejected"),
    "tso.notoperator": _row("INMR080I USERID parameter rejected, you are not authorized to use it"),
    "tso.nomail": _row("INMR003I You have no messages or data sets to receive.", "known"),
    "tso.nomore": _row("INMR000I No more files remain for the receive command to process."),
    "tso.deleted": _row("INMR002I File deleted"),
    "tso.nofile": _row("IKJ56247I FILE {ddname} NOT ALLOCATED"),
    "tso.notvalid": _row("INMR160I Data set does not contain a valid transmission"),
    "tso.received": _row("INMR901I Dataset {name} from {userid} on {node}", "seen"),
    "tso.prompt": _row("INMR906A Enter restore parameters or 'DELETE' or 'END' +", "seen"),
    "tso.restored": _row("INMR001I Restore successful to dataset '{name}'", "seen"),
    "tso.keyword": _row("IKJ56712I INVALID KEYWORD, {word}", "seen"),
    "tso.missing": _row("IKJ56701I MISSING {word}", "seen"),
    "tso.value": _row("IKJ56702I INVALID VALUE, {word}"),
    "tso.extraneous": _row("IKJ56716I EXTRANEOUS INFORMATION WAS IGNORED: {word}"),
    "tso.parenthesis": _row("IKJ56711I RIGHT PARENTHESIS MISSING, {word}"),
    "tso.badcommand": _row("IKJ56621I INVALID COMMAND NAME SYNTAX", "known"),
    "tso.lastcc": _row("IDC0014I LASTCC={code}", "known"),
    "tso.nohelp": _row("IKJ56802I HELP NOT AVAILABLE FOR {name}"),
    "tso.notloggedon": _row("IKJ55072I USER(S) {users} NOT LOGGED ON OR TERMINAL DISCONNECTED, MESSAGE CANCELLED", "known"),
    "tso.nobroadcast": _row("IKJ55078I MESSAGE FOR USER(S) {users} CANCELLED, BROADCAST DATA SET NOT USABLE"),
    "tso.nomessages": _row("IKJ56951I NO BROADCAST MESSAGES", "known"),
    "tso.noload": _row("IRX0406E REXX exec load file SYSEXEC has not been allocated.", "known"),
    "tso.notloaded": _row("IRX0112I The REXX exec {name} cannot be loaded."),
    "tso.noexec": _row("IRX0110I The REXX exec {name} cannot be interpreted.", "known"),
    "tso.datasetnotfreed": _row("IKJ56247I DATA SET {name} NOT FREED, IS NOT ALLOCATED", "known"),
    "tso.nocommand": _row("IKJ56500I COMMAND {name} NOT FOUND", "seen"),
    "tso.abended": _row(
        "IKJ56641I {name} ENDED DUE TO ERROR+\nIKJ56640I {kind} ABEND CODE {code}  REASON CODE {reason:08X}", "known"
    ),
}
