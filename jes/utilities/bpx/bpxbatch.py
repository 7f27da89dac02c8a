"""BPXBATCH and AOPBATCH: a shell command as a step.

Source: [UNIX BPXBATCH], ANS#655; jes-and-jcl reference 5.9. PARM='SH command' or 'PGM path'; STDPARM instead of PARM,
STDENV, STDIN, STDOUT, STDERR as DDs. Without parameters it is SH, and the shell reads its commands from STDIN.
Rules: the step's return code is the exit status times 256 (AOPBATCH: as it is), of which a condition code has the low 12 bits:
127, "not found", is 32512 and shows as 3840; a signal is its number. What BPXBATCH itself cannot do is return code 255 and a
message to the operator.
PGM of a shell script that lies in the file system runs its lines. The shell of the host runs only when the installation's
option `host_shell` says so.
"""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

from jes import hostprocess
from jes.errors import Abend
from jes.hosttext import to_host, to_text
from jes.stepcontext import Program, StepContext
from jes.utilities.bpx.commands import COMMANDS
from jes.utilities.bpx.running import run as run_script
from jes.utilities.bpx.shell import NEWLINE, Input, Shell, text_of
from jes.utilities.texts import table as texts
from mvsfs.dcb import Dcb
from mvsfs.errors import UnixError

STATUS_FACTOR = 256
#: The return code of what BPXBATCH itself finds wrong.
FAILED = 255
#: errno and reason code: no such file, no permission.
_ENOENT = (0x81, 0x053B006C)
_EACCES = (0x6F, 0x5B4B0010)
_BLANK = to_host(" ")


def run(step: StepContext) -> int:
    """Run the command."""
    parm = step.parm.strip() or _text(step, "STDPARM", " ").strip()
    word, _, rest = parm.partition(" ")
    kind = word.upper()
    shell = _shell(step)
    if kind not in {"SH", "PGM", ""} and step.program != "AOPBATCH":
        step.write_joblog("+" + texts.line("BPXM010I"))
        return FAILED
    text = rest.strip() if kind in {"SH", "PGM"} else parm
    if not text:
        text = text_of(shell.stdin.read())
    try:
        if step.options.get("host_shell"):
            status = _host(step, shell, text)
        elif kind == "PGM":
            status = _program(text, shell)
        else:
            status = run_script(text, shell)
    except UnixError as error:
        errno, reason = _EACCES if error.errno_name == "EACCES" else _ENOENT
        step.write_joblog("+" + texts.line("BPXM047I", path=error.path, errno=errno, reason=reason))
        return FAILED
    _output(step, "STDOUT", bytes(shell.out))
    _output(step, "STDERR", bytes(shell.err))
    if status < 0:
        return -status
    return status if step.program == "AOPBATCH" else status * STATUS_FACTOR


def _shell(step: StepContext) -> Shell:
    home = step.mvs.guard.home_of(step.userid) or "/"
    shell = Shell(step.mvs.unix, step.who, step.now, home, pause=step.pause, check=lambda: _check(step), step=step)
    shell.commands = COMMANDS
    shell.stdin = Input(_bytes(step, "STDIN"))
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


def _check(step: StepContext) -> None:
    """Raise the abend of a job that is cancelled, or whose time is over."""
    if step.cancelled():
        raise Abend("222")
    if step.cpu_left() <= 0:
        raise Abend("322")


def _program(text: str, shell: Shell) -> int:
    """Run a command by its path, or the lines of a script. Raises UnixError."""
    path, *arguments = text.split() or [""]
    if not path:
        raise UnixError("ENOENT", path)
    if path.rpartition("/")[2] in COMMANDS:
        return run_script(text, shell)
    shell.arguments, shell.name = arguments, path
    return run_script(text_of(shell.read(path)), shell)


def _host(step: StepContext, shell: Shell, text: str) -> int:
    """Run a command in the shell of the host, with text in its code page; return its exit status, minus n for signal n."""
    with tempfile.TemporaryDirectory(prefix="mvsfs-shell-") as folder:
        given, printed, errors = (Path(folder) / name for name in (".in", ".out", ".err"))
        given.write_text(text_of(shell.stdin.read()), encoding="utf-8")
        status = hostprocess.run(
            step, [*hostprocess.words(step.options["host_shell"]), "-c", text], hostprocess.Files(printed, errors, given),
            folder=folder, environment={**shell.variables, "PATH": os.defpath},
        )  # fmt: skip
        shell.out += to_host(printed.read_text(encoding="utf-8", errors="replace"))
        shell.err += to_host(errors.read_text(encoding="utf-8", errors="replace"))
    return status if status != -signal.SIGXCPU else hostprocess.return_code(status)


def _bytes(step: StepContext, ddname: str) -> bytes:
    """Return what a DD holds as a z/OS UNIX text: a file as it is, records as lines without their trailing blanks."""
    dd = step.dd(ddname)
    if dd is None:
        return b""
    if dd.kind == "PATH" and not getattr(dd, "is_text", False):
        return b"".join(dd.records())
    return b"".join(record.rstrip(_BLANK) + NEWLINE for record in dd.records())


def _text(step: StepContext, ddname: str, glue: str) -> str:
    return glue.join(to_text(line).rstrip() for line in _bytes(step, ddname).split(NEWLINE)).strip()


def _output(step: StepContext, ddname: str, data: bytes) -> None:
    dd = step.dd(ddname)
    if dd is None or not data:
        return
    if dd.kind == "PATH" and not getattr(dd, "is_text", False):
        with dd.writer() as sink:
            sink.put(data)
        return
    lines = data.split(NEWLINE)
    with dd.writer(Dcb.of("VB", 1028)) as sink:
        limit = sink.dcb.data_length
        sink.put_many(line[:limit] for line in (lines[:-1] if not lines[-1] else lines))


PROGRAM = Program("BPXBATCH", run)
