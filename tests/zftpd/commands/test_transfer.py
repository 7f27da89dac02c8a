"""RETR, STOR, APPE, STOU [zos-ftp-server.md 1.10; 9: items 38 to 48]."""

from __future__ import annotations

import pytest

from zftpd.effects import DropData, OpenData, Transmit
from zftpd.errors import DataConnectionFailed, DataConnectionLost, TransferAborted

DONE = "250 Transfer completed successfully."
TRUNCATED = "250 Transfer completed (data was truncated)"
NOT_OPENED = (OpenData, Transmit)


def fetched(ftp, name: str) -> bytes:
    ftp.command(f"RETR {name}")
    return ftp.sent


def test_text_goes_in_and_comes_out(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")

    assert ftp.command("STOR A.B", b"hello\r\n  world\r\n\r\nend") == f"125 Storing data set IBMUSER.A.B\r\n{DONE}"
    assert ftp.command("RETR A.B") == f"125 Sending data set IBMUSER.A.B FIXrecfm 80\r\n{DONE}"
    assert ftp.sent == b"hello\r\n  world\r\n\r\nend\r\n"


def test_variable_records_show_no_recfm(ftp):
    ftp.command("STOR A.B", b"x\r\n")

    assert ftp.command("RETR A.B").startswith("125 Sending data set IBMUSER.A.B\r\n")


@pytest.mark.parametrize(("setting", "size"), [("TYPE A", 57), ("TYPE I", 800), ("TYPE E", 810), ("STRU R", 822)])
def test_sizes_of_ten_short_records(ftp, setting, size):
    """FB 80, ten records of `line nn`... [Appendix A; TYPE A with stripped blanks]."""
    ftp.command("SITE RECFM=FB LRECL=80")
    ftp.command("STOR TEN", b"".join(b"x%02d\r\n" % number for number in range(10)) + b"1234567")
    ftp.command("DELE TEN")
    ftp.command("STOR TEN", b"".join(b"x%02d\r\n" % number for number in range(9)) + b"1234567890")
    ftp.command(setting)

    assert len(fetched(ftp, "TEN")) == size


def test_image_is_cut_at_lrecl_and_padded_with_zeros(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")
    ftp.command("TYPE I")
    ftp.command("STOR BIN", b"\x01" * 100)

    assert fetched(ftp, "BIN") == b"\x01" * 100 + bytes(60)


def test_a_lone_line_feed_is_data(ftp):
    ftp.command("STOR A.B", b"hello\nworld\r\n")

    assert fetched(ftp, "A.B") == b"hello\nworld\r\n"


def test_long_lines_are_cut_and_that_is_told(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")

    assert ftp.command("STOR LONG", b"x" * 100 + b"\r\n").endswith(TRUNCATED)


def test_long_lines_fail_where_truncation_is_not_allowed(ftp):
    ftp.command("SITE RECFM=FB LRECL=80 NOTRUNCATE")
    ftp.command("STOR KEPT", b"old\r\n")

    assert ftp.command("STOR KEPT", b"x" * 100 + b"\r\n").splitlines()[1:] == [
        "451-File transfer failed. File contains records that are longer than the LRECL of the new file.",
        "451 Transfer aborted due to file error.",
    ]
    assert fetched(ftp, "KEPT") == b"old\r\n"


def test_an_existing_data_set_keeps_its_attributes(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")
    ftp.command("STOR A.B", b"x\r\n")
    ftp.command("SITE RECFM=VB LRECL=256")
    ftp.command("STOR A.B", b"y\r\n")

    assert ftp.command("RETR A.B").startswith("125 Sending data set IBMUSER.A.B FIXrecfm 80")


@pytest.mark.parametrize("verb", ["STOR", "APPE", "STOU"])
def test_nothing_is_stored_in_a_subsystem_that_is_not_there(ftp, verb):
    ftp.command("SITE SUBSYS=BP01")
    said = ftp.command(f"{verb} PIPE.A", b"x\r\n")

    assert said.startswith(f"550 {verb} fails: IBMUSER.PIPE.")
    assert said.endswith(" is not allocated, subsystem BP01 does not exist.")
    assert ftp.command("LIST").startswith("550 ")
    ftp.command("SITE SUBSYS")
    assert ftp.command(f"{verb} PIPE.A", b"x\r\n").splitlines()[-1].startswith("250 ")


def test_members(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")
    ftp.command("MKD LIB")

    assert ftp.command("STOR LIB(A)", b"one\r\n") == f"125 Storing data set IBMUSER.LIB(A)\r\n{DONE}"
    ftp.command("CWD LIB")
    assert ftp.command("APPE A", b"two\r\n") == f"125 Appending to data set IBMUSER.LIB(A)\r\n{DONE}"
    assert ftp.command("RETR A").startswith("125 Sending data set IBMUSER.LIB(A) FIXrecfm 80")
    assert ftp.sent == b"one\r\ntwo\r\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("RETR NO.SUCH", "550 Data set IBMUSER.NO.SUCH not found"),
        ("RETR LIB(X)", "550 Request nonexistent member IBMUSER.LIB(X) to be sent."),
        ("RETR NOLIB(X)", "550 Data set IBMUSER.NOLIB not found"),
        (
            "RETR LIB",
            "550 Retrieval of a whole partitioned data set is not supported. Use MGET or MVSGET for this purpose.",
        ),
        ("RETR /tmp/x", "550 Command RETR fails: /tmp/x does not exist."),
        ("RETR /tmp", "550 Command RETR fails: /tmp is a directory."),
        ("RETR '1BAD'", "501 Invalid data set name \"'1BAD'\".  Use MVS Dsname conventions."),
        (
            "RETR 'A23456.A23456.A23456.A23456.A23456.A23456.A2345'",
            "550 Name length error for pathname 'A23456.A23456.A23456.A23456.A23456.A23456.A2345'",
        ),
        (
            "STOR NOLIB(X)",
            "550 IBMUSER.NOLIB(X) requests a nonexistent partitioned data set.  Use MKD command to create it.",
        ),
        ("STOR /tmp", "550 Command STOR fails: /tmp is a directory."),
        ("RETR", "501 command RETR missing its argument"),
        ("RETR G(0)", "550 Data set IBMUSER.G not found"),
    ],
)
def test_what_is_refused_is_refused_before_the_data_connection(ftp, line, said):
    ftp.command("MKD LIB")

    assert ftp.command(line) == said
    assert not [effect for effect in ftp.effects if isinstance(effect, NOT_OPENED)]
    assert line == "RETR" or any(isinstance(effect, DropData) for effect in ftp.effects)


@pytest.mark.parametrize("failure", [DataConnectionLost("receive"), TransferAborted()])
def test_a_transfer_that_breaks_leaves_the_old_content(ftp, failure):
    ftp.command("STOR A.B", b"old\r\n")

    def breaking():
        yield b"new\r\n" * 1000
        raise failure

    said = ftp.command("STOR A.B", breaking())

    assert said.splitlines()[-1].startswith("426 ")
    assert fetched(ftp, "A.B") == b"old\r\n"


def test_a_new_data_set_stays_empty_or_goes_as_conddisp_says(ftp):
    def breaking():
        yield b"x\r\n"
        raise DataConnectionLost("receive")

    ftp.command("SITE CONDDISP=DELETE")
    ftp.command("STOR GONE", breaking())
    ftp.command("SITE CONDDISP=CATLG")
    ftp.command("STOR STAYS", breaking())

    ftp.command("NLST")
    assert ftp.sent == b"STAYS\r\n"
    assert fetched(ftp, "STAYS") == b""


def test_a_closed_session_discards(ftp):
    ftp.command("STOR A.B", b"old\r\n")

    handler = ftp.engine.command(b"STOR A.B")
    next(handler)
    next(handler)
    handler.close()

    assert fetched(ftp, "A.B") == b"old\r\n"


def test_a_data_connection_that_does_not_open_is_425(ftp):
    ftp.failures[OpenData] = DataConnectionFailed("open")

    assert ftp.command("STOR NEW", b"x").splitlines()[-1] == "425 Can't open data connection."


def test_secure_dataconn_private_refuses_clear_data(talking):
    ftp = talking("SECURE_DATACONN PRIVATE")

    assert ftp.command("STOR A.B", b"x").splitlines()[0] == "425-Server requires protected data connection."


def test_stou_finds_a_free_name(ftp):
    ftp.command("MKD LIB")
    assert ftp.command("STOU A.SEQ", b"x\r\n").startswith("125 Storing data set IBMUSER.A.SEQ1 ")
    assert ftp.command("STOU A.SEQ", b"x\r\n").startswith("125 Storing data set IBMUSER.A.SEQ2 ")
    assert ftp.command("STOU A.LONGQUAL", b"x\r\n").startswith("125 Storing data set IBMUSER.A.LONGQUA1 ")
    assert ftp.command("STOU LIB(MEM)", b"x\r\n").startswith("125 Storing data set IBMUSER.LIB(MEM1) ")
    assert ftp.command("STOU /tmp/f", b"x\r\n").startswith("125 Storing data set /tmp/f1 ")


def test_z_os_unix_text_is_kept_in_ebcdic(ftp):
    ftp.command("STOR /tmp/t", b"Hello\r\n")
    ftp.command("TYPE I")

    assert fetched(ftp, "/tmp/t") == bytes.fromhex("c88593939615")
    ftp.command("TYPE A")
    assert fetched(ftp, "/tmp/t") == b"Hello\r\n"


def test_rest_stream_resumes_a_download_and_an_upload(talking):
    ftp = talking("EXTENSIONS REST_STREAM")
    ftp.command("TYPE I")
    ftp.command("STOR /tmp/t", b"0123456789")
    ftp.command("REST 4")

    assert fetched(ftp, "/tmp/t") == b"456789"
    ftp.command("REST 4")
    ftp.command("STOR /tmp/t", b"abc")
    assert fetched(ftp, "/tmp/t") == b"0123abc"


def test_an_empty_transfer_makes_an_empty_data_set(ftp):
    assert ftp.command("STOR EMPTY", b"").endswith(DONE)
    assert ftp.command("RETR EMPTY").endswith(DONE)
    assert ftp.sent == b""


def test_a_download_in_block_mode_goes_on_at_a_record(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")
    ftp.command("STOR A.B", b"one\r\ntwo\r\nthree\r\n")
    ftp.command("TYPE E")
    ftp.command("MODE B")
    whole = fetched(ftp, "A.B")
    ftp.command("REST 2")

    assert fetched(ftp, "A.B") == whole[2 * 83 :]
    assert fetched(ftp, "A.B") == whole


def test_an_upload_in_block_mode_goes_on_at_a_record(ftp):
    ftp.command("SITE RECFM=FB LRECL=80")
    ftp.command("STOR A.B", b"one\r\ntwo\r\nthree\r\n")
    ftp.command("TYPE E")
    ftp.command("MODE B")
    ftp.command("REST 1")
    ftp.command("STOR A.B", b"\x80\x00\x01\xc1\x40\x00\x00")
    ftp.command("MODE S")
    ftp.command("TYPE A")

    assert fetched(ftp, "A.B") == b"one\r\nA\r\n"


def test_an_upload_of_text_resumes_where_the_client_counts(talking):
    ftp = talking("EXTENSIONS REST_STREAM")
    ftp.command("STOR /tmp/t", b"one\r\ntwo\r\n")
    ftp.command("REST 5")
    ftp.command("STOR /tmp/t", b"TWO\r\n")

    assert fetched(ftp, "/tmp/t") == b"one\r\nTWO\r\n"
