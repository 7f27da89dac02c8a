"""The control statements as the message data set shows them, with `$` and the message below the place that is wrong.

Source: [DFSORT Messages, "Finding DFSORT control statement coding errors"]. Rules: pure. The place is that of the word that
the error names; where it names none, the operands of the statement.
"""

from __future__ import annotations

from collections.abc import Iterable

from jes.utilities.dfsort.control import SortSyntax, Statement

_INDENT = " " * 11


def lines(cards: Iterable[Statement], problem: SortSyntax | None, says: str) -> tuple[list[str], bool]:
    """Return the lines, and whether the message `says` is among them."""
    found: list[str] = []
    is_said = False
    control = "0"
    for card in cards:
        is_wrong = problem is not None and _same(problem.statement, card)
        place = _place(card, problem) if is_wrong and problem is not None else (-1, 0)
        for index, image in enumerate(card.images):
            found.append(f"{control}{_INDENT}{image[:72].rstrip()}")
            control = " "
            if index == place[0]:
                found.append(" " + _INDENT + " " * place[1] + "$")
        if is_wrong:
            found.append(says)
            is_said = True
    return found, is_said


def _same(one: Statement | None, two: Statement) -> bool:
    """Tell whether two are the same statement: replacing symbols makes another with the same cards."""
    return one is not None and bool(two.images) and one.images is two.images


def _place(card: Statement, problem: SortSyntax) -> tuple[int, int]:
    """Return the card and the column (from 0) of what is wrong."""
    word = next((fact for fact in problem.facts if len(fact) > 1), "")
    for index, image in enumerate(card.images):
        at = image.find(word) if word else -1
        if at >= 0:
            return index, at
    image = card.images[0]
    start = image.find(card.operation) if card.operation else 0
    return 0, max(start, 0) + len(card.operation) + 1 if card.operation else 0
