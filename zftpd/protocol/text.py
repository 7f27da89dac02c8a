"""One wording: its id, its code, its lines with holes, and how we know it.

Source: evidence marks and source keys of docs/sources.md.
Rules: a `Text` is a row of a table below `protocol/texts`; nothing else in the server holds a reply's words.
A rendered line remembers where it came from (`Worded`), so that a persona may word it differently at the last moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SEEN = "seen"  # literally in a capture, a log or a manual page
KNOWN = "known"  # firm knowledge of the product
ASSUMED = "assumed"  # plausible; ask somebody with a real system


@dataclass(frozen=True, slots=True)
class Text:
    """A reply's words. `words` may hold several lines separated by a line feed, and holes such as {dsname}."""

    id: str
    code: int
    words: str
    evidence: str
    source: str
    bare: bool = False

    def render(self, facts: Mapping[str, Any]) -> tuple[Worded, ...]:
        """Return the lines with their holes filled. Raises KeyError when a hole has no fact."""
        return tuple(Worded(line.format_map(facts), self.id, facts) for line in self.words.split("\n"))


class Worded(str):
    """A line of a reply that knows which text and which facts it was made of."""

    __slots__ = ("facts", "text_id")
    text_id: str
    facts: Mapping[str, Any]

    def __new__(cls, value: str, text_id: str, facts: Mapping[str, Any]) -> Worded:
        """Make the line."""
        line = super().__new__(cls, value)
        line.text_id = text_id
        line.facts = facts
        return line
