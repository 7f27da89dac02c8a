"""A process of the host that a step starts, and what the step makes of its end.

Used by host commands (native.py), REXX interpreters (utilities/rexx.py) and the host's shell for BPXBATCH. Rules: only commands
that the configuration names come here. Cancel ends the process and all that it has started; TIME= limits its processor time where
the host can limit that of another process.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jes.cputime import account
from jes.errors import Abend
from jes.stepcontext import StepContext

_FIRST_PAUSE, _POLL_SECONDS = 0.0005, 0.2
#: Signals that are program checks, or the end of TIME=; others are user abends.
_ABENDS = {
    int(signal.SIGXCPU): "322", int(signal.SIGILL): "0C1", int(signal.SIGSEGV): "0C4", int(signal.SIGBUS): "0C5",
    int(signal.SIGFPE): "0C9",
}  # fmt: skip


class Files(NamedTuple):
    """Where a process reads from (nowhere unless told) and writes to: diagnostics go where the output goes unless told."""

    output: Path
    errors: Path | None = None
    input: Path | None = None


def words(configured: Any) -> list[str]:
    """Return the words of a command that is configured as one word or as a list of them."""
    return [configured] if isinstance(configured, str) else [str(word) for word in configured]


def run(step: StepContext, command: Sequence[str], files: Files, *, folder: str, environment: Mapping[str, str]) -> int:
    """Run a command; return its exit status, or minus the signal that ended it.

    Raises Abend 806 when the host has no such command, 222 when the job is cancelled.
    """
    with contextlib.ExitStack() as stack:
        streams = [stack.enter_context(path.open(mode)) if path is not None else None for path, mode in zip(
            (files.input, files.output, files.errors), ("rb", "wb", "wb"), strict=True
        )]  # fmt: skip
        try:
            process = subprocess.Popen(
                [_cut(word) for word in command], cwd=folder, env={name: _cut(value) for name, value in environment.items()},
                stdin=streams[0] or subprocess.DEVNULL, stdout=streams[1], stderr=streams[2] or subprocess.STDOUT,
                start_new_session=True,  # so that cancel reaches the processes that it starts
            )  # fmt: skip
        except OSError as error:
            raise Abend("806", 4, (("csv003i", {"module": step.program}),)) from error
        _limit(process.pid, step.cpu_left())
        return _wait(step, process)


def return_code(status: int) -> int:
    """Return the exit status as a return code. Raises the Abend of a signal: of a program check, 322, or U4000 and its number."""
    if status < 0:
        raise Abend(_ABENDS.get(-status, f"U{4000 - status:04d}"))
    return status


def _cut(word: str) -> str:
    """Return a word up to its first NUL, which would end it for the host."""
    return word.partition("\0")[0]


def _limit(pid: int, seconds: float) -> None:
    """Let the host end the command with SIGXCPU when its processor time is over; hosts without prlimit(2) do not."""
    if not math.isinf(seconds) and hasattr(resource, "prlimit"):
        whole = max(math.ceil(seconds), 1)
        with contextlib.suppress(ProcessLookupError):  # it has ended meanwhile
            resource.prlimit(pid, resource.RLIMIT_CPU, (whole, whole + 1))


def _wait(step: StepContext, process: subprocess.Popen[bytes]) -> int:
    """Return the exit status when the command has ended; the step is charged what it and its own processes used."""
    pause = _FIRST_PAUSE
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            account().charge(used.ru_utime + used.ru_stime)
            return process.returncode
        time.sleep(pause)
        pause = min(2 * pause, _POLL_SECONDS)
        if step.cancelled():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise Abend("222")
