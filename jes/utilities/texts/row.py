"""A row of the tables of words.

Rules: `control` is the printer control character; evidence is `seen` in real output or a manual page, `known` from the manual, or
`assumed`, with what it rests on as `source`. A key that is no message id
stands for a line without one: a heading, or one that goes on with a message.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ID = re.compile(r"[A-Z]{3,4}\d{3,5}[A-Z]")


class Row(NamedTuple):
    """One message line."""

    control: str
    words: str
    evidence: str
    source: str = ""


def shown(key: str, row: Row) -> str:
    """Return the words of a row with its id, without control character and with its holes."""
    return f"{key} {row.words}" if _ID.fullmatch(key) else row.words
