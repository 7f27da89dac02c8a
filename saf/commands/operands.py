"""The grammar of TSO command operands: words, quoted strings, keywords with lists, abbreviations.

Source: [TSOPG] "IKJPARS": separators are blanks, commas and tabs; a keyword may be shortened to what tells it from the
command's other keywords; right parentheses missing at the end are assumed, too many at the end ignored; `/* */` is a comment;
a line that ends with `+` or `-` goes on.
Rules: pure. Whatever the text, either operands come back or OperandError is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from saf.errors import OperandError

_SEPARATORS = " ,\t\r\n"
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Item:
    """A word or quoted string, and what stands in parentheses after it (None without parentheses)."""

    word: str
    inner: tuple[Item, ...] | None = None
    quoted: bool = False


class Takes(Enum):
    """What a keyword takes in parentheses."""

    NOTHING = "nothing"
    VALUE = "a value"
    OPTIONAL = "a value, or nothing"
    LIST = "values"
    FIELDS = "operands of its own"


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword of a command; `fields` are the keywords inside its parentheses. An alias is never shortened further."""

    name: str
    takes: Takes = Takes.NOTHING
    fields: tuple[Keyword, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The keyword as help and the reference page show it."""
        if self.takes is Takes.NOTHING:
            return self.name
        if self.takes is Takes.FIELDS:
            return f"{self.name}({' '.join(field.name for field in self.fields)})"
        return f"{self.name}({'...' if self.takes is Takes.LIST else 'x'})"


@dataclass(frozen=True)
class Operands:
    """What a command was given: positional items in order, and keywords by their full names."""

    positional: tuple[Item, ...] = ()
    given: Mapping[str, Item] = field(default_factory=dict)
    specs: Mapping[str, Keyword] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def any_of(self, *names: str) -> str | None:
        """Return the one of `names` that was given last, or None."""
        return next((name for name in reversed(list(self.given)) if name in names), None)

    def value(self, name: str, default: str = "") -> str:
        """Return the value of a keyword, or `default` when it was not given or given without one."""
        item = self.given.get(name)
        return item.inner[0].word if item and item.inner else default

    def values(self, name: str) -> list[str]:
        """Return the values of a keyword's list."""
        item = self.given.get(name)
        return [inner.word for inner in item.inner or ()] if item else []

    def fields(self, name: str) -> Operands:
        """Return the operands inside a keyword's parentheses."""
        item = self.given.get(name)
        if item is None:
            return Operands()
        return resolve(item.inner or (), self.specs[name].fields)


def join_lines(text: str) -> str:
    """Return a command of several lines as one: `+` drops the next line's leading blanks, `-` keeps them."""
    joined = ""
    strip = False
    for line in text.splitlines():
        part = line.lstrip() if strip else line
        ended = part.rstrip()
        strip = ended.endswith("+")
        if ended.endswith(("+", "-")):
            joined += ended[:-1]
        else:
            joined += part + " "
    return joined.strip()


def command_name(text: str) -> tuple[str, str]:
    """Return the name that a command begins with, in upper case, and the rest."""
    start = _skip(text, 0)
    end = start
    while end < len(text) and text[end] not in _SEPARATORS + "()'":
        end += 1
    return text[start:end].upper(), text[end:]


def parse(text: str) -> tuple[Item, ...]:
    """Return the items of a command text. Raises: OperandError."""
    items, rest = _items(text, 0, 0)
    if text[rest:].strip(_SEPARATORS + ")"):
        raise OperandError("keyword", text[rest:].strip()[:40])
    return tuple(items)


def _items(text: str, at: int, depth: int) -> tuple[list[Item], int]:
    if depth > _MAX_DEPTH:
        raise OperandError("depth", text[at : at + 20])
    items: list[Item] = []
    while True:
        at = _skip(text, at)
        if at >= len(text) or text[at] == ")":
            return items, at
        if text[at] == "(":
            inner, at = _inner(text, at, depth)
            items.append(Item("", inner))
            continue
        quoted = text[at] == "'"
        word, at = _quoted(text, at) if quoted else _word(text, at)
        after = _skip(text, at)
        if not quoted and after < len(text) and text[after] == "(":
            inner, at = _inner(text, after, depth)
            items.append(Item(word, inner))
        else:
            items.append(Item(word, None, quoted))


def _inner(text: str, at: int, depth: int) -> tuple[tuple[Item, ...], int]:
    inner, end = _items(text, at + 1, depth + 1)
    return tuple(inner), min(end + 1, len(text))


def _skip(text: str, at: int) -> int:
    while at < len(text):
        if text[at] in _SEPARATORS:
            at += 1
        elif text.startswith("/*", at):
            end = text.find("*/", at + 2)
            at = len(text) if end < 0 else end + 2
        else:
            break
    return at


def _word(text: str, at: int) -> tuple[str, int]:
    start = at
    while at < len(text) and text[at] not in _SEPARATORS + "()'" and not text.startswith("/*", at):
        at += 1
    return text[start:at], at


def _quoted(text: str, at: int) -> tuple[str, int]:
    built = ""
    start = at
    at += 1
    while True:
        end = text.find("'", at)
        if end < 0:
            raise OperandError("quote", text[start : start + 40])
        built += text[at:end]
        if not text.startswith("''", end):
            return built, end + 1
        built += "'"
        at = end + 2


def resolve(items: Sequence[Item], keywords: Sequence[Keyword], *, positionals: int = 0) -> Operands:
    """Sort items into positional ones (the first `positionals`, quoted ones anywhere they fit) and keywords.

    Raises: OperandError for a keyword that the command does not have, or that cannot be told from another, or whose value is
    missing or one too many.
    """
    given: dict[str, Item] = {}
    specs: dict[str, Keyword] = {}
    placed: list[Item] = []
    for item in items:
        if len(placed) < positionals and not given:
            # RDEFINE FACILITY (A B): the list is an operand of its own, not what the class takes.
            apart = item.word and item.inner is not None and len(placed) + 1 < positionals
            placed += [Item(item.word), Item("", item.inner)] if apart else [item]
            continue
        if item.quoted or not item.word:
            raise OperandError("keyword", item.word or "(")
        keyword = find(item.word, keywords)
        _check(keyword, item)
        given.pop(keyword.name, None)
        given[keyword.name] = item
        specs[keyword.name] = keyword
    return Operands(tuple(placed), given, specs)


def find(word: str, keywords: Sequence[Keyword]) -> Keyword:
    """Return the keyword that `word` names or shortens. Raises: OperandError."""
    upper = word.upper()
    exact = [keyword for keyword in keywords if upper == keyword.name or upper in keyword.aliases]
    found = exact or [keyword for keyword in keywords if keyword.name.startswith(upper)]
    if not found:
        raise OperandError("keyword", word)
    if len(found) > 1:
        raise OperandError("ambiguous", word)
    return found[0]


def _check(keyword: Keyword, item: Item) -> None:
    inner = item.inner
    if keyword.takes is Takes.NOTHING and inner:
        raise OperandError("keyword", inner[0].word)
    if keyword.takes in (Takes.VALUE, Takes.LIST) and not inner:
        raise OperandError("missing", keyword.name, keyword.name)
    if keyword.takes in (Takes.VALUE, Takes.OPTIONAL) and inner and (len(inner) > 1 or inner[0].inner is not None):
        raise OperandError("invalid", inner[-1].word, keyword.name)
    if keyword.takes is Takes.LIST and any(part.inner is not None for part in inner or ()):
        raise OperandError("invalid", item.word, keyword.name)


def plain(*names: str) -> tuple[Keyword, ...]:
    """Return keywords that take nothing."""
    return tuple(Keyword(name) for name in names)


def valued(*names: str) -> tuple[Keyword, ...]:
    """Return keywords that take one value."""
    return tuple(Keyword(name, Takes.VALUE) for name in names)


def listed(*names: str) -> tuple[Keyword, ...]:
    """Return keywords that take values."""
    return tuple(Keyword(name, Takes.LIST) for name in names)


def whole_number(text: str, name: str, low: int, high: int) -> int:
    """Return a number within limits. Raises: OperandError."""
    if not (text.isascii() and text.isdecimal()) or not low <= int(text) <= high:
        raise OperandError("invalid", text, name)
    return int(text)


def text(operands: Operands, keyword: str, most: int) -> str:
    """Return the value of a keyword, empty without one. Raises: OperandError when it is longer than its field."""
    value = operands.value(keyword)
    if len(value) > most:
        raise OperandError("invalid", value, keyword)
    return value
