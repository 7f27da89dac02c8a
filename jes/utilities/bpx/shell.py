"""A small shell: lists, pipes, redirection, quoting, variables. Commands are those of commands.py; nothing of the host is run.

    list ::= pipeline { (";" | "&&" | "||" | newline) pipeline }     pipeline ::= command { "|" command }
    command ::= { NAME=value } word { word | (">" | ">>" | "<" | "2>") word }

Source: [UNIX sh]; jes-and-jcl reference 5.9. Not here: control structures, command substitution, jobs (127, "not found").
Rules: data between commands is host text (EBCDIC) as files hold it. Raises UnixError for a file that a redirection cannot open.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jes.hosttext import to_host
from mvsfs.access import Requester
from mvsfs.errors import UnixError
from mvsfs.sentences import errno_text

NOT_FOUND = 127
_TOKEN = re.compile(r"\s*(?:(&&|\|\||2>>|2>|>>|[;|<>\n])|((?:[^\s;|<>&'\"\\]|\\.|'[^']*'|\"(?:[^\"\\]|\\.)*\")+)|(&))")
_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*|\?))")
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

    def complain(self, text: str) -> None:
        """Write a line of diagnostics."""
        self.err += to_host(text + "\n")


#: A command: its arguments, standard input, the shell; returns exit status and writes through `put`.
Command = Callable[[list[str], bytes, Shell, bytearray], int]


def run(text: str, shell: Shell, commands: dict[str, Command]) -> int:
    """Run a list of commands; return the status of the last."""
    words = _tokens(text)
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


_Word = tuple[bool, str]
_SEPARATORS = ((True, ";"), (True, "&&"), (True, "||"), (True, "\n"))


def _tokens(text: str) -> list[_Word]:
    """Return (is operator, text) of each word."""
    found: list[_Word] = []
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


def _pipeline(words: list[_Word], shell: Shell, commands: dict[str, Command]) -> int:
    data = shell.stdin
    status = 0
    stages: list[list[_Word]] = [[]]
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


def _command(words: list[_Word], data: bytes, shell: Shell, output: bytearray, commands: dict[str, Command]) -> int:
    arguments: list[str] = []
    target: tuple[str, bool] | None = None
    errors: str | None = None
    at = 0
    try:
        while at < len(words):
            is_operator, text = words[at]
            following = expand(words[at + 1][1], shell) if at + 1 < len(words) else ""
            if is_operator and text in {">", ">>"}:
                target = (following, text == ">>")
            elif is_operator and text == "<":
                data = shell.read(following)
            elif is_operator:
                errors = following
            else:
                arguments.append(text)
                at += 1
                continue
            at += 2
        mark = len(shell.err)
        status = _call(arguments, data, shell, output, commands)
        if target is not None:
            shell.write(target[0], bytes(output), append=target[1])
            output.clear()
        if errors is not None:
            if errors != "/dev/null":
                shell.write(errors, bytes(shell.err[mark:]))
            del shell.err[mark:]
        return status
    except UnixError as error:
        shell.complain(f"FSUM7332 {error.path}: {errno_text(error.errno_name)}")
        return 1


def _call(words: list[str], data: bytes, shell: Shell, output: bytearray, commands: dict[str, Command]) -> int:
    while words and (match := _ASSIGNMENT.fullmatch(words[0])):
        shell.variables[match[1]] = expand(match[2], shell)
        words = words[1:]
    if not words:
        return 0
    arguments = [expand(word, shell) for word in words]
    name = posixpath.basename(arguments[0])
    command = commands.get(name)
    if command is None:
        shell.complain(f"{arguments[0]}: FSUM7351 not found")
        return NOT_FOUND
    try:
        return command(arguments[1:], data, shell, output)
    except UnixError as error:
        shell.complain(f"{name}: FSUM6259 {error.path}: {errno_text(error.errno_name)}")
        return 1


def expand(word: str, shell: Shell) -> str:
    """Return a word with quotes resolved and variables replaced."""
    result: list[str] = []
    for part in re.findall(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\.|[^'\"\\]+|.", word, re.DOTALL):
        if part.startswith("'") and len(part) > 1:
            result.append(part[1:-1])
        elif part.startswith("\\") and len(part) == 2:
            result.append(part[1])
        else:
            body = part[1:-1] if part.startswith('"') and len(part) > 1 else part
            result.append(_VARIABLE.sub(lambda match: _value(match, shell), body))
    return "".join(result)


def _value(match: re.Match[str], shell: Shell) -> str:
    name = match[1] or match[2]
    return str(shell.status) if name == "?" else shell.variables.get(name, "")
