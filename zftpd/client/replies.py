"""Replies of a server, line by line: where one ends, and what is none.

Source: RFC 959 4.2.
Rules: pure. What a server sends is bounded: a reply that never ends is none. Empty lines in front of a reply are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zftpd.client.errors import ConnectionLost

LONGEST_LINE = 65536
#: Bytes of one reply. STAT of a large directory is the longest that servers send.
LONGEST_REPLY = 16 * 1024 * 1024
_FIRST = re.compile(rb"([1-6][0-9]{2})([ -]|$)")


@dataclass(frozen=True, slots=True)
class ServerReply:
    """What the server said: the code and every line as it came, without line ends."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The last line without its code."""
        return self.lines[-1][4:]


class ReplyAssembly:
    """Puts one reply together."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._code = b""
        self._size = 0

    def add(self, line: bytes) -> ServerReply | None:
        """Take a line without its end, and return the reply that it ends, if it does. Raises ConnectionLost for what is none."""
        self._size += len(line)
        if self._size > LONGEST_REPLY:
            raise ConnectionLost("the server sends a reply without an end")
        if not self._code and not line.strip():
            return None
        self._lines.append(line)
        found = _FIRST.match(line)
        if not self._code:
            if found is None:
                raise ConnectionLost("what the server sends is not a reply")
            self._code = found.group(1)
        if found is None or found.group(1) != self._code or found.group(2) == b"-":
            return None
        return ServerReply(int(self._code), tuple(each.decode("latin-1") for each in self._lines))
