"""A small shell: lists, pipes, redirection, quoting, variables. Commands are those of commands.py; nothing of the host is run.

    list ::= pipeline { (";" | "&&" | "||" | newline) pipeline }     pipeline ::= command { "|" command }
    command ::= { NAME=value } word { word | (">" | ">>" | "<" | "2>" | "2>>") word | "2>&1" | ">&2" }

Source: [UNIX sh]; jes-and-jcl reference 5.9. Not here: words and their expansion (words.py); control structures, jobs (127, "not
found").
Rules: data between commands is host text (EBCDIC) as files hold it. Raises UnixError for a file that a redirection cannot open.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from jes.hosttext import to_host, to_text
from jes.utilities.bpx.words import Word, expanded, single, tokens
from jes.utilities.texts import table as texts
from mvsfs.access import Requester
from mvsfs.errors import UnixError
from mvsfs.sentences import errno_text

#: The line end of z/OS UNIX text.
NEWLINE = b"\x15"
NOT_FOUND = 127
CANNOT_EXECUTE = 126
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


@dataclass
class Shell:
    """One shell: directory, variables, where output goes."""

    files: Any  # mvsfs UnixFiles
    who: Requester
    now: Callable[[], datetime]
    directory: str = "/"
    variables: dict[str, str] = field(default_factory=dict)
    out: bytearray = field(default_factory=bytearray)
    err: bytearray = field(default_factory=bytearray)
    status: int = 0
    is_done: bool = False
    pause: Callable[[float], None] = lambda _seconds: None
    arguments: list[str] = field(default_factory=list)  # $1 $2 ... of a script
    commands: dict[str, Command] = field(default_factory=dict)
    depth: int = 0
    stdin: bytes = b""  # what the first command of each pipeline may read; whoever reads it has it all

    def path(self, name: str) -> str:
        """Return a name as an absolute path."""
        return posixpath.normpath(posixpath.join(self.directory, name))

    def read(self, name: str) -> bytes:
        """Return the contents of a file. Raises UnixError."""
        with self.files.open_input(self.path(name), self.who) as reader:
            return b"".join(reader.chunks())

    def write(self, name: str, data: bytes, *, append: bool = False) -> None:
        """Write a file. Raises UnixError."""
        with self.files.open_output(self.path(name), self.who, append=append) as writer:
            writer.write(data)

    def value(self, name: str) -> str:
        """Return a variable or a special parameter, "" when it is not set."""
        special = {"?": str(self.status), "#": str(len(self.arguments)), "@": " ".join(self.arguments), "$": "1"}
        special["*"] = special["@"]
        if name.isdecimal():
            return self.arguments[int(name) - 1] if 0 < int(name) <= len(self.arguments) else ""
        return special[name] if name in special else self.variables.get(name, "")

    def printed(self, text: str) -> str:
        """Return what a list of commands prints, without the line ends behind it."""
        inner = self.inner(self.arguments)
        self.status = run(text, inner, self.commands)
        self.err += inner.err
        return to_text(bytes(inner.out).replace(NEWLINE, to_host("\n"))).rstrip("\n")

    def names(self, directory: str) -> list[str]:
        """Return the names in a directory, none when it cannot be read."""
        try:
            return [posixpath.basename(one.path) for one in self.files.listdir(posixpath.normpath(directory), self.who)]
        except UnixError:
            return []

    def inner(self, arguments: list[str]) -> Shell:
        """Return a shell for a script or a substitution: what it sets is its own. Raises UnixError when they call too deep."""
        if self.depth >= _DEEPEST:
            raise UnixError("EAGAIN", self.directory)
        return replace(
            self, variables=dict(self.variables), out=bytearray(), err=bytearray(), stdin=b"", is_done=False,
            arguments=arguments, depth=self.depth + 1,
        )  # fmt: skip

    def complain(self, text: str) -> None:
        """Write a line of diagnostics."""
        self.err += to_host(text + "\n")


#: A command: its arguments, standard input, the shell; returns exit status and writes through `put`.
Command = Callable[[list[str], bytes, Shell, bytearray], int]


def run(text: str, shell: Shell, commands: dict[str, Command]) -> int:
    """Run a list of commands; return the status of the last."""
    words = tokens(text)
    shell.commands = commands
    at = 0
    separator = ";"
    while at < len(words) and not shell.is_done:
        end = at
        while end < len(words) and words[end] not in _SEPARATORS:
            end += 1
        does = separator in {";", "\n"} or (separator == "&&") is (shell.status == 0)
        if does and end > at:
            shell.status = _pipeline(words[at:end], shell, commands)
        separator = words[end][1] if end < len(words) else ";"
        at = end + 1
    return shell.status


_SEPARATORS = ((True, ";"), (True, "&&"), (True, "||"), (True, "\n"))
#: How deep scripts and command substitutions may call one another.
_DEEPEST = 20


def _pipeline(words: list[Word], shell: Shell, commands: dict[str, Command]) -> int:
    data = shell.stdin
    status = 0
    stages: list[list[Word]] = [[]]
    for word in words:
        if word == (True, "|"):
            stages.append([])
        else:
            stages[-1].append(word)
    for index, stage in enumerate(stages):
        output = bytearray()
        status = _command(stage, data, shell, output, commands)
        data = bytes(output)
        if index == len(stages) - 1:
            shell.out += data
    return status


def _command(words: list[Word], data: bytes, shell: Shell, output: bytearray, commands: dict[str, Command]) -> int:
    arguments: list[str] = []
    target: tuple[str, bool] | None = None
    errors: tuple[str, bool] | None = None
    joined = ""
    at = 0
    try:
        while at < len(words):
            is_operator, text = words[at]
            if not is_operator or text in _JOINS:
                if is_operator:
                    joined = text
                else:
                    arguments.append(text)
                at += 1
                continue
            following = single(words[at + 1][1], shell) if at + 1 < len(words) else ""
            if text == "<":
                data = shell.read(following)
            elif text.startswith("2"):
                errors = (following, text == "2>>")
            else:
                target = (following, text.endswith(">>"))
            at += 2
        mark = len(shell.err)
        status = _call(arguments, data, shell, output, commands)
        if joined == "2>&1" and errors is None:
            output += shell.err[mark:]
            del shell.err[mark:]
        elif joined:
            shell.err += output
            output.clear()
        if target is not None:
            _redirected(shell, target, output)
        if errors is not None:
            told = shell.err[mark:]
            del shell.err[mark:]
            _redirected(shell, errors, told)
        return status
    except UnixError as error:
        shell.complain(texts.line("fsum.open", path=error.path, why=errno_text(error.errno_name)))
        return 1


def _script(arguments: list[str], data: bytes, shell: Shell, output: bytearray) -> int:
    """Run the lines of a file that is named with a /; without one there is no such command."""
    if "/" not in arguments[0]:
        shell.complain(texts.line("fsum.notfound", name=arguments[0]))
        return NOT_FOUND
    try:
        text = to_text(shell.read(arguments[0]).replace(NEWLINE, to_host("\n")))
    except UnixError as error:
        is_there = error.errno_name != "ENOENT"
        key = "fsum.cannotexecute" if is_there else "fsum.notfound"
        shell.complain(texts.line(key, name=arguments[0], why=errno_text(error.errno_name)))
        return CANNOT_EXECUTE if is_there else NOT_FOUND
    inner = shell.inner(arguments[1:])
    inner.stdin = data
    status = run(without_comments(text), inner, shell.commands)
    output += inner.out
    shell.err += inner.err
    return status


def without_comments(script: str) -> str:
    """Return a script without its lines of comment."""
    return "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("#"))


_JOINS = frozenset({"2>&1", ">&2", "1>&2"})


def _redirected(shell: Shell, target: tuple[str, bool], data: bytearray) -> None:
    """Write to the file of a redirection instead of where it would go."""
    if target[0] != "/dev/null":
        shell.write(target[0], bytes(data), append=target[1])
    data.clear()


def _call(words: list[str], data: bytes, shell: Shell, output: bytearray, commands: dict[str, Command]) -> int:
    while words and (match := _ASSIGNMENT.fullmatch(words[0])):
        shell.variables[match[1]] = single(match[2], shell)
        words = words[1:]
    if not words:
        return 0
    arguments = [one for word in words for one in expanded(word, shell)]
    if not arguments:
        return shell.status
    name = posixpath.basename(arguments[0])
    command = commands.get(name)
    try:
        if command is None:
            return _script(arguments, data, shell, output)
        return command(arguments[1:], data, shell, output)
    except UnixError as error:
        shell.complain(texts.line("fsum.command", name=name, path=error.path, why=errno_text(error.errno_name)))
        return 1
