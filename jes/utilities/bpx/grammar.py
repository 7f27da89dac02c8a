"""The grammar of the shell: tokens to a tree of commands.

    list      ::= and_or { (";" | "&" | newline) and_or }          and_or ::= pipeline { ("&&" | "||") pipeline }
    pipeline  ::= ["!"] command { "|" command }
    command   ::= simple | (compound { redirection }) | name "(" ")" compound
    compound  ::= if | while | until | for | case | "{" list "}" | "(" list ")"

Source: [UNIX sh], [POSIX XCU 2.10]. Not here: tokens (lexer.py), doing it (shell.py). Rules: pure; raises ShellSyntax. Reserved
words are such where a command begins. & does not run beside: there is one process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jes.utilities.bpx.lexer import HereDocument, ShellSyntax, Token, tokens

DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirection: file number, operator, word behind it, or the here-document."""

    fd: int
    operator: str
    word: str
    here: HereDocument | None = None


@dataclass(slots=True)
class Simple:
    """Assignments and words."""

    words: list[str] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A list in braces, or in parentheses: then it has a shell of its own."""

    body: Commands
    is_subshell: bool = False
    redirects: list[Redirect] = field(default_factory=list)


@dataclass(slots=True)
class If:
    """Conditions with what they lead to, and what else."""

    branches: list[tuple[Commands, Commands]]
    otherwise: Commands | None = None
    redirects: list[Redirect] = field(default_factory=list)


@dataclass(slots=True)
class Loop:
    """while, or until when `until`."""

    condition: Commands
    body: Commands
    until: bool = False
    redirects: list[Redirect] = field(default_factory=list)


@dataclass(slots=True)
class For:
    """for name in words; without `in` over the arguments."""

    name: str
    words: list[str] | None
    body: Commands
    redirects: list[Redirect] = field(default_factory=list)


@dataclass(slots=True)
class Case:
    """case word in patterns) list ;; esac."""

    word: str
    choices: list[tuple[list[str], Commands]]
    redirects: list[Redirect] = field(default_factory=list)


@dataclass(slots=True)
class Function:
    """The definition of a function."""

    name: str
    body: Command
    redirects: list[Redirect] = field(default_factory=list)


Command = Simple | Group | If | Loop | For | Case | Function


@dataclass(slots=True)
class Pipeline:
    """Commands that pass their output on."""

    stages: list[Command]
    is_negated: bool = False


#: Pipelines, each with the operator before it: "" for the first, && or ||.
AndOr = list[tuple[str, Pipeline]]
Commands = list[AndOr]
_CLOSING = frozenset({"then", "else", "elif", "fi", "do", "done", "esac", "}"})
_NAME = re.compile(r"[A-Za-z_]\w*")


def parse(text: str) -> Commands:
    """Return the commands of a script. Raises ShellSyntax."""
    parser = _Parser(tokens(text))
    commands = parser.commands()
    if parser.token.kind != "end":
        raise ShellSyntax(parser.token.text)
    return commands


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self.token
        self._at += token.kind != "end"
        return token

    def _is(self, text: str, kind: str = "word") -> bool:
        return self.token.kind == kind and self.token.text == text

    def _want(self, text: str, kind: str = "word") -> None:
        if not self._is(text, kind):
            raise ShellSyntax(self.token.text)
        self._next()

    def _newlines(self) -> None:
        while self._is("\n", "op"):
            self._next()

    def commands(self) -> Commands:
        found: Commands = []
        self._depth += 1
        if self._depth > DEEPEST:
            raise ShellSyntax(self.token.text)
        while True:
            while self.token.kind == "op" and self.token.text in {";", "\n", "&"}:
                self._next()
            token = self.token
            if token.kind == "end" or (token.kind == "word" and token.text in _CLOSING):
                break
            if token.kind == "op" and token.text in {")", ";;"}:
                break
            found.append(self._and_or())
        self._depth -= 1
        return found

    def _body(self, *closing: str) -> Commands:
        """Return a list that one of these words ends. Raises ShellSyntax for an empty one."""
        body = self.commands()
        if not body or self.token.kind != "word" or self.token.text not in closing:
            raise ShellSyntax(self.token.text or "end of file")
        return body

    def _and_or(self) -> AndOr:
        found: AndOr = [("", self._pipeline())]
        while self.token.kind == "op" and self.token.text in {"&&", "||"}:
            operator = self._next().text
            self._newlines()
            found.append((operator, self._pipeline()))
        return found

    def _pipeline(self) -> Pipeline:
        negated = self._is("!")
        if negated:
            self._next()
        stages = [self._command()]
        while self._is("|", "op"):
            self._next()
            self._newlines()
            stages.append(self._command())
        return Pipeline(stages, negated)

    def _command(self) -> Command:
        command = self._compound()
        if command is None:
            return self._simple()
        while self.token.kind == "redirect":
            command.redirects.append(self._redirect())
        return command

    def _compound(self) -> Command | None:
        if self._is("(", "op"):
            self._next()
            body = self.commands()
            self._want(")", "op")
            return Group(body, True)
        if self.token.kind != "word":
            return None
        reader = {
            "{": self._braces,
            "if": self._if,
            "while": self._loop,
            "until": self._loop,
            "for": self._for,
            "case": self._case,
        }
        if self.token.text in reader:
            return reader[self.token.text]()
        following = self._tokens[self._at + 1 : self._at + 3]
        if _NAME.fullmatch(self.token.text) and [token.text for token in following] == ["(", ")"]:
            name = self._next().text
            self._at += 2
            self._newlines()
            return Function(name, self._command())
        return None

    def _braces(self) -> Command:
        self._next()
        body = self._body("}")
        self._next()
        return Group(body)

    def _if(self) -> Command:
        self._next()
        branches, otherwise = [], None
        condition = self._body("then")
        self._next()
        branches.append((condition, self._body("elif", "else", "fi")))
        while self._is("elif"):
            self._next()
            condition = self._body("then")
            self._next()
            branches.append((condition, self._body("elif", "else", "fi")))
        if self._is("else"):
            self._next()
            otherwise = self._body("fi")
        self._want("fi")
        return If(branches, otherwise)

    def _loop(self) -> Command:
        until = self._next().text == "until"
        condition = self._body("do")
        return Loop(condition, self._do(), until)

    def _do(self) -> Commands:
        self._want("do")
        body = self._body("done")
        self._next()
        return body

    def _for(self) -> Command:
        self._next()
        name = self._next().text
        if not _NAME.fullmatch(name):
            raise ShellSyntax(name)
        self._newlines()
        words: list[str] | None = None
        if self._is("in"):
            self._next()
            words = []
            while self.token.kind == "word":
                words.append(self._next().text)
        if self._is(";", "op"):
            self._next()
        self._newlines()
        return For(name, words, self._do())

    def _case(self) -> Command:
        self._next()
        word = self._next().text
        self._newlines()
        self._want("in")
        choices = []
        self._newlines()
        while not self._is("esac"):
            if self._is("(", "op"):
                self._next()
            patterns = [self._next().text]
            while self._is("|", "op"):
                self._next()
                patterns.append(self._next().text)
            self._want(")", "op")
            choices.append((patterns, self.commands()))
            if self._is(";;", "op"):
                self._next()
            elif not self._is("esac"):
                raise ShellSyntax(self.token.text or "end of file")
            self._newlines()
        self._next()
        return Case(word, choices)

    def _simple(self) -> Simple:
        command = Simple()
        while self.token.kind in {"word", "redirect"}:
            if self.token.kind == "redirect":
                command.redirects.append(self._redirect())
            else:
                command.words.append(self._next().text)
        if not command.words and not command.redirects:
            raise ShellSyntax(self.token.text.replace("\n", "newline") or "end of file")
        return command

    def _redirect(self) -> Redirect:
        token = self._next()
        if token.here is not None:
            return Redirect(token.fd, token.text, "", token.here)
        if self.token.kind != "word":
            raise ShellSyntax(token.text)
        return Redirect(token.fd, token.text, self._next().text)
