"""RDEFINE, RALTER, RDELETE and RLIST.

Source: [RACFCL]; the display after captures of RLIST.
Rules: a change holds for the next question in every process, as if each RACLISTed class were refreshed at once.
"""

from __future__ import annotations

from dataclasses import replace

from saf import names
from saf.classes import BY_NAME
from saf.commands import profile as common
from saf.commands.authority import may_list
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued
from saf.commands.run import Command, Run
from saf.commands.userextras import clauth
from saf.errors import OperandError
from saf.profiles import Profile
from saf.statistics import usage

_STDATA = Keyword("STDATA", Takes.FIELDS, valued("USER", "GROUP", "PRIVILEGED", "TRUSTED", "TRACE"))


def _named(run: Run, operands: Operands) -> tuple[str, list[str]]:
    class_name = common.saf_class(run, operands.positional[0].word)
    item = operands.positional[1]
    words = [inner.word for inner in item.inner or ()] if not item.word else [item.word]
    return class_name, [names.resource_profile(class_name, word) for word in words]


def rdefine(run: Run, operands: Operands) -> int:
    """RDEFINE: define general resource profiles."""
    class_name, wanted = _named(run, operands)
    for name in wanted:
        if not _may_define(run, class_name):
            raise run.refuse("ICH10103I", profile=name)
        is_generic = common.generic(name, operands)
        if run.change.profile(class_name, name, generic=is_generic):
            raise run.refuse("ICH10102I", profile=name, saf_class=class_name)
        empty = Profile(class_name, name, is_generic, run.acee.userid, common.level("NONE"), run.today, changed=run.today)
        made = _fields(run, common.copied(run, class_name, empty, operands), operands, "ICH10103I")
        run.change.put_profile(common.with_creator(run, made))
    common.stale(run, "ICH10006I", class_name)
    return 0


def _may_define(run: Run, class_name: str) -> bool:
    issuer = run.change.user(run.acee.userid)
    return run.acee.special or (issuer is not None and class_name in clauth(issuer))


def _fields(run: Run, profile: Profile, operands: Operands, refusal: str) -> Profile:
    profile = common.fields(run, profile, operands)
    if "APPLDATA" in operands or "NOAPPLDATA" in operands:
        profile = replace(profile, appldata=operands.value("APPLDATA"))
    added, gone = _members(profile, operands, "ADDMEM"), set(_members(profile, operands, "DELMEM"))
    members = tuple(dict.fromkeys((*profile.members, *added)))
    profile = replace(profile, members=tuple(member for member in members if member not in gone))
    segments = dict(profile.segments)
    if {"STDATA", "NOSTDATA"} & set(operands.given) and not run.acee.special:
        # A segment is SPECIAL's to give: a class authorization alone would make started tasks trusted.
        raise run.refuse(refusal, profile=profile.name)
    if "STDATA" in operands:
        given = operands.fields("STDATA")
        started = dict(segments.get("STDATA", {}))
        segments["STDATA"] = started | {name: given.value(name).upper() for name in given.given}
    if "NOSTDATA" in operands:
        segments.pop("STDATA", None)
    return replace(profile, segments=segments)


def _members(profile: Profile, operands: Operands, keyword: str) -> tuple[str, ...]:
    """Return the members that ADDMEM or DELMEM names; one of GLOBAL is a name with an access level: 'SYS1.HELP'/READ.

    Raises: OperandError for a member of GLOBAL without a level that is one.
    """
    joined: list[str] = []
    for item in operands.given[keyword].inner or () if keyword in operands else ():
        word = item.word.upper()
        if word.startswith("/") and joined:
            joined[-1] += word
        else:
            joined.append(word)
    if profile.saf_class == "GLOBAL":
        for word in joined:
            if word.rpartition("/")[2] not in ("NONE", "READ", "UPDATE", "CONTROL", "ALTER") and keyword == "ADDMEM":
                raise OperandError("invalid", word, "MEMBER")
    return tuple(joined)


def ralter(run: Run, operands: Operands) -> int:
    """RALTER: change general resource profiles."""
    class_name, wanted = _named(run, operands)
    for name in wanted:
        profile = common.located(run, class_name, name, operands, "ICH11102I")
        if not common.may_alter(run, profile, operands):
            raise run.refuse("ICH11103I", profile=name)
        run.change.put_profile(replace(_fields(run, profile, operands, "ICH11103I"), changed=run.today))
    common.stale(run, "ICH11009I", class_name)
    return 0


def rdelete(run: Run, operands: Operands) -> int:
    """RDELETE: delete general resource profiles."""
    class_name, wanted = _named(run, operands)
    for name in wanted:
        profile = common.located(run, class_name, name, operands, "ICH12102I")
        if not common.may_administer(run, profile):
            raise run.refuse("ICH12103I", profile=name)
        run.change.remove_profile(profile)
    common.stale(run, "ICH12002I", class_name)
    return 0


def rlist(run: Run, operands: Operands) -> int:
    """RLIST: show the profiles of names (or what covers them), or with `*` all of a class."""
    class_name = common.saf_class(run, operands.positional[0].word, common.SHOWN)
    if operands.positional[1].word == "*" and "GENERIC" not in operands:
        profiles = [row for row in run.change.profiles(class_name) if _may_see(run, row)]
        if not profiles:
            raise run.refuse("ICH13004I")
        for profile in profiles:
            run.show(*_display(run, profile, operands))
        return 0
    rc = 0
    for name in _named(run, operands)[1]:
        found = run.change.profile(class_name, name, generic=common.generic(name, operands))
        if found is None and "NOGENERIC" not in operands:
            found = run.snapshot.index(class_name).covering(name)
        if found is None:
            run.say("ICH13003I", profile=name)
            rc = max(rc, 4)
        elif not _may_see(run, found):
            run.say("ICH13002I", profile=name)
            rc = 8
        else:
            run.show(*_display(run, found, operands))
    return rc


def _may_see(run: Run, profile: Profile) -> bool:
    return may_list(run, profile.owner, resource=True) or common.own_access(run, profile) >= common.level("READ")


def _display(run: Run, profile: Profile, operands: Operands) -> list[str]:
    own = common.own_access(run, profile).name
    used = usage(run.change, profile)
    warning = "YES" if profile.warning else "NO"
    lines = [
        "CLASS      NAME",
        "-----      ----",
        f"{profile.saf_class:<8}   {profile.name}{' (G)' if profile.generic else ''}",
    ]
    if "NORACF" in operands:
        return [*lines, *_started(profile, operands), ""]
    grouping = BY_NAME[profile.saf_class].grouping
    lines += ["", "GROUP CLASS NAME", "----- ----- ----", grouping] if grouping else []
    lines += ["", "RESOURCES IN GROUP", "--------- -- -----", *profile.members] if profile.members else []
    lines += [
        "",
        "LEVEL  OWNER      UNIVERSAL ACCESS  YOUR ACCESS  WARNING",
        "-----  --------   ----------------  -----------  -------",
        f" {profile.level:02d}    {profile.owner:<8}    {profile.uacc.name:>8}           {own:>8}    {warning}",
        "",
    ]
    lines += ["INSTALLATION DATA", "-----------------", profile.data or "NONE"]
    lines += ["", "APPLICATION DATA", "----------------", profile.appldata or "NONE", *common.common_lines(profile)]
    if run.acee.auditor:
        lines += ["", "GLOBALAUDIT", "-----------", profile.globalaudit or "NONE"]
    if "ALL" in operands or "HISTORY" in operands:
        lines += common.history_lines(profile, used)
    if "ALL" in operands or "STATISTICS" in operands:
        lines += common.count_lines(profile, used)
    if "ALL" in operands or "AUTHUSER" in operands:
        head = ("USER      ACCESS", "----      ------") if profile.generic else _COUNTED
        lines += common.access_lines(profile, head, "NO USERS IN ACCESS LIST", used)
        lines += common.conditional_lines(profile)
    return [*lines, *_started(profile, operands), ""]


def _started(profile: Profile, operands: Operands) -> list[str]:
    if "STDATA" not in operands:
        return []
    started = profile.segments.get("STDATA", {})
    if not started:
        return ["", "NO STDATA INFORMATION"]
    shown = [f"{name}= {started.get(name, 'NO' if name in _FLAGS else '')}".rstrip() for name in _STARTED]
    return ["", "STDATA INFORMATION", "------------------", *shown]


_COUNTED = ("USER      ACCESS   ACCESS COUNT", "----      ------   ------ -----")
_FLAGS = ("PRIVILEGED", "TRUSTED", "TRACE")
_STARTED = ("USER", "GROUP", "TRUSTED", "PRIVILEGED", "TRACE")

_KEYWORDS = (*common.KEYWORDS, *valued("APPLDATA"), *plain("NOAPPLDATA", "NOSTDATA"), *listed("ADDMEM", "DELMEM"), _STDATA)
_LIST_KEYWORDS = plain("ALL", "AUTHUSER", "HISTORY", "STATISTICS", "GENERIC", "NOGENERIC", "NORACF", "RESGROUP", "STDATA")
_NAME = "PROFILE NAME"
COMMANDS = (
    Command("RDEFINE", ("RDEF",), rdefine, _KEYWORDS, 2, _NAME),
    Command("RALTER", ("RALT",), ralter, (*_KEYWORDS, common.GLOBALAUDIT), 2, _NAME),
    Command("RDELETE", ("RDEL",), rdelete, plain("GENERIC", "NOGENERIC"), 2, _NAME),
    Command("RLIST", ("RL",), rlist, _LIST_KEYWORDS, 2, _NAME, changes=False),
)
