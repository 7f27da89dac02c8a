"""test, [ and expr: what holds, and small calculations.

Source: [UNIX] test, expr; [POSIX XCU 4]. Rules: pure but for looking at files. test: 0 holds, 1 does not, 2 cannot be read.
"""

from __future__ import annotations

import re

from jes.utilities.bpx.lexer import ShellSyntax
from jes.utilities.bpx.operands import USAGE
from jes.utilities.bpx.shell import Input, Shell
from mvsfs.errors import UnixError
from mvsfs.info import UnixInfo, UnixKind

_NUMBER = re.compile(r"\s*[-+]?\d{1,18}\s*")
_FILE_TESTS = frozenset("efdsrwxhLp")


def test(arguments: list[str], _stdin: Input, shell: Shell, _out: bytearray) -> int:
    """Test files, strings and numbers, with ! -a -o and parentheses."""
    words = arguments[:-1] if arguments[-1:] == ["]"] else list(arguments)
    try:
        holds = _or(words, shell) if words else False
    except ShellSyntax as problem:
        shell.complain(f"test: FSUM7323 syntax error at {problem.near}")
        return USAGE
    return int(not holds)


def _or(words: list[str], shell: Shell) -> bool:
    return any(_and(part, shell) for part in _split(words, "-o"))


def _and(words: list[str], shell: Shell) -> bool:
    return all(_primary(part, shell) for part in _split(words, "-a"))


def _split(words: list[str], operator: str) -> list[list[str]]:
    """Return the words between operators that stand outside of parentheses, where an operand cannot stand."""
    if len(words) <= 3:
        return [words]
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == operator and depth == 0 and parts[-1]:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _primary(words: list[str], shell: Shell) -> bool:
    if not words:
        return False
    if words[0] == "!" and len(words) > 1:
        return not _primary(words[1:], shell)
    if words[0] == "(" and words[-1] == ")" and len(words) > 2:
        return _or(words[1:-1], shell)
    if len(words) == 1:
        return words[0] != ""
    if len(words) == 2:
        return _unary(words[0], words[1], shell)
    if len(words) == 3:
        return _binary(words[0], words[1], words[2], shell)
    raise ShellSyntax(words[3])


def _unary(operator: str, word: str, shell: Shell) -> bool:
    if operator in {"-z", "-n"}:
        return (word == "") is (operator == "-z")
    if operator == "-t":
        return False
    letter = operator.removeprefix("-")
    if operator == letter or letter not in _FILE_TESTS:
        raise ShellSyntax(operator)
    info = _info(word, shell, follow=letter not in {"h", "L"})
    if info is None:
        return False
    if letter in {"r", "w", "x"}:
        return bool(shell.files.may(info.path, shell.who, read=letter == "r", write=letter == "w", search=letter == "x"))
    kinds = {"f": UnixKind.FILE, "d": UnixKind.DIRECTORY, "h": UnixKind.SYMLINK, "L": UnixKind.SYMLINK, "p": UnixKind.FIFO}
    return bool(info.size) if letter == "s" else letter == "e" or info.kind is kinds[letter]


def _info(name: str, shell: Shell, *, follow: bool = True) -> UnixInfo | None:
    try:
        info: UnixInfo = shell.files.stat(shell.path(name), shell.who, follow=follow)
    except UnixError:
        return None
    return info


def _binary(one: str, operator: str, two: str, shell: Shell) -> bool:
    if operator in {"=", "==", "!="}:
        return (one == two) is (operator != "!=")
    if operator in {"-nt", "-ot"}:
        left, right = _info(one, shell), _info(two, shell)
        if left is None or right is None:
            return (left is not None) if operator == "-nt" else (right is not None)
        return left.mtime > right.mtime if operator == "-nt" else left.mtime < right.mtime
    compare = {"-eq": int.__eq__, "-ne": int.__ne__, "-gt": int.__gt__, "-ge": int.__ge__, "-lt": int.__lt__, "-le": int.__le__}
    if operator not in compare:
        raise ShellSyntax(operator)
    for word in (one, two):
        if not _NUMBER.fullmatch(word):
            raise ShellSyntax(word)
    return bool(compare[operator](int(one), int(two)))


def expr(arguments: list[str], _stdin: Input, shell: Shell, out: bytearray) -> int:
    """Write what an expression of words gives: + - * / %, comparisons, string : pattern; 1 for 0 or nothing."""
    words = list(arguments)
    if len(words) == 3 and words[1] == ":":
        match = re.match(re.sub(r"\\([()])", r"\1", words[2]), words[0])
        found = (match[1] if match.groups() else str(match.end())) if match else "0"
    elif len(words) == 1:
        found = words[0]
    else:
        try:
            found = str(_calculated(words))
        except (ShellSyntax, IndexError):
            shell.complain("expr: FSUM6601 syntax error")
            return USAGE
    shell.put(out, found)
    return int(found in {"", "0"})


def _calculated(words: list[str]) -> int:
    """Return the value of terms from left to right, products before sums, sums before comparisons."""
    for operators in (("=", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/", "%")):
        at = next((place for place in range(len(words) - 2, 0, -1) if words[place] in operators), None)
        if at is not None:
            return _applied(words[at], words[:at], words[at + 1 :])
    if len(words) != 1 or not _NUMBER.fullmatch(words[0]):
        raise ShellSyntax(" ".join(words))
    return int(words[0])


def _applied(operator: str, left: list[str], right: list[str]) -> int:
    if operator in {"=", "!="} and len(left) == len(right) == 1:
        return int((left[0] == right[0]) is (operator == "="))
    one, two = _calculated(left), _calculated(right)
    if operator in {"/", "%"}:
        if two == 0:
            raise ShellSyntax(operator)
        quotient = abs(one) // abs(two) * (1 if (one < 0) == (two < 0) else -1)
        return quotient if operator == "/" else one - quotient * two
    return int({
        "+": one + two, "-": one - two, "*": one * two, "=": one == two, "!=": one != two, "<": one < two, "<=": one <= two,
        ">": one > two, ">=": one >= two,
    }[operator])  # fmt: skip
