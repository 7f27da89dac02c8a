"""IEBDG: makes test data from described fields.

    DSD OUTPUT=(dd)[,INPUT=(dd)]      FD NAME=f,LENGTH=n[,STARTLOC=n][,FORMAT=t|PICTURE=n,'..'][,ACTION=a][,FILL=c][,INDEX=n ..]
    CREATE [QUANTITY=n][,FILL=c][,NAME=(f,..)][,PICTURE=n,start,'..']      REPEAT QUANTITY=n[,CREATE=n]      END

Source: [UTIL IEBDG]. Not here: user exits (refused). Rules: a record is filled with binary zeros (blanks in FD fields), then its
fields are laid into it in their order. A wrong statement ends its set, up to the next DSD; return code 8 [MSGS IEB].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from jes.errors import Abend
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities import dgfield
from jes.utilities.dgfield import DgField
from jes.utilities.required import required
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

ERROR = 8
_BATCH = 1024


class _Refused(Exception):
    """A statement cannot be used: the key of its message and what fills that."""


@dataclass(slots=True)
class Create:
    """One CREATE: how many records, of which fields, on what ground."""

    quantity: int = 1
    fill: bytes = b"\0"
    names: list[str] = field(default_factory=list)
    picture: tuple[int, bytes] | None = None


#: SYSIN or SYSPRINT is missing.
UNOPENED = 16


@dataclass(slots=True)
class Run:
    """What the statements between DSD and END describe."""

    output: str
    input: str = ""
    fields: dict[str, DgField] = field(default_factory=dict)
    creates: list[Create] = field(default_factory=list)
    repeats: list[tuple[int, int, int]] = field(default_factory=list)  # quantity, number of CREATEs, index of the first


def run(step: StepContext) -> int:
    """Make the data sets that SYSIN describes."""
    if required(step, "SYSPRINT") is None:
        return UNOPENED
    with Sysprint(step) as sysprint:
        sysprint.say("IEBDG HEADING")
        sysin = required(step, "SYSIN")
        if sysin is None:
            sysprint.say("IEB724I")
            return UNOPENED
        cards = list(statements(sysin.records()))
        code = 0
        for group in _sets(cards):
            sysprint.put(*(f" {image[:72].rstrip()}" for card in group for image in card.images))
            try:
                for each in runs(group):
                    _made(step, each)
            except (_Refused, dgfield.Refused) as problem:
                sysprint.say(*problem.args)
                code = ERROR
        if not code:
            sysprint.say("IEB700I")
        return code


def _sets(cards: list[Statement]) -> Iterator[list[Statement]]:
    """Yield the statements from each DSD up to the next."""
    group: list[Statement] = []
    for card in cards:
        if card.operation == "DSD" and group:
            yield group
            group = []
        group.append(card)
    if group:
        yield group


def runs(cards: list[Statement]) -> Iterator[Run]:
    """Yield what to do. Raises _Refused."""
    now: Run | None = None
    repeat: tuple[int, int] | None = None
    for card in cards:
        if card.fault is not None:
            raise _Refused("IEB721I")
        if card.operation == "DSD":
            operand = card.value("OUTPUT")
            if operand is None or not operand.values:
                raise _Refused("IEB721I")
            if now is not None:
                raise _Refused("IEB725I")
            now = Run(operand.values[0].text, _first(card, "INPUT"))
        elif now is None:
            raise _Refused("IEB718I")
        elif card.operation == "FD":
            one = dgfield.described(card)
            now.fields[one.name] = one
        elif card.operation == "CREATE":
            now.creates.append(_create(card))
            if repeat is not None:
                now.repeats.append((*repeat, len(now.creates) - 1))
                repeat = None
        elif card.operation == "REPEAT":
            repeat = (_number(card, "QUANTITY", 1), _number(card, "CREATE", 1))
        elif card.operation == "END":
            yield now
            now = None
        else:
            raise _Refused("IEB702I")
    if now is not None:
        yield now


def _first(card: Statement, keyword: str) -> str:
    operand = card.value(keyword)
    return operand.values[0].text if operand is not None and operand.values else ""


def _number(card: Statement, keyword: str, default: int) -> int:
    text = card.text(keyword)
    if not text:
        return default
    if not text.isdecimal() or len(text) > 9:
        raise _Refused("IEB706I")
    return int(text)


def _create(card: Statement) -> Create:
    found = Create(_number(card, "QUANTITY", 1), dgfield.filler(card, b"\0"))
    operand = card.value("NAME")
    for value in operand.values if operand is not None else ():
        names = [item.text for item in value.values if not item.keyword]
        copies = next((int(item.text) for item in value.values if item.keyword == "COPY" and item.text.isdecimal()), 1)
        found.names += names * min(copies, 255)
    picture = card.value("PICTURE")
    if picture is not None:
        rest = card.operands[card.operands.index(picture) + 1 :]
        if len(rest) < 2 or not rest[0].text.isdecimal():
            raise _Refused("IEB703I")
        found.picture = int(rest[0].text) - 1, dgfield.pictured(picture.text, rest[1])
    return found


def _made(step: StepContext, each: Run) -> int:
    """Write the records of one DSD; return how many."""
    target = step.dd(each.output)
    if target is None:
        raise _Refused("IEB724I")
    source = step.dd(each.input) if each.input else None
    length = target.dcb.lrecl or max([80, *(one.end for one in each.fields.values())])
    with target.writer(Dcb.of("FB", length)) as sink:
        size = sink.dcb.data_length or length
        records = (record[:size].ljust(size, b"\x40") for record in _records(each, size, source))
        count = 0
        while batch := list(islice(records, _BATCH)):
            if step.cancelled():  # a DUMMY or SYSOUT data set does not ask before the end
                raise Abend("222")
            count += sink.put_many(batch)
        return count


def _records(each: Run, size: int, source: OpenDd | None) -> Iterator[bytes]:
    base = iter(source.records()) if source is not None else None
    for create in _sequence(each):
        for name in create.names:
            if name not in each.fields:
                raise _Refused("IEB707I")
        for _ in range(create.quantity):
            ground = next(base, None) if base is not None else create.fill * size
            if ground is None:
                return
            yield _laid(bytearray(ground), create, each)


def _sequence(each: Run) -> Iterator[Create]:
    """Yield the CREATEs in the order in which REPEAT makes them act."""
    at = 0
    while at < len(each.creates):
        repeat = next((row for row in each.repeats if row[2] == at), None)
        many, times = (repeat[1], repeat[0]) if repeat else (1, 1)
        group = each.creates[at : at + many]
        for _ in range(times if any(create.quantity for create in group) else 1):
            yield from group
        at += max(many, 1)


def _laid(line: bytearray, create: Create, each: Run) -> bytes:
    at = 0
    for name in create.names or list(each.fields):
        one = each.fields[name]
        start = one.start if one.start >= 0 else at
        data = one.next()
        line[start : start + len(data)] = data
        at = start + len(data)
    if create.picture is not None:
        start, data = create.picture
        line[start : start + len(data)] = data
    return bytes(line)


PROGRAM = Program("IEBDG", run)
