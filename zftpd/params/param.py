"""One row of the table of settings: an FTP.DATA statement, a SITE parameter, or both.

Source: [CFGREF] "FTP.DATA statements", [UG] "SITE subcommand"; zos-ftp-server.md sections 4 and 6.
Rules: the manual's own capitals are the least abbreviation of a SITE word (BLKsize: BLK). FTP.DATA statements are not
abbreviated. A name, a default, a value range and a help text are stated in one row and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Any

from zftpd.params.kinds import Kind, Switch


class Where(Flag):
    """Who may set a parameter: the server's FTP.DATA, a SITE command, the client's FTP.DATA."""

    SERVER = auto()
    SITE = auto()
    CLIENT = auto()
    BOTH = SERVER | CLIENT


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter.

    `name` is the FTP.DATA statement (for SITE-only words, the word). `site` holds the SITE spellings, capitals giving the
    least abbreviation. `words` are SITE words without value that set this parameter (TRacks sets SPACETYPE).
    `clearable`: the word without value means "do not send this attribute" and stores `cleared`.
    `limit` says, for what cannot have its effect here, why; empty when it works. `limited` tells which values it concerns,
    where only some do.
    """

    name: str
    kind: Kind
    default: object
    help: str
    source: str
    evidence: str = "known"
    where: Where = Where.SERVER
    site: tuple[str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)
    clearable: bool = False
    cleared: object = None
    says: str = ""
    synonyms: tuple[str, ...] = ()
    limit: str = ""
    limited: Callable[[Any], bool] | None = None

    @property
    def attribute(self) -> str:
        """The attribute of Settings that holds the value."""
        return self.name.lower()

    @property
    def is_switch(self) -> bool:
        """Tell whether SITE sets it by its bare name and clears it by NOname."""
        return isinstance(self.kind, Switch)

    @property
    def is_site(self) -> bool:
        """Tell whether SITE may set it."""
        return bool(self.site or self.words)

    @property
    def spoken(self) -> str:
        """The name as messages about a bad value say it."""
        return self.says or (self.site[0] if self.site else self.name)

    def limit_of(self, value: object) -> str:
        """Return why this value has not its full effect here, or nothing. The default never has a limit to report."""
        if value == self.default or (self.limited and not self.limited(value)):
            return ""
        return self.limit

    def texts(self, value: object) -> list[str]:
        """Return the value as FTP.DATA texts, one per statement; an empty text is a statement without value."""
        if value is None:
            return [""]
        return self.kind.texts(value)

    def read(self, text: str, before: object = None) -> object:
        """Return the value that `text` means; `before` is what earlier statements of a repeatable one gave.

        Raises BadValue when the text is not allowed, ValueError never.
        """
        if not text and self.clearable:
            return self.cleared
        return self.kind.add(before, text) if self.kind.repeats else self.kind.parse(text)


def shortest(spelling: str) -> int:
    """Return the length of the least abbreviation: the capitals and digits that begin the manual's spelling."""
    count = 0
    for letter in spelling:
        if letter.islower():
            break
        count += 1
    return count


def matches(spelling: str, word: str) -> bool:
    """Tell whether `word` (any case) is `spelling` or an abbreviation that is long enough."""
    word = word.upper()
    return len(word) >= shortest(spelling) and spelling.upper().startswith(word)
