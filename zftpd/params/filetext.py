"""The text of a configuration file, however it came to this machine: UTF-8, Latin-1, or EBCDIC as it lay on the host.

Rules: EBCDIC is what holds more EBCDIC blanks and line ends than ASCII ones; without line ends it is a data set of 80-byte
records. A byte order mark is no part of the text. Lines end with LF whatever ended them.
"""

from __future__ import annotations

from pathlib import Path

HOST = "cp1047"
RECORD = 80
_MARK = "\ufeff"


def read_text(path: Path) -> str:
    """Return the text of a file. Raises OSError."""
    return text_of(path.read_bytes())


def text_of(data: bytes) -> str:
    """Return the text that the bytes mean."""
    if _is_ebcdic(data):
        return _from_host(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _is_ebcdic(data: bytes) -> bool:
    host = data.count(0x40) + data.count(0x15) + data.count(0x25)
    return host > data.count(0x20) + data.count(0x0A)


def _from_host(data: bytes) -> str:
    lines = data.replace(b"\x0d\x25", b"\x15").replace(b"\x25", b"\x15").split(b"\x15")
    if len(lines) == 1 and len(data) > RECORD:
        lines = [data[at : at + RECORD] for at in range(0, len(data), RECORD)]
    return "\n".join(line.decode(HOST) for line in lines)
