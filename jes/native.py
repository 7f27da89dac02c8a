"""Native programs: a host command (a GnuCOBOL load module, a script) run as a step, its DDs as host files.

    DD_<ddname>     path of a file with the DD's data, in the environment        PARM      the parameter
    input           records as text lines (default) or as the stored bytes when the DD's RECFM is F and `binary` is asked for
    output          what the command leaves in the file becomes the DD's records
    return code     the command's exit status; a signal becomes abend U4000 plus its number

Rules: text is translated between IBM-1047 and the host's UTF-8. GnuCOBOL reads DD_name by itself. Files lie in a
private temporary directory that goes when the step ends. Only commands that the configuration names are ever started.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from jes.errors import Abend
from jes.hosttext import to_host, to_text
from jes.stepcontext import OpenDd, Program, StepContext
from mvsfs.dcb import Dcb

_POLL_SECONDS = 0.2
#: Option words that may stand before the command itself.
_BINARY = "binary"


def native_program(name: str, command: list[str]) -> Program:
    """Return the program that runs a host command. A first word `binary` gives F and V data untranslated."""
    binary = command[:1] == [_BINARY]
    words = command[1:] if binary else command
    return Program(name, lambda step: _run(step, words, binary=binary))


def _run(step: StepContext, words: list[str], *, binary: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="mvsfs-step-") as folder:
        files = {name: (Path(folder) / name, dd) for name, dd in step.dds.items()}
        for path, dd in files.values():
            if not dd.is_dummy and dd.kind != "SYSOUT":
                _spill(path, dd, binary=binary)
        status = _start(step, words, {name: path for name, (path, _) in files.items()}, folder)
        for name, (path, dd) in files.items():
            if path.exists() and name not in {"STEPLIB", "JOBLIB"} and dd.kind in {"SYSOUT", "DATASET", "PATH"}:
                _collect(path, dd, binary=binary)
    if status < 0:
        raise Abend(f"U{4000 - status:04d}")
    return status


def _spill(path: Path, dd: OpenDd, *, binary: bool) -> None:
    """Write the DD's records to a host file; what does not exist yet stays away."""
    if dd.member is None and dd.info is not None and dd.info.is_partitioned:
        return
    with path.open("wb") as file:
        for record in dd.records():
            file.write(record if binary else to_text(record).rstrip().encode() + b"\n")
    os.utime(path, ns=(0, 0))  # so that a write by the command shows


def _collect(path: Path, dd: OpenDd, *, binary: bool) -> None:
    """Take what the command wrote as the DD's records; an untouched file is input."""
    if path.stat().st_mtime_ns == 0:
        return
    data = path.read_bytes()
    if binary and dd.dcb.recfm is not None and dd.dcb.recfm.is_fixed and dd.dcb.lrecl:
        records = [data[at : at + dd.dcb.lrecl] for at in range(0, len(data), dd.dcb.lrecl)]
    else:
        records = [to_host(line) for line in data.decode("utf-8", "replace").splitlines()]
    longest = max(map(len, records), default=80)
    with dd.writer(Dcb.of("FB", max(longest, 1)) if dd.kind != "SYSOUT" else Dcb.of("VB", max(longest + 4, 137))) as sink:
        sink.put_many(records)


def _start(step: StepContext, words: list[str], files: dict[str, Path], folder: str) -> int:
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TZ"}}
    environment |= {f"DD_{name}": str(path) for name, path in files.items()}
    environment |= {"PARM": step.parm, "JOBNAME": step.jobname, "STEPNAME": step.stepname, "USERID": step.userid}
    sysout = files.get("SYSOUT")
    with (Path(folder) / ".stdout").open("wb") as printed:
        try:
            process = subprocess.Popen(
                [*words, *([step.parm] if step.parm else [])], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=printed, stderr=subprocess.STDOUT,
            )  # fmt: skip
        except OSError as error:
            raise Abend("806", 4, (("csv003i", {"module": step.program}),)) from error
        status = _wait(step, process)
    text = (Path(folder) / ".stdout").read_bytes()
    if text and sysout is not None and not sysout.exists():
        sysout.write_bytes(text)
    return status


def _wait(step: StepContext, process: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return process.wait(_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if step.cancelled():
                process.kill()
                process.wait()
                raise Abend("222") from None
