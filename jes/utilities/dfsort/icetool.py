"""ICETOOL: operators of TOOLIN over the sort.

    COPY SORT MERGE COUNT RANGE UNIQUE OCCUR SELECT SUBSET DISPLAY STATS MODE

Source: [DFSORT ICETOOL]; jes-and-jcl reference 5.7. Not here: SPLICE, RESIZE, DATASORT, VERIFY, DEFAULTS (refused with ICE614A).
Rules: MODE STOP ends the run at the first error, CONTINUE goes on, SCAN only reads. Messages go to TOOLMSG, those of the sort
to DFSMSG.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, groupby

from jes.hosttext import to_host, to_text
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.dfsort import messages, records, toolin
from jes.utilities.dfsort.control import SortSyntax, Statement, natural, parts, statements
from jes.utilities.dfsort.formats import NUMERIC, Field, field, value
from jes.utilities.dfsort.order import Order
from jes.utilities.dfsort.records import Output
from jes.utilities.dfsort.run import Sort
from jes.utilities.dfsort.sorter import ordered
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

ERROR, COUNT_ERROR = 12, 12
_REPORT = Dcb.of("FBA", 121)


def run(step: StepContext) -> int:
    """Run the operators of TOOLIN."""
    tool = Tool(step)
    dd = step.dd("TOOLIN")
    tool.say("ICE600I")
    tool.say("ICE632I", "TOOLIN")
    highest = 0
    mode = "STOP"
    for statement in toolin.statements(dd.records()) if dd is not None else ():
        tool.echo(statement)
        if statement.operation == "MODE":
            mode = next((word for _, word in statement.operands), "STOP")
            tool.say("ICE630I", mode)
            continue
        if mode == "SCAN" or (mode == "STOP" and highest >= ERROR):
            continue
        try:
            code = OPERATORS[statement.operation](tool, statement) if statement.operation in OPERATORS else tool.refuse()
        except SortSyntax as problem:
            tool.say(problem.id, *(*problem.facts, "", ""))
            code = ERROR
        tool.say("ICE602I", code)
        highest = max(highest, code)
    tool.say("ICE601I", highest)
    tool.close()
    return highest


class Tool:
    """One run: messages, and the DDs that operators name."""

    def __init__(self, step: StepContext) -> None:
        """Open TOOLMSG."""
        self.step = step
        self._print = Sysprint(step, "TOOLMSG", _REPORT)

    def say(self, id: str, *facts: object) -> None:
        """Print a message."""
        self._print.put(messages.line(id, *facts))

    def echo(self, statement: Statement) -> None:
        """Print an operator as it was written."""
        self._print.put(
            "0" + " " * 11 + statement.images[0][:72].rstrip(),
            *(" " * 12 + image[:72].rstrip() for image in statement.images[1:]),
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
        return chain.from_iterable(batches)

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


def copy(tool: Tool, statement: Statement) -> int:
    """COPY, SORT and MERGE: a call of the sort for each TO data set."""
    prefix = statement.text("USING")
    cards = tool.cards(prefix) if prefix else []
    if statement.operation == "COPY":
        cards.append(Statement("OPTION", [("", "COPY")], ["  OPTION COPY"]))
    source = tool.required(statement, "FROM")
    targets = parts(statement.text("TO") or "")
    code = 0
    for target in targets:
        sort = Sort(tool.step, cards, message_dd="DFSMSG", input_dd=source, output_dd=target or "SORTOUT")
        code = max(code, sort.run())
        tool.say("ICE606I", 1, source, source, target or "OUTFIL")
    return code


def count(tool: Tool, statement: Statement) -> int:
    """COUNT: how many records, and whether that is what was expected."""
    number = sum(1 for _ in tool.read(statement))
    tool.say("ICE628I", number)
    tests: dict[str, Callable[[int, int], bool]] = {
        "EMPTY": lambda n, _: n == 0,
        "NOTEMPTY": lambda n, _: n != 0,
        "HIGHER": lambda n, x: n > x,
        "LOWER": lambda n, x: n < x,
        "EQUAL": lambda n, x: n == x,
        "NOTEQUAL": lambda n, x: n != x,
    }
    for keyword, test in tests.items():
        text = statement.text(keyword)
        if statement.has(keyword) or text is not None:
            holds = test(number, natural(text) if text else 0)
            return 0 if not holds else 4 if statement.has("RC4") else COUNT_ERROR
    return 0


def stats(tool: Tool, statement: Statement) -> int:
    """STATS: minimum, maximum, average and total of numeric fields."""
    fields = [(part, value(part)) for part in tool.on(statement) if part.format in NUMERIC]
    numbers: list[list[int]] = [[] for _ in fields]
    for record in tool.read(statement):
        for found, (_, worth) in zip(numbers, fields, strict=True):
            found.append(worth(record))
    tool.say("ICE628I", len(numbers[0]) if numbers else 0)
    for found, (part, _) in zip(numbers, fields, strict=True):
        tool.say("ICE608I", f"({part.offset + 1},{part.length},{part.format})", "")
        total = sum(found)
        average = int(total / len(found)) if found else 0
        tool.say("ICE609I", min(found, default=0), max(found, default=0), average, total)
    return 0


def unique(tool: Tool, statement: Statement) -> int:
    """UNIQUE: how many different values."""
    order = Order([(tool.on(statement)[0], False)])
    tool.say("ICE638I", len({order.key(record) for record in tool.read(statement)}))
    return 0


def range_(tool: Tool, statement: Statement) -> int:
    """RANGE: how many values are within limits."""
    worth = value(tool.on(statement)[0])
    low, high, equal = None, None, None
    if text := statement.text("BETWEEN"):
        low, high = (int(word) for word in parts(text))
    if text := statement.text("HIGHER"):
        low = int(text) + 1
    if text := statement.text("LOWER"):
        high = int(text) - 1
    if text := statement.text("EQUAL"):
        equal = int(text)
    number = 0
    for record in tool.read(statement):
        found = worth(record)
        within = (low is None or found >= low) and (high is None or found <= high) and (equal is None or found == equal)
        number += within
    tool.say("ICE638I", number)
    return 0


def select(tool: Tool, statement: Statement) -> int:
    """SELECT: records by how often their ON fields occur."""
    order = Order([(part, False) for part in tool.on(statement)])
    dcb = tool.source(statement).dcb
    dcb = dcb if dcb.recfm is not None else Dcb.of("FB", 80)
    kept = tool.output(tool.required(statement, "TO"), dcb)
    discard = statement.text("DISCARD")
    dropped = tool.output(discard, dcb) if discard else None
    choose = _criterion(statement)
    batches = ordered(([record] for record in tool.read(statement)), order)
    for _, group in groupby(chain.from_iterable(batches), order.key):
        held = list(group)
        chosen = choose(held)
        kept.put(chosen)
        if dropped is not None:
            taken = {id(record) for record in chosen}
            dropped.put([record for record in held if id(record) not in taken])
    kept.close()
    if dropped is not None:
        dropped.close()
    tool.say("ICE638I", kept.count)
    return 0


def _criterion(statement: Statement) -> Callable[[list[bytes]], list[bytes]]:
    def only(holds: bool, held: list[bytes]) -> list[bytes]:
        return held if holds else []

    for keyword, test in (("HIGHER", int.__gt__), ("LOWER", int.__lt__), ("EQUAL", int.__eq__)):
        text = statement.text(keyword)
        if text is not None:
            limit = natural(text)
            return lambda held, test=test, limit=limit: only(bool(test(len(held), limit)), held)  # type: ignore[misc]
    table: dict[str, Callable[[list[bytes]], list[bytes]]] = {
        "FIRST": lambda held: held[:1],
        "LAST": lambda held: held[-1:],
        "ALLDUPS": lambda held: only(len(held) > 1, held),
        "NODUPS": lambda held: only(len(held) == 1, held),
        "FIRSTDUP": lambda held: only(len(held) > 1, held[:1]),
        "LASTDUP": lambda held: only(len(held) > 1, held[-1:]),
    }
    for keyword, chosen in table.items():
        if statement.has(keyword):
            return chosen
        number = statement.text(keyword)
        if number is not None and keyword in {"FIRST", "LAST"}:
            return _some(natural(number), from_front=keyword == "FIRST")
    raise SortSyntax("ICE603A")


def _some(size: int, *, from_front: bool) -> Callable[[list[bytes]], list[bytes]]:
    return (lambda held: held[:size]) if from_front else (lambda held: held[-size:])


def subset(tool: Tool, statement: Statement) -> int:
    """SUBSET: the first or last records, or all but these."""
    everything = list(tool.read(statement))
    dcb = tool.source(statement).dcb
    dcb = dcb if dcb.recfm is not None else Dcb.of("FB", 80)
    first, last = statement.text("FIRST"), statement.text("LAST")
    size = natural(first or last or "1")
    is_first = first is not None or statement.has("FIRST")
    inside = range(size) if is_first else range(len(everything) - size, len(everything))
    wanted = set(inside)
    keeps = statement.has("INPUT") or not statement.has("REMOVE")
    output = tool.output(tool.required(statement, "TO"), dcb)
    output.put([record for index, record in enumerate(everything) if (index in wanted) is keeps])
    output.close()
    tool.say("ICE638I", output.count)
    return 0


def occur(tool: Tool, statement: Statement) -> int:
    """OCCUR: each value with how often it occurs."""
    fields = tool.on(statement)
    found: Counter[tuple[str, ...]] = Counter()
    for record in tool.read(statement):
        found[tuple(_shown(part, record) for part in fields)] += 1
    rows = [(*key, f"{number:>15}") for key, number in sorted(found.items())]
    _report(tool, statement, rows, [*_headings(statement, fields), "VALUE COUNT"])
    return 0


def display(tool: Tool, statement: Statement) -> int:
    """DISPLAY: fields of records in columns, with totals."""
    fields = tool.on(statement)
    rows = [tuple(_shown(part, record) for part in fields) for record in tool.read(statement)]
    _report(tool, statement, rows, _headings(statement, fields))
    return 0


def _shown(part: Field, record: bytes) -> str:
    if part.format in NUMERIC - {"BI"}:
        return f"{value(part)(record):>15}"
    return to_text(part.bytes_of(record)).ljust(part.length)


def _headings(statement: Statement, fields: list[Field]) -> list[str]:
    given = [text.strip("'") for text in statement.all("HEADER")]
    names = [f"({part.offset + 1},{part.length},{part.format})" for part in fields]
    return [*given, *names[len(given) :]][: len(fields)]


def _report(tool: Tool, statement: Statement, rows: list[tuple[str, ...]], headings: list[str]) -> None:
    widths = [max([len(heading), *(len(row[index]) for row in rows)]) for index, heading in enumerate(headings)]
    sink = tool.dd(tool.required(statement, "LIST")).writer(_REPORT)
    title = " ".join(text.strip("'") for text in statement.all("TITLE"))
    lines = [f"1{title}", " "] if title else []
    lines.append(
        ("1" if not title else " ") + "   ".join(head.ljust(width) for head, width in zip(headings, widths, strict=True))
    )
    lines.append(" " + "   ".join("-" * width for width in widths))
    lines += [
        " " + "   ".join(text.rjust(w) if text.startswith(" ") else text.ljust(w) for text, w in zip(row, widths, strict=True))
        for row in rows
    ]
    with sink:
        sink.put_many(to_host(line)[: sink.dcb.data_length] for line in lines)


OPERATORS: dict[str, Callable[[Tool, Statement], int]] = {
    "COPY": copy,
    "SORT": copy,
    "MERGE": copy,
    "COUNT": count,
    "STATS": stats,
    "UNIQUE": unique,
    "RANGE": range_,
    "SELECT": select,
    "SUBSET": subset,
    "OCCUR": occur,
    "OCCURS": occur,
    "DISPLAY": display,
}

PROGRAM = Program("ICETOOL", run)
