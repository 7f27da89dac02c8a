"""The cards of SYSTSIN: as commands, or line by line for what a command asks for.

    command -        goes on in the next card, whose leading blanks stay
    command +        goes on in the next card, whose leading blanks go
    /* comment */    counts as a blank, wherever it stands outside of apostrophes; without an end it takes the rest of the command

Source: [TSO/E UG] "Continuing a command on another line", "Including comments". Rules: columns 73-80 of card images are not
read; a card that is blank or nothing but comment is no command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jes.hosttext import to_text

_CARD = 80
_TEXT = 72


class Cards:
    """What is left of SYSTSIN, behind a first command that PARM= may have given. An iterator of commands."""

    def __init__(self, records: Iterable[bytes], first: str = "") -> None:
        """Read `records` as they are needed."""
        self._records = iter(records)
        self._first = first

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Return the next command."""
        if self._first:
            first, self._first = self._first, ""
            return first
        text, strips = "", False
        for line in self.lines():
            text += line.lstrip() if strips else line
            strips = text.endswith("+")
            if text.endswith(("-", "+")):
                text = text[:-1]
                continue
            if command := without_comments(text).strip():
                return command
            text = ""
        if command := without_comments(text).strip():
            return command
        raise StopIteration

    def lines(self) -> Iterator[str]:
        """Yield the lines that are left, as data."""
        for record in self._records:
            yield to_text(record[:_TEXT] if len(record) == _CARD else record).rstrip()


def without_comments(text: str) -> str:
    """Return a command with a blank in the place of each comment."""
    if "/*" not in text:
        return text
    kept, at, in_quotes = "", 0, False
    while at < len(text):
        if not in_quotes and text.startswith("/*", at):
            end = text.find("*/", at + 2)
            kept += " "
            at = len(text) if end < 0 else end + 2
            continue
        in_quotes ^= text[at] == "'"
        kept += text[at]
        at += 1
    return kept
