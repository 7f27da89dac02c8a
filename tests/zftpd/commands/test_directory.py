"""CWD, PWD, MKD, RMD [zos-ftp-server.md 2.2, 2.3; 9: items 21 to 28, 53]."""

from __future__ import annotations

import pytest


def walk(ftp, *lines: str) -> list[str]:
    return [ftp.command(line) for line in lines]


def test_prefixes_accumulate_and_cdup_takes_them_away(ftp):
    assert walk(ftp, "CWD SOURCE", "CWD COBOL", "CDUP", "CDUP", "CDUP", "CDUP", "PWD") == [
        '250 "IBMUSER.SOURCE." is the working directory name prefix.',
        '250 "IBMUSER.SOURCE.COBOL." is the working directory name prefix.',
        '250 "IBMUSER.SOURCE." is the working directory name prefix.',
        '250 "IBMUSER." is the working directory name prefix.',
        '250 "" is the working directory name prefix.',
        '250 "" is the working directory name prefix.',
        "257 \"''\" is working directory.",
    ]


def test_a_pds_is_told_from_a_prefix_by_the_catalog_and_by_the_dot(ftp):
    assert walk(ftp, "MKD LIB", "CWD 'IBMUSER.LIB'", "PWD", "CWD 'IBMUSER.LIB.'", "PWD") == [
        "257 \"'IBMUSER.LIB'\" created.",
        '250 The working directory "IBMUSER.LIB" is a partitioned data set',
        "257 \"'IBMUSER.LIB'\" partitioned data set is working directory.",
        '250 "IBMUSER.LIB." is the working directory name prefix.',
        "257 \"'IBMUSER.LIB.'\" is working directory.",
    ]


def test_a_load_library_is_announced(ftp):
    ftp.command("SITE RECFM=U LRECL=0 BLKSIZE=6144")
    ftp.command("MKD LOAD")

    assert ftp.command("CWD LOAD") == (
        '250-The working directory may be a load library\r\n250 The working directory "IBMUSER.LOAD" is a partitioned data set'
    )


def test_the_realm_follows_the_name(ftp):
    assert walk(ftp, "CWD /", "SYST", "CWD tmp", "PWD", "CWD //", "CWD zoe", "SYST") == [
        "250 HFS directory / is the current working directory",
        "215 UNIX is the operating system of this server. FTP Server is running on z/OS.",
        "250 HFS directory /tmp is the current working directory",
        '257 "/tmp" is the HFS working directory.',
        '250 "" is the working directory name prefix.',
        '250 "ZOE." is the working directory name prefix.',
        "215 MVS is the operating system of this server. FTP Server is running on z/OS.",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("CWD *", '501 A qualifier in "*" begins with an invalid character'),
        ("CWD MIK*", '501 A qualifier in "MIK*" contains an invalid character'),
        ("CWD 'LONGQUALIFIER.X'", "501 Qualifier too long.  Use MVS naming conventions."),
        ("CWD ''", '250 "" is the working directory name prefix.'),
        ("CWD", '250 "IBMUSER." is the working directory name prefix.'),
        ("XPWD", "257 \"'IBMUSER.'\" is working directory."),
        ("CWD /missing", "550 CWD cmd failed : EDC5129I No such file or directory."),
        ("CWD ~nobody", "550 CWD failed. Unknown HOME directory"),
        ("RMD 'NO.SUCH'", '550 "NO.SUCH" data set does not exist.'),
        ("MKD /missing/x", "550 MKDIR failed: EDC5129I No such file or directory."),
        ("MKD /tmp", "550 MKDIR failed: EDC5117I File exists."),
    ],
)
def test_what_each_command_answers(ftp, line, said):
    assert ftp.command(line) == said


def test_cwd_to_a_file_is_refused(ftp):
    ftp.command("STOR /tmp/file", b"x\r\n")

    assert ftp.command("CWD /tmp/file") == "550 CWD fails: /tmp/file is not a directory."


def test_a_pds_that_exists_is_not_made_again(ftp):
    ftp.command("MKD LIB")

    assert ftp.command("MKD LIB").splitlines() == [
        "550-SVC99 RETURN CODE=4 S99INFO=0 S99ERROR=5896 HEX=1708 S99ERSN code X'00000000'.",
        "550 Unable to create data set IBMUSER.LIB for MKD command.",
    ]


def test_directories_are_made_and_removed(ftp):
    assert walk(ftp, "MKD /tmp/d", "MKD /tmp/d/e", "RMD /tmp/d", "RMD /tmp/d/e", "RMD /tmp/d") == [
        '257 "/tmp/d" created.',
        '257 "/tmp/d/e" created.',
        "550 RMDIR failed: EDC5136I Directory not empty.",
        "250 /tmp/d/e deleted.",
        "250 /tmp/d deleted.",
    ]


def test_a_pds_is_removed_whole(ftp):
    walk(ftp, "MKD LIB", "STOR LIB(A)")

    assert ftp.command("RMD LIB") == "250 IBMUSER.LIB deleted."


def test_a_sequential_data_set_is_no_directory(ftp):
    ftp.command("STOR A.SEQ", b"x\r\n")

    assert ftp.command("RMD A.SEQ").startswith("550 ")


def test_mvsinfo_shows_the_readme_of_a_prefix(talking):
    ftp = talking("MVSINFO README")
    ftp.command("STOR SRC.README", b"All the source\r\n")

    assert ftp.command("CWD SRC") == '250-All the source\r\n250 "IBMUSER.SRC." is the working directory name prefix.'
