"""Native programs: a host command (a GnuCOBOL load module, a script) run as a step, its DDs as host files.

    {"command": ["/opt/app/sales"], "form": "lines", "dds": {"SALES": "fixed"}}        or only the command as a list of words

    DD_<ddname>     path of a file with the DD's data, in the environment; GnuCOBOL finds its files by it
    PARM            the parameter, also as the command's last argument; JOBNAME, STEPNAME, USERID
    standard input  the file of SYSIN, where ACCEPT of COBOL reads; empty when the step has none
    standard output, standard error   go to SYSOUT when the command did not write DD_SYSOUT itself; the first lines to
                    the job log when the step has no such DD
    return code     the exit status; SIGSEGV becomes abend S0C4, SIGBUS S0C5, SIGILL S0C1, SIGFPE S0C9, another signal U4000
                    plus its number; length words that are none in what it wrote (binary), S002
    TIME=           processor time of the command's process, in whole seconds: S322 (where the host can limit it)

Not here: starting it, and its end (hostprocess.py).

Forms of a DD's file:  lines   text lines in UTF-8, trailing blanks removed
                       fixed   records of LRECL bytes without line ends, translated to ISO 8859-1
                       binary  the records as they are, in EBCDIC: back to back for F, preceded by RDWs for V and VSAM
                       indexed a KSDS as an INDEXED file of GnuCOBOL (indexedfile.py), text as in `fixed`
Rules: files lie in a private temporary directory that goes when the step ends. Only commands that the configuration names are
ever started. A file that the command did not touch is input; what it wrote becomes the DD's records.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from jes import hostprocess, nativevsam
from jes.errors import Abend
from jes.hosttext import to_host, to_text
from jes.indexedfile import Converter
from jes.stepcontext import OpenDd, Program, StepContext
from jes.vsamdd import is_vsam
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData
from mvsfs.records.forms import Form, pack, split

INDEXED = "indexed"
FORMS = frozenset({"lines", "fixed", "binary", INDEXED})
_TOLD_LINES, _TOLD_LENGTH = 20, 125
_CHUNK = 1 << 20
_PASSED_ON = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "COB_LIBRARY_PATH", "TZ"})
_OUTPUT_KINDS = frozenset({"SYSOUT", "DATASET", "PATH"})
#: The DD that gets what a command prints.
_PRINTED = "SYSOUT"
#: The DD that a command reads as its standard input.
_READ = "SYSIN"
_LIBRARIES = frozenset({"STEPLIB", "JOBLIB"})


@dataclass(frozen=True, slots=True)
class Native:
    """One host command and the form in which it wants its files."""

    command: tuple[str, ...]
    form: str = "lines"
    dds: Mapping[str, str] = field(default_factory=dict)

    def form_of(self, ddname: str) -> str:
        """Return the form of one DD's file."""
        return self.dds.get(ddname, "lines" if ddname == _PRINTED else self.form)

    def run(self, step: StepContext) -> int:
        """Run the command as a step."""
        with (
            tempfile.TemporaryDirectory(prefix="mvsfs-step-") as folder,
            host_files(step, step.dds, Path(folder), self.form_of) as files,
        ):
            status = _start(step, self.command, files, folder)
        return hostprocess.return_code(status)


@contextmanager
def host_files(
    step: StepContext, dds: Mapping[str, OpenDd], folder: Path, form_of: Callable[[str], str]
) -> Iterator[dict[str, Path]]:
    """Have DDs as files of the host, by ddname; what was written to them becomes their records afterwards. Raises Abend."""
    files = {name: folder / name for name in dds}
    indexed = Converter(step, folder)
    for name, dd in dds.items():
        if form_of(name) == INDEXED:
            indexed.spill(files[name], dd)
        elif _is_input(dd):
            _spill(files[name], dd, form_of(name))
    yield files
    for name, dd in dds.items():
        if form_of(name) == INDEXED:
            found = indexed.collect(files[name], dd)
            if found is not None:
                nativevsam.apply(step, dd, found)
        elif name not in _LIBRARIES and dd.kind in _OUTPUT_KINDS:
            _collect(step, files[name], dd, form_of(name))


def native_program(name: str, given: Sequence[Any] | Mapping[str, Any]) -> Program:
    """Return the program of a configured command. Raises ValueError for a form that is none."""
    settings: Mapping[str, Any] = given if isinstance(given, Mapping) else {"command": given}
    if isinstance(settings.get("command"), str) or not settings.get("command"):
        raise ValueError(f"program {name}: a command is a list of words")
    native = Native(
        tuple(str(word) for word in settings["command"]), settings.get("form", "lines"), dict(settings.get("dds", {}))
    )
    for form in (native.form, *native.dds.values()):
        if form not in FORMS:
            raise ValueError(f"program {name}: no form {form!r}")
    return Program(name, native.run)


def _is_input(dd: OpenDd) -> bool:
    if dd.is_dummy or dd.kind == "SYSOUT":
        return False
    library = dd.member is None and dd.info is not None and dd.info.is_partitioned
    return not library and not (dd.kind == "DATASET" and dd.status == "NEW")


def _spill(path: Path, dd: OpenDd, form: str) -> None:
    """Write the DD's records to a host file whose time shows when the command writes it."""
    with path.open("wb") as file:
        if form == "lines":
            file.writelines(to_text(record).rstrip().encode() + b"\n" for record in dd.records())
        elif form == "fixed":
            width = dd.dcb.data_length or 80
            file.writelines(to_text(record).ljust(width).encode("latin-1") for record in dd.records())
        elif dd.dcb.recfm is not None and dd.dcb.recfm.is_fixed:
            file.writelines(dd.records())
        else:
            file.writelines(pack([record], Form.RDW, dd.dcb) for record in dd.records())
    os.utime(path, ns=(0, 0))


def _collect(step: StepContext, path: Path, dd: OpenDd, form: str) -> None:
    """Take what the command wrote as the DD's records."""
    if not path.exists() or path.stat().st_mtime_ns == 0:
        return
    if is_vsam(dd.info):
        nativevsam.apply(step, dd, list(_records(path, dd.dcb, form)))
        return
    with dd.writer(_shape(path, dd, form)) as sink:
        sink.put_many(_records(path, dd.dcb, form))


def _shape(path: Path, dd: OpenDd, form: str) -> Dcb:
    """Return the record format for a DD that has none, from a look through the records."""
    if dd.dcb.recfm is not None and dd.dcb.lrecl:
        return dd.dcb
    longest = max(map(len, _records(path, dd.dcb, form)), default=80)
    return Dcb.of("VB", max(longest + 4, 137)) if dd.kind == "SYSOUT" else Dcb.of("FB", max(longest, 1))


def _records(path: Path, dcb: Dcb, form: str) -> Iterator[bytes]:
    if form == "lines":
        with path.open(encoding="utf-8", errors="replace") as text:
            yield from (to_host(line.rstrip("\n")) for line in text)
        return
    with path.open("rb") as file:
        if form == "binary" and not (dcb.recfm is not None and dcb.recfm.is_fixed):
            try:
                yield from split(iter(lambda: file.read(_CHUNK), b""), Form.RDW, dcb)
            except BadRecordData as error:  # what should be length words is none
                raise Abend("002", 4) from error
            return
        cut = iter(lambda: file.read(dcb.lrecl or 80), b"")
        yield from cut if form == "binary" else (to_host(record.decode("latin-1")) for record in cut)


def _start(step: StepContext, words: Sequence[str], files: Mapping[str, Path], folder: str) -> int:
    environment = {key: value for key, value in os.environ.items() if key in _PASSED_ON}
    environment |= {f"DD_{name}": str(path) for name, path in files.items()}
    environment |= {"PARM": step.parm, "JOBNAME": step.jobname, "STEPNAME": step.stepname, "USERID": step.userid}
    command = [*words, *([step.parm] if step.parm else [])]
    printed = Path(folder) / ".stdout"
    read = files.get(_READ)
    streams = hostprocess.Files(printed, input=read if read is not None and read.is_file() else None)
    status = hostprocess.run(step, command, streams, folder=folder, environment=environment)
    sysout = files.get("SYSOUT")
    if sysout is None:
        _tell(step, printed)
    elif printed.stat().st_size and not sysout.exists():
        printed.rename(sysout)
    return status


def _tell(step: StepContext, printed: Path) -> None:
    """Write what a command printed to the job log, as a WTO: without SYSOUT it would be lost, and often says why it failed."""
    with printed.open(encoding="utf-8", errors="replace") as lines:
        for line in islice(lines, _TOLD_LINES):
            step.write_joblog(f"+{line.rstrip()[:_TOLD_LENGTH]}")
