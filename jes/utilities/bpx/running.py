"""Runs what grammar.py reads: the small shell of BPXBATCH. Commands are those of commands.py; nothing of the host is run.

Source: [UNIX sh], [POSIX XCU 2]; jes-and-jcl reference 5.9. Not here: words (words.py), redirections (streams.py), commands that
are part of the shell (builtins.py). Rules: one process: the stages of a pipeline run one after the other, & does not run beside,
and the last stage of a pipeline runs in the shell itself, the others in copies of it. Each command asks whether the job was
cancelled or has used its time.
"""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Callable

from jes.utilities.bpx import grammar, words
from jes.utilities.bpx.grammar import AndOr, Case, Command, Commands, For, Function, Group, If, Loop, Pipeline, Simple
from jes.utilities.bpx.lexer import ShellSyntax
from jes.utilities.bpx.shell import DEEPEST, Input, Leave, Shell, text_of
from jes.utilities.bpx.streams import Streams
from jes.utilities.texts import table as texts
from mvsfs.errors import UnixError
from mvsfs.sentences import errno_text

NOT_FOUND = 127
CANNOT_EXECUTE = 126
SYNTAX = 2
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


def run(text: str, shell: Shell) -> int:
    """Run a script in a shell of its own; return its exit status."""
    shell.run = run
    try:
        status = evaluate(text, shell)
    except Leave as left:
        status = left.count if left.kind in {"exit", "return"} else shell.status
    if trap := shell.traps.pop("EXIT", ""):
        shell.status = status
        status = run(trap, shell) if "exit" in trap else (run(trap, shell), status)[1]
    return status


def evaluate(text: str, shell: Shell) -> int:
    """Run commands in this shell. Raises Leave."""
    try:
        _list(grammar.parse(text), shell, shell.stdin, shell.out)
    except ShellSyntax as problem:
        shell.complain(texts.line("fsum.syntax", near=problem.near.replace("\n", " ")))
        raise Leave("exit", SYNTAX) from None
    except words.Unset as problem:
        shell.complain(f"{problem.name}: {problem.why}")
        raise Leave("exit", 1) from None
    except UnixError as error:  # scripts or substitutions that call one another too deep
        shell.complain(texts.line("fsum.open", path=error.path, why=errno_text(error.errno_name)))
        raise Leave("exit", 1) from None
    return shell.status


def _list(commands: Commands, shell: Shell, stdin: Input, out: bytearray) -> None:
    for and_or in commands:
        _and_or(and_or, shell, stdin, out)


def _and_or(and_or: AndOr, shell: Shell, stdin: Input, out: bytearray) -> None:
    for index, (operator, pipeline) in enumerate(and_or):
        if operator and (operator == "&&") is not (shell.status == 0):
            continue
        is_tested = index < len(and_or) - 1 or pipeline.is_negated
        shell.tested += is_tested
        try:
            shell.status = _pipeline(pipeline, shell, stdin, out)
        finally:
            shell.tested -= is_tested
        if shell.status and "e" in shell.options and not shell.tested and not is_tested:
            raise Leave("exit", shell.status)


def _pipeline(pipeline: Pipeline, shell: Shell, stdin: Input, out: bytearray) -> int:
    for stage in pipeline.stages[:-1]:
        inner = shell.inner(shell.arguments)
        try:
            _command(stage, inner, stdin, inner.out)
        except Leave as left:
            inner.status = left.count if left.kind == "exit" else inner.status
        shell.err += inner.err
        stdin = Input(bytes(inner.out))
    status = _command(pipeline.stages[-1], shell, stdin, out)
    return int(not status) if pipeline.is_negated else status


def _command(command: Command, shell: Shell, stdin: Input, out: bytearray) -> int:
    """Do one command with its redirections."""
    shell.check()
    try:
        streams = Streams(shell, stdin, out)
        for redirect in command.redirects:
            streams.redirect(redirect)
    except UnixError as error:
        shell.complain(texts.line("fsum.open", path=error.path, why=errno_text(error.errno_name)))
        return 1
    kept, shell.err = shell.err, streams.err
    try:
        status = _DOERS[type(command)](command, shell, streams.stdin, streams.out)
    finally:
        shell.err = kept
        streams.close()
    return status


def _simple(command: Simple, shell: Shell, stdin: Input, out: bytearray) -> int:
    rest = list(command.words)
    assigned: dict[str, str] = {}
    while rest and (match := _ASSIGNMENT.fullmatch(rest[0])):
        shell.status = 0
        assigned[match[1]] = words.single(match[2], shell)
        del rest[0]
    arguments = [one for word in rest for one in words.expanded(word, shell)]
    if "x" in shell.options:
        shell.complain("+ " + " ".join([*(f"{name}={value}" for name, value in assigned.items()), *arguments]))
    if not arguments:
        shell.variables.update(assigned)
        return shell.status if assigned or rest else 0
    return _called(arguments, assigned, shell, stdin, out)


def _called(arguments: list[str], assigned: dict[str, str], shell: Shell, stdin: Input, out: bytearray) -> int:
    """Run a function, a command or a script, for which alone `assigned` counts."""
    before = {name: shell.variables.get(name) for name in assigned}
    shell.variables.update(assigned)
    try:
        return call(arguments, shell, stdin, out)
    finally:
        for name, value in before.items():
            if value is None:
                shell.variables.pop(name, None)
            else:
                shell.variables[name] = value


def call(arguments: list[str], shell: Shell, stdin: Input, out: bytearray) -> int:
    """Run a command by its name."""
    name = posixpath.basename(arguments[0])
    function = shell.functions.get(arguments[0])
    if function is not None:
        return _function_called(function, arguments, shell, stdin, out)
    command = shell.commands.get(name)
    try:
        return script(arguments, shell, stdin, out) if command is None else command(arguments[1:], stdin, shell, out)
    except UnixError as error:
        shell.complain(texts.line("fsum.command", name=name, path=error.path, why=errno_text(error.errno_name)))
        return 1


def _function_called(function: Command, arguments: list[str], shell: Shell, stdin: Input, out: bytearray) -> int:
    if shell.depth >= DEEPEST:
        raise UnixError("EAGAIN", shell.directory)
    kept, shell.arguments = shell.arguments, arguments[1:]
    shell.depth += 1
    try:
        return _command(function, shell, stdin, out)
    except Leave as left:
        if left.kind != "return":
            raise
        return left.count
    finally:
        shell.arguments = kept
        shell.depth -= 1


def script(
    arguments: list[str], shell: Shell, stdin: Input, out: bytearray, options: frozenset[str] | set[str] = frozenset()
) -> int:
    """Run the lines of a file that is named with a /; without one there is no such command."""
    if "/" not in arguments[0]:
        shell.complain(texts.line("fsum.notfound", name=arguments[0]))
        return NOT_FOUND
    try:
        text = text_of(shell.read(arguments[0]))
    except UnixError as error:
        is_there = error.errno_name != "ENOENT"
        key = "fsum.cannotexecute" if is_there else "fsum.notfound"
        shell.complain(texts.line(key, name=arguments[0], why=errno_text(error.errno_name)))
        return CANNOT_EXECUTE if is_there else NOT_FOUND
    inner = shell.inner(arguments[1:])
    inner.stdin, inner.name, inner.functions, inner.options, inner.tested = stdin, arguments[0], {}, set(options), 0
    try:
        return run(text, inner)
    finally:
        out += inner.out
        shell.err += inner.err


def _group(group: Group, shell: Shell, stdin: Input, out: bytearray) -> int:
    if not group.is_subshell:
        _list(group.body, shell, stdin, out)
        return shell.status
    inner = shell.inner(shell.arguments)
    try:
        _list(group.body, inner, stdin, inner.out)
    except Leave as left:
        inner.status = left.count if left.kind == "exit" else inner.status
    finally:
        out += inner.out
        shell.err += inner.err
    return inner.status


def _holds(condition: Commands, shell: Shell, stdin: Input, out: bytearray) -> bool:
    shell.tested += 1
    try:
        _list(condition, shell, stdin, out)
    finally:
        shell.tested -= 1
    return shell.status == 0


def _if(command: If, shell: Shell, stdin: Input, out: bytearray) -> int:
    for condition, body in command.branches:
        if _holds(condition, shell, stdin, out):
            _list(body, shell, stdin, out)
            return shell.status
    if command.otherwise is None:
        return 0
    _list(command.otherwise, shell, stdin, out)
    return shell.status


def _loop(loop: Loop, shell: Shell, stdin: Input, out: bytearray) -> int:
    status = 0
    while _holds(loop.condition, shell, stdin, out) is not loop.until:
        shell.check()
        if not _turn(loop.body, shell, stdin, out):
            return 0
        status = shell.status
    return status


def _for(loop: For, shell: Shell, stdin: Input, out: bytearray) -> int:
    found = shell.arguments if loop.words is None else [one for word in loop.words for one in words.expanded(word, shell)]
    status = 0
    for value in found:
        shell.variables[loop.name] = value
        if not _turn(loop.body, shell, stdin, out):
            return 0
        status = shell.status
    return status


def _turn(body: Commands, shell: Shell, stdin: Input, out: bytearray) -> bool:
    """Go through the body of a loop once; tell whether the loop goes on."""
    try:
        _list(body, shell, stdin, out)
    except Leave as left:
        if left.kind not in {"break", "continue"}:
            raise
        if left.count > 1:
            raise Leave(left.kind, left.count - 1) from None
        return left.kind == "continue"
    return True


def _case(case: Case, shell: Shell, stdin: Input, out: bytearray) -> int:
    word = words.single(case.word, shell)
    for patterns, body in case.choices:
        if any(fnmatch.fnmatchcase(word, words.pattern(one, shell)) for one in patterns):
            shell.status = 0
            _list(body, shell, stdin, out)
            return shell.status
    return 0


def _function(function: Function, shell: Shell, _stdin: Input, _out: bytearray) -> int:
    shell.functions[function.name] = function.body
    return 0


_DOERS: dict[type, Callable[..., int]] = {
    Simple: _simple, Group: _group, If: _if, Loop: _loop, For: _for, Case: _case, Function: _function,
}  # fmt: skip
