"""Settings of translation, each seen in the bytes that arrive [zos-ftp-server.md 4.3, 5.1, 6.3]."""

from __future__ import annotations

import pytest

VB = "SITE RECFM=VB LRECL=84"


def fetched(ftp, *commands):
    for command in commands:
        ftp.command(command)
    said = ftp.command("RETR A.B").splitlines()[-1]
    return ftp.sent if said.startswith("250") else said


@pytest.mark.parametrize(
    ("words", "wire", "stored"),
    [
        ("SBDATACONN=(IBM-037,ISO8859-1)", b"[", b"\xba"),
        ("SBDATACONN=(IBM-1047,ISO8859-1)", b"[", b"\xad"),
        ("SBDATACONN=(IBM-1141,IBM-850)", b"\x84", b"\xc0"),
    ],
)
def test_sbdataconn_are_the_pages_of_data(ftp, records, words, wire, stored):
    ftp.command(f"SITE {words}")
    ftp.command(VB)
    ftp.command("STOR A.B", wire + b"\r\n")

    assert records(ftp, "IBMUSER.A.B") == [stored]
    assert fetched(ftp) == wire + b"\r\n"


@pytest.mark.parametrize(("eol", "data"), [("CRLF", b"a\r\nb\r\n"), ("CR", b"a\rb\r"), ("LF", b"a\nb\n"), ("NONE", b"ab")])
def test_sbsendeol_ends_lines_of_text(ftp, store, eol, data):
    store(ftp, "IBMUSER.A.B", "VB", 84, "a", "b")

    assert fetched(ftp, f"SITE SBSENDEOL={eol}") == data


@pytest.mark.parametrize(
    ("words", "outcome"),
    [("NOSBSUB", "451"), ("SBSUB SBSUBCHAR=SPACE", b"a \r\n"), ("SBSUB SBSUBCHAR=3F", b"a?\r\n")],
)
def test_sbsub_and_sbsubchar_stand_for_what_cannot_be_translated(ftp, store, words, outcome):
    store(ftp, "IBMUSER.A.B", "VB", 84, b"\x81\x9f")  # X'9F' is the euro of IBM-1140
    got = fetched(ftp, "SITE SBDATACONN=(IBM-1140,ISO8859-1)", f"SITE {words}")

    assert got == outcome if isinstance(outcome, bytes) else got.startswith(outcome)


def test_encoding_and_mbdataconn_translate_several_bytes_a_character(ftp, records):
    ftp.command(VB)
    ftp.command("SITE ENCODING=MBCS MBDATACONN=(IBM-1047,UTF-8)")
    ftp.command("STOR A.B", "é\r\n".encode())

    assert records(ftp, "IBMUSER.A.B") == ["é".encode("cp1047")]
    assert fetched(ftp) == "é\r\n".encode()
    assert fetched(ftp, "SITE ENCODING=SBCS") == "é\r\n".encode("latin-1")


@pytest.mark.parametrize(("eol", "data"), [("CRLF", b"a\r\n"), ("LF", b"a\n"), ("CR", b"a\r"), ("NONE", b"a")])
def test_mbsendeol_ends_lines_of_multi_byte_text(ftp, store, eol, data):
    store(ftp, "IBMUSER.A.B", "VB", 84, "a")

    assert fetched(ftp, f"SITE ENCODING=MBCS MBDATACONN=(IBM-1047,UTF-8) MBSENDEOL={eol}") == data


@pytest.mark.parametrize(("word", "code"), [("MBREQUIRELASTEOL", "4"), ("NOMBREQUIRELASTEOL", "2")])
def test_mbrequirelasteol_demands_an_end_of_the_last_line(ftp, word, code):
    ftp.command(f"SITE ENCODING=MBCS MBDATACONN=(IBM-1047,UTF-8) {word}")

    assert ftp.command("STOR A.B", b"a").splitlines()[-1][0] in {"4": "45", "2": "2"}[code]


@pytest.mark.parametrize(("word", "ok"), [("NODBSUB", False), ("DBSUB", True)])
def test_dbsub_stands_for_double_byte_characters_that_cannot_be_translated(ftp, word, ok):
    ftp.command(f"SITE RECFM=VB LRECL=84 {word}")
    ftp.command("TYPE B 1")
    said = ftp.command("STOR A.B", b"a\xff\xffb\r\n").splitlines()[-1]

    assert said.startswith("250") is ok


@pytest.mark.parametrize(("page", "stored"), [("IBM-037", b"\xba"), ("IBM-1047", b"\xad")])
def test_ucshostcs_is_the_host_side_of_ucs_2(ftp, records, page, stored):
    ftp.command(f"SITE UCSHOSTCS={page} RECFM=VB LRECL=84")
    ftp.command("TYPE U 2")
    ftp.command("STOR A.B", "[\r\n".encode("utf-16-be"))

    assert records(ftp, "IBMUSER.A.B") == [stored]


@pytest.mark.parametrize(("word", "ok"), [("NOUCSSUB", False), ("UCSSUB", True)])
def test_ucssub_stands_for_what_ucs_2_cannot_translate(ftp, word, ok):
    ftp.command(f"SITE UCSHOSTCS=IBM-1047 RECFM=VB LRECL=84 {word}")
    ftp.command("TYPE U 2")
    said = ftp.command("STOR A.B", "\u4e00\r\n".encode("utf-16-be")).splitlines()[-1]

    assert said.startswith("250") is ok


@pytest.mark.parametrize(("word", "ok"), [("NOUCSTRUNC", False), ("UCSTRUNC", True)])
def test_ucstrunc_cuts_ucs_2_records_that_are_too_long(ftp, word, ok):
    ftp.command(f"SITE UCSHOSTCS=IBM-1047 RECFM=FB LRECL=10 {word}")
    ftp.command("TYPE U 2")
    said = ftp.command("STOR A.B", ("A" * 20 + "\r\n").encode("utf-16-be")).splitlines()[-1]

    assert said.startswith("250") is ok


BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("value", "came", "kept"),
    [("ASIS", BOM + b"a\n", True), ("ASIS", b"a\n", False), ("ALWAYS", b"a\n", True), ("NEVER", BOM + b"a\n", False)],
)
def test_unicodefilesystembom_decides_on_the_mark_of_stored_unicode_files(ftp, value, came, kept):
    ftp.command(f"SITE ENCODING=MBCS MBDATACONN=(UTF-8,UTF-8) UNICODEFILESYSTEMBOM={value}")
    ftp.command("STOR /tmp/u", came.replace(b"\n", b"\r\n"))
    unix, who = ftp.session.server.mvs.unix, ftp.session.server.operator
    with unix.open_input("/tmp/u", who) as file:
        assert b"".join(file.chunks()).startswith(BOM) is kept


@pytest.mark.parametrize(
    ("extension", "command", "before", "after"),
    [
        ("SIZE", "SIZE /tmp/x", "501", "213"),
        ("MDTM", "MDTM /tmp/x", "501", "213"),
        ("REST_STREAM", "REST 1", "504", "350"),
        ("UTF8", "LANG en", "504", "200"),
    ],
)
def test_extensions_switch_their_commands_on(talking, extension, command, before, after):
    said = []
    for statement in ("", f"EXTENSIONS {extension}\n"):
        ftp = talking(statement)
        ftp.command("STOR /tmp/x", b"x\r\n")
        said.append(ftp.command(command)[:3])

    assert said == [before, after]
