"""SEARCH: the names of profiles that meet criteria, shown or made into a CLIST.

Source: [RACFCL SEARCH]. The CLIST is `prefix.EXEC.RACF.CLIST`, with a number in the first eight columns of each record. [assumed]
Names of data sets stand in quotes there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from saf.access import Access
from saf.classes import BY_NAME
from saf.commands import profile as common
from saf.commands.authority import controls, may_list
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued, whole_number
from saf.commands.run import Command, Output, Run
from saf.commands.segments import MAX_ID
from saf.decide import decide
from saf.errors import OperandError
from saf.generics import matches
from saf.names import userid
from saf.profiles import Profile
from saf.signon import acee_of
from saf.statistics import usage

_CLIST = "EXEC.RACF.CLIST"
_STEP = 10
_MAX_AGE = 99999


def search(run: Run, operands: Operands) -> int:
    """SEARCH: list the users, groups or profiles of a class, by mask or filter."""
    class_name = operands.value("CLASS", "DATASET").upper()
    if class_name not in BY_NAME:
        raise OperandError("invalid", class_name, "CLASS NAME")
    found = sorted((name, generic) for name, generic in _names(run, class_name, operands) if _fits(name, operands))
    if not found:
        raise run.refuse("ICH31005I")
    if "NOLIST" not in operands:
        run.show(*(f"{name} (G)" if generic else name for name, generic in found))
    if "CLIST" in operands:
        quote = "'" if class_name == "DATASET" else ""
        names = [f"{quote}{name}{quote}" for name, _ in found]
        clist = "".join(_clist(names, operands.values("CLIST"))).encode("ascii", "replace")
        run.outputs.append(Output(f"{run.acee.userid}.{_CLIST}", clist, text=True, refusal="IKJ56231I"))
    return 0


def _clist(names: list[str], around: list[str]) -> Iterator[str]:
    """Yield the records of the CLIST: what goes before each name and after it. Raises: OperandError for more than that."""
    if len(around) > 2:
        raise OperandError("invalid", around[2], "CLIST")
    before, after = (*around, "", "")[:2]
    for number, name in enumerate(names, 1):
        yield f"{number * _STEP:08d}{before}{name}{after}\n"


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
    return [(row.name, row.generic) for row in _profiles(run, class_name, operands)]


def _profiles(run: Run, class_name: str, operands: Operands) -> list[Profile]:
    """Return the profiles of a class that the issuer may see and that the operands choose."""
    chosen = operands.any_of("GENERIC", "NOGENERIC")
    rows = [row for row in run.change.profiles(class_name) if chosen is None or row.generic == (chosen == "GENERIC")]
    if "WARNING" in operands:
        rows = [row for row in rows if row.warning]
    rows = [row for row in rows if may_list(run, row.owner, resource=True) or common.own_access(run, row) >= Access.READ]
    if "AGE" in operands:
        days = whole_number(operands.value("AGE"), "AGE", 0, _MAX_AGE)
        last = run.today - timedelta(days=days)
        # Generic profiles have no date of their last reference [RACFCL SEARCH AGE].
        rows = [row for row in rows if not row.generic and (usage(run.change, row).referenced or row.created) <= last]
    return _reached(run, rows, userid(operands.value("USER"))) if "USER" in operands else rows


def _reached(run: Run, rows: list[Profile], whose: str) -> list[Profile]:
    """Return the profiles whose resources a user may read: USER, for those who administer the user."""
    user = run.snapshot.users.get(whose)
    if user is None:
        raise run.refuse("ICH30001I", kind="USER", userid=whose)
    if whose != run.acee.userid and not controls(run, user.owner):
        raise run.refuse("ICH31009I", saf_class="USER")
    acee, rules = acee_of(run.snapshot, user, run.today), run.snapshot.rules
    return [
        row
        for row in rows
        if row.owner == whose or decide(acee, rules, common.alone(row), row.saf_class, row.name, Access.READ).allowed
    ]


def _fits(name: str, operands: Operands) -> bool:
    if "FILTER" in operands:
        pattern = operands.value("FILTER").upper()
        return name == pattern or matches(pattern, name, bounded=True)
    masks = [value.upper() for value in operands.values("MASK")]
    if not masks or masks[0] == "*":
        return True
    rest = name[len(masks[0]) :]
    return name.startswith(masks[0]) and all(mask in rest for mask in masks[1:])


_KEYWORDS = (
    *valued("CLASS", "FILTER", "UID", "GID", "AGE", "USER"),
    *listed("MASK", "CLIST"),
    *plain("NOMASK", "GENERIC", "NOGENERIC", "WARNING", "NOLIST"),
    Keyword("ALL", Takes.NOTHING),
)
COMMANDS = (Command("SEARCH", ("SR",), search, _KEYWORDS, 0, required=False, changes=False),)
