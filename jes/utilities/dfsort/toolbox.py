"""What the operators of ICETOOL share: messages, the DDs they name, records in and out.

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Not here: the operators (choosing.py, counting.py, reporting.py).
Rules: messages go to TOOLMSG. Raises SortSyntax.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from jes.stepcontext import OpenDd, StepContext
from jes.utilities.dfsort import messages, records
from jes.utilities.dfsort.control import SortSyntax, Statement, parts, statements
from jes.utilities.dfsort.formats import Field, field
from jes.utilities.dfsort.packed import Batch
from jes.utilities.dfsort.records import Output
from jes.utilities.dfsort.run import Sort
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

ERROR = 12
REPORT = Dcb.of("FBA", 121)
CARDS = Dcb.of("FB", 80)
#: Operators whose records come to them in the order of their ON fields.
_SORTED = frozenset({"OCCUR", "OCCURS", "SELECT", "SPLICE", "UNIQUE"})
#: Tests of a number against a limit, by the keyword that asks for them.
TESTS: dict[str, Callable[[int, int], bool]] = {
    "EMPTY": lambda n, _: n == 0,
    "NOTEMPTY": lambda n, _: n != 0,
    "HIGHER": lambda n, x: n > x,
    "LOWER": lambda n, x: n < x,
    "EQUAL": lambda n, x: n == x,
    "NOTEQUAL": lambda n, x: n != x,
}


class Tool:
    """One run: messages, and the DDs that operators name."""

    def __init__(self, step: StepContext) -> None:
        """Open TOOLMSG."""
        self.step = step
        self._print = Sysprint(step, "TOOLMSG", REPORT)
        self._calls = 0

    def say(self, id: str, *facts: object) -> None:
        """Print a message."""
        self._print.put(messages.line(id, *facts))

    def head(self, mode: str) -> None:
        """Print what stands before the first operator."""
        self._print.put("1" + messages.line("ICE600I")[1:], "", messages.line("ICE650I"), "", messages.line("ICE632I", "TOOLIN"))
        self._print.put("", "", messages.line("ICE630I", mode))

    def space(self) -> None:
        """Print a blank line."""
        self._print.put("")

    def called(self, work: str, source: str, target: str, prefix: str = "") -> None:
        """Tell that a call of the sort has ended; `prefix` is xxxx of USING(xxxx)."""
        self._calls += 1
        facts = (self._calls, work, source, target)
        self.say("ICE606I", *facts, prefix) if prefix else self.say("ICE627I", *facts)

    def echo(self, statement: Statement) -> None:
        """Print an operator as it was written."""
        self._print.put(
            *(" " * 10 + image[:72].rstrip() for image in statement.images),
        )

    def refuse(self) -> int:
        """Say that there is no such operator here."""
        self.say("ICE614A")
        return ERROR

    def close(self) -> None:
        """End TOOLMSG."""
        self._print.close()

    def dd(self, name: str) -> OpenDd:
        """Return a DD. Raises SortSyntax."""
        dd = self.step.dd(name)
        if dd is None:
            raise SortSyntax("ICE056A", f"{name:<8}")
        return dd

    def source(self, statement: Statement) -> OpenDd:
        """Return the DD of FROM(..). Raises SortSyntax."""
        return self.dd(self.required(statement, "FROM"))

    def required(self, statement: Statement, keyword: str) -> str:
        """Return the text of a keyword. Raises SortSyntax."""
        text = statement.text(keyword)
        if not text:
            raise SortSyntax("ICE603A")
        return text

    def read(self, statement: Statement) -> Iterator[bytes]:
        """Yield the records of FROM(..), through the statements of USING(xxxx) when coded."""
        source = self.source(statement)
        prefix = statement.text("USING")
        batches = records.read(self.step, source)
        if prefix:
            cards = [card for card in self.cards(prefix) if card.operation in {"INCLUDE", "OMIT", "INREC", "OPTION"}]
            sort = Sort(self.step, [*cards, Statement("OPTION", [("", "COPY")])], message_dd="", input_dd=source.ddname)
            batches = sort.stream(source)
        yield from chain.from_iterable(batches)
        self.called("SORT" if statement.operation in _SORTED else "COPY", source.ddname, "E35 EXIT", prefix or "")

    def cards(self, prefix: str) -> list[Statement]:
        """Return the control statements of xxxxCNTL."""
        return list(statements(self.dd(f"{prefix}CNTL").records()))

    def on(self, statement: Statement) -> list[Field]:
        """Return the fields of ON(p,m,f). Raises SortSyntax."""
        found = []
        for text in statement.all("ON"):
            words = parts(text)
            if len(words) < 3:
                raise SortSyntax("ICE018A", text)
            found.append(field(words[0], words[1], words[2]))
        if not found:
            raise SortSyntax("ICE603A")
        return found

    def output(self, name: str, like: Dcb) -> Output:
        """Open an output DD."""
        return Output(name, self.dd(name).writer(like), has_rdw=records.is_variable(like))

    def deliver(self, statement: Statement, found: Iterable[Batch], dcb: Dcb) -> int:
        """Write records to TO(..), through OUTREC and OUTFIL of USING(xxxx) when coded; return how many. Raises SortSyntax."""
        prefix = statement.text("USING")
        cards = [card for card in self.cards(prefix) if card.operation in {"OUTREC", "OUTFIL"}] if prefix else []
        name = statement.text("TO") or ("" if cards else self.required(statement, "TO"))
        sort = Sort(self.step, [*cards, Statement("OPTION", [("", "COPY")])], message_dd="", output_dd=name)
        sort.run_on(iter(found), dcb)
        return sort.count_in

    def dcb(self, statement: Statement) -> Dcb:
        """Return the record format of FROM(..)."""
        dcb = self.source(statement).dcb
        return dcb if dcb.recfm is not None else CARDS
