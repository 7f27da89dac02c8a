"""Whatever a client sends is answered in words, and the session goes on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zftpd.app import Server, ServerOptions
from zftpd.exits.points import Verdict
from zftpd.testing.memory import Dialogue
from zftpd.verbs import VERBS

#: Verbs that end or restart the session are left out, so that the next line meets a session.
GOING_ON = sorted(set(VERBS) - {"QUIT", "REIN", "USER"})


@pytest.fixture(scope="module")
def shared_server():
    with Server(ServerOptions(tls=False)) as server:
        yield server


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(GOING_ON), st.text(st.characters(codec="latin-1"), max_size=80), st.binary(max_size=40))
def test_any_argument_is_answered(shared_server, verb, argument, data):
    told = []
    object.__setattr__(shared_server.facts, "console", told.append)
    dialogue = Dialogue(shared_server.facts)
    dialogue.login()

    said = dialogue.command(f"{verb} {argument}", data)

    assert said[:3].isdigit()
    assert not [text for text in told if "Traceback" in text]
    assert dialogue.command("NOOP") == "200 OK"


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_line_is_answered(shared_server, line):
    dialogue = Dialogue(shared_server.facts)

    assert dialogue.command(line.replace(b"\r\n", b""))[:3].isdigit()


def test_an_error_that_is_none_of_ours_is_451_and_told_to_the_console(ftp, monkeypatch):
    told = []
    object.__setattr__(ftp.session.server, "console", told.append)
    monkeypatch.setattr(type(ftp.session.server.mvs), "find", lambda *_: 1 / 0)

    assert ftp.command("CWD X").startswith("451 ")
    assert any("ZeroDivisionError" in text for text in told)
    assert ftp.command("NOOP") == "200 OK"


def test_ftchkcmd_may_refuse_and_may_replace(ftp, monkeypatch):
    answers = {"DELE": Verdict.reject("not today"), "CWD": Verdict(argument="'OTHER'")}
    monkeypatch.setattr(ftp.session.server.exits, "has", lambda point: point == "FTCHKCMD")
    monkeypatch.setattr(ftp.session.server.exits, "call", lambda point: answers.get(getattr(point, "command", ""), Verdict()))

    assert ftp.command("DELE X") == "500-UX-not today\r\n500 User Exit denies Userid IBMUSER from using Command DELE"
    assert ftp.command("CWD X") == '250 "OTHER." is the working directory name prefix.'


def test_ftchkip_turns_a_connection_away(serving, monkeypatch):
    server = serving()
    monkeypatch.setattr(server.facts.exits, "call", lambda point: Verdict.reject())
    dialogue = Dialogue(server.facts)

    assert dialogue.open() == "421 User Exit rejects open for connection"
    assert dialogue.closed
