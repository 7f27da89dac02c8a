"""IEBCOMPR: compares two data sets, or two libraries member by member.

      COMPARE TYPORG=PS|PO        LABELS ...

Source: [UTIL IEBCOMPR]; texts jes-and-jcl reference 5.9. Rules: ten successive unequal records end the comparison, of libraries
that of the member; one library must have all names of the other, with the same user data. Return code 0, 8 unequal, 12 for what
cannot be done. User routines (EXITS) are not there: abend S806, as of any missing module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from jes.errors import Abend
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb
from mvsfs.info import Target

#: Successive unequal records after which a comparison ends [UTIL].
LIMIT = 10
UNEQUAL, FAILED = 8, 12
_PER_LINE = 60
_STATEMENTS = {"COMPARE": {"TYPORG"}, "EXITS": {"INHDR", "INTLR", "ERROR", "PRECOMP"}, "LABELS": {"DATA"}}


class _Invalid(Exception):
    """A control statement cannot be used: the key of its message and what fills that."""


def run(step: StepContext) -> int:
    """Compare SYSUT1 with SYSUT2."""
    with Sysprint(step) as sysprint:
        sysprint.say("IEBCOMPR HEADING")
        first, second, sysin = step.dd("SYSUT1"), step.dd("SYSUT2"), step.dd("SYSIN")
        cards = list(statements(sysin.records())) if sysin is not None else []
        for card in cards:
            sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
        try:
            by_member = _by_member(cards)
            for ddname, dd in (("SYSUT1", first), ("SYSUT2", second)):
                if dd is None:
                    raise _Invalid("IEB216I", ddname)
        except _Invalid as problem:
            sysprint.say(*problem.args)
            sysprint.say("IEBCOMPR ENDED")
            return FAILED
        assert first is not None and second is not None
        if by_member:
            return _libraries(step, first, second, sysprint)
        return _compare(first.records(), second.records(), (_blocks(first), _blocks(second)), sysprint)


def _by_member(cards: list[Statement]) -> bool:
    """Tell whether libraries are compared. Raises _Invalid, and Abend for a user routine."""
    typorg = "PS"
    for card in cards:
        known = _STATEMENTS.get(card.operation)
        if known is None or card.fault is not None:
            raise _Invalid("IEB202I", card.operation)
        for operand in card.operands:
            if operand.keyword not in known:
                raise _Invalid("IEB202I", operand.keyword or operand.text)
        if card.operation == "EXITS":
            raise Abend("806", 4)
        typorg = card.text("TYPORG", typorg)
        if typorg not in {"PS", "PO"}:
            raise _Invalid("IEB203I", "TYPORG")
    return typorg == "PO"


def _libraries(step: StepContext, first: OpenDd, second: OpenDd, sysprint: Sysprint) -> int:
    mvs = step.mvs
    for dd in (first, second):
        mvs.require_readable(dd.dsname, step.who)
    ours, theirs = ({member.name: member for member in mvs.members(dd.dsname)} for dd in (first, second))
    common = sorted(ours.keys() & theirs.keys())
    if not (ours.keys() <= theirs.keys() or theirs.keys() <= ours.keys()):
        sysprint.say("IEB218I" if common else "IEB214I")
        return UNEQUAL
    code = 0
    for name in common:
        sysprint.say("IEBCOMPR MEMBER", name)
        if ours[name].userdata != theirs[name].userdata:
            sysprint.say("IEB219I", name)
            code = UNEQUAL
        left, right = (mvs.records(Target(dd.dsname, name), step.who) for dd in (first, second))
        code = max(code, _compare(left, right, (_blocks(first), _blocks(second)), sysprint))
    return code


def _blocks(dd: OpenDd) -> Dcb:
    """Return the record format and block size; in-stream data have one card a block."""
    return replace(dd.dcb, blksize=dd.dcb.lrecl) if dd.kind == "SYSIN" else dd.dcb


def _compare(first: Iterable[bytes], second: Iterable[bytes], dcbs: tuple[Dcb, Dcb], sysprint: Sysprint) -> int:
    code = successive = count = 0
    for one, two in zip_longest(_placed(first, dcbs[0]), _placed(second, dcbs[1])):
        count += 1
        if one is not None and two is not None and one[1] == two[1]:
            successive = 0
            continue
        code, successive = UNEQUAL, successive + 1
        sysprint.say("IEB224I" if one is None else "IEB223I" if two is None else "IEB221I")
        for ddname, placed in (("SYSUT1", one), ("SYSUT2", two)):
            if placed is not None:
                (block, record), data = placed
                sysprint.say("IEBCOMPR DDNAME", ddname)
                sysprint.say("IEBCOMPR PLACE", block, record)
                text = data.hex().upper()
                sysprint.put(*(f" {text[at : at + 2 * _PER_LINE]}" for at in range(0, max(len(text), 1), 2 * _PER_LINE)))
        if successive >= LIMIT:
            sysprint.say("IEB227I")
            break
    sysprint.say("IEBCOMPR END", count)
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
