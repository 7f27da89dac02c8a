"""Statements about logins and greetings, each seen by the client that signs on [zos-ftp-server.md 6.1, 6.5, 6.6]."""

from __future__ import annotations

import pytest

from zftpd.console import Console
from zftpd.testing.memory import Dialogue


def racf(server, *commands):
    for command in commands:
        result = server.saf.command(server.saf.operator(), command)
        assert result.rc == 0, result


def words(server, name, *lines):
    """A z/OS UNIX text file."""
    with server.mvs.unix.open_output(name, getattr(server, "facts", server).operator) as out:
        out.write(b"".join(line.encode("cp1047") + b"\x15" for line in lines))


def user(server, userid="USER2", password="SECOND2"):  # noqa: S107
    racf(server, f"ADDUSER {userid} PASSWORD(FIRST1)", f"ALTUSER {userid} PASSWORD({password}) NOEXPIRED")


def test_applname_asks_class_appl(serving):
    server = serving("APPLNAME FTPPROD\n")
    user(server)
    racf(server, "SETROPTS CLASSACT(APPL)", "RDEFINE APPL FTPPROD UACC(NONE)")
    said = Dialogue(server.facts).login("USER2", "SECOND2")
    racf(server, "PERMIT FTPPROD CLASS(APPL) ID(USER2) ACCESS(READ)")

    assert said == "530 PASS command failed"
    assert Dialogue(server.facts).login("USER2", "SECOND2").startswith("230 ")


@pytest.mark.parametrize(
    ("cookie", "value"),
    [
        ("%U", "IBMUSER"),
        ("%C", "IBMUSER."),
        ("%E", "ops@example.com"),
        ("%L", "MVS1.EXAMPLE.COM"),
        ("%R", "127.0.0.1"),
        ("%T", "Wed Mar 25 11:00:00 2026"),
        ("100%%", "100%"),
        ("%X", "%X"),
    ],
)
def test_loginmsg_is_shown_with_its_cookies_filled(serving, cookie, value):
    server = serving("LOGINMSG /etc/login\nADMINEMAILADDRESS ops@example.com\n")
    words(server, "/etc/login", f"This is {cookie}.", "", "Bye")

    assert Dialogue(server.facts).login().splitlines() == [
        f"230-This is {value}.",
        "230-",
        "230-Bye",
        '230 IBMUSER is logged on.  Working directory is "IBMUSER.".',
    ]


def test_words_may_come_from_a_data_set(ftp, store, serving):
    server = serving("BANNER 'SYS1.BANNER(HELLO)'\n")
    other = Dialogue(server.facts)
    other.login()
    other.command("SITE PDSTYPE=PDS RECFM=FB LRECL=80")
    other.command("MKD 'SYS1.BANNER'")
    other.command("STOR 'SYS1.BANNER(HELLO)'", b"Hello from %L\r\n")

    assert Dialogue(server.facts).open().splitlines()[1] == "220-Hello from MVS1.EXAMPLE.COM"


def test_words_of_any_length_are_cut(serving):
    server = serving("BANNER 'SYS1.WORDS'\n")
    other = Dialogue(server.facts)
    other.login()
    other.command("SITE RECFM=FB LRECL=80")
    other.command("STOR 'SYS1.WORDS'", b"Hello\r\n" * 2000)

    assert 64 * 1024 // 81 + 2 == len(Dialogue(server.facts).open().splitlines())


def test_words_that_are_not_there_are_told_to_the_operator_and_to_nobody_else(serving):
    said = []
    server = serving("BANNER /no/such/file\n", console=said.append)

    assert len(Dialogue(server.facts).open().splitlines()) == 2
    assert [line for line in said if "/no/such/file" in line and line.startswith("EZYFT00W")]


@pytest.mark.parametrize(("pattern", "file"), [("README*", "README.txt"), ("*.info", "x.info")])
def test_hfsinfo_describes_a_directory_when_it_is_entered(talking, pattern, file):
    ftp = talking(f"HFSINFO {pattern}\n")
    ftp.command("MKD /tmp/d")
    words(ftp.session.server, f"/tmp/d/{file}", "What lies here")

    assert ftp.command("CWD /tmp/d").splitlines()[0] == "250-What lies here"


def test_mvsinfo_describes_a_prefix_when_it_becomes_the_working_directory(talking):
    ftp = talking("MVSINFO README\n")
    ftp.command("STOR SRC.README", b"All the source\r\n")

    assert ftp.command("CWD SRC").splitlines()[0] == "250-All the source"
    assert ftp.command("CWD 'SYS1'").splitlines()[0].startswith("250 ")


@pytest.mark.parametrize(("where", "shown"), [("MVS", '"IBMUSER."'), ("HFS", '"/u/ibmuser"')])
def test_startdirectory_is_where_sessions_start(serving, where, shown):
    assert shown in Dialogue(serving(f"STARTDIRECTORY {where}\n").facts).login()


def rc(server, dsname, *lines):
    ftp = Dialogue(server.facts)
    ftp.login()
    ftp.command("SITE RECFM=VB LRECL=256")
    ftp.command(f"STOR {dsname}", "".join(f"{line}\r\n" for line in lines).encode())


@pytest.mark.parametrize("place", ["'IBMUSER.FTPS.RC'", "/u/ibmuser/ftps.rc"])
def test_ftps_rc_of_the_user_is_obeyed_at_login(serving, place):
    server = serving()
    rc(server, place, "; my own", "site lrecl=80 recfm=fb ; cards", "CWD 'SYS1'", "DELE 'IBMUSER.X'", "garbage")
    ftp = Dialogue(server.facts)
    said = ftp.login().splitlines()

    assert said[0].startswith("230-Processing FTPS.RC configuration file")
    assert said[-1] == '230 IBMUSER is logged on.  Working directory is "SYS1.".'
    assert (ftp.session.settings.lrecl, ftp.session.settings.recfm) == (80, "FB")


def test_the_data_set_wins_over_the_file(serving):
    server = serving()
    rc(server, "/u/ibmuser/ftps.rc", "SITE LRECL=99")
    rc(server, "'IBMUSER.FTPS.RC'", "SITE LRECL=88")
    ftp = Dialogue(server.facts)
    ftp.login()

    assert ftp.session.settings.lrecl == 88


def test_ftps_rc_is_each_users_own(serving):
    server = serving()
    user(server)
    rc(server, "'IBMUSER.FTPS.RC'", "SITE LRECL=88")
    ftp = Dialogue(server.facts)

    assert len(ftp.login("USER2", "SECOND2").splitlines()) == 1
    assert ftp.session.settings.lrecl == 256


GUEST = "ANONYMOUS GUEST/SECRET1\nANONYMOUSLEVEL 3\n"


@pytest.fixture
def guest(serving):
    """An anonymous user of level 3 whose home holds `public`, a README and a text."""

    def begin(statements="", login=True, **options):
        server = serving(GUEST + statements, **options)
        racf(
            server,
            "ADDUSER GUEST PASSWORD(FIRST1) OMVS(UID(99) HOME('/u/guest'))",
            "ALTUSER GUEST PASSWORD(SECRET1) NOEXPIRED",
        )
        unix, root = server.mvs.unix, server.facts.operator
        unix.mkdir("/u/guest", root, mode=0o777)
        words(server, "/u/guest/README", "Guests welcome")
        ftp = Dialogue(server.facts)
        if login:
            ftp.command("USER anonymous")
            ftp.command("PASS me@example.com")
        return ftp

    return begin


DENIED = "550 Command STOR fails: access to resource is denied by server."


@pytest.mark.parametrize(
    ("access", "mvs", "unix"),
    [("HFS", False, True), ("MVS", True, False), ("BOTH", True, True)],
)
def test_anonymousfileaccess_is_the_realm_of_guests(guest, access, mvs, unix):
    ftp = guest(f"ANONYMOUSFILEACCESS {access}\nANONYMOUSFILETYPESEQ TRUE\n")
    said = ftp.command("STOR 'GUEST.DATA'", b"x\r\n"), ftp.command("STOR /x", b"x\r\n")

    assert [each == DENIED for each in said] == [not mvs, not unix]


@pytest.mark.parametrize("word", ["TRUE", "FALSE"])
@pytest.mark.parametrize(("filetype", "data"), [("SEQ", b"x\r\n"), ("JES", b"//GUESTA JOB\r\n//S EXEC PGM=IEFBR14\r\n")])
def test_anonymousfiletype_is_what_guests_may_work_on(guest, filetype, data, word):
    ftp = guest(
        f"ANONYMOUSFILEACCESS BOTH\nANONYMOUSFILETYPE{filetype} {word}\n" + "ANONYMOUSFILETYPESEQ FALSE\n" * (filetype == "JES")
    )
    ftp.command(f"SITE FILETYPE={filetype}")

    assert (ftp.command("STOR 'GUEST.DATA'", data) != DENIED) is (word == "TRUE")


@pytest.mark.parametrize(("mode", "shown"), [("755", "drwxr-xr-x"), ("333", "d-wx-wx-wx")])
def test_anonymoushfsdirmode_is_that_of_directories_they_make(guest, mode, shown):
    ftp = guest(f"ANONYMOUSFILEACCESS HFS\nANONYMOUSFILETYPESEQ TRUE\nANONYMOUSHFSDIRMODE {mode}\n")
    ftp.command("MKD /new")
    info = ftp.session.server.mvs.unix.stat("/u/guest/new", ftp.session.server.operator)

    assert f"{info.mode & 0o777:03o}" == mode, shown


@pytest.mark.parametrize("mode", ["644", "000"])
def test_anonymoushfsfilemode_is_that_of_files_they_store(guest, mode):
    ftp = guest(f"ANONYMOUSFILEACCESS HFS\nANONYMOUSFILETYPESEQ TRUE\nANONYMOUSHFSFILEMODE {mode}\n")
    ftp.command("STOR /new", b"x\r\n")
    info = ftp.session.server.mvs.unix.stat("/u/guest/new", ftp.session.server.operator)

    assert f"{info.mode & 0o777:03o}" == mode


def test_guests_see_no_listing_of_the_other_realm(guest):
    ftp = guest("ANONYMOUSFILEACCESS HFS\nANONYMOUSFILETYPESEQ TRUE\n")

    assert ftp.command("NLST 'SYS1.*'") == "550 Command NLST fails: access to resource is denied by server."
    assert ftp.command("CWD 'SYS1'") == "550 Command CWD fails: access to resource is denied by server."
    assert ftp.command("NLST /").endswith("250 List completed successfully.")


def test_guests_have_words_of_their_own(guest):
    ftp = guest(
        "LOGINMSG /etc/users\nANONYMOUSLOGINMSG /etc/guests\nANONYMOUSHFSINFO READ*\nANONYMOUSFILETYPESEQ TRUE\n", login=False
    )
    server = ftp.session.server
    for name in ("users", "guests"):
        with server.mvs.unix.open_output(f"/etc/{name}", server.operator) as out:
            out.write(f"For {name}\n".encode("cp1047"))
    ftp.command("USER anonymous")

    assert ftp.command("PASS me@example.com").splitlines()[0] == "230-For guests"
    assert ftp.command("CWD /").splitlines()[0] == "250-Guests welcome"


def test_anonymousmvsinfo_describes_prefixes_to_guests(guest):
    ftp = guest("ANONYMOUSMVSINFO ABOUT\nMVSINFO README\nANONYMOUSFILEACCESS MVS\nANONYMOUSFILETYPESEQ TRUE\n")
    ftp.command("STOR 'GUEST.SRC.ABOUT'", b"For guests\r\n")

    assert ftp.command("CWD 'GUEST.SRC'").splitlines()[0] == "250-For guests"


@pytest.mark.parametrize(("statements", "logged"), [("ANONYMOUSFTPLOGGING TRUE\n", True), ("FTPLOGGING TRUE\n", False)])
def test_anonymousftplogging_logs_what_guests_do(guest, statements, logged):
    said = []
    ftp = guest(f"ANONYMOUSFILEACCESS HFS\nANONYMOUSFILETYPESEQ TRUE\n{statements}", console=Console((said.append,)))
    ftp.command("STOR /x", b"x\r\n")

    assert any(line.startswith("EZYFS84I") for line in said) is logged


@pytest.mark.parametrize(
    ("check", "address", "said"),
    [
        ("NO", "nobody", "230 "),
        ("WARNING", "nobody", "230-The e-mail address is not valid."),
        ("WARNING", "a@b.example", "230 "),
        ("FAIL", "nobody", "530 PASS command failed"),
        ("FAIL", "a@b.example", "230 "),
        ("FAIL", "a b@c.example", "530 PASS command failed"),
        ("FAIL", "@b.example", "530 PASS command failed"),
    ],
)
def test_emailaddrcheck_looks_at_the_address(guest, check, address, said):
    ftp = guest(f"EMAILADDRCHECK {check}\n", login=False)
    ftp.command("USER anonymous")

    assert ftp.command(f"PASS {address}").startswith(said)


@pytest.mark.parametrize(("level", "shown"), [(1, "/u/guest"), (2, "/"), (3, "/")])
def test_anonymouslevel_decides_on_the_root(serving, level, shown):
    server = serving(f"ANONYMOUS GUEST/SECRET1\nANONYMOUSLEVEL {level}\nSTARTDIRECTORY HFS\nANONYMOUSFILEACCESS HFS\n")
    racf(server, "ADDUSER GUEST PASSWORD(FIRST1) OMVS(UID(99) HOME('/u/guest'))", "ALTUSER GUEST PASSWORD(SECRET1) NOEXPIRED")
    ftp = Dialogue(server.facts)
    ftp.command("USER anonymous")

    assert ftp.command("PASS me@example.com").endswith(f'Working directory is "{shown}".')


def test_the_file_of_a_user_is_read_no_further_than_a_banner(serving):
    server = serving()
    other = Dialogue(server.facts)
    other.login()
    other.command("SITE RECFM=FB LRECL=80")
    other.command("STOR 'IBMUSER.FTPS.RC'", b"SITE LRECL=72\r\n" + b"; nothing\r\n" * 1000 + b"SITE LRECL=99\r\n")

    ftp = Dialogue(server.facts)
    ftp.login()
    assert 72 == ftp.session.settings.lrecl
