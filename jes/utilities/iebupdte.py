"""IEBUPDTE: makes and changes members from a stream of ./ statements.

Source: [UTIL IEBUPDTE]; messages, heading and return codes [MVS38 IEBUPLOG, IEBUPDT2, IEBUPNIT]. Not here: statements
(updtestream.py), merging (updtemerge.py). SSI, LEVEL and SOURCE are read and not kept; user labels are on no volume here.
Rules: PARM=NEW needs SYSUT2 only; PARM=MOD, the default, has SYSUT1 as old master. Return code 0, 4 for what was changed to
another function or is wrongly coded, 12 for a data set that cannot be opened, or a second function for a sequential one.
"""

from __future__ import annotations

from jes.hosttext import to_text
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.required import required
from jes.utilities.sysprint import Sysprint
from jes.utilities.updtemerge import Line, changed, numbered
from jes.utilities.updtestream import END, INVALID_OPERATION, STATEMENT_ERROR, Function, Invalid, functions
from mvsfs.errors import MemberNotFound
from mvsfs.info import Target

CHANGED = WRONG = 4
FAILED = 12
_CARD = 80


class _Ended(Exception):
    """The step ends with 12: the key of a message and what fills that."""


def run(step: StepContext) -> int:
    """Update SYSUT2 from SYSIN."""
    if required(step, "SYSPRINT") is None:
        return FAILED
    with Sysprint(step) as sysprint:
        sysprint.say("IEBUPDTE HEADING")
        update = Update(step, sysprint)
        try:
            update.run()
        except _Ended as problem:
            sysprint.say(*problem.args)
            update.code = FAILED
        sysprint.say("IEB818I", update.code)
        sysprint.say("IEB819I")
        return update.code


class Update:
    """One run over SYSIN."""

    def __init__(self, step: StepContext, sysprint: Sysprint) -> None:
        """Begin with nothing done."""
        self._step = step
        self._print = sysprint
        self._written = False
        self.code = 0

    def run(self) -> None:
        """Do all functions. Raises _Ended."""
        parm = self._step.parm.partition(",")[0]
        if parm not in {"", "NEW", "MOD"}:
            raise _Ended("IEB827I")
        sysin = self._dd("SYSIN")
        stream = functions(iter(sysin.records()))
        first = next(stream, None)
        if first is None:
            raise _Ended("IEB823I", "SYSIN")
        self._one(first, new=parm == "NEW")
        for function in stream:
            self._one(function, new=parm == "NEW")

    def _dd(self, ddname: str) -> OpenDd:
        dd = required(self._step, ddname)
        if dd is None:
            raise _Ended("IEB814I", ddname)
        return dd

    def _one(self, function: Function, *, new: bool) -> None:
        self._print.put(*(f" {image}" for image in function.images))
        if function.operation == END:
            return
        try:
            if function.fault:
                raise Invalid(function.fault)
            if new and function.operation in {"CHANGE", "REPRO"}:
                raise Invalid(INVALID_OPERATION)
            self._do(function)
        except Invalid as problem:
            self._print.say(*problem.args)
            self.code = max(self.code, WRONG)

    def _do(self, function: Function) -> None:
        output = self._dd("SYSUT1" if function.in_place else "SYSUT2")
        partitioned = output.info is not None and output.info.is_partitioned and not output.member
        if partitioned and not function.name:
            raise Invalid(STATEMENT_ERROR)
        if self._written and not partitioned:
            raise _Ended("IEB820I" if function.in_place else "IEB815I")
        self._written = True
        records, lines = function.data, list[Line]()
        if function.operation in {"CHANGE", "REPRO"}:
            old = self._old(function, output)
            records, lines = changed(old, function) if function.operation == "CHANGE" else (old, lines)
        elif partitioned:
            self._stowed(function, output)
        for detail in function.details:
            if detail.operation == "NUMBER" and function.operation != "CHANGE":
                records = numbered(records, detail, function.sequence)
        with output.writer(self._master().dcb, member=function.name if partitioned else None) as sink:
            sink.put_many(records)
        self._aliases(function, output, partitioned=partitioned)
        self._listed(function, records, lines)

    def _master(self) -> OpenDd:
        return self._step.dd("SYSUT1") or self._dd("SYSUT2")

    def _stowed(self, function: Function, output: OpenDd) -> None:
        """Tell when an ADD finds its name in the directory, or a REPL does not."""
        there = any(True for _ in self._step.mvs.members(output.dsname, function.name))
        if there is (function.operation == "ADD"):
            self._print.say("IEB816I" if there else "IEB817I", function.name, "NM")
            self.code = max(self.code, CHANGED)

    def _old(self, function: Function, output: OpenDd) -> list[bytes]:
        """Return the records of the old master. Raises Invalid, _Ended."""
        master = self._master()
        if not function.in_place and master.dcb.lrecl and output.dcb.lrecl and master.dcb.lrecl != output.dcb.lrecl:
            raise _Ended("IEB830I")
        if master.info is None or not master.info.is_partitioned or master.member:
            return list(master.records())
        try:
            return list(self._step.mvs.records(Target(master.dsname, function.name), self._step.who))
        except MemberNotFound:
            self._print.say("IEB817I", function.name, "OM")
            raise Invalid(INVALID_OPERATION) from None

    def _aliases(self, function: Function, output: OpenDd, *, partitioned: bool) -> None:
        if function.aliases and (function.in_place or not partitioned):
            self._print.say("IEB846I" if function.in_place else "IEB825I")
            return
        for alias in function.aliases:
            self._step.mvs.add_member_alias(output.dsname, alias, function.name, self._step.who)

    def _listed(self, function: Function, records: list[bytes], lines: list[Line]) -> None:
        """Show what CHANGE changed; with LIST=ALL the whole new member."""
        for card, note in lines:
            self._print.put(f"{'':16}{to_text(card[:_CARD]):<80}     *{note:>18}*")
        if function.lists:
            self._print.put(*(f"{'':16}{to_text(record[:_CARD]).rstrip()}" for record in records))


PROGRAM = Program("IEBUPDTE", run)
