"""REMOVEINBEOF: the X'1A' with which some systems end a text file is no part of it.

Source: [CR] REMOVEINBEOF.
Rules: only the very last byte of what comes counts; everything before it passes through at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

EOF_MARK = b"\x1a"


def without_mark(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks without a final X'1A'."""
    held = b""
    for chunk in chunks:
        data = held + bytes(chunk)
        held = EOF_MARK if data.endswith(EOF_MARK) else b""
        if len(data) > len(held):
            yield data[: len(data) - len(held)]
