r"""What the words of a shell become.

    quotes  ' ' takes all as it is, " " all but $ and `, \x takes x        ~ at the front is HOME
    $NAME ${NAME} ${#NAME} ${NAME:-w} ${NAME-w} ${NAME:=w} ${NAME:?w} ${NAME:+w} ${NAME#p} ${NAME##p} ${NAME%p} ${NAME%%p}
    $? $# $$ $0 $1 .. $@ $*        "$@" is a word for each argument
    $(list) `list`  what the list prints        $((expression))  its value (arithmetic.py)
    * ? [abc]  names of files that fit, or the word itself when none does

Source: [UNIX sh] "Word expansion"; jes-and-jcl reference 5.9. Rules: pure, apart from what `Surroundings` does. What an
unquoted $ gives is cut at blanks. Raises ShellSyntax, and Unset for ${NAME:?word}.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from jes.utilities.bpx.arithmetic import evaluate
from jes.utilities.bpx.lexer import ShellSyntax, unit_end

_NAME = re.compile(r"[A-Za-z_]\w*|\d|[?#$@*!-]")
_BRACED = re.compile(r"(#)?([A-Za-z_]\w*|\d+|[?#$@*!-])(?:(:?[-=?+]|##?|%%?)(.*))?", re.DOTALL)
_GLOB = re.compile(r"[*?\[]")
_ESCAPED_IN_QUOTES = frozenset('"\\$`\n')


class Unset(Exception):
    """A variable that ${NAME:?word} or set -u wants is not set."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, why)
        self.name = name
        self.why = why


class Piece(NamedTuple):
    """A piece of a word. kind: quoted, plain, or cut at blanks; `new` begins another word (the arguments of "$@")."""

    text: str
    kind: str
    new: bool = False


class Surroundings(Protocol):
    """What expansion asks of its shell."""

    directory: str
    arguments: list[str]

    def value(self, name: str) -> str | None:
        """Return a variable or a special parameter, None when it is not set. Raises Unset with set -u."""

    def assign(self, name: str, value: str) -> None:
        """Set a variable."""

    def printed(self, text: str) -> str:
        """Return what a list of commands prints, without the line ends behind it."""

    def names(self, directory: str) -> list[str]:
        """Return the names in a directory, none when it cannot be read."""


def single(word: str, shell: Surroundings) -> str:
    """Return a word expanded where one word must come of it: behind = and redirections."""
    return "".join(piece.text for piece in _pieces(word, shell))


def document(text: str, shell: Surroundings) -> str:
    """Return a here-document with what $ and ` in it give."""
    return "".join(piece.text for piece in _inside(text, shell, escapes="\\$`\n"))


def pattern(word: str, shell: Surroundings) -> str:
    """Return a word as a pattern for fnmatch, in which what was quoted stands for itself."""
    return "".join(_quoted(piece.text) if piece.kind == "quoted" else piece.text for piece in _pieces(word, shell))


def expanded(word: str, shell: Surroundings) -> list[str]:
    """Return the words that a word becomes."""
    fields: list[list[Piece]] = [[]]
    for piece in _pieces(word, shell):
        if piece.new:
            fields.append([])
        if piece.kind != "cut":
            fields[-1].append(piece)
            continue
        parts = piece.text.split()
        if piece.text[:1].isspace() and fields[-1]:
            fields.append([])
        for index, part in enumerate(parts):
            fields += [[]] if index else []
            fields[-1].append(Piece(part, "plain"))
        if parts and piece.text[-1].isspace():
            fields.append([])
    return [name for found in fields if found for name in _files(found, shell)]


def _pieces(word: str, shell: Surroundings) -> Iterator[Piece]:
    at = 0
    if word.startswith("~") and (len(word) == 1 or word[1] == "/"):
        yield Piece(shell.value("HOME") or "/", "quoted")
        at = 1
    while at < len(word):
        end = unit_end(word, at)
        unit = word[at:end]
        if unit.startswith("'") and len(unit) > 1:
            yield Piece(unit[1:-1], "quoted")
        elif unit.startswith("\\") and len(unit) == 2:
            yield Piece(unit[1], "quoted")
        elif unit.startswith('"') and len(unit) > 1:
            yield from _in_quotes(unit[1:-1], shell)
        elif unit.startswith(("$", "`")):
            text, end = _substituted(word, at, shell)
            yield Piece(text, "cut")
        else:
            yield Piece(unit, "plain")
        at = end


def _in_quotes(text: str, shell: Surroundings) -> Iterator[Piece]:
    """Yield the inside of double quotes: one word, but for $@."""
    if text in {"$@", "${@}"}:
        for index, argument in enumerate(shell.arguments):
            yield Piece(argument, "quoted", new=index > 0)
        return
    yield Piece("", "quoted")
    for piece in _inside(text, shell):
        yield Piece(piece.text, "quoted")


def _inside(text: str, shell: Surroundings, escapes: str = '"\\$`\n') -> Iterator[Piece]:
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in set(escapes):
            if text[at + 1] != "\n":
                yield Piece(text[at + 1], "quoted")
            at += 2
        elif text[at] in "$`":
            value, at = _substituted(text, at, shell)
            yield Piece(value, "quoted")
        else:
            yield Piece(text[at], "quoted")
            at += 1


def _substituted(text: str, at: int, shell: Surroundings) -> tuple[str, int]:
    """Return what the $ or ` at `at` gives, and where it ends."""
    if text[at] == "`":
        end = unit_end(text, at)
        return shell.printed(re.sub(r"\\([`\\$])", r"\1", text[at + 1 : end - 1])), end
    if text.startswith("$((", at) and text[: unit_end(text, at)].endswith("))"):
        end = unit_end(text, at)
        return str(evaluate(single(text[at + 3 : end - 2], shell), lambda name: shell.value(name) or "0")), end
    if text.startswith("$(", at):
        end = unit_end(text, at)
        return shell.printed(text[at + 2 : end - 1]), end
    if text.startswith("${", at):
        end = unit_end(text, at)
        return _braced(text[at + 2 : end - 1], shell), end
    match = _NAME.match(text, at + 1)
    return ("$", at + 1) if match is None else (shell.value(match[0]) or "", match.end())


def _braced(text: str, shell: Surroundings) -> str:
    """Return what ${...} gives."""
    match = _BRACED.fullmatch(text)
    if match is None:
        raise ShellSyntax(f"${{{text}}}")
    length, name, operator, word = match.groups()
    if operator and operator[-1] in "-=?+":
        return _defaulted(name, operator, word, shell)
    value = shell.value(name) or ""
    if operator:
        return _trimmed(value, operator, pattern(word, shell))
    return str(len(value)) if length else value


def _defaulted(name: str, operator: str, word: str, shell: Surroundings) -> str:
    try:
        value = shell.value(name)
    except Unset:
        value = None
    is_given = bool(value) if operator.startswith(":") else value is not None
    if operator.endswith("+"):
        return single(word, shell) if is_given else ""
    if is_given:
        return value or ""
    if operator.endswith("?"):
        raise Unset(name, single(word, shell) or "parameter not set")
    given = single(word, shell)
    if operator.endswith("="):
        shell.assign(name, given)
    return given


def _trimmed(value: str, operator: str, fits: str) -> str:
    """Return a value without the shortest or longest front (#, ##) or end (%, %%) that fits a pattern."""
    lengths = range(len(value) + 1)
    for length in reversed(lengths) if len(operator) == 2 else lengths:
        at_front = operator.startswith("#")
        part = value[:length] if at_front else value[len(value) - length :]
        if fnmatch.fnmatchcase(part, fits):
            return value[length:] if at_front else value[: len(value) - length]
    return value


def _quoted(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)


def _files(found: list[Piece], shell: Surroundings) -> list[str]:
    """Return the files whose names a word fits, or its text when it is no pattern or fits none."""
    text = "".join(piece.text for piece in found)
    if not any(_GLOB.search(piece.text) for piece in found if piece.kind != "quoted"):
        return [text]
    wanted = "".join(_quoted(piece.text) if piece.kind == "quoted" else piece.text for piece in found)
    paths = ["/" if wanted.startswith("/") else ""]
    for level in [part for part in wanted.split("/") if part]:
        paths = [posixpath.join(path, name) for path in paths for name in _fitting(path, level, shell)]
    return paths or [text]


def _fitting(path: str, level: str, shell: Surroundings) -> list[str]:
    names = shell.names(posixpath.join(shell.directory, path))
    return sorted(
        name for name in names if (level.startswith(".") or not name.startswith(".")) and fnmatch.fnmatchcase(name, level)
    )
