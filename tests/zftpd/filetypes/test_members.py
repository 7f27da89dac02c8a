"""Lists of members are for those who may open the library."""

from __future__ import annotations

import pytest

from zftpd.testing.memory import Dialogue


@pytest.mark.parametrize("command", ["LIST 'PAY.LIB(*)'", "NLST 'PAY.LIB(*)'"])
def test_the_members_of_a_library_are_listed_to_those_only_who_may_read_it(serving, command):
    server = serving()
    saf = server.saf
    for text in ("ADDGROUP PAY", "ADDSD 'PAY.**' UACC(NONE)", "ADDUSER MALLORY", "ALTUSER MALLORY PASSWORD(MALL) NOEXPIRED"):
        assert saf.command(saf.operator(), text).rc == 0
    owner, other = Dialogue(server.facts), Dialogue(server.facts)
    owner.open(), owner.login()
    owner.command("SITE DIRECTORY=5 RECFM=FB LRECL=80")
    owner.command("MKD 'PAY.LIB'")
    owner.command("STOR 'PAY.LIB(HIDDEN)'", b"x\r\n")
    owner.command(command)  # what is listed to one is kept for the next who asks
    assert b"HIDDEN" in owner.sent

    other.open()
    other.command("USER MALLORY")
    assert other.command("PASS MALL").startswith("230 ")
    verb = command.partition(" ")[0]

    assert other.command(command) == f"550 {verb} fails: PAY.LIB.  User not authorized."
    assert other.sent == b""
