"""Numbers for people: EDIT patterns and the masks M0 to M26.

      I  digit, blank while leading zero      T  digit always      S  sign      other characters stand for themselves,
      between digits blank as long as no digit has been shown [assumed: those before all digits always show]

Source: [DFSORT OUTFIL "Edit masks"]; jes-and-jcl reference 5.7. Rules: pure. The mask grows with the digits of the field.
"""

from __future__ import annotations

from typing import NamedTuple

from jes.utilities.dfsort.control import SortSyntax


class Signs(NamedTuple):
    """What S shows: in front when positive or negative, behind when positive or negative."""

    lead_plus: str = " "
    lead_minus: str = "-"
    trail_plus: str = " "
    trail_minus: str = "-"


_MINUS_BEHIND = Signs(" ", " ", " ", "-")
_PARENTHESES = Signs(" ", "(", " ", ")")
_BOTH = Signs("+", "-")
_MINUS_BEFORE = Signs(" ", "-")


class Mask(NamedTuple):
    """How a mask is built: thousands separator, decimals with their point, digits always shown, signs before and behind."""

    group: str = ""
    decimals: int = 0
    point: str = ""
    shown: int = 1  # digits before the point that are always shown; 99 for all
    before: bool = False
    behind: str = ""  # S, or CR
    signs: Signs = Signs()


MASKS: dict[str, Mask] = {
    "M0": Mask(behind="S", signs=_MINUS_BEHIND),
    "M1": Mask(shown=99, behind="S", signs=_MINUS_BEHIND),
    "M2": Mask(",", 2, ".", behind="S", signs=_MINUS_BEHIND),
    "M3": Mask(",", 2, ".", behind="CR", signs=Signs(" ", " ", " ", "C")),
    "M4": Mask(",", 2, ".", before=True, signs=_BOTH),
    "M5": Mask(",", 2, ".", before=True, behind="S", signs=_PARENTHESES),
    "M10": Mask(),
    "M11": Mask(shown=99),
    "M12": Mask(",", before=True, signs=_MINUS_BEFORE),
    "M13": Mask(".", before=True, signs=_MINUS_BEFORE),
    "M14": Mask(" ", before=True, behind="S", signs=_PARENTHESES),
    "M15": Mask(" ", behind="S", signs=_MINUS_BEHIND),
    "M16": Mask(" ", before=True, signs=_MINUS_BEFORE),
    "M17": Mask("'", before=True, signs=_MINUS_BEFORE),
    "M18": Mask(",", 2, ".", before=True, signs=_MINUS_BEFORE),
    "M19": Mask(".", 2, ",", before=True, signs=_MINUS_BEFORE),
    "M20": Mask(" ", 2, ",", before=True, behind="S", signs=_PARENTHESES),
    "M21": Mask(" ", 2, ",", behind="S", signs=_MINUS_BEHIND),
    "M22": Mask(" ", 2, ",", before=True, signs=_MINUS_BEFORE),
    "M23": Mask("'", 2, ".", before=True, signs=_MINUS_BEFORE),
    "M24": Mask("'", 2, ",", before=True, signs=_MINUS_BEFORE),
    "M25": Mask(before=True, signs=_MINUS_BEFORE),
    "M26": Mask(shown=99, before=True, signs=_BOTH),
}
#: Masks of ICETOOL: the letter says how many decimals (A none, B one ...), the digit which separators, in the order of M12-M24.
#: C1 is shown by an example of the manual; that the others follow it is assumed.
_SEPARATORS = {"1": (",", "."), "2": (".", ","), "3": (" ", ","), "4": ("'", "."), "5": ("'", ",")}
TOOL_MASKS: dict[str, Mask] = {"A0": Mask(before=True, signs=_MINUS_BEFORE)} | {
    letter + digit: Mask(group, decimals, point if decimals else "", before=True, signs=_MINUS_BEFORE)
    for decimals, letter in enumerate("ABCDEFG")
    for digit, (group, point) in _SEPARATORS.items()
    if decimals or digit < "5"
}
#: Masks whose places are fixed.
FIXED = {"M6": "III-TTT-TTTT", "M7": "TTT-TT-TTTT", "M8": "IT:TT:TT", "M9": "IT/TT/TT"}


def pattern_of(mask: str, digits: int) -> tuple[str, Signs]:
    """Return the pattern of a mask for so many digits. Raises SortSyntax for a mask that does not exist."""
    if mask in FIXED:
        return FIXED[mask], Signs()
    row = MASKS.get(mask) or TOOL_MASKS.get(mask)
    if row is None:
        raise SortSyntax("ICE018A", mask)
    whole = max(digits - row.decimals, 1)
    shown = min(row.shown, whole)
    places = "I" * (whole - shown) + "T" * shown
    if row.group:
        first = len(places) % 3
        pieces = ([places[:first]] if first else []) + [places[at : at + 3] for at in range(first, len(places), 3)]
        places = row.group.join(pieces)
    text = places + (row.point + "T" * row.decimals if row.decimals else "")
    return ("S" if row.before else "") + text + ("S" if row.behind == "S" else "RR" if row.behind == "CR" else ""), row.signs


def apply(number: int, pattern: str, signs: Signs, *, is_credit: bool = False) -> str:
    """Return the number in the pattern. RR at the end of a credit mask shows CR for a negative number."""
    places = sum(1 for character in pattern if character in "IT")
    digits = str(abs(number)).zfill(places)[-places:] if places else ""
    shown, at, significant = [], 0, False
    last = len(pattern) - 1
    pending = None
    first_place = next((index for index, character in enumerate(pattern) if character in "IT"), 0)
    for index, character in enumerate(pattern):
        if character in "IT":
            digit = digits[at]
            at += 1
            significant = significant or character == "T" or digit != "0"
            shown.append(digit if significant else " ")
        elif character == "S" and index == 0:
            pending = signs.lead_minus if number < 0 else signs.lead_plus
            shown.append(" ")
        elif character == "S" and index == last:
            shown.append(signs.trail_minus if number < 0 else signs.trail_plus)
        elif is_credit and index >= last - 1:
            shown.append(("CR"[index - last + 1]) if number < 0 else " ")
        else:
            shown.append(character if significant or index < first_place else " ")
    if pending is not None:
        first = next((index for index, character in enumerate(shown) if character != " "), 1)
        shown[max(first - 1, 0)] = pending
    return "".join(shown)


def edited(number: int, mask: str, digits: int) -> str:
    """Return the number edited by a mask of the table."""
    pattern, signs = pattern_of(mask, digits)
    return apply(number, pattern, signs, is_credit=mask == "M3")
