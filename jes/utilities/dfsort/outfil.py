"""OUTFIL: which records go to which data sets, in which form, as data or as a report.

Source: [DFSORT OUTFIL]; jes-and-jcl reference 5.7. Not here: the lines of reports (report.py).
Rules: conditions are tested before reformatting; SAVE takes what no other OUTFIL has taken.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from jes.utilities.dfsort import reformat
from jes.utilities.dfsort.control import SortSyntax, Statement, inside, literal, natural, within
from jes.utilities.dfsort.iftrail import Trailer
from jes.utilities.dfsort.packed import Batch
from jes.utilities.dfsort.parsed import Parsed
from jes.utilities.dfsort.pieces import items
from jes.utilities.dfsort.records import BATCH, Output
from jes.utilities.dfsort.reformat import Context, Reformat, Short
from jes.utilities.dfsort.report import Report
from jes.utilities.dfsort.select import Predicate, lengthened, reaching
from mvsfs.dcb import Dcb, Recfm
from mvsfs.records.forms import rdw

_REPORTS = ("HEADER1", "HEADER2", "TRAILER1", "TRAILER2", "SECTIONS", "LINES")
RDW = 4


class Outfil:
    """One OUTFIL statement (or plain SORTOUT) with its open outputs."""

    def __init__(self, statement: Statement, context: Context) -> None:
        """Read the statement. Raises SortSyntax."""
        self.statement = statement
        self.outputs: list[Output] = []
        self.data = 0
        self.selected = 0
        self.report = 0
        self._context = context
        self._convert = "FTOV" if statement.has("FTOV") else "VTOF" if statement.has("CONVERT") or statement.has("VTOF") else ""
        context.where = next(iter(fnames(statement)), "SORTOUT")
        self._test = self._condition(context)
        self._length = 0
        with within("ICE111A"):
            self._reformats = self._builders(context)
        self._is_report = any(statement.text(word) is not None for word in _REPORTS)
        self._removes_control = statement.has("REMOVECC")
        self.null_code = _code(statement.text("NULLOFL") or "")
        self._trim = self._byte("VLTRIM")
        self._limit = statement.number("ACCEPT") if statement.text("ACCEPT") is not None else None
        with within("ICE223A"):
            self._report = Report(statement, context) if self._is_report else None
        self._split = next((word for word in ("SPLIT", "SPLITBY", "SPLIT1R") if statement.has(word) or statement.text(word)), "")
        self._split_by = statement.number("SPLITBY", statement.number("SPLIT1R", 1)) or 1
        self._start, self._end = statement.number("STARTREC", 1), statement.text("ENDREC")
        self._last = statement.number("ENDREC") if self._end is not None else None
        self._repeat = statement.number("REPEAT", 1)
        sample = [natural(word) for word in inside(statement.text("SAMPLE") or "")] if statement.text("SAMPLE") else []
        self._every, self._many = (*sample, 1, 1)[:2] if sample else (0, 0)
        self._sampled = 0
        self._no_detail = statement.has("NODETAIL")
        self._seen = 0
        self._place = 0
        trailer = statement.text("IFTRAIL")
        self._trailer = Trailer(trailer, context, statement.text("FORMAT") or "") if trailer is not None else None

    def _condition(self, context: Context) -> Predicate | None:
        format = self.statement.text("FORMAT") or ""
        include, omit = self.statement.text("INCLUDE"), self.statement.text("OMIT")
        text = include if include is not None else omit
        if text is None:
            return None
        test, end = reaching(text, format, context.now)
        if context.is_variable:
            test = lengthened(test, end, context.where, takes_short=context.compares_short)
        return test if include is not None else lambda record: not test(record)

    def _builders(self, context: Context) -> list[Reformat]:
        """Return one function for each line that a record becomes: `/` in BUILD makes several."""
        text = self.statement.text("BUILD", "OUTREC")
        reformat.check_alone(self.statement.operands)
        if text is not None:
            parsed = Parsed(is_variable=context.is_variable)
            readers = [parsed.reader(value) for keyword, value in self.statement.operands if keyword == "PARSE"]
            found = items(text, context.now, parsed)
            groups: list[list] = [[]]  # type: ignore[type-arg]
            for item in found:
                if item.is_newline:
                    groups.append([])
                else:
                    groups[-1].append(item)
            made = [reformat.build(group, context, self._short(), to_fixed=self._convert == "VTOF") for group in groups]
            self._length = max(length for _, length in made)
            return [reformat.after(readers, function) for function, _ in made]
        function, self._length = reformat.compile(self.statement.operands, context)
        return [function] if function is not None else []

    def _short(self) -> Short:
        """Return what VLFILL says of short records; those that become fixed ones are filled with blanks without it."""
        return Short(self._context.where, self._byte("VLFILL") or (b"\x40" if self._convert == "VTOF" else b""))

    def _byte(self, keyword: str) -> bytes:
        """Return the byte that an operand gives as C'x' or X'xx', nothing when it is not coded. Raises SortSyntax."""
        text = self.statement.text(keyword)
        if text is None:
            return b""
        found = literal(text)
        if found is None or len(found) != 1:
            raise SortSyntax("ICE007A", text[:20])
        return found

    @property
    def has_rdw(self) -> bool:
        """Tell whether what is put into the outputs begins with an RDW."""
        return (self._context.is_variable and self._convert != "VTOF") or self._convert == "FTOV"

    def dcb(self, given: Dcb) -> Dcb:
        """Return the DCB of the output where its DD says nothing; `given` is that of the records."""
        recfm = given.recfm or Recfm.parse("FB")
        length = self._length or given.lrecl
        if self._convert == "FTOV":
            recfm, length = replace(recfm, base="V"), (self._length or given.lrecl) + RDW
        elif self._convert == "VTOF":
            recfm = replace(recfm, base="F", spanned=False)
        if self._report is not None and not self._removes_control:
            recfm, length = replace(recfm, control="A"), max(length, self._report.width) + 1
        elif self._report is not None:
            length = max(length, self._report.width)
        same = (recfm, length) == (given.recfm, given.lrecl)
        return given if same else Dcb(recfm, length, 0, given.dsorg)

    def attach(self, output: Output) -> None:
        """Add an open output."""
        if self._report is not None:
            output.fill = b"\x40"
        self.outputs.append(output)

    def data_of(self, output: Output) -> int:
        """Return how many data records an output has: its share where SPLIT deals them out, else all."""
        return output.count if self._split and self._report is None else self.data

    @property
    def saves(self) -> bool:
        """Tell whether it takes what no other OUTFIL has taken."""
        return self.statement.has("SAVE")

    def put(self, batch: Batch) -> Batch:
        """Take a batch of records; return those that were selected."""
        batch = self._selected(batch)
        self.selected += len(batch)
        if self._repeat == 1:
            self._take(batch)
            return batch
        repeated = (record for record in batch for _ in range(self._repeat))
        while part := list(islice(repeated, BATCH)):
            self._take(part)
        return batch

    def _take(self, batch: Batch) -> None:
        if not batch:
            return
        if self._report is None:
            lines = self._built(batch)
            self.data += len(lines)
            self._write(lines)
            return
        report: list[tuple[str, bytes]] = []
        for record in batch:
            report += self._report.before(record)
            self._report.count(record)
            if not self._no_detail:
                detail = self._built([record])
                self.data += len(detail)
                report += self._report.details(detail)
        self._write_report(report)

    def _selected(self, batch: Batch) -> Batch:
        if self._start > 1 or self._last is not None:
            first = self._seen + 1
            self._seen += len(batch)
            low = max(self._start - first, 0)
            high = len(batch) if self._last is None else max(self._last - first + 1, 0)
            batch = batch[low:high]
        if self._every:
            first = self._sampled
            self._sampled += len(batch)
            batch = [record for index, record in enumerate(batch, first) if index % self._every < self._many]
        if self._trailer is not None:
            return self._trailer.chosen(batch, self._test)
        if self._test is not None:
            test = self._test
            batch = [record for record in batch if test(record)]
        if self._limit is not None:
            batch = batch[: self._limit]
            self._limit -= len(batch)
        return batch

    def _built(self, batch: Batch) -> Batch:
        if not self._reformats:
            lines = batch
        elif len(self._reformats) == 1:
            function = self._reformats[0]
            lines = [function(record) for record in batch]
        else:
            lines = [function(record) for record in batch for function in self._reformats]
        if self._convert == "FTOV":
            lines = [rdw(len(line)) + line for line in (map(self._trimmed, lines) if self._trim else lines)]
        elif self._trim and self._context.is_variable:
            lines = [rdw(len(line)) + line for line in (self._trimmed(line[RDW:]) for line in lines)]
        elif self._convert == "VTOF":
            lines = [line[RDW:] if not self._reformats else line for line in lines]
        return lines

    def _trimmed(self, data: bytes) -> bytes:
        """Return data without the bytes of VLTRIM at its end; the first byte stays."""
        return data[:1] + data[1:].rstrip(self._trim)

    def _write(self, lines: Batch) -> None:
        if len(self.outputs) == 1 or not self._split:
            for output in self.outputs:
                output.put(lines)
            return
        for line in lines:
            index = self._place // self._split_by
            if self._split == "SPLIT1R":
                index = min(index, len(self.outputs) - 1)
            self.outputs[index % len(self.outputs)].put([line])
            self._place += 1

    def _write_report(self, lines: list[tuple[str, bytes]]) -> None:
        if self._removes_control:
            self._write([line for _, line in lines])
        else:
            self._write([control.encode("cp037") + line for control, line in lines])

    def finish(self) -> int:
        """End the report and close the outputs; return the return code."""
        if self._report is not None:
            self._write_report(self._report.end())
            self.report = self._report.lines
        for output in self.outputs:
            output.close()
        return 0 if self.selected else self.null_code


def _code(text: str) -> int:
    """Return the return code of NULLOFL=RCn. Raises SortSyntax."""
    if text not in {"", "RC0", "RC4", "RC16"}:
        raise SortSyntax("ICE007A", text[:20])
    return int(text[2:] or 0)


def fnames(statement: Statement) -> list[str]:
    """Return the ddnames of an OUTFIL: FNAMES=, or FILES= as SORTOFnn; none means SORTOUT."""
    names = inside(statement.text("FNAMES", "FNAME") or "") if statement.text("FNAMES", "FNAME") else []
    for number in inside(statement.text("FILES") or "") if statement.text("FILES") else []:
        names.append("SORTOUT" if number == "OUT" else f"SORTOF{number}")
    return names
