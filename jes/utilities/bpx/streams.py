"""Standard input, output and errors of one command, with its redirections.

Source: [POSIX XCU 2.7]. Rules: a file is there, or empty, when its command begins, and has its data when the command ends.
"""

from __future__ import annotations

from jes.hosttext import to_host
from jes.utilities.bpx import words
from jes.utilities.bpx.grammar import Redirect
from jes.utilities.bpx.shell import NEWLINE, Input, Shell

OUT, ERR = 1, 2


class Streams:
    """Standard input, output and errors of one command."""

    def __init__(self, shell: Shell, stdin: Input, out: bytearray) -> None:
        self.stdin = stdin
        self.out = out
        self.err = shell.err
        self._shell = shell
        self._files: list[tuple[str, bytearray]] = []

    def redirect(self, redirect: Redirect) -> None:
        """Change one of them. Raises UnixError."""
        if redirect.here is not None:
            here = redirect.here
            text = here.text if here.is_quoted else words.document(here.text, self._shell)
            self.stdin = Input(to_host(text).replace(to_host("\n"), NEWLINE))
            return
        word = words.single(redirect.word, self._shell)
        if redirect.operator == "<":
            self.stdin = Input(self._shell.read(word))
        elif redirect.operator in {">&", "<&"}:
            self._join(redirect.fd, word)
        elif redirect.operator != "<>":
            self._put(redirect.fd, self._file(word, append=redirect.operator == ">>"))

    def _join(self, fd: int, word: str) -> None:
        target = {"1": self.out, "2": self.err}.get(word)
        self._put(fd, bytearray() if target is None else target)

    def _put(self, fd: int, target: bytearray) -> None:
        if fd == OUT:
            self.out = target
        elif fd == ERR:
            self.err = target

    def _file(self, name: str, *, append: bool) -> bytearray:
        self._shell.write(name, b"", append=append)  # it is there, or empty, from now on
        self._files.append((self._shell.path(name), bytearray()))
        return self._files[-1][1]

    def close(self) -> None:
        """Write what went to files."""
        for path, data in self._files:
            if data:
                self._shell.write(path, bytes(data), append=True)
