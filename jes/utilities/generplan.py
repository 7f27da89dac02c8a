"""What the control statements of IEBGENER ask for: members, groups of records, fields.

      GENERATE [MAXNAME=n][,MAXFLDS=n][,MAXGPS=n][,MAXLITS=n]      EXITS DATA=x,...      LABELS DATA=YES|NO|ALL|ONLY|INPUT
      MEMBER NAME=(name[,alias]...)
      RECORD [IDENT=(length,'name',position)][,FIELD=([length],[position|'literal'],[conversion],[output])]...[,LABELS=n]

Source: [UTIL IEBGENER]; which statement is wrong in which way, and that the maxima are the table space: [MVS38 IEBGSCAN].
Rules: scanning goes on behind a wrong statement. Positions count from 0 in a Plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jes.hosttext import to_host
from jes.jcl.operands import Operand, is_number
from jes.utilities.generfields import CONVERSIONS, Field
from jes.utilities.syscards import Statement, column

_MAXIMA = ("MAXNAME", "MAXFLDS", "MAXGPS", "MAXLITS")
_EXITS = frozenset({"INHDR", "OUTHDR", "INTLR", "OUTTLR", "KEY", "DATA", "IOERROR", "TOTAL"})
#: Exits that every copy takes; the others only labels, keys and errors do.
_ALWAYS = frozenset({"DATA", "TOTAL"})
_LABELS = frozenset({"YES", "NO", "ALL", "ONLY", "INPUT"})
_LONGEST_LITERAL = 40
_LONGEST_IDENT = _LONGEST_NAME = _MOST_LABELS = 8
_DEFAULT_LENGTH = "80"


class Wrong(Exception):
    """A statement cannot be used: the key of its message and what fills that."""


@dataclass(slots=True)
class Group:
    """Records that are edited alike: fields, and the IDENT that ends the group."""

    fields: list[Field] = field(default_factory=list)
    ident: tuple[bytes, int] | None = None


@dataclass(slots=True)
class Member:
    """One output member with its groups; name "" for the whole data set."""

    name: str
    aliases: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What is to be done. labels: DATA= of LABELS; exits: modules that the copy would call."""

    members: list[Member] = field(default_factory=list)
    labels: str = ""
    exits: list[str] = field(default_factory=list)

    @property
    def edits(self) -> bool:
        """Tell whether records are changed."""
        return any(group.fields for member in self.members for group in member.groups)

    def finished(self) -> list[Member]:
        """Return the members, each with a group at least; the whole data set without statements."""
        for member in self.members:
            member.groups = member.groups or [Group()]
        return self.members or [Member("", groups=[Group()])]


class Scan:
    """Takes statement after statement."""

    def __init__(self) -> None:
        """Begin without GENERATE."""
        self.plan = Plan()
        self._left: dict[str, int] | None = None

    def take(self, card: Statement) -> int:
        """Take a statement; return how many cards of user labels follow it. Raises Wrong."""
        scanner = {"GENERATE": self._generate, "EXITS": self._exits, "LABELS": self._labels, "MEMBER": self._member}
        if card.operation == "GENERATE" and self._left is None:
            self._left = {}
        elif self._left is None or card.operation == "GENERATE" or card.operation not in {*scanner, "RECORD"}:
            raise Wrong("IEB336I", column(card, card.operation))
        if card.fault is not None:
            raise Wrong("IEB346I")
        if card.operation == "RECORD":
            return self._record(card)
        scanner[card.operation](card)
        return 0

    def _use(self, keyword: str, count: int = 1) -> None:
        """Take table space that GENERATE asked for. Raises Wrong when there is none left."""
        left = (self._left or {}).get(keyword, 0) - count
        if left < 0:
            raise Wrong("IEB342I")
        if self._left is not None:
            self._left[keyword] = left

    def _generate(self, card: Statement) -> None:
        for operand in card.operands:
            if operand.keyword not in {*_MAXIMA, "DBCS"}:
                raise Wrong("IEB337I", column(card, operand.keyword or operand.raw))
            if operand.keyword == "DBCS":
                continue
            if not is_number(operand.text):
                raise Wrong("IEB338I", column(card, operand.text))
            if self._left is not None:
                self._left[operand.keyword] = int(operand.text)

    def _exits(self, card: Statement) -> None:
        seen: set[str] = set()
        for operand in card.operands:
            if operand.keyword not in _EXITS:
                raise Wrong("IEB337I", column(card, operand.keyword or operand.raw))
            if operand.keyword in seen:
                raise Wrong("IEB347I")
            seen.add(operand.keyword)
            if operand.keyword in _ALWAYS:
                self.plan.exits.append(operand.values[0].text if operand.values else "")

    def _labels(self, card: Statement) -> None:
        if self.plan.labels:
            raise Wrong("IEB336I", column(card, card.operation))
        data = card.value("DATA")
        if data is None:
            raise Wrong("IEB340I", column(card, ""))
        if data.text not in _LABELS:
            raise Wrong("IEB338I", column(card, data.text))
        self.plan.labels = data.text

    def _member(self, card: Statement) -> None:
        members = self.plan.members
        if members and members[-1].name and not any(group.ident for group in members[-1].groups[-1:]):
            raise Wrong("IEB348I")
        name = card.value("NAME")
        if name is None:
            raise Wrong(
                "IEB340I" if not card.operands else "IEB337I", column(card, card.operands[0].raw if card.operands else "")
            )
        names = [item.text for item in name.values]
        if not names or not all(names):
            raise Wrong("IEB341I", column(card, "NAME="))
        long = next((one for one in names if len(one) > _LONGEST_NAME), None)
        if long is not None:
            raise Wrong("IEB338I", column(card, long))
        self._use("MAXNAME", len(names))
        members.append(Member(names[0], names[1:]))

    def _record(self, card: Statement) -> int:
        group, labels = Group(), 0
        for operand in card.operands:
            if operand.keyword == "IDENT":
                group.ident = self._ident(card, operand)
            elif operand.keyword == "FIELD":
                group.fields.append(self._field(card, operand))
            elif operand.keyword == "LABELS":
                labels = self._label_count(card, operand)
            else:
                raise Wrong("IEB337I", column(card, operand.keyword or operand.raw))
        if labels and not (group.ident or group.fields):
            return labels
        if not self.plan.members:
            self.plan.members.append(Member(""))
        self.plan.members[-1].groups.append(group)
        return labels

    def _label_count(self, card: Statement, operand: Operand) -> int:
        if self.plan.labels != "INPUT":
            raise Wrong("IEB342I")
        if len(operand.text) != 1 or not is_number(operand.text) or int(operand.text) > _MOST_LABELS:
            raise Wrong("IEB338I", column(card, operand.raw))
        return int(operand.text)

    def _ident(self, card: Statement, operand: Operand) -> tuple[bytes, int]:
        self._use("MAXGPS")
        values = operand.values
        if len(values) < 3 or not all(value.raw for value in values[:3]):
            raise Wrong("IEB341I", column(card, operand.raw))
        length, name, place = values[:3]
        if len(values) > 3 or not is_number(length.raw) or not 1 <= int(length.raw) <= _LONGEST_IDENT:
            raise Wrong("IEB338I", column(card, length.raw))
        if not name.quoted or not is_number(place.raw) or not int(place.raw):
            raise Wrong("IEB338I", column(card, place.raw if name.quoted else name.raw))
        if len(name.text) != int(length.raw):
            raise Wrong("IEB349I")
        return to_host(name.text), int(place.raw) - 1

    def _field(self, card: Statement, operand: Operand) -> Field:
        if operand.items is None:
            raise Wrong("IEB346I")
        self._use("MAXFLDS")
        items = [*operand.items, *[Operand("", "", "")] * 4]
        length, start, output = items[0].raw or _DEFAULT_LENGTH, items[1].raw or "1", items[3].raw or "1"
        for text in (length, output, *(() if items[1].quoted else (start,))):
            if not is_number(text) or not 0 < int(text) <= 0x7FFF:
                raise Wrong("IEB338I", column(card, text))
        if len(operand.items) > 4 or items[2].raw not in CONVERSIONS:
            raise Wrong("IEB338I", column(card, operand.items[4].raw if len(operand.items) > 4 else items[2].raw))
        if not items[1].quoted:
            return Field(int(length), int(start) - 1, None, items[2].raw, int(output) - 1)
        literal = items[1].text
        self._use("MAXLITS", len(literal))
        if len(literal) != int(length):
            raise Wrong("IEB349I")
        if len(literal) > _LONGEST_LITERAL:
            raise Wrong("IEB350I")
        return Field(int(length), 0, to_host(literal), items[2].raw, int(output) - 1)
