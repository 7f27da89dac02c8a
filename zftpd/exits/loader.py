"""Finds the installation's exits at start: POINT=module:function, POINT=file.py:function, POINT=program:..., POINT=rules:file.

Source: jes-and-jcl.md 2: the original loads a module of the point's name from an authorised library and has no FTP.DATA
statement for it; so exits come by start options, or by entry points of group `mvsfs.exits` whose name is the point's.
Rules: one exit a point; an option wins over an entry point; anything that cannot be loaded stops the start.
"""

from __future__ import annotations

import importlib
import importlib.util
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import entry_points as installed
from pathlib import Path
from types import ModuleType
from typing import Any

from zftpd.exits.points import POINTS
from zftpd.exits.program import Program
from zftpd.exits.rules import BadRules, read_rules

GROUP = "mvsfs.exits"
#: When the files of modules that hold exits were last changed.
_stamps: dict[str, int] = {}


@dataclass
class BadExit(Exception):
    """An exit that cannot be used: its specification and why."""

    spec: str
    reason: str

    def __str__(self) -> str:
        return f"exit {self.spec}: {self.reason}"


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Exit:
    """A loaded exit: what to call, where it came from, how to recover it after a timeout and how to end it."""

    function: Callable[[Any], Any]
    source: str
    reset: Callable[[], None] = field(default=_nothing, compare=False)
    close: Callable[[], None] = field(default=_nothing, compare=False)
    file: Path | None = None


def load(specs: Iterable[str] = (), *, entry_points: bool = True) -> dict[str, Exit]:
    """Return the exits by point name. Raises BadExit."""
    found: dict[str, Exit] = {}
    if entry_points:
        for entry in installed(group=GROUP):
            point = _point(entry.name, f"{GROUP}:{entry.name}")
            if point in found:
                raise BadExit(f"{GROUP}:{entry.name}", "two installed distributions offer it")
            found[point] = Exit(_callable(entry.load(), entry.value), entry.value)
    named: set[str] = set()
    for spec in specs:
        name, equals, target = spec.partition("=")
        if not equals or not target.strip():
            raise BadExit(spec, "is not POINT=module:function")
        point = _point(name, spec)
        if point in named:
            raise BadExit(spec, "is given twice")
        named.add(point)
        found[point] = one(point, target.strip(), spec)
    return found


def one(point: str, target: str, spec: str) -> Exit:
    """Return the exit of one specification."""
    kind, _, rest = target.partition(":")
    if kind == "program":
        program = Program(point, tuple(shlex.split(rest)))
        return Exit(program, target, program.kill, program.kill)
    if kind == "rules":
        if point != "FTPOSTPR":
            raise BadExit(spec, "rules are for FTPOSTPR")
        path = Path(rest)
        try:
            return Exit(read_rules(path.read_text(encoding="utf-8"), path.name), target, file=path.resolve())
        except (OSError, UnicodeDecodeError, BadRules) as error:
            raise BadExit(spec, str(error)) from error
    if not rest:
        raise BadExit(spec, "names no function after the colon")
    if kind.endswith(".py"):
        return Exit(_from_file(Path(kind), rest, spec), target, file=Path(kind).resolve())
    function = _from_module(kind, rest, spec)
    return Exit(function, target, file=_source(kind))


def _point(name: str, spec: str) -> str:
    point = name.strip().upper()
    if point not in POINTS:
        raise BadExit(spec, f"there is no exit point {point}; there are {', '.join(POINTS)}")
    return point


def _from_module(module: str, function: str, spec: str) -> Callable[[Any], Any]:
    """Import a module by name; the working directory counts, as for any script."""
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)
    try:
        return _callable(getattr(_imported(module), function), spec)
    except AttributeError as error:
        raise BadExit(spec, f"module {module} has no {function}") from error
    except Exception as error:  # whatever its import does
        raise BadExit(spec, f"{type(error).__name__}: {error}") from error


def _source(module: str) -> Path | None:
    """Return the file of an imported module, None for one without."""
    name = getattr(sys.modules[module], "__file__", None)
    return Path(name).resolve() if name else None


def _imported(name: str) -> ModuleType:
    """Import a module, and once more when its file has changed since."""
    module = importlib.import_module(name)
    source = _source(name)
    stamp = source.stat().st_mtime_ns if source is not None else 0
    if _stamps.setdefault(name, stamp) != stamp and source is not None:
        # a compiled file counts as current within the second and the size of its source
        Path(importlib.util.cache_from_source(str(source))).unlink(missing_ok=True)
        module = importlib.reload(module)
        _stamps[name] = stamp
    return module


def _from_file(path: Path, function: str, spec: str) -> Callable[[Any], Any]:
    """Run a file as a module of its own."""
    loaded = importlib.util.spec_from_file_location(f"mvsfs_exit_{path.stem}", path)
    if loaded is None or loaded.loader is None or not path.is_file():
        raise BadExit(spec, f"there is no file {path.name}")
    module = importlib.util.module_from_spec(loaded)
    try:
        loaded.loader.exec_module(module)
        return _callable(getattr(module, function), spec)
    except AttributeError as error:
        raise BadExit(spec, str(error)) from error
    except Exception as error:
        raise BadExit(spec, f"{type(error).__name__}: {error}") from error


def _callable(thing: object, spec: str) -> Callable[[Any], Any]:
    if not callable(thing):
        raise BadExit(spec, "is nothing that can be called")
    return thing
