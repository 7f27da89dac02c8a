"""IEBCOMPR: compares two data sets, or two libraries member by member.

      COMPARE TYPORG=PS|PO        LABELS DATA=...        EXITS ...

Source: [UTIL IEBCOMPR]; messages, return codes and the form of the listing [MVS38 IEBCANAL, IEBCMAIN, IEBCOMPM].
Rules: ten successive unequal records end the comparison with 12, of libraries that of the member with 8; names that are missing
in one library are told, in both nothing is compared. Return code 0, 8 unequal, 12 for what cannot be done. User routines
(EXITS) are not there: abend S806.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby

from jes.errors import Abend
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.required import required
from jes.utilities.syscards import Statement, column, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb
from mvsfs.info import MemberInfo, Target

#: Successive unequal records after which a comparison ends [UTIL].
LIMIT = 10
UNEQUAL, FAILED = 8, 12
_PER_LINE = 60
_KEYWORDS = {"COMPARE": {"TYPORG"}, "EXITS": {"INHDR", "INTLR", "ERROR", "PRECOMP"}, "LABELS": {"DATA"}}
_VALUES = {"TYPORG": {"PS", "PO"}, "DATA": {"YES", "NO", "ALL", "ONLY"}}


class _Failed(Exception):
    """Nothing can be compared: the key of a message and what fills that."""


def run(step: StepContext) -> int:
    """Compare SYSUT1 with SYSUT2."""
    if required(step, "SYSPRINT") is None:
        return FAILED
    with Sysprint(step) as sysprint:
        sysprint.say("IEBCOMPR HEADING")
        try:
            cards = list(statements(_dd(step, "SYSIN").records()))
            by_member = _by_member(cards, sysprint)
            if by_member is None:
                return FAILED
            first, second = _dd(step, "SYSUT1"), _dd(step, "SYSUT2")
            comparison = Comparison(sysprint, first, second)
            code = _libraries(step, comparison) if by_member else comparison.run(first.records(), second.records())
        except _Failed as problem:
            sysprint.say(*problem.args)
            return FAILED
        sysprint.say("IEBCOMPR END", comparison.count)
        return code


def _dd(step: StepContext, ddname: str) -> OpenDd:
    dd = required(step, ddname)
    if dd is None:
        raise _Failed("IEB229I", ddname)
    return dd


def _by_member(cards: list[Statement], sysprint: Sysprint) -> bool | None:
    """Tell whether libraries are compared, None after a wrong statement. Raises Abend for a user routine."""
    right, typorg = True, "PS"
    for number, card in enumerate(cards):
        sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
        problem = _wrong(card, number)
        if problem is not None:
            sysprint.say(*problem)
            right = False
        typorg = card.text("TYPORG", typorg)
    if right and any(card.operation == "EXITS" and card.operands for card in cards):
        raise Abend("806", 4)
    return typorg == "PO" if right else None


def _wrong(card: Statement, number: int) -> tuple[str, *tuple[object, ...]] | None:
    """Return the message of a statement that is wrong."""
    if not number and card.operation != "COMPARE":
        return ("IEB264I",)
    if number and card.operation == "COMPARE":
        return ("IEB213I",)
    if card.operation not in _KEYWORDS:
        return ("IEB265I", column(card, card.operation))
    if card.fault is not None:
        return ("IEB201I",)
    for operand in card.operands:
        if operand.keyword not in _KEYWORDS[card.operation]:
            return ("IEB259I", column(card, operand.keyword or operand.raw))
        if operand.text not in _VALUES.get(operand.keyword, {operand.text}):
            return ("IEB261I", column(card, operand.raw))
    return ("IEB262I", column(card, "")) if card.operation == "LABELS" and not card.operands else None


def _libraries(step: StepContext, comparison: Comparison) -> int:
    mvs = step.mvs
    dds = (comparison.first, comparison.second)
    for dd in dds:
        mvs.require_readable(dd.dsname, step.who)
    ours, theirs = ({member.name: member for member in mvs.members(dd.dsname)} for dd in dds)
    code = comparison.directories(ours, theirs)
    missing = [
        any(not member.alias_of and name not in other for name, member in own.items())
        for own, other in ((ours, theirs), (theirs, ours))
    ]
    if all(missing) or not ours:
        raise _Failed("IEB210I")
    for name in sorted(name for name in ours.keys() & theirs.keys() if not ours[name].alias_of):
        left, right = (mvs.records(Target(dd.dsname, name), step.who) for dd in dds)
        code = max(code, comparison.run(left, right, name))
    return code


def _blocks(dd: OpenDd) -> Dcb:
    """Return the record format and block size; in-stream data have one card a block."""
    return replace(dd.dcb, blksize=dd.dcb.lrecl) if dd.kind == "SYSIN" else dd.dcb


Placed = tuple[tuple[int, int], bytes]


@dataclass(slots=True)
class Comparison:
    """Two data sets or libraries that are compared; `count` records were. Raises _Failed for formats that differ."""

    sysprint: Sysprint
    first: OpenDd
    second: OpenDd
    count: int = 0

    def __post_init__(self) -> None:
        one, two = self.first.dcb, self.second.dcb
        if one.recfm is None or two.recfm is None or self.first.is_dummy or self.second.is_dummy:
            return
        if (one.recfm.is_fixed, one.recfm.is_undefined) != (two.recfm.is_fixed, two.recfm.is_undefined):
            raise _Failed("IEB215I")
        if one.recfm.is_fixed and one.lrecl != two.lrecl:
            raise _Failed("IEB214I")

    def run(self, left: Iterable[bytes], right: Iterable[bytes], member: str = "") -> int:
        """Compare the records of two data sets or members; return the return code."""
        ones, others = _placed(left, _blocks(self.first)), _placed(right, _blocks(self.second))
        code = successive = 0
        while True:
            one, two = next(ones, None), next(others, None)
            if one is None or two is None:
                break
            self.count += 1
            if one[1] == two[1]:
                successive = 0
                continue
            code, successive = UNEQUAL, successive + 1
            self.sysprint.say("IEB221I")
            self._shown(self.first, member, one)
            self._shown(self.second, member, two)
            if successive == LIMIT:
                self.sysprint.say("IEB227I")
                return UNEQUAL if member else FAILED
        for key, dd, extra, rest in (("IEB223I", self.second, two, others), ("IEB224I", self.first, one, ones)):
            if extra is not None:
                code = UNEQUAL
                self._extra(key, dd, member, chain([extra], rest))
        return code

    def _extra(self, key: str, dd: OpenDd, member: str, records: Iterator[Placed]) -> None:
        """Print what one data set has more, block by block."""
        for _, block in groupby(records, key=lambda placed: placed[0][0]):
            self.sysprint.say(key)
            self._named(dd, member)
            self._hex(b"".join(data for _, data in block))

    def _shown(self, dd: OpenDd, member: str, placed: Placed) -> None:
        (block, record), data = placed
        self._named(dd, member)
        if dd.dcb.recfm is not None and dd.dcb.recfm.may_span:
            self.sysprint.say("IEBCOMPR RECORD", self.count)
        else:
            self.sysprint.say("IEBCOMPR PLACE", block, record)
        self._hex(data)

    def _named(self, dd: OpenDd, member: str, *, alias: bool = False) -> None:
        self.sysprint.say("IEBCOMPR DDNAME", dd.ddname, f"  {'ALIAS' if alias else 'MEMBER'} NAME = {member}" if member else "")

    def _hex(self, data: bytes) -> None:
        text = data.hex().upper()
        self.sysprint.put(*(f" {text[at : at + 2 * _PER_LINE]}" for at in range(0, max(len(text), 1), 2 * _PER_LINE)))

    def directories(self, ours: dict[str, MemberInfo], theirs: dict[str, MemberInfo]) -> int:
        """Tell names that are missing in one library, and user data that differ; return the return code."""
        code = 0
        for name in sorted(ours.keys() | theirs.keys()):
            one, two = ours.get(name), theirs.get(name)
            entry = one or two
            if entry is None or (one is not None and two is not None and one.userdata == two.userdata):
                continue
            code, alias = UNEQUAL, bool(entry.alias_of)
            if one is None or two is None:
                self.sysprint.say(("IEB206I" if alias else "IEB207I") if two is None else "IEB208I" if alias else "IEB209I")
                self._named(self.second if two is None else self.first, name, alias=alias)
                continue
            self.sysprint.say("IEB205I")
            for dd, member in ((self.first, one), (self.second, two)):
                self._named(dd, name)
                if member.userdata:
                    self._hex(member.userdata)
                else:
                    self.sysprint.say("IEBCOMPR NO USER DATA")
        return code


def _placed(records: Iterable[bytes], dcb: Dcb) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield each record behind the number of its block and its place in that, both from 1."""
    fixed = dcb.recfm is not None and dcb.recfm.is_fixed
    overhead = 0 if fixed else 4
    block, place, used = 1, 0, overhead
    for record in records:
        used += len(record) + overhead
        if place and (used > dcb.blksize or (dcb.recfm is not None and not dcb.recfm.blocked)):
            block, place, used = block + 1, 0, len(record) + 2 * overhead
        place += 1
        yield (block, place), record


PROGRAM = Program("IEBCOMPR", run)
