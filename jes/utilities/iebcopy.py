"""IEBCOPY: members from libraries to libraries; unloads, loads, compresses.

Source: [UTIL IEBCOPY]; texts jes-and-jcl reference 5.5. Not here: the unloaded form (mvsfs/exchange/iebcopy.py);
ALTERMOD (refused). COPYMOD is read as COPY: blocks are not kept.
Rules: a member that is there already is replaced only with R. Return code 0, 4 when members were not copied, 8 when nothing
could be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from jes.jcl import operands
from jes.jcl.operands import Operand, OperandFault
from jes.stepcontext import OpenDd, Program, StepContext
from jes.utilities.refusals import words
from jes.utilities.syscards import Statement, statements
from jes.utilities.sysprint import Sysprint
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, MvsError, NotAuthorized, SystemAbend
from mvsfs.exchange import catalog as exchange
from mvsfs.exchange import iebcopy as unloaded
from mvsfs.info import DatasetInfo, MemberInfo, Target

WARNING, ERROR = 4, 8
GROUPS = frozenset({"COPYGRP", "CG", "COPYGROUP"})
COPIES = frozenset({"COPY", "C", "COPYMOD", "CM"}) | GROUPS


class _Refused(Exception):
    """An operation cannot be done: the key of its message and what fills that."""


@dataclass(slots=True)
class Choice:
    """One member of SELECT: what it is called afterwards, and whether it replaces."""

    name: str
    new_name: str
    replaces: bool


@dataclass(slots=True)
class Operation:
    """One COPY with its SELECT or EXCLUDE statements. inputs: (ddname, replaces); grouped: members go with all their aliases."""

    output: str
    inputs: list[tuple[str, bool]]
    selected: list[Choice] = field(default_factory=list)
    excluded: set[str] = field(default_factory=set)
    grouped: bool = False


def run(step: StepContext) -> int:
    """Do the operations of SYSIN, or copy SYSUT1 to SYSUT2."""
    with Sysprint(step, dcb=Dcb.of("VBA", 137)) as sysprint:
        now: datetime = step.now()
        sysprint.say("IEBCOPY HEADING", 1)
        sysprint.say("IEB1135I")
        sysprint.say("IEB1035I", step.jobname, step.stepname, f"{now:%H:%M:%S %a %d %b %Y}".upper(), step.parm)
        sysin = step.dd("SYSIN")
        cards = list(statements(sysin.records())) if sysin is not None else []
        _echo(step, cards, sysprint)
        code = 0
        try:
            for operation in operations(cards):
                code = max(code, Copy(step, operation, sysprint).run())
        except _Refused as problem:
            sysprint.say(*problem.args)
            code = ERROR
        if code:
            sysprint.say("IEB151I")
        sysprint.say("IEB147I", code)
        return code


def _echo(step: StepContext, cards: list[Statement], sysprint: Sysprint) -> None:
    """Show the statements, each COPY behind two empty lines; without any the one that is meant."""
    if not cards:
        sysprint.say("IEBCOPY GENERATED", step.stepname, "SYSUT1", "SYSUT2")
    for card in cards:
        for at, image in enumerate(card.images):
            control = "-" if not at and card.operation in COPIES else " "
            sysprint.put(control + image[:72].rstrip())


def operations(cards: list[Statement]) -> list[Operation]:
    """Return what the statements ask for. Raises _Refused."""
    if not cards:
        return [Operation("SYSUT2", [("SYSUT1", False)])]
    found: list[Operation] = []
    for card in cards:
        if card.fault is not None:
            raise _Refused("IEB105I")
        if card.operation in COPIES:
            output = card.text("OUTDD") or card.text("O") or "SYSUT2"
            found.append(Operation(output, _inputs(card), grouped=card.operation in GROUPS))
        elif card.operation.startswith(("INDD=", "I=")):
            if not found:
                raise _Refused("IEB104I")
            if found[-1].selected or found[-1].excluded:
                found.append(Operation(found[-1].output, [], grouped=found[-1].grouped))
            card.operands = _operands(card.operation)
            found[-1].inputs += _inputs(card)
        elif card.operation in {"SELECT", "S", "EXCLUDE", "E"}:
            if not found:
                raise _Refused("IEB104I")
            _members(found[-1], card)
        else:
            raise _Refused("IEB102I", card.operation)
    return [replace(operation, inputs=operation.inputs or [("SYSUT1", False)]) for operation in found]


def _operands(text: str) -> tuple[Operand, ...]:
    """Return the operands of a card that is nothing but INDD=: it adds inputs to the COPY before it."""
    try:
        return operands.parse(text, "COPY")
    except OperandFault:
        raise _Refused("IEB105I") from None


def _inputs(card: Statement) -> list[tuple[str, bool]]:
    operand = card.value("INDD") or card.value("I")
    if operand is None:
        return []
    if operand.items is None:
        return [(operand.text, False)]
    # INDD=((A,R),B) names two, INDD=(A,R) replaces from one only in double parentheses: a list of names otherwise.
    return [(item.items[0].text, item.positional(1) == "R") if item.items else (item.text, False) for item in operand.items]


def _members(operation: Operation, card: Statement) -> None:
    operand = card.value("MEMBER") or card.value("M")
    if operand is None:
        raise _Refused("IEB105I")
    for item in operand.values:
        if card.operation.startswith("E"):
            operation.excluded.add(item.text)
        elif item.items:
            name, new = item.positional(0), item.positional(1)
            operation.selected.append(Choice(name, new or name, item.positional(2) == "R"))
        else:
            operation.selected.append(Choice(item.text, item.text, False))


class Copy:
    """One operation at work."""

    def __init__(self, step: StepContext, operation: Operation, sysprint: Sysprint) -> None:
        """Find the output DD. Raises _Refused."""
        self._step = step
        self._operation = operation
        self._print = sysprint
        self._output = self._dd(operation.output)
        self._left = {choice.name for choice in operation.selected}
        self._members = Members(sysprint, "", False)

    def _dd(self, ddname: str) -> OpenDd:
        dd = self._step.dd(ddname)
        if dd is None:
            raise _Refused("IEB120I", ddname)
        return dd

    def run(self) -> int:
        """Copy from each input; return the return code."""
        code = 0
        for ddname, replaces in self._operation.inputs:
            source = self._dd(ddname)
            try:
                code = max(code, self._from(ddname, source, replaces))
            except (SystemAbend, NotAuthorized):
                raise
            except (MvsError, BadRecordData) as error:
                raise _Refused("IEB139I", ddname, words(error)) from error
        for name in sorted(self._left):
            self._print.say("IEB177I", name)
            code = max(code, WARNING)
        return code

    def _from(self, ddname: str, source: OpenDd, replaces: bool) -> int:
        target = self._output
        if ddname == target.ddname or (source.dsname and source.dsname == target.dsname):
            return self._compress(ddname, source)
        source_is_library = source.info is not None and source.info.is_partitioned
        target_is_library = target.info is not None and target.info.is_partitioned
        if source_is_library:
            self._step.mvs.require_readable(source.dsname, self._step.who)  # an empty directory would need no OPEN of a member
        self._announce(ddname, source)
        if not source_is_library:
            return self._load(source, replaces)
        if not target_is_library:
            return self._unload(source)
        return self._copy(source, replaces)

    def _announce(self, ddname: str, source: OpenDd) -> None:
        target = self._output
        self._members = Members(self._print, ddname, any(dd.info is not None and dd.info.is_pdse for dd in (source, target)))
        self._print.say("IEB1013I", _kind(source.info), ddname, _volser(source), source.dsname)
        self._print.say("IEB1014I", _kind(target.info), target.ddname, _volser(target), target.dsname)

    def _compress(self, ddname: str, source: OpenDd) -> int:
        self._print.say("IEB161I", ddname)
        self._step.mvs.compress(source.dsname, self._step.who)
        for member in self._step.mvs.members(source.dsname):
            self._print.say("IEB152I", member.name)
        return 0

    def _grouped(self, members: Iterable[tuple[str, str]]) -> None:
        """Let what SELECT and EXCLUDE of COPYGRP name stand for the whole group: a member (name, alias of) with its aliases."""
        operation, mains = self._operation, {name: alias_of or name for name, alias_of in members}
        if not operation.grouped:
            return
        listed = {choice.name for choice in operation.selected}
        chosen = {mains[choice.name]: choice.replaces for choice in operation.selected if choice.name in mains}
        more = [name for name, main in mains.items() if main in chosen and name not in listed]
        operation.selected += [Choice(name, name, chosen[mains[name]]) for name in more]
        out = {mains[name] for name in operation.excluded if name in mains}
        operation.excluded |= {name for name, main in mains.items() if main in out}

    def _chosen(self, names: Iterable[str], replaces: bool) -> dict[str, Choice]:
        """Return the members to copy by their names in the input."""
        operation = self._operation
        if operation.selected:
            by_name = {choice.name: choice for choice in operation.selected}
            found = {name: by_name[name] for name in names if name in by_name}
            self._left -= found.keys()
            return found
        return {name: Choice(name, name, replaces) for name in names if name not in operation.excluded}

    def _taken(self, chosen: dict[str, Choice], replaces: bool) -> list[Choice]:
        """Return the choices that may be written; say which are there already."""
        there = {member.name for member in self._step.mvs.members(self._output.dsname)}
        result = []
        for choice in chosen.values():
            if choice.new_name in there and not (choice.replaces or replaces):
                self._print.say("IEB1067I", choice.new_name)
            else:
                result.append(choice)
                if choice.new_name in there:
                    self._members.replaced.add(choice.new_name)
        return result

    def _copy(self, source: OpenDd, replaces: bool) -> int:
        mvs, who = self._step.mvs, self._step.who
        if source.info is not None:
            self._format(source.info.dcb)
            self._compatible(source.info.dcb)
        infos = {member.name: member for member in mvs.members(source.dsname)}
        self._grouped((name, info.alias_of or "") for name, info in infos.items())
        chosen = self._chosen(infos, replaces)
        todo = self._taken(chosen, replaces)
        self._members.begin("COPIED")
        orphans = [choice for choice in todo if (main := infos[choice.name].alias_of) and main not in infos]
        for choice in orphans:
            self._print.say("IEB177I", choice.name)
        todo = [choice for choice in todo if choice not in orphans]
        for choice in sorted(todo, key=lambda choice: bool(infos[choice.name].alias_of)):
            info = infos[choice.name]
            if info.alias_of and info.alias_of in chosen:
                self._alias(choice.new_name, chosen[info.alias_of].new_name)
            else:
                with mvs.open_input(Target(source.dsname, choice.name), who) as reader:
                    self._write(choice.new_name, reader.records(), info)
            self._members.done(choice)
        return self._finish(len(todo), len(chosen))

    def _alias(self, alias: str, member: str) -> None:
        mvs, who = self._step.mvs, self._step.who
        if any(info.name == alias for info in mvs.members(self._output.dsname, alias)):
            mvs.delete(Target(self._output.dsname, alias), who)
        mvs.add_member_alias(self._output.dsname, alias, member, who)

    def _write(self, name: str, records: Iterable[bytes], info: MemberInfo) -> None:
        target = Target(self._output.dsname, name)
        facts = {"stats": info.stats, "load": info.load, "userdata": info.userdata}
        with self._step.mvs.open_output(target, self._step.who, **facts) as writer:
            fixed = writer.dcb.recfm is not None and writer.dcb.recfm.is_fixed
            writer.write_records(record.ljust(writer.dcb.lrecl, b"\x40") if fixed else record for record in records)

    def _unload(self, source: OpenDd) -> int:
        mvs, who = self._step.mvs, self._step.who
        assert source.info is not None
        library = exchange.unload(mvs, who, source.dsname)
        self._grouped((member.name, member.alias_of) for member in library.members or ())
        chosen = self._chosen([member.name for member in library.members or ()], False)
        members = [member for member in library.members or () if member.name in chosen]
        library = replace(library, members=members)
        dcb = Dcb.of("VS", unloaded.container_lrecl(source.info.dcb))
        with self._output.writer(dcb) as sink:
            sink.put_many(unloaded.write(library))
        self._members.begin("UNLOADED")
        for name in chosen:
            self._members.done(Choice(name, name, False))
        return self._finish(len(members), len(chosen))

    def _load(self, source: OpenDd, replaces: bool) -> int:
        library = unloaded.read(source.records(), source.dsname)
        found = {member.name: member for member in library.members or ()}
        if self._output.info is None or not self._output.info.is_partitioned:
            raise _Refused("IEB120I", self._output.ddname)
        self._format(library.dcb)
        self._compatible(library.dcb)
        self._grouped((name, member.alias_of) for name, member in found.items())
        chosen = self._chosen(found, replaces)
        todo = self._taken(chosen, replaces)
        self._members.begin("LOADED")
        for choice in sorted(todo, key=lambda choice: bool(found[choice.name].alias_of)):
            member = found[choice.name]
            if member.alias_of and member.alias_of in chosen:
                self._alias(choice.new_name, chosen[member.alias_of].new_name)
            else:
                stats, load = member.stats, member.load
                info = MemberInfo(choice.name, stats=stats, load=load, userdata=b"" if stats or load else member.userdata)
                self._write(choice.new_name, member.records, info)
            self._members.done(choice)
        return self._finish(len(todo), len(chosen))

    def _format(self, dcb: Dcb) -> None:
        """Give a new library without a record format that of the input."""
        if self._step.mvs.find(self._output.dsname).dcb.recfm is None:
            self._step.mvs.set_dcb(self._output.dsname, dcb)

    def _compatible(self, given: Dcb) -> None:
        """Refuse what is not converted: fixed and variable, fixed records of another length, longer variable ones [UTIL]."""
        own = self._step.mvs.find(self._output.dsname).dcb
        if given.recfm is None or own.recfm is None:
            return
        same = given.recfm.is_fixed == own.recfm.is_fixed and given.recfm.is_undefined == own.recfm.is_undefined
        fits = own.lrecl == given.lrecl if given.recfm.is_fixed else own.lrecl >= given.lrecl
        if not same:
            raise _Refused("IGW01513T" if self._members.by_fams else "IEB127I", given.recfm, own.recfm)
        if not (fits or given.recfm.is_undefined):
            raise _Refused("IEB124I", given.lrecl, own.lrecl)

    def _finish(self, done: int, wanted: int) -> int:
        self._members.end(done, wanted, specified=bool(self._operation.selected))
        info = self._output.info
        if info is not None and info.is_partitioned and not info.is_pdse:
            info = self._step.mvs.find(self._output.dsname)
            self._print.say("IEB144I", max(info.allocated_tracks - info.used_tracks, 0), self._output.ddname)
            self._print.say("IEB149I", max(info.directory_blocks - info.directory_used, 0))
        return 0 if done == wanted else WARNING


class Members:
    """What is said of members: by IEBCOPY itself, or by the file services of PDSEs when one of the libraries is one (seen)."""

    def __init__(self, sysprint: Sysprint, ddname: str, by_fams: bool) -> None:
        """Nothing is done yet."""
        self._print = sysprint
        self.ddname, self.by_fams, self._verb = ddname, by_fams, ""
        self.replaced: set[str] = set()

    def begin(self, verb: str) -> None:
        """Say what follows: members COPIED, LOADED or UNLOADED."""
        self._verb = verb
        if not self.by_fams:
            self._print.say("IEB167I", verb, self.ddname)

    def done(self, choice: Choice) -> None:
        """Say that a member is done."""
        if not self.by_fams:
            self._print.say("IEB154I" if choice.new_name == choice.name else "IEB155I", choice.new_name, self._verb)
            return
        facts = [f"RENAMED FROM {choice.name}"] if choice.new_name != choice.name else []
        facts += ["REPLACED"] if choice.new_name in self.replaced else []
        if facts:
            self._print.say("IGW01552I", choice.new_name, self._verb, " AND ".join(facts))
        else:
            self._print.say("IGW01551I", choice.new_name, self._verb)

    def end(self, done: int, wanted: int, *, specified: bool) -> None:
        """Say how many of how many were done."""
        if self.by_fams:
            self._print.say("IGW01550I", done, wanted, " SPECIFIED" if specified else "", self._verb)
        else:
            self._print.say("IEB1098I", done, wanted, self._verb, self.ddname)


def _kind(info: DatasetInfo | None) -> str:
    if info is None or not info.is_partitioned:
        return "PDSU"
    return "PDSE" if info.is_pdse else "PDS"


def _volser(dd: OpenDd) -> str:
    return dd.info.volser if dd.info is not None else ""


PROGRAM = Program("IEBCOPY", run)
