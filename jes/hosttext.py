"""Text of jobs and messages: EBCDIC records of the spool and Python strings.

Rules: the host page is IBM-1047, which every byte survives; text that it cannot hold becomes SUB.
"""

from __future__ import annotations

import io

from mvsfs.codepages import table

_PAIR = table("IBM-1047", "ISO8859-1")
#: Control characters, of which no name or message can hold one, as question marks.
_SHOWN = bytes(code if chr(_PAIR.to_net[code]).isprintable() else _PAIR.to_host[ord("?")] for code in range(256))


def to_text(record: bytes) -> str:
    """Return the characters of an EBCDIC record."""
    return record.translate(_PAIR.to_net).decode("latin-1")


def without_controls(record: bytes) -> bytes:
    """Return an EBCDIC record with a question mark for each control character."""
    return record.translate(_SHOWN)


def text_lines(text: str) -> list[str]:
    """Return the lines of a text: LF, CRLF or CR ends one; form feeds and the like are characters of it."""
    return [line.rstrip("\n") for line in io.StringIO(text, newline=None)]


def to_host(text: str) -> bytes:
    """Return the EBCDIC bytes of a text."""
    return text.encode("latin-1", "replace").translate(_PAIR.to_host)
