"""A policy that changes while the server runs: new connections follow it, those that are mapped keep what they have."""

from __future__ import annotations

import ftplib
import time

from tests.zftpd.net.policed import action, context, policy, rule
from zftpd.attls.netstat import answer

COMPLETE = "EZZ8771I PAGENT CONFIG POLICY PROCESSING COMPLETE FOR TCPCS : TTLS"


def told(server, words, count=1):
    deadline = time.monotonic() + 30
    while sum(words in line for line in server.said) < count and time.monotonic() < deadline:
        time.sleep(0.02)
    return [str(line) for line in server.said if words in line]


def secured(server, **options):
    client = ftplib.FTP_TLS(context=context(**options))
    client.connect(*server.address, timeout=20)
    client.login("USER1", "SECRET")
    return client


def rules(server):
    return [line.split()[-1] for line in answer("TTLS", server.sessions)[2:]]


def test_a_changed_policy_counts_for_connections_that_begin_after_it(policed):
    server = policed(policy("Full"), reload=True)
    before = secured(server)
    (server.folder / "policy").write_text(policy("Full").replace("RULE", "SECOND"))
    assert len(told(server, COMPLETE, 2)) == 2

    after = secured(server)

    assert sorted(rules(server)) == ["RULE", "SECOND"]
    assert before.nlst is not None and before.sendcmd("NOOP").startswith("200")
    before.close()
    after.close()


def test_a_broken_policy_leaves_the_one_in_use_and_tells_every_fault(policed):
    server = policed(policy("Full"), reload=True)
    (server.folder / "policy").write_text(policy("Fuller").replace("Direction Both", "Direction Sideways"))

    assert told(server, "EZZ8438I PAGENT POLICY DEFINITIONS CONTAIN ERRORS FOR TCPCS : TTLS")
    assert len(told(server, "EZYFT00E", 2)) == 2
    client = secured(server)
    assert rules(server) == ["RULE"]
    client.close()


def test_another_instance_number_reads_the_key_ring_again(policed):
    """As on z/OS: a renewed certificate waits for EnvironmentUserInstance to change."""
    server = policed(policy("Full"), reload=True)
    saf = server.saf

    def shown():
        client = secured(server)
        der = client.sock.getpeercert(binary_form=True)
        client.close()
        return der

    first = shown()
    for command in (
        "RACDCERT ID(FTPD) GENCERT SUBJECTSDN(CN('NEW')) WITHLABEL('NEW') NISTECC SIZE(256) SIGNWITH(CERTAUTH LABEL('CA'))",
        "RACDCERT ID(FTPD) CONNECT(LABEL('NEW') RING(R) DEFAULT)",
    ):
        assert saf.command(saf.operator(), command).rc == 0
    assert shown() == first
    (server.folder / "policy").write_text(policy("Full").replace("HandshakeRole", "EnvironmentUserInstance 1\n  HandshakeRole"))
    assert len(told(server, COMPLETE, 2)) == 2

    assert shown() != first


def test_a_rule_that_is_taken_away_leaves_connections_in_clear(policed):
    server = policed(rule(conditions="Direction Inbound") + action(advanced="ClientAuthType Full"), reload=True)
    (server.folder / "policy").write_text("# none\n")
    assert told(server, "EZZ4249I TCPCS INSTALLED TTLS POLICY HAS NO RULES")

    client = ftplib.FTP()
    client.connect(*server.address, timeout=20)

    assert client.sendcmd("NOOP").startswith("200")
    client.close()
