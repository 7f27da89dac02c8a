"""Decks for tests: text to card images, conversion with procedures from a dict."""

from __future__ import annotations

from jes.hosttext import to_host
from jes.jcl.convert import convert
from jes.jcl.model import ConversionFacts, ConvertedJob, Procedure

JOB = "//MYJOB    JOB (1),'ME',CLASS=A\n"


def cards(text: str) -> list[bytes]:
    return [to_host(line.ljust(80)) for line in text.strip("\n").split("\n")]


class Library:
    """Procedures of SYS1.PROCLIB."""

    def __init__(self, **members: str) -> None:
        self._members = members

    def missing(self, libraries: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(library for library in libraries if library.startswith("NO."))

    def find(self, member: str, libraries: tuple[str, ...], proclib: str = "") -> Procedure | None:
        text = self._members.get(member)
        if text is None:
            return None
        return Procedure(member, tuple(cards(text)), libraries[0] if libraries else "SYS1.PROCLIB", bool(libraries))


def converted(text: str, *, jobid: str = "JOB00361", **procedures: str) -> ConvertedJob:
    return convert(cards(text), Library(**procedures), ConversionFacts(userid="IBMUSER", jobid=jobid))


def errors(text: str, **procedures: str) -> list[tuple[int, str]]:
    return [(message.statement, message.id) for message in converted(text, **procedures).errors]
