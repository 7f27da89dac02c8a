"""The file in which an installation names the programs that it adds: fields of JesConfig.

    rexx = "/usr/bin/regina"                        options stand before the tables: rexx, host_shell, cobc
    [programs]
    WORDCNT = "wordcount:run"                       a function of a module, which may lie beside the file
    UPPER = ["/usr/bin/tr", "a-z", "A-Z"]           a host command
    SALES = { command = ["./SALES"], form = "lines", dds = { SALES = "fixed" } }

Source: docs/jobs.md. Not here: what a program is given (stepcontext.py, native.py).
Rules: TOML. A command with a relative path lies beside the file. What is no program is found at start, not by the first job.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from jes.names import is_jobname
from jes.programs import resolved

_OPTIONS = ("rexx", "host_shell", "cobc")


class BadProgramFile(ValueError):
    """The file cannot be read, or what it names is no program; the text names which."""


def read(path: Path) -> dict[str, Any]:
    """Return `programs` and `program_options` of JesConfig. Raises BadProgramFile, OSError."""
    try:
        found = tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadProgramFile(f"{path.name}: {error}") from None
    folder = path.resolve().parent
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    options = {name: _placed(found.pop(name), folder) for name in _OPTIONS if name in found}
    programs = found.pop("programs", {})
    if found or not isinstance(programs, dict):
        raise BadProgramFile(f"{path.name}: {next(iter(found), 'programs')} is neither [programs] nor {' nor '.join(_OPTIONS)}")
    return {
        "programs": {name: _program(path, name, given, folder) for name, given in programs.items()},
        "program_options": options,
    }


def _program(path: Path, name: str, given: Any, folder: Path) -> Any:
    if not is_jobname(name):
        raise BadProgramFile(f"{path.name}: {name} is no program name")
    given = {**given, "command": _placed(given.get("command"), folder)} if isinstance(given, dict) else _placed(given, folder)
    try:
        resolved(name, given)
    except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadProgramFile(f"{path.name}: {name}: {error}") from None
    return given


def _placed(command: Any, folder: Path) -> Any:
    """Return a host command with its path made absolute; a name without a slash is searched for as usual."""
    if not isinstance(command, list) or not command or "/" not in str(command[0]):
        return command
    return [str(folder / str(command[0])), *command[1:]]
