"""Console and log messages of the server: the only place that holds their words.

Source: zos-ftp-server.md 8.1 for those with an EZY number; numbers that no source gives are not invented, such messages
carry EZYFT00 and are assumed.
"""

from __future__ import annotations

from typing import Any

MESSAGES = {
    "listening": "EZYFT41I Server-FTP: process id {pid}, server job name {jobname}, listening on {host} port {port}.",
    "connected": "EZYFS50I ID={session} CONN   starts Client IPaddr={client} hostname={client}",
    "disconnected": "EZYFS52I ID={session} CONN   ends",
    "logged-on": "EZYFS56I ID={session} ACCESS OK     USERID={userid}",
    "access-failed": "EZYFS57I ID={session} ACCESS FAIL   USERID={userid} REASON={reason}",
    "handshake.failed": "EZYFT96I TLS handshake failed with {client}: {reason}",
    "internal": "EZYFT00E ID={session} {verb} ended by an unexpected error\n{traceback}",
    "words.unreadable": "EZYFT00W {name} cannot be shown: {reason}",
    "exit.job": "EZYFT00W ID={session} a job of FTPOSTPR was not submitted: {reason}",
    "exit.failed": "EZYFT00E user exit {point} ({source}) failed: {reason}; its answer is taken as {outcome}",
    "smf.failed": "EZYFT00W ID={session} the SMF record was not written: {reason}",
    "worker.ended": "EZYFT00W worker {pid} ended with {status}; another one is started",
    "session.ended": "EZYFT00E ID={session} the session ended by an unexpected error\n{traceback}",
    "violation": "{text}",
}


def message(key: str, /, **facts: Any) -> str:
    """Return the words of a message."""
    return MESSAGES[key].format_map(facts)
