"""The records, decoded by hand: the offsets below are typed from the reference, not taken from the layouts."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import datetime

import pytest

from zftpd.params.ftpdata import read
from zftpd.params.sets import SmfWanted
from zftpd.smf.facts import LoginFailure, Protection, wanted, wanted_for
from zftpd.smf.records import Writer, daemon_119, login_119, packed_date, transfer_118, transfer_119


def text(data):
    return data.decode("cp037").rstrip()


def triplets(record):
    count = struct.unpack_from(">H", record, 24)[0]
    return [struct.unpack_from(">IHH", record, 28 + 8 * number) for number in range(count)]


def section(record, number):
    offset, length, there = triplets(record)[number]
    return record[offset : offset + length] if there else b""


def test_the_header_is_that_of_every_smf_record(facts):
    record = transfer_119(Writer(), facts)
    length, segment, _, kind, time, date, sid, _, subtype = struct.unpack_from(">HHBBI4s4s4sH", record)

    assert (len(record), 0, 119, 70) == (length, segment, kind, subtype)
    assert time == (11 * 3600 + 7) * 100 + 25
    assert (date.hex().upper(), text(sid)) == ("0126084F", "MVS1")


def test_dates_count_centuries_from_1900():
    assert packed_date(datetime(1999, 12, 31)).hex() == "0099365f"


def test_a_transfer_has_seven_triplets_in_the_order_of_the_manual(facts):
    record = transfer_119(Writer(), facts)

    assert len(triplets(record)) == 7
    assert triplets(record)[0][0] == 28 + 7 * 8
    assert [text(section(record, number)) for number in (2, 3, 4)] == ["client.example", "USER1.LIB", ""]
    assert section(record, 6) == b""


def test_the_transfer_section_says_what_happened(facts):
    data = section(transfer_119(Writer(), facts), 1)

    assert len(data) == 184
    assert (data[0], text(data[4:8]), text(data[8:12])) == (5, "STOR", "SEQ")
    assert bytes(10) + b"\xff\xff" + bytes([10, 1, 2, 3]) == data[12:28]
    assert bytes(10) + b"\xff\xff" + bytes([10, 1, 2, 4]) == data[28:44]
    assert (*struct.unpack_from(">HH", data, 44), *struct.unpack_from(">HH", data, 80)) == (40001, 50021, 40000, 21)
    assert (text(data[84:92]), text(data[92:96])) == ("USER1", "ASFP")
    assert struct.unpack_from(">IQ", data, 112) == (200, 12345678901)
    assert (data[124:128].decode("cp037"), text(data[128:136]), text(data[144:152])) == (" 250", "MEMBER1", "")
    assert data[152] == 0x40 + 9
    assert int.from_bytes(data[153:160], "big") / 16**14 * 16**9 == 12345678901
    assert (*struct.unpack_from(">II", data, 160), text(data[168:183])) == (42, 0, "FTPD100042")


def test_the_second_member_is_that_of_a_rename(facts):
    data = section(transfer_119(Writer(), replace(facts, verb="RNTO", member2="NEW")), 1)

    assert (text(data[128:136]), text(data[144:152])) == ("MEMBER1", "NEW")


def test_the_security_section_says_how_the_session_was_secured(facts):
    data = section(transfer_119(Writer(), facts), 5)

    assert (text(data[:4]), text(data[4:12]), text(data[12:32])) == ("TPCP", "TLSv1.3", "TLS_AES_256")


@pytest.mark.parametrize(
    ("cipher", "two", "four"),
    [
        ("AES256-SHA", "35", "0035"),
        ("TLS_AES_256_GCM_SHA384", "4X", "1302"),
        ("ECDHE-RSA-AES256-GCM-SHA384", "4X", "C030"),
        ("UNHEARD-OF", "", ""),
        ("", "", ""),
    ],
)
def test_the_code_of_a_cipher_suite_that_takes_four_digits_stands_in_its_own_field(facts, cipher, two, four):
    data = section(transfer_119(Writer(), replace(facts, protection=Protection(cipher=cipher))), 5)

    assert (text(data[36:38]), text(data[40:44])) == (two, four)


def test_a_refused_login_is_subtype_72():
    when, secured = datetime(2026, 3, 25, 11, 0, 5), Protection("T", "P", "C", "C", "TLSv1.2")
    record = login_119(Writer(), LoginFailure("user1", ("::1", 5), ("::1", 21), 2, when, protection=secured))
    data = section(record, 1)

    assert struct.unpack_from(">H", record, 22)[0] == 72
    assert ("USER1", bytes(15) + b"\x01", 2) == (text(data[:8]), data[8:24], data[44])
    assert text(section(record, 2)[:12]) == "TPCCTLSv1.2"


def test_the_configuration_is_subtype_71():
    record = daemon_119(Writer(), datetime(2026, 3, 25, 11, 0, 5), "INACTIVE 600\nUMASK 022\n")

    assert struct.unpack_from(">H", record, 22)[0] == 71
    assert [text(line) for line in section(record, 1).split(b"\x15")] == ["INACTIVE 600", "UMASK 022"]


def test_the_configuration_has_identification_and_statements_and_no_more():
    record = daemon_119(Writer(), datetime(2026, 3, 25, 11, 0, 5), "X" * 40000)

    assert (119, 71) == (record[5], struct.unpack_from(">H", record, 22)[0])
    assert [1, 1] == [there for _, _, there in triplets(record)]
    assert bytes(2) == section(record, 0)[58:60]  # the daemon's own: no session's address space
    assert 30000 == len(section(record, 1))


def test_type_118_is_written_with_its_subtype_and_cut_counts(facts):
    record = transfer_118(Writer(), replace(facts, client=("2001:db8::1", 40000)), 75)

    assert (record[5], struct.unpack_from(">H", record, 22)[0]) == (118, 75)
    assert (text(record[24:28]), text(record[28:32])) == ("STOR", "SEQ")
    assert bytes(4) == record[32:36]
    assert record[64:68] == b"\xff\xff\xff\xff"
    assert (text(record[68:71]), text(record[72:116]), text(record[116:124])) == ("250", "USER1.LIB", "MEMBER1")


@pytest.mark.parametrize(
    ("statements", "verb", "filetype", "expected"),
    [
        ("", "STOR", "SEQ", SmfWanted()),
        ("SMF STD", "STOR", "SEQ", SmfWanted(75)),
        ("SMF STD\nSMF TYPE119", "RETR", "SEQ", SmfWanted(74, True)),
        ("SMF 99", "DELE", "SEQ", SmfWanted(99)),
        ("SMF STD\nSMFSTOR TYPE119", "STOR", "SEQ", SmfWanted(None, True)),
        ("SMFRETR 20", "RETR", "SEQ", SmfWanted(20)),
        ("SMFRETR 20", "STOR", "SEQ", SmfWanted()),
        ("SMF TYPE119", "STOR", "JES", SmfWanted()),
        ("SMF TYPE119\nSMFJES TRUE", "STOR", "JES", SmfWanted(None, True)),
        ("SMF TYPE119", "LIST", "SEQ", SmfWanted()),
    ],
)
def test_statements_say_which_records_are_written(statements, verb, filetype, expected):
    assert expected == wanted_for(read(statements).settings, verb, filetype)


def test_refused_logins_have_their_own_statement():
    assert SmfWanted(None, True) == wanted(read("SMF STD\nSMFLOGN TYPE119").settings, "smflogn", 72)
