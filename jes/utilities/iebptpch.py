"""IEBPTPCH: prints or punches a data set, a member or a library.

      PRINT TYPORG=PS|PO,MAXFLDS=n,...      TITLE ITEM=('text',column)      MEMBER NAME=x
      RECORD FIELD=(length,start,conversion,column)                         conversion XE is hexadecimal

Source: [UTIL IEBPTPCH]; jes-and-jcl reference 5.9. Rules: PRINT without FIELD shows groups of eight characters, two blanks
between;
output records have a control character. PREFORM=A passes records that have one already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from jes.hosttext import to_host
from jes.jcl.operands import Operand
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.iebgener import unpack
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb
from mvsfs.info import Target

GROUP, GAP, PER_LINE, CARD = 8, 2, 12, 80
#: FIELD conversions and TOTCONV: to hexadecimal, packed to unpacked.
CONVERSIONS: dict[str, Callable[[bytes], bytes]] = {"XE": lambda data: to_host(data.hex().upper()), "PZ": unpack}
LINES_PER_PAGE = 60
FAILED = 12


class _Invalid(Exception):
    """A control statement cannot be used."""


def run(step: StepContext) -> int:
    """Print SYSUT1 into SYSUT2."""
    with Sysprint(step) as sysprint:
        sysprint.put(f"1{'PRINT/PUNCH DATA SET UTILITY':<98}PAGE 0001")
        source, target, sysin = step.dd("SYSUT1"), step.dd("SYSUT2"), step.dd("SYSIN")
        cards = list(statements(sysin.records())) if sysin is not None else []
        for card in cards:
            sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
        try:
            if source is None or target is None or not cards or cards[0].operation not in {"PRINT", "PUNCH"}:
                raise _Invalid(cards[0].operation if cards else "SYSIN")
            lines = _lines(step, cards, source)
        except _Invalid as problem:
            sysprint.put(f" IEB404I INVALID KEYWORD OR OPERATION {problem}")
            return FAILED
        punch = cards[0].operation == "PUNCH"
        with target.writer(Dcb.of("FB", 80) if punch else Dcb.of("FBA", 121)) as sink:
            length = sink.dcb.data_length
            sink.put_many((line[1:] if punch else line)[:length] for line in lines)
        sysprint.put(" EOF ON SYSIN")
        return 0


def _lines(step: StepContext, cards: list[Statement], source: OpenDd) -> Iterator[bytes]:
    first = cards[0]
    fields = [operand for card in cards if card.operation == "RECORD" for operand in card.operands if operand.keyword == "FIELD"]
    titles = [_title(card) for card in cards if card.operation == "TITLE"]
    parsed = [_field(operand) for operand in fields]
    stop = _number(first.text("STOPAFT")) or None
    skip = _number(first.text("SKIP")) or 1
    preformed = bool(first.text("PREFORM"))
    whole = first.text("TOTCONV")
    if whole and whole not in CONVERSIONS:
        raise _Invalid(f"TOTCONV={whole}")
    laid_out = partial(_laid_out, fields=parsed, whole=whole, grouped=first.operation == "PRINT")
    parts: Iterable[tuple[str, Iterable[bytes]]] = [("", source.records())]
    if first.text("TYPORG") == "PO" and source.info is not None:
        wanted = [card.text("NAME") for card in cards if card.operation == "MEMBER"]
        names = wanted or [member.name for member in step.mvs.members(source.dsname)]
        parts = [(name, step.mvs.records(Target(source.dsname, name), step.who)) for name in names]
    return _printed(parts, laid_out, titles, (skip, stop), preformed=preformed)


def _number(text: str) -> int:
    if text and not (text.isascii() and text.isdecimal()):
        raise _Invalid(text)
    return int(text or 0)


def _title(card: Statement) -> bytes:
    line = bytearray()
    for operand in card.operands:
        if operand.keyword == "ITEM":
            column = _number(operand.positional(1)) or 1
            line.extend(b"\x40" * (column - 1 - len(line)))
            line += to_host(operand.positional(0))
    return bytes(line)


def _field(operand: Operand) -> tuple[int, int, str, int]:
    length, start = _number(operand.positional(0)), _number(operand.positional(1)) or 1
    return length, start - 1, operand.positional(2), (_number(operand.positional(3)) or 1) - 1


def _printed(
    parts: Iterable[tuple[str, Iterable[bytes]]],
    laid_out: Callable[[bytes], Iterator[bytes]],
    titles: list[bytes],
    window: tuple[int, int | None],
    *,
    preformed: bool,
) -> Iterator[bytes]:
    step, stop = window
    for name, records in parts:
        used = LINES_PER_PAGE
        for record in islice(records, 0, stop, step):
            if used >= LINES_PER_PAGE and (titles or name) and not preformed:
                heads = [*titles, to_host(f"MEMBER NAME  {name}")] if name else titles
                yield from (to_host("1" if at == 0 else " ") + head for at, head in enumerate(heads))
                used = len(heads)
            lines = [record] if preformed else [to_host(" ") + line for line in laid_out(record)]
            used += len(lines)
            yield from lines


def _laid_out(record: bytes, fields: list[tuple[int, int, str, int]], whole: str, *, grouped: bool) -> Iterator[bytes]:
    """Yield the lines of a record: its fields, or all of it; PRINT puts characters in groups, PUNCH side by side [UTIL]."""
    if not fields:
        data = CONVERSIONS[whole](record) if whole else record
        if not grouped:
            yield from (data[at : at + CARD] for at in range(0, max(len(data), 1), CARD))
            return
        groups = [data[at : at + GROUP] for at in range(0, max(len(data), 1), GROUP)]
        for at in range(0, len(groups), PER_LINE):
            yield (b"\x40" * GAP).join(groups[at : at + PER_LINE])
        return
    line = bytearray()
    for length, start, conversion, column in fields:
        data = record[start : start + length] if length else record[start:]
        if conversion in CONVERSIONS:
            data = CONVERSIONS[conversion](data)
        line.extend(b"\x40" * (column + len(data) - len(line)))
        line[column : column + len(data)] = data
    yield bytes(line)


PROGRAM = Program("IEBPTPCH", run)
