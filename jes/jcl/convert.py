"""The converter: the card images of one job become a ConvertedJob.

Source: [JCLREF]; the order of work is jes-and-jcl reference 4.13, step 2.
Not here: each statement's operands (jobstatement.py, execstatement.py, ddstatement.py), steps and their DDs (steps.py),
procedures' overrides (procedures.py). Rules: every statement is numbered and listed in the order it is met. Pure.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from jes.jcl import execstatement, jobstatement
from jes.jcl.checks import COMMANDS, unknown_names
from jes.jcl.conditions import parse_if
from jes.jcl.jobcard import job_statement
from jes.jcl.jobparts import STATEMENTS, JobParts
from jes.jcl.model import ConversionFacts, ConvertedJob, IfBranch, Jecl, JobOperands, Procedure, ProcSource
from jes.jcl.operands import Operand, OperandFault
from jes.jcl.outputs import Outputs
from jes.jcl.procedures import DdGroup, DdItem, Expansion, Source, marker, procedure_head, take_overrides
from jes.jcl.procsymbols import procedure_symbols
from jes.jcl.reader import OPERATIONS, Kind, Origin, Reader, Statement
from jes.jcl.record import Record
from jes.jcl.scope import Scope
from jes.jcl.steps import Steps
from jes.names import is_jobname

__all__ = ["Converter", "convert", "job_statement"]

#: Limits of the original: nesting of procedures, INCLUDE groups and IF constructs; in-stream procedures and steps of a job.
MAX_NESTING = MAX_INLINE = 15
MAX_STEPS = 255
#: Procedures that call only procedures make no steps, and INCLUDE groups may name themselves; this bounds the work they ask for.
MAX_EXPANSIONS = 2000
#: What may stand between a procedure call and the DD statements that override [JCLREF SET, INCLUDE, EXPORT, COMMAND: anywhere].
_AMONG_OVERRIDES = frozenset({"SET", "INCLUDE", "EXPORT", "COMMAND"})
_NOTHING_KNOWN = ConversionFacts()


def convert(records: Iterable[bytes], procs: ProcSource, facts: ConversionFacts = _NOTHING_KNOWN) -> ConvertedJob:
    """Return the job of `records` (EBCDIC card images, one job); its `errors` are empty when it may run."""
    images = records if isinstance(records, list | tuple) else list(records)
    return Converter(images, procs, facts).run()


class _Stop(Exception):
    """Conversion cannot go on: a limit was passed."""


class Converter:
    """Walks the statements of one job."""

    def __init__(self, records: Sequence[bytes], procs: ProcSource, facts: ConversionFacts) -> None:
        self._records = records
        self._procs = procs
        self._facts = facts
        self._numbers = count()
        self._record = Record(facts.jobid)
        self._scope = Scope({"SYSUID": facts.userid, **facts.system_symbols}, in_jcl=facts.jcl_symbols)
        self._inline: dict[str, list[Statement]] = {}
        self._job: JobOperands | None = None
        self._ifs: list[IfBranch] = []
        self._steps = Steps(self._record.fault, self._numbers, facts.subsystems)
        self._outputs = Outputs(self._record, self._steps)
        self._jecl: list[Jecl] = []
        self._commands: list[str] = []
        self._parts = JobParts(self._record.fault, procs.missing, facts.node)
        self._expansions = 0

    def run(self) -> ConvertedJob:
        """Convert the whole job."""
        reader = Reader(self._records, numbers=self._numbers, fold=self._facts.fold_lower_case)
        try:
            self._walk(Source(list(reader.statements())), None, 0)  # whole, since what it brings is numbered before what it calls
        except _Stop:
            pass
        self._steps.finish()
        if self._job is None:
            self._job = JobOperands("")
        self._record.messages += unknown_names(self._job, self._steps.result()[1], self._outputs.found)
        if (
            self._job.jobname
            and not (self._steps.done or self._parts.transmitted)
            and not any(m.is_error for m in self._record.messages)
        ):
            self._record.inform(1, "IEFC607I")
        for branch in self._ifs:
            self._record.inform(branch.statement, "IEFC019I", "IF")
        level = self._job.msglevel or self._facts.default_msglevel
        joblib, steps = self._steps.result()
        return ConvertedJob(
            self._job,
            steps,
            joblib,
            tuple(self._outputs.found),
            tuple(self._jecl),
            tuple(self._commands),
            tuple(sorted(self._record.messages, key=lambda message: message.statement)),
            self._record.listing.lines(level[0]),
            self._steps.instream(),
            len(self._records),
            self._parts.jcllib,
            level,
            tuple(self._parts.notifies),
            tuple(self._parts.transmitted),
            next(self._numbers),
        )

    def _walk(self, source: Source, expansion: Expansion | None, depth: int) -> None:
        for statement in source:
            if statement.kind is Kind.COMMENT:
                self._record.unnumbered(statement)
            elif statement.kind is Kind.JECL:
                self._record.enter(statement, self._scope.values)
                self._jecl.append(Jecl(statement.operation, statement.operands, self._record.number))
            elif statement.kind is Kind.NULL:
                if statement.origin is Origin.INPUT:
                    self._record.enter(statement, self._scope.values)
            elif statement.operation in {"PEND", "PROC"} and expansion is not None:
                self._record.unnumbered(statement)
            else:
                self._dispatch(statement, source, expansion, depth)
        self._close_step(expansion)

    def _dispatch(self, statement: Statement, source: Source, expansion: Expansion | None, depth: int) -> None:
        operation = statement.operation
        if operation == "DD":
            self._dd(statement, expansion)
            return
        if operation == "OUTPUT":
            self._outputs.take(statement, self._scope.values, expansion)
            return
        if operation in {"EXEC", "IF", "ELSE", "ENDIF"}:
            self._close_step(expansion)
        text = self._record.enter(statement, self._scope.values)
        if operation not in OPERATIONS:
            if operation in COMMANDS and not statement.name:
                self._commands.append(f"{operation} {text}".rstrip())
            else:
                self._record.fault(OperandFault("IEFC605I"))
            return
        if statement.name and not is_jobname(statement.name):
            self._record.fault(OperandFault("IEFC662I"))
        if operation == "JOB":
            self._job_statement(statement, text)
        elif operation == "EXEC":
            self._exec(statement, text, source, expansion, depth)
        elif operation == "IF":
            self._if(text)
        elif operation in {"ELSE", "ENDIF"}:
            self._else_endif(operation)
        elif operation == "PROC":
            self._read_procedure(statement, source)
        elif operation == "INCLUDE":
            self._include(text, source, depth)
        elif operation == "CNTL":
            self._skip_to("ENDCNTL", source)
        elif operation in {"PEND", "ENDCNTL"}:
            self._record.fault(OperandFault("IEFC019I", operation))
        else:
            self._minor(statement, text)

    # --- statements

    def _job_statement(self, statement: Statement, text: str) -> None:
        if self._job is not None:
            self._record.fault(OperandFault("IEFC019I", "JOB"))
            return
        self._job = jobstatement.read(statement.name, self._record.parse(text, "JOB"), self._record.fault)
        if not statement.name:
            self._record.fault(OperandFault("IEFC662I"))
        job_class, defined = self._job.job_class, self._facts.job_classes
        if len(job_class) > 1 and defined is not None and job_class not in defined:
            self._record.fault(OperandFault("IEFC639I", "CLASS"))

    def _minor(self, statement: Statement, text: str) -> None:
        parsed = self._record.parse(text, statement.operation)
        if statement.operation == "SET":
            self._scope.set_all(self._record.assignments(parsed))
        elif statement.operation == "EXPORT":
            self._record.checked(parsed, "EXPORT")
            names = [item.text for operand in parsed if operand.keyword == "SYMLIST" for item in operand.values]
            self._scope.export(tuple(names))
        elif statement.operation in STATEMENTS:
            too_late = self._steps.current >= 0 or bool(self._ifs)
            self._parts.take(statement.operation, parsed, too_late=too_late, data=statement.instream)
        elif statement.operation == "COMMAND":
            self._commands.extend(operand.text for operand in parsed[:1])

    def _if(self, text: str) -> None:
        try:
            expression: object = parse_if(text)
        except OperandFault as problem:
            self._record.fault(problem)
            expression = None
        if len(self._ifs) >= MAX_NESTING:
            self._record.fault(OperandFault("IEFC650I", "IF"))
        self._ifs.append(IfBranch(expression, True, self._record.number))

    def _else_endif(self, operation: str) -> None:
        if not self._ifs or (operation == "ELSE" and not self._ifs[-1].taken_when):
            self._record.fault(OperandFault("IEFC019I", operation))
            return
        branch = self._ifs.pop()
        if operation == "ELSE":
            self._ifs.append(replace(branch, taken_when=False))

    def _skip_to(self, operation: str, source: Source) -> None:
        for statement in source:
            self._record.unnumbered(statement)
            if statement.operation == operation:
                return

    def _read_procedure(self, statement: Statement, source: Source) -> None:
        """Keep an in-stream procedure; its body is listed without numbers."""
        body = [statement]
        for inner in source:
            self._record.unnumbered(inner)
            if inner.operation == "PEND" or inner.kind is Kind.NULL:
                break
            body.append(inner)
        if statement.name not in self._inline and len(self._inline) == MAX_INLINE:
            self._record.fault(OperandFault("IEFC665I"))
        self._inline[statement.name] = [replace(inner, origin=Origin.INSTREAM) for inner in body]

    def _include(self, text: str, source: Source, depth: int) -> None:
        parsed = self._record.parse(text, "INCLUDE")
        coded = self._record.checked(parsed, "INCLUDE")
        if "MEMBER" not in coded:
            if not parsed:
                self._record.fault(OperandFault("IEFC646I", "INCLUDE"))
            return
        member = coded["MEMBER"].text
        if depth + source.depth >= MAX_NESTING:
            self._record.fault(OperandFault("IEFC613I"))
            return
        self._expand(0)
        found = self._find(member) if member else None
        if found is None:
            self._record.fault(OperandFault("IEFC614I", member))
            return
        self._record.inform(self._record.number, "IEFC002I", member, _where(found))
        source.push(self._statements(found))

    def _expand(self, depth: int) -> None:
        """Count one more expansion; too many, or too deep ones, end the conversion."""
        self._expansions += 1
        if depth >= MAX_NESTING or self._expansions > MAX_EXPANSIONS:
            self._record.fault(OperandFault("IEFC613I"))
            raise _Stop

    def _find(self, member: str) -> Procedure | None:
        return self._procs.find(member, self._parts.jcllib, self._parts.proclib)

    def _statements(self, found: Procedure) -> Iterator[Statement]:
        return Reader(found.records, Origin.CATALOGED, self._numbers, fold=self._facts.fold_lower_case).statements()

    # --- EXEC

    def _exec(self, statement: Statement, text: str, source: Source, expansion: Expansion | None, depth: int) -> None:
        parsed = self._record.parse(text, "EXEC")
        called_by = expansion.time_group(statement.name) if expansion is not None else 0
        if (problem := execstatement.disorder(parsed)) is not None:
            self._record.fault(problem)
        if expansion is not None:
            expansion.next_step(statement.name)
            parsed = expansion.exec_operands(statement.name, parsed)
        if any(operand.keyword == "PGM" for operand in parsed):
            if len(self._steps.done) >= MAX_STEPS:
                self._record.fault(OperandFault("IEFC602I"))
                raise _Stop
            self._steps.begin(statement.name, self._record.number, parsed, tuple(self._ifs), expansion)
            return
        procname = next((operand.text for operand in parsed if operand.keyword == "PROC"), "")
        procname = procname or (parsed[0].text if parsed and not parsed[0].keyword else "")
        if not procname:
            if not text or parsed:
                self._record.fault(OperandFault("IEFC023I"))
            # The DDs that follow belong to this step, however wrong it is.
            self._steps.begin(statement.name, self._record.number, (), tuple(self._ifs), expansion)
        else:
            self._call(statement, procname, parsed, source, depth, called_by)

    def _call(
        self, statement: Statement, procname: str, parsed: tuple[Operand, ...], source: Source, depth: int, called_by: int
    ) -> None:
        number = self._record.number
        self._expand(depth + source.depth)
        body = self._inline.get(procname)
        where = "INSTREAM PROCEDURE DEFINITION"
        if body is None:
            found = self._find(procname)
            if found is None:
                self._record.fault(OperandFault("IEFC612I", procname))
                groups, given = self._overrides(source, depth)
                for item in (item for group in groups for item in group.items):
                    self._record.enter_override(item)
                self._scope.set_all(given)
                return
            body, where = list(self._statements(found)), _where(found)
        self._record.inform(number, "IEFC001I", procname, where)
        groups, given = self._overrides(source, depth)
        self._scope.enter(procedure_symbols(self._record, self._scope.values, body, parsed, number))
        shares_time = any(operand.keyword == "TIME" and operand.raw for operand in parsed)
        inner = Expansion(statement.name, procname, parsed, groups, called_by or (number if shares_time else 0))
        before = len(self._steps.done)
        start, head = procedure_head(body)
        if head is not None:
            for comment in body[:start]:
                self._record.unnumbered(comment)
            self._record.enter(head, self._scope.values)
            body = body[start + 1 :]
        self._walk(Source(body), inner, depth + 1)
        self._scope.leave()
        self._scope.set_all(given)
        if not inner.steps and len(self._steps.done) == before:
            self._record.fault(OperandFault("IEFC608I"), number)
        if inner.unknown_steps():
            self._record.fault(OperandFault("IEFC611I"), number)
        for group in inner.unmatched():
            self._record.enter_override(group.items[0])
            self._record.fault(OperandFault("IEFC611I"))

    def _overrides(self, source: Source, depth: int) -> tuple[list[DdGroup], dict[str, str]]:
        """Take what overrides a procedure; SET among it counts for what follows, not for the procedure [assumed]."""
        given: dict[str, str] = {}
        values = ChainMap(given, self._scope.values)  # type: ignore[arg-type]

        def between(statement: Statement) -> bool:
            if statement.kind is not Kind.JECL and statement.operation not in _AMONG_OVERRIDES:
                return False
            text = self._record.enter(statement, values)
            if statement.kind is Kind.JECL:
                self._jecl.append(Jecl(statement.operation, statement.operands, self._record.number))
            elif statement.operation == "SET":
                given.update(self._record.assignments(self._record.parse(text, "SET")))
            elif statement.operation == "INCLUDE":
                self._include(text, source, depth)
            else:
                self._minor(statement, text)
            return True

        return take_overrides(source, values, self._record.unnumbered, between), given

    # --- DD

    def _dd(self, statement: Statement, expansion: Expansion | None) -> None:
        ddname = statement.name
        items: list[DdItem] = []
        if expansion is not None:
            if ddname:
                self._add_rest(expansion, self._steps.open_ddname)
            group = ddname or self._steps.open_ddname
            items = expansion.overrides(group, 0 if ddname else self._steps.open_parts)
        overriding = [(item, self._record.enter_override(item)) for item in items]
        text = self._record.enter(statement, self._scope.values, marker(statement, overriding))
        if ddname and not is_jobname(ddname):
            self._record.fault(OperandFault("IEFC662I"))
        if self._steps.misplaced(ddname):
            self._record.fault(OperandFault("IEFC019I", "DD"))
        parsed = self._record.parse(text, "DD")
        data = statement.instream
        self._steps.add(
            ddname,
            self._record.number,
            parsed,
            data,
            self._scope.data_values,
            [(own, item.statement.instream) for item, own in overriding],
        )

    def _add_rest(self, expansion: Expansion, ddname: str | None) -> None:
        """List and add overrides that met no DD of the procedure: behind a concatenation, or at the end of the step."""
        for group, items in expansion.rest(ddname):
            fresh = ddname is None and items[0] is group.items[0]
            for place, item in enumerate(items):
                parsed = self._record.enter_override(item)
                name = group.ddname if fresh and place == 0 else ""
                self._steps.add(name, self._record.number, parsed, item.statement.instream, self._scope.data_values, [])

    def _close_step(self, expansion: Expansion | None) -> None:
        if expansion is not None and expansion.steps:
            if self._steps.open_ddname:
                self._add_rest(expansion, self._steps.open_ddname)
            self._add_rest(expansion, None)
            self._outputs.take_rest(expansion)
        self._steps.finish()


def _where(found: Procedure) -> str:
    return f"{'PRIVATE' if found.is_private else 'SYSTEM'} LIBRARY {found.library}"
