"""`zftpd netstat TTLS`: the reports about connections under AT-TLS of a running server.

Source: [IPSAC] "Netstat TTLS/-x report"; pages 68 and 85 of the source document.
Rules: the server computes a connection's mapping anew from the policy and the connection's ends, which cannot change while it
lasts. `TTLS` lists connections, `TTLS COnn` (with or without an id) shows them in detail, `TTLS GRoup` counts by group.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from zftpd.attls.ciphers import of_openssl
from zftpd.attls.match import Mapping
from zftpd.attls.outbound import OUTBOUND
from zftpd.attls.policy import Policy
from zftpd.attls.report import Secured, detail, group_summary, summary
from zftpd.messages import message


def answer(text: str, sessions: Iterable[Any]) -> list[str]:
    """Return the report that `TTLS ...` asks for, over the sessions of this process."""
    words = text.upper().split()
    if not words or words[0] != "TTLS" or (len(words) > 1 and not words[1].startswith(("CO", "GR"))):
        return [message("operator.netstat")]
    secured = [*_inbound(sessions), *OUTBOUND.rows()]
    if len(words) == 1:
        return summary(one for one, _ in secured)
    if words[1].startswith("GR"):
        return _groups(secured)
    wanted = [word.zfill(8) for word in words[2:] if word != "DETAIL"]
    shown = [(one, policy) for one, policy in secured if not wanted or f"{one.number:08X}" in wanted]
    return [line for one, policy in shown for line in (*detail(one, policy), "")]


def _groups(secured: list[tuple[Secured, Policy]]) -> list[str]:
    """Return the report on group actions, those of the policy with the most of them in front."""
    policies = sorted((policy for _, policy in secured), key=lambda policy: -len(policy.groups))
    return group_summary(policies[0] if policies else Policy(), [one for one, _ in secured])


def _inbound(sessions: Iterable[Any]) -> list[tuple[Secured, Policy]]:
    """Return the sessions that are mapped and secured now, each with the policy in use."""
    found = []
    for session in list(sessions):
        mapping = _mapping(session)
        if mapping is not None:
            found.append((_connection(session, mapping), session.secure.policy or Policy()))
    return found


def _mapping(session: Any) -> Mapping | None:
    secure = session.secure
    mapping: Mapping | None = secure.mapping
    return mapping if secure.beneath or (secure.facts and not secure.left) else None


def _connection(session: Any, mapping: Mapping) -> Secured:
    facts = session.secure.facts or session.secure.beneath
    owner = session.server.saf.user_of_certificate(facts.certificate) if facts.certificate else None
    cipher = of_openssl(facts.cipher)
    ends = (session.local[0], session.local[1]), (session.client[0], session.client[1])
    return Secured(session.number, session.server.jobname, *ends, mapping, facts.version, cipher, owner or "")


def without_repeated_heads(lines: Sequence[str]) -> list[str]:
    """Return the lines of several processes with the head of a table only once."""
    head = list(lines[:2]) if len(lines) > 1 and lines[1].startswith("----") else []
    return head + [line for line in lines[len(head) :] if line not in head]


def main(arguments: Sequence[str]) -> int:
    """`zftpd netstat TTLS [COnn [id]] [GRoup]`: ask every process of the server and print the reports."""
    from zftpd.operator import ask_server

    made = argparse.ArgumentParser(prog="zftpd netstat", description="Reports about connections under AT-TLS.")
    made.add_argument("--socket", type=Path, help="control socket of the server (default: the one in the data folder)")
    made.add_argument("report", nargs="+", help="TTLS, TTLS CONN [id], or TTLS GROUP")
    options = made.parse_args(list(arguments))
    lines = ask_server(options.socket, f"NETSTAT {' '.join(options.report)}")
    for line in without_repeated_heads(lines or ()):
        print(line)  # noqa: T201
    return 1 if lines is None or any(line.startswith("EZYFT00E") for line in lines) else 0
