"""The statements of TOOLIN: an operator and NAME(value) operands, separated by blanks or commas.

Source: [DFSORT ICETOOL "General coding rules"]: columns 1-72, a last `-` goes on in the next card, * in column 1 is a comment.
Rules: pure. A statement with open parentheses or apostrophes has no operator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jes.hosttext import to_text
from jes.utilities.dfsort.control import SortSyntax, Statement, pair

LAST_COLUMN = 72


def statements(records: Iterable[bytes]) -> Iterator[Statement]:
    """Yield the operators of a TOOLIN data set."""
    text, images = "", []
    for record in records:
        image = to_text(record[:80]).ljust(80)
        body = image[:LAST_COLUMN].rstrip()
        if image.startswith("*") or not body.strip():
            continue
        images.append(image)
        if body.endswith("-"):
            text += body[:-1] + " "
            continue
        yield _statement(text + body, images)
        text, images = "", []
    if images:
        yield _statement(text, images)


def _statement(text: str, images: list[str]) -> Statement:
    try:
        words = list(_words(text.strip()))
    except SortSyntax:
        words = []
    operation = words[0] if words else ""
    return Statement(operation, [pair(word) for word in words[1:]], images)


#: The operands of all operators that we know; VSAMTYPE, SERIAL, LISTSDB and NOLSTSDB change little or nothing here.
_OPERANDS = frozenset(
    """ADD ALLDUPS AVERAGE BAVERAGE BCOUNT BETWEEN BLANK BMAXIMUM BMINIMUM BREAK BTITLE BTOTAL COUNT DATE DIGITS
    DISCARD EMPTY EQUAL FIRST FIRSTDUP FROM HEADER HIGHER INDENT INPUT JKFROM KEEP KEEPBASE KEEPNODUPS LAST LASTDUP
    LIMIT LINES LIST LISTSDB LOWER MAXIMUM MINIMUM NOCC NODUPS NOHEADER NOLSTSDB NOSIGN NOTEMPTY NOTEQUAL ON OUTPUT
    PAGE RC4 REMOVE RRN SERIAL SUB TEXT TIME TITLE TO TOLEN TOTAL TRAILER USING VSAMTYPE WIDTH WITH WITHALL WITHANY
    WITHEACH WRITE""".split()  # noqa: SIM905
)


def checked(statement: Statement) -> None:
    """Refuse an operand that no operator has here. Raises SortSyntax ICE604A."""
    for keyword, text in statement.operands:
        if (keyword or text) not in _OPERANDS:
            raise SortSyntax("ICE604A", (keyword or text)[:20])


def _words(text: str) -> Iterator[str]:
    word, depth, in_quotes = "", 0, False
    for character in text:
        if character == "'":
            in_quotes = not in_quotes
        elif not in_quotes and character in "()":
            depth += 1 if character == "(" else -1
        if character in " ," and depth <= 0 and not in_quotes:
            if word:
                yield word
            word = ""
        else:
            word += character
    if depth or in_quotes:
        raise SortSyntax
    if word:
        yield word
