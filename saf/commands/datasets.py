"""ADDSD, ALTDSD, DELDSD and LISTDSD.

Source: [RACFCL]; the display after captures of LISTDSD.
Rules: the first qualifier of a data set profile is a user or a group. A discrete profile needs no data set here, since this
package knows none; volumes given with VOLUME are kept and shown.
"""

from __future__ import annotations

from dataclasses import replace

from saf.commands import profile as common
from saf.commands.authority import controls, may_list, membership
from saf.commands.operands import Item, Keyword, Operands, Takes, listed, plain, valued
from saf.commands.run import Command, Run
from saf.errors import OperandError
from saf.profiles import Profile
from saf.statistics import usage

_DATASET = "DATASET"
#: Where ERASE is kept, which is shown and changes nothing: what is deleted here leaves nothing behind.
_BASE = "BASE"


def addsd(run: Run, operands: Operands) -> int:
    """ADDSD: define data set profiles."""
    for item in _items(operands):
        name = common.dsname(run, item)
        if not _may_define(run, name.split(".", 1)[0]):
            raise run.refuse("ICH09007I", profile=name)
        is_generic = common.generic(name, operands)
        if run.change.profile(_DATASET, name, generic=is_generic):
            raise run.refuse("ICH09006I", profile=name)
        empty = Profile(_DATASET, name, is_generic, run.acee.userid, common.level("NONE"), run.today, changed=run.today)
        made = common.fields(run, common.copied(run, _DATASET, empty, operands), operands)
        run.change.put_profile(common.with_creator(run, _placed(made, operands)))
    return 0


def _items(operands: Operands) -> tuple[Item, ...]:
    item = operands.positional[0]
    if not item.word and not item.inner:
        raise OperandError("missing", _NAME, _NAME)
    return item.inner or () if not item.word else (item,)


def _placed(profile: Profile, operands: Operands) -> Profile:
    volumes = tuple(operands.values("VOLUME")) or profile.volumes
    chosen = operands.any_of("ERASE", "NOERASE")
    segments = dict(profile.segments)
    if chosen:
        segments[_BASE] = {"ERASE": "YES" if chosen == "ERASE" else "NO"}
    return replace(profile, volumes=volumes, unit=operands.value("UNIT", profile.unit), segments=segments)


def _may_define(run: Run, first: str) -> bool:
    user, group = run.change.user(first), run.change.group(first)
    if user is None and group is None:
        raise run.refuse("ICH51003I", name=first)
    if first == run.acee.userid or run.acee.special:
        return True
    if group is not None and run.acee.operations and run.change.connection(run.acee.userid, first) is None:
        return True  # [RACFSAG] "Protecting group data sets"
    connection = membership(run, first)
    if connection and connection.authority in ("CREATE", "CONNECT", "JOIN"):
        return True
    return controls(run, user.owner if user else first)


def altdsd(run: Run, operands: Operands) -> int:
    """ALTDSD: change data set profiles."""
    for item in _items(operands):
        name = common.dsname(run, item)
        profile = common.located(run, _DATASET, name, operands, "ICH22001I")
        if not common.may_alter(run, profile, operands):
            raise run.refuse("ICH22003I", profile=name)
        changed = replace(common.fields(run, profile, operands), changed=run.today)
        run.change.put_profile(_placed(changed, operands))
    return 0


def deldsd(run: Run, operands: Operands) -> int:
    """DELDSD: delete data set profiles."""
    for item in _items(operands):
        name = common.dsname(run, item)
        profile = common.located(run, _DATASET, name, operands, "ICH09020I")
        if not common.may_administer(run, profile):
            raise run.refuse("ICH09008I", profile=name)
        run.change.remove_profile(profile)
    return 0


def listdsd(run: Run, operands: Operands) -> int:
    """LISTDSD: show the profiles of names, of a prefix, or of one's own user ID."""
    rc = 0
    for name, profile in _wanted(run, operands):
        if profile is None:
            run.say("ICH35003I", profile=name)
            rc = 4
        elif common.own_access(run, profile) < common.level("READ") and not may_list(run, profile.owner, resource=True):
            run.say("ICH35002I", profile=name)
            rc = 8
        else:
            run.show(*_display(run, profile, operands))
    return rc


def _wanted(run: Run, operands: Operands) -> list[tuple[str, Profile | None]]:
    if "DATASET" in operands:
        found = []
        for item in operands.given["DATASET"].inner or ():
            name = common.dsname(run, item)
            profile = run.change.profile(_DATASET, name, generic=common.generic(name, operands))
            if profile is None and "GENERIC" in operands:
                profile = run.snapshot.index(_DATASET).covering(name)
            found.append((name, profile))
        return found
    if "PREFIX" in operands:
        starts = tuple(value.upper() for value in operands.values("PREFIX"))
        listed_profiles = [row for row in run.change.profiles(_DATASET) if row.name.startswith(starts)]
    else:
        owners = tuple(value.upper() for value in operands.values("ID")) or (run.acee.userid,)
        listed_profiles = [row for row in run.change.profiles(_DATASET) if row.name.split(".", 1)[0] in owners]
    chosen = operands.any_of("GENERIC", "NOGENERIC")
    if chosen:
        listed_profiles = [row for row in listed_profiles if row.generic == (chosen == "GENERIC")]
    if not listed_profiles:
        raise run.refuse("ICH31005I")
    return [(row.name, row) for row in listed_profiles]


def _display(run: Run, profile: Profile, operands: Operands) -> list[str]:
    warning = "YES" if profile.warning else "NO"
    own = common.own_access(run, profile).name
    everything = "ALL" in operands
    erase = profile.segments.get(_BASE, {}).get("ERASE", "NO")
    used = usage(run.change, profile)
    lines = [
        f"INFORMATION FOR DATASET {profile.name}{' (G)' if profile.generic else ''}",
        "",
        "LEVEL  OWNER    UNIVERSAL ACCESS   WARNING   ERASE",
        "-----  -------- ----------------   -------   -----",
        f" {profile.level:02d}    {profile.owner:<8}    {profile.uacc.name:>8}          {warning:<8}{erase}",
        *common.common_lines(profile, "--------"),
        "",
        "YOUR ACCESS  CREATION GROUP  DATASET TYPE",
        "-----------  --------------  ------------",
        f" {own:<8}     {run.acee.group:<8}       NON-VSAM",
    ]
    if profile.volumes:
        lines += ["", "VOLUMES ON WHICH DATASET RESIDES", "--------------------------------", " ".join(profile.volumes)]
        if profile.unit:
            lines[-3:] = [f"{line:<39}{unit}" for line, unit in zip(lines[-3:], ("UNIT", "----", profile.unit), strict=True)]
    if everything and run.acee.auditor:
        lines += ["", "GLOBALAUDIT", "-----------", profile.globalaudit or "NONE"]
    lines += ["", f"INSTALLATION DATA\n-----------------\n{profile.data}" if profile.data else "NO INSTALLATION DATA"]
    lines += _LABELS if everything else []
    if everything or "HISTORY" in operands:
        lines += common.history_lines(profile, used)
    if everything or "STATISTICS" in operands:
        lines += common.count_lines(profile, used)
    if everything or "AUTHUSER" in operands:
        head = ("   ID     ACCESS", "--------  -------")
        if not profile.generic:
            head = ("   ID     ACCESS   ACCESS COUNT", "--------  -------  ------------")
        lines += common.access_lines(profile, head, "NO ENTRIES IN STANDARD ACCESS LIST", used)
        lines += common.conditional_lines(profile)
    return [part for line in lines for part in line.split("\n")]


#: What ALL shows of security labels, of which there are none here.
_LABELS = [
    *("", "          SECURITY LEVEL", "-" * 42, "NO SECURITY LEVEL"),
    *("", "CATEGORIES", "-" * 16, "NO CATEGORIES"),
    *("", "SECLABEL", "-" * 10, "NO SECLABEL"),
]
_PLACE = (*listed("VOLUME"), *valued("UNIT"), *plain("SET", "NOSET", "ERASE", "NOERASE"))
_LIST_KEYWORDS = (
    Keyword("DATASET", Takes.LIST),
    *listed("ID", "PREFIX"),
    *plain("ALL", "AUTHUSER", "GENERIC", "NOGENERIC", "HISTORY", "STATISTICS", "NORACF"),
)
_NAME = "DATA SET NAME"
COMMANDS = (
    Command("ADDSD", ("AD",), addsd, (*common.KEYWORDS, *_PLACE), positional_name=_NAME),
    Command("ALTDSD", ("ALD",), altdsd, (*common.KEYWORDS, *_PLACE, common.GLOBALAUDIT), positional_name=_NAME),
    Command("DELDSD", ("DD",), deldsd, (*plain("GENERIC", "SET", "NOSET"), *valued("VOLUME")), positional_name=_NAME),
    Command("LISTDSD", ("LD",), listdsd, _LIST_KEYWORDS, 0, required=False, changes=False),
)
