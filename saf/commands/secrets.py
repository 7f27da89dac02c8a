"""RACF commands as they may be shown: with asterisks for passwords and phrases.

Rules: pure. A command is shown before anybody tells whether it is right, so a keyword counts by what it may be short for (`PASS`,
`PHR`), wherever it stands, and what is never closed is masked to its end. Line ends stay where they are.
Deviation: batch TSO of z/OS shows SYSTSIN on SYSTSPRT as it was typed; docs/security.md tells why this does not.
"""

from __future__ import annotations

import re

from saf.commands.operands import command_name, join_lines

#: PASSWORD or PHRASE, or what is short for it, before a parenthesis; it may stand on the next line.
_KEYWORD = re.compile(r"\b(?:PA(?:S(?:S(?:W(?:O(?:R(?:D)?)?)?)?)?)?|PH(?:R(?:A(?:S(?:E)?)?)?)?)(?=[\s+-]*\()", re.IGNORECASE)
#: The operand PASSWORD of these holds rules and no secret.
_RULES = ("SETROPTS", "SETR")
_VISIBLE = re.compile(r"[^\s()']")


def shown(text: str) -> str:
    """Return a command with asterisks in place of its passwords."""
    if command_name(join_lines(text))[0] in _RULES:
        return text
    parts: list[str] = []
    at = 0
    for found in _KEYWORD.finditer(text):
        if found.start() < at:
            continue  # within the value of another
        opening = text.index("(", found.end())
        parts.append(text[at:opening])
        at = _end(text, opening)
        parts.append(_VISIBLE.sub("*", text[opening:at]))
    return "".join((*parts, text[at:]))


def _end(text: str, opening: int) -> int:
    """Return where the parenthesis that opens there is closed, those in quotes apart."""
    depth, quoted = 0, False
    for at in range(opening, len(text)):
        if text[at] == "'":
            quoted = not quoted
        elif not quoted and text[at] in "()":
            depth += 1 if text[at] == "(" else -1
            if not depth:
                return at + 1
    return len(text)
