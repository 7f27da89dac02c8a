"""PERMIT: standard and conditional access lists.

Source: [RACFCL PERMIT]; [RACFMC] ICH06001I to ICH06022I.
Rules: WHEN changes the conditional list only, no WHEN the standard one. A condition that nothing here can meet (CONSOLE,
APPCPORT, SYSID, CRITERIA) is kept and shown all the same. Not here: what meets a condition (saf/entry.py), decisions (decide.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from saf import names
from saf.classes import BY_NAME
from saf.commands import profile as common
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued
from saf.commands.run import Command, Run
from saf.decide import ANYBODY
from saf.errors import OperandError
from saf.generics import is_generic
from saf.profiles import Conditional, Profile

_ENTRIES = ("APPCPORT", "CONSOLE", "JESINPUT", "SERVAUTH", "TERMINAL")
"""Conditions that are ports of entry: classes that must be active."""
_DATASET = "DATASET"
#: The classes for which a condition may be asked; an empty list means any general resource class, None any class.
_VALID = {"PROGRAM": (_DATASET, "SERVAUTH"), "SYSID": ("PROGRAM",), "CRITERIA": ()}
_ALL = "*"


@dataclass(frozen=True)
class When:
    """The conditions of a command: pairs of a class and a name; the name `*` of DELETE stands for all."""

    conditions: tuple[tuple[str, str], ...] = ()


def permit(run: Run, operands: Operands) -> int:
    """PERMIT: change the access lists of a profile."""
    item = operands.positional[0]
    if item.inner is not None:
        raise OperandError("invalid", item.word, "PROFILE NAME")
    class_name = operands.value("CLASS", _DATASET).upper()
    if class_name not in BY_NAME or class_name in ("USER", "GROUP"):
        raise OperandError("invalid", class_name, "CLASS NAME")
    name = common.dsname(run, item) if class_name == _DATASET else names.resource_profile(class_name, item.word)
    profile = common.located(run, class_name, name, operands, "ICH06004I")
    if not common.may_administer(run, profile):
        raise run.refuse("ICH06006I", profile=name)
    if not {"ID", "RESET", "FROM"} & set(operands.given):
        raise OperandError("missing", "ID", "ID")
    when = _when(run, class_name, operands) if "WHEN" in operands else None
    rc = 0 if when is None else _warned(run, when)
    profile = _copied(run, class_name, _reset(run, profile, operands), operands)
    for raw in operands.values("ID"):
        who = ANYBODY if raw == ANYBODY else names.userid(raw)
        profile, said = _entry(run, profile, who, operands, when)
        rc = max(rc, said)
    run.change.put_profile(replace(profile, changed=run.today))
    common.stale(run, "ICH06011I", class_name)
    return rc


def _reset(run: Run, profile: Profile, operands: Operands) -> Profile:
    if "RESET" not in operands:
        return profile
    if "DELETE" in operands:
        run.say("ICH06009I")
        return profile
    which = operands.value("RESET", "ALL").upper()
    if which not in ("ALL", "STANDARD", "WHEN"):
        raise OperandError("invalid", which, "RESET")
    if which != "WHEN":
        profile = replace(profile, access_list={})
    return profile if which == "STANDARD" else replace(profile, conditional=())


def _copied(run: Run, class_name: str, profile: Profile, operands: Operands) -> Profile:
    """Return the profile with the entries of the one that FROM names; what is there already stays."""
    if "FROM" not in operands:
        return profile
    model = common.model(run, class_name, operands)
    mine = {row.key for row in profile.conditional}
    more = tuple(row for row in model.conditional if row.key not in mine)
    access_list = {**model.access_list, **profile.access_list}
    return replace(profile, access_list=access_list, conditional=(*profile.conditional, *more))


def _entry(run: Run, profile: Profile, who: str, operands: Operands, when: When | None) -> tuple[Profile, int]:
    if "DELETE" in operands:
        return _without(run, profile, who, when)
    if who != ANYBODY and run.change.user(who) is None and run.change.group(who) is None:
        run.say("ICH06007I", name=who)
        return profile, 4
    level = common.level(operands.value("ACCESS", "READ"))
    if when is None:
        return replace(profile, access_list={**profile.access_list, who: level}), 0
    kept = [row for row in profile.conditional if not (row.who == who and (row.saf_class, row.name) in when.conditions)]
    rows = [Conditional(who, kind, name, level) for kind, name in when.conditions if name != _ALL]
    return replace(profile, conditional=(*kept, *rows)), 0


def _without(run: Run, profile: Profile, who: str, when: When | None) -> tuple[Profile, int]:
    if when is None:
        if who not in profile.access_list:
            run.say("ICH06002I", name=f"{who:<8}")
            return profile, 4
        return replace(profile, access_list={name: held for name, held in profile.access_list.items() if name != who}), 0
    rc = 0
    for kind, name in when.conditions:
        meant = [row for row in profile.conditional if row.who == who and row.saf_class == kind and name in (row.name, _ALL)]
        if not meant:
            run.say("ICH06014I", userid=who, saf_class=kind, resource=name)
            rc = 4
        profile = replace(profile, conditional=tuple(row for row in profile.conditional if row not in meant))
    return profile, rc


def _when(run: Run, class_name: str, operands: Operands) -> When:
    """Return the conditions of WHEN. Raises: CommandRefused for one that the class does not have, OperandError."""
    if not operands.given["WHEN"].inner:
        raise run.refuse("ICH06018I", command="PERMIT")
    given = operands.fields("WHEN")
    conditions: list[tuple[str, str]] = []
    for kind in given.given:
        valid = _VALID.get(kind)
        if kind == "CRITERIA" and class_name == _DATASET:
            raise run.refuse("ICH06022I")
        if valid and class_name not in valid:
            raise run.refuse("ICH06020I", command="PERMIT", kind=kind)
        conditions += _criteria(given) if kind == "CRITERIA" else [(kind, value.upper()) for value in given.values(kind)]
    if "DELETE" not in operands and any(name == _ALL for _, name in conditions):
        for kind in {kind for kind, name in conditions if name == _ALL}:
            run.say("ICH06013I", saf_class=kind)
    return When(tuple(conditions))


def _criteria(given: Operands) -> list[tuple[str, str]]:
    found = []
    for item in given.given["CRITERIA"].inner or ():
        values = [value.word for value in item.inner or ()]
        if item.word == _ALL and not values:
            found.append(("CRITERIA", _ALL))
        elif len(values) != 1:
            raise OperandError("invalid", item.word, "CRITERIA")
        else:
            found.append(("CRITERIA", f"{item.word.upper()}={values[0]}"))
    return found


def _warned(run: Run, when: When) -> int:
    """Say what keeps the conditions from ever being met: a class that is not active, a resource that nothing protects."""
    rc = 0
    for kind in dict.fromkeys(kind for kind, _ in when.conditions):
        if kind in _ENTRIES and kind in BY_NAME and kind not in run.snapshot.rules.active:
            run.say("ICH06019I", saf_class=kind)
            rc = 4
    for kind, name in when.conditions:
        if kind not in _ENTRIES or kind not in BY_NAME or name == _ALL:
            continue
        known = run.change.profile(kind, name, generic=is_generic(name)) or run.snapshot.index(kind).covering(name)
        if known is None:
            run.say("ICH06015I", saf_class=kind, resource=name)
            rc = 4
    return rc


_WHEN = Keyword("WHEN", Takes.FIELDS, (*listed(*_ENTRIES, "PROGRAM", "SYSID"), Keyword("CRITERIA", Takes.FIELDS)))
KEYWORDS = (
    *listed("ID"),
    *valued("ACCESS", "CLASS", "FROM", "FCLASS", "FVOLUME", "VOLUME"),
    *plain("DELETE", "GENERIC", "FGENERIC"),
    Keyword("RESET", Takes.OPTIONAL),
    _WHEN,
)
COMMANDS = (Command("PERMIT", ("PE",), permit, KEYWORDS, positional_name="PROFILE NAME"),)
