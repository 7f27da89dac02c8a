"""sed: s, d, p and q, on all lines or on those that addresses name.

    [address[,address]][!]  s/re/text/[g][p][n]   d   p   q        address: a number, $ or /re/

Source: [UNIX sed]. Rules: -n writes only what p asks for; -e gives a script, several one after the other; commands are cut at ;
and line ends. Not here: other commands: they are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jes.hosttext import to_text
from jes.utilities.bpx.filters import regex
from jes.utilities.bpx.lexer import ShellSyntax
from jes.utilities.bpx.operands import USAGE, content, flags, lines
from jes.utilities.bpx.shell import Input, Shell

_ADDRESS = re.compile(r"(\d+|\$|/(?:[^/\\]|\\.)*/)")
_LAST = "$"


@dataclass(slots=True)
class _Command:
    addresses: tuple[str | int | re.Pattern[str], ...]
    is_negated: bool
    verb: str
    pattern: re.Pattern[str] | None = None
    text: str = ""
    options: str = ""
    inside: bool = False  # between the two addresses


def sed(arguments: list[str], stdin: Input, shell: Shell, out: bytearray) -> int:
    """Edit lines."""
    scripts: list[str] = []
    rest: list[str] = []
    quiet = False
    words = iter(arguments)
    for word in words:
        if word == "-n":
            quiet = True
        elif word == "-e":
            scripts.append(next(words, ""))
        else:
            rest.append(word)
    names = flags(rest)[1]
    if not scripts and names:
        scripts.append(names.pop(0))
    try:
        commands = [command for script in scripts for command in _commands(script)]
    except ShellSyntax as problem:
        shell.complain(f"sed: FSUM9401 unrecognized command {problem.near}")
        return USAGE
    found = [to_text(line) for line in lines(content(names, stdin, shell))]
    for number, line in enumerate(found, 1):
        shown, is_over = _edited(line, number, number == len(found), commands, quiet=quiet)
        shell.put(out, *shown)
        if is_over:
            break
    return 0


def _commands(script: str) -> list[_Command]:
    """Return the commands of a script. Raises ShellSyntax."""
    found = []
    text = script.strip("; \n")
    while text:
        addresses: list[str | int | re.Pattern[str]] = []
        while len(addresses) < 2 and (match := _ADDRESS.match(text)):
            addresses.append(_address(match[1]))
            text = text[match.end() :]
            if not text.startswith(","):
                break
            text = text[1:]
        text = text.lstrip()
        negated = text.startswith("!")
        command, text = _command(text.lstrip("! "))
        command.addresses, command.is_negated = tuple(addresses), negated
        found.append(command)
        text = text.strip("; \n")
    return found


def _address(text: str) -> str | int | re.Pattern[str]:
    if text.isdecimal():
        return int(text)
    if text == _LAST:
        return text
    pattern = regex(text[1:-1])
    if pattern is None:
        raise ShellSyntax(text)
    return pattern


def _command(text: str) -> tuple[_Command, str]:
    """Return a command and what follows it."""
    verb = text[:1]
    if verb in {"d", "p", "q"}:
        return _Command((), False, verb), text[1:]
    if verb != "s" or len(text) < 2:
        raise ShellSyntax(text[:10])
    mark = re.escape(text[1])
    match = re.match(rf"s{mark}((?:[^{mark}\\]|\\.)*){mark}((?:[^{mark}\\]|\\.)*){mark}([gp0-9]*)", text, re.DOTALL)
    if match is None:
        raise ShellSyntax(text[:20])
    pattern = regex(match[1].replace(f"\\{text[1]}", text[1]) if text[1] not in "(){}|+?" else match[1])
    if pattern is None:
        raise ShellSyntax(match[1])
    return _Command((), False, "s", pattern, match[2], match[3]), text[match.end() :]


def _edited(line: str, number: int, is_last: bool, commands: list[_Command], *, quiet: bool) -> tuple[list[str], bool]:
    """Return what becomes of a line, and whether q was among the commands."""
    shown: list[str] = []
    for command in commands:
        if _applies(command, line, number, is_last) is command.is_negated:
            continue
        if command.verb == "d":
            return shown, False
        if command.verb == "q":
            return [*shown, *([] if quiet else [line])], True
        if command.verb == "p":
            shown.append(line)
            continue
        assert command.pattern is not None
        line, count = command.pattern.subn(
            lambda match, given=command.text: _replacement(match, given), line, 0 if "g" in command.options else 1
        )
        if count and "p" in command.options:
            shown.append(line)
    return [*shown, *([] if quiet else [line])], False


def _replacement(match: re.Match[str], text: str) -> str:
    def given(hole: re.Match[str]) -> str:
        if hole[1] is None:
            return match[0]
        if hole[1].isdecimal():
            return match[int(hole[1])] or "" if int(hole[1]) <= len(match.groups()) else ""
        return {"n": "\n", "t": "\t"}.get(hole[1], hole[1])

    return re.sub(r"\\(.)|&", given, text, flags=re.DOTALL)


def _applies(command: _Command, line: str, number: int, is_last: bool) -> bool:
    def fits(address: str | int | re.Pattern[str]) -> bool:
        if isinstance(address, int):
            return number == address
        return is_last if isinstance(address, str) else address.search(line) is not None

    addresses = command.addresses
    if len(addresses) < 2:
        return not addresses or fits(addresses[0])
    if command.inside:
        command.inside = not fits(addresses[1])
        return True
    if not fits(addresses[0]):
        return False
    command.inside = not (isinstance(addresses[1], int) and addresses[1] <= number)
    return True
