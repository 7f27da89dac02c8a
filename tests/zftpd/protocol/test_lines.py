from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zftpd.protocol.lines import MAX_LINE, TOO_LONG, LineReader, parse


def lines_of(*pieces: bytes) -> list[object]:
    reader = LineReader()
    found = []
    for piece in pieces:
        reader.feed(piece)
        while (line := reader.next()) is not None:
            found.append(line)
    return found


def test_only_carriage_return_and_line_feed_end_a_command():
    assert lines_of(b"MKD /u/x/NAME\nNewLine\r\n") == [b"MKD /u/x/NAME\nNewLine"]
    assert lines_of(b"NOOP\rNOOP\nNOOP") == []


def test_commands_that_arrive_together_are_told_apart():
    assert lines_of(b"USER A\r\nPASS B\r\nSY", b"ST\r\n") == [b"USER A", b"PASS B", b"SYST"]


def test_a_line_end_may_be_cut_in_two():
    assert lines_of(b"NOOP\r", b"\n") == [b"NOOP"]


def test_an_over_long_line_is_reported_once_and_the_next_one_is_read():
    assert lines_of(b"X" * (MAX_LINE * 5), b"Y" * 10, b"\r\nNOOP\r\n") == [TOO_LONG, b"NOOP"]


def test_an_over_long_line_may_end_in_another_packet():
    assert lines_of(b"X" * (MAX_LINE + 1) + b"\r", b"\nNOOP\r\n") == [TOO_LONG, b"NOOP"]


def test_telnet_interrupt_and_synch_before_abor_are_taken_out():
    assert lines_of(b"\xff\xf4\xff", b"\xf2ABOR\r\n") == [b"ABOR"]


def test_telnet_negotiation_has_one_more_byte_and_iac_iac_is_a_byte():
    assert lines_of(b"\xff\xfd\x06NO\xff\xffOP\r\n") == [b"NO\xffOP"]


def test_a_telnet_subnegotiation_is_taken_out_whole():
    assert lines_of(b"\xff\xfa\x18\x01", b"\xff\xf0NOOP\r\n") == [b"NOOP"]


def test_a_subnegotiation_that_never_ends_swallows_no_more_than_a_line_may_have():
    assert lines_of(b"\xff\xfa" + b"x" * 5000 + b"\r\n", b"NOOP\r\n")[-1] == b"NOOP"


def test_abor_is_seen_among_waiting_commands():
    reader = LineReader()
    reader.feed(b"NOOP\r\nabor \r\nSYS")

    assert reader.peek_abort()
    assert reader.next() == b"NOOP"


@pytest.mark.parametrize(
    ("line", "verb", "argument"),
    [
        ("noop", "NOOP", ""),
        ("  RETR   'A.B'  ", "RETR", "'A.B'"),
        ("STOR a b", "STOR", "a b"),
        ("", "", ""),
        ("   ", "", ""),
    ],
)
def test_verb_and_argument(line, verb, argument):
    assert parse(line) == (verb, argument)


@settings(deadline=None)
@given(st.binary(max_size=9000), st.lists(st.integers(1, 400), max_size=30))
def test_any_bytes_give_lines_however_they_are_cut(data, cuts):
    pieces, rest = [], data
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]

    assert lines_of(*pieces, rest) == lines_of(data)
