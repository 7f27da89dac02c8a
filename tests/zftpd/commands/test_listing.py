"""LIST and NLST [zos-ftp-server.md 1.10, 2.5, 2.6, 3; 9: items 30 to 37]."""

from __future__ import annotations

import pytest

START, DONE = "125 List started OK", "250 List completed successfully."


def listed(ftp, line: str) -> list[str]:
    assert ftp.command(line) == f"{START}\r\n{DONE}"
    return ftp.sent.decode().splitlines()


@pytest.fixture
def full(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")
    ftp.command("MKD LIB")
    ftp.command("STOR LIB(ALPHA)", b"x\r\n")
    ftp.command("STOR LIB(BETA)", b"x\r\n")
    for name in ("JCL", "SOURCE.COBOL", "SOURCE.PLI"):
        ftp.command(f"STOR {name}", b"x\r\n")
    ftp.command("MKD /tmp/d")
    ftp.command("STOR /tmp/a.txt", b"x\r\n")
    return ftp


def test_data_sets_relative_to_the_prefix(full):
    rows = listed(full, "LIST")

    assert rows[0] == "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname"
    assert [row[56:] for row in rows[1:]] == ["JCL", "LIB", "SOURCE.COBOL", "SOURCE.PLI"]


def test_quoted_patterns_give_quoted_names(full):
    assert listed(full, "NLST 'IBMUSER.SOURCE.*'") == ["'IBMUSER.SOURCE.COBOL'", "'IBMUSER.SOURCE.PLI'"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("NLST", ["JCL", "LIB", "SOURCE.COBOL", "SOURCE.PLI"]),
        ("NLST *", ["JCL", "LIB", "SOURCE.COBOL", "SOURCE.PLI"]),
        ("NLST -1", ["JCL", "LIB", "SOURCE.COBOL", "SOURCE.PLI"]),
        ("NLST s*", ["SOURCE.COBOL", "SOURCE.PLI"]),
        ("NLST L%B", ["LIB"]),
        ("NLST LIB(*)", ["ALPHA", "BETA"]),
        ("NLST LIB(AL*)", ["ALPHA"]),
        ("NLST /tmp", ["/tmp/a.txt", "/tmp/d"]),
        ("NLST /tmp/*.txt", ["/tmp/a.txt"]),
        ("NLST /tmp/a.txt", ["/tmp/a.txt"]),
    ],
)
def test_what_a_pattern_finds(full, line, names):
    assert listed(full, line) == names


def test_members_are_relative_to_a_pds(full):
    full.command("CWD LIB")

    assert listed(full, "NLST") == ["ALPHA", "BETA"]
    assert listed(full, "NLST B*") == ["BETA"]


def test_directorymode_shows_one_qualifier(full):
    full.command("SITE DIRECTORYMODE")

    assert listed(full, "NLST") == ["JCL", "LIB", "SOURCE"]
    assert "Pseudo Directory" in "\n".join(listed(full, "LIST"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("LIST 'NO.SUCH'", "550 No data sets found."),
        ("LIST 'DEVCDP.*'", "550 No data sets found."),
        ("LIST 'IBMUSER.'", "550 No data sets found."),
        ("LIST EMPTY(*)", "550 No members found."),
        ("NLST LIB(X*)", "550 No members found."),
        ("LIST 'NOT.EXIST(*)'", "550 Partitioned data set 'NOT.EXIST(*)' does not exist"),
        ("NLST /tmp/d", "550 NLST cmd failed.  No files found."),
        ("LIST /tmp/*.c", "550 LIST cmd failed.  No files found."),
        ("LIST /x", '550 LIST cmd failed : FSUM6785 File or directory "/x" is not found'),
        ("LIST 'LONGQUALIFIER.*'", "501 Qualifier too long.  Use MVS naming conventions."),
        ("LIST 'A.*B'", "501 A '*' must be the last character of a qualifier."),
        ("LIST -a", '501 A qualifier in "-a" begins with an invalid character'),
        ("LIST ~nobody", "550 LIST failed. Unknown HOME directory"),
    ],
)
def test_nothing_found_is_an_error_and_not_an_empty_list(full, line, said):
    full.command("MKD EMPTY")

    assert full.command(line) == said


def test_an_empty_z_os_unix_directory_lists_its_total(full):
    assert listed(full, "LIST /tmp/d") == ["total 0"]


def test_list_a_is_unknown_to_the_captured_ls(full):
    full.command("CWD /tmp")

    assert full.command("LIST -a") == "550 LIST cmd failed : FSUMA930 /bin/ls: Unknown option -a"
    assert listed(full, "LIST -l")[0].startswith("total ")


def test_one_file_is_listed_as_it_was_asked_for(full):
    (row,) = listed(full, "LIST /tmp/a.txt")

    assert row.endswith(" /tmp/a.txt")
    assert row.startswith("-rw-r-----")


def test_lists_are_made_in_stream_mode_only(full):
    full.command("MODE B")

    assert full.command("LIST") == "501 LIST supported only in Stream mode"


def test_many_members_are_listed(ftp):
    server = ftp.session.server
    ftp.command("SITE RECFM=FB LRECL=80 DIRECTORY=2000 PDSTYPE=PDSE")
    ftp.command("MKD BIG")
    from mvsfs.info import Target

    for number in range(300):
        with server.mvs.open_output(Target("IBMUSER.BIG", member=f"M{number:05d}"), ftp.session.who) as writer:
            writer.write_records([b"\x40" * 80])

    assert len(listed(ftp, "LIST BIG(*)")) == 301
