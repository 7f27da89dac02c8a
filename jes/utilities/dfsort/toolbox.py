"""What the operators of ICETOOL share: messages, the DDs they name, records in and out.

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Not here: the operators (choosing.py, counting.py, reporting.py).
Rules: messages go to TOOLMSG. Raises SortSyntax.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from jes.stepcontext import OpenDd, StepContext
from jes.utilities.dfsort import attributes, messages, records, startup, symnames
from jes.utilities.dfsort.control import SortSyntax, Statement, parts, statements
from jes.utilities.dfsort.formats import VLEN, Field, field
from jes.utilities.dfsort.packed import Batch
from jes.utilities.dfsort.records import Output
from jes.utilities.dfsort.run import Sort
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

ERROR = 12
#: The word that stands in the place of FROM(..) when USING has JOINKEYS statements.
JOINED = "JKFROM"
#: Statements of USING that SUBSET obeys before it chooses (OUTPUT) or behind it (INPUT).
_SORTING = frozenset({"SORT", "SUM", "OUTREC"})
#: Statements of USING that work on what an operator reads.
_BEFORE = frozenset({"INCLUDE", "OMIT", "INREC", "OPTION", "JOINKEYS", "JOIN", "REFORMAT", "ALTSEQ"})
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


def _with_technique(cards: list[Statement]) -> list[Statement]:
    """Return statements that copy unless they sort."""
    return cards if any(card.operation == "SORT" for card in cards) else [*cards, Statement("OPTION", [("", "COPY")])]


class Tool:
    """One run: messages, and the DDs that operators name."""

    def __init__(self, step: StepContext) -> None:
        """Open TOOLMSG."""
        self.step = step
        self._print = Sysprint(step, "TOOLMSG", REPORT)
        self._calls = 0
        self._symbols: dict[str, symnames.Symbol] | None = None
        self._open: tuple[Statement, Iterator[Batch], Dcb] | None = None

    def named(self, statement: Statement) -> Statement:
        """Return an operator with the symbols of SYMNAMES replaced. Raises SortSyntax."""
        if self._symbols is None:
            dd = self.step.dd("SYMNAMES")
            self._symbols = startup.job_symbols(self.step.parm)[0] | (symnames.read(dd.records()) if dd is not None else {})
        return symnames.applied(statement, self._symbols)

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

    def called(self, work: str, source: str, target: str, prefix: str = "", *, failed: bool = False) -> None:
        """Tell that a call of the sort has ended; `prefix` is xxxx of USING(xxxx)."""
        self._calls += 1
        facts = (self._calls, work, source, target)
        ended = "TERMINATED" if failed else "COMPLETED"
        self.say("ICE606I", *facts, prefix, ended) if prefix else self.say("ICE627I", *facts, ended)

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
        batches, _ = self._opened(statement)
        self._open = None
        yield from chain.from_iterable(batches)
        source = JOINED if statement.has(JOINED) else self.required(statement, "FROM")
        self.called("SORT" if statement.operation in _SORTED else "COPY", source, "E35 EXIT", statement.text("USING") or "")

    def _opened(self, statement: Statement) -> tuple[Iterator[Batch], Dcb]:
        """Return the records that an operator works on, and their DCB: those of FROM, or of the join in USING."""
        if self._open is None or self._open[0] is not statement:
            self._open = statement, *self._input(statement)
        return self._open[1:]

    def _input(self, statement: Statement) -> tuple[Iterator[Batch], Dcb]:
        prefix = statement.text("USING")
        source = None if statement.has(JOINED) else self.source(statement)
        if source is not None:
            records.describe(self.step, source, [statement], statement.text("TO") or "")
            attributes.check_inputs([source])
        if source is not None and not prefix:
            return records.read(self.step, source), source.dcb if source.dcb.recfm is not None else CARDS
        if not prefix:
            raise SortSyntax("ICE603A")
        wanted = _BEFORE | _SORTING if statement.has("OUTPUT") else _BEFORE
        cards = [card for card in self.cards(prefix) if card.operation in wanted]
        return Sort(self.step, _with_technique(cards), message_dd="").stream(source)

    def cards(self, prefix: str) -> list[Statement]:
        """Return the control statements of xxxxCNTL."""
        return list(statements(self.dd(f"{prefix}CNTL").records()))

    def on(self, statement: Statement) -> list[Field]:
        """Return the fields of ON(p,m,f). Raises SortSyntax."""
        found = []
        for text in statement.all("ON"):
            words = parts(text)
            if words[0] == "VLEN" and records.is_variable(self.dcb(statement)):
                found.append(VLEN)
                continue
            if len(words) < 3:
                raise SortSyntax("ICE018A", text)
            found.append(field(words[0], words[1], words[2]))
        if not found:
            raise SortSyntax("ICE603A")
        return found

    def output(self, name: str, like: Dcb) -> Output:
        """Open an output DD."""
        return records.output(name, self.dd(name), like, has_rdw=records.is_variable(like))

    def deliver(self, statement: Statement, found: Iterable[Batch], dcb: Dcb) -> int:
        """Write records to TO(..), through OUTREC and OUTFIL of USING(xxxx) when coded; return how many. Raises SortSyntax."""
        prefix = statement.text("USING")
        wanted = {"OUTFIL"} if statement.has("OUTPUT") else {"OUTREC", "OUTFIL"}
        wanted |= _SORTING if statement.has("INPUT") else set()
        cards = [card for card in self.cards(prefix) if card.operation in wanted] if prefix else []
        name = statement.text("TO") or ("" if cards else self.required(statement, "TO"))
        sort = Sort(self.step, _with_technique(cards), message_dd="", output_dd=name)
        sort.run_on(iter(found), dcb)
        return sort.count_in

    def dcb(self, statement: Statement) -> Dcb:
        """Return the record format of what the operator reads."""
        return self._opened(statement)[1]
