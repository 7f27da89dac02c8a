"""A handshake that failed, as System SSL and the log tell it.

Source: page 45 of the source document for EZD1286I; [SSLPROG] "SSL function return codes"; [IPDG] chapter 30 for the 5000s of
AT-TLS itself.
Rules: pure. What a TLS library says is reduced to a return code of System SSL; what no code fits is 428.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from zftpd.attls.policy import Policy
from zftpd.attls.report import Failure, failed
from zftpd.messages import Message

#: Words of a reason, in the order they are looked for, and the return code they come to.
RETURN_CODES: tuple[tuple[str, int], ...] = (
    (r"NO_SHARED_CIPHER|NO_CIPHERS|HANDSHAKE_FAILURE", 402),
    (r"PEER_DID_NOT_RETURN_A_CERTIFICATE", 403),
    (r"CERTIFICATE_EXPIRED|reason='expired'", 401),
    (r"UNKNOWN_CA|UNABLE_TO_GET_ISSUER|SELF_SIGNED|CERTIFICATE_VERIFY_FAILED", 435),
    (r"BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_UNKNOWN|reason='unreadable'", 414),
    (r"CertificateRefused", 5006),
    (r"WRONG_VERSION_NUMBER|HTTP_REQUEST|WRONG_SSL_VERSION", 410),
    (r"KEY_TOO_SMALL", 8),
    (r"FIPS140", 402),
    (r"UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW", 412),
    (r"too long", 5003),
    (r"EOF|closed|reset|Connection", 420),
)
OTHER = 428


def return_code(reason: str) -> int:
    """Return System SSL's return code for why a handshake failed."""
    return next((code for words, code in RETURN_CODES if re.search(words, reason, re.IGNORECASE)), OTHER)


def line_of(session: Any, reason: str, when: datetime) -> Message | None:
    """Return the log line for a session whose handshake failed, or None when no AT-TLS rule is behind it."""
    chooser = session.server.tls
    policy = getattr(chooser, "policy", None)
    if not isinstance(policy, Policy):
        return None
    choice = chooser.choose(session.local, session.client, "Inbound")
    if choice is None or choice.mapping is None:
        return None
    rule = choice.mapping.rule
    environments = list(dict.fromkeys(each.environment.name for each in policy.rules if each.environment is not None))
    environment = environments.index(rule.environment.name) + 1 if rule.environment is not None else 0
    ends = (session.local[0], session.local[1]), (session.client[0], session.client[1])
    group = policy.groups.get(rule.group.name, 0)
    userid = getattr(chooser, "userid", "")
    facts = Failure(group, environment, session.number, *ends, session.server.jobname, userid, rule.name, return_code(reason))
    return failed(facts, when)
