"""The installation's syntax rules for passwords: SETROPTS PASSWORD(RULE1(LENGTH(6:8) ALPHANUM(1:8))).

Source: [RACFCL SETROPTS] PASSWORD RULEn: up to eight rules; a new password must fit one of them, by its length and by what each
position holds. A rule is kept as `number:least:most:mask`, the mask with one letter of the manual's legend for each position.
Rules: pure.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass

from saf.errors import OperandError

POSITIONS = 8
_ANYTHING = "*"
_UPPER, _LOWER, _DIGITS, _NATIONAL = string.ascii_uppercase, string.ascii_lowercase, string.digits, "@#$"
_VOWELS, _SPECIAL = "AEIOU", ".<+|&!*-%_>?:="
_CONSONANTS = "".join(sign for sign in _UPPER if sign not in _VOWELS)
#: Keyword of SETROPTS, letter of the legend, characters allowed, and groups of which each needs one in the positions together.
KINDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("ALPHA", "A", _UPPER + _NATIONAL, ()),
    ("ALPHANUM", "L", _UPPER + _NATIONAL + _DIGITS, (_UPPER + _NATIONAL, _DIGITS)),
    ("CONSONANT", "C", _CONSONANTS, ()),
    ("NUMERIC", "N", _DIGITS, ()),
    ("VOWEL", "V", _VOWELS, ()),
    ("NOVOWEL", "W", _CONSONANTS + _NATIONAL + _DIGITS, ()),
    ("MIXEDCONSONANT", "c", _CONSONANTS + _CONSONANTS.lower(), ()),
    ("MIXEDVOWEL", "v", _VOWELS + _VOWELS.lower(), ()),
    ("MIXEDNUM", "m", _UPPER + _LOWER + _NATIONAL + _DIGITS, (_UPPER + _NATIONAL, _LOWER, _DIGITS)),
    ("NATIONAL", "$", _NATIONAL, ()),
    ("SPECIAL", "s", _SPECIAL, ()),
    ("MIXEDALL", "x", _UPPER + _LOWER + _NATIONAL + _DIGITS + _SPECIAL, ()),
)
LEGEND = (
    " LEGEND:",
    "  A-ALPHA C-CONSONANT L-ALPHANUM N-NUMERIC V-VOWEL W-NOVOWEL *-ANYTHING",
    "  c-MIXED CONSONANT m-MIXED NUMERIC v-MIXED VOWEL $-NATIONAL s-SPECIAL",
    "  x-MIXED ALL",
)
_ALLOWED = {letter: frozenset(allowed) for _, letter, allowed, _ in KINDS}
_NEEDED = {letter: groups for _, letter, _, groups in KINDS}
_LETTERS = {word: letter for word, letter, _, _ in KINDS}
#: The kinds that make sense only where lower case counts.
MIXED = frozenset("cvmx")


@dataclass(frozen=True, slots=True)
class SyntaxRule:
    """One rule: lengths and a mask."""

    number: int
    least: int
    most: int
    mask: str

    @property
    def kept(self) -> str:
        """The form in the database."""
        return f"{self.number}:{self.least}:{self.most}:{self.mask}"

    @property
    def shown(self) -> str:
        """The line of SETROPTS LIST."""
        length = f"{self.least}:{self.most}" if self.least != self.most else str(self.least)
        return f"  RULE {self.number}  LENGTH({length})".ljust(24) + self.mask[: self.most]

    def fits(self, password: str) -> bool:
        """Tell whether a password obeys the rule."""
        if not self.least <= len(password) <= self.most:
            return False
        pairs = list(zip(password, self.mask, strict=False))
        if any(kind != _ANYTHING and sign not in _ALLOWED[kind] for sign, kind in pairs):
            return False
        for kind in {kind for _, kind in pairs}:
            held = {sign for sign, at in pairs if at == kind}
            if held and any(not held & set(group) for group in _NEEDED.get(kind, ())):
                return False
        return True


def kept_rule(text: str) -> SyntaxRule:
    """Return the rule that is kept as `text`."""
    number, least, most, mask = text.split(":", 3)
    return SyntaxRule(int(number), int(least), int(most), mask)


def fits(password: str, rules: Sequence[str]) -> bool:
    """Tell whether a password obeys one of the rules; without rules every password does."""
    return not rules or any(kept_rule(text).fits(password) for text in rules)


def made(number: int, length: str, contents: Sequence[tuple[str, Sequence[str]]]) -> SyntaxRule:
    """Return a rule of its operands: LENGTH, and for each kind the positions. Raises: OperandError."""
    least, most = _span(length, "LENGTH")
    mask = [_ANYTHING] * POSITIONS
    for word, places in contents:
        for place in places:
            first, last = _span(place, word)
            for at in range(first, last + 1):
                mask[at - 1] = _LETTERS[word]
    return SyntaxRule(number, least, most, "".join(mask))


def _span(text: str, name: str) -> tuple[int, int]:
    first, colon, last = text.partition(":")
    if not first.isdecimal() or (colon and not last.isdecimal()):
        raise OperandError("invalid", text, name)
    low, high = int(first), int(last or first)
    if not 1 <= low <= high <= POSITIONS:
        raise OperandError("invalid", text, name)
    return low, high
