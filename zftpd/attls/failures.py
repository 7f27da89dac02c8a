"""What AT-TLS writes to the log: a connection that was mapped, what happens to it, a handshake that failed.

Source: page 45 of the source document for EZD1286I; [SSLPROG] "SSL function return codes"; [IPDG] chapter 30 for the 5000s of
AT-TLS itself, EZD1281I and the bits of Trace; [IPMSG2] EZD1282I, EZD1283I.
Rules: pure. What a TLS library says is reduced to a return code of System SSL; what no code fits is 428.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from zftpd.attls.match import Mapping
from zftpd.attls.policy import Policy
from zftpd.attls.report import Failure, failed, socket_text
from zftpd.messages import Message

#: Words of a reason, in the order they are looked for, and the return code they come to.
RETURN_CODES: tuple[tuple[str, int], ...] = (
    (r"NO_SHARED_CIPHER|NO_CIPHERS|HANDSHAKE_FAILURE", 402),
    (r"PEER_DID_NOT_RETURN_A_CERTIFICATE", 403),
    (r"KEY_TOO_SMALL|key too weak|INVALID_PURPOSE|unsuitable certificate purpose", 8),
    (r"CERTIFICATE_EXPIRED|reason='expired'|has expired|not yet valid", 401),
    (r"UNKNOWN_CA|UNABLE_TO_GET_ISSUER|SELF_SIGNED|CERTIFICATE_VERIFY_FAILED", 435),
    (r"BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_UNKNOWN|reason='unreadable'", 414),
    (r"CertificateRefused", 5006),
    (r"WRONG_VERSION_NUMBER|HTTP_REQUEST|WRONG_SSL_VERSION", 410),
    (r"CALLBACK_FAILED|UNRECOGNIZED_NAME", 410),
    (r"FIPS140", 402),
    (r"UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW", 412),
    (r"too long", 5003),
    (r"EOF|closed|reset|Connection", 420),
)
OTHER = 428
#: Bits of Trace: errors to the job log and to syslogd, when connections are mapped, and what happens to them.
ERRORS, INFORMATION, EVENTS = 1 | 2, 4, 8


def return_code(reason: str) -> int:
    """Return System SSL's return code for why a handshake failed."""
    return next((code for words, code in RETURN_CODES if re.search(words, reason, re.IGNORECASE)), OTHER)


def line_of(session: Any, reason: str, when: datetime) -> Message | None:
    """Return the log line for a session whose handshake failed, or None when no AT-TLS rule is behind it or it traces nothing."""
    mapping = mapping_of(session)
    if mapping is None or not mapping.trace & ERRORS:
        return None
    chooser, rule = session.server.tls, mapping.rule
    ends = (session.local[0], session.local[1]), (session.client[0], session.client[1])
    group, environment = _numbers(session, mapping)
    facts = Failure(
        group, environment, session.number, *ends, session.server.jobname, chooser.userid, rule.name, return_code(reason)
    )
    return failed(facts, when)


def _numbers(session: Any, mapping: Mapping) -> tuple[int, int]:
    """Return the numbers of a mapping's group and environment."""
    policy: Policy = session.secure.policy or Policy()
    environments = list(dict.fromkeys(each.environment.name for each in policy.rules if each.environment is not None))
    name = mapping.rule.environment.name if mapping.rule.environment is not None else ""
    return policy.groups.get(mapping.rule.group.name, 0), environments.index(name) + 1 if name in environments else 0


def _actions(mapping: Mapping) -> str:
    rule = mapping.rule
    return " ".join(each.name for each in (rule.group, rule.environment, rule.connection) if each is not None)


def event(session: Any, name: str, when: datetime, *, starts: bool = False) -> Message | None:
    """Return the log line of an event that starts or has ended well, or None when no rule is there or it does not trace events.

    `name` is the manual's: Initial Handshake, Connection Stop, Connection Close.
    """
    mapping = mapping_of(session)
    if mapping is None or not mapping.trace & EVENTS:
        return None
    group, environment = _numbers(session, mapping)
    facts: dict[str, Any] = {"group": group, "environment": environment, "number": session.number, "event": name}
    facts |= {"when": when, "stack": "TCPCS", "process": 1, "actions": _actions(mapping), "rc": 0}
    return Message("attls.start" if starts else "attls.event", facts)


def mapping_of(session: Any) -> Mapping | None:
    """Return what the AT-TLS policy said of a session's control connection, or None without policy or rule."""
    mapping: Mapping | None = session.secure.mapping
    return mapping


def mapped(session: Any, when: datetime) -> Message | None:
    """Return the log line of a connection that a rule is for, or None when there is none or it does not trace information."""
    mapping = mapping_of(session)
    if mapping is None or not mapping.trace & INFORMATION:
        return None
    facts = {
        "number": session.number,
        "local": socket_text((session.local[0], session.local[1])),
        "remote": socket_text((session.client[0], session.client[1])),
        "jobname": session.server.jobname,
        "userid": session.server.tls.userid,
        "status": "Appl Control" if mapping.application_controlled else "Enabled",
        "rule": mapping.rule.name,
        "actions": _actions(mapping),
        "when": when,
        "stack": "TCPCS",
        "process": 1,
    }
    return Message("attls.mapped", facts)
