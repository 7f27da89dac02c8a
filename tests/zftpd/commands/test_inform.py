"""SYST, FEAT, HELP, NOOP, ABOR, STAT, XSTA, XDSS, SITE [zos-ftp-server.md 1.5, 4; 9: items 12, 13, 54 to 62]."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("SYST", "215 MVS is the operating system of this server. FTP Server is running on z/OS."),
        ("FEAT", "211- Extensions supported\r\n AUTH TLS\r\n PBSZ\r\n PROT\r\n211 End"),
        ("NOOP", "200 OK"),
        ("ABOR", "226 Abort successful."),
        ("STAT 'A.B'", "504 STAT file-identifier: not implemented"),
        ("XSTA (NOSUCH", "211 The value of option NOSUCH is undefined"),
        ("XSTA (LISTLEVEL", "211-Server site variable LISTLEVEL is set to 0\r\n211 *** end of status ***"),
        ("STAT (umask", "211-UMASK value is 027\r\n211 *** end of status ***"),
        ("SITE", "202 SITE not necessary; you may proceed"),
        ("SITE FOOBAR=123", "200-Unrecognized parameter 'FOOBAR=123' on SITE command.\r\n200 SITE command was accepted"),
        (
            "SITE lrecl=80 recfm=fb",
            "200-BLOCKSIZE must be a multiple of LRECL for RECFM FB\r\n200-BLOCKSIZE being set to 6160\r\n"
            "200 SITE command was accepted",
        ),
        (
            "SITE CHMOD 755 /missing",
            "200-Chmod cannot access file /missing : EDC5129I No such file or directory.\r\n200 SITE command was accepted",
        ),
        ("SITE CHMOD 755 A.B", "200-Chmod A.B is not a valid z/OS UNIX file. CHMOD ignored\r\n200 SITE command was accepted"),
        ("HELP NOSUCH", "502 Unknown command NOSUCH."),
    ],
)
def test_what_each_command_answers(ftp, line, said):
    assert ftp.command(line) == said


def test_feat_without_extensions_is_one_line(serving):
    from zftpd.app import Server, ServerOptions
    from zftpd.testing.memory import Dialogue

    with Server(ServerOptions(ftpdata="", tls=False)) as server:
        assert Dialogue(server.facts).command("FEAT") == "211 no Extensions supported"


def test_help_shows_the_captured_table(ftp):
    lines = ftp.command("HELP").split("\r\n")

    assert lines[0] == "214-The following commands are recognized:"
    assert lines[1] == "  USER  PASS  *ACCT *ALLO *SMNT  ABOR  APPE  CDUP  CWD   DELE"
    assert lines[-1] == "214 HELP command successful."


def test_every_command_has_help(ftp):
    for verb in ftp.session.server.commands:
        assert ftp.command(f"HELP {verb}").endswith("214 HELP command successful.")


def test_help_site_explains_the_parameters(ftp):
    lines = ftp.command("HELP SITE").split("\r\n")

    assert len(lines) > 100
    assert all(line.startswith("214-") for line in lines[:-1])


def test_stat_begins_and_ends_as_the_manual_shows(ftp):
    lines = ftp.command("STAT").split("\r\n")

    assert lines[0] == "211-Server FTP talking to host 127.0.0.1, port 1026"
    assert lines[1] == "211-User: IBMUSER  Working directory: IBMUSER."
    assert lines[-1] == "211 *** end of status ***"


def test_chmod_changes_the_permissions(ftp):
    ftp.command("STOR /tmp/t", b"x\r\n")

    for mode, shown in (("755", "-rwxr-xr-x"), ("u=rw", "-rw-r-xr-x"), ("o-x", "-rw-r-xr--"), ("a+w", "-rw-rwxrw-")):
        assert ftp.command(f"SITE CHMOD {mode} /tmp/t") == "200 SITE command was accepted"
        ftp.command("LIST /tmp/t")
        assert ftp.sent.startswith(shown.encode())


def test_qdisk_shows_the_volumes(ftp):
    lines = ftp.command("SITE QDISK").split("\r\n")

    assert lines[1] == "200- Volume Free         Cyls      Trks         Cyls-Trks   Exts  Use Attr "
    assert lines[-1] == "200 SITE command was accepted"
    assert len(lines) > 3


def test_xdss_has_lrecl_as_its_sixth_word_for_a_pds(ftp):
    ftp.command("SITE RECFM=FB LRECL=80 PDSTYPE=PDSE")
    ftp.command("MKD LIB")

    assert ftp.command("XDSS LIB").removeprefix("200 ").split()[5] == "LRECL=80"


def test_debug_on_site_needs_the_gate(ftp):
    assert "DEBUG is not allowed" in ftp.command("SITE DEBUG=CMD")
