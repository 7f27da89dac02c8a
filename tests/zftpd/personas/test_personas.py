"""What the shipped releases differ in, asked of a running server."""

from __future__ import annotations

import ftplib

import pytest

from zftpd.app import Server, ServerOptions
from zftpd.params.param import Where
from zftpd.params.table import STATEMENTS
from zftpd.protocol.persona import load, names


@pytest.fixture(params=["v1r11", "v2r3", "v2r5", "v3r1", "os390"])
def talk(request, clock):
    """A signed-on client of a server that speaks as a release; its greeting is in `welcome`."""
    options = ServerOptions(persona=request.param, tls=False, hostname="MVS098.EXAMPLE", now=clock)
    with Server(options) as server, ftplib.FTP() as client:
        client.connect(*server.address)
        client.login("IBMUSER", "SYS1")
        client.persona = request.param
        client.settings = server.facts.settings
        yield client


def told(client, command):
    """The reply, refusals included."""
    try:
        return client.sendcmd(command)
    except ftplib.error_perm as refusal:
        return str(refusal)


EXPECTED = {
    "v2r3": {
        "greeting": "220-FTPD1 IBM FTP CS V2R3 at MVS098.EXAMPLE, 11:00:00 on 2026-03-25.",
        "idle": "220 Connection will close if idle for more than 5 minutes.",
        "SIZE X": "504 Command SIZE aborted -- FTP server not configured for parameter SIZE.",
        "anonymouslevel": 1,
        "tlsmechanism": "FTP",
    },
    "v2r5": {
        "greeting": "220-FTPD1 IBM FTP CS V2R5 at MVS098.EXAMPLE, 11:00:00 on 2026-03-25.",
        "idle": "220 Connection will close if idle for more than 5 minutes.",
        "SIZE X": "501 command aborted -- FTP server not configured for SIZE/MDTM",
        "anonymouslevel": 3,
        "tlsmechanism": "FTP",
    },
    "v3r1": {
        "greeting": "220-FTPD1 IBM FTP CS 3.2 at MVS098.EXAMPLE, 11:00:00 on 2026-03-25.",
        "idle": "220 Connection will close if idle for more than 300 seconds.",
        "SIZE X": "501 command aborted -- FTP server not configured for SIZE/MDTM",
        "anonymouslevel": 3,
        "tlsmechanism": "ATTLS",
    },
    "v1r11": {
        "greeting": "220-FTPD1 IBM FTP CS V1R11 at MVS098.EXAMPLE, 11:00:00 on 2026-03-25.",
        "idle": "220 Connection will close if idle for more than 5 minutes.",
        "SITE EATTR=OPT": "200-Unrecognized parameter 'EATTR=OPT' on SITE command.\n200 SITE command was accepted",
        "anonymouslevel": 1,
    },
    "os390": {
        "greeting": "220-FTPD1 IBM MVS V3R2 at MVS098.EXAMPLE, 11:00:00 on 2026/03/25",
        "idle": "220 Connection will close if idle for more than 5 minutes.",
        "SYST": "215 MVS is the operating system of this server.",
        "SITE LISTLEVEL=1": "200-Unrecognized parameter 'LISTLEVEL=1' on SITE command.\n200 SITE command was accepted",
        "anonymouslevel": 1,
    },
}


def test_each_release_has_its_own_words_and_defaults(talk):
    expected = EXPECTED[talk.persona]
    greeting, idle = talk.welcome.splitlines()

    assert (greeting, idle) == (expected["greeting"], expected["idle"])
    for command in (each for each in expected if each.partition(" ")[0].isupper()):
        assert told(talk, command) == expected[command]
    for attribute in ("anonymouslevel", "tlsmechanism"):
        assert getattr(talk.settings, attribute) == expected.get(attribute, getattr(talk.settings, attribute))


def test_every_persona_is_proved():
    assert names() == sorted(EXPECTED)


@pytest.mark.parametrize("name", names())
def test_a_persona_names_only_parameters_that_exist(name):
    persona = load(name)

    assert not [each for each in (*persona.settings, *persona.absent) if each not in STATEMENTS]
    assert all(STATEMENTS[each].where & Where.SERVER for each in persona.settings)
