"""Converters for settings that hold several things: pairs, ranges, lists and repeatable statements.

Source: [CFGREF] SBDATACONN, PASSIVEDATAPORTS, VOLUME, EXTENSIONS, CIPHERSUITE, SMF, DEBUG, ANONYMOUS, SBSUBCHAR.
Rules: lists are tuples in the order given, without repeats. A repeatable statement starts from nothing in each file.
"""

from __future__ import annotations

from dataclasses import dataclass

from zftpd.params.kinds import INVALID, MISSING, NOT_NUMERIC, OUT_OF_RANGE, BadValue, Kind, unlisted


@dataclass(frozen=True)
class CodePages(Kind):
    """(file system, network) code pages, or the name of a translate table data set, or FTP_STANDARD_TABLE."""

    table: bool = True

    @property
    def allowed(self) -> str:
        """The forms."""
        return "(file_system,network)" + (" | FTP_STANDARD_TABLE | data set name | path" if self.table else "")

    def parse(self, text: str) -> tuple[str, str]:
        """Return the pair; a table alone is (name, "")."""
        items = unlisted(text)
        if len(items) == 2:
            return (items[0].upper(), items[1].upper())
        if len(items) == 1 and self.table and not text.strip().startswith("("):
            return (items[0] if items[0].startswith("/") else items[0].strip("'").upper(), "")
        raise BadValue(text, INVALID if text else MISSING, self.allowed)

    def texts(self, value: object) -> list[str]:
        """Return (a,b) or the table's name."""
        assert isinstance(value, tuple)
        return [f"({value[0]},{value[1]})" if value[1] else value[0]]


@dataclass(frozen=True)
class Ports(Kind):
    """(low,high) port numbers."""

    low: int = 1024
    high: int = 65535

    @property
    def allowed(self) -> str:
        """The form and range."""
        return f"(low,high) within {self.low}-{self.high}"

    def parse(self, text: str) -> tuple[int, int]:
        """Return the two ports."""
        items = unlisted(text)
        if len(items) != 2:
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        if not all(item.isascii() and item.isdecimal() for item in items):
            raise BadValue(text, NOT_NUMERIC, self.allowed)
        low, high = int(items[0]), int(items[1])
        if not self.low <= low <= high <= self.high:
            raise BadValue(text, OUT_OF_RANGE, self.allowed, self.low, self.high)
        return (low, high)

    def texts(self, value: object) -> list[str]:
        """Return (low,high)."""
        assert isinstance(value, tuple)
        return [f"({value[0]},{value[1]})"]


@dataclass(frozen=True)
class Volumes(Kind):
    """One volume serial or a list of them."""

    @property
    def allowed(self) -> str:
        """The form."""
        return "volser | (volser,volser...)"

    def parse(self, text: str) -> tuple[str, ...]:
        """Return the serials in upper case."""
        items = tuple(item.upper() for item in unlisted(text))
        if not items or not all(len(item) <= 6 and item.replace("-", "0").isascii() for item in items):
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return items

    def texts(self, value: object) -> list[str]:
        """Return the serial, or the list in parentheses."""
        assert isinstance(value, tuple)
        return [f"({','.join(value)})" if len(value) > 1 else "".join(value)]


@dataclass(frozen=True)
class Names(Kind):
    """A repeatable statement, each naming one of `words` (any name when there are none). `none` alone is the empty list."""

    words: tuple[str, ...] = ()
    what: str = "name"
    none: str = ""
    repeats = True

    @property
    def allowed(self) -> str:
        """The words."""
        return " | ".join(self.words) if self.words else self.what

    def parse(self, text: str) -> tuple[str, ...]:
        """Return the names of one statement."""
        names = tuple(item.upper() for item in unlisted(text))
        if self.none and names == (self.none,):
            return ()
        if not names or (self.words and not all(name in self.words for name in names)):
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return names

    def texts(self, value: object) -> list[str]:
        """Return one text per name."""
        assert isinstance(value, tuple)
        return list(value) or [self.none] * bool(self.none)

    def add(self, before: object, text: str) -> tuple[str, ...]:
        """Return the earlier names and these, each once."""
        assert before is None or isinstance(before, tuple)
        return tuple(dict.fromkeys((*(before or ()), *self.parse(text))))


@dataclass(frozen=True, slots=True)
class SmfWanted:
    """Which SMF records a statement asks for: a type 118 subtype, type 119, both or neither."""

    subtype118: int | None = None
    type119: bool = False


@dataclass(frozen=True)
class Smf(Kind):
    """STD, a subtype 1-255 (type 118), TYPE119; repeatable, since both types may be written. TYPE118 is STD."""

    standard: int
    repeats = True

    @property
    def allowed(self) -> str:
        """The forms."""
        return "STD | 1-255 | TYPE118 | TYPE119"

    def parse(self, text: str) -> SmfWanted:
        """Return what one statement asks for."""
        word = text.upper()
        if word == "TYPE119":
            return SmfWanted(type119=True)
        if word in {"STD", "TYPE118"}:
            return SmfWanted(subtype118=self.standard)
        if not (word.isascii() and word.isdecimal()):
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        if not 1 <= int(word) <= 255:
            raise BadValue(text, OUT_OF_RANGE, self.allowed, 1, 255)
        return SmfWanted(subtype118=int(word))

    def texts(self, value: object) -> list[str]:
        """Return the statements that ask for the same."""
        assert isinstance(value, SmfWanted)
        wanted = [] if value.subtype118 is None else ["STD" if value.subtype118 == self.standard else str(value.subtype118)]
        return wanted + ["TYPE119"] * value.type119

    def add(self, before: object, text: str) -> SmfWanted:
        """Return both wishes together."""
        now = self.parse(text)
        if not isinstance(before, SmfWanted):
            return now
        subtype = before.subtype118 if now.subtype118 is None else now.subtype118
        return SmfWanted(subtype, before.type119 or now.type119)


@dataclass(frozen=True, slots=True)
class AnonymousUser:
    """Whom an anonymous login runs as: a user ID, and how it is verified. `password` "SURROGATE" needs none."""

    userid: str = ""
    password: str = ""


@dataclass(frozen=True)
class Anonymous(Kind):
    """ANONYMOUS, ANONYMOUS user, ANONYMOUS user/password, ANONYMOUS user/SURROGATE."""

    @property
    def allowed(self) -> str:
        """The forms."""
        return "(nothing) | user_id | user_id/password | user_id/SURROGATE"

    def parse(self, text: str) -> AnonymousUser:
        """Return the user; the bare statement means the default user ID."""
        userid, _, password = text.partition("/")
        if len(userid) > 8 or (password and not userid):
            raise BadValue(text, INVALID, self.allowed)
        return AnonymousUser(userid.upper(), password.upper() if password.upper() == "SURROGATE" else password)

    def texts(self, value: object) -> list[str]:
        """Return user/password."""
        assert isinstance(value, AnonymousUser)
        return [value.userid + ("/" + value.password if value.password else "")]


@dataclass(frozen=True)
class SubChar(Kind):
    """SPACE or one byte in hexadecimal."""

    @property
    def allowed(self) -> str:
        """The forms."""
        return "SPACE | two hexadecimal digits"

    def parse(self, text: str) -> str:
        """Return SPACE or the two digits."""
        word = text.upper()
        hexadecimal = len(word) == 2 and all(digit in "0123456789ABCDEF" for digit in word)
        if word != "SPACE" and not hexadecimal:
            raise BadValue(text, INVALID if text else MISSING, self.allowed)
        return word
