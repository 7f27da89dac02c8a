"""What permission bits refuse a client is an ICH408I on the console, as RACF tells it of a z/OS UNIX file."""

import ftplib
import io

import pytest

from saf import SafOptions
from saf.passwords import Scrypt
from zftpd.app import Server, ServerOptions


@pytest.fixture
def server():
    said = []
    started = Server(ServerOptions(console=said.append, saf_options=SafOptions(scrypt=Scrypt(n=16))))
    started.start()
    started.said = said
    for command in (
        "ADDGROUP PAY OMVS(GID(100))",
        "ADDGROUP DEV OMVS(GID(200))",
        "ADDUSER USER1 NAME('USER ONE') DFLTGRP(PAY) PASSWORD(SECRET) OMVS(UID(101) HOME('/u/user1'))",
        "ADDUSER USER2 NAME('USER TWO') DFLTGRP(DEV) PASSWORD(SECRET) OMVS(UID(102) HOME('/u/user2'))",
        "ALTUSER (USER1 USER2) PASSWORD(SECRET) NOEXPIRED",
    ):
        result = started.saf.command(started.saf.operator(), command)
        assert result.rc == 0, (command, result.lines)
    yield started
    started.stop()


def client(server, userid):
    ftp = ftplib.FTP()
    ftp.connect(*server.address, timeout=20)
    ftp.login(userid, "SECRET")
    return ftp


def told(server):
    """The lines of each ICH408I, without the file identifier, which the store chooses."""
    text = "\n".join(server.said)
    return [line if "FID(" not in line else line[: line.index("FID(")].rstrip() for line in text.split("\n") if line]


WHO = "ICH408I USER(USER2   ) GROUP(DEV     ) NAME(USER TWO            )"
NUMBERS = "  EFFECTIVE UID(0000000102)  EFFECTIVE GID(0000000200)"


@pytest.fixture
def private(server):
    """A file of USER1 that its owner alone may read, in a directory that anybody may search."""
    ftp = client(server, "USER1")
    ftp.sendcmd("SITE CHMOD 755 /u/user1")
    ftp.storlines("STOR /u/user1/mine", io.BytesIO(b"SECRET\n"))
    ftp.sendcmd("SITE CHMOD 600 /u/user1/mine")
    ftp.quit()
    server.said.clear()
    return "/u/user1/mine"


def refused(server, command):
    ftp = client(server, "USER2")
    try:
        ftp.retrlines(command, lambda _: None) if command.startswith("RETR") else ftp.sendcmd(command)
    except ftplib.error_perm:
        pass  # SITE CHMOD tells of it in a 200
    ftp.quit()
    return told(server)


def test_reading_a_file_of_somebody_else(server, private):
    lines = refused(server, f"RETR {private}")

    at = lines.index(WHO)
    assert lines[at + 1 : at + 5] == [
        "  /u/user1/mine CL(FSOBJ   )",
        "  INSUFFICIENT AUTHORITY TO OPEN",
        "  ACCESS INTENT(R--)  ACCESS ALLOWED(OTHER      ---)",
        NUMBERS,
    ]


def test_making_a_directory_where_one_may_not(server, private):
    lines = refused(server, "MKD /u/user1/new")

    at = lines.index(WHO)
    assert lines[at + 1 : at + 5] == [
        "  /u/user1/new CL(DIRACC  )",
        "  INSUFFICIENT AUTHORITY TO MKDIR",
        "  ACCESS INTENT(-W-)  ACCESS ALLOWED(OTHER      R-X)",
        NUMBERS,
    ]


def test_changing_the_mode_of_somebody_elses_file(server, private):
    lines = refused(server, f"SITE CHMOD 777 {private}")

    at = lines.index(WHO)
    assert lines[at + 1 : at + 4] == ["  /u/user1/mine CL(FSSEC   )", "  INSUFFICIENT AUTHORITY TO CHMOD", NUMBERS]


def test_passing_through_a_directory_that_one_may_not_search(server, private):
    ftp = client(server, "USER1")
    ftp.sendcmd("SITE CHMOD 700 /u/user1")
    ftp.quit()

    lines = refused(server, f"RETR {private}")

    at = lines.index(WHO)
    assert lines[at + 1].endswith("CL(DIRSRCH )")
    assert lines[at + 2 : at + 4] == [
        "  INSUFFICIENT AUTHORITY TO LOOKUP",
        "  ACCESS INTENT(--X)  ACCESS ALLOWED(OTHER      ---)",
    ]
