"""A reply of the control connection and its form on the wire.

Source: RFC 959 4.2; IBM repeats the code with a hyphen on every continuation line (zos-ftp-server.md 0.3),
except for bodies that begin with a blank (FEAT, HELP table).
Rules: `lines` hold text without code; a line that starts with a blank after FEAT is sent as it is when `bare` is set.
"""

from __future__ import annotations

from dataclasses import dataclass

#: A file name may hold a line feed; within a reply it would begin a line of the client's choosing.
_VISIBLE = dict.fromkeys((*range(0x20), 0x7F), ".")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply: a three-digit code and one or more lines of text; the last line ends the reply, unless `more` is to come."""

    code: int
    lines: tuple[str, ...]
    bare: bool = False
    more: bool = False

    @property
    def text(self) -> str:
        """The last line, which is the one that clients show."""
        return self.lines[-1]

    def wire(self, encoding: str = "latin-1") -> bytes:
        """Return the bytes to send, each line ended by CR LF."""
        *body, last = self.lines
        if not body and not self.more and last.isprintable():
            return f"{self.code} {last}\r\n".encode(encoding, "replace")
        out = []
        for number, line in enumerate(body):
            out.append(line if self.bare and number else f"{self.code}-{line}")
        out.append(f"{self.code}{'-' if self.more else ' '}{last}")
        return "".join(f"{line.translate(_VISIBLE)}\r\n" for line in out).encode(encoding, "replace")

    def after(self, *notes: str) -> Reply:
        """Return the same reply with `notes` as continuation lines before it."""
        return Reply(self.code, (*notes, *self.lines), self.bare, self.more)
