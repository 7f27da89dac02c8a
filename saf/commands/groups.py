"""ADDGROUP, ALTGROUP, DELGROUP, LISTGRP, CONNECT and REMOVE.

Source: [RACFCL]; the display after captures of LISTGRP.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from saf import names
from saf.access import Access
from saf.commands.authority import AUTHORITIES, controls, may_give, may_list, membership
from saf.commands.listuser import julian
from saf.commands.operands import Item, Keyword, Operands, Takes, plain, valued, whole_number
from saf.commands.run import Command, Run
from saf.commands.segments import MAX_ID, free_number
from saf.commands.users import service, userids
from saf.errors import OperandError
from saf.profiles import Connection, Group
from saf.schema import CONNECTIONS, GROUPS

_FLAGS = ("SPECIAL", "OPERATIONS", "AUDITOR")
_OMVS = Keyword("OMVS", Takes.FIELDS, (*valued("GID"), *plain("SHARED", "AUTOGID", "NOGID")))


def _groups(item: Item) -> list[str]:
    if item.quoted or (item.word and item.inner is not None):
        raise OperandError("invalid", item.word, "GROUP NAME")
    if not item.word and not item.inner:
        raise OperandError("missing", "GROUP NAME", "GROUP NAME")
    return [names.group(word.word) for word in item.inner or ()] if not item.word else [names.group(item.word)]


def addgroup(run: Run, operands: Operands) -> int:
    """ADDGROUP: define groups below a superior group."""
    for name in _groups(operands.positional[0]):
        superior = names.group(operands.value("SUPGROUP", run.acee.group))
        above = run.change.group(superior)
        if above is None:
            raise run.refuse("ICH51003I", name=superior)
        if not _may_add_below(run, superior):
            raise run.refuse("ICH00002I", group=name)
        if run.change.group(name) or run.change.user(name):
            raise run.refuse("IKJ56702I", name="GROUP", text=name)
        owner = _existing(run, operands.value("OWNER", run.acee.userid))
        group = Group(name, owner, superior, run.today, operands.value("DATA"), universal="UNIVERSAL" in operands)
        run.change.put_group(_attributes(run, group, operands))
    return 0


def _may_add_below(run: Run, superior: str) -> bool:
    """Tell whether the issuer may place a group below another: JOIN in that group, or authority over it."""
    own = membership(run, superior)
    joins = own is not None and own.authority == "JOIN"
    above = run.change.group(superior)
    return joins or controls(run, superior) or (above is not None and controls(run, above.owner))


def _existing(run: Run, text: str, missing: str = "ICH51003I") -> str:
    owner = names.userid(text)
    if run.change.user(owner) is None and run.change.group(owner) is None:
        raise run.refuse(missing, name=owner)
    return owner


def _attributes(run: Run, group: Group, operands: Operands) -> Group:
    chosen = operands.any_of("TERMUACC", "NOTERMUACC")
    if chosen:
        group = replace(group, termuacc=chosen == "TERMUACC")
    if {"OMVS", "NOOMVS"} & set(operands.given) and not run.acee.special:
        raise run.refuse("ICH20021I", group=group.name)
    if "NOOMVS" in operands:
        group = replace(group, gid=None)
    omvs = operands.fields("OMVS")
    others = {other.gid: other.name for other in run.change.groups() if other.gid is not None and other.name != group.name}
    if "GID" in omvs:
        gid = whole_number(omvs.value("GID"), "GID", 0, MAX_ID)
        if gid in others and "SHARED" not in omvs:
            raise run.refuse("IRR52175I", number=gid, name=others[gid])
        return replace(group, gid=gid)
    if "AUTOGID" in omvs:
        gid = free_number(set(others))
        run.say("IRR52178I", group=group.name, number=gid)
        return replace(group, gid=gid)
    return replace(group, gid=None) if "NOGID" in omvs else group


def _located(run: Run, name: str, missing: str = "ICH51003I") -> Group:
    group = run.change.group(name)
    if group is None:
        raise run.refuse(missing, name=name, group=name)
    return group


def altgroup(run: Run, operands: Operands) -> int:
    """ALTGROUP: change groups."""
    for name in _groups(operands.positional[0]):
        group = _located(run, name, "ICH20019I")
        if not controls(run, name) and not controls(run, group.owner):
            raise run.refuse("ICH20002I", group=name)
        if "SUPGROUP" in operands:
            superior = _located(run, names.group(operands.value("SUPGROUP"))).name
            if not _may_add_below(run, superior) or not _may_add_below(run, group.superior):
                raise run.refuse("ICH20002I", group=name)
            if _is_below(run, superior, name):
                raise run.refuse("ICH20006I", superior=superior, group=name)
            group = replace(group, superior=superior)
        if "OWNER" in operands:
            group = replace(group, owner=_existing(run, operands.value("OWNER")))
        if "DATA" in operands or "NODATA" in operands:
            group = replace(group, data=operands.value("DATA"))
        run.change.put_group(_attributes(run, group, operands))
    return 0


def _is_below(run: Run, name: str, ancestor: str) -> bool:
    current: str = name
    while current:
        if current == ancestor:
            return True
        group = run.change.group(current)
        current = group.superior if group else ""
    return False


def delgroup(run: Run, operands: Operands) -> int:
    """DELGROUP: delete groups that nothing belongs to."""
    for name in _groups(operands.positional[0]):
        group = run.change.group(name)
        if group is None:
            raise run.refuse("IKJ56702I", name="GROUP", text=name)
        if not controls(run, name) and not controls(run, group.owner):
            raise run.refuse("ICH05005I")
        if any(row.name.split(".", 1)[0] == name for row in run.change.profiles("DATASET")):
            raise run.refuse("ICH05006I", group=name)
        if group.universal:
            run.say("ICH05008I", group=name)
        if any(_is_listed(group, row) for row in run.change.connections(group=name)) or any(
            other.superior == name for other in run.change.groups()
        ):
            raise run.refuse("ICH05004I", group=name)
        run.change.remove(GROUPS, name)
    return 0


def _is_listed(group: Group, row: Connection) -> bool:
    """Tell whether the group's profile names a member: that of a universal group names those alone who are more than members.

    Source: [RACFSAG] "Universal groups". The user's profile has the connection all the same.
    """
    return not group.universal or row.authority != "USE" or any(getattr(row, flag.lower()) for flag in _FLAGS)


def connect(run: Run, operands: Operands) -> int:
    """CONNECT: make users members of a group, or change their membership."""
    name = names.group(operands.value("GROUP", run.acee.group))
    if run.change.group(name) is None:
        run.say("ICH51003I")
        raise run.refuse("ICH02003I")
    if not may_give(run, name, "USE"):
        raise run.refuse("ICH02004I")
    for userid in userids(operands.positional[0]):
        if run.change.user(userid) is None:
            raise run.refuse("ICH30001I", kind="USER", userid=userid)
        known = run.change.connection(userid, name)
        _check_authority(run, name, known, operands)
        connection = known or Connection(userid, name, run.acee.userid, run.today)
        _say_ignored(run, connection, operands)
        run.change.put_connection(_membership(run, connection, operands))
    return 0


def _say_ignored(run: Run, connection: Connection, operands: Operands) -> None:
    """Say of REVOKE and RESUME without a date that the connection is that way already."""
    if "REVOKE" in operands and not operands.value("REVOKE") and connection.revoked:
        run.say("ICH02013I", userid=connection.userid)
    if "RESUME" in operands and not operands.value("RESUME") and not connection.revoked and not connection.revoke_date:
        run.say("ICH02012I", userid=connection.userid)


def _check_authority(run: Run, group: str, known: Connection | None, operands: Operands) -> None:
    """Refuse what is not the issuer's to give: more authority than the issuer's own, or a change of a member who has more."""
    now = known.authority if known else "USE"
    wanted = operands.value("AUTHORITY", now).upper()
    if wanted not in AUTHORITIES:
        raise OperandError("invalid", wanted, "AUTHORITY")
    if not may_give(run, group, wanted) or not may_give(run, group, now):
        raise run.refuse("ICH02008I")


def _membership(run: Run, connection: Connection, operands: Operands) -> Connection:
    if "AUTHORITY" in operands:
        connection = replace(connection, authority=operands.value("AUTHORITY").upper())
    if "UACC" in operands:
        level = operands.value("UACC").upper()
        if level not in Access.__members__:
            raise OperandError("invalid", level, "UACC")
        connection = replace(connection, uacc=Access[level])
    if "OWNER" in operands:
        connection = replace(connection, owner=_existing(run, operands.value("OWNER"), "ICH02011I"))
    for flag in _FLAGS:
        chosen = operands.any_of(flag, f"NO{flag}")
        if chosen and not controls(run, connection.group):
            run.say("ICH02007I", keyword=chosen)
        elif chosen:
            given: dict[str, Any] = {flag.lower(): chosen == flag}
            connection = replace(connection, **given)
    return service(connection, operands)


def remove(run: Run, operands: Operands) -> int:
    """REMOVE: end users' membership of a group."""
    name = names.group(operands.value("GROUP", run.acee.group))
    _located(run, name)
    if not may_give(run, name, "USE"):
        raise run.refuse("ICH03001I", group=name)
    for userid in userids(operands.positional[0]):
        user = run.change.user(userid)
        if user is not None and user.default_group == name:
            raise run.refuse("ICH03003I", userid=userid, group=name)
        if not run.change.remove(CONNECTIONS, userid, name):
            raise run.refuse("ICH03002I", userid=userid, group=name)
    return 0


def listgrp(run: Run, operands: Operands) -> int:
    """LISTGRP: show one's own group, the groups named, or with `*` every group one may see."""
    if not operands.positional:
        wanted = [run.acee.group]
    elif operands.positional[0].word == "*":
        wanted = [group.name for group in run.change.groups() if may_list(run, group.name)]
    else:
        wanted = _groups(operands.positional[0])
    for name in wanted:
        group = _located(run, name)
        own = run.change.connection(run.acee.userid, name)
        leads = own is not None and own.authority in ("CONNECT", "JOIN")
        if not leads and not may_list(run, name) and not may_list(run, group.owner):
            raise run.refuse("ICH32002I", group=name)
        run.show(*_display(run, group))
        if "OMVS" in operands:
            gid = "NONE" if group.gid is None else f"{group.gid:010d}"
            run.show("", "OMVS INFORMATION", "----------------", f"GID= {gid}")
    return 0


def _display(run: Run, group: Group) -> list[str]:
    below = [other.name for other in run.change.groups() if other.superior == group.name]
    lines = [
        f"INFORMATION FOR GROUP {group.name}",
        f"    SUPERIOR GROUP={group.superior or 'NONE':<8}     OWNER={group.owner:<8}    CREATED={julian(group.created)}",
        f"    INSTALLATION DATA={group.data}" if group.data else "    NO INSTALLATION DATA",
        "    NO MODEL DATA SET",
        "    TERMUACC" if group.termuacc else "    NOTERMUACC",
        *(["    UNIVERSAL"] if group.universal else []),
    ]
    if not below:
        lines.append("    NO SUBGROUPS")
    for start in range(0, len(below), _SUBGROUPS_PER_LINE):
        title = "    SUBGROUP(S)= " if start == 0 else " " * 17
        lines.append(title + " ".join(f"{name:<8}" for name in below[start : start + _SUBGROUPS_PER_LINE]).rstrip())
    members = [row for row in run.change.connections(group=group.name) if _is_listed(group, row)]
    if not members:
        return [*lines, "    NO USERS"]
    lines.append("    USER(S)=      ACCESS=      ACCESS COUNT=      UNIVERSAL ACCESS=")
    for row in members:
        words = [flag for flag in (*_FLAGS, "REVOKED") if getattr(row, flag.lower())]
        lines += [
            f"      {row.userid:<8}      {row.authority:<8}      {row.connects:06d}               {row.uacc.name}",
            f"         CONNECT ATTRIBUTES={' '.join(words) or 'NONE'}",
            f"         REVOKE DATE={julian(row.revoke_date):<20} RESUME DATE={julian(row.resume_date)}",
        ]
    return lines


_SUBGROUPS_PER_LINE = 6

_GROUP_KEYWORDS = (*valued("OWNER", "SUPGROUP", "DATA"), *plain("TERMUACC", "NOTERMUACC"), _OMVS)
_CONNECT_KEYWORDS = (
    *valued("GROUP", "AUTHORITY", "UACC", "OWNER"),
    *plain(*_FLAGS, *(f"NO{flag}" for flag in _FLAGS), "ADSP", "NOADSP", "GRPACC", "NOGRPACC", "NOREVOKE", "NORESUME"),
    Keyword("REVOKE", Takes.OPTIONAL),
    Keyword("RESUME", Takes.OPTIONAL),
)
COMMANDS = (
    Command("ADDGROUP", ("AG",), addgroup, (*_GROUP_KEYWORDS, Keyword("UNIVERSAL")), positional_name="GROUP NAME"),
    Command("ALTGROUP", ("ALG",), altgroup, (*_GROUP_KEYWORDS, *plain("NODATA", "NOOMVS")), positional_name="GROUP NAME"),
    Command("DELGROUP", ("DG",), delgroup, (), positional_name="GROUP NAME"),
    Command("LISTGRP", ("LG",), listgrp, plain("OMVS", "NORACF"), required=False, changes=False, positional_name="GROUP NAME"),
    Command("CONNECT", ("CO",), connect, _CONNECT_KEYWORDS),
    Command("REMOVE", ("RE",), remove, valued("GROUP", "OWNER")),
)
