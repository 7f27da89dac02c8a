"""IEBCOMPR: compares two data sets, or two libraries member by member.

Source: [UTIL IEBCOMPR]; texts jes-and-jcl reference 5.9. Rules: return code 0 equal, 8 unequal, 12 a control statement is wrong.
The comparison of a data set ends after ten unequal records.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.syscards import statements
from jes.utilities.sysprint import Sysprint
from mvsfs.info import Target

LIMIT = 10
_PER_LINE = 50


def run(step: StepContext) -> int:
    """Compare SYSUT1 with SYSUT2."""
    with Sysprint(step) as sysprint:
        sysprint.put(f"1{'COMPARE UTILITY':>50}{'PAGE 0001':>60}")
        first, second, sysin = step.dd("SYSUT1"), step.dd("SYSUT2"), step.dd("SYSIN")
        cards = list(statements(sysin.records())) if sysin is not None else []
        for card in cards:
            if card.operation not in {"COMPARE", "EXITS", "LABELS"} or card.fault is not None:
                sysprint.put(f" IEB202I INVALID KEYWORD IN OR BEGINNING {card.operation}", "0END OF JOB")
                return 12
        if first is None or second is None:
            sysprint.put(f" IEB219I INVALID DCB PARAMETER SYSUT{1 if first is None else 2}", "0END OF JOB")
            return 12
        by_member = any(card.text("TYPORG") == "PO" for card in cards)
        if by_member:
            return _libraries(step, first, second, sysprint)
        return _compare(first.records(), second.records(), sysprint)


def _libraries(step: StepContext, first: OpenDd, second: OpenDd, sysprint: Sysprint) -> int:
    mvs = step.mvs
    ours = {member.name for member in mvs.members(first.dsname)}
    theirs = {member.name for member in mvs.members(second.dsname)}
    if not (ours <= theirs or theirs <= ours):
        sysprint.put(
            " IEB210I NO NAMES FROM DIRECTORY OF SYSUT1 AND SYSUT2 MATCH"
            if not ours & theirs
            else " IEB211I DIRECTORIES NOT A SUBSET"
        )
        return 8
    code = 0
    for name in sorted(ours & theirs):
        sysprint.put(f" MEMBER {name}")
        left = mvs.records(Target(first.dsname, name), step.who)
        right = mvs.records(Target(second.dsname, name), step.who)
        code = max(code, _compare(left, right, sysprint))
    return code


def _compare(first: Iterable[bytes], second: Iterable[bytes], sysprint: Sysprint) -> int:
    unequal = count = 0
    for count, (one, two) in enumerate(zip_longest(first, second), 1):
        if one == two:
            continue
        unequal += 1
        if one is None or two is None:
            sysprint.put(f" IEB221I EXTRA RECORD ON SYSUT{1 if two is None else 2}")
        else:
            sysprint.put(" IEB221I RECORDS ARE NOT EQUAL")
        for ddname, record in (("SYSUT1", one), ("SYSUT2", two)):
            if record is not None:
                sysprint.put(f" DDNAME = {ddname}   RECORD {count:08d}")
                text = record.hex().upper()
                sysprint.put(*(f" {text[at : at + 2 * _PER_LINE]}" for at in range(0, max(len(text), 1), 2 * _PER_LINE)))
        if unequal >= LIMIT:
            sysprint.put(" IEB225I JOB TERMINATED AFTER TEN UNEQUAL COMPARISONS")
            break
    sysprint.put(f" END OF JOB-TOTAL NUMBER OF RECORDS COMPARED = {count:08d}")
    return 8 if unequal else 0


PROGRAM = Program("IEBCOMPR", run)
