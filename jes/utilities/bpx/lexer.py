"""Cuts the text of a shell script into tokens: words as they were typed, operators, redirections with their here-documents.

Source: [UNIX sh], [POSIX XCU 2.3]. Not here: what words become (words.py), what tokens mean (grammar.py). Rules: pure; raises
ShellSyntax for what has no end. A # that begins a word begins a comment; a backslash at the end of a line joins it to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_REDIRECT = re.compile(r"(\d*)(<<-|<<|<&|>&|>>|>\||<>|<|>)")
_OPERATOR = re.compile(r"&&|\|\||;;|[;&|()\n]")
_BLANKS = " \t\r"
_ENDS_WORD = frozenset(" \t\r\n;&|()<>")


class ShellSyntax(Exception):
    """A script cannot be read; `near` is what it stumbles over."""

    def __init__(self, near: str) -> None:
        super().__init__(near)
        self.near = near


@dataclass(slots=True)
class HereDocument:
    """The lines behind <<; `is_quoted` when nothing in them is replaced."""

    delimiter: str
    is_quoted: bool
    strips_tabs: bool
    text: str = ""


@dataclass(slots=True)
class Token:
    """kind: word, op, redirect or end. Of a redirection `text` is the operator and `fd` the number before it, or its default."""

    kind: str
    text: str
    fd: int = -1
    here: HereDocument | None = None


@dataclass(slots=True)
class _Lexer:
    text: str
    at: int = 0
    tokens: list[Token] = field(default_factory=list)
    waiting: list[HereDocument] = field(default_factory=list)

    def run(self) -> list[Token]:
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter in _BLANKS:
                self.at += 1
            elif letter == "#":
                self.at = end if (end := self.text.find("\n", self.at)) >= 0 else len(self.text)
            else:
                self._token()
        self._documents()
        self.tokens.append(Token("end", ""))
        return self.tokens

    def _token(self) -> None:
        if match := _REDIRECT.match(self.text, self.at):
            self.at = match.end()
            fd = int(match[1]) if match[1] else int(match[2].startswith(">"))
            self.tokens.append(Token("redirect", match[2], fd))
            if match[2].startswith("<<"):
                self._announce(self.tokens[-1])
        elif match := _OPERATOR.match(self.text, self.at):
            self.at = match.end()
            self.tokens.append(Token("op", match[0]))
            if match[0] == "\n":
                self._documents()
        else:
            start = self.at
            self.at = word_end(self.text, start)
            self.tokens.append(Token("word", self.text[start : self.at]))

    def _announce(self, token: Token) -> None:
        """Note a here-document whose lines begin behind this line."""
        while self.text[self.at : self.at + 1] in {" ", "\t"}:
            self.at += 1
        start = self.at
        self.at = word_end(self.text, start)
        raw = self.text[start : self.at]
        if not raw:
            raise ShellSyntax(token.text)
        token.here = HereDocument(re.sub(r"['\"\\]", "", raw), bool(re.search(r"['\"\\]", raw)), token.text.endswith("-"))
        self.waiting.append(token.here)

    def _documents(self) -> None:
        """Read the here-documents that were announced; one without its end takes all that is left."""
        for here in self.waiting:
            lines: list[str] = []
            while self.at < len(self.text):
                end = self.text.find("\n", self.at)
                line = self.text[self.at : end if end >= 0 else len(self.text)]
                self.at = end + 1 if end >= 0 else len(self.text)
                line = line.lstrip("\t") if here.strips_tabs else line
                if line.rstrip() == here.delimiter:
                    break
                lines.append(line + "\n")
            here.text = "".join(lines)
        self.waiting.clear()


def tokens(text: str) -> list[Token]:
    """Return the tokens of a script, an end behind them. Raises ShellSyntax."""
    return _Lexer(re.sub(r"\\\n", "", text.replace("\r\n", "\n"))).run()


def word_end(text: str, at: int) -> int:
    """Return where the word that begins at `at` ends. Raises ShellSyntax."""
    while at < len(text) and text[at] not in _ENDS_WORD:
        at = unit_end(text, at)
    return at


def unit_end(text: str, at: int) -> int:
    """Return where the letter, quotation or substitution at `at` ends. Raises ShellSyntax."""
    letter = text[at]
    if letter == "\\":
        return min(at + 2, len(text))
    if letter == "'":
        return _found(text, "'", at + 1, at)
    if letter == '"':
        return _closed(text, at + 1, '"', at)
    if letter == "`":
        at_end = at + 1
        while at_end < len(text) and text[at_end] != "`":
            at_end += 2 if text[at_end] == "\\" else 1
        return _known(text, at_end, at)
    if letter == "$" and text[at + 1 : at + 2] in {"(", "{"}:
        return _closed(text, at + 2, ")" if text[at + 1] == "(" else "}", at)
    return at + 1


def _found(text: str, letter: str, start: int, at: int) -> int:
    end = text.find(letter, start)
    return _known(text, end if end >= 0 else len(text), at)


def _closed(text: str, at: int, closing: str, start: int) -> int:
    """Return where what `closing` ends is over: quotations and substitutions inside are passed over whole."""
    while at < len(text) and text[at] != closing:
        if closing == '"' and text[at] == "'":
            at += 1
        elif closing == ")" and text[at] == "(":
            at = _closed(text, at + 1, ")", at)
        else:
            at = unit_end(text, at)
    return _known(text, at, start)


def _known(text: str, end: int, start: int) -> int:
    """Return the place behind `end`. Raises ShellSyntax when the text is over there."""
    if end >= len(text):
        raise ShellSyntax(text[start : start + 20])
    return end + 1
