r"""STRU R in MODE S: marks inside the byte stream.

    FF 01  end of record      FF 02  end of file      FF 03  both      FF FF  one data byte X'FF'

Source: [RFC959 3.4.1]; sizes of zos-ftp-server.md Appendix A (822 bytes for ten FB80 records).
Rules: the end of file must come; a connection that closes before it has lost data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mvsfs.errors import BadRecordData
from zftpd.transfer.assembly import Assembly, EndMissing

EOR = b"\xff\x01"
EOF = b"\xff\x02"
_ESCAPE = b"\xff"
_MARK = re.compile(rb"\xff([\x00-\xff])")


def encode(batches: Iterable[list[bytes]]) -> Iterator[bytes]:
    """Yield wire bytes for lists of records."""
    for batch in batches:
        if batch:
            text = EOR.join(batch)
            if text.count(_ESCAPE) != len(batch) - 1:
                text = EOR.join([record.replace(_ESCAPE, b"\xff\xff") for record in batch])
            yield text + EOR
    yield EOF


def decode(chunks: Iterable[bytes], assembly: Assembly) -> Iterator[list[bytes]]:
    """Yield lists of records. Raises BadRecordData for an unknown mark or data after the end, EndMissing without end of file."""
    rest, offset = b"", 0
    assembly.is_structured = True
    for chunk in chunks:
        data = rest + chunk if rest else chunk
        if assembly.ended and data:
            raise BadRecordData("data after end of file", offset)
        at = 0
        for mark in _MARK.finditer(data):
            if mark.start() > at:
                assembly.data(data[at : mark.start()])
            _act(mark[1][0], assembly, offset + mark.start())
            at = mark.end()
        # A lone X'FF' at the very end waits for its second byte.
        keep = data.endswith(_ESCAPE) and at < len(data)
        if len(data) - keep > at:
            if assembly.ended:
                raise BadRecordData("data after end of file", offset + at)
            assembly.data(data[at : len(data) - keep])
        rest = _ESCAPE if keep else b""
        offset += len(data) - keep
        if records := assembly.take():
            yield records
    if not assembly.ended:
        raise EndMissing("no end of file", offset)
    if records := assembly.take():
        yield records


def _act(mark: int, assembly: Assembly, offset: int) -> None:
    if assembly.ended:
        raise BadRecordData("data after end of file", offset)
    if mark == 0xFF:
        assembly.data(_ESCAPE)
    elif mark not in (1, 2, 3):
        raise BadRecordData("unknown mark in record structure", offset)
    if mark in (1, 3):
        assembly.end_record()
    if mark in (2, 3):
        assembly.end_file()
