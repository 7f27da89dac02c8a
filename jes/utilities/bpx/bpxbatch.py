"""BPXBATCH and AOPBATCH: a shell command as a step.

Source: jes-and-jcl reference 5.9. PARM='SH command' or 'PGM path'; STDPARM instead of PARM, STDENV, STDIN, STDOUT, STDERR as DDs.
Rules: the step's return code is the exit status times 256 (AOPBATCH: as it is), of which a condition code has the low 12 bits:
127, "not found", is 32512 and shows as 3840. PGM of a shell script that lies in the file
system runs
its lines. The shell of the host runs only when the installation's option `host_shell` says so.
"""

from __future__ import annotations

import os
import subprocess

from jes.hosttext import to_host, to_text
from jes.stepcontext import Program, StepContext
from jes.utilities.bpx.commands import COMMANDS, NEWLINE
from jes.utilities.bpx.shell import NOT_FOUND, Shell
from jes.utilities.bpx.shell import run as run_list
from mvsfs.dcb import Dcb
from mvsfs.errors import UnixError

STATUS_FACTOR = 256
_LIMIT_SECONDS = 300


def run(step: StepContext) -> int:
    """Run the command."""
    parm = step.parm.strip() or _text(step, "STDPARM", " ").strip()
    word, _, rest = parm.partition(" ")
    kind = word.upper()
    shell = _shell(step)
    if kind not in {"SH", "PGM"} and step.program != "AOPBATCH":
        shell.complain(
            f"BPXM047I BPXBATCH FAILED BECAUSE SPAWN (BPX1SPN) OF {word or '/bin/sh'} FAILED WITH RETURN CODE 00000081"
        )
        status = NOT_FOUND
    elif step.options.get("host_shell"):
        status = _host(step, shell, rest if kind in {"SH", "PGM"} else parm)
    elif kind == "PGM":
        status = _program(rest, shell)
    else:
        status = run_list(rest if kind == "SH" else parm, shell, COMMANDS)
    _output(step, "STDOUT", bytes(shell.out))
    _output(step, "STDERR", bytes(shell.err))
    return status if step.program == "AOPBATCH" else status * STATUS_FACTOR


def _shell(step: StepContext) -> Shell:
    home = step.mvs.guard.home_of(step.userid) or "/"
    shell = Shell(step.mvs.unix, step.who, step.now, home, pause=step.pause)
    shell.variables.update({"HOME": home, "LOGNAME": step.userid, "PATH": "/bin", "SHELL": "/bin/sh"})
    for line in _text(step, "STDENV", "\n").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals:
            shell.variables[name] = value
    try:
        step.mvs.unix.stat(home, step.who)
    except UnixError:
        shell.directory = "/"
    return shell


def _program(text: str, shell: Shell) -> int:
    """Run a command by its path, or the lines of a script."""
    path = text.split(" ", maxsplit=1)[0]
    if path.rpartition("/")[2] in COMMANDS:
        return run_list(text, shell, COMMANDS)
    try:
        script = to_text(shell.read(path).replace(NEWLINE, to_host("\n")))
    except UnixError as error:
        shell.complain(
            f"BPXM047I BPXBATCH FAILED BECAUSE SPAWN (BPX1SPN) OF {path} FAILED WITH RETURN CODE 00000081 {error.errno_name}"
        )
        return NOT_FOUND
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("#")]
    return run_list("\n".join(lines), shell, COMMANDS)


def _host(step: StepContext, shell: Shell, text: str) -> int:
    """Run a command in the shell of the host, with text in its code page."""
    done = subprocess.run(
        [str(step.options["host_shell"]), "-c", text],
        input=_text(step, "STDIN", "\n").encode(),
        capture_output=True,
        timeout=_LIMIT_SECONDS,
        env={**shell.variables, "PATH": os.defpath},
        check=False,
    )
    shell.out += to_host(done.stdout.decode(errors="replace"))
    shell.err += to_host(done.stderr.decode(errors="replace"))
    return done.returncode & 0xFF


def _text(step: StepContext, ddname: str, glue: str) -> str:
    dd = step.dd(ddname)
    return glue.join(to_text(record).rstrip() for record in dd.records()) if dd is not None else ""


def _output(step: StepContext, ddname: str, data: bytes) -> None:
    dd = step.dd(ddname)
    if dd is None or not data:
        return
    lines = data.split(NEWLINE)
    with dd.writer(Dcb.of("VB", 1028)) as sink:
        limit = sink.dcb.data_length
        sink.put_many(line[:limit] for line in (lines[:-1] if not lines[-1] else lines))


PROGRAM = Program("BPXBATCH", run, aliases=("AOPBATCH",))
