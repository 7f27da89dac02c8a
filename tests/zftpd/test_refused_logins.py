"""Refused logins over TCP: each has its reply, its line of the server and, where RACF refused, its ICH408I."""

from __future__ import annotations

import ftplib
from datetime import datetime, timedelta

import pytest

from saf import SafOptions
from saf.passwords import Scrypt
from tests.waiting import told
from zftpd.app import Server, ServerOptions


class Clock:
    """Runs with the host's, some days ahead."""

    days = 0

    def __call__(self):
        return datetime.now().astimezone() + timedelta(days=self.days)


@pytest.fixture
def start(tmp_path):
    servers = []

    def run(ftpdata="", *commands, **options):
        said, clock = [], Clock()
        server = Server(
            ServerOptions(
                store=f"file://{tmp_path / 'store'}",
                ftpdata=ftpdata,
                console=said.append,
                now=clock,
                saf_options=SafOptions(scrypt=Scrypt(n=16)),
                **options,
            )
        )
        server.start()
        server.said, server.clock = said, clock
        servers.append(server)
        user = ("ADDUSER USER1 PASSWORD(SECRET)", "ALTUSER USER1 PASSWORD(SECRET) NOEXPIRED")
        for command in (*(() if "USER1" in server.saf.snapshot().users else user), *commands):
            result = server.saf.command(server.saf.operator(), command)
            assert result.rc == 0, (command, result.lines)
        return server

    yield run
    for server in servers:
        server.stop()


def refused(server, userid="USER1", password="SECRET"):
    client = ftplib.FTP()
    client.connect(*server.address, timeout=20)
    try:
        with pytest.raises(ftplib.error_perm) as caught:
            client.login(userid, password)
        return str(caught.value)
    finally:
        client.close()


FAILED = "530 PASS command failed"


@pytest.mark.parametrize(
    ("commands", "who", "racf", "reason"),
    [
        ((), ("USER1", "WRONG"), "INVALID PASSWORD", "The password is not correct"),
        ((), ("NOBODY", "SECRET"), "USER AT TERMINAL          NOT RACF-DEFINED", "The user is not defined"),
        (("ALTUSER USER1 REVOKE",), ("USER1", "SECRET"), "REVOKED USER ACCESS ATTEMPT", "The user's access has been revoked"),
        (("ALTUSER USER1 EXPIRED",), ("USER1", "SECRET"), "PASSWORD EXPIRED", "The password has expired"),
        (("ALTUSER USER1 NOPASSWORD",), ("USER1", "SECRET"), "INVALID PASSWORD", "The password is not correct"),
        (("CONNECT USER1 GROUP(SYS1) REVOKE",), ("USER1", "SECRET"), "NOT AUTHORIZED TO GROUP", "The user is not authorized"),
        (
            ("SETROPTS PASSWORD(HISTORY(3))",),
            ("USER1", "SECRET/SECRET/SECRET"),
            "INVALID NEW PASSWORD",
            "The new password is not valid",
        ),
    ],
    ids=["wrong", "unknown", "revoked", "expired", "protected", "group-revoked", "new-password-used"],
)
def test_what_racf_refuses_is_told_to_client_console_and_log(start, commands, who, racf, reason):
    server = start("ACCESSERRORMSGS TRUE", *commands)

    answer = refused(server, *who).splitlines()

    assert answer[-1] == FAILED
    assert answer[0].startswith(f"530-{reason}")
    assert told(server, f"LOGON/JOB INITIATION - {racf}").startswith(f"ICH408I USER({who[0]:<8})")
    assert f"ACCESS FAIL   USERID={who[0]} REASON={reason}" in told(server, "EZYFS57I")


def test_without_accesserrormsgs_the_client_is_not_told_why(start):
    server = start()

    assert {refused(server, "USER1", "WRONG"), refused(server, "NOBODY"), refused(server, "USER1", "SECRET/A/B")} >= {FAILED}


def test_a_password_that_is_too_old(start):
    server = start("", "SETROPTS PASSWORD(INTERVAL(30))")
    server.clock.days = 31

    assert refused(server) == FAILED
    assert told(server, "PASSWORD EXPIRED")


def test_the_last_of_too_many_attempts_revokes(start):
    server = start("", "SETROPTS PASSWORD(REVOKE(2))")

    assert refused(server, "USER1", "WRONG") == FAILED
    assert told(server, "INVALID PASSWORD")
    assert refused(server, "USER1", "WRONG") == FAILED
    assert told(server, "REVOKED USER ACCESS ATTEMPT")
    assert refused(server) == FAILED


def test_a_user_who_may_not_use_the_application(start):
    server = start("APPLNAME FTPTEST", "RDEFINE APPL FTPTEST UACC(NONE)")

    assert refused(server) == FAILED
    assert told(server, "LOGON/JOB INITIATION - NOT AUTHORIZED TO APPLICATION")


def test_a_user_who_may_not_use_the_port(start):
    server = start("VERIFYUSER TRUE", "RDEFINE SERVAUTH EZB.FTP.*.*.PORT* UACC(NONE)")

    assert refused(server) == FAILED
    lines = told(server, "CL(SERVAUTH)").splitlines()
    assert lines[0].startswith("ICH408I USER(USER1   )")
    assert lines[-1] == "  ACCESS INTENT(READ   )  ACCESS ALLOWED(NONE   )"
    assert "REASON=The user is not authorized to use this server" in told(server, "EZYFS57I")


@pytest.mark.parametrize("level", [1, 2, 3])
def test_anonymous_users_need_the_port_as_well(start, level):
    server = start(
        f"VERIFYUSER TRUE\nANONYMOUS USER1/SECRET\nANONYMOUSLEVEL {level}", "RDEFINE SERVAUTH EZB.FTP.*.*.PORT* UACC(NONE)"
    )

    assert refused(server, "anonymous", "me@example.com") == FAILED
    assert told(server, "CL(SERVAUTH)").startswith("ICH408I USER(USER1   )")


@pytest.mark.parametrize(
    ("statement", "commands", "password", "line"),
    [
        ("ANONYMOUS USER1/SECRET\nEMAILADDRCHECK FAIL", (), "nobody", "EZYFS57I"),
        ("ANONYMOUS USER1/SECRET", ("ALTUSER USER1 REVOKE",), "me@example.com", "REVOKED USER ACCESS ATTEMPT"),
        ("ANONYMOUS USER1", (), "WRONG", "INVALID PASSWORD"),
        ("ANONYMOUS", (), "WRONG", "NOT RACF-DEFINED"),
        (
            "ANONYMOUS USER1/SURROGATE",
            ("RDEFINE SURROGAT BPX.SRV.USER1 UACC(NONE)", "ADDUSER FTPD NOPASSWORD"),
            "me@example.com",
            "CL(SURROGAT)",
        ),
    ],
    ids=["address", "revoked", "password", "undefined", "surrogate"],
)
def test_refused_anonymous_logins_are_told(start, statement, commands, password, line):
    server = start(statement, *commands, userid="FTPD")

    assert refused(server, "anonymous", password) == FAILED
    assert told(server, line)
    assert "USERID=ANONYMOUS" in told(server, "EZYFS57I")


def test_a_surrogate_that_no_profile_refuses_is_not_told_as_refused(start):
    server = start("ANONYMOUS USER1/SURROGATE", "ADDUSER FTPD NOPASSWORD", userid="FTPD")

    with ftplib.FTP() as client:
        client.connect(*server.address, timeout=20)
        assert client.login("anonymous", "me@example.com").startswith("230")
    assert not [line for line in server.said if "SURROGAT" in line]


def test_anonymous_without_the_statement_is_a_user_like_any_other(start):
    server = start()

    assert refused(server, "anonymous", "me@example.com") == FAILED
    assert told(server, "NOT RACF-DEFINED")


def test_a_login_in_clear_where_tls_is_required(start):
    server = start("EXTENSIONS AUTH_TLS\nSECURE_FTP REQUIRED")

    assert refused(server).startswith("534")
    assert "USERID=USER1 REASON=Server requires a secure connection" in told(server, "EZYFS57I")


def test_a_port_that_nobody_may_use_keeps_the_server_from_starting(start):
    with pytest.raises(ValueError, match=r"SERVAUTH EZB\.PORTACCESS\.MVS1\.TCPIP\.FTPSAF does not permit it"):
        start(port_saf="FTPSAF")
