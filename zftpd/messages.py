"""Console and log messages of the server: the only place that holds their words.

Source: zos-ftp-server.md 8.1; [CR] FTPLOGGING for EZYFS; [CR] FTP.DATA diagnostics.
Rules: numbers that no source gives are not invented; such messages carry EZYFT00 and are assumed. A message is text that
remembers its key and facts, so that one stream can show words and another JSON. EZYFS messages are the activity log:
FTPLOGGING (ANONYMOUSFTPLOGGING for anonymous users) turns them on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One wording and the evidence for it."""

    words: str
    evidence: str = "assumed"
    source: str = ""


class Message(str):
    """The words of a message, with its key and facts."""

    __slots__ = ("facts", "key")
    key: str
    facts: dict[str, Any]

    def __new__(cls, key: str, facts: dict[str, Any]) -> Message:
        """Fill in the words."""
        made = super().__new__(cls, MESSAGES[key].words.format_map(facts))
        made.key, made.facts = key, facts
        return made

    @property
    def number(self) -> str:
        """The message number, EZYFS50I for example; nothing for words that are not our own."""
        first = self.partition(" ")[0]
        return first if first[:3] in {"EZY", "EZZ", "EZD", "ICH", "IEF"} else ""

    @property
    def is_activity(self) -> bool:
        """Tell whether it belongs to the activity log."""
        return self.startswith("EZYFS")


MESSAGES = {
    "starting": Row("EZY2697I IBM FTP CS {release}  {time:%H:%M:%S} on {time:%m/%d/%y}", "known", "DIAG"),
    "ftpdata.used": Row("EZY2640I Using {name} for local site configuration parameters.", "known", "DIAG"),
    "port": Row("EZY2700I Using port FTP control ({port})", "known", "CR"),
    "inactivity": Row("EZY2723I Inactivity time is set to {seconds}", "known", "DIAG"),
    "ready": Row("EZY2702I Server-FTP: Initialization completed at {time:%H:%M:%S} on {time:%m/%d/%y}.", "known", "CR"),
    "listening": Row("EZYFT41I Server-FTP: process id {pid}, server job name {jobname}.", "known", "CR"),
    "ftpdata.reloaded": Row("EZYFT00I {name} has changed; new sessions use what it says now."),
    "ftpdata.kept": Row("EZYFT00E {name} has changed, but {reason}; new sessions use what it said before."),
    "ftpdata.unknown": Row(
        "EZYFT18I {name}, line {line}: {statement} is no statement of FTP.DATA.{advice}", "seen", "8.1 partially"
    ),
    "ftpdata.other side": Row('EZYFT47I {name} file, line {line}: Ignoring keyword "{statement}".', "known", "CR"),
    "ftpdata.site only": Row("EZYFT00W {name}, line {line}: {statement} is a parameter of SITE, not a statement; it is ignored."),
    "ftpdata.absent": Row("EZYFT00W {name}, line {line}: {statement} is not known to this release; it is ignored."),
    "ftpdata.not numeric": Row("EZYFT00E {name}, line {line}: {statement} {value} is not numeric ({advice})."),
    "ftpdata.range": Row("EZYFT00E {name}, line {line}: {statement} {value} is out of range ({advice})."),
    "ftpdata.invalid": Row("EZYFT00E {name}, line {line}: {statement} {value} is not valid ({advice})."),
    "ftpdata.missing": Row("EZYFT00E {name}, line {line}: {statement} needs a value ({advice})."),
    "ftpdata.repeated": Row("EZYFT00W {name}, line {line}: {statement} was given in line {advice} as well; this line counts."),
    "ftpdata.extra": Row("EZYFT00W {name}, line {line}: {statement}: {value} after the value is ignored."),
    "ftpdata.limited": Row("EZYFT00W {name}, line {line}: {statement} {value} has not its full effect here: {advice}."),
    "connected": Row("EZYFS50I ID={session} CONN   starts Client IPaddr={client} hostname={client}", "seen", "CR FTPLOGGING"),
    "disconnected": Row("EZYFS52I ID={session} CONN   ends", "seen", "CR FTPLOGGING"),
    "logged-on": Row("EZYFS56I ID={session} ACCESS OK     USERID={userid}", "known", "CR FTPLOGGING"),
    "access-failed": Row("EZYFS57I ID={session} ACCESS FAIL   USERID={userid} REASON={reason}", "known", "CR FTPLOGGING"),
    "certificate.refused": Row("EZYFT00W ID={session} the client certificate does not sign {userid} on: {reason}"),
    "transfer.ok": Row("EZYFS84I ID={session} {verb:<6} OK     {name} BYTES={bytes} REPLY={code}", "assumed", "CR FTPLOGGING"),
    "transfer.failed": Row(
        "EZYFS85I ID={session} {verb:<6} FAIL   {name} BYTES={bytes} REPLY={code}", "assumed", "CR FTPLOGGING"
    ),
    "confidence": Row("EZYFS86I ID={session} {verb:<6} CONFIDENCE={level} {name}", "seen", "CR CHKCONFIDENCE"),
    "submitted": Row("EZYFS90I ID={session} SUBMIT OK     JOBID={jobid}", "assumed", "CR FTPLOGGING"),
    "handshake.failed": Row("EZYFT96I TLS handshake failed with {client}: {reason}", "known", "CR"),
    "internal": Row("EZYFT00E ID={session} {verb} ended by an unexpected error\n{traceback}"),
    "table.unreadable": Row("EZYFT00W translate table {name} cannot be used: {reason}"),
    "words.unreadable": Row("EZYFT00W {name} cannot be shown: {reason}"),
    "exit.job": Row("EZYFT00W ID={session} a job of FTPOSTPR was not submitted: {reason}"),
    "exit.failed": Row("EZYFT00E user exit {point} ({source}) failed: {reason}; its answer is taken as {outcome}"),
    "exit.reloaded": Row("EZYFT00I user exit {point} ({source}) has changed and is used from now on."),
    "exit.kept": Row("EZYFT00E user exit {point} has changed, but {reason}; the loaded one stays."),
    "smf.failed": Row("EZYFT00W ID={session} the SMF record was not written: {reason}"),
    "jes.ended": Row(
        "EZYFT00W the process of JES, {pid}, ended with {status}; another one is started, and jobs that ran are requeued"
    ),
    "jes.here": Row(
        "EZYFT00W the keeper of the process of JES has ended, and its heir; jobs run in the server until it is started anew"
    ),
    "worker.ended": Row("EZYFT00W worker {pid} ended with {status}; another one is started"),
    "session.ended": Row("EZYFT00E ID={session} the session ended by an unexpected error\n{traceback}"),
    "operator.unknown": Row("EZYFT00E {verb} is no operator command; there are DISPLAY, MODIFY, NETSTAT and JES"),
    "operator.jes": Row("EZYFT00E {text} is no command of JES; there are $ commands, HOLD, RELEASE and OUTCOME"),
    "operator.jes.hold": Row("EZYFT00I jobs {mask} stop in {state}"),
    "operator.jes.release": Row("EZYFT00I jobs {mask} go on"),
    "operator.jes.outcome": Row("EZYFT00I jobs {jobname} end {outcome}"),
    "operator.netstat": Row("EZYFT00E NETSTAT takes TTLS, TTLS CONN [id] or TTLS GROUP"),
    "operator.modify": Row("EZYFT00E MODIFY takes DEBUG=(...), DUMP=(...), RELOAD or PAGENT,REFRESH"),
    "operator.invalid": Row("EZYFT00E {name}={asked} is not valid"),
    "operator.debug": Row("EZYFT82I Active traces: {active}", "known", "CR"),
    "operator.dump": Row("EZYFT83I Active dumpIDs: {active}", "known", "CR"),
    "operator.reload": Row("EZYFT00I there is no FTP.DATA file to read again."),
    "trace": Row("EZYFT00I ID={session} {kind:<4} {text}"),
    "log.failed": Row("EZYFT00W a log cannot be written any more: {reason}"),
    "violation": Row("{text}"),
    "tls.cipher": Row("EZYFT00W cipher suite {name} is offered by no current library; it is not used."),
    "tls.protocol": Row("EZYFT00W protocol {name} of {rule} is offered by no current library; it is not used."),
    "tls.signature": Row("EZYFT00W signature pair {name} of {rule} is offered by no current library; it is not used."),
    "tls.reach": Row("EZYFT00W {names} of {rule}: the OpenSSL of this Python is out of reach; what it does by itself stands."),
    "pagent.starting": Row("EZZ8431I PAGENT STARTING", "known", "IPMSG4"),
    "pagent.initialized": Row("EZZ8432I PAGENT INITIALIZATION COMPLETE", "known", "IPMSG4"),
    "pagent.errors": Row("EZZ8438I PAGENT POLICY DEFINITIONS CONTAIN ERRORS FOR {stack} : {type}", "assumed", "IPMSG4"),
    "pagent.modify": Row("EZZ8443I PAGENT MODIFY COMMAND ACCEPTED", "assumed", "IPMSG4"),
    "pagent.complete": Row("EZZ8771I PAGENT CONFIG POLICY PROCESSING COMPLETE FOR {stack} : {type}", "known", "IPMSG4"),
    "pagent.installed": Row("EZD1586I PAGENT HAS INSTALLED ALL LOCAL POLICIES FOR {stack}", "known", "IPMSG2"),
    "pagent.empty": Row("EZZ4249I {stack} INSTALLED TTLS POLICY HAS NO RULES", "known", "IPMSG4"),
    "pagent.fault": Row("EZYFT00E {file}: {fault}"),
    "pagent.none": Row("EZYFT00I there is no AT-TLS policy to read again."),
    "tls.ring": Row("EZYFT00E key ring {ring} cannot be used: {reason}"),
    "ssl.assist": Row("System SSL: {name} crypto assist {state}", "seen", "source document, page 30"),
    "ssl.icsf": Row("System SSL: ICSF services are not available", "seen", "source document, page 30"),
    "attls.mapped": Row(
        "TTLS[{process}] : {when:%H:%M:%S} {stack} EZD1281I TTLS Map CONNID: {number:08X} LOCAL: {local} REMOTE: {remote} "
        "JOBNAME: {jobname} USERID: {userid} TYPE: InBound STATUS: {status} RULE: {rule} ACTIONS: {actions}",
        "known",
        "IPDG",
    ),
    "attls.start": Row(
        "TTLS[{process}] : {when:%H:%M:%S} {stack} EZD1282I TTLS Start GRPID: {group:08X} ENVID: {environment:08X} "
        "CONNID: {number:08X} {event} ACTIONS: {actions}",
        "known",
        "IPMSG2",
    ),
    "attls.event": Row(
        "TTLS[{process}] : {when:%H:%M:%S} {stack} EZD1283I TTLS Event GRPID: {group:08X} ENVID: {environment:08X} "
        "CONNID: {number:08X} RC: {rc:>4} {event}",
        "known",
        "IPMSG2",
    ),
    "attls.failed": Row(
        "TTLS[{process}] : {when:%H:%M:%S} {stack} EZD1286I TTLS Error GRPID: {group:08X} ENVID: {environment:08X} "
        "CONNID: {number:08X} LOCAL: {local} REMOTE: {remote} JOBNAME: {jobname} USERID: {userid} RULE: {rule} RC: {rc:>4} "
        "{event} {socket_id:08X} {handle:08X}",
        "seen",
        "source document, page 45",
    ),
}


def message(key: str, /, **facts: Any) -> Message:
    """Return the words of a message."""
    return Message(key, facts)
