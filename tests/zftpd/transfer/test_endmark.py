from __future__ import annotations

import pytest

from zftpd.transfer.endmark import without_mark


@pytest.mark.parametrize(
    ("chunks", "kept"),
    [
        ([b"one\r\n\x1a"], b"one\r\n"),
        ([b"one\r\n", b"\x1a"], b"one\r\n"),
        ([b"a\x1a", b"b\x1a", b"\x1a"], b"a\x1ab\x1a"),
        ([b"\x1a"], b""),
        ([], b""),
        ([b"plain"], b"plain"),
    ],
)
def test_only_the_last_byte_is_dropped_and_only_when_it_is_the_mark(chunks, kept):
    assert b"".join(without_mark(chunks)) == kept
