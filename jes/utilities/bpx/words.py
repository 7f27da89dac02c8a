r"""The words of the small shell: cut out of a line, and expanded.

    quotes  ' ' takes all as it is, " " all but $ and `, \x takes x        $NAME ${NAME} ${NAME:-word} $? $# $$ $1 .. $@
    $(list) `list`  what the list prints        * ? [abc]  names of files that fit, or the word itself when none does

Source: [UNIX sh] "Word expansion"; jes-and-jcl reference 5.9. Not here: arithmetic, ~, here-documents. Rules: pure, apart from
what `Surroundings` does. What an unquoted $ gives is cut at blanks.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from typing import Protocol

#: An operator or a word; a lone & is a word that no command is called.
_SUBSTITUTION = r"\$\((?:[^()'\"]|'[^']*'|\"[^\"]*\"|\([^()]*\))*\)|`[^`]*`"
_TOKEN = re.compile(
    r"\s*(?:(&&|\|\||2>&1|1?>&2|2>>|2>|1>>|1>|>>|[;|<>\n])"
    rf"|((?:{_SUBSTITUTION}|[^\s;|<>&'\"\\]|\\.|'[^']*'|\"(?:[^\"\\]|\\.)*\")+)|(&))"
)
_PART = re.compile(rf"{_SUBSTITUTION}|'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.|[^'\"\\$`]+|.", re.DOTALL)
_VALUE = re.compile(rf"({_SUBSTITUTION})|\$\{{(\w+|[?#$@*])(?::-([^}}]*))?\}}|\$([A-Za-z_]\w*|[0-9?#$@*])", re.DOTALL)
_GLOB = re.compile(r"[*?\[]")

Word = tuple[bool, str]


class Surroundings(Protocol):
    """What expansion asks of its shell."""

    directory: str

    def value(self, name: str) -> str:
        """Return a variable or a special parameter, "" when it is not set."""

    def printed(self, text: str) -> str:
        """Return what a list of commands prints, without the line ends behind it."""

    def names(self, directory: str) -> list[str]:
        """Return the names in a directory, none when it cannot be read."""


def tokens(text: str) -> list[Word]:
    """Return (is operator, text) of each word."""
    found: list[Word] = []
    at = 0
    text = text.strip()
    while at < len(text):
        if text[at] == "\n":
            found.append((True, "\n"))
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            found.append((False, text[at:]))
            break
        found.append((True, match[1]) if match[1] else (False, match[2] or match[3]))
        at = match.end()
    return found


def single(word: str, shell: Surroundings) -> str:
    """Return a word expanded where one word must come of it: behind = and redirections."""
    return "".join(text for text, _ in _pieces(word, shell))


def expanded(word: str, shell: Surroundings) -> list[str]:
    """Return the words that a word becomes."""
    fields: list[list[tuple[str, bool]]] = [[]]
    for text, is_quoted in _pieces(word, shell, marks=True):
        if is_quoted or not text.startswith("\0"):
            fields[-1].append((text, is_quoted))
            continue
        parts = text[1:].split()
        if text[1:2].isspace() and fields[-1]:
            fields.append([])
        for index, part in enumerate(parts):
            fields += [[]] if index else []
            fields[-1].append((part, False))
        if parts and text[-1].isspace():
            fields.append([])
    return [name for field in fields if field for name in _files(field, shell)]


def _pieces(word: str, shell: Surroundings, *, marks: bool = False) -> list[tuple[str, bool]]:
    """Return (text, is quoted); with `marks` what an unquoted $ gives begins with a NUL, since it is cut at blanks."""
    found: list[tuple[str, bool]] = []
    text = ""
    for part in _joined(word):
        if part.startswith("'") and len(part) > 1:
            found.append((part[1:-1], True))
        elif part.startswith("\\") and len(part) == 2:
            found.append((part[1], True))
        elif part.startswith('"') and len(part) > 1:
            text = re.sub(r"\\([\"\\$`])|([^\\]+|\\)", lambda match: f"\\{match[1]}" if match[1] else match[2], part[1:-1])
            found.append((_inside(text, shell), True))
        elif (match := _VALUE.fullmatch(part)) is not None:
            found.append(("\0" * marks + _of(match, shell), False))
        else:
            found.append((part, False))
    return found


def _joined(word: str) -> list[str]:
    """Return the parts of a word: quoted ones, expansions, and what is between them."""
    found: list[str] = []
    at = 0
    while at < len(word):
        match = _VALUE.match(word, at) or _PART.match(word, at)
        assert match is not None
        found.append(match[0])
        at = match.end()
    return found


def _inside(text: str, shell: Surroundings) -> str:
    """Return the inside of double quotes."""
    return re.sub(
        rf"\\(.)|{_VALUE.pattern}", lambda match: match[1] or _of(_VALUE.fullmatch(match[0]), shell), text, flags=re.DOTALL
    )


def _of(match: re.Match[str] | None, shell: Surroundings) -> str:
    assert match is not None
    if match[1]:
        return shell.printed(match[1][2:-1] if match[1].startswith("$") else match[1][1:-1])
    return shell.value(match[2] or match[4]) or (match[3] or "")


def _files(field: list[tuple[str, bool]], shell: Surroundings) -> list[str]:
    """Return the files whose names a field fits, or its text when it is no pattern or fits none."""
    text = "".join(part for part, _ in field)
    if not any(_GLOB.search(part) for part, is_quoted in field if not is_quoted):
        return [text]
    pattern = "".join(re.sub(r"([*?\[])", r"[\1]", part) if is_quoted else part for part, is_quoted in field)
    found = ["/" if pattern.startswith("/") else ""]
    for level in [part for part in pattern.split("/") if part]:
        found = [posixpath.join(path, name) for path in found for name in _fitting(path, level, shell)]
    return found or [text]


def _fitting(path: str, level: str, shell: Surroundings) -> list[str]:
    names = shell.names(posixpath.join(shell.directory, path))
    return sorted(
        name for name in names if (level.startswith(".") or not name.startswith(".")) and fnmatch.fnmatchcase(name, level)
    )
