"""DELE, RNFR, RNTO, SIZE, MDTM [zos-ftp-server.md 1.8, 1.9; 9: items 49 to 52]."""

from __future__ import annotations

import pytest


def test_renaming_a_data_set(ftp):
    ftp.command("STOR A.OLD", b"x\r\n")

    assert ftp.command("RNFR 'IBMUSER.A.OLD'") == "350 RNFR accepted. Please supply new name for RNTO."
    assert ftp.command("RNTO 'IBMUSER.A.NEW'") == "250 IBMUSER.A.OLD renamed to IBMUSER.A.NEW"


def test_a_rename_onto_something_is_refused(ftp):
    ftp.command("STOR A", b"x\r\n")
    ftp.command("STOR B", b"x\r\n")
    ftp.command("RNFR A")

    assert ftp.command("RNTO B") == "550 Rename fails: IBMUSER.B already exists."


def test_z_os_unix_rename_overwrites(ftp):
    ftp.command("STOR /tmp/a", b"a\r\n")
    ftp.command("STOR /tmp/b", b"b\r\n")
    ftp.command("RNFR /tmp/a")

    assert ftp.command("RNTO /tmp/b") == "250 /tmp/a renamed to /tmp/b"


def test_members_are_renamed_in_their_library_only(ftp):
    ftp.command("MKD LIB")
    ftp.command("MKD LIB2")
    ftp.command("STOR LIB(A)", b"x\r\n")
    ftp.command("RNFR LIB(A)")

    assert ftp.command("RNTO LIB2(A)") == (
        "550 Cannot rename from partitioned data set IBMUSER.LIB to a different partitioned data set IBMUSER.LIB2."
    )
    ftp.command("CWD LIB")
    ftp.command("RNFR A")
    assert ftp.command("RNTO B") == "250 IBMUSER.LIB(A) renamed to IBMUSER.LIB(B)"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("RNFR NO.SUCH", "550 RNFR fails: IBMUSER.NO.SUCH does not exist."),
        ("RNFR LIB(X)", "550 RNFR fails: IBMUSER.LIB(X) does not exist."),
        ("RNFR /tmp/x", "550 RNFR fails: /tmp/x does not exist."),
        ("RNTO X", "503 RNTO must be preceded by RNFR"),
        ("DELE 'NO.SUCH'", "550 DELE fails: NO.SUCH does not exist."),
        ("DELE /tmp/x", "550 DELE fails: /tmp/x does not exist."),
        ("DELE /u", "550 DELE fails: /u is a directory and is not empty."),
        ("SIZE A.B", "501 command aborted -- FTP server not configured for SIZE/MDTM"),
        ("MDTM /tmp", "501 command aborted -- FTP server not configured for SIZE/MDTM"),
    ],
)
def test_what_each_command_answers(ftp, line, said):
    ftp.command("MKD LIB")

    assert ftp.command(line) == said


def test_a_failed_rnfr_leaves_the_earlier_one_pending(ftp):
    """As the captured server does."""
    ftp.command("STOR A", b"x\r\n")
    ftp.command("RNFR A")
    ftp.command("RNFR NO.SUCH")

    assert ftp.command("RNTO C").startswith("250 ")


def test_deleting(ftp):
    ftp.command("MKD LIB")
    ftp.command("MKD /tmp/d")
    for name in ("A", "LIB(M)", "/tmp/f"):
        ftp.command(f"STOR {name}", b"x\r\n")

    assert [ftp.command(f"DELE {name}") for name in ("A", "LIB(M)", "/tmp/f", "/tmp/d", "LIB")] == [
        "250 IBMUSER.A deleted.",
        "250 IBMUSER.LIB(M) deleted.",
        "250 /tmp/f deleted.",
        "250 /tmp/d deleted.",
        "250 IBMUSER.LIB deleted.",
    ]


def test_size_is_that_of_a_transfer_under_the_current_type(talking):
    ftp = talking("EXTENSIONS SIZE\nEXTENSIONS MDTM")
    ftp.command("STOR /tmp/t", b"a\r\nb\r\n")

    assert ftp.command("SIZE /tmp/t") == "213 6"
    ftp.command("TYPE I")
    assert ftp.command("SIZE /tmp/t") == "213 4"
    assert ftp.command("MDTM /tmp/t") == "213 20260325110000"


def test_data_sets_have_no_size(talking):
    ftp = talking("EXTENSIONS SIZE")
    ftp.command("STOR A.B", b"x\r\n")

    assert ftp.command("SIZE A.B").startswith("550 ")


def test_size_needs_the_usual_line_end(talking):
    ftp = talking("EXTENSIONS SIZE")
    ftp.command("STOR /tmp/t", b"x\r\n")
    ftp.command("SITE SBSENDEOL=LF")

    assert ftp.command("SIZE /tmp/t") == "504 Server SBSENDEOL must be CRLF for SIZE command"
