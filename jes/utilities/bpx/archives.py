"""tar and pax: archives of z/OS UNIX files.

    tar c|x|t [v] [z] f archive [-C directory] [file ...]        pax -w|-r [-v] [-z] -f archive [file ...]; pax -f lists

Source: [UNIX] tar, pax. Rules: USTAR; contents as they are, names below the directory. A path that leads out of the directory is
refused. Not here: code page options (-o from=,to=), cpio.
"""

from __future__ import annotations

import io
import posixpath
import tarfile

from jes.utilities.bpx.files import below
from jes.utilities.bpx.operands import each, flags, usage
from jes.utilities.bpx.shell import Input, Shell
from mvsfs.errors import UnixError
from mvsfs.info import UnixKind


def tar(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write, read or list an archive."""
    words = list(arguments)
    if words and not words[0].startswith("-"):
        words[0] = f"-{words[0]}"
    options, names = flags(words, "fC")
    kinds = [letter for letter in "cxt" if letter in options]
    if len(kinds) != 1 or not options.get("f"):
        return usage("tar", shell)
    return _archive("tar", kinds[0], options, names, shell, out)


def pax(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write, read or list an archive."""
    options, names = flags(arguments, "fxo")
    if not options.get("f") or {"r", "w"} <= options.keys():
        return usage("pax", shell)
    kind = "c" if "w" in options else "x" if "r" in options else "t"
    return _archive("pax", kind, options, names, shell, out)


def _archive(name: str, kind: str, options: dict[str, str], names: list[str], shell: Shell, out: bytearray) -> int:
    directory = shell.path(options["C"]) if options.get("C") else shell.directory
    told = out if "v" in options or kind == "t" else bytearray()
    try:
        if kind == "c":
            data, status = _written(name, options, directory, names, shell, told)
            shell.write(options["f"], data)
            return status
        return _read(kind, shell.read(options["f"]), directory, names, shell, told)
    except tarfile.TarError:
        shell.complain(f"{name}: FSUM6801 {options['f']} is no archive")
        return 1


def _written(
    command: str, options: dict[str, str], directory: str, names: list[str], shell: Shell, told: bytearray
) -> tuple[bytes, int]:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz" if "z" in options else "w", format=tarfile.USTAR_FORMAT) as archive:

        def add(name: str) -> None:
            base = posixpath.normpath(posixpath.join(directory, name))
            for info in below(base, shell):
                shown = name.rstrip("/") + info.path[len(base) :]
                member = tarfile.TarInfo(shown.lstrip("/"))
                member.mode, member.mtime = info.mode, int(info.mtime.timestamp())
                member.uid, member.gid, member.uname, member.gname = info.uid, info.gid, info.owner, info.group
                data = b""
                if info.kind is UnixKind.DIRECTORY:
                    member.type = tarfile.DIRTYPE
                elif info.kind is UnixKind.SYMLINK:
                    member.type, member.linkname = tarfile.SYMTYPE, info.target
                else:
                    data = shell.read(info.path)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
                shell.put(told, shown)

        status = each(command, names, shell, add)
    return buffer.getvalue(), status


def _read(kind: str, data: bytes, directory: str, names: list[str], shell: Shell, told: bytearray) -> int:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            shell.check()
            if names and not any(
                member.name == name.rstrip("/") or member.name.startswith(name.rstrip("/") + "/") for name in names
            ):
                continue
            shell.put(told, member.name)
            if kind == "x":
                _taken(archive, member, directory, shell)
    return 0


def _taken(archive: tarfile.TarFile, member: tarfile.TarInfo, directory: str, shell: Shell) -> None:
    path = posixpath.normpath(posixpath.join(directory, member.name))
    if not path.startswith(directory.rstrip("/") + "/"):
        raise UnixError("EACCES", path)
    if member.isdir():
        shell.files.makedirs(path, shell.who)
    elif member.issym():
        shell.files.symlink(member.linkname, path, shell.who)
    elif (content := archive.extractfile(member)) is not None:
        shell.files.makedirs(posixpath.dirname(path), shell.who)
        shell.write(path, content.read())
        shell.files.chmod(path, member.mode & 0o777, shell.who)
