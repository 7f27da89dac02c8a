"""REXX execs and CLISTs by an interpreter that the installation names: for IRXJCL, and for EXEC and %name in batch TSO.

    program_options={"rexx": ["/usr/bin/regina"]}            a host command: gets the exec as a file and the words of its argument
    program_options={"rexx": callable or "module:function"}  callable(step, Exec) -> int, which writes its output by exec.say

Source: jes-and-jcl reference 5.9. Rules: nothing is run without that option. The host command reads SYSTSIN, what it prints goes
to SYSTSPRT, its exit status is the return code; the other DDs are files of text lines whose paths are in DD_name (EXECIO is no
command of it). Only configured commands are started.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from jes import hostprocess
from jes.hosttext import text_lines, to_text
from jes.native import host_files
from jes.stepcontext import StepContext
from mvsfs.info import Target

#: The libraries in which an exec is looked for, in this order.
LIBRARIES = ("SYSUEXEC", "SYSUPROC", "SYSEXEC", "SYSPROC")
#: DDs that the interpreter has in another way.
_OWN = frozenset({"SYSTSIN", "SYSTSPRT", "STEPLIB", "JOBLIB", *LIBRARIES})
#: What an exec that cannot be interpreted ends with.
NOT_PROCESSED = 20
_READS = re.compile(r"\b(PULL|EXTERNAL|LINEIN|CHARIN|LINES)\b|^\s*READ\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exec:
    """One exec: its name, lines and argument, the lines that SYSTSIN still holds, and where its output goes."""

    name: str
    lines: tuple[str, ...]
    argument: str
    input: tuple[str, ...]
    say: Callable[[str], None]


def is_configured(step: StepContext) -> bool:
    """Tell whether the installation named an interpreter."""
    return bool(step.options.get("rexx"))


def found(step: StepContext, name: str) -> tuple[str, ...] | None:
    """Return the lines of an exec in SYSEXEC, SYSPROC ..., None when no library has it."""
    for ddname in LIBRARIES:
        dd = step.dd(ddname)
        for part in dd.concatenation if dd is not None else ():
            if part.info is None or not part.info.is_partitioned or part.member:
                continue
            if any(member.name == name for member in step.mvs.members(part.dsname)):
                return text_of(step, Target(part.dsname, name))
    return None


def reads_input(lines: Iterable[str]) -> bool:
    """Tell whether an exec may read SYSTSIN, whose rest it then gets."""
    return any(_READS.search(line) for line in lines)


def text_of(step: StepContext, target: Target) -> tuple[str, ...]:
    """Return the lines of a data set or member. Raises MvsError."""
    return tuple(to_text(record).rstrip() for record in step.mvs.records(target, step.who))


def run(step: StepContext, exec_: Exec) -> int:
    """Run an exec by the configured interpreter; return its return code."""
    chosen = step.options["rexx"]
    if isinstance(chosen, str) and ":" in chosen and not chosen.startswith("/"):
        module, _, attribute = chosen.partition(":")
        chosen = getattr(import_module(module), attribute)
    if callable(chosen):
        return int(chosen(step, exec_) or 0)
    return _host(step, hostprocess.words(chosen), exec_)


def _environment(step: StepContext, files: Mapping[str, Path]) -> dict[str, str]:
    facts = {"PATH": "/usr/bin:/bin", "USERID": step.userid, "JOBNAME": step.jobname, "STEPNAME": step.stepname}
    return facts | {f"DD_{name}": str(path) for name, path in files.items()}


def _host(step: StepContext, command: Sequence[str], exec_: Exec) -> int:
    dds = {name: dd for name, dd in step.dds.items() if name not in _OWN}
    with (
        tempfile.TemporaryDirectory(prefix="mvsfs-rexx-") as folder,
        host_files(step, dds, Path(folder), lambda _ddname: "lines") as files,
    ):
        script, given, printed, errors = (Path(folder) / name for name in (f".{exec_.name}.rexx", ".in", ".out", ".err"))
        script.write_text("\n".join(exec_.lines) + "\n", encoding="utf-8")
        given.write_text("".join(f"{line}\n" for line in exec_.input), encoding="utf-8")
        words = [*command, str(script), *([exec_.argument] if exec_.argument else [])]
        places = hostprocess.Files(printed, errors, given)
        status = hostprocess.run(step, words, places, folder=folder, environment=_environment(step, files))
        for path in (printed, errors):
            for line in text_lines(path.read_text(encoding="utf-8", errors="replace")):
                exec_.say(line)
    return hostprocess.return_code(status)
