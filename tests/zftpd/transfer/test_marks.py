"""Files with restart markers among their bytes: however they are cut, and whatever comes, only our errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mvsfs.dcb import Dcb
from mvsfs.errors import MvsError
from zftpd.transfer import blockmode, compressed
from zftpd.transfer.inbound import inbound, inbound_unix_marked
from zftpd.transfer.marks import Mark
from zftpd.transfer.options import TransferOptions, WireType

MODES = {"B": blockmode, "C": compressed}
LINES = st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\x15", b"")), max_size=6)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("mode", MODES)
@given(LINES, LINES, st.integers(1, 9))
def test_a_marker_stands_behind_the_bytes_that_came_before_it(mode, before, behind, size):
    codec, wire = MODES[mode], WireType("E", mode=mode)
    encode = codec.encode_records if mode == "B" else lambda lines: codec.encode_records(lines, wire.filler)
    sent = encode(before) + codec.marker("17".encode("cp037")) + encode(behind) + codec.END
    parts = list(inbound_unix_marked(cut(sent, size), wire))
    content = [b"".join(line + b"\x15" for line in lines) for lines in (before, behind)]

    assert [part for part in parts if isinstance(part, Mark)] == [Mark("17", len(content[0]))]
    assert b"".join(part for part in parts if isinstance(part, bytes)) == b"".join(content)


@pytest.mark.parametrize("mode", MODES)
@given(st.lists(st.binary(max_size=40), max_size=5))
def test_any_bytes_are_a_file_or_refused(mode, chunks):
    wire = WireType("E", mode=mode)
    for attempt in (inbound_unix_marked(chunks, wire), inbound(chunks, Dcb.of("VB", 100), TransferOptions(), wire)):
        try:
            list(attempt)
        except MvsError:
            pass
