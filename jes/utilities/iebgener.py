"""IEBGENER: copies a sequential data set, or makes members of one; RECORD edits on the way.

Source: [UTIL IEBGENER]; texts jes-and-jcl reference 5.3. Not here: EXITS and LABELS, refused as invalid.
Rules: SYSUT2 takes the DCB of SYSUT1 where it has none, which IEB352I tells and which does not change the return code; 12 when
nothing can be done [UTIL IEBGENER return codes].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from jes.hosttext import to_host
from jes.jcl.operands import Operand
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

_IDENT_LENGTH = re.compile(r"[1-9]\d{0,2}")
_COLUMN = re.compile(r"0{0,4}[1-9]\d{0,4}")

#: An error that ends the step.
FAILED = 12


class _Invalid(Exception):
    """A control statement cannot be used."""


@dataclass(frozen=True, slots=True)
class Field:
    """FIELD=(length, input or literal, conversion, output). Positions count from 0 here."""

    length: int
    start: int
    literal: bytes | None
    conversion: str
    output: int

    def edit(self, record: bytes, target: bytearray) -> None:
        """Put the field of `record` into `target`, which grows with blanks where needed."""
        data = (
            self.literal
            if self.literal is not None
            else record[self.start : self.start + self.length].ljust(self.length, b"\x40")
        )
        if self.conversion == "PZ":
            data = unpack(data)
        elif self.conversion == "ZP":
            data = pack(data)
        if len(target) < self.output + len(data):
            target.extend(b"\x40" * (self.output + len(data) - len(target)))
        target[self.output : self.output + len(data)] = data


def unpack(packed: bytes) -> bytes:
    """Return packed decimal as zoned."""
    digits = packed.hex().upper()
    return bytes(0xF0 | int(digit, 16) for digit in digits[:-2]) + bytes([int(digits[-1] + digits[-2], 16)]) if digits else b""


def pack(zoned: bytes) -> bytes:
    """Return zoned decimal as packed."""
    if not zoned:
        return b""
    digits = "".join(f"{byte & 15:X}" for byte in zoned) + f"{zoned[-1] >> 4:X}"
    return bytes.fromhex(digits.rjust(len(digits) + len(digits) % 2, "0"))


@dataclass(slots=True)
class Group:
    """Records that are edited alike: fields, and the IDENT that ends the group. `member` begins a new member."""

    fields: list[Field] = field(default_factory=list)
    ident: tuple[bytes, int] | None = None


@dataclass(slots=True)
class Member:
    """One output member with its groups; name "" for the whole data set."""

    name: str
    aliases: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def run(step: StepContext) -> int:
    """Copy SYSUT1 to SYSUT2 as SYSIN says."""
    with Sysprint(step) as sysprint:
        sysprint.say("IEBGENER HEADING")
        source, target, sysin = step.dd("SYSUT1"), step.dd("SYSUT2"), step.dd("SYSIN")
        cards = list(statements(sysin.records())) if sysin is not None else []
        for card in cards:
            sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
        for ddname, dd in (("SYSUT1", source), ("SYSUT2", target)):
            if dd is None:
                return _ended(sysprint, "IEB316I", ddname)
        assert source is not None and target is not None
        try:
            members = plan(cards)
        except _Invalid as error:
            sysprint.say("IEB304I", error)
            sysprint.say("IEB305I")
            return FAILED
        return _copy(step, source, target, members, sysprint)


def _copy(step: StepContext, source: OpenDd, target: OpenDd, members: list[Member], sysprint: Sysprint) -> int:
    own, given = target.dcb, source.dcb
    edits = any(group.fields for member in members for group in member.groups)
    if _conflict(given, own) and not edits:
        return _ended(sysprint, "IEB311I")
    records = iter(source.records())
    first = list(islice(records, 1))  # SYSUT1 is open, or the step has ended, before anything is said of SYSUT2
    if not target.is_dummy and (own.recfm is None or not own.lrecl):
        sysprint.say("IEB352I")
        sysprint.put(" ")
    records = chain(first, records)
    for member in members:
        if member.name and target.info is not None and not target.info.is_partitioned:
            return _ended(sysprint, "IEB310I")
        with target.writer(given if given.recfm is not None else Dcb.of("FB", 80), member=member.name or None) as sink:
            sink.put_many(edited(records, member.groups, is_last=member is members[-1]))
        for alias in member.aliases:
            step.mvs.add_member_alias(target.dsname, alias, member.name, step.who)
    sysprint.say("IEBGENER EOD")
    return 0


def _ended(sysprint: Sysprint, key: str, *facts: object) -> int:
    sysprint.say(key, *facts)
    sysprint.say("IEBGENER TERMINATED")
    return FAILED


def _conflict(given: Dcb, own: Dcb) -> bool:
    """Tell whether records cannot pass unchanged: other fixed lengths, or variable into fixed."""
    if given.recfm is None or own.recfm is None or not (given.lrecl and own.lrecl):
        return False
    if own.recfm.is_fixed:
        return given.lrecl != own.lrecl if given.recfm.is_fixed else True
    return False


def edited(records: Iterator[bytes], groups: list[Group], *, is_last: bool) -> Iterator[bytes]:
    """Yield the records of one member: group after group, each up to the record that its IDENT names."""
    for number, group in enumerate(groups):
        yield from _group(records, group)
        if number == len(groups) - 1 and is_last and group.ident is not None:
            yield from _group(records, Group(group.fields))


def _group(records: Iterable[bytes], group: Group) -> Iterator[bytes]:
    for record in records:
        yield _edit(record, group.fields) if group.fields else record
        if group.ident is not None:
            literal, start = group.ident
            if record[start : start + len(literal)] == literal:
                return


def _edit(record: bytes, fields: list[Field]) -> bytes:
    target = bytearray()
    for row in fields:
        row.edit(record, target)
    return bytes(target)


def plan(cards: list[Statement]) -> list[Member]:
    """Return the members to write and how. Raises _Invalid for a statement that does not exist here."""
    members: list[Member] = []
    has_generate = False
    for card in cards:
        if card.fault is not None:
            raise _Invalid
        if card.operation == "GENERATE":
            has_generate = True
        elif not has_generate:
            raise _Invalid(card.operation)
        elif card.operation == "MEMBER":
            name = card.value("NAME")
            if name is None or not name.values:
                raise _Invalid("NAME")
            names = [item.text for item in name.values]
            members.append(Member(names[0], names[1:]))
        elif card.operation == "RECORD":
            if not members or (members[0].name == "" and len(members) > 1):
                members.append(Member(""))
            members[-1].groups.append(_record(card))
        else:
            raise _Invalid(card.operation)
    for member in members:
        member.groups = member.groups or [Group()]
    return members or [Member("", groups=[Group()])]


def _record(card: Statement) -> Group:
    group = Group()
    for operand in card.operands:
        if operand.keyword == "IDENT":
            group.ident = _ident(operand)
        elif operand.keyword == "FIELD":
            group.fields.append(_field(operand))
        elif operand.keyword != "LABELS":
            raise _Invalid(operand.keyword)
    return group


def _ident(operand: Operand) -> tuple[bytes, int]:
    texts = [item.text for item in operand.values]
    if len(texts) != 3 or not (_IDENT_LENGTH.fullmatch(texts[0]) and _COLUMN.fullmatch(texts[2])):
        raise _Invalid("IDENT")
    return to_host(texts[1])[: int(texts[0])].ljust(int(texts[0]), b"\x40"), int(texts[2]) - 1


def _field(operand: Operand) -> Field:
    items = [*operand.values, *[Operand("", "", "")] * 4][:4]
    length = items[0].text or "80"
    output = items[3].text or "1"
    if not (length.isdecimal() and output.isdecimal() and int(output) and len(length) < 6 and len(output) < 6):
        raise _Invalid("FIELD")
    if items[2].text not in {"", "PZ", "ZP"}:
        raise _Invalid("FIELD")
    if items[1].quoted:
        return Field(
            int(length), 0, to_host(items[1].text).ljust(int(length), b"\x40")[: int(length)], items[2].text, int(output) - 1
        )
    start = items[1].text or "1"
    if not _COLUMN.fullmatch(start):
        raise _Invalid("FIELD")
    return Field(int(length), int(start) - 1, None, items[2].text, int(output) - 1)


PROGRAM = Program("IEBGENER", run)
