"""All texts joined, and the function that makes a reply of one.

Rules: two texts never share an id; that is refused at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from zftpd.protocol.reply import Reply
from zftpd.protocol.text import Text, Worded
from zftpd.protocol.texts import completion, permanent, preliminary, transient


def _join(*tables: tuple[Text, ...]) -> Mapping[str, Text]:
    """Return the tables as one mapping. Raises ValueError for an id that is used twice."""
    joined: dict[str, Text] = {}
    for row in (row for table in tables for row in table):
        if row.id in joined:
            raise ValueError(f"two texts are called {row.id}")
        joined[row.id] = row
    return MappingProxyType(joined)


TEXTS = _join(preliminary.TEXTS, completion.TEXTS, transient.TEXTS, permanent.TEXTS)


def reply(text_id: str, /, **facts: Any) -> Reply:
    """Return the reply that a text makes of these facts."""
    if not facts:
        return _whole(text_id)
    text = TEXTS[text_id]
    return Reply(text.code, text.render(facts), text.bare)


@cache
def _whole(text_id: str) -> Reply:
    """Return the reply of a text without holes."""
    text = TEXTS[text_id]
    return Reply(text.code, text.render({}), text.bare)


def lines(text_id: str, /, **facts: Any) -> tuple[Worded, ...]:
    """Return only the lines of a text, as continuation lines for another reply (`Reply.after`)."""
    return TEXTS[text_id].render(facts)
