"""IEBGENER: copies a sequential data set, or makes members of one; RECORD edits on the way.

Source: [UTIL IEBGENER]; which record formats go into which, messages and return codes: [MVS38 IEBGENR3, IEBGEN03]. Not here:
statements (generplan.py), fields (generfields.py); routines of EXITS: abend S806, as of any module that is not there.
Rules: SYSPRINT, SYSIN, SYSUT1 and SYSUT2 are needed, 12 without one. SYSUT2 takes the DCB of SYSUT1 where it has none, which
IEB352I tells and which does not change the return code. Behind the group of the last IDENT nothing is copied. No volume here has
user labels, so LABELS has nothing to copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from jes.errors import Abend
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities import generfields
from jes.utilities.generplan import Group, Member, Plan, Scan, Wrong
from jes.utilities.required import required
from jes.utilities.syscards import statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb
from mvsfs.errors import MvsError

#: LABELS DATA=ONLY, and an error that ends the step.
LABELS_ONLY, FAILED = 8, 12
_CARD = 80
_BDW = _RDW = 4


class _Ended(Exception):
    """The copy ends: the key of a message and what fills that."""


def run(step: StepContext) -> int:
    """Copy SYSUT1 to SYSUT2 as SYSIN says."""
    if required(step, "SYSPRINT") is None:
        return FAILED
    with Sysprint(step) as sysprint:
        sysprint.say("IEBGENER HEADING")
        try:
            plan = _scanned(step, sysprint)
            if plan is None:
                return FAILED
            return _copy(step, plan, sysprint)
        except _Ended as end:
            sysprint.say(*end.args)
            return LABELS_ONLY if end.args[0] == "IEB323I" else FAILED


def _dd(step: StepContext, ddname: str) -> OpenDd:
    dd = required(step, ddname)
    if dd is None:
        raise _Ended("IEB316I", ddname)
    return dd


def _scanned(step: StepContext, sysprint: Sysprint) -> Plan | None:
    """Read SYSIN; return None when a statement was wrong, which its message tells behind it."""
    sysin = _dd(step, "SYSIN")
    if not sysin.is_dummy and sysin.dcb.lrecl not in {0, _CARD}:
        raise _Ended("IEB319I")
    scan, records, right = Scan(), iter(sysin.records()), True
    for card in statements(records):
        sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
        try:
            labels = scan.take(card)
        except Wrong as problem:
            sysprint.say(*problem.args)
            right = False
            continue
        if len(list(islice(records, labels))) < labels:
            sysprint.say("IEB333I")
            right = False
    return scan.plan if right else None


def _copy(step: StepContext, plan: Plan, sysprint: Sysprint) -> int:
    source, target = _dd(step, "SYSUT1"), _dd(step, "SYSUT2")
    if plan.labels == "ONLY":
        raise _Ended("IEB323I")
    _checked(source, target, plan)
    records = iter(source.records())
    first = list(islice(records, 1))  # SYSUT1 is open, or the step has ended, before anything is said of SYSUT2
    if first and plan.exits:
        raise Abend("806", 4)
    if not target.is_dummy and (target.dcb.recfm is None or not target.dcb.lrecl):
        sysprint.say("IEB352I")
        sysprint.put(" ")
    if _written(step, plan.finished(), (source, target), chain(first, records)):
        sysprint.say("IEBGENER LAST ID")
    else:
        sysprint.say("IEBGENER EOD")
    return 0


def _checked(source: OpenDd, target: OpenDd, plan: Plan) -> None:
    """Raises _Ended for DCBs that do not go together."""
    given = source.dcb
    if source.is_dummy and not (given.lrecl or given.blksize):
        # OPEN leaves lengths that a plain F record cannot have, and no RECFM is read as that [MVS38 IEBGENR3 CHKRECFM].
        plain = given.recfm is None or (given.recfm.is_fixed and not given.recfm.blocked)
        raise _Ended("IEB311I" if plain else "IEB317I")
    if _conflict(given, target.dcb, edits=plan.edits):
        raise _Ended("IEB311I")
    if any(member.name for member in plan.members):
        spanned = any(dcb.recfm is not None and dcb.recfm.may_span for dcb in (given, target.dcb))
        if spanned:
            raise _Ended("IEB329I")
        if target.info is not None and not target.info.is_partitioned:
            raise _Ended("IEB310I")
    if plan.edits and target.dcb.lrecl and target.dcb.recfm is not None and not target.dcb.recfm.is_undefined:
        room = target.dcb.lrecl - (0 if target.dcb.recfm.is_fixed else _RDW)
        if any(one.end > room for member in plan.members for group in member.groups for one in group.fields):
            raise _Ended("IEB303I")


def _conflict(given: Dcb, own: Dcb, *, edits: bool) -> bool:
    """Tell whether records cannot pass: what the table of record formats of IEBGEN03 does not allow.

    Fixed records need the same length; nothing else goes into fixed ones; a block must hold an input record with its words.
    Editing makes records of the output's own length.
    """
    if given.recfm is None or own.recfm is None or not (given.lrecl or given.blksize):
        return False
    if own.recfm.is_fixed and own.lrecl and own.blksize and own.blksize % own.lrecl:
        return True
    if edits:
        return False
    if own.recfm.is_fixed:
        return not given.recfm.is_fixed or bool(own.lrecl and given.lrecl and own.lrecl != given.lrecl)
    if not own.blksize or own.recfm.may_span:
        return False
    return own.blksize < _record(given) + _words(own)


def _record(dcb: Dcb) -> int:
    """Return the longest record without words."""
    assert dcb.recfm is not None
    if dcb.recfm.is_undefined:
        return dcb.blksize
    return dcb.lrecl - _RDW if dcb.recfm.is_variable else dcb.lrecl


def _words(dcb: Dcb) -> int:
    return _RDW + _BDW if dcb.recfm is not None and dcb.recfm.is_variable else 0


@dataclass(slots=True)
class _Input:
    """The records of SYSUT1, with a look at whether there are more."""

    records: Iterator[bytes]

    def more(self) -> bool:
        """Tell whether a record is left."""
        first = list(islice(self.records, 1))
        self.records = chain(first, self.records)
        return bool(first)


def _written(step: StepContext, members: list[Member], dds: tuple[OpenDd, OpenDd], records: Iterator[bytes]) -> bool:
    """Write the members; tell whether the last IDENT ended the copy. Raises _Ended."""
    (source, target), given = dds, _Input(records)
    dcb = source.dcb if source.dcb.recfm is not None else Dcb.of("FB", _CARD)
    ended = False
    for member in members:
        if member.name and member is not members[0] and not given.more():
            return False
        if member.name and any(info.name == member.name for info in step.mvs.members(target.dsname, member.name)):
            raise _Ended("IEB310I")
        groups = _Groups(given, member.groups)
        with target.writer(dcb, member=member.name or None) as sink:
            recfm = sink.dcb.recfm
            limit = sink.dcb.lrecl - _RDW if recfm is not None and recfm.is_variable else 0
            sink.put_many(_fitting(groups, limit))
        ended = groups.ended
        _aliases(step, target, member)
    return ended


def _aliases(step: StepContext, target: OpenDd, member: Member) -> None:
    try:
        for alias in member.aliases:
            step.mvs.add_member_alias(target.dsname, alias, member.name, step.who)
    except MvsError:
        raise _Ended("IEB310I") from None


def _fitting(records: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield records that the output can hold. Raises _Ended at a variable one that is longer."""
    for record in records:
        if limit and len(record) > limit:
            raise _Ended("IEB311I")
        yield record


@dataclass(slots=True)
class _Groups:
    """The output records of one member: group after group, each up to the record that its IDENT names."""

    given: _Input
    groups: list[Group]
    ended: bool = False

    def __iter__(self) -> Iterator[bytes]:
        for group in self.groups:
            self.ended = False
            for record in self.given.records:
                yield generfields.edited(record, group.fields) if group.fields else record
                if group.ident is not None and record[group.ident[1] :].startswith(group.ident[0]):
                    self.ended = True
                    break


PROGRAM = Program("IEBGENER", run)
