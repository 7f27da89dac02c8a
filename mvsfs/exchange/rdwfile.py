"""Files of records that each begin with their RDW: what FTP in binary with RDW leaves, and SMF dumps.

    LL SEG 00 data      SEG 00 whole, 01 first, 03 between, 02 last

Source: jes-and-jcl.md 6.2; read on public SMF dumps (VBS segments) and IMS unloads.
Rules: written records are whole; one longer than 32756 bytes goes in segments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from mvsfs.records.spanned import BETWEEN, FIRST, LAST, WHOLE, segment_word
from mvsfs.text.images import rdw_records

MAX_DATA = 32756


def read(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the records. Raises BadRecordData for impossible lengths, segments out of order, or an end inside a record."""
    return chain.from_iterable(rdw_records(chunks))


def write(records: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the records with their RDWs."""
    for record in records:
        if len(record) <= MAX_DATA:
            yield segment_word(len(record) + 4, WHOLE) + record
            continue
        for at in range(0, len(record), MAX_DATA):
            piece = record[at : at + MAX_DATA]
            code = FIRST if at == 0 else LAST if at + MAX_DATA >= len(record) else BETWEEN
            yield segment_word(len(piece) + 4, code) + piece
