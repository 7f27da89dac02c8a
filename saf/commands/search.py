"""SEARCH: the names of profiles that meet criteria.

Source: [RACFCL SEARCH].
"""

from __future__ import annotations

from saf.classes import BY_NAME
from saf.commands import profile as common
from saf.commands.authority import may_list
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued, whole_number
from saf.commands.run import Command, Run
from saf.commands.segments import MAX_ID
from saf.errors import OperandError
from saf.generics import matches


def search(run: Run, operands: Operands) -> int:
    """SEARCH: list the users, groups or profiles of a class, by mask or filter."""
    class_name = operands.value("CLASS", "DATASET").upper()
    if class_name not in BY_NAME:
        raise OperandError("invalid", class_name, "CLASS NAME")
    found = [(name, generic) for name, generic in _names(run, class_name, operands) if _fits(name, class_name, operands)]
    if not found:
        raise run.refuse("ICH31005I")
    if "NOLIST" not in operands:
        run.show(*(f"{name} (G)" if generic else name for name, generic in sorted(found)))
    return 0


def _names(run: Run, class_name: str, operands: Operands) -> list[tuple[str, bool]]:
    if class_name == "USER":
        users = [user for user in run.change.users() if may_list(run, user.owner) or user.userid == run.acee.userid]
        if "UID" in operands:
            uid = whole_number(operands.value("UID"), "UID", 0, MAX_ID)
            users = [user for user in users if user.omvs and user.omvs.uid == uid]
        return [(user.userid, False) for user in users]
    if class_name == "GROUP":
        groups = [group for group in run.change.groups() if may_list(run, group.name) or group.name in run.acee.groups]
        if "GID" in operands:
            gid = whole_number(operands.value("GID"), "GID", 0, MAX_ID)
            groups = [group for group in groups if group.gid == gid]
        return [(group.name, False) for group in groups]
    chosen = operands.any_of("GENERIC", "NOGENERIC")
    rows = []
    for row in run.change.profiles(class_name):
        if chosen and row.generic != (chosen == "GENERIC"):
            continue
        if "WARNING" in operands and not row.warning:
            continue
        if may_list(run, row.owner, resource=True) or common.own_access(run, row) >= common.level("READ"):
            rows.append((row.name, row.generic))
    return rows


def _fits(name: str, class_name: str, operands: Operands) -> bool:
    if "FILTER" in operands:
        pattern = operands.value("FILTER").upper()
        return name == pattern or matches(pattern, name, bounded=True)
    masks = [value.upper() for value in operands.values("MASK")]
    if not masks or masks[0] == "*":
        return True
    rest = name[len(masks[0]) :]
    del class_name
    return name.startswith(masks[0]) and all(mask in rest for mask in masks[1:])


COMMANDS = (
    Command(
        "SEARCH",
        ("SR",),
        search,
        (
            *valued("CLASS", "FILTER", "UID", "GID"),
            *listed("MASK"),
            *plain("NOMASK", "GENERIC", "NOGENERIC", "WARNING", "NOLIST"),
            Keyword("ALL", Takes.NOTHING),
        ),
        0,
        required=False,
        changes=False,
    ),
)
