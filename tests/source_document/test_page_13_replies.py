"""Page 13: what the server tells of itself (REPLYSECURITYLEVEL) and of a failed login (ACCESSERRORMSGS, printed ACCESSERRMSG)."""

from __future__ import annotations

import ftplib
from datetime import UTC, datetime

import pytest


@pytest.fixture
def greeting(zos_start):
    """The lines of the first reply of the page's system."""

    def read(ftpdata, moment):
        server = zos_start(ftpdata=ftpdata, persona="v1r11", hostname="MVS098", jobname="FTPABC1", now=lambda: moment)
        client = ftplib.FTP()
        return client.connect("127.0.0.1", server.port, timeout=20).splitlines()

    return read


def test_level_0_is_the_default_and_tells_everything(greeting):
    moment = datetime(2009, 5, 24, 16, 42, 51, tzinfo=UTC)

    assert greeting("", moment)[0] == "220-FTPABC1 IBM FTP CS V1R11 at MVS098, 16:42:51 on 2009-05-24."
    assert greeting("REPLYSECURITYLEVEL 0", moment)[0] == greeting("", moment)[0]


def test_level_1_sends_as_little_as_possible(greeting):
    assert (
        greeting("REPLYSECURITYLEVEL 1", datetime(2009, 5, 24, 16, 45, 57, tzinfo=UTC))[0]
        == "220-IBM FTP, 16:45:57 on 2009-05-24."
    )


def refusal(server, userid, password):
    client = ftplib.FTP()
    client.connect("127.0.0.1", server.port, timeout=20)
    with pytest.raises(ftplib.error_perm) as refused:
        client.login(userid, password)
    client.close()
    return str(refused.value)


def test_details_of_a_failed_login_are_kept_back_by_default(zos_start):
    server = zos_start()
    server.adduser("USER1", "SECRET")
    server.racf("ALTUSER USER1 REVOKE")

    told = {refusal(server, *who) for who in (("IBMUSER", "WRONG"), ("NOBODY", "X"), ("USER1", "SECRET"))}

    assert told == {"530 PASS command failed"}


@pytest.mark.parametrize("statement", ["ACCESSERRORMSGS TRUE", "ACCESSERRMSG TRUE"])
def test_they_are_told_in_an_internal_shop(zos_start, statement):
    server = zos_start(ftpdata=statement)
    server.adduser("USER1", "SECRET")
    server.racf("ALTUSER USER1 REVOKE")

    told = [refusal(server, *who) for who in (("IBMUSER", "WRONG"), ("NOBODY", "X"), ("USER1", "SECRET"))]

    assert len(set(told)) == 3
    assert all(text.startswith("530-") and text.endswith("530 PASS command failed") for text in told)
