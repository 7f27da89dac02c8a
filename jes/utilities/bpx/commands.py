"""The commands of the small shell.

Source: [UNIX] command reference; jes-and-jcl reference 5.9. Rules: each takes its arguments, standard input, the shell and
where its output
goes, and returns an exit status; a refusal of the file system is raised as UnixError and worded by the shell.
"""

from __future__ import annotations

import posixpath
import re

from jes.hosttext import to_host, to_text
from jes.utilities.bpx.shell import NEWLINE, Command, Shell
from mvsfs.errors import UnixError
from mvsfs.info import UnixInfo, UnixKind


def _put(out: bytearray, *lines: str) -> None:
    for line in lines:
        out += to_host(line) + NEWLINE


def _flags(arguments: list[str]) -> tuple[set[str], list[str]]:
    flags = {letter for word in arguments if word.startswith("-") and len(word) > 1 for letter in word[1:]}
    return flags, [word for word in arguments if not word.startswith("-") or word == "-"]


def _input(names: list[str], data: bytes, shell: Shell) -> bytes:
    if names:
        return b"".join(shell.read(name) for name in names)
    if data is shell.stdin:
        shell.stdin = b""
    return data


def _lines(data: bytes) -> list[bytes]:
    found = data.split(NEWLINE)
    return found[:-1] if found and not found[-1] else found


def echo(arguments: list[str], _data: bytes, _shell: Shell, out: bytearray) -> int:
    """Write the arguments."""
    _put(out, " ".join(arguments))
    return 0


def cat(arguments: list[str], data: bytes, shell: Shell, out: bytearray) -> int:
    """Write files one after the other."""
    out += _input([name for name in arguments if name != "-"], data, shell)
    return 0


def ls(arguments: list[str], _data: bytes, shell: Shell, out: bytearray) -> int:
    """List directories."""
    flags, names = _flags(arguments)
    for name in names or ["."]:
        info = shell.files.stat(shell.path(name), shell.who)
        inside = shell.files.listdir(info.path, shell.who) if info.kind is UnixKind.DIRECTORY and "d" not in flags else [info]
        for one in inside:
            shown = posixpath.basename(one.path) if info.kind is UnixKind.DIRECTORY and "d" not in flags else name
            if shown.startswith(".") and "a" not in flags:
                continue
            _put(out, _long(one, shown) if "l" in flags else shown)
    return 0


def _long(info: UnixInfo, shown: str) -> str:
    letters = "".join(letter if info.mode >> (8 - at) & 1 else "-" for at, letter in enumerate("rwxrwxrwx"))
    stamp = f"{info.mtime:%b %e %H:%M}"
    return f"{info.kind.value}{letters} {info.links:>3} {info.owner:<8} {info.group:<8} {info.size:>10} {stamp} {shown}"


def cd(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Change the directory."""
    path = shell.path(arguments[0] if arguments else shell.variables.get("HOME", "/"))
    if shell.files.stat(path, shell.who).kind is not UnixKind.DIRECTORY:
        raise UnixError("ENOTDIR", path)
    shell.directory = path
    return 0


def pwd(_arguments: list[str], _data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the directory."""
    _put(out, shell.directory)
    return 0


def mkdir(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Make directories; -p with those above."""
    flags, names = _flags(arguments)
    for name in names:
        (shell.files.makedirs if "p" in flags else shell.files.mkdir)(shell.path(name), shell.who)
    return 0


def rm(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Remove files; -r directories too; -f without complaint."""
    flags, names = _flags(arguments)
    for name in names:
        try:
            _remove(shell.path(name), shell, recursive=bool(flags & {"r", "R"}))
        except UnixError:
            if "f" not in flags:
                raise
    return 0


def _remove(path: str, shell: Shell, *, recursive: bool) -> None:
    if recursive and shell.files.stat(path, shell.who, follow=False).kind is UnixKind.DIRECTORY:
        for info in shell.files.listdir(path, shell.who):
            _remove(info.path, shell, recursive=True)
        shell.files.rmdir(path, shell.who)
        return
    shell.files.unlink(path, shell.who)


def rmdir(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Remove empty directories."""
    for name in arguments:
        shell.files.rmdir(shell.path(name), shell.who)
    return 0


def _into(source: str, target: str, shell: Shell) -> str:
    path = shell.path(target)
    try:
        is_directory = shell.files.stat(path, shell.who).kind is UnixKind.DIRECTORY
    except UnixError:
        return path
    return posixpath.join(path, posixpath.basename(source)) if is_directory else path


def cp(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Copy files."""
    _, names = _flags(arguments)
    if len(names) < 2:
        return usage("cp", shell)
    for name in names[:-1]:
        shell.write(_into(name, names[-1], shell), shell.read(name))
    return 0


def mv(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Rename files."""
    _, names = _flags(arguments)
    if len(names) < 2:
        return usage("mv", shell)
    for name in names[:-1]:
        shell.files.rename(shell.path(name), _into(name, names[-1], shell), shell.who)
    return 0


def usage(name: str, shell: Shell) -> int:
    """Complain about missing arguments; return 2."""
    shell.complain(f"{name}: FSUM6001 missing operand")
    return 2


def touch(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Make files, or set the time of those that exist."""
    for name in arguments:
        try:
            shell.files.utime(shell.path(name), shell.now(), shell.who)
        except UnixError:
            shell.write(name, b"")
    return 0


def chmod(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Set permission bits, in octal."""
    if len(arguments) < 2 or not re.fullmatch(r"[0-7]{3,4}", arguments[0]):
        return usage("chmod", shell)
    for name in arguments[1:]:
        shell.files.chmod(shell.path(name), int(arguments[0], 8), shell.who)
    return 0


def ln(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Make a link; -s a symbolic one."""
    flags, names = _flags(arguments)
    if len(names) != 2:
        return usage("ln", shell)
    if "s" in flags:
        shell.files.symlink(names[0], shell.path(names[1]), shell.who)
    else:
        shell.files.link(shell.path(names[0]), shell.path(names[1]), shell.who)
    return 0


def wc(arguments: list[str], data: bytes, shell: Shell, out: bytearray) -> int:
    """Count lines, words, bytes."""
    flags, names = _flags(arguments)
    text = _input(names, data, shell)
    figures = {"l": text.count(NEWLINE), "w": len(to_text(text).split()), "c": len(text)}
    shown = [str(figures[flag]) for flag in "lwc" if not flags or flag in flags]
    _put(out, " ".join([*shown, *names]))
    return 0


def head(arguments: list[str], data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the first lines: -n count, 10 unless told."""
    return _some(arguments, data, shell, out, from_front=True)


def tail(arguments: list[str], data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the last lines."""
    return _some(arguments, data, shell, out, from_front=False)


def _some(arguments: list[str], data: bytes, shell: Shell, out: bytearray, *, from_front: bool) -> int:
    words = list(arguments)
    count = 10
    if "-n" in words[:-1]:
        at = words.index("-n")
        count = int(words[at + 1]) if words[at + 1].isdecimal() else count
        del words[at : at + 2]
    elif words and re.fullmatch(r"-\d+", words[0]):
        count = int(words.pop(0)[1:])
    lines = _lines(_input(words, data, shell))
    for line in lines[:count] if from_front else lines[-count:] if count else []:
        out += line + NEWLINE
    return 0


def grep(arguments: list[str], data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the lines that match; 1 when none does."""
    flags, words = _flags(arguments)
    if not words:
        return usage("grep", shell)
    try:
        pattern = re.compile(words[0], re.IGNORECASE if "i" in flags else 0)
    except re.error:
        return usage("grep", shell)
    found = [
        line
        for line in _lines(_input(words[1:], data, shell))
        if (pattern.search(to_text(line)) is not None) is ("v" not in flags)
    ]
    if "c" in flags:
        _put(out, str(len(found)))
    elif "q" not in flags:
        out += b"".join(line + NEWLINE for line in found)
    return 0 if found else 1


def sort(arguments: list[str], data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the lines in order; -r in reverse, -u each once."""
    flags, names = _flags(arguments)
    lines = sorted(_lines(_input(names, data, shell)), reverse="r" in flags)
    for line in dict.fromkeys(lines) if "u" in flags else lines:
        out += line + NEWLINE
    return 0


def test(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Test files and strings."""
    words = [word for word in arguments if word != "]"]
    wanted = 0
    if words and words[0] == "!":
        words, wanted = words[1:], 1
    return wanted if _holds(words, shell) else 1 - wanted


def _holds(words: list[str], shell: Shell) -> bool:
    if len(words) == 3 and words[1] in {"=", "!="}:
        return (words[0] == words[2]) is (words[1] == "=")
    if len(words) == 3 and words[1].startswith("-") and words[0].lstrip("-").isdecimal() and words[2].lstrip("-").isdecimal():
        one, two = int(words[0]), int(words[2])
        return {
            "-eq": one == two,
            "-ne": one != two,
            "-gt": one > two,
            "-ge": one >= two,
            "-lt": one < two,
            "-le": one <= two,
        }.get(words[1], False)
    if len(words) == 2 and words[0] in {"-z", "-n"}:
        return (words[1] == "") is (words[0] == "-z")
    if len(words) == 2 and words[0] in {"-e", "-f", "-d", "-s"}:
        try:
            info = shell.files.stat(shell.path(words[1]), shell.who)
        except UnixError:
            return False
        if words[0] == "-s":
            return bool(info.size)
        return words[0] == "-e" or info.kind is (UnixKind.FILE if words[0] == "-f" else UnixKind.DIRECTORY)
    return len(words) == 1 and words[0] != ""


def export(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Set variables."""
    for word in arguments:
        name, equals, value = word.partition("=")
        if equals:
            shell.variables[name] = value
    return 0


def env(_arguments: list[str], _data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the variables."""
    _put(out, *(f"{name}={value}" for name, value in shell.variables.items()))
    return 0


def whoami(_arguments: list[str], _data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the user id."""
    _put(out, shell.who.userid)
    return 0


def date(_arguments: list[str], _data: bytes, shell: Shell, out: bytearray) -> int:
    """Write the time."""
    _put(out, f"{shell.now():%a %b %e %H:%M:%S %Z %Y}")
    return 0


def uname(_arguments: list[str], _data: bytes, _shell: Shell, out: bytearray) -> int:
    """Write the name of the system."""
    _put(out, "OS/390")
    return 0


def exit_(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """End the shell."""
    shell.is_done = True
    return int(arguments[0]) & 0xFF if arguments and arguments[0].isdecimal() else shell.status


def yes(_arguments: list[str], _data: bytes, _shell: Shell, _out: bytearray) -> int:
    """Succeed."""
    return 0


def no(_arguments: list[str], _data: bytes, _shell: Shell, _out: bytearray) -> int:
    """Fail."""
    return 1


def basename(arguments: list[str], _data: bytes, _shell: Shell, out: bytearray) -> int:
    """Write the last part of a path."""
    _put(out, posixpath.basename(arguments[0]) if arguments else "")
    return 0


def dirname(arguments: list[str], _data: bytes, _shell: Shell, out: bytearray) -> int:
    """Write what stands before the last part of a path."""
    _put(out, posixpath.dirname(arguments[0]) or "." if arguments else "")
    return 0


def sleep(arguments: list[str], _data: bytes, shell: Shell, _out: bytearray) -> int:
    """Let seconds pass."""
    if len(arguments) != 1 or not re.fullmatch(r"\d{1,9}", arguments[0]):
        shell.complain("Usage: sleep seconds")
        return 1
    shell.pause(float(arguments[0]))
    return 0


COMMANDS: dict[str, Command] = {
    "echo": echo, "cat": cat, "ls": ls, "cd": cd, "pwd": pwd, "mkdir": mkdir, "rm": rm, "rmdir": rmdir, "cp": cp, "mv": mv,
    "touch": touch,
    "chmod": chmod, "ln": ln, "wc": wc, "head": head, "tail": tail, "grep": grep, "sort": sort, "test": test, "[": test,
    "export": export,
    "env": env, "whoami": whoami, "date": date, "uname": uname, "exit": exit_, "true": yes, ":": yes, "false": no, "basename":
    basename,
    "dirname": dirname, "sleep": sleep,
}  # fmt: skip
