"""JESJCL: the statements of the job with their numbers, as the converter met them.

    ....+....1 //name     operation operands               number to column 10, marker from column 12, the card behind it

Source: jes-and-jcl reference 3.5, 3.11. Marker: // input, XX catalogued procedure, ++ in-stream procedure, X/ and +/ overridden.
Rules: the values of PASSWORD are blank: [JCLREF JOB PASSWORD] has them suppressed [assumed: by blanks].
A record is 11 columns and the 80 of the card; the JOB card gives columns 73-80 to the job id. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

#: Where IEFC653I text is broken; its rest goes on in the text column [assumed: width].
_WIDTH = 109
_SUBSTITUTION = "IEFC653I SUBSTITUTION JCL - "


_PASSWORD = re.compile(r"(?<=PASSWORD=)(?:\([^)]*\)?|'(?:[^']|'')*'?|[^,\s]+)", re.IGNORECASE)
#: What of a password's text is not part of it: the beginning of a card that it goes on to.
_KEPT = re.compile(r"(\n//|\n)")


class Listing:
    """Collects lines; `lines` selects by MSGLEVEL at the end, since the JOB statement comes first."""

    def __init__(self, jobid: str = "") -> None:
        self._jobid = jobid
        self._lines: list[tuple[str, str]] = []

    def job(self, number: int, images: Iterable[str]) -> None:
        """List the JOB statement with the job id at the right of its first card."""
        first, *rest = without_password("\n".join(images)).split("\n")
        self._put("job", number, first[:72] + self._jobid.ljust(8))
        for image in rest:
            self._put("job", None, image)

    def statement(self, number: int | None, images: Iterable[str], marker: str = "//") -> None:
        """List a statement or comment; only its first card has the number."""
        kind = "input" if marker == "//" else "procedure"
        for image in images:
            marked = marker + image[2:] if image.startswith("//") else image
            self._put(kind, number, marked)
            number = None

    def substitution(self, operands: str) -> None:
        """List the operands as they are after symbols were replaced."""
        for line in _folded(_SUBSTITUTION + without_password(operands)):
            self._lines.append(("procedure", " " * 11 + line))

    def lines(self, level: int) -> tuple[str, ...]:
        """Return the lines for MSGLEVEL's first value: 0 the JOB statement, 1 everything, 2 the input only."""
        shown = {0: {"job"}, 1: {"job", "input", "procedure"}, 2: {"job", "input"}}[level]
        return tuple(line for kind, line in self._lines if kind in shown)

    def _put(self, kind: str, number: int | None, image: str) -> None:
        shown = f"{number:>10}" if number is not None else " " * 10
        self._lines.append((kind, f"{shown} {image[:80].ljust(80)}"))


def without_password(cards: str) -> str:
    """Return the cards of a JOB statement with blanks for the values of PASSWORD."""

    def blank(found: re.Match[str]) -> str:
        return "".join(part if _KEPT.fullmatch(part) else " " * len(part) for part in _KEPT.split(found[0]))

    return _PASSWORD.sub(blank, cards)


def _folded(text: str) -> Iterator[str]:
    while len(text) > _WIDTH:
        comma = text.rfind(",", 0, _WIDTH)
        cut = comma + 1 if comma > len(_SUBSTITUTION) else _WIDTH
        yield text[:cut]
        text = text[cut:]
    yield text
