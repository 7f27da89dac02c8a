"""IEHMOVE: moves and copies data sets, libraries and groups of them to a volume.

      MOVE|COPY DSNAME=name,TO=device=volser[,FROM=device=volser][,UNCATLG][,RENAME=name]
      MOVE|COPY PDS=name,TO=device=volser[,EXPAND=nn][,RENAME=name]...        MOVE|COPY DSGROUP=qualifiers,TO=device=volser
      EXCLUDE MEMBER=name|DSGROUP=name   SELECT MEMBER=(name,(name,newname))   INCLUDE|REPLACE DSNAME=name,MEMBER=name

Source: [UTIL IEHMOVE]; messages [MVS38 IEHMVESA, IEHMVMSY, IEHMVMSQ]; return codes [UTIL]. Not here: VOLUME, CATALOG and BDAM,
which are refused as keywords; unloading to tape.
Rules: the catalog here knows a name once, so COPY to another volume needs RENAME. A library of which only some members move
stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as changed

from jes.stepcontext import Program, StepContext
from jes.utilities import replica
from jes.utilities.required import required
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dsorg
from mvsfs.errors import DatasetNotFound, InvalidDsname, MemberNotFound, MvsError
from mvsfs.exchange import catalog
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.info import Target
from mvsfs.names import Mask, check_dsname

NOT_DONE, WRONG, UNOPENED = 4, 8, 16
_MAIN = frozenset({"MOVE", "COPY"})
_WHAT = frozenset({"DSNAME", "PDS", "DSGROUP"})
_KEYWORDS = _WHAT | {"TO", "FROM", "RENAME", "EXPAND", "FROMDD", "TODD", "PASSWORD", "CVOL"}
_WORDS = frozenset({"UNCATLG", "CATLG", "COPYAUTH"})
_SUBORDINATE = {"EXCLUDE": "IEH302I", "SELECT": "IEH385I", "INCLUDE": "IEH301I", "REPLACE": "IEH303I"}


class _Wrong(Exception):
    """A request cannot be understood: the key of its message."""


class _NotDone(Exception):
    """A data set was not moved or copied; the text says why."""


@dataclass(slots=True)
class Request:
    """One MOVE or COPY with its subordinate statements."""

    card: Statement
    below: list[Statement] = field(default_factory=list)

    @property
    def is_move(self) -> bool:
        """Tell whether the source goes."""
        return self.card.operation == "MOVE"

    def volser(self, keyword: str) -> str:
        """Return the first serial of TO or FROM."""
        return self.card.volser(keyword)

    def members(self, operation: str) -> list[tuple[str, str]]:
        """Return (member, new name) of the subordinate statements of this operation."""
        found = []
        for card in self.below:
            operand = card.value("MEMBER")
            for item in operand.values if card.operation == operation and operand is not None else ():
                name = item.positional(0)
                found.append((name, item.positional(1) or name))
        return found


def run(step: StepContext) -> int:
    """Do the requests of SYSIN."""
    if required(step, "SYSPRINT") is None:
        return UNOPENED
    with Sysprint(step) as sysprint:
        sysprint.say("IEHMOVE HEADING")
        sysin, work = required(step, "SYSIN"), required(step, "SYSUT1")
        if sysin is None or work is None:
            sysprint.say("IEH461I" if sysin is None else "IEH388I")
            return UNOPENED
        code = 0
        for request in _requests(statements(sysin.records())):
            sysprint.put(*(f" {image[:72].rstrip()}" for card in (request.card, *request.below) for image in card.images))
            try:
                _checked(request)
                code = max([code, *(_one(step, request, name, sysprint) for name in _names(step, request))])
            except _Wrong as problem:
                sysprint.say(str(problem))
                code = max(code, WRONG)
        return code


def _requests(cards: Iterator[Statement]) -> Iterator[Request]:
    request: Request | None = None
    for card in cards:
        if card.operation in _SUBORDINATE and request is not None:
            request.below.append(card)
            continue
        if request is not None:
            yield request
        request = Request(card)
    if request is not None:
        yield request


def _checked(request: Request) -> None:
    """Raises _Wrong for a request that cannot be understood."""
    card = request.card
    if card.operation in _SUBORDINATE:
        raise _Wrong("IEH304I")
    if card.fault is not None or card.operation not in _MAIN:
        raise _Wrong("IEH309I")
    if any(operand.keyword not in _KEYWORDS for operand in card.operands if operand.keyword):
        raise _Wrong("IEH307I")
    if any(word not in _WORDS for word in card.positional if word != "DSGROUP"):
        raise _Wrong("IEH307I")
    kinds = [operand.keyword for operand in card.operands if operand.keyword in _WHAT] + [
        w for w in card.positional if w == "DSGROUP"
    ]
    if len(kinds) > 1:
        raise _Wrong("IEH305I")
    if not kinds or not request.volser("TO"):
        raise _Wrong("IEH311I")
    for below in request.below:
        fits = kinds[0] == "PDS" or (kinds[0] == "DSGROUP" and below.operation == "EXCLUDE")
        if not fits or below.fault is not None:
            raise _Wrong(_SUBORDINATE[below.operation])
    if {"SELECT", "EXCLUDE"} <= {below.operation for below in request.below}:
        raise _Wrong("IEH385I")
    try:
        check_dsname(card.text("RENAME") or "X")
    except InvalidDsname:
        raise _Wrong("IEH390I") from None


def _names(step: StepContext, request: Request) -> list[str]:
    """Return the data sets of a request. Raises _Wrong."""
    card = request.card
    if card.value("DSGROUP") is None and "DSGROUP" not in card.positional:
        return [card.text("DSNAME") or card.text("PDS")]
    group = card.text("DSGROUP")
    without = {below.text("DSGROUP") for below in request.below}
    found = [info.dsname for info in step.mvs.search(Mask(f"{group}.**" if group else "**", "catalog"))]
    return [name for name in found if not any(name == one or name.startswith(f"{one}.") for one in without if one)]


def _one(step: StepContext, request: Request, name: str, sysprint: Sysprint) -> int:
    """Move or copy one data set; return the return code."""
    target, new = request.volser("TO"), request.card.text("RENAME") or name
    try:
        _possible(step, request, name, new)
        if request.is_move and new == name:
            replica.moved(step, name, target, lambda data: _edited(step, request, data))
        else:
            replica.copied(step, name, new, target, lambda data: _edited(step, request, data))
            if request.is_move and not request.below:
                step.mvs.delete(Target(name), step.who)
        if "UNCATLG" in request.card.positional:
            step.mvs.uncatalog(new if request.is_move else name, step.who)
    except _NotDone as problem:
        sysprint.say("IEHMOVE NOT DONE", name, problem)
        return NOT_DONE
    except MvsError:
        sysprint.say("IEHMOVE NOT DONE", name, "UNABLE TO ALLOCATE TO DATA SET")
        return NOT_DONE
    sysprint.say("IEHMOVE MOVED" if request.is_move else "IEHMOVE COPIED", name)
    sysprint.put(f"{'':17}{target}")
    if new != name:
        sysprint.say("IEHMOVE RENAMED", new)
    return 0


def _possible(step: StepContext, request: Request, name: str, new: str) -> None:
    """Raises _NotDone for what cannot be moved or copied."""
    try:
        info = step.mvs.find(name)
    except (DatasetNotFound, InvalidDsname):
        raise _NotDone("DATA SET NOT FOUND") from None
    if request.volser("FROM") not in {"", info.volser}:
        raise _NotDone("DATA SET NOT FOUND")
    if info.dcb.dsorg not in {Dsorg.PS, Dsorg.PO, Dsorg.DA} or (
        request.card.value("PDS") is not None and not info.is_partitioned
    ):
        raise _NotDone("UNDEFINED DATA SET ORGANIZATION")
    if all(volume.volser != request.volser("TO") for volume in step.mvs.volumes):
        raise _NotDone("UNABLE TO MOUNT TO VOLUME")
    if new == name and info.volser == request.volser("TO"):
        raise _NotDone("UNABLE TO COPY ON SAME VOLUME")


def _edited(step: StepContext, request: Request, data: UnloadedDataset) -> UnloadedDataset:
    """Return the library as the subordinate statements want it. Raises _NotDone, MvsError."""
    if data.members is None or not request.below:
        return data
    members = {member.name: member for member in data.members}
    chosen = request.members("SELECT")
    if chosen:
        missing = next((name for name, _ in chosen if name not in members), None)
        if missing is not None:
            raise _NotDone(f"MEMBER {missing} NOT FOUND")
        members = {new: changed(members[name], name=new) for name, new in chosen}
    for name, _ in request.members("EXCLUDE"):
        members.pop(name, None)
    for card in request.below:
        if card.operation not in {"INCLUDE", "REPLACE"}:
            continue
        other = {member.name: member for member in catalog.unload(step.mvs, step.who, card.text("DSNAME")).members or ()}
        name = card.text("MEMBER")
        if name not in other:
            raise MemberNotFound(card.text("DSNAME"), name)
        if (card.operation == "REPLACE") is (name in members):
            members[name] = other[name]
    return changed(data, members=list(members.values()))


PROGRAM = Program("IEHMOVE", run)
