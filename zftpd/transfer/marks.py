"""Restart markers among bytes: places in a file or in a byte stream without marked records.

Source: [RFC959 3.5]; zos-ftp-server.md 5.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zftpd.transfer.options import WireType


class Mark(NamedTuple):
    """A restart marker among the bytes of a file: what the client calls the place, and the bytes before it."""

    text: str
    offset: int

    @classmethod
    def of(cls, text: bytes, offset: int) -> Mark:
        """Return the marker with its text from EBCDIC."""
        return cls(text.decode("cp037", "replace"), offset)


def has_marks(wire: WireType) -> bool:
    """Tell whether restart markers may come and be confirmed: in TYPE E under MODE B and C."""
    return wire.mode != "S" and wire.type == "E"


def with_marks(batches: Iterable[list[bytes]], marks: list[Mark]) -> Iterator[bytes | Mark]:
    """Yield the bytes of the pieces, and the markers between them that were noted meanwhile."""
    done = 0
    for pieces in batches:
        data = b"".join(pieces)
        for mark in marks:
            before, data = data[: mark.offset - done], data[mark.offset - done :]
            done = mark.offset
            yield before
            yield mark
        marks.clear()
        done += len(data)
        yield data
