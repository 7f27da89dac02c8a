"""Anonymous logins [zos-ftp-server.md 6.5]."""

from __future__ import annotations

import pytest

from mvsfs.errors import UnixError
from zftpd.testing.memory import Dialogue

STATEMENTS = "ANONYMOUS GUEST/SECRET1\nANONYMOUSLEVEL {level}\nANONYMOUSFILEACCESS {access}\nANONYMOUSFILETYPESEQ TRUE\n"


@pytest.fixture
def guest(serving):
    """A dialogue of an anonymous user, whose home is /u/guest and holds `public` and a link that leads outside."""

    def begin(level: int = 3, access: str = "HFS", more: str = "", address: str = "me@example.com") -> Dialogue:
        server = serving(STATEMENTS.format(level=level, access=access) + more)
        saf, unix, root = server.saf, server.mvs.unix, server.facts.operator
        saf.command(saf.operator(), "ADDUSER GUEST PASSWORD(SECRET1) OMVS(UID(99) HOME('/u/guest'))")
        saf.command(saf.operator(), "ALTUSER GUEST PASSWORD(SECRET1) NOEXPIRED")
        unix.mkdir("/u/guest", root, mode=0o777)
        unix.mkdir("/u/guest/public", root, mode=0o777)
        unix.symlink("/u", "/u/guest/out", root)
        dialogue = Dialogue(server.facts)
        dialogue.command("USER anonymous")
        dialogue.command(f"PASS {address}")
        return dialogue

    return begin


def test_without_the_statement_it_is_a_user_like_any_other(serving):
    dialogue = Dialogue(serving().facts)

    assert dialogue.command("USER anonymous") == "331 Send password please."
    assert dialogue.command("PASS me@example.com") == "530 PASS command failed"


def test_the_home_directory_is_the_root(guest):
    ftp = guest()

    assert ftp.command("PWD") == '257 "/" is the HFS working directory.'
    ftp.command("NLST")
    assert ftp.sent == b"out\r\npublic\r\n"
    assert ftp.command("STOR /public/a.txt", b"x\r\n").startswith("125 Storing data set /public/a.txt\r\n250 ")


@pytest.mark.parametrize("path", ["/../ibmuser", "/out/ibmuser", "../../etc", "out"])
def test_nothing_outside_the_root_can_be_reached(guest, path):
    ftp = guest()

    assert ftp.command(f"CWD {path}").startswith("550 ")
    assert ftp.command(f"RETR {path}").startswith("550 ")
    assert ftp.command(f"STOR {path}/x", b"x").startswith("550 ")
    assert ftp.command(f"LIST {path}").startswith("550 ")


def test_a_link_begins_at_the_root_that_the_user_sees(guest):
    ftp = guest(more="ANONYMOUSHFSFILEMODE 644\nANONYMOUSHFSDIRMODE 755\n")
    ftp.command("MKD /u")
    ftp.command("STOR /u/inside.txt", b"inside\r\n")

    assert ftp.command("RETR /out/inside.txt").startswith("125 ")
    assert ftp.command("RETR /out/../public/../out/inside.txt").startswith("125 ")
    assert ftp.command("CWD /out/../../..") == "250 HFS directory / is the current working directory"


def test_a_rename_that_comes_between_looking_and_opening_opens_no_way_out(guest):
    ftp = guest()
    unix, root = ftp.session.server.mvs.unix, ftp.session.server.operator
    unix.mkdir("/u/secret", root)
    files = unix.below("/u/guest")
    with pytest.raises(UnixError):
        files.open_input("/public/secret/x", ftp.session.who)
    unix.rmdir("/u/guest/public", root)
    unix.rename("/u/guest/out", "/u/guest/public", root)  # what an attacker hopes to do in time

    with pytest.raises(UnixError):
        files.open_output("/public/secret/x", ftp.session.who)


def test_level_3_keeps_to_the_realm_and_the_user(guest):
    ftp = guest()

    assert ftp.command("RETR 'SYS1.PARMLIB'") == "550 Command RETR fails: access to resource is denied by server."
    assert ftp.command("USER IBMUSER").startswith("503 ")


def test_level_1_is_the_user_that_the_statement_names(guest):
    ftp = guest(level=1, access="BOTH")

    assert ftp.command("PWD") == "257 \"'GUEST.'\" is working directory."
    assert ftp.command("CWD /u").startswith("250 ")


@pytest.mark.parametrize(("check", "said"), [("FAIL", "530 "), ("NO", "257 ")])
def test_the_address_is_checked_where_that_is_wanted(guest, check, said):
    assert guest(more=f"EMAILADDRCHECK {check}\n", address="nobody").command("PWD")[:4] == said
