"""Arbitrary bytes of a server: replies, addresses and lists are read or refused, and nothing else happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zftpd.client.data import extended_port, passive_address
from zftpd.client.errors import ConnectionLost, SubcommandFailed
from zftpd.client.listed import checked, in_library, lines, names
from zftpd.client.masking import visible
from zftpd.client.replies import ReplyAssembly


def whole(*sent):
    """The reply that these lines are."""
    assembly = ReplyAssembly()
    return next((reply for line in sent if (reply := assembly.add(line)) is not None), None)


@pytest.mark.parametrize(
    ("sent", "code", "count"),
    [([b"200 OK"], 200, 1), ([b"", b"220 hello"], 220, 1), ([b"211-begin", b" AUTH TLS", b"200 not this", b"211 End"], 211, 4),
     ([b"230"], 230, 1), ([b"211-a", b"211-b", b"211"], 211, 3)],
)  # fmt: skip
def test_a_reply_ends_with_its_code_and_a_blank(sent, code, count):
    reply = whole(*sent)

    assert (reply.code, len(reply.lines)) == (code, count)


@given(st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"")), max_size=6))
def test_arbitrary_lines_are_a_reply_or_none(sent):
    try:
        reply = whole(*sent)
    except ConnectionLost:
        return
    assert reply is None or 100 <= reply.code < 700


@given(st.text(max_size=60))
def test_arbitrary_addresses_are_ones_that_can_be_connected_to_or_refused(text):
    for read in (lambda: passive_address(text)[1], lambda: extended_port(text)):
        try:
            port = read()
        except ValueError:
            continue
        assert 0 < port < 65536


@given(*[st.tuples(*[st.integers(0, 255)] * 6)])
def test_what_a_server_announces_is_understood(numbers):
    reply = f"Entering Passive Mode ({','.join(map(str, numbers))})"
    if numbers[4:] == (0, 0):
        with pytest.raises(ValueError, match="no address"):
            passive_address(reply)
    else:
        assert passive_address(reply) == (".".join(map(str, numbers[:4])), numbers[4] * 256 + numbers[5])


@given(st.lists(st.binary(max_size=50), max_size=5), st.sampled_from(["*", "A*", "'A.B.*'", "LIB(*)", "/tmp/*"]))
def test_arbitrary_lists_give_names_that_were_asked_for_or_are_refused(chunks, pattern):
    assert "".join(lines(chunks)).replace("\r", "") == b"".join(chunks).decode("latin-1").replace("\n", "").replace("\r", "")
    for name in names(chunks):
        try:
            accepted = in_library(checked(name, pattern), pattern)
        except SubcommandFailed:
            continue
        last = accepted.strip("'").rsplit("/", 1)[-1]
        assert last not in ("", ".", "..") and not last.startswith(".") and "\0" not in accepted and "\r" not in accepted


@given(st.text(max_size=80))
def test_what_is_shown_has_no_control_characters_and_its_own_length(text):
    shown = visible(text)

    assert len(shown) == len(text)
    assert not any(ord(sign) < 9 or 9 < ord(sign) < 32 or 126 < ord(sign) < 160 for sign in shown)
