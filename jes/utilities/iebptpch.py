"""IEBPTPCH: prints or punches a data set, a member or a library.

      PRINT|PUNCH TYPORG=PS|PO,STRTAFT=n,STOPAFT=n,SKIP=n,CNTRL=1-3,TOTCONV=XE|PZ,PREFORM=A|M,CDSEQ=n,CDINCR=n
      TITLE ITEM=('text',column)      MEMBER NAME=x
      RECORD [IDENT=(length,'literal',column),]FIELD=(length,start,conversion,column)

Source: [UTIL IEBPTPCH]; jes-and-jcl reference 5.9. Not here: what goes on a line (ptpchform.py). Rules: output records have a
control character but for PUNCH; STRTAFT passes records over, SKIP takes each nth one of the rest, STOPAFT counts what is taken; a
RECORD with IDENT is for the records up to the one that has it, and the last such one ends the member. Return code 8 for a member
that is not there (seen), 12 for what cannot be done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from jes.errors import Abend
from jes.hosttext import to_host
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities import ptpchform as form
from jes.utilities.ptpchform import Field, Invalid, number
from jes.utilities.required import required
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from jes.utilities.texts.table import line
from mvsfs.dcb import Dcb
from mvsfs.info import Target

LINES_PER_PAGE = 60
MISSING, FAILED = 8, 12
_OPERATION = {"TYPORG", "STRTAFT", "STOPAFT", "SKIP", "TOTCONV", "PREFORM", "MAXNAME", "MAXFLDS", "MAXGPS", "MAXLITS", "DBCS"}
_KEYWORDS = {
    "PRINT": _OPERATION | {"CNTRL", "INITPG", "MAXLINE"}, "PUNCH": _OPERATION | {"CNTRL", "CDSEQ", "CDINCR"}, "TITLE": {"ITEM"},
    "MEMBER": {"NAME"}, "RECORD": {"IDENT", "FIELD"}, "LABELS": {"CONV", "DATA"},
}  # fmt: skip
_CONTROLS = {"": " ", "1": " ", "2": "0", "3": "-"}


@dataclass(slots=True)
class Group:
    """One RECORD statement: its fields, and the literal with its place that ends what it is for."""

    fields: list[Field] = field(default_factory=list)
    ident: tuple[bytes, int] | None = None


@dataclass(slots=True)
class Part:
    """A member with its groups; name "" for the whole data set or each member."""

    name: str = ""
    groups: list[Group] = field(default_factory=list)


def run(step: StepContext) -> int:
    """Print SYSUT1 into SYSUT2."""
    if required(step, "SYSPRINT") is None:
        return FAILED
    with Sysprint(step) as sysprint:
        sysprint.say("IEBPTPCH HEADING")
        source, target, sysin = (required(step, ddname) for ddname in ("SYSUT1", "SYSUT2", "SYSIN"))
        cards = list(statements(sysin.records())) if sysin is not None else []
        for card in cards:
            sysprint.put(*(f" {image[:72].rstrip()}" for image in card.images))
        try:
            for ddname, dd in (("SYSIN", sysin), ("SYSUT1", source), ("SYSUT2", target)):
                if dd is None:
                    raise Invalid("IEB411I", ddname)
            _check(cards)
            titles, parts = _plan(cards)
            shape = _shape(cards[0])
        except Invalid as problem:
            sysprint.say(*problem.args)
            return FAILED
        assert source is not None and target is not None
        sysprint.say("IEBPTPCH EOF")
        punch = cards[0].operation == "PUNCH"
        with target.writer(Dcb.of("FB", 80) if punch else Dcb.of("FBA", 121)) as sink:
            output = Output(step, source, cards[0], titles, shape, sysprint)
            length = sink.dcb.data_length or 32756
            sink.put_many((each[1:] if punch else each)[:length] for each in output.lines(parts))
        return output.code


def _check(cards: list[Statement]) -> None:
    """Raises Invalid for an order, statement or keyword that does not exist, Abend for a user routine."""
    if not cards or cards[0].operation not in {"PRINT", "PUNCH"}:
        raise Invalid("IEB401I")
    for at, card in enumerate(cards):
        if card.operation == "EXITS":
            raise Abend("806", 4)
        if card.fault is not None or card.operation not in _KEYWORDS or (at and card.operation in {"PRINT", "PUNCH"}):
            raise Invalid("IEB402I")
        for operand in card.operands:
            if operand.keyword not in _KEYWORDS[card.operation]:
                raise Invalid("IEB404I", operand.keyword or operand.text)
    if sum(card.operation == "TITLE" for card in cards) > 2:
        raise Invalid("IEB403I")


def _plan(cards: list[Statement]) -> tuple[list[bytes], list[Part]]:
    """Return the title lines, and what to print with which fields."""
    titles, parts, everywhere = [], [Part()], Part()
    for card in cards:
        if card.operation == "TITLE":
            titles.append(form.title(card))
        elif card.operation == "MEMBER":
            if not card.text("NAME"):
                raise Invalid("IEB405I", "NAME")
            parts.append(Part(card.text("NAME")))
        elif card.operation == "RECORD":
            fields = [form.described(operand) for operand in card.operands if operand.keyword == "FIELD"]
            ident = card.value("IDENT")
            parts[-1].groups.append(Group(fields, form.identified(ident) if ident is not None else None))
    everywhere = parts[0]
    named = parts[1:]
    for part in named:
        part.groups = part.groups or everywhere.groups
    return titles, named or [everywhere]


def _shape(card: Statement) -> Callable[[bytes, list[Field]], Iterator[bytes]]:
    whole, preform, spacing = card.text("TOTCONV"), card.text("PREFORM"), card.text("CNTRL")
    if whole not in {"", *form.CONVERSIONS}:
        raise Invalid("IEB405I", "TOTCONV")
    allowed = {"PREFORM": {"", "A", "M"}, "CNTRL": set(_CONTROLS), "TYPORG": {"", "PS", "PO"}}
    for word, values in allowed.items():
        if card.text(word) not in values:
            raise Invalid("IEB405I", word)
    for word in ("STRTAFT", "STOPAFT", "SKIP", "CDSEQ", "CDINCR", "MAXLINE", "INITPG"):
        number(card.text(word), word)
    if preform:
        return lambda record, _fields: iter((record,))
    control = to_host(_CONTROLS[spacing])
    grouped = card.operation == "PRINT"
    return lambda record, fields: (control + each for each in form.laid_out(record, fields, whole, grouped=grouped))


class Output:
    """The lines that are written, and the return code that comes of making them."""

    def __init__(
        self,
        step: StepContext,
        source: OpenDd,
        card: Statement,
        titles: list[bytes],
        shape: Callable[[bytes, list[Field]], Iterator[bytes]],
        sysprint: Sysprint,
    ) -> None:
        """Keep what it works with."""
        self._step, self._source, self._card, self._titles, self._shape, self._print = step, source, card, titles, shape, sysprint
        self._page = number(card.text("MAXLINE"), "MAXLINE") or LINES_PER_PAGE
        self.code = 0

    def lines(self, parts: list[Part]) -> Iterator[bytes]:
        """Yield all lines, each with its control character."""
        lines = self._pages(parts)
        if not self._card.value("CDSEQ"):
            yield from lines
            return
        first, step = number(self._card.text("CDSEQ"), "CDSEQ"), number(self._card.text("CDINCR"), "CDINCR") or 10
        for at, each in enumerate(lines):
            yield each.ljust(73, b"\x40")[:73] + to_host(f"{first + at * step:08d}"[-8:])

    def _pages(self, parts: list[Part]) -> Iterator[bytes]:
        for name, records, groups in self._sources(parts):
            used = self._page
            for each in self._edited(self._window(records), groups):
                if used >= self._page and (self._titles or name) and not self._card.text("PREFORM"):
                    heads = [*self._titles, to_host(line("IEBPTPCH MEMBER", name)[1:])] if name else self._titles
                    yield from (to_host("1" if at == 0 else " ") + head for at, head in enumerate(heads))
                    used = len(heads)
                used += 1
                yield each
            self._print.say("IEBPTPCH END")

    def _sources(self, parts: list[Part]) -> Iterator[tuple[str, Iterable[bytes], list[Group]]]:
        source = self._source
        if self._card.text("TYPORG") != "PO" or source.info is None or not source.info.is_partitioned or source.member:
            yield "", source.records(), parts[0].groups
            return
        self._step.mvs.require_readable(source.dsname, self._step.who)
        there = [member.name for member in self._step.mvs.members(source.dsname)]
        for part in parts:
            if part.name and part.name not in there:
                self._print.say("IEB408I", part.name)
                self.code = MISSING
                continue
            for name in [part.name] if part.name else there:
                yield name, self._step.mvs.records(Target(source.dsname, name), self._step.who), part.groups

    def _window(self, records: Iterable[bytes]) -> Iterator[bytes]:
        after, every, stop = (number(self._card.text(word), word) for word in ("STRTAFT", "SKIP", "STOPAFT"))
        return islice(islice(records, after + max(every, 1) - 1, None, max(every, 1)), stop or None)

    def _edited(self, records: Iterator[bytes], groups: list[Group]) -> Iterator[bytes]:
        """Yield the lines of the records, each group's up to the record with its IDENT."""
        for group in groups or [Group()]:
            for record in records:
                yield from self._shape(record, group.fields)
                if group.ident is not None:
                    literal, start = group.ident
                    if record[start : start + len(literal)] == literal:
                        break


PROGRAM = Program("IEBPTPCH", run)
