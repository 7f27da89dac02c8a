"""Commands that are part of the shell: they change it, or decide what it does next.

Source: [UNIX sh], [POSIX XCU 2.14]. Rules: as for commands (commands.py): arguments, standard input, the shell, where output
goes.
"""

from __future__ import annotations

import posixpath
import re

from jes.hosttext import to_text
from jes.utilities.bpx import running
from jes.utilities.bpx.shell import Input, Leave, Program, Shell, text_of
from mvsfs.errors import UnixError
from mvsfs.info import UnixKind

_NAME = re.compile(r"[A-Za-z_]\w*")


def cd(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Change the directory; - is the one before."""
    name = arguments[0] if arguments else shell.variables.get("HOME", "/")
    path = shell.path(shell.variables.get("OLDPWD", shell.directory) if name == "-" else name)
    if shell.files.stat(path, shell.who).kind is not UnixKind.DIRECTORY:
        raise UnixError("ENOTDIR", path)
    if name == "-":
        shell.put(out, path)
    shell.variables["OLDPWD"], shell.directory = shell.directory, path
    shell.variables["PWD"] = path
    return 0


def export(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Set variables; alone or with -p, show them."""
    names = [word for word in arguments if not word.startswith("-")]
    for word in names:
        name, equals, value = word.partition("=")
        if equals:
            shell.variables[name] = value
    if not names:
        shell.put(out, *(f'{name}="{value}"' for name, value in sorted(shell.variables.items())))
    return 0


def unset(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Forget variables, or functions."""
    for name in arguments:
        shell.variables.pop(name, None)
        if arguments[0] == "-f":
            shell.functions.pop(name, None)
    return 0


def set_(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Turn options on (-e -u -x) or off (+e ..), set the arguments; alone, show the variables."""
    if not arguments:
        shell.put(out, *(f'{name}="{value}"' for name, value in sorted(shell.variables.items())))
    words = list(arguments)
    while words and re.fullmatch(r"[-+][a-z]+", words[0]):
        word = words.pop(0)
        letters = set(word[1:])
        if word[1:] == "o" and words:
            letters = {{"errexit": "e", "nounset": "u", "xtrace": "x"}.get(words.pop(0), "")}
        shell.options = shell.options | letters if word[0] == "-" else shell.options - letters
    if words[:1] == ["--"]:
        shell.arguments = words[1:]
    elif words:
        shell.arguments = words
    return 0


def shift(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Drop the first arguments."""
    count = _number(arguments, 1)
    if count > len(shell.arguments):
        return 1
    shell.arguments = shell.arguments[count:]
    return 0


def _number(arguments: list[str], default: int) -> int:
    return int(arguments[0]) if arguments and arguments[0].isdecimal() else default


def exit_(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """End the shell."""
    raise Leave("exit", _number(arguments, shell.status) & 0xFF)


def return_(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """End a function, or a script that . reads."""
    raise Leave("return", _number(arguments, shell.status) & 0xFF)


def break_(arguments: list[str], _stdin: Input, _shell: Shell, _out: bytearray) -> int:
    """End loops."""
    raise Leave("break", max(_number(arguments, 1), 1))


def continue_(arguments: list[str], _stdin: Input, _shell: Shell, _out: bytearray) -> int:
    """Begin the next turn of a loop."""
    raise Leave("continue", max(_number(arguments, 1), 1))


def eval_(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Run the arguments as commands."""
    return _here(" ".join(arguments), shell, stdin, out)


def dot(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Run the commands of a file in this shell."""
    if not arguments:
        return 0
    try:
        return _here(text_of(shell.read(arguments[0])), shell, stdin, out)
    except Leave as left:
        if left.kind != "return":
            raise
        return left.count


def _here(text: str, shell: Shell, stdin: Input, out: bytearray) -> int:
    kept = shell.stdin, shell.out
    shell.stdin, shell.out = stdin, out
    try:
        shell.status = 0
        return running.evaluate(text, shell)
    finally:
        shell.stdin, shell.out = kept


def read(arguments: list[str], stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Read a line into variables; 1 at the end. -r takes backslashes as they are."""
    names = [word for word in arguments if not word.startswith("-")] or ["REPLY"]
    line = stdin.line()
    text = to_text(line) if line is not None else ""
    if "-r" not in arguments:
        text = re.sub(r"\\(.)", r"\1", text)
    separators = shell.variables.get("IFS", " \t\n")
    if separators.strip():
        fields = re.split(f"[{re.escape(separators)}]", text, maxsplit=len(names) - 1)
    else:
        fields = text.split(None, len(names) - 1) if separators else [text]
    for index, name in enumerate(names):
        shell.variables[name] = fields[index].strip() if index < len(fields) else ""
    return int(line is None)


def sh(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Run a shell: -c commands, a script, or what standard input holds."""
    words = list(arguments)
    options: set[str] = set()
    commands = None
    while words and re.fullmatch(r"-[a-zL]+", words[0]):
        letters = words.pop(0)[1:]
        options |= set(letters) & set("eux")
        if "c" in letters and words:
            commands = words.pop(0)
            break
    if commands is None and words and words[0] != "-s":
        return running.script([words[0] if "/" in words[0] else f"./{words[0]}", *words[1:]], shell, stdin, out, options)
    inner = shell.inner(words[1:])
    inner.options, inner.functions, inner.tested, inner.name = options, {}, 0, words[0] if words else "sh"
    text = commands if commands is not None else text_of(stdin.read())
    inner.stdin = stdin
    try:
        return running.run(text, inner)
    finally:
        out += inner.out
        shell.err += inner.err


def trap(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Note what to do at the end (EXIT); signals never come."""
    for name in arguments[1:]:
        key = "EXIT" if name in {"0", "EXIT"} else name
        shell.traps[key] = "" if arguments[0] == "-" else arguments[0]
    return 0


def command(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Run a command and no function; -v tells what a name stands for."""
    if arguments[:1] in (["-v"], ["-V"]):
        name = arguments[1] if len(arguments) > 1 else ""
        if name in shell.functions or name in BUILTINS:
            shell.put(out, name)
        elif name in shell.commands:
            shell.put(out, f"/bin/{name}")
        else:
            return 1
        return 0
    if not arguments:
        return 0
    kept, shell.functions = shell.functions, {}
    try:
        return running.call(arguments, shell, stdin, out)
    finally:
        shell.functions = kept


def exec_(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Run a command in the place of the shell."""
    if not arguments:
        return 0
    raise Leave("exit", running.call(arguments, shell, stdin, out))


def local(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Set variables (typeset, readonly): no attributes are kept."""
    for word in arguments:
        name, equals, value = word.partition("=")
        if equals and _NAME.fullmatch(name):
            shell.variables[name] = value
    return 0


def yes(_arguments: list[str], _stdin: Input, _shell: Shell, _out: bytearray) -> int:
    """Succeed."""
    return 0


def no(_arguments: list[str], _stdin: Input, _shell: Shell, _out: bytearray) -> int:
    """Fail."""
    return 1


def pwd(_arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write the directory."""
    shell.put(out, posixpath.normpath(shell.directory))
    return 0


BUILTINS: dict[str, Program] = {
    "cd": cd, "export": export, "unset": unset, "set": set_, "shift": shift, "exit": exit_, "return": return_, "break": break_,
    "continue": continue_, "eval": eval_, ".": dot, "read": read, "sh": sh, "trap": trap, "command": command, "exec": exec_,
    "typeset": local, "readonly": local, "local": local, "true": yes, ":": yes, "false": no, "pwd": pwd, "umask": yes,
    "wait": yes, "ulimit": yes,
}  # fmt: skip
