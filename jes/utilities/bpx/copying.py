"""cp, and how commands of the shell reach data sets: "//'dsname(member)'", or "//name" behind the user ID.

Source: [UNIX cp]. Rules: text unless -B or -F says otherwise: records are lines without trailing blanks; -B takes bytes without
line ends. A data set that is not there is made, with RECFM=VB and LRECL=1028, while a member's library must be there. What is
longer than a record is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from jes.hosttext import to_host
from jes.utilities.bpx.files import into
from jes.utilities.bpx.operands import each, flags, lines, usage
from jes.utilities.bpx.shell import NEWLINE, Input, Shell
from mvsfs.errors import UnixError
from mvsfs.info import Allocation, Target, UnixKind
from mvsfs.names import parse_target

_NEW = Allocation(recfm="VB", lrecl=1028, space_unit="TRACK", primary=5, secondary=15)
_BLANK = to_host(" ")


def is_dataset(name: str) -> bool:
    """Tell whether a name means a data set."""
    return name.startswith("//") and not name.startswith("///")


def target_of(name: str, shell: Shell) -> Target:
    """Return the data set of a name. Raises InvalidDsname."""
    text = name[2:]
    quoted = text.startswith("'") and text.endswith("'") and len(text) > 2
    return parse_target(text[1:-1].upper() if quoted else f"{shell.who.userid}.{text.upper()}")


def read(name: str, shell: Shell, *, binary: bool = False) -> bytes:
    """Return what a file or data set holds, as bytes of a file. Raises UnixError, MvsError."""
    if not is_dataset(name):
        return shell.read(name)
    records = shell.step.mvs.records(target_of(name, shell), shell.who)
    return b"".join(record if binary else record.rstrip(_BLANK) + NEWLINE for record in records)


def write(name: str, data: bytes, shell: Shell, *, binary: bool = False) -> None:
    """Write a file or data set. Raises UnixError, MvsError."""
    if not is_dataset(name):
        shell.write(name, data)
        return
    target, mvs = target_of(name, shell), shell.step.mvs
    shape = {} if target.member or mvs.exists(target.dsname) else {"allocation": _NEW}
    with mvs.open_output(target, shell.who, **shape) as writer:
        dcb = writer.dcb
        fixed = dcb.recfm is not None and dcb.recfm.is_fixed
        size = dcb.lrecl if fixed else dcb.data_length
        records = list(_cut(data, size) if binary else lines(data))
        writer.write_records([record.ljust(size, _BLANK) for record in records] if fixed else records)


def _cut(data: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(data), size or 1):
        yield data[at : at + size]


def cp(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Copy files and data sets; -r directories."""
    options, names = flags(arguments, "FWO")
    if len(names) < 2:
        return usage("cp", shell)
    binary = "B" in options or options.get("F", "").lower().startswith("bin")
    recursive = bool(options.keys() & {"r", "R"})

    def act(name: str) -> None:
        if is_dataset(names[-1]) or is_dataset(name):
            write(_destination(name, names[-1], shell), read(name, shell, binary=binary), shell, binary=binary)
        else:
            _copy(shell.path(name), into(name, names[-1], shell), shell, recursive=recursive)

    return each("cp", names[:-1], shell, act)


def _destination(source: str, name: str, shell: Shell) -> str:
    """Return where a copy goes: a directory gets a file of the source's name, a library a member of it."""
    if not is_dataset(name):
        base = source.rstrip("'").rpartition("(")[2].rstrip(")").rpartition(".")[2].lower() if is_dataset(source) else source
        return into(base, name, shell)
    target, mvs = target_of(name, shell), shell.step.mvs
    if target.member or not mvs.exists(target.dsname) or not mvs.find(target.dsname).is_partitioned:
        return name
    member = (
        (target_of(source, shell).member or "") if is_dataset(source) else source.rpartition("/")[2].partition(".")[0].upper()
    )
    return f"//'{target.dsname}({member})'"


def _copy(source: str, target: str, shell: Shell, *, recursive: bool) -> None:
    shell.check()
    info = shell.files.stat(source, shell.who)
    if info.kind is not UnixKind.DIRECTORY:
        shell.write(target, shell.read(source))
        if info.tag_codepage:
            shell.files.chtag(target, info.tag_codepage, shell.who)
        return
    if not recursive:
        raise UnixError("EISDIR", source)
    if target == source or target.startswith(source.rstrip("/") + "/"):
        raise UnixError("EINVAL", target)
    if not shell.files.exists(target, shell.who):
        shell.files.mkdir(target, shell.who)
    for one in shell.files.listdir(source, shell.who):
        _copy(one.path, target + one.path[len(source.rstrip("/")) :], shell, recursive=True)
