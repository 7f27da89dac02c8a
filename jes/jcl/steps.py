"""The steps as they are built: EXEC and DD statements collected, backward references and DDNAME= resolved.

Source: [JCLREF] "Backward references", DDNAME, concatenation; jes-and-jcl reference 4.4.
Rules: a reference finds a step of the same procedure call first, then a step of the job. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from jes.jcl import ddstatement, execstatement, keywords
from jes.jcl.conditions import parse_cond
from jes.jcl.model import Cond, Dd, DdReference, IfBranch, Instream, Step
from jes.jcl.operands import Operand, OperandFault
from jes.jcl.procedures import Expansion, merge

#: DD statements of one step, concatenated ones among them.
MAX_DDS = 3273
#: Where JOBLIB and its like stand in references.
JOB_LEVEL = -1
_JOB_DDS = frozenset({"JOBLIB", "SYSCHK"})
#: z/OS has not known these since 1.7 [which message tells so is assumed].
_PRIVATE_CATALOGS = frozenset({"JOBCAT", "STEPCAT"})


class Fault(Protocol):
    """Takes a fault of the present statement, or of an earlier one."""

    def __call__(self, problem: OperandFault, statement: int | None = None) -> None:
        """Take one."""
        ...


@dataclass(slots=True)
class _Open:
    """The step being built. `call` tells steps of one procedure call from those of another."""

    step: Step
    call: Expansion | None
    dds: list[Dd] = field(default_factory=list)
    count: int = 0  # of DD statements, those of concatenations included
    targets: dict[str, str] = field(default_factory=dict)  # ddname -> what its DDNAME= names


class Steps:
    """Collects the steps of a job. Fulfils ddstatement.Earlier."""

    def __init__(self, fault: Fault, numbers: Iterator[int], subsystems: frozenset[str] = frozenset()) -> None:
        """Give faults to `fault`; `numbers` are those of in-stream data sets, for data that several steps get."""
        self.subsystems = subsystems
        self._fault = fault
        self._numbers = numbers
        self.done: list[_Open] = []
        self._open: _Open | None = None
        self._job = _Open(Step("", 0, ""), None)
        self._data: dict[int, Instream] = {}  # by number

    # --- EXEC

    @property
    def current(self) -> int:
        """The index of the step being built or, before the first EXEC, -1."""
        return len(self.done) - 1

    def begin(
        self, name: str, number: int, operands: tuple[Operand, ...], ifs: tuple[IfBranch, ...], call: Expansion | None
    ) -> None:
        """Start a step that runs a program."""
        coded: dict[str, Operand] = {}
        for operand in operands:
            if not operand.keyword:
                self._fault(OperandFault("IEFC640I", "EXEC"))
                continue
            try:
                coded[keywords.check(operand, "EXEC")] = operand
            except OperandFault as problem:
                self._fault(problem)
        step = Step(call.name if call else name, number, "", name if call else "", call.procname if call else "", ifs=ifs)
        step = replace(step, time_of=call.time_group(name) if call else 0)
        self._open = _Open(self._with_operands(step, coded), call)
        self.done.append(self._open)

    def _with_operands(self, step: Step, coded: dict[str, Operand]) -> Step:
        cond, parm, program, reference = Cond(), "", "", None
        try:
            program, back = execstatement.program(coded["PGM"]) if "PGM" in coded else ("", "")
            if back:
                reference = self.find(back)
                if reference is None:
                    raise OperandFault("IEFC645I", "PGM")
        except OperandFault as problem:
            self._fault(problem)
        try:
            parm = execstatement.parm(coded.get("PARM"))
        except OperandFault as problem:
            self._fault(problem)
        try:
            cond = parse_cond(coded["COND"]) if "COND" in coded and coded["COND"].raw else cond
        except OperandFault as problem:
            self._fault(problem)
        meant = {"PGM", "PARM", "COND", "PARMDD", "REGION", "TIME"}
        return replace(
            step,
            program=program,
            program_reference=reference,
            parm=parm,
            parmdd=coded["PARMDD"].text if "PARMDD" in coded else "",
            cond=cond,
            region=coded["REGION"].text if "REGION" in coded else "",
            time=execstatement.sublist_text(coded.get("TIME")),
            other={key: operand.raw for key, operand in coded.items() if key not in meant},
        )

    # --- DD

    @property
    def open_ddname(self) -> str:
        """The ddname that a nameless DD would be concatenated to."""
        return self._open.dds[-1].ddname if self._open and self._open.dds else ""

    @property
    def open_parts(self) -> int:
        """How many data sets that ddname has so far."""
        return len(self._open.dds[-1].parts) if self._open and self._open.dds else 0

    def misplaced(self, ddname: str) -> bool:
        """Tell whether a DD may not stand here: before the first EXEC only JOBLIB and its like may, private catalogs nowhere."""
        if ddname in _PRIVATE_CATALOGS:
            return True
        if self._open is not None:
            return ddname in _JOB_DDS
        return bool(self.done) or not (ddname in _JOB_DDS or (not ddname and self._job.dds))

    def add(
        self,
        ddname: str,
        number: int,
        operands: tuple[Operand, ...],
        data: Instream | None,
        exported: Callable[[str], dict[str, str]],
        overrides: list[tuple[tuple[Operand, ...], Instream | None]],
    ) -> None:
        """Add a DD, or another data set to the DD before when it has no name."""
        for override, override_data in overrides:
            operands = merge(operands, override)
            data = override_data or data
        place = self._open or self._job
        if not operands and not ddname and place.dds:
            return
        place.count += 1
        if place.count > MAX_DDS:
            if place.count == MAX_DDS + 1:
                self._fault(OperandFault("IEFC649I"))
            return
        dd = ddstatement.with_data(ddstatement.read(ddname, number, operands, self, self._fault), data, operands, exported)
        if dd.instream is not None:
            dd = replace(dd, instream=self._own(dd.instream))
        target = next((operand.text for operand in operands if operand.keyword == "DDNAME"), "")
        if not ddname and place.dds:
            place.dds[-1] = replace(place.dds[-1], concatenation=(*place.dds[-1].concatenation, dd))
            return
        if dd.unit_affinity and all(dd.unit_affinity != earlier.ddname for earlier in place.dds):
            self._fault(OperandFault("IEFC645I", "UNIT"))
        if target:
            place.targets[ddname] = target
        place.dds.append(dd)

    def _own(self, data: Instream) -> Instream:
        """Return the data as a data set of this DD alone: an in-stream procedure that is called again brings it again."""
        if data.number in self._data:
            data = replace(data, number=next(self._numbers))
        self._data[data.number] = data
        return data

    def finish(self) -> None:
        """End the step being built."""
        if self._open is None:
            return
        self._resolve_ddnames(self._open)
        self._open = None

    def _resolve_ddnames(self, place: _Open) -> None:
        names = {dd.ddname: dd for dd in place.dds}
        wanted: set[str] = set()
        for ddname, target in place.targets.items():
            found = names.get(target)
            if found is None or found.ddname == ddname:
                self._unresolved(place, OperandFault("IEF654I" if target in wanted else "IEF686I"))
                continue
            wanted.add(target)
            own = names[ddname]
            moved = replace(found, ddname=ddname, statement=own.statement, concatenation=found.concatenation)
            place.dds = [moved if dd is own else dd for dd in place.dds if dd is not found]
            names = {dd.ddname: dd for dd in place.dds}

    def _unresolved(self, place: _Open, problem: OperandFault) -> None:
        """Tell of a DDNAME= at the last DD of its step, which is where it shows [seen: a 1998 spool]."""
        self._fault(problem, max(part.statement for dd in place.dds for part in dd.parts))

    # --- backward references

    def find(self, text: str) -> DdReference | None:
        """Return the DD that `*.dd`, `*.step.dd` or `*.step.procstep.dd` names."""
        base = text.partition("(")[0]
        parts = base.split(".")[1:]
        if not parts or not all(parts):
            return None
        *steps, ddname = parts
        for index in self._candidates(steps):
            place = self.done[index] if index != JOB_LEVEL else self._job
            if any(dd.ddname == ddname for dd in place.dds):
                return DdReference(index, ddname)
        return None

    def _candidates(self, steps: list[str]) -> list[int]:
        if not steps:
            return [len(self.done) - 1 if self._open else JOB_LEVEL]
        call = self._open.call if self._open else None
        everything = range(len(self.done) - 1, -1, -1)
        if len(steps) == 2:
            return [i for i in everything if (self.done[i].step.name, self.done[i].step.procstep) == (steps[0], steps[1])]
        same = [
            i for i in everything if call is not None and self.done[i].call is call and self.done[i].step.procstep == steps[0]
        ]
        return same + [i for i in everything if steps[0] == self.done[i].step.name and not self.done[i].step.procstep]

    def dd(self, reference: DdReference) -> Dd:
        """Return an earlier DD."""
        place = self.done[reference.step] if reference.step != JOB_LEVEL else self._job
        return next(dd for dd in place.dds if dd.ddname == reference.ddname)

    # --- result

    def result(self) -> tuple[Dd | None, tuple[Step, ...]]:
        """Return JOBLIB and the finished steps."""
        joblib = next((dd for dd in self._job.dds if dd.ddname == "JOBLIB"), None)
        return joblib, tuple(replace(place.step, dds=tuple(place.dds)) for place in self.done)

    def instream(self) -> tuple[Instream, ...]:
        """Return the job's in-stream data, each once, in reading order."""
        return tuple(self._data[number] for number in sorted(self._data))
