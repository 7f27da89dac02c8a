"""Signing on [zos-ftp-server.md 1.3, 9: items 6 to 11]."""

from __future__ import annotations

import pytest

from zftpd.testing.memory import Dialogue


def test_the_greeting_names_release_host_and_idle_limit(serving):
    dialogue = Dialogue(serving().facts)

    assert dialogue.open() == (
        "220-FTPD1 IBM FTP CS V2R5 at MVS1.EXAMPLE.COM, 11:00:00 on 2026-03-25.\r\n"
        "220 Connection will close if idle for more than 5 minutes."
    )


@pytest.mark.parametrize(
    ("statement", "last"),
    [
        ("INACTIVE 0", "220 Connection will not timeout."),
        ("INACTIVE 600", "220 Connection will close if idle for more than 10 minutes."),
        ("INACTIVE 90", "220 Connection will close if idle for more than 90 seconds."),
    ],
)
def test_the_idle_line_shows_inactive(serving, statement, last):
    assert Dialogue(serving(statement).facts).open().endswith(last)


def test_replysecuritylevel_1_hides_job_name_release_and_host(serving):
    said = Dialogue(serving("REPLYSECURITYLEVEL 1").facts).open()

    assert said.startswith("220-FTP 11:00:00 on 2026-03-25.\r\n")


def test_a_banner_stands_between_the_first_and_the_last_line(serving):
    server = serving("BANNER /etc/banner")
    with server.mvs.unix.open_output("/etc/banner", server.facts.operator) as file:
        file.write("Welcome\x15to MVS\x15".replace("\x15", "\n").encode("cp037").replace(b"\x25", b"\x15"))

    assert Dialogue(server.facts).open().split("\r\n")[1:3] == ["220-Welcome", "220-to MVS"]


def test_user_asks_for_the_password_whoever_it_is(serving):
    dialogue = Dialogue(serving().facts)

    assert dialogue.command("USER nobody") == "331 Send password please."


def test_pass_tells_the_working_directory(serving):
    assert Dialogue(serving().facts).login() == '230 IBMUSER is logged on.  Working directory is "IBMUSER.".'


def test_startdirectory_hfs_starts_at_home(serving):
    assert Dialogue(serving("STARTDIRECTORY HFS").facts).login().endswith('Working directory is "/u/ibmuser".')


@pytest.mark.parametrize("password", ["WRONG", "", "sys1x", "x" * 200, "SYS1/new"])
def test_a_wrong_password_says_nothing_else(serving, password):
    assert Dialogue(serving().facts).login(password=password).splitlines()[-1] in {
        "530 PASS command failed",
        "530 new password format invalid",
    }


def test_accesserrormsgs_tells_why(serving):
    said = Dialogue(serving("ACCESSERRORMSGS TRUE").facts).login(password="WRONG")

    assert said == "530-The password is not correct\r\n530 PASS command failed"


def test_three_failures_end_the_session(serving):
    dialogue = Dialogue(serving().facts)
    for _ in range(3):
        assert not dialogue.closed
        dialogue.login(password="WRONG")

    assert dialogue.closed


def test_a_password_is_changed_at_login(serving):
    server = serving()

    said = Dialogue(server.facts).login(password="SYS1/NEWPW1/NEWPW1")

    assert said.startswith("230-Password was changed.\r\n230 IBMUSER is logged on.")
    assert Dialogue(server.facts).login(password="NEWPW1").startswith("230 ")
    assert Dialogue(server.facts).login(password="SYS1").startswith("530 ")


def test_a_new_password_must_be_given_twice_alike(serving):
    assert Dialogue(serving().facts).login(password="SYS1/NEWPW1/NEWPW2") == "530 new password format invalid"


def test_pass_needs_user_first(serving):
    assert Dialogue(serving().facts).command("PASS abc") == "503 PASS command must be preceded by USER"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("PWD", "530 You must first login with USER and PASS."),
        ("LIST", "530 Not logged in."),
        ("RETR X", "530 Not logged in."),
        ("CWD X", "530 Not logged in."),
        ("TYPE I", "530 You must first login with USER and PASS."),
        ("NOOP", "200 OK"),
        ("SITE FILETYPE=JES", "200 SITE command was accepted"),
        ("SYST", "215 MVS is the operating system of this server. FTP Server is running on z/OS."),
        ("ACCT X", "502 command ACCT not implemented"),
        ("OPTS UTF8 ON", "501 command OPTS aborted -- no options supported for UTF8"),
        ("XYZZY", "500 unknown command XYZZY"),
    ],
)
def test_what_may_be_done_before_login(serving, line, said):
    assert Dialogue(serving().facts).command(line) == said


def test_rein_signs_off_and_forgets_the_settings(ftp):
    ftp.command("SITE LRECL=133")
    said = ftp.command("REIN")

    assert said.startswith("220 ")
    assert ftp.command("PWD").startswith("530 ")
    assert ftp.session.settings.lrecl == 256


def test_user_again_begins_a_new_login(ftp):
    ftp.command("TYPE I")
    ftp.command("USER other")

    assert ftp.command("PWD").startswith("530 ")
    assert ftp.session.wire.type == "A"


def test_the_next_user_does_not_meet_what_the_one_before_had_set(ftp):
    """Nor is a new data set limited to the space that somebody else asked for."""
    ftp.command("SITE LRECL=133 FILETYPE=JES JESJOBNAME=OTHER* PRI=1 TRACKS")
    ftp.login()
    ftp.command("STOR A.B", b"x\r\n")

    assert (ftp.session.settings.lrecl, ftp.session.settings.jesjobname) == (256, "IBMUSER*")
    assert not ftp.session.sized
    assert ftp.session.transfer.dsname == "IBMUSER.A.B"


def test_what_site_says_before_the_first_login_holds_after_it(talking):
    ftp = Dialogue(talking().session.server)
    ftp.command("SITE LRECL=133")
    ftp.login()

    assert ftp.session.settings.lrecl == 133


def test_quit_says_goodbye_and_hangs_up(ftp):
    assert ftp.command("quit") == "221 Quit command received. Goodbye."
    assert ftp.closed


def test_ftps_rc_sets_what_the_user_keeps(talking):
    first = talking()
    first.command("STOR FTPS.RC", b"; my settings\r\nSITE LRECL=133 RECFM=FB\r\nCWD SOURCE\r\n")
    again = Dialogue(first.session.server)

    said = again.login()

    assert (
        said
        == '230-Processing FTPS.RC configuration file...\r\n230 IBMUSER is logged on.  Working directory is "IBMUSER.SOURCE.".'
    )
    assert again.session.settings.lrecl == 133


def test_an_idle_session_is_told_and_closed(ftp):
    assert ftp.idle() == "421 Timeout, closing control connection"
    assert ftp.closed


@pytest.mark.parametrize(
    "line", [b"", b"   ", b"\x00\xff\xfe", b"\xc3\x28 x", b"%s%n {} {0}", b"RETR", b"STOR {name}", b"PASS \xff" * 9]
)
def test_junk_is_answered_in_words(ftp, line):
    assert ftp.command(line)[:3].isdigit()
    assert ftp.command("NOOP") == "200 OK"


def test_a_line_that_is_too_long_is_answered_and_the_session_goes_on(ftp):
    from zftpd.protocol.lines import TOO_LONG

    assert ftp.command(TOO_LONG).startswith("500 ")
    assert ftp.command("NOOP") == "200 OK"


@pytest.mark.parametrize("home", ["relative", "/tmp/file/below"])
def test_a_home_that_cannot_be_made_keeps_nobody_out(zos, home):
    zos.seed({"/tmp/file": "x"})
    zos.adduser("USER1", "USER1")
    zos.racf(f"ALTUSER USER1 OMVS(UID(7) HOME('{home}') PROGRAM('/bin/sh'))")
    ftp = Dialogue(zos.server.facts)

    assert ftp.login("USER1", "USER1").startswith("230 ")
    assert "257 \"'USER1.'\"" in ftp.command("PWD")
    assert ftp.command("CWD /").startswith("250 ")


def test_a_wrong_directory_in_ftps_rc_is_left_out(zos):
    zos.adduser("USER1", "USER1")
    zos.seed({"USER1.FTPS.RC": "SITE LRECL=72\nCWD TOOLONGNAME\nCWD ~nobody\nSITE BLKSIZE=720\n"})
    ftp = Dialogue(zos.server.facts)

    assert ftp.login("USER1", "USER1").splitlines()[-1].startswith("230 ")
    assert (72, 720) == (ftp.session.settings.lrecl, ftp.session.settings.blksize)
