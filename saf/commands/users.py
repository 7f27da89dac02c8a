"""ADDUSER, ALTUSER and DELUSER.

Source: [RACFCL].
Not here: LISTUSER (listuser.py), segments (segments.py), passwords and phrases (usersecrets.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import delete, select, update

from saf import names
from saf.access import Access
from saf.bootstrap import IBMUSER
from saf.commands import segments, userextras, usersecrets
from saf.commands.authority import AUTHORITIES, controls, may_give, membership
from saf.commands.operands import Item, Keyword, Operands, Takes, plain, text, valued
from saf.commands.run import Command, Run
from saf.errors import OperandError
from saf.profiles import Connection, Group, User
from saf.schema import CERTIFICATES, CONNECTIONS, NAME_FILTERS, RING_ENTRIES, RINGS, USERS

NAME_MAX, DATA_MAX = 20, 255
_FLAGS = ("SPECIAL", "OPERATIONS", "AUDITOR", "RESTRICTED")
_OPTIONAL_VALUE = tuple(Keyword(name, Takes.OPTIONAL) for name in ("PASSWORD", "REVOKE", "RESUME"))
_USER_KEYWORDS = (
    *valued("NAME", "OWNER", "DFLTGRP", "PHRASE", "DATA", "AUTHORITY", "UACC"),
    *plain(*_FLAGS, *(f"NO{flag}" for flag in _FLAGS)),
    *plain("NOPASSWORD", "NOPHRASE", "NODATA", "NONAME"),
    *userextras.KEYWORDS,
    *segments.KEYWORDS,
)


_Serves = TypeVar("_Serves", User, Connection)


def userids(item: Item) -> list[str]:
    """Return the user IDs of a positional operand: one, or a list in parentheses."""
    if item.quoted or (item.word and item.inner is not None):
        raise OperandError("invalid", item.word, "USERID")
    if not item.word and not item.inner:
        raise OperandError("missing", "USERID", "USERID")
    return [names.userid(word.word) for word in item.inner or ()] if not item.word else [names.userid(item.word)]


def adduser(run: Run, operands: Operands) -> int:
    """ADDUSER: define users and connect them to their default group."""
    for userid in userids(operands.positional[0]):
        group_name = names.group(operands.value("DFLTGRP", run.acee.group))
        group = run.change.group(group_name)
        if group is None:
            raise run.refuse("ICH51003I", name=group_name)
        if not _may_add(run, group):
            raise run.refuse("ICH01005I")
        if run.change.user(userid) or run.change.group(userid):
            raise run.refuse("IKJ56702I", name="USERID", text=userid)
        _add(run, operands, userid, group_name)
    return 0


def _may_add(run: Run, group: Group) -> bool:
    """SPECIAL, group-SPECIAL, or CLAUTH(USER) together with JOIN in the default group or its ownership."""
    if controls(run, group.name):
        return True
    issuer, own = run.change.user(run.acee.userid), membership(run, group.name)
    may_define = issuer is not None and "USER" in userextras.clauth(issuer)
    return may_define and (group.owner == run.acee.userid or (own is not None and own.authority == "JOIN"))


def _add(run: Run, operands: Operands, userid: str, group: str) -> None:
    owner = _owner(run, operands, run.acee.userid)
    user = User(userid, text(operands, "NAME", NAME_MAX), owner, group, run.today, data=text(operands, "DATA", DATA_MAX))
    user = _attributes(run, user, operands, "ICH01001I")
    secrets = usersecrets.reset(run, userid, group, operands, "ICH01021I")
    run.change.put_user(user, **secrets)
    authority = _authority(operands)
    uacc = Access.named(_level(operands.value("UACC", "NONE")))
    run.change.put_connection(Connection(userid, group, run.acee.userid, run.today, authority, uacc))
    home = run.change.group(group)
    if user.omvs is not None and user.omvs.uid is not None and home is not None and home.gid is None:
        run.say("ICH01019I", userid=userid, group=group)
    if not secrets:
        run.say("ICH01024I", userid=userid)


def _owner(run: Run, operands: Operands, default: str) -> str:
    owner = names.userid(operands.value("OWNER", default))
    if run.change.user(owner) is None and run.change.group(owner) is None:
        raise run.refuse("ICH51003I", name=owner)
    return owner


def _authority(operands: Operands) -> str:
    authority = operands.value("AUTHORITY", "USE").upper()
    if authority not in AUTHORITIES:
        raise OperandError("invalid", authority, "AUTHORITY")
    return authority


def _level(text: str) -> str:
    if text.upper() not in Access.__members__:
        raise OperandError("invalid", text, "ACCESS AUTHORITY")
    return text.upper()


def _attributes(run: Run, user: User, operands: Operands, refusal: str) -> User:
    """Return the user with attributes and segments as the operands say; `refusal` tells what is not the issuer's to give."""
    flagged = _flags(run, user, operands, refusal)
    return userextras.apply(run, segments.apply(run, flagged, operands, refusal), operands, refusal)


def _flags(run: Run, user: User, operands: Operands, refusal: str) -> User:
    for flag in _FLAGS:
        chosen = operands.any_of(flag, f"NO{flag}")
        if chosen is None:
            continue
        # SPECIAL, OPERATIONS and AUDITOR are SPECIAL's to give, whoever owns the user.
        if not run.acee.special:
            run.say(refusal, keyword=chosen)
            continue
        given: dict[str, Any] = {flag.lower(): chosen == flag}
        user = replace(user, **given)
    return user


def altuser(run: Run, operands: Operands) -> int:
    """ALTUSER: change users."""
    for userid in userids(operands.positional[0]):
        user = run.change.user(userid)
        if user is None:
            raise run.refuse("ICH21009I", userid=userid)
        if not controls(run, user.owner):
            raise run.refuse("ICH21010I")
        _alter(run, operands, user)
    return 0


def _alter(run: Run, operands: Operands, user: User) -> None:
    if "NAME" in operands or "NONAME" in operands:
        user = replace(user, name=text(operands, "NAME", NAME_MAX))
    if "OWNER" in operands:
        user = replace(user, owner=_owner(run, operands, user.owner))
    if "DATA" in operands or "NODATA" in operands:
        user = replace(user, data=text(operands, "DATA", DATA_MAX))
    if "DFLTGRP" in operands:
        group = names.group(operands.value("DFLTGRP"))
        if run.change.connection(user.userid, group) is None:
            raise run.refuse("ICH21004I", what="DFLTGRP")
        user = replace(user, default_group=group)
    if {"GROUP", "AUTHORITY", "UACC"} & set(operands.given):
        _alter_connection(run, operands, user)
    user = _attributes(run, user, operands, "ICH21005I")
    user = _service(run, user, operands)
    secrets = usersecrets.altered(run, user, operands)
    dates: dict[str, Any] = {name: value for name, value in secrets.items() if name.endswith("_date")}
    # put_user writes the dates of the User as well, so they travel inside it.
    run.change.put_user(replace(user, **dates), **{k: v for k, v in secrets.items() if k not in dates})


def _alter_connection(run: Run, operands: Operands, user: User) -> None:
    group = names.group(operands.value("GROUP", user.default_group))
    row = run.change.connection(user.userid, group)
    if row is None:
        raise run.refuse("ICH30001I", kind="CONNECT", userid=user.userid)
    if "AUTHORITY" in operands:
        authority = _authority(operands)
        if not may_give(run, group, authority) or not may_give(run, group, row.authority):
            raise run.refuse("ICH21006I")
        row = replace(row, authority=authority)
    if "UACC" in operands:
        row = replace(row, uacc=Access.named(_level(operands.value("UACC"))))
    run.change.put_connection(row)


def _service(run: Run, user: User, operands: Operands) -> User:
    if "REVOKE" in operands and not operands.value("REVOKE") and user.revoked:
        run.say("ICH21022I", userid=user.userid)
    if "RESUME" in operands and not operands.value("RESUME"):
        if not user.revoked and not user.revoke_date:
            run.say("ICH21019I", userid=user.userid)
        run.change.sql.execute(update(USERS).where(USERS.c.userid == user.userid).values(failures=0))
    return service(user, operands)


def service(held: _Serves, operands: Operands) -> _Serves:
    """Return a user or a connection as REVOKE, RESUME, NOREVOKE and NORESUME leave it: at once, or from a day on."""
    changes: dict[str, Any] = {}
    if "REVOKE" in operands:
        when = operands.value("REVOKE")
        changes |= {"revoke_date": _date(when)} if when else {"revoked": True, "resume_date": None}
    if "NOREVOKE" in operands:
        changes["revoke_date"] = None
    if "RESUME" in operands:
        when = operands.value("RESUME")
        changes |= {"resume_date": _date(when)} if when else {"revoked": False, "revoke_date": None, "resume_date": None}
    if "NORESUME" in operands:
        changes["resume_date"] = None
    return replace(held, **changes)


def _date(text: str) -> date:
    """Return the day of `mm/dd/yy`, as REVOKE and RESUME take it; years up to 70 are 20yy [RACFCL ALTUSER]."""
    try:
        month, day, year = (int(part) for part in text.split("/") if part.isascii() and part.isdecimal())
        return date(year + (2000 if year <= _LAST_OF_2000 else 1900), month, day)
    except ValueError:
        raise OperandError("invalid", text, "DATE") from None


_LAST_OF_2000 = 70


def deluser(run: Run, operands: Operands) -> int:
    """DELUSER: delete users with their connections, certificates and rings."""
    for userid in userids(operands.positional[0]):
        user = run.change.user(userid)
        if user is None:
            raise run.refuse("IKJ56702I", name="USERID", text=userid)
        if not controls(run, user.owner):
            raise run.refuse("ICH04010I")
        if userid == IBMUSER:
            raise run.refuse("ICH04011I")
        if any(profile.name.split(".", 1)[0] == userid for profile in run.change.profiles("DATASET")):
            raise run.refuse("ICH04009I", userid=userid)
        sql = run.change.sql
        owned = select(CERTIFICATES.c.id).where(CERTIFICATES.c.owner == userid)
        sql.execute(delete(RING_ENTRIES).where((RING_ENTRIES.c.owner == userid) | RING_ENTRIES.c.certificate.in_(owned)))
        for table, column in ((CERTIFICATES, CERTIFICATES.c.owner), (RINGS, RINGS.c.owner), (NAME_FILTERS, NAME_FILTERS.c.owner)):
            sql.execute(delete(table).where(column == userid))
        sql.execute(delete(CONNECTIONS).where(CONNECTIONS.c.userid == userid))
        run.change.remove(USERS, userid)
    return 0


COMMANDS = (
    Command("ADDUSER", ("AU",), adduser, (*_USER_KEYWORDS, _OPTIONAL_VALUE[0])),
    Command(
        "ALTUSER",
        ("ALU",),
        altuser,
        (*_USER_KEYWORDS, *_OPTIONAL_VALUE, *plain("EXPIRED", "NOEXPIRED", "NOREVOKE", "NORESUME"), *valued("GROUP")),
    ),
    Command("DELUSER", ("DU",), deluser, ()),
)
