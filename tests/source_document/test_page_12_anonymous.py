"""Page 12: anonymous access: off by default, its eight options, the levels, the prepared directories.

Printed as EMAILADDRESSCHECK; the statement is EMAILADDRCHECK, and both are taken.
"""

from __future__ import annotations

import ftplib
import io

import pytest

from zftpd.anonymousdirs import STATEMENTS, prepare

PREPARED = STATEMENTS.format(userid="ANONYMO")


@pytest.fixture
def anonymous(zos_start):
    """Start a server with FTP.DATA statements and the prepared directories, and return it with a way to log in."""

    def start(ftpdata, address="me@example.com"):
        server = zos_start(ftpdata=ftpdata)
        list(prepare(server.mvs, server.server.saf, "ANONYMO", "/u/anonymo"))

        def connected():
            client = ftplib.FTP()
            client.connect("127.0.0.1", server.port, timeout=20)
            return client

        def login():
            client = connected()
            client.login("anonymous", address)
            return client

        login.connected = connected
        return server, login

    return start


def refused(client, *commands):
    """Each command is refused with 550, 501 or 503."""
    for command in commands:
        with pytest.raises(ftplib.error_perm, match="^5[05][013]"):
            client.sendcmd(command)


def test_without_the_option_anonymous_access_is_disabled(anonymous):
    _, login = anonymous("")

    with pytest.raises(ftplib.error_perm, match="530"):
        login()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_level_fences_in_further(anonymous, level):
    _, login = anonymous(PREPARED.replace("ANONYMOUSLEVEL        3", f"ANONYMOUSLEVEL {level}"))
    client = login()

    assert client.pwd() == ("/u/anonymo" if level == 1 else "/")
    if level == 1:
        assert client.nlst("/u") == ["/u/anonymo"]
        assert client.sendcmd("SITE FILETYPE=JES").startswith("200")
    else:
        assert client.nlst("/") == ["extract", "incoming", "pub"]
        refused(client, "CWD /u", "RETR /../../etc/passwd", "CWD /pub/../../u")
    if level == 3:
        refused(client, "USER IBMUSER")
    client.close()


def test_level_3_gives_what_the_prepared_directories_are_for(anonymous):
    server, login = anonymous(PREPARED)
    server.seed({"/u/anonymo/pub/readme": "WELCOME\n", "/u/anonymo/extract/known": "SECRET\n"})
    client, lines = login(), []

    client.retrlines("RETR /pub/readme", lines.append)
    client.retrlines("RETR /extract/known", lines.append)
    client.storlines("STOR /incoming/gift", io.BytesIO(b"GIFT\r\n"))

    assert lines == ["WELCOME", "SECRET"]
    assert server.text("/u/anonymo/incoming/gift") == "GIFT\n"
    with pytest.raises(ftplib.error_perm):
        client.nlst("/extract")  # only who knows a name gets it
    with pytest.raises(ftplib.error_perm):
        client.nlst("/incoming")
    with pytest.raises(ftplib.error_perm):
        client.retrlines("RETR /incoming/gift", lines.append)  # ANONYMOUSHFSFILEMODE 000: nobody fetches what was stored
    for path in ("/pub/x", "/x", "/extract/x"):
        with pytest.raises(ftplib.error_perm):
            client.storlines(f"STOR {path}", io.BytesIO(b"X\r\n"))
    refused(client, "DELE /pub/readme", "MKD /pub/new", "RMD /pub", "DELE /extract/known")
    client.quit()


def test_anonymoushfsdirmode_and_filemode_are_the_permissions_of_what_is_made(anonymous):
    server, login = anonymous(PREPARED.replace("FILEMODE  000", "FILEMODE  640").replace("DIRMODE   333", "DIRMODE   711"))
    client = login()

    client.storlines("STOR /incoming/file", io.BytesIO(b"X\r\n"))
    client.mkd("/incoming/dir")

    assert server.info("/u/anonymo/incoming/file").mode & 0o777 == 0o640
    assert server.info("/u/anonymo/incoming/dir").mode & 0o777 == 0o711
    client.quit()


@pytest.mark.parametrize(("access", "mvs", "unix"), [("HFS", False, True), ("MVS", True, False), ("BOTH", True, True)])
def test_anonymousfileaccess_chooses_the_realm(anonymous, access, mvs, unix):
    statements = PREPARED.replace("ANONYMOUSFILEACCESS   HFS", f"ANONYMOUSFILEACCESS {access}")
    if access == "MVS":
        statements = statements.replace("STARTDIRECTORY        HFS", "STARTDIRECTORY MVS")
    server, login = anonymous(statements)
    server.seed({"ANONYMO.DATA": "MVS\n", "/u/anonymo/pub/readme": "UNIX\n"})
    client, lines = login(), []

    for name, allowed in (("'ANONYMO.DATA'", mvs), ("/pub/readme", unix)):
        if allowed:
            client.retrlines(f"RETR {name}", lines.append)
        else:
            with pytest.raises(ftplib.error_perm, match="access to resource is denied by server"):
                client.retrlines(f"RETR {name}", lines.append)

    assert lines == ["MVS"] * mvs + ["UNIX"] * unix
    client.quit()


@pytest.mark.parametrize(("seq", "jes"), [("TRUE", "FALSE"), ("FALSE", "TRUE"), ("FALSE", "FALSE")])
def test_anonymousfiletype_statements_choose_the_file_types(anonymous, seq, jes):
    statements = PREPARED.replace("FILETYPESEQ  TRUE", f"FILETYPESEQ {seq}").replace("FILETYPEJES  FALSE", f"FILETYPEJES {jes}")
    server, login = anonymous(statements.replace("ANONYMOUSFILEACCESS   HFS", "ANONYMOUSFILEACCESS BOTH"))
    server.seed({"/u/anonymo/pub/readme": "UNIX\n"})
    client, lines = login(), []
    job = io.BytesIO(b"//ANONYMOX JOB 1,X\r\n//S EXEC PGM=IEFBR14\r\n")

    if seq == "TRUE":
        client.retrlines("RETR /pub/readme", lines.append)
    else:
        with pytest.raises(ftplib.error_perm):
            client.retrlines("RETR /pub/readme", lines.append)
    try:
        client.sendcmd("SITE FILETYPE=JES")
        submitted = client.storlines("STOR JOB", job).startswith("250")
    except ftplib.error_perm:
        submitted = False

    assert (bool(lines), submitted) == (seq == "TRUE", jes == "TRUE")
    client.close()


@pytest.mark.parametrize("statement", ["EMAILADDRCHECK", "EMAILADDRESSCHECK"])
@pytest.mark.parametrize(
    ("check", "address", "welcome", "warned"),
    [
        ("NO", "me@example.com", True, False),
        ("NO", "nonsense", True, False),
        ("WARNING", "me@example.com", True, False),
        ("WARNING", "nonsense", True, True),
        ("WARNING", "me@", True, True),
        ("FAIL", "me@example.com", True, False),
        ("FAIL", "nonsense", False, False),
        ("FAIL", "@example.com", False, False),
        ("FAIL", "me@example", False, False),
        ("FAIL", "me you@example.com", False, False),
    ],
)
def test_the_email_address_is_checked_for_its_syntax_only(anonymous, statement, check, address, welcome, warned):
    _, login = anonymous(f"{PREPARED}\n{statement} {check}\n")

    client = login.connected()
    client.sendcmd("USER anonymous")
    if not welcome:
        with pytest.raises(ftplib.error_perm, match="530"):
            client.sendcmd(f"PASS {address}")
    else:
        said = client.sendcmd(f"PASS {address}")
        assert said.splitlines()[-1].startswith("230 ")
        assert ("e-mail address is not valid" in said) == warned
    client.close()
