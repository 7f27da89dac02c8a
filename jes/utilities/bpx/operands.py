"""How commands of the shell take their arguments: flags, names, standard input, and what they say when they cannot.

Source: [UNIX] command reference. Rules: flags are single letters behind -, in any number; -- ends them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jes.utilities.bpx.shell import NEWLINE, Input, Shell
from jes.utilities.texts import table as texts
from mvsfs.errors import MvsError, UnixError
from mvsfs.sentences import errno_text

#: What a command ends with that was called wrongly.
USAGE = 2


def flags(arguments: list[str], valued: str = "") -> tuple[dict[str, str], list[str]]:
    """Return flags, with their values where `valued` names their letters, and the other words."""
    found: dict[str, str] = {}
    names: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            names += words
        elif not word.startswith("-") or word == "-":
            names.append(word)
        else:
            letters = word[1:]
            while letters:
                letter, letters = letters[0], letters[1:]
                found[letter] = ""
                if letter in valued:
                    found[letter] = letters or next(words, "")
                    letters = ""
    return found, names


def content(names: Iterable[str], stdin: Input, shell: Shell) -> bytes:
    """Return what files hold, - for standard input, which is also what no name means. Raises UnixError."""
    listed = list(names)
    return b"".join(stdin.read() if name == "-" else shell.read(name) for name in listed) if listed else stdin.read()


def lines(data: bytes) -> list[bytes]:
    """Return the lines of a text, without their ends."""
    found = data.split(NEWLINE)
    return found[:-1] if found and not found[-1] else found


def each(command: str, names: Iterable[str], shell: Shell, act: Callable[[str], None]) -> int:
    """Do something with each name, telling of those that fail; return 1 when some did."""
    status = 0
    for name in names:
        try:
            act(name)
        except UnixError as error:
            shell.complain(texts.line("fsum.command", name=command, path=error.path, why=errno_text(error.errno_name)))
            status = 1
        except MvsError as error:
            dsname = getattr(error, "dsname", "")
            shell.complain(texts.line("fsum.dataset", name=command, path=f"//'{dsname}'" if dsname else name, why=_why(error)))
            status = 1
    return status


def _why(error: MvsError) -> str:
    """Return the sentence of the C library for what a data set refused."""
    return texts.line(f"edc.{type(error).__name__}") if f"edc.{type(error).__name__}" in texts.ROWS else texts.line("edc.other")


def usage(name: str, shell: Shell) -> int:
    """Complain about missing or wrong arguments; return 2."""
    shell.complain(f"{name}: FSUM6001 missing operand")
    return USAGE
