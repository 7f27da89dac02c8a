"""How IEBUPDTE merges the cards of CHANGE into an old member, by sequence number; numbering.

Source: [UTIL IEBUPDTE]; that each range must begin and end at records that are there, and the words beside a card that was
changed: [MVS38 IEBUPDT2]. Rules: pure; a listing line is a card and what happened to it.
"""

from __future__ import annotations

from collections import deque

from jes.hosttext import to_host, to_text
from jes.utilities.updtestream import ALL, BAD_DELETE, BAD_NUMBER, INVALID_OPERATION, Detail, Function, Invalid

DELETED, INSERTED, REPLACED, REPLACEMENT, UPDATED = "DELETED", "INSERTED", "REPLACED", "REPLACEMENT", "UPDATED RECORD"
_STEP = 10

Line = tuple[bytes, str]


def sequence(record: bytes, place: slice) -> int:
    """Return the sequence number of a card, -1 when it has none."""
    text = to_text(record[place]).strip()
    return int(text) if text.isascii() and text.isdecimal() else -1


def _with_number(record: bytes, number: int, place: slice) -> bytes:
    size = place.stop - place.start
    record = record.ljust(place.stop, b"\x40")
    return record[: place.start] + to_host(f"{number:0{size}d}"[-size:]) + record[place.stop :]


def numbered(records: list[bytes], detail: Detail, place: slice) -> list[bytes]:
    """Return the records with sequence numbers from NEW1 in steps of INCR."""
    step = detail.values.get("INCR", _STEP)
    first = detail.values.get("NEW1", step)
    return [_with_number(record, first + step * index, place) for index, record in enumerate(records)]


def changed(old: list[bytes], function: Function) -> tuple[list[bytes], list[Line]]:
    """Return the new records, and the lines of what was changed. Raises Invalid."""
    place = function.sequence
    lines: list[Line] = []
    kept = _without_deleted(old, function, lines)
    result: list[bytes] = []
    rest = deque(kept)
    for card in function.data:
        number = sequence(card, place)
        while rest and number >= 0 and sequence(rest[0], place) < number:
            result.append(rest.popleft())
        if rest and sequence(rest[0], place) == number >= 0:
            before = rest.popleft()
            lines.append((before, REPLACED))
            card = before[: function.column] + card[function.column :]
            lines.append((card, UPDATED if function.column else REPLACEMENT))
        elif function.in_place:
            raise Invalid(INVALID_OPERATION)
        else:
            lines.append((card, INSERTED))
        result.append(card)
    result += rest
    for detail in function.details:
        if detail.operation == "NUMBER":
            result = _inserted(result, detail, place, lines) if detail.inserts else _renumbered(result, detail, place)
    return result, lines


def _without_deleted(old: list[bytes], function: Function, lines: list[Line]) -> list[bytes]:
    kept = old
    for detail in function.details:
        if detail.operation != "DELETE":
            continue
        numbers = [sequence(record, function.sequence) for record in kept]
        first, last = detail.values["SEQ1"], detail.values["SEQ2"]
        if first not in numbers or last not in numbers:
            raise Invalid(BAD_DELETE)
        lines += [(record, DELETED) for record, number in zip(kept, numbers, strict=True) if first <= number <= last]
        kept = [record for record, number in zip(kept, numbers, strict=True) if not first <= number <= last]
    return kept


def _renumbered(records: list[bytes], detail: Detail, place: slice) -> list[bytes]:
    """Return the records with new numbers: all, or those from SEQ1 to SEQ2."""
    first = detail.values.get("SEQ1", ALL)
    if first == ALL:
        return numbered(records, detail, place)
    numbers = [sequence(record, place) for record in records]
    last = detail.values.get("SEQ2", max(numbers, default=first))
    if first not in numbers:
        raise Invalid(BAD_NUMBER)
    chosen = [at for at, number in enumerate(numbers) if first <= number <= last]
    new = dict(zip(chosen, numbered([records[at] for at in chosen], detail, place), strict=True))
    return [new.get(at, record) for at, record in enumerate(records)]


def _inserted(records: list[bytes], detail: Detail, place: slice, lines: list[Line]) -> list[bytes]:
    """Return the records with the cards of NUMBER INSERT=YES behind SEQ1; what would not ascend behind them is numbered on."""
    behind = next((at + 1 for at, record in enumerate(records) if sequence(record, place) == detail.values.get("SEQ1")), 0)
    if not behind:
        raise Invalid(BAD_NUMBER)
    new = numbered(detail.data, detail, place)
    lines += [(record, INSERTED) for record in new]
    highest, step = sequence(new[-1], place) if new else -1, detail.values.get("INCR", _STEP)
    rest = []
    for record in records[behind:]:
        own = sequence(record, place)
        highest = own if own > highest else highest + step
        rest.append(record if own == highest else _with_number(record, highest, place))
    return [*records[:behind], *new, *rest]
