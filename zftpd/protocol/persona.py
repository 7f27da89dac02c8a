"""A persona: the same server in the words of another release or site.

Source: architecture decision 9: texts that differ by release or site live in a data file.
Rules: a persona changes codes, words and start values only, never behaviour; it may override any text by its id. The
file is TOML: `release`, `absent` (statements unknown to it), `[settings]` (start values by FTP.DATA statement) and
`[texts."id"]` with `code` and `words`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from zftpd.protocol.reply import Reply
from zftpd.protocol.text import Text, Worded
from zftpd.protocol.wording import TEXTS

DEFAULT = "v2r5"


class UnknownPersona(ValueError):
    """No persona has this name, or its file words a text that does not exist."""


@dataclass(frozen=True, slots=True)
class Persona:
    """What a release or a site words differently. `settings` are FTP.DATA statements as text; `absent` are statements and SITE
    words that the release does not know.
    """

    name: str
    release: str
    texts: Mapping[str, Text] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()

    def word(self, reply: Reply) -> Reply:
        """Return the reply in this persona's words."""
        if not self.texts:
            return reply
        lines: list[str] = []
        code = reply.code
        for text_id, group in groupby(reply.lines, lambda line: line.text_id if isinstance(line, Worded) else None):
            members = list(group)
            other = self.texts.get(text_id) if text_id else None
            first = members[0]
            if other is None or not isinstance(first, Worded):
                lines.extend(members)
                continue
            lines.extend(other.render(first.facts))
            if members[-1] is reply.lines[-1]:
                code = other.code
        return replace(reply, code=code, lines=tuple(lines))


def names() -> list[str]:
    """Return the personas that are shipped, in order."""
    return sorted(entry.name.removesuffix(".toml") for entry in files("zftpd.personas").iterdir() if entry.name.endswith(".toml"))


def load(name: str = "") -> Persona:
    """Return a shipped persona by name, or that of a TOML file. Raises UnknownPersona."""
    wanted = name or DEFAULT
    if wanted in names():
        return parse(files("zftpd.personas").joinpath(f"{wanted}.toml").read_text(), wanted)
    path = Path(wanted)
    if not path.is_file():
        raise UnknownPersona(f"no persona {wanted!r}; shipped are {', '.join(names())}")
    return parse(path.read_text(), path.stem)


def parse(toml: str, name: str) -> Persona:
    """Return the persona that a TOML text describes. Raises UnknownPersona."""
    try:
        content: dict[str, Any] = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise UnknownPersona(f"persona {name}: {error}") from error
    texts = {}
    for text_id, row in content.get("texts", {}).items():
        text = TEXTS.get(text_id)
        if text is None:
            raise UnknownPersona(f"persona {name} words {text_id!r}, which is no text")
        texts[text_id] = replace(text, code=int(row.get("code", text.code)), words=str(row.get("words", text.words)))
    settings = {key.upper(): str(value) for key, value in content.get("settings", {}).items()}
    absent = frozenset(str(word).upper() for word in content.get("absent", ()))
    return Persona(name, str(content.get("release", "V2R5")), texts, settings, absent)
