"""Expressions of the shell: $((..)), with whole numbers as in C.

Source: [POSIX XCU 2.6.4]. Rules: pure; raises ShellSyntax. Division cuts towards zero; a comparison is 1 or 0. Not here:
assignments, ?: and the comma.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jes.utilities.bpx.lexer import ShellSyntax

_TOKEN = re.compile(r"\s*(0[xX][0-9a-fA-F]+|\d+|\$?[A-Za-z_]\w*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%()<>!~&^|])")
#: Operators from the weakest to the strongest.
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", "<=", ">", ">="), ("<<", ">>"), ("+", "-"), ("*", "/", "%"),
)  # fmt: skip
_LARGEST = 1 << 63
_MOST_SHIFT = 63
_DEEPEST = 50


def evaluate(text: str, value: Callable[[str], str]) -> int:
    """Return the value of an expression; `value` gives the text of a variable."""
    words, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ShellSyntax(text[at : at + 10])
        words.append(match[1])
        at = match.end()
    if not words:
        return 0
    reader = _Reader(words, value)
    result = reader.level(0)
    if reader.words:
        raise ShellSyntax(reader.words[0])
    return result


class _Reader:
    def __init__(self, words: list[str], value: Callable[[str], str]) -> None:
        self.words = words
        self._value = value
        self._depth = 0

    def level(self, at: int) -> int:
        if at == len(_LEVELS):
            return self._unary()
        left = self.level(at + 1)
        while self.words and self.words[0] in _LEVELS[at]:
            operator = self.words.pop(0)
            left = _wrapped(_done(operator, left, self.level(at + 1)))
        return left

    def _unary(self) -> int:
        if not self.words:
            raise ShellSyntax("end of expression")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ShellSyntax(self.words[0])
        word = self.words.pop(0)
        if word in {"-", "+", "!", "~"}:
            operand = self._unary()
            result = {"-": -operand, "+": operand, "!": int(not operand), "~": ~operand}[word]
        elif word == "(":
            result = self.level(0)
            if not self.words or self.words.pop(0) != ")":
                raise ShellSyntax("(")
        else:
            result = self._number(word)
        self._depth -= 1
        return result

    def _number(self, word: str) -> int:
        if re.fullmatch(r"\$?[A-Za-z_]\w*", word):
            word = self._value(word.lstrip("$")).strip() or "0"
        try:
            return int(word, 0) if word.lower().lstrip("-").startswith("0x") else int(word)
        except ValueError:
            raise ShellSyntax(word[:20]) from None


def _wrapped(number: int) -> int:
    return (number + _LARGEST) % (2 * _LARGEST) - _LARGEST


def _done(operator: str, left: int, right: int) -> int:
    """Return what an operator makes of two numbers. Raises ShellSyntax for a division by zero."""
    if operator in {"/", "%"}:
        if right == 0:
            raise ShellSyntax(f"{operator} 0")
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        return quotient if operator == "/" else left - quotient * right
    if operator in {"<<", ">>"}:
        shift = min(max(right, 0), _MOST_SHIFT)
        return left << shift if operator == "<<" else left >> shift
    results: dict[str, int] = {
        "||": int(bool(left or right)), "&&": int(bool(left and right)), "|": left | right, "^": left ^ right, "&": left & right,
        "==": int(left == right), "!=": int(left != right), "<": int(left < right), "<=": int(left <= right),
        ">": int(left > right), ">=": int(left >= right), "+": left + right, "-": left - right, "*": left * right,
    }  # fmt: skip
    return results[operator]
