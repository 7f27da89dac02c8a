"""Bytes of the control connection to command lines.

Source: RFC 959 3.1, 5.3; RFC 854 (Telnet commands). Clients' live suites send a line feed inside a name, so only CR LF
ends a command (clients.md 0).
Rules: pure. A line that grows over the limit is thrown away up to its end and reported once. Telnet commands are
taken out wherever they stand: IAC IAC is X'FF', WILL/WONT/DO/DONT have one more byte, SB lasts until IAC SE, the others none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Bytes that a command may have; z/OS names are far shorter, UNIX paths have at most 1023.
MAX_LINE = 2048

_IAC = 0xFF
_OPTIONS = frozenset({0xFB, 0xFC, 0xFD, 0xFE})
_BEGIN, _END = 0xFA, b"\xff\xf0"


class TooLong:
    """Stands for a line that was longer than the limit."""


TOO_LONG = TooLong()


@dataclass(slots=True)
class LineReader:
    """Collects bytes; gives lines without their CR LF."""

    limit: int = MAX_LINE
    _buffer: bytearray = field(default_factory=bytearray)
    _telnet: bytearray = field(default_factory=bytearray)  # an unfinished Telnet command
    _skipping: bool = False

    def feed(self, data: bytes) -> None:
        """Take what came in."""
        if not self._telnet and _IAC not in data:
            self._buffer += data
            return
        for byte in data:
            self._telnet_byte(byte)

    def _telnet_byte(self, byte: int) -> None:
        """Take one byte, as part of a Telnet command when one has begun."""
        if not self._telnet:
            if byte == _IAC:
                self._telnet.append(byte)
            else:
                self._buffer.append(byte)
        elif self._telnet[1:2] == bytes((_BEGIN,)):
            self._telnet.append(byte)
            if self._telnet.endswith(_END) or len(self._telnet) > self.limit:
                self._telnet.clear()
        elif len(self._telnet) == 1 and (byte in _OPTIONS or byte == _BEGIN):
            self._telnet.append(byte)
        else:
            if len(self._telnet) == 1 and byte == _IAC:
                self._buffer.append(byte)
            self._telnet.clear()

    def next(self) -> bytes | TooLong | None:
        """Return the next line, TOO_LONG, or None when more bytes are needed."""
        end = self._buffer.find(b"\r\n")
        if end < 0:
            if len(self._buffer) > self.limit:
                self._skipping = True
                # a CR at the end may be the first half of the line's end
                del self._buffer[: len(self._buffer) - (1 if self._buffer.endswith(b"\r") else 0)]
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        if self._skipping or len(line) > self.limit:
            self._skipping = False
            return TOO_LONG
        return line

    def peek_abort(self) -> bool:
        """Tell whether ABOR is among the lines that wait: a running transfer ends for it, whatever was sent before it."""
        return any(line.strip().upper() == b"ABOR" for line in bytes(self._buffer).split(b"\r\n")[:-1])

    @property
    def pending(self) -> int:
        """Bytes that wait."""
        return len(self._buffer)

    def clear(self) -> int:
        """Forget what waits and return how many bytes that was."""
        size = len(self._buffer)
        self._buffer.clear()
        return size


def parse(line: str) -> tuple[str, str]:
    """Return verb (upper case) and argument of a command line; blanks before the verb and after the line do not count."""
    verb, _, argument = line.lstrip(" ").partition(" ")
    return verb.rstrip(" ").upper(), argument.strip(" ")
