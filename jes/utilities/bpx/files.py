"""Commands about files: ls, mkdir, rm, rmdir, mv, touch, chmod, chown, ln, find, du.

Source: [UNIX] command reference; jes-and-jcl reference 5.9. Rules: each name is done for itself: one that fails is told, and the
others are done. A file takes whole blocks of 4096 bytes, eight of the 512 bytes that `total` counts [assumed].
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Iterator

from jes.utilities.bpx.operands import each, flags, usage
from jes.utilities.bpx.shell import Input, Shell
from mvsfs.errors import UnixError
from mvsfs.info import UnixInfo, UnixKind

_BLOCK, _UNITS = 4096, 8
_MODE = re.compile(r"([ugoa]*)([-+=])([rwxXst]*)")
_WHO = {"u": 0o700, "g": 0o070, "o": 0o007}
_BITS = {"r": 0o444, "w": 0o222, "x": 0o111, "X": 0o111}


def ls(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """List files and what directories have: -a -A -d -l -p -F -r -R -t -T -1."""
    options, names = flags(arguments)
    infos: dict[str, UnixInfo] = {}

    def look(name: str) -> None:
        infos[name] = shell.files.stat(shell.path(name), shell.who, follow="l" not in options or name.endswith("/"))

    status = each("ls", names or ["."], shell, look)
    directories = {name: info for name, info in infos.items() if info.kind is UnixKind.DIRECTORY and "d" not in options}
    plain = {name: info for name, info in infos.items() if name not in directories}
    shell.put(out, *_listed(plain, options))
    for index, (name, info) in enumerate(directories.items()):
        if len(infos) > 1 or "R" in options:
            shell.put(out, *([""] if index or plain else []), f"{name}:")
        status |= _directory(name, info, options, shell, out)
    return status


def _directory(name: str, info: UnixInfo, options: dict[str, str], shell: Shell, out: bytearray) -> int:
    shell.check()
    inside: dict[str, UnixInfo] = {}

    def look(_name: str) -> None:
        inside.update({posixpath.basename(one.path): one for one in shell.files.listdir(info.path, shell.who)})

    if status := each("ls", [name], shell, look):
        return status
    if not options.keys() & {"a", "A"}:
        inside = {entry: one for entry, one in inside.items() if not entry.startswith(".")}
    if "a" in options:
        inside = {".": info, "..": info} | inside
    if "l" in options:
        shell.put(out, f"total {sum(_blocks(one) for one in inside.values())}")
    shell.put(out, *_listed(inside, options))
    status = 0
    for entry, one in inside.items() if "R" in options else ():
        if one.kind is UnixKind.DIRECTORY and entry not in {".", ".."}:
            inner = posixpath.join(name, entry)
            shell.put(out, "", f"{inner}:")
            status |= _directory(inner, one, options, shell, out)
    return status


def _blocks(info: UnixInfo) -> int:
    size = _BLOCK if info.kind is UnixKind.DIRECTORY else info.size
    return -(-size // _BLOCK) * _UNITS


def _listed(infos: dict[str, UnixInfo], options: dict[str, str]) -> Iterator[str]:
    names = sorted(infos, key=lambda name: (-infos[name].mtime.timestamp(), name) if "t" in options else (0, name))
    for name in reversed(names) if "r" in options else names:
        info = infos[name]
        shown = name + ("/" if options.keys() & {"p", "F"} and info.kind is UnixKind.DIRECTORY else "")
        if "F" in options and info.kind is UnixKind.FILE and info.mode & 0o111:
            shown += "*"
        if "l" in options and info.kind in {UnixKind.SYMLINK, UnixKind.EXTERNAL}:
            shown += f" -> {info.target}"
        tag = _tag(info) if "T" in options else ""
        yield tag + (_long(info, shown) if "l" in options else shown)


def _tag(info: UnixInfo) -> str:
    """Return the columns of ls -T."""
    kind = "t" if info.tag_codepage and info.tag_codepage != "binary" else "b" if info.tag_codepage else "-"
    codepage = info.tag_codepage if kind != "-" else "untagged"
    return f"{kind} {codepage:<12}T={'on ' if kind == 't' else 'off'} "


def _long(info: UnixInfo, shown: str) -> str:
    letters = "".join(letter if info.mode >> (8 - at) & 1 else "-" for at, letter in enumerate("rwxrwxrwx"))
    stamp = f"{info.mtime:%b %e %H:%M}"
    return f"{info.kind.value}{letters} {info.links:>3} {info.owner:<8} {info.group:<8} {info.size:>10} {stamp} {shown}"


def mkdir(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Make directories; -p with those above, -m with permissions."""
    options, names = flags(arguments, "m")
    make = shell.files.makedirs if "p" in options else shell.files.mkdir
    mode = {"mode": int(options["m"], 8)} if re.fullmatch(r"[0-7]{3,4}", options.get("m", "")) else {}
    return each("mkdir", names, shell, lambda name: make(shell.path(name), shell.who, **mode)) if names else usage("mkdir", shell)


def rm(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Remove files; -r directories too; -f without complaint."""
    options, names = flags(arguments)
    recursive = bool(options.keys() & {"r", "R"})

    def remove(name: str) -> None:
        try:
            _remove(shell.path(name), shell, recursive=recursive)
        except UnixError as error:
            if "f" not in options or error.errno_name != "ENOENT":
                raise

    if not names:
        return 0 if "f" in options else usage("rm", shell)
    return each("rm", names, shell, remove)


def _remove(path: str, shell: Shell, *, recursive: bool) -> None:
    shell.check()
    if recursive and shell.files.stat(path, shell.who, follow=False).kind is UnixKind.DIRECTORY:
        for info in shell.files.listdir(path, shell.who):
            _remove(info.path, shell, recursive=True)
        shell.files.rmdir(path, shell.who)
        return
    shell.files.unlink(path, shell.who)


def rmdir(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Remove empty directories."""
    return each("rmdir", flags(arguments)[1], shell, lambda name: shell.files.rmdir(shell.path(name), shell.who))


def into(source: str, target: str, shell: Shell) -> str:
    """Return the path that a copy of `source` gets: one in `target` when that is a directory."""
    path = shell.path(target)
    try:
        is_directory = shell.files.stat(path, shell.who).kind is UnixKind.DIRECTORY
    except UnixError:
        return path
    return posixpath.join(path, posixpath.basename(source.rstrip("/"))) if is_directory else path


def mv(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Rename files."""
    _, names = flags(arguments)
    if len(names) < 2:
        return usage("mv", shell)
    return each(
        "mv", names[:-1], shell, lambda name: shell.files.rename(shell.path(name), into(name, names[-1], shell), shell.who)
    )


def touch(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Make files, or set the time of those that exist."""
    options, names = flags(arguments, "rt")

    def act(name: str) -> None:
        try:
            shell.files.utime(shell.path(name), shell.now(), shell.who)
        except UnixError as error:
            if error.errno_name != "ENOENT":
                raise
            if "c" not in options:
                shell.write(name, b"")

    return each("touch", names, shell, act)


def chmod(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Set permission bits, in octal or as u+x,go-w; -R below directories as well."""
    recursive = arguments[:1] == ["-R"]
    words = arguments[1:] if recursive else arguments
    if len(words) < 2 or not (
        re.fullmatch(r"[0-7]{3,4}", words[0]) or all(_MODE.fullmatch(part) for part in words[0].split(","))
    ):
        return usage("chmod", shell)

    def act(name: str) -> None:
        for info in below(shell.path(name), shell) if recursive else [shell.files.stat(shell.path(name), shell.who)]:
            shell.files.chmod(info.path, _mode(words[0], info), shell.who)

    return each("chmod", words[1:], shell, act)


def _mode(text: str, info: UnixInfo) -> int:
    if text[0].isdecimal():
        return int(text, 8)
    mode = info.mode
    for part in text.split(","):
        match = _MODE.fullmatch(part)
        assert match is not None
        who = sum(_WHO[letter] for letter in set(match[1].replace("a", "ugo") or "ugo"))
        bits = sum({_BITS.get(letter, 0) for letter in match[3].replace("X", "x")}) & who
        mode = mode | bits if match[2] == "+" else mode & ~bits if match[2] == "-" else (mode & ~who) | bits
    return mode


def below(path: str, shell: Shell) -> Iterator[UnixInfo]:
    """Yield a file and all below it."""
    shell.check()
    info = shell.files.stat(path, shell.who, follow=False)
    yield info
    if info.kind is UnixKind.DIRECTORY:
        for one in shell.files.listdir(path, shell.who):
            yield from below(one.path, shell)


def chown(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Give files to a user and group, by number."""
    options, names = flags(arguments)
    match = re.fullmatch(r"(\d*)(?::(\d+))?", names[0]) if len(names) > 1 else None
    if match is None:
        return usage("chown", shell)
    ids = {key: int(text) for key, text in (("uid", match[1]), ("gid", match[2])) if text}

    def act(name: str) -> None:
        for info in below(shell.path(name), shell) if "R" in options else [shell.files.stat(shell.path(name), shell.who)]:
            shell.files.chown(info.path, shell.who, **ids)

    return each("chown", names[1:], shell, act)


def ln(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Make a link; -s a symbolic one; -f in the place of what is there."""
    options, names = flags(arguments)
    if len(names) != 2:
        return usage("ln", shell)

    def act(name: str) -> None:
        target = into(name, names[1], shell)
        if "f" in options and shell.files.exists(target, shell.who):
            shell.files.unlink(target, shell.who)
        if "s" in options:
            shell.files.symlink(name, target, shell.who)
        else:
            shell.files.link(shell.path(name), target, shell.who)

    return each("ln", names[:1], shell, act)


def find(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the paths below directories that fit -name and -type."""
    roots = []
    words = list(arguments)
    while words and not words[0].startswith("-"):
        roots.append(words.pop(0))
    wanted = dict(zip(words[::2], words[1::2], strict=False)) if "-print" not in words else {}
    if "-print" in words:
        rest = [word for word in words if word != "-print"]
        wanted = dict(zip(rest[::2], rest[1::2], strict=False))
    if wanted.keys() - {"-name", "-type"}:
        return usage("find", shell)

    def act(root: str) -> None:
        base = shell.path(root)
        for info in below(base, shell):
            shown = root.rstrip("/") + info.path[len(base.rstrip("/")) :] or "/"
            is_kind = wanted.get("-type", "") in {"", info.kind.value.replace("-", "f")}
            if is_kind and fnmatch.fnmatchcase(posixpath.basename(info.path) or "/", wanted.get("-name", "*")):
                shell.put(out, shown)

    return each("find", roots or ["."], shell, act)


def du(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write how many blocks of 512 bytes (-k 1024) files take, all below directories together."""
    options, names = flags(arguments)

    def act(name: str) -> None:
        blocks = sum(_blocks(info) for info in below(shell.path(name), shell))
        shell.put(out, f"{blocks // 2 if 'k' in options else blocks}\t{name}")

    return each("du", names or ["."], shell, act)
