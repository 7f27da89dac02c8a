"""SORT, DFSORT: from SORTIN to SORTOUT and the OUTFIL data sets, by way of the control statements.

Source: [DFSORT]; jes-and-jcl reference 5.7. Order of work: SKIPREC, INCLUDE/OMIT, STOPAFT, INREC, sort or merge, SUM, OUTREC,
OUTFIL.
Rules: return code 0, or 16 with the message of what is wrong; the message data set is SYSOUT.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from jes.errors import Abend
from jes.hosttext import to_host, to_text
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.dfsort import attributes, echo, exits, join, messages, records, startup, symnames
from jes.utilities.dfsort.control import SortSyntax, Statement, statements
from jes.utilities.dfsort.outfil import Outfil, fnames
from jes.utilities.dfsort.packed import RDW, Batch, Packed
from jes.utilities.dfsort.plan import COPIES, Plan, plan
from jes.utilities.dfsort.records import Output
from jes.utilities.dfsort.sorter import merged, ordered
from jes.utilities.dfsort.totals import summed
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb

FAILED = 16
#: Data that comes in-stream or from a data set without a record format.
_CARDS = Dcb.of("FB", 80)


def run(step: StepContext) -> int:
    """Run the statements of SYSIN (and DFSPARM, SORTCNTL)."""
    images = [list(dd.records()) if (dd := step.dd(ddname)) is not None else [] for ddname in ("DFSPARM", "SORTCNTL", "SYSIN")]
    try:
        parm = startup.read(step.parm)
        dfsparm, *others = (list(statements(records_)) for records_ in images)
        cards = [*dfsparm, *parm.cards, *chain.from_iterable(others)]
    except SortSyntax as problem:
        # What cannot be read is shown all the same, as one statement.
        shown = [to_text(record[:80]) for records_ in images for record in records_]
        return Sort(step, [Statement("", [], shown)], message_dd="SYSOUT").fail(problem)
    names = startup.ddnames(cards)
    sort = Sort(step, cards, message_dd=names.messages, input_dd=names.input, output_dd=names.output)
    sort.passed_over = parm.unknown
    sort.abends = parm.abends or startup.abends(cards)
    return sort.run()


class Sort:
    """One call of the sort."""

    def __init__(
        self,
        step: StepContext,
        cards: list[Statement],
        *,
        message_dd: str,
        input_dd: str = "SORTIN",
        output_dd: str = "SORTOUT",
        is_open: bool = True,
    ) -> None:
        """Prepare a call; `message_dd` "" prints nothing."""
        self._step = step
        self._cards = cards
        self._input_dd = input_dd
        self._output_dd = output_dd
        self._print = Sysprint(step, message_dd, Dcb.of("FBA", 121)) if message_dd else None
        self._dropped: Output | None = None
        self.count_in = 0
        self.count_out = 0
        self._deleted = 0
        self._overflows = False
        self._shape = _CARDS
        self._exits: dict[str, exits.Exit] = {}
        self._is_open = is_open
        #: Words of PARM= that are no options.
        self.passed_over: list[str] = []
        #: An error ends the step with the number of its message as user completion code.
        self.abends = False

    def _named(self) -> list[Statement]:
        """Return the statements with the symbols of SYMNAMES replaced. Raises SortSyntax."""
        symbols, _ = startup.job_symbols(self._step.parm)
        dd = self._step.dd("SYMNAMES")
        originals = list(dd.records()) if dd is not None else []
        symbols |= symnames.read(originals, {"JOBNAME": self._step.jobname, "SYSUID": self._step.userid})
        listing = self._step.dd("SYMNOUT")
        if dd is not None and listing is not None and self._is_open:
            with listing.writer(Dcb.of("FBA", 121)) as sink:
                sink.put_many(to_host(f" {line}") for line in symnames.listing(originals, symbols))
        return [symnames.applied(card, symbols) for card in self._cards]

    def say(self, id: str, *facts: object) -> None:
        """Print a message."""
        if self._print is not None:
            self._print.put(messages.line(id, *facts))

    def run(self) -> int:
        """Do it; return the return code."""
        try:
            cards = self._named()
            dds = self._inputs()
            for dd in dds:
                records.describe(self._step, dd, cards, self._output_dd)
            attributes.check_inputs(dds)
            dcb = next((dd.dcb for dd in dds if dd.dcb.recfm is not None), _CARDS)
            joined: Iterator[Batch] | None = None
            if any(card.operation == "JOINKEYS" for card in cards):
                # What follows a join works on joined records: their form is needed before the other statements are read.
                joined, dcb = join.run(self._step, join.planned(cards, self._step.now()))
            found = plan(cards, self._step.now(), is_variable=records.is_variable(dcb), length=dcb.lrecl)
            self._head(found.technique)
            sources = [joined] if joined is not None else [records.read(self._step, dd) for dd in dds] or [iter(())]
            return self._work(found, sources, dcb)
        except SortSyntax as problem:
            return self.fail(problem)
        finally:
            if self._print is not None:
                self._print.close()

    def stream(self, source: OpenDd | None) -> tuple[Iterator[Batch], Dcb]:
        """Return what the statements make of a data set, or of their join, with its DCB: for ICETOOL. Raises SortSyntax."""
        cards = self._named()
        if source is None:
            batches, dcb = join.run(self._step, join.planned(cards, self._step.now()))
        else:
            batches, dcb = records.read(self._step, source), source.dcb if source.dcb.recfm is not None else _CARDS
        found = plan(cards, self._step.now(), is_variable=records.is_variable(dcb), length=dcb.lrecl)
        return self._stream(found, [batches]), self._reformatted(found, dcb)

    @staticmethod
    def _reformatted(found: Plan, dcb: Dcb) -> Dcb:
        """Return the DCB of records after INREC and OUTREC."""
        length = found.length or dcb.lrecl
        return Dcb.of(records.type_of(dcb).replace("M", "").replace("A", ""), length) if length != dcb.lrecl else dcb

    def run_on(self, batches: Iterator[Batch], dcb: Dcb) -> int:
        """Do the statements on records that somebody else has read, for ICETOOL. Raises SortSyntax."""
        found = plan(self._named(), self._step.now(), is_variable=records.is_variable(dcb), length=dcb.lrecl)
        return self._work(found, [batches], dcb)

    def fail(self, problem: SortSyntax) -> int:
        """Print what is wrong below its statement; return 16. Raises Abend where PARM or DEBUG wants one."""
        if self._print is not None:
            says = messages.line(problem.id, *(*problem.facts, "", "", ""))
            if not self._head(self._technique(), problem, says):
                self._print.put(says)
            self._print.put(" ICE052I 3 END OF DFSORT")
        if self.abends:
            raise Abend(f"U{problem.id[3:6].rjust(4, '0')}")
        return FAILED

    def _technique(self) -> str:
        """Return what the statements ask for, as far as they can be read."""
        if any(card.has("COPY") or card.text("FIELDS") in COPIES for card in self._cards):
            return "COPY"
        return next((card.operation for card in self._cards if card.operation == "MERGE"), "SORT")

    def _head(self, technique: str, problem: SortSyntax | None = None, says: str = "") -> bool:
        """Print the heading and the statements, with a message below the one that is wrong; tell whether it was printed."""
        if self._print is None or not self._is_open:
            return False
        self._is_open = False
        self._print.put(
            "1" + messages.line("ICE143I", f"{technique:<5}")[1:], messages.line("ICE250I"), messages.heading(self._step.now())
        )
        lines, is_said = echo.lines(self._cards, problem, says)
        self._print.put(*lines, *(messages.line("ICE067I", word) for word in self.passed_over))
        return is_said

    def _inputs(self) -> list[OpenDd]:
        if any(card.operation == "JOINKEYS" for card in self._cards):
            return []
        if any(card.operation == "MERGE" for card in self._cards):
            names = sorted(name for name in self._step.dds if name.startswith("SORTIN") and name[6:].isdecimal())
            names = self._input_dd.split(",") if self._input_dd != "SORTIN" else names
            missing = next((name for name in names if name not in self._step.dds), None)
            if missing is not None:
                raise SortSyntax("ICE056A", f"{missing:<8}")
            if not names:
                raise SortSyntax("ICE056A", "SORTIN01")
            return [self._step.dds[name] for name in names]
        dd = self._step.dd(self._input_dd)
        if dd is None and self._has_e15():
            return []
        if dd is None:
            raise SortSyntax("ICE056A", f"{self._input_dd:<8}")
        return [dd]

    def _has_e15(self) -> bool:
        """Tell whether an exit may supply all records: SORTIN is not needed then."""
        return any(card.operation == "MODS" and card.text("E15") for card in self._cards)

    def _work(self, found: Plan, sources: list[Iterator[Batch]], dcb: Dcb) -> int:
        if found.joins:
            self.say("ICE411I")
            for side in ("F1", "F2"):
                self.say("ICE416I", side, join.ddname(found.joins, side), f"{join.task(found.joins, side)}{side}JMSG")
            self.say("ICE419I", "V" if records.is_variable(dcb) else "F", dcb.lrecl)
        self.say("ICE201I", "V" if found.context.is_variable else "F", 5 if found.context.is_variable else 1)
        step = self._step
        self.say(
            "ICE088I", step.jobname, f"{step.stepname:<8}", f"{step.procstep:<8}", dcb.lrecl, dcb.blksize, records.type_of(dcb)
        )
        self.say("ICE093I", 4194304, 4181086)
        self._shape = Dcb.of(records.type_of(dcb), found.reaching) if found.reaching else dcb
        outputs = self._outputs(found, dcb)
        for batch in self._stream(found, sources):
            self._distribute(batch, outputs)
        code = max((output.finish() for output in outputs), default=0)
        self._dropped_close()
        return self._tail(found, outputs, dcb, code)

    @staticmethod
    def _distribute(batch: Batch, outputs: list[Outfil]) -> None:
        """Give a batch to all outputs; those with SAVE get what no OUTFIL statement has selected."""
        savers = [output for output in outputs if output.saves]
        taken: set[int] = set()
        for output in outputs:
            if not output.saves:
                selected = output.put(batch)
                if savers and output.statement.operands:
                    taken.update(map(id, selected))
        rest = [record for record in batch if id(record) not in taken] if savers else []
        for output in savers:
            output.put(rest)

    def _stream(self, found: Plan, sources: list[Iterator[Batch]]) -> Iterator[Batch]:
        """Return the batches as they leave for the outputs."""
        self._exits = {kind: exits.exit_of(self._step, name) for kind, name in found.exits.items()}
        ready = [self._before(found, source) for source in sources]
        if found.technique == "MERGE" and found.order is not None:
            names = [dd.ddname for dd in self._inputs()]
            stream = merged(ready, found.order, names if len(names) == len(ready) else ())
        elif found.order is not None:
            stream = ordered(chain(*ready), found.order)
        else:
            stream = chain(*ready)
        if found.sum_fields is not None and found.order is not None:
            stream = summed(stream, found.order.equal, found.sum_fields, self._drop(found), self._overflowed, zone=found.zone)
        outrec = found.outrec
        made: Iterator[Batch] = ([outrec(record) for record in batch] for batch in stream) if outrec else stream
        for batch in self._exits["E35"].through(made) if "E35" in self._exits else made:
            self.count_out += len(batch)
            yield batch

    def _before(self, found: Plan, source: Iterator[Batch]) -> Iterator[Batch]:
        """Yield what reaches the sort phase."""
        left = found.stop
        entering = records.filtered(self._counted(source), found.skip, None)
        for batch in self._exits["E15"].through(entering) if "E15" in self._exits else entering:
            if found.include is not None:
                kept = [record for record in batch if found.include(record)]
                self._deleted += len(batch) - len(kept)
                batch = kept
            if left is not None:
                batch = batch[:left]
                left -= len(batch)
            if found.inrec is not None:
                batch = [found.inrec(record) for record in batch]
            if found.order is not None and found.context.is_variable and not found.takes_short:
                _refuse_short(batch, found.order.end, found.technique)
            if batch:
                yield batch
            if left == 0:
                return

    def _counted(self, source: Iterator[Batch]) -> Iterator[Batch]:
        for batch in source:
            self.count_in += len(batch)
            yield batch

    def _overflowed(self) -> None:
        self._overflows = True

    def _drop(self, found: Plan) -> Callable[[bytes], None] | None:
        if not found.wants_dropped:
            return None
        dd = self._step.dd("SORTXSUM")
        if dd is None:
            raise SortSyntax("ICE056A", "SORTXSUM")
        self._dropped = records.output("SORTXSUM", dd, self._shape, has_rdw=found.context.is_variable, adds=not found.resets)
        dropped = self._dropped
        return lambda record: dropped.put([record])

    def _dropped_close(self) -> None:
        if self._dropped is not None:
            self._dropped.close()

    def _outputs(self, found: Plan, dcb: Dcb) -> list[Outfil]:
        """Return SORTOUT, unless an OUTFIL has it, and every OUTFIL."""
        given = self._reformatted(found, dcb)
        outfils = [Outfil(card, found.context) for card in found.outfils]
        named = {name for card in found.outfils for name in fnames(card) or [self._output_dd]}
        if self._output_dd not in named and self._step.dd(self._output_dd) is not None:
            outfils.insert(0, Outfil(Statement("OUTFIL", []), found.context))
        if not outfils:
            raise SortSyntax("ICE056A", f"{self._output_dd:<8}")
        for outfil in outfils:
            for name in fnames(outfil.statement) or [self._output_dd]:
                dd = self._step.dd(name)
                if dd is None:
                    raise SortSyntax("ICE056A", f"{name:<8}")
                if self._unlike(found, outfil, dd.dcb.lrecl, dcb) == FAILED:
                    raise SortSyntax("ICE196A", str(dd.dcb.lrecl), str(dcb.lrecl))
                shape = outfil.dcb(given if given.blksize or not given.recfm else Dcb.of(str(given.recfm), given.lrecl))
                outfil.attach(records.output(name, dd, shape, has_rdw=outfil.has_rdw, adds=not found.resets))
        return outfils

    @staticmethod
    def _unlike(found: Plan, outfil: Outfil, lrecl: int, dcb: Dcb) -> int | None:
        """Return the return code of a SORTOUT whose fixed records are not as long as those of the input, None where they are."""
        if found.joins or found.length or outfil.statement.operands or found.context.is_variable or lrecl in {0, dcb.lrecl}:
            return None
        return found.length_codes["PAD" if lrecl > dcb.lrecl else "TRUNC"]

    def _tail(self, found: Plan, outputs: list[Outfil], dcb: Dcb, code: int) -> int:
        for outfil in outputs:
            for output in outfil.outputs:
                target = self._step.dd(output.ddname)
                self.say("ICE084I", "VSAM" if target is not None and records.is_vsam(target) else "BSAM", output.ddname)
        if not found.joins:
            for name in self._input_dd.split(","):
                source = self._step.dd(name)
                self.say("ICE084I", "VSAM" if source is not None and records.is_vsam(source) else "BSAM", name)
        shown = outputs[0].outputs[0].sink.dcb
        self.say("ICE090I", shown.lrecl, shown.blksize, records.type_of(shown))
        if (differs := self._unlike(found, outputs[0], shown.lrecl, dcb)) is not None:
            self.say("ICE171I", shown.lrecl, dcb.lrecl, differs)
            code = max(code, differs)
        if found.order is not None and found.technique == "SORT":
            self.say("ICE080I")
        if found.joins:
            self.say("ICE421I", self.count_in)
        if self._overflows:
            self.say("ICE152I")
        inserted = sum(one.inserted for one in self._exits.values())
        deletes = found.technique != "COPY" or self._deleted or self._exits
        self.say("ICE055I", inserted, self.count_in + inserted - self.count_out if deletes else 0)
        self.say("ICE054I", self.count_in, self.count_out)
        if found.technique == "SORT":
            self.say("ICE134I", self.count_in * dcb.lrecl)
        for outfil in outputs:
            self._tell_outfil(outfil)
        if not self.count_out and self._output_dd in {output.ddname for outfil in outputs for output in outfil.outputs}:
            self.say("ICE173I", found.null_code)
            code = max(code, found.null_code)
        self.say("ICE052I")
        return code

    def _tell_outfil(self, outfil: Outfil) -> None:
        """Print what became of the records of one OUTFIL statement."""
        if not outfil.statement.operands:
            return
        if not outfil.selected:
            self.say("ICE174I", outfil.null_code)
        for output in outfil.outputs:
            data = outfil.data_of(output)
            self.say("ICE227I", output.ddname, self.count_out - outfil.selected, outfil.report, data)
            self.say("ICE228I", output.ddname, self.count_out, outfil.report + data)


def _refuse_short(batch: Batch, end: int, technique: str) -> None:
    """Raise SortSyntax for a V record that ends before the last field."""
    if isinstance(batch, Packed) and batch.shortest + RDW >= end:
        return
    short = next((len(record) for record in batch if len(record) < end), 0)
    if short:
        raise SortSyntax("ICE218A", str(short), str(end), technique)


PROGRAM = Program("SORT", run, opens_vsam=True)
