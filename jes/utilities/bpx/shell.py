"""What a shell of BPXBATCH knows: its directory, variables and functions, and where its output goes.

Source: [UNIX sh]; jes-and-jcl reference 5.9. Not here: running commands (running.py). Rules: data between commands is host text
(EBCDIC) as files hold it. Nothing of the host is run.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from jes.hosttext import to_host, to_text
from jes.utilities.bpx.grammar import Command
from jes.utilities.bpx.words import Unset
from mvsfs.access import Requester
from mvsfs.errors import UnixError

#: The line end of z/OS UNIX text.
NEWLINE = b"\x15"
DEEPEST = 20
_NULL = "/dev/null"


class Leave(Exception):
    """Control leaves what runs. kind: exit, return, break or continue; `count` of loops, or the exit status."""

    def __init__(self, kind: str, count: int) -> None:
        super().__init__(kind, count)
        self.kind = kind
        self.count = count


@dataclass
class Input:
    """Standard input: whoever reads takes what it has read."""

    data: bytes = b""

    def read(self) -> bytes:
        """Return all that is left."""
        data, self.data = self.data, b""
        return data

    def line(self) -> bytes | None:
        """Return the next line without its end; None when there is none."""
        if not self.data:
            return None
        line, _, self.data = self.data.partition(NEWLINE)
        return line


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
    pause: Callable[[float], None] = lambda _seconds: None
    check: Callable[[], None] = lambda: None  # raises the abend of a job that is to end
    arguments: list[str] = field(default_factory=list)  # $1 $2 ...
    name: str = "sh"  # $0
    commands: dict[str, Program] = field(default_factory=dict)
    functions: dict[str, Command] = field(default_factory=dict)
    options: set[str] = field(default_factory=set)  # e u x of set
    traps: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    tested: int = 0  # how many conditions surround what runs: a failure there ends nothing with set -e
    stdin: Input = field(default_factory=Input)
    step: Any = None  # StepContext, for commands that reach MVS
    run: Callable[[str, Shell], int] = lambda _text, _shell: 0  # runs a script (running.py)

    def path(self, name: str) -> str:
        """Return a name as an absolute path."""
        return posixpath.normpath(posixpath.join(self.directory, name))

    def read(self, name: str) -> bytes:
        """Return the contents of a file. Raises UnixError."""
        if self.path(name) == _NULL:
            return b""
        with self.files.open_input(self.path(name), self.who) as reader:
            return b"".join(reader.chunks())

    def write(self, name: str, data: bytes, *, append: bool = False) -> None:
        """Write a file. Raises UnixError."""
        if self.path(name) == _NULL:
            return
        with self.files.open_output(self.path(name), self.who, append=append) as writer:
            writer.write(data)

    def value(self, name: str) -> str | None:
        """Return a variable or a special parameter, None when it is not set. Raises Unset with set -u."""
        arguments = self.arguments
        special = {
            "?": str(self.status), "#": str(len(arguments)), "@": " ".join(arguments), "*": " ".join(arguments), "$": "1",
            "0": self.name, "-": "".join(sorted(self.options)), "!": "",
        }  # fmt: skip
        if name in special:
            return special[name]
        if name.isdecimal():
            found = arguments[int(name) - 1] if 0 < int(name) <= len(arguments) else None
        else:
            found = self.variables.get(name)
        if found is None and "u" in self.options:
            raise Unset(name, "parameter not set")
        return found

    def assign(self, name: str, value: str) -> None:
        """Set a variable."""
        self.variables[name] = value

    def printed(self, text: str) -> str:
        """Return what a list of commands prints, without the line ends behind it."""
        inner = self.inner(self.arguments)
        inner.stdin = self.stdin
        self.status = self.run(text, inner)
        self.err += inner.err
        return text_of(bytes(inner.out)).rstrip("\n")

    def names(self, directory: str) -> list[str]:
        """Return the names in a directory, none when it cannot be read."""
        try:
            return [posixpath.basename(one.path) for one in self.files.listdir(posixpath.normpath(directory), self.who)]
        except UnixError:
            return []

    def inner(self, arguments: list[str]) -> Shell:
        """Return a shell for a script or a substitution: what it sets is its own. Raises UnixError when they call too deep."""
        if self.depth >= DEEPEST:
            raise UnixError("EAGAIN", self.directory)
        return replace(
            self, variables=dict(self.variables), functions=dict(self.functions), options=set(self.options), traps={},
            out=bytearray(), err=bytearray(), stdin=Input(), arguments=arguments, depth=self.depth + 1, status=self.status,
        )  # fmt: skip

    def put(self, out: bytearray, *lines: str) -> None:
        """Write lines."""
        for line in lines:
            out += to_host(line) + NEWLINE

    def complain(self, text: str) -> None:
        """Write a line of diagnostics."""
        self.err += to_host(text) + NEWLINE


#: A command: its arguments, standard input, the shell, where its output goes; returns its exit status.
Program = Callable[[list[str], Input, Shell, bytearray], int]


def text_of(data: bytes) -> str:
    """Return host text as lines."""
    return to_text(data.replace(NEWLINE, to_host("\n")))
