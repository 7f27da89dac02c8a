"""Verbs of access method services as TSO commands: ALTER, BLDINDEX, DEFINE, DELETE, EXAMINE, EXPORT, IMPORT, PRINT, REPRO ..

Source: [AMS "Invoking from TSO"]. Rules: names without apostrophes get the prefix in front, as everywhere in TSO; messages come
without page headings, and IDC0014I tells of a code that is not zero [known from TSO listings of DELETE and LISTCAT].
Not here: ALLOCATE and the terminal form of LISTCAT (datasets.py); the verbs themselves (idcams/).
"""

from __future__ import annotations

from dataclasses import replace

from jes.utilities.idcams import run as idcams
from jes.utilities.idcams.failures import report
from jes.utilities.idcams.parse import Item, items
from jes.utilities.idcams.session import BLANK, Session
from jes.utilities.tso.session import TsoSession
from mvsfs.errors import MvsError

_SPELLINGS = {
    "ALTER": (), "BLDINDEX": ("BIX",), "DEFINE": ("DEF",), "EXAMINE": (), "EXPORT": ("EXP",), "IMPORT": ("IMP",), "PRINT": (),
    "REPRO": (), "VERIFY": ("VFY",), "DELETE": ("DEL",),
}  # fmt: skip
#: The commands, with their other spellings.
VERBS = {word: verb for verb, others in _SPELLINGS.items() for word in (verb, *others)}
#: Keywords whose values are names of data sets.
_NAMES = frozenset(
    "NAME INDATASET IDS OUTDATASET ODS RELATE REL PATHENTRY PENT MODEL DATASET DS NEWNAME NEWNM ENTRIES ENTRY ENT".split()  # noqa: SIM905
)
#: Keywords in which such keywords stand.
_PARTS = frozenset(
    "CLUSTER CL DATA INDEX IX ALTERNATEINDEX AIX PATH GENERATIONDATAGROUP GDG NONVSAM NVSAM ALIAS OBJECTS OBJ".split()  # noqa: SIM905
)
#: Verbs that name a data set without a keyword.
_POSITIONAL = frozenset({"ALTER", "DELETE", "EXPORT"})


class _Terminal:
    """Where the listing of a verb goes: lines without page headings and control characters."""

    def __init__(self, session: TsoSession) -> None:
        self._session = session

    def put(self, *texts: str) -> None:
        """Show lines, but not the blank ones between parts of a page."""
        self._session.put(*(text[1:].rstrip() for text in texts if text[1:].strip()))

    def separate(self, text: str) -> None:
        """Show nothing."""

    def begin(self, subtitle: str) -> None:
        """Show the heading of what follows."""
        if subtitle != BLANK:
            self.put(subtitle)

    def close(self) -> None:
        """End nothing."""


def run(verb: str, text: str, session: TsoSession) -> int:
    """Do one verb; return its condition code. Raises AmsSyntax."""
    full = VERBS[verb]
    found = [_prefixed(item, session.prefix) for item in items(text)]
    if full in _POSITIONAL and found:
        found[0] = _named(found[0], session.prefix)
    inner = Session(session.step, _Terminal(session))  # type: ignore[arg-type]
    try:
        code = idcams.VERBS[full](tuple(found), inner)
    except MvsError as error:
        code = report(inner, error, getattr(error, "dsname", ""))
    if code:
        session.say("lastcc", code=code)
    return code


def _prefixed(item: Item, prefix: str) -> Item:
    """Return a keyword with the prefix in front of the names in its parentheses."""
    if not prefix or item.items is None:
        return item
    if item.word in _NAMES:
        return replace(item, items=tuple(_named(inner, prefix) for inner in item.items))
    if item.word in _PARTS or not item.word:
        return replace(item, items=tuple(_prefixed(inner, prefix) for inner in item.items))
    return item


def _named(item: Item, prefix: str) -> Item:
    """Return a name with the prefix in front unless it stands in apostrophes; one that is a list has it inside."""
    if not item.word and item.items is not None:
        return replace(item, items=tuple(_named(inner, prefix) for inner in item.items))
    return _with_member(item) if item.quoted or not prefix else replace(item, word=f"{prefix}.{item.word}")


def _with_member(item: Item) -> Item:
    """Return 'A.B(C)' as A.B(C): in TSO the apostrophes stand around the member, too."""
    dsname, bracket, member = item.word.removesuffix(")").partition("(")
    return replace(item, word=dsname, items=(Item(member),)) if item.quoted and bracket and not item.items else item
