"""The Policy Agent: what it tells of a policy, good or bad, and that a bad one leaves the one in use alone."""

from __future__ import annotations

import pytest

from tests.zftpd.attls.policies import SERVER_4021
from zftpd.attls.errors import PolicyError
from zftpd.attls.pagent import PolicyAgent

ERRORS = "EZZ8438I PAGENT POLICY DEFINITIONS CONTAIN ERRORS FOR TCPCS : TTLS"
COMPLETE = "EZZ8771I PAGENT CONFIG POLICY PROCESSING COMPLETE FOR TCPCS : TTLS"
INSTALLED = "EZD1586I PAGENT HAS INSTALLED ALL LOCAL POLICIES FOR TCPCS"


@pytest.fixture
def agent(tmp_path):
    made = []
    agent = PolicyAgent(tmp_path / "policy", made.append)
    return agent, made


def test_a_policy_that_is_good_is_installed(agent):
    agent, made = agent
    agent.path.write_text(SERVER_4021)
    told = []
    agent.start(told.append)

    assert ["EZZ8431I PAGENT STARTING", "EZZ8432I PAGENT INITIALIZATION COMPLETE", COMPLETE, INSTALLED] == told
    assert ["ABC_FTP_4021~1"] == [rule.name for rule in made[0].rules]


def test_a_policy_without_rules_is_told(agent):
    agent, made = agent
    agent.path.write_text("# nothing\n")

    assert [COMPLETE, INSTALLED, "EZZ4249I TCPCS INSTALLED TTLS POLICY HAS NO RULES"] == agent.refresh()


def test_every_fault_is_told_by_itself_with_file_and_line(agent):
    agent, made = agent
    agent.path.write_text(SERVER_4021.replace("Inbound", "Inwards").replace("Envfile", "Envfil"))

    told = agent.refresh()

    assert [
        ERRORS,
        f"EZYFT00E {agent.path}: line 8: Direction: Inwards: must be one of Inbound, Outbound, Both",
        f"EZYFT00E {agent.path}: line 19: Envfil: is no parameter of TTLSGroupAdvancedParms",
    ] == told
    assert [] == made


def test_a_policy_that_is_bad_at_the_start_stops_it_once_it_was_told(agent):
    agent, _ = agent
    told = []
    with pytest.raises(FileNotFoundError):
        agent.start(told.append)
    agent.path.write_text("}")
    with pytest.raises(PolicyError):
        agent.start(told.append)

    assert [ERRORS, f"EZYFT00E {agent.path}: line 1: }}: closes nothing"] == told[-2:]
    assert "No such file" in told[2]


def test_modify_is_acknowledged_before_the_outcome(agent):
    agent, _ = agent
    agent.path.write_text(SERVER_4021)

    assert ["EZZ8443I PAGENT MODIFY COMMAND ACCEPTED", COMPLETE, INSTALLED] == agent.modified()
