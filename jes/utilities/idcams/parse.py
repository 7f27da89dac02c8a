"""The command language of IDCAMS: cards to commands, commands to a tree of words.

    command ::= verb item { [","] item }        item ::= word [ "(" { item [","] } ")" ] | "(" { item } ")"

Cards hold text in columns 2-72. A last `-` continues with a blank between, a last `+` without. /* ... */ is comment, ; ends a
command.

Source: [AMS "Notational conventions, continuation"]; jes-and-jcl reference 5.4.
Rules: pure. Raises AmsSyntax only. Keywords may be cut as long as they stay unique among those of their verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jes.hosttext import to_text

FIRST, LAST = 1, 72
_TOKEN = re.compile(r"\s*(?:([XxCcBb]?)'((?:[^']|'')*)'|([(),=])|([^\s(),='][^\s(),=]*))|\s+|,")
MAX_DEPTH = 60


class AmsSyntax(Exception):
    """A command cannot be read. `id` names a row of texts.py; `facts` fill it."""

    def __init__(self, id: str, *facts: str) -> None:
        super().__init__(id, *facts)
        self.id = id
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Line:
    """One logical command: its text, and the card images it came from."""

    text: str
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One word with what stands in parentheses behind it. `prefix` is X, C or B of a quoted constant."""

    word: str
    quoted: bool = False
    prefix: str = ""
    items: tuple[Item, ...] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words in its parentheses."""
        return tuple(item.word for item in self.items or ())

    @property
    def first(self) -> str:
        """The first word in its parentheses, "" when there is none."""
        return self.items[0].word if self.items else ""

    @property
    def dsname(self) -> str:
        """The word as a data set name, with the member in its parentheses."""
        inner = f"({self.items[0].word})" if self.items else ""
        return self.word.partition("/")[0].upper() + inner.upper()


def lines(records: Iterable[bytes], first: int = FIRST, last: int = LAST) -> Iterator[Line]:
    """Yield logical commands, read from column `first` + 1 to `last`. A comment may run over several cards."""
    pieces: list[str] = []
    images: list[str] = []
    in_comment = goes_on = False
    for record in records:
        image = to_text(record)[:80].ljust(80)
        images.append(image)
        # Column 1 is not read, but public decks begin comments there and mean them [assumed].
        body, in_comment = _without_comments(image[0 if image.startswith("/*") else first : last], in_comment)
        body = body.rstrip()
        if in_comment and not body.strip():
            continue
        body = body.lstrip() if goes_on else body
        if body.endswith(("-", "+")):
            goes_on = body.endswith("+")
            pieces.append(body[:-1] if goes_on else body[:-1].rstrip() + " ")
            continue
        for part in _split_semicolons("".join([*pieces, body])):
            yield Line(part.strip(), tuple(images))
            images = []
        pieces, images, goes_on = [], [], False
    if pieces or images:
        yield Line("".join(pieces).strip(), tuple(images))


def _without_comments(text: str, in_comment: bool) -> tuple[str, bool]:
    if in_comment:
        _, end, text = text.partition("*/")
        if not end:
            return "", True
    result, at = "", 0
    while True:
        start = _comment_start(text, at)
        if start < 0:
            return result + text[at:], False
        result += text[at:start] + " "
        end_at = text.find("*/", start + 2)
        if end_at < 0:
            return result, True
        at = end_at + 2


def _comment_start(text: str, at: int) -> int:
    if "/*" not in text[at:]:
        return -1
    in_quotes = False
    for index in range(at, len(text) - 1):
        if text[index] == "'":
            in_quotes = not in_quotes
        elif not in_quotes and text.startswith("/*", index):
            return index
    return -1


def _split_semicolons(text: str) -> Iterator[str]:
    if ";" not in text:
        yield text
        return
    yield from (part for part in re.split(r";(?=(?:[^']*'[^']*')*[^']*$)", text) if part.strip())


def tokens(text: str) -> list[tuple[str, bool, str]]:
    """Return (token, is quoted, prefix) of a command text. Raises AmsSyntax for an open apostrophe."""
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise AmsSyntax("IDC3203I", text[at : at + 20])
        at = match.end()
        if match[2] is not None:
            found.append((match[2].replace("''", "'"), True, match[1].upper()))
        elif match[3] and match[3] != ",":
            found.append((match[3], False, ""))
        elif match[4]:
            found.append((match[4], False, ""))
    return found


def balanced(text: str) -> tuple[str, int]:
    """Return a command with as many right parentheses as left ones, and how many were missing (less than 0: too many)."""
    kept, depth, excess, in_quotes = [], 0, 0, False
    for character in text:
        if character == "'":
            in_quotes = not in_quotes
        elif not in_quotes and character in "()":
            if character == ")" and not depth:
                excess += 1
                continue
            depth += 1 if character == "(" else -1
        kept.append(character)
    missing = 0 if in_quotes else depth
    return "".join(kept) + ")" * missing, missing or -excess


def items(text: str) -> tuple[Item, ...]:
    """Return the tree of a command text. Raises AmsSyntax for unbalanced parentheses."""
    words = tokens(text)
    result, at = _items(words, 0, 0)
    if at < len(words):
        raise AmsSyntax("IDC3205I", words[at][0])
    return result


def _items(words: list[tuple[str, bool, str]], at: int, depth: int) -> tuple[tuple[Item, ...], int]:
    if depth > MAX_DEPTH:
        raise AmsSyntax("IDC3205I", "(")
    result: list[Item] = []
    while at < len(words):
        word, quoted, prefix = words[at]
        if not quoted and word == ")":
            break
        if not quoted and word == "(":
            inner, at = _items(words, at + 1, depth + 1)
            if at >= len(words):
                raise AmsSyntax("IDC3209I", words[-1][0])
            at += 1
            result.append(Item("", items=inner))
            continue
        at += 1
        if at < len(words) and words[at][0] == "(" and not words[at][1]:
            inner, at = _items(words, at + 1, depth + 1)
            if at >= len(words):
                raise AmsSyntax("IDC3209I", words[-1][0])
            at += 1
            result.append(Item(word if quoted else word.upper(), quoted, prefix, inner))
        else:
            result.append(Item(word if quoted else word.upper(), quoted, prefix))
    return tuple(result), at


class Parameters:
    """The parameters of a verb, found by keyword. `table` gives each keyword its other spellings."""

    def __init__(self, found: Iterable[Item], table: dict[str, tuple[str, ...]], positionals: int = 0) -> None:
        """Sort words into keywords and positional items. Raises AmsSyntax for a word that is no keyword."""
        self.positional: list[Item] = []
        self._coded: dict[str, Item] = {}
        exclusive = table.exclusive if isinstance(table, KeywordTable) else None
        for item in found:
            name = None if item.quoted or not item.word else resolve(item.word, table)
            if len(self.positional) < positionals and (name is None or not self.positional):
                self.positional.append(item)
            elif name is None:
                raise AmsSyntax("IDC3211I", item.word or "(")
            elif exclusive is not None and name in self._coded:
                raise AmsSyntax("IDC3213I", item.word)
            else:
                self._coded[name] = item
        for group in exclusive or ():
            coded = [word for word in group if word in self._coded]
            if len(coded) > 1:
                raise AmsSyntax("IDC3226I", coded[1])

    def has(self, keyword: str) -> bool:
        """Tell whether the keyword was coded."""
        return keyword in self._coded

    def item(self, keyword: str) -> Item | None:
        """Return the keyword's item."""
        return self._coded.get(keyword)

    def first(self, keyword: str, default: str = "") -> str:
        """Return the first word of the keyword's parentheses."""
        item = self._coded.get(keyword)
        return item.first if item is not None and item.items else default

    def words(self, keyword: str) -> tuple[str, ...]:
        """Return the words of the keyword's parentheses."""
        item = self._coded.get(keyword)
        return item.words if item is not None else ()

    def number(self, keyword: str, default: int | None = None, place: int = 0) -> int | None:
        """Return a number of the keyword's parentheses. Raises AmsSyntax when it is none."""
        words = self.words(keyword)
        if len(words) <= place:
            return default
        text = words[place]
        if not (text.isascii() and text.isdecimal()) or len(text) > 10:
            raise AmsSyntax("IDC3220I", text)
        return int(text)


class KeywordTable(dict[str, tuple[str, ...]]):
    """Keywords with their other spellings; of the words of each row of `exclusive` a command may code one."""

    exclusive: tuple[tuple[str, ...], ...] | None = None


def keyword_table(text: str, exclusive: str | None = None) -> KeywordTable:
    """Return keywords with their other spellings, written `FULL/SHORT/OTHER` and separated by blanks.

    `exclusive` names words that exclude each other, `ONE/OTHER` separated by blanks. A table that has it refuses words that are
    coded twice too, and a word beside its NO.
    """
    rows = (word.split("/") for word in text.split())
    table = KeywordTable({full: tuple(others) for full, *others in rows})
    if exclusive is not None:
        pairs = tuple((word, f"NO{word}") for word in table if f"NO{word}" in table)
        table.exclusive = (*(tuple(group.split("/")) for group in exclusive.split()), *pairs)
    return table


def resolve(word: str, table: dict[str, tuple[str, ...]]) -> str | None:
    """Return the full keyword that `word` spells, abbreviates or begins uniquely."""
    if word in table:
        return word
    for name, others in table.items():
        if word in others:
            return name
    begun = [name for name in table if name.startswith(word)]
    return begun[0] if len(begun) == 1 and len(word) > 1 else None
