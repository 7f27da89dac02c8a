"""TYPE, STRU, MODE, REST [zos-ftp-server.md 1.6, 1.8; 9: items 16 to 18, 62]."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TYPE A", "200 Representation type is Ascii NonPrint"),
        ("TYPE A N", "200 Representation type is Ascii NonPrint"),
        ("type e", "200 Representation type is Ebcdic NonPrint"),
        ("TYPE I", "200 Representation type is Image"),
        ("TYPE L 8", "200 Local byte 8, representation type is Image"),
        ("TYPE L 16", "504-Only local byte size allowed is 8\r\n504 Type remains Ascii NonPrint"),
        ("TYPE E T", "504-TYPE has unsupported format T\r\n504 Type remains Ebcdic NonPrint"),
        ("TYPE X", "501-unknown type  X\r\n501 Type remains Ascii NonPrint"),
        ("TYPE U 4", "504-Only 'TYPE U 2' is supported\r\n504 Type remains Ascii NonPrint"),
        ("TYPE", "501 command TYPE missing its argument"),
        ("STRU R", "250 Data structure is Record"),
        ("STRU F", "250 Data structure is File"),
        ("STRU P", "504-Page structure not implemented\r\n504 Data structure remains File"),
        ("STRU X", "501-unknown structure X\r\n501 Data structure remains File"),
        ("MODE B", "200 Data transfer mode is Block"),
        ("MODE C", "200 Data transfer mode is Compressed"),
        ("MODE S", "200 Data transfer mode is Stream"),
        ("MODE X", "501-unknown mode X\r\n501 Mode remains Stream"),
        ("ALLO 100", "202 ALLO not necessary; you may proceed"),
        ("SMNT X", "502 command SMNT not implemented"),
        ("REST 100", "504 Restart requires Block or Compressed transfer mode."),
        ("LANG en", "504 Command LANG aborted -- FTP server not configured for parameter UTF8."),
    ],
)
def test_what_each_command_answers(ftp, line, said):
    assert ftp.command(line) == said


def test_a_refused_type_leaves_the_old_one(ftp):
    ftp.command("TYPE I")

    assert ftp.command("TYPE X") == "501-unknown type  X\r\n501 Type remains Image"
    assert ftp.session.wire.type == "I"


def test_block_mode_and_dbcs_types_exclude_each_other(ftp):
    ftp.command("TYPE B 1")

    assert ftp.command("MODE B") == "504 Block mode not implemented for type B."


def test_record_structure_and_ucs_2_exclude_each_other(ftp):
    ftp.command("TYPE U 2")

    assert ftp.command("STRU R") == "504 Record structure is not supported for TYPE U transfer"


def test_restart_in_block_mode_needs_ebcdic(ftp):
    ftp.command("MODE B")

    assert ftp.command("REST 5") == "504 Restart requires EBCDIC data type."
    ftp.command("TYPE E")
    assert ftp.command("REST 5").startswith("350 ")


def test_rest_stream_takes_offsets_of_z_os_unix_files_only(talking):
    ftp = talking("EXTENSIONS REST_STREAM")

    assert ftp.command("REST 10").startswith("350 ")
    assert ftp.command("STOR A.B") == "504 Restart in Stream mode is supported only for z/OS UNIX files."
    assert ftp.command("REST ten") == "501 bad REST argument"


def test_utf8_is_switched_on_by_opts_or_lang(talking):
    ftp = talking("EXTENSIONS UTF8")

    assert ftp.command("OPTS UTF8 ON").startswith("200 ")
    assert ftp.session.utf8
    assert ftp.command("LANG en").startswith("200 ")
    assert ftp.command("LANG de") == "504 parameter de not supported"
